"""Fixity: the folder holds exactly the files of its manifest, each with the size and the SHA-256 given there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Gap, Look, Remark, check_by_file
from communique.checks.opening import Unreadable
from communique.checks.publication import MANIFEST, REPORT, Publication
from communique.checks.schemas import json_shape
from communique.doctor import Places

_ZIP = b"PK\x03\x04"
_MARK = b"\xef\xbb\xbf"
# Suffix: the media types that a file may be listed with, and how its bytes begin.
_KINDS: dict[str, tuple[frozenset[str], tuple[bytes, ...]]] = {
    "html": (frozenset({"text/html"}), (b"<",)),
    "pdf": (frozenset({"application/pdf"}), (b"%PDF-",)),
    "epub": (frozenset({"application/epub+zip"}), (_ZIP,)),
    "docx": (frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}), (_ZIP,)),
    "xml": (frozenset({"application/xml", "text/xml"}), (b"<",)),
    "jsonld": (frozenset({"application/ld+json"}), (b"{", b"[")),
    "json": (frozenset({"application/json"}), (b"{", b"[")),
    "bib": (frozenset({"application/x-bibtex"}), (b"@",)),
    "zip": (frozenset({"application/zip"}), (_ZIP,)),
}


def _applies(publication: Publication) -> Iterator[str]:
    yield MANIFEST
    yield from (name for name in publication.files if name != MANIFEST)


def _begin(_: Places) -> Look:
    manifest = cache(_Manifest)
    return lambda publication, name: _look(manifest(publication), publication, name)


def _look(manifest: _Manifest, publication: Publication, name: str) -> Iterable[Remark | Gap]:
    return manifest.remarks() if name == MANIFEST else _file(manifest, publication, name)


class _Manifest:
    """manifest.json of one publication, read once. `entries` is None if nothing can be learnt from it."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.fault = ""
        self.entries: dict[str, Mapping[str, Any]] | None = None
        try:
            self.value = opening.json_text(opening.whole(publication.path(MANIFEST)))
        except (Unreadable, OSError) as error:
            self.fault = str(error)
            return
        listed = self.value.get("files") if isinstance(self.value, dict) else None
        if isinstance(listed, list):
            rows = [row for row in listed if isinstance(row, dict) and isinstance(row.get("name"), str)]
            self.names = [str(row["name"]) for row in rows]
            self.entries = {str(row["name"]): row for row in reversed(rows)}

    def remarks(self) -> Iterator[Remark]:
        """What is wrong with the manifest itself, and with the folder as it describes it."""
        if self.fault:
            yield Remark("manifest-unreadable", f"{MANIFEST} {self.fault}")
            return
        if self.publication.path(MANIFEST).is_symlink():
            yield Remark("link", f"{MANIFEST} is a link: a publication has files of its own")
        yield from json_shape.remarks(self.value, "manifest")
        if self.entries is None:
            return
        if self.value.get("statement") != self.publication.slug:
            found = f"the manifest is that of {self.value.get('statement')!r}, the folder that of"
            yield Remark("wrong-statement", f"{found} {self.publication.slug!r}")
        for name in sorted({name for name in self.names if self.names.count(name) > 1}):
            yield Remark("listed-twice", f"{name} is listed {self.names.count(name)} times")
        yield from (remark for name in self.entries for remark in self._entry(name))
        yield from self._folders_elsewhere()

    def _entry(self, name: str) -> Iterator[Remark]:
        """Whether a name is one of this folder and stands for a file there."""
        if not _is_inside(name):
            yield Remark("outside-the-folder", f"{name!r} is no path inside the folder")
        elif name == MANIFEST or PurePosixPath(name).parts[0] == REPORT:
            yield Remark("lists-itself", f"{name} is listed: neither the manifest nor a report can vouch for itself")
        elif not os.path.lexists(self.publication.path(name)):
            yield Remark("missing", f"{name} is listed and not there")
        elif name not in self.publication.files and not self.publication.path(name).is_dir():
            yield Remark("outside-the-folder", f"{name} lies behind a link that leads out of the folder")
        elif self.publication.path(name).is_dir():
            yield Remark("no-file", f"{name} is a folder")

    def _folders_elsewhere(self) -> Iterator[Remark]:
        """Links to folders: what lies behind them is not part of the publication."""
        for place, folders, _ in os.walk(self.publication.folder):
            for folder in sorted(folders):
                path = Path(place, folder)
                if path.is_symlink():
                    inside = path.relative_to(self.publication.folder)
                    yield Remark("link", f"{inside} is a link to a folder: a publication has files of its own")


def _file(manifest: _Manifest, publication: Publication, name: str) -> Iterator[Remark | Gap]:
    """Whether a file is what the manifest says of it."""
    path = publication.path(name)
    if manifest.fault:
        yield Gap(f"there is nothing to compare it with: {MANIFEST} {manifest.fault}")
    elif manifest.entries is None:
        yield Gap(f"there is nothing to compare it with: {MANIFEST} has no list of files")
    elif name not in manifest.entries:
        yield Remark("not-listed", f"{name} is not listed in {MANIFEST}")
    elif path.is_symlink():
        yield Remark("link", f"{name} is a link to {path.readlink()}: a publication has files of its own")
    elif not path.is_file():
        yield Remark("no-file", f"{name} is neither a file nor a folder")
    else:
        yield from _fixity(path, manifest.entries[name])
        yield from _kind(path, manifest.entries[name])


def _fixity(path: Path, entry: Mapping[str, Any]) -> Iterator[Remark]:
    size, digest = _measure(path)
    if size != entry.get("size"):
        yield Remark("wrong-size", f"{size} bytes where the manifest says {entry.get('size')}")
    if digest != entry.get("sha256"):
        yield Remark("wrong-digest", f"its SHA-256 is {digest} where the manifest says {entry.get('sha256')}")


def _measure(path: Path) -> tuple[int, str]:
    """Bytes and SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return file.tell(), digest.hexdigest()


def _kind(path: Path, entry: Mapping[str, Any]) -> Iterator[Remark]:
    """Whether the media type is that of the file's name, and the bytes begin as such a file does."""
    said = str(entry.get("mediaType"))
    known = _KINDS.get(path.suffix.removeprefix(".").lower())
    if known is None:
        return
    types, beginnings = known
    # RFC 6839: what is written in XML or JSON may have a media type of its own that says so at its end.
    if said not in types and not (path.suffix in (".xml", ".json") and said.endswith(f"+{path.suffix[1:]}")):
        yield Remark("wrong-media-type", f"listed as {said}, but a {path.suffix} file is {' or '.join(sorted(types))}")
    with path.open("rb") as file:
        start = file.read(256).removeprefix(_MARK).lstrip()
    if not start.startswith(beginnings):
        yield Remark("wrong-media-type", f"listed as {said}, but it does not begin as such a file does")


def _is_inside(name: str) -> bool:
    """Whether a name is a plain relative path, with `/` between its parts."""
    parts = name.split("/")
    return not ({"", ".", ".."} & set(parts) or "\\" in name or "\0" in name or ":" in parts[0])


CHECK = check_by_file(
    name="fixity",
    claim="Every file is, byte for byte, the one that the manifest lists; none is missing and none was added.",
    standards=("SHA-256 (FIPS 180-4)", "JSON Schema 2020-12"),
    applies=_applies,
    begin=_begin,
)
