"""The elements of a body in the order of the text, each with its place in the Markdown source.

pandoc's AST has no places. A cursor follows the words of the AST through the source, so that the place of what
lies between two words is known to the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from communique.statement import Block

DEPTH = 40
# Where the attributes stand in the content of an element.
_ATTRIBUTES = dict.fromkeys(("Code", "CodeBlock", "Div", "Figure", "Image", "Link", "Span", "Table"), 0) | {"Header": 1}
_TEXT_BLOCKS = {"Plain", "Para", "Header", "LineBlock"}
# Words of the AST that are no elements: column alignments and widths, list numbering.
_SETTINGS = re.compile(r"Align\w+|ColWidth\w*|Period|(One|Two)Parens?|Decimal|(Lower|Upper)(Roman|Alpha)|Default\w+")
_NEAR = 400
_BLOCK_NEAR = 20_000


@dataclass(frozen=True)
class Element:
    """One element of the AST; `offset` is its place in the source, `within` the kinds it lies in, outermost first."""

    kind: str
    content: Any
    offset: int
    within: tuple[str, ...]

    @property
    def attributes(self) -> tuple[str, list[str], list[tuple[str, str]]]:
        """Identifier, classes and key-value pairs."""
        if self.kind not in _ATTRIBUTES:
            return "", [], []
        identifier, classes, pairs = self.content[_ATTRIBUTES[self.kind]]
        return identifier, classes, [(key, value) for key, value in pairs]

    @property
    def label(self) -> str:
        """The words a reader gets from the element: text, code, and the alt text of images, without notes."""
        return label(self.content)


def label(node: Any) -> str:
    """The words of a part of the AST."""
    if isinstance(node, list):
        return "".join(map(label, node))
    match node:
        case {"t": "Str", "c": words} | {"t": "Code" | "CodeBlock", "c": [_, words]}:
            return str(words)
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return " "
        case {"t": kind, "c": content} if kind not in ("Note", "RawInline", "RawBlock"):
            return label(content)
    return ""


def elements(blocks: Sequence[Block], source: str) -> tuple[Element, ...]:
    """All elements of a body; what is nested more than DEPTH deep is not entered."""
    walk = _Walk(source)
    walk.children(list(blocks), ())
    return tuple(walk.found)


class _Walk:
    def __init__(self, source: str) -> None:
        self.found: list[Element] = []
        self._cursor = _Cursor(source)

    def children(self, node: Any, within: tuple[str, ...]) -> None:
        for child in _elements_in(node):
            self._visit(child, within)

    def _visit(self, node: dict[str, Any], within: tuple[str, ...]) -> None:
        kind: str = node["t"]
        content: Any = node.get("c")
        if kind in _TEXT_BLOCKS:
            self._cursor.enter_block(content)
        self.found.append(Element(kind, content, self._cursor.find(kind, content), within))
        if len(within) > DEPTH:
            return
        inside = (*within, kind)
        match kind:
            case "Str":
                self._cursor.pass_over(content)
            case "Code" | "CodeBlock" | "RawInline" | "RawBlock":
                self._cursor.pass_over(content[1])
            case "Note":
                back = self._cursor.enter_note()
                self.children(content, inside)
                self._cursor.place = back
            case "Table" | "Figure":
                self._captioned(content, inside)
            case "Link" | "Image":
                self.children(content[1], inside)
                self._cursor.pass_over(content[2][0], unquote(content[2][0]))
            case _:
                self.children(content, inside)

    def _captioned(self, content: list[Any], inside: tuple[str, ...]) -> None:
        """A table or figure, whose caption may stand above or below it."""
        start = self._cursor.place
        if inside[-1] == "Table":
            for row in _rows(content):
                self._apart(row[1], inside)
        else:
            self.children(content[2], inside)
        end = self._cursor.place
        self._cursor.place = start
        self.children(content[1], inside)
        self._cursor.place = max(end, self._cursor.place)

    def _apart(self, cells: list[Any], inside: tuple[str, ...]) -> None:
        """The cells of a row, which may stand side by side on several lines."""
        start = end = self._cursor.place
        for cell in cells:
            self._cursor.place = start
            self.children(cell[4], inside)
            end = max(end, self._cursor.place)
        self._cursor.place = end


def _rows(table: list[Any]) -> Iterator[list[Any]]:
    """The rows of a table's head, bodies and foot: [attributes, cells]."""
    head, bodies, foot = table[3:]
    yield from head[1]
    for _, _, own_head, rows in bodies:
        yield from (*own_head, *rows)
    yield from foot[1]


def _elements_in(node: Any) -> Iterator[dict[str, Any]]:
    """The nearest elements in a piece of AST."""
    if isinstance(node, list):
        for part in node:
            yield from _elements_in(part)
    elif isinstance(node, dict) and not _SETTINGS.fullmatch(node["t"]):
        yield node


class _Cursor:
    """A place in the source that moves on with the words of the AST."""

    def __init__(self, source: str) -> None:
        self._source = source
        self.position = 0
        self._block = -1
        definitions = re.finditer(r"^[ >]*\[\^([^\]\s]+)\]:", source, re.MULTILINE)
        self._notes = {definition[1]: definition.end() for definition in definitions}

    @property
    def place(self) -> tuple[int, int]:
        """Where the cursor is, and where its block of text began."""
        return self.position, self._block

    @place.setter
    def place(self, place: tuple[int, int]) -> None:
        self.position, self._block = place

    def enter_block(self, content: Any) -> None:
        """Go to where a block of text begins, known by its first words."""
        words = [re.escape(word) for word in _first_words(content, 5)]
        if not words:
            return
        pattern = re.compile(r"(?<!\w)" + r"\W{0,40}?".join(words))
        if match := pattern.search(self._source, self._block + 1, self._block + _BLOCK_NEAR):
            self._block = self.position = match.start()

    def find(self, kind: str, content: Any) -> int:
        """Where an element begins, as near as can be told."""
        match kind:
            case "Str":
                needle = content
            case "Image":
                needle = "!["
            case "Div":
                needle = ":::"
            case "Code" | "CodeBlock" | "RawInline" | "RawBlock":
                needle = content[1].split("\n")[0]
            case "Header":
                needle = next(iter(_first_words(content, 1)), "#")
            case _:
                needle = next(iter(_first_words(content, 1)), "")
        place = self._source.find(needle, self.position, self.position + _BLOCK_NEAR)
        return place if place >= 0 else self.position

    def pass_over(self, *spellings: str) -> None:
        """Go behind the next occurrence of some words, if it is near; the first spelling found is taken."""
        for words in spellings:
            place = self._source.find(words, self.position, self.position + len(words) + _NEAR)
            if place >= 0:
                self.position = place + len(words)
                return

    def enter_note(self) -> tuple[int, int]:
        """Go to the text of the footnote whose mark is next; returns the way back."""
        mark = re.compile(r"\^\[|\[\^([^\]\s]+)\](?!:)").search(self._source, self.position)
        if not mark:
            return self.position, self._block
        back = mark.end(), self._block
        self.position = self._notes.get(mark[1] or "", mark.end())
        self._block = self.position - 1
        return back


def _first_words(content: Any, count: int) -> list[str]:
    """The first strings of a piece of AST; what an image or a note says is left out."""
    found: list[str] = []
    for node in _elements_in(content):
        if node["t"] == "Str":
            found.append(node["c"])
        elif node["t"] not in ("Note", "Image", "Code", "RawInline"):
            found += _first_words(node.get("c"), count - len(found))
        if len(found) >= count:
            break
    return found[:count]
