"""The pages of the PDF in the EPUB: markers where they begin, a list of them, and whose pages they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from lxml.html import HtmlElement

from communique.build import Plan, build
from communique.checks.page_list import CHECK
from communique.checks.publication import Publication
from communique.checks.reading import pdf_structure
from communique.checks.verdict import Verdict
from communique.doctor import places
from communique.document import annotate
from communique.errors import ToolFailed
from communique.writers import epub, paper
from communique.writers.epub import page_breaks
from communique.writers.page_list import PageList, PageStart, letters
from communique.writers.pdf import DEFAULT, PROFILES, Source, engine, layout, page_starts, turn
from conftest import MASTERS
from samples import statement

MARKER = re.compile(r'<span role="doc-pagebreak" epub:type="pagebreak" id="[^"]*" aria-label="[^"]*"/>')
INSTANCE = ".//{http://ns.adobe.com/xap/1.0/mm/}InstanceID"
SENTENCE = "We reaffirm the rules-based order and call upon all parties to keep what they have signed. "


def quiet(_name: str) -> None:
    """Hears of a finished file."""


def marked(markup: str, *starts: PageStart) -> str:
    """What a body looks like with markers, each written as |label|."""
    body: HtmlElement = html.fragment_fromstring(markup, create_parent="body")
    page_breaks.mark(body, PageList("urn:x", starts))
    text = etree.tostring(body, encoding="unicode").removeprefix("<body>").removesuffix("</body>")
    return re.sub(r'<span[^>]*role="doc-pagebreak"[^>]*aria-label="([^"]*)"/>', r"|\1|", text)


def at(markup: str, words: str) -> str:
    """The same for one page that begins with the first letter of certain words, which have no markup in them."""
    before = re.sub("<[^>]*>", "", markup[: markup.index(words)])
    pictures = len(re.findall("<(?:img|hr)", markup[: markup.index(words)]))
    return marked(markup, PageStart("2", letters(html.fromstring(f"<p>{before}</p>").text or "") + pictures))


@pytest.mark.parametrize(
    ("markup", "words", "expected"),
    [
        ("<p>One two</p>", "two", "<p>One |2|two</p>"),
        ("<p>One</p><p>Two</p>", "Two", "<p>One</p>|2|<p>Two</p>"),
        ("<p>One</p>\n<p>Two</p>", "Two", "<p>One</p>\n|2|<p>Two</p>"),
        ("<p>One <em>two three</em></p>", "two", "<p>One |2|<em>two three</em></p>"),
        ("<p>One <em>two three</em></p>", "three", "<p>One <em>two |2|three</em></p>"),
        ("<p>One <em>two</em> three four</p>", "four", "<p>One <em>two</em> three |2|four</p>"),
        ("<p>One</p><h2>Two</h2>", "Two", "<p>One</p>|2|<h2>Two</h2>"),
        ("<p>One</p><blockquote><p>Two</p></blockquote>", "Two", "<p>One</p>|2|<blockquote><p>Two</p></blockquote>"),
        ("<p>One</p><ul><li><p>Two</p></li></ul>", "Two", "<p>One</p>|2|<ul><li><p>Two</p></li></ul>"),
        ("<ul><li>One</li><li><p>Two</p></li></ul>", "Two", "<ul><li>One</li><li>|2|<p>Two</p></li></ul>"),
        ("<ul><li>One</li><li>Two</li></ul>", "Two", "<ul><li>One</li><li>|2|Two</li></ul>"),
        ("<ul><li>One<ul><li>Two</li></ul></li></ul>", "Two", "<ul><li>One|2|<ul><li>Two</li></ul></li></ul>"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", "Two", "<dl><dt>One</dt><dd>|2|Two</dd></dl>"),
        ("<dl><dt>One</dt><dd>Two</dd></dl>", "One", "|2|<dl><dt>One</dt><dd>Two</dd></dl>"),
        ("<p>One</p><pre><code>Two\nthree</code></pre>", "three", "<p>One</p><pre><code>Two\n|2|three</code></pre>"),
        (
            '<p>One</p><section id="s"><h2>Two</h2></section>',
            "Two",
            '<p>One</p><section id="s">|2|<h2>Two</h2></section>',
        ),
        ("<p>One<br>two</p>", "two", "<p>One<br/>|2|two</p>"),
    ],
)
def test_a_marker_stands_where_the_page_begins(markup: str, words: str, expected: str) -> None:
    assert at(markup, words) == expected


TABLE = (
    "<table><caption>Cap</caption><colgroup><col></colgroup><thead><tr><th>Head</th></tr></thead>"
    "<tbody><tr><td></td><td>One</td></tr><tr><td><p>Two</p></td><td>Three</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Cap", "|2|<table>"),
        ("Head", "<th>|2|Head"),
        ("One", "<tr><td>|2|</td><td>One"),
        ("Two", "<td>|2|<p>Two"),
        ("Three", "<td>|2|Three"),
    ],
)
def test_in_a_table_a_marker_stands_in_the_first_cell_of_the_row(words: str, expected: str) -> None:
    found = at(TABLE, words)
    assert expected in found.replace("/>", ">")
    assert found.count("|2|") == 1


FIGURE = '<p>One</p><figure><img src="a"><figcaption>A flag</figcaption></figure><p>Two</p>'


def test_a_page_may_begin_with_a_picture_or_with_its_caption() -> None:
    assert marked(FIGURE, PageStart("2", 3)).startswith("<p>One</p>|2|<figure>")
    assert "<figcaption>|2|A flag" in marked(FIGURE, PageStart("2", 4))
    assert "</figure>|2|<p>Two" in marked(FIGURE, PageStart("2", 9))


def test_a_page_may_begin_with_a_rule() -> None:
    assert marked("<p>One</p><hr><p>Two</p>", PageStart("2", 3)) == "<p>One</p>|2|<hr/><p>Two</p>"


@pytest.mark.parametrize(
    ("markup", "number", "expected"),
    [
        ("<p>of inter\u00adnational law</p>", 7, "<p>of |2|inter\u00adnational law</p>"),
        ("<p>of <em>inter</em>national law</p>", 7, "<p>of |2|<em>inter</em>national law</p>"),
        ("<p>of <em>a inter</em>national law</p>", 8, "<p>of <em>a |2|inter</em>national law</p>"),
        ("<p>One</p><p>two</p>", 3, "<p>One</p>|2|<p>two</p>"),
        ("<p>One<br>two</p>", 3, "<p>One<br/>|2|two</p>"),
        ("<p>https://example.org/a</p>", 20, "<p>https://example.org/|2|a</p>"),
        ("<p>인간의 존엄성</p>", 4, "<p>인간의 |2|존엄성</p>"),
        ("<p>世界人権宣言</p>", 4, "<p>世界人権|2|宣言</p>"),
        ("<p>ปฏิญญาสากล</p>", 6, "<p>ปฏิญญา|2|สากล</p>"),
        ("<p>मानव अधिकारों</p>", 6, "<p>मानव |2|अधिकारों</p>"),
    ],
)
def test_a_marker_never_stands_inside_a_word(markup: str, number: int, expected: str) -> None:
    assert marked(markup, PageStart("2", number)) == expected


def test_a_page_without_words_begins_where_the_next_one_does() -> None:
    blocks = "<p>One</p><p>Two</p>"
    assert marked(blocks, PageStart("2", 3), PageStart("3", 3)) == "<p>One</p>|2||3|<p>Two</p>"
    assert marked("<p>One two</p>", PageStart("2", 3), PageStart("3", 3)) == "<p>One |2||3|two</p>"
    assert marked("<main><p>One</p></main>", PageStart("1", 0), PageStart("2", 3)) == "<main>|1|<p>One|2|</p></main>"


def test_notes_at_the_end_are_counted_by_themselves() -> None:
    markup = '<p>One</p><section role="doc-endnotes"><h2>Notes</h2><p>Note</p></section><footer><p>End</p></footer>'
    assert "<footer>|2|<p>End" in marked(markup, PageStart("2", 3))
    assert '<section role="doc-endnotes">|2|<h2>Notes' in marked(markup, PageStart("2", 0, in_notes=True))
    assert "|2|<p>Note</p>" in marked(markup, PageStart("2", 5, in_notes=True))


def test_the_ids_of_markers_are_no_others() -> None:
    body = html.fragment_fromstring('<h2 id="page-2">Page 2</h2>', create_parent="body")
    assert page_breaks.mark(body, PageList("urn:x", (PageStart("1", 0),))) == [("1", "doc-page-1")]
    assert body.xpath("//@id") == ["doc-page-1", "page-2"]


def member(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"EPUB/{name}").decode()


def long_text(paragraphs: int) -> str:
    return "\n\n".join(SENTENCE * 9 for _ in range(paragraphs))


KINDS = {
    "prose": long_text(14),
    "notes at the foot": long_text(5) + "\n\n" + f"{SENTENCE}^[A note. {SENTENCE}]\n\n" * 30,
    "notes at the end": long_text(5) + "\n\n## Heading^[A note.]\n\n" + f"{SENTENCE}^[A note. {SENTENCE}]\n\n" * 60,
    "a table": "| A | B |\n|---|---|\n" + f"| {SENTENCE} | {SENTENCE} |\n" * 40,
    "a list": f"1. {SENTENCE}\n\n    {SENTENCE * 3}\n\n" * 20,
    "a long row": "| A | B |\n|---|---|\n" + f"| {SENTENCE * 60} | {SENTENCE * 75} |\n",
    "soft hyphens": "re\u00adspon\u00adsi\u00adbil\u00adi\u00adty " * 800 + "end.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_marked_where_its_first_words_stand(tmp_path: Path, kind: str) -> None:
    """In the eyes of the check, which reads the two files and nothing else."""
    document = annotate(statement(KINDS[kind]))
    (content,) = paper.write_all(document).values()
    (tmp_path / "sample.pdf").write_bytes(content)
    (tmp_path / "sample.epub").write_bytes(epub.write(document, lambda: paper.page_list(document)))
    publication = Publication("sample", tmp_path, None)
    assert [(each.verdict, each.findings) for each in CHECK.run([(publication, "sample.epub")], places())] == [
        (Verdict.PASSED, ())
    ]
    assert len(paper.page_list(document).starts) == pdf_structure.read(content).pages > 1


@pytest.mark.parametrize("kind", KINDS)
def test_markers_change_neither_words_nor_spaces(kind: str) -> None:
    document = annotate(statement(KINDS[kind]))
    text = member(epub.write(document, lambda: paper.page_list(document)), "text.xhtml")
    assert MARKER.sub("", text) == member(epub.write(document), "text.xhtml")
    assert MARKER.search(text)


def test_an_epub_that_knows_of_no_pages_claims_none() -> None:
    content = epub.write(annotate(statement()))
    assert "page-list" not in member(content, "nav.xhtml")
    assert not re.search("pageBreak|pageNavigation", member(content, "package.opf"))


def test_one_page_is_marked_too() -> None:
    document = annotate(statement())
    content = epub.write(document, lambda: paper.page_list(document))
    assert MARKER.findall(member(content, "text.xhtml")) == [
        '<span role="doc-pagebreak" epub:type="pagebreak" id="page-1" aria-label="1"/>'
    ]
    nav = member(content, "nav.xhtml")
    assert '<nav epub:type="page-list" role="doc-pagelist" aria-labelledby="page-list" hidden="hidden">' in nav
    assert '<li><a href="text.xhtml#page-1">1</a></li>' in nav


def test_the_name_of_the_list_says_its_language() -> None:
    document = annotate(statement("Fjalë.", language="sq", editions=("sq",)))
    assert '<h2 id="page-list">Lista e faqeve</h2>' in member(
        epub.write(document, lambda: paper.page_list(document)), "nav.xhtml"
    )
    foreign = annotate(statement("واژه‌ها.", language="fa", editions=("fa",)))
    nav = member(epub.write(foreign, lambda: paper.page_list(foreign)), "nav.xhtml")
    assert re.search(r'<h2 id="page-list" lang="en" dir="ltr"[^>]*>List of pages</h2>', nav)


TEXT = """---
title: A Title
type: statement
date: 2024-05-01
language: en
issuers:
  - name: Norway
