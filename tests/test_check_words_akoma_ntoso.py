"""The words of a record in Akoma Ntoso are those of its master: what is wrong in it is found, by its own rule."""

from __future__ import annotations

from pathlib import Path

import pytest

import small_statement as small
import udhr
from communique import master
from communique.checks.check import judge, targets
from communique.checks.publication import Publication
from communique.checks.verdict import Verdict
from communique.checks.words import CHECK
from communique.doctor import places
from communique.records import akoma_ntoso
from communique.records.edition import Edition
from conftest import MASTERS

RECORD = "metadata/akoma-ntoso.xml"
WORD = "harbour open"


def publication(folder: Path, contents: dict[str, bytes], source: Path) -> Publication:
    """A folder that holds nothing but records, as a publication of a master."""
    place = folder / source.name
    (place / "metadata").mkdir(parents=True)
    for name, content in contents.items():
        (place / name).write_bytes(content)
    return Publication(source.name, place, source)


def records(source: Path) -> dict[str, bytes]:
    """The records of all editions of a master, by their names."""
    return {
        f"metadata/akoma-ntoso{each.name.removeprefix(each.slug)}.xml": akoma_ntoso.serialize(Edition(each))
        for each in master.read(source)
    }


def faults(these: Publication) -> list[tuple[str, str]]:
    """Rules and places of all that is wrong; nothing may be unchecked."""
    results = judge({"words": CHECK}, [these], places(), lambda _: None)
    assert [each.unchecked for each in results if each.unchecked] == []
    return [(each.rule, each.location) for result in results for each in result.findings]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the small statement."""
    return small.write(tmp_path_factory.mktemp("good"), small.text())


@pytest.fixture(scope="module")
def record(good: Path) -> bytes:
    return records(good)[RECORD]


@pytest.mark.parametrize("source", MASTERS, ids=[each.name for each in MASTERS])
def test_nothing_is_wrong_with_good_records(source: Path, tmp_path: Path) -> None:
    these = publication(tmp_path, records(source), source)
    assert {name for _, name in targets(CHECK, [these])} == set(records(source))
    assert faults(these) == []


@pytest.mark.judge
def test_nothing_is_wrong_in_twelve_languages_of_ten_scripts(tmp_path: Path) -> None:
    source = udhr.write(tmp_path / "master")
    these = publication(tmp_path / "build", records(source), source)
    assert len(targets(CHECK, [these])) == 12
    assert faults(these) == []


@pytest.mark.parametrize("names", small.TOGETHER, ids=["-".join(each) for each in small.TOGETHER])
def test_what_is_wrong_is_found_by_its_rule(names: tuple[str, ...], good: Path, tmp_path: Path) -> None:
    wrong = records(small.write(tmp_path / "wrong", small.wrong(names)))
    found = faults(publication(tmp_path / "build", wrong, good))
    for name in names:
        _, _, rule, place = small.WRONG[name]
        assert any(each == rule and where.startswith(place) for each, where in found), (name, found)


def test_paragraphs_that_changed_places_are_found(good: Path, tmp_path: Path) -> None:
    moved = records(small.write(tmp_path / "moved", small.moved()))
    assert "paragraph-moved" in {rule for rule, _ in faults(publication(tmp_path / "build", moved, good))}


PLANTED = {
    "a paragraph": ("<mainBody", "<preamble><p>Planted.</p></preamble><mainBody", "paragraph-added"),
    "words behind a paragraph": ("</mainBody>", "Planted.</mainBody>", "paragraph-added"),
    "words in an element of no format": (WORD, f"<remark>{WORD}</remark>", "word-missing"),
    "words that are not there": (WORD, "harbour <omissis>some</omissis> open", "word-missing"),
    "a remark on a passage": (WORD, f'<span title="planted">{WORD}</span>', "tooltip"),
    "a description of what is no picture": (WORD, f'<span alt="planted">{WORD}</span>', "hidden-text"),
    "a picture": (WORD, f'{WORD}<img src="x" alt="planted"/>', "picture-added"),
    "a second note": (WORD, f'{WORD}<authorialNote marker="3"><p>Planted.</p></authorialNote>', "note-added"),
    "a note of another number": ('marker="1"', 'marker="7"', "note-anchor"),
    "a note without a number": ('marker="1"', 'marker=""', "note-anchor"),
    "a number before a paragraph": ("<num>4.</num>", "<num>6.</num>", "list-number"),
    "no number before a paragraph": ("<num>4.</num>", "", "list-number"),
    "words in a number": ("<num>4.</num>", "<num>4. not</num>", "list-number"),
    "an identifier at another paragraph": ('eId="p1"', 'eId="first"', "link-destination"),
    "a heading that is bold text": ("<heading>Details</heading>", "<p><b>Details</b></p>", "heading-level"),
    "another language": ('<mainBody eId="doc-text" xml:lang="en">', '<mainBody xml:lang="de">', "language"),
    "another title": ('name="title" value="A Joint', 'name="title" value="The Joint', "title"),
    "another day": ('<docDate date="2024-02-29"', '<docDate date="2024-02-28"', "date"),
    "another issuer": ('showAs="Iceland"', 'showAs="Ireland"', "issuers"),
    "an issuer of no name": ('refersTo="#doc-issuer-2"', 'refersTo="#doc-issuer-9"', "issuers"),
}  # fmt: skip


@pytest.mark.parametrize("case", PLANTED)
def test_what_is_planted_is_found(case: str, good: Path, record: bytes, tmp_path: Path) -> None:
    old, new, rule = PLANTED[case]
    text = record.decode()
    assert old in text
    found = faults(publication(tmp_path, {RECORD: text.replace(old, new, 1).encode()}, good))
    assert rule in {each for each, _ in found}, found


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"words",
        b"<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'/>",
        b"<statement/>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    ],
)
def test_what_is_no_record_has_not_passed(content: bytes, good: Path, tmp_path: Path) -> None:
    these = publication(tmp_path, {RECORD: content}, good)
    (result,) = judge({"words": CHECK}, [these], places(), lambda _: None)
    assert result.verdict is not Verdict.PASSED


def test_other_records_hold_no_text(good: Path, record: bytes, tmp_path: Path) -> None:
    names = ["metadata/akoma-ntoso.txt", "metadata/akoma-ntoso.x.xml", "metadata/other.xml", "akoma-ntoso.xml"]
    these = publication(tmp_path, dict.fromkeys([*names, RECORD, "metadata/akoma-ntoso.zh-Hant.xml"], record), good)
    assert [(each.name, each.language) for each in these.texts] == [
        *((RECORD, ""), ("metadata/akoma-ntoso.zh-Hant.xml", "zh-Hant")),
    ]
    assert these.outputs == ()
