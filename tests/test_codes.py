"""The codes of languages and countries."""

from __future__ import annotations

import pytest

from communique.codes import Country, Language, country, language

LANGUAGES = {
    "en": ("en", "eng", "eng", "eng"),
    "sq": ("sq", "alb", "sqi", "sqi"),
    "fr-CA": ("fr", "fre", "fra", "fra"),
    "zh-Hant": ("zh", "chi", "zho", "zho"),
    "zh-yue": ("", "chi", "zho", "yue"),
    "cmn": ("", "chi", "zho", "cmn"),
    "arb": ("", "ara", "ara", "arb"),
    "fil": ("", "fil", "fil", "fil"),
    "nb": ("nb", "nob", "nob", "nob"),
    "sr-Latn": ("sr", "srp", "srp", "srp"),
    "en-GB-oxendict": ("en", "eng", "eng", "eng"),
    "ase": ("", "sgn", "sgn", "ase"),
    "rmy": ("", "rom", "rom", "rmy"),
    "tzo": ("", "mis", "mis", "tzo"),
    "qaa": ("", "und", "und", "und"),
    "x-klingon": ("", "und", "und", "und"),
    "und": ("", "und", "und", "und"),
    "mul": ("", "mul", "mul", "mul"),
    "i-klingon": ("", "tlh", "tlh", "tlh"),
}
OFFICIAL = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_tag_has_its_codes(tag: str) -> None:
    assert language(tag) == Language(*LANGUAGES[tag])


@pytest.mark.parametrize("tag", OFFICIAL)
def test_the_languages_of_the_united_nations(tag: str) -> None:
    assert language(tag).terminological == language(tag).three == OFFICIAL[tag]


def test_two_codes_differ_in_libraries_for_twenty_languages_alone() -> None:
    """ISO 639-2 has a second code for 20 languages, such as ger and deu."""
    both = "sq hy eu bo my cs cy de el fa fr ka is mk mi ms nl ro sk zh"
    assert all(language(tag).bibliographic != language(tag).terminological for tag in both.split())
    others = "en es ru ar ja ko pt it pl uk vi th he hi tr sv da nb fi hu"
    assert all(language(tag).bibliographic == language(tag).terminological for tag in others.split())


COUNTRIES = {
    "KP": ("PRK", "408", "Korea, Democratic People's Republic of"),
    "AL": ("ALB", "008", "Albania"),
    "US": ("USA", "840", "United States"),
    "EU": ("", "", "European Union"),
    "UN": ("", "", "United Nations"),
}


@pytest.mark.parametrize("code", COUNTRIES)
def test_a_country_has_its_codes(code: str) -> None:
    assert country(code) == Country(code, *COUNTRIES[code])


@pytest.mark.parametrize("code", ["", "ZZ", "XK", "us", "USA"])
def test_what_is_no_country_has_none(code: str) -> None:
    assert country(code) is None
