"""Crates: every byte changed, every file too many or too few, every line doubled and every rule broken is found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.checks.packages import ro_crate
from communique.checks.packages.files import tree
from communique.checks.packages.ro_crate import names
from communique.checks.packages.ro_crate.names import LISTING, METADATA, PREVIEW
from crate_samples import PAYLOAD, Change, Graph, document, graph, lay, listed, misread, preview, rules, whole

FILES = sorted(whole())


def test_a_whole_crate_has_nothing_against_it(tmp_path: Path) -> None:
    assert list(ro_crate.remarks(tree(lay(tmp_path, whole())))) == []


def test_the_list_is_one_that_sha256sum_takes(tmp_path: Path) -> None:
    lay(tmp_path, whole())
    assert (
        os.spawnvp(os.P_WAIT, "sh", ["sh", "-c", f"cd '{tmp_path}' && sha256sum --check --strict --quiet {LISTING}"])
        == 0
    )


@pytest.mark.parametrize("name", [METADATA, PREVIEW, LISTING])
def test_a_crate_is_known_by_any_of_its_own_files(name: str, tmp_path: Path) -> None:
    assert ro_crate.recognises(tree(lay(tmp_path, {name: b"", "x": b""})))


def test_other_folders_are_no_crates(tmp_path: Path) -> None:
    assert not ro_crate.recognises(tree(lay(tmp_path, {"bagit.txt": b"", f"metadata/{LISTING}": b"", **PAYLOAD})))


def test_the_files_of_the_statement_lie_where_they_lay(tmp_path: Path) -> None:
    assert ro_crate.places(tree(lay(tmp_path, whole()))) == {name: name for name in sorted(PAYLOAD)}


@pytest.mark.parametrize("name", FILES)
def test_every_byte_that_changes_is_found(name: str, tmp_path: Path) -> None:
    content = whole()[name]
    lay(tmp_path, whole())
    few = name != LISTING
    for position in range(0, len(content), max(len(content) // 9, 1) if few else 1):
        for changed in (content[position] ^ 0x20, content[position] ^ 0x01):
            (tmp_path / name).write_bytes(content[:position] + bytes([changed]) + content[position + 1 :])
            found = {each.rule for each in misread(tmp_path)}
            assert found, (name, position, changed)


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_is_missing_emptied_or_cut_is_found(name: str, tmp_path: Path) -> None:
    lay(tmp_path, {other: content for other, content in whole().items() if other != name})
    assert "missing" in rules(tmp_path)
    for content in (b"", whole()[name][:-1]):
        assert rules(lay(tmp_path, {name: content}))


@pytest.mark.parametrize("name", ["extra.txt", "content/one/.hidden", "checksum.md5", "ro-crate-preview_files/x.css"])
def test_every_file_too_many_is_found(name: str, tmp_path: Path) -> None:
    assert rules(lay(tmp_path, {**whole(), name: b""})) == {"not-listed", "not-described"}
    assert rules(lay(tmp_path, listed({**whole(), name: b""}))) == {"not-described", "wrong-size"}


def test_every_doubled_line_is_found(tmp_path: Path) -> None:
    lines = whole()[LISTING].splitlines(keepends=True)
    lay(tmp_path, whole())
    for number, line in enumerate(lines):
        for place in (number, len(lines)):
            (tmp_path / LISTING).write_bytes(b"".join([*lines[:place], line, *lines[place:]]))
            assert "listed-twice" in rules(tmp_path)


LINES = whole()[LISTING].splitlines(keepends=True)
TEXT = b"".join(LINES)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("list-unreadable", b""),
        ("list-unreadable", TEXT[:-1]),
        ("list-unreadable", TEXT + b"\n"),
        ("list-unreadable", b"\xff" + TEXT),
        ("list-unreadable", b"\xef\xbb\xbf" + TEXT),
        ("list-unreadable", TEXT.replace(b"  ", b" *", 1)),
        ("list-unreadable", TEXT.replace(b"\n", b"\r\n")),
        ("list-unreadable", LINES[0][:64].upper() + LINES[0][64:] + b"".join(LINES[1:])),
        ("list-unreadable", b"\\" + TEXT),
        ("list-unreadable", TEXT.replace(rb"\nand", rb"\tand")),
        ("list-disordered", b"".join(reversed(LINES))),
        ("missing", TEXT + b"0" * 64 + b"  z.txt\n"),
        ("missing", TEXT + b"0" * 64 + b"  z/../../secret\n"),
        ("not-listed", b"".join(LINES[1:])),
        ("wrong-digest", b"0" * 64 + TEXT[64:]),
    ],
)
def test_a_list_that_is_not_as_it_is_written_is_found(rule: str, text: bytes, tmp_path: Path) -> None:
    assert rule in rules(lay(tmp_path, {**whole(), LISTING: text}))


def put(name: str, key: str, value: Any) -> Change:
    """A change that sets a property of an entity."""

    def change(entities: Graph) -> None:
        entities[name][key] = value

    return change


def without(name: str, key: str) -> Change:
    """A change that takes a property from an entity."""
    return lambda entities: entities[name].pop(key)


def instead(name: str, other: str) -> Change:
    """A change that gives an entity another @id, wherever it is spoken of."""

    def change(entities: Graph) -> None:
        changed = json.loads(json.dumps(entities).replace(json.dumps(name), json.dumps(other)))
        entities.clear()
        entities.update(changed)

    return change


def folder(name: str) -> Change:
    """A change that describes a folder, as a part of the whole."""

    def change(entities: Graph) -> None:
        entities[name] = {"@id": name, "@type": "Dataset", "name": "A folder"}
        entities["./"]["hasPart"].append({"@id": name})

    return change


STATEMENT = "content/one/statement.md"
LETTER = "content/one/source/letter%20of%20May.txt"
BROKEN: list[tuple[str, Change]] = [
    ("no-id", without("#here", "@id")),
    ("no-id", put("#here", "@id", "")),
    ("described-twice", put("#pass", "@id", "#here")),
    ("no-type", without("#pass", "@type")),
    ("no-type", put("#pass", "@type", [])),
    ("no-type", put("#pass", "@type", ["Thing", 1])),
    ("no-name", without("#pass", "name")),
    ("no-name", put("#pass", "name", " ")),
    ("no-name", put("#pass", "name", 1)),
    ("term-unknown", put("#pass", "@type", ["DefinedTerm", "Verdict"])),
    ("term-unknown", put("#pass", "means", "good")),
    ("term-unknown", put("#pass", "@reverse", "good")),
    ("not-compact", put("#pass", "description", ["one"])),
    ("not-compact", put("#pass", "description", [])),
    ("not-flat", put("#pass", "description", {"@value": "one"})),
    ("not-flat", put("#pass", "description", {"@id": "./", "name": "One"})),
    ("not-flat", put("#pass", "description", [["a"], "b"])),
    ("not-flat", put("#pass", "description", None)),
    ("not-flat", put("#pass", "description", "")),
    ("not-described", put("#pass", "sameAs", {"@id": "#nothing"})),
    ("not-described", put("#pass", "sameAs", {"@id": "https://example.org/nothing"})),
    ("not-described", put("#pass", "conformsTo", {"@id": "https://w3id.org/ro/crate/1.2"})),
    ("not-reachable", put("#judged", "result", {"@id": "#here"})),
    ("id-form", instead("#pass", "# pass")),
    ("id-form", instead("#pass", "#")),
    ("id-form", instead("#pass", "#p%61ss")),
    ("id-form", instead(LETTER, "content/one/source/letter of May.txt")),
    ("id-form", instead(LETTER, "./content/one/source/letter%20of%20May.txt")),
    ("id-form", instead(LETTER, "../content/one/source/letter%20of%20May.txt")),
    ("id-form", instead(STATEMENT, "content\\one\\statement.md")),
    ("id-form", instead(STATEMENT, "/content/one/statement.md")),
    ("id-form", instead(STATEMENT, "content//one/statement.md")),
    ("id-form", instead("https://example.org/licence", "https://example.org/a licence")),
    ("descriptor", lambda entities: entities.pop(METADATA)),
    ("descriptor", put(METADATA, "@type", "Thing")),
    ("descriptor", put(METADATA, "conformsTo", {"@id": "https://w3id.org/ro/crate/1.1"})),
    ("descriptor", put(METADATA, "conformsTo", "https://w3id.org/ro/crate/1.2")),
    ("descriptor", without(METADATA, "conformsTo")),
    ("descriptor", without(METADATA, "about")),
    ("descriptor", put(METADATA, "about", [{"@id": "./"}, {"@id": "#here"}])),
    ("root", instead("./", "#root")),
    ("root", put("./", "@type", "CreativeWork")),
    *(("root", without("./", key)) for key in ("name", "description", "datePublished", "license", "publisher")),
    ("root", put("./", "publisher", "Office")),
    ("root", put("./", "publisher", {"@id": "#here"})),
    ("root", put("./", "identifier", "A/1")),
    ("root", put("./", "spatialCoverage", {"@id": "#office"})),
    ("root", put("./", "license", "Free")),
    ("root", without("https://example.org/licence", "description")),
    *(("no-day", put("./", "datePublished", day)) for day in ("2024", "2024-02-30", "6 May 2024", 2024, "20240506")),
    ("no-day", put("./", "datePublished", ["2024-05-06", "2024-05-07"])),
    ("no-day", put("#made", "endTime", "yesterday")),
    ("no-part", lambda entities: entities["./"]["hasPart"].pop(0)),
    ("no-part", lambda entities: entities["./"]["hasPart"].append({"@id": METADATA})),
    ("no-part", lambda entities: entities["./"]["hasPart"].append({"@id": PREVIEW})),
    *(("says-too-little", without(STATEMENT, key)) for key in ("description", "encodingFormat", "contentSize")),
    *(("says-too-little", without("#pen", key)) for key in ("url", "version")),
    *(("says-too-little", without("#symbol", key)) for key in ("propertyID", "value")),
    *(("says-too-little", without("#made", key)) for key in ("agent", "endTime", "object")),
    *(("says-too-little", without("#judged", key)) for key in ("agent", "instrument", "result")),
    ("wrong-size", put(STATEMENT, "contentSize", "1")),
    ("wrong-size", put(LISTING, "contentSize", "1")),
    ("wrong-digest", put(STATEMENT, "sha256", "0" * 64)),
    ("wrong-digest", without(STATEMENT, "sha256")),
    ("missing", instead(STATEMENT, "content/one/gone.md")),
    ("missing", folder("content/two/")),
    ("missing", folder("content/one")),
    ("not-described", put(STATEMENT, "@type", "CreativeWork")),
]


@pytest.mark.parametrize(
    ("rule", "change"), BROKEN, ids=[f"{number}-{rule}" for number, (rule, _) in enumerate(BROKEN)]
)
def test_every_rule_finds_what_breaks_it(rule: str, change: Change, tmp_path: Path) -> None:
    assert rule in rules(lay(tmp_path, whole(change)))


def test_a_folder_that_is_there_may_be_described(tmp_path: Path) -> None:
    assert rules(lay(tmp_path, whole(folder("content/one/")))) == set()


def _text(change: Callable[[dict[str, Any]], Any]) -> bytes:
    value = document(graph())
    return json.dumps(change(value) or value).encode()


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("unreadable", b""),
        ("unreadable", b"{"),
        ("unreadable", b"\xff"),
        ("unreadable", b'{"@context": 1, "@context": 2, "@graph": []}'),
        ("unreadable", b'{"@context": NaN}'),
        ("no-graph", b"[]"),
        ("no-graph", _text(lambda value: value.pop("@graph") and {"@context": 1})),
        ("no-graph", _text(lambda value: value.update(more=1))),
        ("no-graph", _text(lambda value: value.update({"@graph": {}}))),
        ("no-id", _text(lambda value: value["@graph"].append("word"))),
        ("context", _text(lambda value: value.update({"@context": "https://w3id.org/ro/crate/1.1/context"}))),
        ("context", _text(lambda value: value.update({"@context": []}))),
        ("context", _text(lambda value: value["@context"].append("https://example.org/more"))),
        ("context", _text(lambda value: value["@context"].append({"means": {"@id": "x"}}))),
        ("context", _text(lambda value: value["@context"].append({"means": "what it means"}))),
        ("term-unknown", _text(lambda value: value.update({"@context": value["@context"][0]}))),
    ],
)
def test_a_document_that_is_no_description_is_found(rule: str, content: bytes, tmp_path: Path) -> None:
    assert rule in rules(lay(tmp_path, listed({**whole(), METADATA: content})))


@pytest.mark.parametrize(
    ("rule", "content"),
    [
        ("unreadable", b""),
        ("unreadable", b"\xff"),
        ("preview", preview(graph()).replace(b"<ul>", b"<script></script><ul>")),
        ("preview", preview(graph()).replace(b"content/one/statement.md", b"content/one/gone.md")),
        ("preview", preview(graph()).replace(b"<ul>", b'<a href="gone.html">x</a><ul>')),
    ],
)
def test_a_page_that_leads_astray_is_found(rule: str, content: bytes, tmp_path: Path) -> None:
    assert rules(lay(tmp_path, listed({**whole(), PREVIEW: content}))) == {rule}


def test_a_crate_without_its_page_is_found_even_where_the_list_agrees(tmp_path: Path) -> None:
    files = {name: content for name, content in whole().items() if name != PREVIEW}
    assert {"missing"} <= rules(lay(tmp_path, listed(files))) <= {"missing", "wrong-size"}


def test_links_and_pipes_are_no_files(tmp_path: Path) -> None:
    lay(tmp_path, whole())
    (tmp_path / "link").symlink_to(tmp_path / METADATA)
    os.mkfifo(tmp_path / "pipe")
    assert rules(tmp_path) == {"no-file"}


@pytest.mark.parametrize(
    ("identifier", "is_good"),
    [
        ("./", True),
        ("#a", True),
        ("_:a", True),
        ("面试.mp4", True),
        ("a%20b.txt", True),
        ("a&b+c=(d).txt", True),
        ("a%5Bb%5D.txt", True),
        ("a%E2%80%8Bb.txt", True),
        ("urn:uuid:1", True),
        ("https://example.org/a?b#c", True),
        ("%E9%9D%A2.mp4", False),
        ("a%2520b%", False),
        ("a%2", False),
        ("a[b].txt", False),
        ("a\u200bb.txt", False),
        ("a#b", False),
        ("a?b", False),
        ("../a", False),
        ("a/./b", False),
        ("_:", False),
        ("", False),
    ],
)
def test_the_form_of_identifiers(identifier: str, is_good: bool) -> None:
    assert (names.fault(identifier) == "") is is_good
