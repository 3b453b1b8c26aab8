"""writers/archive.py: the same entries give the same bytes, and nothing of the machine gets in."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile

import pytest

from communique.writers import archive

ENTRIES = [("mimetype", b"application/epub+zip"), ("Größe.txt", b"words " * 100), ("empty", b"")]
PACKED = archive.pack(ENTRIES, stored=frozenset({"mimetype"}))


def infos(packed: bytes) -> list[zipfile.ZipInfo]:
    return zipfile.ZipFile(io.BytesIO(packed)).infolist()


def test_keeps_names_order_and_contents() -> None:
    with zipfile.ZipFile(io.BytesIO(PACKED)) as packed:
        assert packed.testzip() is None
        assert [(name, packed.read(name)) for name in packed.namelist()] == ENTRIES


def test_stores_what_it_is_told_to_and_compresses_the_rest() -> None:
    kinds = {info.filename: info.compress_type for info in infos(PACKED)}
    assert kinds["mimetype"] == zipfile.ZIP_STORED
    assert kinds["Größe.txt"] == zipfile.ZIP_DEFLATED
    assert next(info for info in infos(PACKED) if info.filename == "Größe.txt").compress_size < 100


def test_mimetype_stands_at_byte_38_as_ocf_wants_it() -> None:
    """OCF 3.3, 4.2.2: the content follows the name at once, so the entry has no extra field."""
    assert PACKED[30:38] == b"mimetype"
    assert PACKED[38:58] == b"application/epub+zip"


def test_says_nothing_of_the_machine() -> None:
    for info in infos(PACKED):
        assert info.date_time == (1980, 1, 1, 0, 0, 0)
        assert info.create_system == 3
        assert info.external_attr >> 16 == 0o100644
        assert info.extra == info.comment == b""


def test_a_name_that_occurs_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice: a"):
        archive.pack([("a", b"1"), ("b", b"2"), ("a", b"3")])


def test_no_entries_make_an_empty_archive() -> None:
    assert infos(archive.pack([])) == []


@pytest.mark.parametrize(("zone", "seed", "mask"), [("Asia/Tokyo", "0", 0o000), ("America/Lima", "99", 0o077)])
def test_same_bytes_in_any_process(zone: str, seed: str, mask: int) -> None:
    code = (
        "import sys; from communique.writers import archive;"
        "sys.stdout.buffer.write(archive.pack([('mimetype', b'application/epub+zip'),"
        "('Größe.txt', b'words ' * 100), ('empty', b'')], stored=frozenset({'mimetype'})))"
    )
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, umask=mask, capture_output=True, check=True)
    assert run.stdout == PACKED
