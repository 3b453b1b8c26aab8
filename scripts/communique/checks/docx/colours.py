"""Contrast of text against what lies behind it (WCAG 1.4.3; Word: “Hard-to-read text contrast”)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.docx.package import W, value
from communique.checks.docx.text import Paragraph, Reading, Run
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element

_LEAST = 4.5
_LEAST_LARGE = 3.0
_HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGreen": "006400",
    "darkMagenta": "8B008B",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "darkGray": "A9A9A9",
    "lightGray": "D3D3D3",
    "black": "000000",
    "white": "FFFFFF",
}
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def contrast(reading: Reading) -> Iterator[Remark]:
    """No words are hard to tell from what lies behind them. Word chooses black or white for “auto” by itself."""
    for paragraph in reading.paragraphs:
        seen = {(_colour(run), _behind(run, paragraph), _least(run)) for run in paragraph.runs if run.text.strip()}
        for colour, behind, least in sorted(seen):
            if colour and (found := ratio(colour, behind)) < least:
                message = f"#{colour} on #{behind} in “{paragraph.opening}” has a contrast of {found:.2f}, not {least}"
                yield Remark("contrast", message, paragraph.place)


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _least(run: Run) -> float:
    return _LEAST_LARGE if run.size >= 18 or (run.size >= 14 and run.bold) else _LEAST


def _colour(run: Run) -> str:
    found = value(run.says("color"))
    return found.upper() if _COLOUR.fullmatch(found) else ""


def _behind(run: Run, paragraph: Paragraph) -> str:
    """The nearest colour behind a run: its own, the paragraph's, the cell's, the table style's; else white."""
    highlight = _HIGHLIGHTS.get(value(run.says("highlight")))
    shades = (run.says("shd"), paragraph.says("shd"), *_of_table(paragraph))
    return highlight or next((fill for shade in shades if (fill := _fill(shade))), "FFFFFF")


def _of_table(paragraph: Paragraph) -> Iterator[Element | None]:
    if paragraph.cell is not None:
        yield paragraph.cell.find(f"{W}tcPr/{W}shd")
    if paragraph.table is None:
        return
    yield paragraph.table.find(f"{W}tblPr/{W}shd")
    style = value(paragraph.table.find(f"{W}tblPr/{W}tblStyle")) or paragraph.styles.default("table")
    row = next(paragraph.element.iterancestors(f"{W}tr"))
    if row.find(f"{W}trPr/{W}tblHeader") is not None:
        yield paragraph.styles.of_chain(style, f"{W}tblStylePr[@{W}type='firstRow']/{W}tcPr/{W}shd")
    yield paragraph.styles.of_chain(style, f"{W}tcPr/{W}shd")


def _fill(shade: Element | None) -> str:
    if shade is None:
        return ""
    fill = shade.get(f"{W}color" if value(shade) == "solid" else f"{W}fill", "")
    return fill.upper() if _COLOUR.fullmatch(fill) else ""
