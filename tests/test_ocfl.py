"""A statement as an OCFL object: each version that is packaged becomes one, and nothing that lies there changes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from communique.errors import MasterError, UsageError
from communique.packages.contents import Contents
from communique.packages.entry import Entry, written
from communique.packages.ocfl import extend, place, root_files
from communique.statement import Publisher, Revision
from ocfl_samples import AGAIN, FIRST, HISTORY, MASTER, ONE, PAGE, REVISIONS, SECOND, THREE, TWO, gathered, grown, held
from samples import statement


def inventory(entries: list[Entry], name: str = "inventory.json") -> Any:
    """An inventory of an object."""
    return json.loads(held(entries)[name])


def state(entries: list[Entry], version: str) -> dict[str, bytes]:
    """The files of a version, as whoever reads the inventory finds them."""
    newest, files = inventory(entries), held(entries)
    blocks = newest["versions"][version]["state"]
    return {path: files[newest["manifest"][digest][0]] for digest, paths in blocks.items() for path in paths}


def test_a_new_object_has_one_version_with_every_file() -> None:
    found = state(grown([ONE]), "v1")
    assert found.pop("premis.xml").startswith(b"<?xml")
    assert found == FIRST
    assert inventory(grown([ONE]))["head"] == "v1"


@pytest.mark.parametrize(("version", "files"), [("v1", FIRST), ("v2", SECOND), ("v3", AGAIN)])
def test_every_version_can_be_read_from_the_whole(version: str, files: dict[str, bytes]) -> None:
    found = state(grown(), version)
    del found["premis.xml"]
    assert found == files


@pytest.mark.parametrize("number", [1, 2])
def test_what_lies_there_is_the_same_entry_afterwards(number: int) -> None:
    earlier = grown(HISTORY[:number])
    after = {entry.name: entry for entry in extend(HISTORY[number], earlier)}
    assert {entry.name for entry in earlier if after[entry.name] is not entry} == {
        "inventory.json",
        "inventory.json.sha512",
    }


def test_content_is_stored_once() -> None:
    """Two empty files are one, and what a version has from the one before is not there again."""
    names = [entry.name for entry in grown([ONE, TWO]) if "/content/" in entry.name]
    contents = [name for name in names if "premis" not in name]
    assert [name for name in contents if name.startswith("v2/")] == [f"v2/content/{PAGE}", f"v2/content/{MASTER}"]
    assert len([name for name in contents if name.startswith("v1/")]) == len(FIRST) - 1


def test_the_same_version_with_the_same_files_adds_nothing() -> None:
    for earlier in (grown([ONE]), grown()):
        newest = ONE if len(inventory(earlier)["versions"]) == 1 else THREE
        after = extend(newest, earlier)
        assert all(one is other for one, other in zip(earlier, after, strict=True))


def test_another_version_of_the_statement_is_added_even_with_the_same_files() -> None:
    after = grown([ONE, gathered(FIRST, *REVISIONS)])
    assert inventory(after)["versions"]["v2"]["message"] == "Version 2: A word was wrong."
    assert [entry.name for entry in after if entry.name.startswith("v2/content/") and "premis" not in entry.name] == []


def test_a_version_says_which_version_of_the_statement_it_is_and_why_it_was_added() -> None:
    versions = inventory(grown())["versions"]
    assert {name: (version["created"], version["message"]) for name, version in versions.items()} == {
        "v1": ("2024-05-01T00:00:00Z", "Version 1"),
        "v2": ("2024-07-01T00:00:00Z", "Version 2: A word was wrong."),
        "v3": ("2024-07-01T00:00:00Z", "Version 2, packaged again; files: 2 changed, 1 added, 1 removed"),
    }
    assert versions["v2"]["user"] == {"name": "The Office", "address": "https://example.org/office"}


def test_a_user_without_an_address_has_none() -> None:
    found = grown([gathered(FIRST, said=statement(publisher=Publisher("The Office")))])
    assert inventory(found)["versions"]["v1"]["user"] == {"name": "The Office"}


def test_the_inventory_of_a_version_is_that_of_the_object_as_it_was_then() -> None:
    files = held(grown())
    for number, versions in enumerate((HISTORY[:1], HISTORY[:2], HISTORY), 1):
        then = held(grown(versions))["inventory.json"]
        assert files[f"v{number}/inventory.json"] == then
        assert json.loads(then)["head"] == f"v{number}"
    assert files["inventory.json"] == files["v3/inventory.json"]


def test_every_content_has_a_second_digest() -> None:
    found = grown()
    listed = {path: digest for digest, paths in inventory(found)["fixity"]["sha256"].items() for path in paths}
    assert listed == {entry.name: entry.sha256 for entry in found if "/content/" in entry.name}


def test_the_same_history_gives_the_same_bytes() -> None:
    assert held(grown()) == held(grown())
    assert [entry.name for entry in grown()] == sorted(entry.name for entry in grown())


def test_an_object_keeps_its_identifier_when_publisher_and_first_day_are_written_otherwise() -> None:
    first, second = TWO.statements[0].revisions
    history = (dataclasses.replace(first, date="2024-04-30"), second)
    renamed = dataclasses.replace(TWO.statements[0], publisher=Publisher("The Press Office"), revisions=history)
    after = extend(dataclasses.replace(TWO, statements=(renamed,)), grown([ONE]))
    assert inventory(after)["id"] == ONE.statements[0].urn != renamed.urn
    assert inventory(after)["versions"]["v2"]["user"] == {"name": "The Press Office"}


# What is refused.


@pytest.mark.parametrize("older", [ONE, gathered(FIRST, REVISIONS[0])])
def test_an_older_version_is_refused(older: Contents) -> None:
    with pytest.raises(UsageError, match=r"version 1 is older than what was packaged last, 'Version 2: A word"):
        extend(older, grown([ONE, TWO]))


def test_versions_may_be_left_out_and_be_called_anything() -> None:
    third = Revision("2.1 beta", "2024-08-01", "Once more.")
    after = grown([ONE, gathered(AGAIN, *REVISIONS, third)])
    assert inventory(after)["versions"]["v2"]["message"] == "Version 2.1 beta: Once more."
    with pytest.raises(UsageError, match="older"):
        extend(TWO, after)


@pytest.mark.parametrize("name", ["content/sample/source/100%.txt", "content/sample/STATEMENT.md"])
def test_names_that_not_every_system_can_keep_are_refused(name: str) -> None:
    with pytest.raises(MasterError):
        extend(gathered({**FIRST, name: b""}), [])


def test_the_object_of_another_statement_is_refused() -> None:
    other = dataclasses.replace(ONE.statements[0], slug="other")
    with pytest.raises(UsageError, match="is the object of another statement than other"):
        extend(dataclasses.replace(ONE, statements=(other,)), grown([ONE]))


def _without(name: str) -> Callable[[list[Entry]], list[Entry]]:
    return lambda entries: [entry for entry in entries if entry.name != name]


def _other(name: str, content: bytes) -> Callable[[list[Entry]], list[Entry]]:
    return lambda entries: [*_without(name)(entries), written(name, content)]


def _broken() -> Iterator[tuple[str, str, Callable[[list[Entry]], list[Entry]]]]:
    for name in held(grown([ONE, TWO])):
        yield f"{name} gone", f"{name} is missing", _without(name)
        flaw = "inventory.json is not one of this program" if name == "inventory.json" else f"{name} is not what it was"
        yield f"{name} changed", flaw, _other(name, b"other")
    for name in ("notes.txt", "v1/notes.txt", "v1/content/extra", "v3/inventory.json", "0=ocfl_object_1.0"):
        yield f"{name} too many", f"{name} does not belong there", _other(name, b"")
    for name, content in (
        ("a list", b"[]"),
        ("a text", b'"inventory"'),
        ("no versions", b'{"id": "urn:x", "versions": {}}'),
        ("versions in a list", b'{"id": "urn:x", "versions": [1]}'),
        ("a version in a list", b'{"id": "urn:x", "versions": {"v1": []}}'),
        ("a version of nothing", b'{"id": "urn:x", "versions": {"v1": {}}}'),
        ("no id", b'{"versions": {}}'),
        ("no text", b"\xff"),
    ):
        yield f"inventory: {name}", "", _other("inventory.json", content)


@pytest.mark.parametrize(("flaw", "change"), [pytest.param(*rest, id=name) for name, *rest in _broken()])
def test_a_broken_object_is_not_extended(flaw: str, change: Callable[[list[Entry]], list[Entry]]) -> None:
    with pytest.raises(UsageError) as failure:
        extend(THREE, change(grown([ONE, TWO])))
    (line,) = failure.value.lines()
    assert line.startswith("the object of sample is not whole: ")
    assert flaw in line


def test_an_inventory_in_another_form_is_not_one_of_this_program() -> None:
    """Its own digest agrees, and it says the same."""
    entries = grown([ONE])
    compact = written("inventory.json", json.dumps(inventory(entries)).encode())
    sidecar = written("inventory.json.sha512", f"{compact.sha512} inventory.json\n".encode())
    changed = _without("inventory.json.sha512")(_without("inventory.json")(entries))
    with pytest.raises(UsageError, match="is not what it was"):
        extend(TWO, [*changed, compact, sidecar])


def test_no_content_is_read_to_make_an_object() -> None:
    """A file of many gigabytes is known by its digests; whoever writes it reads it in pieces."""

    def refuse() -> Iterator[bytes]:
        raise AssertionError("read")

    def unread(contents: Contents) -> Contents:
        return dataclasses.replace(
            contents, parts=tuple(dataclasses.replace(part, pieces=refuse) for part in contents.parts)
        )

    paths = {part.path for each in HISTORY for part in each.parts}
    made = [
        entry for entry in grown([unread(each) for each in HISTORY]) if entry.name.partition("/content/")[2] in paths
    ]
    assert made
    for entry in made:
        with pytest.raises(AssertionError, match="read"):
            list(entry.pieces())


# The storage root.


def test_a_storage_root_explains_itself() -> None:
    files = held(root_files())
    layout = "0003-hash-and-id-n-tuple-storage-layout"
    assert files["0=ocfl_1.1"] == b"ocfl_1.1\n"
    assert json.loads(files["ocfl_layout.json"])["extension"] == layout
    assert json.loads(files[f"extensions/{layout}/config.json"])["extensionName"] == layout
    assert files[f"{layout}.md"].startswith(b"# OCFL Community Extension 0003")
    assert b"# Oxford Common File Layout Specification" in files["ocfl_1.1.md"]
    assert len(files) == 5


LONG = "abcdefghij" * 10


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("object-01", "3c0/ff4/240/object-01"),
        ("..hor/rib:le-$id", "487/326/d8c/%2e%2ehor%2frib%3ale-%24id"),
        ("..Hor/rib:lè-$id", "373/529/21a/%2e%2eHor%2frib%3al%c3%a8-%24id"),
        (f"{LONG}a", f"5cc/73e/648/{LONG}-5cc73e648fbcff136510e330871180922ddacf193b68fdeff855683a01464220"),
    ],
)
def test_objects_lie_where_the_layout_has_them(identifier: str, expected: str) -> None:
    """The examples of OCFL Community Extension 0003."""
    assert place(identifier) == expected
