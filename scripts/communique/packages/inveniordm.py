"""A deposit for InvenioRDM (Zenodo): its record, its files as they will be called there, and a list of all of them.

A repository of this kind has no folders. `record.json` is what POST /api/records takes, `files.json` says for each file
where it belongs. Both are deposited too, so that what is downloaded one day can be judged and laid out again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from communique.crosswalk import trees
from communique.packages import names
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry, copied, written
from communique.packages.flat_names import flat
from communique.records import inveniordm
from communique.records.edition import Edition
from communique.rendition import Rendition

FOLDER = "files"
RECORD, LISTING = "record.json", "files.json"
_TAKEN = frozenset((RECORD, LISTING))


def pack(contents: Contents) -> Iterator[Entry]:
    """Every file, in the order of the names within the folder, then the record, then the list of both."""
    files = sorted(((flat(part.path, _TAKEN), part) for part in contents.parts), key=lambda file: file[0])
    entries = [copied(f"{FOLDER}/{key}", part) for key, part in files]
    names.safe(entries)
    # The list says the path itself, so that it must be text.
    names.safe([copied(part.path, part) for part in contents.parts if not part.path.isprintable()])
    record = written(RECORD, _record(contents))
    rows = [_row(key, part.path, copied(key, part)) for key, part in files]
    rows.append(_row(RECORD, "", record))
    yield from entries
    yield record
    yield written(LISTING, _listing(contents, rows))


def _record(contents: Contents) -> bytes:
    """What the record says, of the authoritative edition and its own outputs."""
    statement = contents.statements[0]
    outputs = (part for part in contents.of(Role.RENDITION) if part.language == statement.language)
    return inveniordm.serialize(Edition(statement, [_rendition(part) for part in outputs]))


def _rendition(part: Part) -> Rendition:
    """An output as it was when it was made, in memory."""
    return Rendition(part.path.split("/", 2)[2], part.media_type, b"".join(part.pieces()))


def _row(key: str, path: str, entry: Entry) -> dict[str, Any]:
    """What the list says of a file: the repository knows its MD5, an archive trusts its SHA-256."""
    place = {"path": path} if path else {}
    return {"key": key, **place, "size": entry.size, "md5": _md5(entry.pieces()), "sha256": entry.sha256}


def _md5(pieces: Iterable[bytes]) -> str:
    digest = hashlib.md5(usedforsecurity=False)
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def _listing(contents: Contents, rows: Iterable[dict[str, Any]]) -> bytes:
    statement = contents.statements[0]
    urns = {"identifier": statement.version_urn, "versionOf": statement.urn}
    return trees.serialize({**urns, "files": sorted(rows, key=lambda row: str(row["key"]))})
