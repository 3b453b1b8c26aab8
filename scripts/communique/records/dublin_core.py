"""DCMI Metadata Terms in XML, in the container of the DCMI's own qualified schema (2006)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from communique.linked_data import modified
from communique.rendition import Rendition, media_types
from communique.statement import Statement

DC = "http://purl.org/dc/elements/1.1/"
DCTERMS = "http://purl.org/dc/terms/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    root = etree.Element("qualifieddc", nsmap={"dc": DC, "dcterms": DCTERMS, "xsi": XSI})
    for name, value, kind in [*_fields(statement), *(("dc:format", each, "IMT") for each in media_types(renditions))]:
        if value:
            _add(root, name, value, kind, statement.language)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _fields(statement: Statement) -> Iterator[tuple[str, str, str]]:
    """Name, value, and how the value is meant: an encoding scheme, "text" in the edition's language, or nothing."""
    yield "dc:title", statement.title, "text"
    yield "dcterms:alternative", statement.short_title, "text"
    yield from (("dc:creator", issuer.name, "text") for issuer in statement.issuers)
    yield from (("dc:subject", subject.term, "text") for subject in statement.subjects)
    yield "dcterms:abstract", statement.description, "text"
    yield "dc:publisher", statement.publisher.name, "text"
    yield "dcterms:issued", statement.date, "W3CDTF"
    yield "dcterms:modified", modified(statement) if statement.revisions else "", "W3CDTF"
    yield "dc:type", "Text", "DCMIType"
    for identifier in statement.identifiers:
        is_uri = identifier.scheme in ("url", "urn")
        value = f"https://doi.org/{identifier.value}" if identifier.scheme == "doi" else identifier.value
        yield "dc:identifier", value, "URI" if is_uri or identifier.scheme == "doi" else ""
    if statement.source:
        yield "dc:source", statement.source.url, "URI"
    yield "dc:language", statement.language, "RFC3066"
    yield from (("dcterms:references", reference.uri, "URI") for reference in statement.references)
    for place in statement.places:
        yield "dcterms:spatial", place.name, "text"
        yield "dcterms:spatial", place.code, "ISO3166"
    yield "dc:rights", statement.rights.statement, "text"
    yield "dcterms:license", statement.rights.uri if _is_licence(statement.rights.uri) else "", "URI"
    yield "dc:rights", "" if _is_licence(statement.rights.uri) else statement.rights.uri, "URI"
    yield "dcterms:rightsHolder", statement.rights.holder, "text"


def _is_licence(uri: str) -> bool:
    """Whether a rights URI grants something; those of rightsstatements.org only describe."""
    return bool(uri) and "rightsstatements.org" not in uri


def _add(root: etree._Element, name: str, value: str, kind: str, language: str) -> None:
    prefix, local = name.split(":")
    element = etree.SubElement(root, f"{{{DC if prefix == 'dc' else DCTERMS}}}{local}")
    element.text = value
    if kind == "text":
        element.set(_LANG, language)
    elif kind:
        element.set(f"{{{XSI}}}type", f"dcterms:{kind}")
