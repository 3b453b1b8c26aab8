"""From content/ and build/ to packages: what is refused, and what is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique import cli, packing, storing
from communique.build import Plan, build
from communique.errors import MasterError, ToolFailed, UsageError
from communique.packages import PACKAGERS, Packager
from communique.packages.contents import Contents
from communique.packages.entry import Entry, copied, written
from test_versions import FRONT, history


def pack(contents: Contents) -> Iterator[Entry]:
    """A package of everything, under its own path."""
    yield written("about.txt", contents.slug.encode())
    yield from (copied(part.path, part) for part in contents.parts)


KINDS = {"folder": Packager("folder", "Test 1", "-folder", pack), "zip": Packager("zip", "Test 2", "-z.zip", pack)}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with content/sample, built and judged, and two kinds of packages that the program knows."""
    monkeypatch.setattr(packing, "PACKAGERS", KINDS)
    rewrite(tmp_path, "Words.\n")
    make(tmp_path)
    return tmp_path


def rewrite(place: Path, text: str, *versions: tuple[str, str]) -> None:
    """Writes the master."""
    (place / "content/sample/source").mkdir(parents=True, exist_ok=True)
    (place / "content/sample/source/received.bin").write_bytes(b"\0\1")
    master = f"{FRONT}{history(*(versions or (('1', '2024-05-01'),)))}---\n{text}"
    (place / "content/sample/statement.md").write_text(master, encoding="utf-8")


def make(place: Path) -> None:
    """Builds, and writes a report as a check does."""
    build(place / "content/sample", place / "build", Plan(("html",)), lambda _: None)
    judged(place)


def judged(place: Path, verdict: str = "passed") -> None:
    """Writes the report of a check of what lies there."""
    folder = place / "build/sample"
    result = {"check": "nu", "file": "sample.html", "verdict": verdict}
    report = {
        "statement": {"slug": "sample"},
        "manifest": {"sha256": hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()},
        "checks": [{"name": "nu", "judge": "Nu HTML Checker", "version": "1"}],
        "results": [result, {**result, "file": None}],
    }
    (folder / "check").mkdir(exist_ok=True)
    (folder / "check/check.json").write_text(json.dumps(report), encoding="utf-8")


def run(place: Path, *kinds: str) -> Path:
    """Packs, and gives the folder of the packages."""
    found = packing.gather(place / "content/sample", place / "build")
    return packing.pack(found, place / "build", kinds or tuple(KINDS), lambda _: None).folder


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_packages_of_a_version_lie_in_its_folder_with_the_manifest(place: Path) -> None:
    folder = run(place)
    assert folder == place / "build/packages/sample/v1"
    assert sorted(path.name for path in folder.iterdir()) == ["manifest.json", "sample-v1-folder", "sample-v1-z.zip"]
    found = files(folder / "sample-v1-folder")
    assert found["content/sample/source/received.bin"] == b"\0\1"
    assert found["build/sample/sample.html"] == (place / "build/sample/sample.html").read_bytes()
    assert "build/sample/check/check.json" in found
    assert files(folder)["manifest.json"] == (place / "build/sample/manifest.json").read_bytes()


def test_the_same_files_give_the_same_packages(place: Path) -> None:
    first = files(run(place))
    assert files(run(place)) == first


def test_a_kind_that_is_not_asked_for_stays_as_it_is(place: Path) -> None:
    folder = run(place)
    before = (folder / "sample-v1-z.zip").stat().st_ino
    run(place, "folder")
    assert (folder / "sample-v1-z.zip").stat().st_ino == before


def test_verdicts_come_from_the_report(place: Path) -> None:
    judged(place, "unchecked")
    (verdict,) = packing.gather(place / "content/sample", place / "build").verdicts
    assert (verdict.judge, verdict.version, verdict.outcome) == ("Nu HTML Checker (nu)", "1", "unchecked")
    assert (verdict.files, verdict.day) == (("sample.html", "sample"), "2024-05-01")


