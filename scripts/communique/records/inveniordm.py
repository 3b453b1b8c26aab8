"""The record of InvenioRDM (Zenodo), as POST /api/records takes it."""

from __future__ import annotations

from collections.abc import Sequence

from communique.crosswalk import trees
from communique.records.tabled import facts
from communique.rendition import Rendition
from communique.statement import Statement


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.serialize(trees.mapping("inveniordm", facts(statement, renditions)))
