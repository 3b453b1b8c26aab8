"""WeasyPrint's boxes, read: which are artifacts, which end in a lost space, and the pieces they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from communique.errors import ToolFailed
from communique.writers.pdf.tagging.pieces import Frame, Piece
from communique.writers.pdf.tagging.roles import is_decorative

POINTS = 0.75
"""PDF points in a CSS pixel."""

UNSEEN = dict.fromkeys(map(ord, "\n\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))
"""Characters that are never drawn, so never read back."""

RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""The blocks of letters that run from right to left."""

Artifact = dict[str, Any]
"""The property list of an artifact (ISO 32000-1, 14.8.2.2.2)."""

PAGINATION: Artifact = {"Type": "/Pagination"}
HEADER: Artifact = {"Type": "/Pagination", "Subtype": "/Header", "Attached": "[/Top]"}
FOOTER: Artifact = {"Type": "/Pagination", "Subtype": "/Footer", "Attached": "[/Bottom]"}
DECORATION: Artifact = {"Type": "/Layout"}


Path = tuple[Any, ...]
"""A box after all those around it, from the box of its line on."""


@dataclass(frozen=True, eq=False)
class Gap:
    """A space at the end of a line that belongs to an element around that of the line's last text."""


class Census:
    """What must be known of all boxes before the first is drawn.

    `spaced` are texts with a space behind them in their own element, `parted` those whose space is not
    drawn, for at the left end of a line from right to left it would move the words.
    A gap is drawn behind its text, `gaps`, and read behind the box of its element that holds the text, `gaps_behind`.
    """

    def __init__(self) -> None:
        self.artifacts: dict[Any, Artifact] = {}
        self.spaced: set[Any] = set()
        self.parted: set[Any] = set()
        self.gaps: dict[Any, Gap] = {}
        self.gaps_behind: dict[Any, Gap] = {}
        self._kinds = import_module("weasyprint.formatting_structure.boxes")
        self._groups: set[Any] = set()
        self._last_texts: dict[Any, Path] = {}

    def take(self, page: Any) -> None:
        """Count the boxes of one page; pages come in order."""
        groups: set[Any] = set()
        self._visit(page, groups)
        self._groups |= groups

    def is_link(self, box: Any) -> bool:
        """Whether the box is a link's own: not one inside it, and not in a running header."""
        return box.element_tag == "a" and box not in self.artifacts

    def shown(self, box: Any) -> str:
        """The text that a box shows, with the space that keeps it from the next line; "" for an image."""
        layout = getattr(box, "pango_layout", None)
        text: str = layout.text if layout else ""
        return f"{text} " if box in self.spaced and not text.endswith(" ") else text

    def meant(self, box: Any) -> str:
        """The words behind the text shown: without a style's capitals, and with a soft hyphen at a line's end.

        A hyphen that only the line break put there is a soft one (ISO 32000-1, 14.8.2.2.3).
        """
        shown, plain = self.shown(box) + " " * (box in self.parted), getattr(box, "plain", "")
        if getattr(box, "is_hyphenated", False):
            return (plain or shown.removesuffix(box.style["hyphenate_character"])).translate(UNSEEN) + "\u00ad"
        return (plain + shown[len(plain) :]).translate(UNSEEN)

    def _visit(self, box: Any, groups: set[Any]) -> None:
        artifact = self._artifact(box, groups)
        if artifact:
            self._flag(box, artifact)
            return
        if isinstance(box, self._kinds.LineBox):
            self._visit_line(box)
        for child in inside(box):
            self._visit(child, groups)

    def _artifact(self, box: Any, groups: set[Any]) -> Artifact | None:
        """The property list if the box is an artifact: in the margin, decorative, or a repeated table head."""
        if isinstance(box, self._kinds.MarginBox):
            return HEADER if "top" in box.at_keyword else FOOTER
        if box.is_leader or (box.element is not None and is_decorative(box.element)):
            return DECORATION
        if isinstance(box, self._kinds.TableRowGroupBox) and (box.is_header or box.is_footer):
            groups.add(box.element)
            return PAGINATION if box.element in self._groups else None
        return None

    def _flag(self, box: Any, artifact: Artifact) -> None:
        self.artifacts[box] = artifact
        for child in inside(box):
            self._flag(child, artifact)

    def _visit_line(self, line: Any) -> None:
        """Note which texts end a line where a space, or a line break on purpose, keeps them from the next."""
        paths = list(self._paths(line, (line,)))
        breaks = [path for path in paths if path[-1].element_tag == "br"]
        texts = [path for path in paths if isinstance(path[-1], self._kinds.TextBox)]
        if not texts:
            return
        first, last, before = texts[0], texts[-1], self._last_texts.get(line.element)
        if before is not None and getattr(first[-1], "follows_space", False):
            self._part(before, first)
        if getattr(last[-1], "loses_space", False):
            self._part(last, last)
        if breaks:
            self._part(last, breaks[-1])
        self._last_texts[line.element] = last

    def _paths(self, box: Any, path: Path) -> Iterator[Path]:
        """The paths of all texts and line breaks in a line."""
        for child in inside(box):
            if isinstance(child, self._kinds.TextBox) or child.element_tag == "br":
                yield (*path, child)
            else:
                yield from self._paths(child, (*path, child))

    def _part(self, last: Path, following: Path) -> None:
        """Put a space behind the last text of a line, in the innermost element that also holds what follows."""
        text = last[-1]
        if text in self.gaps or self.shown(text).endswith(" "):
            return
        pairs = zip(last[:-1], following, strict=False)
        common = next((depth for depth, pair in enumerate(pairs) if not _is_same(*pair)), len(last) - 1)
        if common == len(last) - 1:
            (self.spaced if text.style["direction"] == "ltr" else self.parted).add(text)
        else:
            self.gaps[text] = self.gaps_behind[last[common]] = Gap()


