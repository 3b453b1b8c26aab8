"""The files of a statement, as packages take them: why each is kept, whose it is, and its digests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from communique import master
from communique.errors import UsageError
from communique.packages.contents import Contents, Role
from communique.packages.reading import contents
from conftest import MASTERS

SINK = next(folder for folder in MASTERS if folder.name == "kitchen-sink")


@pytest.fixture(scope="module")
def sink(built: Path) -> Contents:
    """The kitchen sink as it was built, with a report and a package that lie beside it."""
    folder = SINK
    listed = json.loads((built / folder.name / "manifest.json").read_bytes())["files"]
    types = {each["name"]: each["mediaType"] for each in listed}
    return contents(master.read(folder), folder, built / folder.name, {"communique": "1"}, types)


def test_every_file_of_both_folders_is_there_once_and_in_order(sink: Contents, built: Path) -> None:
    paths = [part.path for part in sink.parts]
    assert paths == sorted(set(paths))
    folder = SINK
    expected = {f"content/{folder.name}/{each.relative_to(folder)}" for each in folder.rglob("*") if each.is_file()}
    place = built / folder.name
    expected |= {f"build/{folder.name}/{each.relative_to(place)}" for each in place.rglob("*") if each.is_file()}
    assert set(paths) == expected


def test_a_part_has_the_size_and_the_digests_of_what_it_reads(sink: Contents) -> None:
    for part in sink.parts:
        whole = b"".join(part.pieces())
        assert (part.size, part.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
        assert part.sha512 == hashlib.sha512(whole).hexdigest()
        assert whole == b"".join(part.pieces())  # and again


def test_each_file_is_kept_for_its_reason(sink: Contents) -> None:
    roles = {part.path.split("/", 2)[2]: part.role for part in sink.parts}
    assert roles["statement.md"] is Role.MASTER
    assert roles["manifest.json"] is Role.LISTING
    assert roles[f"{sink.slug}.pdf"] is Role.RENDITION
    assert {role for name, role in roles.items() if name.startswith("metadata/")} == {Role.RECORD}
    assert {role for name, role in roles.items() if name.startswith("source/")} == {Role.SOURCE}


def test_each_edition_has_its_own_files_and_shares_the_rest(sink: Contents) -> None:
    languages = {part.path.split("/", 2)[2]: part.language for part in sink.parts}
    authoritative, translation = (edition.language for edition in sink.statements[:2])
    assert languages["statement.md"] == authoritative
    assert languages[f"statement.{translation}.md"] == translation
    assert languages[f"{sink.slug}.epub"] == authoritative
    assert languages[f"{sink.slug}.{translation}.epub"] == translation
    assert languages["manifest.json"] == ""


def test_media_types_are_those_of_the_manifest_or_of_the_suffix(sink: Contents) -> None:
    types = {part.path.split("/", 2)[2]: part.media_type for part in sink.parts}
    assert types["statement.md"] == "text/markdown"
    assert types["manifest.json"] == "application/json"
    assert types[f"{sink.slug}.epub"] == "application/epub+zip"
    assert types["media/flag.png"] == "image/png"


def test_reports_belong_to_a_package(tmp_path: Path) -> None:
    for name in ("check/check.json", "sink.html"):
        (tmp_path / "sink" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sink" / name).write_bytes(b"{}")
    found = contents(master.read(SINK), SINK, tmp_path / "sink", {}, {})
    built = [(part.path.split("/", 2)[2], part.role) for part in found.parts if part.path.startswith("build/")]
    assert built == [("check/check.json", Role.REPORT), ("sink.html", Role.RENDITION)]


@pytest.mark.parametrize("target", ["statement.md", "media", "nowhere"])
def test_links_are_refused_for_what_they_lead_to_would_be_missing(target: str, tmp_path: Path) -> None:
    (tmp_path / "sink").mkdir()
    (tmp_path / "sink/link").symlink_to(SINK / target)
    with pytest.raises(UsageError, match=r"sink/link: is a link"):
        contents(master.read(SINK), SINK, tmp_path / "sink", {}, {})


def test_the_version_and_its_day_are_those_of_the_last_revision(sink: Contents) -> None:
    revisions = sink.statements[0].revisions
    assert sink.version == (revisions[-1].version if revisions else "1")
    assert sink.date >= sink.statements[0].date
