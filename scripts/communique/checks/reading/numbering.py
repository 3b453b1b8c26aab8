"""The numbers of lists, as a reader sees them: 4., a), (ii)."""

from __future__ import annotations

_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
_ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
BULLET = "•"
"""Any sign before an item of a list without numbers."""


def label(number: int, style: str, form: str = "{}.") -> str:
    """A number in a style (1, a, A, i, I; anything else counts as 1) and a form such as "({})"."""
    shown = str(number)
    if style in ("a", "A") and number > 0:
        shown = _alphabetic(number)
    if style in ("i", "I") and 0 < number < 5000:
        shown = _roman(number)
    return form.format(shown.upper() if style in ("A", "I") else shown)


def _alphabetic(number: int) -> str:
    shown = ""
    while number:
        number, letter = divmod(number - 1, 26)
        shown = chr(ord("a") + letter) + shown
    return shown


def _roman(number: int) -> str:
    shown = ""
    for value, letters in _ROMAN:
        shown += letters * (number // value)
        number %= value
    return shown
