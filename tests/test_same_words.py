"""The words of each master, in order, are the words of each of its outputs; they lie on paper as they are read."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from pikepdf import Pdf

from communique.checks.reading import master as master_reading
from communique.checks.reading.docx import docx
from communique.checks.reading.edition import Edition
from communique.checks.reading.epub import epub
from communique.checks.reading.labels import labels
from communique.checks.reading.layout import as_copied, without_markers
from communique.checks.reading.markup import html_file
from communique.checks.reading.pdf import has_notes_at_foot, pdf
from communique.checks.reading.text import SIGN, Words, words
from communique.writers.pdf.profiles import PROFILES
from conftest import MASTERS

READERS = {"html": html_file, "epub": epub, "docx": docx, "pdf": pdf}
PDFS = ("pdf", "ua1+a3a.pdf", "ua2+a4f.pdf", "large.pdf", "large.ua1+a3a.pdf", "large.ua2+a4f.pdf")
"""The PDFs with a structure, in all profiles; that for the press is read as it lies on its sheets."""
EDITIONS = [(folder, language) for folder in MASTERS for language in master_reading.editions(folder)]
NAMES = [master_reading.stem(folder, language) for folder, language in EDITIONS]
EVERY_EDITION = pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=NAMES)
REAL = next(folder for folder in MASTERS if folder.name == "joint-statement-dprk-human-rights")
SINK = next(folder for folder in MASTERS if folder.name == "kitchen-sink")
PARTS = {"epub": "EPUB/text.xhtml", "docx": "word/document.xml"}


def output(built: Path, folder: Path, language: str, suffix: str) -> bytes:
    """One output of an edition."""
    return (built / folder.name / f"{master_reading.stem(folder, language)}.{suffix}").read_bytes()


@EVERY_EDITION
@pytest.mark.parametrize("suffix", READERS)
def test_every_format_says_the_words_of_the_master(built: Path, folder: Path, language: str, suffix: str) -> None:
    wanted = master_reading.read(folder, language)
    found = READERS[suffix](output(built, folder, language, suffix))
    if suffix == "pdf":
        wanted, found = wanted.unseen(), found.unseen()
    assert found.said == wanted.said


@EVERY_EDITION
@pytest.mark.parametrize("suffix", PDFS[1:])
def test_every_pdf_says_the_words_of_the_first(built: Path, folder: Path, language: str, suffix: str) -> None:
    first, other = (pdf(output(built, folder, language, each)) for each in ("pdf", suffix))
    assert len(first.words) > 50
    assert other.said == first.said


@EVERY_EDITION
def test_the_words_on_the_pages_of_the_pdf_are_those_of_the_master(built: Path, folder: Path, language: str) -> None:
    """Poppler takes columns of tables for columns of text, and in the order of drawing cuts words at raised signs."""
    content = output(built, folder, language, "pdf")
    at_foot = has_notes_at_foot(content)
    wanted = without_markers(as_printed(folder, language, at_foot))
    assert Counter(as_copied(content)) == Counter(wanted)
    feet = master_reading.read(folder, language).unseen().note_words if at_foot else ()
    assert without("".join(as_copied(content, "-raw")), feet) == without("".join(wanted), feet)


def without(drawn: str, notes: tuple[Words, ...]) -> str:
    """Running words without those notes, each of which must stand in one piece."""
    for note in notes:
        before, found, after = drawn.partition("".join(note))
        assert found
        drawn = before + after
    return drawn


def as_printed(folder: Path, language: str, notes_at_foot: bool) -> Words:
    """All words of an edition in the order of its pages: the text with numbers as marks, the notes, the colophon.

    At the foot of their pages notes need no heading.
    """
    reading = master_reading.read(folder, language).unseen()
    end = len(reading.words) - len(colophon(folder, language))
    heading = [labels(language).words["notes"]] if reading.notes and not notes_at_foot else []
    notes = [word for note in reading.note_words for word in note]
    text = " ".join([*reading.words[:end], *heading, *notes, *reading.words[end:]])
    return tuple(SIGN.sub(lambda sign: sign[0][1:-1], text).split())


def colophon(folder: Path, language: str) -> Words:
    """The words of the last part of an edition."""
    return words(" ".join(master_reading.colophon(master_reading.metadata(folder, language))))


@EVERY_EDITION
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
            text = archive.read(PARTS[suffix]).decode()
        found = re.findall(r'\bid="(.*?)"' if suffix == "epub" else r'<w:bookmarkStart[^>]* w:name="(.*?)"', text)
    return [name for name in found if re.fullmatch(r"p\d+", name)]


def test_the_masters_say_enough_for_the_comparison_to_mean_something() -> None:
    sink = master_reading.read(SINK, "en")
    assert len(master_reading.read(REAL, "en").words) > 500
    assert (len(sink.words) > 500, len(sink.notes), len(sink.descriptions)) == (True, 2, 3)
    assert {"majeure.⟦1⟧", "soft\u00adhyphen,", "1\u00a0000\u00a0000\u00a0euros,"} <= set(sink.words)
    assert PROFILES


def test_the_words_of_the_real_statement_are_those_received() -> None:
    """From the first word to the last before the part that the publisher repeated."""
    received = words((REAL / "source/jointstatement121523.txt").read_text(encoding="utf-8"))
    given: Edition = master_reading.read(REAL, "en")
    text = given.words[given.words.index("As") : len(given.words) - len(colophon(REAL, "en"))]
    start = received.index("As")
    assert len(text) > 400
    assert received[start : start + len(text)] == text
