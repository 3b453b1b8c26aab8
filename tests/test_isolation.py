"""Runs against the direction of their paragraph: drawn in their own order, and no trace of it anywhere else."""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from lxml import html
from lxml.html import HtmlElement

import pdf_type
from communique.checks.reading import pdf as pdf_reading
from communique.checks.reading import pdf_structure
from communique.document import annotate
from communique.writers import bidi, footnotes, fragment, isolation, paper, typography
from communique.writers.pdf.profiles import DEFAULT
from samples import statement


@cache
def made(body: str, language: str) -> bytes:
    """The PDF of a text alone."""
    return paper.write_all(annotate(statement(body, language=language)))[DEFAULT]


def places(body: str, language: str, words: list[str]) -> list[tuple[float, float]]:
    """Baseline and left edge of the text below the masthead that holds each word; Hebrew is read glyph by glyph."""
    lines = [line for line in pdf_type.lines(made(body, language)) if not line.is_artifact and line.baseline > 200]
    found = []
    for word in words:
        shown = word if word.isascii() else word[::-1]
        texts = [line for line in lines if re.search(rf"(?<![\w.]){re.escape(shown)}(?![\w.])", line.text)]
        assert len(texts) == 1, (word, texts)
        found.append((texts[0].baseline, texts[0].left))
    return found


def order(body: str, language: str, words: list[str]) -> list[str]:
    """The words as they stand in their one line, from left to right; marks and indices may be raised."""
    found = places(body, language, words)
    assert max(found)[0] - min(found)[0] < 8
    return [word for _, word in sorted(zip([left for _, left in found], words, strict=True))]


PERSIAN = {
    "an index": ("سازمان H~7~Q است", ["H", "7", "Q"]),
    "a power": ("سازمان E = mc^7^ است", ["mc", "7"]),
    "a power behind digits": ("سازمان 36^7^ است", ["36", "7"]),
    "a number in front": ("سازمان ^37^Q است", ["37", "Q"]),
    "emphasis": ("سازمان Uno *Due* Tre است", ["Uno", "Due", "Tre"]),
    "emphasis within emphasis": (
        "سازمان Uno **Due *Tre* Quattro** Cinque است",
        ["Uno", "Due", "Tre", "Quattro", "Cinque"],
    ),
    "a link": ("سازمان Uno [Due](https://example.org/) Tre است", ["Uno", "Due", "Tre"]),
    "code": ("سازمان Uno `Due` Tre است", ["Uno", "Due", "Tre"]),
    "brackets behind it": ("سازمان Uno~7~ (Due) است", ["Uno", "7", "(Due)"]),
    "a note's mark": ("سازمان Uno[^1] Due است\n\n[^1]: است", ["Uno", "1", "Due"]),
    "a whole list": ("- Uno *Due* Tre\n- است", ["Uno", "Due", "Tre"]),
    "a table": ("| است | Uno *Due* Tre |\n|---|---|\n| است | است |", ["Uno", "Due", "Tre"]),
    "a run in an emphasis with other words": ("*سازمان Uno **Due** Tre* است", ["Uno", "Due", "Tre"]),
}
HEBREW = {
    "emphasis": ("Text שלום *עולם* גדול", ["שלום", "עולם", "גדול"]),
    "a link": ("Text שלום [עולם](https://example.org/) גדול", ["שלום", "עולם", "גדול"]),
    "emphasis within emphasis": ("Text שלום **עולם *טוב* מאד** גדול text", ["שלום", "עולם", "טוב", "מאד", "גדול"]),
    "code": ("Text שלום `עולם` גדול text", ["שלום", "עולם", "גדול"]),
    "digits behind it": ("Text שלום *עולם* 36 text", ["שלום", "עולם", "36"]),
    "a note's mark": ("Text שלום[^1] גדול text\n\n[^1]: Nota", ["שלום", "1", "גדול"]),
    "the last two words, which stay together": (
        "Text and text and text and text and more שלום עולם גדול",
        ["שלום", "גדול"],
    ),
    "last words of both": ("Text and text and text and text *שלום* עולם text", ["שלום", "עולם"]),
}


