"""writers/docx: what stands in something else stays both: verse in a quotation, a task with a number, a note abroad."""

from __future__ import annotations

import pytest
from lxml import etree

from docx_reading import W, body, paragraph, paragraphs, part, run, style, text, val, write


def numbered(words: str, package: bytes, story: str = "word/document.xml") -> tuple[str | None, str | None]:
    """Format and marker of the list item that has these words."""
    item = paragraph(words, part(story, package))
    numbering = part("word/numbering.xml", package)
    number = val(item, "w:pPr/w:numPr/w:numId")
    abstract = val(numbering, f"w:num[@w:numId='{number}']/w:abstractNumId")
    level = f"w:abstractNum[@w:abstractNumId='{abstract}']/w:lvl[@w:ilvl='0']"
    return val(numbering, f"{level}/w:numFmt"), val(numbering, f"{level}/w:lvlText")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("1. [x] done\n2. [ ] open\n", ("decimal", "%1.")),
        ("b) [x] done\nc) [ ] open\n", ("lowerLetter", "%1)")),
        ("1. [x] done\n\n2. [ ] open\n", ("decimal", "%1.")),
        ("> 1. [x] done\n> 2. [ ] open\n", ("decimal", "%1.")),
        ("- [x] done\n- [ ] open\n", ("bullet", "")),
    ],
)
def test_a_box_takes_the_place_of_a_bullet_and_never_of_a_number(markdown: str, expected: tuple[str, str]) -> None:
    package = write(markdown)
    assert [numbered(words, package) for words in ("☒ done", "☐ open")] == [expected, expected]


def test_tasks_of_a_note_keep_their_numbers() -> None:
    package = write("Text.[^1]\n\n[^1]: 1. [ ] to do\n    2. [x] done")
    assert numbered("☐ to do", package, "word/footnotes.xml") == ("decimal", "%1.")


@pytest.mark.parametrize(
    "markdown",
    [
        "> | one\n> | two\n",
        "> Before.\n>\n> | one\n> | two\n",
        "> - | one\n>   | two\n",
        "> > | one\n> > | two\n",
        "> ::: {lang=fr}\n> | one\n> | two\n> :::\n",
    ],
)
def test_verse_in_a_quotation_is_quoted(markdown: str) -> None:
    verse = paragraph("one", body(write(markdown)))
    assert (style(verse), text(verse)) == ("BlockText", "one\ntwo")


def test_verse_in_a_quotation_of_a_note_is_quoted() -> None:
    verse = paragraph("one", part("word/footnotes.xml", write("Text.[^1]\n\n[^1]: > | one\n    > | two\n")))
    assert (style(verse), text(verse).strip()) == ("FootnoteBlockText", "one\ntwo")


def test_verse_beside_a_quotation_is_verse() -> None:
    root = body(write("> Quoted.\n\n| one\n| two\n"))
    assert [style(paragraph(words, root)) for words in ("Quoted.", "one")] == ["BlockText", "LineBlock"]


@pytest.mark.parametrize("markdown", ["> ![A flag](media/x.png)\n", "> - ![A flag](media/x.png)\n"])
def test_a_picture_in_a_quotation_is_quoted_and_stays_with_its_caption(markdown: str) -> None:
    root = body(write(markdown))
    (picture,) = [each for each in root.iter(f"{W}p") if next(each.iter(f"{W}drawing"), None) is not None]
    assert style(picture) == "BlockText"
    assert picture.find(f"{W}pPr/{W}keepNext") is not None
    assert style(paragraph("A flag", root)) == "Caption"


FOREIGN_NOTES = (
    "[mot[^1]]{lang=fr}",
    "::: {lang=fr}\nUn mot.[^1]\n:::",
    "::: {lang=fr}\n- [mot[^1]]{lang=de}\n:::",
    "# [Titre[^1]]{lang=fr}",
    "# Titre[^1] {lang=fr}",
    "| [A[^1]]{lang=fr} | B |\n|---|---|\n| 1 | 2 |",
)


