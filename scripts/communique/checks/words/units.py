"""What a PDF without a structure draws, unit by unit, in the order in which it is read.

The unit is what is drawn in one go: a line, or a part of it. From right to left the glyphs of a unit stand in the order
in which they lie on the sheet; they are turned back word by word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from unicodedata import category

from communique.checks.reading.drawn import Drawing, Shape, Text
from communique.checks.reading.text import is_space, letters, words
from communique.checks.words.ink import RIGHT_TO_LEFT, Ink

Element = str
"""A letter, or from right to left a word with its letters sorted."""


@dataclass(frozen=True)
class Unit:
    """What is drawn in one go: its page, its place, what it says as it was drawn, and the elements of that."""

    page: int
    x: float
    y: float
    raw: str
    elements: tuple[Element, ...]
    is_turned: bool = False
    others: tuple[tuple[Element, ...], ...] = ()
    """The same if its line runs in the other direction, or if its glyphs stand for what other words tell of them."""

    @property
    def height(self) -> float:
        """How far from the edge to which its feet point it stands, in points."""
        return self.x if self.is_turned else self.y


def units_of(drawing: Drawing, ink: Ink) -> list[Unit]:
    """All that is drawn, in order: what has an ActualText as it is said, the rest by its glyphs."""
    units: list[Unit] = []
    spoken = {id(text): mark for mark in drawing.marks if "/ActualText" in mark.properties for text in mark.texts}
    done = set[int]()
    for _, group in groupby(drawing.texts, key=lambda text: (text.page, text.x, text.y, id(spoken.get(id(text))))):
        texts = list(group)
        mark = spoken.get(id(texts[0]))
        if mark is None:
            units.append(_drawn(texts, ink))
        elif id(mark) not in done:
            done.add(id(mark))
            said = str(mark.properties.ActualText)
            first = texts[0]
            units.append(Unit(first.page, first.x, first.y, f"{said} ", elements(said), first.is_turned))
    return units


def elements(text: str) -> tuple[Element, ...]:
    """The elements of a text that is read as it stands."""
    found: list[Element] = []
    for word in words(text):
        found += _turned(letters(word)) if RIGHT_TO_LEFT.search(word) else letters(word)
    return tuple(found)


def _turned(word: str) -> list[Element]:
    """The letters of a word that runs to the left, sorted, as one element; what else is in it, each by itself."""
    is_ours = [bool(RIGHT_TO_LEFT.match(each)) or category(each)[0] == "M" for each in word]
    ours = "".join(sorted(each for each, own in zip(word, is_ours, strict=True) if own))
    ours = _TWICE.sub(r"\1", ours)
    return [ours, *(each for each, own in zip(word, is_ours, strict=True) if not own)]


def settled(row: Sequence[Element]) -> list[int]:
    """The numbers of the elements whose order can be compared.

    A sign near a word that runs to the left is drawn on either side of what is around it: its place says nothing.
    """
    kept = []
    for number, element in enumerate(row):
        near = row[max(0, number - _NEAR) : number + _NEAR + 1]
        if any(map(str.isalnum, element)) or not any(map(RIGHT_TO_LEFT.match, near)):
            kept.append(number)
    return kept


def is_mixed_order(mine: Sequence[Element], drawn: Sequence[Element]) -> bool:
    """Whether two rows differ only in the order of words of both directions in one place.

    Where Latin words and numbers stand among words that run to the left, the order of drawing is that of neither; signs
    are counted elsewhere.
    """
    mine, drawn = ([element for element in row if any(map(str.isalnum, element))] for row in (mine, drawn))
    if not any(map(RIGHT_TO_LEFT.match, mine)) or len(mine) != len(drawn) or len(mine) > _LONGEST:
        return False
    codes = SequenceMatcher(None, mine, drawn, autojunk=False).get_opcodes()
    places: list[list[int]] = []
    for tag, start, end, first, last in codes:
        if tag == "equal":
            continue
        if places and start - places[-1][1] < _TOGETHER:
            places[-1][1::2] = [end, last]
        else:
            places.append([start, end, first, last])
    return all(_is_mixed(mine[start:end], drawn[first:last]) for start, end, first, last in places)


def _is_mixed(mine: Sequence[Element], drawn: Sequence[Element]) -> bool:
    is_ours = [bool(RIGHT_TO_LEFT.match(element)) for element in mine]
    same = Counter(map(_without_lam, mine)) == Counter(map(_without_lam, drawn))
    return same and any(is_ours) and not all(is_ours)


def _without_lam(element: Element) -> Element:
    return element.replace("\u0644", "")


_NEAR, _TOGETHER, _LONGEST = 12, 40, 20_000
_TWICE = re.compile("(\u0644)\u0644+")
"""The lam, whose glyph may stand for one or for two: such fonts draw both alike."""
BRACKETS = str.maketrans({")": "(", "]": "[", "}": "{", "»": "«", "›": "‹"})


def _drawn(texts: Sequence[Text], ink: Ink) -> Unit:
    raw = "".join(text.said for text in texts)
    if not RIGHT_TO_LEFT.search(raw):
        return Unit(texts[0].page, texts[0].x, texts[0].y, raw, elements(raw), texts[0].is_turned)
    pairs = [pair for text in texts for pair in zip(text.glyphs, text.shapes, strict=True)]
    drawn: list[Drawn] = [[]]
    for text, shape in pairs:
        if is_space(text):
            drawn.append([])
        else:
            drawn[-1].append((text, shape))
    line = "".join(text for word in drawn for text, _ in word)
    is_ours = 2 * len(RIGHT_TO_LEFT.findall(line)) > sum(map(str.isalpha, line))
    told: list[tuple[Element, ...]] = []
    for known in (None, ink):
        for to_left in (is_ours, not is_ours):
            told.append(_elements(_in_reading_order(drawn, to_left=to_left), known))
    first = texts[0]
    return Unit(first.page, first.x, first.y, raw, told[0], first.is_turned, tuple(dict.fromkeys(told[1:])))


Drawn = list[tuple[str, Shape]]
"""The glyphs of a word, each with the letters that its font tells."""


def _elements(drawn: Iterable[Drawn], ink: Ink | None) -> tuple[Element, ...]:
    found: list[Element] = []
    for word in drawn:
        if _runs_to_left(word):
            found += _turned("".join(_letters(text, shape, ink) for text, shape in word))
        else:
            found += letters("".join(text for text, _ in word))
    return tuple(found)


def _in_reading_order(drawn: list[Drawn], *, to_left: bool) -> Iterator[Drawn]:
    """The words of a line in the order in which they are read, by the direction of the line."""
    if to_left:
        for is_turned, group in groupby(reversed(drawn), key=_runs_to_left):
            run = list(group)
            yield from run if is_turned else _turned_back(run)
        return
    for is_turned, group in groupby(drawn, key=_runs_to_left):
        run = list(group)
        yield from reversed(run) if is_turned else run


def _runs_to_left(word: Drawn) -> bool:
    return bool(RIGHT_TO_LEFT.search("".join(text for text, _ in word)))


def _turned_back(run: list[Drawn]) -> list[Drawn]:
    """Words that run to the right among others that do not, which were turned: in order again, if they are one run.

    Latin words are, and so is a number in groups of three digits; several numbers follow each other to the left.
    """
    if any(map(str.isalpha, "".join(text for word in run for text, _ in word))):
        return run[::-1]
    numbers: list[list[Drawn]] = []
    for word in reversed(run):
        goes_on = (
            numbers
            and re.fullmatch(r"\d{3}\W*", _digits(word))
            and re.fullmatch(r"\W*\d{1,3}", _digits(numbers[-1][0]))
        )
        if goes_on:
            numbers[-1].append(word)
        else:
            numbers.append([word])
    return [word for number in reversed(numbers) for word in number]


def _digits(word: Drawn) -> str:
    return "".join(text for text, _ in word)


def _letters(text: str, shape: Shape, ink: Ink | None) -> str:
    """What a glyph stands for: as the font tells it, or as other words of the edition have taught it."""
    if ink is None or shape not in ink.told or shape not in ink.known:
        return letters(text)
    return "".join(Counter(ink.known[shape]).elements())
