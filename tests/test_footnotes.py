"""Notes at the foot of the page that refers to them: whole, on the right page, tagged; or else all at the end."""

from __future__ import annotations

import random
import re
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

import pdf_type
from communique.checks.judges import verapdf
from communique.checks.reading import pdf as pdf_reading
from communique.checks.reading import pdf_structure
from communique.checks.reading.labels import labels
from communique.document import Document, annotate
from communique.errors import ToolFailed
from communique.writers import footnotes, fragment, paper, pdf
from communique.writers.pdf import seam
from communique.writers.pdf.footing import NotesAstray
from communique.writers.pdf.profiles import DEFAULT
from samples import statement

NOTE = "Words with a note.[^1]\n\n[^1]: The note.\n"


@cache
def made(body: str, language: str = "en") -> bytes:
    """The PDF of a text alone."""
    return paper.write_all(annotate(statement(body, language=language)))[DEFAULT]


def text_of(seed: int, kinds: str, most: int = 60) -> str:
    """Pages of paragraphs with notes here and there; every word of note 7 is n7n, and its mark follows m7m."""
    rng = random.Random(seed)
    notes: list[str] = []

    def words() -> str:
        found = []
        for _ in range(rng.randint(5, 150)):
            found.append("word")
            if rng.random() < 0.03:
                number = len(notes) + 1
                notes.append(f"[^{number}]: " + " ".join([f"n{number}n"] * rng.randint(2, most)))
                found.append(f"m{number}m[^{number}]")
        return " ".join(found)

    forms = {"p": "{}", "l": "- {}\n- {}", "o": "1. {}\n\n2. {}\n\n    {}", "q": "> {}", "d": "Term\n:   {}"}
    parts = [re.sub("{}", lambda _: words(), forms[rng.choice(kinds)]) for _ in range(rng.randint(20, 40))]
    return "\n\n".join([*parts, *notes])


def pages(content: bytes, pattern: str) -> dict[int, list[int]]:
    """For each number in words like n7n the pages on which they stand, once for each."""
    found: dict[int, list[int]] = {}
    for line in pdf_type.lines(content):
        for number in re.findall(pattern, line.text):
            found.setdefault(int(number), []).append(line.page)
    return found


@pytest.mark.parametrize(("seed", "kinds"), [(7, "p"), (18, "p"), (9, "plq"), (3, "loqd"), (13, "lo"), (21, "pqd")])
def test_every_note_is_whole_on_the_page_of_its_mark(seed: int, kinds: str) -> None:
    body = text_of(seed, kinds)
    content = made(body)
    marks, notes = pages(content, r"m(\d+)m"), pages(content, r"n(\d+)n")
    assert pdf_reading.has_notes_at_foot(content)
    assert len(marks) > 10
    assert {number: len(found) for number, found in notes.items()} == {
        number: body.count(f"n{number}n") for number in marks
    }
    assert {number: set(found) for number, found in notes.items()} == {
        number: set(found) for number, found in marks.items()
    }


def test_forty_notes_of_a_page_stand_at_its_foot() -> None:
    body = "\n\n".join(f"Line {number}.[^{number}]" for number in range(12)) + "\n\n"
    body += " ".join(f"Word[^{number}]" for number in range(12, 40)) + "\n\n"
    content = made(body + "\n\n".join(f"[^{number}]: n{number}n." for number in range(40)))
    assert pdf_reading.has_notes_at_foot(content)
    assert {number: len(found) for number, found in pages(content, r"n(\d+)n").items()} == dict.fromkeys(range(40), 1)


def test_notes_stand_below_the_text_and_above_the_page_number() -> None:
    lines = pdf_type.lines(made(text_of(7, "p")))
    for page in range(max(line.page for line in lines)):
        here = [line for line in lines if line.page == page and not line.is_artifact]
        notes = [line.baseline for line in here if re.search(r"n\d+n", line.text)]
        text = [line.baseline for line in here if re.search(r"word|m\d+m", line.text)]
        assert not notes or max(text) + 12 < min(notes) < max(notes) < 842 - 96


def test_the_text_above_notes_keeps_the_grid() -> None:
    lines = [line for line in pdf_type.lines(made(text_of(7, "p"))) if line.text.startswith("word")]
    assert len({round(line.baseline % 15, 1) for line in lines}) == 1


