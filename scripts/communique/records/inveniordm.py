"""The record of InvenioRDM (Zenodo), as POST /api/records takes it."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.serialize(trees.mapping("inveniordm", edition.facts))
