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
from communique.checks.reading import bibtex
from communique.checks.schemas import CHECK, json_standards, marc, xsd
from communique.checks.schemas.xsd import Schema
from communique.records import SERIALIZERS
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
    assert len(results(CHECK, *these)) == 3 * len(SERIALIZERS)


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
    ("name", "rule", "old", "new"),
    [
        ("mods.xml", "SCHEMAV_ELEMENT_CONTENT", "gender>", "genre>"),
        ("marc.xml", "marc-lint", 'ind1="9"', 'ind1="1"'),
        ("premis.xml", "SCHEMAV_ELEMENT_CONTENT", "agentKind>", "agentType>"),
        ("mets.xml", "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2", " KIND=", " TYPE="),
        ("datacite.json", "json-schema-enum", '"Words"', '"Text"'),
        ("inveniordm.json", "json-schema-required", '"publisher"', '"publication_date": "2024-02-29", "publisher"'),
        ("citation.json", "json-schema-enum", "raport", "report"),
        ("citation.bib", "bibtex-missing", "  date", "  institution = {{Press Office}},\n  date"),
    ],
)
def test_each_broken_record_breaks_one_rule(tmp_path: Path, name: str, rule: str, old: str, new: str) -> None:
    one = alone(tmp_path, name, (BROKEN / "schemas" / name).read_bytes())
    assert rules(CHECK, one, f"metadata/{name}") == {rule}
    breaking.rewrite(one.path(f"metadata/{name}"), old, new, 2)
    assert faults(CHECK, one) == []


MODS, MARC, PREMIS = "metadata/mods.xml", "metadata/marc.xml", "metadata/premis.xml"
JSON, DEPOSIT, CITATION = "metadata/datacite.json", "metadata/inveniordm.json", "metadata/citation.json"
BIB, METS = "metadata/citation.bib", "metadata/mets.xml"


@pytest.mark.parametrize(
    "case",
    [
        (MODS, 'version="3.8"', 'version="3.9"', "SCHEMAV_CVC_ENUMERATION_VALID"),
        (MODS, "re:<typeOfResource>text</typeOfResource>", "<kind>text</kind>", "SCHEMAV_ELEMENT_CONTENT"),
        (MODS, 'encoding="w3cdtf"', 'encoding="w3c"', "SCHEMAV_CVC_ENUMERATION_VALID"),
        (MARC, "<leader>00000nam", "<leader>0000nam", "SCHEMAV_CVC_PATTERN_VALID"),
        (MARC, 'tag="245"', 'tag="24"', "SCHEMAV_CVC_PATTERN_VALID"),
        (MARC, 'code="a"', "", "SCHEMAV_CVC_COMPLEX_TYPE_4"),
        (MARC, "re:<datafield[^>]*245.*?</datafield>", "", "marc-missing"),
        (MARC, 're:tag="008">....', 'tag="008">', "marc-length"),
        (MARC, "000000.0<", "000000.00<", "marc-length"),
        (MARC, 're:tag="005">2', 'tag="005">', "marc-length"),
        (MARC, ">rdacontent<", "> <", "marc-empty"),
        (MARC, 'tag="246"', 'tag="240"', "marc-order"),
        (MARC, r"re:>eng</subfield>\s*</datafield>", ">enk</subfield></datafield>", "marc-lint"),
        (MARC, 'ind1="4" ind2="0" tag="856"', 'ind1="9" ind2="0" tag="856"', "marc-lint"),
        (MARC, 'tag="264"', 'tag="250"', "marc-lint"),
        (MARC, 'tag="191"', 'tag="130"', "marc-lint"),
        (PREMIS, 'xsi:type="representation"', 'xsi:type="representing"', "SCHEMAV_CVC_ELT_4_2"),
        (PREMIS, "<compositionLevel>0<", "<compositionLevel>x<", "SCHEMAV_CVC_DATATYPE_VALID_1_2_1"),
        (PREMIS, "re:<eventType.*?</eventType>", "", "SCHEMAV_ELEMENT_CONTENT"),
        (PREMIS, "<size>", "<size>x", "SCHEMAV_CVC_DATATYPE_VALID_1_2_1"),
        (METS, ' CHECKSUMTYPE="SHA-256"', ' CHECKSUMTYPE="SHA-3"', "SCHEMAV_CVC_ENUMERATION_VALID"),
        (METS, "re:<structMap.*</structMap>", "", "SCHEMAV_ELEMENT_CONTENT"),
        (METS, ' version="3.8"', ' version="3.9"', "SCHEMAV_CVC_ENUMERATION_VALID"),
        (METS, "<compositionLevel>0<", "<compositionLevel>x<", "SCHEMAV_CVC_DATATYPE_VALID_1_2_1"),
        (JSON, '"creators"', '"makers"', "json-schema-required"),
        (JSON, '"creators"', '"makers"', "json-schema-additionalProperties"),
        (JSON, '"doi": "10.1234', '"doi": "10/1234', "json-schema-pattern"),
        (JSON, '"Text"', '"Words"', "json-schema-enum"),
        (JSON, '"dateType": "Issued"', '"dateType": "Isued"', "json-schema-enum"),
        (JSON, "datacite.org/schema/kernel-4", "datacite.org/schema/kernel-3", "json-schema-const"),
        (DEPOSIT, '"metadata"', '"metadate"', "json-schema-required"),
        (DEPOSIT, '"organizational"', '"body"', "json-schema-enum"),
        (DEPOSIT, '"record": "public"', '"record": "open"', "json-schema-enum"),
        (DEPOSIT, '"enabled": true', '"enabled": "yes"', "json-schema-type"),
        (DEPOSIT, '"creators"', '"authors"', "json-schema-required"),
        (CITATION, '"id"', '"key"', "json-schema-required"),
        (CITATION, '"abstract"', '"summary"', "json-schema-additionalProperties"),
        (CITATION, '"title": "', '"title": 1, "annote": "', "json-schema-type"),
        (BIB, "@report", "@raport", "bibtex-entry"),
        (BIB, "re:$", "\n@misc{x,\n}\n", "bibtex-entry"),
        (BIB, "  title =", "  titel =", "bibtex-missing"),
        (BIB, "  title =", "  titel =", "bibtex-unknown"),
        (BIB, "  title =", "  title", "bibtex-syntax"),
        (BIB, "  title =", "  type =", "bibtex-syntax"),
        (BIB, "},\n  type", "}\n  type", "bibtex-syntax"),
        (BIB, "date = {2024-", "date = {24-", "bibtex-date"),
        (BIB, "\\&", "&", "bibtex-sign"),
        (BIB, "re:}\\s*$", "", "bibtex-syntax"),
        (BIB, "re:$", "words", "bibtex-syntax"),
    ],
)
def test_a_record_that_its_standard_forbids_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    name, old, new, rule = case
    assert rule in broken(built, tmp_path, name, old, new)


