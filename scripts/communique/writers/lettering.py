"""How a page is lettered where the vendored fonts do not reach: font stacks and habits of each language, as CSS.

Nothing at all comes out for a page that needs no fetched font. Every stack names all fonts of its page, in an order of
its own, so that no glyph depends on which other fonts are at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique import typefaces
from communique.legibility import Writing
from communique.typefaces import Typeface

SANS = (".kicker", ".issuers", "dt", "th", "caption", ".footnotes h2", ".colophon h2")
"""What the style sheets set in the sans serif."""

CODE = ("code", "pre")
"""What they set in the typewriter face."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CORNERS = ("top-left", "top-center", "top-right", "bottom-left", "bottom-center", "bottom-right")
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "ui-monospace"})


@dataclass(frozen=True)
class Stack:
    """The families of the style sheets for one role: the fonts of other scripts go between `ours` and `theirs`."""

    ours: tuple[str, ...]
    theirs: tuple[str, ...] = ()

    def css(self, own: Sequence[str], others: Sequence[str]) -> str:
        """A value for font-family."""
        names = dict.fromkeys((*own, *self.ours, *others, *self.theirs))
        return ", ".join(name if name in _GENERIC else f'"{name}"' for name in names)


@dataclass(frozen=True)
class Medium:
    """Where the page is read: its stacks, and whether lines are as high as their script likes."""

    serif: Stack
    sans: Stack
    code: Stack
    is_paper: bool = False


_SPARE = ("Noto Serif", "Noto Sans Symbols 2")
PAPER = Medium(
    Stack(("Source Serif 4", *_SPARE)),
    Stack(("Source Sans 3", *_SPARE)),
    Stack(("Source Code Pro", *_SPARE)),
    is_paper=True,
)
LARGE = Medium(PAPER.sans, PAPER.sans, PAPER.code, is_paper=True)
SCREEN = Medium(
    Stack(("Source Serif 4",), ("Source Serif Pro", "Georgia", "Times New Roman", "serif")),
    Stack(("Source Sans 3",), ("Helvetica Neue", "Arial", "sans-serif")),
    Stack(("Source Code Pro",), ("ui-monospace", "Menlo", "Consolas", "monospace")),
)


def css(writing: Writing, medium: Medium) -> str:
    """The style of all languages of a page; "" where the vendored fonts and the style sheets suffice."""
    faces = writing.typefaces
    if not faces:
        return ""
    rules: list[str] = []
    for language in sorted(writing.languages, key=lambda tag: (len(tag), tag)):
        own = typefaces.typeface(language)
        rules += _stacks(language, own, faces, medium)
        rules += _habits(language, own, medium) if own else ()
    rules += _margins(writing.languages[0], faces) if medium.is_paper else ()
    return "\n".join(rules)


def _stacks(language: str, own: Typeface | None, faces: Sequence[Typeface], medium: Medium) -> Iterator[str]:
    """The fonts of each role, for what is in a language and for what changes to it.

    `:lang()` stands twice where a rule must outrank that of the serif, whichever element the language is set on.
    """
    first, others = [own.family] if own else [], [face.family for face in faces]
    here, turns = f":lang({language})", f"[lang]:lang({language})"
    sans = (f"{part}{here}{here}" for part in SANS)
    sans_turns = (f"{part} {turns}" for part in SANS)
    code = (f"{part}{here}{here}" for part in CODE)
    yield _rule((f"body{here}", turns), font_family=medium.serif.css(first, others))
    yield _rule((*sans, *sans_turns), font_family=medium.sans.css(first, others))
    yield _rule(code, font_family=medium.code.css(first, others))


def _habits(language: str, own: Typeface, medium: Medium) -> Iterator[str]:
    """No slant, no spaced letters and no small capitals in scripts that have none; bold is what stresses a word."""
    here = f":lang({language})"
    plain = {"font_style": "normal", "letter_spacing": "normal", "font_variant_caps": "normal"}
    yield _rule([here], **{key: f"{value} !important" for key, value in plain.items()})
    yield _rule([f"em{here}"], font_weight="700")
    if own.size != 1:
        yield _rule([f"body{here}"], font_size=f"{own.size}em")
    if not medium.is_paper:
        yield _rule([f"body{here}"], line_height=str(own.leading))
        yield _rule([f"{heading}{here}" for heading in _HEADINGS], line_height=str(own.heading))
        yield from _breaks(here, own)


def _breaks(here: str, own: Typeface) -> Iterator[str]:
    """Where lines may end: Korean between words, Chinese and Japanese not before small kana and the like."""
    if own.code == "Kore":
        yield _rule([f"body{here}"], word_break="keep-all")
    elif own.is_han:
        yield _rule([f"body{here}"], line_break="strict")


def _margins(language: str, faces: Sequence[Typeface]) -> Iterator[str]:
    """The running heads and feet, which speak the language of the edition; they belong to no element of the page."""
    own = typefaces.typeface(language)
    stack = PAPER.sans.css([own.family] if own else [], [face.family for face in faces])
    boxes = " ".join(f"@{corner} {{ font-family: {stack} !important }}" for corner in _CORNERS)
    yield f"@page {{ {boxes} }}"


def _rule(selectors: Iterable[str], **declarations: str) -> str:
    body = "; ".join(f"{name.replace('_', '-')}: {value}" for name, value in declarations.items())
    return f"{', '.join(selectors)} {{ {body} }}"
