"""Schemas: a record that is not as its standard has it is found; one of which nothing is known has not passed."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

import breaking
from breaking import BROKEN, SINK, faults, passed, results, rules
from communique.checks.publication import Publication
from communique.checks.schemas import CHECK, xsd
from communique.checks.schemas.xsd import Schema
from conftest import MASTERS

DUBLIN, DATACITE, LINKED = "metadata/dublin-core.xml", "metadata/datacite.xml", "metadata/schema-org.jsonld"


def alone(folder: Path, name: str, content: bytes) -> Publication:
    """A publication with one record."""
    path = folder / "sample" / "metadata" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return breaking.publication(folder / "sample", None)


def broken(built: Path, folder: Path, name: str, old: str, new: str) -> set[str]:
    """The rules that a record of the kitchen sink breaks after a change."""
    one = breaking.copied(built, folder, name)
    breaking.rewrite(one.path(name), old, new)
    return rules(CHECK, one, name)


def test_every_good_record_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) == 9


@pytest.mark.parametrize(
    ("name", "record", "old", "new"),
    [
        ("SCHEMAV_ELEMENT_CONTENT.xml", "datacite.xml", "publicationDate", "publicationYear"),
        (
            "json-schema-required.jsonld",
            "schema-org.jsonld",
            '"inLanguage"',
            '"datePublished": "2024-02-29", "inLanguage"',
        ),
    ],
)
def test_the_broken_record_is_rejected_and_its_counterpart_is_not(
    tmp_path: Path, name: str, record: str, old: str, new: str
) -> None:
    one = alone(tmp_path, record, (BROKEN / name).read_bytes())
    assert rules(CHECK, one, f"metadata/{record}") == {name.rpartition(".")[0]}
    breaking.rewrite(one.path(f"metadata/{record}"), old, new, 2)
    assert faults(CHECK, one) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (DATACITE, "re:<publisher.*?</publisher>", ""),
        (DATACITE, "re:<titles>.*</titles>", ""),
        (DATACITE, 'dateType="Issued"', 'dateType="Isued"'),
        (DATACITE, "<publicationYear>2024", "<publicationYear>last year"),
        (DATACITE, 'identifierType="DOI"', ""),
        (DATACITE, 'resourceTypeGeneral="Text"', 'resourceTypeGeneral="Words"'),
        (DATACITE, "re:<language>.*?</language>", "<language>en</language><language>fr</language>"),
        (DATACITE, "</resource>", "<more/></resource>"),
        (DUBLIN, "re:<dc:title.*?</dc:title>", "<dc:titel>A</dc:titel>"),
        (DUBLIN, "</qualifieddc>", "<dcterms:isued>2024</dcterms:isued></qualifieddc>"),
        (DUBLIN, "dcterms:W3CDTF", "dcterms:W3DTF"),
        (DUBLIN, ">Text<", ">Prose<"),
    ],
)
def test_an_xml_record_that_is_wrong_is_found(built: Path, tmp_path: Path, name: str, old: str, new: str) -> None:
    assert broken(built, tmp_path, name, old, new)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("https://schema.org", "http://schema.org", "json-schema-const"),
        ('"Report"', '"Raport"', "json-schema-const"),
        ('"name"', '"nam"', "json-schema-required"),
        ('"alternateName"', '"alternatName"', "json-schema-additionalProperties"),
        ('"inLanguage": "en"', '"inLanguage": "english language"', "json-schema-pattern"),
        ('"2024-02-29"', '"29 February 2024"', "json-schema-pattern"),
        ('"2024-02-29"', '"2023-02-29"', "json-schema-format"),
        ('"identifier": "NO"', '"identifier": "Norway"', "json-schema-pattern"),
        ('"propertyID": "doi"', '"propertyID": "handle"', "json-schema-enum"),
        ('"GovernmentOrganization"', '"Person"', "json-schema-enum"),
        ('re:"author": \\[.*?\\]', '"author": []', "json-schema-minItems"),
        ('"contentUrl": "', '"contentUrl": "../', "json-schema-pattern"),
        ('re:"sha256": "..', '"sha256": "', "json-schema-pattern"),
        ('re:"contentSize": "(\\d+)"', '"contentSize": 12', "json-schema-type"),
        ("https://creativecommons.org/licenses/by/4.0/", "by", "json-schema-pattern"),
        ("re:^\\{", '{"name": "twice",', "unreadable"),
        ("re:\\}\\s*$", "", "unreadable"),
    ],
)
def test_a_json_record_that_is_wrong_is_found(built: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert rule in broken(built, tmp_path, LINKED, old, new)


@pytest.mark.parametrize("content", [b"", b" ", b"<resource", b"\0\0", b"%PDF"])
@pytest.mark.parametrize("name", ["datacite.xml", "schema-org.jsonld"])
def test_a_torn_record_is_found(tmp_path: Path, name: str, content: bytes) -> None:
    assert rules(CHECK, alone(tmp_path, name, content), f"metadata/{name}") == {"unreadable"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mods.xml", b'<mods xmlns="http://www.loc.gov/mods/v3"/>'),
        ("datacite.xml", b'<resource xmlns="http://datacite.org/schema/kernel-3"/>'),
        ("anything.json", b"{}"),
        ("marc.mrc", b"00714cam a2200205 a 4500"),
        ("notes.txt", b"words"),
    ],
)
def test_a_record_of_which_no_schema_is_known_is_unchecked(tmp_path: Path, name: str, content: bytes) -> None:
    (result,) = results(CHECK, alone(tmp_path, name, content))
    assert "no " in result.unchecked
    assert not passed(result)


def test_a_record_of_another_version_is_unchecked(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, DATACITE)
    breaking.rewrite(one.path(DATACITE), "kernel-4.7/", "kernel-4.6/")
    (result,) = results(CHECK, one)
    assert "kernel-4.6" in result.unchecked


def test_a_new_schema_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """MODS, which imports two other schemas by their addresses."""
    monkeypatch.setitem(xsd.SCHEMAS, "{http://www.loc.gov/mods/v3}mods", Schema("loc/mods/v3/mods-3-8.xsd"))
    good = b'<mods xmlns="http://www.loc.gov/mods/v3" version="3.8"><titleInfo><title>A</title></titleInfo></mods>'
    assert faults(CHECK, alone(tmp_path / "good", "mods.xml", good)) == []
    bad = good.replace(b"titleInfo", b"titelInfo")
    assert rules(CHECK, alone(tmp_path / "bad", "mods.xml", bad), "metadata/mods.xml") == {"SCHEMAV_ELEMENT_CONTENT"}


def test_no_connection_is_opened(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refused)
    xsd._schema.cache_clear()
    assert faults(CHECK, breaking.publication(built / SINK)) == []


def test_without_the_catalogue_nothing_passes(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from communique.checks.check import judge
    from communique.doctor import places

    monkeypatch.setattr(xsd, "find_spec", lambda _: None)
    said = judge({"schemas": CHECK}, [breaking.publication(built / SINK)], places(), lambda _: None)
    assert {result.unchecked for result in said} == {"the schemas are missing: install gams-xml-catalog (make judges)"}


def test_the_schema_at_hand_is_the_one_that_is_claimed() -> None:
    text = (xsd.catalog() / xsd.SCHEMAS["{http://datacite.org/schema/kernel-4}resource"].file).read_text("utf-8")
    assert "4.7" in text
    assert "DataCite Metadata Schema 4.7" in CHECK.standards


def test_a_copy_of_the_folder_of_reports_is_no_record(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, DATACITE)
    shutil.copytree(one.folder / "metadata", one.folder / "check")
    assert len(results(CHECK, breaking.publication(one.folder))) == 1
