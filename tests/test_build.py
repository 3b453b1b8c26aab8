"""A build: all editions in all formats, records and manifest, in one folder; what it keeps and what it throws away."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from communique.build import Plan, build, find
from communique.errors import CommuniqueError, MasterError, UsageError
from communique.records import SERIALIZERS
from communique.writers import WRITERS
from communique.writers.pdf.profiles import DEFAULT, PROFILES
from conftest import MASTERS

HTML = Plan(("html",))
EPUB = Plan(("epub",))
BOTH = Plan(("html", "epub"))
TEXT = """---
title: A Title
type: statement
date: 2024-05-01
language: en
issuers:
  - name: Norway
publisher:
  name: The Office
rights:
  statement: All rights reserved
---
Words.
"""


def quiet(_name: str) -> None:
    """Hears of a finished file."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small master in content/sample."""
    made = tmp_path / "content" / "sample"
    made.mkdir(parents=True)
    (made / "statement.md").write_text(TEXT, encoding="utf-8")
    return made


def names(place: Path) -> list[str]:
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


RECORDS = [each.name() for each in SERIALIZERS]


@pytest.mark.parametrize("master", MASTERS, ids=[master.name for master in MASTERS])
def test_every_edition_is_built_in_every_format(built: Path, master: Path) -> None:
    languages = ["", *(f".{path.name.split('.')[1]}" for path in master.glob("statement.*.md"))]
    suffixes = [writer.suffix for writer in WRITERS.values()]
    suffixes += [f"{kind}{profile}.pdf" for kind in ("", "large.") for profile in PROFILES if profile != DEFAULT]
    renditions = [f"{master.name}{language}.{suffix}" for language in languages for suffix in suffixes]
    records = [name.replace(".", f"{language}.", 1) for language in languages for name in RECORDS]
    assert names(built / master.name) == sorted([*renditions, *records, "manifest.json"])


def test_the_outcome_lists_what_lies_in_the_folder(folder: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    outcome = build(folder, tmp_path / "build", BOTH, heard.append)
    assert outcome.folder == tmp_path / "build" / "sample"
    assert sorted(file.name for file in outcome.files) == names(outcome.folder)
    assert all((outcome.folder / file.name).read_bytes() == file.content for file in outcome.files)
    assert heard == ["sample.html", "sample.epub"]


def test_a_second_format_joins_the_first(folder: Path, tmp_path: Path) -> None:
    first = build(folder, tmp_path / "build", HTML, quiet).folder / "sample.html"
    before = first.read_bytes()
    place = build(folder, tmp_path / "build", EPUB, quiet).folder
    assert names(place) == sorted([*RECORDS, "manifest.json", "sample.epub", "sample.html"])
    assert first.read_bytes() == before
    together = build(folder, tmp_path / "other", BOTH, quiet).folder
    assert {name: (place / name).read_bytes() for name in names(place)} == {
        name: (together / name).read_bytes() for name in names(together)
    }


def test_a_format_made_from_other_words_does_not_stay(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "build", HTML, quiet)
    (folder / "statement.md").write_text(TEXT.replace("Words.", "Other words."), encoding="utf-8")
    place = build(folder, tmp_path / "build", EPUB, quiet).folder
    assert names(place) == sorted([*RECORDS, "manifest.json", "sample.epub"])


@pytest.mark.parametrize("changed", ["media/x.png", "source/received.txt", "statement.fr.md"])
def test_any_change_in_the_folder_counts(folder: Path, tmp_path: Path, changed: str) -> None:
    build(folder, tmp_path / "build", HTML, quiet)
    (folder / changed).parent.mkdir(exist_ok=True)
    translation = "---\ntitle: Un titre\n---\nDes mots.\n"
    (folder / changed).write_text(translation, encoding="utf-8")
    place = build(folder, tmp_path / "build", EPUB, quiet).folder
    assert "sample.html" not in names(place)


def test_a_format_that_someone_changed_does_not_stay(folder: Path, tmp_path: Path) -> None:
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    (place / "sample.html").write_bytes(b"not what was built")
    build(folder, tmp_path / "build", EPUB, quiet)
    assert "sample.html" not in names(place)


@pytest.mark.parametrize("manifest", [b"", b"{}", b"[]", b"null", b'{"inputs": 1, "files": 2}', b"\xff"])
def test_a_broken_manifest_is_no_obstacle(folder: Path, tmp_path: Path, manifest: bytes) -> None:
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    (place / "manifest.json").write_bytes(manifest)
    build(folder, tmp_path / "build", EPUB, quiet)
    assert names(place) == sorted([*RECORDS, "manifest.json", "sample.epub"])


def test_a_manifest_cannot_fetch_files_from_elsewhere(folder: Path, tmp_path: Path) -> None:
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    listing = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "build" / "secret").write_bytes((place / "sample.html").read_bytes())
    (entry,) = (each for each in listing["files"] if each["name"] == "sample.html")
    listing["files"].append({**entry, "name": "../secret"})
    (place / "manifest.json").write_text(json.dumps(listing), encoding="utf-8")
    build(folder, tmp_path / "build", EPUB, quiet)
    assert "../secret" not in (place / "manifest.json").read_text(encoding="utf-8")