def language_of(words: str, package: bytes) -> str | None:
    return val(run(words, part("word/footnotes.xml", package)), "w:rPr/w:lang")


@pytest.mark.parametrize("markdown", FOREIGN_NOTES)
def test_a_note_speaks_the_language_of_the_edition_wherever_its_mark_stands(markdown: str) -> None:
    package = write(f"Text.\n\n{markdown}\n\n[^1]: A note with [mots]{{lang=fr}} inside.")
    assert [language_of(words, package) for words in ("A note", "mots", "inside")] == ["en", "fr", "en"]


@pytest.mark.parametrize("markdown", FOREIGN_NOTES)
def test_the_number_of_a_note_stands_in_a_line_with_its_words(markdown: str) -> None:
    root = part("word/footnotes.xml", write(f"Text.\n\n{markdown}\n\n[^1]: A note.\n\n    More of it."))
    (note,) = [each for each in root if each.get(f"{W}type") is None]
    assert [text(each) for each in paragraphs(note)] == [" A note.", "More of it."]
    assert [style(each) for each in paragraphs(note)] == ["FootnoteText", "FootnoteText"]
    assert next(paragraph("A note", root).iter(f"{W}footnoteRef"), None) is not None


def test_a_note_where_nothing_is_foreign_names_no_language() -> None:
    package = write("Text.[^1]\n\n[^1]: A note with [mots]{lang=fr} inside.")
    assert [language_of(words, package) for words in ("A note", "mots", "inside")] == [None, "fr", None]


@pytest.mark.parametrize("markdown", ["Text [نص[^1]]{lang=ar}.", "::: {lang=ar}\nنص[^1]\n:::"])
def test_a_note_has_the_direction_of_the_edition_wherever_its_mark_stands(markdown: str) -> None:
    root = part("word/footnotes.xml", write(f"{markdown}\n\n[^1]: A note with [كلمة]{{lang=ar}} inside."))
    assert paragraph("A note", root).find(f"{W}pPr/{W}bidi") is None
    marked = [run(words, root).find(f"{W}rPr/{W}rtl") is not None for words in ("A note", "كلمة", "inside")]
    assert marked == [False, True, False]


def between(package: bytes) -> list[str]:
    """What stands in the text of the body: a table, a paragraph by its words."""
    (story,) = body(package)
    found = [each for each in story if etree.QName(each).localname in ("p", "tbl")]
    names = ["table" if each.tag == f"{W}tbl" else text(each) for each in found]
    return names[names.index("Before.") + 1 : names.index("After.")]


TABLE = "| {0} | B |\n|---|---|\n| 1 | 2 |\n"


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (f"{TABLE}\n{TABLE}\n", ["table", "", "table"]),
        (f"{TABLE}\n{TABLE}\n: Caption\n", ["table", "Caption", "table"]),
        (f"{TABLE}\n: One\n\n{TABLE}\n: Two\n", ["One", "table", "Two", "table"]),
        (f"{TABLE}\n{TABLE}\n: Caption {{#tbl-one}}\n", ["table", "Caption", "table"]),
        (f"{TABLE}\n* * *\n\nBetween.\n", ["table", "", "Between."]),
        (f"{TABLE}\n[Link](#p1)\n\nBetween.\n", ["table", "Link", "Between."]),
        (f"{TABLE}\nBetween.\n\n{TABLE}\n", ["table", "Between.", "table"]),
    ],
)
def test_only_two_tables_that_would_become_one_have_an_empty_paragraph_between(
    markdown: str, expected: list[str]
) -> None:
    assert between(write(f"Before.\n\n{markdown}\nAfter.\n")) == expected


def test_a_caption_right_below_a_table_stands_clear_of_it() -> None:
    caption = paragraph("Caption", body(write(f"{TABLE}\n{TABLE}\n: Caption\n")))
    room = caption.find(f"{W}pPr/{W}spacing")
    assert room is not None
    assert room.get(f"{W}before") == "200"
