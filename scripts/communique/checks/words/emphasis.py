"""Emphasis: the words that the master emphasises look so in every format, and no others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from communique.checks.file_by_file import Remark
from communique.checks.language import tags
from communique.checks.reading.edition import Block, Part, Span
from communique.checks.reading.looks import EMPHASES, STRESSED
from communique.checks.words.facets import Facets
from communique.checks.words.places import quoted

_NAMES = {
    STRESSED: "emphasis",
    "smallcaps": "small capitals",
    "underlined": "underlined words",
    "marked": "marked words",
}
_WORD = re.compile(r"\w+")
_SLANTED = frozenset({"Latn", "Grek", "Cyrl"})
_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "DIGIT ")
"""The scripts whose typefaces have letters of their own for emphasis."""


def objections(wanted: Block, found: Block, facets: Facets, place: str) -> Iterator[Remark]:
    """Words that should look in a way and do not, then those that look so and should not."""
    mine, theirs = (_passages(block, facets, wanted) for block in (wanted, found))
    if mine == theirs:
        return
    lost, more = _differ(mine, theirs)
    for span in lost:
        other = next((each for each in more if each.words == span.words), None)
        if other:
            more.remove(other)
        yield Remark("emphasis", _told(span.words, span.kind, other.kind if other else ""), place)
    for span in more:
        yield Remark("emphasis", _told(span.words, "", span.kind), place)


def _differ(mine: Sequence[Span], theirs: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    lost: list[Span] = []
    more: list[Span] = []
    for tag, start, end, first, last in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            lost += mine[start:end]
            more += theirs[first:last]
    return lost, more


def _told(words: str, wanted: str, found: str) -> str:
    names = [_NAMES.get(look, look) or "no emphasis" for look in (wanted, found)]
    return f"{quoted(tuple(words.split(' ')))}: expected {names[0]}, found {names[1]}"


def _passages(block: Block, facets: Facets, wanted: Block) -> list[Span]:
    """What is emphasised; what only the fonts tell in running text alone, and as one row of words.

    Code is drawn in a typeface that has no letters for emphasis.
    """
    where = wanted.where
    is_running = where.in_text and where.part is Part.PARAGRAPH and not (where.cell and where.cell.is_head)
    passages: list[Span] = []
    for look in _looks(facets, wanted):
        if look not in facets.by_font and not (look == STRESSED and "emphasis" in facets.by_font):
            passages += block.of(look)
        elif is_running and not _holds_code(wanted, look):
            passages += _row(look, block.of(look))
    return passages


def _looks(facets: Facets, wanted: Block) -> list[str]:
    """The looks that are compared: fewer where letters alone must tell them and the script does not have all."""
    looks = [look for look in EMPHASES if look in facets.spans]
    by_letters = {"emphasis", "strong", "smallcaps"} if facets.by_letters else {*facets.by_font}
    if not by_letters or _has_italics(wanted, facets.language):
        return looks
    stressed = [STRESSED] if "emphasis" in by_letters else []
    return [*stressed, *(look for look in looks if look not in by_letters)]


def _has_italics(block: Block, language: str) -> bool:
    """Whether all words of a paragraph are in languages that are written with italics and small capitals."""
    languages = {language, *(span.value for span in block.of("language"))}
    return all(tags.script(each) in _SLANTED for each in languages) and all(map(_has_letters_for_it, block.words))


def _holds_code(block: Block, look: str) -> bool:
    return any(code.words in span.words for code in block.of("code") for span in block.of(look))


def _row(look: str, spans: Sequence[Span]) -> Iterator[Span]:
    words = [word for span in spans for word in _WORD.findall(span.words) if _has_letters_for_it(word)]
    if words:
        yield Span(look, "", " ".join(words))


def _has_letters_for_it(word: str) -> bool:
    return word.isascii() or all(
        unicodedata.name(letter, "").startswith(_SCRIPTS) for letter in word if letter.isalpha()
    )
