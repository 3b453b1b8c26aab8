"""The language of words in a record: what a translation took over is not translated."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from lxml import etree

import breaking
import corrected
from communique import master
from communique.build import Plan, build
from communique.checks.metadata import CHECK
from communique.checks.publication import Publication
from communique.records import SERIALIZERS
from communique.records.edition import Edition
from communique.statement import Statement

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("languages")
    build(corrected.write(folder / "master", 2), folder / "build", Plan(("html",)), lambda _: None)
    return folder


@pytest.fixture
def russian(place: Path) -> Statement:
    return master.read(place / "master" / corrected.SLUG)[-1]


@pytest.fixture
def one(place: Path, tmp_path: Path) -> Publication:
    folder = shutil.copytree(place / "build" / corrected.SLUG, tmp_path / corrected.SLUG)
    return breaking.publication(folder, place / "master" / corrected.SLUG)


def written(name: str, statement: Statement) -> bytes:
    """A record by the name of its file."""
    (serializer,) = (each for each in SERIALIZERS if name == f"{each.stem}.{each.suffix}")
    return serializer.serialize(Edition(statement))


def languages(name: str, statement: Statement) -> dict[str, set[str]]:
    """The languages of the elements of a record, by their local names."""
    found: dict[str, set[str]] = {}
    for each in etree.fromstring(written(f"{name}.xml", statement)).iter("{*}*"):
        if each.get(_LANG):
            found.setdefault(etree.QName(each).localname, set()).add(str(each.get(_LANG)))
    return found


def test_an_edition_knows_what_it_took_over(place: Path) -> None:
    english, french, russian = master.read(place / "master" / corrected.SLUG)
    assert english.inherited == frozenset()
    assert french.inherited == russian.inherited
    assert {"issuers", "publisher", "subjects", "places", "rights", "revisions"} <= russian.inherited
    assert not {"title", "language", "editorial_notes"} & russian.inherited


def test_words_that_were_taken_over_stay_in_their_language(russian: Statement) -> None:
    said = languages("dublin-core", russian)
    assert said.pop("title") == {"ru"}
    assert set(said) == {"creator", "subject", "publisher", "spatial", "rights", "rightsHolder"}
    assert set.union(*said.values()) == {"en"}
    assert languages("mods", russian) == {"titleInfo": {"ru"}, "namePart": {"en"}, "publisher": {"en"}, "note": {"en"}}
    assert languages("datacite", russian) == {"title": {"ru"}, "creatorName": {"en"}, "publisher": {"en"}}
    onix = etree.fromstring(written("onix.xml", russian))
    assert {etree.QName(each).localname: each.get("language") for each in onix.iter() if each.get("language")} == {
        "TitleText": "rus",
        "EpubLicenseName": "eng",
    }
    deposit = json.loads(written("inveniordm.json", russian))
    assert deposit["metadata"]["rights"][0]["title"] == {"en": "Creative Commons Attribution 4.0"}
    assert deposit["metadata"]["languages"] == [{"id": "rus"}]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("dublin-core.ru.xml", 'subject xml:lang="en"', 'subject xml:lang="ru"'),
        ("dublin-core.ru.xml", 'title xml:lang="ru"', 'title xml:lang="en"'),
        ("dublin-core.ru.xml", 'rightsHolder xml:lang="en"', "rightsHolder"),
        ("mods.ru.xml", ' identification" xml:lang="en"', ' identification" xml:lang="ru"'),
        ("mods.ru.xml", 'namePart xml:lang="en"', 'namePart xml:lang="ru"'),
        ("datacite.ru.xml", 'Organizational" xml:lang="en"', 'Organizational" xml:lang="ru"'),
        ("datacite.ru.json", '"lang": "en"', '"lang": "ru"'),
        ("datacite.ru.json", '"lang": "ru"', '"lang": "en"'),
    ],
)  # fmt: skip
def test_words_in_a_wrong_language_are_found(one: Publication, name: str, before: str, after: str) -> None:
    path = f"metadata/{name}"
    assert breaking.rules(CHECK, one, path) == set()
    breaking.rewrite(one.path(path), before, after)
    assert {"wrong-language", "missing-language"} & breaking.rules(CHECK, one, path)
