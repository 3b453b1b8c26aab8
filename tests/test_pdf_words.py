"""The words of the page are the words of the PDF, in order: by its structure, and to common readers."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from lxml import html
from pikepdf import Pdf, parse_content_stream

from pdf_pages import LONG, page, reading, written

SENTENCES = " ".join(
    f"No. {n}: a <em>state-of-the-art</em> post-war, pre- and post-treaty order, {'x' * (n % 9)} so <b>it</b> is."
    for n in range(60)
)
MARK = '<a href="#n" role="doc-noteref"><sup>1</sup></a>'


def words(body: str) -> list[str]:
    """The words of an HTML body."""
    tree = html.fromstring(page(body)).find("body")
    assert tree is not None
    for element in tree.iter("p", "li", "td", "th", "br", "h1", "h2", "dt", "dd", "caption", "figcaption"):
        element.tail = f" {element.tail or ''}"
        element.text = f" {element.text or ''}"
    return str(tree.text_content()).split()


def extracted(content: bytes, folder: Path, *options: str) -> list[str]:
    """The words that pdftotext finds."""
    path = folder / "a.pdf"
    path.write_bytes(content)
    done = subprocess.run(["pdftotext", *options, str(path), "-"], check=True, capture_output=True, text=True)
    return done.stdout.split()


@pytest.mark.parametrize("body", [f"<p>{LONG}</p>", f"<p>{SENTENCES}</p>", f"<p><em>{LONG}</em></p>"])
def test_words_at_line_ends_stay_apart(body: str) -> None:
    assert reading(body).document.words() == words(body)


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_pdftotext_finds_every_word_in_order(options: tuple[str, ...], tmp_path: Path) -> None:
    body = f"<h1>A title of several words that go over the line</h1><p>{SENTENCES}</p>"
    css = "@page { @top-left { content: none } @bottom-center { content: none } }"
    assert extracted(written(body, css), tmp_path, *options) == words(body)


def test_words_in_pieces_stay_whole_and_apart() -> None:
    body = f"<p>{'<em>one</em><strong>two</strong> <code>three</code> <em>four</em>, ' * 30}</p>"
    assert reading(body).document.words() == words(body)


def test_words_stay_apart_where_a_space_is_all_that_is_left_of_a_line() -> None:
    body = "<p>" + "".join(f"<em>{'w' * length}</em> {'v' * (90 - length)} " for length in range(1, 80)) + "</p>"
    assert reading(body, "@page { size: 1000pt 595pt; margin-right: 626pt }").document.words() == words(body)


def test_spaces_are_drawn_and_not_only_told() -> None:
    assert reading(f"<p>{SENTENCES}</p><p>{'<em>one</em> <strong>two</strong> ' * 40}</p>").replaced == 0


@pytest.mark.parametrize(
    "text",
    [
        "{0}{mark} ",
        "<b>{0}</b>{mark} ",
        "<em>{0}{mark} and</em> ",
        "{0}<em>{mark} </em>",
        "{0}{mark}<em> {0}</em> ",
        "{0}{mark} <em>{0}</em>{mark} ",
        "{0}{mark}{mark} ",
    ],
)
def test_the_space_behind_a_note_mark_is_not_in_the_mark(text: str) -> None:
    body = "".join(text.format(f"w{'x' * (number % 7)}", mark=MARK) for number in range(150))
    whole = reading(f"<p>{body}</p><p id='n'>n</p>")
    assert {link.text() for link in whole.document.all("Link")} == {"1"}
    assert whole.document.words() == words(f"<p>{body}</p><p>n</p>")
    assert whole.replaced == 0
    assert whole.loose == ""
    assert whole.unreached == ()


@pytest.mark.parametrize("options", [(), ("-raw",)])
def test_the_space_behind_a_note_mark_is_one_space_to_pdftotext(options: tuple[str, ...], tmp_path: Path) -> None:
    body = "".join(f"<p>{'x' * (number % 50)} {f'word{MARK} ' * 20}</p>" for number in range(50)) + "<p id='n'>n</p>"
    css = "@page { @top-left { content: none } @bottom-center { content: none } }"
    css += " sup { font-size: 10pt; vertical-align: baseline }"
    assert extracted(written(body, css), tmp_path, *options) == words(body)


def test_the_break_behind_a_note_mark_is_not_in_the_mark() -> None:
    lines = f"one{MARK}<br>{MARK}two<em>{MARK}<br>three{MARK}<br></em> four"
    whole = reading(f"<div class='line-block'>{lines}</div><p id='n'>n</p>")
    assert whole.document.all("P")[0].text() == "\none1 1two1 three1 four\n"
    assert {link.text() for link in whole.document.all("Link")} == {"1"}
    assert whole.replaced == 0


def test_the_space_behind_a_note_mark_is_drawn_behind_it() -> None:
    with Pdf.open(BytesIO(written(f"<p>one{MARK}<br>two</p><p id='n'>n</p>"))) as pdf:
        drawn = [each.operands for each in parse_content_stream(pdf.pages[0]) if str(each.operator) == "Tm"]
    one, mark, space, two = (float(matrix[4]) for matrix in drawn[:4])
    assert one == two < mark < space < mark + 10


def test_lines_ended_on_purpose_keep_words_apart() -> None:
    assert reading("<p>one<br>two<br><em>three</em><br>four</p>").document.text() == "\none two three four\n"
    assert reading("<pre>one\ntwo\n\nthree</pre>").document.words() == ["one", "two", "three"]


def test_a_broken_address_stays_whole() -> None:
    address = "https://example.org/" + "abc-def/" * 30
    assert reading(f'<p>see <a href="{address}">{address}</a></p>').document.words() == ["see", address]


@pytest.mark.parametrize(
    "text",
    [
        "a-b c\u2010d e",
        "c\u2010d a-b",
        "10\u202f000 1\u2009000",
        "1\u2009000 10\u202f000",
        "it’s \u02bcokina",
        "\u02bcokina it’s",
        "5\u00a0km \u00b5 \u03bc \u03a9 \u2126",
        "office affluent ﬁrst",
        "e\u0301 n\u0303 \u1e3f",
    ],
)
def test_characters_that_look_alike_are_told_apart(text: str) -> None:
    assert reading(f"<p>{text}</p>").document.text() == f"\n{text}\n"


def test_capitals_of_a_style_are_not_capitals_of_the_text(tmp_path: Path) -> None:
    body = f"<h2>A Joint Statement</h2><p>{'Some Words Of a Text ' * 20}</p>"
    css = "h2, p { text-transform: uppercase }"
    assert reading(body, css).document.words() == words(body)
    assert extracted(written(body, css), tmp_path, "-l", "1")[: len(words(body))][:3] != ["A", "JOINT", "STATEMENT"]


def test_a_hyphen_put_in_by_a_line_break_is_soft() -> None:
    body = "".join(f"<p>{'x' * n} {'inter&shy;nation&shy;al&shy;iza&shy;tion ' * 9}</p>" for n in range(1, 9))
    text = reading(body).document.text()
    assert "\u00ad" in text
    assert "\u2010" not in text
    assert text.replace("\u00ad", "").split() == words(body.replace("&shy;", ""))


def test_no_line_ends_in_a_hyphen_of_the_text() -> None:
    body = f"<p>{'rules-based ' * 200}</p>"
    assert set(reading(body).document.words()) == {"rules-based"}
    assert all("-" not in kid.strip()[-1:] for kid in reading(body).document.all("P")[0].kids if isinstance(kid, str))


def test_soft_hyphens_and_joiners_stay_out_of_outline_and_links() -> None:
    whole = reading(
        '<h2 id="a">A rules-based inter&shy;national</h2><p><a href="#a">a rules-based inter&shy;national</a></p>'
    )
    assert whole.outline == ((1, "A rules-based international"),)
    assert whole.document.all("Link")[0].links()[0].contents == "a rules-based international"


ARABIC = """يولد جميع الناس أحراراً متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميراً (Article 1, 1948) وعليهم أن
يعامل بعضهم بعضاً بروح الإخاء. لكل إنسان حق التمتع بكافة الحقوق والحريات الواردة في هذا الإعلان، دون أي تمييز."""
HEBREW = """כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון (Article 1, 1948),
לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה."""
RIGHT_TO_LEFT = [("ar", "Amiri", ARABIC), ("he", "Frank Ruhl Libre", HEBREW)]


@pytest.mark.parametrize(("language", "font", "text"), RIGHT_TO_LEFT)
def test_words_from_right_to_left_are_read_in_order(language: str, font: str, text: str) -> None:
    few = " ".join(text.split()[:8])
    body = f"""<div lang="{language}" dir="rtl"><h2>{few}</h2><p>{text}</p><p><em>{few}</em> {text}</p>
