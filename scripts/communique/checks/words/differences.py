"""What differs between two readings of an edition, each difference named after what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from communique.checks.file_by_file import Remark
from communique.checks.reading.edition import Block, Edition, Part, Span, Where
from communique.checks.reading.looks import EMPHASES
from communique.checks.reading.text import PICTURE, SIGN, Words
from communique.checks.words import emphasis
from communique.checks.words.alignment import Pair, align, bare
from communique.checks.words.facets import Facets
from communique.checks.words.places import Places, excerpt, quoted, tokens

_MASTHEAD = {Part.KICKER: "type", Part.TITLE: "title", Part.ISSUER: "issuers", Part.DATE: "date"}
_MOST = 5
"""How many differences of one paragraph are named one by one."""


def compare(wanted: Edition, found: Edition, facets: Facets) -> Iterator[Remark]:
    """Every difference, in the order of the text, then of the notes."""
    if not facets.unseen:
        wanted, found = wanted.unseen(), found.unseen()
    facets = facets.of(wanted, found)
    yield from _compare(wanted.blocks, found.blocks, facets, Places(wanted.blocks))
    yield from _notes(wanted, found, facets)
    yield from _anchors(wanted, found)


def _notes(wanted: Edition, found: Edition, facets: Facets) -> Iterator[Remark]:
    """Note by note, by number; a note more or less is named, and those behind it are found again by their words."""
    mine, theirs = ([_whole(note) for note in edition.notes] for edition in (wanted, found))
    for pair in align(mine, theirs):
        if pair.found is None and pair.wanted is not None:
            said = quoted(mine[pair.wanted].words)
            yield Remark("note-missing", f"expected the note {said}, found none like it", f"note {pair.wanted + 1}")
        elif pair.wanted is None and pair.found is not None:
            said = quoted(theirs[pair.found].words)
            yield Remark("note-added", f"found the note {said}, which was not expected", f"note {pair.found + 1}")
        elif pair.wanted is not None and pair.found is not None:
            if pair.wanted != pair.found:
                told = f"expected note {pair.wanted + 1}, found it as note {pair.found + 1}"
                yield Remark("note-moved", told, f"note {pair.wanted + 1}")
            place = Places(wanted.notes[pair.wanted], f"note {pair.wanted + 1}")
            yield from _compare(wanted.notes[pair.wanted], found.notes[pair.found], facets, place)


def _whole(note: Sequence[Block]) -> Block:
    words = tuple(word for block in note for word in block.words)
    return Block(note[0].where, words) if note else Block(Where(), ())


def _compare(wanted: Sequence[Block], found: Sequence[Block], facets: Facets, places: Places) -> Iterator[Remark]:
    pairs = align(wanted, found)
    moved = _moved(wanted, found, pairs)
    for pair in pairs:
        if pair.wanted is not None and pair.found is not None:
            yield from _pair(wanted[pair.wanted], found[pair.found], facets, places.of(pair.wanted))
        elif pair.wanted is not None:
            block, place = wanted[pair.wanted], places.of(pair.wanted)
            if pair.wanted in moved:
                rule = _MASTHEAD.get(block.where.part) or ("table-cell" if block.where.cell else "paragraph-moved")
                yield Remark(
                    rule,
                    f"expected {quoted(block.words)} here, found it {places.near(moved[pair.wanted], pairs)}",
                    place,
                )
            else:
                rule = _MASTHEAD.get(block.where.part) or _lost(block, "missing")
                yield Remark(rule, f"expected {quoted(block.words)}, found nothing like it", place)
        elif pair.found is not None and pair.found not in moved.values():
            block = found[pair.found]
            doubled = any(block.words == other.words for other in wanted)
            rule = "paragraph-doubled" if doubled else _lost(block, "added")
            yield Remark(rule, f"found {quoted(block.words)}, which was not expected", places.near(pair.found, pairs))


def _lost(block: Block, what: str) -> str:
    if all(word == PICTURE for word in block.words):
        return f"picture-{what}"
    if block.where.part is Part.HEADING:
        return f"heading-{what}"
    return "table-cell" if block.where.cell else f"paragraph-{what}"


def _moved(wanted: Sequence[Block], found: Sequence[Block], pairs: Sequence[Pair]) -> dict[int, int]:
    """The paragraphs that stand elsewhere: their number where they should be, and where they are."""
    extra: dict[Words, list[int]] = {}
    for pair in pairs:
        if pair.wanted is None and pair.found is not None:
            extra.setdefault(bare(found[pair.found]), []).append(pair.found)
    moved = {}
    for pair in pairs:
        if pair.found is None and pair.wanted is not None and extra.get(bare(wanted[pair.wanted])):
            moved[pair.wanted] = extra[bare(wanted[pair.wanted])].pop(0)
    return moved


def _pair(wanted: Block, found: Block, facets: Facets, place: str) -> Iterator[Remark]:
    yield from _words(wanted, found, place)
    yield from _kind(wanted, found, facets, place)
    yield from emphasis.objections(wanted, found, facets, place)
    for kind in (kind for kind in facets.spans if kind not in EMPHASES):
        yield from _spans(kind, wanted.of(kind), found.of(kind), place)


def _words(wanted: Block, found: Block, place: str) -> Iterator[Remark]:
    if wanted.words == found.words:
        return
    rule = _MASTHEAD.get(wanted.where.part)
    if bare(wanted) == bare(found):
        yield from _signs(wanted, found, place)
        return
    all_mine, all_theirs = tokens(wanted.words), tokens(found.words)
    codes = SequenceMatcher(None, all_mine, all_theirs, autojunk=False).get_opcodes()
    changes = [code for code in codes if code[0] != "equal"]
    gone, come = Counter(all_mine), Counter(all_theirs)
    for _, start, end, first, last in changes[:_MOST]:
        mine, theirs = all_mine[start:end], all_theirs[first:last]
        named = rule or _change(mine, theirs, all_theirs, (first, last), (gone - come, come - gone))
        told = f"expected {excerpt(all_mine, start, end)}, found {excerpt(all_theirs, first, last)}"
        yield Remark(named, told, place)
    if len(changes) > _MOST:
        yield Remark(rule or "word-changed", f"and {len(changes) - _MOST} more differences in this paragraph", place)


def _change(
    mine: Words, theirs: Words, found: Words, at: tuple[int, int], lost: tuple[Counter[str], Counter[str]]
) -> str:
    """What became of some words."""
    missing, added = lost
    if not mine:
        size = at[1] - at[0]
        before, after = found[max(0, at[0] - size) : at[0]], found[at[1] : at[1] + size]
        if theirs in (before, after):
            return "word-doubled"
        return "word-added" if any(added[word] for word in theirs) else "word-moved"
    if not theirs:
        return "word-missing" if any(missing[word] for word in mine) else "word-moved"
    if not any(missing[word] for word in mine) and not any(added[word] for word in theirs):
        return "word-moved"
    return "word-changed"


def _signs(wanted: Block, found: Block, place: str) -> Iterator[Remark]:
    """The words are the same, but a mark or a picture stands elsewhere, or a space between words does not."""
    mine, theirs = (SIGN.findall(" ".join(block.words)) for block in (wanted, found))
    all_mine, all_theirs = tokens(wanted.words), tokens(found.words)
    same = [one == other for one, other in zip(all_mine, all_theirs, strict=False)]
    at = same.index(False) if False in same else len(same)
    told = f"expected {excerpt(all_mine, at, at + 1)}, found {excerpt(all_theirs, at, at + 1)}"
    if mine == theirs == []:
        yield Remark("word-changed", told, place)
        return
    missing, added = Counter(mine) - Counter(theirs), Counter(theirs) - Counter(mine)
    pictures = missing[PICTURE] + added[PICTURE]
    rule = "picture-missing" if missing[PICTURE] else "picture-added" if pictures else "note-anchor"
    if rule == "note-anchor" and missing and not added:
        rule = "note-mark-missing"
    yield Remark(rule, told, place)


def _kind(wanted: Block, found: Block, facets: Facets, place: str) -> Iterator[Remark]:
    mine, theirs = wanted.where, found.where
    if mine.level != theirs.level:
        names = [f"a heading of level {level}" if level else "no heading" for level in (mine.level, theirs.level)]
        yield Remark("heading-level", f"expected {names[0]}, found {names[1]}: {quoted(wanted.words)}", place)
    if mine.cell != theirs.cell:
        yield Remark("table-cell", f"expected {_cell(wanted)}, found {_cell(found)}: {quoted(wanted.words)}", place)
    if not mine.in_text:
        return
    yield from _list(wanted, found, facets, place)
    parts = {mine.part, theirs.part} & (
        {Part.TERM, Part.CAPTION, Part.CODE} if facets.looks else {Part.TERM, Part.CAPTION}
    )
    if mine.part != theirs.part and parts and mine.level == theirs.level:
        yield Remark("paragraph-kind", f"expected a {mine.part}, found a {theirs.part}: {quoted(wanted.words)}", place)
    tells_quotes = facets.quotes_everywhere or (not mine.depth and not mine.cell and mine.part is Part.PARAGRAPH)
    if mine.quoted != theirs.quoted and tells_quotes:
        names = ["a quotation" if block.where.quoted else "no quotation" for block in (wanted, found)]
        yield Remark("quotation", f"expected {names[0]}, found {names[1]}: {quoted(wanted.words)}", place)


def _cell(block: Block) -> str:
    cell = block.where.cell
    if cell is None:
        return "text outside of tables"
    head = "head cell" if cell.is_head else "cell"
    return f"the {head} of table {cell.table}, row {cell.row}, column {cell.column}"


def _list(wanted: Block, found: Block, facets: Facets, place: str) -> Iterator[Remark]:
    is_told = facets.depths_everywhere or (wanted.marker and found.marker)
    if wanted.where.depth != found.where.depth and is_told:
        names = [
            f"within {block.where.depth} lists" if block.where.depth else "in no list" for block in (wanted, found)
        ]
        yield Remark("list", f"expected {names[0]}, found {names[1]}: {quoted(wanted.words)}", place)
    elif wanted.marker != found.marker and not (
        not facets.depths_everywhere and wanted.marker == "•" and not found.marker
    ):
        names = [f"“{block.marker}”" if block.marker else "no mark" for block in (wanted, found)]
        yield Remark("list-number", f"expected {names[0]} before it, found {names[1]}: {quoted(wanted.words)}", place)


_SPANS = {
    "link": ("link-target", "link-text", "link-missing", "link-added"),
    "expansion": ("expansion", "expansion", "expansion", "expansion"),
    "language": ("language", "language", "language", "language"),
    "picture": ("alt-text", "alt-text", "alt-text", "alt-text"),
    "tooltip": ("tooltip", "tooltip", "tooltip", "tooltip"),
}
_LOOK = ("look", "look", "look", "look")
_NAMES = {
    "picture": "the description",
    "tooltip": "the title",
    "language": "the language",
    "expansion": "the expansion",
    "link": "a link",
}


def _spans(kind: str, wanted: Sequence[Span], found: Sequence[Span], place: str) -> Iterator[Remark]:
    if wanted == found:
        return
    value, words, missing, added = _SPANS.get(kind, _LOOK)
    for tag, start, end, first, last in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(end - start, last - first)):
            mine = wanted[start + step] if start + step < end else None
            theirs = found[first + step] if first + step < last else None
            rule = (
                missing if theirs is None else added if mine is None else value if mine.value != theirs.value else words
            )
            yield Remark(rule, f"expected {_told(kind, mine)}, found {_told(kind, theirs)}", place)


def _told(kind: str, span: Span | None) -> str:
    if span is None:
        return f"no {kind}" if kind not in _NAMES else f"no {_NAMES[kind].split(' ', 1)[1]}"
    said = quoted(tuple(span.words.split(" "))) if span.words else "no words"
    if kind in ("picture", "tooltip"):
        return f"{_NAMES[kind]} “{span.value}”"
    if kind not in _NAMES:
        return f"{kind} {said}"
    return f"{_NAMES[kind]} {'to ' * (kind == 'link')}{span.value} on {said}"


def _anchors(wanted: Edition, found: Edition) -> Iterator[Remark]:
    """Where links within the text lead: the same name stands at the same paragraph."""
    pairs = {pair.wanted: pair.found for pair in align(wanted.blocks, found.blocks)}
    used = {span.value for part in (wanted.blocks, *wanted.notes) for block in part for span in block.of("link")}
    places = Places(wanted.blocks)
    for name, number in wanted.anchors.items():
        if (
            f"#{name}" in used
            and name in found.anchors
            and pairs.get(number, found.anchors[name]) != found.anchors[name]
        ):
            yield Remark("link-destination", f"links to #{name} do not lead to this paragraph", places.of(number))
    if any(None in pair for pair in align(wanted.blocks, found.blocks)):
        return  # Where a paragraph is missing or too many, the numbers of those behind it differ, and that is told.
    names = {block.name: number for number, block in enumerate(wanted.blocks) if block.name}
    for name, number in names.items():
        there = found.anchors.get(name)
        if there is not None and pairs.get(number) not in (None, there):
            yield Remark("paragraph-number", f"the name {name} does not stand at this paragraph", places.of(number))
