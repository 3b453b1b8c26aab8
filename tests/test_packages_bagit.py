"""Bags: valid for bagit.py and their own profile, ready for Archivematica, and enough to build everything again."""

from __future__ import annotations

import csv
import dataclasses
import json
import logging
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import bagit
import bagit_profile
import pytest

import bag_samples
from bag_samples import SLUG, flips, forge, names
from communique import master, storage
from communique.checks.packages import bag as judge
from communique.checks.packages.files import tree
from communique.crosswalk.facts import gather
from communique.crosswalk.flat import pairs
from communique.errors import MasterError
from communique.packages import PACKAGERS
from communique.packages import bagit as ours
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import written
from communique.packages.reading import contents
from conftest import MASTERS, ROOT
from package_samples import gathered, lay_out
from test_cli import ENVIRONMENT


@pytest.fixture(scope="module", params=[folder.name for folder in MASTERS])
def real(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Contents, Path]:
    """Each master of the repository with all of its outputs, and its bag."""
    place = tmp_path_factory.mktemp("real")
    found = gathered(built, request.param, place)
    return found, lay_out(list(ours.pack(found)), place / "bag")


def one(name: str, content: bytes = b"x", role: Role = Role.SOURCE) -> Part:
    """A file of a statement."""
    entry = written(name, content)
    return Part(name, role, "text/plain", entry.size, entry.sha256, entry.sha512, entry.pieces)


def with_files(*parts: Part) -> Contents:
    """The smallest contents: the master of the kitchen sink, and some files."""
    folder = next(folder for folder in MASTERS if folder.name == "kitchen-sink")
    return Contents(tuple(master.read(folder)), parts, {"communique": "1"})


def validate(folder: Path) -> bagit.Bag:
    """What bagit.py of the Library of Congress makes of a bag; it raises what is wrong."""
    bag = bagit.Bag(str(folder))
    bag.validate()
    return bag


def profile_of(bag: bagit.Bag) -> bagit_profile.ProfileValidationReport:
    """What the profile that a bag carries says of it."""
    profile = bagit_profile.Profile(ours.PROFILE_URI, Path(bag.path, ours.PROFILE_NAME).read_text(encoding="utf-8"))
    profile.validate(bag)
    return profile.report


def test_a_real_bag_is_valid_and_meets_its_profile(real: tuple[Contents, Path]) -> None:
    _, folder = real
    bag = validate(folder)
    assert bag.version_info == (1, 0)
    assert profile_of(bag).errors == []
    assert list(judge.remarks(tree(folder))) == []


def test_a_bag_holds_every_file_as_it_lay(real: tuple[Contents, Path]) -> None:
    contents, folder = real
    places = judge.places(tree(folder))
    assert sorted(places) == [part.path for part in contents.parts]
    for part in contents.parts:
        assert (folder / places[part.path]).read_bytes() == b"".join(part.pieces())
    made = set(names(folder)) - set(places.values())
    manifests = {f"{kind}-{algorithm}.txt" for kind in ("manifest", "tagmanifest") for algorithm in judge.ALGORITHMS}
    assert made == manifests | {"bagit.txt", "bag-info.txt", ours.PROFILE_NAME, "data/premis.xml"} | {
        "data/metadata/metadata.csv"
    }


def test_the_same_contents_give_the_same_bag(real: tuple[Contents, Path]) -> None:
    contents, folder = real
    again = list(ours.pack(contents))
    assert [(each.name, b"".join(each.pieces())) for each in again] == [
        (each.name, (folder / each.name).read_bytes()) for each in again
    ]


