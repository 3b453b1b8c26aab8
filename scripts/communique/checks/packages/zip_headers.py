"""What a ZIP file says of its entries, twice: before each, and in its directory. Both must say the same, and no more.

Programs differ in whom they believe. Where the two agree, every entry lies behind the one before, and nothing lies
between or behind them, there is only one way to read the file. APPNOTE.TXT 6.3, 4.3.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable

_LOCAL = struct.Struct("<4s2B4HL2L2H")
_WIDE = struct.Struct("<HHQQ")
_END = struct.Struct("<4s4H2LH")
_WIDE_END = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL, _LENGTHS_AT, _LENGTHS = 46, 28, struct.Struct("<3H")
_VERSION, _WIDE_VERSION = 20, 45
_UTF8, _LIMIT, _MANY = 0x800, 0xFFFFFFFF, 0xFFFF
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of a ZIP file that this program made."""
_MARKS = (0o100644 << 16, 0o120777 << 16)
"""A plain file, as Unix has it; or a link, which whoever unpacks has more to say of."""
_UNIX = 3


def remarks(package: Path) -> Iterator[Remark]:
    """Whatever in a ZIP file of this program is not as it was made; what others made may say more, and is not judged.

    Entries that share bytes are refused in any: they are more than they seem.
    """
    with zipfile.ZipFile(package) as archive, package.open("rb") as file:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        is_own = 2 * sum(entry.date_time == _EPOCH for entry in entries) > len(entries)
        yield from (each for each in _one_by_one(file, archive, entries) if is_own)
        yield from _end(file, archive) if is_own else ()


def _one_by_one(file: BinaryIO, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> Iterator[Remark]:
    end = 0
    for entry in entries:
        if entry.header_offset < end:
            raise Unreadable(f"cannot be unpacked: {entry.filename} shares bytes with another entry")
        if entry.header_offset > archive.start_dir:
            raise Unreadable(f"cannot be unpacked: {entry.filename} is not where the directory says")
        if entry.header_offset > end:
            yield Remark("zip-gap", f"there are bytes before {entry.filename} that belong to no entry")
        header = _header(file, entry)
        if header != _said(entry, header):
            yield Remark("zip-header", f"{entry.filename}: the ZIP's directory says other things than its header")
        if _is_odd(entry):
            yield Remark("zip-entry", f"{entry.filename} is marked in the ZIP as no plain file has to be")
        end = entry.header_offset + len(header) + entry.compress_size
    if end != archive.start_dir:
        yield Remark("zip-gap", "there are bytes before the directory of the ZIP that belong to no entry")


def _header(file: BinaryIO, entry: zipfile.ZipInfo) -> bytes:
    """The bytes before the content of an entry."""
    file.seek(entry.header_offset)
    fixed = file.read(_LOCAL.size)
    if len(fixed) < _LOCAL.size:
        raise Unreadable(f"cannot be unpacked: {entry.filename} is not where the directory says")
    *_, name, extra = _LOCAL.unpack(fixed)
    return fixed + file.read(name + extra)


def _said(entry: zipfile.ZipInfo, header: bytes) -> bytes:
    """What the header of an entry has to be by the directory: with long sizes only if it has them."""
    year, month, day, hour, minute, second = entry.date_time
    name = entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
    sizes, extra = (entry.compress_size, entry.file_size), b""
    if len(header) > _LOCAL.size + len(name):
        extra = _WIDE.pack(1, 16, entry.file_size, entry.compress_size)
        sizes = _LIMIT, _LIMIT
    if max(sizes) > _LIMIT:
        return b""
    time = hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    version = entry.extract_version
    if entry.extra:  # The directory needed more room than the header may have needed.
        version = _WIDE_VERSION if extra else _VERSION
    start = (b"PK\3\4", version, entry.reserved, entry.flag_bits, entry.compress_type, *time, entry.CRC)
    return _LOCAL.pack(*start, *sizes, len(name), len(extra)) + name + extra


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    marks = entry.volume, entry.internal_attr, entry.comment
    made = entry.create_system, entry.create_version, entry.flag_bits & ~_UTF8
    is_plain = marks == (0, 0, b"") and made == (_UNIX, entry.extract_version, 0) and entry.external_attr in _MARKS
    return not is_plain or entry.extra[:2] not in (b"", b"\1\0")


def _end(file: BinaryIO, archive: zipfile.ZipFile) -> Iterator[Remark]:
    """The end of the directory counts all entries, and is the end of the file; a long one says so in two forms."""
    count, start = len(archive.infolist()), archive.start_dir
    file.seek(start)
    rest = file.read()
    is_wide = rest[-_END.size - _LOCATOR.size :].startswith(b"PK\6\7")
    size = len(rest) - _END.size - (_WIDE_END.size + _LOCATOR.size if is_wide else 0)
    wide = b""
    if is_wide:
        wide = _WIDE_END.pack(b"PK\6\6", 44, _WIDE_VERSION, _WIDE_VERSION, 0, 0, count, count, size, start)
        wide += _LOCATOR.pack(b"PK\6\7", 0, start + size, 1)
    short = min(count, _MANY), min(count, _MANY), min(size, _LIMIT), min(start, _LIMIT)
    if _length(rest, count) != size or rest[size:] != wide + _END.pack(b"PK\5\6", 0, 0, *short, 0):
        yield Remark("zip-end", "the directory of the ZIP is not the end of the file, or does not count its entries")


def _length(directory: bytes, count: int) -> int:
    """The bytes of so many entries of a directory, by their own lengths."""
    end = 0
    for _ in range(count):
        lengths = _LENGTHS.unpack_from(directory, end + _LENGTHS_AT)
        end += _CENTRAL + sum(lengths)
    return end
