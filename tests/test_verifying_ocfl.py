"""What is said of a storage root and its objects: by communique verify, from the storage root alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import bag_samples
import small_statement
from communique import packing, storing, verifying
from communique.build import build
from communique.checks.report.verified import Verified
from communique.checks.verdict import Verdict
from communique.doctor import places

REVISIONS = """revisions:
  - version: "1"
    date: 2024-02-29
    note: As issued.
  - version: "2"
    date: 2024-03-02
    note: A ship is one of any sort.
"""


def verify(package: Path) -> Verified:
    """What is said of a storage root or an object."""
    return verifying.verify(package, places(), lambda _: None)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage root with a small statement, as the commands make it, and a correction of it."""
    place = tmp_path_factory.mktemp("kept")
    texts = (
        small_statement.text(),
        small_statement.text(small_statement.FRONT + REVISIONS).replace("every ship", "any ship"),
    )
    for text in texts:
        shutil.rmtree(place / "content", ignore_errors=True)
        shutil.rmtree(place / "build" / small_statement.SLUG, ignore_errors=True)
        master = small_statement.write(place / "content", text)
        build(master, place / "build", bag_samples.PLAN, lambda _: None)
        bag_samples.pack(master, place / "build")
        packing.pack(packing.gather(master, place / "build"), place / "build", [storing.NAME], lambda _: None)
    return place / "build" / packing.FOLDER / storing.NAME


def the_object(root: Path) -> Path:
    """The folder of the only object."""
    (found,) = root.glob("*/*/*/*")
    return found


def test_a_storage_root_passes_and_says_which_version_is_the_newest(root: Path) -> None:
    found = verify(root)
    assert found.report.verdict is Verdict.PASSED
    assert found.kind == "OCFL 1.1"
    assert [(each.slug, each.version, each.date) for each in found.statements] == [("small", "2", "2024-03-02")]
    assert (the_object(root) / "v2").is_dir()


def test_an_object_by_itself_passes(root: Path, tmp_path: Path) -> None:
    found = verify(Path(shutil.copytree(the_object(root), tmp_path / "elsewhere")))
    assert found.report.verdict is Verdict.PASSED
    assert any(name == "inventory.json" for name in found.seals)


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_word_that_changes_in_any_version_is_found(version: str, root: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "elsewhere"))
    page = the_object(copy) / version / "content/build/small/small.html"
    page.write_bytes(page.read_bytes().replace(b"harbour", b"Harbour", 1))
    found = verify(copy)
    assert found.report.verdict is Verdict.FAILED
    rules = {each.rule for result in found.report.results for each in result.findings if result.check == "package"}
    assert rules == {"E092", "E093"}
