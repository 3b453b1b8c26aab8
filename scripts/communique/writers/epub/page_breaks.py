"""Page break markers (DPUB-ARIA 1.1, doc-pagebreak): an empty element where a page of the PDF begins."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from communique.writers.epub.names import EPUB_TYPE
from communique.writers.page_list import PageList, Piece, is_counted, letters, pieces

ROLE = "doc-pagebreak"

_SECTIONS = frozenset({"body", "main", "article", "header", "footer", "section", "div"})
"""Elements that a marker stands inside of, before their first block."""
_CLOSED = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "figure"})
"""Elements that can hold no marker between their parts, for HTML allows none there or a figure would fall apart."""
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "s"}
    | {"samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Letters of scripts that set no space between words: Thai, Lao, Burmese, Khmer, Chinese, Japanese."""

_Where = tuple[bool, int]
"""A letter by its number, from 0, in the running text, or in the notes if the first is true."""


def mark(body: HtmlElement, pages: PageList) -> list[tuple[str, str]]:
    """Puts a marker where each page begins, and leaves the words alone; the label and the id of each, in order.

    Where a page begins inside a word, its marker stands before that word.
    """
    text = _Text.of(body)
    prefix = "doc-page-" if body.xpath(".//@id[starts-with(., 'page-')]") else "page-"
    names = [(start.label, f"{prefix}{number}") for number, start in enumerate(pages.starts, 1)]
    # From the last to the first, so that those before stay where they are counted.
    for (label, name), start in reversed(list(zip(names, pages.starts, strict=True))):
        marker = html.Element("span", {"role": ROLE, EPUB_TYPE: "pagebreak", "id": name, "aria-label": label})
        text.insert(marker, (start.in_notes, start.before))
    return names


@dataclass(frozen=True)
class _Text:
    """The text of a page with the number of each piece's first letter, and of the first letter in each element."""

    parts: dict[bool, list[tuple[int, Piece]]]
    firsts: dict[HtmlElement, _Where]

    @classmethod
    def of(cls, body: HtmlElement) -> _Text:
        """The text below an element, before there is a marker in it."""
        parts: dict[bool, list[tuple[int, Piece]]] = {False: [], True: []}
        firsts: dict[HtmlElement, _Where] = {}
        counts = {False: 0, True: 0}
        for piece in pieces(body):
            number = counts[piece.in_notes]
            parts[piece.in_notes].append((number, piece))
            counts[piece.in_notes] += letters(piece.text)
            if counts[piece.in_notes] > number:
                for element in (piece.owner, *piece.owner.iterancestors()):
                    firsts.setdefault(element, (piece.in_notes, number))
        return cls(parts, firsts)

    def insert(self, marker: HtmlElement, where: _Where) -> None:
        """Puts a marker before a letter, or at the end of everything if there is none with that number."""
        in_notes, number = where
        index, at = self._find(in_notes, number)
        if at < 0:
            self.parts[in_notes][-1][1].owner.append(marker)
            return
        number, index, at = self._word(in_notes, number, index, at)
        piece = self.parts[in_notes][index][1]
        block = self._beginning(piece, (in_notes, number))
        if block is None:
            _cut(piece, at, marker)
        elif next(block.iterancestors()).tag in _CLOSED:
            _put_inside(block, marker)
        else:
            _put_before(block, marker)

    def _find(self, in_notes: bool, number: int) -> tuple[int, int]:
        """The piece that holds a letter, and where in it; -1 if none does."""
        index = bisect_right(self.parts[in_notes], number, key=lambda part: part[0]) - 1
        first, piece = self.parts[in_notes][index]
        places = [place for place, character in enumerate(piece.text) if is_counted(character)]
        return index, places[number - first] if number - first < len(places) else -1

    def _word(self, in_notes: bool, number: int, index: int, at: int) -> tuple[int, int, int]:
        """The place, as number, piece and offset, of the beginning of the word that a letter stands in."""
        place = (number, index, at)
        if _is_of_word(self.parts[in_notes][index][1].text[at]):
            for piece, offset, character in self._backwards(in_notes, index, at):
                if character.isspace() or (is_counted(character) and not _is_of_word(character)):
                    break
                if is_counted(character):
                    place = (place[0] - 1, piece, offset)
        return place

    def _backwards(self, in_notes: bool, index: int, at: int) -> Iterator[tuple[int, int, str]]:
        """The characters before one in its line of text, from the last to the first, by piece and offset."""
        parts = self.parts[in_notes]
        while True:
            for place in range(at - 1, -1, -1):
                yield index, place, parts[index][1].text[place]
            index -= 1
            if index < 0 or not _is_one_line(parts[index][1], parts[index + 1][1]):
                return
            at = len(parts[index][1].text)

    def _beginning(self, piece: Piece, where: _Where) -> HtmlElement | None:
        """The outermost element, but for sections, that begins with a letter."""
        found, element = None, piece.owner
        while element.tag not in _SECTIONS and self.firsts[element] == where:
            found, element = element, element.getparent()
        return found


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and not _UNSPACED.match(character)


def _is_one_line(one: Piece, other: Piece) -> bool:
    """Whether two pieces, one right behind the other, stand in one block with no line break between them."""
    return _block(one.owner) is _block(other.owner) and "br" not in {one.node.tag, other.node.tag}


def _block(element: HtmlElement) -> HtmlElement:
    return next(each for each in (element, *element.iterancestors()) if each.tag not in _INLINE)


def _cut(piece: Piece, at: int, marker: HtmlElement) -> None:
    """Puts a marker into a text, which goes on behind it."""
    if piece.is_tail:
        text = piece.node.tail or ""
        piece.node.tail = None
        piece.node.addnext(marker)
        piece.node.tail, marker.tail = text[:at], text[at:]
    else:
        text = piece.node.text or ""
        piece.node.text, marker.tail = text[:at], text[at:]
        piece.node.insert(0, marker)


def _put_inside(block: HtmlElement, marker: HtmlElement) -> None:
    """Puts a marker at the beginning of a block: of a list's item, a row's first cell, a figure's caption."""
    while block.tag in _CLOSED:
        block = block[0]
    marker.tail, block.text = block.text, None
    block.insert(0, marker)


def _put_before(block: HtmlElement, marker: HtmlElement) -> None:
    """Puts a marker before a block, and before those that stand there already."""
    previous = block.getprevious()
    while previous is not None and previous.get("role") == ROLE and not previous.tail:
        block, previous = previous, previous.getprevious()
    block.addprevious(marker)
