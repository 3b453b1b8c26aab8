"""The files of a draft: whatever is there before, afterwards it has the files of the package and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from communique.depositing.connection import Broken, Refused
from communique.depositing.package import File
from communique.depositing.repository import Record, Repository, Stored

_ROUNDS = 4
# What a server says of a file that is not, or no longer, as it was a moment ago.
_MOVED = (400, 404, 409)


def same(stored: Mapping[str, Stored], files: Sequence[File]) -> bool:
    """Whether a server has these files, each whole, and no others."""
    return stored.keys() == {file.key for file in files} and all(stored[file.key].is_same(file) for file in files)


def fill(repository: Repository, draft: Record, files: Sequence[File], report: Callable[[str], None]) -> None:
    """Sends what is not there yet; a connection that breaks is taken up again from what the server has then."""
    told: set[str] = set()

    def tell(name: str) -> None:
        if name not in told:
            told.add(name)
            report(name)

    for rounds_left in reversed(range(_ROUNDS)):
        try:
            _round(repository, draft, files, tell)
            break
        except (Broken, Refused) as error:
            if not rounds_left or (isinstance(error, Refused) and error.status not in _MOVED):
                raise


def _round(repository: Repository, draft: Record, files: Sequence[File], report: Callable[[str], None]) -> None:
    """One pass over all files; it ends with the server's own list of them."""
    stored = repository.files(draft)
    wanted = {file.key: file for file in files}
    useless = [name for name, each in stored.items() if name not in wanted or not _is_of_use(each, wanted[name])]
    for name in useless:
        repository.remove(draft, name)
        del stored[name]
    missing = [name for name in wanted if name not in stored]
    if missing:
        repository.announce(draft, missing)
    for file in files:
        if file.key not in stored or not stored[file.key].is_same(file):
            repository.upload(draft, file)
            _compare(repository, repository.complete(draft, file), file)
        report(file.key)
    if not same(repository.files(draft), files):
        raise Broken(f"{repository.server}: the draft has not the files that were sent (run it again)")


def _is_of_use(stored: Stored, file: File) -> bool:
    """Whether a file can stay: it is the right one, or its content may still come."""
    return stored.is_pending or stored.is_same(file)


def _compare(repository: Repository, stored: Stored, file: File) -> None:
    if not stored.is_same(file):
        found = f"has {stored.size} bytes with MD5 {stored.md5 or 'unknown'} there"
        raise Broken(f"{repository.server}: {file.key} {found}, and {file.size} with {file.md5} here (run it again)")
