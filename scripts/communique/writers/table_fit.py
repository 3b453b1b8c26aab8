"""Tables on paper: smaller type and a sheet on its side before a word is broken or cut; captions stay with them."""

from __future__ import annotations

from collections import defaultdict

from lxml import html
from lxml.html import HtmlElement

from communique.writers import fragment

UPRIGHT, SIDEWAYS = 400.0, 640.0
"""Points between the margins of a page that stands or lies, with a little to spare."""
INDENT = 30.0
"""Points that a list, a quotation or a definition takes away."""
Step = tuple[str, float, float]
"""Classes of a table, the room it has then, and the size of its type, both in points."""
_ON_ITS_OWN: tuple[Step, ...] = (
    ("", UPRIGHT, 10.0),
    ("small", UPRIGHT, 8.5),
    ("wide", SIDEWAYS, 10.0),
    ("wide small", SIDEWAYS, 8.5),
    ("wide smaller", SIDEWAYS, 7.0),
)
_INSIDE: tuple[Step, ...] = (("", UPRIGHT, 10.0), ("small", UPRIGHT, 8.5), ("smaller", UPRIGHT, 7.0))
"""A table in a list, a quotation or another block shares its page with them, which cannot lie on its side."""
_PADDING = 9.0
_EM = 0.6
"""How wide a letter is at most on average, in units of the type size."""


def fit(body: HtmlElement) -> None:
    """Puts each table into a frame with the classes under which it fits; where none helps, its words may break."""
    for table in list(body.iter("table")):
        lost = INDENT * len(list(table.iterancestors("li", "blockquote", "dd")))
        steps = _ON_ITS_OWN if table.xpath("parent::*[@id='doc-text']") else _INSIDE
        frame = html.Element("div", {"class": f"table {_classes(_longest_words(table), lost, steps)}".strip()})
        fragment.wrap(table, frame)


def _classes(words: list[int], lost: float, steps: tuple[Step, ...]) -> str:
    for names, room, size in steps:
        if sum(letters * size * _EM + _PADDING for letters in words) <= room - lost:
            return names
    return f"{steps[-1][0]} anywhere"


def _longest_words(table: HtmlElement) -> list[int]:
    """The length of the longest word of each column; cells that span several share it out."""
    columns: defaultdict[int, int] = defaultdict(int)
    for row in table.iter("tr"):
        column = 0
        for cell in row.iterchildren("th", "td"):
            span = int(cell.get("colspan", "1"))
            longest = max(map(len, cell.xpath("string()").split()), default=0)
            for each in range(column, column + span):
                columns[each] = max(columns[each], -(-longest // span))
            column += span
    return list(columns.values())
