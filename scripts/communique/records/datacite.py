"""DataCite Metadata Schema 4.7, XML."""

from __future__ import annotations

from communique.crosswalk import trees
from communique.records.edition import Edition

KERNEL = "http://datacite.org/schema/kernel-4"
SCHEMA = "http://schema.datacite.org/meta/kernel-4.7/metadata.xsd"


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    return trees.xml("datacite", edition.facts)
