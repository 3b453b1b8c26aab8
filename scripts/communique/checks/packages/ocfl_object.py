"""The files of an OCFL object (OCFL 1.1, 3): all that its inventories list, unchanged, and no other.

All inventories tell one history: that of each version is the part of the newest one that was known then.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.packages.files import Tree, digests
from communique.checks.packages.ocfl_inventory import ALGORITHMS, by_path, content_directory, faults

INVENTORY = "inventory.json"
SIDECAR = f"{INVENTORY}.sha512"
DECLARATION = "0=ocfl_object_1.1"
# What may be wrong with an inventory that can still be compared with others, and with what lies there.
_READABLE = {"E058", "E060", "E061", "form"}


@dataclass(frozen=True)
class Lying:
    """An object as it lies: the folder above it, its own place there ("" or "a/b/"), its files by their names in it."""

    tree: Tree
    place: str
    names: frozenset[str]

    def content(self, name: str) -> bytes:
        """The bytes of a small file."""
        return opening.whole(self.tree.path(self.place + name))

    def remark(self, rule: str, name: str, message: str) -> Remark:
        """An objection to one of its files."""
        return Remark(rule, f"{self.place}{name}{message}")


def lying(tree: Tree, place: str) -> Lying:
    """The object in a folder of a tree."""
    inside = (name.removeprefix(place) for name in tree.names if name.startswith(place))
    return Lying(tree, place, frozenset(inside))


def inventory(found: Lying, name: str = INVENTORY) -> Any:
    """The value of an inventory; raises Unreadable."""
    return opening.json_text(found.content(name))


def remarks(found: Lying) -> Iterator[Remark]:
    """Everything that is wrong with an object."""
    yield from _declaration(found)
    if INVENTORY not in found.names:
        yield found.remark("E063", INVENTORY, " is missing")
        return
    said = list(_inventory(found, ""))
    yield from said
    if not all(remark.rule in _READABLE for remark in said):
        return
    newest = inventory(found)
    yield from _structure(found, newest)
    yield from _content(found, newest)
    for name in newest["versions"]:
        yield from _earlier(found, newest, name)


def _declaration(found: Lying) -> Iterator[Remark]:
    """Exactly one, of OCFL 1.1 (3.2)."""
    declared = sorted(name for name in found.names if name.startswith("0=") and "/" not in name)
    if DECLARATION not in declared:
        yield found.remark("E003", DECLARATION, " is missing")
    elif found.content(DECLARATION) != f"{DECLARATION.removeprefix('0=')}\n".encode():
        yield found.remark("E007", DECLARATION, " does not say what its name says")
    for name in declared:
        if name != DECLARATION:
            rule = "E003" if name.startswith("0=ocfl_object_") else "E006"
            yield found.remark(rule, name, " is another declaration")


def _inventory(found: Lying, folder: str) -> Iterator[Remark]:
    """An inventory by itself, and its digest (3.6). It stands as it was written: each value in its line, none twice."""
    name = f"{folder}{INVENTORY}"
    content = found.content(name)
    yield from _sidecar(found, folder, hashlib.sha512(content).hexdigest())
    try:
        value = opening.json_text(content)
    except Unreadable as error:
        yield found.remark("E033", name, f" {error}")
        return
    if content != (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass"):
        yield found.remark("form", name, " is not written as this program does")
    for rule, message in faults(value):
        yield found.remark(rule, name, f": {message}")


def _sidecar(found: Lying, folder: str, digest: str) -> Iterator[Remark]:
    name = f"{folder}{SIDECAR}"
    if name not in found.names:
        yield found.remark("E058", name, " is missing")
        return
    content = found.content(name)
    if not re.fullmatch(rb"[0-9A-Fa-f]{128}[ \t]+inventory\.json\s*", content):
        yield found.remark("E061", name, f" is not a digest, a space and {INVENTORY}")
    elif content.split()[0].lower() != digest.encode():
        yield found.remark("E060", name, f" is not the digest of {folder}{INVENTORY}")
    elif content != f"{digest} {INVENTORY}\n".encode():
        yield found.remark("form", name, " is not written as this program does")


def _structure(found: Lying, newest: Mapping[str, Any]) -> Iterator[Remark]:
    """Whether each file lies where one may (3.1, 3.3, 3.8, 3.9), and each version is there."""
    versions, listed = newest["versions"], by_path(newest["manifest"])
    folder = content_directory(newest)
    for name in sorted(found.names - {DECLARATION, INVENTORY, SIDECAR}):
        first, *rest = name.split("/")
        if not rest:
            if not name.startswith("0="):
                yield found.remark("E001", name, " does not belong there")
        elif first not in versions:
            yield from _elsewhere(found, name)
        elif len(rest) == 1:
            if rest[0] not in (INVENTORY, SIDECAR):
                yield found.remark("E015", name, " does not belong there")
        elif rest[0] != folder:
            yield found.remark("W002", name, f" is beside the {folder!r} folder of a version")
        elif name not in listed:
            yield found.remark("E023", name, " is not listed in the manifest")
    there = {name.split("/")[0] for name in found.names}
    yield from (found.remark("E046", name, " is missing") for name in versions if name not in there)


def _elsewhere(found: Lying, name: str) -> Iterator[Remark]:
    """A file in a folder that is none of a version: OCFL allows some, but no digest would vouch for what lies there."""
    first, *rest = name.split("/")
    if re.fullmatch(r"v\d+", first):
        yield found.remark("E046", name, " is of a version that the inventory does not know")
    elif first == "extensions" and len(rest) == 1:
        yield found.remark("E067", name, " is not in the folder of an extension")
    elif first in ("extensions", "logs"):
        yield found.remark("not-listed", name, " is listed nowhere")
    else:
        yield found.remark("E001", name, " does not belong there")


def _content(found: Lying, newest: Mapping[str, Any]) -> Iterator[Remark]:
    """Every content is there and has all digests that are known of it (3.5.2 and 3.5.4)."""
    fixity = {algorithm: by_path(block) for algorithm, block in newest.get("fixity", {}).items()}
    for path, digest in sorted(by_path(newest["manifest"]).items()):
        if path not in found.names:
            yield found.remark("E092", path, " is listed and not there")
            continue
        more = {algorithm: block[path] for algorithm, block in fixity.items() if path in block}
        names = dict.fromkeys(ALGORITHMS[algorithm] for algorithm in ("sha512", *more))
        measured = digests(found.tree.path(found.place + path), tuple(names))
        if measured["sha512"] != digest:
            yield found.remark("E092", path, ": its sha512 is not the one in the manifest")
        for algorithm, expected in more.items():
            if measured[ALGORITHMS[algorithm]] != expected:
                yield found.remark("E093", path, f": its {algorithm} is not the one in the fixity block")


def _earlier(found: Lying, newest: Mapping[str, Any], version: str) -> Iterator[Remark]:
    """The inventory of a version (3.7): that of the newest is that of the object, any other a part of it."""
    name = f"{version}/{INVENTORY}"
    if name not in found.names:
        yield found.remark("W010", name, " is missing")
        return
    if version == newest["head"]:
        if found.content(name) != found.content(INVENTORY):
            yield found.remark("E064", name, f" is not the same as {INVENTORY}")
        yield from _sidecar(found, f"{version}/", hashlib.sha512(found.content(name)).hexdigest())
        return
    said = list(_inventory(found, f"{version}/"))
    yield from said
    if all(remark.rule in _READABLE for remark in said):
        yield from _compared(found, newest, version)


def _compared(found: Lying, newest: Mapping[str, Any], version: str) -> Iterator[Remark]:
    """What an earlier inventory says otherwise than the newest."""
    name = f"{version}/{INVENTORY}"
    then = inventory(found, name)
    known = [each for each in newest["versions"] if int(each[1:]) <= int(version[1:])]
    if then["id"] != newest["id"]:
        yield found.remark("E110", name, f": the id is not {newest['id']}")
    if content_directory(then) != content_directory(newest):
        yield found.remark("E020", name, ": contentDirectory is not that of the object")
    elif ("contentDirectory" in then) != ("contentDirectory" in newest):
        yield found.remark("E019", name, ": contentDirectory is not set as in the object")
    if set(then["versions"]) != set(known):
        yield found.remark("E066", name, f": the versions are not {', '.join(known)}")
        return
    for each in known:
        one, other = then["versions"][each], newest["versions"][each]
        if by_path(one["state"]) != by_path(other["state"]):
            yield found.remark("E066", name, f": the state of {each} is not that of {INVENTORY}")
        if any(one.get(key) != other.get(key) for key in ("created", "message", "user")):
            yield found.remark("W011", name, f": what is said of {each} is not what {INVENTORY} says")
    folders = tuple(f"{each}/" for each in known)
    for rule, block, others in (
        ("E023", then["manifest"], newest["manifest"]),
        ("E093", _sha256(then), _sha256(newest)),
    ):
        before = {path: digest for path, digest in by_path(others).items() if path.startswith(folders)}
        if by_path(block) != before:
            yield found.remark(rule, name, f": its files are not those that {INVENTORY} has of these versions")


def _sha256(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fixity block that every inventory of this program has, if it has any content."""
    block: Mapping[str, Any] = value.get("fixity", {}).get("sha256", {})
    return block
