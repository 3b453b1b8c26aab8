"""What the pages of a PDF draw: every text by the characters that its font gives for the glyphs, and where it lies.

Nothing is taken from the structure tree here, nor from ActualText: this is what lies on the sheet (ISO 32000-1, 9.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf", re.DOTALL)
_HEX = re.compile(rb"<([0-9a-fA-F\s]*)>|[\[\]]")
_INVISIBLE = frozenset({3, 7})
_DEEPEST = 20
_SHOWING = frozenset({"TJ", "Tj", "'", '"'})
_PLACING = frozenset({"Tm", "Td", "TD", "T*", "BT", "Tr", "TL", "cm"})
Shape = tuple[str, int]
"""A font, without the mark of its subset, and the code of a glyph in it."""
Matrix = tuple[float, float, float, float, float, float]
_STILL: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(eq=False)
class Mark:
    """A marked content: its page from 0, its tag, its property list, and the texts drawn in it."""

    page: int
    tag: str
    properties: Any = field(repr=False)  # It is gone when its file is closed.
    texts: list[Text] = field(default_factory=list)

    @property
    def shapes(self) -> list[tuple[str, Shape]]:
        """Each glyph drawn in it: its characters, as the font tells them, and its shape."""
        return [pair for text in self.texts for pair in zip(text.glyphs, text.shapes, strict=True)]

    @property
    def drawn(self) -> str:
        """All that is drawn in it."""
        return "".join(text.said for text in self.texts)


class Text(NamedTuple):
    """One text: where it begins, in points from the lower left corner, how high its letters are, and its glyphs."""

    page: int
    x: float
    y: float
    size: float
    glyphs: tuple[str, ...]
    shapes: tuple[Shape, ...]
    """The glyphs themselves: one for each of `glyphs`."""
    is_turned: bool
    """Whether its line runs up or down the page."""
    unseen: str
    """Why nobody sees it; "" if it shows."""

    @property
    def said(self) -> str:
        """Its characters in the order in which they are drawn."""
        return "".join(self.glyphs)


@dataclass
class Drawing:
    """Everything drawn: the marked contents and the texts in their order, and those outside of any mark."""

    marks: list[Mark] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    loose: list[Text] = field(default_factory=list)


def draw(pdf: Pdf) -> Drawing:
    """What all pages of a PDF draw."""
    drawing, fonts = Drawing(), dict[Any, _Font]()
    for number, page in enumerate(pdf.pages):
        _Page(number, page, drawing, fonts).run(page, page.get("/Resources", Dictionary()), _STILL, 0)
    return drawing


class _Font:
    """How a font turns codes into characters: `width` is the number of bytes of a code."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.get("/BaseFont", ""))[1:].rpartition("+")[2]
        self.width = 2 if font.get("/Subtype") == Name.Type0 else 1
        self.characters = dict[int, str]()
        if "/ToUnicode" in font:
            for kind, section in _SECTION.findall(font.ToUnicode.read_bytes()):
                self.characters |= dict(_ranges(section) if kind == b"bfrange" else _pairs(section))

    def glyphs(self, operand: Any) -> Iterator[tuple[str, Shape]]:
        """Each glyph of a text: its characters, U+FFFD if the font does not say them, and its shape."""
        for item in operand if isinstance(operand, Array) else [operand]:
            if isinstance(item, pikepdf.String):
                codes = bytes(item)
                for at in range(0, len(codes), self.width):
                    code = int.from_bytes(codes[at : at + self.width], "big")
                    yield self.characters.get(code, "\ufffd"), (self.name, code)


def _pairs(section: bytes) -> Iterator[tuple[int, str]]:
    codes = [found[1] for found in _HEX.finditer(section)]
    for code, text in zip(codes[::2], codes[1::2], strict=False):
        yield int(code, 16), _characters(text)


def _ranges(section: bytes) -> Iterator[tuple[int, str]]:
    tokens = [found[0] for found in _HEX.finditer(section)]
    at = 0
    while at + 2 < len(tokens):
        first, last = (int(tokens[at + step].strip(b"<>"), 16) for step in (0, 1))
        if tokens[at + 2] == b"[":
            end = tokens.index(b"]", at)
            yield from enumerate((_characters(each.strip(b"<>")) for each in tokens[at + 3 : end]), first)
            at = end + 1
        else:
            start = _characters(tokens[at + 2].strip(b"<>"))
            for step in range(min(last - first + 1, 65536)):
                yield first + step, start[:-1] + chr(ord(start[-1]) + step)
            at += 3


def _characters(text: bytes) -> str:
    return bytes.fromhex(text.decode("ascii")).decode("utf-16-be")


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