<table><tr><td>{few}</td><td>{text}</td></tr></table></div>
<p>English with <span lang="{language}" dir="rtl">{few}</span> inside, and <em lang="{language}">{text}</em>, to
the end.</p>"""
    document = reading(body, f'html {{ font-family: "{font}", "Source Serif 4" }}').document
    assert document.words() == words(body)
    turned = [element for element in document.walk() if element.actual is not None]
    assert {element.role for element in turned} == {"Span"}
    assert len(turned) > 10


@pytest.mark.parametrize(("language", "font", "text"), RIGHT_TO_LEFT)
def test_the_space_behind_a_note_mark_keeps_words_apart_from_right_to_left(language: str, font: str, text: str) -> None:
    marked = " ".join(f"{word}{MARK}" for word in text.split())
    body = f'<div id="n" lang="{language}" dir="rtl"><p>{marked}</p><p>{text}{MARK}<br>{text}</p></div>'
    document = reading(body, f'html {{ font-family: "{font}", "Source Serif 4" }}').document
    assert document.words() == words(body)
    assert {link.text() for link in document.all("Link")} == {"1"}


def test_words_that_run_to_the_right_need_no_other_text() -> None:
    assert not [element for element in reading().document.walk() if element.actual is not None]


BREAKING = """html { overflow-wrap: break-word }
@page { @top-left { content: none } @bottom-center { content: none } }"""


def test_a_word_inside_an_element_that_fills_lines_is_not_cut(tmp_path: Path) -> None:
    inner = "The <em>United Nations</em> General <a href='https://example.org/'>Assembly</a> of member states, "
    body = f"<p><span lang='fr'>{inner * 30}</span></p>"
    found = extracted(written(body, BREAKING), tmp_path, "-raw")
    assert found == words(body)


def test_a_word_longer_than_a_line_is_cut_all_the_same(tmp_path: Path) -> None:
    body = f"<p><em>{'long' * 60} <b>{'more' * 60}</b></em></p>"
    found = extracted(written(body, BREAKING), tmp_path, "-raw")
    assert "".join(found) == "".join(words(body))
    assert len(found) > 4
