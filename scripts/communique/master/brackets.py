"""Brackets in brackets, before pandoc reads them: it needs twice as long for each level, and does not end at twenty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.master.faults import Fault

DEPTH = 6
"""More than a picture with brackets in its caption, in a link, in a note, in a marked piece of text."""

# Lines between two fences, and `code` within a paragraph.
_CODE = re.compile(
    r"^[ >]*(`{3,}|~{3,})[^\n`]*\n.*?^[ >]*\1[`~]*[ \t]*$|(?<!`)(`+)(?!`)(?:(?!\n[ \t>]*\n).)+?(?<!`)\2(?!`)",
    re.MULTILINE | re.DOTALL,
)
_SIGN = re.compile(r"\\.|[\[\]]|\n(?=[ \t>]*\n)", re.DOTALL)


def too_deep(text: str, first_line: int) -> Iterator[Fault]:
    """A fault for each paragraph whose brackets are nested more than DEPTH deep, where the innermost closes."""
    plain = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    levels: list[int] = []
    for sign in _SIGN.finditer(plain):
        match sign[0]:
            case "[":
                levels.append(0)
            case "]" if levels:
                level = levels.pop() + 1
                if levels:
                    levels[-1] = max(levels[-1], level)
                if level == DEPTH + 1:
                    line = first_line + plain.count("\n", 0, sign.start())
                    found = f"brackets [ ] within each other, more than {DEPTH} deep"
                    yield Fault(line, found, "use fewer, or write \\[ and \\]")
            case "\n":
                levels = []
