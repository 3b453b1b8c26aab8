"""The attributes of table cells (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.writers.pdf.tagging.roles import SCOPES
from communique.writers.pdf.tagging.tree import Node

Grid = dict[tuple[int, int], Node]
"""The cell at each place, by row and column from 0; one that spans several stands at all of them."""


def attributes(cell: Node, spans: tuple[int, int]) -> dict[str, Any]:
    """ColSpan and RowSpan where they are not 1; Scope for a header cell."""
    columns, rows = spans
    entries: dict[str, Any] = {}
    if columns != 1:
        entries["ColSpan"] = columns
    if rows != 1:
        entries["RowSpan"] = rows
    if cell.role == "TH":
        entries["Scope"] = f"/{_scope(cell)}"
    return entries


def relate(table: Node, name: str) -> None:
    """Give the header cells of a table an ID that begins with `name`, and the others those of their own (Headers)."""
    grid = _grid(table)
    for number, header in enumerate(dict.fromkeys(cell for cell in grid.values() if cell.role == "TH"), 1):
        header.identifier = header.identifier or f"{name}-{number}"
    above: dict[int, list[Node]] = {}
    for row in range(1 + max((row for row, _ in grid), default=-1)):
        beside: list[Node] = []
        for column in sorted(column for each, column in grid if each == row):
            cell = grid[row, column]
            if cell.role == "TH":
                heads = beside if _heads_rows(cell) else above.setdefault(column, [])
                heads += [] if cell in heads else [cell]
            else:
                _add_headers(cell, [*above.get(column, []), *beside])


def _grid(table: Node) -> Grid:
    """All cells in their places, found as HTML finds them (HTML, forming a table)."""
    grid: Grid = {}
    for row, cells in enumerate(_rows(table)):
        column = 0
        for cell in cells:
            while (row, column) in grid:
                column += 1
            spans = cell.attributes.get("Table", {})
            for down in range(spans.get("RowSpan", 1)):
                for right in range(spans.get("ColSpan", 1)):
                    grid.setdefault((row + down, column + right), cell)
    return grid


def _rows(table: Node) -> Iterator[list[Node]]:
    """The cells of each row of a table, but not of tables inside it."""
    for node in (kid for kid in table.kids if isinstance(kid, Node)):
        if node.role == "TR":
            yield [kid for kid in node.kids if isinstance(kid, Node)]
        elif node.role in {"THead", "TBody", "TFoot"}:
            yield from _rows(node)


def _add_headers(cell: Node, headers: list[Node]) -> None:
    """Name the headers of a cell; one that spans several columns or rows has those of all of them."""
    entries = cell.attributes.setdefault("Table", {})
    names = [header.identifier for header in headers]
    known = entries.get("Headers", [])
    if names:
        entries["Headers"] = [*known, *(name for name in names if name not in known)]


def _heads_rows(cell: Node) -> bool:
    return bool(cell.attributes["Table"]["Scope"] == "/Row")


def _scope(cell: Node) -> str:
    """What a header cell heads: by its scope attribute, else by where it stands."""
    stated = cell.element.get("scope", "") if cell.element is not None else ""
    return SCOPES.get(stated, "Column" if cell.nearest("THead") else "Row")
