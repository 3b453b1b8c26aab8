"""Whether each note at the foot of a page is all there, and on the page that refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.errors import ToolFailed
from communique.writers.pdf.boxes import UNSEEN, inside

ROLE = "doc-footnote"
CALL = "footnote-call"
"""What the engine names the box that stands, empty, in the text for a note."""


class NotesAstray(ToolFailed):
    """The engine drew a note in part, on another page, or not at all."""

    def __init__(self, name: str) -> None:
        super().__init__(f"PDF: the note #{name} is not whole at the foot of its page (keep the notes at the end)")


def check(document: Any, root: Any) -> None:
    """Raise NotesAstray for the first note, in reading order, that went astray."""
    notes = [element for element in root.iter() if element.get("role") == ROLE]
    if not notes:
        return
    whole = {note for page in document.pages for note in _whole(page._page_box)}
    for note in notes:
        if note not in whole:
            raise NotesAstray(note.get("id", ""))


def _whole(page: Any) -> Iterator[Any]:
    """The notes that a page refers to and has at its foot, with every letter."""
    called: set[Any] = set()
    feet: dict[Any, Any] = {}
    for box in _below(page):
        tag, _, pseudo = (box.element_tag or "").partition("::")
        if pseudo == CALL:
            called.add(box.element)
        elif tag and box.element is not None and box.element.get("role") == ROLE:
            feet.setdefault(box.element, box)  # The boxes of its lines inside it are the note's, too.
    for note in called & feet.keys():
        drawn = "".join(each.text for each in _below(feet[note]) if hasattr(each, "pango_layout"))
        if _letters(drawn) == _letters("".join(note.itertext())):
            yield note


def _below(box: Any) -> Iterator[Any]:
    yield box
    for child in inside(box):
        yield from _below(child)


def _letters(text: str) -> str:
    return "".join(text.translate(UNSEEN).split())
