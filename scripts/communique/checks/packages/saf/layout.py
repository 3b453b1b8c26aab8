"""Where the files of a package lie: <wrapper>/<item>/<file>, for the importer looks nowhere else.

A ZIP entry of more than two parts makes its first part the place where the importer looks for items; each folder
there is one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree
from communique.checks.packages.saf.item import CONTENTS, FIELDS, MANIFEST, Item

_WRAPPER = "SimpleArchiveFormat"
_OTHERS = {"content", "build", "data"}
_HIDDEN = re.compile(r"(^|.*/)(\.[^/]+|__MACOSX|Thumbs\.db|desktop\.ini)(/.*)?", re.IGNORECASE)
_PLAIN = re.compile(r"[ -.0-\[\]-~]+")


def items(package: Tree) -> tuple[Item, ...]:
    """The items, by any file that every item has, be they where they should lie or not.

    The files of a statement are none, for what was received can have any name.
    """
    folders = {
        folder
        for folder, _, name in (path.rpartition("/") for path in package.names)
        if (name == FIELDS and not _OTHERS & set(folder.split("/")))
        or (name in (CONTENTS, MANIFEST) and folder.split("/")[-2:-1] == [_WRAPPER])
    }
    return tuple(_item(package, folder) for folder in sorted(folders))


def remarks(package: Tree) -> Iterator[Remark]:
    """What lies where the importer does not look, or looks and finds something else."""
    known = {item.folder for item in items(package)}
    for name in package.names:
        yield from _place(name, known)
        yield from _name(name)
    yield from _twins(package)
    yield from _empty(package)
    wrappers = {name.partition("/")[0] for name in package.names if "/" in name}
    if len(wrappers) > 1:
        yield Remark("several-wrappers", f"only one of the folders {', '.join(sorted(wrappers))} would be looked at")
    if len(known) > 1:
        yield Remark("several-items", f"{', '.join(sorted(known))}: a statement is one item")
    for folder in sorted(known):
        if re.search(r"\s", folder):
            yield Remark("item-name", f"{folder!r} has a space, at which the importer's map of items breaks off")


def _item(package: Tree, folder: str) -> Item:
    prefix = f"{folder}/" if folder else ""
    inside = [name.removeprefix(prefix) for name in package.names if name.startswith(prefix)]
    return Item(package, folder, tuple(name for name in inside if "/" not in name))


def _place(name: str, items: set[str]) -> Iterator[Remark]:
    depth, folder = name.count("/") + 1, name.rpartition("/")[0]
    if depth < 3 and folder in items:
        yield Remark("no-wrapper", f"{name}: the item must lie in a folder, and that in another")
    elif depth > 3:
        yield Remark("too-deep", f"{name} lies in a folder of the item, where the importer does not look")
    elif folder not in items:
        yield Remark("outside-the-item", f"{name} lies in no item")


def _name(name: str) -> Iterator[Remark]:
    if _HIDDEN.fullmatch(name):
        yield Remark("hidden", f"{name} is a file that a system left there")
    for part in name.split("/"):
        if not _PLAIN.fullmatch(part):
            yield Remark("name-not-ascii", f"{name!r} has signs that not every DSpace can write or find again")
        elif part != part.strip():
            yield Remark("name-spaces", f"{name!r} has spaces at an end, which get lost")


def _twins(package: Tree) -> Iterator[Remark]:
    """Names that are one on systems that do not tell capitals, or ways to write an accent, apart."""
    seen: dict[str, str] = {}
    for name in package.names:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if key in seen:
            yield Remark("name-twins", f"{name!r} and {seen[key]!r} are the same name on some systems")
        seen[key] = name


def _empty(package: Tree) -> Iterator[Remark]:
    """Folders without files: the importer takes one for an item without fields, and stops."""
    for place, folders, files in os.walk(package.folder):
        if not folders and not files and Path(place) != package.folder:
            yield Remark("empty-folder", f"{Path(place).relative_to(package.folder).as_posix()} is empty")
