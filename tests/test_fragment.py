"""The HTML tree that three formats share: landmarks, names, and what each construct becomes."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from communique.document import annotate
from communique.statement import Term
from communique.writers import fragment
from samples import statement


def body(markdown: str, **changes: Any) -> HtmlElement:
    """The tree of a statement with this text."""
    return fragment.body(annotate(statement(markdown, **changes)))


def text(markdown: str, **changes: Any) -> str:
    """The part of the tree with the text, without line breaks."""
    part = body(markdown, **changes).get_element_by_id("doc-text")
    return "".join(html.tostring(child, encoding="unicode") for child in part).replace("\n", "")


def outline(element: HtmlElement) -> list[str]:
    """The elements right below one, as tag#id."""
    return [f"{child.tag!s}#{child.get('id', '')}" for child in element]


def test_one_article_holds_the_head_the_text_the_notes_and_the_colophon() -> None:
    tree = body("Words.^[A note.]")
    assert outline(tree) == ["main#doc-main"]
    (article,) = tree[0]
    assert (article.tag, article.get("aria-labelledby")) == ("article", "doc-title")
    assert outline(article) == ["header#doc-head", "div#doc-text", "section#doc-notes", "footer#doc-about"]


def test_without_notes_there_is_no_section_for_them() -> None:
    assert outline(body("Words.")[0][0]) == ["header#doc-head", "div#doc-text", "footer#doc-about"]


def test_the_masthead_has_plain_parts() -> None:
    head = body("Words.").get_element_by_id("doc-head")
    assert [(part.tag, part.get("class")) for part in head] == [
        ("p", "kicker"),
        ("h1", "title"),
        ("ul", "issuers"),
        ("p", "dateline"),
    ]
    (time,) = head.xpath(".//time")
    assert (time.get("datetime"), time.text) == ("2024-05-01", "1 May 2024")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("a\n\nb", '<p id="p1">a</p><p id="p2">b</p>'),
        ("- a\n- b", '<ul><li><span id="p1">a</span></li><li><span id="p2">b</span></li></ul>'),
        ("- a\n\n- b", '<ul><li><p id="p1">a</p></li><li><p id="p2">b</p></li></ul>'),
        ("> a", '<blockquote><p id="p1">a</p></blockquote>'),
        ("iv. a\nv. b", '<ol start="4" type="i"><li><span id="p1">a</span></li><li><span id="p2">b</span></li></ol>'),
        ("a\n:   b", '<dl><dt>a</dt><dd><span id="p1">b</span></dd></dl>'),
        ("| a\n| b", '<div class="line-block" id="p1">a<br>b</div>'),
        ("# A {#x}", '<h2 id="x">A</h2>'),
        ("```\na  b\n```", "<pre><code>a  b</code></pre>"),
        ("::: {lang=fr}\na\n:::", '<div lang="fr"><p id="p1">a</p></div>'),
        ("::: para\na\n:::", '<div class="para"><p id="p1">a</p></div>'),
        ("- [ ] a\n- [x] b", '<ul><li><span id="p1">☐ a</span></li><li><span id="p2">☒ b</span></li></ul>'),
        ("***", "<hr>"),
        ('"a" -- b...', '<p id="p1">"a" -- b...</p>'),
        ("a < b & c", '<p id="p1">a &lt; b &amp; c</p>'),
    ],
)
def test_each_construct_becomes_its_element(markdown: str, expected: str) -> None:
    assert text(markdown) == expected


def test_long_lines_are_not_broken_and_words_do_not_run_together() -> None:
    words = "word " * 200
    assert body(words).get_element_by_id("p1").text == words.strip()
    assert body("a\nb  c").get_element_by_id("p1").text_content() == "a b c"


def test_an_abbreviation_says_what_it_stands_for() -> None:
    terms = (Term("UN", "abbreviation", "United Nations"),)
    assert text("The UN.", terms=terms) == '<p id="p1">The <abbr title="United Nations">UN</abbr>.</p>'


