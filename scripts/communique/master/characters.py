"""Characters that no statement may contain: controls, overrides of the reading direction, private characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from communique.master.faults import Fault

STAND_IN = "?"
_LETTER_LOST = "put in the letter of the received text: it was lost when the file was converted"
_DIRECTION = "delete it; mark the direction of the words as [words]{dir=rtl}"
_SPECIAL = {
    "\ufeff": ("a byte order mark inside the text", "delete it; nothing is seen of it"),
    "\ufffd": ("a replacement character", _LETTER_LOST),
    "\u2028": ("a line separator", "delete it and press Return instead"),
    "\u2029": ("a paragraph separator", "delete it and leave a blank line instead"),
} | dict.fromkeys("\u202a\u202b\u202c\u202d\u202e", ("a bidirectional control", _DIRECTION))
_BY_CATEGORY = {
    "Cc": ("a control character", "delete it; nothing is seen of it"),
    "Co": ("a private use character", "write a character of Unicode: others will see nothing here"),
    "Cs": ("half of a character", "write the character itself"),
    "Cn": ("an unassigned character", "write a character of Unicode: others will see nothing here"),
}
_ISOLATES = re.compile("[\u2066-\u2069]")


def reason(char: str) -> tuple[str, str] | None:
    """Why a character may not stand in a master, and what to do; None if it may."""
    if char in "\t\n":
        return None
    return _SPECIAL.get(char) or _BY_CATEGORY.get(unicodedata.category(char))


def forbidden(text: str, first_line: int = 1) -> Iterator[Fault]:
    """One fault for each forbidden character of a line."""
    bad = {char: why for char in set(text) if (why := reason(char))}
    if not bad:
        return
    for number, line in enumerate(text.split("\n"), first_line):
        for char in sorted(bad.keys() & set(line)):
            what, remedy = bad[char]
            yield Fault(number, f"{what}, {codepoint(char)}", remedy)


def cleaned(text: str) -> str:
    """The text with a stand-in for each forbidden character, so that the rest of it can still be checked."""
    bad = {ord(char): STAND_IN for char in set(text) if reason(char)}
    return text.translate(bad) if bad else text


def isolates(text: str, first_line: int = 1) -> Iterator[Fault]:
    """A fault for each paragraph with an isolate (U+2066 to U+2069) that is not closed, or not opened, in it."""
    line = first_line
    for paragraph in re.split(r"(\n[ \t]*\n)", text):
        if stray := _unpaired(paragraph):
            place = line + paragraph.count("\n", 0, stray.start())
            found = f"a bidirectional isolate without its partner, {codepoint(stray[0])}"
            yield Fault(place, found, "close each U+2066, U+2067 or U+2068 with U+2069 in the same paragraph")
        line += paragraph.count("\n")


def _unpaired(paragraph: str) -> re.Match[str] | None:
    """The first isolate mark that has no partner."""
    open_marks = []
    for mark in _ISOLATES.finditer(paragraph):
        if mark[0] != "\u2069":
            open_marks.append(mark)
        elif open_marks:
            open_marks.pop()
        else:
            return mark
    return open_marks[0] if open_marks else None


def codepoint(char: str) -> str:
    """The character as Unicode names it, such as "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip()
