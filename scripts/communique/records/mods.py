"""Metadata Object Description Schema (MODS) 3.8."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.xml("mods", edition.facts)
