"""Whether all that is drawn lies on the paper: words beyond its edge are lost to whoever reads the print."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from textwrap import shorten
from typing import Any

from communique.errors import ToolFailed
from communique.writers.pdf.boxes import POINTS, UNSEEN, inside

TOLERANCE = 0.5 / POINTS
"""How far a box may stand out, in CSS pixels: half a point, less than the white at a letter's side."""

MOST = 40
"""How many characters of the words that run off one message quotes."""

SHEET_REMEDY = "make the table narrower, or break the word"


class OffThePage(ToolFailed):
    """Words or an image run off the page; `words` are the first of them, or the image's text."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(f"PDF: “{words}” runs off the page ({SHEET_REMEDY})")


def check(document: Any) -> None:
    """Raise OffThePage for the first text or image, in reading order, that a sheet cuts."""
    for page in document.pages:
        for box in _drawn(page._page_box):
            if _is_off(page, box) and (words := _words(box)):
                raise OffThePage(words)


def _drawn(box: Any) -> Iterator[Any]:
    """The texts and images of a page."""
    if hasattr(box, "pango_layout") or hasattr(box, "replacement"):
        yield box
    for child in inside(box):
        yield from _drawn(child)


def _words(box: Any) -> str:
    """The beginning of what a box shows, or all its element says if that is short; "" for blanks."""
    element = box.element
    if not hasattr(box, "pango_layout"):
        return _beginning(element.get("alt") or element.get("src", "")) if element is not None else ""
    whole = "".join(element.itertext()).strip() if element is not None and box.text.strip() else ""
    return _beginning(whole if 0 < len(whole) <= MOST else box.text)


def _beginning(text: str) -> str:
    words = " ".join(text.translate(UNSEEN).split())
    return shorten(words, MOST, placeholder="…") if " " in words[:MOST] else _cut(words)


def _cut(word: str) -> str:
    return word if len(word) <= MOST else f"{word[:MOST]}…"


def _is_off(page: Any, box: Any) -> bool:
    """Whether the letters or the picture stand out of the page; blanks at the end of a text may."""
    is_text = hasattr(box, "pango_layout")
    left = box.position_x if is_text else box.content_box_x()
    top = box.position_y + box.margin_top if is_text else box.content_box_y()
    if min(left, top) < -TOLERANCE or top + box.height > page.height + TOLERANCE:
        return True
    room = page.width + TOLERANCE - left
    return bool(box.width > room) and (not is_text or _inked(box) > room)


def _inked(box: Any) -> float:
    """The width of a text without the blanks at its end."""
    text: str = box.text
    if text == text.rstrip():
        return float(box.width)
    measure = import_module("weasyprint.text.line_break").split_first_line
    width: float = measure(text.rstrip(), box.style, None, None, box.justification_spacing)[3]
    return width
