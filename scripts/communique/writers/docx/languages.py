"""What Word must know of a language: in which of its three language slots it goes."""

from __future__ import annotations

from functools import cache

from babel.core import get_global

from communique.language import direction

_EAST_ASIAN = frozenset({"Bopo", "Hang", "Hani", "Hans", "Hant", "Jpan", "Kore", "Yiii"})
# Scripts that Word shapes as "complex" (ISO/IEC 29500-1, 17.3.2.26), beside those that run right to left.
_COMPLEX = frozenset(
    {"Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Laoo", "Mlym", "Mong", "Mymr", "Orya", "Sinh", "Taml", "Telu"}
    | {"Thai", "Tibt"}
)


@cache
def slots(language: str) -> dict[str, str]:
    """The attributes of w:lang (17.3.2.20) for text in a language (BCP 47), without their namespace."""
    written = _script(language)
    found = {"val": language}
    if written in _EAST_ASIAN:
        found["eastAsia"] = language
    if written in _COMPLEX or direction(language) == "rtl":
        found["bidi"] = language
    return found


def _script(language: str) -> str:
    """The ISO 15924 code of the script a language is written in; "" if it is not known."""
    primary, *others = language.split("-")
    script = next((part.title() for part in others if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in others if len(part) == 2), "")
    likely = get_global("likely_subtags")
    known = likely.get(f"{primary.lower()}_{region}") or likely.get(primary.lower(), "")
    return script or next((part for part in known.split("_")[1:] if len(part) == 4), "")
