"""The parts of a Word file as Office Open XML has them (ISO/IEC 29500-1 and -2): what they are and where they lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from communique.checks.opening import Element, Package, Unreadable

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
CONTENT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
DC = "{http://purl.org/dc/elements/1.1/}"

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STORIES = ("header", "footer", "footnotes", "endnotes")


@dataclass(frozen=True)
class Relation:
    """Where a part leads: to another part, or out of the file. `kind` is the end of the relationship's type."""

    source: str
    identifier: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Story:
    """A run of text of its own (17.1): the document, a header, the notes."""

    part: str
    kind: str
    root: Element
    relations: dict[str, Relation]


class Word:
    """A Word file, its parts read when they are asked for. What is no Word file raises Unreadable."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.names = frozenset(package.names)
        self.main = next((each.target for each in self.relations("") if each.kind == "officeDocument"), "")
        if not self.main:
            raise Unreadable("is no Word file: no part is named as the document")

    def relations(self, part: str) -> list[Relation]:
        """Where a part leads; "" is the package itself."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self.names:
            return []
        return [self._relation(part, entry) for entry in self.package.xml(relations).iter(_RELATION)]

    def _relation(self, part: str, entry: Element) -> Relation:
        target, external = entry.get("Target", ""), entry.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), unquote(target))).lstrip("/")
        return Relation(part, entry.get("Id", ""), entry.get("Type", "").rpartition("/")[2], target, external)

    @cached_property
    def every_relation(self) -> list[Relation]:
        """All relationships of the file."""
        marks = [name for name in self.names if name.endswith(".rels")]
        parts = [posixpath.join(posixpath.dirname(posixpath.dirname(name)), _of(name)) for name in sorted(marks)]
        return [relation for part in parts for relation in self.relations(part)]

    @cached_property
    def stories(self) -> list[Story]:
        """Everything that is read, the document first."""
        found = [self._story(self.main, "document")]
        for relation in found[0].relations.values():
            if relation.kind in _STORIES and not relation.external:
                found.append(self._story(relation.target, relation.kind))
        return found

    def _story(self, part: str, kind: str) -> Story:
        relations = {relation.identifier: relation for relation in self.relations(part)}
        return Story(part, kind, self.package.xml(part), relations)

    def beside(self, kind: str) -> Element | None:
        """The root of the part of a kind that the document leads to, such as its styles."""
        found = [each.target for each in self.stories[0].relations.values() if each.kind == kind and not each.external]
        return self.package.xml(found[0]) if found else None

    @cached_property
    def settings(self) -> Element | None:
        """The settings of the document (17.15)."""
        return self.beside("settings")

    @cached_property
    def core(self) -> Element | None:
        """The core properties (ISO/IEC 29500-2, 8)."""
        found = [each.target for each in self.relations("") if each.kind == "core-properties"]
        return self.package.xml(found[0]) if found else None

    def core_property(self, name: str) -> str:
        """A core property, such as its title; "" if it is missing."""
        found = None if self.core is None else self.core.find(f"{DC}{name}")
        return "" if found is None else "".join(map(str, found.itertext())).strip()


def _of(relations: str) -> str:
    return posixpath.basename(relations).removesuffix(".rels")


def on(element: Element | None) -> bool:
    """Whether a property is there and not switched off (17.17.4)."""
    return element is not None and element.get(f"{W}val", "true") not in {"0", "false", "off"}


def value(element: Element | None) -> str:
    """What a property says; "" where there is none."""
    return "" if element is None else element.get(f"{W}val", "")


def own(root: Element, name: str) -> Iterator[Element]:
    """The elements of WordprocessingML of a name."""
    return root.iter(f"{W}{name}")
