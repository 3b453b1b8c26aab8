"""What an ONIX message says of the EPUB of an edition."""

from __future__ import annotations

from collections.abc import Iterator

from langcodes import Language

from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.files import EPUB, Files
from communique.checks.opening import Element

_ONIX = "{http://ns.editeur.org/onix/3.0/reference}"
_READ = {
    "application/pdf": "E107",
    "text/html": "E105",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "E104",
}
"""The formats that people read, as list 175 names them."""
_DESCRIBED = {
    "00": "schema:accessibilitySummary",
    "90": "a11y:certifiedBy",
    "91": "dcterms:date",
    "94": "a11y:certifierReport",
}
"""The codes of list 196 that come with words, and the property of the EPUB that has them."""
_FEATURES = {
    "tableOfContents": ("11",),
    "readingOrder": ("13",),
    "alternativeText": ("14",),
    "pageBreakMarkers": ("19",),
    "structuralNavigation": ("29",),
    "displayTransformability": ("36",),
    "pageNavigation": ("41",),
}
"""The codes of list 196 for the features that the EPUB names in the words of schema.org."""


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """What is said of the statement; the names begin those of the products."""
    for key, place, wanted in (
        ("publisher", "Sender/SenderName", known.publisher),
        ("publisher", "Publisher/PublisherName", known.publisher),
        ("publisher", "Supplier/SupplierName", known.publisher),
        ("description", "TextContent/Text", known.description),
        ("version", "EditionStatement", f"Version {known.version}" if known.version else ""),
        ("rights", "EpubLicenseName", known.rights if known.licence else ""),
        ("rights-uri", "EpubLicenseExpressionLink", known.licence),
    ):
        yield Row(key, place, _texts(root, place), [wanted])
    sent = [f"{text[:4]}-{text[4:6]}-{text[6:8]}" for text in _texts(root, "Header/SentDateTime")]
    yield Row("revised", "Header/SentDateTime", sent, known.made(sent))
    yield Row("holder", "CopyrightOwner", _texts(root, "CopyrightOwner/CorporateName"), [known.holder])
    yield from _lists(root, known)
    yield from _product(root, known, names[1])


def files(root: Element, found: Files) -> Iterator[Row]:
    """The formats beside the EPUB, its size, and what it says of its own accessibility."""
    forms = {name: _READ[str(row["mediaType"])] for name, row in found.listed.items() if row.get("mediaType") in _READ}
    related = [each for each in root.iter(f"{_ONIX}RelatedProduct") if _texts(each, "ProductRelationCode") == ["06"]]
    said = [" ".join([*_texts(each, "IDValue"), *_texts(each, "ProductFormDetail")]) for each in related]
    yield Row("files", "RelatedProduct", sorted(said), sorted(map(" ".join, forms.items())))
    sizes = [str(row["size"]) for row in found.listed.values() if row.get("mediaType") == EPUB]
    yield Row("files", "Extent", _by_kind(root, "Extent", "ExtentType", "ExtentValue").get("22", []), sizes)
    told = _by_kind(root, "ProductFormFeature", "ProductFormFeatureValue", "ProductFormFeatureDescription")
    for code, name in _DESCRIBED.items():
        wanted = [text.replace("-", "") if code == "91" else text for text in found.claim(name)]
        yield Row("accessibility", f"ProductFormFeature {code}", told.get(code, []), wanted)
    kinds = _by_kind(root, "ProductFormFeature", "ProductFormFeatureType", "ProductFormFeatureValue")
    wanted = [code for name in found.claim("schema:accessibilityFeature") for code in _FEATURES.get(name, ())]
    features = [
        code for code in kinds.get("09", []) if code in {code for codes in _FEATURES.values() for code in codes}
    ]
    yield Row("accessibility", "ProductFormFeature", sorted(features), sorted(wanted))


def _lists(root: Element, known: Facts) -> Iterator[Row]:
    """What may come more than once."""
    titles = _by_kind(root, "TitleDetail", "TitleType", "TitleElement/TitleText")
    yield Row("title", "TitleText", titles.get("01", []), [known.title])
    yield Row("short-title", "TitleText", titles.get("05", []), [known.short_title])
    yield Row("issuers", "Contributor", _texts(root, "Contributor/CorporateName"), first(known.issuers))
    codes = [row[1] for row in known.issuers]
    named = _by_kind(root, "NameIdentifier", "IDTypeName", "IDValue")
    yield Row("issuers", "NameIdentifier", named.get("ISO 3166-1", []), codes)
    subjects = _by_kind(root, "Subject", "SubjectSchemeName", "SubjectHeadingText")
    places = subjects.pop("Places", [])
    terms = [term for found in subjects.values() for text in found for term in text.split("; ")]
    yield Row("subjects", "Subject", sorted(terms), sorted(first(known.subjects)))
    yield Row("places", "Subject", places, first(known.places))
    days = _by_kind(root, "PublishingDate", "PublishingDateRole", "Date")
    yield Row("date", "PublishingDate 11", days.get("11", []), [known.date.replace("-", "")])
    yield Row("revised", "PublishingDate 01", days.get("01", []), [known.modified.replace("-", "")])
    own = Language.get(known.language)
    said = _by_kind(root, "Language", "LanguageRole", "LanguageCode").get("01", [])
    is_known = own.language is not None and len(own.language) == 2
    yield Row("language", "LanguageCode", said, [own.to_alpha3(variant="B")] if is_known else said)


def _product(root: Element, known: Facts, name: str) -> Iterator[Row]:
    """What kind of product it is, and the names that it has."""
    own = f"{name}-v{known.version or 1}"
    yield Row("identifiers", "RecordReference", _texts(root, "Product/RecordReference"), [own])
    yield Row("form", "ProductFormDetail", _texts(root, "DescriptiveDetail/ProductFormDetail"), ["E101"])
    works = _texts(root, "RelatedWork/WorkIdentifier/IDValue")
    yield Row("lineage", "RelatedWork", works[-1:], [known.lineage[1]])
    said = [*_texts(root, "Product/ProductIdentifier/IDValue")[1:], *works[:-1]]
    sites = _by_kind(root, "Website", "WebsiteRole", "WebsiteLink")
    urns = [urn.replace("-", "").lower().removeprefix("urn:isbn:") for urn in known.identifier("urn")]
    bare = [
        text.replace("-", "").lower().removeprefix("urn:isbn:") if text.startswith("urn:") else text for text in said
    ]
    wanted = [*known.identifier("doi", "symbol", "local"), *urns, *known.identifier("url")]
    yield Row("identifiers", "ProductIdentifier", sorted([*bare, *sites.get("02", [])]), sorted(wanted))


def _by_kind(root: Element, name: str, kind: str, value: str) -> dict[str, list[str]]:
    """The values of all composites of a name, by the code of each; "" for those without one."""
    found: dict[str, list[str]] = {}
    for each in root.iter(f"{_ONIX}{name}"):
        found.setdefault("".join(_texts(each, kind)), []).extend(_texts(each, value))
    return found


def _texts(root: Element, place: str) -> list[str]:
    """The texts of all elements at a place below an element."""
    path = "/".join(f"{_ONIX}{step}" for step in place.split("/"))
    return ["".join(map(str, each.itertext())) for each in root.iterfind(f".//{path}")]
