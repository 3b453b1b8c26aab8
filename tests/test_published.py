"""Words that were published as a version stay as they were: other words need another version."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import cli, wording
from communique.build import Plan, build
from communique.errors import MasterError
from samples import statement
from test_versions import FRONT, history

ONE, TWO = (("1", "2024-05-01"),), (("1", "2024-05-01"), ("2", "2024-06-01"))
TEXT = "The **first** paragraph,\nwith a [link](https://example.org/a).[^n]\n\n1. item\n2. item\n\n[^n]: A note.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a master."""
    made = tmp_path / "content" / "sample"
    made.mkdir(parents=True)
    return made


def publish(folder: Path, text: str = TEXT, versions: tuple[tuple[str, str], ...] = ONE) -> bytes:
    """Builds a master of these words and versions; the web page."""
    (folder / "statement.md").write_text(f"{FRONT}{history(*versions)}---\n{text}", encoding="utf-8")
    build(folder, folder.parents[1] / "build", Plan(("html",)), lambda _: None)
    return (folder.parents[1] / "build/sample/sample.html").read_bytes()


CHANGES = {
    "a word": ("first", "second"),
    "a letter's case": ("item\n2", "Item\n2"),
    "a stop": ("A note.", "A note"),
    "a paragraph": ("\n\n1. item", "\n\nMore.\n\n1. item"),
    "the number of an item": ("1. item\n2. item", "3. item\n4. item"),
    "an item made a paragraph": ("2. item", "\nitem"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_words_are_not_published_under_the_same_number(change: str, folder: Path) -> None:
    before = publish(folder)
    with pytest.raises(MasterError, match="the words are not those of version 1") as raised:
        publish(folder, TEXT.replace(*CHANGES[change]))
    assert "add a new version to revisions" in str(raised.value)
    assert (folder.parents[1] / "build/sample/sample.html").read_bytes() == before
    publish(folder, TEXT.replace(*CHANGES[change]), TWO)


@pytest.mark.parametrize(
    ("old", "new"),
    [("paragraph,\nwith", "paragraph, with"), ("**first**", "*first*"), ("example.org/a", "example.org/b")],
)
def test_the_same_words_may_be_laid_out_otherwise(old: str, new: str, folder: Path) -> None:
    publish(folder)
    publish(folder, TEXT.replace(old, new))


def test_a_draft_may_change_until_its_first_version_is_named(folder: Path) -> None:
    publish(folder, versions=())
    publish(folder, "Other words.\n", versions=())
    publish(folder, "Still other words.\n", ONE)
    with pytest.raises(MasterError, match="not those of version 1"):
        publish(folder)


def test_the_command_says_it_in_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(folder)
    master = folder / "statement.md"
    master.write_text(master.read_text(encoding="utf-8").replace("A note", "No note"), encoding="utf-8")
    place = folder.parents[1]
    assert cli.main(["build", "--content", str(place / "content"), "--output", str(place / "build")]) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{master}: the words are not those of version 1 in {place}/build/sample (add a new version")


def test_title_issuers_and_date_are_words_too() -> None:
    digests = {wording.digest(statement(**change)) for change in ({}, {"title": "B"}, {"date": "2024-05-02"})}
    assert len(digests) == 3
