"""Language tags (BCP 47): whether they are valid, which script they are written in, in which direction it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from fontTools import unicodedata as scripts
from langcodes import Language, tag_is_valid

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
# The scripts of Unicode that a script of ISO 15924 is made of, where it is more than one.
_PARTS = {
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hans": frozenset({"Hani", "Bopo"}),
    "Hant": frozenset({"Hani", "Bopo"}),
}
# Latin letters stand in names, units and addresses of texts in any script.
_ANYWHERE = frozenset({"Zyyy", "Zinh", "Zzzz", "Latn"})


@cache
def is_valid(tag: str) -> bool:
    """Whether a tag names a real language, with the hyphens of BCP 47; "und" and "x-default" name none."""
    return "_" not in tag and tag_is_valid(tag) and not tag.lower().startswith(("und", "x-", "zxx", "mul"))


def same(one: str, other: str) -> bool:
    """Whether two tags are the same: letter case says nothing (RFC 5646, 2.1.1)."""
    return one.lower() == other.lower()


@cache
def script(tag: str) -> str:
    """The ISO 15924 code of the script of a language, "" if it is not known."""
    return str(Language.get(tag).maximize().script or "") if is_valid(tag) else ""


def runs_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    return script(tag) in _RIGHT_TO_LEFT


def strange(text: str, tag: str) -> Iterator[tuple[str, str]]:
    """Words whose letters a language is not written in, with the name of their script.

    A single letter is a sign, as in "5 Ω"; Latin letters stand everywhere.
    """
    if text.isascii():
        return
    written = _written_in(tag)
    found: list[str] = []
    script = ""
    for word in (*_words(text), ""):
        foreign = [letter for letter in word if letter.isalpha() and _script_of(letter) not in written]
        if len(foreign) > 1:
            found.append(word)
            script = script or str(scripts.script_name(_script_of(foreign[0])))
        elif found:
            yield " ".join(found), script
            found, script = [], ""


def _words(text: str) -> list[str]:
    """What is left of a text without everything that is neither a letter nor a mark on one."""
    return "".join(each if unicodedata.category(each)[0] in "LM" else " " for each in text).split()


@cache
def _written_in(tag: str) -> frozenset[str]:
    own = script(tag)
    return _ANYWHERE | _PARTS.get(own, frozenset({own}))


def is_right_to_left(text: str) -> bool:
    """Whether more than half of the letters of a text run from right to left."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(list(filter(_runs_backward, letters))) * 2 > len(letters)


def all_right_to_left(text: str) -> bool:
    """Whether a text has letters, and every one of them runs from right to left."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(map(_runs_backward, letters))


def _runs_backward(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in ("R", "AL")


@cache
def _script_of(letter: str) -> str:
    return str(scripts.script(letter))
