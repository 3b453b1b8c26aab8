"""What a compositor keeps on one line: dates, numbers and what they count, initials, a dash and the word before it.

On paper alone, and by markup alone: the words and the spaces between them stay the master's, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError
from lxml import html
from lxml.html import HtmlElement

from communique.language import direction

TOGETHER = "white-space:nowrap"
MOST = 26
"""The longest piece that is kept on one line, in characters: a longer one would tear a hole into the line before."""
LONG = 40
"""How long a block is at least, in characters, that gets no short word for its last line."""

_LET_ALONE = frozenset({"table", "pre", "code"})
"""In a table the columns decide, and code is broken where it stands."""
_INLINE = frozenset({"a", "abbr", "b", "del", "em", "i", "q", "s", "span", "strong", "time", "u"})
_BLOCKS = ("p", "li", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption")

_NUMBERED = frozenset(
    [
        "article",
        "articles",
        "paragraph",
        "paragraphs",
        "page",
        "pages",
        "chapter",
        "chapters",
        "section",
        "sections",
        "annex",
        "note",
        "notes",
        "table",
        "figure",
        "paragraphe",
        "paragraphes",
        "chapitre",
        "chapitres",
        "annexe",
        "alinéa",
        "tableau",
        "artikel",
        "absatz",
        "seite",
        "artículo",
        "párrafo",
        "página",
        "articolo",
        "paragrafo",
        "pagina",
        "artigo",
        "parágrafo",
        "neni",
        "nenin",
    ]
)
"""Words in lower case that a number belongs to; those with a capital or a full stop need no list."""
_TITLES = frozenset({"Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "H.E.", "S.E.", "M.", "MM."})
_UNITS = (
    "%|‰|°|°C|[mckµ]?m[²³]?|[mkµ]?g|ha|l|km/h|[kMGT]?Wh?|[kMG]?t|[kMG]B|€|£|¥|EUR|USD|CHF|"
    "thousand|millions?|billions?|trillion|milliards?|percent"
)
_COUNTED = re.compile(r"(?<![\w.])(?P<word>[^\W\d_]{1,14}\.?|§§?|№|n[°º]) (?:\d{1,6}|[IVXL]{1,5})(?!\w)[\d.,()/–-]*")
_INITIALS = re.compile(r"(?<![\w.])(?P<word>[^\W\d_])\.(?: [^\W\d_]\.)* (?P<name>[^\W\d_][\w’-]*)")
_TITLED = re.compile(r"(?<![\w.])(?P<word>[^\W\d_][\w.]{0,4}\.) (?P<name>[^\W\d_][\w’-]*)")
_PLAIN = (
    re.compile(r"(?<!\w)\d{1,2}(?:\.|er|º)? [^\W\d_]{3,12} \d{4}(?!\w)"),
    re.compile(rf"(?<![\w.])\d[\d.,]* (?:{_UNITS})(?!\w)"),
    re.compile(r"(?<![\w.])\d{1,3}(?: \d{3})+(?!\w)"),
    re.compile(r"\S+ (?:[–—…]|\.\.\.)(?=\s|$)"),
)
"""A date, a measure, a long number in groups, a dash or an ellipsis behind its word."""
_FRENCH = (re.compile(r"« \S+"), re.compile(r"\S+ [»:;!?%]+(?=[\s,.)]|$)"))
_LAST = re.compile(r"\S+ \S{1,12}\s*$")

Stretch = tuple[int, int]
"""Where a piece begins and ends in a text."""


class _Place(NamedTuple):
    """A text of the tree: that at the beginning of an element, or the one behind it; and its language."""

    element: HtmlElement
    is_tail: bool
    language: str

    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""


def compose(body: HtmlElement, language: str) -> None:
    """Keeps together what belongs on one line; the text of the body is the same before and after.

    Text from right to left is left alone: its order on the line is settled for all of it at once.
    """
    endings = set(_endings(body))
    for place in list(_places(body, language)):
        if direction(place.language) == "ltr":
            text = place.text()
            found = [*_stretches(text, place.language)]
            if (place.element, place.is_tail) in endings:
                found += [match.span() for match in [_LAST.search(text)] if match]
            _mark(place, _merged(found, text))


def _places(element: HtmlElement, language: str) -> Iterator[_Place]:
    """All texts below an element but for those that are let alone, in order."""
    own = element.get("lang") or language
    if element.tag in _LET_ALONE:
        return
    yield _Place(element, False, own)
    for child in element:
        yield from _places(child, own)
        yield _Place(child, True, own)


def _endings(body: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    """The texts that end a block which may be longer than a line."""
    for block in body.iter(*_BLOCKS):
        if len(str(block.text_content())) >= LONG:
            yield from _ending(block)


def _ending(element: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    if not len(element):
        yield element, False
        return
    last = element[-1]
    if (last.tail or "").strip():
        yield last, True
    elif last.tag in _INLINE:
        yield from _ending(last)


def _stretches(text: str, language: str) -> Iterator[Stretch]:
    """The pieces of a text that no line may break."""
    primary = language.split("-", maxsplit=1)[0].lower()
    patterns = (*_PLAIN, *_month_patterns(primary), *(_FRENCH if primary == "fr" else ()))
    for pattern in patterns:
        yield from (match.span() for match in pattern.finditer(text))
    for match in _COUNTED.finditer(text):
        word = match["word"]
        if word[0].isupper() or not word.isalpha() or word in _NUMBERED:
            yield match.span()
    for match in _INITIALS.finditer(text):
        if match["word"].isupper() and match["name"][0].isupper():
            yield match.span()
    for match in _TITLED.finditer(text):
        if match["word"] in _TITLES and match["name"][0].isupper():
            yield match.span()


@cache
def _month_patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """A day and its month, in the order of the language or the other."""
    try:
        months = Locale.parse(language).months["format"]["wide"].values()
    except (UnknownLocaleError, ValueError):
        return ()
    names = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)\d{{1,2}}(?:\.|er|º)? (?:{names})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{names}) \d{{1,4}}(?!\w)"),
    )


def _merged(stretches: list[Stretch], text: str) -> list[Stretch]:
    """The pieces without overlaps, in order; of two that would grow too long together the first is kept."""
    merged: list[Stretch] = []
    for start, end in sorted(set(stretches)):
        if end - start > MOST or not text[start:end].strip():
            continue
        if merged and start < merged[-1][1]:
            first = merged[-1][0]
            if end - first <= MOST:
                merged[-1] = (first, max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(place: _Place, stretches: list[Stretch]) -> None:
    """Puts each piece of a text into an element of its own."""
    if not stretches:
        return
    text, element = place.text(), place.element
    pieces = []
    for (start, end), following in zip(stretches, [*(start for start, _ in stretches[1:]), len(text)], strict=True):
        piece = html.Element("span", {"style": TOGETHER})
        piece.text, piece.tail = text[start:end], text[end:following]
        pieces.append(piece)
    before = text[: stretches[0][0]]
    parent = element.getparent() if place.is_tail else element
    assert parent is not None
    at = parent.index(element) + 1 if place.is_tail else 0
    if place.is_tail:
        element.tail = before
    else:
        element.text = before
    parent[at:at] = pieces
