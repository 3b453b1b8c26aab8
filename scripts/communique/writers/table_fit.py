"""Tables on paper: smaller type and another sheet before a word is broken or cut; captions stay with them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from unicodedata import east_asian_width

from lxml import html
from lxml.html import HtmlElement

from communique.writers import fragment

Step = tuple[str, float, float, float]
"""Classes of a table, the room it has then, the size of its type, what stands beside the words of a cell; in points."""


@dataclass(frozen=True)
class Sheets:
    """What an edition can do for a wide table: the first step that is wide enough is taken.

    A table in a list, a quotation or another block, `inside`, shares its page with them, which cannot be turned.
    `indent` is what each of those takes away, in points.
    `whole` is how many lines a table may have, about, that is kept on one page.
    """

    on_its_own: tuple[Step, ...]
    inside: tuple[Step, ...]
    indent: float
    whole: float


NORMAL = Sheets(
    on_its_own=(
        ("", 400.0, 10.0, 9.0),
        ("small", 400.0, 8.5, 9.0),
        ("wide", 640.0, 10.0, 9.0),
        ("wide small", 640.0, 8.5, 9.0),
        ("wide smaller", 640.0, 7.0, 9.0),
    ),
    inside=(("", 400.0, 10.0, 9.0), ("small", 400.0, 8.5, 9.0), ("smaller", 400.0, 7.0, 9.0)),
    indent=30.0,
    whole=25,
)
LARGE = Sheets(
    on_its_own=(("", 465.0, 20.0, 18.0), ("wide", 710.0, 20.0, 18.0), ("wider", 1060.0, 20.0, 18.0)),
    inside=(("", 465.0, 20.0, 18.0),),
    indent=40.0,
    whole=12,
)
"""In large print the sheet grows, A4 on its side, then A3, and never the type smaller."""

_STEPS_PRINTED: tuple[Step, ...] = (
    ("", 446.0, 10.5, 16.8),
    ("small", 446.0, 8.5, 6.8),
    ("smaller", 446.0, 7.0, 4.2),
)
PRINTED = Sheets(on_its_own=_STEPS_PRINTED, inside=_STEPS_PRINTED, indent=45.0, whole=25)
"""The web page on paper, where no browser scrolls and few turn a sheet."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EM = 0.6
"""How wide a letter is at most on average, in units of the type size."""
_BROAD = frozenset("MWЖМШЩЮФ")
_IDEOGRAPHS = "\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
"""Signs of Chinese and Japanese, with their punctuation, between which lines may end."""
_WORD = re.compile(rf"[^\s{_IDEOGRAPHS}]+|[{_IDEOGRAPHS}]")


def fit(body: HtmlElement, sheets: Sheets = NORMAL) -> None:
    """Puts each table into a frame with the classes under which it fits; where none helps, its words may break.

    A long one may run over several pages. A heading right above goes with a table to its own sheet.
    """
    for table in list(body.iter("table")):
        lost = _lost(table, sheets)
        names, room, size, padding = _step(table, sheets)[0]
        is_long = _lines(table, room - lost, size, padding) > sheets.whole
        known = ["table", *classes(table, sheets), *(["long"] if is_long else [])]
        frame = html.Element("div", {"class": " ".join(known)})
        _shrink(table, room - lost, padding)
        above = table.getprevious()
        fragment.wrap(table, frame)
        if "wide" in names and above is not None and above.tag in _HEADINGS and not (above.tail or "").strip():
            frame.insert(0, above)


def classes(table: HtmlElement, sheets: Sheets) -> list[str]:
    """The classes under which a table fits, which has no frame yet."""
    (names, *_), is_enough = _step(table, sheets)
    return [*names.split(), *([] if is_enough else ["anywhere"])]


def _lost(table: HtmlElement, sheets: Sheets) -> float:
    """What the blocks around a table take away from its room, in points."""
    return sheets.indent * len(list(table.iterancestors("li", "blockquote", "dd")))


def _shrink(table: HtmlElement, room: float, padding: float) -> None:
    """Gives the pictures of a table the room of a column at most, which the engine would widen to the picture."""
    columns = max(len(_longest_words(table)), 1)
    for image in table.iter("img"):
        image.set("style", f"{image.get('style', '')}; max-width: {room / columns - padding:.1f}pt".lstrip("; "))


def _step(table: HtmlElement, sheets: Sheets) -> tuple[Step, bool]:
    """The first step that is wide enough, or the last, and whether it is."""
    steps = sheets.on_its_own if table.xpath("parent::*[@id='doc-text']") else sheets.inside
    words, lost = _longest_words(table), _lost(table, sheets)
    for step in steps:
        _, room, size, padding = step
        if sum(letters * size * _EM + padding for letters in words) <= room - lost:
            return step, True
    return steps[-1], False


def _lines(table: HtmlElement, room: float, size: float, padding: float) -> float:
    """How many lines a table takes, about, if its columns share the room evenly."""
    columns = max(len(_longest_words(table)), 1)
    letters = max((room / columns - padding) / (size * _EM), 1)
    cells = ([len(cell.xpath("string()").strip()) for cell in row.iterchildren("th", "td")] for row in table.iter("tr"))
    return sum(max((-(-length // letters) for length in lengths), default=1) + 0.5 for lengths in cells)


def _longest_words(table: HtmlElement) -> list[float]:
    """The length of the longest word of each column, in letters; cells that span several share it out."""
    columns: defaultdict[int, float] = defaultdict(float)
    for row in table.iter("tr"):
        column = 0
        for cell in row.iterchildren("th", "td"):
            span = int(cell.get("colspan", "1"))
            longest = max(map(_length, _WORD.findall(cell.xpath("string()"))), default=0)
            for each in range(column, column + span):
                columns[each] = max(columns[each], longest / span)
            column += span
    return list(columns.values())


def _length(word: str) -> float:
    """How many letters of average width a word is as long as."""
    return sum(map(_breadth, word))


def _breadth(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.7
    if letter in _BROAD:
        return 1.6
    return 1.25 if letter.isupper() else 1
