"""A statement against its text as received, paragraph by paragraph, with what the editorial notes say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.checks.file_by_file import Remark
from communique.checks.reading.dates import day
from communique.checks.reading.edition import Block, Edition, Part, Where
from communique.checks.reading.text import PICTURE, SIGN, Words, words
from communique.checks.words.alignment import align
from communique.checks.words.differences import compare
from communique.checks.words.facets import Facets
from communique.checks.words.places import Places, quoted

_QUOTED = re.compile('“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»|"([^"]+)"|‘([^’]+)’|「([^」]+)」|『([^』]+)』|《([^》]+)》')
_RANGE = re.compile(r"(\d+)(?:(?:\s*[-–—~〜]\s*)|\s*[^\W\d]{1,12}\s*)?(\d+)?")
_LONGEST = 200


@dataclass(frozen=True)
class Notes:
    """What the editorial notes cover: paragraphs by their numbers, and passages that they quote."""

    numbers: frozenset[int]
    quotes: tuple[str, ...]

    @classmethod
    def of(cls, keys: Mapping[str, Any]) -> Notes:
        """What the notes of a front matter cover."""
        texts = [note["text"] for note in keys.get("editorial_notes", [])]
        numbers = frozenset(number for text in texts for number in _numbers(text))
        quotes = [next(filter(None, found)) for text in texts for found in _QUOTED.findall(text)]
        return cls(numbers, tuple(" ".join(words(quote)).rstrip("….").strip() for quote in quotes))

    def cover(self, *passages: Words, number: int = 0) -> bool:
        """Whether a paragraph of the statement is named, or words of one of the passages are quoted."""
        said = [" ".join(passage) for passage in passages]
        return number in self.numbers or any(quote and quote in each for quote in self.quotes for each in said)


def _numbers(text: str) -> Iterator[int]:
    """The numbers that a note names; two with a word or a dash between them stand for all from one to the other."""
    for match in _RANGE.finditer(_QUOTED.sub(" ", text)):
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        yield from range(first, last + 1) if first < last < first + _LONGEST else (first, last)


def objections(received: Sequence[Words], edition: Edition, keys: Mapping[str, Any], name: str) -> Iterator[Remark]:
    """Every paragraph that only one side has or that differs, and that no editorial note covers."""
    notes = Notes.of(keys)
    wanted = _parts(edition)
    found = [Block(Where(), paragraph) for paragraph in _fitted(received, [block.words for block, _ in wanted])]
    pairs = align([block for block, _ in wanted], found)
    repeated = {block.words: number for block, number in wanted}
    for pair in pairs:
        if pair.found is None and pair.wanted is not None:
            yield from _added(*wanted[pair.wanted], edition, notes)
        elif pair.wanted is None and pair.found is not None:
            block = found[pair.found]
            is_known = _is_of_masthead(block.words, keys)
            if not is_known and not notes.cover(block.words, number=repeated.get(block.words, 0)):
                yield _missing(block, block.words in repeated, f"{name}, paragraph {pair.found + 1}")
        elif pair.wanted is not None and pair.found is not None:
            yield from _differing(*wanted[pair.wanted], found[pair.found], notes)


def _parts(edition: Edition) -> list[tuple[Block, int]]:
    """The title, the text and the notes of a statement without signs, each with the number of its paragraph or 0."""
    blocks = [block for block in edition.blocks if block.where.part is Part.TITLE or block.where.in_text]
    parts = [*blocks, *(block for note in edition.notes for block in note)]
    bare = [(words(SIGN.sub("", " ".join(block.words).replace(PICTURE, ""))), block) for block in parts]
    return [(Block(block.where, said, name=block.name), int(block.name[1:] or 0)) for said, block in bare if said]


def _fitted(received: Sequence[Words], wanted: Sequence[Words]) -> list[Words]:
    """The received text parted where the statement parts it, if it does not tell paragraphs apart as we do.

    A row of words that is a paragraph of the statement is cut out of a longer stretch; what is left stays together.
    """
    known = set(wanted)
    return [part for paragraph in received for part in ([paragraph] if paragraph in known else _cut(paragraph, wanted))]


def _cut(paragraph: Words, wanted: Sequence[Words]) -> list[Words]:
    text, parts, at = f" {' '.join(paragraph)} ", [], 0
    for each in wanted:
        said = f" {' '.join(each)} "
        place = text.find(said, max(0, at - 1))
        if len(each) > 2 and place >= 0 and len(said) < len(text):
            parts += [words(text[at:place]), each]
            at = place + len(said)
    return [part for part in (*parts, words(text[at:])) if part]


def _added(block: Block, number: int, edition: Edition, notes: Notes) -> Iterator[Remark]:
    if not notes.cover(block.words, number=number):
        told = f"{quoted(block.words)} is not in the text as received, and no editorial note names or quotes it"
        yield Remark("not-in-source", told, _place(block, edition))


def _missing(block: Block, is_repeated: bool, place: str) -> Remark:
    what = "is received twice and given once" if is_repeated else "is not in the statement"
    told = f"{quoted(block.words)} {what}, and no editorial note names or quotes it"
    return Remark("source-paragraph-missing", told, place)


def _differing(block: Block, number: int, other: Block, notes: Notes) -> Iterator[Remark]:
    if block.words == other.words or notes.cover(block.words, other.words, number=number):
        return
    edition = Edition((Block(Where(), block.words),)), Edition((Block(Where(), other.words),))
    # What was received is what is expected.
    for remark in compare(edition[1], edition[0], Facets(())):
        yield Remark(f"source-{remark.rule}", remark.message, block.name or str(block.where.part))


def _is_of_masthead(said: Words, keys: Mapping[str, Any]) -> bool:
    """Whether a paragraph is the date, or a list of the issuers, which the statement gives in its own way."""
    text = " ".join(said)
    year, month, number = (int(part) for part in keys["date"].split("-"))
    if sorted(map(int, re.findall(r"\d+", text))) == sorted((year, month, number)) and len(said) <= 6:
        return True
    names = [issuer["name"] for issuer in keys["issuers"]]
    left = text
    for name in sorted(names, key=len, reverse=True):
        left = left.replace(name, "")
    return text == day(keys["date"], keys["language"]) or (left != text and not re.search(r"\w{4}", left))


def _place(block: Block, edition: Edition) -> str:
    for number, each in enumerate(edition.blocks):
        if each.name and each.name == block.name:
            return each.name
        if words(SIGN.sub("", " ".join(each.words))) == block.words:
            return Places(edition.blocks).of(number)
    return "a note"