publisher:
  name: The Office
rights:
  statement: All rights reserved
---
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A master of several pages in content/sample."""
    made = tmp_path / "content" / "sample"
    made.mkdir(parents=True)
    (made / "statement.md").write_text(TEXT + long_text(12), encoding="utf-8")
    return made


def source(place: Path) -> str:
    """The pageBreakSource of an EPUB."""
    (found,) = re.findall('"pageBreakSource">([^<]*)<', member((place / "sample.epub").read_bytes(), "package.opf"))
    return str(found)


def identifier(path: Path) -> str:
    """What a PDF calls itself."""
    return str(pdf_structure.packet(path.read_bytes()).findtext(INSTANCE))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_epub_names_the_pdf_with_the_plain_name(folder: Path, tmp_path: Path, profile: str) -> None:
    build(folder, tmp_path / "build", Plan(("pdf", "epub"), (profile,)), quiet)
    assert source(tmp_path / "build/sample") == identifier(tmp_path / "build/sample/sample.pdf")


def test_an_epub_of_the_pages_of_another_pdf_does_not_stay(folder: Path, tmp_path: Path) -> None:
    """Nor the PDF, if it is the EPUB that is new: they lie side by side only if they are of one another."""
    place = build(folder, tmp_path / "build", Plan(("pdf", "epub")), quiet).folder
    build(folder, tmp_path / "build", Plan(("pdf",), ("ua1+a3a",)), quiet)
    assert not (place / "sample.epub").exists()
    build(folder, tmp_path / "build", Plan(("epub",)), quiet)
    assert not (place / "sample.pdf").exists()
    build(folder, tmp_path / "build", Plan(("pdf",)), quiet)
    assert source(place) == identifier(place / "sample.pdf")


@pytest.mark.parametrize("master", MASTERS, ids=[master.name for master in MASTERS])
def test_the_epub_is_the_same_whatever_is_made_beside_it(built: Path, tmp_path: Path, master: Path) -> None:
    alone = build(master, tmp_path, Plan(("epub",)), quiet).folder
    books = sorted(path.name for path in alone.glob("*.epub"))
    assert books
    assert [name for name in books if (alone / name).read_bytes() != (built / master.name / name).read_bytes()] == []


@pytest.mark.parametrize("formats", [("pdf", "epub"), ("html", "epub"), ("html", "pdf", "epub", "docx")])
def test_pages_are_laid_out_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, formats: tuple[str, ...]
) -> None:
    lay_out, counted = layout.lay_out, list[str]()

    def counting(*arguments: Any) -> Any:
        counted.append("once")
        return lay_out(*arguments)

    monkeypatch.setattr(layout, "lay_out", counting)
    build(folder, tmp_path / "build", Plan(formats, tuple(PROFILES)), quiet)
    assert counted == ["once"]


def test_pages_are_known_while_the_pdf_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer changes the boxes as it draws them; the EPUB asks in the meantime."""
    module = __import__("weasyprint.draw.text", fromlist=["draw_first_line"])
    draw: Callable[..., Any] = module.draw_first_line
    document, found = annotate(statement(long_text(9))), set[PageList]()

    def asking(*arguments: Any) -> Any:
        found.add(paper.page_list(document))
        return draw(*arguments)

    monkeypatch.setattr(module, "draw_first_line", asking)
    paper.write_all(document)
    assert found == {paper.page_list(annotate(document.statement))}