@pytest.mark.parametrize("name", PERSIAN)
def test_a_run_from_left_to_right_in_a_text_from_right_to_left(name: str) -> None:
    body, words = PERSIAN[name]
    assert order(body, "fa", words) == words


@pytest.mark.parametrize("name", HEBREW)
def test_a_run_from_right_to_left_in_a_text_from_left_to_right(name: str) -> None:
    body, words = HEBREW[name]
    assert order(body, "en", words) == words[::-1]


def test_an_index_within_a_run_against_a_run() -> None:
    assert order("Text שלום *עולם* 36^7^ text", "en", ["36", "7", "עולם", "שלום"]) == ["36", "7", "עולם", "שלום"]


def test_the_words_around_a_run_stay_where_they_are() -> None:
    around = ["Ante", "גדול", "עולם", "שלום", "post"]
    assert order("Ante שלום *עולם* גדול post", "en", around) == around
    around = ["Due", "סוף"]
    assert order("שלום Uno *Due* Tre סוף", "he", around) == around[::-1]


def test_a_mark_behind_a_run_stands_on_the_side_where_the_text_goes_on() -> None:
    assert order("Text שלום *עולם*[^1] text\n\n[^1]: Nota", "en", ["עולם", "1"]) == ["עולם", "1"]
    assert order("שלום Uno *Due*[^1] סוף\n\n[^1]: הערה", "he", ["1", "Uno", "Due"]) == ["1", "Uno", "Due"]


def test_a_run_over_a_line_end_is_in_order_on_both_lines() -> None:
    names = [f"W{number}W" for number in range(30)]
    body = "שלום " + " ".join(f"*{name}*" if number % 2 else name for number, name in enumerate(names)) + " סוף"
    found = places(body, "he", names)
    assert found == sorted(found)
    assert len({round(baseline) for baseline, _ in found}) > 1


def test_a_note_within_a_run_runs_as_its_own_language() -> None:
    body = "Text שלום[^1] *גדול* text\n\n[^1]: Nota *bene* valde est."
    assert order(body, "en", ["Nota", "bene", "valde"]) == ["Nota", "bene", "valde"]
    assert places(body, "en", ["Nota"])[0][1] < 120
    content = made(body, "en")
    assert pdf_reading.has_notes_at_foot(content)
    assert pdf_reading.pdf(content).note_words[0][-4:] == ("Nota", "bene", "valde", "est.")


def test_a_note_of_a_passage_in_another_direction_runs_as_its_own_language() -> None:
    body = "Text [שלום[^1] גדול]{lang=he} text\n\n[^1]: Nota *bene* valde est."
    assert order(body, "en", ["Nota", "bene", "valde"]) == ["Nota", "bene", "valde"]
    assert places(body, "en", ["Nota"])[0][1] < 120


# What it does to the page.


def isolated(body: str, language: str) -> tuple[HtmlElement, HtmlElement]:
    """A page with its notes at the foot before and after its runs were framed."""
    pages = []
    for _ in range(2):
        page = fragment.body(annotate(statement(body, language=language)))
        typography.compose(page, language)
        footnotes.place(page, language)
        pages.append(page)
    isolation.isolate(pages[1], language)
    return pages[0], pages[1]


def frames(body: str, language: str) -> list[str]:
    """What each frame says, in order, without the notes in it."""
    _, page = isolated(body, language)
    return [str(frame.text_content()) for frame in page.xpath(".//span[@dir and not(@role) and count(@*)=1]")]


