"""What a MODS record says."""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.metadata import coded, languages
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.files import Files
from communique.checks.opening import Element

_MODS = "{http://www.loc.gov/mods/v3}"
_WORDS = {
    f"{_MODS}titleInfo": "title",
    f"{_MODS}abstract": "description",
    f"{_MODS}originInfo/{_MODS}publisher": "publisher",
    f"{_MODS}name[{_MODS}nameIdentifier]/{_MODS}namePart": "issuers",
    f"{_MODS}note[@type='editorial']": "editorial_notes",
    f"{_MODS}note[@type='version identification']": "revisions",
}
"""The elements with words in a language, and the key of the master that has the words."""
_HREF = "{http://www.w3.org/1999/xlink}href"
_SCHEMES = {"doi": "doi", "url": "uri", "urn": "urn", "symbol": "symbol", "local": "local"}


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that it says of the statement."""
    changed = known.modified if known.modified != known.date else ""
    yield Row("title", "titleInfo", _texts(root, "titleInfo/title"), [known.title, known.short_title])
    yield Row("issuers", "name", list(_named(root, "isb")), first(known.issuers))
    codes = [part for row in known.issuers for part in row[1:]]
    yield Row("issuers", "nameIdentifier", _texts(root, "name/nameIdentifier"), codes)
    yield Row("holder", "name", list(_named(root, "cph")), [known.holder])
    yield Row("publisher", "originInfo", _texts(root, "originInfo/publisher"), [known.publisher])
    yield Row("publisher", "recordInfo", _texts(root, "recordInfo/recordContentSource"), [known.publisher])
    yield Row("date", "dateIssued", _texts(root, "originInfo/dateIssued"), [known.date])
    yield Row("revised", "dateModified", _texts(root, "originInfo/dateModified"), [changed])
    days = _texts(root, "recordInfo/recordChangeDate")
    yield Row("revised", "recordInfo", days, known.made(days))
    version = f"Version {known.version}" if known.version else ""
    yield Row("version", "edition", _texts(root, "originInfo/edition"), [version])
    yield from _language(root, known)
    yield Row("description", "abstract", _texts(root, "abstract"), [known.description])
    yield Row("subjects", "subject", _texts(root, "subject/topic"), first(known.subjects))
    yield Row("subjects", "subject", _values(root, "subject/topic", "valueURI"), [row[1] for row in known.subjects])
    yield Row("places", "subject", _texts(root, "subject/geographic"), first(known.places))
    codes = [row[1].lower() for row in known.places]
    yield Row("places", "subject", _texts(root, "subject/geographicCode"), codes)
    yield Row("places", "subject", _values(root, "subject/geographic", "valueURI"), [row[2] for row in known.places])
    yield Row("rights", "accessCondition", _texts(root, "accessCondition"), [known.rights])
    yield Row("rights-uri", "accessCondition", _values(root, "accessCondition", _HREF), [known.rights_uri])
    yield Row("identifiers", "recordIdentifier", _texts(root, "recordInfo/recordIdentifier"), [names[1]])
    yield from _identifiers(root, known)
    yield from _related(root, known)
    if known.kind:
        yield Row("kind", "genre", [*map(coded.kind, _texts(root, "genre"))], [known.kind])
    if (behind := known.background) is not None:
        history = [f"{version} ({day}): {note}" for version, day, note in behind.revisions]
        yield Row("notes", "note", _texts(root, "note", "type", "editorial"), behind.notes)
        yield Row("revisions", "note", _texts(root, "note", "type", "version identification"), history)


def files(root: Element, known: Files) -> Iterator[Row]:
    """What it says of the files and of the accessibility of the EPUB."""
    found = [
        [*(_first(each, path) for path in _OF_FILES), *_texts(each, "note", "type", "sha256")]
        for each in _items(root, "otherFormat")
    ]
    listed = [
        [name, *(str(row.get(key)) for key in ("mediaType", "size", "sha256"))] for name, row in known.listed.items()
    ]
    yield Row("files", "relatedItem", sorted(map(" ".join, found)), sorted(map(" ".join, listed)))
    kinds = _texts(root, "physicalDescription/internetMediaType")
    yield Row("files", "physicalDescription", sorted(kinds), known.kinds)
    notes = [each for each in root.findall(f"{_MODS}note") if each.get("type") == "accessibility"]
    for label in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        said = [_text(each) for each in notes if each.get("displayLabel") == label]
        yield Row("accessibility", f"note {label}", said, [", ".join(known.claim(f"schema:{label}"))])
    said = [_text(each) for each in notes if each.get("displayLabel") is None]
    yield Row("accessibility", "note", said, known.claim("schema:accessibilitySummary"))
    said = [_text(each) for each in notes if each.get("displayLabel") == "conformsTo"]
    yield Row("accessibility", "note conformsTo", said, known.claim("dcterms:conformsTo"))


_OF_FILES = ("identifier", "physicalDescription/internetMediaType", "physicalDescription/extent")


def _language(root: Element, known: Facts) -> Iterator[Row]:
    tags = _texts(root, "language/languageTerm", "authority", "rfc5646")
    yield Row("language", "language", tags, [known.language])
    if code := coded.bibliographic(known.language):
        of_text = _texts(root, "language/languageTerm", "authority", "iso639-2b")
        yield Row("language", "language", of_text, [code])
    of_record = _texts(root, "recordInfo/languageOfCataloging/languageTerm")
    yield Row("language", "languageOfCataloging", of_record, ["eng"])
    yield from languages.marked(root, known, _WORDS)


def _identifiers(root: Element, known: Facts) -> Iterator[Row]:
    for scheme, kind in _SCHEMES.items():
        wanted = [*known.identifier(scheme), *([known.lineage[0]] if scheme == "urn" else [])]
        yield Row("identifiers", f"identifier {kind}", _texts(root, "identifier", "type", kind), wanted)
    yield Row("identifiers", "location", _texts(root, "location/url"), known.identifier("url"))


def _related(root: Element, known: Facts) -> Iterator[Row]:
    """The other works and editions that it names."""
    cited = _items(root, "references")
    yield Row("references", "relatedItem", [_first(each, "titleInfo/title") for each in cited], first(known.references))
    addresses = [text for each in cited for text in _texts(each, "identifier", "type", "uri")]
    yield Row("references", "relatedItem", addresses, [row[1] for row in known.references])
    received = _items(root, "original")
    found = [text for each in received for text in _texts(each, "identifier", "type", "uri")]
    yield Row("source", "relatedItem original", found, [known.source])
    for kind, urn in zip(("isVersionOf", "preceding"), known.lineage[1:], strict=True):
        found = [text for each in _items(root, kind) for text in _texts(each, "identifier")]
        yield Row("lineage", f"relatedItem {kind}", found, [urn])
    if (behind := known.background) is None:
        return
    symbols = [text for each in cited for text in _texts(each, "identifier", "type", "symbol")]
    yield Row("references", "relatedItem", symbols, behind.symbols)
    found = [text for each in received for text in _texts(each, "note", "type", "sha256")]
    yield Row("source", "relatedItem original", found, [behind.digest])
    found = [text for each in received for text in _texts(each, "originInfo/dateCaptured")]
    yield Row("source", "dateCaptured", found, [behind.received])
    others = [
        [_first(each, "identifier"), _first(each, "language/languageTerm")] for each in _items(root, "otherVersion")
    ]
    wanted = [" ".join(row[1:]) for row in behind.editions]
    yield Row("editions", "relatedItem otherVersion", sorted(map(" ".join, others)), sorted(wanted))


def _named(root: Element, role: str) -> Iterator[str]:
    """The names of those who have a certain role."""
    for each in root.findall(f"{_MODS}name"):
        if _texts(each, "role/roleTerm") == [role]:
            yield _first(each, "namePart")


def _items(root: Element, kind: str) -> list[Element]:
    """The related items of a certain type, of the standard's or of another."""
    return [each for each in root.findall(f"{_MODS}relatedItem") if kind in (each.get("type"), each.get("otherType"))]


def _texts(root: Element, path: str, attribute: str = "", value: str = "") -> list[str]:
    """The texts at a path of elements, and with an attribute of a value if one is given."""
    return [_text(each) for each in _found(root, path) if not attribute or each.get(attribute) == value]


def _values(root: Element, path: str, attribute: str) -> list[str]:
    return [str(each.get(attribute, "")) for each in _found(root, path)]


def _first(root: Element, path: str) -> str:
    return next(iter(_texts(root, path)), "")


def _found(root: Element, path: str) -> list[Element]:
    return root.findall("/".join(f"{_MODS}{step}" for step in path.split("/")))


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext()))
