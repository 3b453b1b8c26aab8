"""The attributes of table cells (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""

from __future__ import annotations

from typing import Any

from communique.writers.pdf.tagging.roles import SCOPES
from communique.writers.pdf.tagging.tree import Node


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


def _scope(cell: Node) -> str:
    """What a header cell heads: by its scope attribute, else by where it stands."""
    stated = cell.element.get("scope", "") if cell.element is not None else ""
    return SCOPES.get(stated, "Column" if cell.nearest("THead") else "Row")
