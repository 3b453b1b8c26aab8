"""DataCite Metadata Schema 4.7, JSON as DataCite's REST API takes it."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.serialize(trees.mapping("datacite-json", edition.facts))
