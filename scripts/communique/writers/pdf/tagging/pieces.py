"""What the layout hands to the tagging: one piece per box, free of the engine's own types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

Frame = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF points from the bottom left of the page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One box on one page. `pseudo` is "marker", "before" … for a pseudo-element.

    `mark` is the number of its marked content on the page (MCID), None for a box that only holds others.
    `actual` is the text where its letters are not drawn in the order in which they are read, else "".
    `link` is the annotation dictionary of a link's box, `spans` are a cell's columns and rows,
    `numbering` is the CSS list-style-type of a list item, `bookmark` whether an outline item names the box.
    """

    element: Element | None
    pseudo: str
    block: bool
    mark: int | None
    text: str
    actual: str
    frame: Frame | None
    link: Any
    spans: tuple[int, int]
    numbering: str
    bookmark: bool
    children: tuple[Piece, ...]
