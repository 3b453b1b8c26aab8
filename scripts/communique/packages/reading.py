"""The files of a statement on the disk: read once for their digests, and again, piece by piece, as they are packed."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from communique.errors import UsageError
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry
from communique.statement import Statement

_PIECE = 1 << 20
_TYPES = {".md": "text/markdown", ".jsonld": "application/ld+json", ".epub": "application/epub+zip"}
_KNOWN = mimetypes.MimeTypes()  # the table of Python itself, the same on every machine


def contents(
    statements: Sequence[Statement],
    master: Path,
    output: Path,
    tools: Mapping[str, str],
    types: Mapping[str, str],
) -> Contents:
    """Everything of one statement: its folder `content/<slug>`, and `build/<slug>` with the reports of its check.

    `types` gives the media types of outputs by their names there; those of other files are known by their suffix.
    """
    slug = statements[0].slug
    languages = {edition.name: edition.language for edition in statements}
    parts = [
        _part(path, f"content/{slug}/{name}", _kept_for(name), _media_type(name), _edition(name, statements))
        for name, path in _files(master)
    ]
    for name, path in _files(output):
        owner = max((each for each in languages if name.startswith(f"{each}.")), key=len, default="")
        media_type = types.get(name) or _media_type(name)
        parts.append(_part(path, f"build/{slug}/{name}", _made_as(name), media_type, languages.get(owner, "")))
    parts.sort(key=lambda part: part.path)
    return Contents(tuple(statements), tuple(parts), dict(tools))


def entries(folder: Path) -> Iterator[Entry]:
    """The files that lie in a folder as entries, under their paths there; a link is refused."""
    for name, path in _files(folder):
        yield _entry(name, path)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and place of every file in a folder. A link cannot be packed, and what it leads to belongs elsewhere."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise UsageError(f"{path}: is a link, which no package can hold (put the file itself there)")
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path


def _part(path: Path, name: str, role: Role, media_type: str, language: str) -> Part:
    read = _entry(name, path)
    return Part(name, role, media_type, read.size, read.sha256, read.sha512, read.pieces, language)


def _entry(name: str, path: Path) -> Entry:
    digests = hashlib.sha256(), hashlib.sha512()
    size = 0
    for piece in _pieces(path):
        size += len(piece)
        for digest in digests:
            digest.update(piece)
    sha256, sha512 = (digest.hexdigest() for digest in digests)
    return Entry(name, size, sha256, sha512, lambda: _pieces(path))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _kept_for(name: str) -> Role:
    return Role.SOURCE if name.startswith("source/") else Role.MASTER


def _made_as(name: str) -> Role:
    if name == "manifest.json":
        return Role.LISTING
    return {"metadata": Role.RECORD, "check": Role.REPORT}.get(name.partition("/")[0], Role.RENDITION)


def _edition(name: str, statements: Sequence[Statement]) -> str:
    """The language of a master; every other file of its folder belongs to all editions."""
    return next((edition.language for edition in statements if Path(edition.path).name == name), "")


def _media_type(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return _TYPES.get(suffix) or _KNOWN.guess_type(f"file{suffix}")[0] or "application/octet-stream"
