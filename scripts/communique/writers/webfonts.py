"""The fonts inside web page and EPUB: four vendored faces, and of each fetched font the glyphs that the text uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from threading import RLock
from typing import Any

from communique import templates, typefaces
from communique.typefaces import Ranges, Typeface

FOLDER = "fonts/web"

FONTTOOLS = RLock()
"""Held by whoever loads fontTools, for the engine of the PDF keeps parts of it away while it loads itself."""


@dataclass(frozen=True)
class Face:
    """One web font: the family that style sheets name, its style and weight as in CSS, its file name, its bytes."""

    family: str
    style: str
    weight: int
    name: str
    content: bytes

    def rule(self, url: str, *more: str) -> str:
        """The @font-face rule, with the address where the reader finds the file."""
        parts = (f'font-family: "{self.family}"', f"font-style: {self.style}", f"font-weight: {self.weight}", *more)
        return f'@font-face {{ {"; ".join(parts)}; src: url({url}) format("woff2"); }}'


VENDORED = (
    ("Source Serif 4", "normal", 400, "source-serif-4/SourceSerif4_400Regular"),
    ("Source Serif 4", "italic", 400, "source-serif-4/SourceSerif4_400Regular_Italic"),
    ("Source Serif 4", "normal", 700, "source-serif-4/SourceSerif4_700Bold"),
    ("Source Sans 3", "normal", 600, "source-sans-3/SourceSans3_600SemiBold"),
)
"""The faces that every page carries: family, style, weight, and the font in templates/fonts it was made from."""


def faces(fetched: Iterable[Typeface], text: str) -> tuple[Face, ...]:
    """The vendored faces, and subsets of fetched typefaces for a text."""
    characters = frozenset(map(ord, text))
    return (*_vendored(), *(face for each in fetched for face in _subsets(each, characters)))


@cache
def _vendored() -> tuple[Face, ...]:
    return tuple(
        Face(family, style, weight, name, templates.read_bytes(f"{FOLDER}/{name}"))
        for family, style, weight, source in VENDORED
        if (name := f"{Path(source).name}.woff2")
    )


def _subsets(typeface: Typeface, characters: frozenset[int]) -> tuple[Face, ...]:
    """The typeface in each of its weights, with the glyphs of these characters alone."""
    files = zip(typeface.files, typefaces.verified(typeface), strict=True)
    return tuple(
        Face(typeface.family, "normal", file.weight, f"{path.stem}.woff2", _subset(path, characters, typeface.leaves))
        for file, path in files
    )


def _once(function: Callable[..., bytes]) -> Callable[..., bytes]:
    """The function with a memory, one caller at a time: web page and EPUB ask for the same at the same moment."""
    remembering = cache(function)

    def asked(*arguments: Any) -> bytes:
        with FONTTOOLS:
            return remembering(*arguments)

    return asked


@_once
def _subset(path: Path, characters: frozenset[int], leaves: Ranges) -> bytes:
    """A font file as WOFF2 with what shaping these characters needs; equal input gives equal bytes."""
    subset: Any = import_module("fontTools.subset")
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.drop_tables += ["STAT", "DSIG", "BASE"]
    wanted = {point for point in characters if not any(first <= point <= last for first, last in leaves)}
    font = subset.load_font(BytesIO(path.read_bytes()), options, lazy=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted | {0x20})
    subsetter.subset(font)
    content = BytesIO()
    subset.save_font(font, content, options)
    return content.getvalue()
