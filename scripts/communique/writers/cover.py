"""The cover: templates/cover.svg with the statement's own words, drawn as a picture."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from html import escape
from string import Template

from PIL import ImageFont

from communique import templates
from communique.errors import ToolFailed
from communique.labels import labels, long_date
from communique.statement import Statement

WIDTH = 800
"""Pixels of the picture; the drawing is 1200 wide, and half as high again as wide."""
# resvg keeps the interpreter to itself while it draws; in a process of its own it works beside the PDF.
_DRAW = """
import sys, resvg_py
svg, width, fonts = sys.stdin.buffer.read().decode(), int(sys.argv[1]), sys.argv[2:]
sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True, font_files=fonts))
"""
_COLUMN = 980
_TITLE_SIZES = (96, 84, 74, 64, 56, 48, 42)
_TITLE_TOP, _TITLE_BOTTOM = 320, 1290
_SERIF = "fonts/source-serif-4/SourceSerif4_700Bold.ttf"
_SANS = "fonts/source-sans-3/SourceSans3_600SemiBold.ttf"
_ITALIC = "fonts/source-serif-4/SourceSerif4_400Regular_Italic.ttf"


def png(statement: Statement) -> bytes:
    """The cover as a PNG of 800 by 1200 pixels."""
    size, lines = _title(statement.title)
    issuers = wrap(" · ".join(issuer.name for issuer in statement.issuers), _SANS, 40, _COLUMN)[:4]
    svg = Template(templates.read_text("cover.svg")).substitute(
        kicker=escape(labels(statement.language)[statement.type].upper()),
        size=size,
        title=_text(lines, _TITLE_TOP + size, round(size * 1.22)),
        issuers=_text(issuers, 1510, 54),
        date=escape(long_date(statement.date, statement.language)),
    )
    return _draw(svg)


def _draw(svg: str) -> bytes:
    """The picture of a drawing, with the fonts of the templates alone."""
    files = [str(templates.root() / name) for name in (_SERIF, _SANS, _ITALIC)]
    command = [sys.executable, "-I", "-c", _DRAW, str(WIDTH), *files]
    try:
        return subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ToolFailed(f"resvg: the cover could not be drawn: {reason} (mend templates/cover.svg)") from error


def _title(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; at the smallest, what fits of it."""
    for size in _TITLE_SIZES:
        lines = wrap(title, _SERIF, size, _COLUMN)
        room = int((_TITLE_BOTTOM - _TITLE_TOP) / (size * 1.22))
        if len(lines) <= room and len(lines) <= len(title.split()):
            return size, lines
    return size, lines if len(lines) <= room else [*lines[: room - 1], f"{lines[room - 1]} …"]


def wrap(words: str, font: str, size: int, width: int) -> list[str]:
    """Lines of text no wider than `width` at a size, both in units of the drawing; a longer word goes on below."""
    face = _face(font, size)
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines += _pieces(word, face, width)
    return lines


def _pieces(word: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word cut so that each piece is no wider than `width`."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _face(font: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(templates.root() / font), size)


def _text(lines: Sequence[str], top: int, leading: int) -> str:
    return "\n".join(
        f'<text x="110" y="{top + number * leading}">{escape(line)}</text>' for number, line in enumerate(lines)
    )
