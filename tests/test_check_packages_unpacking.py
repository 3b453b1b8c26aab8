"""ZIP files as packages come in them: laid out whole, and never outside of their folder."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from communique.checks.opening import Unreadable
from communique.checks.packages.files import tree
from communique.checks.packages.unpacking import unpack


def zipped(path: Path, entries: list[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    """A ZIP file with some entries, stored."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def test_every_file_is_laid_out(tmp_path: Path) -> None:
    package = zipped(tmp_path / "a.zip", [("a.txt", b"one"), ("b/ü c.txt", b"two"), ("d/", b"")])
    assert list(unpack(package, tmp_path / "a")) == []
    assert tree(tmp_path / "a").names == ("a.txt", "b/ü c.txt")
    assert (tmp_path / "a" / "b" / "ü c.txt").read_bytes() == b"two"


@pytest.mark.parametrize("name", ["../a.txt", "/a.txt", "b/../../a.txt", "b//a.txt", "./a.txt", "..\\a.txt"])
def test_nothing_is_laid_out_elsewhere(name: str, tmp_path: Path) -> None:
    (remark,) = unpack(zipped(tmp_path / "a.zip", [(name, b"evil")]), tmp_path / "place" / "a")
    assert remark.rule == "outside-the-package"
    assert not list(tmp_path.rglob("a.txt"))


def test_a_link_is_no_file(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    (remark,) = unpack(zipped(tmp_path / "a.zip", [(link, b"/etc/passwd")]), tmp_path / "a")
    assert (remark.rule, remark.message) == ("no-file", "link is a link")
    assert not (tmp_path / "a" / "link").exists()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_there_twice_is_found(tmp_path: Path) -> None:
    (remark,) = unpack(zipped(tmp_path / "a.zip", [("a.txt", b"one"), ("a.txt", b"two")]), tmp_path / "a")
    assert remark.rule == "entry-twice"
    assert (tmp_path / "a" / "a.txt").read_bytes() == b"one"


def test_a_byte_that_changed_inside_of_an_entry_is_found(tmp_path: Path) -> None:
    package = zipped(tmp_path / "a.zip", [("a.txt", b"some words"), ("b.txt", b"more")])
    package.write_bytes(package.read_bytes().replace(b"some words", b"same words"))
    (remark,) = unpack(package, tmp_path / "a")
    assert (remark.rule, "a.txt" in remark.message) == ("entry-torn", True)
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"more"


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 torn"])
def test_what_is_no_zip_is_unreadable(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Unreadable, match="cannot be unpacked"):
        list(unpack(tmp_path / "a.zip", tmp_path / "a"))


def test_a_zip_cut_short_is_unreadable(tmp_path: Path) -> None:
    package = zipped(tmp_path / "a.zip", [("a.txt", b"words" * 1000)])
    package.write_bytes(package.read_bytes()[:-30])
    with pytest.raises(Unreadable):
        list(unpack(package, tmp_path / "a"))
