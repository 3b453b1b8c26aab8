"""How a paragraph or a run looks once all styles are followed (17.7.2): the nearest that speaks is right."""

from __future__ import annotations

from functools import cache, cached_property

from communique.checks.docx.package import W, Word, value
from communique.checks.opening import Element


class Styles:
    """The styles of a document. A style that is not defined says nothing."""

    def __init__(self, word: Word) -> None:
        root = word.beside("styles")
        entries = [] if root is None else list(root.iter(f"{W}style"))
        self._root = root
        self._named = {entry.get(f"{W}styleId", ""): entry for entry in entries}
        self._defaults = {
            entry.get(f"{W}type", ""): entry.get(f"{W}styleId", "")
            for entry in entries
            if entry.get(f"{W}default") in {"1", "true", "on"}
        }
        self.chain = cache(self._chain)

    def _chain(self, name: str) -> tuple[Element, ...]:
        """A style and those it is based on, nearest first."""
        found: dict[str, Element] = {}
        while name in self._named and name not in found:
            found[name] = self._named[name]
            name = value(found[name].find(f"{W}basedOn"))
        return tuple(found.values())

    def name(self, style: str) -> str:
        """What Word calls a style, in lower case; built-in styles have the same name in every language."""
        entry = self._named.get(style)
        return "" if entry is None else value(entry.find(f"{W}name")).lower()

    def following(self, style: str) -> str:
        """The style of the paragraph that follows by itself (17.7.4.10); "" if it is not said."""
        entry = self._named.get(style)
        return "" if entry is None else value(entry.find(f"{W}next"))

    def default(self, kind: str) -> str:
        """The style of a paragraph or a table that names none."""
        return self._defaults.get(kind, "")

    def default_property(self, group: str, name: str) -> Element | None:
        """A property that holds where nothing else is said, of the group "rPr" or "pPr"."""
        path = f"{W}docDefaults/{W}{group}Default/{W}{group}/{W}{name}"
        return None if self._root is None else self._root.find(path)

    def of_chain(self, style: str, path: str) -> Element | None:
        """A property that a style or one it is based on states; the path begins at the style."""
        return next((found for entry in self.chain(style) if (found := entry.find(path)) is not None), None)

    @cached_property
    def size(self) -> float:
        """The size of text that is not set otherwise, in points."""
        paragraph = self.of_chain(self.default("paragraph"), f"{W}rPr/{W}sz")
        found = paragraph if paragraph is not None else self.default_property("rPr", "sz")
        return int(value(found) or 20) / 2
