"""writers/docx: tables, pictures, links and languages say what they are to a screen reader."""

from __future__ import annotations

import io
import zipfile

import docx as python_docx
import pytest
from lxml import etree

from communique.statement import Identifier
from docx_reading import (
    DECORATIVE,
    WP,
    R,
    W,
    body,
    paragraph,
    paragraphs,
    part,
    rich,
    run,
    style,
    text,
    val,
    write,
    written,
)

# Tables, pictures, links


def test_header_rows_are_header_rows_and_no_row_is_torn() -> None:
    tables = list(body().iter(f"{W}tbl"))
    assert len(tables) == 4
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert {style(each) for each in paragraphs(rows[0])} == {"TableHeading"}
        look = table.find(f"{W}tblPr/{W}tblLook")
        assert look is not None
        assert look.get(f"{W}firstRow") == "1"


def test_tables_are_as_wide_as_what_the_page_leaves_them() -> None:
    for table in body().iter(f"{W}tbl"):
        columns = sum(int(each.get(f"{W}w", "0")) for each in table.iter(f"{W}gridCol"))
        indent = table.find(f"{W}tblPr/{W}tblInd")
        left = 0 if indent is None else int(indent.get(f"{W}w", "0"))
        assert 8730 - 3 <= columns + left <= 8730


def test_a_table_in_a_list_begins_where_the_text_of_the_item_does() -> None:
    indents = [each.get(f"{W}w") for each in body().iter(f"{W}tblInd")]
    assert indents == ["480"]


def test_a_table_does_not_touch_the_text_below_it() -> None:
    space = paragraph("Text between the tables").find(f"{W}pPr/{W}spacing")
    assert space is not None
    assert int(space.get(f"{W}before", "0")) > 0


def test_a_table_in_a_note_is_a_table_like_others() -> None:
    package = write("Text[^1].\n\n[^1]: A note.\n\n    | A | B |\n    |---|---|\n    | 1 | 2 |\n")
    (table,) = part("word/footnotes.xml", package).iter(f"{W}tbl")
    assert [each.get(f"{W}w") for each in table.iter(f"{W}tblW")] == ["5000"]
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr")] == [True, True]


def test_a_caption_stands_before_its_table_and_stays_with_it() -> None:
    caption = paragraph("caption of the table")
    assert caption.find(f"{W}pPr/{W}keepNext") is not None
    table = next(caption.itersiblings(f"{W}tbl"))
    assert val(table, "w:tblPr/w:tblCaption") == "The caption of the table"


def test_merged_cells_stay_merged() -> None:
    cells = python_docx.Document(io.BytesIO(written())).tables[1]
    assert cells.cell(0, 1).text == cells.cell(0, 2).text == "wide"
    assert cells.cell(1, 0).text == cells.cell(2, 0).text == "tall"


def test_pictures_have_their_description_or_are_decorative() -> None:
    shown = list(body().iter(f"{WP}docPr"))
    assert [each.get("descr") for each in shown] == ["", "a flag", "The alternative text", "Bild"]
    assert [next(each.iter(DECORATIVE), None) is not None for each in shown] == [True, False, False, False]
    assert not list(body().iter(f"{WP}anchor"))


def test_a_decorative_picture_has_no_description_whatever_the_master_says() -> None:
    package = write('Text ![words](media/x.png "title"){.decorative}.')
    shown = next(body(package).iter(f"{WP}docPr"))
    assert (shown.get("descr"), shown.get("title")) == ("", None)
    assert next(shown.iter(DECORATIVE), None) is not None


def test_pictures_are_the_very_files() -> None:
    with zipfile.ZipFile(io.BytesIO(written())) as parts:
        media = {parts.read(name) for name in parts.namelist() if name.startswith("word/media/")}
    assert media == set(rich().statement.media.values())


def test_a_picture_in_a_note_is_found_from_the_note() -> None:
    """ISO/IEC 29500-2, 6.5: a part reaches others through relationships of its own."""
    package = write("Text[^1].\n\n[^1]: A note ![words](media/x.png) with a picture.\n")
    links = {each.get("Id"): each.get("Target") for each in part("word/_rels/footnotes.xml.rels", package)}
    (shown,) = part("word/footnotes.xml", package).xpath("//@*[local-name() = 'embed']")
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        assert f"word/{links[shown]}" in parts.namelist()