def test_a_new_version_leaves_the_packages_of_the_one_before(place: Path) -> None:
    before = files(run(place))
    rewrite(place, "Other words.\n", ("1", "2024-05-01"), ("2", "2024-06-01"))
    make(place)
    assert run(place).name == "v2"
    assert files(place / "build/packages/sample/v1") == before


def test_other_words_are_not_packed_under_the_same_number(place: Path) -> None:
    before = files(run(place))
    rewrite(place, "Other words.\n")
    (place / "build/sample/manifest.json").unlink()  # a build that knows nothing of the earlier one
    make(place)
    with pytest.raises(MasterError, match=r"not those of version 1 in .*packages/sample/v1"):
        run(place)
    assert files(place / "build/packages/sample/v1") == before


def test_what_was_not_built_is_not_packed(place: Path) -> None:
    (place / "build/sample/manifest.json").unlink()
    with pytest.raises(UsageError, match="communique build sample makes it"):
        run(place)


def test_what_was_built_from_another_master_is_not_packed(place: Path) -> None:
    rewrite(place, "Words.\n\n", ("1", "2024-05-01"))
    with pytest.raises(UsageError, match=r"was not built from .* as it is now \(communique build sample\)"):
        run(place)


@pytest.mark.parametrize("report", [None, b"", b"{}", b'{"manifest": {"sha256": "0"}}', b"[]"])
def test_what_was_not_judged_since_is_not_packed(report: bytes | None, place: Path) -> None:
    path = place / "build/sample/check/check.json"
    path.unlink()
    if report is not None:
        path.write_bytes(report)
    with pytest.raises(UsageError, match="communique check"):
        run(place)


def test_a_package_that_cannot_be_made_whole_is_not_there(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(run(place))

    def torn(contents: Contents) -> Iterator[Entry]:
        yield from pack(contents)
        raise UsageError("the disk broke")

    for name, suffix in (("folder", "-folder"), ("zip", "-z.zip")):
        monkeypatch.setitem(KINDS, name, Packager(name, "", suffix, torn))
        with pytest.raises(UsageError):
            run(place, name)
    assert files(place / "build/packages/sample/v1") == before
    assert [path.name for path in (place / "build").glob(".new-*")] == []


def test_a_statement_cannot_take_the_place_of_the_packages(place: Path) -> None:
    (place / "content/sample").rename(place / "content/packages")
    with pytest.raises(UsageError, match="give the folder another name"):
        build_find(place)


def build_find(place: Path) -> None:
    """Looks for the statement called packages."""
    from communique.build import find

    find(("packages",), place / "content")


def test_an_unknown_kind_is_one_line(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--content", str(place / "content"), "--output", str(place / "build"), "--package", "floppy"]
    assert cli.main(["package", *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "'floppy' is not a package (choose from" in line
    assert all(name in line for name in PACKAGERS)


def test_a_file_that_changes_while_it_is_packed_is_in_no_package(place: Path) -> None:
    before = files(run(place))
    found = packing.gather(place / "content/sample", place / "build")
    page = place / "build/sample/sample.html"
    page.write_bytes(page.read_bytes().replace(b"Words", b"Wards"))
    for kind in KINDS:
        with pytest.raises(ToolFailed, match=r"build/sample/sample.html: has changed while it was packed"):
            packing.pack(found, place / "build", [kind], lambda _: None)
    assert files(place / "build/packages/sample/v1") == before


def test_a_version_that_the_storage_root_refuses_makes_no_package(place: Path) -> None:
    rewrite(place, "Words.\n", ("1", "2024-05-01"), ("2", "2024-06-01"))
    make(place)
    run(place, storing.NAME)
    rewrite(place, "Words.\n", ("1", "2024-05-01"))
    make(place)
    with pytest.raises(UsageError, match="older"):
        run(place, *KINDS, storing.NAME)
    assert not (place / "build/packages/sample/v1").exists()
