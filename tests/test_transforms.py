"""Each transform does its one thing, everywhere it should and nowhere else, and no word is changed by it."""

from __future__ import annotations

from typing import Any

import pytest

from communique import nodes, pandoc
from communique.statement import Reference, Term
from communique.transforms import directions, headings, paragraphs, terms

UN = Term("UN", "abbreviation", "United Nations")
MAJEURE = Term("force majeure", "foreign", "An event", "fr")
PROCESS = Term("Helsinki Process", "name", uri="https://example.org/h")
CHARTER = Reference("Charter of the United Nations", "https://example.org/c", "The Charter", "1 UNTS XVI")


def read(markdown: str) -> list[dict[str, Any]]:
    return list(pandoc.read(markdown, "en").blocks)


def html(blocks: list[dict[str, Any]]) -> str:
    return pandoc.write(blocks, "html", ["--wrap=none"]).replace("\n", "").replace("<p>", "").replace("</p>", "")


def marked(markdown: str, *what: Term | Reference) -> str:
    """The text with terms and references marked, as HTML without paragraphs."""
    kinds = [each for each in what if isinstance(each, Term)], [each for each in what if isinstance(each, Reference)]
    return html(terms.annotate(read(markdown), *kinds))


def spoken(blocks: list[dict[str, Any]]) -> list[str]:
    """The words of a tree, whatever is around them."""
    return pandoc.write(blocks, "plain", ["--wrap=none"]).split()


def wrapped(words: str) -> str:
    return f'<abbr title="United Nations">{words}</abbr>'


# Headings.


@pytest.mark.parametrize(
    ("markdown", "levels"),
    [
        ("# a\n\n## b\n\n# c", [2, 3, 2]),
        ("## a\n\n### b", [2, 3]),
        ("### a", [2]),
        ("words", []),
        ("# a\n\n> ## b\n\n- # c", [2, 3, 2]),
        ("# 1\n\n## 2\n\n### 3\n\n#### 4\n\n##### 5", [2, 3, 4, 5, 6]),
    ],
)
def test_the_highest_heading_comes_right_below_the_title(markdown: str, levels: list[int]) -> None:
    shifted = headings.below_title(read(markdown))
    assert [node["c"][0] for node in nodes.walk(shifted) if node["t"] == "Header"] == levels
    assert spoken(shifted) == spoken(read(markdown))


def test_headings_keep_their_names_and_attributes() -> None:
    (heading,) = headings.below_title(read("# One *two* {#x .y lang=fr}"))
    assert heading["c"][1:] == read("# One *two* {#x .y lang=fr}")[0]["c"][1:]


# Paragraphs.


def numbers(markdown: str) -> list[tuple[str, str]]:
    """The identifier of each paragraph with its first word."""
    found = nodes.walk(paragraphs.number(read(markdown)))
    named = [node for node in found if node["t"] in ("Div", "Span") and "para" in node["c"][0][1]]
    return [(node["c"][0][0], spoken([_block(node)])[0]) for node in named]


def _block(node: dict[str, Any]) -> dict[str, Any]:
    return node if node["t"] == "Div" else nodes.plain([node])


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a\n\nb", "a b"),
        ("# heading\n\na", "a"),
        ("a\n\n> b\n>\n> > c\n\nd", "a b c d"),
        ("- a\n- b", "- a b"),
        ("- a\n\n- b", "a b"),
        ("1. a\n\n    b\n\n2. c\n\nd", "a b c d"),
        ("t\n:   a\n:   b", "a b"),
        ("::: {lang=fr}\na\n\nb\n:::", "a b"),
        ("| a\n| b\n\nc", "a c"),
        ("| x |\n|---|\n| y |\n\n: z\n\na", "a"),
        ("![x](y)\n\na", "a"),
        ("a^[x]\n\nb", "a b"),
        ("```\nx\n```\n\na", "a"),
        ("***\n\na", "a"),
    ],
)
def test_paragraphs_are_numbered_in_their_order(markdown: str, expected: str) -> None:
    firsts = [word for word in expected.split() if word != "-"]
    found = numbers(markdown)
    assert [identifier for identifier, _ in found] == [f"p{number}" for number in range(1, len(firsts) + 1)]
    assert [word.lstrip("-").rstrip("[1]") for _, word in found] == firsts


