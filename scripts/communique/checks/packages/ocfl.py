"""An OCFL 1.1 storage root, or one object of it, judged more strictly than the standard does: nothing is unlisted."""

from __future__ import annotations

import hashlib
import os
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.packages import ocfl_object
from communique.checks.packages.files import Tree, digests
from communique.checks.packages.ocfl_inventory import by_path
from communique.checks.packages.ocfl_object import INVENTORY, SIDECAR, Lying, lying

_DECLARATION = "0=ocfl_1.1"
_LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_LAYOUT_FILE = "ocfl_layout.json"
_SAFE = frozenset(f"{string.ascii_letters}{string.digits}-_")
ROOT_FILES: Mapping[str, str] = {
    _DECLARATION: "251c899fa79a7c8fd0337531a939b1080bf23d93b347d7a0318e74c352cb43fb",
    _LAYOUT_FILE: "8c39fe025900844da50ec86caccef6e87aae2f72f33787b6bc1e374a32e45ce1",
    f"extensions/{_LAYOUT}/config.json": "a650b717be6535a0a7d3720ad9ac335776cd176a9639d7d1320a6ee5c13153f0",
    f"{_LAYOUT}.md": "9766ecdd4a3a7de70f659f847529ca6548f018a216d1ab43b914f3a5cba97bfb",
    "ocfl_1.1.md": "f445d56038c2834ab1860108385627365ba5a479887459055488ac59d2d4c5cc",
}
"""The files of every storage root of this program, with their SHA-256: nothing else there vouches for them."""


def recognises(tree: Tree) -> bool:
    """Whether a folder is a storage root or an object."""
    return any(name.startswith("0=ocfl_") or name in (_LAYOUT_FILE, INVENTORY, SIDECAR) for name in tree.names)


def remarks(tree: Tree) -> Iterator[Remark]:
    """Everything that is wrong with a storage root, or with an object by itself."""
    yield from _file_system(tree)
    if _is_object(tree):
        yield from ocfl_object.remarks(lying(tree, ""))
        return
    yield from _root(tree)
    seen: dict[str, str] = {}
    for place in _objects(tree):
        found = lying(tree, place)
        yield from ocfl_object.remarks(found)
        yield from _placed(found, seen)


def places(tree: Tree, version: str = "") -> Mapping[str, str]:
    """Where the files of a version ("v1") of each object lie, by their logical paths; those of the newest without one.

    Only paths in content/ and build/ are given, and only if they are safe and something lies there.
    """
    there = set(tree.names)
    found: dict[str, str] = {}
    for place in [""] if _is_object(tree) else _objects(tree):
        for path, content in _state(lying(tree, place), version).items():
            is_safe = not {"", ".", ".."} & set(path.split("/"))
            if is_safe and path.startswith(("content/", "build/")) and place + content in there:
                found[path] = place + content
    return found


def _state(found: Lying, version: str) -> dict[str, str]:
    """The content paths of a version by its logical paths; none if the inventory does not tell."""
    try:
        inventory = ocfl_object.inventory(found)
        manifest, state = inventory["manifest"], inventory["versions"][version or inventory["head"]]["state"]
        return {path: manifest[digest][0] for path, digest in by_path(state).items()}
    except (Unreadable, KeyError, TypeError, IndexError, AttributeError):
        return {}


def _is_object(tree: Tree) -> bool:
    is_root = _DECLARATION in tree.names or _LAYOUT_FILE in tree.names
    return not is_root and any(name.startswith("0=ocfl_object_") or name in (INVENTORY, SIDECAR) for name in tree.names)


def _objects(tree: Tree) -> list[str]:
    """The folders of objects ("a/b/"): those with a declaration or an inventory that lie in no other such folder."""
    folders = set()
    for name in tree.names:
        place, slash, last = name.rpartition("/")
        if slash and (last.startswith("0=") or last in (INVENTORY, SIDECAR)):
            folders.add(f"{place}/")
    found: list[str] = []
    for place in sorted(folders):
        if not place.startswith((*found, "extensions/")):
            found.append(place)
    return found