def _is_same(box: Any, other: Any) -> bool:
    """Whether two boxes are parts of one element, or of one pseudo-element."""
    return box.element is other.element and box.element_tag == other.element_tag


def inside(box: Any) -> list[Any]:
    """The boxes inside, with those out of flow in the place where they were written."""
    return [getattr(child, "_box", child) for child in box.children]


def page_piece(page: Any, marks: dict[Any, int], census: Census) -> Piece:
    """The pieces of one page; every marked content must find its piece."""
    reading = _Reading(page, marks, census)
    piece = reading.piece(page._page_box)
    if reading.unclaimed:
        raise ToolFailed(f"PDF: WeasyPrint drew {len(reading.unclaimed)} texts that its layout does not hold")
    return piece


class _Reading:
    """One page, read box by box."""

    def __init__(self, page: Any, marks: dict[Any, int], census: Census) -> None:
        self.unclaimed = set(marks)
        self._page, self._marks, self._census = page, marks, census

    def piece(self, box: Any) -> Piece:
        """The piece that a box makes with all inside it."""
        tag, _, pseudo = (box.element_tag or "").partition("::")
        mark = self._marks.get(box)
        self.unclaimed.discard(box)
        text = self._census.meant(box).translate(UNSEEN)
        if mark is None and text.strip() and pseudo != "marker":
            raise ToolFailed(f"PDF: {text!r} cannot be tagged (use a colour instead of opacity in the style sheet)")
        return Piece(
            element=box.element,
            pseudo=pseudo,
            block=_is_block(box),
            mark=mark,
            text=text,
            actual=text if mark is not None and RIGHT_TO_LEFT.search(text) else "",
            frame=_frame(box, self._page) if hasattr(box, "replacement") else None,
            link=box.link_annotation,
            spans=(box.colspan, box.rowspan),
            numbering=_numbering(box) if tag == "li" and not pseudo else "",
            bookmark=bool(box.bookmark_label) and box.style["bookmark_level"] != "none",
            children=tuple(self._inside(box)),
        )

    def _inside(self, box: Any) -> Iterator[Piece]:
        for child in inside(box):
            if child not in self._census.artifacts:
                yield self.piece(child)
            gap = self._census.gaps_behind.get(child)
            if gap in self.unclaimed:
                self.unclaimed.discard(gap)
                yield Piece(None, "", False, self._marks[gap], " ", "", None, None, (1, 1), "", False, ())


def _numbering(box: Any) -> str:
    """The list-style-type of a list item; "" for a box that is none."""
    style = box.style["list_style_type"] if "list-item" in box.style["display"] else ""
    return style if isinstance(style, str) else "symbols"


def _is_block(box: Any) -> bool:
    return isinstance(box, import_module("weasyprint.formatting_structure.boxes").BlockLevelBox)


def _frame(box: Any, page: Any) -> Frame:
    """Where the content of a box is on the page."""
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return (
        round(left * POINTS, 3),
        round((page.height - bottom) * POINTS, 3),
        round(right * POINTS, 3),
        round((page.height - top) * POINTS, 3),
    )
