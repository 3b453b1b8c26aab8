"""The days in records: none tells of something before it can have happened."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from lxml import etree

import breaking
import corrected
from communique import master
from communique.build import Plan, build
from communique.checks.metadata import CHECK
from communique.crosswalk import flat
from communique.crosswalk.facts import gather, recorded
from communique.records import SERIALIZERS
from communique.records.edition import Edition
from communique.statement import Accessibility, Certifier, Source, Statement
from record_samples import FILES, FULL

LATE = dataclasses.replace(FULL, source=Source("https://example.org/s", "source/s.txt", "0" * 64, "2025-01-02"))


def record(name: str, statement: Statement) -> etree._Element:
    """A record in XML."""
    (serializer,) = (each for each in SERIALIZERS if (each.stem, each.suffix) == (name, "xml"))
    return etree.fromstring(serializer.serialize(Edition(statement, FILES, {"communique": "1"})))


def test_the_day_of_a_record_is_the_first_on_which_it_can_have_been_made() -> None:
    assert recorded(FULL) == "2024-07-01"
    assert recorded(LATE) == "2025-01-02"
    assert recorded(FULL, LATE) == "2025-01-02"
    certified = Accessibility("", Certifier("Board", date="2025-03-04"))
    assert recorded(dataclasses.replace(LATE, accessibility=certified)) == "2025-03-04"
    assert recorded(dataclasses.replace(FULL, source=None)) == "2024-07-01"


@pytest.mark.parametrize(
    ("name", "path", "day"),
    [
        ("mods", "string(.//*[local-name()='recordChangeDate'])", "2025-01-02"),
        ("marc", "substring(//*[@tag='005'], 1, 8)", "20250102"),
        ("marc", "substring(//*[@tag='008'], 1, 6)", "250102"),
        ("marc", "string(//*[@tag='264']/*[@code='c'])", "2024-05-01"),
        ("mets", "substring(//*[local-name()='metsHdr']/@CREATEDATE, 1, 10)", "2025-01-02"),
        ("onix", "string(//*[local-name()='SentDateTime'])", "20250102"),
        ("onix", "string(//*[local-name()='PublishingDate'][*='01']/*[local-name()='Date'])", "20240701"),
    ],
)
def test_a_record_is_not_older_than_what_it_tells(name: str, path: str, day: str) -> None:
    assert record(name, LATE).xpath(path) == day


def test_nothing_is_done_to_a_text_before_it_is_received() -> None:
    days = [each.text or "" for each in record("premis", LATE).iter("{*}eventDateTime")]
    assert days == sorted(days)
    assert set(days) == {"2025-01-02"}


def test_a_bag_is_not_older_than_what_it_holds() -> None:
    assert dict(flat.pairs("bag-info", gather(LATE)))["Bagging-Date"] == "2025-01-02"


def test_a_record_that_is_older_than_the_received_text_is_found(tmp_path: Path) -> None:
    folder = corrected.write(tmp_path / "master", 1)
    assert recorded(*master.read(folder)) == "2024-03-01"
    build(folder, tmp_path / "build", Plan(("html",)), lambda _: None)
    one = breaking.publication(tmp_path / "build" / folder.name, folder)
    assert [each for each in breaking.results(CHECK, one) if each.findings] == []
    for name in ("mods.xml", "marc.xml", "mets.xml", "premis.xml", "akoma-ntoso.xml"):
        path = one.folder / "metadata" / name
        text = path.read_text(encoding="utf-8")
        early = text.replace("2024-03-01", "2024-02-28").replace("20240301000000", "20240228000000")
        path.write_text(early, encoding="utf-8")
        assert "wrong-revised" in breaking.rules(CHECK, one, f"metadata/{name}"), name
