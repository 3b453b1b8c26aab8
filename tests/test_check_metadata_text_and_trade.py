"""Records in Akoma Ntoso and ONIX that say something else than the front matter, or break their schemas, are found."""

from __future__ import annotations

from pathlib import Path

import pytest

import breaking
from breaking import SINK, SINK_MASTER, faults, rules
from communique.build import Plan, build
from communique.checks.metadata import CHECK
from communique.checks.schemas import CHECK as SCHEMAS

TEXT, TRADE = "metadata/akoma-ntoso.xml", "metadata/onix.xml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kitchen sink as a web page and a book, with its records."""
    folder = tmp_path_factory.mktemp("made")
    build(SINK_MASTER, folder, Plan(("html", "epub")), lambda _: None)
    return folder


def test_good_records_pass(made: Path) -> None:
    one = breaking.publication(made / SINK)
    assert faults(CHECK, one) == []
    assert faults(SCHEMAS, one) == []


SAID = [
    (TEXT, 'FRBRalias name="title" value="Joint', 'FRBRalias name="title" value="A joint', "wrong-title"),
    (TEXT, 'name="short-title"', 'name="shorttitle"', "missing-short-title"),
    (TEXT, 'name="issuance" date="2024-02-29"', 'name="issuance" date="2024-02-28"', "wrong-date"),
    (TEXT, 'name="publication" date="2024-03-05"', 'name="publication" date="2024-03-06"', "wrong-revised"),
    (TEXT, 'name="markup" date="2024-03-05"', 'name="markup" date="2024-02-29"', "wrong-revised"),
    (TEXT, 'publication name="web" date="2024-02-29"', 'publication name="web" date="2024-03-01"', "wrong-date"),
    (TEXT, 'FRBRsubtype value="joint-statement"', 'FRBRsubtype value="statement"', "wrong-kind"),
    (TEXT, 'FRBRversionNumber value="1.1"', 'FRBRversionNumber value="1.2"', "wrong-version"),
    (TEXT, 'FRBRlanguage language="eng"', 'FRBRlanguage language="fra"', "wrong-language"),
    (TEXT, 'FRBRlanguage language="eng"', 'FRBRlanguage language="fra"', "wrong-iri"),
    (TEXT, 'showAs="Norway"', 'showAs="Sweden"', "wrong-issuers"),
    (TEXT, 'as="#doc-role-issuer" href="#doc-issuer-1"', 'as="#doc-role-issuer" href="#doc-issuer-2"', "wrong-issuers"),
    (TEXT, 'date="2024-02-29" showAs="Press', 'date="2024-02-29" showAs="The Press', "wrong-publisher"),
    (TEXT, 'a=1&amp;b=2" showAs="Press', 'a=1&amp;b=2" showAs="The Press', "wrong-publisher"),
    (TEXT, 'showAs="Testing"', 'showAs="Tasting"', "wrong-subjects"),
    (TEXT, 're:<TLCLocation .*?/>', "", "missing-places"),
    (TEXT, 'href="https://example.org/charter" showAs', 'href="https://example.org/treaty" showAs', "wrong-references"),
    (TEXT, 'value="10.1234/example.5678"', 'value="10.1234/example"', "wrong-identifiers"),
    (TEXT, 're:value="urn:uuid:.', 'value="urn:uuid:x', "wrong-identifiers"),
    (TEXT, "re:<dcterms:replaces>.*?</dcterms:replaces>", "", "missing-lineage"),
    (TEXT, 're:<FRBRalias name="urn"(?=[^>]*/>\\s*<FRBRdate name="pub)', '<FRBRalias name="x"', "missing-lineage"),
    (TEXT, "uses every construct", "uses some constructs", "wrong-description"),
    (TEXT, "Attribution 4.0 International</dcterms", "Attribution 3.0</dcterms", "wrong-rights"),
    (TEXT, "licenses/by/4.0/</dcterms", "licenses/by-sa/4.0/</dcterms", "wrong-rights-uri"),
    (TEXT, "The Press Office</dcterms", "The Publisher</dcterms", "wrong-holder"),
    (TEXT, "received.txt</dcterms", "sent.txt</dcterms", "wrong-source"),
    (TEXT, 'FRBRuri value="/akn/un', 'FRBRuri value="/akn/un/x y', "wrong-iri"),
    (TEXT, "kitchen-sink/!main", "kitchen-table/!main", "wrong-iri"),
    (TEXT, "@2024-03-05.xml", "@2024-03-05.pdf", "wrong-iri"),
    (TEXT, 'href="#sec-tables"', 'href="#sec-chairs"', "unfounded-place"),
    (TEXT, 'source="#doc-version-2"', 'source="#doc-version-3"', "unfounded-place"),
    (TEXT, "re:<meta .*</meta>", "", "missing-head"),
    (TRADE, "Everything a Statement Can Hold – ", "Everything a Statement Can Hold - ", "wrong-title"),
    (TRADE, "<TitleType>05", "<TitleType>03", "missing-short-title"),
    (TRADE, "<CorporateName>Norway", "<CorporateName>Sweden", "wrong-issuers"),
    (TRADE, "<IDValue>NO<", "<IDValue>SE<", "wrong-issuers"),
    (TRADE, "<SenderName>Press", "<SenderName>The Press", "wrong-publisher"),
    (TRADE, "<PublisherName>Press", "<PublisherName>The Press", "wrong-publisher"),
    (TRADE, "<SupplierName>Press", "<SupplierName>The Press", "wrong-publisher"),
    (TRADE, "uses every construct", "uses some constructs", "wrong-description"),
    (TRADE, "<EditionStatement>Version 1.1", "<EditionStatement>Version 1.2", "wrong-version"),
    (TRADE, ">10.1234/example.5678<", ">10.1234/example<", "wrong-identifiers"),
    (TRADE, "re:<EpubLicenseName[^>]*>", '<EpubLicenseName language="eng">Not ', "wrong-rights"),
    (TRADE, "licenses/by/4.0", "licenses/by-nc/4.0", "wrong-rights-uri"),
    (TRADE, "<CorporateName>The Press Office", "<CorporateName>The Publisher", "wrong-holder"),
    (TRADE, "<SentDateTime>20240305", "<SentDateTime>20240306", "wrong-revised"),
    (TRADE, '"00">20240305', '"00">20240306', "wrong-revised"),
    (TRADE, '"00">20240229', '"00">20240228', "wrong-date"),
    (TRADE, "<LanguageCode>eng", "<LanguageCode>fre", "wrong-language"),
    (TRADE, ">Typography<", ">Topography<", "wrong-subjects"),
    (TRADE, "<SubjectSchemeName>Places", "<SubjectSchemeName>Plaices", "missing-places"),
    (TRADE, "<IDValue>10.1234/example.5678", "<IDValue>10.1234/example", "wrong-identifiers"),
    (TRADE, "<WebsiteLink>https://example.org/statements", "<WebsiteLink>https://example.org/s", "wrong-identifiers"),
    (TRADE, "<ProductFormDetail>E101", "<ProductFormDetail>E107", "wrong-form"),
    (TRADE, "<ProductFormDetail>E105", "<ProductFormDetail>E107", "wrong-files"),
    (TRADE, "<IDValue>kitchen-sink.html", "<IDValue>kitchen-sink.htm", "wrong-files"),
    (TRADE, "re:<ExtentValue>.", "<ExtentValue>", "wrong-files"),
    (TRADE, "re:<RelatedWork>.*</RelatedWork>", "", "missing-lineage"),
    (TRADE, "<RecordReference>kitchen-sink-v1.1", "<RecordReference>kitchen-sink-v1.0", "wrong-identifiers"),
    (TRADE, "Everything in this test can be read", "All can be read", "wrong-accessibility"),
    (TRADE, "Example Accessibility Board", "Another Board", "wrong-accessibility"),
    (TRADE, "<ProductFormFeatureValue>14", "<ProductFormFeatureValue>15", "wrong-accessibility"),
    (TRADE, "20240302", "20240303", "wrong-accessibility"),
]  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_a_record_that_says_something_else_is_found(
    made: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    name, old, new, rule = case
    one = breaking.copied(made, tmp_path)
    breaking.rewrite(one.path(name), old, new)
    assert rule in rules(CHECK, one, name)


@pytest.mark.parametrize("name", [TEXT, TRADE, "metadata/akoma-ntoso.fr.xml", "metadata/onix.fr.xml"])
def test_a_record_that_is_missing_is_found(made: Path, tmp_path: Path, name: str) -> None:
    one = breaking.copied(made, tmp_path)
    one.path(name).unlink()
    assert "missing-record" in rules(CHECK, breaking.publication(one.folder), "")


def test_an_edition_without_a_book_needs_no_record_of_one(tmp_path: Path) -> None:
    build(SINK_MASTER, tmp_path, Plan(("html",)), lambda _: None)
    one = breaking.publication(tmp_path / SINK)
    assert [name for name in one.files if "onix" in name] == []
    assert faults(CHECK, one) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (TEXT, 'eId="p2"', 'eId="p1"'),
        (TEXT, "<mainBody", "<mainText"),
        (TEXT, 'type="generation"', 'type="birth"'),
        (TEXT, "re:<FRBRcountry[^>]*>", ""),
        (TEXT, "</preface>", "words</preface>"),
        (TRADE, "<ProductForm>ED", "<ProductForm>XX"),
        (TRADE, "re:<ProductFormFeatureType>09.*?ProductFormFeatureValue>", "<ProductFormFeatureValue>"),
        (TRADE, "<LanguageCode>eng", "<LanguageCode>en"),
        (TRADE, "<ContributorRole>A01", "<ContributorRole>author"),
        (TRADE, 'dateformat="00">20240229', 'dateformat="99">20240229'),
        (TRADE, "<NotificationType>03</NotificationType>", ""),
        (TRADE, 'release="3.0"', 'release="2.1"'),
    ],
)
def test_a_record_that_breaks_its_schema_is_found(made: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    one = breaking.copied(made, tmp_path, name)
    breaking.rewrite(one.path(name), old, new)
    assert rules(SCHEMAS, one, name)


def test_a_schema_that_is_not_installed_is_no_pass(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.checks.schemas import xsd

    (tag,) = [tag for tag in xsd.SCHEMAS if tag.endswith("ONIXMessage")]
    monkeypatch.setitem(xsd.SCHEMAS, tag, xsd.Schema("x.xsd", package="no_such_package/xsd"))
    one = breaking.copied(made, tmp_path, TRADE)
    (result,) = breaking.results(SCHEMAS, one)
    assert "no_such_package" in result.unchecked
