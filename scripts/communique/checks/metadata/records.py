"""The records in metadata/: Dublin Core and DataCite, and what all of them say of the files they describe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks.metadata import coded, languages
from communique.checks.metadata.facts import Facts, Row, bare, first
from communique.checks.metadata.files import EPUB, Files
from communique.checks.metadata.values import texts
from communique.checks.opening import Element

_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_DUBLIN_WORDS = {
    "{*}title": "title",
    "{*}alternative": "short_title",
    "{*}abstract": "description",
    "{*}creator": "issuers",
    "{*}subject": "subjects",
    "{*}publisher": "publisher",
    "{*}spatial": "places",
    "{*}rights": "rights",
    "{*}rightsHolder": "rights",
    "{*}provenance": "editorial_notes",
}
"""The elements with words in a language, and the key of the master that has the words."""
_DATACITE_WORDS = {".//{*}title": "title", ".//{*}creatorName": "issuers", "{*}publisher": "publisher"}


def dublin_core(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:  # noqa: ARG001
    """What a record in DCMI terms says."""
    codes = _texts(root, "spatial", _XSI_TYPE, "dcterms:ISO3166")
    places = [text for text in _texts(root, "spatial") if text not in codes]
    rights = [*_texts(root, "rights"), *_texts(root, "license")]
    yield Row("title", "dc:title", _texts(root, "title"), [known.title])
    yield Row("short-title", "dcterms:alternative", _texts(root, "alternative"), [known.short_title])
    yield Row("issuers", "dc:creator", _texts(root, "creator"), first(known.issuers))
    yield Row("subjects", "dc:subject", _texts(root, "subject"), first(known.subjects))
    yield Row("description", "dcterms:abstract", _texts(root, "abstract"), [known.description])
    yield Row("publisher", "dc:publisher", _texts(root, "publisher"), [known.publisher])
    yield Row("date", "dcterms:issued", _texts(root, "issued"), [known.date])
    yield Row("revised", "dcterms:modified", _texts(root, "modified"), [known.revised])
    known_as = [*known.identifier(), known.lineage[0]]
    yield Row("identifiers", "dc:identifier", [*map(bare, _texts(root, "identifier"))], known_as)
    for name, urn in zip(("isVersionOf", "replaces"), known.lineage[1:], strict=True):
        yield Row("lineage", f"dcterms:{name}", _texts(root, name, _XSI_TYPE, "dcterms:URI"), [urn])
    yield Row("source", "dc:source", _texts(root, "source"), [known.source])
    yield Row("language", "dc:language", _texts(root, "language"), [known.language])
    yield Row("references", "dcterms:references", _texts(root, "references"), [row[1] for row in known.references])
    yield Row("places", "dcterms:spatial", [*places, *codes], [*first(known.places), *(row[1] for row in known.places)])
    yield Row("rights", "dc:rights", sorted(rights), sorted([known.rights, known.rights_uri]))
    yield Row("holder", "dcterms:rightsHolder", _texts(root, "rightsHolder"), [known.holder])
    if (behind := known.background) is not None:
        yield Row("notes", "dcterms:provenance", _texts(root, "provenance"), behind.notes)
        yield Row("editions", "dcterms:hasVersion", _texts(root, "hasVersion"), behind.named("translation"))
        parents = [each for each in root.iter("{*}isVersionOf") if each.get(_XSI_TYPE) is None]
        yield Row("editions", "dcterms:isVersionOf", [each.text or "" for each in parents], behind.named("original"))
    yield from languages.marked(root, known, _DUBLIN_WORDS)


def datacite(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """What a DataCite record says."""
    identifiers = sorted([*_texts(root, "identifier"), *_texts(root, "alternateIdentifier")])
    has_own = {"doi", "url", "urn"} & {scheme for scheme, _ in known.identifiers}
    known_as = sorted([*known.identifier(), known.lineage[0], *([] if has_own else names[:1])])
    yield Row("title", "titles", _texts(root, "title"), [known.title, known.short_title])
    yield Row("issuers", "creatorName", _texts(root, "creatorName"), first(known.issuers))
    yield Row("issuers", "nameIdentifier", _texts(root, "nameIdentifier"), [row[1] for row in known.issuers])
    yield Row("publisher", "publisher", _texts(root, "publisher"), [known.publisher])
    yield Row("date", "publicationYear", _texts(root, "publicationYear"), [known.date[:4]])
    yield Row("date", "dates", _texts(root, "date", "dateType", "Issued"), [known.date])
    changed = known.modified if known.modified != known.date else ""
    yield Row("revised", "dates", _texts(root, "date", "dateType", "Updated"), [changed])
    yield Row("subjects", "subjects", _texts(root, "subject"), first(known.subjects))
    yield Row("identifiers", "identifiers", identifiers, known_as)
    yield Row("language", "language", _texts(root, "language"), [known.language])
    yield Row("rights", "rightsList", _texts(root, "rights"), [known.rights])
    addresses = [str(element.get("rightsURI", "")) for element in root.iter("{*}rights")]
    yield Row("rights-uri", "rightsURI", addresses, [known.rights_uri])
    yield Row(
        "description", "descriptions", _texts(root, "description", "descriptionType", "Abstract"), [known.description]
    )
    yield Row("places", "geoLocations", _texts(root, "geoLocationPlace"), first(known.places))
    yield Row("version", "version", _texts(root, "version"), [known.version])
    cited = _texts(root, "relatedIdentifier", "relationType", "References")
    yield Row("references", "relatedIdentifiers", cited, [row[1] for row in known.references])
    derived = _texts(root, "relatedIdentifier", "relationType", "IsDerivedFrom")
    yield Row("source", "relatedIdentifiers", derived, [known.derived])
    for relation, urn in zip(("IsVersionOf", "IsNewVersionOf"), known.lineage[1:], strict=True):
        yield Row("lineage", relation, _texts(root, "relatedIdentifier", "relationType", relation), [urn])
    if known.kind:
        yield Row("kind", "resourceType", [*map(coded.kind, _texts(root, "resourceType"))], [known.kind])
    found = [each for each in root.iter("{*}contributor") if each.get("contributorType") == "RightsHolder"]
    yield Row(
        "holder", "contributors", [text for each in found for text in _texts(each, "contributorName")], [known.holder]
    )
    if (behind := known.background) is not None:
        notes = _texts(root, "description", "descriptionType", "TechnicalInfo")
        yield Row("notes", "descriptions", notes, behind.notes)
        yield Row("source", "dates", _texts(root, "date", "dateType", "Collected"), [behind.received])
    yield from languages.marked(root, known, _DATACITE_WORDS)


def files_in_datacite(root: Element, known: Files) -> Iterator[Row]:
    """Sizes and media types of the files of an edition, by the manifest."""
    yield Row("files", "sizes", sorted(_texts(root, "size")), known.sizes)
    yield Row("files", "formats", sorted(_texts(root, "format")), known.kinds)


def files_in_dublin_core(root: Element, known: Files) -> Iterator[Row]:
    """The media types of the files of an edition, by the manifest, and what the EPUB conforms to."""
    yield Row("files", "dc:format", sorted(_texts(root, "format")), known.kinds)
    claims = known.claim("dcterms:conformsTo")
    yield Row("accessibility", "dcterms:conformsTo", _texts(root, "conformsTo"), claims)


def files_in_schema_org(value: Any, known: Files) -> Iterator[Row]:
    """Names, sizes, digests and media types of the files of an edition, by the manifest, and the claims of the EPUB."""
    encoding = value.get("encoding", []) if isinstance(value, dict) else []
    said = [each for each in encoding if isinstance(each, dict)] if isinstance(encoding, list) else []
    named = {str(each.get("contentUrl")): each for each in said}
    yield Row("files", "encoding", sorted(str(each.get("contentUrl")) for each in said), sorted(known.listed))
    yield Row("files", "encoding", sorted(str(each.get("name")) for each in said), sorted(known.listed))
    for name in sorted(named.keys() & known.listed.keys()):
        each, row = named[name], known.listed[name]
        for key, listed in (("contentSize", "size"), ("sha256", "sha256"), ("encodingFormat", "mediaType")):
            yield Row("files", f"encoding {name} {key}", [str(each.get(key))], [str(row.get(listed))])
        is_book = row.get("mediaType") == EPUB
        for key in ("accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"):
            claims = known.claim(f"schema:{key}") if is_book else ()
            yield Row("accessibility", f"encoding {name} {key}", texts(each, key), claims)


def _texts(root: Element, name: str, attribute: str = "", value: str = "") -> list[str]:
    """The texts of all elements with a local name, and an attribute of a value if one is given."""
    found = [element for element in root.iter(f"{{*}}{name}") if not attribute or element.get(attribute) == value]
    return ["".join(map(str, element.itertext())) for element in found]
