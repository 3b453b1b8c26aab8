"""With which letter of the text each laid-out page begins, whatever the order in which it was drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from communique.errors import ToolFailed
from communique.writers.page_list import SIGNS, PageStart, letters, pieces
from communique.writers.pdf.boxes import inside
from communique.writers.pdf.footing import ROLE


class _Place(NamedTuple):
    """A letter's place in the document, and among the letters of the running text or of the notes at the end."""

    rank: int
    before: int
    in_notes: bool


def find(document: Any) -> tuple[PageStart, ...]:
    """The start of each page; one without running text begins where the next does.

    No page begins before the one in front of it: the engine may draw the head of a divided table on a later page.
    """
    text = _Text(document.pages[0]._page_box.children[0].element)
    drawn: Counter[Any] = Counter()
    groups: set[Any] = set()
    places: list[_Place | None] = []
    last = _Place(0, 0, False)
    for page in document.pages:
        here: Counter[Any] = Counter()
        for box in list(_running(page._page_box, groups)):
            here[box.element] += 1 if box.element.tag in SIGNS else letters(_shown(box))
        groups |= {box.element for box in _groups(page._page_box)}
        found = (text.place(element, drawn[element]) for element in +here)
        places.append(min((place for place in found if place >= last), default=None))
        last = places[-1] or last
        drawn += here
    text.check(drawn)
    return tuple(reversed(list(_starts(places, text.end))))


def _starts(places: list[_Place | None], end: _Place) -> Iterator[PageStart]:
    """From the last page to the first."""
    following = end
    for number, place in reversed(list(enumerate(places, 1))):
        following = place or following
        yield PageStart(str(number), following.before, following.in_notes)


class _Text:
    """The text of a page as HTML: where in the document stands each letter that an element holds directly."""

    def __init__(self, root: Any) -> None:
        self._places: dict[Any, list[tuple[int, _Place]]] = {}
        self._lengths: Counter[Any] = Counter()
        rank, counts = 0, {False: 0, True: 0}
        for piece in pieces(root.find("body")):
            length = letters(piece.text)
            if length:
                place = _Place(rank, counts[piece.in_notes], piece.in_notes)
                self._places.setdefault(piece.owner, []).append((self._lengths[piece.owner], place))
                self._lengths[piece.owner] += length
                counts[piece.in_notes] += length
                rank += length
        self.end = _Place(rank, counts[False], False)

    def place(self, element: Any, number: int) -> _Place:
        """Where the letter with that number, from 0, of those that an element holds directly stands."""
        parts = self._places.get(element, [(0, self.end)])
        first, place = parts[bisect_right(parts, number, key=lambda part: part[0]) - 1]
        return place._replace(rank=place.rank + number - first, before=place.before + number - first)

    def check(self, drawn: Counter[Any]) -> None:
        """Fail if an element was drawn with more or fewer letters than it has: places would not be true."""
        for element, length in drawn.items():
            if length != self._lengths[element] and element.tag not in SIGNS:
                found = f"{length} letters of the {self._lengths[element]} in <{element.tag}> were drawn"
                raise ToolFailed(f"PDF: where the pages begin is not certain, {found} (mend the style sheet)")


def _running(box: Any, groups: set[Any]) -> Iterator[Any]:
    """The texts and signs of the running text: nothing in margins, made by styles, repeated or at the foot."""
    kinds = import_module("weasyprint.formatting_structure.boxes")
    element = box.element
    if isinstance(box, kinds.MarginBox) or "::" in (box.element_tag or "") or box.is_leader:
        return
    if element is not None and (element.get("role") == ROLE or element in groups):
        return
    if hasattr(box, "pango_layout") or (element is not None and element.tag in SIGNS):
        yield box
    else:
        for child in inside(box):
            yield from _running(child, groups)


def _groups(box: Any) -> Iterator[Any]:
    """The heads and feet of tables, which the engine repeats on every page."""
    if isinstance(box, import_module("weasyprint.formatting_structure.boxes").TableRowGroupBox):
        if box.is_header or box.is_footer:
            yield box
    else:
        for child in inside(box):
            yield from _groups(child)


def _shown(box: Any) -> str:
    """The letters that a text shows, without the hyphen that a line break put there."""
    text: str = box.text
    return text.removesuffix(box.style["hyphenate_character"]) if getattr(box, "is_hyphenated", False) else text
