"""Metadata Object Description Schema (MODS) 3.8."""

from __future__ import annotations

from collections.abc import Sequence

from communique.crosswalk import trees
from communique.records.tabled import facts
from communique.rendition import Rendition
from communique.statement import Statement


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.xml("mods", facts(statement, renditions))
