"""E-ARK packages: every byte that changes, every file too many or too few, and every requirement that is not met."""

from __future__ import annotations

import copy
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from communique.checks.packages import preserved, sip, sip_rules
from communique.checks.packages.files import digests, tree
from communique.checks.packages.kinds import KINDS
from communique.checks.packages.sip_rules import NAMESPACES, Rule
from communique.checks.verdict import Severity
from communique.packages import sip as packager
from contents_samples import small

NAME = "sample-v2-sip"
M, X = "{http://www.loc.gov/METS/}", "{http://www.w3.org/1999/xlink}"
SEAL = re.compile(rb"(zeros in place of this value\">)[0-9a-f]{64}")
MASTER = "representations/master/METS.xml"
PREMIS = "metadata/preservation/premis.xml"
STATEMENT = "representations/master/data/content/sample/statement.md"


@cache
def whole() -> Mapping[str, bytes]:
    """A good package by the names of its files."""
    return {entry.name: b"".join(entry.pieces()) for entry in packager.pack(small())}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A good package in its folder."""
    folder = tmp_path / NAME
    for name, content in whole().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def rules(place: Path) -> set[str]:
    """The rules that a package breaks."""
    return {remark.rule for remark in sip.remarks(tree(place))}


def sealed(content: bytes) -> bytes:
    """METS.xml as somebody would leave it who knows how it is sealed."""
    zeros = SEAL.sub(lambda match: match[1] + b"0" * 64, content)
    return SEAL.sub(lambda match: match[1] + hashlib.sha256(zeros).hexdigest().encode(), content)


def forged(place: Path, change: Callable[[etree._Element], None]) -> set[str]:
    """The rules that a package breaks whose METS.xml was changed and sealed again."""
    root = etree.fromstring(whole()["METS.xml"])
    change(root)
    (place / "METS.xml").write_bytes(sealed(etree.tostring(root, encoding="utf-8", xml_declaration=True)))
    return rules(place)


def test_a_whole_package_has_nothing_against_it(place: Path) -> None:
    assert rules(place) == set()
    kind = next(kind for kind in KINDS if kind.recognises(tree(place)))
    assert (kind.name, kind.seal) == ("E-ARK SIP 2.2.0", "METS.xml")


# Every byte, every file, every line.


@pytest.mark.parametrize("name", sorted(whole()))
def test_a_byte_that_changes_is_found(name: str, place: Path) -> None:
    content = whole()[name]
    third = max(1, len(content) // 3)
    for start in range(0, len(content), third):
        for position in {start, min(start + third // 2, len(content) - 1), min(start + third, len(content)) - 1}:
            for bit in (0x01, 0x20):
                changed = bytes([content[position] ^ bit])
                (place / name).write_bytes(content[:position] + changed + content[position + 1 :])
                assert rules(place), (name, position, bit)


@pytest.mark.parametrize("bit", [0x01, 0x20])
def test_every_byte_of_the_list_is_sealed(bit: int) -> None:
    content = whole()["METS.xml"]
    for position in range(len(content)):
        changed = content[:position] + bytes([content[position] ^ bit]) + content[position + 1 :]
        assert list(sip._seal(changed)), position


@pytest.mark.parametrize("name", sorted(whole()))
def test_a_file_that_is_missing_is_found(name: str, place: Path) -> None:
    (place / name).unlink()
    assert rules(place) & {"missing", "CSIPSTR4", "CSIPSTR12"}
    assert any(kind.recognises(tree(place)) for kind in KINDS)


@pytest.mark.parametrize("folder", sorted({"", *(f"{name.rpartition('/')[0]}/" for name in whole() if "/" in name)}))
def test_a_file_too_many_is_found(folder: str, place: Path) -> None:
    (place / f"{folder}more.txt").write_bytes(b"")
    assert "not-listed" in rules(place)


@pytest.mark.parametrize("name", [name for name in sorted(whole()) if name.endswith("METS.xml")])
def test_a_line_that_is_doubled_or_gone_is_found(name: str, place: Path) -> None:
    lines = whole()[name].splitlines(keepends=True)
    for number, line in enumerate(lines):
        for instead in (line * 2, b""):
            (place / name).write_bytes(b"".join([*lines[:number], instead, *lines[number + 1 :]]))
            assert rules(place), (name, number)


@pytest.mark.parametrize("name", sorted(whole()))
def test_a_file_that_is_empty_cut_or_longer_is_found(name: str, place: Path) -> None:
    for content in (b"", whole()[name][:-1], whole()[name] + b"\n"):
        (place / name).write_bytes(content)
        assert rules(place), (name, len(content))


def test_a_link_is_no_file(place: Path) -> None:
    (place / STATEMENT).rename(place.parent / "elsewhere")
    (place / STATEMENT).symlink_to(place.parent / "elsewhere")
    assert {"no-file", "missing"} <= rules(place)


# A list that was forged.


def file_of(root: etree._Element, href: str) -> etree._Element:
    """The element that lists a file."""
    places = (each for each in root.iter(f"{M}FLocat", f"{M}mdRef") if each.get(f"{X}href") == href)
    found = next(places)
    return found if found.tag == f"{M}mdRef" else found.getparent()  # type: ignore[return-value]


def changed(href: str, attribute: str, value: str) -> Callable[[etree._Element], None]:
    return lambda root: file_of(root, href).set(attribute, value)


def moved(href: str, to: str) -> Callable[[etree._Element], None]:
    def change(root: etree._Element) -> None:
        element = file_of(root, href)
        (element if element.tag == f"{M}mdRef" else element[0]).set(f"{X}href", to)

    return change


def doubled(root: etree._Element) -> None:
    element = file_of(root, "documentation/report.html")
    twin = copy.deepcopy(element)
    twin.set("ID", "another")
    element.addnext(twin)


def twins(root: etree._Element) -> None:
    file_of(root, "documentation/report.html").set("ID", "package-documentation-1")


def unlisted(root: etree._Element) -> None:
    element = file_of(root, "documentation/report.html")
    element.getparent().remove(element)  # type: ignore[union-attr]


REPORT = "documentation/report.html"
FORGED: dict[str, tuple[str, Callable[[etree._Element], None]]] = {
    "a digest of something else": ("wrong-digest", changed(REPORT, "CHECKSUM", "0" * 64)),
    "a digest in capitals": ("CSIP71", changed(REPORT, "CHECKSUM", "A" * 64)),
    "a size of something else": ("wrong-size", changed(REPORT, "SIZE", "1")),
    "a file listed twice": ("listed-twice", doubled),
    "a name given twice": ("identifier-twice", twins),
    "a file that is not listed": ("not-listed", unlisted),
    "a file that is not there": ("missing", moved(REPORT, "documentation/other.html")),
    "a place above": ("outside-the-package", moved(REPORT, "../report.html")),
    "a place from the root": ("outside-the-package", moved(REPORT, "/etc/passwd")),
    "a hidden place above": ("outside-the-package", moved(REPORT, "documentation/%2E%2E/report.html")),
    "a place on the web": ("outside-the-package", moved(REPORT, "https://example.org/report.html")),
    "a place with a question": ("outside-the-package", moved(REPORT, "documentation/report.html?a")),
    "a place that is empty": ("outside-the-package", moved(REPORT, "")),
    "no digest of its own": ("seal", lambda root: root[0].remove(next(root.iter(f"{M}metsDocumentID")))),
    "two digests of its own": (
        "seal",
        lambda root: root[0].append(copy.deepcopy(next(root.iter(f"{M}metsDocumentID")))),
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_list_that_was_forged_and_sealed_again_is_found(case: str, place: Path) -> None:
    rule, change = FORGED[case]
    assert rule in forged(place, change)


def test_a_forger_who_changes_nothing_is_no_forger(place: Path) -> None:
    assert forged(place, lambda _: None) == set()


# The history.


def history(place: Path, old: bytes, new: bytes) -> set[str]:
    """The rules that a PREMIS record breaks by itself."""
    content = whole()[PREMIS]
    assert old in content
    (place / PREMIS).write_bytes(content.replace(old, new, 1))
    package = tree(place)
    found = {name: digests(package.path(name), preserved.ALGORITHMS) for name in package.names}
    return {remark.rule for remark in preserved.remarks(package, PREMIS, sip.places(package), found)}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"<size>26<", b"<size>27<", "premis-fixity"),
        (hashlib.sha512(whole()[STATEMENT]).hexdigest().encode(), b"0" * 128, "premis-fixity"),
        (hashlib.sha256(whole()[STATEMENT]).hexdigest().encode(), b"0" * 64, "premis-fixity"),
        (b">SHA-512<", b">SHA-384<", "premis-fixity"),
        (b"<objectIdentifierValue>content/sample/statement.md<", b"<objectIdentifierValue>other.md<", "premis-object"),
        (b">content/sample/source/letter of May.txt</rel", b">elsewhere</rel", "premis-link"),
        (b"<linkingAgentIdentifierValue>pandoc<", b"<linkingAgentIdentifierValue>nobody<", "premis-link"),
        (b"<linkingObjectIdentifierValue>sample-v2<", b"<linkingObjectIdentifierValue>sample-v9<", "premis-link"),
        (b"</premis>", b"", "premis-unreadable"),
    ],
)
def test_a_history_of_something_else_is_found(place: Path, old: bytes, new: bytes, rule: str) -> None:
    assert rule in history(place, old, new)


def test_a_true_history_has_nothing_against_it(place: Path) -> None:
    assert history(place, b"<premis", b"<premis") == set()


# Every requirement.


def roots() -> Iterator[tuple[str, etree._Element, str, tuple[Rule, ...]]]:
    """Each document with its name, what it is of, and what is asked of it."""
    package = etree.fromstring(whole()["METS.xml"])
    yield "METS.xml", package, NAME, sip_rules.PACKAGE
    yield "METS.xml", package, "master", sip_rules.POINTERS
    yield MASTER, etree.fromstring(whole()[MASTER]), "master", sip_rules.REPRESENTATION


def mutants(root: etree._Element) -> Iterator[etree._Element]:
    """Every document that differs in one thing: an attribute is gone or another, an element is gone or there twice."""
    for number, element in enumerate(root.iter(f"{M}*")):
        for attribute in map(str, element.attrib):
            for value in (None, "OTHER", "x"):
                mutant, its = twin(root, number)
                if value is None:
                    its.attrib.pop(attribute)
                else:
                    its.set(attribute, value)
                yield mutant
        if element is not root:
            mutant, its = twin(root, number)
            its.addnext(copy.deepcopy(its))
            yield mutant
            mutant, its = twin(root, number)
            its.getparent().remove(its)  # type: ignore[union-attr]
            yield mutant
    for tag in {element.tag for element in root}:
        mutant = copy.deepcopy(root)
        for its in mutant.findall(str(tag)):
            mutant.remove(its)
        yield mutant


def twin(root: etree._Element, number: int) -> tuple[etree._Element, etree._Element]:
    """A copy of a document, and one of its elements."""
    copied = copy.deepcopy(root)
    return copied, list(copied.iter(f"{M}*"))[number]


@cache
def broken_by_one_change() -> frozenset[str]:
    """The rules that some change of one thing breaks."""
    return frozenset(
        remark.rule
        for location, root, name, asked in roots()
        for mutant in mutants(root)
        for remark in sip_rules.broken(mutant, name, asked, location)
    )


EVERY_RULE = {
    rule.name for rules in (sip_rules.PACKAGE, sip_rules.POINTERS, sip_rules.REPRESENTATION) for rule in rules
}


@pytest.mark.parametrize("rule", sorted(EVERY_RULE))
def test_every_requirement_can_be_broken(rule: str) -> None:
    assert rule in broken_by_one_change()


MUSTS = {
    "CSIP2": "@TYPE",
    "SIP2": "@PROFILE",
    "CSIP7": "m:metsHdr/@CREATEDATE",
    "SIP4": "m:metsHdr/@csip:OAISPACKAGETYPE",
    "CSIP10": "m:metsHdr/m:agent/@OTHERTYPE",
    "CSIP16": "m:metsHdr/m:agent/m:note/@csip:NOTETYPE",
    "CSIP22": "m:dmdSec/m:mdRef/@LOCTYPE",
    "CSIP25": "m:dmdSec/m:mdRef/@MDTYPE",
    "CSIP29": "m:dmdSec/m:mdRef/@CHECKSUM",
    "CSIP30": "m:dmdSec/m:mdRef/@CHECKSUMTYPE",
    "CSIP36": "m:amdSec/m:digiprovMD/m:mdRef/@LOCTYPE",
    "CSIP44": "m:amdSec/m:digiprovMD/m:mdRef/@CHECKSUMTYPE",
    "CSIP68": "m:fileSec/m:fileGrp/m:file/@MIMETYPE",
    "CSIP72": "m:fileSec/m:fileGrp/m:file/@CHECKSUMTYPE",
    "CSIP81": "m:structMap/@TYPE",
    "CSIP116": "m:structMap/m:div/m:div[@LABEL='Documentation']/m:fptr/@FILEID",
    "CSIP118": "m:structMap/m:div/m:div[@LABEL='Schemas']/m:fptr/@FILEID",
}


@pytest.mark.parametrize("rule", MUSTS)
def test_what_the_standard_demands_is_named_where_it_is_missing(rule: str) -> None:
    root = etree.fromstring(whole()["METS.xml"])
    path, _, attribute = MUSTS[rule].rpartition("@")
    element = root.xpath(path.rstrip("/") or ".", namespaces=NAMESPACES)[0]
    prefix, _, local = attribute.rpartition(":")
    del element.attrib[f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local]
    assert rule in {remark.rule for remark in sip_rules.broken(root, NAME, sip_rules.PACKAGE, "METS.xml")}


@pytest.mark.parametrize(
    ("folder", "rule"),
    [
        ("metadata/preservation", "CSIPSTR6"),
        ("metadata/descriptive", "CSIPSTR7"),
        ("representations", "CSIPSTR9"),
        ("schemas", "CSIPSTR15"),
        ("documentation", "CSIPSTR16"),
        ("representations/master/data", "CSIPSTR11"),
        ("representations/master/metadata", "CSIPSTR13"),
    ],
)
def test_a_folder_that_should_be_there_is_missed(folder: str, rule: str, place: Path) -> None:
    shutil.rmtree(place / folder)
    severities = {remark.severity for remark in sip.remarks(tree(place)) if remark.rule == rule}
    assert severities == {Severity.WARNING}


def test_a_package_may_be_given_another_name(place: Path) -> None:
    """CSIPSTR2 asks that folder and OBJID be one name; but whoever takes a package in names its folder."""
    assert list(sip.remarks(tree(place.rename(place.parent / "renamed")))) == []


def test_a_representation_whose_list_is_of_another_is_found(place: Path) -> None:
    shutil.copy(place / MASTER, place / "representations/renditions/METS.xml")
    assert {"CSIP1", "identifier-twice", "missing", "wrong-digest"} <= rules(place)


def test_what_no_xml_reader_takes_is_said_in_one_line(place: Path) -> None:
    for content in (b"", b"\0", b"<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 100_000):
        (place / "METS.xml").write_bytes(content)
        assert "CSIPSTR4" in rules(place)


def test_a_folder_without_anything_of_it_is_no_such_package(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"words")
    assert not sip.recognises(tree(tmp_path))
    assert sip.places(tree(tmp_path)) == {}
