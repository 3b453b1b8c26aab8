"""Citation Style Language (CSL), JSON: a list of one item."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.serialize([trees.mapping("csl-json", edition.facts)])