def _file_system(tree: Tree) -> Iterator[Remark]:
    """Nothing that cannot be carried to any other place (4.6), and no empty folder (3.3.1 and 4.1)."""
    yield from (Remark("E090", f"{name} is neither a file nor a folder") for name in tree.strange)
    seen: dict[tuple[int, int], str] = {}
    for name in tree.names:
        status = tree.path(name).stat()
        twin = seen.setdefault((status.st_dev, status.st_ino), name)
        if twin != name:
            yield Remark("E090", f"{name} is a link to {twin}")
    for place, folders, files in os.walk(tree.folder):
        if not folders and not files:
            inside = Path(place).relative_to(tree.folder).as_posix()
            rule = "E024" if re.search(r"(^|/)v\d+(/|$)", inside) else "E073"
            yield Remark(rule, f"{inside} is an empty folder")


def _root(tree: Tree) -> Iterator[Remark]:
    """The files of the storage root itself (4.1, 4.2 and 4.4), and that there is no other outside of the objects."""
    yield from (Remark("E069" if name == _DECLARATION else "missing", f"{name} is missing") for name in _gone(tree))
    objects = tuple(_objects(tree))
    for name in tree.names:
        if name in ROOT_FILES:
            yield from _known(tree, name)
        elif not (objects and name.startswith(objects)):
            yield Remark(*_stray(name))
    if not objects:
        yield Remark("object-missing", "there is no object in the storage root")


def _gone(tree: Tree) -> list[str]:
    return [name for name in ROOT_FILES if name not in tree.names]


def _stray(name: str) -> tuple[str, str]:
    """The rule that a file outside of all objects breaks, and why."""
    if name.startswith("0=ocfl_object_"):
        return "E079", f"{name}: a storage root is no object"
    if name.startswith("0=ocfl_"):
        return "E076", f"{name} is another declaration"
    if name.startswith("0="):
        return "E079", f"{name} is no declaration of OCFL"
    if name.startswith("extensions/"):
        is_loose = name.count("/") == 1
        return "E112" if is_loose else "not-listed", f"{name} is of no extension that is used"
    if "/" in name:
        return "E072", f"{name} is part of no object"
    return "not-listed", f"{name} does not belong there"


def _known(tree: Tree, name: str) -> Iterator[Remark]:
    """A file that every storage root has: the same, byte for byte."""
    if digests(tree.path(name), ("sha256",))["sha256"] == ROOT_FILES[name]:
        return
    if name == _DECLARATION:
        yield Remark("E080", f"{name} does not say what its name says")
    elif name == _LAYOUT_FILE:
        yield Remark(*_layout(tree))
    else:
        yield Remark("wrong-digest", f"{name} is not what it was")


def _layout(tree: Tree) -> tuple[str, str]:
    try:
        layout: Any = opening.json_text(opening.whole(tree.path(_LAYOUT_FILE)))
    except Unreadable as error:
        return "E070", f"{_LAYOUT_FILE} {error}"
    if not isinstance(layout, dict) or not all(
        isinstance(layout.get(key), str) for key in ("extension", "description")
    ):
        return "E070", f"{_LAYOUT_FILE} does not have the extension and its description"
    if layout["extension"] != _LAYOUT:
        return "E071", f"{_LAYOUT_FILE}: the layout is {layout['extension']!r}, not {_LAYOUT}"
    return "wrong-digest", f"{_LAYOUT_FILE} is not what it was"


def _placed(found: Lying, seen: dict[str, str]) -> Iterator[Remark]:
    """Whether an object lies where its identifier says (4.3; OCFL Community Extension 0003), and no other has that."""
    try:
        identifier = ocfl_object.inventory(found)["id"]
    except (Unreadable, KeyError, TypeError):
        return
    if not isinstance(identifier, str):
        return
    if identifier in seen:
        yield found.remark("E037", INVENTORY, f": {identifier} is the id of {seen[identifier]} too")
    seen[identifier] = found.place
    if found.place != (expected := f"{_place(identifier)}/"):
        yield Remark("E083", f"{found.place}: {identifier} belongs in {expected}")


def _place(identifier: str) -> str:
    content = identifier.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()
    name = "".join(chr(byte) if chr(byte) in _SAFE else f"%{byte:02x}" for byte in content)
    tuples = (digest[start : start + 3] for start in (0, 3, 6))
    return "/".join((*tuples, name if len(name) <= 100 else f"{name[:100]}-{digest}"))
