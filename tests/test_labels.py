"""The program's own words: complete in each language, English where one is missing; dates as people write them."""

from __future__ import annotations

import unicodedata
from string import Formatter

import pytest
import yaml

from communique import templates
from communique.labels import labels, long_date
from communique.language import direction, is_spaced, script

TABLE: dict[str, dict[str, str]] = yaml.safe_load(templates.read_text("labels.yaml"))
# How letters of a script begin their names in Unicode.
LETTERS = {
    "Arab": {"ARABIC"},
    "Cyrl": {"CYRILLIC"},
    "Deva": {"DEVANAGARI"},
    "Grek": {"GREEK"},
    "Hans": {"CJK"},
    "Hant": {"CJK"},
    "Hebr": {"HEBREW"},
    "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Kore": {"HANGUL"},
    "Latn": {"LATIN"},
    "Thai": {"THAI"},
}


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TABLE)
def test_every_language_has_every_label_with_the_same_fields(language: str) -> None:
    assert {key: fields(text) for key, text in TABLE[language].items()} == {
        key: fields(text) for key, text in TABLE["en"].items()
    }
    assert list(TABLE[language]) == list(TABLE["en"])
    assert all(text == text.strip() and text for text in TABLE[language].values())


@pytest.mark.parametrize("language", TABLE)
def test_every_label_is_written_in_the_script_of_its_language_and_in_one_form(language: str) -> None:
    for text in TABLE[language].values():
        words = "".join(part for part, *_ in Formatter().parse(text))
        kinds = {unicodedata.name(sign).split()[0] for sign in words if sign.isalpha()}
        assert kinds <= LETTERS[script(language)], text
        assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("language", [language for language in TABLE if language != "en"])
def test_no_label_was_left_in_english(language: str) -> None:
    """A few words are the same in two languages."""
    same = {key for key, text in TABLE[language].items() if text == TABLE["en"][key]}
    assert same <= {"code", "communique", "notes", "page", "source", "version", "versions"}


def test_the_languages_of_the_united_nations_and_their_neighbours_are_there() -> None:
    assert set(TABLE) == {
        *("en", "fr", "es", "pt", "de", "sq", "el", "ru", "vi"),
        *("ar", "he", "hi", "th", "ja", "ko", "zh", "zh-Hant"),
    }


@pytest.mark.parametrize(
    ("language", "key"),
    [
        ("fr-CA", "fr"),
        ("pt-BR", "pt"),
        ("es-419", "es"),
        ("de-1996", "de"),
        ("ar-EG", "ar"),
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("zh-SG", "zh"),
        ("zh-Hans", "zh"),
        ("zh-Hant", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-Hans-HK", "zh"),
    ],
)
def test_a_regional_edition_speaks_its_language_in_its_script(language: str, key: str) -> None:
    assert labels(language).texts == TABLE[key]
    assert labels(language).language == language


@pytest.mark.parametrize("language", ["fa", "uk", "tlh", "ru-Latn", "ar-Latn", "sr-Latn", "ja-Latn"])
def test_an_unknown_language_gets_english_that_says_so(language: str) -> None:
    assert (labels(language).language, labels(language)["about"]) == ("en", "About this text")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "15 December 2023"),
        ("en-US", "December 15, 2023"),
        ("en-GB", "15 December 2023"),
        ("fr", "15 décembre 2023"),
        ("es", "15 de diciembre de 2023"),
        ("pt-BR", "15 de dezembro de 2023"),
        ("de", "15. Dezember 2023"),
        ("sq", "15 dhjetor 2023"),
        ("el", "15 Δεκεμβρίου 2023"),
        ("ru", "15 декабря 2023 года"),
        ("vi", "15 tháng 12 năm 2023"),
        ("ar", "15 ديسمبر 2023"),
        ("ar-EG", "15 ديسمبر 2023"),
        ("ar-SA", "15 ديسمبر 2023"),
        ("fa", "15 دسامبر 2023"),
        ("he", "15 בדצמבר 2023"),
        ("hi", "15 दिसंबर 2023"),
        ("th", "15 ธันวาคม ค.ศ. 2023"),
        ("ja", "2023年12月15日"),
        ("ko", "2023년 12월 15일"),
        ("zh", "2023年12月15日"),
        ("zh-Hant", "2023年12月15日"),
        ("zh-TW", "2023年12月15日"),
        ("sr-Latn", "15. decembar 2023."),
        ("ru-Latn", "2023-12-15"),
        ("ja-Latn", "2023-12-15"),
        ("xx", "2023-12-15"),
        ("tlh", "2023-12-15"),
    ],
)
def test_a_date_is_written_as_its_language_does(language: str, written: str) -> None:
    assert long_date("2023-12-15", language) == written


def test_a_day_and_a_month_below_ten_have_one_digit() -> None:
    assert long_date("2024-03-01", "vi") == "1 tháng 3 năm 2024"
    assert long_date("2024-03-01", "ja") == "2024年3月1日"


def test_a_date_in_the_colophon_is_in_the_language_of_its_label() -> None:
    assert labels("fa").dated("2024-02-29") == "29 February 2024"
    assert labels("fr").dated("2024-02-29") == "29 février 2024"


def test_sentences_stand_apart_where_the_language_has_spaces() -> None:
    assert labels("fr").sentences("cover", "page") == "Couverture Page"
    assert labels("ko").sentences("cover", "page") == "표지 쪽"
    assert labels("ja").sentences("cover", "page") == "表紙ページ"
    assert [language for language in TABLE if not is_spaced(language)] == ["ja", "zh", "zh-Hant"]


@pytest.mark.parametrize(
    ("language", "flows"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("he", "rtl"),
        ("ur-PK", "rtl"),
        ("yi", "rtl"),
        ("dv", "rtl"),
        ("syr", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("ar-Latn", "ltr"),
        ("fa-Latn-IR", "ltr"),
        ("ff-Adlm", "rtl"),
        ("zh-Hant-TW", "ltr"),
        ("de-1996", "ltr"),
        ("tlh", "ltr"),
    ],
)
def test_direction_follows_the_script(language: str, flows: str) -> None:
    assert direction(language) == flows


@pytest.mark.parametrize(
    ("language", "code"),
    [("ja", "Jpan"), ("ko", "Kore"), ("zh", "Hans"), ("zh-TW", "Hant"), ("zh-Hans-HK", "Hans"), ("sr-Latn", "Latn"),
     ("sr", "Cyrl"), ("th", "Thai"), ("hi", "Deva"), ("tlh", "")],
)  # fmt: skip
def test_a_language_is_written_in_a_script(language: str, code: str) -> None:
    assert script(language) == code
