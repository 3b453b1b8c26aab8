"""Fixity: the folder holds exactly the files of its manifest, byte for byte; whatever else it holds is found."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import breaking
from breaking import BROKEN, SINK, faults, passed, results, rules
from communique.checks.fixity import CHECK
from communique.checks.publication import Publication
from conftest import MASTERS

PAGE = f"{SINK}.html"
MANIFEST = "manifest.json"


@pytest.fixture
def whole(tmp_path: Path) -> Publication:
    """A small publication with a manifest that is right."""
    return written(
        tmp_path / "sample", {"sample.html": b"<!DOCTYPE html>\n<p>Words</p>", "metadata/a.xml": b"\xef\xbb\xbf<a/>\n"}
    )


def written(folder: Path, files: dict[str, bytes]) -> Publication:
    """Files with their manifest."""
    kinds = {"html": "text/html", "xml": "application/xml", "json": "application/json", "bib": "application/x-bibtex"}
    entries = []
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        kind = kinds[name.rpartition(".")[2]]
        entries.append({"name": name, "mediaType": kind, "size": len(content), "sha256": digest})
    listing = {
        "statement": folder.name,
        "version": "1",
        "words": {"en": "0" * 64},
        "inputs": "0" * 64,
        "tools": {"communique": "1"},
        "files": entries,
    }
    (folder / MANIFEST).write_text(json.dumps(listing), encoding="utf-8")
    return breaking.publication(folder, None)


def edited(publication: Publication, edit: Callable[[Any], object]) -> Publication:
    """The publication with its manifest changed."""
    path = publication.path(MANIFEST)
    listing = json.loads(path.read_text(encoding="utf-8"))
    edit(listing)
    path.write_text(json.dumps(listing), encoding="utf-8")
    return publication


def test_every_good_output_passes(built: Path) -> None:
    assert faults(CHECK, *(breaking.publication(built / master.name, master) for master in MASTERS)) == []


def test_a_small_publication_passes(whole: Publication) -> None:
    assert [each.path for each in results(CHECK, whole)] == [MANIFEST, "metadata/a.xml", "sample.html"]
    assert faults(CHECK, whole) == []


def test_the_broken_file_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "wrong-digest", tmp_path / "wrong-digest")
    broken = breaking.publication(tmp_path / "wrong-digest", None)
    assert rules(CHECK, broken, "wrong-digest.html") == {"wrong-digest"}
    assert rules(CHECK, broken, MANIFEST) == set()
    breaking.rewrite(broken.path("wrong-digest.html"), "agrey", "agree")
    assert faults(CHECK, broken) == []


def test_one_byte_flipped_is_found(built: Path, tmp_path: Path) -> None:
    broken = breaking.copied(built, tmp_path)
    path = broken.path(f"{SINK}.pdf")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert {each.path for each in results(CHECK, broken) if not passed(each)} == {f"{SINK}.pdf"}
    assert rules(CHECK, broken, f"{SINK}.pdf") == {"wrong-digest"}


def test_one_byte_more_is_found(whole: Publication) -> None:
    with whole.path("sample.html").open("ab") as file:
        file.write(b"\n")
    assert rules(CHECK, whole, "sample.html") == {"wrong-size", "wrong-digest"}


def test_a_missing_file_is_found(whole: Publication) -> None:
    whole.path("sample.html").unlink()
    assert rules(CHECK, breaking.publication(whole.folder, None), MANIFEST) == {"missing"}


@pytest.mark.parametrize("name", ["extra.txt", ".hidden", "metadata/b.xml", "check.html", "new/deep/file"])
def test_a_file_too_many_is_found(whole: Publication, name: str) -> None:
    whole.path(name).parent.mkdir(parents=True, exist_ok=True)
    whole.path(name).write_text("more", encoding="utf-8")
    assert rules(CHECK, breaking.publication(whole.folder, None), name) == {"not-listed"}


def test_reports_are_no_files_of_the_publication(whole: Publication) -> None:
    whole.path("check").mkdir()
    whole.path("check/check.json").write_text("{}", encoding="utf-8")
    assert faults(CHECK, breaking.publication(whole.folder, None)) == []


ENTRIES: dict[str, tuple[Callable[[Any], object], str]] = {
    "twice": (lambda m: m["files"].append(m["files"][0]), "listed-twice"),
    "absolute": (lambda m: m["files"].append({**m["files"][0], "name": "/etc/passwd"}), "outside-the-folder"),
    "up": (lambda m: m["files"].append({**m["files"][0], "name": "../sample/sample.html"}), "outside-the-folder"),
    "up within": (lambda m: m["files"].append({**m["files"][0], "name": "metadata/../../x"}), "outside-the-folder"),
    "dotted": (lambda m: m["files"].append({**m["files"][0], "name": "./sample.html"}), "outside-the-folder"),
    "backslash": (lambda m: m["files"].append({**m["files"][0], "name": "..\\x"}), "outside-the-folder"),
    "drive": (lambda m: m["files"].append({**m["files"][0], "name": "C:/x"}), "outside-the-folder"),
    "itself": (lambda m: m["files"].append({**m["files"][0], "name": MANIFEST}), "lists-itself"),
    "report": (lambda m: m["files"].append({**m["files"][0], "name": "check/check.json"}), "lists-itself"),
    "folder": (lambda m: m["files"].append({**m["files"][0], "name": "metadata"}), "no-file"),
    "statement": (lambda m: m.update(statement="another"), "wrong-statement"),
    "no statement": (lambda m: m.pop("statement"), "json-schema-required"),
    "unknown key": (lambda m: m.update(extra=1), "json-schema-additionalProperties"),
    "no files": (lambda m: m.pop("files"), "json-schema-required"),
    "files as text": (lambda m: m.update(files="all"), "json-schema-type"),
    "a file as text": (lambda m: m["files"].append("sample.html"), "json-schema-type"),
    "size as text": (lambda m: m["files"][0].update(size="12"), "json-schema-type"),
    "negative": (lambda m: m["files"][0].update(size=-1), "json-schema-minimum"),
    "no digest": (lambda m: m["files"][0].pop("sha256"), "json-schema-required"),
    "short digest": (lambda m: m["files"][0].update(sha256="ab"), "json-schema-pattern"),
    "capital digest": (lambda m: m["files"][0].update(sha256="A" * 64), "json-schema-pattern"),
    "NUL": (lambda m: m["files"].append({**m["files"][0], "name": "a\0b"}), "outside-the-folder"),
    "empty name": (lambda m: m["files"].append({**m["files"][0], "name": ""}), "outside-the-folder"),
}


@pytest.mark.parametrize("case", ENTRIES)
def test_a_manifest_that_is_wrong_is_found(whole: Publication, case: str) -> None:
    edit, rule = ENTRIES[case]
    assert rule in {
        finding.rule
        for each in results(CHECK, edited(whole, edit))
        for finding in each.findings
        if each.path == MANIFEST
    }


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"\xef\xbb\xbf{}",
        b'{"files": NaN}',
        b'{"files": [], "files": []}',
        b"[" * 100_000,
    ],
)
def test_a_torn_manifest_is_found_and_no_file_passes(whole: Publication, content: bytes) -> None:
    whole.path(MANIFEST).write_bytes(content)
    manifest, *others = results(CHECK, whole)
    assert manifest.findings
    assert not manifest.unchecked
    assert all(each.unchecked for each in others)
    assert len(others) == 2


def test_a_manifest_cut_off_anywhere_is_found(whole: Publication) -> None:
    content = whole.path(MANIFEST).read_bytes()
    for end in range(0, len(content) - 1, 37):
        whole.path(MANIFEST).write_bytes(content[:end])
        assert not any(passed(each) for each in results(CHECK, whole))


def test_without_a_manifest_nothing_passes(whole: Publication) -> None:
    whole.path(MANIFEST).unlink()
    again = breaking.publication(whole.folder, None)
    assert not any(passed(each) for each in results(CHECK, again))
    assert rules(CHECK, again, MANIFEST) == {"manifest-unreadable"}


@pytest.mark.parametrize("kind", ["application/pdf", "text/plain", "text/html; charset=utf-8", ""])
def test_a_wrong_media_type_is_found(whole: Publication, kind: str) -> None:
    said = edited(whole, lambda listing: listing["files"][0].update(mediaType=kind))
    assert rules(CHECK, said, "sample.html") == {"wrong-media-type"}


@pytest.mark.parametrize(
    "case",
    [
        ("metadata/a.json", b"{}", "application/vnd.datacite.datacite+json", True),
        ("metadata/a.json", b"{}", "application/mods+xml", False),
        ("metadata/b.xml", b"<a/>", "application/mods+xml", True),
        ("metadata/b.xml", b"<a/>", "application/ld+json", False),
        ("metadata/c.bib", b"@report{a}", "application/x-bibtex", True),
        ("metadata/c.bib", b"{}", "application/x-bibtex", False),
        ("metadata/c.bib", b"@report{a}", "text/plain", False),
    ],
)
def test_records_have_media_types_of_their_own(tmp_path: Path, case: tuple[str, bytes, str, bool]) -> None:
    name, content, kind, is_right = case
    one = written(tmp_path / "sample", {name: content})
    said = edited(one, lambda listing: listing["files"][0].update(mediaType=kind))
    assert rules(CHECK, said, name) == (set() if is_right else {"wrong-media-type"})


def test_a_file_that_is_of_another_kind_than_its_name_is_found(tmp_path: Path) -> None:
    odd = written(tmp_path / "sample", {"sample.html": b"%PDF-1.7"})
    assert rules(CHECK, odd, "sample.html") == {"wrong-media-type"}


def test_links_are_found(whole: Publication, tmp_path: Path) -> None:
    secret = tmp_path / "secret.html"
    shutil.move(whole.path("sample.html"), secret)
    whole.path("sample.html").symlink_to(secret)
    assert rules(CHECK, breaking.publication(whole.folder, None), "sample.html") == {"link"}


def test_a_dangling_link_is_found(whole: Publication) -> None:
    whole.path("sample.html").unlink()
    whole.path("sample.html").symlink_to("nowhere")
    assert rules(CHECK, breaking.publication(whole.folder, None), "sample.html") == {"link"}


def test_a_folder_behind_a_link_is_found(whole: Publication, tmp_path: Path) -> None:
    shutil.move(whole.path("metadata"), tmp_path / "elsewhere")
    whole.path("metadata").symlink_to(tmp_path / "elsewhere")
    assert "link" in rules(CHECK, breaking.publication(whole.folder, None), MANIFEST)


def test_what_is_no_file_stops_nothing(whole: Publication) -> None:
    whole.path("sample.html").unlink()
    os.mkfifo(whole.path("sample.html"))
    assert rules(CHECK, breaking.publication(whole.folder, None), "sample.html") == {"no-file"}


def test_a_large_file_needs_little_memory(whole: Publication) -> None:
    """Half a gigabyte that takes no room on the disk; the memory that was ever taken hardly grows."""
    import resource

    with whole.path("sample.html").open("r+b") as file:
        file.truncate(1 << 29)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert rules(CHECK, whole, "sample.html") == {"wrong-size", "wrong-digest"}
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