def as_archivematica(folder: Path) -> dict[str, dict[str, list[str]]]:
    """metadata.csv as Archivematica reads it: a column that comes again adds a value, an empty cell is none."""
    with (folder / "data/metadata/metadata.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[0] == "filename"
    found: dict[str, dict[str, list[str]]] = {}
    for name, *cells in rows:
        assert name not in found, "a second line for a file takes the place of the first"
        assert len(cells) == len(head) - 1
        for column, cell in zip(head[1:], cells, strict=True):
            if cell:
                found.setdefault(name, {}).setdefault(column, []).append(cell)
    return found


def test_archivematica_finds_every_master_and_output_with_all_that_the_crosswalk_says(
    real: tuple[Contents, Path],
) -> None:
    contents, folder = real
    read = as_archivematica(folder)
    languages = {each.language: each for each in contents.statements}
    wanted = [each for each in contents.of(Role.MASTER, Role.RENDITION) if each.language]
    assert set(read) == {f"data/{each.path}" for each in wanted}
    for part in wanted:
        said = read[f"data/{part.path}"]
        expected: dict[str, list[str]] = {}
        for name, value in pairs("archivematica", gather(languages[part.language])):
            expected.setdefault(name, []).append(value)
        assert {**expected, "dc.format": [part.media_type]} == said
        assert (folder / "data" / part.path).is_file()
    assert all(column.startswith(("dc.", "dcterms.")) for said in read.values() for column in said)


def test_bag_info_says_who_what_and_when_in_lines_that_fit(real: tuple[Contents, Path]) -> None:
    contents, folder = real
    text = (folder / "bag-info.txt").read_text(encoding="utf-8")
    unfolded = [line.split(": ", 1) for line in text.replace("\n  ", " ").splitlines()]
    said: dict[str, list[str]] = {}
    for label, value in unfolded:
        said.setdefault(label, []).append(value)
    statement = contents.statements[0]
    assert said["Source-Organization"] == [statement.publisher.name]
    assert said["Internal-Sender-Description"] == [statement.title]
    assert said["Bagging-Date"] == [contents.date]
    assert said["Bag-Group-Identifier"] == [contents.slug]
    assert said["Bag-Count"] == [f"{max(1, len(statement.revisions))} of ?"]
    assert said["External-Identifier"]
    payload = [folder / name for name in names(folder) if name.startswith("data/")]
    assert said["Payload-Oxum"] == [f"{sum(path.stat().st_size for path in payload)}.{len(payload)}"]
    assert all(len(line) <= 79 or " " not in line.split(": ", 1)[-1].strip() for line in text.splitlines())


def test_a_long_value_is_folded_at_spaces_and_nowhere_else(tmp_path: Path) -> None:
    contents = with_files()
    title = f"Of {'word ' * 40}and {'x' * 100}\nsecond line: not a label, {'é' * 60} end"
    long = dataclasses.replace(contents.statements[0], title=title)
    folder = lay_out(list(ours.pack(dataclasses.replace(contents, statements=(long,)))), tmp_path / "bag")
    info = (folder / "bag-info.txt").read_text(encoding="utf-8")
    assert f"Internal-Sender-Description: {' '.join(title.split())}\n" in info.replace("\n  ", " ")
    assert max(len(line) for line in info.splitlines()) == 102
    assert " ".join(validate(folder).info["Internal-Sender-Description"].split()) == " ".join(title.split())


@pytest.mark.parametrize(
    ("size", "told"), [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1_949_999, "1.9 MB")]
)
def test_a_size_is_told_for_people(size: int, told: str) -> None:
    assert ours._readable(size) == told
    assert ours._readable(size * 10**12).endswith(("bytes", "TB"))


def test_a_statement_without_identifiers_is_known_by_the_urn_of_its_version(bag: Path) -> None:
    (statement,) = master.read(bag / "data" / "content" / SLUG)
    assert validate(bag).info["External-Identifier"] == statement.version_urn


def test_the_profile_is_published_as_the_bags_carry_it() -> None:
    assert (ROOT / "docs/bagit-profile.json").read_bytes() == ours.profile()
    described = json.loads(ours.profile())["BagIt-Profile-Info"]
    assert described["BagIt-Profile-Identifier"] == ours.PROFILE_URI