def targets(name: str) -> dict[str | None, str | None]:
    return {each.get("Id"): each.get("Target") for each in part(f"word/_rels/{name}.xml.rels")}


@pytest.mark.parametrize(
    ("name", "words", "target", "title"),
    [
        ("document", "the site", "https://example.org/a_(b)?q=1&r=2", "Tip “quoted” & more"),
        ("document", "same site", "https://example.org/a_(b)?q=1&r=2", None),
        ("document", "Universal Declaration", "https://example.org/217", "A/RES/217 “(III)”"),
        ("footnotes", "link", "https://example.net/", "In the note"),
    ],
)
def test_links_lead_where_they_should_and_say_where(name: str, words: str, target: str, title: str | None) -> None:
    link = next(each for each in part(f"word/{name}.xml").iter(f"{W}hyperlink") if text(each) == words)
    assert targets(name)[link.get(f"{R}id")] == target
    assert link.get(f"{W}tooltip") == title


def test_links_inside_the_document_find_their_bookmark() -> None:
    marks = {each.get(f"{W}name") for each in body().iter(f"{W}bookmarkStart")}
    anchors = [each.get(f"{W}anchor") for each in body().iter(f"{W}hyperlink") if each.get(f"{W}anchor")]
    assert len(anchors) == 3
    assert set(anchors) <= marks


# Languages


@pytest.mark.parametrize(
    ("words", "slots", "is_rtl"),
    [
        ("non-refoulement", {"val": "fr"}, False),
        ("Section deux", {"val": "fr"}, False),
        ("légende", {"val": "fr"}, False),
        ("tableau", {"val": "fr"}, False),
        ("código", {"val": "es"}, False),
        ("ссылка", {"val": "ru"}, False),
        ("שלום", {"val": "he", "bidi": "he"}, True),
        ("日本語", {"val": "ja", "eastAsia": "ja"}, False),
        ("हिन्दी", {"val": "hi", "bidi": "hi"}, False),
    ],
)
def test_other_languages_are_marked_on_their_runs(words: str, slots: dict[str, str], is_rtl: bool) -> None:
    properties = run(words).find(f"{W}rPr")
    assert properties is not None
    marks = properties.findall(f"{W}lang")
    assert [{str(etree.QName(key).localname): each for key, each in mark.attrib.items()} for mark in marks] == [slots]
    assert (properties.find(f"{W}rtl") is not None) == is_rtl


