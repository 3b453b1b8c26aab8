"""The second way to read a PDF: as it lies on its pages, whatever its structure says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from communique.checks.file_by_file import Gap, Remark
from communique.checks.reading.drawn import Drawing
from communique.checks.reading.layout import LayoutMissing, pages
from communique.checks.reading.text import letters


def against_poppler(drawing: Drawing, count: int, content: bytes, program: str) -> Iterator[Remark | Gap]:
    """Page by page: Poppler finds exactly the letters that our reader found."""
    try:
        found = pages(content, program)
    except LayoutMissing as error:
        yield Gap(str(error))
        return
    if len(found) != count:
        yield Gap(f"pdftotext gave {len(found)} pages of {count} (check its installation)")
        return
    for number, (mine, theirs) in enumerate(zip(on_pages(drawing, count), found, strict=True), 1):
        lost, more = Counter(letters(mine)), Counter(letters(theirs))
        if lost != more:
            yield Remark("drawn-text", _told(lost - more, more - lost), f"page {number}")


def on_pages(drawing: Drawing, count: int) -> list[str]:
    """All that each page says: what is said in place of what is drawn, and else what is drawn."""
    parts: list[list[str]] = [[] for _ in range(count)]
    replaced = set[int]()
    for mark in drawing.marks:
        if "/ActualText" in mark.properties:
            replaced |= set(map(id, mark.texts))
            parts[mark.page].append(str(mark.properties.ActualText))
    for text in drawing.texts:
        if id(text) not in replaced:
            parts[text.page].append(text.said)
    return ["".join(part) for part in parts]


def _told(lost: Counter[str], more: Counter[str]) -> str:
    parts = [
        f"Poppler {verb} {sum(letters.values())} letters: “{''.join(sorted(letters.elements()))[:60]}”"
        for verb, letters in (("does not find", lost), ("finds besides", more))
        if letters
    ]
    return f"what lies on the page is not what is read there; {' and '.join(parts)}"
