"""The metadata standards: a table of serializers, each a function of a statement and its renditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique.records import (
    bibtex,
    csl_json,
    datacite,
    datacite_json,
    dublin_core,
    inveniordm,
    marcxml,
    mods,
    schema_org,
)
from communique.rendition import Rendition
from communique.statement import Statement

Serialize = Callable[[Statement, Sequence[Rendition]], bytes]


@dataclass(frozen=True)
class Serializer:
    """A metadata standard: stem and suffix of its files, their media type, and the function that makes them."""

    stem: str
    suffix: str
    media_type: str
    serialize: Serialize

    def write(self, statement: Statement, renditions: Sequence[Rendition]) -> Rendition:
        """The record of one edition: `metadata/<stem>.<suffix>`, or `metadata/<stem>.<lang>.<suffix>`."""
        edition = statement.name.removeprefix(statement.slug)
        name = f"metadata/{self.stem}{edition}.{self.suffix}"
        return Rendition(name, self.media_type, self.serialize(statement, renditions))


SERIALIZERS = (
    Serializer("dublin-core", "xml", "application/xml", dublin_core.serialize),
    Serializer("datacite", "xml", "application/xml", datacite.serialize),
    Serializer("schema-org", "jsonld", "application/ld+json", schema_org.serialize),
)

NEW_SERIALIZERS = (
    Serializer("datacite", "json", "application/vnd.datacite.datacite+json", datacite_json.serialize),
    Serializer("mods", "xml", "application/mods+xml", mods.serialize),
    Serializer("marc", "xml", "application/marcxml+xml", marcxml.serialize),
    Serializer("citation", "json", "application/vnd.citationstyles.csl+json", csl_json.serialize),
    Serializer("citation", "bib", "application/x-bibtex", bibtex.serialize),
    Serializer("inveniordm", "json", "application/json", inveniordm.serialize),
)
"""Standards whose records nothing checks yet: no build writes them."""
