"""Whether a language is one, and whether some letters can be of it: what our own rules of Word files and PDFs share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from fontTools import unicodedata as scripts
from langcodes import Language, tag_is_valid

_PARTS = {
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hans": frozenset({"Hani", "Bopo"}),
    "Hant": frozenset({"Hani", "Bopo"}),
}
"""The scripts of Unicode that a script of ISO 15924 is made of, where it is more than one."""
_COMMON = frozenset({"Zyyy", "Zinh", "Zzzz", "Latn"})
"""Latin letters stand in names, units and addresses of texts in any script."""
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm"})


@cache
def is_valid(tag: str) -> bool:
    """Whether a tag is one of BCP 47 and of a real language: "und" and "x-none" are none."""
    return tag_is_valid(tag) and not tag.lower().startswith(("und", "x-", "zxx", "mul"))


def strange_script(text: str, languages: Iterable[str]) -> str:
    """The script of letters, two or more, that no language of a text is written in; "" if all is well."""
    if text.isascii():
        return ""
    letters = (letter for letter in text if unicodedata.category(letter).startswith("L"))
    written = _COMMON.union(*map(_written_in, languages))
    strange = [script for script in map(scripts.script, letters) if script not in written]
    return str(scripts.script_name(strange[0])) if len(strange) > 1 else ""


def runs_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return bool(_written_in(tag) & _RIGHT_TO_LEFT)


@cache
def _written_in(tag: str) -> frozenset[str]:
    if not tag_is_valid(tag):
        return frozenset()
    script = Language.get(tag).maximize().script or "Latn"
    return _PARTS.get(script, frozenset({script}))
