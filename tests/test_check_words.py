"""The check of the words: nothing is wrong with good files, and every wrong word is found, by its name, everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

import small_statement as small
from communique.build import Plan, build
from communique.checks.check import judge, targets
from communique.checks.publication import Publication
from communique.checks.verdict import Result, Verdict
from communique.checks.words import CHECK
from communique.doctor import places
from communique.writers import WRITERS
from communique.writers.pdf.profiles import PROFILES
from conftest import MASTERS

EVERYTHING = Plan(tuple(WRITERS), tuple(PROFILES))
SCREEN = ("html", "epub", "docx")
TAGGED = ("pdf", "ua1+a3a.pdf", "ua2+a4f.pdf", "large.pdf", "large.ua1+a3a.pdf", "large.ua2+a4f.pdf")
# What a format does not carry and is therefore not asked for.
SILENT = {
    "docx": {"expansion", "language"},
    "print.pdf": {"heading level", "link target", "link text", "link missing", "link inside", "reference", "expansion"}
    | {"note link", "alt text", "list", "quotation", "struck", "lowered", "language"},
    **{suffix: {"lowered"} for suffix in TAGGED},
}
# The press edition is read letter by letter: what is wrong there is a difference in the words.
BY_LETTER = {"print.pdf"}


def checked(publications: Iterable[Publication]) -> list[Result]:
    """What the check says of all files of publications."""
    return judge({"words": CHECK}, list(publications), places(), lambda _: None)


def told(results: Sequence[Result]) -> list[str]:
    """Everything that is wrong, a line each."""
    return [
        *(
            f"{each.path} {each.location}: {each.rule}: {each.message}"
            for result in results
            for each in result.findings
        ),
        *(f"{result.path}: {result.unchecked}" for result in results if result.unchecked),
    ]


@pytest.mark.judge
@pytest.mark.parametrize("folder", MASTERS, ids=[folder.name for folder in MASTERS])
def test_nothing_is_wrong_with_the_words_of_good_files(built: Path, folder: Path) -> None:
    publication = Publication(folder.name, built / folder.name, folder)
    results = checked([publication])
    assert len(results) == len(publication.texts) >= 10
    assert told(results) == []
    assert {result.verdict for result in results} == {Verdict.PASSED}


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small statement in `master` and its outputs beside it."""
    folder = tmp_path_factory.mktemp("good")
    build(small.write(folder / "master", small.text()), folder, EVERYTHING, lambda _: None)
    return folder


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory, good: Path) -> dict[str, dict[str, Result]]:
    """For each thing that is wrong, what the check says of each format: its master is the good one."""
    folder = tmp_path_factory.mktemp("wrong")
    found: dict[str, dict[str, Result]] = {}
    for number, names in enumerate((*small.TOGETHER, ("moved",))):
        content = small.moved() if names == ("moved",) else small.wrong(names)
        build(small.write(folder / f"master{number}", content), folder / str(number), EVERYTHING, lambda _: None)
        publication = Publication(small.SLUG, folder / str(number) / small.SLUG, good / "master" / small.SLUG)
        results = {result.path.removeprefix("small."): result for result in checked([publication])}
        found |= dict.fromkeys(names, results)
    assert found.keys() == {*small.WRONG, "moved"}
    return found


@pytest.mark.judge
def test_nothing_is_wrong_with_the_small_statement(good: Path) -> None:
    results = checked([Publication(small.SLUG, good / small.SLUG, good / "master" / small.SLUG)])
    assert len(results) == 11
    assert told(results) == []


CASES = [
    (name, suffix)
    for name in small.WRONG
    for suffix in (*SCREEN, *TAGGED, "print.pdf")
    if name not in SILENT.get(suffix, set())
]


@pytest.mark.judge
@pytest.mark.parametrize(("name", "suffix"), CASES)
def test_what_is_wrong_is_found_in_every_format_by_its_name(
    wrong: dict[str, dict[str, Result]], name: str, suffix: str
) -> None:
    _, _, rule, place = small.WRONG[name]
    findings = wrong[name][suffix].findings
    assert findings, "found nothing"
    if suffix in BY_LETTER:
        assert {finding.rule for finding in findings} <= {"word-changed", "list-number", "note-missing"}
    else:
        assert [finding for finding in findings if finding.rule == rule and finding.location.startswith(place)]


@pytest.mark.judge
@pytest.mark.parametrize("suffix", [*SCREEN, *TAGGED])
def test_a_moved_paragraph_is_found_in_every_format(wrong: dict[str, dict[str, Result]], suffix: str) -> None:
    rules = {finding.rule for finding in wrong["moved"][suffix].findings}
    assert "paragraph-moved" in rules
    assert not rules & {"paragraph-missing", "paragraph-added"}


@pytest.mark.judge
def test_one_wrong_word_is_one_finding(wrong: dict[str, dict[str, Result]]) -> None:
    for suffix in (*SCREEN, *TAGGED, "print.pdf"):
        first, *more = wrong["word changed"][suffix].findings
        assert "every" in first.message or suffix == "print.pdf"
        assert "any" in first.message
        assert not more or suffix == "print.pdf"


@pytest.mark.judge
def test_one_paragraph_more_does_not_make_others_differ(wrong: dict[str, dict[str, Result]]) -> None:
    for suffix in (*SCREEN, *TAGGED):
        assert [finding.rule for finding in wrong["paragraph added"][suffix].findings] == ["paragraph-added"]


@pytest.mark.judge
def test_a_statement_without_a_master_is_unchecked_and_its_formats_are_compared(good: Path) -> None:
    results = checked([Publication(small.SLUG, good / small.SLUG, None)])
    assert {result.verdict for result in results} == {Verdict.UNCHECKED}
    assert told([Result("words", small.SLUG, each.path, each.findings) for each in results]) == []


def test_every_output_gets_a_verdict(good: Path) -> None:
    publication = Publication(small.SLUG, good / small.SLUG, good / "master" / small.SLUG)
    assert [name for _, name in targets(CHECK, [publication])] == [output.name for output in publication.texts]
