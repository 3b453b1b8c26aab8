"""OCFL 1.1: a storage root in which a statement is one object, and each version that is packaged a version of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

from communique.errors import UsageError
from communique.packages import names, ocfl_object
from communique.packages.contents import Contents
from communique.packages.entry import Entry, copied, written
from communique.packages.ocfl_object import Broken, Object, Version
from communique.packages.preservation import PREMIS, described

_DECLARATION = "ocfl_1.1"
_LAYOUT = "0003-hash-and-id-n-tuple-storage-layout"
_DESCRIPTION = (
    "Each statement is an object. The SHA-256 of its identifier gives three folders of three digits each; the folder "
    "of the object in them is named by the identifier, percent-encoded."
)
_PARAMETERS = {"extensionName": _LAYOUT, "digestAlgorithm": "sha256", "tupleSize": 3, "numberOfTuples": 3}
_UNSAFE = re.compile(rb"[^A-Za-z0-9_-]")
_LONGEST = 100


def root_files() -> list[Entry]:
    """The files of a storage root that has no object yet (4.1): what it is, how it is laid out, and both explained."""
    layout = {"extension": _LAYOUT, "description": _DESCRIPTION}
    return [
        written(f"0={_DECLARATION}", f"{_DECLARATION}\n".encode()),
        written(f"{_LAYOUT}.md", _text(f"{_LAYOUT}.md")),
        written(f"extensions/{_LAYOUT}/config.json", _json(_PARAMETERS)),
        written(f"{_DECLARATION}.md", _text(f"{_DECLARATION}.md")),
        written("ocfl_layout.json", _json(layout)),
    ]


def place(identifier: str) -> str:
    """Where an object lies in the storage root (OCFL Community Extension 0003)."""
    digest = hashlib.sha256(identifier.encode()).hexdigest()
    name = _UNSAFE.sub(lambda found: b"%%%02x" % found[0][0], identifier.encode()).decode()
    if len(name) > _LONGEST:
        name = f"{name[:_LONGEST]}-{digest}"
    return "/".join((digest[:3], digest[3:6], digest[6:9], name))


def extend(contents: Contents, earlier: Sequence[Entry]) -> list[Entry]:
    """All files of an object, by name, with a version of a statement added to those that lie there.

    `earlier` are all files of the object, none for a new one; what does not change is the same entry in the result. If
    the newest version is this one, with the same files, nothing changes. A version that the statement had before the
    newest is refused, and so is an object that is not whole. An object keeps its identifier.
    """
    lying = {entry.name: entry for entry in earlier}
    files = {entry.name: entry for entry in _files(contents)}
    names.safe(tuple(files.values()))
    known = _known(contents, lying)
    version = _version(contents, files, known.versions)
    if known.versions and known.versions[-1].state == version.state and _is_of(contents.version, known.versions[-1]):
        return list(earlier)
    sha256 = {**known.sha256, **{entry.sha512: entry.sha256 for entry in files.values()}}
    after = Object(known.identifier, (*known.versions, version), sha256)
    fresh = {entry.sha512: entry for entry in files.values()}
    whole = {entry.name: entry for entry in ocfl_object.told(after)}
    for digest, name in ocfl_object.stored(after.versions).items():
        whole[name] = lying[name] if name in lying else replace(fresh[digest], name=name)
    return [_kept(lying.get(name), entry) for name, entry in sorted(whole.items())]


def _kept(lying: Entry | None, entry: Entry) -> Entry:
    """What lies there if it is the same."""
    return lying if lying and lying.sha512 == entry.sha512 else entry


def _files(contents: Contents) -> Iterator[Entry]:
    """The logical state: every file of the statement under its own path, and the record of the whole."""
    yield from (copied(part.path, part) for part in contents.parts)
    yield written(PREMIS, described(contents))


def _known(contents: Contents, lying: dict[str, Entry]) -> Object:
    """The object as it lies there, or a new one."""
    if not lying:
        return Object(contents.statements[0].urn, (), {})
    try:
        known = ocfl_object.read(lying)
    except Broken as error:
        remedy = "verify the storage root and restore it from a copy; a broken object is not extended"
        raise UsageError(f"the object of {contents.slug} is not whole: {error} ({remedy})") from error
    if f"content/{contents.slug}/statement.md" not in known.versions[-1].state:
        raise UsageError(f"{known.identifier} is the object of another statement than {contents.slug} (move it away)")
    return known


def _version(contents: Contents, files: dict[str, Entry], before: Sequence[Version]) -> Version:
    """The version to be added; no clock is asked, so it was created at the beginning of its day (UTC)."""
    publisher = contents.statements[0].publisher
    state = {name: entry.sha512 for name, entry in files.items()}
    message = _message(contents, state, before)
    return Version(f"{contents.date}T00:00:00Z", message, publisher.name, publisher.url, state)


def _message(contents: Contents, state: dict[str, str], before: Sequence[Version]) -> str:
    """Which version of the statement it is, and why it is added: its note, or what is not as it was."""
    revisions = contents.statements[0].revisions
    name = f"Version {contents.version}"
    if not before or not _is_of(contents.version, before[-1]):
        _refuse_older({"1", *(revision.version for revision in revisions)}, contents, before)
        return f"{name}: {revisions[-1].note}" if revisions else name
    last = before[-1].state
    numbers = {
        "changed": sum(path in last and last[path] != digest for path, digest in state.items()),
        "added": len(state.keys() - last.keys()),
        "removed": len(last.keys() - state.keys()),
    }
    told = ", ".join(f"{number} {word}" for word, number in numbers.items() if number)
    return f"{name}, packaged again; files: {told}"


def _is_of(number: str, version: Version) -> bool:
    """Whether a version of the object holds this version of the statement."""
    name = f"Version {number}"
    return version.message == name or version.message.startswith((f"{name}: ", f"{name}, packaged again; "))


def _refuse_older(numbers: set[str], contents: Contents, before: Sequence[Version]) -> None:
    """A statement that does not know the newest version of its object is one from before that version."""
    if before and not any(_is_of(number, before[-1]) for number in numbers):
        newest = before[-1].message
        found = f"version {contents.version} is older than what was packaged last, {newest!r}"
        raise UsageError(f"{contents.slug}: {found} (package the newest version of the statement)")


def _text(name: str) -> bytes:
    return (resources.files("communique.packages") / "ocfl_texts" / name).read_bytes()


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
