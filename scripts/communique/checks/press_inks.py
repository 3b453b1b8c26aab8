"""Reads what the pages of a PDF draw and in which inks: texts, fills and lines with their colours, and their boxes."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, sqrt
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Box = tuple[float, float, float, float]
Colour = tuple[str, tuple[float, ...]]
"""The name of a colour space and the parts of a colour: ("DeviceCMYK", (0, 0, 0, 1)) is pure black."""
Point = tuple[float, float]

EVERY_PLATE = "Separation All"
"""The colour space of the marks that the printer lines the plates up by (ISO 32000-1, 8.6.6.4)."""

_SHORT = {"g": "DeviceGray", "k": "DeviceCMYK", "rg": "DeviceRGB"}
_FILLS = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "sh"})
_STROKES = frozenset({"S", "s", "B", "B*", "b", "b*"})
_DEEPEST = 20
"""How many forms may stand in one another; deeper, and a form is taken to draw itself."""


@dataclass
class Drawing:
    """What the streams of a page do, all in all. `forms` are the numbers of the forms that they draw."""

    texts: list[Colour] = field(default_factory=list)
    fills: list[Colour] = field(default_factory=list)
    strokes: list[tuple[Colour, tuple[Point, ...]]] = field(default_factory=list)
    thinnest: float = inf
    """The width of the thinnest line, in points; 0 is as thin as the device can."""
    spaces: set[str] = field(default_factory=set)
    forms: set[int] = field(default_factory=set)

    def colours(self) -> set[Colour]:
        """All colours that are drawn in."""
        return {*self.texts, *self.fills, *(colour for colour, _ in self.strokes)}


@dataclass(frozen=True)
class Page:
    """The boxes of a page, in points from the corner of the sheet, and what is drawn on it."""

    media: Box
    bleed: Box
    trim: Box
    drawing: Drawing

    def marks(self) -> list[Point]:
        """The corners of all lines that are drawn on every plate."""
        return [point for (space, _), path in self.drawing.strokes if space == EVERY_PLATE for point in path]


def pages(content: bytes) -> list[Page]:
    """The pages of a PDF for the press."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [Page(box(page.MediaBox), box(page.BleedBox), box(page.TrimBox), drawing(page)) for page in pdf.pages]


def images(content: bytes) -> list[str]:
    """The colour spaces of the images of a PDF."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return sorted(space_name(entry.get("/ColorSpace")) for entry in pdf.objects if is_image(entry))


def drawing(stream: Any) -> Drawing:
    """What a page, a form or a pattern draws, with the forms it uses."""
    found = Drawing()
    _Pen(found, stream.get("/Resources", Dictionary())).follow(stream)
    return found


def is_image(entry: Any) -> bool:
    """Whether an object is an image (ISO 32000-1, 8.9.5)."""
    return isinstance(entry, Stream) and entry.get("/Subtype") == Name.Image


def box(array: Any) -> Box:
    """Left, bottom, right and top of a rectangle."""
    left, bottom, right, top = (float(number) for number in array)
    return left, bottom, right, top


def space_name(space: Any) -> str:
    """The name of a colour space; of a Separation also that of its ink."""
    if not isinstance(space, Array):
        return str(space).removeprefix("/")
    kind = str(space[0]).removeprefix("/")
    return f"{kind} {str(space[1]).removeprefix('/')}" if kind == "Separation" else kind


class _Pen:
    """Follows a content stream and keeps the colours that are set."""

    def __init__(self, found: Drawing, resources: Any, depth: int = 0) -> None:
        self.found, self.resources, self.depth = found, resources, depth
        self.colours: dict[str, Colour] = dict.fromkeys(("fill", "stroke"), ("DeviceGray", (0.0,)))
        self.width = 1.0
        self.matrix = (1.0, 0.0, 0.0, 1.0)
        self.saved: list[tuple[dict[str, Colour], float, tuple[float, float, float, float]]] = []
        self.path: list[Point] = []
        self.orders: dict[str, Callable[[str, list[Any]], None]] = {
            **dict.fromkeys(("q", "Q"), self.keep),
            **dict.fromkeys(("g", "k", "rg", "G", "K", "RG"), lambda op, said: self.set(op, _SHORT[op.lower()], said)),
            **dict.fromkeys(("cs", "CS"), lambda op, said: self.set(op, self.space(said[0]), [])),
            **dict.fromkeys(("sc", "scn", "SC", "SCN"), lambda op, said: self.set(op, self.now(op)[0], said)),
            **dict.fromkeys(("m", "l", "c", "v", "y"), self.reach),
            **dict.fromkeys(("Tj", "TJ", "'", '"'), lambda *_: self.found.texts.append(self.colours["fill"])),
            "w": lambda _, said: self.widen(said[0]),
            "gs": lambda _, said: self.widen(self.resources.ExtGState[said[0]].get("/LW", self.width)),
            "cm": lambda _, said: self.scale(said),
            **dict.fromkeys(_FILLS | _STROKES | {"n"}, self.paint),
            "Do": lambda _, said: self.use(said[0]),
        }

    def follow(self, stream: Any) -> None:
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.found.spaces.add(f"inline {instruction.iimage.colorspace}")
            elif order := self.orders.get(operator := str(instruction.operator)):
                order(operator, list(instruction.operands))

    def keep(self, operator: str, _: list[Any]) -> None:
        if operator == "q":
            self.saved.append((dict(self.colours), self.width, self.matrix))
        elif self.saved:
            self.colours, self.width, self.matrix = self.saved.pop()

    def widen(self, width: Any) -> None:
        self.width = float(width)

    def scale(self, operands: list[Any]) -> None:
        a, b, c, d = (float(number) for number in operands[:4])
        p, q, r, s = self.matrix
        self.matrix = (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s)

    def thickness(self) -> float:
        """How thick a line is that is drawn now, in points, where the scale is that of areas."""
        p, q, r, s = self.matrix
        return self.width * sqrt(abs(p * s - q * r))

    def now(self, operator: str) -> Colour:
        return self.colours["fill" if operator.islower() else "stroke"]

    def set(self, operator: str, space: str, operands: list[Any]) -> None:
        self.found.spaces.add(space)
        numbers = tuple(round(float(number), 4) for number in operands if not isinstance(number, Name))
        self.colours["fill" if operator.islower() else "stroke"] = (space, numbers)

    def space(self, name: Any) -> str:
        named = self.resources.get("/ColorSpace", Dictionary())
        return space_name(named.get(name, name))

    def reach(self, _: str, operands: list[Any]) -> None:
        numbers = [float(number) for number in operands]
        self.path += zip(numbers[::2], numbers[1::2], strict=True)

    def paint(self, operator: str, _: list[Any]) -> None:
        if operator in _FILLS:
            self.found.fills.append(self.colours["fill"])
        if operator in _STROKES:
            self.found.strokes.append((self.colours["stroke"], tuple(self.path)))
            self.found.thinnest = min(self.found.thinnest, self.thickness())
        self.path = []

    def use(self, name: Any) -> None:
        form = self.resources.get("/XObject", Dictionary()).get(name)
        if form is None or form.get("/Subtype") != Name.Form:
            return
        if self.depth > _DEEPEST:
            raise ValueError("a form draws itself")
        self.found.forms.add(form.objgen[0])
        pen = _Pen(self.found, form.get("/Resources", self.resources), self.depth + 1)
        pen.colours, pen.width, pen.matrix = dict(self.colours), self.width, self.matrix
        if "/Matrix" in form:
            pen.scale(list(form.Matrix))
        pen.follow(form)
