"""Items for DSpace: what its importer makes of them is the statement, whole."""

from __future__ import annotations

import csv
import dataclasses
import hashlib
import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import dspace_import
from bag_samples import SLUG
from communique import packing
from communique.checks.packages import saf as judge
from communique.checks.packages.files import tree
from communique.checks.packages.unpacking import unpack
from communique.checks.verdict import Verdict
from communique.doctor import places
from communique.errors import MasterError
from communique.packages import PACKAGERS
from communique.packages import saf as packager
from communique.packages.contents import Contents
from communique.verifying import verify
from package_samples import gathered, lay_out, zip_file
from record_samples import EXTREMES, FULL
from saf_samples import CLAIM, FILES, contents, entries, item

SLUGS = ("joint-statement-dprk-human-rights", "kitchen-sink")


def imported(place: Path) -> dspace_import.Item:
    """The sample as DSpace has it after an import."""
    (found,) = dspace_import.load(zip_file(entries(), place / "a.zip"), place / "a")
    return found


def test_it_is_a_kind_of_package() -> None:
    assert (PACKAGERS["saf"].suffix, PACKAGERS["saf"].is_zip, PACKAGERS["saf"].pack) == (
        "-saf.zip",
        True,
        packager.pack,
    )


def test_every_file_lies_in_the_item_and_the_item_in_a_folder() -> None:
    names = [entry.name for entry in entries()]
    assert names == sorted(set(names))
    assert {name.rpartition("/")[0] for name in names} == {"SimpleArchiveFormat/sample-v2"}


def test_dspace_keeps_every_byte_of_every_file(tmp_path: Path) -> None:
    kept = {name: content for bundle in imported(tmp_path).bundles.values() for name, content in bundle.items()}
    rows = list(csv.DictReader(io.StringIO(kept["inventory.csv"].decode(), newline="")))
    assert {row["path"]: kept[row["name"]] for row in rows} == FILES
    assert kept.keys() - {row["name"] for row in rows} == {
        "inventory.csv", "license.txt", "manifest-sha256.txt", "premis.xml",
    }  # fmt: skip


