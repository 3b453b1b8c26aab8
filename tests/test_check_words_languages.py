"""The check of the words in twelve languages of ten scripts: good files pass, and a wrong word is found in each script.

The text is the Universal Declaration of Human Rights (tests/udhr.py), which `make judges` installs.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Operator, Pdf, String

import udhr
from communique.checks.check import judge
from communique.checks.publication import Publication
from communique.checks.verdict import Result
from communique.checks.words import CHECK
from communique.doctor import places

pytestmark = pytest.mark.judge

CHANGES = ("changed", "dropped", "doubled", "moved")
EVERY_LANGUAGE = pytest.mark.parametrize("language", udhr.SOURCES)
EVERY_CHANGE = pytest.mark.parametrize("change", CHANGES)
SUFFIXES = ("html", "epub", "docx", "pdf")
GOOD = "ua2+a4f.pdf"
PARTS = {"epub": "EPUB/text.xhtml", "docx": "word/document.xml"}


def checked(publication: Publication) -> list[Result]:
    return judge({"words": CHECK}, [publication], places(), lambda _: None)


def stem(language: str) -> str:
    return udhr.SLUG if language == udhr.FIRST else f"{udhr.SLUG}.{language}"


def test_nothing_is_wrong_with_the_words_in_any_language(declared: Path) -> None:
    publication = Publication(udhr.SLUG, declared / udhr.SLUG, declared / "master" / udhr.SLUG)
    results = checked(publication)
    assert len(results) == 7 * len(udhr.SOURCES)
    assert [finding for result in results for finding in result.findings] == []
    assert [result.unchecked for result in results if result.unchecked] == []


@pytest.fixture(scope="module")
def wrongs(declared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Result]:
    """For each change, what the check says of every language's files with that change, by change and name.

    A good PDF of each edition lies beside the wrong one, as in every output folder with more than one profile.
    """
    found: dict[tuple[str, str], Result] = {}
    for change in CHANGES:
        folder = tmp_path_factory.mktemp(change) / udhr.SLUG
        folder.mkdir()
        for language in udhr.SOURCES:
            shutil.copy(declared / udhr.SLUG / f"{stem(language)}.{GOOD}", folder)
            for suffix in SUFFIXES:
                content = (declared / udhr.SLUG / f"{stem(language)}.{suffix}").read_bytes()
                changed = changed_file(content, suffix, language, change)
                (folder / f"{stem(language)}.{suffix}").write_bytes(changed)
        results = checked(Publication(udhr.SLUG, folder, declared / "master" / udhr.SLUG))
        found |= {(change, result.path): result for result in results}
    return found


def changed_file(content: bytes, suffix: str, language: str, change: str) -> bytes:
    """A file with one word wrong."""
    if suffix == "pdf":
        return with_wrong_glyphs(content, change)
    sentence = udhr.declaration(language).parts[4].paragraphs[0]
    words = sentence.split(" ")
    piece = " ".join(words[-6:]) if len(words) > 6 else sentence
    return edited(content, suffix, [(piece, wrong(piece, change))])


def wrong(sentence: str, change: str) -> str:
    """A sentence with one word wrong, or one letter where a script sets no spaces."""
    parts = sentence.split(" ")
    pieces, space = (parts, " ") if len(parts) > 4 else (list(sentence), "")
    match change:
        case "changed":
            pieces[2] = pieces[3] if pieces[2] != pieces[3] else pieces[0]
        case "dropped":
            del pieces[2]
        case "doubled":
            pieces[2:2] = [pieces[2]]
        case "moved":
            pieces[1], pieces[3] = pieces[3], pieces[1]
    return space.join(pieces)


@EVERY_LANGUAGE
@EVERY_CHANGE
@pytest.mark.parametrize("suffix", ["html", "epub", "docx"])
def test_a_wrong_word_is_found_in_every_script(
    wrongs: dict[tuple[str, str], Result], language: str, change: str, suffix: str
) -> None:
    findings = wrongs[change, f"{stem(language)}.{suffix}"].findings
    assert {finding.rule.split("-")[0] for finding in findings} == {"word"}
    assert len({finding.location for finding in findings}) == 1


@EVERY_LANGUAGE
@EVERY_CHANGE
def test_a_wrong_word_that_a_pdf_draws_is_found_in_every_script(
    wrongs: dict[tuple[str, str], Result], language: str, change: str
) -> None:
    rules = {finding.rule for finding in wrongs[change, f"{stem(language)}.pdf"].findings}
    assert rules & {"word-changed", "word-missing", "word-doubled", "word-moved", "paragraph-missing", "actual-text"}


def test_wrong_files_do_not_make_good_ones_wrong(wrongs: dict[tuple[str, str], Result]) -> None:
    assert [each for (_, name), result in wrongs.items() if name.endswith(GOOD) for each in result.findings] == []


def edited(content: bytes, suffix: str, changes: Sequence[tuple[str, str]]) -> bytes:
    """An output with changes made in its text, each once."""
    if suffix == "html":
        return replaced(content, changes)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, replaced(text, changes) if name == PARTS[suffix] else text)
    return buffer.getvalue()


def replaced(text: bytes, changes: Sequence[tuple[str, str]]) -> bytes:
    for before, after in changes:
        assert before != after
        assert before.encode() in text
        text = text.replace(before.encode(), after.encode(), 1)
    return text


def with_wrong_glyphs(content: bytes, change: str) -> bytes:
    """A PDF in which one of the texts drawn on the second page is not what it was."""
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as file:
        page = file.pages[1]
        drawing: list[tuple[list[Any], Operator]] = [
            (list(each.operands), each.operator) for each in pikepdf.parse_content_stream(page)
        ]
        first, second = two_texts_in_one_font(drawing)
        glyphs, others = drawing[first][0][0], drawing[second][0][0]
        match change:
            case "changed":
                drawing[first][0][0] = others
            case "dropped":
                drawing[first][0][0] = Array()
            case "doubled":
                drawing[first][0][0] = Array([*glyphs, *glyphs])
            case "moved":
                drawing[first][0][0], drawing[second][0][0] = others, glyphs
        page.Contents = file.make_stream(pikepdf.unparse_content_stream(drawing))
        file.save(buffer)
    return buffer.getvalue()


def two_texts_in_one_font(drawing: list[tuple[list[Any], Operator]]) -> tuple[int, int]:
    """The places of two texts of the document, of more than a few glyphs each, that differ."""
    font, seen, is_content = "", dict[str, int](), False
    for place, (operands, operator) in enumerate(drawing):
        match str(operator):
            case "BDC":
                is_content = isinstance(operands[1], Dictionary) and "/MCID" in operands[1]
            case "Tf":
                font = str(operands[0])
            case "TJ" if is_content and sum(len(bytes(each)) for each in operands[0] if isinstance(each, String)) > 24:
                if font in seen and bytes(Array(drawing[seen[font]][0][0]).unparse()) != bytes(
                    Array(operands[0]).unparse()
                ):
                    return seen[font], place
                seen[font] = place
    raise AssertionError("no font draws two texts")
