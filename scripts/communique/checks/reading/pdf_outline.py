"""Where the entries of the outline of a PDF lead: to the heading that has their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.reading.pdf_structure import Element, Entry, Reading
from communique.checks.reading.text import letters

_HEADING = re.compile("H[1-6]")
_ABOVE = 100.0
"""Points that an entry may lead above the first line of its heading, which has room before it."""


def astray(reading: Reading) -> Iterator[Entry]:
    """The entries that do not lead to a heading with their words; of several alike, each to its own."""
    headings: dict[str, list[Element]] = {}
    for element in reading.document.walk():
        if _HEADING.fullmatch(element.role):
            headings.setdefault(_core(element.text()), []).append(element)
    for entry in reading.entries:
        same = headings.get(_core(entry.words), [])
        if same and not _leads_to(entry, same.pop(0)):
            yield entry


def _core(text: str) -> str:
    """The letters of a text without digits: the mark of a note may stand in a heading."""
    return re.sub(r"\d", "", letters(text))


def _leads_to(entry: Entry, heading: Element) -> bool:
    first = next((said for each in heading.walk() for said in each.drawn if said.strip()), None)
    is_named = entry.element in (0, heading.number)
    return first is None or (is_named and first.at[0] == entry.page and 0 <= entry.height - first.at[1] < _ABOVE)
