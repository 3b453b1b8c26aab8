"""An inventory of an OCFL object by itself (OCFL 1.1, 3.5): whether it says all that it must, and nothing else.

Rules have the validation codes of the specification: E for what it demands, W for what it advises and this program
always does. What it leaves open and this program does not has a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

Faults = Iterator[tuple[str, str]]
"""Rules that are broken, each with the reason."""

ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha256": "sha256", "sha512": "sha512", "blake2b-512": "blake2b"}
"""The digests that a fixity block may have (3.4), each with its name in Python."""

_TYPE = "https://ocfl.io/1.1/spec/#inventory"
_NEEDED = {
    **dict.fromkeys(("id", "type", "digestAlgorithm", "head"), "E036"),
    **dict.fromkeys(("manifest", "versions"), "E041"),
}
_LENGTHS = {"md5": 32, "sha1": 40, "sha256": 64, "sha512": 128, "blake2b-512": 128}
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_VERSION = re.compile(r"v\d+", re.ASCII)


def content_directory(inventory: Mapping[str, Any]) -> str:
    """The folder of the content in that of each version (3.3.1)."""
    return str(inventory.get("contentDirectory", "content"))


def by_path(block: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The digests of a block by the paths."""
    return {path: digest for digest, paths in block.items() for path in paths}


def faults(inventory: Any) -> Faults:
    """Everything that is wrong with the value of an inventory; without any, it has the shape that the others expect."""
    if not isinstance(inventory, dict):
        yield "E033", "is no JSON object"
        return
    missing = [key for key in _NEEDED if key not in inventory]
    yield from ((_NEEDED[key], f"has no {key}") for key in missing)
    yield from _unknown(inventory, {*_NEEDED, "contentDirectory", "fixity"}, "the inventory")
    if not missing:
        yield from _header(inventory)
        shape = [*_manifest(inventory), *_versions(inventory["versions"])]
        yield from shape
        if not shape:
            yield from _agreement(inventory)
            yield from _fixity(inventory)


def _unknown(block: Mapping[str, Any], known: set[str], where: str) -> Faults:
    yield from (("E102", f"{where} has the key {key!r}, which OCFL does not know") for key in block if key not in known)


def _header(inventory: Mapping[str, Any]) -> Faults:
    """Keys with one value (3.5.1)."""
    identifier, algorithm = inventory["id"], inventory["digestAlgorithm"]
    if not isinstance(identifier, str) or not identifier:
        yield "E037", "the id is no text"
    elif not _URI.fullmatch(identifier):
        yield "W005", f"the id {identifier!r} is no URI"
    if inventory["type"] != _TYPE:
        yield "E038", f"the type is {inventory['type']!r}, not {_TYPE}"
    if algorithm != "sha512":
        rule = "W004" if algorithm == "sha256" else "E025"
        yield rule, f"the digests are {algorithm!r}, not sha512"
    folder = inventory.get("contentDirectory", "content")
    if not isinstance(folder, str) or not folder or "/" in folder:
        yield "E017", f"contentDirectory {folder!r} is no name of a folder"
    elif folder in (".", ".."):
        yield "E018", f"contentDirectory is {folder!r}"


def _manifest(inventory: Mapping[str, Any]) -> Faults:
    """The manifest by itself (3.5.2)."""
    manifest = inventory["manifest"]
    if not isinstance(manifest, dict):
        yield "E106", "the manifest is no JSON object"
        return
    yield from _digests(manifest, "sha512", "the manifest", {"form": "E031", "twice": "E096", "paths": "E092"})
    rules = {"ends": "E100", "parts": "E099", "twice": "E101"}
    yield from _paths(_listed(manifest), rules, "the manifest")


def _digests(block: Mapping[str, Any], algorithm: str, where: str, rules: Mapping[str, str]) -> Faults:
    """A block of digests with lists of paths."""
    seen: set[str] = set()
    for digest, paths in block.items():
        if not re.fullmatch(rf"[0-9A-Fa-f]{{{_LENGTHS[algorithm]}}}", digest):
            yield rules["form"], f"{where}: {digest!r} is no {algorithm}"
        elif digest != digest.lower():
            yield "digest-case", f"{where}: {digest} is not in small letters"
        if digest.lower() in seen:
            yield rules["twice"], f"{where}: {digest} is there twice"
        seen.add(digest.lower())
        if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
            yield rules["paths"], f"{where}: {digest} has no list of paths"


def _listed(block: Mapping[str, Any]) -> list[str]:
    """All paths of a block, as far as they are some."""
    lists = (paths for paths in block.values() if isinstance(paths, list))
    return [path for paths in lists for path in paths if isinstance(path, str)]


def _paths(paths: Sequence[str], rules: Mapping[str, str], where: str) -> Faults:
    """Whether paths are safe, and can lie beside one another."""
    for path in paths:
        if path.startswith("/") or path.endswith("/"):
            yield rules["ends"], f"{where}: {path!r} begins or ends with a slash"
        elif {"", ".", ".."} & set(path.split("/")):
            yield rules["parts"], f"{where}: {path!r} has a part that is no name"
        elif "\\" in path or "\0" in path:
            yield "path-unsafe", f"{where}: {path!r} cannot be kept on every system"
    # With a last slash each, a folder comes right before what lies in it.
    for one, other in pairwise(sorted(f"{path}/" for path in paths)):
        if other.startswith(one):
            yield rules["twice"], f"{where}: {one[:-1]!r} is there twice, or as a file and a folder"


