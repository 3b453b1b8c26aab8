"""The EPUB: its container, package, pages and navigation, and what it says of its own accessibility."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from communique.checks.reading import master
from communique.document import annotate
from communique.statement import Accessibility, Certifier, Identifier, Revision
from communique.writers import epub
from conftest import MASTERS
from samples import statement

EDITIONS = [(folder, language) for folder in MASTERS for language in master.editions(folder)]
EVERY_BOOK = pytest.mark.parametrize(
    ("folder", "language"), EDITIONS, ids=[master.stem(folder, language) for folder, language in EDITIONS]
)
NAMES = {
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "x": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{NAMES['epub']}}}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Book:
    """An EPUB, opened."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.entries = archive.infolist()
            self.files = {entry.filename: archive.read(entry) for entry in self.entries}
        self.package = etree.fromstring(self.files["EPUB/package.opf"])

    def page(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    def meta(self, name: str) -> list[str]:
        """The values of a property that is about the book itself."""
        values: list[str] = self.package.xpath(
            f"//opf:meta[@property='{name}' and not(@refines)]/text()", namespaces=NAMES
        )
        return values

    def dc(self, name: str) -> list[str]:
        """The values of a Dublin Core element."""
        values: list[str] = self.package.xpath(f"//dc:{name}/text()", namespaces=NAMES)
        return values


@cache
def opened(path: Path) -> Book:
    return Book(path.read_bytes())


def book(built: Path, folder: Path, language: str) -> Book:
    """The EPUB of an edition."""
    return opened(built / folder.name / f"{master.stem(folder, language)}.epub")


def written(markdown: str = "Words.", **changes: Any) -> Book:
    """The EPUB of a small statement."""
    return Book(epub.write(annotate(statement(markdown, **changes))))


@EVERY_BOOK
def test_the_container_begins_with_its_media_type(built: Path, folder: Path, language: str) -> None:
    """OCF 3.3, 4.2.2: `mimetype` comes first, is stored as it is, and has no extra field."""
    first = book(built, folder, language).entries[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book(built, folder, language).files["mimetype"] == b"application/epub+zip"
    path = built / folder.name / f"{master.stem(folder, language)}.epub"
    assert path.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


@EVERY_BOOK
def test_the_manifest_lists_every_file_once(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language)
    listed = opf.package.xpath("//opf:item/@href", namespaces=NAMES)
    held = {name.removeprefix("EPUB/") for name in opf.files} - {"mimetype", "META-INF/container.xml", "package.opf"}
    assert sorted(listed) == sorted(held)
    container = etree.fromstring(opf.files["META-INF/container.xml"])
    assert container.xpath("string(//@full-path)") == "EPUB/package.opf"


SIGNATURES = {
    "application/xhtml+xml": b"<?xml",
    "image/png": b"\x89PNG",
    "image/jpeg": b"\xff\xd8",
    "font/woff2": b"wOF2",
    "text/css": b"/*",
}


@EVERY_BOOK
def test_every_file_is_of_the_kind_the_manifest_says(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language)
    for item in opf.package.iter("{*}item"):
        content = opf.files[f"EPUB/{item.get('href')}"]
        assert content.startswith(SIGNATURES[str(item.get("media-type"))]), item.get("href")


@EVERY_BOOK
def test_cover_text_and_navigation_have_their_places(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language).package
    hrefs = {item.get("id"): item.get("href") for item in opf.iter("{*}item")}
    assert [hrefs[item.get("idref")] for item in opf.iter("{*}itemref")] == ["cover.xhtml", "text.xhtml"]
    assert opf.xpath("//opf:item[@properties='nav']/@href", namespaces=NAMES) == ["nav.xhtml"]
    assert opf.xpath("//opf:item[@properties='cover-image']/@href", namespaces=NAMES) == ["cover.png"]


@EVERY_BOOK
def test_the_package_says_what_the_master_says(built: Path, folder: Path, language: str) -> None:
    opf, keys = book(built, folder, language), master.metadata(folder, language)
    assert opf.package.get("version") == "3.0"
    assert opf.package.get(XML_LANG) == language
    assert opf.dc("title") == [keys["title"]]
    assert opf.dc("language") == [language]
    assert opf.dc("date") == [keys["date"]]
    assert opf.dc("creator") == [issuer["name"] for issuer in keys["issuers"]]
    assert opf.dc("publisher") == [keys["publisher"]["name"]]
    assert opf.dc("description") == [keys["description"]]
    assert opf.dc("subject") == [subject["term"] for subject in keys["subjects"]]
    assert opf.dc("source") == [keys["source"]["url"]]
    assert opf.dc("rights") == [f"{keys['rights']['statement']} ({keys['rights']['uri']})"]
    assert opf.meta("dcterms:modified") == [f"{keys['revisions'][-1]['date']}T00:00:00Z"]


def test_the_identifier_is_of_the_edition_and_stays() -> None:
    url = (Identifier("url", "https://example.org/x"),)
    one = written(identifiers=url)
    assert one.dc("identifier")[0].startswith("urn:uuid:")
    assert one.dc("identifier") == written("Other words.", identifiers=url).dc("identifier")
    others = [written(slug="other"), written(language="fr", editions=("en", "fr")), written()]
    assert len({other.dc("identifier")[0] for other in [one, *others]}) == 4


def test_a_doi_is_named_as_one() -> None:
    assert "doi:10.1/x" in written(identifiers=(Identifier("doi", "10.1/x"),)).dc("identifier")


def test_without_revisions_the_day_of_the_statement_counts() -> None:
    assert written().meta("dcterms:modified") == ["2024-05-01T00:00:00Z"]
    later = (Revision("1", "2024-05-01", "a"), Revision("2", "2024-07-01", "b"))
    assert written(revisions=later).meta("dcterms:modified") == ["2024-07-01T00:00:00Z"]


# Accessibility: only what the content proves.

ALWAYS = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
MEDIA = {"media/a.png": b"\x89PNG\r\n\x1a\n"}


def test_a_book_of_words_claims_nothing_of_pictures() -> None:
    words = written()
    assert words.meta("schema:accessMode") == ["textual"]
    assert words.meta("schema:accessModeSufficient") == ["textual"]
    assert words.meta("schema:accessibilityFeature") == ALWAYS
    assert words.meta("schema:accessibilityHazard") == ["none"]
    assert "images" not in words.meta("schema:accessibilitySummary")[0]


def test_a_book_with_pictures_says_so() -> None:
    pictured = written("![A dot](media/a.png)", media=MEDIA)
    assert pictured.meta("schema:accessMode") == ["textual", "visual"]
    assert pictured.meta("schema:accessibilityFeature") == [*ALWAYS, "alternativeText"]
    assert "alternative text" in pictured.meta("schema:accessibilitySummary")[0]


def test_decoration_is_no_picture() -> None:
    decorated = written("Words.\n\n![](media/a.png){.decorative}", media=MEDIA)
    assert decorated.meta("schema:accessMode") == ["textual"]
    assert "alternativeText" not in decorated.meta("schema:accessibilityFeature")


def test_nobody_certified_what_nobody_certified() -> None:
    summary = Accessibility(summary="Ours.")
    for plain in (written(), written(accessibility=summary)):
        assert plain.meta("dcterms:conformsTo") == []
        assert b"certif" not in plain.files["EPUB/package.opf"]
        assert b"WCAG" not in plain.files["EPUB/package.opf"]
    assert written(accessibility=summary).meta("schema:accessibilitySummary") == ["Ours."]


def test_a_certifier_is_named_with_what_was_certified() -> None:
    certifier = Certifier("A Board", "A Credential", "https://example.org/report", "2024-06-01")
    certified = written(accessibility=Accessibility(certifier=certifier))
    assert certified.meta("dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    refined = certified.package.xpath("//opf:*[@refines]", namespaces=NAMES)
    said = {
        each.get("property") or each.get("rel"): (each.get("refines"), each.text or each.get("href"))
        for each in refined
    }
    assert said["a11y:certifiedBy"] == ("#conformance", "A Board")
    assert said["a11y:certifierCredential"] == ("#certifier", "A Credential")
    assert said["a11y:certifierReport"] == ("#certifier", "https://example.org/report")
    assert said["dcterms:date"] == ("#certifier", "2024-06-01")


# Pages.


@EVERY_BOOK
@pytest.mark.parametrize("name", ["cover.xhtml", "text.xhtml", "nav.xhtml"])
def test_every_page_says_its_language_and_title(built: Path, folder: Path, language: str, name: str) -> None:
    page = book(built, folder, language).page(name)
    assert (page.get("lang"), page.get(XML_LANG), page.get("dir")) == (language, language, "ltr")
    assert page.xpath("string(//x:title)", namespaces=NAMES).strip()
    for part in page.iter("{*}*"):
        assert part.get("lang") == part.get(XML_LANG)


@EVERY_BOOK
def test_every_link_within_the_book_arrives(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language)
    for name in ("cover.xhtml", "text.xhtml", "nav.xhtml"):
        for target in opf.page(name).xpath("//@href | //@src"):
            if re.match(r"https?:|mailto:", target):
                continue
            file, _, fragment = target.partition("#")
            assert f"EPUB/{file or name}" in opf.files, target
            assert not fragment or opf.page(file or name).xpath("//*[@id = $name]", name=fragment), target


@EVERY_BOOK
def test_the_style_sheets_find_their_fonts_in_the_book(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language)
    for name in ("base", "epub"):
        sheet = opf.files[f"EPUB/css/{name}.css"].decode()
        assert {f"EPUB/css/{url}".replace("css/../", "") for url in re.findall(r"url\(([^)]*)\)", sheet)} <= set(
            opf.files
        )


@EVERY_BOOK
def test_the_text_has_the_paragraphs_of_the_web_page(built: Path, folder: Path, language: str) -> None:
    named = "//*[@id = 'doc-text']//*[not(@role = 'doc-pagebreak')]/@id"
    web = (built / folder.name / f"{master.stem(folder, language)}.html").read_text(encoding="utf-8")
    page = etree.HTML(web)
    assert book(built, folder, language).page("text.xhtml").xpath(named) == page.xpath(named)
    assert "p1" in page.xpath(named)


@EVERY_BOOK
def test_the_parts_of_the_text_say_what_they_are(built: Path, folder: Path, language: str) -> None:
    page = book(built, folder, language).page("text.xhtml")
    types = {str(part.get(TYPE)): part for part in page.iter("{*}*") if part.get(TYPE)}
    assert types["bodymatter"].get("id") == "doc-text"
    assert (types["colophon"].get("id"), types["colophon"].get("role")) == ("doc-about", "doc-colophon")
    if master.read(folder, language).notes:
        assert types["endnotes"].get("role") == "doc-endnotes"
        assert {"noteref", "backlink"} <= set(types)


@EVERY_BOOK
def test_the_navigation_lists_all_headings_in_their_order(built: Path, folder: Path, language: str) -> None:
    opf = book(built, folder, language)
    headings = opf.page("text.xhtml").xpath("//x:h1 | //x:h2 | //x:h3 | //x:h4 | //x:h5 | //x:h6", namespaces=NAMES)
    entries = opf.page("nav.xhtml").xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NAMES)
    depth = "count(ancestor::x:ol)"
    assert [(entry.get("href"), entry.text, int(entry.xpath(depth, namespaces=NAMES))) for entry in entries] == [
        (f"text.xhtml#{heading.get('id')}", " ".join("".join(heading.itertext()).split()), int(heading.tag[-1]))
        for heading in headings
    ]


@EVERY_BOOK
def test_landmarks_lead_to_the_main_parts(built: Path, folder: Path, language: str) -> None:
    page = book(built, folder, language).page("nav.xhtml")
    found = page.xpath("//x:nav[@epub:type='landmarks']//x:a", namespaces=NAMES)
    wanted = {"cover": "cover.xhtml", "bodymatter": "text.xhtml#doc-text"}
    if master.read(folder, language).notes:
        wanted["endnotes"] = "text.xhtml#doc-notes"
    assert {link.get(TYPE): link.get("href") for link in found} == wanted
    assert all(link.text for link in found)


def test_a_heading_in_the_navigation_is_without_the_marks_of_its_notes() -> None:
    entries = (
        written("# A *heading*^[A note.] here {#a}\n\nWords.").page("nav.xhtml").xpath("//x:a/text()", namespaces=NAMES)
    )
    assert "A heading here" in entries


def test_the_navigation_leads_to_a_heading_at_the_head_of_a_foreign_passage() -> None:
    made = written('Text.\n\n::: {lang="fr"}\n# Titre\n\nTexte.\n:::')
    (link,) = made.page("nav.xhtml").xpath("//x:a[.='Titre']/@href", namespaces=NAMES)
    (heading,) = made.page("text.xhtml").xpath("//x:h2[.='Titre']", namespaces=NAMES)
    assert link == f"text.xhtml#{heading.get('id')}" == "text.xhtml#titre"


def test_a_heading_may_come_back_to_any_level() -> None:
    page = written("# a\n\n## b\n\n### c\n\n# d\n\n## e").page("nav.xhtml")
    found = page.xpath("//x:nav[@epub:type='toc']//x:a", namespaces=NAMES)
    depths = [(link.text, len(link.xpath("ancestor::x:ol", namespaces=NAMES))) for link in found]
    assert depths == [("A Sample", 1), ("a", 2), ("b", 3), ("c", 4), ("d", 2), ("e", 3), ("About this text", 2)]


def test_english_labels_in_another_language_say_that_they_are_english() -> None:
    page = written(language="fa", editions=("fa",)).page("nav.xhtml")
    assert page.xpath("//*[@id='toc' or @id='landmarks']/@lang") == ["en", "en"]
    assert page.xpath("//*[@id='toc' or @id='landmarks']/@dir") == ["ltr", "ltr"]


def test_the_summary_is_in_the_language_of_its_words() -> None:
    path = "//opf:meta[@property='schema:accessibilitySummary']"
    (persian,) = written(language="fa", editions=("fa",)).package.xpath(path, namespaces=NAMES)
    assert (persian.get(XML_LANG), persian.get("dir")) == ("en", "ltr")
    (french,) = written(language="fr", editions=("fr",)).package.xpath(path, namespaces=NAMES)
    assert (french.get(XML_LANG), french.get("dir")) == (None, None)


def test_the_cover_is_described() -> None:
    (image,) = written().page("cover.xhtml").xpath("//x:img", namespaces=NAMES)
    assert (image.get("src"), image.get("alt"), image.get("role")) == ("cover.png", "Cover: A Sample", "doc-cover")


def test_a_book_from_right_to_left() -> None:
    arabic = written(language="ar", editions=("ar",))
    assert arabic.package.get("dir") == "rtl"
    assert arabic.package.xpath("string(//opf:spine/@page-progression-direction)", namespaces=NAMES) == "rtl"
    assert arabic.page("text.xhtml").get("dir") == "rtl"


def test_pictures_are_named_by_what_they_are() -> None:
    """EPUB 3.3, 5.6.2: a sign such as # in a file's name would end its address."""
    masters = {path: (MASTERS[-1] / "media" / "hall.jpg").read_bytes() for path in ("media/a#b.png", "media/ü 1.png")}
    made = written(
        "![One](media/a#b.png) ![Two](<media/ü 1.png>)", media={k.replace(" ", "%20"): v for k, v in masters.items()}
    )
    sources = made.page("text.xhtml").xpath("//x:img/@src", namespaces=NAMES)
    assert sources == ["media/image1.jpg", "media/image2.jpg"]
    assert {f"EPUB/{source}" for source in sources} <= set(made.files)
