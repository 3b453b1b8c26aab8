"""schema.org JSON-LD: the statement with its renditions as media objects."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    described = trees.mapping("schema-org", edition.facts)
    described.setdefault("encoding", [])
    return trees.serialize(described)
