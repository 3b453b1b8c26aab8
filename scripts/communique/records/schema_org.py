"""schema.org JSON-LD: the statement with its renditions as media objects."""

from __future__ import annotations

from collections.abc import Sequence

from communique.crosswalk import trees
from communique.records.tabled import facts
from communique.rendition import Rendition
from communique.statement import Statement


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    described = trees.mapping("schema-org", facts(statement, renditions))
    described.setdefault("encoding", [])
    return trees.serialize(described)
