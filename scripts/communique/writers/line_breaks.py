"""Where a line may end, by the rules of Unicode (UAX 14) and, for Thai, a dictionary: asked of Pango."""

from __future__ import annotations

import ctypes
from functools import cache
from itertools import pairwise

from communique.errors import ToolMissing
from communique.language import script

_LIBRARIES = ("libpango-1.0.so.0", "libpango-1.0.0.dylib")
_MAY_END_BEFORE = 1
"""The first bit of a PangoLogAttr: a line may end before this character."""


def pieces(text: str, language: str) -> list[str]:
    """A text in a language (BCP 47) cut wherever a line may end; the spaces are at the ends of the pieces.

    Korean is cut at its spaces alone, as in print of any standing, though Unicode would cut between syllables.
    """
    if not text:
        return []
    pango = _pango()
    encoded, size = text.encode(), len(text) + 1
    attributes = (ctypes.c_uint32 * size)()
    tag = ctypes.c_void_p(pango.pango_language_from_string(language.encode()))
    pango.pango_get_log_attrs(encoded, len(encoded), -1, tag, attributes, size)
    is_korean = script(language) == "Kore"
    found = (place for place in range(1, len(text)) if attributes[place] & _MAY_END_BEFORE)
    cuts = [0, *(place for place in found if not is_korean or text[place - 1] == " "), len(text)]
    return [text[start:end] for start, end in pairwise(cuts)]


@cache
def _pango() -> ctypes.CDLL:
    for name in _LIBRARIES:
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.pango_language_from_string.restype = ctypes.c_void_p
        return library
    raise ToolMissing("Pango: not found (run scripts/bootstrap, or apt-get install libpango-1.0-0)")
