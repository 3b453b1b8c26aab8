"""The digests of the files of an item and the paths that they had, which the importer does not read, but a reader can.

`manifest-sha256.txt` lists every file but itself in the form of sha256sum; `inventory.csv` has name and path.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import digests
from communique.checks.packages.saf.item import ADDED, INVENTORY, MANIFEST, Item, is_control, lines

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_HEAD = ["name", "path"]


def remarks(item: Item) -> Iterator[Remark]:
    """Every byte that changed, every file too many or too few, every line that is not as it must be."""
    listed: dict[str, str] = {}
    number = 0
    for each in lines(item, MANIFEST):
        if isinstance(each, Remark):
            yield each
            continue
        number += 1
        match = _LINE.fullmatch(each)
        if match is None:
            yield Remark("manifest-unreadable", f"{MANIFEST}: line {number} is not a digest, two spaces and a name")
        elif match[2] in listed:
            yield Remark("listed-twice", f"{MANIFEST}: {match[2]} is listed twice")
        else:
            listed[match[2]] = match[1]
    if list(listed) != sorted(listed):
        yield Remark("manifest-order", f"{MANIFEST} is not in the order of the names")
    yield from _compare(item, listed)
    yield from _paths(item)


def inventory(item: Item) -> Mapping[str, str]:
    """The paths of the files by their names; what is no path of a statement is left out."""
    return {name: path for name, path in _rows(item) if _is_path(path)}


def _compare(item: Item, listed: Mapping[str, str]) -> Iterator[Remark]:
    files = [name for name in item.names if name != MANIFEST]
    for name in sorted(listed.keys() - set(files)):
        yield Remark("missing", f"{name} is listed in {MANIFEST} and not there")
    for name in files:
        if name not in listed:
            yield Remark("not-listed", f"{name} is not listed in {MANIFEST}")
        elif digests(item.tree.path(item.path(name)), ("sha256",))["sha256"] != listed[name]:
            yield Remark("wrong-digest", f"{name}: its sha256 is not the one in {MANIFEST}")


def _paths(item: Item) -> Iterator[Remark]:
    """Every file of the statement has the path that it had, and no two have the same."""
    if INVENTORY not in item.names:
        yield Remark("missing", f"{INVENTORY} is not there")
        return
    head, *rows = _table(item) or [[]]
    if head != _HEAD:
        yield Remark("inventory-unreadable", f"{INVENTORY} does not begin with {','.join(_HEAD)}")
    for number, row in enumerate(rows, 2):
        if len(row) != 2 or not _is_path(row[1]):
            message = f"{INVENTORY}: line {number} is not a name and a path in content/ or build/"
            yield Remark("inventory-unreadable", message)
    named = [name for name, _ in _rows(item)]
    paths = [path for _, path in _rows(item)]
    for what, column in (("name", named), ("path", paths)):
        for twice in sorted(each for each, times in Counter(column).items() if times > 1):
            yield Remark("listed-twice", f"{INVENTORY}: the {what} {twice} is there twice")
    files = {name for name in item.names if name not in ADDED and not is_control(name)}
    for name in sorted(set(named) - files):
        yield Remark("missing", f"{name} is listed in {INVENTORY} and is no file of the statement here")
    for name in sorted(files - set(named)):
        yield Remark("not-listed", f"{name} is not listed in {INVENTORY}: where it lay is not known")


def _rows(item: Item) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in _table(item)[1:] if len(row) == 2]


def _table(item: Item) -> list[list[str]]:
    if INVENTORY not in item.names:
        return []
    text = item.read(INVENTORY).decode("utf-8", "surrogateescape")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return []


def _is_path(path: str) -> bool:
    """Whether a path is that of a file of a statement, and cannot lead anywhere else."""
    place, *parts = path.split("/")
    is_plain = not {"", ".", ".."} & set(parts) and "\\" not in path and "\0" not in path
    return place in ("content", "build") and len(parts) > 1 and is_plain
