"""Whether the fonts at hand can draw the words of a statement: asked before anything is laid out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from communique import nodes, templates, typefaces
from communique.document import Document
from communique.errors import MasterError, Problem
from communique.language import script
from communique.statement import Statement
from communique.typefaces import Typeface

REMEDY = "write it otherwise, or add a font that has it"

VENDORED = (
    "fonts/source-serif-4/SourceSerif4_400Regular.ttf",
    "fonts/noto-serif/NotoSerif_400Regular.ttf",
    "fonts/noto-sans-symbols-2/NotoSansSymbols2_400Regular.ttf",
)
"""The fonts that every text can fall back on, in this order."""

PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset("\\n‐‑–—‘’“”„…€•")
"""Characters known to be drawn, so that most texts need no look into a font."""

_WORDS = frozenset({"Str", "Code", "CodeBlock", "Math", "RawInline", "RawBlock"})
_ATTRIBUTES = {"Header": 1}
_WITH_ATTRIBUTES = frozenset({"Span", "Div", "Code", "CodeBlock", "Link", "Image", "Table", "Figure", "Header"})


_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""ISO 15924 codes of characters that belong to many scripts or to none."""


class FontsMissing(MasterError):
    """The text is sound, but the fonts of its scripts have not been fetched."""

    exit_code = 4


@dataclass(frozen=True)
class Writing:
    """What a document is written in: languages (BCP 47, the edition's first), characters, and the fetched typefaces."""

    languages: tuple[str, ...]
    characters: frozenset[str]
    typefaces: tuple[Typeface, ...]


def writing(document: Document) -> Writing:
    """What a document is written in, if the fonts of its scripts are here; else what is missing."""
    languages, characters = _seen(document)
    faces = _here(document.statement, typefaces.needed(languages, characters))
    spare = typefaces.typefaces()[typefaces.SPARE]
    ideographs = frozenset(filter(typefaces.is_ideograph, characters))
    if ideographs and spare not in faces and undrawn(ideographs, faces):
        faces = _here(document.statement, (*faces, spare))
    return Writing(languages, characters, faces)


def _seen(document: Document) -> tuple[tuple[str, ...], frozenset[str]]:
    """The languages and characters of everything a reader sees."""
    statement = document.statement
    languages, characters = {statement.language: None}, set(statement.title + statement.short_title)
    for node in nodes.walk(list(document.blocks)):
        kind = node["t"]
        if kind in _WORDS:
            characters.update(node["c"] if kind == "Str" else node["c"][1])
        if kind in _WITH_ATTRIBUTES:
            pairs = node["c"][_ATTRIBUTES.get(kind, 0)][2]
            languages.update((value, None) for key, value in pairs if key == "lang" and value)
    return tuple(languages), frozenset(characters)


def check(document: Document) -> Writing:
    """What the document is written in, if all of it can be drawn; else every fault, with its place in the master."""
    found = writing(document)
    if unknown := undrawn(found.characters, found.typefaces):
        raise MasterError(unwritable(document.statement, unknown))
    return found


def _here(statement: Statement, faces: tuple[Typeface, ...]) -> tuple[Typeface, ...]:
    """The typefaces, if all have been fetched."""
    absent = [face for face in faces if not face.is_here()]
    if absent:
        own = typefaces.typeface(statement.language)
        raise FontsMissing(_absent(statement, face, face == own) for face in absent)
    return faces


def undrawn(characters: frozenset[str], faces: Sequence[Typeface]) -> str:
    """The characters, sorted, that neither the vendored fonts nor these can draw."""
    left = {character for character in characters - PLAIN if not _is_silent(character)}
    for path in (*(templates.root() / name for name in VENDORED), *_regular(faces)):
        left = {character for character in left if ord(character) not in coverage(path)} if left else left
    return "".join(sorted(left))


def unwritable(statement: Statement, characters: str) -> Iterator[Problem]:
    """Characters that no font has, line by line as they first stand in the text; line 0 is the front matter.

    Those of a script for which no font is known are one problem together, where the first of them stands.
    """
    foreign = _of_no_font(characters)
    for code, those in foreign.items():
        places = [place for place in map(statement.body.find, those) if place >= 0]
        line = _line(statement, min(places, default=-1)) if code != script(statement.language) else 0
        yield Problem(statement.path, line, "", *typefaces.unknown_font(code))
    lines: dict[tuple[int, str], list[str]] = {}
    for character in characters:
        if any(character in those for those in foreign.values()):
            continue
        face = next(iter(typefaces.needed((), character)), None)
        remedy = face.remedy if face and not face.is_here() else REMEDY
        place = (_line(statement, statement.body.find(character)), remedy)
        lines.setdefault(place, []).append(f"U+{ord(character):04X} {character!r}")
    for (line, remedy), names in lines.items():
        yield Problem(statement.path, line, "", f"no font has {', '.join(names)}", remedy)


def _of_no_font(characters: str) -> dict[str, list[str]]:
    """By ISO 15924 code, the characters of scripts for which no font is known, with signs that go with one of them."""
    unicode: Any = import_module("fontTools.unicodedata")
    found: dict[str, list[str]] = {}
    for character in characters:
        code = unicode.script(character)
        if code not in _NO_SCRIPT and not typefaces.is_drawn(code):
            found.setdefault(code, []).append(character)
    for character in characters:
        if unicode.script(character) in _NO_SCRIPT:
            shared = (code for code in found if code in unicode.script_extension(character))
            found.get(next(shared, ""), []).append(character)
    return found


@cache
def coverage(path: Path) -> frozenset[int]:
    """The code points that a font file has glyphs for."""
    font: Any = import_module("fontTools.ttLib").TTFont
    with font(path, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def _regular(faces: Sequence[Typeface]) -> Iterator[Path]:
    return (typefaces.verified(face)[0] for face in faces)


def _absent(statement: Statement, face: Typeface, is_own: bool) -> Problem:
    """A font that is not here: of the edition's own language, or of words in it, with the line of the first."""
    places = (statement.body.find(character) for character in statement.body if face.draws(character))
    line = 0 if is_own else _line(statement, next(places, -1))
    return Problem(statement.path, line, "", f"the font for {face.name} is missing", face.remedy)


def _line(statement: Statement, offset: int) -> int:
    return statement.body_line + statement.body.count("\n", 0, offset) if offset >= 0 else 0


def _is_silent(character: str) -> bool:
    """Whether nothing is drawn for a character: formats, controls, spaces, variation selectors."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return is_selector or unicodedata.category(character) in {"Cf", "Cc", "Zs", "Zl", "Zp"}