def _versions(versions: Any) -> Faults:
    """The versions by themselves: their names (3.3) and their blocks (3.5.3)."""
    if not isinstance(versions, dict):
        yield "E045", "the versions are no JSON object"
        return
    if not versions:
        yield "E008", "there is no version"
    yield from _numbers(versions)
    for name, version in versions.items():
        yield from _version(name, version)


def _numbers(versions: Iterable[str]) -> Faults:
    """The names of the versions: v1, v2 and so on, without a gap (3.3)."""
    for name in versions:
        if not _VERSION.fullmatch(name):
            yield "E104", f"{name!r} is no name of a version"
        elif not int(name[1:]):
            yield "E105", f"{name} is no version: the first is v1"
        elif name.startswith("v0"):
            yield "W001", f"{name} has zeros before its number"
    numbers = sorted(int(name[1:]) for name in versions if _VERSION.fullmatch(name))
    if numbers and 1 not in numbers:
        yield "E009", "the versions do not begin with v1"
    if len({len(name) for name in versions if name.startswith("v0")}) > 1 or len(set(numbers)) < len(numbers):
        yield "E012", "the numbers of the versions are written in more than one way"
    if any(later != earlier + 1 for earlier, later in pairwise(numbers) if later != earlier):
        yield "E010", "a version is left out"


def _version(name: str, version: Any) -> Faults:
    """A version block (3.5.3.1)."""
    if not isinstance(version, dict):
        yield "E047", f"{name} is no JSON object"
        return
    yield from _unknown(version, {"created", "state", "message", "user"}, name)
    yield from (("E048", f"{name} has no {key}") for key in ("created", "state") if key not in version)
    yield from (("W007", f"{name} has no {key}") for key in ("message", "user") if key not in version)
    if "created" in version and not _is_time(version["created"]):
        yield "E049", f"{name}: {version['created']!r} is no time with its zone (RFC 3339)"
    if not isinstance(version.get("message", ""), str):
        yield "E094", f"{name}: the message is no text"
    if "user" in version:
        yield from _user(name, version["user"])
    state = version.get("state", {})
    if not isinstance(state, dict):
        yield "E050", f"{name}: the state is no JSON object"
        return
    where = f"{name}, state"
    yield from _digests(state, "sha512", where, {"form": "E050", "twice": "E050", "paths": "E050"})
    yield from _paths(_listed(state), {"ends": "E053", "parts": "E052", "twice": "E095"}, where)


def _user(name: str, user: Any) -> Faults:
    """Who made a version; not everybody has an address."""
    if not isinstance(user, dict):
        yield "E054", f"{name}: the user is no JSON object"
        return
    yield from _unknown(user, {"name", "address"}, f"{name}, user")
    if not isinstance(user.get("name"), str) or not user["name"]:
        yield "E054", f"{name}: the user has no name"
    if "address" in user and not (isinstance(user["address"], str) and _URI.fullmatch(user["address"])):
        yield "W009", f"{name}: the address of the user, {user['address']!r}, is no URI"


def _is_time(value: Any) -> bool:
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value.upper())
    except ValueError:
        return False
    return True


def _agreement(inventory: Mapping[str, Any]) -> Faults:
    """Whether head, manifest and versions speak of the same."""
    manifest, versions = inventory["manifest"], inventory["versions"]
    newest = max(versions, key=lambda name: int(name[1:]))
    if inventory["head"] != newest:
        yield "E040", f"the head is {inventory['head']!r}, not {newest}"
    folder = content_directory(inventory)
    for path in by_path(manifest):
        version, *rest = path.split("/")
        if version not in versions or len(rest) < 2 or rest[0] != folder:
            yield "E042", f"the manifest: {path!r} is not in the {folder!r} folder of a version"
    used: set[str] = set()
    for name, version in versions.items():
        used |= version["state"].keys()
        for digest in version["state"].keys() - manifest.keys():
            yield "E050", f"{name}, state: {digest} is not in the manifest"
    yield from (("E107", f"the manifest: {digest} is in no version") for digest in sorted(manifest.keys() - used))


def _fixity(inventory: Mapping[str, Any]) -> Faults:
    """The fixity block (3.5.4): OCFL leaves it open, here it has the SHA-256 of every content."""
    if not isinstance(blocks := inventory.get("fixity", {}), dict):
        yield "E111", "the fixity is no JSON object"
        return
    known = by_path(inventory["manifest"])
    for algorithm, block in blocks.items():
        where = f"the fixity of {algorithm}"
        if algorithm not in ALGORITHMS:
            yield "E056", f"{where}: OCFL does not know this digest"
        elif not isinstance(block, dict):
            yield "E057", f"{where} is no JSON object"
        else:
            yield from _digests(block, algorithm, where, {"form": "E057", "twice": "E097", "paths": "E057"})
            listed = _listed(block)
            yield from (("E057", f"{where}: {path!r} is not in the manifest") for path in listed if path not in known)
            if len(set(listed)) < len(listed):
                yield "E057", f"{where}: a path is there twice"
    has = _listed(blocks["sha256"]) if isinstance(blocks.get("sha256"), dict) else ()
    yield from (("fixity-missing", f"{path} has no sha256") for path in sorted(known.keys() - set(has)))
