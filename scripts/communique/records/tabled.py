"""The facts that a record is made from: the statement, its files, and what the EPUB says of its accessibility."""

from __future__ import annotations

from collections.abc import Sequence

from communique.crosswalk.facts import Facts, gather
from communique.records import accessibility
from communique.rendition import Rendition
from communique.statement import Statement


def facts(statement: Statement, renditions: Sequence[Rendition]) -> Facts:
    """Everything the crosswalk has places for."""
    return gather(statement, renditions, accessibility.of_files(renditions))
