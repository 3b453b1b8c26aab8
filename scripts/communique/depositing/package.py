"""What is to be deposited, read from a package that was judged first: a torn one is never sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.checks.packages import inveniordm as judge
from communique.checks.packages.files import digests, tree
from communique.depositing import metadata
from communique.errors import UsageError


@dataclass(frozen=True)
class File:
    """A file of the record: its name there, where it lies here, its size in bytes, its MD5 in hexadecimal digits."""

    key: str
    path: Path
    size: int
    md5: str


@dataclass(frozen=True)
class Deposit:
    """A package: what its record says, the URNs of this version and of the statement, and every file."""

    folder: Path
    record: Mapping[str, Any]
    identifier: str
    version_of: str
    files: tuple[File, ...]

    @property
    def title(self) -> str:
        """The title of the statement."""
        return str(self.record["metadata"]["title"])

    @property
    def version(self) -> str:
        """The number of this version of the text."""
        return str(self.record["metadata"].get("version", "1"))

    @property
    def day(self) -> str:
        """The day of this version (ISO 8601)."""
        return metadata.day(self.record["metadata"])

    @property
    def replaces(self) -> tuple[str, ...]:
        """The version before this one, if there is one."""
        return metadata.related(self.record["metadata"], "isnewversionof")

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(file.size for file in self.files)

    @property
    def preview(self) -> str:
        """The file that the page of the record shows: the PDF of the authoritative edition, "" if there is none."""
        names = [file.key for file in self.files if file.key.endswith(".pdf") and "--" not in file.key]
        return min(names, key=lambda name: (len(name), name), default="")


def read(folder: Path) -> Deposit:
    """A package as it lies in its folder, every byte of it compared with its list."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: is no folder (communique package --package inveniordm makes one)")
    package = tree(folder.resolve())
    if not judge.recognises(package):
        raise UsageError(f"{folder}: is no package for InvenioRDM (communique package --package inveniordm makes one)")
    faults = list(judge.remarks(package))
    if faults:
        more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise UsageError(f"{folder}: is not whole: {faults[0].message}{more} (make the package again)")
    listed = judge.listing(json.loads(package.path(judge.LISTING).read_bytes()))
    files = [File(row.key, package.path(judge.place(package, row)), row.size, row.md5) for row in listed.rows]
    files += _list(package.path(judge.LISTING))
    record = json.loads(package.path(judge.RECORD).read_bytes())
    ordered = tuple(sorted(files, key=lambda file: file.key))
    return Deposit(package.folder, record, listed.identifier, listed.version_of, ordered)


def _list(path: Path) -> Iterator[File]:
    """The list itself, which is deposited like any other file."""
    yield File(path.name, path, path.stat().st_size, digests(path, ("md5",))["md5"])
