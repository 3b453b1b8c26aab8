"""A running text as a row of letters: what two formats have alike, whatever their spaces and lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

PICTURE = "\ufffc"
"""Stands for a picture, which counts as a letter."""
BREAK = "\n"
"""Stands between two blocks."""

_UNSEEN = re.compile(r"[\s\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufe0e\ufe0f]")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Letters of scripts that set no space between words."""


@dataclass
class Row:
    """Text that grows at its end; `letters` are all its characters but spaces and those that nobody sees."""

    letters: str = ""
    _parts: list[str] = field(default_factory=list)
    _count: int = 0

    def add(self, text: str) -> None:
        """Puts a text at the end."""
        self._parts.append(text)
        self._count += len(_UNSEEN.sub("", text))

    def __len__(self) -> int:
        """The number of letters so far."""
        return self._count


@dataclass(frozen=True)
class Text:
    """A finished row. `places` says for each letter where it stands in `raw`, the text with its spaces."""

    raw: str
    letters: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, row: Row) -> Text:
        """The text of a row."""
        raw = "".join(row._parts)
        places = tuple(place for place, character in enumerate(raw) if not _UNSEEN.match(character))
        return cls(raw, "".join(raw[place] for place in places), places)

    def word(self, number: int) -> int:
        """The first letter of the word that a letter is in the middle of; else the letter itself."""
        while 0 < number < len(self.letters) and self._is_inside(number):
            number -= 1
        return number

    def quote(self, number: int, length: int = 40) -> str:
        """What stands from a letter on, for a message."""
        if number >= len(self.letters):
            return "the end of the text"
        words = " ".join(self.raw[self.places[number] :][: 4 * length].replace(PICTURE, "[picture] ").split())
        return f"“{words[:length]}{'…' if len(words) > length else ''}”"

    def _is_inside(self, number: int) -> bool:
        between = self.raw[self.places[number - 1] + 1 : self.places[number]]
        return not re.search(r"\s", between) and all(map(_is_of_word, self.letters[number - 1 : number + 1]))


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and not _UNSPACED.match(character)
