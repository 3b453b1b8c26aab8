"""Packages as ZIP files: the same bytes from the same entries, on every day."""

from __future__ import annotations

import zipfile
from pathlib import Path

from communique.packages.entry import written
from package_samples import zip_file


def test_entries_come_back_as_they_went_in_whatever_their_size(tmp_path: Path) -> None:
    entries = [written("a/b.txt", b"b" * 3_000_000), written("a/empty", b""), written("ü.txt", "ü".encode())]
    with zipfile.ZipFile(zip_file(entries, tmp_path / "one.zip")) as archive:
        assert archive.testzip() is None
        assert {entry.filename: entry.file_size for entry in archive.infolist()} == {e.name: e.size for e in entries}
        assert archive.read("ü.txt") == "ü".encode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    made = [zip_file([written("a", b"1"), written("b", b"2")], tmp_path / name).read_bytes() for name in ("1", "2")]
    assert made[0] == made[1]
