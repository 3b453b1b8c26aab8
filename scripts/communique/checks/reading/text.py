"""What a word is: what stands between white space, in Unicode NFC.

White space is what ASCII and HTML call so: a no-break space is part of a word and must survive in every format. So must
the characters without width (soft hyphens and the like), except in a PDF, whose fonts do not draw them: there `unseen`
takes them out of both sides.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

Words = tuple[str, ...]

UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"))
PICTURE = "⟦picture⟧"
"""What stands in the text for a picture that has a description."""
SIGN = re.compile("⟦[^⟦⟧]*⟧")
"""What stands in the text for a picture or for the mark of a note."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


def words(text: str) -> Words:
    """The words of a text."""
    return tuple(word for word in _SPACE.split(unicodedata.normalize("NFC", text)) if word)


def plain(text: str) -> str:
    """A text with one space between its words."""
    return " ".join(words(text))


def is_space(text: str) -> bool:
    """Whether a text is white space that ends words, and not empty."""
    return bool(text) and not text.strip(" \t\n\r\f")


def unseen(these: Words) -> Words:
    """The words without the characters that have no width."""
    return words(" ".join(these).translate(UNSEEN))


def sign(number: int, shown: str | None = None) -> str:
    """What stands in the text for the mark of a note; one that shows another number, or none, says so."""
    if shown is None or shown == str(number):
        return f"⟦{number}⟧"
    return f"⟦{number},shown:{'_'.join(shown.split()) or 'nothing'}⟧"


def letters(text: str) -> str:
    """Everything of a text that leaves ink, letter by letter, whatever the form in which a font draws it.

    NFKD, for Poppler gives ligatures and other forms of a letter as it pleases; without spaces and without signs.
    """
    bare = SIGN.sub("", text).translate(UNSEEN)
    return "".join(each for each in unicodedata.normalize("NFKD", bare) if _leaves_ink(each))


def _leaves_ink(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Cc")


def address(target: str) -> str:
    """An address as all formats write it: what is not ASCII is percent-encoded."""
    return quote(target, safe="%/:?#[]@!$&'()*+,;=~-._|{}^`\\\"<>")
