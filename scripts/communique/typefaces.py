"""The fonts of the large scripts (templates/fonts/scripts.yaml): which a text needs, and where they lie."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from communique import templates
from communique.errors import ToolMissing
from communique.language import script

TABLE = "fonts/scripts.yaml"

LATIN = ("Source Serif 4", "Source Sans 3")
"""The vendored families, which also draw Greek, Cyrillic and Vietnamese: serif, then sans."""

_VENDORED = frozenset({"Latn", "Grek", "Cyrl"})
"""The scripts that the fonts in the repository draw."""

_PARTS = {"Hira": "Jpan", "Kana": "Jpan", "Hang": "Kore", "Hani": "Hans", "Bopo": "Hant"}
"""Scripts of Unicode that the fonts of East Asia draw together, and one such font."""

_HAN = ("Jpan", "Kore", "Hans", "Hant")
"""The scripts that share the Han ideographs, each in shapes of its own."""

_LANGUAGE = re.compile(r"""(?:\blang(?:uage)?\s*[=:]\s*["']?|^statement\.)([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\b""", re.M)
"""Where a master, in whose lines its file's name stands too, may name a language."""

Ranges = tuple[tuple[int, int], ...]
"""Code points, first and last of each range."""

SPARE = "Hans"
"""The one that draws the ideographs which the others lack: it has the most of them."""

_IDEOGRAPHS: Ranges = ((0x2E80, 0x303F), (0x3190, 0x319F), (0x31C0, 0x31EF), (0x3200, 0x4DBF), (0x4E00, 0x9FFF))
_IDEOGRAPHS += ((0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF01, 0xFF65), (0xFFE0, 0xFFE6), (0x20000, 0x323AF))


@dataclass(frozen=True)
class File:
    """A font file of a package: its weight as CSS counts, its path in the package, its SHA-256."""

    weight: int
    path: str
    sha256: str

    @property
    def name(self) -> str:
        """The file's name in the folder of the fetched package."""
        return Path(self.path).name


@dataclass(frozen=True)
class Typeface:
    """The font of one script. `code` is ISO 15924; `leaves` is what it has and yet leaves to the Latin font."""

    code: str
    name: str
    example: str
    family: str
    package: str
    version: str
    files: tuple[File, ...]
    licence: File
    signs: Ranges
    leaves: Ranges
    leading: float
    size: float = 1

    @property
    def heading(self) -> float:
        """The line height of headings, which are short and large."""
        return round(self.leading - 0.3, 2)

    @property
    def is_han(self) -> bool:
        """Whether ideographs are part of the script."""
        return self.code in _HAN

    @property
    def folder(self) -> Path:
        """Where the files of the package lie, all in one folder."""
        return folder() / self.package.rpartition("/")[2]

    @property
    def remedy(self) -> str:
        """What to type where it is missing."""
        return f"run scripts/bootstrap fonts {self.example}, which fetches {self.package}"

    def draws(self, character: str) -> bool:
        """Whether a character is one of this script; ideographs are of four."""
        ranges = self.signs + _IDEOGRAPHS if self.is_han else self.signs
        return _within(ord(character), ranges)

    def is_here(self) -> bool:
        """Whether its files have been fetched, without looking into them."""
        return all((self.folder / file.name).is_file() for file in self.files)

    def path(self, file: File) -> Path:
        """Where a file lies once it is fetched."""
        return self.folder / file.name


def verified(typeface: Typeface) -> tuple[Path, ...]:
    """The font files of a typeface, whose bytes are those that the table names; fails where one is missing or other."""
    return tuple(_verified(typeface.path(file), file.sha256, typeface.remedy) for file in typeface.files)


def folder() -> Path:
    """Where bootstrap puts the packages it fetches."""
    return templates.root() / "fonts" / "fetched"


@cache
def typefaces() -> Mapping[str, Typeface]:
    """Every typeface by its ISO 15924 code, in the order of the table."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    table = yaml.load(templates.read_text(TABLE), loader)  # noqa: S506 - a safe loader, the one in C
    leaves = {name: _ranges(text) for name, text in table.pop("leaves").items()}
    return {code: _typeface(code, entry, leaves) for code, entry in table.items()}


def typeface(language: str) -> Typeface | None:
    """The typeface of a language (BCP 47); None where the vendored fonts draw it."""
    code = script(language)
    return typefaces().get({"Hani": "Hans"}.get(code, code))


def is_drawn(code: str) -> bool:
    """Whether a font is known for a script (ISO 15924): one of the vendored, or one to fetch."""
    return code in _VENDORED or _PARTS.get(code, code) in typefaces()


def unknown_font(code: str) -> tuple[str, str]:
    """What is to be said of a script for which no font is known, and what to do."""
    unicode: Any = import_module("fontTools.unicodedata")
    return f"no font for {unicode.script_name(code, code)} is known", f"add one to templates/{TABLE}"


def families(language: str) -> tuple[str, ...]:
    """The font families of a language, serif before sans; a large script has one for both."""
    own = typeface(language)
    return (own.family,) if own else LATIN


def needed(languages: Iterable[str], characters: Iterable[str]) -> tuple[Typeface, ...]:
    """The typefaces of a text in these languages and with these characters, in the order of the table.

    Ideographs that no language claims are drawn by the font that has the most of them.
    """
    codes = {own.code for own in map(typeface, languages) if own}
    points = {ord(character) for character in characters}
    codes |= {each.code for each in typefaces().values() if any(_within(point, each.signs) for point in points)}
    if codes.isdisjoint(_HAN) and any(_within(point, _IDEOGRAPHS) for point in points):
        codes.add(SPARE)
    return tuple(each for each in typefaces().values() if each.code in codes)


def written(content: Path) -> tuple[Typeface, ...]:
    """The typefaces that the masters in a folder need, by the languages they name and by their characters."""
    files = sorted(content.glob("*/statement*.md"))
    text = "\n".join(f"{file.name}\n{file.read_text(encoding='utf-8', errors='replace')}" for file in files)
    return needed(sorted(set(_LANGUAGE.findall(text))), set(text))


def is_ideograph(character: str) -> bool:
    """Whether a character belongs to the four scripts with ideographs together."""
    return _within(ord(character), _IDEOGRAPHS)


@cache
def _verified(path: Path, sha256: str, remedy: str) -> Path:
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ToolMissing(f"{path}: {error.strerror} ({remedy})") from error
    if found != sha256:
        raise ToolMissing(f"{path}: not the font that {TABLE} names ({remedy})")
    return path


def _within(point: int, ranges: Ranges) -> bool:
    return any(first <= point <= last for first, last in ranges)


def _typeface(code: str, entry: Mapping[str, Any], leaves: Mapping[str, Ranges]) -> Typeface:
    licence, digest = entry["licence"].split()
    files = ((weight, *text.split()) for weight, text in entry["files"].items())
    return Typeface(
        code=code,
        **{key: entry[key] for key in ("name", "example", "family", "package", "version", "leading")},
        size=entry.get("size", 1),
        files=tuple(File(*file) for file in files),
        licence=File(0, licence, digest),
        signs=_ranges(entry["signs"]),
        leaves=leaves[entry["leaves"]],
    )


def _ranges(text: str) -> Ranges:
    """ "0041-005A 00AA": the ranges it names."""
    pairs = ((part.partition("-")[0], part.rpartition("-")[2]) for part in text.split())
    return tuple((int(first, 16), int(last, 16)) for first, last in pairs)
