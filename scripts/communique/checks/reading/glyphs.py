"""Which letters each glyph of a font stands for, learned from a whole edition.

A PDF tells one text for each glyph (ToUnicode), but in Devanagari, Thai or Arabic a glyph may stand for other letters
in other words, so what a file tells is only a first guess. Words whose letters are known from elsewhere correct it: a
glyph is given other letters where that explains more of its words than before. One wrong word among many corrects
nothing, and remains as what it is: a word drawn otherwise than it is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from communique.checks.reading.drawn import Shape

Letters = tuple[tuple[str, int], ...]
"""Letters with how often they stand, in order; fewer than none where a guess had too many."""
Word = tuple[tuple[Shape, ...], Letters]
"""The glyphs of a word, and the letters that it has."""
_ROUNDS, _LONGEST = 8, 8


def counted(letters: Mapping[str, int]) -> Letters:
    """Letters with their counts, without those that stand nowhere."""
    return tuple(sorted((letter, count) for letter, count in letters.items() if count))


def learn(words: Iterable[Word], told: Mapping[Shape, str]) -> dict[Shape, Counter[str]]:
    """What each glyph stands for: as `told`, corrected by the words."""
    guess = _Guess(list(Counter(words)), told)
    guess.share()
    for _ in range(_ROUNDS):
        suspects = {shape for number, (shapes, _) in enumerate(guess.rows) if guess.rest[number] for shape in shapes}
        changed = [shape for shape in sorted(suspects) if guess.correct(shape)]
        if not changed:
            break
    return guess.known


class _Guess:
    """What each glyph stands for, and what each word has beyond that; `where` has the words of each glyph."""

    def __init__(self, words: Iterable[Word], told: Mapping[Shape, str]) -> None:
        self.known: dict[Shape, Counter[str]] = defaultdict(Counter)
        self.known.update({shape: Counter(text) for shape, text in told.items()})
        self.rows = [(shapes, dict(letters)) for shapes, letters in words]
        self.where: dict[Shape, set[int]] = defaultdict(set)
        for number, (shapes, _) in enumerate(self.rows):
            for shape in shapes:
                self.where[shape].add(number)
        self.rest = [residue(shapes, letters, self.known) for shapes, letters in self.rows]
        self.silent = {shape for shape in self.where if not self.known[shape]}

    def share(self) -> None:
        """Moves letters from glyph to glyph, where a file tells the letters of several of one of them alone.

        Such a file tells no letters at all of the others; of no other glyphs is anything moved.
        """
        for number, (shapes, _) in enumerate(self.rows):
            for shape in dict.fromkeys(shapes):
                if self.silent and self.rest[number] and len(self.where[shape]) > 1:
                    self._move(self._chain(shape), Counter(dict(self.rest[number])))

    def _chain(self, first: Shape) -> dict[Shape, int]:
        """How often each glyph gains some letters if a first one does, so that the words that were right remain so."""
        gains = {first: 1}
        for shape in (waiting := [first]):
            for number in sorted(self.where[shape]):
                shapes = self.rows[number][0]
                if self.rest[number] or not sum(gains.get(each, 0) for each in shapes):
                    continue
                near = [each for each in self._near(shape, shapes) if each not in gains]
                if near and len(gains) < _LONGEST:
                    gains[near[0]] = -gains[shape]
                    waiting.append(near[0])
        return gains

    def _near(self, shape: Shape, shapes: Sequence[Shape]) -> list[Shape]:
        """The neighbours of a glyph in a word with which it may share letters that are told of one of them."""
        pairs = [pair for pair in pairwise(shapes) if shape in pair and pair[0] != pair[1]]
        return [each for pair in pairs for each in pair if each != shape and self.silent & set(pair)]

    def _move(self, gains: Mapping[Shape, int], letters: Counter[str]) -> None:
        """Moves letters if the words come out better then, and none that was right is wrong."""
        before = {shape: self.known[shape] for shape in gains}
        for shape, count in gains.items():
            self.known[shape] = Counter(self.known[shape])
            self.known[shape].update({letter: count * more for letter, more in letters.items()})
        numbers = {number for shape in gains for number in self.where[shape]}
        after = {number: residue(*self.rows[number], self.known) for number in numbers}
        spoils = any(after[number] and not self.rest[number] for number in numbers)
        if spoils or sum(_size(after[number]) - _size(self.rest[number]) for number in numbers) >= 0:
            self.known.update(before)
            return
        for number in numbers:
            self.rest[number] = after[number]

    def correct(self, shape: Shape) -> bool:
        """Gives a glyph other letters if most of its words that have it once then come out better."""
        numbers = sorted(self.where[shape])
        votes = Counter(self.rest[number] for number in numbers if self.rows[number][0].count(shape) == 1)
        if not votes:
            return False
        (best, count), *_ = votes.most_common(1)
        if not best or count <= votes[()]:
            return False
        letters = Counter(self.known[shape])
        for letter, more in best:
            letters[letter] += more
        self.known[shape] = letters
        for number in numbers:
            self.rest[number] = residue(*self.rows[number], self.known)
        return True


def _size(letters: Letters) -> int:
    return sum(abs(count) for _, count in letters)


def residue(shapes: Iterable[Shape], letters: Mapping[str, int], known: Mapping[Shape, Mapping[str, int]]) -> Letters:
    """What a word has beyond what its glyphs stand for, and, with counts below none, what it lacks."""
    left = Counter(dict(letters))
    for shape in shapes:
        left.subtract(known.get(shape, {}))
    return counted(left)
