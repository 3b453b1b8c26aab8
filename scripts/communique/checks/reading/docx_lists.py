"""The numbers that Word puts before the items of lists, counted as Word does (ECMA-376, 17.9)."""

from __future__ import annotations

from communique.checks.opening import Element
from communique.checks.reading.numbering import BULLET, label

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class Lists:
    """The lists of a document; each marker that is asked for is the next of its list."""

    def __init__(self, root: Element | None) -> None:
        self._numbers: dict[str, Element] = {}
        self._abstract: dict[str, Element] = {}
        self._counts: dict[tuple[str, int], int] = {}
        if root is not None:
            self._numbers = {str(each.get(f"{W}numId")): each for each in root.iter(f"{W}num")}
            self._abstract = {str(each.get(f"{W}abstractNumId")): each for each in root.iter(f"{W}abstractNum")}

    def marker(self, identifier: str, level: int) -> str:
        """What stands before the next item of a list at a level, which counts from 0; "" if the list has no marks."""
        number = self._numbers.get(identifier)
        told = number.find(f"{W}abstractNumId") if number is not None else None
        abstract = self._abstract.get(str(told.get(f"{W}val"))) if told is not None else None
        if number is None or abstract is None:
            return ""
        override = next((each for each in number.iter(f"{W}lvlOverride") if each.get(f"{W}ilvl") == str(level)), None)
        own = override.find(f"{W}lvl") if override is not None else None
        form = own if own is not None else _level(abstract, level)
        if form is None:
            return ""
        style, shown = _of(form, "numFmt") or "decimal", _of(form, "lvlText") or ""
        if style in ("bullet", "none"):
            return BULLET if shown.strip() else ""
        start = _of(override, "startOverride") or _of(form, "start") or "1"
        return self._numbered(identifier, level, int(start), style, shown)

    def _numbered(self, identifier: str, level: int, start: int, style: str, shown: str) -> str:
        count = self._counts.get((identifier, level), start - 1) + 1
        self._counts[identifier, level] = count
        for deeper in [key for key in self._counts if key[0] == identifier and key[1] > level]:
            del self._counts[deeper]
        return label(count, _STYLES.get(style, "1"), shown.replace(f"%{level + 1}", "{}") if "{" not in shown else "{}")


def _level(abstract: Element, level: int) -> Element | None:
    return next((each for each in abstract.iter(f"{W}lvl") if each.get(f"{W}ilvl") == str(level)), None)


def _of(node: Element | None, name: str) -> str | None:
    found = node.find(f"{W}{name}") if node is not None else None
    return found.get(f"{W}val") if found is not None else None