def laid_out(page: str, css: str) -> Any:
    with turn():
        return layout.lay_out(engine.load(), Source(page, css, {}), PROFILES[DEFAULT].variant)


def test_pages_that_are_not_certain_are_not_given() -> None:
    """A style that draws other letters than the text has: one more for each ß."""
    page = "<!DOCTYPE html><html lang=de><head><title>T</title></head><body><p>Straße</p><p>Fuß</p></body></html>"
    with pytest.raises(ToolFailed, match="7 letters of the 6 in <p> were drawn"):
        page_starts.find(laid_out(page, "p { text-transform: uppercase; font-family: 'Source Serif 4' }"))


@pytest.mark.parametrize("css", ["", "p::before { content: 'made up' } q { quotes: '«' '»' }"])
def test_words_of_a_style_sheet_do_not_count(css: str) -> None:
    body = "<p>One <q>two</q></p><ul><li>three</li></ul><p style='break-before: page'>Four</p>"
    page = f"<!DOCTYPE html><html lang=en><head><title>T</title></head><body>{body}</body></html>"
    found = page_starts.find(laid_out(page, f"body {{ font-family: 'Source Serif 4' }} {css}"))
    assert found == (PageStart("1", 0), PageStart("2", 11))


def test_a_page_without_words_is_counted() -> None:
    body = "<p>One</p><div style='break-before: page; height: 1pt'></div><p style='break-before: page'>Two</p>"
    page = f"<!DOCTYPE html><html lang=en><head><title>T</title></head><body>{body}</body></html>"
    found = page_starts.find(laid_out(page, "body { font-family: 'Source Serif 4' }"))
    assert found == (PageStart("1", 0), PageStart("2", 3), PageStart("3", 3))