@pytest.mark.parametrize(("language", "cases"), [("fa", PERSIAN), ("en", HEBREW)])
def test_no_character_and_no_element_is_lost_moved_or_added_but_the_frames(
    language: str, cases: dict[str, tuple[str, list[str]]]
) -> None:
    before, after = isolated("\n\n".join(body for body, _ in cases.values() if "[^" not in body), language)
    assert after.xpath(".//span[@dir]")
    for page in (before, after):
        for span in page.xpath(".//span[@dir or @style]"):
            span.drop_tag()
    assert html.tostring(before) == html.tostring(after)


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Words *and* more~2~ words[^1] with 36^7^ and `code`.\n\n[^1]: A *note*."),
        ("fa", "سازمان *ملل* متحد[^1] و **دیگر**، ۱۲ و 36.\n\n[^1]: یک *دو* سه."),
        ("he", "שלום *עולם* גדול, `code` <https://example.org/>."),
        ("en", "Words *in* שלום עולם and *more*."),
        ("en", "Words [שלום *עולם* גדול]{lang=he} and *more*."),
        ("en", "Words *שלום עולם* and more[^1].\n\n[^1]: שלום."),
        ("he", "שלום *Words* גדול\\\nwords\\\n*words*"),
        ("en", "Words \u2067שלום\u2069 *and* more."),
        ("en", "Words ٣^٤^ words."),
    ],
)
def test_a_page_that_needs_no_frame_is_not_touched(language: str, body: str) -> None:
    before, after = isolated(body, language)
    assert html.tostring(before) == html.tostring(after)


@pytest.mark.parametrize(
    ("language", "body", "expected"),
    [
        ("en", "Words, שלום *עולם*, גדול! words", ["שלום עולם, גדול"]),
        ("en", "Words (שלום *עולם*) words", ["שלום עולם"]),
        ("en", "Words שלום (*עולם*) words", ["שלום (עולם)"]),
        ("en", "Words שלום *עולם* 36,5% words", ["שלום עולם 36,5%"]),
        ("en", "Words שלום *עולם words* more", []),
        ("en", "Words שלום *גדול* טוב *עולם words* more", ["שלום גדול טוב"]),
        ("en", "Words *words שלום* טוב *עולם* more", ["טוב עולם"]),
        ("en", "Words *words שלום **עולם*** טוב more", ["שלום עולם"]),
        ("fa", "**سازمان** *سازمان `x` 36*7است", []),
        ("fa", "سازمان Uno *Due* است Tre *Quattro* است", ["Uno Due", "Tre Quattro"]),
        ("fa", "سازمان *Uno*, Due. است", ["Uno, Due"]),
        ("fa", "سازمان 5 *kg* است", []),
        ("fa", "سازمان 5*kg* است", ["5kg"]),
        ("fa", "سازمان\n\nUno *Due* Tre", ["Uno Due Tre"]),
        ("fa", "سازمان *Uno*\\\n*Due* است", []),
        ("fa", "- Uno\n- *Due*\n\nاست", []),
        ("fa", "سازمان Uno ![Due](flag.png) Tre است", ["Uno  Tre"]),
    ],
)
def test_where_a_frame_begins_and_ends(language: str, body: str, expected: list[str]) -> None:
    assert frames(body, language) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<li>Uno <em>Due</em></li>", '<li><span dir="ltr">Uno <em>Due</em></span></li>'),
        ("<li>Uno<ul></ul><em>Due</em></li>", "<li>Uno<ul></ul><em>Due</em></li>"),
        (
            "<li>Uno<!-- x --><b></b> <em>Due</em></li>",
            '<li><span dir="ltr">Uno<!-- x --><b></b> <em>Due</em></span></li>',
        ),
    ],
)
def test_markup_that_a_master_does_not_make(markup: str, expected: str) -> None:
    page = html.Element("body")
    page.append(html.fragment_fromstring(markup))
    isolation.isolate(page, "he")
    assert html.tostring(page[0], encoding="unicode") == expected


def test_it_is_in_order_again_when_it_is_done_twice() -> None:
    _, page = isolated("Text שלום *עולם* 36^7^ text", "en")
    once = html.tostring(page)
    isolation.isolate(page, "en")
    assert html.tostring(page) == once


