"""Deposits for InvenioRDM: what is in them, under which names, and that no fault in one goes unseen."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bag_samples import SLUG
from communique import packing, verifying
from communique.checks.packages import inveniordm as judge
from communique.checks.packages.files import tree
from communique.checks.packages.kinds import KINDS
from communique.checks.verdict import Verdict
from communique.doctor import places
from communique.errors import MasterError
from communique.packages import PACKAGERS, inveniordm
from communique.records.edition import Edition
from communique.records.inveniordm import serialize
from conftest import MASTERS
from invenio_samples import FILES, SECOND, contents, listing, package
from package_samples import gathered, lay_out
from record_samples import EXTREMES

NAMES = ("files.json", "record.json", *(f"files/{name}" for name in (
    "build--metadata--datacite.xml", "content--source--the letter, =C3=9C-=2D50=25=7E.txt", "content--statement.md",
    "manifest.json", "sample.html", "sample.pdf",
)))  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample as a package."""
    return package(tmp_path)


def rules(folder: Path) -> set[str]:
    """The rules that a package breaks."""
    return {remark.rule for remark in judge.remarks(tree(folder))}


def rewritten(folder: Path, change: Callable[[Any], Any]) -> Path:
    """The package with a change in its list, written as a list is."""
    value = listing(folder)
    changed = change(value)
    text = json.dumps(changed if isinstance(changed, list) else value, ensure_ascii=False, indent=2)
    (folder / "files.json").write_text(f"{text}\n", encoding="utf-8")
    return folder


def recorded(folder: Path, change: Callable[[Any], Any]) -> Path:
    """The package with a change in its record, of which its list knows."""
    record = json.loads((folder / "record.json").read_bytes())
    changed = change(record)
    content = (
        json.dumps(changed if isinstance(changed, list) else record, ensure_ascii=False, indent=2) + "\n"
    ).encode()
    (folder / "record.json").write_bytes(content)
    digests = {name: hashlib.new(name, content).hexdigest() for name in ("md5", "sha256")}

    def known(value: Any) -> None:
        next(row for row in value["files"] if row["key"] == "record.json").update(digests, size=len(content))

    return rewritten(folder, known)


# What a package holds.


def test_a_whole_package_has_nothing_against_it_and_every_file_in_it(folder: Path) -> None:
    assert tree(folder).names == tuple(sorted(NAMES))
    assert rules(folder) == set()
    assert {path: (folder / name).read_bytes() for path, name in judge.places(tree(folder)).items()} == FILES


def test_the_record_is_that_of_the_authoritative_edition_and_its_own_outputs(folder: Path) -> None:
    record = json.loads((folder / "record.json").read_bytes())
    assert record["metadata"]["title"] == SECOND.title
    assert record["metadata"]["sizes"] == [
        f"{len(FILES[f'build/sample/sample.{suffix}'])} bytes" for suffix in ("html", "pdf")
    ]
    assert {**record["metadata"], "sizes": 0, "formats": 0} == {
        **json.loads(serialize(Edition(SECOND)))["metadata"], "sizes": 0, "formats": 0
    }  # fmt: skip


def test_the_list_has_the_version_the_statement_and_what_a_repository_will_answer(folder: Path) -> None:
    value = listing(folder)
    assert (value["identifier"], value["versionOf"]) == (SECOND.version_urn, SECOND.urn)
    rows = {row["key"]: row for row in value["files"]}
    assert list(rows) == sorted(name.removeprefix("files/") for name in NAMES if name != "files.json")
    pdf = FILES["build/sample/sample.pdf"]
    assert rows["sample.pdf"] == {
        "key": "sample.pdf",
        "path": "build/sample/sample.pdf",
        "size": len(pdf),
        "md5": hashlib.md5(pdf).hexdigest(),
        "sha256": hashlib.sha256(pdf).hexdigest(),
    }
    assert "path" not in rows["record.json"]


def test_what_is_downloaded_from_a_repository_is_judged_and_read_as_the_package_is(folder: Path) -> None:
    for path in list((folder / "files").iterdir()):
        path.rename(folder / path.name)
    (folder / "files").rmdir()
    assert rules(folder) == set()
    assert {path: (folder / name).read_bytes() for path, name in judge.places(tree(folder)).items()} == FILES


def test_the_same_contents_give_the_same_package() -> None:
    once, again = ([(e.name, e.sha256, b"".join(e.pieces())) for e in inveniordm.pack(contents())] for _ in range(2))
    assert once == again
    assert all(hashlib.sha256(content).hexdigest() == digest for _, digest, content in once)


@pytest.mark.parametrize("case", EXTREMES)
def test_a_package_of_every_statement_is_whole(case: str, tmp_path: Path) -> None:
    statement = dataclasses.replace(EXTREMES[case], slug="sample")
    assert rules(package(tmp_path, statement)) == set()


def test_a_name_too_long_for_a_repository_is_cut_and_still_known(tmp_path: Path) -> None:
    files = {**FILES, **{f"content/sample/source/{letter * 230}.txt": b"long" for letter in "ab"}}
    folder = package(tmp_path, files=files)
    assert rules(folder) == set()
    assert set(judge.places(tree(folder))) == set(files)
    assert max(len(row["key"]) for row in listing(folder)["files"]) <= 200


