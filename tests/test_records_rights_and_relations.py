"""What a record says of the rights and of other things: no licence where none is, nothing made from itself."""

from __future__ import annotations

import dataclasses
import json

import pytest
from lxml import etree

from communique.records import bibtex, datacite, datacite_json, dublin_core, inveniordm, schema_org
from communique.records.edition import Edition
from communique.statement import Identifier, Rights, Statement
from record_samples import FULL

NOTICE = "http://rightsstatements.org/vocab/CNE/1.0/"
DESCRIBED = dataclasses.replace(FULL, rights=Rights("Copyright Not Evaluated", NOTICE))
RECEIVED_WHERE_IT_STANDS = dataclasses.replace(FULL, identifiers=(Identifier("url", "https://example.org/s"),))
RELATED = "relatedIdentifiers"


def test_a_statement_of_rights_is_no_licence() -> None:
    assert "license" not in (said := json.loads(schema_org.serialize(Edition(DESCRIBED))))
    assert (said["usageInfo"], said["copyrightNotice"]) == (NOTICE, "Copyright Not Evaluated")
    assert list(etree.fromstring(dublin_core.serialize(Edition(DESCRIBED))).iter("{*}license")) == []


def test_a_licence_is_one() -> None:
    said = json.loads(schema_org.serialize(Edition(FULL)))
    assert said["license"] == FULL.rights.uri
    assert "usageInfo" not in said


def test_schema_org_says_what_kind_of_document_it_is_and_what_it_cites() -> None:
    said = json.loads(schema_org.serialize(Edition(FULL)))
    assert said["genre"] == "Joint statement"
    assert said["citation"][0]["identifier"] == "1 UNTS XVI"


@pytest.mark.parametrize(("given", "count"), [(FULL, 1), (RECEIVED_WHERE_IT_STANDS, 0)])
def test_nothing_is_derived_from_itself(given: Statement, count: int) -> None:
    edition = Edition(given)
    of_datacite = json.loads(datacite_json.serialize(edition))[RELATED]
    assert [each["relationType"] for each in of_datacite].count("IsDerivedFrom") == count
    assert datacite.serialize(edition).count(b"IsDerivedFrom") == count
    deposit = json.loads(inveniordm.serialize(edition))["metadata"]["related_identifiers"]
    assert [each["relation_type"]["id"] for each in deposit].count("isderivedfrom") == count
    assert all(each.keys() == {"identifier", "scheme", "relation_type"} for each in deposit)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("sq", "Albanian"),
        ("zh-Hant", "Chinese"),
        ("nb", "Norwegian Bokmål"),
        ("pt-BR", "Portuguese"),
    ],
)
def test_a_citation_prints_the_name_of_the_language(tag: str, name: str) -> None:
    given = dataclasses.replace(FULL, language=tag, editions=(tag,))
    assert f"language = {{{name}}}" in bibtex.serialize(Edition(given)).decode()
