"""Codes for languages (BCP 47 to ISO 639) and for countries (ISO 3166-1), as other standards want them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

_UNCODED, _SIGNED, _UNDETERMINED = "mis", "sgn", "und"
_BODIES = {"EU": "European Union", "UN": "United Nations"}
"""Codes that ISO 3166-1 reserves for bodies that are no country."""


@dataclass(frozen=True)
class Language:
    """The codes of one language: `two` is ISO 639-1, "" if it has none; the others always have a value.

    `bibliographic` and `terminological` are those of ISO 639-2, which has fewer languages than `three`, ISO 639-3:
    a language that it does not know has the code of its macrolanguage or group, or "mis".
    """

    two: str
    bibliographic: str
    terminological: str
    three: str


@dataclass(frozen=True)
class Country:
    """ISO 3166-1: two letters, three letters, three digits, and the English short name; bodies have two letters."""

    two: str
    three: str
    number: str
    name: str


@cache
def language(tag: str) -> Language:
    """The codes of the language that a tag (BCP 47) begins with; those for an undetermined one if it has no code."""
    from iso639 import Lang  # noqa: PLC0415 - only records need it, and it is not cheap
    from iso639.exceptions import DeprecatedLanguageValue, InvalidLanguageValue  # noqa: PLC0415

    try:
        found = Lang(_primary(tag))
    except (DeprecatedLanguageValue, InvalidLanguageValue):
        return Language("", _UNDETERMINED, _UNDETERMINED, _UNDETERMINED)
    wider = found if found.pt2b else found.macro()
    if wider is None or not wider.pt2b:
        group = _SIGNED if "Sign Language" in found.name else _UNCODED
        return Language(found.pt1, group, group, found.pt3 or _UNCODED)
    return Language(found.pt1, wider.pt2b, wider.pt2t, found.pt3 or _UNCODED)


def english(tag: str) -> str:
    """The name of a language in English, "Chinese" for "zh-Hant"; the tag itself if it has none."""
    from babel import Locale  # noqa: PLC0415 - only one record needs it

    return str(Locale("en").languages.get(_primary(tag), tag))


def _primary(tag: str) -> str:
    """The language itself in its usual form: "zh-cmn" is Mandarin, "iw" is Hebrew."""
    from langcodes import Language as Tag  # noqa: PLC0415 - not cheap either

    try:
        return Tag.get(tag).language or _UNDETERMINED
    except ValueError:
        return tag.partition("-")[0].lower()


@cache
def country(code: str) -> Country | None:
    """A country, or one of the two bodies that may make a statement, by its two letters; None if there is none."""
    from pycountry import countries  # noqa: PLC0415 - only some records need it

    if code in _BODIES:
        return Country(code, "", "", _BODIES[code])
    found = countries.get(alpha_2=code)
    return Country(found.alpha_2, found.alpha_3, found.numeric, found.name) if found and found.alpha_2 == code else None