def test_notes_have_a_heading_marks_and_ways_back() -> None:
    tree = body("One^[First.] two^[Second.\n]\n")
    section = tree.get_element_by_id("doc-notes")
    assert (section.get("role"), section.get("aria-labelledby")) == ("doc-endnotes", "doc-notes-title")
    assert (section[0].tag, section[0].text) == ("h2", "Notes")
    assert section.find("hr") is None
    marks = tree.xpath(".//a[@role='doc-noteref']")
    backs = section.xpath(".//a[@role='doc-backlink']")
    assert [(mark.get("href"), mark.get("id")) for mark in marks] == [("#fn1", "fnref1"), ("#fn2", "fnref2")]
    assert [back.get("href") for back in backs] == ["#fnref1", "#fnref2"]
    assert [back.get("aria-label") for back in backs] == [f"Back to the text at note {number}" for number in (1, 2)]


@pytest.mark.parametrize("language", ["uk", "fa"])
def test_english_labels_in_another_language_say_that_they_are_english(language: str) -> None:
    tree = body("A^[note].", language=language)
    english = [
        *tree.xpath(".//p[@class='kicker']/span"),
        *tree.xpath(".//h2[@id='doc-notes-title']/span"),
        *tree.xpath(".//a[@role='doc-backlink']"),
        *tree.xpath(".//footer/h2/span"),
        *tree.xpath(".//footer/dl/dt/span"),
    ]
    assert [part.get("lang") for part in english] == ["en"] * 6
    assert tree.xpath(".//*[@lang]") == tree.xpath(".//*[@lang='en']")
    assert len(tree.xpath(".//*[@lang]")) == 6


def test_english_labels_leave_the_blocks_around_them_in_the_direction_of_the_edition() -> None:
    tree = body("A^[note].", language="ur")
    assert {part.tag for part in tree.xpath(".//*[@dir]")} == {"span", "a"}
    assert [about.text_content().strip() for about in tree.xpath(".//footer/dl/dd")] == [
        "The Office",
        "All rights reserved",
    ]


def test_labels_in_the_language_of_the_edition_say_nothing() -> None:
    assert body("A^[note].", language="fr").xpath(".//*[@lang]") == []


TABLES = """| a | b |
|---|---|
| 1 | 2 |

: The caption

+---+---+
| a | b |
+===+===+
| 1 | 2 |
+---+---+

| c |
|---|
| 3 |

: Another
"""


def test_header_cells_say_what_they_head() -> None:
    cells = body(TABLES).xpath(".//th")
    assert [(cell.text, cell.get("scope")) for cell in cells] == [(name, "col") for name in "ababc"]


def test_captions_have_names() -> None:
    assert [caption.get("id") for caption in body(TABLES).xpath(".//caption")] == ["doc-table-1", "doc-table-3"]


def test_pictures_and_their_captions() -> None:
    pictures = "![A dot](a.png)\n\n![](b.png){.decorative}\n\n![Caption](c.png){alt=Words}\n"
    tree = body(pictures)
    assert [(image.get("src"), image.get("alt")) for image in tree.xpath(".//img")] == [
        ("a.png", "A dot"),
        ("b.png", ""),
        ("c.png", "Words"),
    ]
    assert [caption.text_content() for caption in tree.xpath(".//figcaption")] == ["A dot", "Caption"]
    assert tree.xpath(".//@aria-hidden") == []


def test_each_caller_gets_a_tree_of_its_own() -> None:
    document = annotate(statement("Words."))
    first = fragment.body(document)
    first.clear()
    assert fragment.body(document).get_element_by_id("p1").text == "Words."


def test_a_header_cell_without_words_heads_nothing() -> None:
    table = body("|   | Yes |\n|---|-----|\n| A | 1   |\n")
    assert [(cell.tag, cell.get("scope")) for cell in table.xpath(".//thead/tr/*")] == [("td", None), ("th", "col")]


