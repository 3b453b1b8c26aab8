"""Where the type of a PDF stands and how large it is, read from its content streams; no code of the writer's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Pdf

_CODES = re.compile(r"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>")


@dataclass(frozen=True)
class Line:
    """A run of glyphs: its page from 0, where its baseline begins from the top left of the sheet and its size, in
    points to two places; its font's name; and whether it is marked as an artifact.
    """

    page: int
    left: float
    baseline: float
    size: float
    font: str
    text: str
    is_artifact: bool


def lines(content: bytes) -> list[Line]:
    """All text that the pages of a PDF show, in the order in which it is drawn."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [line for number, page in enumerate(pdf.pages) for line in _page(number, page)]


def sheets(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [(float(page.mediabox[2]), float(page.mediabox[3])) for page in pdf.pages]


def _page(number: int, page: Any) -> Iterator[Line]:
    fonts = page.Resources.get("/Font", {})
    names = {name: str(font.BaseFont)[1:] for name, font in fonts.items()}
    maps = {name: dict(_CODES.findall(font.ToUnicode.read_bytes().decode("latin-1"))) for name, font in fonts.items()}
    height = float(page.mediabox[3])
    matrix, place, kept = pikepdf.Matrix(), pikepdf.Matrix(), []
    font, size, marks = "", 0.0, []
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Tm":
                place = pikepdf.Matrix(*map(float, operands))
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "BDC" | "BMC":
                marks.append(str(operands[0]) == "/Artifact")
            case "EMC":
                marks.pop()
            case "TJ" | "Tj":
                whole = place @ matrix
                codes = b"".join(bytes(item) for item in _strings(operands[0])).hex()
                said = "".join(maps[font].get(codes[at : at + 4], "") for at in range(0, len(codes), 4))
                text = bytes.fromhex(said).decode("utf-16-be")
                left, baseline, large = (round(each, 2) for each in (whole.e, height - whole.f, size * abs(whole.d)))
                yield Line(number, left, baseline, large, names[font], text, any(marks))


def _strings(operand: Any) -> list[Any]:
    items = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [item for item in items if isinstance(item, pikepdf.String)]
