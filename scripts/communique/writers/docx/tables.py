"""Tables: the width of the text, whole rows, the direction of their language, and room below."""

from __future__ import annotations

from lxml import etree

from communique.writers.docx import numbering
from communique.writers.docx.ooxml import Element, find, remove, set_property, value, w

# A share of the text's width is counted in 50ths of a per cent (17.18.90).
_FULL = 5000
_ROOM = 200
# How far pandoc sets in a table for each level of the list that it is in.
_PANDOC_INDENT = 720


def rewrite(root: Element, measure: int) -> None:
    """Rewrites the tables of a story in place; `measure` is the width of the text in twips."""
    for table in find(root, ".//w:tbl"):
        is_nested = next(table.iterancestors(w("tbl")), None) is not None
        if not is_nested:
            _set_width(table, measure)
        _set_direction(table)
        for row in find(table, "w:tr"):
            _keep_whole(row)
        _set_room(table)


def _set_room(table: Element) -> None:
    """Room between a table and the paragraph below it.

    pandoc puts an empty one before the next table, lest the two become one; a caption there does that already.
    """
    below = list(table.itersiblings(w("p"), w("tbl")))[:2]
    if [each.tag for each in below] == [w("p"), w("p")] and _is_empty(below[0]):
        remove(below.pop(0))
    if below and below[0].tag == w("p"):
        set_property(below[0], "spacing", before=_ROOM)


def _is_empty(paragraph: Element) -> bool:
    is_rule = value(paragraph, "w:pPr/w:pStyle") == "HorizontalRule"
    return not is_rule and all(each.tag == w("pPr") for each in paragraph)


def measure_of(root: Element) -> int:
    """The width of the text in twips, by the page of the body."""
    page, margins = find(root, ".//w:sectPr/w:pgSz")[-1], find(root, ".//w:sectPr/w:pgMar")[-1]
    return int(page.get(w("w"), "0")) - int(margins.get(w("left"), "0")) - int(margins.get(w("right"), "0"))


def _set_width(table: Element, measure: int) -> None:
    """As wide as the text, or what a list leaves of it; columns keep their proportions."""
    width = find(table, "w:tblPr/w:tblW")[0]
    room = measure
    for indent in find(table, "w:tblPr/w:tblInd"):
        depth = _twips(indent) * numbering.INDENT // _PANDOC_INDENT
        indent.set(w("w"), str(depth))
        room -= depth
    width.set(w("type"), "pct")
    width.set(w("w"), str(_FULL * room // measure))
    columns = find(table, "w:tblGrid/w:gridCol")
    before = sum(map(_twips, columns))
    for column in columns:
        column.set(w("w"), str(_twips(column) * room // before))


def _twips(node: Element) -> int:
    return int(node.get(w("w"), "0"))


def _set_direction(table: Element) -> None:
    """Columns from right to left where the text in them runs so (w:bidiVisual, 17.4.1)."""
    texts = [paragraph for paragraph in find(table, ".//w:p") if find(paragraph, "w:r")]
    if texts and all(find(paragraph, "w:pPr/w:bidi") for paragraph in texts):
        table_style = find(table, "w:tblPr/w:tblStyle")[0]
        table_style.addnext(etree.Element(w("bidiVisual")))


def _keep_whole(row: Element) -> None:
    found = row.find(w("trPr"))
    if found is None:
        found = etree.Element(w("trPr"))
        row.insert(0, found)
    found.insert(0, etree.Element(w("cantSplit")))
