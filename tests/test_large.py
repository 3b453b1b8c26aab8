"""The large-print edition: nothing below 18 points, the rules of clear print, and the very words of the normal PDF."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from pikepdf import Pdf

import pdf_type
from communique import master
from communique.checks.judges import verapdf
from communique.checks.reading import pdf as pdf_reading
from communique.checks.reading import pdf_structure
from communique.document import Document, annotate
from communique.errors import MasterError
from communique.writers import large, paper
from communique.writers.pdf.profiles import DEFAULT
from conftest import MASTERS
from samples import statement

LEAST = 18.0
A4, A3 = (595.28, 841.89), (841.89, 1190.55)
WORD = "Internationalization"
EVERY_MASTER = pytest.mark.parametrize("folder", MASTERS, ids=[folder.name for folder in MASTERS])


@cache
def documents(folder: Path) -> tuple[Document, ...]:
    """The editions of a master."""
    return tuple(annotate(edition) for edition in master.read(folder))


@cache
def printed(document: Document) -> bytes:
    """Its large print."""
    return large.write_all(document)[DEFAULT]


def made(body: str) -> bytes:
    """The large print of a text alone."""
    return large.write_all(annotate(statement(body)))[DEFAULT]


def table(columns: int, rows: int = 1) -> str:
    row = "| " + " | ".join(f"{WORD}{number}" for number in range(1, columns + 1)) + " |\n"
    return row + "|---" * columns + "|\n" + row * rows


def sizes(content: bytes) -> set[float]:
    """The sizes of all type on the pages, artifacts too."""
    return {round(line.size, 2) for line in pdf_type.lines(content) if line.text.strip()}


@EVERY_MASTER
def test_nothing_on_the_page_is_smaller_than_eighteen_points(folder: Path) -> None:
    for document in documents(folder):
        assert min(sizes(printed(document))) >= LEAST


@EVERY_MASTER
def test_the_words_are_those_of_the_normal_pdf(folder: Path) -> None:
    for document in documents(folder):
        first, other = (pdf_reading.pdf(each) for each in (paper.write_all(document)[DEFAULT], printed(document)))
        assert other.said == first.said


def test_running_matter_is_large_and_stays_in_one_place() -> None:
    lines = pdf_type.lines(made("A line.\n\n" * 60))
    numbers = [line for line in lines if line.is_artifact]
    assert len(numbers) > 2
    assert {(line.left, line.baseline, line.size) for line in numbers} == {(62.0, numbers[0].baseline, 20.0)}
    assert [line.text for line in numbers] == [f"{n} / {len(numbers)}" for n in range(1, len(numbers) + 1)]


def test_headings_are_bigger_than_the_text_and_step_down() -> None:
    found = {
        line.text: line.size for line in pdf_type.lines(made("Words.\n\n# Alpha\n\n## Beta\n\n### Gamma\n\nWords."))
    }
    assert found["A Sample"] > found["Alpha"] > found["Beta"] > found["Words."] == 20.0
    assert found["Gamma"] == 20.0


def test_lines_stand_apart_and_paragraphs_a_line_more() -> None:
    words = " ".join(["word"] * 60)
    found = pdf_type.lines(made(f"{words}\n\n{words}"))
    places = sorted({line.baseline for line in found if line.text.startswith("word") and line.page == 0})
    steps = {round(after - before, 2) for before, after in pairwise(places)}
    assert steps == {28.0, 56.0}


def test_stress_is_bold_and_never_slanted_or_in_capitals() -> None:
    text = "Plain *slanted* **bold** [under]{.underline} [Small]{.smallcaps} [link](https://example.org/) *a **b** c*."
    fonts = {line.text.strip(): line.font for line in pdf_type.lines(made(text))}
    assert not [font for font in fonts.values() if "Ital" in font]
    assert {word for word, font in fonts.items() if "Semi" in font} >= {"slanted", "bold", "under", "link", "a", "c"}
    assert "Semi" not in fonts["Small"]


def test_there_is_no_line_under_words() -> None:
    def strokes(text: str) -> int:
        return len(re.findall(rb"\b[SsfBb]\*?\n", drawn(made(text))))

    assert strokes("Some [words]{.underline} and [more](https://example.org/).") == strokes("Some words and more.")
    assert strokes("Some ~~words~~ and more.") > strokes("Some words and more.")


def drawn(content: bytes) -> bytes:
    """The instructions of the first page."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return pdf.pages[0].Contents.read_bytes()


