"""The sizes of paper that a press edition is made for: the page as it is after trimming, in points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

BLEED = 3 * 72 / 25.4
"""How far colour that reaches the edge is printed beyond it, in points: 3 mm."""
SLUG = 10 * 72 / 25.4
"""How far the sheet reaches beyond the trimmed page, in points: 10 mm, with the marks."""


@dataclass(frozen=True)
class Size:
    """A trimmed page. `head`, `foot`, `inner`, `outer` are its margins; `ends` those of a table on its side.

    `scale` is the size of the type, 1 being that of the PDF; the number of pages is a multiple of `pages`.
    """

    width: float
    height: float
    head: float
    foot: float
    inner: float
    outer: float
    ends: float
    scale: float
    pages: int

    def rules(self) -> str:
        """The style sheet of the page: a table on its side is later turned, and its head comes to lie at the left."""
        upright = f"size: {self.width:.3f}pt {self.height:.3f}pt; bleed: {BLEED:.4f}pt; "
        aside = f"size: {self.height:.3f}pt {self.width:.3f}pt; "
        rules = {
            "": upright,
            "upright": upright,
            "wide": aside,
            ":left": self._margin(self.head, self.inner, self.foot, self.outer),
            ":right": self._margin(self.head, self.outer, self.foot, self.inner),
            "wide:left": self._margin(self.outer, self.ends, self.inner, self.ends),
            "wide:right": self._margin(self.inner, self.ends, self.outer, self.ends),
        }
        return "\n".join(f"@page {name} {{ {declarations}}}" for name, declarations in rules.items())

    @staticmethod
    def _margin(top: float, right: float, bottom: float, left: float) -> str:
        return f"margin: {top:g}pt {right:g}pt {bottom:g}pt {left:g}pt; "


_MM = 72 / 25.4
SIZES = {
    "A4": Size(210 * _MM, 297 * _MM, head=85, foot=96, inner=87, outer=99, ends=93, scale=1, pages=2),
    "Letter": Size(612, 792, head=84, foot=93, inner=95, outer=108, ends=70, scale=1, pages=2),
    "A5": Size(148 * _MM, 210 * _MM, head=60, foot=66, inner=46, outer=49, ends=38, scale=0.8, pages=4),
}
"""A4 and Letter for leaves or a binding, A5 for a stitched booklet of sheets that are folded once."""
