"""The formats that the schema of the front matter names: each says what is wrong with a value and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date as day
from functools import cache

from communique.master import addresses
from communique.master.addresses import Verdict
from communique.master.faults import quoted

# Codes of CLDR that ISO 3166-1 does not assign; of those it reserves, only EU and UN may make a statement.
_NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "XA", "XB", "XK", "ZZ"}


def text(value: str) -> Verdict:
    """One line, not empty, without space at its ends."""
    if not value.strip():
        return "is empty", "write some text, or delete the key"
    if "\n" in value:
        return "has more than one line", "write it on one line"
    if value != value.strip():
        return "begins or ends with a space", "delete the space"
    return None


def words(value: str) -> Verdict:
    """Text that has at least one letter or digit."""
    has_words = any(char.isalnum() for char in value)
    return text(value) or (None if has_words else (f"{quoted(value)} has no words", "write some words"))


def date(value: str) -> Verdict:
    """ISO 8601 calendar date, extended format, of a day that exists."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return f"{quoted(value)} is not an ISO 8601 date", "write 2023-12-15"
    try:
        day.fromisoformat(value)
    except ValueError:
        return f"{quoted(value)} is a day that does not exist", "write year, month and day, as 2023-12-15"
    return None


def is_common(value: str) -> bool:
    """Whether a tag is a language of two letters that CLDR knows by no better name: right beyond further checks."""
    from babel.core import get_global  # noqa: PLC0415 - the body of a statement in one language may need none of it

    return len(value) == 2 and value in get_global("likely_subtags") and value not in get_global("language_aliases")


@cache
def language(value: str) -> Verdict:
    """BCP 47 language tag in its usual form, of subtags that are registered."""
    if is_common(value):
        return None
    import langcodes  # noqa: PLC0415 - only here, and not cheap

    unknown = f"{quoted(value)} is not a BCP 47 language tag", "write en, fr, pt-BR or the like"
    if not re.fullmatch(r"[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*", value):
        return unknown
    try:
        usual = langcodes.standardize_tag(value) if langcodes.tag_is_valid(value) else ""
    except ValueError:
        usual = ""
    if not usual:
        return unknown
    return None if usual == value else (f"{quoted(value)} is not the usual form of this tag", f"write {usual}")


@cache
def _countries() -> frozenset[str]:
    from babel import Locale  # noqa: PLC0415 - only here, and not cheap

    return frozenset(code for code in map(str, Locale("en").territories) if re.fullmatch("[A-Z]{2}", code)) - _NOT_ISO


def country(value: str) -> Verdict:
    """ISO 3166-1 alpha-2, or EU, or UN."""
    if value in _countries():
        return None
    remedy = f"write {value.upper()}" if value.upper() in _countries() else "write two capitals, as JP"
    return f"{quoted(value)} is not an ISO 3166-1 country code", remedy


def web_address(value: str) -> Verdict:
    """Absolute http or https URI."""
    verdict = addresses.web(value)
    return verdict and (f"{quoted(value)} {verdict[0]}", verdict[1])


def _shaped(pattern: str, what: str, remedy: str) -> Callable[[str], Verdict]:
    """A format that is only a shape."""
    shape = re.compile(pattern)
    return lambda value: None if shape.fullmatch(value) else (f"{quoted(value)} is not {what}", remedy)


FORMATS: dict[str, Callable[[str], Verdict]] = {
    "text": text,
    "words": words,
    "date": date,
    "language-tag": language,
    "country-code": country,
    "web-address": web_address,
    "doi": _shaped(r"10\.[0-9]{4,9}(\.[0-9]+)*/\S+", "a DOI", "write it as 10.1000/182, without https://doi.org/"),
    "urn": _shaped(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:\S+", "a URN", "write urn:isbn:9789210000000"),
    "sha-256": _shaped(r"[0-9a-f]{64}", "a SHA-256 digest", "write the 64 characters 0-9 a-f that sha256sum prints"),
    "version": _shaped(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*", "a number of a version", "write 1, 2 or 1.1"),
    "source-path": _shaped(r"source/\S(.*\S)?", "a file in source/", "write source/<file name>"),
}
