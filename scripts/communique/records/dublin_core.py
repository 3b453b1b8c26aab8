"""DCMI Metadata Terms in XML, in the container of the DCMI's own qualified schema (2006)."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.xml("dublin-core", edition.facts)
