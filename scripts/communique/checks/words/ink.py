"""What is drawn against what is said: a PDF may tell a reader other words than it shows (ActualText).

Letter for letter where a font says which letters its glyphs stand for; where it cannot (Devanagari, Thai, some Arabic),
with what the glyphs stand for in the other words of the same edition (`reading.glyphs`).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import category

from communique.checks.file_by_file import Remark
from communique.checks.reading import glyphs
from communique.checks.reading.drawn import Drawing, Mark, Shape
from communique.checks.reading.glyphs import Letters, Word
from communique.checks.reading.pdf_structure import Reading
from communique.checks.reading.text import letters

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Capitals of a style, hyphens of one look, brackets that turn with the direction, accents that capitals drop.
_ALIKE = str.maketrans({"\u2010": "-", "\u2011": "-", ")": "(", "]": "[", "}": "{", "»": "«", "›": "‹"})
_DROPPED = dict.fromkeys((0x0301, 0x0308))
_EDGES = re.compile(r"^\W+|\W+$")


def fold(text: str) -> str:
    """The letters of a text without what a font may show alike."""
    return letters(text.translate(_ALIKE)).casefold().translate(_DROPPED)


@dataclass(frozen=True)
class Said:
    """A word that is said, and the glyphs drawn for it."""

    page: int
    text: str
    glyphs: tuple[Shape, ...]

    @property
    def word(self) -> Word:
        """The same for comparing."""
        return self.glyphs, glyphs.counted(Counter(fold(self.text)))

    @property
    def key(self) -> tuple[tuple[Shape, ...], str]:
        """The same for asking in which order the glyphs are drawn."""
        return tuple(sorted(self.glyphs)), fold(self.text)


@dataclass
class Ink:
    """What the glyphs of an edition stand for, from all of its PDFs."""

    known: Mapping[Shape, Mapping[str, int]]
    residues: Mapping[Letters, set[tuple[Shape, ...]]]
    drawings: Mapping[Word, set[str]]
    orders: Mapping[tuple[tuple[Shape, ...], str], Counter[tuple[Shape, ...]]]
    """For the glyphs of a word, sorted, and the word: in which order the edition draws them, and how often."""
    told: dict[Shape, str] = field(default_factory=dict)


def learn(readings: Mapping[str, Iterable[tuple[str, tuple[Mark, ...]]]], marks: Mapping[str, Iterable[Mark]]) -> Ink:
    """The ink of an edition; both arguments are by the name of the file."""
    if not any(readings.values()):
        return Ink({}, {}, {}, {})
    told: dict[Shape, str] = {}
    for mark in (mark for each in marks.values() for mark in each):
        for text, shape in mark.shapes:
            told.setdefault(shape, fold(text))
    drawings: dict[Word, set[str]] = defaultdict(set)
    all_said = [said for each in marks.values() for said in _plain(each)]
    for name, spoken in readings.items():
        for said in (said for text, parts in spoken for said in _pairs(text, parts) or ()):
            all_said.append(said)
            drawings[said.word].add(name)
    pairs = [said.word for said in all_said]
    known = glyphs.learn(pairs, told)
    residues: dict[Letters, set[tuple[Shape, ...]]] = defaultdict(set)
    for shapes, wanted in set(pairs):
        residues[glyphs.residue(shapes, dict(wanted), known)].add(shapes)
    orders: dict[tuple[tuple[Shape, ...], str], Counter[tuple[Shape, ...]]] = defaultdict(Counter)
    for said in all_said:
        orders[said.key][said.glyphs] += 1
    return Ink(known, residues, drawings, orders, told)


def _plain(marks: Iterable[Mark]) -> Iterator[Said]:
    """The words that are read by their glyphs alone, and from left to right."""
    for mark in marks:
        if "/ActualText" not in mark.properties and not RIGHT_TO_LEFT.search(mark.drawn):
            yield from _pairs(mark.drawn, (mark,)) or ()


def objections(reading: Reading, ink: Ink, name: str) -> Iterator[Remark]:
    """Every word that is drawn otherwise than it is said, and everything drawn so that nobody sees it."""
    yield from _unseen(reading.drawing)
    yield from _lies(reading.spoken, ink, name)


def of_drawing(drawing: Drawing, ink: Ink, name: str) -> Iterator[Remark]:
    """The same of a PDF without a structure."""
    yield from _unseen(drawing)
    yield from _lies(_spoken(drawing), ink, name)


def of_one(drawing: Drawing, name: str) -> Ink:
    """The ink of a PDF without a structure, where no other PDF of its edition can teach it."""
    plain = [Mark(text.page, "", {}, [text]) for text in drawing.texts]
    return learn({name: _spoken(drawing)}, {name: plain})


def _spoken(drawing: Drawing) -> list[tuple[str, tuple[Mark, ...]]]:
    marks = [mark for mark in drawing.marks if "/ActualText" in mark.properties]
    return [(str(mark.properties.ActualText), (mark,)) for mark in marks]


def _unseen(drawing: Drawing) -> Iterator[Remark]:
    for text in drawing.texts:
        if text.unseen and text.said.strip():
            yield Remark("unseen-text", f"“{text.said.strip()[:100]}” is {text.unseen}", f"page {text.page + 1}")


def _lies(spoken: Iterable[tuple[str, tuple[Mark, ...]]], ink: Ink, name: str) -> Iterator[Remark]:
    """Every word that is drawn otherwise than it is said."""
    for text, marks in spoken:
        place = f"page {marks[0].page + 1}" if marks else ""
        drawn = "".join(mark.drawn for mark in marks)
        pairs = _pairs(text, marks)
        if pairs is None:
            if _rest(text, marks, ink) or len(text.split()) != sum(len(_drawn(mark)) for mark in marks):
                told = f"“{text.strip()[:100]}” is said, but what is drawn has other words: “{drawn.strip()[:100]}”"
                yield Remark("actual-text", told, place)
            continue
        wrong = [said for said in pairs if not _is_explained(said, ink, name)]
        if wrong:
            told = (
                f"“{wrong[0].text}” is said, but what is drawn there is not that word; the line: “{text.strip()[:100]}”"
            )
            yield Remark("actual-text", told, place)


def _rest(text: str, marks: Iterable[Mark], ink: Ink) -> Letters:
    shapes = [shape for mark in marks for _, shape in mark.shapes]
    return glyphs.residue(shapes, Counter(fold(text)), ink.known)


def _is_explained(said: Said, ink: Ink, name: str) -> bool:
    """Whether the glyphs of a word can be its letters.

    They are not if the edition mostly draws the same glyphs of the same word in another order. They are if they add up,
    if the same difference shows in other words, or if another file of the edition draws the word in the same way.
    """
    shapes, wanted = said.word
    orders = ink.orders.get(said.key, Counter())
    if (orders and orders[shapes] * 2 < max(orders.values())) or not _is_in_order(said, ink):
        return False
    rest = glyphs.residue(shapes, dict(wanted), ink.known)
    if not rest or ink.drawings.get(said.word, set()) - {name}:
        return True
    return len(ink.residues.get(rest, ())) > 1 and sum(abs(count) for _, count in rest) <= _UNSETTLED


def _is_in_order(said: Said, ink: Ink) -> bool:
    """Whether digits and letters that run to the left stand in their order, as far as single glyphs can tell it."""
    drawn = [ink.told.get(shape, "") for shape in said.glyphs]
    wanted = fold(said.text)
    if re.findall(r"\d+", wanted) != re.findall(r"\d+", "".join(drawn)) and wanted.isascii():
        return False
    if not RIGHT_TO_LEFT.search(said.text):
        # Signs at the edge of a word stand on its other side in a line that runs to the left.
        bare, shown = (_EDGES.sub("", text) for text in (wanted, "".join(drawn)))
        joins = any(category(letter)[0] == "M" or letter > "\u0900" for letter in wanted)
        return joins or bare == shown or sorted(bare) != sorted(shown)
    # The letters of one glyph may be told in either order.
    turned = ("".join(reversed(drawn)), "".join(drawn)[::-1])
    mine, *theirs = (_TWICE.sub(r"\1", _ours(text)) for text in (wanted, *turned))
    return mine in theirs or sorted(mine) != sorted(theirs[0])


def _ours(text: str) -> str:
    return "".join(each for each in text if RIGHT_TO_LEFT.match(each) and each.isalpha())


_TWICE = re.compile("(\u0644)\u0644+")
_UNSETTLED = 4
"""How many letters a word may differ by where glyphs stand for several letters: no more than one such cluster has."""


def _pairs(text: str, marks: Iterable[Mark]) -> list[Said] | None:
    """Each word of a text with its glyphs, None if their number differs.

    From right to left the words are drawn in turned order, but for those that run to the right: these are taken in the
    order of their letters.
    """
    drawn = [word for mark in marks for word in _drawn(mark)]
    said = tuple(text.split())
    page = next((mark.page for mark in marks), 0)
    if len(drawn) != len(said):
        return None
    if not any(map(str.isalpha, text)):
        # Digits and signs alone may stand in a line that runs to the left.
        said = tuple(sorted(said, key=_core))
        drawn = sorted(drawn, key=lambda word: _core("".join(text for text, _ in word)))
    if not RIGHT_TO_LEFT.search(text):
        return [Said(page, word, tuple(s for _, s in glyphs)) for word, glyphs in zip(said, drawn, strict=True)]
    turned = list(reversed(drawn))
    told = ["".join(text for text, _ in word) for word in turned]
    ours = [number for number, word in enumerate(said) if RIGHT_TO_LEFT.search(word)]
    theirs = [number for number, word in enumerate(told) if RIGHT_TO_LEFT.search(word)]
    if len(ours) != len(theirs):
        return None
    mine = sorted(set(range(len(said))) - set(ours), key=lambda number: _core(said[number]))
    others = sorted(set(range(len(told))) - set(theirs), key=lambda number: _core(told[number]))
    pairs = [*zip(ours, theirs, strict=True), *zip(mine, others, strict=True)]
    return [Said(page, said[one], tuple(s for _, s in turned[other])) for one, other in pairs]


def _core(word: str) -> str:
    return "".join(sorted(_EDGES.sub("", word)))


def _drawn(mark: Mark) -> list[list[tuple[str, Shape]]]:
    """The glyphs of a marked content that leave ink, parted at the spaces."""
    parted: list[list[tuple[str, Shape]]] = [[]]
    for text, shape in mark.shapes:
        if text.isspace():  # One glyph may be drawn for all kinds of spaces.
            parted.append([])
        else:
            parted[-1].append((text, shape))
    return [word for word in parted if word]