@pytest.mark.parametrize(
    ("language", "markdown", "expected"),
    [
        ("en", "[שלום]{lang=he}", '<span lang="he" dir="rtl">שלום</span>'),
        ("en", "[oui]{lang=fr}", '<span lang="fr">oui</span>'),
        ("ar", "[oui]{lang=fr}", '<span lang="fr" dir="ltr">oui</span>'),
        ("ar", "[שלום]{lang=he}", '<span lang="he">שלום</span>'),
        ("en", "[x]{lang=he dir=ltr}", '<span lang="he" dir="ltr">x</span>'),
        ("en", "[[a]{lang=fr} ב]{lang=he}", '<span lang="he" dir="rtl"><span lang="fr" dir="ltr">a</span> ב</span>'),
        ("ar", "[[a]{lang=fr} b]{lang=en}", '<span lang="en" dir="ltr"><span lang="fr">a</span> b</span>'),
    ],
)
def test_a_language_that_runs_the_other_way_says_so(language: str, markdown: str, expected: str) -> None:
    assert expected in text(markdown, language=language)


def test_a_term_that_runs_the_other_way_says_so() -> None:
    terms = (Term("كوفية", "foreign", language="ar"),)
    assert '<span class="foreign" lang="ar" dir="rtl">كوفية</span>' in text("The كوفية.", terms=terms)


def test_english_labels_on_a_page_from_right_to_left_run_from_left_to_right() -> None:
    tree = body("A^[note].", language="fa")
    labelled = tree.xpath(".//*[@lang='en']")
    assert len(labelled) == 6
    assert {part.get("dir") for part in labelled} == {"ltr"}


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("1.", None),
        ("1)", "decimal-paren"),
        ("(1)", "decimal-parens"),
        ("(a)", "lower-alpha-parens"),
        ("B)", "upper-alpha-paren"),
        ("(iv)", "lower-roman-parens"),
        ("(#)", "decimal-parens"),
    ],
)
def test_brackets_around_the_numbers_of_a_list_are_kept(first: str, name: str | None) -> None:
    (listing,) = body(f"> {first} one\n").xpath(".//blockquote//ol")
    assert listing.get("class") == name
    assert listing.getparent().tag == "blockquote"


def test_brackets_inside_brackets_are_kept() -> None:
    tree = body("(a) one\n\n    i) two\n\n    ii) three\n\n(b) four\n")
    assert [each.get("class") for each in tree.iter("ol")] == ["lower-alpha-parens", "lower-roman-paren"]


@pytest.mark.parametrize("arrow", ["↔", "↩", "↔\ufe0e", "→"])
def test_arrows_are_as_the_master_has_them(arrow: str) -> None:
    assert body(f"A {arrow} B").get_element_by_id("p1").text_content() == f"A {arrow} B"


@pytest.mark.parametrize(
    "markdown", ["![[Un drapeau]{lang=fr}](media/flag.png)", "![Un drapeau](media/flag.png){lang=fr}"]
)
def test_a_picture_and_its_caption_speak_the_same_language(markdown: str) -> None:
    (figure,) = body(markdown).iter("figure")
    assert figure.get("lang") == "fr"
    assert not figure.xpath("./img/@lang")


def test_a_caption_in_two_languages_is_not_all_in_one() -> None:
    (figure,) = body("![A flag, [un drapeau]{lang=fr}](media/flag.png)").iter("figure")
    assert figure.get("lang") is None


def test_a_heading_at_the_head_of_a_foreign_passage_keeps_its_name() -> None:
    made = text('::: {lang="fr"}\n# Titre\n\nTexte.\n:::')
    assert '<section lang="fr"><h2 id="titre">Titre</h2>' in made


GRID = "+----------+---+\n| A        | B |\n+==========+===+\n| {0} [x] o | b |\n+----------+---+\n"


@pytest.mark.parametrize(
    "markdown", [GRID.format("- "), GRID.format("1."), "Text[^1]\n\n[^1]: - [x] o", "Text[^1]\n\n[^1]: 1. [x] o"]
)
def test_the_box_of_a_task_is_a_word_in_cells_and_notes_too(markdown: str) -> None:
    made = body(markdown)
    (item,) = [each for each in made.iter("li") if str(each.text_content()).startswith("☒ o")]
    assert [each.tag for each in item.iter("input", "label")] == []