def test_a_package_is_of_its_kind_even_without_its_list_or_its_record(folder: Path) -> None:
    kind = next(kind for kind in KINDS if kind.recognises(tree(folder)))
    assert kind.name == "InvenioRDM record"
    assert (folder / kind.seal).is_file()
    assert PACKAGERS["inveniordm"].suffix == "-inveniordm"
    for name in ("files.json", "record.json"):
        shutil.move(folder / name, folder.parent / name)
        assert next(kind for kind in KINDS if kind.recognises(tree(folder))).name == "InvenioRDM record"
        shutil.move(folder.parent / name, folder / name)


@pytest.mark.parametrize("master", MASTERS, ids=[folder.name for folder in MASTERS])
def test_the_packages_of_the_masters_are_whole_and_fit_into_a_record(master: Path, built: Path, tmp_path: Path) -> None:
    found = gathered(built, master.name, tmp_path)
    folder = lay_out(list(inveniordm.pack(found)), tmp_path / "package")
    assert rules(folder) == set()
    assert set(judge.places(tree(folder))) == {part.path for part in found.parts}
    assert len(tree(folder).names) <= 100


def test_it_is_verified_from_itself_alone(bag: Path, tmp_path: Path) -> None:
    """The statement in the bag of the tests, packed for a repository; and as it is downloaded from there."""
    output = bag.parents[3]
    found = packing.gather(output.parent / "content" / SLUG, output)
    folder = lay_out(list(inveniordm.pack(found)), tmp_path / "package")
    for name in ("package", "downloaded"):
        said = verifying.verify(tmp_path / name, places(), lambda _: None)
        assert [each for result in said.report.results for each in result.findings] == []
        assert said.report.verdict is Verdict.PASSED
        assert said.kind == "InvenioRDM record"
        shutil.copytree(folder / "files", tmp_path / "downloaded", dirs_exist_ok=True)
        for file in ("record.json", "files.json"):
            shutil.copy(folder / file, tmp_path / "downloaded" / file)


@pytest.mark.parametrize("twin", ["SAMPLE.pdf", "sample.PDF", "a\nb.pdf", "sample\udcff.pdf"])
def test_names_that_not_every_system_tells_apart_are_refused(twin: str) -> None:
    with pytest.raises(MasterError):
        list(inveniordm.pack(contents(files={**FILES, f"build/sample/{twin}": b""})))


# What goes wrong with one.


