"""What a YAML parser complains of, said in plain words."""

from __future__ import annotations

import re
from typing import Any

import yaml

from communique.master.faults import Fault, quoted

_QUOTE = "put the whole value in quotes"
_SHAPE = "write key: value, with the same indent as the keys beside it; a value with quotation marks wholly in quotes"
# What libyaml and PyYAML's own scanner say: pattern, what was found, what to write, whether the fault lies where
# the piece begins (and not where the parser gave up).
_KNOWN: tuple[tuple[str, str, str, bool], ...] = (
    ("mapping values are not allowed", "a second colon in one value", _QUOTE, False),
    ("unexpected end of stream", "a quotation mark that is never closed", "close it at the end of the value", True),
    ("unknown escape character", "a backslash in double quotes", "use single quotes, or write two backslashes", False),
    ("invalid Unicode character|hexdecimal", "an escape that stands for no character",
     "write the character itself, or its number: \\u and four signs 0-9 A-F, as \\u00E9", False),
    (r"expected ',' or '[]}]'", "a bracket that is never closed", "close it, or put the value in quotes", True),
    ("expected ':'", "a line without a colon", "write key: value", True),
    ("expected '-' indicator|expected key|expected <block end>", "not a line of the form key: value", _SHAPE, False),
    ("block sequence entries are not allowed", "a list that begins on the line of its key",
     "begin the list on the next line, two spaces further in", False),
    ("expected node content", "a sign that YAML reserves", _QUOTE, False),
    ("scanning a block scalar", "a value that begins with > or |", _QUOTE, True),
    ("mapping keys are not allowed", "a value that begins with ?", _QUOTE, False),
    ("expected alphabetic|scanning an? (anchor|alias|tag)|parsing a tag|undefined tag|expected tag|expected URI",
     "a value that begins with a sign that YAML reserves (& * !)", _QUOTE, False),
)  # fmt: skip


def in_plain_words(error: yaml.YAMLError, text: str, first_line: int) -> Fault:
    """A syntax error as a fault on a line of the file."""
    problem = " ".join(filter(None, (getattr(error, "context", ""), getattr(error, "problem", "")))) or str(error)
    mark: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or mark
    lines = text.split("\n")
    if "cannot start any token" in problem and mark:
        return _bad_start(lines[mark.line][mark.column :][:1], mark.line + first_line)
    if "mapping values" in problem and mark and ":" not in lines[mark.line][: mark.column]:
        return Fault(mark.line + first_line, "a line with a wrong indent", "indent it like the keys beside it")
    if "expected <document start>" in problem or "scanning a directive" in problem:
        reserved = [number for number, line in enumerate(lines) if line.startswith(("...", "%"))]
        return Fault(min(reserved, default=0) + first_line, "a line that YAML reserves (... or %)", "delete this line")
    for pattern, found, remedy, at_start in _KNOWN:
        if re.search(pattern, problem):
            place = start if at_start else mark
            return Fault(_line(place, lines) + first_line, found, remedy)
    return Fault(_line(mark, lines) + first_line, f"is not YAML: {quoted(problem, 200)}", _SHAPE)


def _bad_start(char: str, line: int) -> Fault:
    """A value that begins with a sign that YAML reserves, or an indent with tabs."""
    if char == "\t":
        return Fault(line, "a tab", "indent with spaces")
    return Fault(line, f"a value that begins with {quoted(char)}", _QUOTE)


def _line(mark: Any, lines: list[str]) -> int:
    """The line of a mark from 0, never below the last line that has something on it."""
    last = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    return min(int(mark.line), last) if mark else 0
