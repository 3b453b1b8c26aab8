"""What Word must know of a language: its slot among the three for languages and fonts, its fonts, its habits."""

from __future__ import annotations

from dataclasses import dataclass

from communique.language import direction, script

_EAST_ASIAN = frozenset({"Bopo", "Hang", "Hani", "Hans", "Hant", "Jpan", "Kore", "Yiii"})
# Scripts that Word shapes as "complex" (ISO/IEC 29500-1, 17.3.2.26), beside those that run right to left.
_COMPLEX = frozenset(
    {"Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Laoo", "Mlym", "Mong", "Mymr", "Orya", "Sinh", "Taml", "Telu"}
    | {"Thai", "Tibt"}
)


@dataclass(frozen=True)
class Face:
    """A font that Word and its system bring along, and what to take where it is not installed."""

    name: str
    otherwise: str
    family: str


@dataclass(frozen=True)
class Faces:
    """The fonts of a script, for the text and for all that is set in the sans serif."""

    serif: Face
    sans: Face


def _faces(serif: str, sans: str, otherwise: str) -> Faces:
    return Faces(
        Face(serif, f"Noto Serif {otherwise}".rstrip(), "roman"), Face(sans, f"Noto Sans {otherwise}".rstrip(), "swiss")
    )


# Arabic and Hebrew are not here: those of templates/reference.docx, Times New Roman and Arial, have their letters.
_FACES = {
    "Jpan": _faces("Yu Mincho", "Yu Gothic", "JP"),
    "Kore": _faces("Batang", "Malgun Gothic", "KR"),
    "Hans": _faces("SimSun", "Microsoft YaHei", "SC"),
    "Hant": _faces("PMingLiU", "Microsoft JhengHei", "TC"),
    "Thai": _faces("Leelawadee UI", "Leelawadee UI", "Thai"),
    "Deva": _faces("Nirmala UI", "Nirmala UI", "Devanagari"),
}


def slots(language: str) -> dict[str, str]:
    """The attributes of w:lang (17.3.2.20) for text in a language (BCP 47), without their namespace."""
    slot = font_slot(language)
    other = {"eastAsia": "eastAsia", "cs": "bidi"}.get(slot)
    return {"val": language, **({other: language} if other else {})}


def font_slot(language: str) -> str:
    """The attribute of w:rFonts (17.3.2.26) for the letters of a language: "eastAsia", "cs", or "ascii"."""
    if script(language) in _EAST_ASIAN:
        return "eastAsia"
    return "cs" if script(language) in _COMPLEX or direction(language) == "rtl" else "ascii"


def faces(language: str) -> Faces | None:
    """The fonts for a language; None where those of the reference have its letters."""
    return _FACES.get(script(language))


def has_italics(language: str) -> bool:
    """Whether the script has a slanted form; where it has none, bold is what stresses a word."""
    return font_slot(language) == "ascii"
