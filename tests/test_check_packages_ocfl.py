"""Storage roots: every byte, file and key that changes is found; every rule of OCFL has an object that breaks it."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from communique.checks.packages import ocfl
from communique.checks.packages.files import tree
from communique.packages.ocfl import place, root_files
from ocfl_samples import AGAIN, FIRST, HISTORY, MASTER, ONE, PAGE, SECOND, grown, held

Files = dict[str, bytes]
OBJECT = held(grown())
PLACE = place(ONE.statements[0].urn)
ROOT = held(root_files()) | {f"{PLACE}/{name}": content for name, content in OBJECT.items()}
TEXTS = [name for name in ocfl.ROOT_FILES if name.endswith(".md")]
NOWHERE = "0" * 128
LAYOUT = "extensions/0003-hash-and-id-n-tuple-storage-layout/config.json"


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A folder that holds these files and no others."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def rules(folder: Path, files: Mapping[str, bytes] | None = None) -> set[str]:
    """The rules that a storage root or an object breaks."""
    if files is not None:
        lay(folder, files)
    return {remark.rule for remark in ocfl.remarks(tree(folder))}


@pytest.fixture
def where(tmp_path: Path) -> Path:
    """Where files are laid out."""
    return tmp_path / "store"


# Whole ones.


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_whole_object_has_nothing_against_it(number: int, where: Path) -> None:
    assert rules(where, held(grown(HISTORY[:number]))) == set()


def test_a_whole_storage_root_has_nothing_against_it(where: Path) -> None:
    assert rules(where, ROOT) == set()


def test_it_is_known_what_a_storage_root_of_this_program_has() -> None:
    assert {entry.name: entry.sha256 for entry in root_files()} == ocfl.ROOT_FILES


@pytest.mark.parametrize("files", [ROOT, OBJECT], ids=["root", "object"])
def test_it_is_recognised_even_without_one_of_its_files(files: Files, where: Path) -> None:
    lay(where, files)
    for name in files:
        (where / name).rename(where.parent / "gone")
        assert ocfl.recognises(tree(where))
        (where.parent / "gone").rename(where / name)


def test_other_folders_are_not_recognised(where: Path) -> None:
    assert not ocfl.recognises(tree(lay(where, {"bagit.txt": b"", "data/inventory.json": b"{}", "manifest.json": b""})))


# What is inside.


@pytest.mark.parametrize(("version", "files"), [("v1", FIRST), ("v2", SECOND), ("v3", AGAIN), ("", AGAIN)])
@pytest.mark.parametrize("whole", [ROOT, OBJECT], ids=["root", "object"])
def test_the_files_of_every_version_are_found(version: str, files: Files, whole: Files, where: Path) -> None:
    lay(where, whole)
    found = ocfl.places(tree(where), version)
    assert {path: (where / name).read_bytes() for path, name in found.items()} == files


def test_what_is_unsafe_or_not_there_is_in_no_place(where: Path) -> None:
    gone: list[str] = []

    def unsafe(value: Any) -> None:
        paths = [each for each in value["versions"]["v3"]["state"].values() if each[0].startswith("content/")]
        gone.append(paths[0][0])
        paths[0][0] = "content/../../secret"
        paths[0].append("elsewhere/file")

    files = changed(unsafe)
    del files["v1/content/build/sample/metadata/sample.xml"]
    found = ocfl.places(tree(lay(where, files)))
    assert found.keys() == AGAIN.keys() - {*gone, "build/sample/metadata/sample.xml"}


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"manifest": [], "versions": {"v1": 1}, "head": "v1"}', b"\xff"]
)
def test_an_inventory_that_tells_nothing_has_no_places(content: bytes, where: Path) -> None:
    assert ocfl.places(tree(lay(where, {**OBJECT, "inventory.json": content}))) == {}


# Every byte, file and line.


def _bytes(content: bytes) -> Iterator[int]:
    """Every byte of a small file, some of a larger one, and its last."""
    yield from range(0, len(content), 1 if len(content) < 40 else len(content) // 16)
    yield len(content) - 1


@pytest.mark.parametrize("name", [name for name in sorted(ROOT) if ROOT[name] and name not in TEXTS])
def test_every_byte_that_changes_is_found(name: str, where: Path) -> None:
    lay(where, ROOT)
    content = ROOT[name]
    for position in _bytes(content):
        for mask in (0x20, 0x01):
            (where / name).write_bytes(content[:position] + bytes([content[position] ^ mask]) + content[position + 1 :])
            assert rules(where), (name, position, mask)


@pytest.mark.parametrize("name", TEXTS)
def test_a_byte_that_changes_in_a_text_is_found(name: str, where: Path) -> None:
    content = ROOT[name]
    for position in (0, len(content) // 2, len(content) - 1):
        other = content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        assert rules(where, {**ROOT, name: other}) == {"wrong-digest"}


@pytest.mark.parametrize("name", sorted(ROOT))
def test_every_file_that_is_missing_is_found(name: str, where: Path) -> None:
    found = rules(where, {other: content for other, content in ROOT.items() if other != name})
    assert found & {"missing", "E003", "E046", "E058", "E063", "E069", "E092", "W010"}


@pytest.mark.parametrize("name", [name for name in sorted(ROOT) if ROOT[name]])
def test_every_file_that_is_emptied_cut_or_grown_is_found(name: str, where: Path) -> None:
    assert rules(where, {**ROOT, name: b""})
    assert rules(where, {**ROOT, name: ROOT[name][:-1]})
    assert rules(where, {**ROOT, name: ROOT[name] + b"\n"})


TOO_MANY = {
    "notes.txt": "not-listed",
    "README.md": "not-listed",
    "inventory.json": "not-listed",
    "0=ocfl_1.0": "E076",
    "0=bagit": "E079",
    "0=ocfl_object_1.1": "E079",
    "extensions/notes.txt": "E112",
    "extensions/0004-other/config.json": "not-listed",
    f"{LAYOUT.rpartition('/')[0]}/more.json": "not-listed",
    "abc/notes.txt": "E072",
    f"{PLACE.rpartition('/')[0]}/notes.txt": "E072",
    f"{PLACE}/notes.txt": "E001",
    f"{PLACE}/inventory.json.sha256": "E001",
    f"{PLACE}/more/notes.txt": "E001",
    f"{PLACE}/more/0=ocfl_object_1.1": "E001",
    f"{PLACE}/0=ocfl_object_1.0": "E003",
    f"{PLACE}/0=ocfl_1.1": "E006",
    f"{PLACE}/extensions/notes.txt": "E067",
    f"{PLACE}/extensions/0005-mutable-head/notes.txt": "not-listed",
    f"{PLACE}/logs/today.log": "not-listed",
    f"{PLACE}/v2/notes.txt": "E015",
    f"{PLACE}/v2/inventory.json.sha256": "E015",
    f"{PLACE}/v2/more/notes.txt": "W002",
    f"{PLACE}/v2/content/{PAGE}.txt": "E023",
    f"{PLACE}/v4/content/notes.txt": "E046",
    f"{PLACE}/v4/inventory.json": "E046",
    f"{PLACE}/v02/content/{PAGE}": "E046",
    f"{PLACE}/content/{PAGE}": "E001",
}


@pytest.mark.parametrize(("name", "rule"), TOO_MANY.items())
def test_every_file_too_many_is_found(name: str, rule: str, where: Path) -> None:
    assert rules(where, {**ROOT, name: b"more"}) == {rule}


@pytest.mark.parametrize("name", [name for name in sorted(OBJECT) if name.endswith("inventory.json")])
def test_every_doubled_line_and_key_is_found(name: str, where: Path) -> None:
    lay(where, OBJECT)
    lines = OBJECT[name].splitlines(keepends=True)
    for number, line in enumerate(lines):
        doubled = b"".join((*lines[: number + 1], line, *lines[number + 1 :]))
        for each, content in signed(name, doubled).items():
            (where / each).write_bytes(content)
        assert rules(where), line


@pytest.mark.parametrize("name", [name for name in sorted(OBJECT) if name.endswith(".sha512")])
def test_every_doubled_digest_is_found(name: str, where: Path) -> None:
    assert rules(where, {**OBJECT, name: OBJECT[name] * 2}) == {"E061"}


def test_a_doubled_key_is_found_where_all_digests_agree(where: Path) -> None:
    doubled = OBJECT["inventory.json"].replace(b'  "head": "v3",\n', b'  "head": "v3",\n  "head": "v3",\n')
    assert rules(where, {**OBJECT, **signed("inventory.json", doubled)}) == {"E033"}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: text + b"\n",
        lambda text: json.dumps(json.loads(text)).encode(),
        lambda text: text.replace(b'"v3"', b'"v\\u0033"'),
    ],
    ids=["line ends", "a line more", "compact", "escaped"],
)
def test_an_inventory_in_another_form_is_found(change: Callable[[bytes], bytes], where: Path) -> None:
    assert rules(where, {**OBJECT, **signed("inventory.json", change(OBJECT["inventory.json"]))}) == {"form"}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("E061", lambda line: line.replace(b" ", b"*")),
        ("E061", lambda line: line.replace(b"inventory", b"inventories")),
        ("E061", lambda line: line[1:]),
        ("E060", lambda line: b"0" * 128 + line[128:]),
        ("form", lambda line: line.upper().replace(b"INVENTORY.JSON", b"inventory.json")),
        ("form", lambda line: line.replace(b" ", b"\t")),
        ("form", lambda line: line.rstrip()),
    ],
)
@pytest.mark.parametrize("name", [name for name in sorted(OBJECT) if name.endswith(".sha512")])
def test_a_digest_of_an_inventory_in_another_form_is_found(
    rule: str, change: Callable[[bytes], bytes], name: str, where: Path
) -> None:
    assert rules(where, {**OBJECT, name: change(OBJECT[name])}) == {rule}


# Every rule, in an object whose digests all agree with what is wrong.


def signed(name: str, content: bytes) -> Files:
    """An inventory with its digest; that of the object is that of the newest version too."""
    sidecar = f"{hashlib.sha512(content).hexdigest()} inventory.json\n".encode()
    folders = ("", "v3/") if "/" not in name or name.startswith("v3") else (f"{name.partition('/')[0]}/",)
    return {
        f"{folder}{last}": each
        for folder in folders
        for last, each in (("inventory.json", content), ("inventory.json.sha512", sidecar))
    }


def changed(change: Callable[[Any], Any], name: str = "inventory.json") -> Files:
    """The object with a change in an inventory."""
    value = copy.deepcopy(json.loads(OBJECT[name]))
    answer = change(value)
    value = answer if answer is not None else value
    return {**OBJECT, **signed(name, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())}


def _set(*path: str, to: Any) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        value[path[-1]] = to

    return change


def _drop(*path: str) -> Callable[[Any], None]:
    def change(value: Any) -> None:
        for key in path[:-1]:
            value = value[key]
        del value[path[-1]]

    return change


def _rename(block: tuple[str, ...], change: Callable[[str], str]) -> Callable[[Any], None]:
    """Another key for the first of a block."""

    def renamed(value: Any) -> None:
        for key in block:
            value = value[key]
        first = next(iter(value))
        value[change(first)] = value.pop(first)

    return renamed


def _path(block: tuple[str, ...], *paths: str) -> Callable[[Any], None]:
    """Other paths for the first digest of a block."""

    def renamed(value: Any) -> None:
        for key in block:
            value = value[key]
        value[next(iter(value))] = list(paths)

    return renamed


def _twice(*block: str) -> Callable[[Any], None]:
    def doubled(value: Any) -> None:
        for key in block:
            value = value[key]
        digest = next(each for each in value if each != each.upper())
        value[digest.upper()] = value[digest]

    return doubled


def _swapped(value: Any) -> Any:
    """Two contents that have the digests of each other, in every place."""
    one, other = list(value["manifest"])[:2]
    text = json.dumps(value).replace(one, NOWHERE).replace(other, one).replace(NOWHERE, other)
    return json.loads(text)


def _moved(value: Any) -> None:
    """A content that is said to lie elsewhere."""
    for block in (value["manifest"], value["fixity"]["sha256"]):
        digest = next(digest for digest, paths in block.items() if paths == [f"v1/content/{PAGE}"])
        block[digest] = ["v1/content/elsewhere"]


def _elsewhere(value: Any) -> Any:
    """An inventory that has another folder for the content."""
    text = json.dumps(value).replace("v1/content/", "v1/data/").replace("v2/content/", "v2/data/")
    return {**json.loads(text), "contentDirectory": "data"}


MANIFEST, STATE, FIXITY = ("manifest",), ("versions", "v3", "state"), ("fixity", "sha256")
BROKEN: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("no object", "E033", lambda _: []),
    *((f"no {key}", "E036", _drop(key)) for key in ("id", "type", "digestAlgorithm", "head")),
    *((f"no {key}", "E041", _drop(key)) for key in ("manifest", "versions")),
    ("an unknown key", "E102", _set("more", to=1)),
    ("an unknown key of a version", "E102", _set("versions", "v1", "more", to=1)),
    ("an unknown key of a user", "E102", _set("versions", "v1", "user", "more", to=1)),
    ("an id that is no text", "E037", _set("id", to=1)),
    ("an empty id", "E037", _set("id", to="")),
    ("an id that is no URI", "W005", _set("id", to="sample")),
    ("another type", "E038", _set("type", to="https://ocfl.io/1.0/spec/#inventory")),
    ("another digest", "E025", _set("digestAlgorithm", to="md5")),
    ("a weaker digest", "W004", _set("digestAlgorithm", to="sha256")),
    ("a head that is not the newest", "E040", _set("head", to="v2")),
    ("a head that is no text", "E040", _set("head", to=3)),
    ("a content directory with a slash", "E017", _set("contentDirectory", to="a/b")),
    ("a content directory that is no text", "E017", _set("contentDirectory", to=1)),
    ("a content directory above", "E018", _set("contentDirectory", to="..")),
    ("another content directory", "E042", _set("contentDirectory", to="data")),
    ("a content directory that the first version did not set", "E019", _set("contentDirectory", to="content")),
    ("a manifest that is a list", "E106", _set("manifest", to=[])),
    ("a digest that is none", "E031", _rename(MANIFEST, lambda _: "abc")),
    ("a digest in capitals", "digest-case", _rename(MANIFEST, str.upper)),
    ("a digest twice", "E096", _twice("manifest")),
    ("no list of paths", "E092", _set("manifest", NOWHERE, to="v1/content/a")),
    ("an empty list of paths", "E092", _set("manifest", NOWHERE, to=[])),
    ("a path that is no text", "E092", _set("manifest", NOWHERE, to=[1])),
    ("a content that is nowhere", "E107", _set("manifest", NOWHERE, to=["v1/content/a"])),
    ("a path that begins with a slash", "E100", _path(MANIFEST, "/v1/content/a")),
    ("a path that ends with a slash", "E100", _path(MANIFEST, "v1/content/a/")),
    ("a path that goes up", "E099", _path(MANIFEST, "v1/content/../a")),
    ("a path with an empty part", "E099", _path(MANIFEST, "v1/content//a")),
    ("a path with a backslash", "path-unsafe", _path(MANIFEST, "v1/content/a\\b")),
    ("a path twice", "E101", _path(MANIFEST, "v1/content/a", "v1/content/a")),
    ("a path in another", "E101", _path(MANIFEST, "v1/content/a", "v1/content/a/b")),
    ("a path outside of all versions", "E042", _path(MANIFEST, "v9/content/a")),
    ("a path outside of the content", "E042", _path(MANIFEST, "v1/more/a")),
    ("a path of a version alone", "E042", _path(MANIFEST, "v9")),
    ("versions that are a list", "E045", _set("versions", to=[])),
    ("no versions", "E008", _set("versions", to={})),
    ("a version of another name", "E104", _set("versions", "3", to={})),
    ("a version of a name that is none", "E104", _set("versions", "v-1", to={})),
    ("a version before the first", "E105", _set("versions", "v0", to={})),
    ("a version with zeros", "W001", _rename(("versions",), lambda _: "v01")),
    ("versions in two forms", "E012", _set("versions", "v03", to={})),
    ("no first version", "E009", _drop("versions", "v1")),
    ("a version left out", "E010", _drop("versions", "v2")),
    ("a version that is a text", "E047", _set("versions", "v2", to="two")),
    ("no time", "E048", _drop("versions", "v2", "created")),
    ("no state", "E048", _drop("versions", "v2", "state")),
    *(
        (f"created {value!r}", "E049", _set("versions", "v2", "created", to=value))
        for value in ("2024-07-01", "2024-07-01T00:00:00", "2024-07-01T00:00Z", "2024-02-30T00:00:00Z", "today", 2024)
    ),
    ("no message", "W007", _drop("versions", "v2", "message")),
    ("no user", "W007", _drop("versions", "v2", "user")),
    ("a message that is no text", "E094", _set("versions", "v2", "message", to=["a"])),
    ("a user that is a text", "E054", _set("versions", "v2", "user", to="The Office")),
    ("a user without a name", "E054", _drop("versions", "v2", "user", "name")),
    ("a user with an empty name", "E054", _set("versions", "v2", "user", "name", to="")),
    ("an address that is no URI", "W009", _set("versions", "v2", "user", "address", to="the office")),
    ("an address that is no text", "W009", _set("versions", "v2", "user", "address", to=1)),
    ("a state that is a list", "E050", _set("versions", "v3", "state", to=[])),
    ("a state of unknown content", "E050", _set("versions", "v3", "state", NOWHERE, to=["a"])),
    ("a state with a digest that is none", "E050", _set("versions", "v3", "state", "abc", to=["a"])),
    ("a state without a list of paths", "E050", _set("versions", "v3", "state", NOWHERE, to="a")),
    ("a logical path that goes up", "E052", _path(STATE, "content/../a")),
    ("a logical path with an empty part", "E052", _path(STATE, "content//a")),
    ("a logical path that begins with a slash", "E053", _path(STATE, "/content/a")),
    ("a logical path that ends with a slash", "E053", _path(STATE, "content/a/")),
    ("a logical path twice", "E095", _path(STATE, "a", "a")),
    ("a logical path in another", "E095", _path(STATE, "a", "a-b", "a/b")),
    ("a fixity that is a list", "E111", _set("fixity", to=[])),
    ("no fixity", "fixity-missing", _drop("fixity")),
    ("no sha256", "fixity-missing", _drop("fixity", "sha256")),
    ("an unknown digest", "E056", _set("fixity", "crc32", to={})),
    ("a fixity block that is a list", "E057", _set("fixity", "md5", to=[])),
    ("a fixity digest that is none", "E057", _rename(FIXITY, lambda digest: digest[1:])),
    ("a fixity digest twice", "E097", _twice(*FIXITY)),
    ("a fixity path that is nowhere", "E057", _set("fixity", "sha256", "0" * 64, to=["v1/content/a"])),
    ("a fixity of a wrong digest", "E093", _rename(FIXITY, lambda _: "0" * 64)),
    ("another fixity of a wrong digest", "E093", _set("fixity", "md5", to={"0" * 32: [f"v1/content/{PAGE}"]})),
    ("a content of a wrong digest", "E066", _swapped),
]


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*rest, id=name) for name, *rest in BROKEN])
def test_every_rule_of_an_inventory_is_found_broken(rule: str, change: Callable[[Any], Any], where: Path) -> None:
    assert rule in rules(where, changed(change))


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*rest, id=name) for name, *rest in BROKEN])
def test_what_breaks_an_inventory_breaks_an_earlier_one_too(
    rule: str, change: Callable[[Any], Any], where: Path
) -> None:
    """The first version knows nothing of the others, so a change to those is none of it."""
    files = OBJECT if rule in ("E019", "E066", "E093") else changed(_tolerant(change), "v1/inventory.json")
    if files["v1/inventory.json"] != OBJECT["v1/inventory.json"]:
        assert rules(where, files) - {"E064"}


def _tolerant(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def changed(value: Any) -> Any:
        try:
            return change(value)
        except KeyError:
            return value

    return changed


EARLIER: list[tuple[str, str, Callable[[Any], Any]]] = [
    ("another id", "E110", _set("id", to="urn:uuid:00000000-0000-5000-8000-000000000000")),
    ("a content directory", "E019", _set("contentDirectory", to="content")),
    ("another time", "W011", _set("versions", "v1", "created", to="2024-05-02T00:00:00Z")),
    ("another message", "W011", _set("versions", "v1", "message", to="Version 0")),
    ("another user", "W011", _set("versions", "v1", "user", "name", to="Somebody")),
    ("another state", "E066", _path(("versions", "v1", "state"), "elsewhere")),
    ("a version less", "E066", lambda _: json.loads(OBJECT["v1/inventory.json"])),
    ("a version more", "E066", lambda _: json.loads(OBJECT["inventory.json"])),
    ("another content directory", "E020", _elsewhere),
    ("a fixity more", "E023", _moved),
]


@pytest.mark.parametrize(("rule", "change"), [pytest.param(*rest, id=name) for name, *rest in EARLIER])
def test_an_earlier_inventory_that_tells_another_history_is_found(
    rule: str, change: Callable[[Any], Any], where: Path
) -> None:
    found = rules(where, changed(change, "v2/inventory.json"))
    assert rule in found


def test_a_newest_inventory_that_is_not_that_of_the_object_is_found(where: Path) -> None:
    files = changed(_set("versions", "v3", "message", to="Other."))
    for name in ("inventory.json", "inventory.json.sha512"):
        files[name] = OBJECT[name]
    assert rules(where, files) == {"E064"}


def test_a_version_that_is_gone_is_found(where: Path) -> None:
    found = rules(where, {name: content for name, content in OBJECT.items() if not name.startswith("v2/")})
    assert found == {"E046", "E092", "W010"}


# The storage root.


@pytest.mark.parametrize(
    ("rule", "name", "content"),
    [
        ("E080", "0=ocfl_1.1", b"ocfl_1.1"),
        ("E080", "0=ocfl_1.1", b"ocfl_1.0\n"),
        ("E070", "ocfl_layout.json", b"no JSON"),
        ("E070", "ocfl_layout.json", b"[]"),
        ("E070", "ocfl_layout.json", b'{"extension": "0003-hash-and-id-n-tuple-storage-layout"}'),
        ("E070", "ocfl_layout.json", b'{"extension": "a", "extension": "b", "description": ""}'),
        ("E071", "ocfl_layout.json", b'{"extension": "0002-flat-direct-storage-layout", "description": ""}'),
        ("wrong-digest", LAYOUT, b"{}"),
        ("E007", f"{PLACE}/0=ocfl_object_1.1", b"ocfl_object_1.1"),
    ],
)
def test_a_file_of_the_storage_root_that_says_another_thing_is_found(
    rule: str, name: str, content: bytes, where: Path
) -> None:
    assert rules(where, {**ROOT, name: content}) == {rule}


def test_an_object_in_another_place_is_found(where: Path) -> None:
    files = held(root_files()) | {f"abc/def/012/sample/{name}": content for name, content in OBJECT.items()}
    assert rules(where, files) == {"E083"}


def test_an_object_that_is_there_twice_is_found(where: Path) -> None:
    assert rules(where, ROOT | {f"zzz/{name}": content for name, content in OBJECT.items()}) == {"E037", "E083"}


def test_an_object_in_an_object_is_found(where: Path) -> None:
    assert rules(where, ROOT | {f"{PLACE}/more/{name}": content for name, content in OBJECT.items()}) == {"E001"}


def test_a_storage_root_without_objects_is_found(where: Path) -> None:
    assert rules(where, held(root_files())) == {"object-missing"}


@pytest.mark.parametrize(
    ("rule", "name"),
    [("E073", "abc/def"), ("E073", "extensions/more"), ("E073", f"{PLACE}/logs"), ("E024", f"{PLACE}/v2/content/more")],
)
def test_an_empty_folder_is_found(rule: str, name: str, where: Path) -> None:
    lay(where, ROOT)
    (where / name).mkdir(parents=True)
    assert rules(where) == {rule}


def test_links_are_found(where: Path) -> None:
    lay(where, ROOT)
    content = where / PLACE / "v1/content" / MASTER
    twin = where / PLACE / "v2/content" / MASTER
    twin.unlink()
    os.link(content, twin)
    assert rules(where) == {"E090", "E092", "E093"}
    lay(where, ROOT)
    twin.unlink()
    twin.symlink_to(content)
    assert rules(where) == {"E090", "E092"}
    lay(where, ROOT)
    os.mkfifo(where / "pipe")
    assert rules(where) == {"E090"}
