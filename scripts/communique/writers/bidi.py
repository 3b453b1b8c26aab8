"""Which stretches of a text run against its direction, by the Unicode Bidirectional Algorithm (UAX 9)."""

from __future__ import annotations

import re
from itertools import groupby
from typing import NamedTuple
from unicodedata import bidirectional

OBJECT = "\ufffc"
"""Stands for what has an order of its own: neutral, as an isolate is (UAX 9, 2.4)."""
BREAK = "\u2029"
"""Ends a line on purpose, and with it what letters do to the signs around them."""

_ISOLATES = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_NUMBERS = ("EN", "AN")
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI", "LRE", "RLE", "LRO", "RLO", "PDF"})
_CLOSING = dict(zip("([{⟨〈", ")]}⟩〉", strict=True))


class Run(NamedTuple):
    """Where a stretch begins and ends in a text, in characters, and whether any of it is more than digits."""

    start: int
    end: int
    has_letters: bool


def against(text: str, direction: str) -> list[Run]:
    """The stretches of a text that do not run as it does ("ltr", "rtl"), in order, without spaces around them."""
    masked = _ISOLATES.sub(lambda match: OBJECT * len(match[0]), text)
    own, runs, start = "R" if direction == "rtl" else "L", [], 0
    for line in masked.split(BREAK):
        classes = _resolved(line, own)
        for is_against, places in groupby(range(len(line)), key=lambda place: classes[place] != own):
            if is_against:
                stretch = list(places)
                has_letters = any(classes[place] not in _NUMBERS for place in stretch)
                runs.append(Run(start + stretch[0], start + stretch[-1] + 1, has_letters))
        start += len(line) + 1
    return runs


def _resolved(line: str, own: str) -> list[str]:
    """For each character L or R, or EN or AN for digits that keep an order of their own, in a line that runs `own`."""
    classes = _numbers(_weak(line, own), own)
    _brackets(line, classes, own)
    place = 0
    for is_neutral, group in groupby(list(classes), key=_NEUTRAL.__contains__):
        length = len(list(group))
        if is_neutral:  # Rules N1 and N2.
            before = _side(classes[place - 1]) if place else own
            after = _side(classes[place + length]) if place + length < len(classes) else own
            classes[place : place + length] = [before if before == after else own] * length
        place += length
    return classes


def _weak(line: str, own: str) -> list[str]:
    """The classes of characters after rules W1 to W3: marks follow their letter, digits what they stand behind."""
    classes: list[str] = []
    strong = own
    for character in line:
        kind = bidirectional(character) or "L"
        if kind in ("NSM", "BN"):
            kind = classes[-1] if classes else own
        elif kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        classes.append("R" if kind == "AL" else kind)
    return classes


def _numbers(classes: list[str], own: str) -> list[str]:
    """The classes after rules W4 to W7: the signs of a number belong to it, and digits behind Latin letters to them."""
    for place in range(1, len(classes) - 1):
        before, kind, after = classes[place - 1 : place + 2]
        if before == after and ((kind in ("ES", "CS") and before == "EN") or (kind == "CS" and before == "AN")):
            classes[place] = before
    settled: list[str] = []
    for kind, group in groupby(classes):
        length = len(list(group))
        place = len(settled)
        following = classes[place + length] if place + length < len(classes) else ""
        is_sign = kind == "ET" and "EN" in (following, *settled[-1:])
        settled += ["EN" if is_sign else "ON" if kind in ("ES", "CS", "ET") else kind] * length
    strong = own
    for place, kind in enumerate(settled):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            settled[place] = "L"
    return settled


def _brackets(line: str, classes: list[str], own: str) -> None:
    """Rule N0: both brackets of a pair run as what is between them, or as what is before them."""
    for start, end in _pairs(line, classes):
        inside = {_side(kind) for kind in classes[start + 1 : end] if kind not in _NEUTRAL}
        if own in inside:
            classes[start] = classes[end] = own
        elif inside:
            before = next((_side(kind) for kind in reversed(classes[:start]) if kind not in _NEUTRAL), own)
            classes[start] = classes[end] = before if before in inside else own


def _pairs(line: str, classes: list[str]) -> list[tuple[int, int]]:
    """Where brackets open and close (BD16), in the order in which they open."""
    opened: list[tuple[str, int]] = []
    pairs = []
    for place, character in enumerate(line):
        if classes[place] != "ON":
            continue
        if character in _CLOSING:
            opened.append((_CLOSING[character], place))
        depth = next((depth for depth in reversed(range(len(opened))) if opened[depth][0] == character), None)
        if depth is not None:
            pairs.append((opened[depth][1], place))
            del opened[depth:]
    return sorted(pairs)


def _side(kind: str) -> str:
    """Digits that keep their own order count as letters from right to left."""
    return "R" if kind in _NUMBERS else kind
