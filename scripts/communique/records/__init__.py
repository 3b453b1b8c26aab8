"""The metadata standards: a table of serializers, each a function of an edition of a statement and its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from communique.crosswalk.trade import EPUB
from communique.records import (
    akoma_ntoso,
    bibtex,
    csl_json,
    datacite,
    datacite_json,
    dublin_core,
    inveniordm,
    marcxml,
    mets,
    mods,
    onix,
    premis,
    schema_org,
)
from communique.records.edition import Edition
from communique.rendition import Rendition

Serialize = Callable[[Edition], bytes]


@dataclass(frozen=True)
class Serializer:
    """A metadata standard: stem and suffix of its files, their media type, and the function that makes them.

    `is_carried` says whether a PDF that carries files has this record too. Three of them suffice to find the text and
    to know it again; what the others say besides is of the files, which a PDF cannot know before it is one.
    `of` is the media type of the file that the record is of: an edition without one has no such record.
    """

    stem: str
    suffix: str
    media_type: str
    serialize: Serialize
    is_carried: bool = False
    of: str = ""

    def applies(self, edition: Edition) -> bool:
        """Whether an edition has what the record is of."""
        return not self.of or any(each.media_type == self.of for each in edition.files)

    def name(self, language: str = "") -> str:
        """The name of the file: `metadata/<stem>.<suffix>`, or `metadata/<stem>.<lang>.<suffix>` of a translation."""
        return f"metadata/{self.stem}{language and '.'}{language}.{self.suffix}"

    def write(self, edition: Edition) -> Rendition:
        """The record of one edition."""
        language = edition.statement.name[len(edition.statement.slug) + 1 :]
        return Rendition(self.name(language), self.media_type, self.serialize(edition))


SERIALIZERS = (
    Serializer("dublin-core", "xml", "application/xml", dublin_core.serialize, is_carried=True),
    Serializer("datacite", "xml", "application/xml", datacite.serialize, is_carried=True),
    Serializer("datacite", "json", "application/vnd.datacite.datacite+json", datacite_json.serialize),
    Serializer("schema-org", "jsonld", "application/ld+json", schema_org.serialize, is_carried=True),
    Serializer("mods", "xml", "application/mods+xml", mods.serialize),
    Serializer("marc", "xml", "application/marcxml+xml", marcxml.serialize),
    Serializer("inveniordm", "json", "application/json", inveniordm.serialize),
    Serializer("citation", "json", "application/vnd.citationstyles.csl+json", csl_json.serialize),
    Serializer("citation", "bib", "application/x-bibtex", bibtex.serialize),
    Serializer("akoma-ntoso", "xml", "application/akn+xml", akoma_ntoso.serialize),
    Serializer("onix", "xml", "application/xml", onix.serialize, of=EPUB),
    Serializer("premis", "xml", "application/xml", lambda it: premis.serialize(it.statement, it.files, it.tools)),
    Serializer("mets", "xml", "application/mets+xml", mets.serialize),
)
