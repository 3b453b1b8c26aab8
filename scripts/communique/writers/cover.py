"""The cover: templates/cover.svg with the statement's own words, drawn as a picture."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from PIL import ImageFont

from communique import templates, typefaces
from communique.errors import ToolFailed
from communique.labels import labels, long_date
from communique.language import direction, script
from communique.statement import Statement
from communique.writers.line_breaks import pieces

WIDTH = 800
"""Pixels of the picture; the drawing is 1200 wide, and half as high again as wide."""
# resvg keeps the interpreter to itself while it draws; in a process of its own it works beside the PDF.
_DRAW = """
import sys, resvg_py
svg, width, fonts = sys.stdin.buffer.read().decode(), int(sys.argv[1]), sys.argv[2:]
sys.stdout.buffer.write(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True, font_files=fonts))
"""
_LEFT, _RIGHT = 110, 1090
_COLUMN = _RIGHT - _LEFT
_TITLE_SIZES = (96, 84, 74, 64, 56, 48, 42)
_TITLE_TOP, _TITLE_BOTTOM = 320, 1290
_SERIF = "fonts/source-serif-4/SourceSerif4_700Bold.ttf"
_SANS = "fonts/source-sans-3/SourceSans3_600SemiBold.ttf"
_ITALIC = "fonts/source-serif-4/SourceSerif4_400Regular_Italic.ttf"
# The letters of a line in their order whatever its first one is: resvg would go by that (U+2067, U+2069).
_ISOLATED = "\u2067{}\u2069"


@dataclass(frozen=True)
class Lettering:
    """How the words are drawn: the files of the title, the small type and the date, and the families by role."""

    language: str
    title: Path
    small: Path
    date: Path
    serif: str
    sans: str
    slant: str
    leading: float


def png(statement: Statement) -> bytes:
    """The cover as a PNG of 800 by 1200 pixels."""
    letters = _lettering(statement)
    size, lines = _title(statement.title, letters)
    issuers = wrap(" · ".join(issuer.name for issuer in statement.issuers), letters.small, 40, letters.language)[:4]
    words = labels(statement.language)
    svg = Template(templates.read_text("cover.svg")).substitute(
        serif=letters.serif,
        sans=letters.sans,
        slant=letters.slant,
        spacing=6 if letters.slant == "italic" else 0,
        kicker=_text([_capitals(words[statement.type], words.language)], 220, 0, letters.language),
        size=size,
        title=_text(lines, _TITLE_TOP + size, round(size * letters.leading), letters.language),
        issuers=_text(issuers, 1510, 54, letters.language),
        date=_text([long_date(statement.date, statement.language)], 1735, 0, letters.language),
    )
    return _draw(svg, statement)


def _lettering(statement: Statement) -> Lettering:
    """The fonts for a statement: those of its language first, then those of the other scripts on the cover."""
    own = typefaces.typeface(statement.language)
    families = [own.family] if own else []
    families += ["Source Serif 4", *(face.family for face in _large_scripts(statement))]
    serif = ", ".join(f"'{family}'" for family in dict.fromkeys(families))
    sans = serif.replace("Source Serif 4", "Source Sans 3")
    if own is None:
        small, date = templates.root() / _SANS, templates.root() / _ITALIC
        return Lettering(statement.language, templates.root() / _SERIF, small, date, serif, sans, "italic", 1.22)
    regular, bold = typefaces.verified(own)[0], typefaces.verified(own)[-1]
    return Lettering(statement.language, bold, bold, regular, serif, sans, "normal", 1.4)


def _large_scripts(statement: Statement) -> tuple[typefaces.Typeface, ...]:
    """The fetched fonts that the words of the cover need."""
    words = statement.title + "".join(issuer.name for issuer in statement.issuers)
    return typefaces.needed([statement.language], words)


def _draw(svg: str, statement: Statement) -> bytes:
    """The picture of a drawing, with the fonts of the templates alone."""
    fetched = (path for face in _large_scripts(statement) for path in typefaces.verified(face))
    files = [*(templates.root() / name for name in (_SERIF, _SANS, _ITALIC)), *fetched]
    command = [sys.executable, "-I", "-c", _DRAW, str(WIDTH), *map(str, files)]
    try:
        return subprocess.run(command, input=svg.encode(), capture_output=True, check=True).stdout
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise ToolFailed(f"resvg: the cover could not be drawn: {reason} (mend templates/cover.svg)") from error


def _capitals(words: str, language: str) -> str:
    """Words in capitals; Greek ones have no accents."""
    capitals = words.upper()
    if script(language) != "Grek":
        return capitals
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", capitals).replace("\u0301", ""))


def _title(title: str, letters: Lettering) -> tuple[int, list[str]]:
    """The largest size at which the title fits without a cut word, and its lines; at the smallest, what fits of it."""
    parts = pieces(title, letters.language)
    for size in _TITLE_SIZES:
        face = _face(letters.title, size)
        lines = wrap(title, letters.title, size, letters.language)
        room = int((_TITLE_BOTTOM - _TITLE_TOP) / (size * letters.leading))
        if len(lines) <= room and all(face.getlength(part.rstrip(" ")) <= _COLUMN for part in parts):
            return size, lines
    return size, lines if len(lines) <= room else [*lines[: room - 1], f"{lines[room - 1]} …"]


def wrap(words: str, font: Path, size: int, language: str, width: int = _COLUMN) -> list[str]:
    """Lines of text no wider than `width` at a size, both in units of the drawing; a longer word goes on below."""
    face = _face(font, size)
    lines: list[str] = []
    for piece in pieces(words, language):
        longer = f"{lines[-1]}{piece}" if lines else piece
        if lines and face.getlength(longer.rstrip(" ")) <= width:
            lines[-1] = longer
        else:
            lines += _cut(piece, face, width)
    return [line.rstrip(" ") for line in lines]


def _cut(word: str, face: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """A word cut so that each part is no wider than `width`; a letter keeps its marks."""
    parts = [""]
    for letter in word:
        is_mark = unicodedata.category(letter).startswith("M")
        if parts[-1] and not is_mark and face.getlength((parts[-1] + letter).rstrip(" ")) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@cache
def _face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    """A font to measure with. Without shaping, which Pillow has on some machines and not on others."""
    return ImageFont.truetype(str(font), size, layout_engine=ImageFont.Layout.BASIC)


def _text(lines: Sequence[str], top: int, leading: int, language: str) -> str:
    """Lines from the side where the language begins to write."""
    is_turned = direction(language) == "rtl"
    place = f'x="{_RIGHT}" text-anchor="end"' if is_turned else f'x="{_LEFT}"'
    frame = _ISOLATED if is_turned else "{}"
    return "\n".join(
        f'<text {place} y="{top + number * leading}">{frame.format(escape(line))}</text>'
        for number, line in enumerate(lines)
    )
