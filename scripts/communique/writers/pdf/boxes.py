"""WeasyPrint's boxes, read: which are artifacts, which end in a lost space, and the pieces they make."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from communique.errors import ToolFailed
from communique.writers.pdf.tagging.pieces import Frame, Piece
from communique.writers.pdf.tagging.roles import is_decorative

POINTS = 0.75
"""PDF points in a CSS pixel."""

UNSEEN = dict.fromkeys(map(ord, "\n\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f"))
"""Characters that are never drawn, so never read back."""

Artifact = dict[str, Any]
"""The property list of an artifact (ISO 32000-1, 14.8.2.2.2)."""

PAGINATION: Artifact = {"Type": "/Pagination"}
HEADER: Artifact = {"Type": "/Pagination", "Subtype": "/Header", "Attached": "[/Top]"}
FOOTER: Artifact = {"Type": "/Pagination", "Subtype": "/Footer", "Attached": "[/Bottom]"}
DECORATION: Artifact = {"Type": "/Layout"}


class Census:
    """What must be known of all boxes before the first is drawn."""

    def __init__(self) -> None:
        self.artifacts: dict[Any, Artifact] = {}
        self.spaced: set[Any] = set()
        self._kinds = import_module("weasyprint.formatting_structure.boxes")
        self._groups: set[Any] = set()
        self._last_texts: dict[Any, Any] = {}

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
        shown, plain = self.shown(box), getattr(box, "plain", "")
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
        for child in _children(box):
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
        for child in _children(box):
            self._flag(child, artifact)

    def _visit_line(self, line: Any) -> None:
        """Note which texts end a line where a space, or a line break on purpose, keeps them from the next."""
        texts = [box for box in line.descendants() if isinstance(box, self._kinds.TextBox)]
        if not texts:
            return
        before, last = self._last_texts.get(line.element), texts[-1]
        if before is not None and getattr(texts[0], "follows_space", False):
            self._space(before)
        if getattr(last, "loses_space", False) or any(box.element_tag == "br" for box in line.descendants()):
            self._space(last)
        self._last_texts[line.element] = last

    def _space(self, text: Any) -> None:
        if text.style["direction"] == "ltr":
            self.spaced.add(text)


def _children(box: Any) -> list[Any]:
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
            frame=_frame(box, self._page) if hasattr(box, "replacement") else None,
            link=box.link_annotation,
            spans=(box.colspan, box.rowspan),
            numbering=_numbering(box) if tag == "li" and not pseudo else "",
            children=tuple(self.piece(child) for child in _children(box) if child not in self._census.artifacts),
        )


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
