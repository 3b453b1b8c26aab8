"""Metadata: a record or file that says something else than the front matter is found, whatever it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import breaking
from breaking import BROKEN, LEAST, SINK, SINK_MASTER, faults, results, rules
from communique.checks.metadata import CHECK
from communique.checks.publication import Publication
from conftest import MASTERS

DUBLIN, DATACITE, LINKED = "metadata/dublin-core.xml", "metadata/datacite.xml", "metadata/schema-org.jsonld"
MANIFEST = "manifest.json"
PAGE, BOOK, LETTER, PAPER = (f"{SINK}.{suffix}" for suffix in ("html", "epub", "docx", "pdf"))


def test_every_good_output_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) > 40


def test_the_broken_record_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    (tmp_path / "master").mkdir()
    (tmp_path / "master" / "statement.md").write_text(LEAST, encoding="utf-8")
    folder = tmp_path / "sample"
    (folder / "metadata").mkdir(parents=True)
    shutil.copyfile(BROKEN / "wrong-title.xml", folder / DUBLIN)
    (folder / MANIFEST).write_text('{"files": []}', encoding="utf-8")
    one = breaking.publication(folder, tmp_path / "master")
    assert rules(CHECK, one, DUBLIN) == {"wrong-title"}
    breaking.rewrite(folder / DUBLIN, "A statement of peace", "A statement")
    assert rules(CHECK, one, DUBLIN) == set()


RECORDS = [
    (DUBLIN, "Everything a Statement Can Hold – ", "Everything a Statement Can Hold - ", "wrong-title"),
    (DUBLIN, ">Norway<", ">Sweden<", "wrong-issuers"),
    (DUBLIN, "re:<dc:creator[^>]*>Norway</dc:creator>", "", "wrong-issuers"),
    (
        DUBLIN,
        "re:(<dc:creator[^>]*>)Norway",
        '<dc:creator xml:lang="en">Union</dc:creator>\n<dc:creator>N',
        "wrong-issuers",
    ),
    (DUBLIN, "re:<dc:publisher.*?</dc:publisher>", "", "missing-publisher"),
    (DUBLIN, ">2024-02-29<", ">2024-02-28<", "wrong-date"),
    (DUBLIN, ">2024-03-05<", ">2024-03-06<", "wrong-revised"),
    (DUBLIN, ">en<", ">fr<", "wrong-language"),
    (DUBLIN, 'xml:lang="en"', 'xml:lang="fr"', "wrong-language"),
    (DUBLIN, "10.1234/example.5678", "10.1234/example.5679", "wrong-identifiers"),
    (DUBLIN, "Attribution 4.0", "Attribution 3.0", "wrong-rights"),
    (DUBLIN, "licenses/by/4.0", "licenses/by-nc/4.0", "wrong-rights"),
    (DUBLIN, "The Press Office", "The Publisher", "wrong-holder"),
    (DUBLIN, ">Testing<", ">Tasting<", "wrong-subjects"),
    (DUBLIN, "uses every construct", "uses some constructs", "wrong-description"),
    (DUBLIN, "received.txt", "sent.txt", "wrong-source"),
    (DUBLIN, "example.org/charter", "example.org/treaty", "wrong-references"),
    (DUBLIN, ">NO<", ">SE<", "wrong-places"),
    (DUBLIN, "application/pdf", "text/plain", "wrong-files"),
    (DUBLIN, "re:<dc:identifier[^>]*>urn:uuid:[0-9a-f]", "<dc:identifier>urn:uuid:x", "wrong-identifiers"),
    (DUBLIN, "re:<dcterms:isVersionOf[^>]*>urn:uuid.*?</dcterms:isVersionOf>", "", "missing-lineage"),
    (DUBLIN, "re:<dcterms:replaces.*?</dcterms:replaces>", "", "missing-lineage"),
    (DATACITE, "Dashes &amp; &lt;", "Dashes and &lt;", "wrong-title"),
    (DATACITE, ">Côte d’Ivoire<", ">Cote d'Ivoire<", "wrong-issuers"),
    (DATACITE, ">CI<", ">GH<", "wrong-issuers"),
    (DATACITE, "<publicationYear>2024", "<publicationYear>2023", "wrong-date"),
    (DATACITE, 'dateType="Issued">2024-02-29', 'dateType="Issued">2024-02-28', "wrong-date"),
    (DATACITE, 're:<date dateType="Updated">.*?</date>', "", "missing-revised"),
    (DATACITE, ">Press Office &amp; Archive<", ">Press Office<", "wrong-publisher"),
    (DATACITE, "A/TEST/2024/1", "A/TEST/2024/2", "wrong-identifiers"),
    (DATACITE, 'relationType="IsNewVersionOf"', 'relationType="IsPreviousVersionOf"', "missing-lineage"),
    (DATACITE, 're:relationType="IsVersionOf">urn:uuid:.', 'relationType="IsVersionOf">urn:uuid:x', "wrong-lineage"),
    (DATACITE, "<language>en<", "<language>de<", "wrong-language"),
    (DATACITE, "<version>1.1<", "<version>1.0<", "wrong-version"),
    (DATACITE, "Joint statement<", "Press release<", "wrong-kind"),
    (DATACITE, "licenses/by/4.0", "licenses/by-sa/4.0", "wrong-rights-uri"),
    (DATACITE, "re:<rightsList>.*</rightsList>", "", "missing-rights"),
    (DATACITE, "re:<size>\\d", "<size>9", "wrong-files"),
    (DATACITE, 'descriptionType="Abstract"', 'descriptionType="Other"', "missing-description"),
    (LINKED, '"name": "Joint Statement', '"name": "Statement', "wrong-title"),
    (LINKED, '"datePublished": "2024-02-29"', '"datePublished": "2024-02-28"', "wrong-date"),
    (LINKED, '"inLanguage": "en"', '"inLanguage": "fr"', "wrong-language"),
    (LINKED, '"identifier": "NO"', '"identifier": "DK"', "wrong-issuers"),
    (LINKED, '"sameAs": "https://www.regjeringen.no/"', '"sameAs": "https://www.example.org/"', "wrong-issuers"),
    (
        LINKED,
        '"license": "https://creativecommons.org/licenses/by/4.0/"',
        '"license": "https://a.example/"',
        "wrong-rights-uri",
    ),
    (LINKED, '"copyrightNotice": "Creative', '"copyrightNotice": "Not creative', "wrong-rights"),
    (LINKED, "10.1234/example.5678", "10.1234/example", "wrong-identifiers"),
    (LINKED, '"alternateName": "', '"alternateName": "Nearly ', "wrong-short-title"),
    (LINKED, '"contentUrl": "kitchen-sink.pdf"', '"contentUrl": "kitchen-sink.fr.pdf"', "wrong-files"),
    (LINKED, 're:("sha256": ")..', '"sha256": "00', "wrong-files"),
    (LINKED, 're:"contentSize": "\\d+', '"contentSize": "1', "wrong-files"),
]


@pytest.mark.parametrize("case", RECORDS)
def test_a_record_that_says_something_else_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    name, old, new, rule = case
    one = breaking.copied(built, tmp_path)
    breaking.rewrite(one.path(name), old, new)
    assert rule in rules(CHECK, one, name)
    assert [each.path for each in results(CHECK, one) if each.findings] == [name]


PAGES = [
    ('datetime="2024-02-29"', 'datetime="2024-02-28"', "wrong-date"),
    ('datetime="2024-02-29"', "", "missing-date"),
    ("<title>Joint", "<title>Jointly", "wrong-title"),
    ("re:<title>.*?</title>", "", "missing-title"),
    ('re:<meta name="author" content="Norway">', "", "wrong-issuers"),
    ('name="description" content="A', 'name="description" content="The', "wrong-description"),
    ('name="DC.date" content="2024-02-29"', 'name="DC.date" content="2024-02-28"', "wrong-date"),
    (
        'name="citation_publication_date" content="2024/02/29"',
        'name="citation_publication_date" content="2024/02/28"',
        "wrong-date",
    ),
    ('name="citation_title"', 'name="citation_titel"', "missing-title"),
    ('name="citation_doi" content="10', 'name="citation_doi" content="11', "wrong-identifiers"),
    ('name="DC.language" content="en"', 'name="DC.language" content="fr"', "wrong-language"),
    ('name="DC.publisher" content="Press', 'name="DC.publisher" content="The Press', "wrong-publisher"),
    ('name="keywords" content="Testing, ', 'name="keywords" content="', "wrong-subjects"),
    ('rel="license" href="https://c', 'rel="license" href="https://d', "wrong-rights-uri"),
    ('name="DC.rights"', 'name="DC.rites"', "missing-rights"),
    ('re:<script type="application/ld.json">.*?</script>', "", "missing-json-ld"),
    ('"datePublished": "2024-02-29"', '"datePublished": "2023-02-29"', "wrong-date"),
    ('"datePublished": "2024-02-29"', '"datePublished": "2023-02-29"', "json-schema-format"),
    ('"@context": "https://schema.org",', '"@context": "https://schema.org"', "unreadable"),
]


@pytest.mark.parametrize(("old", "new", "rule"), PAGES)
def test_a_page_that_says_something_else_is_found(built: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    breaking.rewrite(one.path(PAGE), old, new)
    assert rule in rules(CHECK, one, PAGE)


ARCHIVES = [
    (BOOK, "EPUB/package.opf", "<dc:title>Joint", "<dc:title>Disjoint", "wrong-title"),
    (BOOK, "EPUB/package.opf", "re:<dc:title>.*?</dc:title>", "", "missing-title"),
    (BOOK, "EPUB/package.opf", "<dc:language>en", "<dc:language>fr", "wrong-language"),
    (BOOK, "EPUB/package.opf", "<dc:date>2024-02-29", "<dc:date>2024-02-30", "wrong-date"),
    (BOOK, "EPUB/package.opf", ">Norway</dc:creator>", ">Norge</dc:creator>", "wrong-issuers"),
    (BOOK, "EPUB/package.opf", "2024-03-05T00", "2024-03-04T00", "wrong-revised"),
    (BOOK, "EPUB/package.opf", "<dc:rights>Creative", "<dc:rights>Uncreative", "wrong-rights"),
    (BOOK, "EPUB/package.opf", "doi:10", "doi:11", "wrong-identifiers"),
    (BOOK, "EPUB/package.opf", "<dc:publisher>Press", "<dc:publisher>Stress", "wrong-publisher"),
    (BOOK, "EPUB/package.opf", "<dc:subject>Testing", "<dc:subject>Tests", "wrong-subjects"),
    (LETTER, "docProps/core.xml", "<dc:title>Joint", "<dc:title>Disjoint", "wrong-title"),
    (LETTER, "docProps/core.xml", "Norway; Côte", "Norway, Côte", "wrong-issuers"),
    (LETTER, "docProps/core.xml", "<dc:language>en", "<dc:language>fr", "wrong-language"),
    (LETTER, "docProps/core.xml", ">2024-02-29T", ">2024-02-28T", "wrong-date"),
    (LETTER, "docProps/core.xml", "re:<dc:identifier>.*?</dc:identifier>", "", "missing-identifiers"),
    (LETTER, "docProps/app.xml", "Press Office", "Office", "wrong-publisher"),
    (LETTER, "docProps/custom.xml", ">Everything", ">Nothing", "wrong-short-title"),
]


@pytest.mark.parametrize("case", ARCHIVES)
def test_a_package_that_says_something_else_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str, str]
) -> None:
    name, member, old, new, rule = case
    one = breaking.copied(built, tmp_path, name)
    breaking.repack(one.path(name), member, old, new)
    assert rule in rules(CHECK, one, name)


def _info(key: str, value: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        pdf.trailer.Info[f"/{key}"] = pikepdf.String(value)

    return edit


def _packet(old: str, new: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old.encode() in content
        pdf.Root.Metadata.write(content.replace(old.encode(), new.encode()))

    return edit


def _without(key: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        del pdf.Root[key]

    return edit


PAPERS: list[tuple[str, Callable[[Any], None], str]] = [
    (PAPER, _info("Title", "Another"), "wrong-title"),
    (PAPER, _info("Author", "Norway"), "wrong-issuers"),
    (PAPER, _info("CreationDate", "D:20240228"), "wrong-date"),
    (PAPER, _info("ModDate", "D:20240306"), "wrong-revised"),
    (PAPER, _info("Subject", ""), "missing-description"),
    (PAPER, _info("Keywords", "Testing"), "wrong-subjects"),
    (PAPER, _packet("Joint Statement on", "Statement on"), "wrong-title"),
    (PAPER, _packet('x-default">Joint', 'x-default">Disjoint'), "wrong-title"),
    (PAPER, _packet("<rdf:li>Norway", "<rdf:li>Norge"), "wrong-issuers"),
    (PAPER, _packet("doi:10.1234", "doi:10.1235"), "wrong-identifiers"),
    (PAPER, _packet("<rdf:li>en<", "<rdf:li>fr<"), "wrong-language"),
    (PAPER, _packet("<xmp:CreateDate>2024-02-29", "<xmp:CreateDate>2024-02-28"), "wrong-date"),
    (PAPER, _packet("licenses/by/4.0", "licenses/by/3.0"), "wrong-rights-uri"),
    (PAPER, _packet("<dc:title>", "<dc:titel>"), "unreadable"),
    (PAPER, _without("/Metadata"), "missing-xmp"),
    (f"{SINK}.ua2+a4f.pdf", _packet("Joint Statement on", "Statement on"), "wrong-title"),
    (f"{SINK}.print.pdf", _info("Title", "Another"), "wrong-title"),
    (f"{SINK}.large.pdf", _packet("<rdf:li>2024-02-29", "<rdf:li>2024-02-28"), "wrong-date"),
]


@pytest.mark.parametrize(("name", "edit", "rule"), PAPERS, ids=range(len(PAPERS)))
def test_a_pdf_that_says_something_else_is_found(
    built: Path, tmp_path: Path, name: str, edit: Callable[[Any], None], rule: str
) -> None:
    one = breaking.copied(built, tmp_path, name)
    breaking.edit_pdf(one.path(name), edit)
    assert rule in rules(CHECK, one, name)


def test_a_translation_that_says_what_the_first_edition_says_is_found(built: Path, tmp_path: Path) -> None:
    """The whole French page is taken for the English one, and the other way round."""
    one = breaking.copied(built, tmp_path, PAGE)
    shutil.copyfile(one.path(PAGE), one.path(f"{SINK}.fr.html"))
    assert {"wrong-title", "wrong-language"} <= rules(CHECK, breaking.publication(one.folder), f"{SINK}.fr.html")


@pytest.mark.parametrize("name", [DUBLIN, DATACITE, LINKED, "metadata/schema-org.fr.jsonld"])
def test_a_missing_record_is_found(built: Path, tmp_path: Path, name: str) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(name).unlink()
    assert rules(CHECK, breaking.publication(one.folder), "") == {"missing-record"}


def test_a_missing_edition_is_found(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    for path in one.folder.glob(f"{SINK}.fr.*"):
        path.unlink()
    assert rules(CHECK, breaking.publication(one.folder), "") == {"missing-edition"}


def test_an_edition_that_the_master_does_not_have_is_found(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    one.path(PAGE).rename(one.path(f"{SINK}.de.html"))
    again = breaking.publication(one.folder)
    assert rules(CHECK, again, f"{SINK}.de.html") == {"unknown-edition"}
    assert {"missing-edition", "missing-record"} <= rules(CHECK, again, "")


def test_an_empty_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / SINK).mkdir()
    assert {"no-output", "missing-edition"} <= rules(CHECK, breaking.publication(tmp_path / SINK), "")


def test_without_a_master_nothing_passes_and_records_still_disagree(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    breaking.rewrite(one.path(PAGE), "<title>Joint", "<title>Jointly")
    said = {each.path: each for each in results(CHECK, Publication(SINK, one.folder, None))}
    assert all("no master" in each.unchecked for each in said.values())
    assert [path for path, each in said.items() if each.findings] == [PAGE]
    assert [finding.rule for finding in said[PAGE].findings] == ["wrong-title"]


def test_without_master_and_record_nothing_passes(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE, BOOK)
    said = results(CHECK, Publication(SINK, one.folder, None))
    assert all(each.unchecked for each in said)


@pytest.mark.parametrize("text", ["", "---\ntitle: [\n---\n", "no front matter"])
def test_a_master_that_cannot_be_read_is_no_fault_of_the_files(built: Path, tmp_path: Path, text: str) -> None:
    one = breaking.copied(built, tmp_path)
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    (tmp_path / "master" / "statement.md").write_text(text, encoding="utf-8")
    said = results(CHECK, breaking.publication(one.folder, tmp_path / "master"))
    assert all(each.unchecked and not each.findings for each in said)


def test_a_changed_master_is_found_in_every_file(built: Path, tmp_path: Path) -> None:
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    breaking.rewrite(tmp_path / "master" / "statement.md", "date: 2024-02-29\n", "date: 2024-02-28\n")
    said = results(CHECK, breaking.publication(built / SINK, tmp_path / "master"))
    assert {each.path for each in said if not each.findings} == {""}


def test_without_a_manifest_what_records_say_of_files_is_unchecked(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(MANIFEST).unlink()
    said = {each.path: each for each in results(CHECK, breaking.publication(one.folder))}
    assert all(MANIFEST in said[name].unchecked for name in (DUBLIN, DATACITE, LINKED))
    assert not said[PAGE].unchecked


@pytest.mark.parametrize("name", [DUBLIN, DATACITE, LINKED, PAGE, BOOK, LETTER, PAPER])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04", b"<a/>", b"{}", b"%PDF-1.7"])
def test_a_torn_file_never_passes(built: Path, tmp_path: Path, name: str, content: bytes) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(name).write_bytes(content)
    (result,) = (each for each in results(CHECK, one) if each.path == name)
    assert result.findings
