"""Tables hold tables: a head, whole rows, and nothing merged, empty or nested to make a page look right.

Word's own checker warns of every merged cell. Here a cell may span others where that is what the table says: below a
marked head, with words in it, and not over the whole width. What is left is layout: a title or a rule drawn with cells.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.docx.package import W, on, own, value
from communique.checks.docx.text import Reading
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.verdict import Severity

_FIRST_ROW = 0x0020
"""The bit of tblLook that says that the first row is the head (17.4.55)."""


def tables(reading: Reading) -> Iterator[Remark]:
    """What is wrong with the tables of all stories."""
    for story in reading.word.stories:
        for number, table in enumerate(own(story.root, "tbl"), 1):
            place = f"{story.part} table {number}"
            rows = _rows(table)
            for rule, message, severity in (*_head(table, rows), *_grid(table, rows), *_layout(table, rows)):
                yield Remark(rule, message, place, severity)


Fault = tuple[str, str, Severity]


def _rows(table: Element) -> list[Element]:
    return [row for row in own(table, "tr") if next(row.iterancestors(f"{W}tbl")) is table]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in own(row, "tc") if next(cell.iterancestors(f"{W}tr")) is row]


def _words(node: Element) -> str:
    return "".join(text.text or "" for text in own(node, "t")).strip()


def _filled(cell: Element) -> bool:
    return bool(_words(cell)) or any(True for _ in cell.iter(f"{W}drawing", f"{W}pict", f"{W}sym"))


def _width(cell: Element) -> int:
    stated = value(cell.find(f"{W}tcPr/{W}gridSpan"))
    return int(stated) if stated.isdigit() else 1


def _head(table: Element, rows: list[Element]) -> Iterator[Fault]:
    """The first row is marked as head, for the reader (tblHeader) and for the style (tblLook)."""
    heads = [on(row.find(f"{W}trPr/{W}tblHeader")) for row in rows]
    if not rows or not heads[0]:
        yield "table-header-missing", "the first row is not marked as header row", Severity.ERROR
        return
    look = table.find(f"{W}tblPr/{W}tblLook")
    if look is None or not _marks_first_row(look):
        yield "table-header-missing", "the option “Header Row” of the table is off", Severity.ERROR
    if heads != sorted(heads, reverse=True):
        yield "table-header-below", "a row below the others is marked as header row", Severity.ERROR
    if all(heads):
        yield "table-header-only", "every row is marked as header row", Severity.ERROR
    empty = [number for number, cell in enumerate(_cells(rows[0]), 1) if number > 1 and not _filled(cell)]
    if empty:
        yield "table-header-empty", f"column {empty[0]} has no words in the header row", Severity.WARNING


def _marks_first_row(look: Element) -> bool:
    stated = look.get(f"{W}firstRow")
    if stated is not None:
        return stated in {"1", "true", "on"}
    bits = value(look)
    return bool(int(bits, 16) & _FIRST_ROW) if bits else False


def _grid(table: Element, rows: list[Element]) -> Iterator[Fault]:
    """Every row is as wide as the grid, and a cell that goes on from above holds no words that nobody sees."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    for number, row in enumerate(rows, 1):
        beyond = [f"{W}trPr/{W}gridBefore", f"{W}trPr/{W}gridAfter"]
        width = sum(map(_width, _cells(row)))
        if width != columns or any(row.find(path) is not None for path in beyond):
            message = f"row {number} is {width} columns wide and the table {columns}: cells are split or missing"
            yield "table-ragged", message, Severity.WARNING
        for cell in _cells(row):
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and value(merge) != "restart" and _filled(cell):
                message = f"“{_words(cell)[:40]}” in row {number} is hidden by a merged cell"
                yield "merged-cell-hides-words", message, Severity.ERROR
        if any(True for cell in _cells(row) for _ in cell.iter(f"{W}hMerge", f"{W}cellMerge")):
            yield "table-merged", f"cells of row {number} are merged in an old way", Severity.WARNING


def _layout(table: Element, rows: list[Element]) -> Iterator[Fault]:
    """No nested tables, none of one cell, no column without a head, and nothing merged or empty that says nothing."""
    if next(table.iterancestors(f"{W}tbl"), None) is not None:
        yield "table-nested", "the table stands within another", Severity.WARNING
    columns = max((sum(map(_width, _cells(row))) for row in rows), default=0)
    if len(rows) < 2 or (columns < 2 and not on(rows[0].find(f"{W}trPr/{W}tblHeader"))):
        yield "table-layout", f"a table of {len(rows)} × {columns} cells is no table but layout", Severity.WARNING
    for number, row in enumerate(rows, 1):
        for rule, message in _of_row(_cells(row), columns):
            yield rule, f"row {number} {message}", Severity.WARNING
    if all(len(_cells(row)) == columns for row in rows):
        for column in range(columns):
            if not any(_filled(_cells(row)[column]) for row in rows):
                yield "table-column-empty", f"column {column + 1} is empty", Severity.WARNING


def _of_row(cells: list[Element], columns: int) -> Iterator[tuple[str, str]]:
    """What is wrong with a row: nothing in it, one cell for all columns, an empty cell that spans others."""
    merges = [cell.find(f"{W}tcPr/{W}vMerge") for cell in cells]
    if not any(map(_filled, cells)) and merges.count(None) == len(cells):
        yield "table-row-empty", "is empty"
    if len(cells) == 1 and columns > 1:
        yield "table-merged", "is a single cell over the whole width"
    for cell, merge in zip(cells, merges, strict=True):
        if not _filled(cell) and (_width(cell) > 1 or (merge is not None and value(merge) == "restart")):
            yield "table-merged", "has an empty cell that is merged with others"
