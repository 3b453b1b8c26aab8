"""What a cataloguer looks for in a MARC 21 record beside the words."""

from __future__ import annotations

import dataclasses

from communique import crosswalk
from communique.crosswalk.facts import Access, gather
from communique.records import marcxml, mods
from communique.records.edition import Edition
from record_samples import FILES, FULL
from samples import statement
from test_records_standards import marc, values


def test_marc_tells_what_helps_with_pictures_apart_from_what_helps_with_text() -> None:
    said = Access(("textual", "visual"), ("tableOfContents", "alternativeText"), ("none",))
    fields: dict[str, list[str]] = {}
    for each in crosswalk.writes("marcxml", gather(FULL, FILES, said)):
        if each.place.startswith("341"):
            fields.setdefault(each.place.partition(" $")[0], []).append(f"{each.place[-2:]}{each.text}")
    assert {place: sorted(found) for place, found in fields.items()} == {
        "341 0_": ["$2sapdv", "$3EPUB", "$atextual", "$btableOfContents"],
        "341 0_+": ["$2sapdv", "$3EPUB", "$avisual", "$balternativeText"],
    }


def test_a_record_does_not_call_its_english_words_french() -> None:
    french = dataclasses.replace(FULL, language="fr")
    assert marc(french)["040"] == ["$aThe Office$beng$cThe Office$erda"]
    assert marc(french)["008"][0][35:38] == "fre"
    assert values(mods.serialize(Edition(french, ())), "recordInfo/languageOfCataloging/languageTerm") == ["eng"]


def test_an_unchanged_text_has_no_day_of_change() -> None:
    assert "046" not in marc(statement())


def test_files_without_an_address_have_no_way_of_access() -> None:
    fields = [field for field in marcxml.record(Edition(FULL, FILES)) if field.tag == "856"]
    assert [(field.indicator1, field.indicator2) for field in fields] == [("4", "0"), *[(" ", " ")] * len(FILES)]
