"""What a format carries beyond its words, and is therefore asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from communique.checks.reading.edition import Edition
from communique.checks.reading.looks import EMPHASES


@dataclass(frozen=True)
class Facets:
    """What a format is asked for.

    `spans` are the kinds of spans; `looks` says whether it tells terms, captions and code from other paragraphs, and
    `fonts` whether its fonts tell the emphasis that its structure does not. `by_font` are the looks told by them,
    `by_letters` says whether emphasis is told by nothing but letters, which some scripts do not have in italics, and
    `language` is that of the edition.
    """

    spans: tuple[str, ...]
    looks: bool = True
    quotes_everywhere: bool = True
    depths_everywhere: bool = True
    unseen: bool = True
    fonts: bool = True
    by_font: frozenset[str] = frozenset()
    by_letters: bool = False
    language: str = ""

    def of(self, wanted: Edition, found: Edition) -> Facets:
        """What a certain file is asked for: a structure may tell what in another file only the fonts do."""
        if self.fonts:
            language = next((fact.value for fact in wanted.facts if fact.kind == "language"), "en")
            return replace(self, by_font=found.by_font, language=language)
        return replace(self, spans=tuple(kind for kind in self.spans if kind not in found.by_font))


_LOOKS = (*EMPHASES, "struck", "raised", "lowered", "code")
_MARKUP = Facets(("link", "expansion", "language", "picture", "tooltip", *_LOOKS))
# Nothing but its colour tells marked words on paper.
_PAPER = Facets(
    ("link", "expansion", "language", "picture", *(look for look in EMPHASES if look != "marked"), "struck"),
    looks=False,
    unseen=False,
)
FACETS: Mapping[str, Facets] = {
    "html": _MARKUP,
    "epub": _MARKUP,
    "akoma-ntoso": _MARKUP,
    "docx": Facets(("link", "picture", *_LOOKS), quotes_everywhere=False, depths_everywhere=False, by_letters=True),
    "pdf": _PAPER,
    "large": replace(_PAPER, fonts=False),
}
"""What each format carries beside its words; a format that is not here is read as it lies on paper."""
