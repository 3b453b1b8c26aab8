"""Reading the files of a statement's folder, and nothing outside it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_Taken = TypeVar("_Taken")

MEGABYTE = 1_000_000


class UnreadableError(Exception):
    """A file that cannot be taken: `found` says what is wrong, `remedy` what to do."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(found)
        self.found = found
        self.remedy = remedy


def read(folder: Path, name: str, limit: int, area: str = "") -> bytes:
    """The bytes of a regular file that really lies in the folder's `area` and has no more than `limit` megabytes."""
    return _taken(folder, name, area, limit, Path.read_bytes)


def read_below(folder: Path, name: str, area: str, limit: int) -> bytes:
    """The bytes of `name`, a path as the master writes it, which must lie below the subfolder `area`."""
    _below(name, area)
    return read(folder, name, limit, area)


def digest_below(folder: Path, name: str, area: str) -> str:
    """The SHA-256 of such a file, of any size: it is read piece by piece."""
    _below(name, area)
    return _taken(folder, name, area, None, _digest)


def _taken(folder: Path, name: str, area: str, limit: int | None, take: Callable[[Path], _Taken]) -> _Taken:
    """What `take` makes of a file that is fit to be read."""
    path = folder / name
    try:
        if not Path(os.path.realpath(path)).is_relative_to(Path(os.path.realpath(folder), area)):
            place = f"{area or folder.absolute().name}/"
            raise UnreadableError("leads out of the statement's folder", f"put the file itself into {place}, no link")
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("is not a file", "put a file there")
        if limit is not None and status.st_size > limit * MEGABYTE:
            size = f"{status.st_size / MEGABYTE:.1f} MB"
            raise UnreadableError(f"is {size}, more than {limit} MB", "make the file smaller")
        return take(path)
    except FileNotFoundError:
        raise UnreadableError("does not exist", "put the file there, or mend the name; capitals count") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableError(f"cannot be read: {reason}", "make the file readable, or mend the name") from None


def _below(name: str, area: str) -> None:
    parts = name.split("/")
    if parts[0] != area or len(parts) < 2 or not all(parts) or {".", ".."} & set(parts) or "\\" in name:
        raise UnreadableError(f"is not in {area}/", f"put the file into {area}/ and write {area}/<file name>")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