def test_a_tight_list_has_the_numbers_of_a_loose_one() -> None:
    tight, loose = "- a\n- b\n    - c\n- d\n\ne", "- a\n\n- b\n\n    - c\n\n- d\n\ne"
    assert (
        [name for name, _ in numbers(tight)] == [name for name, _ in numbers(loose)] == ["p1", "p2", "p3", "p4", "p5"]
    )


def test_bare_text_beside_other_text_becomes_a_paragraph() -> None:
    """A Plain beside another would run into it in a format without lines."""
    item = [[nodes.plain(nodes.text("a")), nodes.plain(nodes.text("b"))]]
    assert html(paragraphs.number([nodes.bullet_list(item)])).count('class="para"') == 2
    assert [
        node["t"] for node in nodes.walk(paragraphs.number([nodes.bullet_list(item)])) if node["t"] == "Plain"
    ] == []


def test_numbering_changes_no_word() -> None:
    markdown = "a *b*\n\n- c\n- d\n\n> e\n\nf\n:   g\n\n| h\n| i\n"
    assert spoken(paragraphs.number(read(markdown))) == spoken(read(markdown))


# Terms and references.


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("The UN met.", f"The {wrapped('UN')} met."),
        ("UN", wrapped("UN")),
        ("The UN’s day", f"The {wrapped('UN')}’s day"),
        ("(UN)", f"({wrapped('UN')})"),
        ("UN-led", f"{wrapped('UN')}-led"),
        ("SUN UNO unUN", "SUN UNO unUN"),
        ("the un", "the un"),
        ("*the UN*", f"<em>the {wrapped('UN')}</em>"),
        ("**UN**", f"<strong>{wrapped('UN')}</strong>"),
        ("[the UN](https://a.example)", f'<a href="https://a.example">the {wrapped("UN")}</a>'),
        ("[UN]{lang=fr}", f'<span lang="fr">{wrapped("UN")}</span>'),
        ("`UN` then UN", f"<code>UN</code> then {wrapped('UN')}"),
        ("# UN\n\nUN", f'<h1 id="un">UN</h1>{wrapped("UN")}'),
        ("UN and UN", f"{wrapped('UN')} and UN"),
        ("one\n\nUN\n\nUN", f"one{wrapped('UN')}UN"),
        ("- UN", f"<ul><li>{wrapped('UN')}</li></ul>"),
        ("> UN", f"<blockquote>{wrapped('UN')}</blockquote>"),
        ("::: x\nUN\n:::", f'<div class="x">{wrapped("UN")}</div>'),
        ("t\n:   UN", f"<dl><dt>t</dt><dd>{wrapped('UN')}</dd></dl>"),
        ("| a UN", f'<div class="line-block">a {wrapped("UN")}</div>'),
    ],
)
def test_a_term_is_marked_where_it_first_stands_as_a_word(markdown: str, expected: str) -> None:
    assert marked(markdown, UN) == expected


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        ("国連", "よって国連総会は", True),
        ("国際連合", "（国際連合）", True),
        ("EU", "本EU宣言", True),
        ("联合国", "在联合国宪章中", True),
        ("유엔", "유엔은", True),
        ("유엔", "재유엔", False),
        ("สหประชาชาติ", "ของสหประชาชาติใน", True),
        ("สห", "สหี", False),
        ("संयुक्त राष्ट्र", "संयुक्त राष्ट्र के", True),
        ("संयुक्त राष्ट्र", "संयुक्त राष्ट्रों के", False),
        ("भार", "भारत", False),
        ("الأمم المتحدة", "ميثاق الأمم المتحدة.", True),
        ("الأمم", "والأمم", False),
        ("אמנה", "אמנה,", True),
        ("Ελλάς", "Ελλάς.", True),
        ("café", "cafe\u0301s", False),
    ],
)
def test_what_is_a_word_depends_on_the_script(term: str, text: str, is_found: bool) -> None:
    """Without spaces anything is; a Korean word has its particle; a letter is not torn from its marks."""
    found = marked(text, Term(term, "abbreviation", "x"))
    assert (f'<abbr title="x">{term}</abbr>' in found) is is_found


