"""Every outside judge rejects what it must reject, for the right reason, and accepts it once mended."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest

from communique.checks.check import Check, judge
from communique.checks.judges import ace, axe, epubcheck, libreoffice, nu, ooxml, qpdf, verapdf
from communique.checks.judges.axe import CONDITIONS
from communique.checks.judges.program import located
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, NoVerdict, Result, Severity, Verdict
from communique.doctor import places

BROKEN = Path(__file__).parent / "broken"
BOOK = BROKEN / "RSC-005.epub"
LETTER = BROKEN / "Sch_UnexpectedElementContentExpectingComplex.docx"
CHECKS = tuple(module.CHECK for module in (verapdf, epubcheck, ace, nu, axe, ooxml, libreoffice, qpdf))

TITLE = "<dc:title>Mended</dc:title>"
ACCESSIBLE = "".join(
    f'<meta property="schema:{name}">{value}</meta>'
    for name, value in (
        ("accessMode", "textual"),
        ("accessModeSufficient", "textual"),
        ("accessibilityFeature", "structuralNavigation"),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", "A page of text."),
    )
)

pytestmark = pytest.mark.judge


def packed(folder: Path, target: Path, old: str = "", new: str = "") -> Path:
    """A ZIP package of a folder, with one piece of its text replaced."""
    names = sorted((file for file in folder.rglob("*") if file.is_file()), key=lambda file: file.name != "mimetype")
    with zipfile.ZipFile(target, "w") as package:
        for name in names:
            text = name.read_text(encoding="utf-8")
            package.writestr(name.relative_to(folder).as_posix(), text.replace(old, new) if old else text)
    return target


def mended(name: str, folder: Path, old: str, new: str) -> Path:
    """A copy of a broken text file with its fault replaced."""
    text = (BROKEN / name).read_text(encoding="utf-8")
    assert old in text
    target = folder / name
    target.write_text(text.replace(old, new), encoding="utf-8")
    return target


def rules(findings: Collection[Finding], path: Path) -> set[str]:
    """The rules that a file breaks."""
    return {finding.rule for finding in findings if finding.path == str(path)}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An EPUB without title and accessibility metadata, and the same with both."""
    folder = tmp_path_factory.mktemp("books")
    whole = packed(BOOK, folder / "whole.epub", "<dc:language>", f"{TITLE}{ACCESSIBLE}<dc:language>")
    return packed(BOOK, folder / "broken.epub"), whole


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A DOCX with an element where none may be, and the same without."""
    folder = tmp_path_factory.mktemp("letters")
    return packed(LETTER, folder / "broken.docx"), packed(LETTER, folder / "whole.docx", "<w:pPr/>", "")


def test_verapdf_rejects_a_pdf_without_structure() -> None:
    untagged = BROKEN / "7.1-11.pdf"
    assert "7.1-11" in rules(verapdf.under("ua1").findings([untagged]), untagged)
    assert "6.7.3.3-1" in rules(verapdf.under("2a").findings([untagged]), untagged)


def test_verapdf_gives_no_verdict_on_what_is_no_pdf_and_one_on_the_others(tmp_path: Path) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes((BROKEN / "7.1-11.pdf").read_bytes()[:60])
    first, second = verapdf.under("ua1").judge([torn, BROKEN / "7.1-11.pdf"], places())
    assert (first.file, first.findings) == (torn, ())
    assert "torn.pdf" in first.unchecked
    assert (second.unchecked, bool(second.findings)) == ("", True)


def test_verapdf_refuses_a_profile_it_does_not_have() -> None:
    with pytest.raises(NoVerdict, match=r"veraPDF: its report cannot be read"):
        verapdf.under("ua9").findings([BROKEN / "7.1-11.pdf"])


def test_verapdf_without_its_jars_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoVerdict, match=r"exit code 1: .*GreenfieldCliWrapper.*\(make judges\)"):
        verapdf.under("ua1").findings([BROKEN / "7.1-11.pdf"], replace(places(), verapdf=tmp_path))


def test_epubcheck_rejects_only_the_book_without_title(books: tuple[Path, Path], tmp_path: Path) -> None:
    broken, whole = books
    torn = tmp_path / "torn.epub"
    torn.write_bytes(whole.read_bytes()[:100])
    found = {(each.severity, each.rule, each.path, each.location) for each in epubcheck.JUDGE.findings([*books, torn])}
    assert found == {
        (Severity.ERROR, "RSC-005", str(broken), "EPUB/package.opf:7"),
        (Severity.ERROR, "PKG-008", str(torn), ""),
    }


def test_a_mere_warning_of_epubcheck_is_one(tmp_path: Path) -> None:
    dated = f"{TITLE}<dc:date>15 December</dc:date><dc:language>"
    warned = packed(BOOK, tmp_path / "dated.epub", "<dc:language>", dated)
    assert [(each.severity, each.rule) for each in epubcheck.JUDGE.findings([warned])] == [
        (Severity.WARNING, "OPF-053")
    ]


def test_ace_rejects_only_the_books_without_accessibility_metadata(books: tuple[Path, Path], tmp_path: Path) -> None:
    broken, whole = books
    hazardous = packed(BROKEN / "metadata-accessibilityhazard.epub", tmp_path / "hazard.epub")
    torn = tmp_path / "torn.epub"
    torn.write_bytes(whole.read_bytes()[:100])
    judged = {each.file: each for each in ace.JUDGE.judge([torn, broken, hazardous, whole], places())}
    grades = {each.rule: each.severity for each in judged[broken].findings}
    assert grades["metadata-accessibilitysummary"] == Severity.WARNING
    assert grades["metadata-accessibilityhazard"] == Severity.ERROR
    assert {each.rule for each in judged[hazardous].findings} == {"metadata-accessibilityhazard"}
    assert (judged[whole].findings, judged[whole].unchecked) == ((), "")
    assert judged[torn].unchecked.startswith(f"Ace: {torn}: ")


def test_ace_says_of_a_book_what_its_own_program_says(books: tuple[Path, Path], tmp_path: Path) -> None:
    """One browser for many books is not what Ace was made for: what it says must not depend on it."""
    at = places()
    for book in books:
        command = [at.node, at.modules / "@daisy" / "ace-cli" / "bin" / "ace.js", "-s", "-f", "-o", tmp_path, book]
        browser = {"PUPPETEER_EXECUTABLE_PATH": located("Ace", at.chromium), "HOME": str(tmp_path)}
        subprocess.run(list(map(str, command)), env=os.environ | browser, check=True, capture_output=True)
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        said = [
            (test["earl:test"]["dct:title"], part["earl:testSubject"]["url"], test["earl:result"]["dct:description"])
            for part in report["assertions"]
            for test in part["assertions"]
        ]
        ours = [(each.rule, each.location, each.message) for each in ace.JUDGE.findings([book])]
        assert sorted(ours) == sorted(said)


def test_nu_rejects_only_the_page_with_the_loose_item(tmp_path: Path) -> None:
    broken = BROKEN / "error.html"
    whole = mended("error.html", tmp_path, "li>", "p>")
    (finding,) = nu.JUDGE.findings([whole, broken])
    assert (finding.severity, finding.rule, finding.path) == (Severity.ERROR, "error", str(broken))
    assert (finding.location, "li" in finding.message) == ("10:4", True)


def test_a_warning_of_nu_is_an_objection_and_a_remark_is_none(tmp_path: Path) -> None:
    slashed = mended("image-alt.html", tmp_path, "<img ", '<br/><img alt="A dot" ')
    assert nu.JUDGE.findings([slashed]) == ()
    mute = mended("error.html", tmp_path, '<html lang="en">', "<html>")
    mute.write_text(mute.read_text(encoding="utf-8").replace("li>", "p>"), encoding="utf-8")
    assert [(each.severity, each.rule) for each in nu.JUDGE.findings([mute])] == [(Severity.WARNING, "warning")]


def test_axe_rejects_each_page_in_the_conditions_in_which_it_is_wrong(tmp_path: Path) -> None:
    silent, wide, pale = (BROKEN / f"{name}.html" for name in ("image-alt", "reflow", "color-contrast"))
    whole = mended("image-alt.html", tmp_path, "<img ", '<img alt="A dot" ')
    fading = mended("color-contrast.html", tmp_path, "</style>", "p { transition: color 60s }</style>")
    findings = axe.JUDGE.findings([silent, wide, pale, whole, fading])
    seen = {(finding.path, finding.rule, finding.location.split(":")[0]) for finding in findings}
    assert seen == {
        (str(silent), "image-alt", ", ".join(CONDITIONS)),
        (str(wide), "reflow", "narrow"),
        *((str(page), "color-contrast", where) for page in (pale, fading) for where in ("dark", "dark, print")),
    }
    assert {finding.severity for finding in findings} == {Severity.ERROR}


def test_what_axe_cannot_decide_is_a_warning_but_contrast_is_left_to_the_browser_check(tmp_path: Path) -> None:
    image = "background: url(data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)"
    words = f'<p aria-describedby="nowhere">Words</p><p style="{image}">Words on a picture'
    undecided = mended("image-alt.html", tmp_path, "<p>", words)
    undecided.write_text(undecided.read_text(encoding="utf-8").replace("<img ", '<img alt="A dot" '), encoding="utf-8")
    findings = axe.JUDGE.findings([undecided])
    assert {(each.severity, each.rule) for each in findings} == {(Severity.WARNING, "aria-valid-attr-value")}
    assert all(each.message.startswith("not decided, a human must look: ") for each in findings)


def test_axe_looks_for_small_targets_on_screens_and_not_on_paper(tmp_path: Path) -> None:
    style = "<style>a { display: block; line-height: 14px; font-size: 12px }</style>"
    links = '<nav><a href="#a">one</a><a href="#b">two</a><a href="#c">three</a></nav><p id="a">A<p id="b">B<p id="c">'
    small = mended("image-alt.html", tmp_path, "<img ", f'{style}{links}<img alt="A dot" ')
    findings = axe.JUDGE.findings([small])
    assert {each.location.split(":")[0] for each in findings if each.rule == "target-size"} == {"light, dark, narrow"}


def test_the_open_xml_sdk_rejects_only_the_letter_with_a_stray_element(letters: tuple[Path, Path]) -> None:
    broken, whole = letters
    (finding,) = ooxml.JUDGE.findings([whole, broken])
    assert (finding.rule, finding.path) == (LETTER.stem, str(broken))
    assert finding.location == "/word/document.xml:/w:document[1]/w:body[1]/w:p[1]"


def test_the_open_xml_sdk_and_libreoffice_reject_only_the_torn_letter(letters: tuple[Path, Path]) -> None:
    torn, whole = BROKEN / "no-pdf.docx", letters[1]
    (finding,) = libreoffice.JUDGE.findings([torn, whole])
    assert (finding.rule, finding.path) == ("no-pdf", str(torn))
    assert rules(ooxml.JUDGE.findings([torn, whole]), torn) == {"Exception"}


def test_libreoffice_leaves_pdfs_and_takes_none_for_its_own(letters: tuple[Path, Path], tmp_path: Path) -> None:
    assert libreoffice.into(tmp_path).findings([letters[1]]) == ()
    assert (tmp_path / "whole.pdf").read_bytes().startswith(b"%PDF-")
    with pytest.raises(NoVerdict, match="there already"):
        libreoffice.into(tmp_path).findings([letters[1]])


def test_two_letters_of_one_name_are_two_verdicts(letters: tuple[Path, Path], tmp_path: Path) -> None:
    torn = tmp_path / letters[1].name
    torn.write_bytes(b"no letter")
    assert [(each.path, each.rule) for each in libreoffice.JUDGE.findings([letters[1], torn])] == [
        (str(torn), "no-pdf")
    ]


def test_qpdf_rejects_only_what_has_to_be_mended_to_be_read(tmp_path: Path) -> None:
    damaged = BROKEN / "warning.pdf"
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(damaged.read_bytes().replace(b"startxre_", b"startxref"))
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(whole.read_bytes()[:60])
    findings = qpdf.JUDGE.findings([damaged, whole, torn])
    assert [each.message for each in findings if each.path == str(damaged)][1] == "can't find startxref"
    assert {(each.severity, each.rule) for each in findings if each.path == str(damaged)} == {
        (Severity.WARNING, "warning")
    }
    assert rules(findings, torn) == {"warning", "error"}
    assert rules(findings, whole) == set()


def test_names_with_spaces_and_letters_beyond_ascii_are_read(letters: tuple[Path, Path], tmp_path: Path) -> None:
    name = "50 % más & – 外務省"
    for suffix, source in (("html", BROKEN / "error.html"), ("pdf", BROKEN / "7.1-11.pdf"), ("docx", letters[0])):
        (tmp_path / f"{name}.{suffix}").write_bytes(source.read_bytes())
    packed(BROKEN / "metadata-accessibilityhazard.epub", tmp_path / f"{name}.epub")
    page, pdf, letter, book = (tmp_path / f"{name}.{suffix}" for suffix in ("html", "pdf", "docx", "epub"))
    assert rules(nu.JUDGE.findings([page]), page) == {"error"}
    assert rules(axe.JUDGE.findings([page]), page) == {"listitem"}
    assert "7.1-11" in rules(verapdf.under("ua1").findings([pdf]), pdf)
    assert qpdf.JUDGE.findings([pdf]) == ()
    assert rules(ooxml.JUDGE.findings([letter]), letter) == {LETTER.stem}
    assert libreoffice.JUDGE.findings([letter]) == ()
    assert rules(ace.JUDGE.findings([book]), book) == {"metadata-accessibilityhazard"}
    assert epubcheck.JUDGE.findings([book]) == ()


# As checks of a publication


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """A publication with nothing but broken files."""
    folder = tmp_path_factory.mktemp("bad") / "bad"
    folder.mkdir()
    for name, source in (("html", "error.html"), ("fr.html", "image-alt.html"), ("pdf", "7.1-11.pdf")):
        (folder / f"bad.{name}").write_bytes((BROKEN / source).read_bytes())
    (folder / "bad.print.pdf").write_bytes((BROKEN / "warning.pdf").read_bytes())
    packed(BROKEN / "metadata-accessibilityhazard.epub", folder / "bad.epub")
    packed(BOOK, folder / "bad.fr.epub")
    packed(LETTER, folder / "bad.docx")
    (folder / "bad.fr.docx").write_bytes((BROKEN / "no-pdf.docx").read_bytes())
    return Publication("bad", folder, None)


@pytest.fixture(scope="module")
def results(bad: Publication) -> list[Result]:
    """What all checks say of it, as they run together."""
    return judge({check.name: check for check in CHECKS}, [bad], places(), lambda _: None)


def test_every_check_fails_the_file_that_it_must(results: list[Result]) -> None:
    failed = {(each.check, each.path) for each in results if each.verdict == Verdict.FAILED}
    assert failed >= {
        ("verapdf", "bad.pdf"),
        ("epubcheck", "bad.fr.epub"),
        ("ace", "bad.epub"),
        ("nu", "bad.html"),
        ("nu", "bad.fr.html"),
        ("axe", "bad.fr.html"),
        ("ooxml", "bad.docx"),
        ("libreoffice", "bad.fr.docx"),
        ("qpdf", "bad.print.pdf"),
    }
    assert {each.check for each in results if each.verdict == Verdict.PASSED} >= {"epubcheck", "libreoffice", "qpdf"}
    assert [each.unchecked for each in results if each.unchecked] == []
    assert {(finding.path == each.path) for each in results for finding in each.findings} == {True}


@pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
def test_a_check_names_its_judge_and_version(check: Check) -> None:
    assert check.version(places())
    assert check.claim.endswith(".")
