"""The versions of a text in its master: numbers, days, and the same in every edition."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from communique import master
from communique.errors import MasterError
from communique.statement import Publisher, Revision
from samples import statement

FRONT = """---
title: A Title
type: statement
date: 2024-05-01
language: en
issuers:
  - name: Norway
publisher:
  name: The Office
rights:
  statement: Public Domain
"""


def history(*versions: tuple[str, str]) -> str:
    """The key `revisions` with versions and their days."""
    rows = "".join(f'  - version: "{version}"\n    date: {day}\n    note: Changed\n' for version, day in versions)
    return f"revisions:\n{rows}" if versions else ""


def wrong(folder: Path, revisions: str, translation: str | None = None) -> list[str]:
    """What is wrong with a statement of these versions, and with its translation if it has one."""
    (folder / "a").mkdir()
    (folder / "a/statement.md").write_text(f"{FRONT}{revisions}---\nWords.\n", encoding="utf-8")
    if translation is not None:
        text = f"---\ntitle: Un titre\nlanguage: fr\n{translation}---\nMots.\n"
        (folder / "a/statement.fr.md").write_text(text, encoding="utf-8")
    try:
        master.read(folder / "a")
    except MasterError as error:
        return [line.removeprefix(f"{folder}/a/") for line in error.lines()]
    return []


@pytest.mark.parametrize(
    ("versions", "found"),
    [
        ((("1", "2024-05-01"), ("2", "2024-06-01")), []),
        ((("1", "2024-05-01"), ("1.1", "2024-05-01")), []),
        ((("2", "2024-05-01"), ("1", "2024-05-02")), []),  # what a number means is the office's own business
        (
            (("1", "2024-05-01"), ("1", "2024-06-01")),
            ["statement.md:16: revisions[1].version: '1' is the number of an earlier version too"],
        ),
        (
            (("a", "2024-05-01"), ("A", "2024-06-01")),
            ["statement.md:16: revisions[1].version: 'A' is the number of an earlier version too"],
        ),
        (
            (("1", "2024-06-01"), ("2", "2024-05-01")),
            ["statement.md:17: revisions[1].date: 2024-05-01 is before 2024-06-01, the day of the version above it"],
        ),
        ((("1/2", "2024-06-01"),), ["statement.md:13: revisions[0].version: '1/2' is not a number of a version"]),
        ((("..", "2024-06-01"),), ["statement.md:13: revisions[0].version: '..' is not a number of a version"]),
    ],
)
def test_a_version_has_its_own_number_and_comes_after_the_one_before(
    versions: tuple[tuple[str, str], ...], found: list[str], tmp_path: Path
) -> None:
    assert [line.partition(" (")[0] for line in wrong(tmp_path, history(*versions))] == found


TWO = (("1", "2024-05-01"), ("2", "2024-06-01"))


@pytest.mark.parametrize("own", [(), TWO])
def test_an_edition_may_say_nothing_of_versions_or_the_same(own: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    assert wrong(tmp_path, history(*TWO), history(*own)) == []


@pytest.mark.parametrize(
    "own",
    [TWO[:1], (*TWO, ("3", "2024-07-01")), (TWO[0], ("2", "2024-06-02")), (("1", "2024-05-01"), ("1.1", TWO[1][1]))],
)
def test_what_changed_in_one_edition_is_a_new_version_of_all(own: tuple[tuple[str, str], ...], tmp_path: Path) -> None:
    (line,) = wrong(tmp_path, history(*TWO), history(*own))
    assert line.startswith("statement.fr.md:4: revisions: the versions are not those of statement.md")


def test_a_translation_counts_no_versions_where_the_statement_has_none(tmp_path: Path) -> None:
    (line,) = wrong(tmp_path, "", history(*TWO))
    assert "not those of statement.md (none)" in line


def test_all_editions_of_a_version_have_its_urn_and_those_of_another_have_not() -> None:
    one = statement(revisions=(Revision("1", "2024-05-01", "First"),))
    other = dataclasses.replace(one, language="fr", editions=("en", "fr"), publisher=Publisher("Le bureau"))
    later = dataclasses.replace(one, revisions=(*one.revisions, Revision("2", "2024-06-01", "Second")))
    assert (one.urn, one.version_urn) == (other.urn, other.version_urn)
    assert later.replaced_urn == one.version_urn
    assert len({later.urn, later.version_urn, later.replaced_urn}) == 3
    assert later.urn == one.urn
    assert one.replaced_urn == ""
    assert statement().version_urn == one.version_urn  # a draft is on its way to version 1
