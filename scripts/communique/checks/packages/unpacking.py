"""A package in a ZIP file, laid out in a folder, piece by piece."""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.packages import zip_headers

_LINK = 0o120000
_KIND = 0o170000


def unpack(package: Path, folder: Path) -> Iterator[Remark]:
    """Lays a package out, and says what is wrong with the ZIP itself; every entry's checksum (CRC-32) is compared.

    An entry that would lie outside of the folder, or is a link, is left out. What cannot be read at all is Unreadable.
    """
    seen: set[str] = set()
    try:
        yield from zip_headers.remarks(package)
        with zipfile.ZipFile(package) as archive:
            _room(archive, folder)
            for entry in archive.infolist():
                yield from _entry(archive, entry, folder, seen)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        struct.error,
    ) as error:
        raise Unreadable(f"cannot be unpacked: {error}") from error


def _room(archive: zipfile.ZipFile, folder: Path) -> None:
    """Refuses what would fill the disk: a few bytes in a ZIP can stand for very many."""
    needed = sum(entry.file_size for entry in archive.infolist())
    place = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if needed > (free := shutil.disk_usage(place).free):
        raise Unreadable(f"cannot be unpacked: it has {needed} bytes, and there is room for {free}")


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, seen: set[str]) -> Iterator[Remark]:
    name = entry.filename
    if name in seen:
        yield Remark("entry-twice", f"{name} is in the ZIP twice")
        return
    seen.add(name)
    parts = name.rstrip("/").split("/")
    if {"", ".", ".."} & set(parts) or PurePosixPath(name).is_absolute() or "\\" in name or "\0" in name:
        yield Remark("outside-the-package", f"{name!r} is no path inside of the package")
    elif (entry.external_attr >> 16) & _KIND == _LINK:
        yield Remark("no-file", f"{name} is a link")
    else:
        try:
            archive.extract(entry, folder)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            yield Remark("entry-torn", f"{name} cannot be read whole: {error}")
