"""Storage roots before ocfl-py, which its editors write beside the specification: it has nothing against ours."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ocfl
import pytest
from ocfl.validator import Validator

from communique import storage, storing
from communique.checks.packages import ocfl as own
from communique.checks.packages.files import tree
from communique.packages.contents import Contents, Part
from communique.statement import Revision
from conftest import MASTERS
from ocfl_samples import HISTORY, grown, held, storage_root
from package_samples import gathered
from test_check_packages_ocfl import BROKEN, changed, lay

pytestmark = pytest.mark.judge
# ocfl-py 2.1.0 breaks off at these, or lets them pass.
UNSEEN = {
    "no manifest",
    "no state",
    "no list of paths",
    "an empty list of paths",
    "a path that is no text",
    "a version that is a text",
    "another type",
    "an unknown key",
    "an unknown key of a version",
    "an unknown key of a user",
    "a user with an empty name",
}


def objections(place: Path) -> list[str]:
    """What ocfl-py says against an object, warnings too."""
    validator = Validator(log_warnings=True)
    validator.validate_object(str(place))
    return [str(message) for message in validator.log.messages]


def root_objections(place: Path) -> list[str]:
    """What ocfl-py says against a storage root and its objects, warnings too."""
    root = ocfl.StorageRoot(str(place))
    is_valid = root.validate(log_warnings=True)
    return [*map(str, root.errors), *map(str, root.log.messages), *(() if is_valid else ("not valid",))]


def corrected(contents: Contents, number: int) -> Contents:
    """The next version of a statement: a word of its master and of its page is another."""
    before = contents.statements[0].revisions or (Revision("1", contents.date, "As issued."),)
    revisions = (*before, Revision(str(number), "2030-01-01", "A word was wrong."))
    said = tuple(dataclasses.replace(each, revisions=revisions) for each in contents.statements)
    parts = tuple(_longer(part, number) if part.path.endswith((".html", ".md")) else part for part in contents.parts)
    return dataclasses.replace(contents, statements=said, parts=parts)


def _longer(part: Part, number: int) -> Part:
    content = b"".join(part.pieces()) + f"\nVersion {number}\n".encode()
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return dataclasses.replace(part, size=len(content), sha256=sha256, sha512=sha512, pieces=lambda: iter((content,)))


@pytest.fixture(scope="module")
def root(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A storage root with both masters of the repository in two versions, and the second of them packaged again."""
    output = tmp_path_factory.mktemp("output")
    for folder in MASTERS:
        first = gathered(built, folder.name, output / "made")
        second = corrected(first, 2)
        again = dataclasses.replace(second, tools={**second.tools, "other": "2"}, parts=second.parts[1:])
        with storage.locked(output):
            for each in (first, second, again):
                storing.store(each, output / "packages", output)
    return output / "packages" / storing.NAME


def test_nothing_is_said_against_the_masters_of_the_repository(root: Path) -> None:
    assert root_objections(root) == []
    places = {path.parent for path in root.rglob("0=ocfl_object_1.1")}
    assert len(places) == len(MASTERS)
    assert [objections(place) for place in places] == [[]] * len(places)
    assert list(own.remarks(tree(root))) == []


def test_every_file_of_a_real_version_is_found_and_unchanged(root: Path, built: Path) -> None:
    found = own.places(tree(root), "v1")
    for folder in MASTERS:
        for path in (each for each in built.rglob(f"{folder.name}/**/*") if each.is_file()):
            name = f"build/{path.relative_to(built).as_posix()}"
            assert (root / found[name]).read_bytes() == path.read_bytes()


def test_a_byte_that_changes_and_a_file_that_is_gone_are_found_in_a_real_object(root: Path) -> None:
    """In the first, the middle and the last third of one file in seven: the small samples have all of them."""
    place = sorted(path.parent for path in root.rglob("0=ocfl_object_1.1"))[0]
    for name in sorted(path for path in place.rglob("*") if path.is_file())[::7]:
        content = name.read_bytes()
        for position in {0, len(content) // 2, len(content) - 1} if content else ():
            name.write_bytes(content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :])
            assert list(own.remarks(tree(place))), (name, position)
        name.unlink()
        assert list(own.remarks(tree(place))), name
        name.write_bytes(content)
    assert list(own.remarks(tree(place))) == []


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_is_said_against_any_number_of_versions(number: int, tmp_path: Path) -> None:
    place = storage_root(tmp_path, HISTORY[:number])
    assert root_objections(tmp_path) == []
    assert objections(place) == []


SEEN = [pytest.param(change, id=name) for name, rule, change in BROKEN if rule[0] == "E" and name not in UNSEEN]


@pytest.mark.parametrize("change", SEEN)
def test_what_breaks_a_rule_of_ours_breaks_one_of_theirs(change: Callable[[Any], Any], tmp_path: Path) -> None:
    place = lay(tmp_path / "object", held(grown()))
    assert objections(place) == []
    assert any("[E" in each for each in objections(lay(place, changed(change))))
