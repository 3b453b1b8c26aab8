"""EPUB accessibility metadata: every claim that the content does not bear out is found, and every silence on it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

import breaking
from breaking import BROKEN, SINK, SINK_MASTER, faults, passed, results, rules
from communique.checks.epub_metadata import CHECK
from communique.checks.publication import Publication
from communique.checks.verdict import Severity
from conftest import MASTERS, ROOT

BOOK = f"{SINK}.epub"
TEXT, OPF, NAV, CSS = "EPUB/text.xhtml", "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/css/epub.css"
HEAD = '<meta property="schema:accessMode">textual</meta>'
MODE, SUFFICIENT = '<meta property="schema:accessMode">', '<meta property="schema:accessModeSufficient">'
FEATURE, HAZARD = '<meta property="schema:accessibilityFeature">', '<meta property="schema:accessibilityHazard">'
SUMMARY = "Everything in this test can be read, heard and felt."


def test_every_good_output_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) == 3


def test_the_broken_book_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    (tmp_path / SINK).mkdir()
    path = breaking.packed(BROKEN / "unfounded-feature.epub", tmp_path / SINK / BOOK)
    (tmp_path / "master").mkdir()
    (tmp_path / "master" / "statement.md").write_text("---\ntitle: A\nlanguage: en\n---\nText\n", encoding="utf-8")
    one = breaking.publication(tmp_path / SINK, tmp_path / "master")
    assert rules(CHECK, one, BOOK) == {"unfounded-feature"}
    breaking.repack(path, OPF, f"{FEATURE}alternativeText</meta>", "")
    assert faults(CHECK, one) == []


CLAIMS = [
    (OPF, f"{MODE}visual</meta>", "", "missing-access-mode"),
    (OPF, f"re:{MODE}textual</meta>", "", "missing-access-mode"),
    (OPF, HEAD, f"{HEAD}{MODE}auditory</meta>", "unfounded-access-mode"),
    (OPF, HEAD, f"{HEAD}{MODE}text</meta>", "unknown-term"),
    (OPF, HEAD, f"{HEAD}{HEAD}", "duplicate-term"),
    (OPF, f"{SUFFICIENT}textual</meta>", "", "missing-sufficient"),
    (OPF, f"{SUFFICIENT}textual", f"{SUFFICIENT}textual,visual", "missing-sufficient"),
    (OPF, f"{SUFFICIENT}textual", f"{SUFFICIENT}visual", "unfounded-sufficient"),
    (OPF, f"{SUFFICIENT}textual", f"{SUFFICIENT}auditory", "unfounded-sufficient"),
    (OPF, f"{SUFFICIENT}textual", f"{SUFFICIENT}textual visual", "unknown-term"),
    (TEXT, 'alt="A hall below a pale sun"', "", "unfounded-sufficient"),
    (TEXT, 'alt="A hall below a pale sun"', "", "unfounded-feature"),
    (TEXT, 'alt="A hall below a pale sun"', 'alt=" "', "unfounded-feature"),
    (OPF, f"{FEATURE}alternativeText</meta>", "", "unclaimed-feature"),
    (OPF, f"{FEATURE}tableOfContents</meta>", "", "unclaimed-feature"),
    (OPF, f"{FEATURE}structuralNavigation</meta>", "", "unclaimed-feature"),
    (OPF, f"{FEATURE}displayTransformability</meta>", "", "unclaimed-feature"),
    (OPF, f"{FEATURE}readingOrder</meta>", "", "unclaimed-feature"),
    (OPF, f"re:({FEATURE}\\w+</meta>\\s*)+", "", "missing-feature"),
    (OPF, HEAD, f"{HEAD}{FEATURE}none</meta>", "contradiction"),
    (OPF, HEAD, f"{HEAD}{FEATURE}alternativetext</meta>", "unknown-term"),
    (OPF, HEAD, f"{HEAD}{FEATURE}highContrast</meta>", "unknown-term"),
    *(
        (OPF, HEAD, f"{HEAD}{FEATURE}{term}</meta>", "unfounded-feature")
        for term in (
            *(
                "index",
                "MathML",
                "describedMath",
                "longDescription",
                "synchronizedAudioText",
                "signLanguage",
                "braille",
            ),
            *("closedCaptions", "transcript", "audioDescription", "taggedPDF", "rubyAnnotations", "ttsMarkup", "latex"),
            *("annotations", "tactileGraphic", "timingControl"),
        )
    ),
    (TEXT, '<h2 id="sec-first">First section</h2>', '<h4 id="sec-first">First section</h4>', "unfounded-feature"),
    (NAV, 'epub:type="toc"', 'epub:type="tok"', "unfounded-feature"),
    (TEXT, 'id="p2"', 'id="p2" tabindex="3"', "unfounded-feature"),
    (OPF, HEAD, f'{HEAD}<meta property="rendition:layout">pre-paginated</meta>', "unfounded-feature"),
    (TEXT, "<h2 ", '<math xmlns="http://www.w3.org/1998/Math/MathML"/><h2 ', "unclaimed-feature"),
    (TEXT, "<h2 ", '<section role="doc-index"/><h2 ', "unclaimed-feature"),
    (OPF, f"{HAZARD}none</meta>", "", "missing-hazard"),
    (OPF, f"{HAZARD}none", f"{HAZARD}nothing", "unknown-term"),
    (OPF, f"{HAZARD}none", f"{HAZARD}flashing", "unfounded-hazard"),
    (OPF, f"{HAZARD}none", f"{HAZARD}sound", "unfounded-hazard"),
    (OPF, f"{HAZARD}none</meta>", f"{HAZARD}none</meta>{HAZARD}noSoundHazard</meta>", "contradiction"),
    (OPF, f"{HAZARD}none</meta>", f"{HAZARD}noSoundHazard</meta>{HAZARD}sound</meta>", "contradiction"),
    (TEXT, "<h2 ", "<script>a()</script><h2 ", "unfounded-hazard"),
    (TEXT, "<h2 ", '<video src="a.mp4"></video><h2 ', "unfounded-hazard"),
    (TEXT, "<h2 ", '<audio src="a.mp3"></audio><h2 ', "unfounded-hazard"),
    (TEXT, "<h2 ", "<marquee>a</marquee><h2 ", "unfounded-hazard"),
    (CSS, "re:^", "@keyframes a { to { opacity: 0 } } p { animation: a 1s infinite }", "unfounded-hazard"),
    (OPF, 're:<meta property="schema:accessibilitySummary">.*?</meta>', "", "missing-summary"),
    (OPF, SUMMARY, " ", "empty-property"),
    (OPF, SUMMARY, "Something else.", "wrong-summary"),
    (OPF, SUMMARY, "There is a video with a transcript.", "unfounded-summary"),
    (OPF, "schema:accessibilitySummary", "schema:accessibilitySumary", "unknown-property"),
    (
        OPF,
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA<",
        "EPUB Accessibility 1.1 - WCAG 2.2 AA<",
        "malformed-conformance",
    ),
    (
        OPF,
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA<",
        "EPUB Accessibility 1.1 – WCAG 2.2 Level AA<",
        "malformed-conformance",
    ),
    (
        OPF,
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA<",
        "EPUB Accessibility 1.2 - WCAG 2.2 Level AA<",
        "malformed-conformance",
    ),
    (
        OPF,
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA<",
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA+<",
        "malformed-conformance",
    ),
    (
        OPF,
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA<",
        "http://www.idpf.org/epub/a11y/accessibility-20170105.html#wcag-aa<",
        "malformed-conformance",
    ),
    (OPF, 're:<meta property="a11y:certifiedBy".*?</meta>', "", "uncertified-conformance"),
    (OPF, 're:<meta property="a11y:certifiedBy".*?</meta>', "", "wrong-certifier"),
    (OPF, 're:<meta property="dcterms:conformsTo".*?</meta>', "", "certifier-without-claim"),
    (OPF, "WCAG 2.2 Level AA<", "WCAG 2.2 Level AAA<", "untested-conformance"),
    (OPF, 'refines="#conformance"', 'refines="#certifier"', "certifier-without-claim"),
    (OPF, "Example Accessibility Board", "Another Board", "wrong-certifier"),
    (OPF, "Example Credential", "Another Credential", "wrong-credential"),
    (OPF, ">2024-03-02<", ">2024-03-03<", "wrong-date"),
    (OPF, "https://example.org/report", "https://example.org/other", "wrong-report"),
]


@pytest.mark.parametrize("case", CLAIMS)
def test_a_claim_that_is_not_true_is_found(built: Path, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    member, old, new, rule = case
    one = breaking.copied(built, tmp_path, BOOK)
    assert rules(CHECK, one, BOOK) == set()
    breaking.repack(one.path(BOOK), member, old, new)
    assert rule in rules(CHECK, one, BOOK)


def moving(kind: str) -> bytes:
    """An animated picture of two frames."""
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    held = io.BytesIO()
    frames[0].save(held, kind, save_all=True, append_images=frames[1:])
    return held.getvalue()


@pytest.mark.parametrize(
    ("member", "make", "media_type"),
    [
        ("EPUB/media/image1.png", lambda: moving("PNG"), "image/png"),
        ("EPUB/media/image1.png", lambda: moving("GIF"), "image/gif"),
        ("EPUB/media/image1.png", lambda: moving("WEBP"), "image/webp"),
        (
            "EPUB/media/image1.png",
            lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><animate/></svg>',
            "image/svg+xml",
        ),
    ],
)
def test_a_moving_picture_is_a_hazard(
    built: Path, tmp_path: Path, member: str, make: Callable[[], bytes], media_type: str
) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.change(one.path(BOOK), member, lambda _: make())
    breaking.repack(
        one.path(BOOK), OPF, 'media/image1.png" media-type="image/png"', f'media/image1.png" media-type="{media_type}"'
    )
    assert rules(CHECK, one, BOOK) == {"unfounded-hazard"}


def real(built: Path, folder: Path) -> tuple[Publication, Path]:
    """The book of the real statement, which has no picture but its cover."""
    (master,) = (each for each in MASTERS if each.is_relative_to(ROOT / "content"))
    one = breaking.copied(built, folder, f"{master.name}.epub", slug=master.name)
    return Publication(master.name, one.folder, master), one.path(f"{master.name}.epub")


@pytest.mark.parametrize(
    "case",
    [
        (OPF, HEAD, f"{HEAD}{FEATURE}alternativeText</meta>", "unfounded-feature"),
        (OPF, HEAD, f"{HEAD}{MODE}visual</meta>", "unfounded-access-mode"),
        (OPF, HEAD, f"{HEAD}{MODE}textOnVisual</meta>", "unfounded-access-mode"),
        (
            OPF,
            're:(schema:accessibilitySummary">)',
            'schema:accessibilitySummary">All images have alternative text. ',
            "unfounded-summary",
        ),
        (
            OPF,
            're:(schema:accessibilitySummary">)',
            'schema:accessibilitySummary">Toutes les images ont un texte de remplacement. ',
            "unfounded-summary",
        ),
        (
            OPF,
            're:(schema:accessibilitySummary">)',
            'schema:accessibilitySummary">It conforms to WCAG 2.2 AA. ',
            "unfounded-summary",
        ),
        (
            OPF,
            HEAD,
            f'{HEAD}<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>',
            "uncertified-conformance",
        ),
        (
            OPF,
            HEAD,
            f'{HEAD}<link rel="dcterms:conformsTo" href="https://www.w3.org/TR/epub-a11y-11/"/>',
            "uncertified-conformance",
        ),
        (OPF, HEAD, f'{HEAD}<meta property="a11y:certifiedBy">Somebody</meta>', "wrong-certifier"),
        (TEXT, "<h1 ", '<img src="cover.png" alt="A picture"/><h1 ', "unclaimed-feature"),
        (TEXT, "<h1 ", '<img src="cover.png" alt="A picture"/><h1 ', "missing-access-mode"),
        (TEXT, "<h1 ", '<img src="cover.png"/><h1 ', "unfounded-sufficient"),
    ],
)
def test_what_is_claimed_of_a_book_without_pictures_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    member, old, new, rule = case
    one, path = real(built, tmp_path)
    assert faults(CHECK, one) == []
    breaking.repack(path, member, old, new)
    assert rule in rules(CHECK, one, path.name)


def test_a_summary_that_denies_something_is_no_claim(built: Path, tmp_path: Path) -> None:
    one, path = real(built, tmp_path)
    told = 'schema:accessibilitySummary">There are no images and no videos. '
    breaking.repack(path, OPF, 're:schema:accessibilitySummary">', told)
    assert faults(CHECK, one) == []


def paged(path: Path, breaks: bool = True, pages: bool = True, source: bool = True, claims: bool = True) -> None:
    """Make a book of one page break and a list of pages, as far as it has none."""
    marker = '<span role="doc-pagebreak" epub:type="pagebreak" id="page-9" aria-label="9"/>'
    listed = '<nav epub:type="page-list" aria-label="Pages"><ol><li><a href="text.xhtml#page-9">9</a></li></ol></nav>'
    for member, pattern in (
        (TEXT, '<span[^>]*role="doc-pagebreak"[^>]*/>'),
        (NAV, '<nav epub:type="page-list".*?</nav>'),
        (OPF, '<meta property="pageBreakSource".*?</meta>'),
        (OPF, f"{FEATURE}pageBreakMarkers</meta>"),
        (OPF, f"{FEATURE}pageNavigation</meta>"),
    ):
        breaking.change(path, member, partial(_cut, pattern))
    if breaks:
        breaking.repack(path, TEXT, "<h2 ", f"{marker}<h2 ")
    if pages:
        breaking.repack(path, NAV, "</body>", f"{listed}</body>")
    told = '<meta property="pageBreakSource">urn:uuid:1</meta>' if source else ""
    told += f"{FEATURE}pageBreakMarkers</meta>{FEATURE}pageNavigation</meta>" if claims else ""
    breaking.repack(path, OPF, HEAD, f"{HEAD}{told}")


def _cut(pattern: str, content: bytes) -> bytes:
    return re.sub(pattern.encode(), b"", content, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("have", "rule"),
    [
        ({}, ""),
        ({"source": False}, "missing-page-source"),
        ({"claims": False}, "unclaimed-feature"),
        ({"breaks": False}, "unfounded-feature"),
        ({"pages": False}, "incomplete-pages"),
        ({"pages": False}, "unfounded-feature"),
        ({"breaks": False, "pages": False}, "unfounded-page-source"),
        ({"breaks": False, "pages": False, "source": False, "claims": False}, ""),
    ],
)
def test_pages_and_what_is_said_of_them_go_together(
    built: Path, tmp_path: Path, have: dict[str, bool], rule: str
) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    paged(one.path(BOOK), **have)
    found = rules(CHECK, one, BOOK)
    assert rule in found if rule else found == set()


def test_what_only_a_human_can_confirm_is_unchecked(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.repack(one.path(BOOK), OPF, HEAD, f"{HEAD}{FEATURE}largePrint</meta>")
    (result,) = results(CHECK, one)
    assert "human" in result.unchecked


def test_silence_is_a_warning_and_untruth_an_error(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.repack(one.path(BOOK), OPF, f"{FEATURE}alternativeText", f"{FEATURE}index")
    (result,) = results(CHECK, one)
    assert {finding.rule: finding.severity for finding in result.findings} == {
        "unfounded-feature": Severity.ERROR,
        "unclaimed-feature": Severity.WARNING,
    }


def test_without_a_master_nobody_is_certified(built: Path) -> None:
    said = results(CHECK, Publication(SINK, built / SINK, None))
    assert all("no master" in each.unchecked and not each.findings for each in said)


def test_a_certifier_that_the_master_no_longer_names_is_found(built: Path, tmp_path: Path) -> None:
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    breaking.rewrite(tmp_path / "master" / "statement.md", "re:  certifier:.*?    date: 2024-03-02\n", "")
    one = breaking.copied(built, tmp_path, BOOK)
    assert "wrong-certifier" in rules(CHECK, Publication(SINK, one.folder, tmp_path / "master"), BOOK)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_a_torn_book_never_passes(built: Path, tmp_path: Path, content: bytes) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    one.path(BOOK).write_bytes(content)
    assert rules(CHECK, one, BOOK) == {"unreadable"}


@pytest.mark.parametrize("member", [OPF, TEXT, "META-INF/container.xml"])
def test_a_book_without_what_matters_never_passes(built: Path, tmp_path: Path, member: str) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.change(one.path(BOOK), member, None)
    assert not any(passed(each) for each in results(CHECK, one))
