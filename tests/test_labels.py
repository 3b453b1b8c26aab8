"""The program's own words: complete in each language, English where one is missing; dates as people write them."""

from __future__ import annotations

from string import Formatter

import pytest
import yaml

from communique import templates
from communique.labels import labels, long_date
from communique.language import direction

TABLE: dict[str, dict[str, str]] = yaml.safe_load(templates.read_text("labels.yaml"))


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TABLE)
def test_every_language_has_every_label_with_the_same_fields(language: str) -> None:
    assert {key: fields(text) for key, text in TABLE[language].items()} == {
        key: fields(text) for key, text in TABLE["en"].items()
    }
    assert all(text == text.strip() and text for text in TABLE[language].values())


def test_a_regional_edition_speaks_its_language() -> None:
    assert labels("fr-CA")["about"] == TABLE["fr"]["about"]
    assert labels("fr-CA").language == "fr-CA"


@pytest.mark.parametrize("language", ["ko", "ar", "tlh", "zh-Hant"])
def test_an_unknown_language_gets_english_that_says_so(language: str) -> None:
    assert (labels(language).language, labels(language)["about"]) == ("en", "About this text")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "15 December 2023"),
        ("en-US", "December 15, 2023"),
        ("en-GB", "15 December 2023"),
        ("fr", "15 décembre 2023"),
        ("sq", "15 dhjetor 2023"),
        ("ja", "2023年12月15日"),
        ("ko", "2023년 12월 15일"),
        ("zh-Hant", "2023年12月15日"),
        ("xx", "2023-12-15"),
        ("tlh", "2023-12-15"),
    ],
)
def test_a_date_is_written_as_its_language_does(language: str, written: str) -> None:
    assert long_date("2023-12-15", language) == written


def test_a_date_in_the_colophon_is_in_the_language_of_its_label() -> None:
    assert labels("ko").dated("2024-02-29") == "29 February 2024"
    assert labels("fr").dated("2024-02-29") == "29 février 2024"


@pytest.mark.parametrize(
    ("language", "flows"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("AR-eg", "rtl"),
        ("he", "rtl"),
        ("ur-PK", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-Arab-PK", "rtl"),
        ("ar-Latn", "ltr"),
        ("fa-Latn-IR", "ltr"),
        ("zh-Hant-TW", "ltr"),
        ("de-1996", "ltr"),
    ],
)
def test_direction_follows_the_script(language: str, flows: str) -> None:
    assert direction(language) == flows
