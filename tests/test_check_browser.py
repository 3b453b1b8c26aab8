"""What the browser sees of pages: each broken page is rejected for its fault, and every good one passes."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from communique.checks import browser
from communique.checks.judges.judged import Judged
from communique.checks.publication import Publication
from communique.checks.verdict import NoVerdict, Result, Severity, Verdict
from communique.doctor import places

pytestmark = pytest.mark.judge

BROKEN = Path(__file__).parent / "broken" / "browser"
PAGES = sorted(page for page in BROKEN.glob("*.html") if page.stem != "whole")
BOOK = BROKEN / "half-set-colours.epub"

# What else a fault shows as, where one thing cannot be broken alone.
COMPANY = {
    "clipped-text": {"overlapping-text", "reading-order"},
    "contrast": {"contrast-body"},
    "covered-text": {"click-lost", "reflow"},
    "hidden-text": {"non-text-contrast"},
    "overlapping-text": {"reading-order"},
    "positive-tabindex": {"focus-order"},
    "reflow": {"clipped-text"},
}

STYLES = {
    "white on white": ("#p1 { color: var(--paper) }", "hidden-text", "light"),
    "transparent letters": ("#p1 { -webkit-text-fill-color: transparent }", "hidden-text", "light"),
    "letters of no size": ("#p1 { font-size: 0 }", "hidden-text", "light"),
    "letters too small to see": ("#p1 { font-size: 2px }", "hidden-text", "light"),
    "away to the left": ("#p1 { text-indent: -9999px }", "hidden-text", "light"),
    "cut to a pixel": ("#p1 { clip-path: inset(50%) }", "hidden-text", "light"),
    "not on paper": ("@media print { #p1 { display: none } }", "hidden-text", "print"),
    "not on a telephone": ("@media (max-width: 400px) { #p1 { visibility: hidden } }", "hidden-text", "narrow"),
    "not in the dark": ("@media (prefers-color-scheme: dark) { #p1 { display: none } }", "hidden-text", "dark"),
    "grey in the dark": ("@media (prefers-color-scheme: dark) { #p1 { color: #555 } }", "contrast", "dark"),
    "grey for those who ask for more": (
        "@media (prefers-contrast: more) { #p1 { color: #888 } }",
        "contrast",
        "with more",
    ),
    "grey on paper": ("@media print { #p1 { color: #999 } }", "contrast", "print"),
    "white on a printed ground": ("@media print { #p1 { color: #fff; background: #000 } }", "hidden-text", "print"),
    "grey under the pointer": ("a:hover { color: #999 }", "contrast", "light"),
    "grey once visited": ("a:visited { color: #999 }", "contrast", "light"),
    "grey as a target": (":target { background: #555 }", "contrast", "light"),
    "a pale first letter": ("#p1::first-letter { color: #999 }", "contrast", "light"),
    "a pale gradient": ("#p1 { background: linear-gradient(#fff, #777) }", "contrast", "light"),
    "half faded": ("#p1 { opacity: 0.5 }", "contrast", "light"),
    "colours of its own": (
        "@media (forced-colors: active) { #p1 { forced-color-adjust: none; color: #999 } }",
        "contrast",
        "forced",
    ),
    "text on a picture": ("#p1 { background: url(data:image/gif;base64,R0lG) }", "contrast-unknown", "light"),
    "a lid on the page": (
        "main::after { content: ''; position: fixed; inset: 0; background: #fff }",
        "covered-text",
        "light",
    ),
    "behind the paper": ("#p1 { position: relative; z-index: -1 }", "covered-text", "light"),
    "focus by shadow": (
        ":focus-visible { outline: none; box-shadow: 0 0 0 3px #8c6a2f }",
        "focus-visible",
        "forced",
    ),
    "a caption below": ("#box table { display: flex; flex-direction: column-reverse }", "reading-order", "light"),
    "rows backwards": (".pair { direction: rtl }", "turned-letters", "light"),
    "a grid out of order": ("#left { grid-column: 2; grid-row: 1 } #right { grid-row: 1 }", "reading-order", "light"),
    "a paragraph afloat": ("#p2 { float: right }", "moved-text", "light"),
    "words afloat": ("#p2 a { position: absolute; top: 0 }", "moved-text", "light"),
    "lines of fixed height": ("#p1 { height: 3em; overflow: hidden }", "clipped-text", "with wide spacing"),
    "one long line": ("#p1 { white-space: nowrap }", "reflow", "narrow"),
    "a line cut at the edge": ("main { overflow-x: clip } #p1 { white-space: nowrap }", "clipped-text", "narrow"),
    "running text in a scroll box": ("#p1 { white-space: nowrap; overflow-x: auto }", "reflow", "light"),
    "smooth scrolling": ("html { scroll-behavior: smooth }", "motion", "light"),
    "a slow change": ("a { transition: color 1s }", "motion", "light"),
    "numbers from ten": ("ol { counter-reset: list-item 9 }", "list-number", "light"),
    "letters for numbers": ("ol { list-style-type: lower-alpha }", "list-number", "light"),
    "links that take no click": ("a { pointer-events: none }", "click-lost", "light"),
    "a page that takes no click": ("body { pointer-events: none }", "click-lost", "narrow"),
    "links that take no click in the dark": (
        "@media (prefers-color-scheme: dark) { #p1 a { pointer-events: none } }",
        "click-lost",
        "dark",
    ),
    "a lid of glass": ("main::after { content: ''; position: fixed; inset: 0 }", "click-lost", "light"),
    "capitals in the text": ("#p1 { text-transform: uppercase }", "changed-letters", "light"),
    "capitals everywhere": ("body { text-transform: uppercase }", "changed-letters", "light"),
    "small letters in a heading": ("h2 { text-transform: lowercase }", "changed-letters", "light"),
    "nothing struck out": ("del { text-decoration: none }", "lost-mark", "light"),
}
MARKUP = {
    "no skip link": ('<a class="skip" href="#text">Skip to the text</a>', "", "skip-link"),
    "a skip link that stays away": (".skip:focus { top: 0.5rem }", "", "focus-obscured"),
    "a link for the mouse": (
        '<p id="p2">',
        '<p id="p2"><span role="link" onclick="go()">Go</span> ',
        "keyboard-unreachable",
    ),
    "words that are hidden": ("<main>", "<main><p hidden>Hidden words.</p>", "hidden-text"),
    "a picture that is away": (
        "<main>",
        '<main><img src="x.png" alt="A flag" style="display: none">',
        "hidden-picture",
    ),
    "a page that gives the focus away": (
        "</main>",
        "</main><script>document.addEventListener('focusin', (event) => event.target.blur())</script>",
        "focus-visible",
    ),
    "letters of an unknown code": ('<meta charset="utf-8">', "", "encoding-undeclared"),
    "letters of another code": ('<meta charset="utf-8">', '<meta charset="windows-1252">', "encoding-undeclared"),
    "a heading that is none": ('<h2 id="two">', '<h2 id="two" role="presentation">', "role-override"),
    "a table that is none": ("<table>", '<table role="none">', "role-override"),
    "a list that is a picture": ("<ol>", '<ol role="img" aria-label="A list">', "role-override"),
    "a column that is a row": (
        '<tr><th scope="col">State</th>',
        '<thead><tr><th scope="row">State</th></tr></thead><tr><th scope="col">State</th>',
        "header-scope",
    ),
    "two main parts": ("</main>", "</main><main><p>More.</p></main>", "landmark-main"),
    "words that run": ('<p id="p2">', '<marquee>News</marquee><p id="p2">', "motion"),
}


def styled(text: str, css: str) -> str:
    """A page with one more rule at the end of its style sheet."""
    assert text.count("</style>") == 1
    return text.replace("</style>", f"{css}\n</style>")


def zipped(folder: Path, target: Path, old: str = "", new: str = "") -> Path:
    """A book packed from a folder, with a piece of its text replaced."""
    with zipfile.ZipFile(target, "w") as package:
        for file in sorted(folder.rglob("*"), key=lambda each: each.name != "mimetype"):
            if file.is_file():
                text = file.read_text(encoding="utf-8")
                package.writestr(file.relative_to(folder).as_posix(), text.replace(old, new) if old else text)
    return target


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files that are made for these tests lie."""
    return tmp_path_factory.mktemp("pages")


