"""What archives get: every kind of package of every master, and of a corrected statement in three languages.

Each is verified from itself alone, and judged by the program that its own field trusts.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import commons_ip
import corrected
from communique import packing, verifying
from communique.audit import Outcome, audit, find
from communique.build import Plan, build
from communique.checks.packages.opened import recognised
from communique.checks.packages.unpacking import unpack
from communique.checks.verdict import Verdict
from communique.doctor import places
from dspace_import import load
from roc_validator import unknown
from test_ocfl_judge import root_objections
from test_packages_bagit import profile_of, validate

pytestmark = pytest.mark.judge
FORMATS = ("html", "pdf", "epub", "docx")
SIX = {"-bag", "-ro-crate", "-saf.zip", "-inveniordm", "-sip"}


@dataclass(frozen=True)
class Archive:
    """An output folder, the packages that were made in it, the oldest first, and its storage root."""

    output: Path
    packages: tuple[Path, ...]

    @property
    def root(self) -> Path:
        """The storage root, with every statement and every version."""
        return self.output / "packages" / "ocfl"

    def of(self, suffix: str) -> list[Path]:
        """The packages of one kind."""
        return [package for package in self.packages if package.name.endswith(suffix)]


def pack(outcome: Outcome) -> Iterator[Path]:
    """Makes every kind of package of what was judged."""
    master, output = outcome.publication.master, outcome.publication.folder.parent
    assert master is not None
    made = packing.pack(packing.gather(master, output), output, packing.KINDS, lambda _: None)
    yield from (made.folder / name for name in made.names)


@pytest.fixture(scope="module")
def masters(checked: list[Outcome]) -> Archive:
    """The masters of the repository, in every format and for every profile."""
    return Archive(checked[0].publication.folder.parent, tuple(path for each in checked for path in pack(each)))


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """Two versions of a statement in three languages, built, judged and packed one after the other."""
    place = tmp_path_factory.mktemp("corrected")
    content, output = place / "content", place / "build"
    made: list[Path] = []
    for number in (1, 2):
        build(corrected.write(content, number), output, Plan(FORMATS), lambda _: None)
        (outcome,) = audit(find((), output, content), places(), lambda _: None)
        assert outcome.passed
        made += pack(outcome)
    return Archive(output, tuple(made))


@pytest.fixture(scope="module", params=["masters", "versions"])
def archive(request: pytest.FixtureRequest) -> Archive:
    """Either of them."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Archive)
    return found


def test_every_kind_is_made_of_every_version(archive: Archive) -> None:
    for suffix in SIX:
        assert len(archive.of(suffix)) == 2
    assert len(archive.packages) == 2 * len(SIX)


def test_every_package_passes_from_itself_alone(archive: Archive, tmp_path: Path) -> None:
    for package in (*archive.packages, archive.root):
        elsewhere = tmp_path / package.name
        shutil.copytree(package, elsewhere) if package.is_dir() else shutil.copyfile(package, elsewhere)
        report = verifying.verify(elsewhere, places(), lambda _: None).report
        assert [f"{package.name}: {each}" for each in (*report.findings, *report.unchecked)] == []
        assert report.verdict is Verdict.PASSED


def test_bagit_py_and_the_profile_take_every_bag(archive: Archive) -> None:
    for bag in map(validate, archive.of("-bag")):
        assert bag.version_info == (1, 0)
        assert not profile_of(bag).errors


def test_ocfl_py_takes_the_storage_root(archive: Archive) -> None:
    assert root_objections(archive.root) == []


def test_roc_validator_takes_every_crate(archive: Archive) -> None:
    assert unknown(*archive.of("-ro-crate")) == []


def test_commons_ip_takes_every_submission(archive: Archive) -> None:
    for package in archive.of("-sip"):
        verdict = commons_ip.validate(package)
        assert (verdict.result, verdict.errors, verdict.warnings) == ("VALID", (), ())


def test_dspace_reads_one_item_from_every_zip(archive: Archive, tmp_path: Path) -> None:
    for number, package in enumerate(archive.of("-saf.zip")):
        (item,) = load(package, tmp_path / str(number))
        assert item.values
        assert item.primary


def test_the_object_of_a_statement_has_both_versions(versions: Archive) -> None:
    (inventory,) = versions.root.glob("*/*/*/*/inventory.json")
    assert sorted(path.name for path in inventory.parent.glob("v?")) == ["v1", "v2"]


def test_a_later_version_names_the_one_it_replaces_in_every_record(versions: Archive) -> None:
    first, second = (path.parent for path in versions.of("-bag"))
    urn = _urn(first)
    assert urn != _urn(second)
    records = (second / "harbour-of-the-north-v2-bag/data/build/harbour-of-the-north/metadata").iterdir()
    naming = {path.name.split(".")[0] for path in records if urn in path.read_text(encoding="utf-8")}
    assert naming >= {"dublin-core", "datacite", "schema-org", "mods", "marc", "inveniordm", "mets"}


def _urn(folder: Path) -> str:
    """The URN of a version, as its bag has it."""
    (bag,) = folder.glob("*-bag")
    lines = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("External-Identifier: urn:uuid:"))


def remarks(package: Path, place: Path) -> list[str]:
    """What the judge of its kind says of a package as it lies there."""
    if package.is_dir():
        found = recognised(package)
    else:
        shutil.rmtree(place, ignore_errors=True)
        found = recognised(place, list(unpack(package, place)))
    return [str(each) for each in (*found.said, *found.kind.remarks(found.tree))]


@pytest.mark.parametrize("suffix", [*sorted(SIX - {"-saf.zip"}), "ocfl"])
def test_one_byte_in_any_file_of_any_package_counts(suffix: str, versions: Archive, tmp_path: Path) -> None:
    package = versions.root if suffix == "ocfl" else versions.of(suffix)[-1]
    copy = shutil.copytree(package, tmp_path / package.name)
    assert remarks(copy, tmp_path) == []
    for path in sorted(path for path in copy.rglob("*") if path.is_file()):
        content = path.read_bytes()
        place = len(content) // 2
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert remarks(copy, tmp_path), f"{path}: byte {place}"
        path.unlink()
        assert remarks(copy, tmp_path), f"{path}: missing"
        path.write_bytes(content)
        other = path.with_name(f"{path.name}.more")
        other.write_bytes(content)
        assert remarks(copy, tmp_path), f"{other}: too many"
        other.unlink()
    assert remarks(copy, tmp_path) == []