@dataclass
class _State:
    """What q and Q keep, and the text matrices."""

    matrix: Matrix
    font: _Font | None = None
    size: float = 0
    mode: int = 0
    leading: float = 0
    line: Matrix = _STILL
    """Where the line of text begins: a text is placed there."""

    def place(self, name: str, operands: Any) -> None:
        """Follows an operator that moves what comes next."""
        match name:
            case "Tm":
                self.line = _numbers(operands)
            case "Td" | "TD":
                x, y = map(float, operands)
                self.leading = -y if name == "TD" else self.leading
                self.line = _times((1, 0, 0, 1, x, y), self.line)
            case "T*" | "'" | '"':
                self.line = _times((1, 0, 0, 1, 0, -self.leading), self.line)
            case "BT":
                self.line = _STILL
            case "Tr":
                self.mode = int(operands[0])
            case "TL":
                self.leading = float(operands[0])
            case "cm":
                self.matrix = _times(_numbers(operands), self.matrix)


class _Page:
    """Runs the content of one page."""

    def __init__(self, number: int, page: Any, drawing: Drawing, fonts: dict[Any, _Font]) -> None:
        self.number = number
        self.drawing = drawing
        self.fonts = fonts
        self.stack: list[Mark] = []
        box = [float(edge) for edge in page.get("/CropBox", page.get("/MediaBox", [0, 0, 612, 792]))]
        self.box = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))

    def run(self, stream: Any, resources: Any, matrix: Matrix, depth: int) -> None:
        """Takes down what a page or a form draws; `matrix` leads from its space to that of the page."""
        assert depth < _DEEPEST, "forms lie within each other without end"
        state, kept = _State(matrix), list[_State]()
        entered = len(self.stack)
        for instruction in pikepdf.parse_content_stream(stream):
            operands: Any = instruction.operands
            name = str(instruction.operator)
            if name in _SHOWING:
                state.place(name, operands)
                self.text(operands[-1], state)
            elif name in _PLACING:
                state.place(name, operands)
            elif name == "Tf":
                state.font, state.size = self.font(operands[0], resources), float(operands[1])
            elif name == "q":
                kept.append(replace(state))
            elif name == "Q" and kept:
                state = kept.pop()
            elif name in ("BDC", "BMC"):
                self.begin(str(operands[0]), operands[1] if name == "BDC" else Dictionary(), resources)
            elif name == "EMC":
                self.stack.pop()
            elif name == "Do":
                self.form(operands[0], resources, state.matrix, depth)
        assert len(self.stack) == entered, "every marked content is closed"

    def font(self, name: Any, resources: Any) -> _Font:
        """A font of the resources, read once."""
        font = resources.Font[name]
        key = font.objgen if font.is_indirect else id(font)
        if key not in self.fonts:
            self.fonts[key] = _Font(font)
        return self.fonts[key]

    def begin(self, tag: str, properties: Any, resources: Any) -> None:
        """A marked content begins."""
        if isinstance(properties, Name):
            properties = resources.Properties[properties]
        mark = Mark(self.number, tag, properties)
        self.stack.append(mark)
        self.drawing.marks.append(mark)

    def form(self, name: Any, resources: Any, matrix: Matrix, depth: int) -> None:
        """A form draws as if it stood here."""
        drawn = resources.XObject[name]
        if drawn.get("/Subtype") == Name.Form:
            inner = _times(_numbers(drawn.get("/Matrix", [1, 0, 0, 1, 0, 0])), matrix)
            self.run(drawn, drawn.get("/Resources", resources), inner, depth + 1)

    def text(self, operand: Any, state: _State) -> None:
        """A text is drawn."""
        assert state.font is not None, "a text has a font"
        place = _times(state.line, state.matrix)
        size = abs(state.size) * max(abs(place[2]), abs(place[3]))
        drawn = tuple(state.font.glyphs(operand))
        glyphs, shapes = tuple(text for text, _ in drawn), tuple(shape for _, shape in drawn)
        unseen = self.unseen(place, size, state.mode)
        is_turned = abs(place[1]) > abs(place[0])
        text = Text(self.number, place[4], place[5], size, glyphs, shapes, is_turned, unseen)
        self.drawing.texts.append(text)
        for mark in self.stack:
            mark.texts.append(text)
        if not self.stack:
            self.drawing.loose.append(text)

    def unseen(self, place: Matrix, size: float, mode: int) -> str:
        """Why a text does not show: by its mode, its place, its size or its layer."""
        left, bottom, right, top = self.box
        if mode in _INVISIBLE:
            return "drawn with no ink"
        if not (left - 2 <= place[4] <= right + 2 and bottom - 2 <= place[5] <= top + 2):
            return "outside the page"
        if size < 1:
            return "smaller than a point"
        return "on a layer that can be switched off" if any(mark.tag == "/OC" for mark in self.stack) else ""