def test_no_word_is_broken_even_where_the_master_allows_it() -> None:
    text = "inter\u00adnational\u00adiza\u00adtion " * 60
    said = pdf_reading.pdf(made(text)).words
    assert said.count("internationalization") == 60
    assert not [line for line in pdf_type.lines(made(text)) if line.text.rstrip().endswith(("-", "\u2010"))]


def test_raised_and_lowered_signs_are_as_large_as_the_text() -> None:
    assert sizes(made("H~2~O, mc^2^, note.[^1] `code`\n\n[^1]: A note.")) == {20.0, 26.0, 30.0}


def test_text_is_black_on_white_and_links_are_dark() -> None:
    painted = set(
        re.findall(rb"^([\d.]+ [\d.]+ [\d.]+) rg$", drawn(made("Words, [a link](https://example.org/).")), re.M)
    )
    assert painted == {b"0 0 0", b"0 0.2 0.478431"}


@pytest.mark.parametrize(("columns", "sheet"), [(1, A4), (2, A4[::-1]), (3, A3[::-1])])
def test_a_wide_table_gets_a_larger_sheet_and_never_smaller_type(columns: int, sheet: tuple[float, float]) -> None:
    content = made("Before.\n\n" + table(columns) + "\nAfter.\n")
    lines = [line for line in pdf_type.lines(content) if line.text.startswith(WORD)]
    assert len(lines) == 2 * columns
    (found,) = {pdf_type.sheets(content)[line.page] for line in lines}
    assert found == pytest.approx(sheet, abs=0.1)
    assert {line.size for line in lines} == {20.0}


@pytest.mark.parametrize("frame", ["", "- ", "> "])
def test_a_table_wider_than_every_sheet_breaks_words_and_loses_none(frame: str) -> None:
    inside = "".join(
        f"{frame or ''}{line}\n" if not n or frame == "> " else f"  {line}\n"
        for n, line in enumerate(table(9).splitlines())
    )
    content = made(inside if frame else table(9))
    said = pdf_reading.pdf(content).words
    assert [word for word in said if word.startswith(WORD)] == [f"{WORD}{n}" for n in range(1, 10)] * 2
    assert min(sizes(content)) >= LEAST


def test_a_long_table_goes_on_and_repeats_its_head() -> None:
    content = made(table(2, 40))
    document = pdf_structure.read(content).document
    assert len(document.all("TR")) == 41
    assert len([line for line in pdf_type.lines(content) if line.is_artifact and line.text.startswith(WORD)]) > 2


def test_a_long_word_that_fits_on_no_line_is_kept_whole_in_reading() -> None:
    address = "https://example.org/" + "very-long/" * 30
    assert address.rstrip("/") in " ".join(pdf_reading.pdf(made(f"See <{address}> for it.")).words)


def test_what_cannot_be_drawn_is_a_fault_of_its_line() -> None:
    with pytest.raises(MasterError) as refused:
        made("One.\n\nTwo \u2d30.")
    assert [problem.line for problem in refused.value.problems] == [14]


def test_the_same_statement_gives_the_same_bytes() -> None:
    assert made("Words.") == made("Words.")


@pytest.mark.judge
def test_the_large_print_meets_both_standards(tmp_path: Path) -> None:
    for folder in MASTERS:
        for document in documents(folder):
            (tmp_path / f"{document.statement.name}.pdf").write_bytes(printed(document))
    (tmp_path / "tables.pdf").write_bytes(made(table(2, 30) + "\n\n" + table(4) + "\n\n- item\n\n  " + "words " * 300))
    files = sorted(tmp_path.iterdir())
    assert verapdf.under("2a").findings(files) == ()
    assert verapdf.under("ua1").findings(files) == ()
