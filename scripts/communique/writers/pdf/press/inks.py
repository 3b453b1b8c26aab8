"""Colours for the press: greys are tints of black, and each other colour is mixed as the style sheet says."""

from __future__ import annotations

import re
from importlib import import_module
from itertools import pairwise
from typing import Any

from communique.errors import ToolFailed
from communique.writers.pdf.press import css as styles

TINTS = (100.0, 93.7, 87.1, 80.4, 72.9, 65.5, 57.3, 48.6, 38.8, 29.0, 17.3)
"""The lightness (CIE L*, paper = 100) of 0, 10, 20 … 100 % of black on coated paper, by FOGRA39L."""
DARKEST_TINT = 40.0
"""What is darker (CIE L*) is printed in solid black: the edges of small letters stay sharp only without a screen."""
NEUTRAL = 0.1
"""How far red, green and blue may differ in a colour that counts as a grey."""
MIX = re.compile(r"--ink-([0-9a-f]{6})\s*:\s*(device-cmyk\([^)]*\))")
"""How a style sheet says which inks make a colour of the screen: --ink-17365c: device-cmyk(1 0.65 0 0.6)."""
COLOURED = re.compile(r"color|background|border|outline|decoration|rule|shadow|fill|stroke")
"""The properties in which a name such as "red" is a colour."""


def inked(css: str) -> str:
    """The style sheet with device-cmyk() for every colour of the screen."""
    mixes = dict(MIX.findall(css))
    parse: Any = import_module("tinycss2.color4").parse_color

    def change(name: str, token: Any) -> str | None:
        is_colour = token.type in {"hash", "function"} or (token.type == "ident" and COLOURED.search(name))
        colour = parse(token) if is_colour else None
        if colour is None or isinstance(colour, str):
            return None
        return _inks(token.serialize(), colour, mixes)

    return styles.changed(css, change)


def tint(lightness: float) -> float:
    """How much black, from 0 to 1, looks as light as CIE L* on a screen, whose black is made that of the press."""
    sought = TINTS[-1] + lightness * (TINTS[0] - TINTS[-1]) / 100
    for step, (light, dark) in enumerate(pairwise(TINTS)):
        if sought >= dark:
            return (step + (light - sought) / (light - dark)) / 10
    return 1.0


def lightness(red: float, green: float, blue: float) -> float:
    """CIE L* of an sRGB colour (IEC 61966-2-1), each part from 0 to 1."""
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue))
    luminance = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def _inks(text: str, colour: Any, mixes: dict[str, str]) -> str:
    """The inks for a colour of the screen."""
    *parts, alpha = colour.to("srgb")
    if alpha == 0:
        return "transparent"
    if alpha < 1:
        raise ToolFailed(f"press: the colour {text} is see-through (give the colour that it is seen as)")
    name = "".join(f"{round(part * 255):02x}" for part in parts)
    if name in mixes:
        return mixes[name]
    if max(parts) - min(parts) > NEUTRAL:
        remedy = f"say which in templates/css/press.css: --ink-{name}: device-cmyk(…)"
        raise ToolFailed(f"press: no inks are named for the colour {text} ({remedy})")
    light = lightness(*parts)
    return f"device-cmyk(0 0 0 {1 if light < DARKEST_TINT else round(tint(light), 2):g})"
