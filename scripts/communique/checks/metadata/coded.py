"""Languages in the codes of other standards, by a library that the records are not made with; kinds of documents."""

from __future__ import annotations

import unicodedata
from functools import cache

import pycountry
from babel import Locale
from langcodes import Language


@cache
def three(tag: str) -> str:
    """The language of a tag (BCP 47) in ISO 639-3, "" if it has no code of two or three letters."""
    found = _found(tag)
    return str(found.alpha_3) if found else ""


@cache
def bibliographic(tag: str) -> str:
    """The language of a tag in ISO 639-2/B, "" if it is too small to be in ISO 639-1: then groups stand for it."""
    found = _found(tag)
    if not found or not getattr(found, "alpha_2", ""):
        return ""
    return str(getattr(found, "bibliographic", "") or found.alpha_3)


def english(tag: str) -> str:
    """The language of a tag as English names it, for those who read a citation."""
    return str(Locale("en").languages.get(Language.get(tag).language or "", tag))


def kind(label: str) -> str:
    """A kind of document as the front matter writes it: "Communiqué" is communique."""
    letters = unicodedata.normalize("NFD", label.lower().replace(" ", "-"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _found(tag: str) -> pycountry.db.Data | None:
    try:
        primary = Language.get(tag).language or ""
    except ValueError:
        return None
    return pycountry.languages.get(**{f"alpha_{len(primary)}": primary}) if len(primary) in (2, 3) else None
