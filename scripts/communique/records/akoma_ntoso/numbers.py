"""The numbers of lists as a reader sees them: 4., a), (ii)."""

from __future__ import annotations

BULLET = "•"
_ENDS = {"OneParen": "{})", "TwoParens": "({})"}
_ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v"}
_ROMAN |= {4: "iv", 1: "i"}


def label(number: int, style: str, delimiter: str) -> str:
    """A number in the style and with the signs that pandoc names, such as "LowerRoman" and "OneParen"."""
    shown = str(number)
    if style.endswith("Alpha") and number > 0:
        shown = _letters(number)
    elif style.endswith("Roman") and number > 0:
        shown = _roman(number)
    return _ENDS.get(delimiter, "{}.").format(shown.upper() if style.startswith("Upper") else shown)


def _letters(number: int) -> str:
    """a to z, then aa, ab and so on."""
    rest, letter = divmod(number - 1, 26)
    return (_letters(rest) if rest else "") + chr(ord("a") + letter)


def _roman(number: int) -> str:
    for value, letters in _ROMAN.items():
        if number >= value:
            return letters + (_roman(number - value) if number > value else "")
    return ""
