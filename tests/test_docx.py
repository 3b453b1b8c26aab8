"""writers/docx: the file says the words of the document, and has its structure and properties.

The files are read with zipfile, lxml and python-docx, never with the writer's own code.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from communique.checks.judges import libreoffice, ooxml
from docx_reading import (
    W,
    body,
    notes_of,
    paragraph,
    paragraphs,
    part,
    rich,
    said,
    style,
    text,
    val,
    words_of,
    write,
    written,
)

# Words


def test_body_has_the_words_of_the_document_in_order() -> None:
    assert said(body()) == words_of(rich().blocks).split()


def test_notes_have_the_words_of_the_notes_in_order() -> None:
    assert said(part("word/footnotes.xml")) == " ".join(notes_of(rich().blocks)).split()


def test_every_reference_to_a_note_has_its_note() -> None:
    called = [each.get(f"{W}id") for each in body().iter(f"{W}footnoteReference")]
    there = [each.get(f"{W}id") for each in part("word/footnotes.xml") if each.get(f"{W}type") is None]
    assert len(called) == len(set(called)) == len(there) == 2
    assert set(called) == set(there)


@pytest.mark.parametrize("sign", ["\u00ad", "\u00a0", "\u2011", "\u202f", "“", "’", "–", "☐", "☒", "e\u0301"])
def test_signs_that_tools_like_to_change_are_kept(sign: str) -> None:
    assert sign in words_of(rich().blocks)
    assert sign in "".join(map(text, paragraphs(body())))


def test_code_keeps_its_lines_and_its_spaces() -> None:
    code = next(each for each in paragraphs(body()) if style(each) == "SourceCode" and "def" in text(each))
    assert text(code) == "def f(x):\n    return x\n\nf(1)  # two spaces"


def test_lines_are_lines() -> None:
    lines = paragraph("Roses are red")
    assert style(lines) == "LineBlock"
    assert text(lines).split("\n") == ["Roses are red,", "\u00a0\u00a0\u00a0\u00a0violets are blue,", "and so on"]
    assert "Hard\nbreak" in text(paragraph("Hard"))


# Structure


def test_the_title_is_a_title_and_sections_begin_at_heading_1() -> None:
    document_ = python_docx.Document(io.BytesIO(written()))
    titles = [each.text for each in document_.paragraphs if each.style is not None and each.style.name == "Title"]
    assert titles == [rich().statement.title]
    names = [each.style.name for each in document_.paragraphs if each.style is not None and each.style.name]
    levels = [int(name[-1]) for name in names if name.startswith("Heading")]
    assert levels == [1, 2, 3, 4, 5, 1]


def test_every_style_in_use_is_defined() -> None:
    defined = {each.get(f"{W}styleId") for each in part("word/styles.xml").iter(f"{W}style")}
    for name in ("word/document.xml", "word/footnotes.xml", "word/header1.xml", "word/footer1.xml"):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert {each.get(f"{W}val") for each in part(name).iter(f"{W}{kind}")} <= defined


def test_every_paragraph_can_be_cited_by_its_number() -> None:
    numbered = re.findall(r'"(p\d+)"', repr(rich().blocks).replace("'", '"'))
    marks = [each.get(f"{W}name", "") for each in body().iter(f"{W}bookmarkStart")]
    assert [mark for mark in marks if re.fullmatch(r"p\d+", mark)] == numbered
    assert len(numbered) > 30
    assert len(marks) == len(set(marks))


def test_bookmarks_are_paired_and_nothing_of_the_making_is_left() -> None:
    starts = [each.get(f"{W}id") for each in body().iter(f"{W}bookmarkStart")]
    ends = [each.get(f"{W}id") for each in body().iter(f"{W}bookmarkEnd")]
    assert sorted(map(str, starts)) == sorted(map(str, ends))
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        everything = b"".join(map(parts.read, parts.namelist()))
    assert b"tooltip." not in everything
    assert b"base64" not in everything


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Joint Statement", "Kicker"),
        ("15 December 2023", "Dateline"),
        ("A quotation", "BlockText"),
        ("Term one", "DefinitionTerm"),
        ("Definition one", "Definition"),
        ("bullet one", "ListBullet"),
        ("number one", "ListNumber"),
        ("further paragraph of a bullet", "ListContinue"),
        ("further paragraph two deep", "ListContinue2"),
        ("caption of the table", "Caption"),
        ("caption of the figure", "Caption"),
        ("Published by", "ColophonTerm"),
        ("A Mission", "ColophonText"),
    ],
)
def test_what_a_paragraph_is_shows_in_its_style(words: str, name: str) -> None:
    found = [each for each in paragraphs(body()) if text(each).startswith(words) or words in text(each)]
    assert style(found[0]) == name


def numbering_of(node: etree._Element, package: bytes | None = None) -> tuple[str | None, str | None, str | None]:
    """Format, marker and first number of a list item, as Word would find them."""
    number, depth = val(node, "w:pPr/w:numPr/w:numId"), val(node, "w:pPr/w:numPr/w:ilvl")
    numbering = part("word/numbering.xml", package)
    instance = numbering.find(f"{W}num[@{W}numId='{number}']")
    assert instance is not None
    abstract = val(instance, "w:abstractNumId")
    level = numbering.find(f"{W}abstractNum[@{W}abstractNumId='{abstract}']/{W}lvl[@{W}ilvl='{depth}']")
    assert level is not None
    start = val(instance, f"w:lvlOverride[@w:ilvl='{depth}']/w:startOverride")
    return val(level, "w:numFmt"), val(level, "w:lvlText"), start


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bullet one", ("bullet", "•", None)),
        ("deeper bullet", ("bullet", "–", None)),
        ("number one", ("decimal", "%1.", "1")),
        ("letter c", ("lowerLetter", "(%1)", "3")),
        ("letter B", ("upperLetter", "%1)", "2")),
        ("roman eight", ("lowerRoman", "%1.", "8")),
        ("Roman four", ("upperRoman", "%1.", "4")),
        ("ten thousand", ("decimal", "%1.", "10000")),
        ("Japan", ("bullet", "", None)),
        ("to do", ("bullet", "", None)),
    ],
)
def test_lists_are_real_lists_with_their_own_numbers(words: str, found: tuple[str, str, str | None]) -> None:
    assert numbering_of(next(each for each in paragraphs(body()) if words in text(each))) == found


def test_boxes_of_a_list_of_tasks_stay_words_where_paragraphs_have_no_number() -> None:
    package = write("Text.[^1]\n\n[^1]: - [ ] to do\n    - [x] done")
    assert said(part("word/footnotes.xml", package)) == ["☐", "to", "do", "☒", "done"]


@pytest.mark.parametrize(
    ("words", "name", "left"),
    [
        ("item in a quote", "BlockText", 960),
        ("deeper in a quote", "BlockText", 1440),
        ("list in definition", "Definition", 960),
    ],
)
def test_lists_in_quotes_and_definitions_stay_inside_them(words: str, name: str, left: int) -> None:
    item = paragraph(words)
    assert style(item) == name
    place = item.find(f"{W}pPr/{W}ind")
    assert place is not None
    assert (place.get(f"{W}left"), place.get(f"{W}hanging")) == (str(left), "480")
    assert numbering_of(item)[0] == "bullet"


@pytest.mark.parametrize(
    "words", ["further paragraph of a bullet", "further paragraph two deep", "code in", "quote in list", "second of c"]
)
def test_what_follows_in_an_item_is_no_item_of_its_own(words: str) -> None:
    assert paragraph(words).find(f"{W}pPr/{W}numPr") is None


def test_what_follows_in_an_item_is_set_in_as_deep_as_the_item() -> None:
    places = [paragraph(words).find(f"{W}pPr/{W}ind") for words in ("code in", "quote in list")]
    assert [None if place is None else place.get(f"{W}left") for place in places] == ["1440", "1440"]


def test_everything_in_a_note_is_set_as_a_note() -> None:
    notes = [each for each in part("word/footnotes.xml") if each.get(f"{W}type") is None]
    assert {style(each) for note in notes for each in paragraphs(note)} == {"FootnoteText"}


def test_lists_deeper_than_word_can_go_keep_their_items() -> None:
    package = write("".join("    " * depth + f"- level{depth}.\n" for depth in range(11)))
    depths = [val(paragraph(f"level{depth}.", body(package)), "w:pPr/w:numPr/w:ilvl") for depth in range(11)]
    assert depths == [*map(str, range(9)), "8", "8"]


def test_no_bullet_needs_a_symbol_font() -> None:
    numbering = part("word/numbering.xml")
    assert not list(numbering.iter(f"{W}rFonts"))
    markers = [each.get(f"{W}val", "") for each in numbering.iter(f"{W}lvlText")]
    assert not [sign for marker in markers for sign in marker if unicodedata.category(sign) == "Co"]


def test_a_rule_is_a_border_and_not_a_picture() -> None:
    assert "HorizontalRule" in [style(each) for each in paragraphs(body())]
    assert not list(body().iter(f"{W}pict"))


# Properties


def test_core_properties_come_from_the_master() -> None:
    properties = python_docx.Document(io.BytesIO(written())).core_properties
    assert properties.title == rich().statement.title
    assert properties.author == "Japan; Côte d’Ivoire"
    assert properties.subject == "Human rights; Asylum"
    assert properties.keywords == "Human rights; Asylum; Korea"
    assert properties.comments == "All constructs & their words."
    assert properties.identifier == "https://example.org/x"
    assert properties.created is not None
    assert properties.created.isoformat().startswith("2023-12-15T00:00:00")
    assert properties.modified is not None
    assert properties.modified.isoformat().startswith("2024-02-01T00:00:00")


def test_the_running_header_shows_the_short_title_from_the_property() -> None:
    header = part("word/header1.xml")
    field = next(header.iter(f"{W}fldSimple"))
    assert field.get(f"{W}instr", "").split('"')[1] == "Short title"
    assert text(field) == "Everything & <More>"
    names = {each.get("name"): "".join(map(str, each.itertext())) for each in part("docProps/custom.xml")}
    assert names == {"Short title": "Everything & <More>"}
    assert part("word/document.xml").find(f".//{W}titlePg") is not None


def test_the_title_stands_in_where_there_is_no_short_one() -> None:
    package = write("Text.", short_title="", title="The Only Title")
    assert text(part("word/header1.xml", package)) == "The Only Title"


def test_word_opens_it_without_compatibility_mode() -> None:
    settings = [each.get(f"{W}val") for each in part("word/settings.xml").iter(f"{W}compatSetting")]
    assert settings == ["15"]


# The file


def test_nothing_tells_of_the_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(map(parts.read, parts.namelist()))
    assert b"rsid" not in everything
    years = {match.decode() for match in re.findall(rb"(\d{4})-\d\d-\d\dT", everything)}
    assert years == {"2023", "2024"}


@pytest.mark.parametrize(("zone", "seed", "mask"), [("Asia/Tokyo", "0", 0o000), ("America/Lima", "99", 0o077)])
def test_same_bytes_in_any_process(zone: str, seed: str, mask: int, tmp_path: Path) -> None:
    code = "import sys, docx_reading; sys.stdout.buffer.write(docx_reading.written())"
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, umask=mask, capture_output=True, check=True
    )
    assert other.stdout == written()


@pytest.mark.judge
def test_the_open_xml_sdk_has_nothing_to_object(tmp_path: Path) -> None:
    files = {"rich": written(), "bare": write("Text."), "right": write("نص.\n\n- بند", language="ar")}
    for name, package in files.items():
        (tmp_path / f"{name}.docx").write_bytes(package)
    assert ooxml.JUDGE.findings(sorted(tmp_path.glob("*.docx"))) == ()


@pytest.mark.judge
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    path = tmp_path / "rich.docx"
    path.write_bytes(written())
    assert libreoffice.into(tmp_path).findings([path]) == ()
    shown = subprocess.run(["pdftotext", tmp_path / "rich.pdf", "-"], capture_output=True, check=True).stdout.decode()
    for words in ("Everything & <More>", "A note with emphasis", "caption of the figure", "(c)", "viii."):
        assert words in shown