@pytest.mark.parametrize(
    "label", [name for name, rule in json.loads(ours.profile())["Bag-Info"].items() if rule["required"]]
)
def test_the_profile_refuses_a_bag_that_does_not_say_something(
    label: str, bag: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    other = Path(shutil.copytree(bag, tmp_path / "bag"))
    lines = (other / "bag-info.txt").read_text(encoding="utf-8").replace("\n  ", " ").splitlines(keepends=True)
    (other / "bag-info.txt").write_text("".join(line for line in lines if not line.startswith(f"{label}:")), "utf-8")
    assert profile_of(bagit.Bag(str(other))).errors


GOOD_NAMES = (
    "a b.txt",
    "Überschrift.txt",
    "u\u0308ber.txt",
    "漢字.pdf",
    "#1.txt",
    "*star",
    "-dash",
    "a'b\"c",
    "q?&=.txt",
    ".hidden",
    "  inner/x".strip(),
    "a+b,(c);d!$@^~`{}[]|<>:.txt",
    "بيان.txt",
    "\N{NO-BREAK SPACE}x".strip(),
    "x" * 200,
)


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_a_name_that_is_let_through_is_valid_for_everybody(name: str, tmp_path: Path) -> None:
    contents = with_files(one(f"content/kitchen-sink/source/{name}"))
    folder = lay_out(list(ours.pack(contents)), tmp_path / "bag")
    validate(folder)
    assert list(judge.remarks(tree(folder))) == []


BAD_NAMES = (
    "100%.txt",
    "a%25b",
    "a\nb",
    "a\rb",
    "a\tb",
    "a\\b",
    "end ",
    "end\u00a0",
    " start",
    "dir /x",
    "a\u2028b",
    "a\x85b",
    "\udcff",
    "\x00",
)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_somebody_misreads_is_refused_in_one_line(name: str) -> None:
    with pytest.raises(MasterError) as caught:
        list(ours.pack(with_files(one(f"content/kitchen-sink/source/{name}"))))
    (line,) = caught.value.lines()
    assert line.isascii()
    assert line.isprintable()
    assert line.startswith("data/content/kitchen-sink/source/")
    assert line.endswith("(rename the file)")


@pytest.mark.parametrize(("first", "second"), [("A.txt", "a.txt"), ("\u00fc.txt", "u\u0308.txt"), ("ß.txt", "SS.txt")])
def test_two_names_that_are_one_elsewhere_are_refused(first: str, second: str) -> None:
    parts = (one(f"content/kitchen-sink/source/{name}") for name in (first, second))
    with pytest.raises(MasterError, match="rename one of them"):
        list(ours.pack(with_files(*parts)))


def test_all_bad_names_are_told_at_once() -> None:
    parts = (one(f"content/kitchen-sink/source/{name}") for name in ("1%", "2%", "3"))
    with pytest.raises(MasterError) as caught:
        list(ours.pack(with_files(*parts)))
    assert len(caught.value.lines()) == 2


def test_an_empty_file_is_kept(tmp_path: Path) -> None:
    folder = lay_out(list(ours.pack(with_files(one("content/kitchen-sink/source/empty", b"")))), tmp_path / "bag")
    validate(folder)
    assert list(judge.remarks(tree(folder))) == []


def test_a_large_file_is_packed_and_judged_piece_by_piece(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(os.urandom(1 << 20) * 48)
    master_of = next(folder for folder in MASTERS if folder.name == "kitchen-sink")
    tracemalloc.start()
    found = contents(master.read(master_of), tmp_path, tmp_path / "nothing", {}, {})
    large = found.parts[0]
    storage.publish(tmp_path / "bag", {each.name: each.pieces() for each in ours.pack(found)})
    assert list(judge.remarks(tree(tmp_path / "bag"))) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert large.size == 48 << 20
    assert peak < 16 << 20


def broken(bag: Path) -> Iterator[str]:
    """Every way to break a bag in one place; each is undone before the next."""
    for name in names(bag):
        content = (bag / name).read_bytes()
        for number, changed in enumerate(flips(content)):
            (bag / name).write_bytes(changed)
            yield f"{name}: a bit turned in third {number + 1}"
        (bag / name).write_bytes(content[:-1])
        yield f"{name}: cut"
        if not name.startswith("data/"):
            lines = content.splitlines(keepends=True)
            for number, line in enumerate(lines):
                (bag / name).write_bytes(b"".join((*lines[:number], line, *lines[number:])))
                yield f"{name}: line {number + 1} doubled"
        (bag / name).unlink()
        yield f"{name}: gone"
        (bag / name).write_bytes(content)
        added = bag / f"{name}.more"
        added.write_bytes(b"")
        yield f"{name}.more: added"
        added.unlink()


def test_whatever_is_broken_in_a_bag_is_found(bag: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(bag, tmp_path / "bag"))
    tried = [(what, any(judge.remarks(tree(copy)))) for what in broken(copy)]
    assert [what for what, is_found in tried if not is_found] == []
    assert len(tried) > 6 * len(names(copy))
    assert list(judge.remarks(tree(copy))) == []


def test_a_bag_that_was_forged_whole_is_sound_as_a_bag(bag: Path, tmp_path: Path) -> None:
    """The judge of the bag alone cannot know; `communique verify` compares the words."""
    copy = Path(shutil.copytree(bag, tmp_path / "bag"))
    forge(copy, f"data/build/{SLUG}/{SLUG}.html", lambda page: page.replace(b"every ship", b"any ship"))
    assert list(judge.remarks(tree(copy))) == []
    validate(copy)


def test_from_the_bag_alone_everything_is_built_again(bag: Path, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(bag, tmp_path / "elsewhere" / "bag"))
    command = [sys.executable, "-m", "communique.cli", "build", "--content", "data/content", "--output", "../again"]
    environment = {**ENVIRONMENT, "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    subprocess.run(command, cwd=elsewhere, env=environment, check=True, stdout=subprocess.DEVNULL)
    made, kept = tmp_path / "elsewhere" / "again" / SLUG, bag / "data" / "build" / SLUG
    kept_names = [name for name in names(kept) if not name.startswith("check/")]
    assert names(made) == kept_names
    assert [name for name in kept_names if (made / name).read_bytes() != (kept / name).read_bytes()] == []


def test_the_bag_is_one_of_the_packages(bag: Path) -> None:
    assert PACKAGERS["bag"].suffix == "-bag"
    assert bag.name == f"{SLUG}-v1-bag"
    assert bag_samples.digest(bag / "data/premis.xml")