# Direction.


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("<https://a.example>", '<a href="https://a.example" class="uri" dir="ltr">https://a.example</a>'),
        ("`a(b)`", '<code dir="ltr">a(b)</code>'),
        ("- `a`{lang=he}", '<ul><li><code lang="he">a</code></li></ul>'),
        ("[مادة](https://a.example)", '<a href="https://a.example">مادة</a>'),
        ("**`a`**", '<strong><code dir="ltr">a</code></strong>'),
    ],
)
def test_code_and_addresses_run_from_left_to_right_in_every_text(markdown: str, expected: str) -> None:
    assert html(directions.isolate(read(markdown), "ar")) == expected
    assert directions.isolate(read(markdown), "en") == read(markdown)


def test_a_block_of_code_does_so_too() -> None:
    assert '<pre dir="ltr">' in html(directions.isolate(read("```\na\n```"), "he"))


def test_an_identifier_is_marked_where_it_would_be_turned() -> None:
    assert directions.verbatim("A/1", "en") == [{"t": "Str", "c": "A/1"}]
    assert html([{"t": "Plain", "c": directions.verbatim("A/1", "ar")}]) == '<span dir="ltr">A/1</span>'


@pytest.mark.parametrize("place", ["a^[UN]", "| UN |\n|----|\n| UN |", "![UN](a)", "**a U**N", "[U]{.x}N"])
def test_a_term_is_marked_in_running_text_only(place: str) -> None:
    assert wrapped("UN") not in marked(place, UN)


@pytest.mark.parametrize("break_", [" ", "\n", "\u00a0"])
def test_a_term_of_two_words_may_stand_on_two_lines(break_: str) -> None:
    text = marked(f"of force{break_}majeure.", MAJEURE)
    assert text.startswith('of <span class="foreign" lang="fr" title="An event">force')
    assert text.endswith("</span>.")


def test_a_longer_wording_goes_before_one_inside_it() -> None:
    inquiry = Term("UN Commission", "name", uri="https://example.org/i")
    text = marked("The UN Commission of the UN.", UN, inquiry)
    inner = f'<span class="term">{wrapped("UN")} Commission</span>'
    assert text == f'The <a href="https://example.org/i" class="reference">{inner}</a> of the UN.'


def test_a_reference_becomes_a_link_with_what_it_does_not_say_as_its_title() -> None:
    text = marked("The Charter of the United Nations.", CHARTER)
    link = '<a href="https://example.org/c" class="reference" title="The Charter, 1 UNTS XVI">'
    assert text == f"The {link}Charter of the United Nations</a>."
    same = Reference("The Charter", "https://example.org/c", "The Charter")
    assert "title" not in marked("The Charter", same)


def test_no_link_is_put_into_a_link() -> None:
    text = marked("[The Helsinki Process](https://a.example) and the Helsinki Process", PROCESS)
    linked = '<a href="https://example.org/h" class="reference"><span class="term">Helsinki Process</span></a>'
    assert text == f'<a href="https://a.example">The Helsinki Process</a> and the {linked}'


def test_a_wording_is_not_a_pattern() -> None:
    dotted = Term("U.N.", "abbreviation", "United Nations")
    assert marked("UxNx then U.N. here", dotted) == f"UxNx then {wrapped('U.N.')} here"


def test_marking_changes_no_word() -> None:
    markdown = "The *UN*, the Helsinki\nProcess – of force\u00a0majeure; the Charter of the United Nations.\n\n- UN\n"
    before = read(markdown)
    assert spoken(terms.annotate(before, [UN, MAJEURE, PROCESS], [CHARTER])) == spoken(before)
    assert before == read(markdown)