def test_the_language_of_the_edition_is_the_default() -> None:
    package = write("Texte.", language="fr-CA")
    assert val(part("word/styles.xml", package), "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == "fr-CA"
    assert val(part("word/settings.xml", package), "w:themeFontLang") == "fr-CA"
    properties = python_docx.Document(io.BytesIO(package)).core_properties
    assert properties.language == "fr-CA"


def test_a_right_to_left_edition_is_set_from_the_right() -> None:
    package = write("# عنوان\n\nنص.[^1]\n\n- بند\n\n| أ | ب |\n|---|---|\n| ج | د |\n\n[^1]: حاشية", language="ar")
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for each in paragraphs(part(name, package)):
            assert each.find(f"{W}pPr/{W}bidi") is not None
    notes = [each for each in part("word/footnotes.xml", package) if each.get(f"{W}type") is None]
    assert all(each.find(f"{W}pPr/{W}bidi") is not None for note in notes for each in paragraphs(note))
    assert body(package).find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert run("نص", body(package)).find(f"{W}rPr/{W}rtl") is not None


def fonts(package: bytes, name: str) -> dict[str, str]:
    """The fonts of a style by their slots."""
    root = part("word/styles.xml", package)
    path = f"{W}docDefaults/{W}rPrDefault" if not name else f"{W}style[@{W}styleId='{name}']"
    found = root.find(f"{path}/{W}rPr/{W}rFonts")
    assert found is not None
    return {str(etree.QName(slot).localname): value for slot, value in found.attrib.items()}


@pytest.mark.parametrize(
    ("language", "slot", "serif", "sans"),
    [
        ("ja", "eastAsia", "Yu Mincho", "Yu Gothic"),
        ("ko", "eastAsia", "Batang", "Malgun Gothic"),
        ("zh", "eastAsia", "SimSun", "Microsoft YaHei"),
        ("zh-Hant", "eastAsia", "PMingLiU", "Microsoft JhengHei"),
        ("zh-TW", "eastAsia", "PMingLiU", "Microsoft JhengHei"),
        ("th", "cs", "Leelawadee UI", "Leelawadee UI"),
        ("hi", "cs", "Nirmala UI", "Nirmala UI"),
        ("ar", "cs", "Times New Roman", "Arial"),
        ("he", "cs", "Times New Roman", "Arial"),
    ],
)
def test_a_script_has_a_font_that_comes_with_word(language: str, slot: str, serif: str, sans: str) -> None:
    package = write("x", language=language)
    assert fonts(package, "")[slot] == fonts(package, "Title")[slot] == serif
    assert fonts(package, "Kicker")[slot] == sans
    assert fonts(package, "")["ascii"] == "Source Serif 4"
    listed = {font.get(f"{W}name") for font in part("word/fontTable.xml", package)}
    assert {serif, sans} <= listed | {"Times New Roman", "Arial"}


@pytest.mark.parametrize(
    ("language", "markdown", "tags"),
    [
        ("en", "*x*", ["i", "iCs"]),
        ("ru", "*x*", ["i", "iCs"]),
        ("ja", "*x*", ["b", "bCs"]),
        ("ja", "***x***", ["b", "bCs"]),
        ("th", "*x*", ["b", "bCs"]),
        ("ar", "*x*", ["b", "bCs"]),
        ("ja", "[*x*]{lang=fr}", ["i", "iCs"]),
        ("en", "[*x*]{lang=ja}", ["b", "bCs"]),
    ],
)
def test_bold_stands_for_italics_where_a_script_has_none(language: str, markdown: str, tags: list[str]) -> None:
    package = write(f"y {markdown} y.^[{markdown}]", language=language)
    for name in ("word/document.xml", "word/footnotes.xml"):
        stressed = [each for each in part(name, package).iter(f"{W}r") if text(each) == "x"]
        assert len(stressed) == 1
        found = [etree.QName(each).localname for each in stressed[0].findall(f"{W}rPr/*")]
        assert [tag for tag in found if tag in ("b", "bCs", "i", "iCs")] == tags


def test_no_style_slants_or_spaces_letters_of_such_a_script() -> None:
    styles = part("word/styles.xml", write("x", language="ja"))
    assert [styles.find(f".//{W}rPr/{W}{name}") for name in ("i", "iCs", "spacing")] == [None] * 3
    plain = part("word/styles.xml", write("x"))
    assert None not in [plain.find(f".//{W}rPr/{W}{name}") for name in ("i", "iCs", "spacing")]


def test_signs_shared_with_latin_are_east_asian_among_east_asian_letters() -> None:
    package = write("关于“人权”的声明。\n\nCôte d’Ivoire", language="zh")
    hints = {text(each)[:2]: val_of(each, "rPr/rFonts", "hint") for each in body(package).iter(f"{W}r") if text(each)}
    assert hints["关于"] == "eastAsia"
    assert hints["Cô"] is None


def val_of(node: etree._Element, path: str, name: str) -> str | None:
    found = node.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{name}")


def test_punctuation_closes_up_in_east_asian_text_alone() -> None:
    for language, setting in (("ja", "compressPunctuation"), ("en", "doNotCompress"), ("ar", "doNotCompress")):
        (control,) = part("word/settings.xml", write("x", language=language)).iter(f"{W}characterSpacingControl")
        assert control.get(f"{W}val") == setting


def test_the_pages_of_a_right_to_left_edition_turn_that_way_and_the_line_above_the_notes_is_at_the_right() -> None:
    package = write("نص.[^1]\n\n[^1]: حاشية", language="he")
    section = body(package).find(f".//{W}sectPr")
    assert section is not None
    assert [etree.QName(each).localname for each in section][-2:] == ["titlePg", "bidi"]
    separators = [each for each in part("word/footnotes.xml", package) if each.get(f"{W}type")]
    assert len(separators) == 2
    assert all(each.find(f"{W}p/{W}pPr/{W}bidi") is not None for each in separators)
    assert body(write("Text.")).find(f".//{W}sectPr/{W}bidi") is None


def test_an_identifier_and_an_address_keep_their_order_in_a_right_to_left_edition() -> None:
    identifiers = (Identifier("symbol", "A/RES/217(III)"),)
    package = write("<https://example.org/a>", language="ar", identifiers=identifiers)
    for words in ("A/RES/217(III)", "https://example.org/a"):
        assert run(words, body(package)).find(f"{W}rPr/{W}rtl") is None
