"""Every check of every output of every master: nothing to find, nothing left unchecked."""

from __future__ import annotations

import pytest

from communique.audit import Outcome
from communique.checks import CHECKS
from communique.checks.check import targets
from communique.checks.publication import Publication
from communique.checks.verdict import Result
from communique.doctor import VERSIONS, places
from conftest import MASTERS

pytestmark = pytest.mark.judge


def said(results: list[Result]) -> list[str]:
    """Everything that is not a pass, each thing in a line."""
    lines = [f"{each.path}: unchecked: {each.unchecked}" for each in results if each.unchecked]
    found = [finding for each in results for finding in each.findings]
    return lines + [f"{each.path}: {each.location}: {each.judge} {each.rule}: {each.message}" for each in found]


@pytest.fixture(scope="module")
def publications(checked: list[Outcome]) -> list[Publication]:
    """Every master of the repository with its outputs in all formats and profiles."""
    return [outcome.publication for outcome in checked]


@pytest.fixture(scope="module")
def results(checked: list[Outcome]) -> list[Result]:
    """What all checks say of them."""
    return [result for outcome in checked for result in outcome.results]


@pytest.mark.parametrize("name", CHECKS)
def test_every_output_of_every_master_passes(name: str, results: list[Result], publications: list[Publication]) -> None:
    own = [result for result in results if result.check == name]
    assert said(own) == []
    assert [(each.slug, each.path) for each in own] == [
        (one.slug, path) for one, path in targets(CHECKS[name], publications)
    ]
    assert own


def test_every_file_is_judged_by_more_than_its_digest(results: list[Result], publications: list[Publication]) -> None:
    for publication in publications:
        judged = {each.path for each in results if each.slug == publication.slug and each.check != "fixity"}
        assert set(publication.files) - judged == {"manifest.json"}


def test_only_the_press_edition_claims_nothing_that_verapdf_can_judge(publications: list[Publication]) -> None:
    judged = set(CHECKS["verapdf"].applies(publications[0]))
    pdfs = {output.name: output.format for output in publications[0].outputs if output.name.endswith(".pdf")}
    assert {form for name, form in pdfs.items() if name not in judged} == {"print"}


@pytest.mark.parametrize("standard", ["PDF/A-2a", "PDF/A-3a", "PDF/A-4f", "PDF/UA-1", "PDF/UA-2"])
def test_verapdf_confirms_every_standard_that_a_profile_claims(standard: str, results: list[Result]) -> None:
    confirmed = [
        each for each in results if each.check == "verapdf" and any(standard in part for part in each.standards)
    ]
    assert {each.slug for each in confirmed} == {folder.name for folder in MASTERS}


def test_every_judge_is_installed() -> None:
    assert [name for name, version in VERSIONS.items() if not version(places())] == []
    assert [name for name, check in CHECKS.items() if not check.version(places())] == []
