"""ONIX for Books 3.0: the EPUB of an edition as a product of the book trade, free of charge."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition


def serialize(edition: Edition) -> bytes:
    """The message of one edition with its one product, UTF-8; of an edition that has an EPUB."""
    return trees.xml("onix", edition.facts)
