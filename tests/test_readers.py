"""The readers that judge the outputs: what they take for a word, a description and a marker."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from communique.checks.reading import docx as word_reading
from communique.checks.reading import master as master_reading
from communique.checks.reading import pdf as pdf_reading
from communique.checks.reading.dates import day
from communique.checks.reading.edition import Edition
from communique.checks.reading.labels import labels
from communique.checks.reading.markup import html_file
from communique.checks.reading.pdf import is_list_marker
from communique.checks.reading.pdf_structure import Element
from communique.checks.reading.text import Words
from communique.document import annotate
from communique.labels import labels as program_labels
from communique.labels import long_date
from communique.writers import docx, html, paper
from communique.writers.pdf.profiles import PROFILES
from samples import statement

INLINE = "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"


def page(markup: str) -> Edition:
    return html_file(f"<!DOCTYPE html><html lang='en'><body>{markup}</body></html>".encode())


def said(markup: str) -> Words:
    return page(markup).words


@pytest.mark.parametrize("name", INLINE.split())
def test_an_inline_element_ends_no_word(name: str) -> None:
    assert said(f"<p>a<{name}>b</{name}>c d</p>") == ("abc", "d")


@pytest.mark.parametrize("name", ["p", "li", "dt", "td", "h2", "figcaption", "div"])
def test_a_block_ends_a_word(name: str) -> None:
    assert said(f"<div>a<{name}>b</{name}>c</div>") == ("a", "b", "c")


def test_each_block_is_a_paragraph_with_its_place() -> None:
    blocks = page("<h2>a</h2><ul><li>b<ol start=4><li>c</ol></ul><blockquote><p>d</blockquote>").blocks
    assert [(b.words, b.where.level, b.where.depth, b.marker, b.where.quoted) for b in blocks] == [
        (("a",), 2, 0, "", False),
        (("b",), 0, 1, "•", False),
        (("c",), 0, 2, "4.", False),
        (("d",), 0, 0, "", True),
    ]


def test_a_cell_below_one_that_spans_rows_has_its_own_column() -> None:
    blocks = page("<table><tr><th rowspan=2>a<th>b<tr><td>c</table>").blocks
    assert [(block.words, block.where.cell) for block in blocks] == [
        (("a",), (1, 1, 1, True)),
        (("b",), (1, 1, 2, True)),
        (("c",), (1, 2, 2, False)),
    ]


def master(folder: Path, body: str) -> Path:
    (folder / "sample").mkdir()
    head = "title: T\ntype: statement\ndate: 2024-05-01\nlanguage: en\nissuers: [{name: N}]\npublisher: {name: P}\n"
    head += "rights: {statement: R}\n"
    (folder / "sample/statement.md").write_text(f"---\n{head}---\n{body}", encoding="utf-8")
    return folder / "sample"


def dot() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8)).save(content, "PNG")
    return content.getvalue()


def test_the_descriptions_of_pictures_in_notes_come_after_those_of_the_text_in_every_format(tmp_path: Path) -> None:
    body = "One.^[A note ![first](a.png) and ![second](a.png).] Two.^[Three ![third](a.png).]\n\nA ![last](a.png).\n"
    document = annotate(statement(body, media={"a.png": dot()}))
    wanted = ("last", "first", "second", "third")
    assert master_reading.read(master(tmp_path, body), "en").descriptions == wanted
    assert html_file(html.write(document)).descriptions == wanted
    assert word_reading.docx(docx.write(document)).descriptions == wanted
    (printed,) = paper.write_all(document).values()
    assert pdf_reading.pdf(printed).descriptions == wanted


def label(text: str, *, inner: bool = False) -> Element:
    kid: Element | str = Element("Span", "", "", "", "", {}, (text,)) if inner else text
    return Element("Lbl", "", "", "", "", {}, (kid,))


@pytest.mark.parametrize("text", ["– ", "·  ", "1. ", "(ii) ", "c) ", "12) "])
def test_the_marker_of_a_list_item_is_no_text(text: str) -> None:
    assert is_list_marker(label(text))


@pytest.mark.parametrize("text", ["i.", "–", "1.", "(a)", "Rights", "Published by"])
def test_a_term_is_text_even_where_it_looks_like_a_marker(text: str) -> None:
    assert not is_list_marker(label(text))
    assert not is_list_marker(label(text, inner=True))


def test_terms_that_look_like_markers_are_read_in_a_pdf() -> None:
    document = annotate(statement("i\\.\n:   One.\n\n–\n:   Two.\n\n1\\.\n:   Three.\n"))
    for content in paper.write_all(document, tuple(PROFILES)).values():
        words = pdf_reading.pdf(content).words
        assert words[words.index("2024") + 1 :][:6] == ("i.", "One.", "–", "Two.", "1.", "Three.")


def test_the_markers_of_lists_in_a_pdf_are_not_read_as_text() -> None:
    document = annotate(statement("- One.\n    - Two.\n\n1. Three.\n\n(ii) Four.\n", language="ar", editions=("ar",)))
    (content,) = paper.write_all(document).values()
    blocks = [block for block in pdf_reading.pdf(content).blocks if block.marker]
    assert [(block.words, block.marker) for block in blocks] == [
        (("One.",), "•"),
        (("Two.",), "•"),
        (("Three.",), "1."),
        (("Four.",), "(ii)"),
    ]


@pytest.mark.parametrize(
    "language",
    [
        "en",
        "fr",
        "sq",
        "es",
        "pt",
        "de",
        "el",
        "ru",
        "vi",
        "ar",
        "he",
        "hi",
        "th",
        "ja",
        "ko",
        "zh",
        "zh-Hans",
        "zh-TW",
        "zh-Hant",
        "pt-BR",
        "de-AT",
        "it",
        "sw",
        "tlh",
    ],
)
def test_dates_and_labels_are_those_of_the_program_and_found_in_another_way(language: str) -> None:
    own, other = labels(language), program_labels(language)
    assert (own.language, dict(own.words)) == (other.language, dict(other.texts))
    for month in range(1, 13):
        assert day(f"2024-{month:02}-03", language) == long_date(f"2024-{month:02}-03", language)
