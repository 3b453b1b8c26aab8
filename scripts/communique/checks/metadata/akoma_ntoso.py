"""What the head of an Akoma Ntoso record says of an edition: the element meta."""

from __future__ import annotations

import re
from collections.abc import Iterator

from langcodes import Language

from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.opening import Element

_AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_REFERRING = ("href", "refersTo", "source", "as", "by", "dictionary")
_TERMS = "{http://purl.org/dc/terms/}"


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything to be compared; the record speaks of the text alone, and of no file."""
    meta = root.find(f"{_AKN}statement/{_AKN}meta")
    if meta is None:
        yield Row("head", "meta", [], ["the element meta"])
        return
    yield from _levels(meta, known)
    yield from _references(meta, known)
    yield from _names(meta, known, names[0])
    yield Row("place", "references within the record", sorted(_lost(root)), [])
    for key, name, wanted in (
        ("description", "abstract", known.description),
        ("rights-uri", "license", known.licence),
        ("source", "source", known.source),
        ("lineage", "replaces", known.lineage[2]),
    ):
        yield Row(key, f"dcterms:{name}", _texts(meta, name), [wanted])
    notice = "" if known.licence else known.rights_uri
    yield Row("rights", "dcterms:rights", _texts(meta, "rights"), [known.rights, notice])
    yield Row("holder", "dcterms:rightsHolder", _texts(meta, "rightsHolder"), [known.holder])


def _levels(meta: Element, known: Facts) -> Iterator[Row]:
    """Work, expression and manifestation."""
    for key, place, name, wanted in (
        ("date", "FRBRWork/FRBRdate", "date", known.date),
        ("kind", "FRBRWork/FRBRsubtype", "value", known.kind),
        ("revised", "FRBRExpression/FRBRdate", "date", known.modified),
        ("version", "FRBRExpression/FRBRversionNumber", "value", known.version),
        ("date", "publication", "date", known.date),
        ("publisher", "publication", "showAs", known.publisher),
    ):
        if key != "kind" or wanted:
            yield Row(key, place, _values(meta, place, name), [wanted])
    made = _values(meta, "FRBRManifestation/FRBRdate", "date")
    yield Row("revised", "FRBRManifestation/FRBRdate", made, known.made(made))
    yield Row("title", "FRBRalias title", _aliases(meta, "FRBRExpression", "title"), [known.title])
    yield Row(
        "short-title", "FRBRalias short-title", _aliases(meta, "FRBRExpression", "short-title"), [known.short_title]
    )
    yield Row("lineage", "FRBRExpression/FRBRalias urn", _aliases(meta, "FRBRExpression", "urn"), [known.lineage[0]])
    yield Row(
        "identifiers", "FRBRWork/FRBRalias", _values(meta, "FRBRWork/FRBRalias", "value"),
        [*known.identifier(), known.lineage[1]],
    )  # fmt: skip
    said = _values(meta, "FRBRExpression/FRBRlanguage", "language")
    own = Language.get(known.language)
    # Small languages have no code of their own in ISO 639-2; two editions of one language have tags for codes.
    is_known = own.language is not None and len(own.language) == 2 and said != [known.language]
    yield Row("language", "FRBRlanguage", said, [own.to_alpha3(variant="T")] if is_known else said)


def _references(meta: Element, known: Facts) -> Iterator[Row]:
    """Who and what is named in the list of references, and by whom."""
    entries = {f"#{each.get('eId')}": str(each.get("showAs")) for each in meta.iterfind(f"{_AKN}references/*")}
    issuers = _values(meta, "FRBRWork/FRBRauthor", "href")
    yield Row("issuers", "FRBRauthor", [entries.get(each, each) for each in issuers], first(known.issuers))
    editors = _values(meta, "FRBRExpression/FRBRauthor", "href")
    yield Row("publisher", "FRBRauthor", [entries.get(each, each) for each in editors], [known.publisher])
    yield Row("subjects", "keyword", _values(meta, "keyword", "showAs"), first(known.subjects))
    yield Row("places", "TLCLocation", _values(meta, "TLCLocation", "showAs"), first(known.places))
    named = [each for each in meta.iter(f"{_AKN}TLCReference") if each.get("name") == "reference"]
    told = [str(each.get(name)) for each in named for name in ("showAs", "href")]
    yield Row("references", "TLCReference", told, [text for row in known.references for text in row[:2]])


def _names(meta: Element, known: Facts, slug: str) -> Iterator[Row]:
    """Each IRI begins with that of the level above it, and names day, folder and version (Naming Convention, 4)."""
    levels = ("FRBRWork", "FRBRExpression", "FRBRManifestation")
    work, expression, manifestation = ("".join(_values(meta, f"{level}/FRBRuri", "value")) for level in levels)
    is_work = re.fullmatch(rf"/akn/[a-z]+/statement/[^ ]*/{re.escape(f'{known.date}/{slug}')}", work)
    yield Row("iri", "FRBRWork/FRBRuri", [work], [work if is_work else f"/akn/…/statement/…/{known.date}/{slug}"])
    code = "".join(_values(meta, "FRBRExpression/FRBRlanguage", "language"))
    wanted = f"{work}/{code}@{known.modified}"
    yield Row("iri", "FRBRExpression/FRBRuri", [re.sub(r"_\d+$", "", expression)], [wanted])
    yield Row("iri", "FRBRManifestation/FRBRuri", [manifestation], [f"{expression}.xml"])
    for level, uri, end in zip(levels, (work, expression, expression), ("", "", ".xml"), strict=True):
        yield Row("iri", f"{level}/FRBRthis", _values(meta, f"{level}/FRBRthis", "value"), [f"{uri}/!main{end}"])


def _lost(root: Element) -> Iterator[str]:
    """References to what the record does not have."""
    known = {f"#{each.get('eId')}" for each in root.iter() if each.get("eId")}
    for each in root.iter():
        named = [str(each.get(name, "")) for name in _REFERRING]
        yield from (name for name in named if name.startswith("#") and name not in known)


def _values(meta: Element, place: str, attribute: str) -> list[str]:
    """An attribute of all elements at a place below meta."""
    path = "/".join(f"{_AKN}{step}" for step in place.split("/"))
    return [str(each.get(attribute, "")) for each in meta.iterfind(f".//{path}")]


def _aliases(meta: Element, level: str, name: str) -> list[str]:
    path = f".//{_AKN}{level}/{_AKN}FRBRalias"
    return [str(each.get("value")) for each in meta.iterfind(path) if each.get("name") == name]


def _texts(meta: Element, name: str) -> list[str]:
    """The texts of a term of Dublin Core."""
    return ["".join(map(str, each.itertext())) for each in meta.iter(f"{_TERMS}{name}")]
