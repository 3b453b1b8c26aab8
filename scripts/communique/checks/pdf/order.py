"""Reading order: what is read next stands next on the page (WCAG 1.3.2; ISO 14289-1, 7.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from communique.checks.file_by_file import Remark
from communique.checks.pdf.sheets import Sheets, Text
from communique.checks.pdf.tree import Node, Place
from communique.checks.spoken import runs_left

NOTES = ("Note", "FENote")
"""What may stand at the foot of a page that is read later: notes are in order among themselves."""

_ROWS = ("TR",)
_CELLS = ("TH", "TD")
_BLOCKS = (
    "P",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "Title",
    "Lbl",
    "LBody",
    "TH",
    "TD",
    "Caption",
    "BlockQuote",
    "Note",
)
_TOLERANCE = 0.7
"""By how much of its height a letter may stand above the line before it, as the mark of a note does."""


@dataclass(frozen=True)
class _Spot:
    """Something on a page: its top line and its bottom line, as page and height; its left edge, its type, its words.

    `runs` says whether words beside it on its line follow from left to right, `head` whether it is the head of a table:
    that stands on every page of its table, and any of them may be the one that is read.
    """

    top: tuple[int, float]
    bottom: tuple[int, float]
    left: float
    size: float
    words: str
    runs: bool = False
    head: bool = False


def order(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """No words stand above those that are read before them; cells follow each other as columns do."""
    notes = [node for node in root.all(*NOTES) if node.within(*NOTES) is None]
    for spots in (list(_flow(root, sheets)), [spot for note in notes for spot in _inside(note, sheets)]):
        yield from _descending(spots)
    for cell in root.all(*_CELLS):
        yield from _descending(list(_inside(cell, sheets)))
    for row in root.all(*_ROWS):
        yield from _columns(row, sheets)


def _flow(node: Node, sheets: Sheets) -> Iterator[_Spot]:
    """What is read, in order: rows of tables as a whole, without notes."""
    if node.role in NOTES:
        return
    if node.role in _ROWS:
        if spot := _spot(_texts(node.places, sheets)):
            yield replace(spot, head=node.within("THead", "Table") is not node.within("Table"))
        return
    yield from _inside(node, sheets)


def _inside(node: Node, sheets: Sheets) -> Iterator[_Spot]:
    box = _box(node) if node.role == "Figure" else None
    for kid in node.kids:
        if box and isinstance(kid, Node):
            yield box
            box = None
        if isinstance(kid, Node):
            yield from _flow(kid, sheets)
        elif isinstance(kid, tuple):
            yield from _line_by_line(node, _texts([kid], sheets))
    if box:
        yield box


def _line_by_line(node: Node, texts: list[Text]) -> Iterator[_Spot]:
    block = node if node.role in _BLOCKS else node.within(*_BLOCKS) or node
    runs = not runs_left(block.spoken)
    for text in texts:
        if words := text.said.strip():
            place = text.page, text.y
            yield _Spot(place, place, text.x, text.size, words, runs and not _turns(words))


def _texts(places: list[Place], sheets: Sheets) -> list[Text]:
    return [text for place in places for text in sheets.texts.get(place, ())]


def _spot(texts: list[Text]) -> _Spot | None:
    """Where some texts begin and end; those without letters count only if there are no others."""
    shown = [text for text in texts if text.said.strip()] or texts
    if not shown:
        return None
    first = min(text.page for text in shown)
    last = max(text.page for text in shown)
    return _Spot(
        top=(first, max(text.y for text in shown if text.page == first)),
        bottom=(last, min(text.y for text in shown if text.page == last)),
        left=min(text.x for text in shown),
        size=max(text.size for text in shown),
        words="".join(text.said for text in shown).strip(),
    )


def _box(figure: Node) -> _Spot | None:
    """A picture stands where its box does: its upper edge may be a line above what is beside it."""
    box = figure.attributes.get("Layout.BBox")
    if not box or len(box) != 4 or not figure.places:
        return None
    left, bottom, _, top = (float(edge) for edge in box)
    page = figure.places[0][0]
    return _Spot((page, bottom), (page, bottom), left, top - bottom, "a picture")


def _descending(spots: list[_Spot]) -> Iterator[Remark]:
    for above, below in pairwise(spots):
        (page, height), (page_above, height_above) = below.top, above.bottom
        if page < page_above and above.head:
            continue
        if page < page_above:
            message = f"“{below.words[:40]}” is read after “{above.words[:40]}” of page {page_above + 1}"
            yield Remark("order-of-pages", message, f"page {page + 1}")
        elif page == page_above and height > height_above + _TOLERANCE * max(above.size, below.size):
            message = f"“{below.words[:40]}” is read after “{above.words[:40]}” and stands above it"
            yield Remark("reading-order", message, f"page {page + 1}")
        elif below.top == above.bottom and below.left < above.left and above.runs and below.runs:
            message = f"“{below.words[:40]}” is read after “{above.words[:40]}” and stands before it"
            yield Remark("reading-order", message, f"page {page + 1}")


def _columns(row: Node, sheets: Sheets) -> Iterator[Remark]:
    """The cells of a row stand as its language runs."""
    cells = [spot for cell in row.nodes if (spot := _spot(_texts(cell.places, sheets)))]
    backwards = runs_left(row.spoken)
    for one, next_one in pairwise(cells):
        if one.top[0] == next_one.top[0] and (next_one.left > one.left) == backwards:
            message = f"the cell “{next_one.words[:40]}” is read after “{one.words[:40]}” and stands before it"
            yield Remark("order-of-cells", message, f"page {one.top[0] + 1}")


def _turns(words: str) -> bool:
    """Whether some letters run from right to left (Hebrew, Arabic and their like)."""
    return any("\u0590" <= letter <= "\u08ff" or "\ufb1d" <= letter <= "\ufefc" for letter in words)