def test_each_file_goes_to_the_bundle_of_its_role(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert {bundle: [*files][:2] for bundle, files in found.bundles.items()} == {
        "ORIGINAL": ["sample.pdf", "sample.epub"],
        "METADATA": ["build--metadata--datacite.xml", "premis.xml"],
        "MASTER": ["content--media--Fahne =C3=BCbergro=C3=9F.png", "content--media--a-=2Db.png"],
        "SOURCE": ["content--source--=2Ehidden", "content--source--=3D2E.txt"],
        "REPORT": ["build--check--check.json"],
        "MANIFEST": ["manifest.json", "inventory.csv"],
        "LICENSE": ["license.txt"],
    }
    assert found.primary == {"ORIGINAL": "sample.pdf"}


def test_readers_are_given_the_authoritative_edition_before_translations_and_other_profiles(tmp_path: Path) -> None:
    found = imported(tmp_path)
    assert {name: found.descriptions[name] for name in found.bundles["ORIGINAL"]} == {
        "sample.pdf": "PDF, en",
        "sample.epub": "EPUB, en",
        "sample.print.pdf": "PDF for the press, en",
        "sample.large.ua1+a3a.pdf": "PDF in large print (ua1+a3a), en",
        "sample.fr.pdf": "PDF, fr",
        "sample.ar.pdf": "PDF, ar",
    }
    assert [*found.bundles["ORIGINAL"]] == [
        "sample.pdf", "sample.epub", "sample.print.pdf", "sample.large.ua1+a3a.pdf", "sample.fr.pdf", "sample.ar.pdf",
    ]  # fmt: skip


def test_the_fields_are_those_of_the_crosswalk_and_translations_add_theirs(tmp_path: Path) -> None:
    values = imported(tmp_path).values
    assert values["dc.title", "en"] == [FULL.title]
    assert values["dc.title.alternative", "en"] == ["Everything"]
    assert values["dc.title.alternative", "fr"] == ["Une déclaration"]
    assert values["dc.title.alternative", "ar"] == ["بيان", "Everything"]
    assert values["dc.contributor.author", ""] == ["Norway", "Albania", "European Union", "A Group of Friends"]
    assert values["dc.language.iso", ""] == ["en", "fr", "ar"]
    assert values["dc.date.issued", ""] == [FULL.date]
    assert values["dcterms.modified", ""] == ["2024-07-01"]
    assert values["dc.relation.isversionof", ""] == [FULL.urn]
    assert values["dc.relation.replaces", ""] == [FULL.replaced_urn]
    assert values["dc.identifier.govdoc", ""] == ["A/TEST/1", "S/TEST/1"]
    assert values["dc.format.mimetype", ""] == ["application/pdf", "application/epub+zip"]
    assert values["dcterms.conformsTo", ""] == [CLAIM]
    assert values["dc.description", "en"] == [
        "Version 1 (2024-05-01): First", "Version 2 (2024-07-01): Second",
    ]  # fmt: skip
    assert ("dc.title", "fr") not in values


def test_the_rights_are_given_in_the_words_of_each_edition() -> None:
    assert item()["license.txt"].decode() == "CC BY\nThe Holder\nhttps://creativecommons.org/licenses/by/4.0/\n"


def test_without_a_pdf_another_rendition_is_the_primary_one() -> None:
    def primary(*names: str) -> list[str]:
        files = {name: FILES[name] for name in FILES if "/sample." not in name} | dict.fromkeys(names, b"")
        listing = next(each for each in entries(files) if each.name.endswith("/contents"))
        lines = b"".join(listing.pieces()).decode().splitlines()
        return [line.partition("\t")[0] for line in lines if "\tprimary:true" in line]

    assert primary("build/sample/sample.fr.pdf", "build/sample/sample.html") == ["sample.html"]
    assert primary("build/sample/sample.fr.pdf", "build/sample/sample.ar.pdf") == ["sample.ar.pdf"]
    assert primary() == []


def test_the_manifest_is_one_that_sha256sum_reads(tmp_path: Path) -> None:
    folder = lay_out(entries(), tmp_path) / "SimpleArchiveFormat" / "sample-v2"
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "manifest-sha256.txt"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(list(folder.iterdir())) - 1


@pytest.mark.parametrize("name", EXTREMES)
def test_every_statement_makes_an_item_without_a_remark(name: str, tmp_path: Path) -> None:
    statement = EXTREMES[name]
    found = Contents((statement,), contents().parts[:3], {"communique": "1"})
    folder = tree(lay_out(list(packager.pack(found)), tmp_path))
    assert list(judge.remarks(folder)) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_masters_make_items_without_a_remark_byte_for_byte_the_same(slug: str, built: Path, tmp_path: Path) -> None:
    found = gathered(built, slug, tmp_path / "place")
    first, second = (zip_file(list(packager.pack(found)), tmp_path / name) for name in ("1.zip", "2.zip"))
    assert first.read_bytes() == second.read_bytes()
    assert list(unpack(first, tmp_path / "whole")) == []
    package = tree(tmp_path / "whole")
    assert list(judge.remarks(package)) == []
    digests = {
        path: hashlib.sha256(package.path(name).read_bytes()).hexdigest()
        for path, name in judge.places(package).items()
    }
    assert digests == {part.path: part.sha256 for part in found.parts}
    (made,) = dspace_import.load(first, tmp_path / "dspace")
    assert made.primary == {"ORIGINAL": f"{slug}.pdf"}
    assert sum(len(files) for files in made.bundles.values()) == len(found.parts) + 4


def test_the_package_passes_alone_as_it_is_packed(bag: Path, tmp_path: Path) -> None:
    place = bag.parents[4]
    found = packing.gather(place / "content" / SLUG, place / "build")
    made = packing.pack(found, tmp_path, ["saf"], lambda _: None)
    verified = verify(made.folder / made.names[0], places(), lambda _: None)
    assert made.names == (f"{SLUG}-v1-saf.zip",)
    assert (verified.kind, verified.files) == ("DSpace Simple Archive Format", len(found.parts) + 7)
    assert verified.report.verdict is Verdict.PASSED


def test_files_that_only_some_systems_tell_apart_are_refused() -> None:
    with pytest.raises(MasterError, match=r"content--media--Flag.png.* capitals .*\(rename one of them\)"):
        entries({"content/sample/media/Flag.png": b"1", "content/sample/media/flag.png": b"2"})


def test_a_large_file_is_read_in_pieces() -> None:
    """Its digests are known; nobody asks for its bytes before the ZIP is written."""
    found = contents()

    def refuse() -> Iterator[bytes]:
        raise AssertionError("it was read")

    large = {each: dataclasses.replace(each, pieces=refuse, size=1 << 31) for each in found.parts}
    parts = [each if each.path.endswith(".epub") else large[each] for each in found.parts]
    assert len(list(packager.pack(dataclasses.replace(found, parts=tuple(parts))))) == len(parts) + 7
