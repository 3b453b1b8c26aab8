"""DataCite Metadata Schema 4.7, XML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lxml import etree

from communique.linked_data import modified
from communique.rendition import Rendition, media_types
from communique.statement import Statement

KERNEL = "http://datacite.org/schema/kernel-4"
SCHEMA = "http://schema.datacite.org/meta/kernel-4.7/metadata.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = {
    "joint-statement": "Joint statement",
    "statement": "Statement",
    "communique": "Communiqué",
    "declaration": "Declaration",
    "press-release": "Press release",
}


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    root = etree.Element(f"{{{KERNEL}}}resource", nsmap={None: KERNEL, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", f"{KERNEL} {SCHEMA}")
    scheme, value = _identifier(statement)
    _child(root, "identifier", value, identifierType=scheme)
    for part in _PARTS:
        part(root, statement)
    _child(root, "language", statement.language)
    _group(root, "sizes", [("size", f"{each.size} bytes", {}) for each in renditions])
    _group(root, "formats", [("format", kind, {}) for kind in media_types(renditions)])
    if statement.revisions:
        _child(root, "version", statement.revisions[-1].version)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _identifier(statement: Statement) -> tuple[str, str]:
    """Scheme and value of the first identifier DataCite knows; without any, one for this program alone."""
    known = {each.scheme: each.value for each in reversed(statement.identifiers)}
    for scheme in ("doi", "url", "urn"):
        if scheme in known:
            return scheme.upper(), known[scheme]
    return "Local", statement.slug


def _creators(root: etree._Element, statement: Statement) -> None:
    creators = _child(root, "creators")
    for issuer in statement.issuers:
        creator = _child(creators, "creator")
        name = _child(creator, "creatorName", issuer.name, nameType="Organizational")
        name.set(_LANG, statement.language)
        if issuer.code:
            scheme = {
                "nameIdentifierScheme": "ISO 3166-1",
                "schemeURI": "https://www.iso.org/iso-3166-country-codes.html",
            }
            _child(creator, "nameIdentifier", issuer.code, **scheme)


def _titles(root: etree._Element, statement: Statement) -> None:
    titles = _child(root, "titles")
    _child(titles, "title", statement.title).set(_LANG, statement.language)
    if statement.short_title:
        _child(titles, "title", statement.short_title, titleType="AlternativeTitle").set(_LANG, statement.language)


def _publication(root: etree._Element, statement: Statement) -> None:
    _child(root, "publisher", statement.publisher.name).set(_LANG, statement.language)
    _child(root, "publicationYear", statement.date[:4])
    _child(root, "resourceType", _KINDS[statement.type], resourceTypeGeneral="Text")


def _subjects(root: etree._Element, statement: Statement) -> None:
    terms = [
        ("subject", each.term, {"subjectScheme": each.scheme, "valueURI": each.uri}) for each in statement.subjects
    ]
    _group(root, "subjects", terms)


def _dates(root: etree._Element, statement: Statement) -> None:
    dates = [("date", statement.date, {"dateType": "Issued"})]
    if modified(statement) != statement.date:
        dates.append(("date", modified(statement), {"dateType": "Updated"}))
    _group(root, "dates", dates)


def _alternate_identifiers(root: etree._Element, statement: Statement) -> None:
    used = _identifier(statement)[1]
    kinds = {"symbol": "Document symbol", "local": "Local identifier", "url": "URL", "urn": "URN", "doi": "DOI"}
    others = [
        ("alternateIdentifier", each.value, {"alternateIdentifierType": kinds[each.scheme]})
        for each in statement.identifiers
        if each.value != used
    ]
    _group(root, "alternateIdentifiers", others)


def _related_identifiers(root: etree._Element, statement: Statement) -> None:
    related = [("References", reference.uri) for reference in statement.references]
    if statement.source and statement.source.url:
        related.append(("IsDerivedFrom", statement.source.url))
    rows = [
        ("relatedIdentifier", uri, {"relatedIdentifierType": "URL", "relationType": relation})
        for relation, uri in related
    ]
    _group(root, "relatedIdentifiers", rows)


def _rights(root: etree._Element, statement: Statement) -> None:
    _group(root, "rightsList", [("rights", statement.rights.statement, {"rightsURI": statement.rights.uri})])


def _descriptions(root: etree._Element, statement: Statement) -> None:
    rows = [("Abstract", statement.description)] if statement.description else []
    for note in statement.editorial_notes:
        rows.append(("TechnicalInfo", " ".join(part for part in (note.text, note.reason) if part)))
    _group(root, "descriptions", [("description", text, {"descriptionType": kind}) for kind, text in rows])


def _places(root: etree._Element, statement: Statement) -> None:
    if statement.places:
        locations = _child(root, "geoLocations")
        for place in statement.places:
            _child(_child(locations, "geoLocation"), "geoLocationPlace", place.name)


def _group(root: etree._Element, name: str, rows: Sequence[tuple[str, str, dict[str, str]]]) -> None:
    """A wrapper with one child per row; no rows, no wrapper."""
    if rows:
        parent = _child(root, name)
        for child, text, attributes in rows:
            _child(parent, child, text, **attributes)


def _child(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    child = etree.SubElement(parent, f"{{{KERNEL}}}{name}")
    child.text = text or None
    for key, value in attributes.items():
        if value:
            child.set(key, value)
    return child


_PARTS: tuple[Callable[[etree._Element, Statement], None], ...] = (
    _creators,
    _titles,
    _publication,
    _subjects,
    _dates,
    _alternate_identifiers,
    _related_identifiers,
    _rights,
    _descriptions,
    _places,
)