@pytest.mark.parametrize(("language", "cases"), [("fa", PERSIAN), ("en", HEBREW)])
def test_a_frame_leaves_no_trace_in_the_structure(
    language: str, cases: dict[str, tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "\n\n".join(body for body, _ in cases.values() if "[^" not in body)
    content = made(body, language)
    monkeypatch.setattr(isolation, "isolate", lambda *_: None)
    plain = paper.write_all(annotate(statement(body, language=language)))[DEFAULT]

    def roles(pdf: bytes) -> list[str]:
        """All roles but those of the spans that say what a text reads as."""
        return [each.role for each in pdf_structure.read(pdf).document.walk() if each.actual is None]

    assert content != plain
    assert roles(content) == roles(plain)
    assert pdf_reading.pdf(content).said == pdf_reading.pdf(plain).said


# The algorithm of Unicode, in part.


@pytest.mark.parametrize(
    ("direction", "text", "expected"),
    [
        ("ltr", "abc", []),
        ("ltr", "abc שלום, עולם. def", ["שלום, עולם"]),
        ("ltr", "abc שלום 12 def", ["שלום 12"]),
        ("ltr", "12 שלום", ["שלום"]),
        ("ltr", "abc שלום $5 def", ["שלום $5"]),
        ("ltr", "abc ٣ def", ["٣"]),
        ("ltr", "שלום\u2029(abc)", ["שלום"]),
        ("ltr", "abc \u2067שלום\u2069 def", []),
        ("ltr", "שלום\ufffcעולם", ["שלום\ufffcעולם"]),
        ("ltr", "שלו\u05b9ם abc", ["שלו\u05b9ם"]),
        ("rtl", "שלום abc, def. עולם", ["abc, def"]),
        ("rtl", "שלום abc 12 עולם", ["abc 12"]),
        ("rtl", "שלום 12 abc עולם", ["12", "abc"]),
        ("rtl", "שלום 1,2-3/4 עולם", ["1,2-3/4"]),
        ("rtl", "שלום 1,,2 עולם", ["1", "2"]),
        ("rtl", "سلام 1-2", ["1", "2"]),
        ("rtl", "שלום 5% עולם", ["5%"]),
        ("rtl", "سلام 5% سلام", ["5"]),
        ("rtl", "abc (def) שלום", ["abc (def)"]),
        ("rtl", "שלום (abc) עולם", ["abc"]),
        ("rtl", "abc (def שלום) abc", ["abc", "def", "abc"]),
        ("rtl", "abc [(def] שלום", ["abc [(def]"]),
        ("rtl", "abc [(def]) שלום", ["abc [(def]"]),
        ("rtl", "שלו\u05b9ם می\u200cخواهم", []),
    ],
)
def test_what_runs_against_a_text(direction: str, text: str, expected: list[str]) -> None:
    assert [text[run.start : run.end] for run in bidi.against(text, direction)] == expected


def test_digits_alone_are_told_from_letters() -> None:
    assert [run.has_letters for run in bidi.against("abc ٣ def שלום 3", "ltr")] == [False, True]


# Whatever is written.

PIECES = ("a", "b ", "ש", "ל ", "ا", "1", "2 ", "٣", ", ", "(", ") ", "-", "%", "\u200c", "\u2067", "\u2069", "<br>")
FOREIGN = (
    '<a role="doc-noteref"><sup>4</sup></a><span role="doc-footnote">x ש <b>y</b></span>',
    '<code dir="ltr">c</code>',
    f'<i style="x"></i><span style="{typography.TOGETHER}">a ל</span>',
)


def anything(rng: random.Random, depth: int) -> str:
    """Markup with letters of both directions in elements within elements."""
    parts = []
    for _ in range(rng.randint(1, 4)):
        parts += rng.choices(PIECES * 3 + FOREIGN, k=rng.randint(0, 6))
        if depth:
            tag = rng.choice(["em", "a", "sub", "strong", "div", "span"])
            parts.append(f"<{tag}>{anything(rng, depth - 1)}</{tag}>")
    return "".join(parts)


@pytest.mark.parametrize("language", ["en", "he"])
def test_any_page_says_the_same_before_and_after(language: str) -> None:
    made_frames = 0
    for seed in range(400):
        page = html.Element("body")
        page.append(html.fragment_fromstring(f"<div>{anything(random.Random(seed), 1 + seed % 2)}</div>"))
        words, elements = page.text_content(), [each for each in page.iter() if each.tag != "span"]
        isolation.isolate(page, language)
        assert page.text_content() == words
        assert [each for each in page.iter() if each.tag != "span"] == elements
        made_frames += len(page.xpath(".//span[@dir and not(@role)]"))
    assert made_frames > 100
