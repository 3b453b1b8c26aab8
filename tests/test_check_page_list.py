"""The check of the pages: good pairs of EPUB and PDF pass, and every way to break one is found for its own reason."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

import udhr
from communique.checks.page_list import CHECK, FEATURES
from communique.checks.publication import Publication
from communique.checks.reading import page_starts
from communique.checks.verdict import Result, Verdict
from communique.doctor import places
from communique.document import annotate
from communique.writers import epub, paper
from conftest import MASTERS
from samples import statement

BROKEN = Path(__file__).parent / "broken" / "page-list"
GOOD = BROKEN / "good"
RULES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and path != GOOD)
TOGETHER = {
    "page-break-order": {"page-break-order", "page-break-misplaced"},
    "page-break-without-label": {"page-break-without-label", "page-break-missing", "page-list-label"},
    "page-feature-untrue": {"page-feature-untrue", "page-break-missing"},
    "page-source-untrue": {"page-source-untrue", "page-break-missing"},
    "page-list-target": {"page-list-target", "page-list-incomplete"},
}
"""What one fault must also be called, where it is several at once; else a broken file breaks the rule of its name."""

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
MARKER = re.compile(r'<span role="doc-pagebreak"[^>]*/>')
Change = Callable[[str], str]


def packed(folder: Path, broken: Path | None = None) -> Publication:
    """The good pair in a folder of its own, with the files of a broken one in the place of its own."""
    shutil.copy(BROKEN / "sample.pdf", folder)
    with zipfile.ZipFile(folder / "sample.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        for file in sorted(GOOD.iterdir()):
            other = broken / file.name if broken else file
            archive.writestr(f"EPUB/{file.name}", (other if other.exists() else file).read_bytes())
    return Publication("sample", folder, None)


def judged(publication: Publication, name: str = "sample.epub") -> Result:
    """What the check says of one EPUB."""
    assert name in CHECK.applies(publication)
    (result,) = CHECK.run([(publication, name)], places())
    return result


def rules(result: Result) -> set[str]:
    return {finding.rule for finding in result.findings}


def changed(publication: Publication, name: str, member: str, change: Change) -> None:
    """Changes one member of an EPUB, which must not stay as it is."""
    path = publication.path(name)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as before, zipfile.ZipFile(path, "w") as after:
        for entry in before.namelist():
            content = before.read(entry)
            if entry == f"EPUB/{member}":
                other = change(content.decode()).encode()
                assert other != content
                content = other
            after.writestr(entry, content)


def pair(folder: Path, body: str, language: str = "en") -> Publication:
    """The EPUB and the PDF of a text."""
    document = annotate(statement(body, language=language, editions=(language,)))
    (content,) = paper.write_all(document).values()
    (folder / "sample.pdf").write_bytes(content)
    (folder / "sample.epub").write_bytes(epub.write(document, lambda: paper.page_list(document)))
    return Publication("sample", folder, None)


def test_the_good_pair_passes(tmp_path: Path) -> None:
    assert judged(packed(tmp_path)) == Result("page-list", "sample", "sample.epub")


@pytest.mark.parametrize("rule", RULES)
def test_each_fault_is_found_for_its_own_reason(tmp_path: Path, rule: str) -> None:
    result = judged(packed(tmp_path, BROKEN / rule))
    assert result.verdict is Verdict.FAILED
    assert rules(result) == TOGETHER.get(rule, {rule})
    assert {(finding.judge, finding.path) for finding in result.findings} == {("page-list", "sample.epub")}


def test_a_misplaced_marker_is_told_with_the_words_expected_and_found(tmp_path: Path) -> None:
    (finding,) = judged(packed(tmp_path, BROKEN / "page-break-misplaced")).findings
    assert finding.location == "EPUB/text.xhtml:43"
    assert finding.message == (
        "the marker of page 3 stands before “third page begins with this paragraph, w…”, "
        "but the page begins with “The third page begins with this paragrap…”"
    )


def test_every_rule_has_a_broken_file() -> None:
    source = (Path(__file__).parents[1] / "scripts/communique/checks/page_list.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(page-(?:break|list|source|feature)-[a-z-]+)"', source)) == set(RULES)


@pytest.mark.parametrize("master", MASTERS, ids=[master.name for master in MASTERS])
def test_what_is_built_passes(built: Path, master: Path) -> None:
    publication = Publication(master.name, built / master.name, master)
    targets = [(publication, name) for name in CHECK.applies(publication)]
    results = list(CHECK.run(targets, places()))
    assert [name for _, name in targets] == [result.path for result in results] != []
    assert [(result.verdict, result.findings) for result in results] == [(Verdict.PASSED, ())] * len(targets)


def test_without_the_pdf_nothing_is_checked(tmp_path: Path) -> None:
    publication = packed(tmp_path)
    (tmp_path / "sample.pdf").unlink()
    result = judged(publication)
    assert result.verdict is Verdict.UNCHECKED
    assert result.unchecked == "there is no sample.pdf to compare with (build it too)"


def test_other_pdfs_are_not_the_default_one(tmp_path: Path) -> None:
    publication = packed(tmp_path)
    for name in ("sample.fr.pdf", "sample.large.pdf", "sample.ua1+a3a.pdf"):
        shutil.copy(tmp_path / "sample.pdf", tmp_path / name)
    (tmp_path / "sample.pdf").unlink()
    assert judged(publication).verdict is Verdict.UNCHECKED


def test_without_pages_and_without_a_pdf_there_is_nothing_to_object_to(tmp_path: Path) -> None:
    (tmp_path / "sample.epub").write_bytes(epub.write(annotate(statement())))
    assert judged(Publication("sample", tmp_path, None)).verdict is Verdict.PASSED


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a PDF"])
def test_a_pdf_that_cannot_be_read_is_no_pass(tmp_path: Path, content: bytes) -> None:
    publication = packed(tmp_path)
    (tmp_path / "sample.pdf").write_bytes(content)
    result = judged(publication)
    assert result.verdict is Verdict.UNCHECKED
    assert "sample.pdf cannot be compared with" in result.unchecked


def test_a_pdf_without_structure_is_no_pass(tmp_path: Path) -> None:
    publication = packed(tmp_path)
    with pikepdf.open(tmp_path / "sample.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save()
    assert judged(publication).unchecked == "sample.pdf cannot be compared with: has no structure tree"


def test_a_structure_tree_that_bites_its_own_tail_is_no_pass(tmp_path: Path) -> None:
    publication = packed(tmp_path)
    with pikepdf.open(tmp_path / "sample.pdf", allow_overwriting_input=True) as pdf:
        pdf.Root.StructTreeRoot.K.K = pdf.Root.StructTreeRoot.K
        pdf.save()
    assert "too deep" in judged(publication).unchecked


@pytest.mark.parametrize("size", [0, 100, 2000])
def test_a_torn_epub_is_a_finding(tmp_path: Path, size: int) -> None:
    publication = packed(tmp_path)
    path = tmp_path / "sample.epub"
    path.write_bytes(path.read_bytes()[:size])
    result = judged(publication)
    assert (result.verdict, rules(result)) == (Verdict.FAILED, {"unreadable"})


@pytest.mark.parametrize("member", ["package.opf", "text.xhtml", "nav.xhtml"])
def test_a_member_that_is_no_xml_is_a_finding(tmp_path: Path, member: str) -> None:
    publication = packed(tmp_path)
    changed(publication, "sample.epub", member, lambda text: text[: len(text) // 2])
    assert rules(judged(publication)) == {"unreadable"}


def moved(text: str, label: str, step: Change) -> str:
    """A text with the marker of a page in another place; `step` takes it over what stands behind it."""
    (marker,) = re.findall(rf'<span role="doc-pagebreak"[^>]*aria-label="{label}"[^>]*/>', text)
    before, after = text.split(marker)
    over = step(after)
    assert after.startswith(over)
    return f"{before}{over}{marker}{after.removeprefix(over)}"


def block(after: str) -> str:
    """The whole element that follows."""
    found = re.match(r"\s*<(\w+)[^>]*>.*?</\1>", after, re.DOTALL)
    assert found
    return found[0]


def picture(after: str) -> str:
    found = re.match(r"\s*<figure>\s*<img[^>]*/>", after)
    assert found
    return found[0]


def test_a_marker_behind_the_picture_that_begins_the_page_is_misplaced(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "kitchen-sink"
    shutil.copytree(built / "kitchen-sink", place)
    publication = Publication("kitchen-sink", place, None)
    changed(publication, "kitchen-sink.epub", "text.xhtml", lambda text: moved(text, "4", picture))
    (finding,) = judged(publication, "kitchen-sink.epub").findings
    assert (finding.rule, "begins with “[picture] " in finding.message) == ("page-break-misplaced", True)


@pytest.mark.parametrize("label", ["1", "2"])
def test_a_marker_one_block_too_late_is_misplaced(built: Path, tmp_path: Path, label: str) -> None:
    place = tmp_path / "kitchen-sink"
    shutil.copytree(built / "kitchen-sink", place)
    publication = Publication("kitchen-sink", place, None)
    changed(publication, "kitchen-sink.epub", "text.xhtml", lambda text: moved(text, label, block))
    assert rules(judged(publication, "kitchen-sink.epub")) == {"page-break-misplaced"}


SAME = "Article. All parties shall keep what they have signed and shall say so in the languages of all.\n\n"


@pytest.mark.parametrize("step", [r".*?</p>\s*", r"<p[^>]*>Article\. ", r"<p[^>]*>A"])
def test_among_paragraphs_that_are_all_alike_the_right_one_is_known(tmp_path: Path, step: str) -> None:
    publication = pair(tmp_path, SAME * 40)
    assert judged(publication).verdict is Verdict.PASSED

    def over(after: str) -> str:
        found = re.match(step, after, re.DOTALL)
        assert found
        return found[0]

    changed(publication, "sample.epub", "text.xhtml", lambda text: moved(text, "2", over))
    assert rules(judged(publication)) == {"page-break-misplaced"}


LONG = "re\u00adspon\u00adsi\u00adbil\u00adi\u00adty " * 400 + "end."


def test_a_page_that_begins_inside_a_word_is_marked_before_it(tmp_path: Path) -> None:
    publication = pair(tmp_path, LONG)
    assert judged(publication).verdict is Verdict.PASSED
    pages = page_starts.read(tmp_path / "sample.pdf")
    first = pages.pages[1].first or 0
    assert pages.text.letters[first - 2 : first + 4] == "respon"
    changed(publication, "sample.epub", "text.xhtml", lambda text: moved(text, "2", lambda _: "re"))
    assert rules(judged(publication)) == {"page-break-misplaced"}


def test_a_lost_word_is_not_laid_to_the_markers(tmp_path: Path) -> None:
    """Another check says that a word is missing; the markers stand where they should."""
    publication = pair(tmp_path, "\n\n".join(f"Paragraph {number} of the text. {SAME}" for number in range(60)))
    changed(publication, "sample.epub", "text.xhtml", lambda text: text.replace("Paragraph 3 of", "Paragraph 3", 1))
    assert judged(publication).verdict is Verdict.PASSED
    changed(publication, "sample.epub", "text.xhtml", lambda text: moved(text, "2", lambda after: after[:40]))
    assert rules(judged(publication)) == {"page-break-misplaced"}


@pytest.mark.judge
def test_in_every_language_all_is_well_until_a_marker_moves(declared: Path, tmp_path: Path) -> None:
    """By one word, or by one letter where there are no spaces, in every edition and in the middle of every page."""
    place = tmp_path / udhr.SLUG
    shutil.copytree(declared / udhr.SLUG, place)
    publication = Publication(udhr.SLUG, place, None)
    targets = [(publication, name) for name in CHECK.applies(publication)]
    assert len(targets) == len(udhr.SOURCES)
    assert [(each.path, each.findings, each.unchecked) for each in CHECK.run(targets, places())] == [
        (name, (), "") for _, name in targets
    ]

    def over(after: str) -> str:
        found = re.match(r"(?:\s*<[^>]*>)*\s*[^<\s]+?(?=[\s<\u0e00-\u0e7f\u3000-\u9fff])", after)
        assert found
        return found[0]

    for _, name in targets:
        changed(publication, name, "text.xhtml", lambda text: moved(text, "3", over))
    found = {result.path: rules(result) for result in CHECK.run(targets, places())}
    assert found == {name: {"page-break-misplaced"} for _, name in targets}


def test_what_is_claimed_is_what_is_checked(tmp_path: Path) -> None:
    publication = packed(tmp_path)
    changed(publication, "sample.epub", "package.opf", lambda text: re.sub("|".join(FEATURES), "none", text))
    assert [finding.message for finding in judged(publication).findings] == [
        "accessibilityFeature does not name pageBreakMarkers",
        "accessibilityFeature does not name pageNavigation",
    ]