def _without_stops(text: re.Match[str]) -> str:
    """The same piece of a page without anything that the keyboard stops at."""
    return re.sub("<a [^>]*>|</a>| tabindex=.0.", "", text[0])


def made(folder: Path) -> Iterator[Path]:
    """Pages and books made by breaking one thing in a good one."""
    whole = (BROKEN / "whole.html").read_text(encoding="utf-8")
    texts = {name: styled(whole, css) for name, (css, *_) in STYLES.items()}
    for name, (old, new, _) in MARKUP.items():
        assert whole.count(old) == 1, name
        texts[name] = whole.replace(old, new)
    for name, text in texts.items():
        page = folder / f"{name}.html"
        page.write_text(text, encoding="utf-8")
        yield page
    for name, text in (
        ("capitals-in-headings.html", styled(whole, "h2, th { text-transform: uppercase }")),
        ("nothing-behind.html", re.sub("(<div id=.text.*)", _without_stops, whole, flags=re.DOTALL)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
        yield folder / name
    yield zipped(BOOK, folder / "half-set-colours.epub")
    yield zipped(BOOK, folder / "whole.epub", "#p1 { color: #222 }", "")
    yield zipped(
        BOOK,
        folder / "both-set.epub",
        "#p1 { color: #222 }",
        "body { color: #222; background: #fff } a { color: #17365c }",
    )
    yield zipped(BOOK, folder / "pale.epub", "color: #222", "color: #999; background: #fff")
    yield zipped(BOOK, folder / "not-well-formed.epub", "</main>", "")
    yield zipped(BOOK, folder / "no-such-page.epub", 'href="text.xhtml" media-type', 'href="gone.xhtml" media-type')
    yield zipped(BOOK, folder / "no-page.epub", 'media-type="application/xhtml+xml"', 'media-type="text/plain"')
    for name, text in (("torn.epub", "PK\x03\x04 and no more"), ("empty.html", "<!DOCTYPE html><title>Empty</title>")):
        (folder / name).write_text(text, encoding="utf-8")
        yield folder / name


@pytest.fixture(scope="module")
def judged(folder: Path) -> Mapping[Path, Judged]:
    """What is said of all broken files and their whole counterparts, in one run of the browser."""
    files = [*PAGES, BROKEN / "whole.html", *made(folder)]
    return {each.file: each for each in browser.CHROMIUM.judge(files, places())}


def rules(verdict: Judged) -> set[str]:
    """The rules that a file breaks; there must be a verdict."""
    assert verdict.unchecked == ""
    return {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_a_broken_page_is_rejected_for_its_fault(page: Path, judged: Mapping[Path, Judged]) -> None:
    found = rules(judged[page])
    assert page.stem in found
    assert found - {page.stem} <= COMPANY.get(page.stem, set())


@pytest.mark.parametrize("name", STYLES)
def test_a_style_that_spoils_a_page_is_found(name: str, folder: Path, judged: Mapping[Path, Judged]) -> None:
    _, rule, condition = STYLES[name]
    places_found = [each.location for each in judged[folder / f"{name}.html"].findings if each.rule == rule]
    assert any(condition in place for place in places_found), judged[folder / f"{name}.html"]


@pytest.mark.parametrize("name", MARKUP)
def test_an_element_that_spoils_a_page_is_found(name: str, folder: Path, judged: Mapping[Path, Judged]) -> None:
    assert MARKUP[name][2] in rules(judged[folder / f"{name}.html"])


def test_whole_pages_and_books_pass(folder: Path, judged: Mapping[Path, Judged]) -> None:
    made_whole = ("whole.epub", "both-set.epub", "capitals-in-headings.html", "nothing-behind.html")
    for file in (BROKEN / "whole.html", *(folder / name for name in made_whole)):
        assert rules(judged[file]) == set(), judged[file]


def test_everything_that_the_program_makes_passes(built: Path, declared: Path) -> None:
    files = [file for root in (built, declared) for end in ("html", "epub") for file in sorted(root.rglob(f"*.{end}"))]
    assert len(files) > 24
    verdicts = list(browser.CHROMIUM.judge(files, places()))
    assert {each.file for each in verdicts} == set(files)
    assert [finding for each in verdicts for finding in each.findings] == []
    assert [each.unchecked for each in verdicts if each.unchecked] == []


def test_a_book_that_sets_half_a_pair_of_colours_is_found(folder: Path, judged: Mapping[Path, Judged]) -> None:
    (found,) = judged[folder / "half-set-colours.epub"].findings
    assert (found.rule, found.severity) == ("half-set-colours", Severity.ERROR)
    assert found.location == "EPUB/text.xhtml: #p1 (night)"
    assert "#222222 on #121212" in found.message
    assert "contrast" in rules(judged[folder / "pale.epub"])


@pytest.mark.parametrize("name", ["torn.epub", "no-such-page.epub", "no-page.epub"])
def test_a_book_that_cannot_be_opened_is_a_finding(name: str, folder: Path, judged: Mapping[Path, Judged]) -> None:
    assert rules(judged[folder / name]) == {"unreadable"}


def test_a_page_that_is_not_shown_has_no_verdict(folder: Path, judged: Mapping[Path, Judged]) -> None:
    assert "not well-formed" in judged[folder / "not-well-formed.epub"].unchecked
    assert "could be measured" in judged[folder / "empty.html"].unchecked


def test_findings_beyond_level_aa_are_warnings(judged: Mapping[Path, Judged]) -> None:
    graded = {
        name: {each.severity for each in judged[BROKEN / f"{name}.html"].findings}
        for name in ("contrast-body", "focus-thin", "contrast")
    }
    assert graded["contrast-body"] == graded["focus-thin"] == {Severity.WARNING}
    assert Severity.ERROR in graded["contrast"]


def test_a_page_that_hangs_has_no_verdict_and_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_PATIENCE", 4)
    hung = folder / "hung.html"
    hung.write_text("<!DOCTYPE html><title>Hung</title><p>Words.<script>for (;;) {}</script>", encoding="utf-8")
    said = {each.file: each for each in browser.CHROMIUM.judge([hung, BROKEN / "page-title.html"], places())}
    assert "no answer within 4 seconds" in said[hung].unchecked
    assert rules(said[BROKEN / "page-title.html"]) == {"page-title"}


PAGE = BROKEN / "whole.html"


def program(folder: Path, text: str) -> str:
    """The path of a program that stands in for another."""
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    file.chmod(0o755)
    return str(file)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("exit 0", "says nothing of"),
        ("echo garbage", "cannot be read"),
        ("echo '{}'", "cannot be read"),
        ("echo '[1]'", "cannot be read"),
        ("kill -9 $$", "exit code -9"),
        ("echo went wrong >&2; exit 1", "went wrong"),
    ],
)
def test_a_program_that_says_nothing_sound_gives_no_verdict(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(NoVerdict, match=why):
        browser.CHROMIUM.findings([PAGE], replace(places(), node=program(tmp_path, text)))


def test_no_chromium_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(NoVerdict, match="no-such-chromium is not installed"):
        browser.CHROMIUM.findings([PAGE], replace(places(), chromium="no-such-chromium"))
    with pytest.raises(NoVerdict, match="exit code 1"):
        browser.CHROMIUM.findings([PAGE], replace(places(), chromium=program(tmp_path, "exit 1")))


def test_the_check_speaks_of_pages_and_books(built: Path) -> None:
    slug = "kitchen-sink"
    publication = Publication(slug, built / slug, None)
    names = list(browser.CHECK.applies(publication))
    assert names == [f"{slug}.epub", f"{slug}.fr.epub", f"{slug}.fr.html", f"{slug}.html"]
    (result,) = browser.CHECK.run([(publication, f"{slug}.fr.html")], places())
    assert result == Result("browser", slug, f"{slug}.fr.html")
    assert result.verdict is Verdict.PASSED
    assert browser.CHECK.version(places()).split(".")[0].isdigit()
