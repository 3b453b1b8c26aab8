"""Where the pages of the PDF begin, said so that another format finds the place: by letters, which all have alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

SIGNS = frozenset({"img", "hr"})
"""Elements that count as one letter: a page may begin with them."""
_SIGN = "\ufffc"
_ENDNOTES, _FOOTNOTE = "doc-endnotes", "doc-footnote"
_UNCOUNTED = re.compile(r"[\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Spaces, and what nobody sees: a layout may add and take them away."""


@dataclass(frozen=True)
class PageStart:
    """`label` is the number printed on the page; `before` are the letters of the running text before its first.

    Notes at the end are counted by themselves, from their heading on: `in_notes` says that the page begins there.
    Notes at the foot of pages are not counted, for other formats have them elsewhere.
    """

    label: str
    before: int
    in_notes: bool = False


@dataclass(frozen=True)
class PageList:
    """The pages of one PDF, in order; `source` is the URN that it has for itself (xmpMM:InstanceID)."""

    source: str = ""
    starts: tuple[PageStart, ...] = ()


class Piece(NamedTuple):
    """A text, or a sign such as a picture, as it stands in a tree: in `owner`, as the text or the tail of `node`."""

    owner: Any
    node: Any
    is_tail: bool
    text: str
    in_notes: bool


def letters(text: str) -> int:
    """How many letters a text has: all characters but spaces and those that nobody sees."""
    return len(_UNCOUNTED.sub("", text))


def is_counted(character: str) -> bool:
    """Whether a character is a letter in this sense."""
    return not _UNCOUNTED.match(character)


def pieces(element: Any, in_notes: bool = False) -> Iterator[Piece]:
    """All texts and signs below an element, in document order, but for notes at the foot of a page."""
    if element.tag in SIGNS:
        yield Piece(element, element, False, _SIGN, in_notes)
    in_notes = in_notes or element.get("role") == _ENDNOTES
    if element.text:
        yield Piece(element, element, False, element.text, in_notes)
    for child in element:
        if isinstance(child.tag, str) and child.get("role") != _FOOTNOTE:
            yield from pieces(child, in_notes)
        if child.tail:
            yield Piece(element, child, True, child.tail, in_notes)
