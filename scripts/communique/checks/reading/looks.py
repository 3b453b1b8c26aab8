"""How words look where that says something: emphasised, strong, struck, raised and the like, letter by letter.

One format has a span around a passage, another one for each word, a third one that ends at every note: what is compared
is which letters look so, in the longest passages that only spaces and signs interrupt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from communique.checks.reading.text import SIGN, plain

EMPHASES = ("emphasis", "strong", "smallcaps", "underlined", "marked")
STRESSED = "stressed"
"""Emphasised or strong: where a script has no italics, bold letters stand for both."""
_STRESSES = frozenset({"emphasis", "strong"})
LOOKS = frozenset((*EMPHASES, "struck", "raised", "lowered", "code"))


class Stretch(NamedTuple):
    """Pieces of a paragraph, from one to before another, that look in a way."""

    look: str
    start: int
    end: int


def passages(pieces: Sequence[str], stretches: Sequence[Stretch]) -> Iterator[tuple[str, str]]:
    """Each look of a paragraph with the words of each passage that has it, in order."""
    if not stretches:
        return
    stretches = [*stretches, *(each._replace(look=STRESSED) for each in stretches if each.look in _STRESSES)]
    ends = [0, *accumulate(map(len, pieces))]
    whole = "".join(pieces)
    silent = [False] * len(whole)
    for match in _SILENT.finditer(whole):
        silent[match.start() : match.end()] = [True] * (match.end() - match.start())
    for look in sorted({stretch.look for stretch in stretches}):
        has = [False] * len(whole)
        for _, start, end in (stretch for stretch in stretches if stretch.look == look):
            has[ends[start] : ends[end]] = [True] * (ends[end] - ends[start])
        for start, end in _runs(has, silent):
            yield look, plain(SIGN.sub("", whole[start:end]))


_SILENT = re.compile(r"⟦[^⟦⟧]*⟧|\s+")


def _runs(has: Sequence[bool], silent: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where each passage begins and ends; what is silent neither begins nor ends one."""
    start = end = -1
    for place, (is_so, is_silent) in enumerate(zip(has, silent, strict=True)):
        if is_silent:
            continue
        if is_so:
            start, end = place if start < 0 else start, place + 1
        elif start >= 0:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
