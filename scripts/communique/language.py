"""What a language tag (BCP 47) says of the writing: its script, and the direction in which it runs."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Armi", "Hebr", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
_UNSPACED = frozenset({"Bopo", "Hani", "Hans", "Hant", "Jpan"})


@cache
def script(language: str) -> str:
    """The ISO 15924 code of the script a language is written in, "Latn"; "" if it is not known."""
    primary, *others = language.lower().split("-")
    named = next((part.title() for part in others if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in others if len(part) == 2), "")
    likely = get_global("likely_subtags")
    known = likely.get(f"{primary}_{region}") or likely.get(primary, "")
    return named or next((part for part in known.split("_")[1:] if len(part) == 4), "")


def direction(language: str) -> str:
    """ "rtl" or "ltr", by the script of the language."""
    return "rtl" if script(language) in _RIGHT_TO_LEFT else "ltr"


def is_spaced(language: str) -> bool:
    """Whether a space stands between sentences; Chinese and Japanese have none."""
    return script(language) not in _UNSPACED