def test_what_the_structure_says() -> None:
    body = "One.[^1] Two.[^2]\n\n> *Three[^3] four.*\n\n- five[^4] six\n\n[^1]: A *first* note.\n\n    Its second part."
    body += "".join(f"\n\n[^{number}]: Note {number}." for number in (2, 3, 4))
    document = pdf_structure.read(made(body)).document
    notes = document.all("Note")
    assert [note.identifier for note in notes] == ["fn1", "fn2", "fn3", "fn4"]
    assert [[child.role for child in note.children()] for note in notes] == [["Lbl", "P", "P"], *[["Lbl", "P"]] * 3]
    assert [note.children()[0].text().strip() for note in notes] == ["1.", "2.", "3.", "4."]
    assert notes[0].words() == ["1.", "A", "first", "note.", "Its", "second", "part."]
    back = [note.children()[0].all("Link")[0].links()[0] for note in notes]
    assert [link.target for link in back] == ["fnref1", "fnref2", "fnref3", "fnref4"]
    assert back[0].contents == "Back to the text at note 1"
    parents = [element.role for element in document.walk() for child in element.children() if child.role == "Note"]
    assert parents == ["P", "P", "P", "LBody"]
    targets = [
        link.target for element in document.all("Reference") for each in element.all("Link") for link in each.links()
    ]
    assert [target for target in targets if not target.startswith("fnref")] == ["fn1", "fn2", "fn3", "fn4"]
    assert pdf_reading.pdf(made(body)).note_words[1] == ("Note", "2.")


def test_a_note_is_read_right_behind_its_mark() -> None:
    (paragraph,) = [each for each in pdf_structure.read(made(NOTE)).document.all("P") if "Words" in each.text()]
    assert [
        kid if isinstance(kid, str) else kid.role
        for kid in paragraph.kids
        if isinstance(kid, (str, pdf_structure.Element))
    ] == [
        "Words with a note.",
        "Reference",
        "Note",
    ]


def test_a_note_does_not_take_over_the_look_of_its_mark() -> None:
    fonts = {
        line.text: line.font
        for line in pdf_type.lines(made("***Loud***[^1] *and slanted[^2] words*\n\n[^1]: Calm.\n\n[^2]: Upright."))
    }
    assert "Ital" in fonts["and slanted"]
    assert not re.search("Ital|Bold", fonts["Calm."] + fonts["Upright."])


def test_a_note_keeps_its_language_in_a_part_of_another() -> None:
    content = made("::: {lang=fr}\nUn mot.[^1]\n:::\n\n[^1]: An English note.")
    (note,) = pdf_structure.read(content).document.all("Note")
    assert note.language == "en"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_heading_for_notes_is_not_drawn(language: str) -> None:
    content = made(NOTE.replace("Words", "كلمات") if language == "ar" else NOTE, language)
    heading = labels(language).words["notes"]
    assert pdf_reading.has_notes_at_foot(content)
    assert heading not in [each.text().strip() for each in pdf_structure.read(content).document.all("H2")]


# Documents whose notes stay at the end.

LONG = "word " * 220
AT_THE_END = {
    "a list": "One.[^1]\n\n[^1]: Note.\n\n    - a list",
    "code": "One.[^1]\n\n[^1]: Note.\n\n        code",
    "a quotation": "One.[^1]\n\n[^1]: Note.\n\n    > quoted",
    "a long note": f"One.[^1]\n\n[^1]: {LONG}",
    "a note of pages": f"One.[^1]\n\n[^1]: {LONG * 30}",
    "many long notes of one paragraph": " ".join(f"W[^{n}]" for n in range(3))
    + f"\n\n[^0]: {LONG[:900]}\n\n[^1]: {LONG[:900]}\n\n[^2]: {LONG[:900]}",
    "a heading": "# One[^1]\n\nWords.\n\n[^1]: Note.",
    "a table": "| A |\n|---|\n| b[^1] |\n\n[^1]: Note.",
    "a table's head": "| A[^1] |\n|---|\n| b |\n\n[^1]: Note.",
    "a caption": "| A |\n|---|\n| b |\n\n: Caption[^1]\n\n[^1]: Note.",
    "a wide table": "|"
    + "Internationalization |" * 8
    + "\n"
    + "|---" * 8
    + "|\n|"
    + "Internationalization[^1] |"
    + "b |" * 7
    + "\n\n[^1]: Note.",
    "a term": "Term[^1]\n:   Meaning.\n\n[^1]: Note.",
    "a line of verse": "| A line[^1]\n| of verse\n\n[^1]: Note.",
    "struck words": "~~Words[^1] struck~~ here.\n\n[^1]: Note.",
    "one of two": "# One[^1]\n\nWords.[^2]\n\n[^1]: Note.\n\n[^2]: Other.",
}


