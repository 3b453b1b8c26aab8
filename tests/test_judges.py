"""Every judge rejects what it must reject and accepts it once mended; without a verdict nothing has passed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from communique.doctor import Places
from judges import CONDITIONS, HERE, Findings, JudgeFailed, ace, axe, epubcheck, libreoffice, nu, ooxml, verapdf

BROKEN = Path(__file__).parent / "broken"
BOOK = BROKEN / "RSC-005.epub"
LETTER = BROKEN / "Sch_UnexpectedElementContentExpectingComplex.docx"

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

Judge = Callable[[list[Path], Places], Findings]
# What each judge is asked in the tests of its failing, and a file that it could judge.
JUDGES: dict[str, tuple[Judge, str]] = {
    "verapdf": (lambda files, at: verapdf(files, "ua1", at), "7.1-11.pdf"),
    "epubcheck": (epubcheck, "book.epub"),
    "ace": (ace, "book.epub"),
    "nu": (nu, "image-alt.html"),
    "axe": (axe, "image-alt.html"),
    "ooxml": (ooxml, "letter.docx"),
    "libreoffice": (lambda files, at: libreoffice(files, files[0].parent, at), "letter.docx"),
}


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


def rules(findings: Findings, path: Path) -> set[str]:
    """The rules that a file breaks."""
    return {finding.rule for finding in findings if finding.path == path}


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


@pytest.mark.judge
def test_verapdf_rejects_a_pdf_without_structure() -> None:
    untagged = BROKEN / "7.1-11.pdf"
    assert "7.1-11" in rules(verapdf([untagged], "ua1"), untagged)
    assert "6.7.3.3-1" in rules(verapdf([untagged], "2a"), untagged)


@pytest.mark.judge
def test_verapdf_gives_no_verdict_on_what_is_no_pdf(tmp_path: Path) -> None:
    torn = tmp_path / "torn.pdf"
    torn.write_bytes((BROKEN / "7.1-11.pdf").read_bytes()[:60])
    with pytest.raises(JudgeFailed, match=r"veraPDF ua1: .*torn\.pdf: .*parse"):
        verapdf([BROKEN / "7.1-11.pdf", torn], "ua1")


@pytest.mark.judge
def test_verapdf_refuses_a_profile_it_does_not_have() -> None:
    with pytest.raises(JudgeFailed, match=r"veraPDF ua9: .*ua9"):
        verapdf([BROKEN / "7.1-11.pdf"], "ua9")


@pytest.mark.judge
def test_verapdf_without_its_jars_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(JudgeFailed, match=r"exit code 1: .*GreenfieldCliWrapper"):
        verapdf([BROKEN / "7.1-11.pdf"], "ua1", replace(HERE, verapdf=tmp_path))


@pytest.mark.judge
def test_epubcheck_rejects_only_the_book_without_title(books: tuple[Path, Path]) -> None:
    broken, whole = books
    findings = epubcheck([whole, broken])
    assert [(finding.rule, finding.path, finding.location) for finding in findings] == [
        ("RSC-005", broken, "EPUB/package.opf:7")
    ]


@pytest.mark.judge
def test_ace_rejects_only_the_book_without_accessibility_metadata(books: tuple[Path, Path]) -> None:
    broken, whole = books
    findings = ace([broken, whole])
    assert "metadata-accessibilitysummary" in rules(findings, broken)
    assert rules(findings, whole) == set()


@pytest.mark.judge
def test_nu_rejects_only_the_page_with_the_silent_image(tmp_path: Path) -> None:
    broken = BROKEN / "image-alt.html"
    whole = mended("image-alt.html", tmp_path, "<img ", '<img alt="A dot" ')
    (finding,) = nu([whole, broken])
    assert (finding.rule, finding.path) == ("error", broken)
    assert "alt" in finding.message


@pytest.mark.judge
def test_a_remark_of_nu_is_no_objection(tmp_path: Path) -> None:
    slashed = mended("image-alt.html", tmp_path, "<img ", '<br/><img alt="A dot" ')
    assert nu([slashed]) == ()


@pytest.mark.judge
def test_nu_reads_a_file_name_with_spaces_and_letters_beyond_ascii(tmp_path: Path) -> None:
    odd = tmp_path / "50 % más – 外務省.html"
    odd.write_bytes((BROKEN / "image-alt.html").read_bytes())
    assert rules(nu([odd]), odd) == {"error"}


@pytest.mark.judge
def test_axe_rejects_each_page_in_the_conditions_in_which_it_is_wrong(tmp_path: Path) -> None:
    silent, wide, pale = (BROKEN / f"{name}.html" for name in ("image-alt", "reflow", "color-contrast"))
    whole = mended("image-alt.html", tmp_path, "<img ", '<img alt="A dot" ')
    findings = axe([silent, wide, pale, whole])
    seen = {(finding.path, finding.rule, finding.location.split(":")[0]) for finding in findings}
    assert seen == {
        *((silent, "image-alt", condition) for condition in CONDITIONS),
        (wide, "reflow", "narrow"),
        (pale, "color-contrast", "dark"),
        (pale, "color-contrast", "print"),
    }


@pytest.mark.judge
def test_the_open_xml_sdk_rejects_only_the_letter_with_a_stray_element(letters: tuple[Path, Path]) -> None:
    broken, whole = letters
    (finding,) = ooxml([whole, broken])
    assert (finding.rule, finding.path) == (LETTER.stem, broken)
    assert finding.location == "/word/document.xml:/w:document[1]/w:body[1]/w:p[1]"


@pytest.mark.judge
def test_libreoffice_rejects_only_the_torn_letter(letters: tuple[Path, Path], tmp_path: Path) -> None:
    whole = letters[1]
    torn = tmp_path / "torn.docx"
    torn.write_bytes(whole.read_bytes()[:100])
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 of an earlier run")
    findings = libreoffice([torn, whole], tmp_path)
    assert [(finding.rule, finding.path) for finding in findings] == [("no-pdf", torn)]
    assert (tmp_path / "whole.pdf").read_bytes().startswith(b"%PDF-")


# What follows needs no judge: it is about judges that are not there, or not well.


def asked(judge: str, folder: Path, places: Places) -> Findings:
    """What a judge says of a file that it could judge."""
    function, name = JUDGES[judge]
    source = {"book.epub": BOOK, "letter.docx": LETTER}.get(name)
    file = packed(source, folder / name) if source else BROKEN / name
    return function([file], places)


def everywhere(program: Path) -> Places:
    """One program in the place of every judge."""
    name = str(program)
    return replace(HERE, java=name, node=name, ooxml=name, soffice=name, chromium=name)


def script(folder: Path, body: str) -> Path:
    """An executable shell script."""
    file = folder / "fake"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("judge", JUDGES)
def test_a_missing_judge_is_a_failure(judge: str, tmp_path: Path) -> None:
    with pytest.raises(JudgeFailed, match="make judges"):
        asked(judge, tmp_path, everywhere(tmp_path / "nowhere"))


@pytest.mark.parametrize("judge", JUDGES)
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("echo 'out of memory' >&2; exit 3", "exit code 3: out of memory"),
        ("kill -KILL $$", "exit code -9: it says nothing"),
        ("exit 0", ""),
        ("echo 'All is well.'", ""),
        ("echo '{}'", ""),
        ("echo '[]'", ""),
        ("""echo '{"report": {"jobs": []}, "messages": [], "checker": {}, "assertions": [], "ok": true}'""", ""),
    ],
    ids=["crashed", "killed", "silent", "chatty", "empty", "other", "vague"],
)
def test_a_judge_without_a_verdict_is_a_failure(judge: str, body: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(JudgeFailed) as failure:
        asked(judge, tmp_path, everywhere(script(tmp_path, body)))
    assert says in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(
    ("judge", "report", "code"),
    [
        ("epubcheck", '{"messages": [], "checker": {"filename": "book.epub", "nFatal": 0, "nError": 0}}', 1),
        ("epubcheck", '{"messages": [], "checker": {"filename": "book.epub", "nFatal": 0, "nError": 1}}', 0),
        ("epubcheck", '{"messages": [], "checker": {"filename": "other.epub", "nFatal": 0, "nError": 0}}', 0),
        ("nu", '{"messages": []}', 0),
        ("ooxml", '{"ok": false, "errors": []}', 0),
        ("axe", "[]", 0),
        ("libreoffice", "convert letter.docx -> letter.pdf", 0),
    ],
)
def test_a_verdict_that_contradicts_itself_is_a_failure(judge: str, report: str, code: int, tmp_path: Path) -> None:
    with pytest.raises(JudgeFailed):
        asked(judge, tmp_path, everywhere(script(tmp_path, f"echo '{report}'; exit {code}")))


@pytest.mark.parametrize(
    ("job", "code"),
    [
        ('{"validationResult": []}', 0),
        ('{"validationResult": [{"jobEndStatus": "cancelled", "compliant": true, "details": {}}]}', 0),
        ('{"validationResult": [{"jobEndStatus": "normal", "compliant": false, "details": {}}]}', 1),
        ('{"validationResult": [{"jobEndStatus": "normal", "compliant": true, "details": {}}]}', 1),
    ],
    ids=["no result", "cancelled", "rejected without a reason", "accepted with a failing exit code"],
)
def test_verapdf_is_believed_only_when_all_it_says_agrees(job: str, code: int, tmp_path: Path) -> None:
    named = f'{{"itemDetails": {{"name": "{BROKEN / "7.1-11.pdf"}"}}, {job[1:]}'
    body = f"""echo '{{"report": {{"jobs": [{named}]}}}}'; exit {code}"""
    with pytest.raises(JudgeFailed):
        asked("verapdf", tmp_path, everywhere(script(tmp_path, body)))


@pytest.mark.parametrize("judge", JUDGES)
def test_a_missing_file_is_a_failure_and_not_a_pass(judge: str, tmp_path: Path) -> None:
    with pytest.raises(JudgeFailed, match="no such file"):
        JUDGES[judge][0]([tmp_path / "missing"], HERE)


@pytest.mark.parametrize("judge", ["verapdf", "epubcheck", "ace", "nu", "axe", "ooxml"])
def test_no_file_at_all_is_a_failure_and_not_a_pass(judge: str) -> None:
    with pytest.raises(JudgeFailed, match="was given no file"):
        JUDGES[judge][0]([], HERE)


def test_axe_has_judged_nothing_if_no_rule_was_applied(tmp_path: Path) -> None:
    page = BROKEN / "image-alt.html"
    verdicts = [{"file": str(page), "condition": each, "passes": 0, "problems": []} for each in CONDITIONS]
    with pytest.raises(JudgeFailed, match="not one rule was applied"):
        axe([page], everywhere(script(tmp_path, f"echo '{json.dumps(verdicts)}'")))


def test_two_documents_of_one_name_are_not_one_verdict(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    first, second = packed(LETTER, tmp_path / "letter.docx"), packed(LETTER, tmp_path / "other" / "letter.docx")
    with pytest.raises(JudgeFailed, match="two files of one name"):
        libreoffice([first, second], tmp_path)
