"""What is said of standards: never more than a judge has said, and never for a human."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from check_report_samples import (
    CHAPTER,
    CHECKS,
    CONTAINER,
    OPF,
    SLUG,
    VERSIONS,
    WORD,
    Said,
    files,
    finding,
    packed,
    page,
    pdf,
    publication,
    results,
)
from communique import checks
from communique.checks.publication import Publication
from communique.checks.report import conformance, earl, facts, front, render
from communique.checks.report.conformance import Criterion, Outcome, Standing
from communique.checks.report.model import compose
from communique.checks.verdict import Result

WEB, BOOK, PAPER = f"{SLUG}.html", f"{SLUG}.epub", f"{SLUG}.pdf"
UA1 = "PDF/UA-1 (ISO 14289-1:2014)"
WCAG = "WCAG 2.2, levels A and AA"
WORDS = "Word-for-word equality with the master"
KNOWN = {
    *("verapdf", "epubcheck", "ace", "nu", "axe", "ooxml", "libreoffice", "qpdf", "fixity", "schemas", "metadata"),
    *("links", "epub-metadata", "language", "words", "source", "browser", "docx-accessibility", "pdf-accessibility"),
    *("press", "press-inks", "page-list", "pictures"),
}
AWAITED: set[str] = set()  # Checks to come.
FIXITY = "Whole and unaltered since the build (SHA-256)"


def standing(subject: Publication, said: list[Result]) -> dict[str, Standing]:
    """Where a statement stands with each standard; the first row of those that go by one name."""
    rows = conformance.standings(compose(subject, said, VERSIONS, CHECKS))
    return {row.standard: row for row in reversed(rows)}


def stands(folder: Path, said: Said | None = None) -> dict[str, Standing]:
    """Where the small statement stands."""
    subject = publication(folder)
    return standing(subject, results(subject, said))


def criteria(subject: Publication, said: Said | None = None) -> dict[str, Criterion]:
    """What is said of each criterion."""
    report = compose(subject, results(subject, said), VERSIONS, CHECKS)
    return {each.number: each for each in conformance.criteria(report, subject)}


def outcomes(criterion: Criterion) -> dict[str, Outcome]:
    """What is said of a criterion, for each kind of file."""
    return {answer.kind: answer.outcome for answer in criterion.answers}


def test_every_check_bears_on_a_standard_or_a_criterion() -> None:
    assert set(checks.CHECKS) <= conformance.mentioned()


def test_every_name_in_the_tables_is_that_of_a_check() -> None:
    """A misspelt name would silently ask for nothing."""
    named = conformance.mentioned() | set(conformance.table("rules"))
    assert named <= KNOWN
    assert not checks.CHECKS or named <= set(checks.CHECKS) | AWAITED


def test_the_criteria_are_those_of_wcag_2_2_a_and_aa() -> None:
    rows = conformance.table("wcag")
    assert len(rows) == len({row["number"] for row in rows}) == 55
    assert [sum(row["level"] == level for row in rows) for level in ("A", "AA")] == [31, 24]
    numbers = [tuple(map(int, row["number"].split("."))) for row in rows]
    assert numbers == sorted(numbers)
    assert all(row["human"].endswith(".") for row in rows)
    assert {row["absent"] for row in rows if "absent" in row} <= set(facts.FACTS)
    assert {key for row in rows for key in row} == {"number", "name", "level", "human", "absent", "by"}


def test_the_rules_speak_of_criteria_that_there_are() -> None:
    known = {row["number"] for row in conformance.table("wcag")}
    named = {
        number for rules in conformance.table("rules").values() for numbers in rules.values() for number in numbers
    }
    assert named <= known
    tested = {row["number"]: row.get("by", ()) for row in conformance.table("wcag")}
    idle = {
        (check, number)
        for check, rules in conformance.table("rules").items()
        for numbers in rules.values()
        for number in numbers
        if check not in tested[number]
    }
    assert {number for check, number in idle if check in {"browser", "docx-accessibility", "verapdf"}} == set()


def test_where_all_passes_only_what_needs_no_human_is_met(tmp_path: Path) -> None:
    found = stands(tmp_path)
    assert {row.outcome for row in found.values()} == {Outcome.MET, Outcome.CLEAN}
    assert {row.outcome for row in found.values() if row.human} == {Outcome.CLEAN}
    assert found[FIXITY].outcome is Outcome.MET


def test_each_standard_names_files_and_judges(tmp_path: Path) -> None:
    found = stands(tmp_path)
    assert found[UA1].files == (PAPER,)
    assert found["PDF/UA-2 (ISO 14289-2:2024)"].files == (f"{SLUG}.ua2+a4f.pdf",)
    assert [(claim.judge, claim.version) for claim in found[UA1].judges] == [
        ("Judge of verapdf", "1.0"),
        ("Judge of pdf-accessibility", "1.0"),
    ]


@pytest.mark.parametrize(
    ("check", "name", "standard"),
    [
        ("verapdf", PAPER, UA1),
        ("pdf-accessibility", PAPER, UA1),
        ("axe", WEB, WCAG),
        ("browser", WEB, WCAG),
        ("words", BOOK, WORDS),
        ("nu", WEB, "HTML (WHATWG Living Standard)"),
        ("epubcheck", BOOK, "EPUB 3.3"),
        ("ace", BOOK, "EPUB Accessibility 1.1, with WCAG 2.2, levels A and AA"),
        ("ooxml", f"{SLUG}.docx", "ECMA-376 and ISO/IEC 29500 (Office Open XML)"),
        ("docx-accessibility", f"{SLUG}.docx", "The rules of Word’s own accessibility checker"),
        ("press", f"{SLUG}.print.pdf", "PDF/X-4 (ISO 15930-7:2010)"),
        ("fixity", "", FIXITY),
    ],
)
def test_a_standard_follows_each_judge_it_rests_on(tmp_path: Path, check: str, name: str, standard: str) -> None:
    failed = stands(tmp_path / "a", {(check, name): (finding(name),)})[standard]
    assert (failed.outcome, failed.why) == (Outcome.NOT_MET, f"1 finding of {check}")
    unchecked = stands(tmp_path / "b", {(check, name): "the judge is missing"})[standard]
    assert (unchecked.outcome, unchecked.why) == (Outcome.OPEN, "the judge is missing")


def test_what_is_unchecked_leaves_open_what_another_judge_found(tmp_path: Path) -> None:
    said: Said = {("axe", WEB): (finding(WEB),), ("browser", WEB): "no browser"}
    assert stands(tmp_path, said)[WCAG].outcome is Outcome.OPEN


def test_a_recommendation_that_is_not_followed_leaves_a_standard_open(tmp_path: Path) -> None:
    row = stands(tmp_path, {("nu", WEB): (finding(WEB, severity="warning"),)})["HTML (WHATWG Living Standard)"]
    assert (row.outcome, row.why) == (Outcome.OPEN, "1 recommendation is not followed, says nu")


def test_a_judge_that_never_spoke_leaves_its_standard_open(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    found = standing(subject, [result for result in results(subject) if result.check != "verapdf"])
    assert found[UA1].outcome is Outcome.OPEN
    assert "no verdict of the check “verapdf”" in found[UA1].why
    assert "PDF/A-2a (ISO 19005-2:2011)" in found


def test_a_verdict_on_another_standard_is_none_on_this(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    other = Result("verapdf", SLUG, PAPER, standards=("PDF/A-2a (ISO 19005-2)",))
    said = [other if (each.check, each.path) == ("verapdf", PAPER) else each for each in results(subject)]
    found = standing(subject, said)
    assert found[UA1].outcome is Outcome.OPEN
    assert f"was not asked about this standard in {PAPER}" in found[UA1].why
    assert found["PDF/A-2a (ISO 19005-2:2011)"].outcome is Outcome.CLEAN


def test_a_finding_on_the_archive_standard_says_nothing_of_accessibility(tmp_path: Path) -> None:
    found = stands(tmp_path, {("verapdf", PAPER): (finding(PAPER, "6.1-1", "PDF/A-2a: no such thing"),)})
    assert found["PDF/A-2a (ISO 19005-2:2011)"].outcome is Outcome.NOT_MET
    assert found[UA1].outcome is Outcome.CLEAN


def test_formats_that_are_not_there_are_not_spoken_of(tmp_path: Path) -> None:
    subject = publication(tmp_path, {WEB: page()})
    assert set(standing(subject, results(subject))) == {WORDS, "HTML (WHATWG Living Standard)", WCAG, FIXITY}
    assert {answer.kind for each in criteria(subject).values() for answer in each.answers} == {"html"}


def test_criteria_without_their_matter_do_not_apply(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path))
    assert set(outcomes(found["1.2.1"]).values()) == {Outcome.ABSENT}
    assert found["1.2.1"].answers[0].why == "there are no sound or moving pictures"
    assert set(outcomes(found["3.3.1"]).values()) == {Outcome.ABSENT}
    assert outcomes(found["1.1.1"])["html"] is Outcome.ABSENT
    assert outcomes(found["1.1.1"])["epub"] is Outcome.CLEAN
    assert outcomes(found["2.4.4"])["html"] is Outcome.CLEAN


def test_what_no_program_tests_is_left_to_a_human(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path))
    assert set(outcomes(found["1.3.3"]).values()) == {Outcome.UNTESTED}
    assert Outcome.MET not in {outcome for each in found.values() for outcome in outcomes(each).values()}


def test_a_finding_speaks_against_its_criterion_alone(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path), {("axe", WEB): (finding(WEB, "color-contrast"),)})
    assert outcomes(found["1.4.3"])["html"] is Outcome.NOT_MET
    assert outcomes(found["3.1.1"])["html"] is Outcome.CLEAN
    assert outcomes(found["1.4.3"])["epub"] is Outcome.CLEAN


def test_a_finding_that_nobody_can_place_leaves_open_all_that_its_check_tests(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path), {("axe", WEB): (finding(WEB, "a-new-rule"),)})
    assert outcomes(found["1.4.3"])["html"] is outcomes(found["3.1.1"])["html"] is Outcome.OPEN
    assert outcomes(found["1.4.12"])["html"] is Outcome.CLEAN


def test_a_check_without_a_verdict_leaves_its_criteria_open(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path), {("browser", WEB): "no browser"})
    assert outcomes(found["1.4.12"])["html"] is Outcome.OPEN
    assert "browser gave no verdict" in found["1.4.12"].answers[0].why


def test_an_output_that_cannot_be_read_leaves_nothing_inapplicable(tmp_path: Path) -> None:
    found = criteria(publication(tmp_path, {**files(), BOOK: b"torn", PAPER: b"torn", f"{SLUG}.docx": b"torn"}))
    for number in ("1.2.1", "3.3.1", "1.1.1"):
        assert {kind for kind, outcome in outcomes(found[number]).items() if outcome is Outcome.ABSENT} == {"html"}


def _page_with(markup: str) -> bytes:
    return page().replace(b"</main>", f"{markup}</main>".encode())


def _book_with(markup: str = "", **parts: str) -> bytes:
    text = CHAPTER.replace("</body>", f"{markup}</body>")
    named = {f"EPUB/{name.replace('_', '.')}": content for name, content in parts.items()}
    return packed({"META-INF/container.xml": CONTAINER, "EPUB/package.opf": OPF, "EPUB/a.xhtml": text, **named})


def _letter_with(markup: str) -> bytes:
    return packed({"word/document.xml": WORD.replace("<w:p>", f"{markup}<w:p>")})


def _paper_with(entry: bytes) -> bytes:
    return pdf("Words").replace(b"/MediaBox", entry + b" /MediaBox")


@pytest.mark.parametrize(
    ("kind", "name", "content", "fact"),
    [
        ("html", WEB, _page_with("<video></video>"), "media"),
        ("html", WEB, _page_with("<style>@keyframes a { }</style>"), "media"),
        ("html", WEB, _page_with("<form><input></form>"), "forms"),
        ("html", WEB, _page_with("<script>x()</script>"), "scripts"),
        ("html", WEB, _page_with('<p onclick="x()">x</p>'), "scripts"),
        ("html", WEB, _page_with('<img src="a.png" alt="A">'), "pictures"),
        ("html", WEB, page(), "links"),
        ("epub", BOOK, _book_with("<audio/>"), "media"),
        ("epub", BOOK, _book_with(style_css="@keyframes a { }"), "media"),
        ("epub", BOOK, _book_with(a_mp3=""), "media"),
        ("epub", BOOK, _book_with("<form/>"), "forms"),
        ("epub", BOOK, _book_with(a_js=""), "scripts"),
        ("epub", BOOK, _book_with(), "pictures"),
        ("docx", f"{SLUG}.docx", _letter_with("<w:sdt/>"), "forms"),
        ("docx", f"{SLUG}.docx", _letter_with("<w:drawing/>"), "pictures"),
        ("docx", f"{SLUG}.docx", _letter_with("<w:hyperlink/>"), "links"),
        ("pdf", PAPER, _paper_with(b"/Annots [<< /Subtype /Link >>]"), "links"),
        ("pdf", PAPER, _paper_with(b"/Annots [<< /Subtype /Widget >>]"), "forms"),
        ("pdf", PAPER, _paper_with(b"/Annots [<< /Subtype /RichMedia >>]"), "media"),
        ("pdf", PAPER, _paper_with(b"/Annots [<< /Subtype /Link /A << /S /JavaScript >> >>]"), "scripts"),
        ("pdf", PAPER, pdf("x").replace(b"/Font <<", b"/XObject << /X << /Subtype /Image >> >> /Font <<"), "pictures"),
    ],
)
def test_what_an_output_holds_is_seen(tmp_path: Path, kind: str, name: str, content: bytes, fact: str) -> None:
    found = facts.present(publication(tmp_path, {name: content}), conformance.KINDS[kind])
    assert found is not None
    assert fact in found


def test_plain_outputs_hold_nothing_lively(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    for kind, formats in conformance.KINDS.items():
        assert (facts.present(subject, formats) or {"unknown"}) <= {"links", "pictures"} | ({"unknown"} - {kind})


def test_nowhere_is_conformance_claimed_that_needs_a_human(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    made = render(subject, results(subject), VERSIONS, CHECKS)
    tree = html.document_fromstring(made["conformance.html"])
    rows = [" ".join(row.text_content().split()) for row in tree.xpath("//tbody/tr")]
    assert len(rows) > 60
    assert not any(re.search(r"\bconforms\b|\bcompliant\b", row, re.IGNORECASE) for row in rows)
    assert all("human confirmation outstanding" in row for row in rows if "PDF/UA-" in row or "EPUB 3.3" in row)
    graph = json.loads(made["conformance.jsonld"])["@graph"]
    assert not any("dct:conformsTo" in node for node in walk(graph))


def test_a_certifier_is_named_only_if_the_master_names_one(tmp_path: Path) -> None:
    plain = publication(tmp_path / "plain", master="---\ntitle: A\n---\nText\n")
    made = render(plain, results(plain), VERSIONS, CHECKS)
    assert "None is named." in html.document_fromstring(made["conformance.html"]).text_content()
    assert "#certifier" not in made["conformance.jsonld"].decode()
    named = (
        "accessibility:\n  certifier:\n    name: An Office <x>\n    report: javascript:alert(1)\n    date: 2024-03-02"
    )
    certified = publication(tmp_path / "certified", master=f"---\ntitle: A\n{named}\n---\nText\n")
    made = render(certified, results(certified), VERSIONS, CHECKS)
    words = html.document_fromstring(made["conformance.html"]).text_content()
    assert "An Office <x>, 2024-03-02, as the master says; this program has not verified it." in words
    assert "javascript:" not in made["conformance.html"].decode()
    assert "An Office <x>" in made["conformance.jsonld"].decode()


@pytest.mark.parametrize(
    "master",
    [
        "",
        "no front matter",
        "---\naccessibility: none\n---\n",
        "---\n{[\n---\n",
        "---\naccessibility:\n  certifier:\n---\n",
    ],
)
def test_a_master_that_names_none_is_no_trouble(tmp_path: Path, master: str) -> None:
    assert front.certifier(publication(tmp_path, master=master or " ").master) is None
    assert front.certifier(tmp_path / "missing") is None


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from walk(each)


def graph(folder: Path, said: Said | None = None) -> list[dict[str, Any]]:
    """The nodes of the EARL report on the small statement."""
    subject = publication(folder)
    made = render(subject, results(subject, said), VERSIONS, CHECKS)["conformance.jsonld"]
    nodes = json.loads(made)["@graph"]
    assert isinstance(nodes, list)
    return nodes


def test_the_linked_report_has_all_that_an_assertion_of_earl_needs(tmp_path: Path) -> None:
    nodes = graph(tmp_path)
    known = {node["@id"] for node in nodes if "@id" in node}
    assertions = [node for node in nodes if node["@type"] == "earl:Assertion"]
    assert len(assertions) > 100
    for node in assertions:
        assert node["assertedBy"] in known
        subjects = node["subject"] if isinstance(node["subject"], list) else [node["subject"]]
        assert subjects
        assert set(subjects) <= known
        test = node["test"]
        assert test in known if isinstance(test, str) else test["@type"] == "earl:TestRequirement"
        assert node["mode"] == "earl:automatic"
        assert node["result"]["outcome"] in {
            f"earl:{name}" for name in ("passed", "failed", "cantTell", "inapplicable", "untested")
        }
    assert len(known) == len([node for node in nodes if "@id" in node])


def test_every_word_of_the_linked_report_has_a_meaning(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    said: Said = {("nu", WEB): (finding(WEB),), ("axe", WEB): "missing"}
    made = json.loads(render(subject, results(subject, said), VERSIONS, CHECKS)["conformance.jsonld"])
    context = made["@context"]
    keys = {key for node in walk(made["@graph"]) for key in node if not key.startswith("@")}
    assert {key for key in keys if key not in context and key.partition(":")[0] not in context} == set()


def test_verdicts_become_the_outcomes_of_earl(tmp_path: Path) -> None:
    nodes = graph(tmp_path, {("nu", WEB): (finding(WEB),), ("axe", WEB): "axe: is missing"})
    said = {
        node["test"]: node["result"] for node in nodes if isinstance(node.get("test"), str) and WEB in node["subject"]
    }
    assert said["#check-nu"]["outcome"] == "earl:failed"
    assert said["#check-axe"] == {"@type": "earl:TestResult", "outcome": "earl:untested", "info": "axe: is missing"}
    assert said["#check-browser"]["outcome"] == "earl:passed"
    rows = {node["test"]["title"]: node["result"] for node in nodes if isinstance(node.get("test"), dict)}
    assert rows["HTML (WHATWG Living Standard)"]["outcome"] == "earl:failed"
    assert rows[UA1]["outcome"] == "earl:cantTell"
    assert rows[FIXITY]["outcome"] == "earl:passed"


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("Non-text Content", "non-text-content"),
        ("Contrast (Minimum)", "contrast-minimum"),
        ("Name, Role, Value", "name-role-value"),
        ("Error Prevention (Legal, Financial, Data)", "error-prevention-legal-financial-data"),
    ],
)
def test_criteria_are_linked_by_their_anchor(name: str, at: str) -> None:
    assert earl.anchor(name) == at
