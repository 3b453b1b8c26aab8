"""The readers that judge the outputs: what they take for a word, a description and a marker."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

import readers
from communique.checks.reading.pdf_structure import Element
from communique.document import annotate
from communique.writers import docx, html, paper
from communique.writers.pdf.profiles import PROFILES
from samples import statement

INLINE = "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var"


def said(markup: str) -> readers.Words:
    return readers.html_file(f"<!DOCTYPE html><html><body>{markup}</body></html>".encode()).words


@pytest.mark.parametrize("name", INLINE.split())
def test_an_inline_element_ends_no_word(name: str) -> None:
    assert said(f"<p>a<{name}>b</{name}>c d</p>") == ("abc", "d")


@pytest.mark.parametrize("name", ["p", "li", "dt", "td", "h2", "figcaption", "div"])
def test_a_block_ends_a_word(name: str) -> None:
    assert said(f"<div>a<{name}>b</{name}>c</div>") == ("a", "b", "c")


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
    assert readers.master(master(tmp_path, body), "en").descriptions == wanted
    assert readers.html_file(html.write(document)).descriptions == wanted
    assert readers.docx(docx.write(document)).descriptions == wanted
    (printed,) = paper.write_all(document).values()
    assert readers.pdf(printed).descriptions == wanted


def label(text: str, *, inner: bool = False) -> Element:
    kid: Element | str = Element("Span", "", "", "", "", {}, (text,)) if inner else text
    return Element("Lbl", "", "", "", "", {}, (kid,))


@pytest.mark.parametrize("text", ["– ", "·  ", "1. ", "(ii) ", "c) ", "12) "])
def test_the_marker_of_a_list_item_is_no_text(text: str) -> None:
    assert readers.is_list_marker(label(text))


@pytest.mark.parametrize("text", ["i.", "–", "1.", "(a)", "Rights", "Published by"])
def test_a_term_is_text_even_where_it_looks_like_a_marker(text: str) -> None:
    assert not readers.is_list_marker(label(text))
    assert not readers.is_list_marker(label(text, inner=True))


def test_terms_that_look_like_markers_are_read_in_a_pdf() -> None:
    document = annotate(statement("i\\.\n:   One.\n\n–\n:   Two.\n\n1\\.\n:   Three.\n"))
    for content in paper.write_all(document, tuple(PROFILES)).values():
        words = readers.pdf(content).words
        assert words[words.index("2024") + 1 :][:6] == ("i.", "One.", "–", "Two.", "1.", "Three.")


def test_the_markers_of_lists_in_a_pdf_are_not_read() -> None:
    document = annotate(statement("- One.\n    - Two.\n\n1. Three.\n\n(ii) Four.\n", language="ar", editions=("ar",)))
    (content,) = paper.write_all(document).values()
    words = readers.pdf(content).words
    assert words[words.index("One.") :][:4] == ("One.", "Two.", "Three.", "Four.")
