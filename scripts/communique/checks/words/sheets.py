"""The press edition, which has no structure: what is drawn, in its order, is what the master says.

Compared letter by letter; from right to left word by word, each with its letters in any order, for there the order of
drawing is not that of reading. Running headers, page numbers, markers of lists and repeated heads of tables are taken
away first, as many as there must be and no more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, permutations
from unicodedata import category

from communique.checks.file_by_file import Remark
from communique.checks.reading.drawn import Drawing
from communique.checks.reading.edition import Block, Edition
from communique.checks.reading.numbering import BULLET
from communique.checks.reading.pdf import BULLETS, is_marker
from communique.checks.reading.text import PICTURE, SIGN, letters, words
from communique.checks.words.ink import RIGHT_TO_LEFT, Ink
from communique.checks.words.known import Known
from communique.checks.words.places import Places, excerpt
from communique.checks.words.units import BRACKETS, Element, Unit, elements, is_mixed_order, settled, units_of

_DIGITS = 5
_NEAR = 4.0
"""Points by which texts of one line may differ in height."""


def objections(drawing: Drawing, wanted: Edition, known: Known, ink: Ink) -> Iterator[Remark]:
    """Every difference between what is drawn and what the master says; of a stretch that differs only its beginning."""
    wanted = wanted.unseen()
    units = _without_running(units_of(drawing, ink), known)
    units, missing = _without_markers(units, _markers(wanted))
    for marker, count in sorted(missing.items()):
        yield Remark("list-number", f"expected “{marker}” before an item of a list {count} times more than it is drawn")
    yield from _spaces(units, wanted, known)
    versions = [_compare(units, wanted, known, at_foot=at_foot) for at_foot in (True, False)]
    yield from _signs(units, wanted, known)
    if all(versions):
        yield from min(versions, key=lambda each: each[1])[0]  # type: ignore[index]


def _spaces(units: Iterable[Unit], wanted: Edition, known: Known) -> Iterator[Remark]:
    """Words that run together or are cut in two: those inside a line, where all spaces are drawn."""
    parts = (wanted.blocks, *wanted.notes)
    said = [word for part in parts for block in part for word in SIGN.sub(" ", " ".join(block.words)).split()]
    vocabulary = {letters(word) for word in (*said, *known.own["notes"].split())}
    for unit in units:
        if RIGHT_TO_LEFT.search(unit.raw) or any(category(each)[0] == "M" for each in unit.raw):
            continue
        for word in words(unit.raw)[1:-1]:
            if any(letters(each) not in vocabulary for each in word.split()):
                told = f"the word “{word}”, which stands nowhere in the master, is drawn in “{unit.raw.strip()[:100]}”"
                yield Remark("word-changed", told, f"page {unit.page + 1}")


def _signs(units: Iterable[Unit], wanted: Edition, known: Known) -> Iterator[Remark]:
    """Signs between words, whose place cannot be compared where words run to the left: as many as there must be."""
    parts = (wanted.blocks, *wanted.notes)
    said = "".join(_said(block) for part in parts for block in part)
    if not RIGHT_TO_LEFT.search(said):
        return
    mine = Counter(_only_signs(said))
    theirs = Counter(_only_signs("".join(element for unit in units for element in unit.elements)))
    heads = Counter(_only_signs("".join(known.heads)))
    lost, more = mine - theirs, {sign: count for sign, count in (theirs - mine).items() if sign not in heads}
    if lost or more:
        told = [f"“{''.join(sorted(Counter(each).elements()))}”" for each in (lost, more)]
        yield Remark("word-changed", f"of the signs between words {told[0]} are missing and {told[1]} are too many")


def _only_signs(text: str) -> str:
    return "".join(each for each in letters(text).translate(BRACKETS) if category(each)[0] in "PS")


def _without_running(units: list[Unit], known: Known) -> list[Unit]:
    """Without the outermost lines of each page that are its running headers and its number.

    The first page has no header: what stands at its top is the type, which may say the same as the title.
    """
    headers = {"".join(elements(text)) for text in known.running}
    kept: list[Unit] = []
    for _, group in groupby(units, key=lambda unit: unit.page):
        page = list(group)
        for is_turned in (False, True):
            for edge in (max, min):
                if edge is max and not is_turned and page and page[0].page == 0:
                    continue
                line = _edge([unit for unit in page if unit.is_turned is is_turned], edge)
                said = "".join(element for unit in line for element in unit.elements)
                is_number = said.isdecimal() and len(said) < _DIGITS and (edge is min or is_turned)
                if is_number or _is_made_of(line, headers):
                    page = [unit for unit in page if unit not in line]
        kept += page
    return kept


def _edge(units: Sequence[Unit], edge: Callable[[Iterable[float]], float]) -> list[Unit]:
    """The outermost line of a page."""
    said = [unit for unit in units if unit.raw.strip()]
    if not said:
        return []
    outermost = edge([unit.height for unit in said])
    return [unit for unit in said if abs(unit.height - outermost) < _NEAR]


def _is_made_of(line: Sequence[Unit], headers: Collection[str]) -> bool:
    """Whether a line is one or several running headers and nothing else.

    Their letters may stand in any order where they run to the left.
    """
    said = "".join(element for unit in sorted(line, key=lambda unit: unit.x) for element in unit.elements)
    turned = "".join(element for unit in sorted(line, key=lambda unit: -unit.y) for element in unit.elements)
    rows = {"".join(row) for count in range(1, len(headers) + 1) for row in permutations(headers, count)}
    if said in rows or turned in rows:
        return True
    return RIGHT_TO_LEFT.search(said) is not None and Counter(said) in [Counter(row) for row in rows]


def _markers(wanted: Edition) -> Counter[str]:
    """What stands before the items of lists, and before the notes."""
    blocks = [block for part in (wanted.blocks, *wanted.notes) for block in part]
    markers = Counter(block.marker for block in blocks if block.marker and block.where.in_text)
    return markers + Counter(f"{number}." for number, _ in enumerate(wanted.notes, 1))


def _without_markers(units: list[Unit], markers: Counter[str]) -> tuple[list[Unit], Counter[str]]:
    """Without as many markers as there must be, wherever they are drawn; and those that are missing.

    First those with a space of their own, as markers of lists have, then any text that is a marker and no more.
    """
    left = Counter(markers)
    for loosely in (False, True):
        kept = []
        for unit in units:
            said = "".join(unit.elements)
            marker = BULLET if said in BULLETS else said
            if left[marker] and is_marker(said) and (loosely or unit.raw != unit.raw.strip()):
                left[marker] -= 1
            else:
                kept.append(unit)
        units = kept
    return units, +left


def _row(units: Sequence[Unit], text: _Stream, notes: Sequence[_Stream], heads: _Heads) -> list[Element]:
    """What is drawn as one row without the notes that stand whole at the foot of pages.

    Each unit is taken in the direction in which it is wanted next. Where a unit is not what is wanted, a note stands
    there, or began a few units before. The head of a table that a page repeats at its top, where it is not wanted next,
    is left out.
    """
    row: list[Element] = []
    before: list[tuple[int, int]] = []  # For each unit: how far the text had been, and how long the row.
    number = 0
    while number < len(units):
        before += [(text.at, len(row))] * (number + 1 - len(before))
        before[number] = text.at, len(row)
        unit = units[number]
        is_first = number == 0 or units[number - 1].page != unit.page
        head = _repeated(units[number:], text.wanted[text.at :], heads) if is_first else 0
        if head:
            number += head
        elif order := text.take(unit) or _only_of_signs(unit):
            row += order
            number += 1
        elif found := _note(units, number, notes):
            start, number = found
            text.at, length = before[start]
            del row[length:]
        else:
            row += text.take_ahead(unit) or unit.elements
            number += 1
    return row


def _only_of_signs(unit: Unit) -> tuple[Element, ...]:
    return () if any(map(_is_said, unit.elements)) else unit.elements


def _note(units: Sequence[Unit], number: int, notes: Iterable[_Stream]) -> tuple[int, int] | None:
    """The first unit of a note that holds a certain unit, and the first behind it; the note is then done."""
    for start in range(number, max(-1, number - _BACK), -1):
        for note in notes:
            end = note.whole_from(units, start) if note.at == 0 else start
            if end > number:
                note.at = len(note.wanted)
                return start, end
    return None


class _Stream:
    """What must be drawn, letter by letter without signs, and how far it has been."""

    def __init__(self, wanted: Iterable[Element]) -> None:
        self.wanted = [element for element in wanted if _is_said(element)]
        self.at = 0

    def take(self, unit: Unit) -> tuple[Element, ...]:
        """A unit as it comes next; nothing if it does not."""
        order = self._order(unit, self.at)
        self.at += sum(map(_is_said, order))
        return order

    def take_ahead(self, unit: Unit) -> tuple[Element, ...]:
        """A unit that comes a little later, if it is long enough to be sure of that."""
        count = sum(map(_is_said, unit.elements))
        for start in range(self.at, min(len(self.wanted) - count, self.at + _AHEAD) + 1) if count >= _SURE else ():
            if order := self._order(unit, start):
                self.at = start + count
                return order
        return ()

    def whole_from(self, units: Sequence[Unit], start: int) -> int:
        """The unit behind all of this, if it is drawn from a unit on; else that unit."""
        at = 0
        for number in range(start, len(units)):
            order = self._order(units[number], at)
            if not order and any(map(_is_said, units[number].elements)):
                return start
            at += sum(map(_is_said, order))
            if at == len(self.wanted):
                return _with_signs(units, number) + 1
        return start

    def _order(self, unit: Unit, start: int) -> tuple[Element, ...]:
        for order in (unit.elements, *unit.others):
            said = [element for element in order if _is_said(element)]
            if said and self.wanted[start : start + len(said)] == said:
                return order
        return ()


def _with_signs(units: Sequence[Unit], last: int) -> int:
    """The last unit of a line whose letters end with a certain unit: signs may follow."""
    line = units[last]
    while (
        last + 1 < len(units) and _only_of_signs(units[last + 1]) and abs(units[last + 1].height - line.height) < _NEAR
    ):
        last += 1
    return last


def _is_said(element: Element) -> bool:
    return any(map(str.isalnum, element))


_AHEAD, _SURE, _BACK = 400, 12, 200
"""How far ahead a unit is looked for when what is wanted next is not drawn, how long it must be for that, and how many
units a note may have."""


_Heads = Sequence[tuple[Element, ...]]


def _repeated(units: Sequence[Unit], wanted: Sequence[Element], heads: _Heads) -> int:
    """How many units at the top of a page are the head of a table once more."""
    page = [unit for unit in units[:_TOP] if unit.page == units[0].page]
    for head in map(_Stream, heads):
        if head.wanted and list(wanted[: len(head.wanted)]) != head.wanted and (end := head.whole_from(page, 0)):
            return end
    return 0


_TOP = 30


def _heads(blocks: Iterable[Block]) -> list[tuple[Element, ...]]:
    rows: dict[int, tuple[Element, ...]] = {}
    for block in blocks:
        if block.where.cell and block.where.cell.is_head:
            table = block.where.cell.table
            rows[table] = (*rows.get(table, ()), *elements(" ".join(block.words)))
    return list(rows.values())


def _compare(units: list[Unit], wanted: Edition, known: Known, *, at_foot: bool) -> tuple[list[Remark], int] | None:
    """The differences, and how many letters they have, with the notes at the foot of pages or at the end."""
    places, mine = _expected(wanted, known, at_foot=at_foot)
    notes = [_Stream(element for block in note for element in elements(_said(block))) for note in wanted.notes]
    notes = notes if at_foot else []
    drawn = _row(units, _Stream(mine), notes, _heads(wanted.blocks))
    drawn = [drawn[number] for number in settled(drawn)]
    places, mine = ([row[number] for number in settled(mine)] for row in (places, mine))
    lost = [number for number, note in enumerate(notes, 1) if note.at < len(note.wanted)]
    if not lost and (drawn == mine or is_mixed_order(mine, drawn)):
        return None
    remarks = [
        Remark("note-missing", "the note is not drawn as it is in the master", f"note {number}") for number in lost
    ]
    start = _differ(mine, drawn)
    end = 0
    while end < min(len(mine), len(drawn)) - start and mine[-1 - end] == drawn[-1 - end]:
        end += 1
    if drawn != mine:
        place = places[min(start, len(places) - 1)] if places else ""
        told = [_shown(part, start, len(part) - end) for part in (mine, drawn)]
        remarks.append(Remark("word-changed", f"expected {told[0]}, but {told[1]} is drawn", place))
    return remarks, max(len(mine), len(drawn)) - start - end + 100 * len(lost)


def _shown(part: list[Element], start: int, end: int) -> str:
    return excerpt(tuple(f"{element}\ue000" for element in part), start, min(end, start + 40))


def _expected(wanted: Edition, known: Known, *, at_foot: bool) -> tuple[list[str], list[Element]]:
    """The place of each element, and the elements in the order of the pages."""
    places: list[str] = []
    found: list[Element] = []
    names = Places(wanted.blocks)

    def add(text: str, place: str) -> None:
        said = elements(text)
        places.extend([place] * len(said))
        found.extend(said)

    about = next(
        (n for n, b in enumerate(wanted.blocks) if not b.where.in_text and b.where.level == 2), len(wanted.blocks)
    )
    for number, block in enumerate(wanted.blocks):
        if number == about and wanted.notes and not at_foot:
            add(known.own["notes"], "the heading of the notes")
            for note, blocks in enumerate(wanted.notes, 1):
                for each in blocks:
                    add(_said(each), f"note {note}")
        add(_said(block), names.of(number))
    return places, found


def _said(block: Block) -> str:
    """The words with the numbers of notes as they are printed."""
    return SIGN.sub(lambda sign: sign[0][1:-1], " ".join(block.words).replace(PICTURE, ""))


def _differ(mine: list[Element], drawn: list[Element]) -> int:
    """The first place where two rows differ."""
    pairs = enumerate(zip(mine, drawn, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(mine), len(drawn)))
