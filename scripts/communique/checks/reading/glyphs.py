"""Which letters each glyph of a font stands for, learned from a whole edition.

A PDF tells one text for each glyph (ToUnicode), but in Devanagari, Thai or Arabic a glyph may stand for other letters
in other words, so what a file tells is only a first guess. Words whose letters are known from elsewhere correct it: a
glyph is given other letters where that explains more of its words than before. One wrong word among many corrects
nothing, and remains as what it is: a word drawn otherwise than it is said.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.checks.reading.drawn import Shape

Letters = tuple[tuple[str, int], ...]
"""Letters with how often they stand, in order; fewer than none where a guess had too many."""
Word = tuple[tuple[Shape, ...], Letters]
"""The glyphs of a word, and the letters that it has."""
_ROUNDS = 8


def counted(letters: Mapping[str, int]) -> Letters:
    """Letters with their counts, without those that stand nowhere."""
    return tuple(sorted((letter, count) for letter, count in letters.items() if count))


def learn(words: Iterable[Word], told: Mapping[Shape, str]) -> dict[Shape, Counter[str]]:
    """What each glyph stands for: as `told`, corrected by the words."""
    known: dict[Shape, Counter[str]] = defaultdict(Counter)
    known.update({shape: Counter(text) for shape, text in told.items()})
    rows = [(shapes, dict(letters)) for shapes, letters in Counter(words)]
    where: dict[Shape, set[int]] = defaultdict(set)
    for number, (shapes, _) in enumerate(rows):
        for shape in shapes:
            where[shape].add(number)
    rest = [residue(shapes, letters, known) for shapes, letters in rows]
    for _ in range(_ROUNDS):
        suspects = {shape for number, (shapes, _) in enumerate(rows) if rest[number] for shape in shapes}
        changed = [shape for shape in sorted(suspects) if _correct(shape, sorted(where[shape]), rows, rest, known)]
        if not changed:
            break
    return known


def _correct(
    shape: Shape,
    numbers: Sequence[int],
    rows: Sequence[tuple[tuple[Shape, ...], dict[str, int]]],
    rest: list[Letters],
    known: dict[Shape, Counter[str]],
) -> bool:
    """Gives a glyph other letters if most of its words that have it once then come out better."""
    votes = Counter(rest[number] for number in numbers if rows[number][0].count(shape) == 1)
    if not votes:
        return False
    (best, count), *_ = votes.most_common(1)
    if not best or count <= votes[()]:
        return False
    letters = Counter(known[shape])
    for letter, more in best:
        letters[letter] += more
    known[shape] = letters
    for number in numbers:
        rest[number] = residue(*rows[number], known)
    return True


def residue(shapes: Iterable[Shape], letters: Mapping[str, int], known: Mapping[Shape, Mapping[str, int]]) -> Letters:
    """What a word has beyond what its glyphs stand for, and, with counts below none, what it lacks."""
    left = Counter(dict(letters))
    for shape in shapes:
        left.subtract(known.get(shape, {}))
    return counted(left)
