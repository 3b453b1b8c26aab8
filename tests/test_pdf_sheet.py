"""What is drawn lies on the paper, or the failure says which words do not."""

from __future__ import annotations

import re

import pytest

from communique.document import annotate
from communique.errors import MasterError, ToolFailed
from communique.writers import paper
from communique.writers.pdf.sheet import OffThePage
from pdf_pages import reading
from samples import statement

TABLE = "<table><tr>" + "".join(f"<td>Column{number}</td>" for number in range(30)) + "</tr></table>"
SHEET = "@page { size: 200pt 200pt; margin: 20pt } html { font: 10pt 'Source Code Pro' } p { margin: 0 }"


def fails(html: str, words: str, css: str = "") -> None:
    """Assert that a small sheet is too small for the HTML, and which words are named."""
    with pytest.raises(OffThePage) as failure:
        reading(html, SHEET + css)
    assert failure.value.words == words
    remedy = "make the table narrower, or break the word"
    assert str(failure.value) == f"PDF: “{words}” runs off the page ({remedy})"
    assert isinstance(failure.value, ToolFailed)


def test_a_table_wider_than_the_sheet() -> None:
    fails(TABLE, "Column3")


def test_a_word_longer_than_the_sheet_is_named_by_its_beginning() -> None:
    fails(f"<p>short {'abcdefghij' * 9}</p>", "abcdefghijabcdefghijabcdefghijabcdefghij…")


def test_the_first_words_of_a_long_line_are_named() -> None:
    fails(f"<pre>{'some words ' * 9}</pre>", "some words some words some words some…", "pre { white-space: pre }")


@pytest.mark.parametrize(
    "style",
    ["margin-left: -30pt", "margin-left: 170pt", "margin-top: -40pt; height: 0", "position: absolute; top: 181pt"],
)
def test_words_beyond_each_edge(style: str) -> None:
    fails(f'<p style="{style}">word</p>', "word")


@pytest.mark.parametrize("style", ["margin-left: -19.9pt", "position: absolute; right: -19.9pt"])
def test_words_in_the_margin_are_on_the_page(style: str) -> None:
    assert reading(f'<p style="{style}">word</p>', SHEET).document.words() == ["word"]


def test_spaces_beyond_the_edge_lose_nothing() -> None:
    whole = reading(f"<pre>word{' ' * 99}\nnext</pre>", SHEET + "pre { white-space: pre; overflow-wrap: normal }")
    assert whole.document.words() == ["word", "next"]


@pytest.mark.parametrize("display", ["inline", "block"])
def test_an_image_wider_than_the_sheet(display: str) -> None:
    image = '<img src="media/flag.png" alt="A flag">'
    fails(f"<p>{image}</p>", "A flag", f"img {{ width: 190pt; max-width: none; height: 9pt; display: {display} }}")


def test_an_image_taller_than_the_sheet() -> None:
    fails('<p><img src="media/flag.png" alt="A flag" style="height: 190pt; width: 9pt"></p>', "A flag")


def test_a_running_head_wider_than_the_sheet() -> None:
    head = "head" * 20
    fails("<p>word</p>", f"{head[:40]}…", f"@page {{ @top-right {{ content: '{head}'; white-space: nowrap }} }}")


def test_spaces_at_the_end_are_measured_and_not_guessed() -> None:
    css = "@page { size: 200pt 200pt; margin: 20pt } p { font: 20pt 'Source Serif 4'; white-space: pre; margin: 0 }"
    inside, outside = (f'<p style="margin-left: {left}pt">WWWWWWWW      </p>' for left in (13.5, 13.9))
    assert reading(inside, css).document.words() == ["WWWWWWWW"]
    with pytest.raises(OffThePage):
        reading(outside, css)


def wide(cells: int) -> str:
    """A table of so many columns that it fits no sheet."""
    names = [f"c{number}" for number in range(cells)]
    return "\n".join(["|".join(names), "|".join(["---"] * cells), "|".join(["x"] * cells)])


def test_a_line_of_the_master_runs_off_the_page() -> None:
    with pytest.raises(MasterError) as refused:
        paper.write_all(annotate(statement(f"One.\n\n{wide(150)}\n")))
    (problem,) = refused.value.problems
    assert problem.path == "content/sample/statement.md"
    assert problem.line == 14
    assert re.fullmatch(r"“c\d+” runs off the page of the PDF", problem.found)
    assert problem.remedy == "make the table narrower, or break the word"


def test_words_that_stand_in_several_lines_have_no_line() -> None:
    with pytest.raises(MasterError) as refused:
        paper.write_all(annotate(statement(f"One.\n\n{wide(150)}\n\n{wide(150)}\n")))
    assert [problem.line for problem in refused.value.problems] == [0]
