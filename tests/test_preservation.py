"""The PREMIS record of a whole version: valid, complete, every link with its end, every term with its address."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from communique.packages import preservation
from communique.packages.contents import Contents, Role
from communique.packages.preservation import described, named
from communique.records import premis_terms
from communique.records.premis_elements import PREMIS
from communique.statement import Source
from conftest import MASTERS
from contents_samples import ENGLISH, FILES, FRENCH, PNG, full, part, small
from package_samples import gathered
from test_records_premis import XSD, texts
from test_records_standards import schema

P = f"{{{PREMIS}}}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
CASES = {
    "two editions": small(),
    "every field": full(),
    "no source": dataclasses.replace(small(), statements=(dataclasses.replace(ENGLISH, source=None),), verdicts=()),
    "nothing made": dataclasses.replace(small(), parts=small().of(Role.MASTER), verdicts=()),
}


def record(contents: Contents | None = None) -> etree._Element:
    return etree.fromstring(described(contents or small()))


def objects(root: etree._Element, kind: str) -> dict[str, etree._Element]:
    """The objects of a category by their first identifiers."""
    found = (each for each in root.iter(f"{P}object") if each.get(TYPE) == kind)
    return {texts(each, "objectIdentifierValue")[0]: each for each in found}


def relations(thing: etree._Element) -> list[tuple[str, str]]:
    return list(zip(texts(thing, "relationshipSubType"), texts(thing, "relatedObjectIdentifierValue"), strict=True))


def events(root: etree._Element, kind: str) -> list[etree._Element]:
    return [each for each in root.iter(f"{P}event") if texts(each, "eventType") == [kind]]


@pytest.mark.parametrize("case", CASES)
def test_the_record_is_valid_and_every_link_has_its_end(case: str) -> None:
    root = record(CASES[case])
    schema(XSD).assertValid(root)
    known = texts(root, "objectIdentifierValue")
    agents = texts(root, "agentIdentifierValue")
    assert len(set(agents)) == len(agents)
    firsts = [texts(each, "objectIdentifierValue")[0] for each in root.iter(f"{P}object")]
    assert len(set(firsts)) == len(firsts)
    happened = texts(root, "eventIdentifierValue")
    assert len(set(happened)) == len(happened)
    earlier = {name for thing in objects(root, "intellectualEntity").values() for _, name in relations(thing)}
    assert set(texts(root, "relatedObjectIdentifierValue")) <= {*known, *earlier}
    assert set(texts(root, "linkingObjectIdentifierValue")) <= set(known)
    assert set(texts(root, "linkingAgentIdentifierValue")) <= set(agents)


@pytest.mark.parametrize("folder", MASTERS, ids=lambda folder: str(folder.name))
def test_the_record_of_a_real_statement_is_valid_and_names_every_file(
    built: Path, folder: Path, tmp_path: Path
) -> None:
    contents = gathered(built, folder.name, tmp_path)
    root = record(contents)
    schema(XSD).assertValid(root)
    assert list(objects(root, "file")) == [part.path for part in contents.parts]
    assert set(objects(root, "representation")) == {f"{each.name}#representation" for each in contents.statements}
    unknown = [
        (texts(each, "formatName")[0], texts(each, "objectIdentifierValue")[0])
        for each in objects(root, "file").values()
        if not texts(each, "formatRegistryKey")
    ]
    assert [name for name, path in unknown if not path.endswith(".bib")] == []


def test_every_file_has_both_digests_its_size_and_its_format() -> None:
    found = objects(record(), "file")
    assert list(found) == sorted(FILES)
    for each in small().parts:
        thing = found[each.path]
        assert texts(thing, "messageDigestAlgorithm") == ["SHA-256", "SHA-512"]
        assert texts(thing, "messageDigest") == [each.sha256, each.sha512]
        assert texts(thing, "size") == [str(each.size)]
    keys = {path.rpartition(".")[2]: texts(thing, "formatRegistryKey") for path, thing in found.items()}
    assert keys["html"] == ["fmt/471"]
    assert keys["png"] == ["fmt/12"]
    assert keys["xml"] == ["fmt/101"]
    assert keys["pdf"] == []


def test_the_version_supersedes_the_one_before_it_and_represents_the_statement() -> None:
    entities = objects(record(), "intellectualEntity")
    assert list(entities) == ["sample", "sample-v2"]
    assert texts(entities["sample"], "objectIdentifierValue") == ["sample", ENGLISH.urn, "10.1234/sample", "A/1"]
    assert texts(entities["sample"], "objectIdentifierType") == ["local", "URN", "DOI", "document symbol"]
    assert texts(entities["sample-v2"], "objectIdentifierValue") == ["sample-v2", ENGLISH.version_urn]
    assert relations(entities["sample-v2"]) == [("is part of", "sample"), ("supersedes", "sample-v1")]
    first = dataclasses.replace(small(), statements=(dataclasses.replace(ENGLISH, revisions=()),))
    assert relations(objects(record(first), "intellectualEntity")["sample-v1"]) == [("is part of", "sample")]


def test_an_edition_says_what_it_was_translated_from_and_a_file_what_it_was_made_from() -> None:
    root = record()
    source = ("has source", "content/sample/source/letter of May.txt")
    editions = objects(root, "representation")
    assert relations(editions["sample#representation"]) == [("represents", "sample-v2"), source]
    translated = ("is translation of", "sample#representation")
    assert relations(editions["sample.fr#representation"]) == [("represents", "sample-v2"), translated, source]
    files = objects(root, "file")
    french = ("is included in", "sample.fr#representation")
    assert relations(files["build/sample/sample.fr.html"]) == [french, ("has source", "content/sample/statement.fr.md")]
    assert relations(files["content/sample/statement.fr.md"]) == [french, source]
    assert relations(files["build/sample/manifest.json"]) == [("is part of", "sample-v2")]


def test_the_events_are_those_of_the_statement_in_their_order() -> None:
    root = record()
    kinds = ["capture", "normalization", "creation", "creation", "message digest calculation", *["validation"] * 3]
    assert texts(root, "eventType") == kinds
    assert texts(root, "eventDateTime") == ["2024-05-03", *["2024-07-01"] * 4, *["2024-07-02"] * 3]
    assert texts(root, "eventDetail")[0] == "received from https://example.org/s?a=1&b"
    assert texts(root, "eventOutcome") == [*["success"] * 4, "fail", "unchecked"]
    (digests,) = events(root, "message digest calculation")
    assert texts(digests, "linkingObjectIdentifierValue") == sorted(FILES)
    (capture,) = events(root, "capture")
    assert texts(capture, "linkingObjectIdentifierValue") == ["content/sample/source/letter of May.txt"]
    assert texts(capture, "linkingObjectRole") == ["outcome"]


def test_what_is_made_from_a_master_is_linked_with_it() -> None:
    english, french = events(record(), "creation")
    assert texts(french, "linkingObjectIdentifierValue") == [
        "content/sample/statement.fr.md",
        "build/sample/metadata/dublin-core.fr.xml",
        "build/sample/sample.fr.html",
    ]
    assert texts(french, "linkingObjectRole") == ["source", "outcome", "outcome"]
    assert texts(english, "linkingAgentIdentifierValue") == ["communique", "pandoc"]
    assert texts(english, "linkingAgentRole") == ["executing program", "executing program"]


def test_each_verdict_is_an_event_with_its_judge_its_outcome_and_its_files() -> None:
    verapdf, nu, whole = events(record(), "validation")
    assert texts(verapdf, "linkingAgentIdentifierValue") == ["veraPDF (verapdf)"]
    assert texts(verapdf, "linkingAgentRole") == ["validator"]
    assert texts(verapdf, "linkingObjectIdentifierValue") == ["build/sample/sample.pdf"]
    files = ["build/sample/sample.html", "build/sample/sample.fr.html"]
    assert texts(nu, "linkingObjectIdentifierValue") == files
    assert texts(whole, "linkingObjectIdentifierValue") == ["sample-v2"]


def test_the_agents_are_the_publisher_the_programs_and_the_judges_with_their_versions() -> None:
    root = record()
    judges = ["veraPDF (verapdf)", "Nu HTML Checker (nu)", "Communique (fixity)"]
    assert texts(root, "agentName") == ["The Office", "communique", "pandoc", *judges]
    assert texts(root, "agentVersion") == ["0.1.0", "3.9", "1.30.1", "26.1", "0.1.0"]
    assert texts(root, "agentType") == ["organization", *["software"] * 5]


VOCABULARIES = {
    "agentType": "agentType",
    "eventOutcome": "eventOutcome",
    "eventType": "eventType",
    "linkingAgentRole": "eventRelatedAgentRole",
    "linkingObjectRole": "eventRelatedObjectRole",
    "messageDigestAlgorithm": "cryptographicHashFunctions",
    "relationshipSubType": "relationshipSubType",
    "relationshipType": "relationshipType",
}


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_word_of_a_vocabulary_has_its_address(name: str) -> None:
    vocabulary = VOCABULARIES[name]
    place = f"http://id.loc.gov/vocabulary/preservation/{vocabulary}"
    found = list(record().iter(f"{P}{name}"))
    assert found
    for each in found:
        if each.text in ("is translation of", "unchecked"):  # Neither has a word there.
            assert dict(each.attrib) == {}
            continue
        code = premis_terms.CODES[vocabulary][each.text or ""]
        assert dict(each.attrib) == {"authority": vocabulary, "authorityURI": place, "valueURI": f"{place}/{code}"}


def test_an_edition_that_was_received_apart_has_an_origin_of_its_own() -> None:
    source = Source("https://example.org/fr", "", "", "2024-05-04")
    apart = dataclasses.replace(FRENCH, source=source)
    root = record(dataclasses.replace(small(), statements=(ENGLISH, apart)))
    assert texts(root, "eventType")[:4] == ["capture", "normalization", "capture", "normalization"]
    assert texts(root, "eventDetail")[2] == "received from https://example.org/fr"
    publishers = [
        name for name, kind in zip(texts(root, "agentName"), texts(root, "agentType"), strict=True) if kind[0] == "o"
    ]
    assert publishers == ["The Office"]
    schema(XSD).assertValid(root)


def test_what_was_not_kept_is_not_linked() -> None:
    gone = dataclasses.replace(ENGLISH, source=Source("https://example.org/s", "source/gone.txt", "", "2024-05-03"))
    root = record(dataclasses.replace(small(), statements=(gone,)))
    assert "gone" not in etree.tostring(root, encoding="unicode")
    assert texts(events(root, "capture")[0], "linkingObjectIdentifierValue") == []


def test_a_large_file_is_not_read_and_nothing_is_read_that_tells_no_format(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> Iterator[bytes]:
        raise AssertionError

    parts = (
        dataclasses.replace(part("content/sample/media/a.pdf", Role.MASTER, "application/pdf", "", b""), size=2 << 30),
        part("content/sample/media/a.mp4", Role.MASTER, "video/mp4", "", b"film"),
    )
    unread = tuple(dataclasses.replace(each, pieces=never) for each in parts)
    film, paper = objects(record(dataclasses.replace(small(), parts=unread, verdicts=())), "file").values()
    assert texts(film, "formatName") == ["Acrobat PDF - Portable Document Format"]
    assert texts(paper, "formatName") == ["video/mp4"]
    monkeypatch.setattr(preservation, "_MOST", len(PNG) - 1)
    kept = objects(record(), "file")["content/sample/media/flag of May & more.png"]
    assert texts(kept, "formatRegistryKey") == []


def test_the_record_is_the_same_every_time_and_named_as_its_packages_are() -> None:
    assert described(small()) == described(small())
    assert named(small()) == "sample-v2"


def test_a_record_of_some_files_has_the_same_names_for_the_same_events() -> None:
    some = record(dataclasses.replace(small(), parts=small().of(Role.MASTER, Role.SOURCE), verdicts=()))
    assert set(texts(some, "eventIdentifierValue")) < set(texts(record(), "eventIdentifierValue"))
    assert set(texts(some, "eventIdentifierType")) == {"URN"}


@pytest.mark.parametrize("sign", ["\udcff", "\x01", "\uffff"])
def test_a_name_that_xml_cannot_hold_stops_no_record(sign: str) -> None:
    odd = part(f"content/sample/media/{sign}.png", Role.MASTER, "image/png", "", b"")
    root = record(dataclasses.replace(small(), parts=(*small().parts, odd)))
    assert "content/sample/media/\N{REPLACEMENT CHARACTER}.png" in objects(root, "file")
