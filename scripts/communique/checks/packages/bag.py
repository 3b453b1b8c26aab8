"""A bag (BagIt 1.0, RFC 8493), judged more strictly than the standard does: nothing is optional, nothing unlisted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree, digests

ALGORITHMS = ("sha256", "sha512")
"""Every bag of this program has a manifest for each, of its payload and of its tag files."""

_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_LISTING = re.compile(r"(tag)?manifest-\w+\.txt")
_LINE = re.compile(r"([0-9a-f]+)  (\S.*)")
_ESCAPED = re.compile(r"%(0A|0D|25)", re.IGNORECASE)
_LABEL = re.compile(r"([^\s:][^:]*): (.*)")
_REQUIRED = ("Source-Organization", "Bagging-Date", "Payload-Oxum", "External-Identifier", "BagIt-Profile-Identifier")
_TAGS = {"bagit.txt", "bag-info.txt", "bagit-profile.json"}
_OXUM = re.compile(r"(\d+)\.(\d+)")


@dataclass
class _Manifest:
    """A list of files with their digests; `remarks` are about the list itself."""

    name: str
    entries: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def recognises(folder: Tree) -> bool:
    """Whether a folder is a bag, be it one that lost its declaration."""
    return any(name == "bagit.txt" or _LISTING.fullmatch(name) for name in folder.names)


def places(bag: Tree) -> Mapping[str, str]:
    """The files of the statement by the paths that they had: a bag has them below data/ as they lay."""
    payload = [name for name in bag.names if name.startswith(("data/content/", "data/build/"))]
    return {name.removeprefix("data/"): name for name in payload}


def remarks(bag: Tree) -> Iterator[Remark]:
    """Everything that is wrong with a bag: its declaration, its manifests, every file, what it says of itself."""
    yield from bag.remarks()
    yield from _declaration(bag)
    payload = {name for name in bag.names if name.startswith("data/")}
    tags = {name for name in bag.names if not name.startswith(("data/", "tagmanifest-"))}
    lists = [(f"manifest-{each}.txt", each, payload) for each in ALGORITHMS]
    lists += [(f"tagmanifest-{each}.txt", each, tags) for each in ALGORITHMS]
    read = [(_manifest(bag, name), algorithm, files) for name, algorithm, files in lists]
    found = {name: digests(bag.path(name), ALGORITHMS) for name in sorted(payload | tags)}
    for manifest, algorithm, files in read:
        yield from manifest.remarks
        yield from _complete(manifest, files)
        for name, expected in manifest.entries.items():
            if name in files and found[name][algorithm] != expected:
                yield Remark("wrong-digest", f"{name}: its {algorithm} is not the one in {manifest.name}")
    yield from _tags(set(bag.names) - payload - {name for name, _, _ in lists})
    yield from _info(bag, payload)


def _tags(others: set[str]) -> Iterator[Remark]:
    """The profile of these bags allows four manifests, and no tag files but its own."""
    for name in sorted(others - _TAGS):
        if _LISTING.fullmatch(name):
            message = f"{name}: a bag of this program has manifests of sha256 and sha512 alone"
            yield Remark("manifest-unknown", message)
        else:
            yield Remark("tag-file-unknown", f"{name} is none of the tag files that a bag of this program has")


def _declaration(bag: Tree) -> Iterator[Remark]:
    """RFC 8493, 2.1.1."""
    if "bagit.txt" not in bag.names:
        yield Remark("missing", "bagit.txt is not there: this is no bag")
    elif bag.path("bagit.txt").read_bytes() != _DECLARATION:
        yield Remark("declaration", "bagit.txt does not declare BagIt 1.0 in UTF-8, in two lines")


def _manifest(bag: Tree, name: str) -> _Manifest:
    """A manifest as it stands (RFC 8493, 2.1.3 and 2.2.1); a line that is none is remarked, and the rest still read."""
    manifest = _Manifest(name)
    if name not in bag.names:
        manifest.remarks.append(Remark("missing", f"{name} is not there"))
        return manifest
    try:
        text = bag.path(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        manifest.remarks.append(Remark("manifest-unreadable", f"{name} is not in UTF-8"))
        return manifest
    if text and not text.endswith("\n"):
        manifest.remarks.append(Remark("manifest-unreadable", f"{name} breaks off in its last line"))
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        _enter(manifest, number, line)
    if list(manifest.entries) != sorted(manifest.entries):
        manifest.remarks.append(Remark("manifest-order", f"{name} does not list its files in the order of their names"))
    return manifest


def _enter(manifest: _Manifest, number: int, line: str) -> None:
    match = _LINE.fullmatch(line)
    path = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), match[2]) if match else ""
    if match is None:
        message = f"{manifest.name}: line {number} is not a digest, two spaces and a path"
        manifest.remarks.append(Remark("manifest-unreadable", message))
    elif not _is_inside(path):
        message = f"{manifest.name}: line {number}: {path!r} is no path inside of the bag"
        manifest.remarks.append(Remark("outside-the-bag", message))
    elif path in manifest.entries:
        manifest.remarks.append(Remark("listed-twice", f"{manifest.name}: {path} is listed twice"))
    else:
        manifest.entries[path] = match[1]


def _is_inside(path: str) -> bool:
    return not PurePosixPath(path).is_absolute() and not ({"", ".", ".."} & set(path.split("/")))


def _complete(manifest: _Manifest, files: set[str]) -> Iterator[Remark]:
    """Every file is listed and every entry is a file (RFC 8493, 3)."""
    for name in sorted(manifest.entries.keys() - files):
        yield Remark("missing", f"{name} is listed in {manifest.name} and not there")
    for name in sorted(files - manifest.entries.keys()):
        yield Remark("not-listed", f"{name} is not listed in {manifest.name}")


def _info(bag: Tree, payload: set[str]) -> Iterator[Remark]:
    """bag-info.txt has what an archive sorts by, and the number and size of the files are right (RFC 8493, 2.2.2)."""
    if "bag-info.txt" not in bag.names:
        yield Remark("missing", "bag-info.txt is not there")
        return
    text = bag.path("bag-info.txt").read_bytes().decode("utf-8", "replace")
    found: dict[str, list[str]] = {}
    label = ""
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        match = _LABEL.fullmatch(line)
        if match:
            label = match[1].casefold()
            found.setdefault(label, []).append(match[2].strip())
        elif not (line[:1].isspace() and label):
            yield Remark(
                "bag-info", f"bag-info.txt: line {number} is neither a label with its value nor the rest of one"
            )
    for name in _REQUIRED:
        if not any(found.get(name.casefold(), ())):
            yield Remark("bag-info", f"bag-info.txt: {name} is missing")
    for oxum in found.get("payload-oxum", ()):
        match = _OXUM.fullmatch(oxum)
        measured = (sum(bag.path(name).stat().st_size for name in payload), len(payload))
        if match is None or (int(match[1]), int(match[2])) != measured:
            message = f"the payload has {measured[0]} bytes in {measured[1]} files, and bag-info.txt says {oxum}"
            yield Remark("payload-oxum", message)
