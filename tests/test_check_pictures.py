"""Every page can be drawn, or it is said that it cannot; whatever a PDF does, the rest goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from check_report_samples import pdf
from communique.checks import drawing, pictures
from communique.checks.pictures import CHECK, PROGRAM, drawer
from communique.checks.publication import Publication
from communique.checks.verdict import NoVerdict, Result, Verdict
from communique.doctor import places

BROKEN = Path(__file__).parent / "broken"


def statement(folder: Path, **made: bytes) -> Publication:
    """A statement "a" with PDFs: its editions by the language in their names."""
    for language, content in made.items():
        (folder / "a").mkdir(exist_ok=True)
        (folder / "a" / f"a.{language}.pdf").write_bytes(content)
    return Publication("a", folder / "a", None)


def judged(subject: Publication) -> dict[str, Result]:
    """The result on each PDF."""
    return {result.path: result for result in CHECK.run([(subject, name) for name in CHECK.applies(subject)], places())}


def rules(result: Result) -> list[tuple[str, str]]:
    """The rules broken, with the places."""
    return [(finding.rule, finding.location) for finding in result.findings]


def drawn(subject: Publication, program: Sequence[str], patience: float = 30) -> list[Result]:
    """The results of some other program in the place of the drawer."""
    with drawer(program, patience) as at_work:
        return list(pictures.results([(subject, name) for name in CHECK.applies(subject)], at_work))


def test_pages_that_can_be_drawn_pass(tmp_path: Path) -> None:
    subject = statement(tmp_path, en=pdf("One", "Two"), fr=pdf("Un"))
    assert [result.verdict for result in judged(subject).values()] == [Verdict.PASSED] * 2


def test_an_empty_page_without_text_passes(tmp_path: Path) -> None:
    assert judged(statement(tmp_path, en=pdf("One", "")))["a.en.pdf"].verdict is Verdict.PASSED


def test_a_page_that_holds_text_and_shows_nothing_is_found(tmp_path: Path) -> None:
    broken = (BROKEN / "nothing-shown.pdf").read_bytes()
    result = judged(statement(tmp_path, en=broken))["a.en.pdf"]
    assert rules(result) == [("nothing-shown", "page 2")]
    assert "4 letters" in result.findings[0].message
    mended = broken.replace(b"3 Tr", b"0 Tr")
    assert mended != broken
    assert judged(statement(tmp_path, en=mended))["a.en.pdf"].verdict is Verdict.PASSED


UNDER = "Words) Tj ET {} BT /F1 24 Tf 40 50 Td (More"
"""Something drawn after a word, and another word."""


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        ("1 g 30 90 90 40 re f 0 g", False),
        ("1 g 61 90 17 40 re f 0 g", False),
        ("0 g 30 90 90 40 re f", False),
        ("q 90 0 0 40 30 90 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x01\x7f\x50\x6f EI Q", False),
        ("1 w 30 108 m 120 108 l S", True),
        ("1 g 30 60 90 30 re f 0 g", True),
    ],
    ids=["white", "a letter", "black", "picture", "struck out", "beside"],
)
def test_words_that_something_covers_are_found(tmp_path: Path, drawn: str, seen: bool) -> None:
    result = judged(statement(tmp_path, en=pdf("One", UNDER.format(drawn))))["a.en.pdf"]
    assert rules(result) == ([] if seen else [("words-unseen", "page 2")])
    assert seen or "“Words”" in result.findings[0].message


def test_light_words_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    ground = "0 g 0 0 300 200 re f"
    dark = pdf(f") Tj ET {ground} BT 1 g /F1 24 Tf 40 100 Td (Words")
    assert judged(statement(tmp_path, en=dark))["a.en.pdf"].verdict is Verdict.PASSED


def covered(whole: Path, folder: Path, box: tuple[float, float, float, float]) -> Publication:
    """A statement of a PDF whose first page has a white box, left, bottom, width and height, painted as an artifact."""
    (folder / "a").mkdir()
    with pikepdf.open(whole) as opened:
        opened.pages[0].contents_add(b"q", prepend=True)
        opened.pages[0].contents_add(b"Q /Artifact BMC q 1 g %f %f %f %f re f Q EMC" % box)
        opened.save(folder / "a" / "a.pdf")
    return Publication("a", folder / "a", None)


@pytest.mark.parametrize("edition", ["pdf", "print.pdf"])
def test_a_line_that_is_painted_over_is_found(built: Path, tmp_path: Path, edition: str) -> None:
    whole = built / "kitchen-sink" / f"kitchen-sink.{edition}"
    result = judged(covered(whole, tmp_path, (0, 400, 900, 40)))["a.pdf"]
    assert rules(result) == [("words-unseen", "page 1")]


@pytest.mark.judge
@pytest.mark.parametrize("language", ["ar", "hi", "th", "ru", "zh"])
def test_a_line_that_is_painted_over_is_found_in_every_script(declared: Path, tmp_path: Path, language: str) -> None:
    (whole,) = declared.rglob(f"universal-declaration.{language}.pdf")
    result = judged(covered(whole, tmp_path, (0, 400, 900, 40)))["a.pdf"]
    assert rules(result) == [("words-unseen", "page 1")]


@pytest.mark.judge
def test_all_words_are_seen_in_every_language(declared: Path) -> None:
    wanted = [(Publication(folder.name, folder, None)) for folder in sorted(declared.iterdir()) if folder.is_dir()]
    targets = [(subject, name) for subject in wanted for name in CHECK.applies(subject)]
    found = list(CHECK.run(targets, places()))
    assert len(found) > 10
    assert [result for result in found if result.verdict is not Verdict.PASSED] == []


def test_what_is_no_pdf_is_a_finding_and_stops_no_other(tmp_path: Path) -> None:
    broken = (BROKEN / "cannot-be-drawn.pdf").read_bytes()
    found = judged(statement(tmp_path, de=broken, en=pdf("One"), fr=b""))
    assert rules(found["a.de.pdf"]) == rules(found["a.fr.pdf"]) == [("cannot-be-drawn", "")]
    assert found["a.en.pdf"].verdict is Verdict.PASSED


def test_a_pdf_without_pages_is_a_finding(tmp_path: Path) -> None:
    assert rules(judged(statement(tmp_path, en=pdf()))["a.en.pdf"]) == [("cannot-be-drawn", "")]


def test_an_answer_without_pages_is_no_pass(tmp_path: Path) -> None:
    program = (sys.executable, "-c", "print('{\"file\": ' + input() + ', \"drawn\": true}')")
    (result,) = drawn(statement(tmp_path, en=pdf("One")), program)
    assert rules(result) == [("cannot-be-drawn", "")]
    assert "it has no pages" in result.findings[0].message


def test_a_file_that_went_missing_is_unchecked(tmp_path: Path) -> None:
    subject = statement(tmp_path, en=pdf("One"))
    wanted = [(subject, "a.en.pdf")]
    subject.path("a.en.pdf").unlink()
    (result,) = CHECK.run(wanted, places())
    assert "cannot be read" in result.unchecked


def test_without_the_renderer_nothing_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "find_spec", lambda _: None)
    with pytest.raises(NoVerdict, match=r"pypdfium2: is not installed.*pip install"):
        judged(statement(tmp_path, en=pdf("One")))


def test_a_process_that_dies_leaves_its_file_unchecked_and_the_next_gets_another(tmp_path: Path) -> None:
    code = (
        "import os, sys, json, runpy\n"
        "line = sys.stdin.readline()\n"
        "if '.de.' in line: os.kill(os.getpid(), 9)\n"
        "print(json.dumps({'file': json.loads(line), 'page': 1, 'letters': 1, 'blank': False, 'unseen': []}))\n"
        "print(json.dumps({'file': json.loads(line), 'drawn': True}), flush=True)\n"
        "sys.stdin.readline()\n"
    )
    subject = statement(tmp_path, de=pdf("Eins"), en=pdf("One"))
    dead, alive = drawn(subject, (sys.executable, "-c", code))
    assert "broke off (exit code -9)" in dead.unchecked
    assert alive.verdict is Verdict.PASSED


def test_a_process_that_hangs_is_stopped(tmp_path: Path) -> None:
    (result,) = drawn(statement(tmp_path, en=pdf("One")), (sys.executable, "-c", "import time; time.sleep(600)"), 0.2)
    assert "was stopped after 0.2 seconds" in result.unchecked


@pytest.mark.parametrize("said", ["garbage", '"text"', "[1]", "{}", '{"file": "other.pdf", "drawn": true}'])
def test_garbage_is_no_pass(tmp_path: Path, said: str) -> None:
    program = (sys.executable, "-c", f"import sys; sys.stdin.readline(); print({said!r})")
    (result,) = drawn(statement(tmp_path, en=pdf("One")), program)
    assert result.verdict is Verdict.UNCHECKED


def test_a_program_that_cannot_be_started_is_no_pass(tmp_path: Path) -> None:
    (result,) = drawn(statement(tmp_path, en=pdf("One")), (str(tmp_path / "missing"),))
    assert "cannot be started" in result.unchecked


def test_a_killed_process_is_noticed_half_way(tmp_path: Path) -> None:
    subject = statement(tmp_path, de=pdf("Eins"), en=pdf("One"), fr=pdf("Un"))
    targets = [(subject, name) for name in CHECK.applies(subject)]
    with drawer() as at_work:
        running = pictures.results(targets, at_work)
        assert next(running).verdict is Verdict.PASSED
        assert at_work._process is not None
        os.kill(at_work._process.pid, 9)
        at_work._process.wait()
        assert [result.verdict for result in running] == [Verdict.UNCHECKED, Verdict.PASSED]


def test_a_huge_page_makes_a_small_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("One").replace(b"[0 0 300 200]", b"[0 0 14400 1]"))
    (page,) = drawing.pages(path)
    assert max(page.image.size) <= 1401


def test_too_many_pages_are_not_drawn(tmp_path: Path) -> None:
    result = judged(statement(tmp_path, en=pdf(*["x"] * 2001)))["a.en.pdf"]
    assert "has 2001 pages" in result.unchecked


def test_a_picture_is_a_small_png_in_sixteen_greys_and_always_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("Words"))
    (page,), (again,) = drawing.pages(path), drawing.pages(path)
    assert page.png() == again.png()
    with Image.open(BytesIO(page.png())) as image:
        assert image.size == (292, 195)
        assert len(image.convert("L").getcolors() or ()) <= 16
        assert image.convert("L").getextrema() == (0, 255)


def test_a_page_bears_the_number_that_readers_see(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    labels = b"/Type /Catalog /PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"
    path.write_bytes(pdf("One", "Two").replace(b"/Type /Catalog", labels))
    assert [page.label for page in drawing.pages(path)] == ["i", "1"]
    path.write_bytes(pdf("One", "Two"))
    assert [page.label for page in drawing.pages(path)] == ["1", "2"]


def test_the_program_knows_no_module_beside_it() -> None:
    """Its folder holds modules with the names of others, which must not come in their place."""
    said = subprocess.run(PROGRAM, input=b"", capture_output=True, check=True)
    assert said.stdout == said.stderr == b""
    assert "-P" in PROGRAM


def test_every_page_that_was_built_can_be_drawn(built: Path) -> None:
    subjects = [Publication(folder.name, folder, None) for folder in sorted(built.iterdir()) if folder.is_dir()]
    wanted = [(subject, name) for subject in subjects for name in CHECK.applies(subject)]
    found = list(CHECK.run(wanted, places()))
    assert len(found) == len(wanted) > 10
    assert [result for result in found if result.verdict is not Verdict.PASSED] == []
