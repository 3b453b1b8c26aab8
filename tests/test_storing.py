"""A storage root on the disk: it grows by one version at a time, in one step, and loses nothing, whatever happens."""

from __future__ import annotations

import dataclasses
import errno
import hashlib
import json
import os
import shutil
import signal
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import packing, storage, storing
from communique.checks.packages import ocfl as judge
from communique.checks.packages.files import tree
from communique.errors import UsageError
from communique.packages import ocfl
from communique.packages.contents import Contents, Part, Role
from communique.statement import Publisher
from ocfl_samples import FIRST, HISTORY, MASTER, ONE, THREE, TWO, gathered, grown, held, part
from test_storage import held as held_in

OTHER = dataclasses.replace(
    gathered({"content/other/statement.md": b"Other words.\n"}),
    statements=(dataclasses.replace(ONE.statements[0], slug="other"),),
)


def store(contents: Contents, output: Path) -> Path:
    """The object of a statement after a version was added, in the storage root below an output folder."""
    with storage.locked(output):
        return storing.store(contents, output / packing.FOLDER, output)


def root(output: Path) -> Path:
    """The storage root below an output folder."""
    return output / packing.FOLDER / storing.NAME


def objections(output: Path) -> list[str]:
    """Everything that is said against the storage root."""
    return [f"{remark.rule} {remark.message}" for remark in judge.remarks(tree(root(output)))]


def test_a_storage_root_is_made_with_its_first_object(tmp_path: Path) -> None:
    place = store(ONE, tmp_path)
    assert place == root(tmp_path) / ocfl.place(ONE.statements[0].urn)
    assert held_in(place) == held(grown([ONE]))
    assert {name: content for name, content in held_in(root(tmp_path)).items() if "urn" not in name} == held(
        ocfl.root_files()
    )
    assert objections(tmp_path) == []
    assert sorted(each.name for each in tmp_path.iterdir()) == [".lock", "packages"]


def test_each_version_is_added_to_the_object(tmp_path: Path) -> None:
    for number, contents in enumerate(HISTORY, 1):
        place = store(contents, tmp_path)
        assert held_in(place) == held(grown(HISTORY[:number]))
        assert objections(tmp_path) == []


def test_what_lies_there_is_not_written_again(tmp_path: Path) -> None:
    place = store(ONE, tmp_path)
    before = {path.relative_to(place): path.stat() for path in place.rglob("*") if path.is_file()}
    store(TWO, tmp_path)
    after = {path.relative_to(place): path.stat() for path in place.rglob("*") if path.is_file()}
    renewed = {name.as_posix() for name in before if before[name].st_ino != after[name].st_ino}
    assert renewed == {"inventory.json", "inventory.json.sha512"}
    assert {status.st_nlink for status in after.values()} == {1}


