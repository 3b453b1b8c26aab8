"""The structure tree while it grows: nodes, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content number `number` of page `page` (from 0) and the words it shows."""

    page: int
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation on page `page` (from 0)."""

    page: int
    entry: Any


@dataclass(slots=True, eq=False)
class Node:
    """One structure element (ISO 32000-1, 14.7.2). `attributes` maps an owner to its entries.

    `references` are the elements that this one refers to or is referred to by (ISO 32000-2, 14.7.2, Ref).
    `implied` marks a paragraph that no HTML element asked for; `body` is where an item's content goes.
    """

    role: str
    parent: Node | None = None
    element: Element | None = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    language: str = ""
    alternative: str = ""
    expansion: str = ""
    actual: str = ""
    identifier: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    references: list[Node] = field(default_factory=list)
    implied: bool = False
    body: Node | None = None

    def add(self, role: str, element: Element | None = None, first: bool = False) -> Node:
        """A new child, at the end or at the beginning."""
        child = Node(role, self, element)
        self.kids.insert(0 if first else len(self.kids), child)
        return child

    def chain(self) -> Iterator[Node]:
        """This node and its ancestors, innermost first."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def nearest(self, role: str) -> Node | None:
        """The innermost node of that role, this one included."""
        return next((node for node in self.chain() if node.role == role), None)

    def current_language(self) -> str:
        """The BCP 47 tag in force here."""
        return next((node.language for node in self.chain() if node.language), "")

    def walk(self) -> Iterator[Node]:
        """This node and all below it in document order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def words(self) -> str:
        """The text shown by this node and all below it."""
        parts = (
            kid.words() if isinstance(kid, Node) else kid.text for kid in self.kids if not isinstance(kid, Annotation)
        )
        return "".join(parts)


@dataclass(frozen=True)
class Structure:
    """A whole tree with the ways into it: nodes by the id of their HTML element, and those that bookmarks name."""

    document: Node
    anchors: Mapping[str, Node]
    bookmarks: Sequence[Node]

    def target(self, link: Node) -> Node | None:
        """Where a link inside the document leads: the note itself where it leads to a note's list item."""
        if link.role != "Link" or link.element is None:
            return None
        node = self.anchors.get(link.element.get("href", "").removeprefix("#"))
        is_note = node is not None and node.body is not None and bool(node.body.identifier)
        return node.body if node is not None and is_note else node
