"""A strict reader of BibTeX: entries with braced values and nothing between them, as a program writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from communique.checks.opening import Unreadable

VERBATIM = frozenset({"doi", "eprint", "file", "url"})
"""Fields that biblatex takes letter for letter."""

_HEAD = re.compile(r"\s*@(?P<kind>[A-Za-z]+)\{(?P<key>[^\s,{}\"#%'()=~\\]+),\s*")
_NAME = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9-]*)\s*=\s*\{")
_BETWEEN = re.compile(r"\s*,\s*|\s*(?=\})")
_END = re.compile(r"\}\s*")
_NAMED = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textbraceleft": "{",
    "textbraceright": "}",
}
_WRITTEN = re.compile(r"\\(?P<word>[A-Za-z]+)\{\}|\\(?P<sign>[$&#%_{}])|(?P<brace>[{}])")
_BARE = re.compile(r"\\[A-Za-z]+\{\}|\\[$&#%_{}]|(?P<bare>[$&#%_~^\\])")


@dataclass(frozen=True)
class Entry:
    """An entry: its kind and field names in lower case, its values as they stand between their outer braces."""

    kind: str
    key: str
    fields: Mapping[str, str]


def entries(text: str) -> list[Entry]:
    """All entries of a file; Unreadable with the line of what is none."""
    found, end = [], 0
    while end < len(text) and text[end:].strip():
        head = _HEAD.match(text, end)
        if head is None:
            raise Unreadable(f"{_line(text, end)} an entry should begin here")
        fields, end = _fields(text, head.end())
        found.append(Entry(head["kind"].lower(), head["key"], fields))
    return found


def plain(value: str) -> str:
    """A value as words: what TeX needs written out as the sign that it is, without braces."""
    return _WRITTEN.sub(lambda match: _NAMED.get(match["word"] or "", "") or match["sign"] or "", value)


def parts(value: str, sign: str) -> list[str]:
    """The parts of a value between signs, such as " and ", that stand in no braces; as words."""
    depth, begin, found = 0, 0, []
    for place, letter in enumerate(value):
        if letter in "{}" and value[place - 1 : place] != "\\":
            depth += 1 if letter == "{" else -1
        elif depth == 0 and value.startswith(sign, place):
            found.append(value[begin:place])
            begin = place + len(sign)
    return [plain(each) for each in (*found, value[begin:])]


def bare_sign(value: str) -> str:
    """The first sign of TeX's own that nothing writes out, "" if there is none."""
    return next((match["bare"] for match in _BARE.finditer(value) if match["bare"]), "")


def _fields(text: str, start: int) -> tuple[dict[str, str], int]:
    """The fields of an entry, and where it ends."""
    fields: dict[str, str] = {}
    while not (end := _END.match(text, start)):
        name = _NAME.match(text, start)
        if name is None:
            raise Unreadable(f"{_line(text, start)} a field should begin here")
        close = _closed(text, name.end())
        if name["name"].lower() in fields:
            raise Unreadable(f"{_line(text, start)} {name['name']} stands twice in one entry")
        fields[name["name"].lower()] = text[name.end() : close]
        between = _BETWEEN.match(text, close + 1)
        if between is None:
            raise Unreadable(f"{_line(text, close + 1)} a comma or the end of the entry should stand here")
        start = between.end()
    return fields, end.end()


def _closed(text: str, start: int) -> int:
    """The place of the brace that closes a value; BibTeX counts those behind a backslash too."""
    depth = 1
    for place in range(start, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place
    raise Unreadable(f"{_line(text, start)} a value has no end")


def _line(text: str, place: int) -> str:
    return f"line {text.count(chr(10), 0, place) + 1}:"
