"""What is found in the output folder, where the reports go, and what happens when that folder changes meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import audit, storage
from communique.audit import Outcome
from communique.build import Plan, build
from communique.checks import CHECKS
from communique.checks.check import Check
from communique.checks.publication import Publication
from communique.checks.verdict import Result
from communique.doctor import places
from communique.errors import ToolFailed, UsageError
from conftest import ROOT
from test_build import TEXT

REPORTS = {"check.html", "check.json", "conformance.html", "conformance.jsonld", "junit.xml"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two masters in content/, and their web pages in build/."""
    for slug in ("first", "second"):
        (tmp_path / "content" / slug).mkdir(parents=True)
        (tmp_path / "content" / slug / "statement.md").write_text(TEXT, encoding="utf-8")
        build(tmp_path / "content" / slug, tmp_path / "build", Plan(("html",)), lambda _: None)
    return tmp_path


@pytest.fixture
def only_fixity(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves one check in the table: what is tested here does not depend on which they are."""
    for name in CHECKS.keys() - {"fixity"}:
        monkeypatch.delitem(CHECKS, name)


def audited(place: Path, *names: str) -> list[Outcome]:
    """What is said of the statements that lie in a place."""
    publications = audit.find(names, place / "build", place / "content")
    return list(audit.audit(publications, places(), lambda _: None))


def test_all_that_was_built_is_found_with_its_master(place: Path) -> None:
    (place / "build" / ".new-x").mkdir()
    (place / "build" / "third").mkdir()
    found = audit.find((), place / "build", place / "content")
    assert [(each.slug, each.master) for each in found] == [
        ("first", place / "content" / "first"),
        ("second", place / "content" / "second"),
        ("third", None),
    ]


def test_a_statement_can_be_named(place: Path) -> None:
    assert [each.slug for each in audit.find(("second",), place / "build", place / "content")] == ["second"]


@pytest.mark.parametrize("name", ["third", "..", "first/metadata"])
def test_what_was_not_built_cannot_be_checked(place: Path, name: str) -> None:
    with pytest.raises(UsageError, match="was not built"):
        audit.find((name,), place / "build", place / "content")


def test_an_empty_name_is_not_taken_for_the_output_folder(place: Path) -> None:
    with pytest.raises(UsageError, match="not the name of a statement"):
        audit.find(("",), place / "build", place / "content")


def test_a_statement_named_twice_is_checked_once(place: Path) -> None:
    assert [each.slug for each in audit.find(("second", "first", "second"), place / "build", place)] == [
        "second",
        "first",
    ]


def test_a_link_to_a_statement_is_no_other_statement(place: Path) -> None:
    """A report on it would take the place of the report on the folder that it leads to."""
    (place / "build" / "latest").symlink_to("second")
    assert [each.slug for each in audit.find((), place / "build", place / "content")] == ["first", "second"]
    with pytest.raises(UsageError, match="latest: is a link to second"):
        audit.find(("latest",), place / "build", place / "content")


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing was built here"):
        audit.find((), tmp_path, tmp_path)


@pytest.mark.usefixtures("only_fixity")
def test_the_reports_lie_beside_the_outputs_and_are_judged_by_nobody(place: Path) -> None:
    for _ in range(2):
        outcomes = audited(place)
        assert [outcome.passed for outcome in outcomes] == [True, True]
    assert {path.name for path in (place / "build/first/check").iterdir() if path.is_file()} == REPORTS
    assert list((place / "build").glob(".new-*")) == []


@pytest.mark.usefixtures("only_fixity")
def test_a_fault_of_one_statement_is_none_of_the_other(place: Path) -> None:
    with (place / "build/second/second.html").open("ab") as file:
        file.write(b" ")
    assert [(outcome.publication.slug, outcome.passed) for outcome in audited(place)] == [
        ("first", True),
        ("second", False),
    ]


@pytest.mark.usefixtures("only_fixity")
def test_a_new_build_takes_the_old_reports_away(place: Path) -> None:
    audited(place, "first")
    build(place / "content/first", place / "build", Plan(("html",)), lambda _: None)
    assert not (place / "build/first/check").exists()


@pytest.mark.usefixtures("only_fixity")
def test_reports_on_outputs_that_are_gone_are_not_written(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = CHECKS["fixity"].run

    def run_while_someone_builds(*arguments: object) -> Iterator[Result]:
        yield from checked(*arguments)  # type: ignore[arg-type]
        (place / "content/first/statement.md").write_text(TEXT.replace("2024-05-01", "2024-05-02"), encoding="utf-8")
        build(place / "content/first", place / "build", Plan(("html",)), lambda _: None)

    old = CHECKS["fixity"]
    slow = Check(old.name, old.judge, old.claim, old.standards, old.applies, run_while_someone_builds, old.version)
    monkeypatch.setitem(CHECKS, "fixity", slow)
    with pytest.raises(ToolFailed, match="built anew while it was checked"):
        audited(place, "first")
    assert not (place / "build/first/check").exists()


def test_nothing_checked_is_no_pass(tmp_path: Path) -> None:
    assert not Outcome(Publication("a", tmp_path, None), (), tmp_path).passed


def test_the_number_of_verdicts_is_known_beforehand(place: Path) -> None:
    publications = audit.find((), place / "build", place / "content")
    assert audit.size(publications) == sum(
        len(list(check.applies(each))) for check in CHECKS.values() for each in publications
    )


@pytest.mark.usefixtures("only_fixity")
def test_reports_are_staged_where_a_killed_run_is_cleared_away(place: Path) -> None:
    """What is half written lies in the output folder itself, which the next run that locks it puts in order."""
    (place / "build/.new-left").mkdir()
    audited(place, "first")
    with storage.locked(place / "build"):
        assert sorted(path.name for path in (place / "build").iterdir()) == [".lock", "first", "second"]
    assert json.loads((place / "build/first/check/check.json").read_text(encoding="utf-8"))


def test_the_program_checks_its_own_statement(built: Path) -> None:
    found = audit.find((), built, ROOT / "content")
    assert [each.slug for each in found if each.master] == ["joint-statement-dprk-human-rights"]
