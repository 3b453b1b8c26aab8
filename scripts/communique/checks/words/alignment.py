"""Which paragraph of one edition is which of another: same words first, then likeness, in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from communique.checks.reading.edition import Block
from communique.checks.reading.text import SIGN, Words

_ALIKE = 0.4
"""How much two paragraphs must share to be taken for the same, from 0 to 1."""
_MANY = 60
"""So many paragraphs in one gap are compared each with each; in a larger gap only with those near their place."""


class Pair(NamedTuple):
    """A paragraph of each side by its number, from 0; None where one side has none."""

    wanted: int | None
    found: int | None


def align(wanted: Sequence[Block], found: Sequence[Block]) -> list[Pair]:
    """Pairs in the order of both sides; what is wanted comes before what was found in its place."""
    keys = [bare(block) for block in wanted], [bare(block) for block in found]
    pairs: list[Pair] = []
    for tag, start, end, first, last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [Pair(start + step, first + step) for step in range(end - start)]
        else:
            pairs += _gap(wanted, found, range(start, end), range(first, last))
    return pairs


def bare(block: Block) -> Words:
    """The words without signs, so that a note mark or a picture that is missing does not hide a paragraph."""
    return tuple(bare for word in block.words if (bare := SIGN.sub("", word))) or block.words


def _gap(wanted: Sequence[Block], found: Sequence[Block], left: range, right: range) -> Iterator[Pair]:
    """The likeliest pairs within a stretch where the words differ: the best chain in order."""
    scores = _scores(wanted, found, left, right)
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            both = best[row + 1][column + 1] + scores[row, column]
            best[row][column] = max(best[row + 1][column], best[row][column + 1], both)
    row = column = 0
    while row < len(left) and column < len(right):
        if scores[row, column] and best[row][column] == best[row + 1][column + 1] + scores[row, column]:
            yield Pair(left[row], right[column])
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            yield Pair(left[row], None)
            row += 1
        else:
            yield Pair(None, right[column])
            column += 1
    yield from (Pair(left[each], None) for each in range(row, len(left)))
    yield from (Pair(None, right[each]) for each in range(column, len(right)))


def _scores(wanted: Sequence[Block], found: Sequence[Block], left: range, right: range) -> dict[tuple[int, int], float]:
    scores: dict[tuple[int, int], float] = defaultdict(float)
    is_small = len(left) <= _MANY and len(right) <= _MANY
    for row, one in enumerate(left):
        for column, other in enumerate(right):
            if is_small or abs(row - column) <= _MANY // 4:
                scores[row, column] = likeness(wanted[one], found[other])
    return scores


def likeness(one: Block, other: Block) -> float:
    """How much two paragraphs share, from 0 to 1; 0 if too little to be the same."""
    mine, theirs = " ".join(bare(one)), " ".join(bare(other))
    share = max(_ratio(one.words, other.words), _ratio(mine, theirs) if len(mine) + len(theirs) < 400 else 0)
    same_place = one.where.cell is not None and one.where.cell == other.where.cell
    same_part = one.where.part == other.where.part and not one.where.in_text and one.where.part.value != "paragraph"
    return share if share >= _ALIKE else 0.1 if same_place or same_part else 0.0


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