def test_the_same_version_changes_nothing(tmp_path: Path) -> None:
    place = store(ONE, tmp_path)
    before = place.stat()
    assert store(ONE, tmp_path) == place
    assert (place.stat().st_ino, place.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_other_objects_are_left_alone(tmp_path: Path) -> None:
    store(ONE, tmp_path)
    before = held_in(root(tmp_path))
    other = store(OTHER, tmp_path)
    added = {name for name in held_in(root(tmp_path)) if name not in before}
    assert all((root(tmp_path) / name).is_relative_to(other) for name in added)
    store(TWO, tmp_path)
    assert objections(tmp_path) == []
    assert len(judge.places(tree(root(tmp_path)))) == len(FIRST) + 1


def test_the_object_of_a_publisher_who_is_written_otherwise_goes_on(tmp_path: Path) -> None:
    place = store(ONE, tmp_path)
    store(OTHER, tmp_path)
    renamed = dataclasses.replace(TWO.statements[0], publisher=Publisher("The Press Office"))
    assert store(dataclasses.replace(TWO, statements=(renamed,)), tmp_path) == place
    assert json.loads((place / "inventory.json").read_bytes())["head"] == "v2"
    assert objections(tmp_path) == []


def test_an_empty_folder_becomes_a_storage_root(tmp_path: Path) -> None:
    root(tmp_path).mkdir(parents=True)
    store(ONE, tmp_path)
    assert objections(tmp_path) == []


def test_the_command_packs_into_the_storage_root(tmp_path: Path) -> None:
    listing = dataclasses.replace(part("build/sample/manifest.json", b"{}"), role=Role.LISTING)
    contents = dataclasses.replace(ONE, parts=(*ONE.parts, listing))
    told: list[str] = []
    outcome = packing.pack(contents, tmp_path, (storing.NAME,), told.append)
    (place,) = outcome.places
    assert place == root(tmp_path) / ocfl.place(ONE.statements[0].urn)
    assert told == ["ocfl"]
    assert objections(tmp_path) == []


def test_no_statement_may_have_the_name_of_the_storage_root(tmp_path: Path) -> None:
    named = dataclasses.replace(ONE.statements[0], slug=storing.NAME)
    with pytest.raises(UsageError, match="ocfl: is the name of the storage root"):
        packing.pack(dataclasses.replace(ONE, statements=(named,)), tmp_path, (storing.NAME,), print)
    assert list(tmp_path.iterdir()) == []


# What is refused, and left as it is.


def refused(contents: Contents, output: Path) -> str:
    """The one line with which a version is refused; nothing has changed after it."""
    before = held_in(root(output))
    with pytest.raises(UsageError) as failure:
        store(contents, output)
    (line,) = failure.value.lines()
    assert held_in(root(output)) == before
    return line


@pytest.mark.parametrize("name", sorted(held(grown([ONE, TWO]))))
def test_a_broken_object_is_not_extended(name: str, tmp_path: Path) -> None:
    store(ONE, tmp_path)
    place = store(TWO, tmp_path)
    content = (place / name).read_bytes()
    (place / name).write_bytes(content[:-1] + b"\0")
    line = refused(THREE, tmp_path)
    assert line.startswith(f"{place}: the object of sample is not whole: ")
    assert line.endswith("a broken object is not extended)")
    (place / name).unlink()
    assert f"{name} is missing" in refused(THREE, tmp_path)


def test_an_object_with_anything_but_files_is_not_extended(tmp_path: Path) -> None:
    place = store(ONE, tmp_path)
    (place / "logs").mkdir()
    assert refused(TWO, tmp_path).startswith(f"{place}/logs: is an empty folder")
    (place / "logs").rmdir()
    (place / "link").symlink_to(place / "inventory.json")
    assert refused(TWO, tmp_path).startswith(f"{place}/link: is a link, which no package can hold")


def test_an_older_version_is_refused(tmp_path: Path) -> None:
    store(ONE, tmp_path)
    store(TWO, tmp_path)
    assert "version 1 is older than what was packaged last" in refused(ONE, tmp_path)


@pytest.mark.parametrize("name", sorted(held(ocfl.root_files())))
def test_another_storage_root_is_refused(name: str, tmp_path: Path) -> None:
    store(ONE, tmp_path)
    (root(tmp_path) / name).write_bytes(b"other")
    assert refused(TWO, tmp_path).startswith(f"{root(tmp_path) / name}: is not that of a storage root of this program")


def test_a_folder_that_is_no_storage_root_is_refused(tmp_path: Path) -> None:
    (root(tmp_path) / "v1").mkdir(parents=True)
    (root(tmp_path) / "v1" / "notes.txt").write_text("mine")
    assert "is not that of a storage root" in refused(ONE, tmp_path)


# Large files.


def _large(version: Contents, size: int) -> Contents:
    """A version with a film of so many pieces of one megabyte."""
    piece = bytes(range(256)) * 4096

    def pieces() -> Iterator[bytes]:
        for _ in range(size):
            yield piece[:]

    digests = hashlib.sha256(), hashlib.sha512()
    for each in pieces():
        for digest in digests:
            digest.update(each)
    sha256, sha512 = (digest.hexdigest() for digest in digests)
    film = Part("content/sample/media/film.mp4", Role.MASTER, "video/mp4", size << 20, sha256, sha512, pieces)
    return dataclasses.replace(version, parts=(*version.parts, film))


def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    versions = [_large(each, 32) for each in (ONE, TWO)]
    tracemalloc.start()
    try:
        place, _ = (store(each, tmp_path) for each in versions)
        assert list(judge.remarks(tree(root(tmp_path)))) == []
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (place / "v1/content/content/sample/media/film.mp4").stat().st_size == 32 << 20
    assert peak < 8 << 20


# Killed at any moment.


def killed(output: Path, contents: Contents, step: int) -> bool:
    """Whether a process that adds a version was killed at a step: Python reports each file that it opens, and so on."""
    child = os.fork()
    if not child:
        seen = 0

        def watch(*_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        store(contents, output)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize(("before", "contents"), [((), ONE), ((ONE,), TWO), ((OTHER,), ONE)])
def test_a_killed_run_leaves_a_whole_storage_root(
    before: tuple[Contents, ...], contents: Contents, tmp_path: Path
) -> None:
    for each in before:
        store(each, tmp_path / "start")
    (tmp_path / "start").mkdir(exist_ok=True)
    ends = set()
    for step in range(1, 2000, 11):
        output = tmp_path / "output"
        shutil.copytree(tmp_path / "start", output)
        was_killed = killed(output, contents, step)
        if root(output).exists():
            assert objections(output) == []
            ends.add(len(list(root(output).rglob("v*/inventory.json"))))
        place = store(contents, output)
        assert objections(output) == []
        assert sorted(each.name for each in output.iterdir()) == [".lock", "packages"]
        assert held_in(place) == held(grown([*(each for each in before if each is not OTHER), contents]))
        shutil.rmtree(output)
        if not was_killed:
            break
    assert not was_killed
    assert len(before) + 1 in ends


@pytest.mark.parametrize("is_back", [False, True])
def test_an_object_that_was_moved_aside_comes_back(
    is_back: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where folders cannot be exchanged, the kill came between the two moves, or after them."""
    place = store(ONE, tmp_path)
    shutil.copytree(place, place.with_name(f"{storage._ASIDE}{place.name}"))
    if not is_back:
        shutil.rmtree(place)
    monkeypatch.setattr(storage, "_exchange", lambda *_: False)
    assert store(TWO, tmp_path) == place
    assert held_in(place) == held(grown([ONE, TWO]))
    assert objections(tmp_path) == []


def test_where_files_cannot_be_linked_they_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    store(ONE, tmp_path)
    monkeypatch.setattr(os, "link", refuse)
    place = store(TWO, tmp_path)
    assert held_in(place) == held(grown([ONE, TWO]))


def test_what_is_not_this_master_is_not_taken_for_it(tmp_path: Path) -> None:
    """A statement whose name is the end of another's has an object of its own."""
    longer = dataclasses.replace(ONE.statements[0], slug="small-sample")
    files = {name.replace("/sample/", "/small-sample/"): content for name, content in FIRST.items()}
    store(dataclasses.replace(gathered(files), statements=(longer,)), tmp_path)
    place = store(ONE, tmp_path)
    assert MASTER in judge.places(tree(place))
    assert objections(tmp_path) == []
