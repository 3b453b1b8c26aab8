"""The REST API of InvenioRDM as it is documented: records, drafts, files. Each method is one request.

https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from communique.depositing import metadata
from communique.depositing.connection import Broken, Connection, Refused, faults
from communique.depositing.package import File

_MOST_HITS = 100
_ADDRESS = re.compile(r"https?://[!-~]+")
_GONE = (404, 410)


@dataclass(frozen=True)
class Record:
    """A record or draft of the server: its own id, that of all its versions, and what it says of the statement.

    `day` is that of the version (ISO 8601), `index` counts the versions there; `page` is where people see it.
    """

    id: str
    parent: str
    is_published: bool
    index: int
    day: str
    identifiers: tuple[str, ...]
    version_of: tuple[str, ...]
    replaces: tuple[str, ...]
    page: str


@dataclass(frozen=True)
class Stored:
    """A file as the server has it: complete, or still awaited, or failed; `md5` and `size` are of a complete one."""

    is_complete: bool
    is_pending: bool
    size: int
    md5: str

    def is_same(self, file: File) -> bool:
        """Whether it is this very file, whole."""
        return self.is_complete and (self.size, self.md5) == (file.size, file.md5)


class Repository:
    """The records of one user on one server. What it answers is taken for what it is only if it has the right form."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def server(self) -> str:
        """The address of the server."""
        return self._connection.server

    def versions(self, statement: str) -> tuple[Record, ...]:
        """The user's records and drafts that are versions of a statement, as far as the server has indexed them."""
        query = f'metadata.related_identifiers.identifier:"{statement}"'
        asked = {"q": query, "allversions": "true", "size": str(_MOST_HITS)}
        answer = self._ask("GET", "/user/records", query=asked)
        hits = _member(_member(answer, "hits", dict), "hits", list)
        return tuple(record for record in map(_record, hits) if statement in record.version_of)

    def find(self, record: str) -> Record | None:
        """The draft or else the published record of an id, None if there is neither."""
        for path in (f"/records/{_quoted(record)}/draft", f"/records/{_quoted(record)}"):
            try:
                return _record(self._ask("GET", path))
            except Refused as error:
                if error.status not in _GONE:
                    raise
        return None

    def create(self, value: Mapping[str, Any]) -> Record:
        """A new draft of a new record."""
        return _record(self._ask("POST", "/records", value))

    def new_version(self, record: Record) -> Record:
        """The draft of the version after a published one; the server gives the same if there is one already."""
        return _record(self._ask("POST", f"/records/{_quoted(record.id)}/versions"))

    def describe(self, draft: Record, value: Mapping[str, Any]) -> tuple[str, ...]:
        """Gives a draft its metadata; what the server would not publish comes back."""
        answer = self._ask("PUT", f"/records/{_quoted(draft.id)}/draft", value)
        return tuple(faults(metadata.mapping(answer).get("errors")))

    def publish(self, draft: Record) -> Record:
        """Makes a draft a record for all to see, for good."""
        return _record(self._ask("POST", f"/records/{_quoted(draft.id)}/draft/actions/publish"))

    def files(self, record: Record) -> dict[str, Stored]:
        """The files of a record or draft by their names."""
        entries = _member(self._ask("GET", _files(record)), "entries", list)
        return {str(_member(entry, "key", str)): _stored(entry) for entry in entries}

    def announce(self, draft: Record, names: Sequence[str]) -> None:
        """Says which files will come."""
        self._ask("POST", _files(draft), [{"key": name} for name in names])

    def upload(self, draft: Record, file: File) -> None:
        """Sends the content of a file that was announced."""
        self._connection.send(f"{_files(draft)}/{_quoted(file.key)}/content", file.path, file.size)

    def complete(self, draft: Record, file: File) -> Stored:
        """Says that a file has been sent; the server answers what it has."""
        return _stored(self._ask("POST", f"{_files(draft)}/{_quoted(file.key)}/commit"))

    def remove(self, draft: Record, name: str) -> None:
        """Takes a file out of a draft; one that is not there is no fault."""
        try:
            self._ask("DELETE", f"{_files(draft)}/{_quoted(name)}")
        except Refused as error:
            if error.status not in _GONE:
                raise

    def _ask(self, method: str, path: str, value: Any = None, query: Mapping[str, str] | None = None) -> Any:
        return self._connection.ask(method, path, value, query)


def _record(value: Any) -> Record:
    """A record from what the server says of it."""
    said = _member(value, "metadata", dict)
    page, name = str(metadata.mapping(value.get("links")).get("self_html") or ""), str(_member(value, "id", str))
    return Record(
        id=name,
        parent=str(metadata.mapping(value.get("parent")).get("id") or ""),
        is_published=value.get("is_published") is True,
        index=int(metadata.mapping(value.get("versions")).get("index") or 0),
        day=metadata.day(said),
        identifiers=tuple(str(each.get("identifier")) for each in metadata.objects(said.get("identifiers"))),
        version_of=metadata.related(said, "isversionof"),
        replaces=metadata.related(said, "isnewversionof"),
        page=page if _ADDRESS.fullmatch(page) else f"record {quote(name)}",
    )


def _stored(value: Any) -> Stored:
    """A file from what the server says of it: "md5:" and the digest; the size may be written as 89364.0."""
    checksum, size = str(metadata.mapping(value).get("checksum") or ""), metadata.mapping(value).get("size")
    status = metadata.mapping(value).get("status")
    number = int(size) if isinstance(size, int | float) else -1
    return Stored(status == "completed", status == "pending", number, checksum.removeprefix("md5:"))


def _member(value: Any, name: str, kind: type) -> Any:
    member = metadata.mapping(value).get(name)
    if not isinstance(member, kind):
        raise Broken(f"the server answers something without {name!r} (is --server the address of an InvenioRDM?)")
    return member


def _files(record: Record) -> str:
    return (
        f"/records/{_quoted(record.id)}/files" if record.is_published else f"/records/{_quoted(record.id)}/draft/files"
    )


def _quoted(name: str) -> str:
    return quote(name, safe="")
