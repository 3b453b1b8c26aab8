"""What a compositor sees to: lines in register, no line alone, no heading at the foot of a page, pairs that stay."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import pdf_type
from communique import master
from communique.checks.reading import pdf as pdf_reading
from communique.document import annotate
from communique.writers import fragment, paper, typography
from communique.writers.pdf.profiles import DEFAULT
from conftest import MASTERS
from pdf_type import Line
from samples import statement

GRID = 15.0
BLOCKS = (
    "{words}",
    "- {words}\n- {words}",
    "1. {words}\n\n2. {words}\n\n    More.",
    "> {words}",
    "Term\n:   {words}\n\nOther\n:   {words}",
    "| {words}\n| {words}",
    "```\nx\n\ny\n```",
    "| A | B |\n|---|---|\n| {words} | x |",
    "[Words]{{lang=fr}} of {words}",
)


@cache
def made(body: str) -> bytes:
    """The PDF of a text alone."""
    return paper.write_all(annotate(statement(body)))[DEFAULT]


def text_lines(content: bytes) -> list[Line]:
    """What the pages show, without running heads and page numbers."""
    return [line for line in pdf_type.lines(content) if not line.is_artifact and line.text.strip()]


def filler(number: int) -> str:
    """A paragraph of one to nine lines, all words the same and of its own."""
    return " ".join([f"w{number}w"] * (8 + number * 29 % 110))


def plain() -> str:
    """Pages of nothing but what running text is made of, every kind of block before and after every other."""
    parts = []
    for number in range(81):
        first, second = BLOCKS[number % 7 if number % 7 != 6 else 8], BLOCKS[(number // 7) % 6]
        heading = f"{'#' * (1 + number % 2)} Heading {number}\n\n" if number % 3 == 0 else ""
        parts.append(heading + "\n\n".join(block.format(words=filler(number)) for block in (first, second)))
        parts.append(f"Between {number}.")
    return "\n\n".join(parts)


def test_lines_of_all_pages_stand_on_one_grid() -> None:
    content = made("\n\n".join(filler(number) for number in range(60)))
    found = [line for line in text_lines(content) if re.fullmatch(r"(w\d+w ?)+", line.text)]
    assert {line.page for line in found} >= {0, 1, 2, 3}
    assert len({round(line.baseline % GRID, 1) for line in found}) == 1
    tops = {min(line.baseline for line in found if line.page == page) for page in {line.page for line in found} - {0}}
    assert len(tops) == 1


@pytest.mark.parametrize(
    "title", ["Short", "A title of two lines, for it has more words than one line of it can hold", "W " * 120]
)
def test_a_title_of_any_length_keeps_the_grid(title: str) -> None:
    content = paper.write_all(annotate(statement("\n\n".join([filler(9)] * 30), title=title.strip())))[DEFAULT]
    assert len({round(line.baseline % GRID, 1) for line in text_lines(content) if "w9w" in line.text}) == 1


def test_headings_lists_quotations_and_verses_keep_the_grid() -> None:
    found = [line for line in text_lines(made(plain())) if line.size == 11 and re.match(r"w\d+w|Between", line.text)]
    assert len({line.page for line in found}) > 9
    assert {round(line.baseline % GRID, 1) for line in found} == {round(found[0].baseline % GRID, 1)}


def test_no_line_of_a_paragraph_stands_alone_on_a_page() -> None:
    counted: defaultdict[tuple[str, int], set[float]] = defaultdict(set)
    for line in text_lines(made("\n\n".join(filler(number) for number in range(200)))):
        if found := re.match(r"w(\d+)w", line.text):
            counted[found[1], line.page].add(line.baseline)
    split = [number for number, _ in counted if sum(number == other for other, _ in counted) > 1]
    assert len(set(split)) > 5
    assert min(len(counted[key]) for key in counted if key[0] in split) >= 2


@pytest.mark.parametrize("block", BLOCKS)
def test_no_heading_stands_at_the_foot_of_a_page(block: str) -> None:
    parts = []
    for number in range(40):
        below = f"\n\n## Below {number}" if number % 3 == 0 else ""
        parts.append(f"{filler(number)}\n\n# Heading {number}{below}\n\n{block.format(words=filler(number + 7))}")
    lines = text_lines(made("\n\n".join(parts)))
    assert lines[-1].page > 5
    headings = [pair for pair in pairwise(lines) if re.match("(Heading|Below) ", pair[0].text)]
    assert len(headings) == 40 + 14
    assert [first.text for first, second in headings if first.page != second.page] == []


def test_a_term_stays_with_its_definition() -> None:
    lines = text_lines(made("\n\n".join(f"{filler(number)}\n\nTerm {number}\n:   Meaning." for number in range(60))))
    terms = [pair for pair in pairwise(lines) if pair[0].text.startswith("Term")]
    assert len(terms) == 60
    assert [first.text for first, second in terms if first.page != second.page] == []


# Pairs that stay together.


def composed(markup: str, language: str = "en") -> HtmlElement:
    body = html.fragment_fromstring(markup, create_parent="body")
    typography.compose(body, language)
    return body


def kept(text: str, language: str = "en") -> list[str]:
    """The pieces of a text that no line may break."""
    body = composed(f"<p><b>{text}</b></p>", language)
    return [str(piece.text) for piece in body.iter("span")]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("on 15 December 2023 we met", "en", ["15 December 2023"]),
        ("on 15 December we met", "en", ["15 December"]),
        ("on December 15, 2023, we met", "en", ["December 15,"]),
        ("in December 2023 we", "en", ["December 2023"]),
        ("le 1er mars 2024 nous", "fr", ["1er mars 2024"]),
        ("am 3. Oktober 1990 war", "de", ["3. Oktober 1990"]),
        ("від 15 грудня 2023 року", "uk", ["15 грудня 2023"]),
        ("of Article 5 and", "en", ["Article 5"]),
        ("of article 5(2) and", "en", ["article 5(2)"]),
        ("in Chapter VII of", "en", ["Chapter VII"]),
        ("resolution 217 of", "en", []),
        ("under Resolution 2397 of", "en", ["Resolution 2397"]),
        ("as No. 12 of", "en", ["No. 12"]),
        ("see p. 3 and", "en", ["p. 3"]),
        ("see § 5 and", "de", ["§ 5"]),
        ("voir n° 5 et", "fr", ["n° 5"]),
        ("these 5 points and", "en", []),
        ("some 15 km of", "en", ["15 km"]),
        ("some 2.5 million people", "en", ["2.5 million"]),
        ("all of 1 000 000 euros", "en", ["1 000 000"]),
        ("of 5 % and", "en", ["5 %"]),
        ("by J. R. Smith and", "en", ["J. R. Smith"]),
        ("and Dr. Smith said", "en", ["Dr. Smith"]),
        ("plan B. The end", "en", ["B. The"]),
        ("of abuses – both within", "en", ["abuses –"]),
        ("of abuses — both within", "en", ["abuses —"]),
        ("and so on … but", "en", ["on …"]),
        ("pages 5–7 of", "en", ["pages 5–7"]),
        ("ses « guillemets » et", "fr", ["« guillemets »"]),
        ("voici : un", "fr", ["voici :"]),
        ("voici : un", "en", []),
        ("at 10:30 on 5 May", "en", ["5 May"]),
    ],
)
def test_pieces_that_belong_together(text: str, language: str, expected: list[str]) -> None:
    assert kept(text, language) == expected


def test_the_language_of_a_part_decides() -> None:
    body = composed("<p lang='fr'>voici : un</p><p>voici : un</p>")
    assert len(body.findall(".//span")) == 1


def test_a_paragraph_does_not_end_in_one_short_word() -> None:
    long = "Words that are enough to run over into a second line of it"
    assert kept_of(f"<p>{long} all.</p>") == ["it all."]
    assert kept_of(f"<p>{long} <em>to the end.</em></p>") == ["the end."]
    assert kept_of(f"<p>{long} to the<a><sup>1</sup></a></p>") == []
    assert kept_of("<p>A short line.</p>") == []
    assert kept_of(f"<p>{long} {'w' * 30} all.</p>") == []


def kept_of(markup: str) -> list[str]:
    return [str(piece.text) for piece in composed(markup).iter("span")]


@pytest.mark.parametrize("tag", ["table", "pre", "code"])
def test_tables_and_code_are_let_alone(tag: str) -> None:
    inside = "<tr><td>Article 5 here</td></tr>" if tag == "table" else "Article 5 here"
    assert kept_of(f"<div><{tag}>{inside}</{tag}> Article 6 here</div>") == ["Article 6"]


def test_text_from_right_to_left_is_let_alone() -> None:
    assert kept("المادة 5 %", "ar") == []
    assert kept_of("<p>Article 5 here <b lang='he'>Article 6 here</b></p>") == ["Article 5"]


def test_nothing_long_is_kept_on_one_line() -> None:
    assert kept(f"of {'W' * 40} – and 1 {'000 ' * 20}words at an end") == ["an end"]
    assert all(len(piece) <= typography.MOST for piece in kept("a – b – c – d – e – f – g – h – i – j – k – l – m – n"))


@pytest.mark.parametrize("folder", MASTERS, ids=[folder.name for folder in MASTERS])
def test_every_character_of_the_page_stays_what_it_is(folder: Path) -> None:
    for edition in master.read(folder):
        before, after = fragment.body(annotate(edition)), fragment.body(annotate(edition))
        typography.compose(after, edition.language)
        assert len(list(after.iter())) > len(list(before.iter()))
        assert "".join(map(str, after.itertext())) == "".join(map(str, before.itertext()))


def test_no_line_of_the_pdf_breaks_what_belongs_together() -> None:
    words = " ".join(f"{'x' * (number % 13)} Article {number} of 15 December 2023, a – b" for number in range(120))
    rows: defaultdict[tuple[int, float], str] = defaultdict(str)
    for line in text_lines(made(words)):
        rows[line.page, line.baseline] += line.text
    assert len(rows) > 60
    assert not [row for row in rows.values() if re.search(r"(Article|(?<!Article )\b15|December)\s*$", row)]
    assert not [row for row in rows.values() if row.startswith("–")]
    assert " ".join(words.split()) in " ".join(pdf_reading.pdf(made(words)).words)
