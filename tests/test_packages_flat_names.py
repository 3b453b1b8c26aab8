"""Flat names: each path has one of its own, which any system can carry."""

from __future__ import annotations

import itertools
import re

import pytest

from communique.packages.flat_names import flat

NAMES = {
    "build/x/x.pdf": "x.pdf",
    "build/x/x.large.ua1+a3a.pdf": "x.large.ua1+a3a.pdf",
    "build/x/metadata/datacite.xml": "build--metadata--datacite.xml",
    "content/x/statement.md": "content--statement.md",
    "content/x/media/flag.png": "content--media--flag.png",
    "content/x/source/media/flag.png": "content--source--media--flag.png",
    "content/x/source/letter of May.txt": "content--source--letter of May.txt",
    "content/x/media/ü.png": "content--media--=C3=BC.png",
    "content/x/media/u\u0308.png": "content--media--u=CC=88.png",
    "content/x/media/a--b.png": "content--media--a-=2Db.png",
    "content/x/media/a---b.png": "content--media--a-=2D=2Db.png",
    "content/x/media/-a/b-": "content--media--=2Da--b=2D",
    "content/x/media/-": "content--media--=2D",
    "content/x/source/ a ": "content--source--=20a=20",
    "content/x/source/.DS_Store": "content--source--=2EDS_Store",
    "content/x/source/a.": "content--source--a=2E",
    "content/x/source/=.%": "content--source--=3D.=25",
    "content/x/source/a\tb\\c\n": "content--source--a=09b=5Cc=0A",
    "content/x/source/\udcff": "content--source--=FF",
}


@pytest.mark.parametrize(("path", "name"), NAMES.items())
def test_a_name_is_the_path_in_ascii(path: str, name: str) -> None:
    assert flat(path) == name


@pytest.mark.parametrize(
    "name",
    ["contents", "collections", "handle", "relationships", "dublin_core.xml", "metadata_x.xml", "license.txt"],
)
def test_what_the_importer_takes_for_its_own_gets_another_name(name: str) -> None:
    assert flat(f"build/x/{name}") == f"build--{name}"


def test_names_that_are_taken_are_not_given_again() -> None:
    assert flat("build/x/premis.xml", frozenset({"premis.xml"})) == "build--premis.xml"


def test_no_two_paths_share_a_name() -> None:
    parts = ["".join(each) for size in (1, 2, 3) for each in itertools.product("a-./ ", repeat=size)]
    paths = {f"{place}/x/{part}" for place in ("content", "build") for part in parts}
    paths = {path for path in paths if not {"", ".", ".."} & set(path.split("/"))}
    names = {flat(path) for path in paths}
    assert len(names) == len(paths) > 100
    assert all(re.fullmatch(r"[!-~](?:[ -~]*[!-~])?", name) and "/" not in name for name in names)


def test_a_long_name_is_cut_and_still_its_own() -> None:
    paths = [f"content/x/source/{'عربي' * 20}{end}" for end in ("a.txt", "b.txt", "b", ".", ".a-very-long-suffix")]
    names = [flat(path) for path in paths]
    assert len(set(names)) == len(names)
    assert [len(name) for name in names] == [200] * len(names)
    assert [name.rpartition(".")[2] for name in names[:2]] == ["txt", "txt"]
    assert all(name.startswith("content--source--=D8=B9") and "~" in name for name in names)
