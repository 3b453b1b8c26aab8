"""The pages of a report are held to what they report on: sound HTML, and no barrier that axe knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from check_report_samples import CHECKS, HOSTILE, SLUG, VERSIONS, Said, files, finding, page, publication, results
from communique.checks.judges import axe, nu
from communique.checks.publication import Publication
from communique.checks.report import render
from communique.checks.verdict import Result
from communique.doctor import places

WEB = f"{SLUG}.html"
SAID: dict[str, Said] = {
    "passed": {},
    "failed": {
        ("nu", WEB): (finding(WEB), finding(WEB, HOSTILE, HOSTILE, location=HOSTILE, severity="warning")),
        ("pictures", f"{SLUG}.pdf"): (finding(f"{SLUG}.pdf", "cannot-be-drawn"),),
        ("words", f"{SLUG}.epub"): (finding(f"{SLUG}.epub", message="expected “بيان”, found “漢字”"),),
    },
    "unchecked": {("axe", WEB): "axe: node is missing (make judges)", ("fixity", ""): HOSTILE},
}


def as_statement(folder: Path, made: dict[str, bytes]) -> Iterator[Publication]:
    """Each page of a report as if it were the web page of a statement, which the judges then know how to read."""
    for name in ("check", "conformance"):
        place = folder / name
        for path, content in made.items():
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield Publication(name, place, None)  # Its outputs are those that bear its name.


def objections(subjects: list[Publication]) -> list[Result]:
    """What Nu and axe object to, or did not judge."""
    wanted = [(subject, f"{subject.slug}.html") for subject in subjects]
    found = [result for check in (nu.CHECK, axe.CHECK) for result in check.run(wanted, places())]
    assert len(found) == 2 * len(wanted)
    return [result for result in found if result.findings or result.unchecked]


@pytest.mark.judge
def test_the_pages_are_sound_and_accessible_whatever_they_say(built: Path, tmp_path: Path) -> None:
    """Those on a small statement in each state, and those on every real one."""
    made = {**files(), f"{SLUG}.ar.html": page("بيان مشترك", "ar")}
    small = publication(tmp_path, made, master="---\naccessibility:\n  certifier:\n    name: An Office\n---\n")
    said = {state: (small, results(small, told)) for state, told in SAID.items()}
    for folder in sorted(path for path in built.iterdir() if path.is_dir()):
        real = Publication(folder.name, folder, None)
        said[folder.name] = (real, results(real))
    pages: list[Publication] = []
    for name, (subject, results_on_it) in said.items():
        report = render(subject, results_on_it, VERSIONS, CHECKS)
        assert [path for path in report if path.startswith("pages/")]
        pages += as_statement(tmp_path / "reports" / name, report)
    assert objections(pages) == []


@pytest.mark.judge
def test_the_judges_see_what_is_wrong_with_such_a_page(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    report = render(subject, results(subject), VERSIONS, CHECKS)
    page = report["check.html"].replace(b' alt="', b' data-alt="').replace(b'scope="row"', b'scope="rows"')
    found = objections(list(as_statement(tmp_path / "report", {**report, "check.html": page})))
    assert [(result.check, result.path) for result in found] == [("nu", "check.html"), ("axe", "check.html")]