def test_leftovers_in_the_folder_go(folder: Path, tmp_path: Path) -> None:
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    (place / "old.html").write_text("old")
    build(folder, tmp_path / "build", HTML, quiet)
    assert "old.html" not in names(place)


def test_a_wrong_master_leaves_the_last_outputs(folder: Path, tmp_path: Path) -> None:
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    before = {name: (place / name).read_bytes() for name in names(place)}
    (folder / "statement.md").write_text(TEXT.replace("2024-05-01", "soon"), encoding="utf-8")
    with pytest.raises(MasterError):
        build(folder, tmp_path / "build", HTML, quiet)
    assert {name: (place / name).read_bytes() for name in names(place)} == before


def test_a_writer_that_fails_leaves_the_last_outputs(folder: Path, tmp_path: Path) -> None:
    """Here the PDF, which has no glyph for a character; the page could be made."""
    place = build(folder, tmp_path / "build", HTML, quiet).folder
    before = {name: (place / name).read_bytes() for name in names(place)}
    (folder / "statement.md").write_text(TEXT.replace("Words.", "\U00012000."), encoding="utf-8")
    with pytest.raises(CommuniqueError, match="no font for Cuneiform"):
        build(folder, tmp_path / "build", Plan(("html", "pdf")), quiet)
    assert {name: (place / name).read_bytes() for name in names(place)} == before


def test_the_master_is_only_read(folder: Path, tmp_path: Path) -> None:
    folder.chmod(0o555)
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    build(folder, tmp_path / "build", BOTH, quiet)
    assert {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]} == before
    folder.chmod(0o755)


def test_the_place_makes_no_difference(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved = tmp_path / "a b" / "ü" / "sample"
    shutil.copytree(folder, moved)
    monkeypatch.chdir(moved)
    one = build(folder, tmp_path / "one", BOTH, quiet)
    other = build(Path("../sample"), Path("../out"), BOTH, quiet)
    assert [file.sha256 for file in one.files] == [file.sha256 for file in other.files]


# Which folders are meant.


def test_all_statements_are_found_in_their_order(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "statement.md").touch()
    (tmp_path / "drafts").mkdir()
    (tmp_path / "file.md").touch()
    assert [folder.name for folder in find([], tmp_path)] == ["a", "b", "c"]
    assert [folder.name for folder in find(["c", "a"], tmp_path)] == ["c", "a"]


@pytest.mark.parametrize("content", ["", "missing"])
def test_an_empty_content_folder_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    with pytest.raises(UsageError, match="holds no statement"):
        find([], tmp_path / content)


def test_an_unknown_statement_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "known").mkdir()
    (tmp_path / "known" / "statement.md").touch()
    with pytest.raises(UsageError, match=r"unknown: no such statement \(known here: known\)"):
        find(["known", "unknown"], tmp_path)
