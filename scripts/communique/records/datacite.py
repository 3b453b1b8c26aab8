"""DataCite Metadata Schema 4.7, XML."""

from __future__ import annotations

from collections.abc import Sequence

from communique.crosswalk import trees
from communique.records.tabled import facts
from communique.rendition import Rendition
from communique.statement import Statement

KERNEL = "http://datacite.org/schema/kernel-4"
SCHEMA = "http://schema.datacite.org/meta/kernel-4.7/metadata.xsd"


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.xml("datacite", facts(statement, renditions))
