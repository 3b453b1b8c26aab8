"""A package goes to a repository of InvenioRDM: found again or made, filled, described, and published if that is asked.

A run begins with what the server has. So it may break off anywhere, and the next one goes on; what is published already
is left alone, and no version gets a second record.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique import storage
from communique.depositing import address, connection
from communique.depositing.connection import Connection
from communique.depositing.memory import Memory
from communique.depositing.package import Deposit, read
from communique.depositing.repository import Record, Repository
from communique.depositing.upload import fill, same
from communique.errors import ToolFailed, UsageError

MOST_FILES = 100
"""What a server takes in one record, unless it is set otherwise (RDM_RECORDS_MAX_FILES_COUNT)."""
_LOOKS = 3


@dataclass(frozen=True)
class Outcome:
    """Where the record is, and how it stands: "published", "published before" or "a draft"."""

    page: str
    standing: str


def prepare(folder: Path, server: str, most_files: int = MOST_FILES) -> tuple[Deposit, str]:
    """The package and the address of the server, both as good as can be known without asking it."""
    where = address.server(server)
    found = read(folder)
    if len(found.files) > most_files:
        remedy = "build fewer formats, or say --max-files if the server takes more"
        raise UsageError(f"{folder}: has {len(found.files)} files, and a record takes {most_files} ({remedy})")
    return found, where


def plan(found: Deposit, server: str, publish: bool) -> Iterator[str]:
    """What would be sent and where, in lines for people."""
    yield f"{server}: would get version {found.version} of {found.title!r}"
    yield f"  record  {found.identifier}"
    for file in found.files:
        yield f"  file    {file.key}  {file.size} bytes  md5 {file.md5}"
    yield f"  in all  {len(found.files)} files, {found.size} bytes"
    yield f"  then    {'publish it, which cannot be undone' if publish else 'leave it there as a draft'}"


def deposit(found: Deposit, server: str, publish: bool, report: Callable[[str], None]) -> Outcome:
    """Sends a package; `report` is told the name of each file as it is there."""
    repository = Repository(Connection(server, address.token()))
    with storage.locked(found.folder.parent):
        place = found.folder.with_name(f"{found.folder.name}.deposit.json")
        memory = Memory(place, server, found.identifier)
        record = _known(repository, memory, found) or _begun(repository, memory, found)
        if record.is_published:
            return _published_before(repository, record, found)
        fill(repository, record, found.files, report)
        _describe(repository, record, found)
        if not publish:
            return Outcome(record.page, "a draft")
        published = repository.publish(record)
        if not same(repository.files(published), found.files):
            raise ToolFailed(f"{published.page}: is published, but not with the files that were sent")
        return Outcome(published.page, "published")


def _known(repository: Repository, memory: Memory, found: Deposit) -> Record | None:
    """What the memory names, if it is still there, and a draft or this very version."""
    remembered = memory.record()
    record = repository.find(remembered) if remembered else None
    if record is None or (record.is_published and found.identifier not in record.identifiers):
        return None
    return record


def _begun(repository: Repository, memory: Memory, found: Deposit) -> Record:
    """The record of this version that the server has, or else a new draft: of a new record, or of its next version."""
    versions = _versions(repository, found, is_awaited=memory.record() == "")
    published = [each for each in versions if each.is_published]
    record = next((each for each in published if found.identifier in each.identifiers), None)
    if record is None:
        _follows(published, found)
        record = _draft(versions, found)
    if record is None:
        memory.keep("")
        latest = max(published, key=lambda each: (each.day, each.index), default=None)
        record = repository.new_version(latest) if latest else repository.create(found.record)
    memory.keep(record.id)
    return record


def _versions(repository: Repository, found: Deposit, *, is_awaited: bool) -> Sequence[Record]:
    """All versions of the statement that the server finds, after some patience if there should be one.

    A server finds what was made there only when its index has been brought up to date, which takes it a second or so.
    """
    versions = repository.versions(found.version_of)
    for look in range(_LOOKS if is_awaited or found.replaces else 0):
        if any(each.is_published or found.identifier in each.identifiers for each in versions):
            break
        time.sleep(connection.PAUSE * 2**look)
        versions = repository.versions(found.version_of)
    return versions


def _follows(published: Sequence[Record], found: Deposit) -> None:
    """Refuses to let an older version follow a newer one."""
    for each in published:
        if found.identifier in each.replaces or each.day > found.day:
            raise UsageError(f"{each.page}: a later version than {found.version} is published there already")


def _draft(versions: Sequence[Record], found: Deposit) -> Record | None:
    """The draft of this version, if there is one.

    A draft that the server made for the next version of a published record says what that one said until it is told
    otherwise; any other draft of the statement would become a second record that is not linked with this one.
    """
    parents = {each.parent for each in versions if each.is_published}
    drafts = [each for each in versions if not each.is_published]
    own = [each for each in drafts if found.identifier in each.identifiers]
    others = [each for each in drafts if each not in own and each.parent not in parents]
    if len(own) > 1:
        pages = " and ".join(each.page for each in own)
        raise UsageError(f"{pages}: are both drafts of version {found.version} (delete one of them there)")
    if others:
        raise UsageError(f"{others[0].page}: another version is still a draft there (publish or delete it first)")
    return own[0] if own else None


def _published_before(repository: Repository, record: Record, found: Deposit) -> Outcome:
    """What is published stays; other files under the same number are a fault, not a success."""
    if not same(repository.files(record), found.files):
        message = f"version {found.version} is published there with other files, and stays as it is"
        raise UsageError(f"{record.page}: {message} (give what was changed a new version)")
    return Outcome(record.page, "published before")


def _describe(repository: Repository, draft: Record, found: Deposit) -> None:
    """Gives the draft its metadata, and the file that its page shows: one that must be there by then."""
    preview = {"default_preview": found.preview} if found.preview else {}
    value = {**found.record, "files": {**found.record["files"], **preview}}
    faults = repository.describe(draft, value)
    if faults:
        raise ToolFailed(f"{draft.page}: could not be published: {'; '.join(faults)}")
