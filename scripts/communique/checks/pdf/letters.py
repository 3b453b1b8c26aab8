"""What the letters are: known to a reader, large enough, and in the text where they belong to it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from communique.checks.file_by_file import Remark
from communique.checks.pdf.sheets import Artifact, Sheets, Text
from communique.checks.pdf.tree import Node
from communique.checks.verdict import Severity

_SMALLEST = {"large": 16.0, "pdf": 9.0, "cell": 7.0}
"""Points: for large print what the RNIB asks for, else what most people can read; a wide table may be smaller."""
_LINE = 0.75
"""How high the smallest letters of a line may be against the largest: marks of notes, and indices."""
_LONGEST = 200


def characters(sheets: Sheets) -> Iterator[Remark]:
    """Every glyph is a character that means the same to everybody, and can be seen."""
    for texts in sheets.texts.values():
        for text in texts:
            place = f"page {text.page + 1}"
            if "\ufffd" in text.said:
                yield Remark("character-unknown", f"a letter of “{text.said[:40]}” has no character", place)
            if any(unicodedata.category(letter) == "Co" for letter in text.said):
                message = f"a letter of “{text.said[:40]}” is a character of private use"
                yield Remark("character-private", message, place)
            if text.unseen and text.said.strip():
                yield Remark("text-unseen", f"“{text.said.strip()[:40]}” is {text.unseen}", place)


def sizes(root: Node, sheets: Sheets, edition: str) -> Iterator[Remark]:
    """No type is too small; raised and lowered signs beside larger ones, and cells of tables, may be smaller."""
    in_cells = {place for cell in root.all("TH", "TD") for place in cell.places}
    for place in root.places:
        least = _SMALLEST["cell" if place in in_cells and edition != "large" else edition]
        for text in sheets.texts.get(place, ()):
            if text.size < least - 0.01 and text.said.strip() and not _raised(text, sheets):
                message = f"“{text.said.strip()[:40]}” is {text.size:.1f} points high, and {least:g} is the least"
                yield Remark("text-small", message, f"page {text.page + 1}", Severity.WARNING)


def _raised(text: Text, sheets: Sheets) -> bool:
    """Whether a text stands a little above or below a larger one of its line."""
    near = (
        other
        for other in sheets.by_page.get(text.page, ())
        if 0.1 < abs(other.y - text.y) < other.size and text.size <= other.size * _LINE and other.said.strip()
    )
    return next(near, None) is not None


def artifacts(sheets: Sheets) -> Iterator[Remark]:
    """What is not read are page numbers and running heads, above or below the text of the page."""
    heights = {page: [text.y for text in texts] for page, texts in sheets.by_page.items()}
    for artifact in sheets.artifacts:
        words = "".join(text.said for text in artifact.texts).strip()
        if words:
            yield from _unread(artifact, words, heights.get(artifact.page, []))


def _unread(artifact: Artifact, words: str, heights: list[float]) -> Iterator[Remark]:
    place = f"page {artifact.page + 1}"
    within = any(min(heights) <= text.y <= max(heights) for text in artifact.texts) if heights else False
    if artifact.kind != "Pagination" or within or len(words) > _LONGEST:
        yield Remark("artifact-with-words", f"“{words[:40]}” stands on the page and is not read", place)
