"""Tables on paper: smaller type and another sheet before a word is broken or cut; captions stay with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from communique.writers import fragment

Step = tuple[str, float, float]
"""Classes of a table, the room it has then, and the size of its type, both in points."""


@dataclass(frozen=True)
class Sheets:
    """What an edition can do for a wide table: the first step that is wide enough is taken.

    A table in a list, a quotation or another block, `inside`, shares its page with them, which cannot be turned.
    `indent` is what each of those takes away, `padding` what stands beside the words of a cell, both in points.
    `whole` is how many lines a table may have, about, that is kept on one page.
    """

    on_its_own: tuple[Step, ...]
    inside: tuple[Step, ...]
    indent: float
    padding: float
    whole: float


NORMAL = Sheets(
    on_its_own=(
        ("", 400.0, 10.0),
        ("small", 400.0, 8.5),
        ("wide", 640.0, 10.0),
        ("wide small", 640.0, 8.5),
        ("wide smaller", 640.0, 7.0),
    ),
    inside=(("", 400.0, 10.0), ("small", 400.0, 8.5), ("smaller", 400.0, 7.0)),
    indent=30.0,
    padding=9.0,
    whole=25,
)
LARGE = Sheets(
    on_its_own=(("", 465.0, 20.0), ("wide", 710.0, 20.0), ("wider", 1060.0, 20.0)),
    inside=(("", 465.0, 20.0),),
    indent=40.0,
    padding=18.0,
    whole=12,
)
"""In large print the sheet grows, A4 on its side, then A3, and never the type smaller."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EM = 0.6
"""How wide a letter is at most on average, in units of the type size."""


def fit(body: HtmlElement, sheets: Sheets = NORMAL) -> None:
    """Puts each table into a frame with the classes under which it fits; where none helps, its words may break.

    A long one may run over several pages. A heading right above goes with a table to its own sheet.
    """
    for table in list(body.iter("table")):
        lost = sheets.indent * len(list(table.iterancestors("li", "blockquote", "dd")))
        steps = sheets.on_its_own if table.xpath("parent::*[@id='doc-text']") else sheets.inside
        (names, room, size), is_enough = _step(_longest_words(table), lost, steps, sheets.padding)
        is_long = _lines(table, room - lost, size, sheets.padding) > sheets.whole
        classes = ["table", names, "" if is_enough else "anywhere", "long" if is_long else ""]
        frame = html.Element("div", {"class": " ".join(filter(None, classes))})
        _shrink(table, room - lost, sheets.padding)
        above = table.getprevious()
        fragment.wrap(table, frame)
        if "wide" in names and above is not None and above.tag in _HEADINGS and not (above.tail or "").strip():
            frame.insert(0, above)


def _shrink(table: HtmlElement, room: float, padding: float) -> None:
    """Gives the pictures of a table the room of a column at most, which the engine would widen to the picture."""
    columns = max(len(_longest_words(table)), 1)
    for image in table.iter("img"):
        image.set("style", f"{image.get('style', '')}; max-width: {room / columns - padding:.1f}pt".lstrip("; "))


def _step(words: list[int], lost: float, steps: tuple[Step, ...], padding: float) -> tuple[Step, bool]:
    """The first step that is wide enough, or the last, and whether it is."""
    for step in steps:
        _, room, size = step
        if sum(letters * size * _EM + padding for letters in words) <= room - lost:
            return step, True
    return steps[-1], False


def _lines(table: HtmlElement, room: float, size: float, padding: float) -> float:
    """How many lines a table takes, about, if its columns share the room evenly."""
    columns = max(len(_longest_words(table)), 1)
    letters = max((room / columns - padding) / (size * _EM), 1)
    cells = ([len(cell.xpath("string()").strip()) for cell in row.iterchildren("th", "td")] for row in table.iter("tr"))
    return sum(max((-(-length // letters) for length in lengths), default=1) + 0.5 for lengths in cells)


def _longest_words(table: HtmlElement) -> list[int]:
    """The length of the longest word of each column; cells that span several share it out."""
    columns: defaultdict[int, int] = defaultdict(int)
    for row in table.iter("tr"):
        column = 0
        for cell in row.iterchildren("th", "td"):
            span = int(cell.get("colspan", "1"))
            longest = max(map(len, cell.xpath("string()").split()), default=0)
            for each in range(column, column + span):
                columns[each] = max(columns[each], -(-longest // span))
            column += span
    return list(columns.values())
