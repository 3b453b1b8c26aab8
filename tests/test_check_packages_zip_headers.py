"""ZIP files of this program: every byte of them counts, and there is only one way to read them."""

from __future__ import annotations

import io
import shutil
import struct
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from communique.checks.opening import Unreadable
from communique.checks.packages.unpacking import unpack
from communique.packages.entry import written
from package_samples import zip_file

ENTRIES = [written("a/b.txt", b"some words"), written("a/empty", b""), written("a/ü.txt", b"\0" * 9)]
BITS = (0x01, 0x20, 0x80)


def rules(package: Path) -> set[str]:
    """What is wrong with a ZIP file, whether it can be unpacked or not."""
    try:
        return {remark.rule for remark in unpack(package, package.parent / "out")}
    except Unreadable:
        return {"unreadable"}


def put(package: Path, content: bytes) -> Path:
    """The package with other bytes."""
    package.write_bytes(content)
    return package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A good one."""
    return zip_file(ENTRIES, tmp_path / "a.zip")


def _every_byte_counts(package: Path) -> None:
    good = package.read_bytes()
    assert rules(package) == set()
    for position in range(len(good)):
        for bit in BITS:
            put(package, good[:position] + bytes([good[position] ^ bit]) + good[position + 1 :])
            assert rules(package), (position, bit)


def test_every_byte_counts(package: Path) -> None:
    _every_byte_counts(package)


@pytest.mark.parametrize("limit", [5, 60, 120])
def test_every_byte_of_a_large_one_counts(limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes beyond 2 GB are written in another way; here so are those beyond a few bytes."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    monkeypatch.setattr("communique.packages.zipped._ZIP64_FROM", limit)
    package = zip_file(ENTRIES, tmp_path / "a.zip")
    monkeypatch.undo()
    assert b"PK\6\6" in package.read_bytes()
    _every_byte_counts(package)


@pytest.mark.parametrize("end", [b"\0", b"PK", b"more"])
def test_nothing_lies_before_or_behind(end: bytes, package: Path) -> None:
    good = package.read_bytes()
    assert rules(put(package, good + end))
    assert "zip-gap" in rules(put(package, end + good))


def test_nothing_lies_between(package: Path) -> None:
    """An entry that the directory does not name is seen by whoever reads from the beginning."""
    good = package.read_bytes()
    start = good.index(b"PK\1\2")
    second = good.index(b"PK\1\2", start + 1)
    size, offset, note = struct.unpack("<LLH", good[-10:])
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2, 2, size - (second - start), offset, note)
    assert rules(put(package, good[:start] + good[second:-22] + end)) == {"zip-gap"}


def test_entries_that_share_bytes_are_refused_whoever_made_them(tmp_path: Path) -> None:
    """So a small file stands for a very large one."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", b"1" * 99)
        archive.writestr("b", b"1" * 99)
        archive.infolist()[1].header_offset = 0
    with pytest.raises(Unreadable, match="shares bytes"):
        list(unpack(put(tmp_path / "a.zip", file.getvalue()), tmp_path / "a"))
    assert not list(tmp_path.glob("a/*"))


def test_what_would_fill_the_disk_is_refused(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(18))
    with pytest.raises(Unreadable, match="it has 19 bytes, and there is room for 18"):
        list(unpack(package, package.parent / "out"))
    assert not list(package.parent.glob("out/*"))


def test_what_other_programs_made_may_say_more(tmp_path: Path) -> None:
    """Somebody packed a folder for the journey: their program's dates, folders and packed data are no fault."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"from us to you"
        archive.mkdir("a")
        for entry in ENTRIES:
            info = zipfile.ZipInfo(entry.name, (2024, 5, 1, 12, 0, 0))
            info.extra = b"UT\5\0\1\0\0\0\0"
            archive.writestr(info, b"".join(entry.pieces()), zipfile.ZIP_DEFLATED)
    assert rules(tmp_path / "a.zip") == set()
