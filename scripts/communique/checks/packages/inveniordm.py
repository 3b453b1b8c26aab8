"""A deposit for InvenioRDM, as a package or as it is downloaded from there: its record, its list, every file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.packages.files import Tree, digests
from communique.checks.schemas import json_shape

RECORD, LISTING = "record.json", "files.json"
_FOLDER = "files/"
_HEAD = ["identifier", "versionOf", "files"]
_ROW = ["key", "path", "size", "md5", "sha256"]
_URN = re.compile(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DIGITS = {"md5": re.compile(r"[0-9a-f]{32}"), "sha256": re.compile(r"[0-9a-f]{64}")}
_CODED = re.compile(r"(?:=[0-9A-F]{2})+")
_NOTHING = object()  # not None, which JSON can say


@dataclass(frozen=True)
class Row:
    """A file in the list: its name in the repository, where it belongs ("" for the record itself), what it holds."""

    key: str
    path: str
    size: int
    md5: str
    sha256: str


@dataclass(frozen=True)
class Listing:
    """The list as far as it can be read: the URNs of this version and of the statement, and the files."""

    identifier: str
    version_of: str
    rows: tuple[Row, ...]


def recognises(package: Tree) -> bool:
    """Whether a folder is such a deposit, be it one that lost its list or its record."""
    return RECORD in package.names or LISTING in package.names


def remarks(package: Tree) -> Iterator[Remark]:
    """Everything that is wrong with a deposit: the form of its list, every file, what its record must say."""
    yield from package.remarks()
    value = yield from _value(package, LISTING)
    if value is not _NOTHING:
        faults = list(_form(value))
        yield from faults
        if not faults:
            yield from _files(package, listing(value))
    record = yield from _value(package, RECORD)
    if record is not _NOTHING:
        yield from json_shape.remarks(record, "inveniordm")
        if value is not _NOTHING:
            yield from _names(record, value)


def places(package: Tree) -> Mapping[str, str]:
    """The files of the statement by the paths that they had, as far as the list can be read."""
    try:
        value = opening.json_text(opening.whole(package.path(LISTING)))
    except Unreadable:
        return {}
    if any(True for _ in _form(value)):
        return {}
    names = {row.path: place(package, row) for row in listing(value).rows if row.path}
    return {path: name for path, name in names.items() if name in package.names}


def place(package: Tree, row: Row) -> str:
    """Where a file lies: in `files/`, or beside the list, as a repository gives it back."""
    is_packed = any(name.startswith(_FOLDER) for name in package.names)
    return f"{_FOLDER}{row.key}" if row.path and is_packed else row.key


def listing(value: Any) -> Listing:
    """A list whose form is right, as a value."""
    rows = tuple(Row(**{"path": "", **row}) for row in value["files"])
    return Listing(value["identifier"], value["versionOf"], rows)


def _value(package: Tree, name: str) -> Generator[Remark, None, Any]:
    """The value of a JSON file, if there is one; it must be written in the one way that the program has."""
    try:
        content = opening.whole(package.path(name))
        value = opening.json_text(content)
    except Unreadable as error:
        yield Remark("unreadable" if name in package.names else "missing", f"{name} {error}")
        return _NOTHING
    if (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "surrogatepass") != content:
        yield Remark("not-as-written", f"{name} is not written as this program writes JSON, or says a thing twice")
    return value


def _form(value: Any) -> Iterator[Remark]:
    """The list has its members, and its rows, in their order, and nothing else; no file is listed twice."""
    if not isinstance(value, dict) or list(value) != _HEAD or not isinstance(value["files"], list):
        yield Remark("list-form", f"{LISTING} does not have {', '.join(_HEAD)}, in this order and nothing else")
        return
    for name in _HEAD[:2]:
        if not (isinstance(value[name], str) and _URN.fullmatch(value[name])):
            yield Remark("list-form", f"{LISTING}: {name} is not a URN of a UUID")
    rows = value["files"]
    faults = {number: fault for number, fault in enumerate(map(_row, rows), 1) if fault}
    for number, fault in faults.items():
        yield Remark("list-form", f"{LISTING}: file {number} {fault}")
    if not faults:
        yield from _order([row["key"] for row in rows])
        slugs = sorted({row["path"].split("/")[1] for row in rows if "path" in row})
        if len(slugs) > 1:
            yield Remark("list-form", f"{LISTING} has paths of more than one statement: {', '.join(slugs)}")


def _order(keys: Sequence[str]) -> Iterator[Remark]:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Remark("listed-twice", f"{LISTING}: {key} is listed twice")
    if list(keys) != sorted(keys):
        yield Remark("list-order", f"{LISTING} does not list the files in the order of their names")


def _row(row: Any) -> str:
    """What is wrong with a row of the list, "" if nothing is."""
    wanted = [name for name in _ROW if name != "path" or not (isinstance(row, dict) and row.get("key") == RECORD)]
    if not isinstance(row, dict) or list(row) != wanted:
        return f"does not have {', '.join(wanted)}, in this order and nothing else"
    if type(row["size"]) is not int or row["size"] < 0:
        return "has no number of bytes"
    if not all(isinstance(row[name], str) for name in wanted if name != "size"):
        return "has a value that is no text"
    if not all(digits.fullmatch(row[name]) for name, digits in _DIGITS.items()):
        return "has a digest that is not written in lower-case hexadecimal digits"
    if "path" in row and not _is_named(row["key"], row["path"]):
        return f"is called {row['key']!r}, which is not the name for {row['path']!r}"
    return ""


def _is_named(key: str, path: str) -> bool:
    """Whether a name stands for a path: "--" between its parts, and "=" for what could be misread.

    A name that would be too long has "~" and the beginning of the SHA-256 of its path instead of its middle.
    """
    top, _, inside = path.partition("/")
    rest = inside.partition("/")[2]
    if top not in ("content", "build") or not rest or {"", ".", ".."} & set(path.split("/")):
        return False
    if "~" in key:
        return f"~{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}" in key
    parts = [_CODED.sub(_read, part) for part in key.split("--")]
    return "/".join(parts) == (f"{top}/{rest}" if len(parts) > 1 else rest) and (len(parts) > 1 or top == "build")


def _read(coded: re.Match[str]) -> str:
    return bytes.fromhex(coded[0].replace("=", "")).decode("utf-8", "surrogateescape")


def _files(package: Tree, listed: Listing) -> Iterator[Remark]:
    """Every file is listed and every row is a file; each has its size and both digests."""
    expected = {place(package, row): row for row in listed.rows}
    if RECORD not in expected:
        yield Remark("not-listed", f"{RECORD} is not listed in {LISTING}")
    for name in sorted(set(package.names) - expected.keys() - {LISTING, RECORD}):
        yield Remark("not-listed", f"{name} is not listed in {LISTING}")
    for name, row in expected.items():
        if name not in package.names:
            yield Remark("missing", f"{name} is listed in {LISTING} and not there")
            continue
        yield from _content(package, name, row)


def _content(package: Tree, name: str, row: Row) -> Iterator[Remark]:
    size = package.path(name).stat().st_size
    if size != row.size:
        yield Remark("wrong-size", f"{name} has {size} bytes, and {LISTING} says {row.size}")
    found = digests(package.path(name), tuple(_DIGITS))
    for algorithm in _DIGITS:
        if found[algorithm] != getattr(row, algorithm):
            yield Remark("wrong-digest", f"{name}: its {algorithm} is not the one in {LISTING}")


def _names(record: Any, value: Any) -> Iterator[Remark]:
    """The record has the identifiers by which a deposit is found again."""
    said = record.get("metadata") if isinstance(record, dict) else None
    said = said if isinstance(said, dict) else {}
    wanted = value if isinstance(value, dict) else {}
    if wanted.get("identifier") not in _urns(said.get("identifiers")):
        yield Remark("identifier", f"{RECORD} does not have the identifier that {LISTING} has")
    related = [each for each in _objects(said.get("related_identifiers")) if _relation(each) == "isversionof"]
    if wanted.get("versionOf") not in _urns(related):
        yield Remark("identifier", f"{RECORD} is not a version of the statement that {LISTING} has")


def _urns(values: Any) -> list[Any]:
    return [each.get("identifier") for each in _objects(values) if each.get("scheme") == "urn"]


def _objects(values: Any) -> Sequence[Mapping[str, Any]]:
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def _relation(related: Mapping[str, Any]) -> Any:
    kind = related.get("relation_type")
    return kind.get("id") if isinstance(kind, dict) else None
