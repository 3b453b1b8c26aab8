"""Where a paragraph stands, and what it says, in the words of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from communique.checks.reading.edition import Block, Part
from communique.checks.reading.text import Words
from communique.checks.words.alignment import Pair

_LONG = 24
"""The words of a paragraph that a message gives at most."""
_AROUND = 3
"""The words before and behind a difference that a message gives."""
_LETTERS = 240
_GLUE = "\ue000"
"""Stands at the end of a piece that goes on without a space."""
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_PIECE = re.compile(f"⟦[^⟧]*⟧|[{_UNSPACED}]|[^{_UNSPACED}⟦]+|⟦")


_OF_MASTHEAD = frozenset({Part.KICKER, Part.TITLE, Part.ISSUER, Part.DATE})


class Places:
    """The names of the paragraphs of an edition, or of one note: p3, heading 2, table 1, row 2, column 3."""

    def __init__(self, blocks: Sequence[Block], note: str = "") -> None:
        self.blocks = blocks
        self.note = note
        self.names = self._names()

    def of(self, number: int) -> str:
        """The name of a paragraph."""
        return self.names[number]

    def near(self, found: int, pairs: Sequence[Pair]) -> str:
        """A place on the other side: behind the last paragraph before it that both sides have."""
        before = [
            pair.wanted for pair in pairs if pair.wanted is not None and pair.found is not None and pair.found < found
        ]
        return f"after {self.names[before[-1]]}" if before else f"at the beginning{' of ' * bool(self.note)}{self.note}"

    def _names(self) -> list[str]:
        heading, about, names = 0, 0, []
        for number, block in enumerate(self.blocks):
            heading += block.where.part is Part.HEADING
            about += not block.where.in_text and block.where.part in (Part.PARAGRAPH, Part.TERM)
            names.append(self._name(block, heading, number, about))
        return names

    def _name(self, block: Block, heading: int, number: int, about: int) -> str:
        where = block.where
        if self.note:
            return self.note if len(self.blocks) == 1 else f"{self.note}, paragraph {number + 1}"
        if where.cell:
            return f"table {where.cell.table}, row {where.cell.row}, column {where.cell.column}"
        if where.part in _OF_MASTHEAD:
            return f"masthead, {where.part}"
        own = f"heading {heading}" if where.part is Part.HEADING else block.name
        return own or (
            f"{where.part} after {self._before(number)}" if where.in_text else f"about this text, line {about}"
        )

    def _before(self, number: int) -> str:
        """The nearest paragraph before that has a name of its own."""
        heading = sum(block.where.part is Part.HEADING for block in self.blocks[:number])
        for block in reversed(self.blocks[:number]):
            if block.where.part is Part.HEADING:
                return f"heading {heading}"
            if block.name:
                return block.name
            if block.where.cell:
                return f"table {block.where.cell.table}"
        return "the masthead"


def quoted(words: Words) -> str:
    """A paragraph, or as much as a message has room for."""
    said = " ".join(words[:_LONG])
    is_short = len(words) <= _LONG and len(said) <= _LETTERS
    return f"“{said}”" if is_short else f"“{said[:_LETTERS]} …”"


def tokens(words: Words) -> Words:
    """The words in pieces that can be compared: letter by letter where a script sets no space between words."""
    return tuple(piece for word in words for piece in _pieces(word))


def _pieces(word: str) -> list[str]:
    pieces = _PIECE.findall(word)
    return [piece + _GLUE for piece in pieces[:-1]] + pieces[-1:]


def excerpt(pieces: Words, start: int, end: int) -> str:
    """Some pieces with those around them, such as “… of the Ministers of three …”."""
    around = 4 * _AROUND if any(_GLUE in piece for piece in pieces[start : end + 1]) else _AROUND
    first, last = max(0, start - around), min(len(pieces), max(end, start) + around)
    most = 3 * _LONG if around > _AROUND else _LONG
    shown = pieces[first:last] if last - first <= most else (*pieces[first : first + most], "…")
    said = " ".join(shown).replace(f"{_GLUE} ", "").replace(_GLUE, "")
    said = said if len(said) <= 2 * _LETTERS else f"{said[:_LETTERS]} … {said[-_LETTERS:]}"
    return f"“{'… ' * bool(first)}{said}{' …' * (last < len(pieces))}”"