@pytest.mark.parametrize("name", [f"{each.stem}.{each.suffix}" for each in SERIALIZERS])
@pytest.mark.parametrize("content", [b"", b"\0\0"])
def test_no_torn_record_passes(tmp_path: Path, name: str, content: bytes) -> None:
    assert rules(CHECK, alone(tmp_path, name, content), f"metadata/{name}") & {"unreadable", "bibtex-syntax"}


@pytest.mark.parametrize("term", ["HasTranslation", "IsTranslationOf"])
def test_datacite_in_json_has_the_terms_that_its_last_versions_added(built: Path, tmp_path: Path, term: str) -> None:
    assert broken(built, tmp_path, JSON, "IsVersionOf", term) == set()


@pytest.mark.parametrize(
    ("module", "package", "name"), [(json_standards, "datacite", "datacite.json"), (marc, "marc_lint", "marc.xml")]
)
def test_without_its_judge_a_record_is_unchecked(
    built: Path, monkeypatch: pytest.MonkeyPatch, module: Any, package: str, name: str
) -> None:
    known = module.find_spec
    monkeypatch.setattr(module, "find_spec", lambda asked: None if asked == package else known(asked))
    json_standards.datacite.cache_clear()
    said = {each.path: each for each in results(CHECK, breaking.publication(built / SINK))}
    assert f"install {package.replace('_', '-')}" in said[f"metadata/{name}"].unchecked
    assert passed(said["metadata/mods.xml"])


@pytest.mark.parametrize(
    ("value", "words"),
    [(r"\{a\} \& \textasciitilde{}\textbackslash{} {B}", "{a} & ~\\ B"), ("plain", "plain"), (r"\#\%\_\$", "#%_$")],
)
def test_words_in_bibtex_are_read_as_they_are_meant(value: str, words: str) -> None:
    assert bibtex.plain(value) == words
    assert bibtex.bare_sign(value) == ""


def test_names_in_bibtex_are_parted_where_no_brace_keeps_them() -> None:
    assert bibtex.parts("{A and B} and {C}", " and ") == ["A and B", "C"]


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
        ('"accessMode": [', '"accessMode": "textual", "accessModes": [', "json-schema-additionalProperties"),
        ('"accessibilityHazard": [', '"accessibilityHazard": [1, ', "json-schema-type"),
        ('"application/epub+zip"', '"application/zip"', "json-schema-not"),
        ('"copyrightHolder": {', '"copyrightHolder": {"name2": "", ', "json-schema-additionalProperties"),
        ('re:"workTranslation": \\[.*?\\]', '"workTranslation": []', "json-schema-minItems"),
        ('"identifier": "kitchen-sink.fr"', '"identifier": "../fr"', "json-schema-pattern"),
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
        ("mads.xml", b'<mads xmlns="http://www.loc.gov/mads/v2"/>'),
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
    """An older MODS, which imports two other schemas by their addresses."""
    monkeypatch.setitem(xsd.SCHEMAS, "{http://www.loc.gov/mods/v3}mods", Schema("loc/mods/v3/mods-3-7.xsd"))
    good = b'<mods xmlns="http://www.loc.gov/mods/v3" version="3.7"><titleInfo><title>A</title></titleInfo></mods>'
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
    assert {result.unchecked for result in said} == {"the schemas are missing: install gams-xml-catalog (make)"}


def test_the_schema_at_hand_is_the_one_that_is_claimed() -> None:
    text = (xsd.catalog() / xsd.SCHEMAS["{http://datacite.org/schema/kernel-4}resource"].file).read_text("utf-8")
    assert "4.7" in text
    assert "DataCite Metadata Schema 4.7" in CHECK.standards


def test_a_copy_of_the_folder_of_reports_is_no_record(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, DATACITE)
    shutil.copytree(one.folder / "metadata", one.folder / "check")
    assert len(results(CHECK, breaking.publication(one.folder))) == 1
