"""What the tests of the press edition print: the masters, small pages, pictures of one colour."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from pikepdf import Pdf
from PIL import Image

import samples
from communique import master
from communique.checks import press as rules
from communique.document import annotate
from communique.writers import paper, press
from communique.writers.pdf.press import SIZES
from communique.writers.pdf.press import write as write_page
from communique.writers.pdf.source import Source
from pdf_pages import FACTS, page

ROOT = Path(__file__).resolve().parents[1]
MASTERS = {
    "real": ROOT / "content" / "joint-statement-dprk-human-rights",
    "sink": ROOT / "tests" / "masters" / "valid" / "kitchen-sink",
}
MM = 72 / 25.4
POINTS = {"A4": (210 * MM, 297 * MM), "Letter": (612.0, 792.0), "A5": (148 * MM, 210 * MM)}
"""The sizes, in points."""
TABLE = "\n".join(
    [" | ".join(f"Thirteen{column}word" for column in range(8)), "|".join(["---"] * 8)]
    + [" | ".join(f"r{row}c{column}" for column in range(8)) for row in range(4)]
)
PRESS = paper.style("base", "pdf", "press")


@cache
def document(name: str) -> Any:
    """A master, annotated."""
    return annotate(master.read(MASTERS[name])[0])


@cache
def printed(name: str, size: str = "A4") -> bytes:
    """The press edition of a master."""
    return press.write(document(name), size)


@cache
def wide(size: str) -> bytes:
    """A page of text, a page that lies on its side, a page of text."""
    return press.write(annotate(samples.statement(f"Before.\n\n{TABLE}\n\nAfter.\n")), size)


def faults(content: bytes) -> set[str]:
    """The names of the rules that a press edition breaks."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {remark.rule for remark in rules.faults(pdf)}


def written(body: str, css: str = "", media: dict[str, bytes] | None = None) -> bytes:
    """The press edition of a page's body, with more style."""
    return write_page(Source(page(body), f"{PRESS}\n{css}", media or {}), FACTS, SIZES["A4"])


def picture(mode: str, colour: Any, kind: str = "PNG", **options: Any) -> bytes:
    """A picture of one colour."""
    buffer = io.BytesIO()
    Image.new(mode, (20, 20), colour).save(buffer, kind, **options)
    return buffer.getvalue()


def seen(content: bytes, number: int, *spots: tuple[float, float]) -> list[tuple[int, ...]]:
    """The colours of a sheet where it is rendered, at places in points from its upper left corner (Poppler)."""
    command = ["pdftoppm", "-r", "144", "-f", str(number), "-l", str(number), "-singlefile", "-"]
    shown = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    with Image.open(io.BytesIO(shown)) as sheet:
        return [sheet.getpixel((int(2 * x), int(2 * y))) for x, y in spots]  # type: ignore[misc]
