"""Tables on paper: no word is cut, and none is broken while smaller type or a lying page can prevent it."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from communique.checks import browser
from communique.checks.reading import pdf_structure
from communique.document import annotate
from communique.writers import html as web
from communique.writers import paper, table_fit
from communique.writers.pdf.profiles import DEFAULT
from samples import statement


def row(word: str, columns: int) -> str:
    return "| " + " | ".join(f"{word}{number}" for number in range(1, columns + 1)) + " |\n"


def table(word: str, columns: int) -> str:
    return row("Head", columns) + "|---" * columns + "|\n" + row(word, columns)


def classes(markup: str, sheets: table_fit.Sheets = table_fit.NORMAL) -> str:
    body = html.fragment_fromstring(markup, create_parent="body")
    table_fit.fit(body, sheets)
    (frame,) = body.xpath(".//div[contains(@class, 'table')]")
    return str(frame.get("class"))


@pytest.mark.parametrize(
    ("letters", "columns", "expected"),
    [
        (10, 3, "table"),
        (10, 6, "table small"),
        (10, 8, "table wide"),
        (10, 10, "table wide small"),
        (10, 12, "table wide smaller"),
        (10, 20, "table wide smaller anywhere"),
    ],
)
def test_the_first_step_that_fits_is_taken(letters: int, columns: int, expected: str) -> None:
    cell = "<td>" + "x" * letters + "</td>"
    assert classes(f'<div id="doc-text"><table><tr>{cell * columns}</tr></table></div>') == expected


@pytest.mark.parametrize(
    ("letters", "columns", "expected"),
    [
        (10, 5, "scroll"),
        (10, 7, "scroll small"),
        (10, 9, "scroll smaller"),
        (10, 12, "scroll smaller anywhere"),
        (6, 12, "scroll smaller"),
    ],
)
def test_on_the_web_page_the_first_step_is_taken_that_fits_when_it_is_printed(
    letters: int, columns: int, expected: str
) -> None:
    page = html.fromstring(web.write(annotate(statement(table("x" * (letters - 1), columns)))))
    (frame,) = page.xpath(".//table/parent::div")
    assert frame.get("class") == expected


@pytest.mark.parametrize(
    ("word", "columns", "expected"),
    [("commitment", 5, []), ("COMMITMENT", 5, ["small"]), ("MMMMWWWW", 6, ["small"]), ("МЕЖДУНАРОДНЫЙ", 4, ["small"])],
)
def test_capitals_take_more_room(word: str, columns: int, expected: list[str]) -> None:
    assert table_fit.classes(one_row(word, columns), table_fit.PRINTED) == expected


@pytest.mark.parametrize(("word", "expected"), [("共同声明の本文である" * 9, []), ("공동성명의본문이다", ["small"])])
def test_a_line_may_end_between_signs_of_chinese_and_japanese_but_not_in_a_word_of_korean(
    word: str, expected: list[str]
) -> None:
    assert table_fit.classes(one_row(word, 5), table_fit.PRINTED) == expected


def one_row(word: str, columns: int) -> html.HtmlElement:
    return html.fragment_fromstring(f"<table><tr>{f'<td>{word}</td>' * columns}</tr></table>")


def test_in_a_list_a_table_of_the_web_page_has_less_room() -> None:
    body = html.fragment_fromstring(f"<ul><li><table><tr>{'<td>xxxxxxxxxxx</td>' * 5}</tr></table></li></ul>")
    (inside,) = body.iter("table")
    assert table_fit.classes(inside, table_fit.PRINTED) == ["small"]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [(3, "table"), (4, "table wide"), (6, "table wider"), (9, "table wider anywhere")],
)
def test_in_large_print_the_sheet_grows(columns: int, expected: str) -> None:
    cell = "<td>" + "x" * 10 + "</td>"
    markup = f'<div id="doc-text"><table><tr>{cell * columns}</tr></table></div>'
    assert classes(markup, table_fit.LARGE) == expected


def test_in_large_print_a_table_in_a_list_may_break_its_words() -> None:
    cell = "<td>" + "x" * 10 + "</td>"
    assert classes(f"<ul><li><table><tr>{cell * 4}</tr></table></li></ul>", table_fit.LARGE) == "table anywhere"
    assert classes(f"<ul><li><table><tr>{cell * 3}</tr></table></li></ul>", table_fit.LARGE) == "table"


def test_a_table_in_a_list_stays_on_its_page() -> None:
    cell = "<td>" + "x" * 10 + "</td>"
    assert classes(f"<ul><li><table><tr>{cell * 7}</tr></table></li></ul>") == "table smaller"


def test_a_cell_that_spans_shares_its_word_out() -> None:
    wide = "<td colspan='6'>" + "x" * 60 + "</td>"
    assert classes(f'<div id="doc-text"><table><tr>{wide}</tr></table></div>') == "table small"


@pytest.mark.parametrize(("word", "columns"), [("Value", 12), ("International", 8), ("Word", 5)])
def test_every_word_of_a_wide_table_stands_on_the_page(word: str, columns: int, tmp_path: Path) -> None:
    file = tmp_path / "table.pdf"
    file.write_bytes(paper.write_all(annotate(statement("Before.\n\n" + table(word, columns) + "\nAfter.\n")))[DEFAULT])
    text = subprocess.run(["pdftotext", file, "-"], capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert [each for each in text if each.startswith(word)] == [f"{word}{number}" for number in range(1, columns + 1)]


def test_a_caption_stands_on_the_page_of_its_table(tmp_path: Path) -> None:
    file = tmp_path / "table.pdf"
    words = "Words that fill a page, line after line. " * 80
    for lines in range(12):
        body = f"{words}\n\n" + "Line.\n\n" * lines + table("Word", 3) + "\n: The caption\n"
        file.write_bytes(paper.write_all(annotate(statement(body)))[DEFAULT])
        pages = subprocess.run(["pdftotext", file, "-"], capture_output=True, encoding="utf-8", check=True).stdout
        (page,) = [page for page in pages.split("\f") if "The caption" in page]
        assert "Head1" in page


def test_a_long_table_begins_where_it_stands_and_runs_on(tmp_path: Path) -> None:
    """A short one is kept whole; one that no page could hold must not leave pages empty before it."""
    rows = "".join(f"| Row {number} | words |\n" for number in range(80))
    text = f"Before.\n\n# Long\n\n| A | B |\n|---|---|\n{rows}\n: Caption\n"
    file = tmp_path / "a.pdf"
    file.write_bytes(paper.write_all(annotate(statement(text)))[DEFAULT])
    pages = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True).stdout
    first, *others = pages.removesuffix("\f").split("\f")
    assert all(words in first for words in ("Before.", "Long", "Caption", "Row 0", "Row 10"))
    assert all("Row" in page or "About this text" in page for page in others)


@pytest.mark.parametrize(("rows", "expected"), [(10, "table"), (30, "table long")])
def test_only_a_long_table_may_be_divided(rows: int, expected: str) -> None:
    assert classes(f"<table>{'<tr><td>a</td><td>b</td></tr>' * rows}</table>") == expected


def test_long_cells_make_a_table_long() -> None:
    assert classes(f"<table><tr><td>a</td><td>{'words ' * 400}</td></tr></table>") == "table long"


def test_a_heading_goes_with_its_table_to_another_sheet() -> None:
    cell = "<td>" + "x" * 10 + "</td>"
    tree = html.fromstring(f'<div id="doc-text"><p>a</p><h2>Head</h2><table><tr>{cell * 8}</tr></table><p>b</p></div>')
    table_fit.fit(tree)
    (frame,) = tree.xpath("./div")
    assert [child.tag for child in frame] == ["h2", "table"]
    assert [child.tag for child in tree] == ["p", "div", "p"]


def test_a_large_picture_in_a_cell_takes_no_more_than_its_column(tmp_path: Path) -> None:
    content = BytesIO()
    Image.new("RGB", (2400, 800), "navy").save(content, "PNG")
    text = "| Flag | Words |\n|---|---|\n| ![A flag](media/flag.png) | Words |\n"
    made = statement(text, media={"media/flag.png": content.getvalue()})
    (tmp_path / "a.pdf").write_bytes(paper.write_all(annotate(made))[DEFAULT])
    (figure,) = pdf_structure.read((tmp_path / "a.pdf").read_bytes()).document.all("Figure")
    left, _, right, _ = figure.attributes["Layout.BBox"]
    assert 150 < right - left < 200


@pytest.mark.judge
def test_no_word_of_a_wide_table_is_cut_when_the_web_page_is_printed(tmp_path: Path) -> None:
    tables = [("cell", 12), ("International", 8), ("Value", 20), ("COMMITMENT", 5), ("MMMMWWWW", 6)]
    inside = "1. Item\n\n" + "".join(f"   {line}\n" for line in table("Institution", 5).splitlines())
    text = "\n\n".join(["Text.", *(table(*each) for each in tables), inside])
    (tmp_path / "wide.html").write_bytes(web.write(annotate(statement(text))))
    assert browser.CHROMIUM.findings([tmp_path / "wide.html"]) == ()