@pytest.mark.parametrize("name", AT_THE_END)
def test_notes_that_cannot_all_go_stay_at_the_end_all(name: str) -> None:
    content = made(AT_THE_END[name])
    document = pdf_structure.read(content).document
    assert not pdf_reading.has_notes_at_foot(content)
    assert "Notes" in [each.text().strip() for each in document.all("H2")]
    assert len(document.all("Note")) == len(set(re.findall(r"^\[\^\d+\]:", AT_THE_END[name], re.M)))
    words = [word for note in pdf_reading.pdf(content).note_words for word in note]
    assert len(words) >= len(AT_THE_END[name].split("]:", 1)[1].split("[^")[0].split()) - 4


def composed(markdown: str) -> tuple[HtmlElement, HtmlElement, bool]:
    """A page before and after its notes were placed, and whether they were."""
    document = annotate(statement(markdown))
    before, after = fragment.body(document), fragment.body(document)
    return before, after, footnotes.place(after, "en")


@pytest.mark.parametrize("name", AT_THE_END)
def test_a_page_whose_notes_stay_is_not_touched(name: str) -> None:
    before, after, done = composed(AT_THE_END[name])
    assert not done
    assert html.tostring(before) == html.tostring(after)


def test_a_page_without_notes_is_not_touched() -> None:
    before, after, done = composed("Words.")
    assert not done
    assert html.tostring(before) == html.tostring(after)


def test_no_letter_is_lost_or_moved_but_the_notes_themselves() -> None:
    before, after, done = composed("One[^1], *two[^2]* three.\n\n[^1]: Alpha.\n\n    Beta.\n\n[^2]: C *d* e.")
    assert done
    (section,) = before.xpath(".//section[@role='doc-endnotes']")
    section.drop_tree()
    feet = after.xpath(".//*[@role='doc-footnote']")
    assert [str(foot.text_content()) for foot in feet] == ["1.Alpha.Beta.", "2.C d e."]
    for foot in feet:
        foot.drop_tree()
    assert html.tostring(before) == html.tostring(after)


def test_more_notes_than_a_document_may_have_at_its_feet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(footnotes, "MANY", 1)
    assert composed(NOTE)[2]
    assert not composed("One[^1] two[^2].\n\n[^1]: A.\n\n[^2]: B.")[2]


# What the engine does wrong by itself.


def in_one_go(document: Document) -> bytes:
    """The PDF with its notes at the foot, whatever becomes of them."""
    source = pdf.Source(paper.compose(document, notes_at_foot=True), paper.style("base", "pdf"), {})
    return pdf.write_all(source, pdf.Facts("T", "en"), [DEFAULT])[DEFAULT]


def test_the_engine_alone_loses_notes_and_then_all_stand_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam, "kept_notes", nullcontext)
    for seed in (4, 6, 10, 11, 13):
        document = annotate(statement(text_of(seed, "p")))
        try:
            in_one_go(document)
        except NotesAstray as astray:
            said = str(astray)
            break
    else:
        pytest.fail("the engine has learnt to keep its notes: seam.kept_notes can go")
    assert re.match(r"PDF: the note #fn\d+ is not whole at the foot of its page \(", said)
    content = paper.write_all(document)[DEFAULT]
    assert not pdf_reading.has_notes_at_foot(content)
    assert pages(content, r"n(\d+)n").keys() == pages(content, r"m(\d+)m").keys()


def test_a_note_that_is_drawn_in_part_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    css = paper.style("base", "pdf") + '[role="doc-footnote"] em { display: none }'
    monkeypatch.setattr(paper, "style", lambda *_: css)
    page = paper.compose(annotate(statement("One.[^1]\n\n[^1]: A *hidden* word.")), notes_at_foot=True)
    with pytest.raises(ToolFailed, match="note #fn1 is not whole"):
        pdf.write_all(pdf.Source(page, css, {}), pdf.Facts("T", "en"), [DEFAULT])


def test_the_engine_is_left_as_it_was() -> None:
    from weasyprint.layout import block

    before = block._linebox_layout
    made(NOTE)
    assert block._linebox_layout is before
    assert seam.broken() == []


@pytest.mark.judge
def test_notes_at_the_foot_meet_the_standards(tmp_path: Path) -> None:
    (tmp_path / "notes.pdf").write_bytes(made(text_of(3, "ploqd")))
    (tmp_path / "parts.pdf").write_bytes(
        made("One.[^1]\n\n[^1]: Note *one* with a [link](https://example.org/).\n\n    Two.")
    )
    second = tmp_path / "second"
    second.mkdir()
    (second / "notes.pdf").write_bytes(
        paper.write_all(annotate(statement(text_of(3, "ploqd"))), ["ua2+a4f"])["ua2+a4f"]
    )
    files = sorted(tmp_path.glob("*.pdf"))
    assert verapdf.under("2a").findings(files) == ()
    assert verapdf.under("ua1").findings(files) == ()
    assert verapdf.under("ua2").findings([second / "notes.pdf"]) == ()