def flips(folder: Path) -> Iterator[tuple[str, int, int]]:
    """Bits of every file: in its first, middle and last third; all over the list, which nothing else vouches for."""
    for name in tree(folder).names:
        size = (folder / name).stat().st_size
        places = range(0, size, 3) if name == "files.json" else sorted({0, size // 2, size - 1}) if size else ()
        yield from ((name, place, (0x20, 0x01)[place % 2]) for place in places)


def test_every_byte_that_changes_is_found(folder: Path) -> None:
    for name, place, bit in flips(folder):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
        assert rules(folder), (name, place, bit)
        (folder / name).write_bytes(content)
    assert rules(folder) == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_missing_emptied_cut_or_grown_is_found(name: str, folder: Path) -> None:
    content = (folder / name).read_bytes()
    for changed in {b"", content[:-1], content + b"\n"} - {content}:
        (folder / name).write_bytes(changed)
        assert rules(folder), changed
    (folder / name).unlink()
    assert "missing" in rules(folder)


@pytest.mark.parametrize(
    "name", ["extra", "files/extra", "files/.hidden", "files/record.json", "files/a/sample.pdf", "a/b"]
)
def test_every_file_too_many_is_found(name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(b"")
    assert rules(folder) == {"not-listed"}


def test_links_and_pipes_are_no_files(folder: Path) -> None:
    (folder / "files" / "link").symlink_to(folder / "record.json")
    os.mkfifo(folder / "pipe")
    assert rules(folder) == {"no-file"}


def test_every_doubled_line_of_the_list_is_found(folder: Path) -> None:
    lines = (folder / "files.json").read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        (folder / "files.json").write_text("".join((*lines[:number], line, *lines[number:])), encoding="utf-8")
        assert rules(folder), line


def _row(**changes: Any) -> Callable[[Any], None]:
    return lambda value: value["files"][0].update(changes)


LISTS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "a file listed twice": ("listed-twice", lambda value: value["files"].insert(0, value["files"][0])),
    "another order": ("list-order", lambda value: value["files"].reverse()),
    "a file not listed": ("not-listed", lambda value: value["files"].pop(0)),
    "the record not listed": ("not-listed", lambda value: value["files"].pop(3)),
    "no files": ("list-form", lambda value: value.update(files={})),
    "no list": ("list-form", lambda value: [value]),
    "more than a list": ("list-form", lambda value: value.update(more=1)),
    "a row that is none": ("list-form", lambda value: value["files"].append("sample.pdf")),
    "more than a row": ("list-form", _row(more=1)),
    "less than a row": ("list-form", lambda value: value["files"][0].pop("md5")),
    "no path": ("list-form", lambda value: value["files"][0].pop("path")),
    "a digest in capitals": ("list-form", lambda value: value["files"][0].update(md5=value["files"][0]["md5"].upper())),
    "a digest that is short": ("list-form", _row(sha256="0" * 63)),
    "a size that is no number": ("list-form", _row(size="12")),
    "a size that is no whole number": ("list-form", _row(size=12.0)),
    "a size that is true": ("list-form", _row(size=True)),
    "a size below nothing": ("list-form", _row(size=-1)),
    "another size": ("wrong-size", _row(size=13)),
    "another digest": ("wrong-digest", _row(sha256="0" * 64)),
    "another MD5": ("wrong-digest", _row(md5="0" * 32)),
    "a name that is a number": ("list-form", _row(key=1)),
    "a name for another path": ("list-form", _row(path="build/sample/metadata/mods.xml")),
    "a path that leads out": ("list-form", _row(key="build--..--x", path="build/sample/../x")),
    "a path of another place": ("list-form", _row(key="etc--x", path="etc/sample/x")),
    "the name of an output for a master": ("list-form", _row(key="a.md", path="content/sample/a.md")),
    "a path of another statement": ("list-form", _row(path="build/other/metadata/datacite.xml")),
    "a name cut for another path": ("list-form", _row(key="a~0123456789abcdef.xml")),
    "an identifier that is none": ("list-form", lambda value: value.update(identifier="urn:isbn:1")),
    "another identifier": ("identifier", lambda value: value.update(identifier=value["versionOf"])),
    "another statement": ("identifier", lambda value: value.update(versionOf=value["identifier"])),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_that_lies_is_found(case: str, folder: Path) -> None:
    rule, change = LISTS[case]
    assert rule in rules(rewritten(folder, change))


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("unreadable", b""),
        ("unreadable", b"\xff"),
        ("unreadable", b"{"),
        ("unreadable", b"[" * 100_000),
        ("unreadable", b'{"files": [], "files": []}\n'),
        ("list-form", b"null\n"),
    ],
)
def test_a_list_or_record_that_is_none_is_named_in_one_line(rule: str, content: bytes, folder: Path) -> None:
    (folder / "files.json").write_bytes(content)
    assert rule in rules(folder)
    assert judge.places(tree(folder)) == {}
    (folder / "record.json").write_bytes(content)
    assert rule in rules(folder) or rule == "list-form"


def test_a_list_written_in_another_way_is_found(folder: Path) -> None:
    value = listing(folder)
    (folder / "files.json").write_text(json.dumps(value), encoding="utf-8")
    assert rules(folder) == {"not-as-written"}


def _metadata(**changes: Any) -> Callable[[Any], None]:
    return lambda record: record["metadata"].update(changes)


def _without(name: str) -> Callable[[Any], None]:
    return lambda record: record["metadata"].pop(name)


RECORDS: dict[str, Callable[[Any], Any]] = {
    "no title": _without("title"),
    "a title too short": _metadata(title="ab"),
    "no resource type": _without("resource_type"),
    "no day": _without("publication_date"),
    "a day that is none": _metadata(publication_date="2024-02-30"),
    "no creators": _metadata(creators=[]),
    "a creator without a name": _metadata(creators=[{"person_or_org": {"type": "organizational", "name": ""}}]),
    "a creator of no type": _metadata(creators=[{"person_or_org": {"name": "Norway"}}]),
    "a language in two letters": _metadata(languages=[{"id": "en"}]),
    "an identifier twice": lambda record: record["metadata"]["identifiers"].append(
        record["metadata"]["identifiers"][0]
    ),
    "an unknown scheme": lambda record: record["metadata"]["identifiers"][0].update(scheme="symbol"),
    "a relation of no kind": lambda record: record["metadata"]["related_identifiers"][0].pop("relation_type"),
    "rights without words": _metadata(rights=[{"link": "https://example.org"}]),
    "a DOI that is none": lambda record: record["pids"]["doi"].update(identifier="11.1/x"),
    "a DOI of the repository": lambda record: record["pids"]["doi"].update(provider="datacite"),
    "no files": lambda record: record["files"].update(enabled=False),
    "an unknown field": _metadata(nonsense=1),
    "a version too long": _metadata(version="1" * 192),
    "no object": lambda record: [record],
}


@pytest.mark.parametrize("case", RECORDS)
def test_a_record_that_a_repository_would_refuse_is_found(case: str, folder: Path) -> None:
    found = rules(recorded(folder, RECORDS[case]))
    assert any(rule.startswith("json-schema-") for rule in found), found


@pytest.mark.parametrize("name", ["identifiers", "related_identifiers"])
@pytest.mark.parametrize("value", [[], [{"identifier": "a", "scheme": "urn"}], ["a"], None, {}])
def test_a_record_that_would_not_be_found_again_is_found(name: str, value: Any, folder: Path) -> None:
    assert "identifier" in rules(recorded(folder, _metadata(**{name: value})))
