"""The words of each master, in order, are the words of each of its outputs; and a wrong word is noticed."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Pdf

import readers
from conftest import MASTERS
from readers import Reading

READERS: dict[str, Callable[[bytes], Reading]] = {
    "html": readers.html_file,
    "epub": readers.epub,
    "docx": readers.docx,
    "pdf": readers.pdf,
}
PDFS = ("pdf", "ua1+a3a.pdf", "ua2+a4f.pdf", "large.pdf", "large.ua1+a3a.pdf", "large.ua2+a4f.pdf")
"""The PDFs with a structure, in all profiles; that for the press is read as it lies on its sheets."""
EDITIONS = [(folder, language) for folder in MASTERS for language in readers.editions(folder)]
NAMES = [readers.stem(folder, language) for folder, language in EDITIONS]
REAL = next(folder for folder in MASTERS if folder.name == "joint-statement-dprk-human-rights")
SINK = next(folder for folder in MASTERS if folder.name == "kitchen-sink")


def output(built: Path, folder: Path, language: str, suffix: str) -> bytes:
    """One output of an edition."""
    return (built / folder.name / f"{readers.stem(folder, language)}.{suffix}").read_bytes()


def agree(wanted: Reading, found: Reading, suffix: str) -> bool:
    """Whether two readings say the same; a PDF draws no characters without width."""
    return wanted.unseen() == found.unseen() if suffix == "pdf" else wanted == found


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=NAMES)
@pytest.mark.parametrize("suffix", READERS)
def test_every_format_says_the_words_of_the_master(built: Path, folder: Path, language: str, suffix: str) -> None:
    wanted = readers.master(folder, language)
    found = READERS[suffix](output(built, folder, language, suffix))
    if suffix == "pdf":
        wanted, found = wanted.unseen(), found.unseen()
    assert found.words == wanted.words
    assert found.notes == wanted.notes
    assert found.descriptions == wanted.descriptions


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=NAMES)
@pytest.mark.parametrize("suffix", PDFS[1:])
def test_every_pdf_says_the_words_of_the_first(built: Path, folder: Path, language: str, suffix: str) -> None:
    first, other = (readers.pdf(output(built, folder, language, each)) for each in ("pdf", suffix))
    assert len(first.words) > 50
    assert other == first


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=NAMES)
def test_the_words_on_the_pages_of_the_pdf_are_those_of_the_master(built: Path, folder: Path, language: str) -> None:
    """Poppler takes columns of tables for columns of text, and in the order of drawing cuts words at raised signs."""
    content = output(built, folder, language, "pdf")
    at_foot = readers.has_notes_at_foot(content)
    wanted = readers.without_markers(as_printed(folder, language, at_foot))
    assert Counter(readers.pdf_as_copied(content)) == Counter(wanted)
    feet = readers.master(folder, language).unseen().notes if at_foot else ()
    assert without("".join(readers.pdf_as_copied(content, "-raw")), feet) == without("".join(wanted), feet)


def without(drawn: str, notes: tuple[readers.Words, ...]) -> str:
    """Running words without those notes, each of which must stand in one piece."""
    for note in notes:
        before, found, after = drawn.partition("".join(note))
        assert found
        drawn = before + after
    return drawn


def as_printed(folder: Path, language: str, notes_at_foot: bool) -> tuple[str, ...]:
    """All words of an edition in the order of its pages: the text with numbers as marks, the notes, the colophon.

    At the foot of their pages notes need no heading.
    """
    reading = readers.master(folder, language).unseen()
    end = len(reading.words) - len(colophon(folder, language))
    heading = [readers.label_texts(language)["notes"]] if reading.notes and not notes_at_foot else []
    notes = [word for note in reading.notes for word in note]
    text = " ".join([*reading.words[:end], *heading, *notes, *reading.words[end:]])
    for number in range(1, len(reading.notes) + 1):
        text = text.replace(readers.sign(number), str(number))
    return tuple(text.split())


def colophon(folder: Path, language: str) -> tuple[str, ...]:
    """The words of the last part of an edition."""
    return readers.words(" ".join(readers.colophon(readers.metadata(folder, language))))


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=NAMES)
def test_every_paragraph_can_be_cited_in_every_format(built: Path, folder: Path, language: str) -> None:
    names = {suffix: citable(suffix, output(built, folder, language, suffix)) for suffix in READERS}
    wanted = [f"p{number}" for number in range(1, len(names["html"]) + 1)]
    assert wanted
    assert names == {"html": wanted, "epub": wanted, "docx": wanted, "pdf": sorted(wanted)}


def citable(suffix: str, content: bytes) -> list[str]:
    """The names of paragraphs to which a link can lead; a PDF sorts them by their letters."""
    if suffix == "pdf":
        with Pdf.open(io.BytesIO(content)) as file:
            found = [str(name) for name in file.Root.Names.Dests.Names[::2]]
    elif suffix == "html":
        found = re.findall(r'\bid="(.*?)"', content.decode())
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = archive.read(PARTS[suffix][0]).decode()
        found = re.findall(r'\bid="(.*?)"' if suffix == "epub" else r'<w:bookmarkStart[^>]* w:name="(.*?)"', text)
    return [name for name in found if re.fullmatch(r"p\d+", name)]


def test_the_masters_say_enough_for_the_comparison_to_mean_something() -> None:
    sink = readers.master(SINK, "en")
    assert len(readers.master(REAL, "en").words) > 500
    assert (len(sink.words) > 500, len(sink.notes), len(sink.descriptions)) == (True, 2, 3)
    assert {"majeure.⟦1⟧", "soft\u00adhyphen,", "1\u00a0000\u00a0000\u00a0euros,"} <= set(sink.words)


def test_the_words_of_the_real_statement_are_those_received() -> None:
    """From the first word to the last before the part that the publisher repeated."""
    received = readers.words((REAL / "source/jointstatement121523.txt").read_text(encoding="utf-8"))
    given = readers.master(REAL, "en").words
    text = given[given.index("As") : len(given) - len(colophon(REAL, "en"))]
    start = received.index("As")
    assert len(text) > 400
    assert received[start : start + len(text)] == text


# A word that stands once in the text, the word before it, one to change it for, and one in another place.
WORD, BEFORE, OTHER, ELSEWHERE = "Ministers", "the", "ministers", "Signatories"
CHANGES: dict[str, list[tuple[str, str]]] = {
    "changed": [(WORD, OTHER)],
    "dropped": [(WORD, "")],
    "doubled": [(WORD, f"{WORD} {WORD}")],
    "moved": [(WORD, "\1"), (ELSEWHERE, WORD), ("\1", ELSEWHERE)],
    "joined": [(f"{BEFORE} <strong>{WORD}", f"{BEFORE}<strong>{WORD}")],
    "changed in a note": [("A short note", "A longer note")],
    "a lost soft hyphen": [("soft\u00adhyphen", "softhyphen")],
    "a lost no-break space": [("1\u00a0000", "1 000")],
    "a lost description": [('"small flag"', '""')],
}
# The same where a Word file has marks of its own.
_SPACE = '<w:r><w:t xml:space="preserve"> </w:t></w:r>'
_STRONG = '<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">Ministers<'
IN_WORD = {
    "joined": [(f"{_SPACE}{_STRONG}", _STRONG)],
    "a lost soft hyphen": [("<w:softHyphen/>", "")],
}
PARTS = {"epub": ("EPUB/text.xhtml",), "docx": ("word/document.xml", "word/footnotes.xml")}


def edited(content: bytes, suffix: str, changes: Sequence[tuple[str, str]]) -> bytes:
    """An output with changes made in its text, each at least once."""
    if suffix == "html":
        text, done = _replaced(content, changes)
    else:
        text, done = _repacked(content, PARTS[suffix], changes)
    assert done == {before for before, _ in changes}
    return text


def _replaced(text: bytes, changes: Sequence[tuple[str, str]]) -> tuple[bytes, set[str]]:
    done = set()
    for before, after in changes:
        done |= {before} if before.encode() in text else set()
        text = text.replace(before.encode(), after.encode())
    return text, done


def _repacked(content: bytes, names: Sequence[str], changes: Sequence[tuple[str, str]]) -> tuple[bytes, set[str]]:
    buffer, done = io.BytesIO(), set[str]()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text, made = _replaced(old.read(name), changes if name in names else [])
            new.writestr(name, text)
            done |= made
    return buffer.getvalue(), done


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("suffix", ["html", "epub", "docx"])
def test_a_wrong_word_is_noticed(built: Path, suffix: str, change: str) -> None:
    changes = IN_WORD.get(change, CHANGES[change]) if suffix == "docx" else CHANGES[change]
    content = edited(output(built, SINK, "en", suffix), suffix, changes)
    assert not agree(readers.master(SINK, "en"), READERS[suffix](content), suffix)


@pytest.mark.parametrize("suffix", ["html", "epub"])
def test_a_note_mark_in_the_wrong_place_is_noticed(built: Path, suffix: str) -> None:
    changes = [('href="#fn1"', "\1"), ('href="#fn2"', 'href="#fn1"'), ("\1", 'href="#fn2"')]
    content = edited(output(built, SINK, "en", suffix), suffix, changes)
    assert not agree(readers.master(SINK, "en"), READERS[suffix](content), suffix)


def test_a_note_mark_in_the_wrong_place_of_the_word_file_is_noticed(built: Path) -> None:
    content = output(built, SINK, "en", "docx")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    start = text.index("<w:footnoteReference")
    mark, elsewhere = text[start : text.index(">", start) + 1], ">hyphen, H</w:t>"
    moved = edited(content, "docx", [(mark, ""), (elsewhere, f"{elsewhere}{mark}")])
    assert not agree(readers.master(SINK, "en"), readers.docx(moved), "docx")


@pytest.mark.parametrize("change", ["changed", "dropped", "doubled", "moved"])
def test_a_wrong_word_in_the_pdf_is_noticed_by_both_readers(built: Path, change: str) -> None:
    content = with_wrong_glyphs(output(built, SINK, "en", "pdf"), change)
    assert not agree(readers.master(SINK, "en"), readers.pdf(content), "pdf")
    copied = "".join(readers.pdf_as_copied(content, "-raw"))
    assert copied != "".join(readers.without_markers(as_printed(SINK, "en", notes_at_foot=False)))


Drawing = list[tuple[list[Any], Any]]


def with_wrong_glyphs(content: bytes, change: str) -> bytes:
    """A PDF in which one of the texts drawn on the first page is not what it was."""
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as file:
        page = file.pages[0]
        drawing = [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(page)]
        first, second = two_texts_in_one_font(drawing)
        glyphs, others = drawing[first][0][0], drawing[second][0][0]
        match change:
            case "changed":
                glyphs[0] = next(glyph for glyph in reversed(strings(glyphs)) if bytes(glyph) != bytes(glyphs[0]))
            case "dropped":
                drawing[first][0][0] = pikepdf.Array()
            case "doubled":
                drawing[first][0][0] = pikepdf.Array([*glyphs, *glyphs])
            case "moved":
                drawing[first][0][0], drawing[second][0][0] = others, glyphs
        page.Contents = file.make_stream(pikepdf.unparse_content_stream(drawing))
        file.save(buffer)
    return buffer.getvalue()


def strings(glyphs: Any) -> list[Any]:
    """The glyphs of a text, without the distances between them and without blanks."""
    return [glyph for glyph in glyphs if isinstance(glyph, pikepdf.String) and bytes(glyph).strip(b"\0 ")]


def two_texts_in_one_font(drawing: Drawing) -> tuple[int, int]:
    """The places of two texts that are content, are read as drawn, and differ in what they show."""
    font, seen, is_content = "", dict[str, int](), False
    for place, (operands, operator) in enumerate(drawing):
        match str(operator):
            case "BDC":
                entries = operands[1] if isinstance(operands[1], Dictionary) else Dictionary()
                is_content = "/MCID" in entries and "/ActualText" not in entries
            case "Tf":
                font = str(operands[0])
            case "TJ" if is_content and len(operands[0]) > 12:
                if font in seen:
                    return seen[font], place
                seen[font] = place
    raise AssertionError("no font draws two texts")
