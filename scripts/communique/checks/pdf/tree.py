"""The structure tree of a PDF as it stands (ISO 32000-1, 14.7), whatever may be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

Place = tuple[int, int]
"""Page from 0, number of the marked content."""

_DEEPEST = 200
_HEADINGS = {"Title": 1, **{f"H{level}": level for level in range(1, 7)}}


@dataclass(frozen=True)
class Annotation:
    """A link on a page: its description, its rectangle (left, bottom, right, top), its number in the file.

    `works` says whether its page has it: only then can it be followed.
    """

    page: int
    contents: str
    rectangle: tuple[float, ...]
    number: int = 0
    works: bool = True


@dataclass(eq=False)
class Node:
    """A structure element. `language` is its own, `kids` stand in the order in which they are read."""

    role: str
    language: str
    alternative: str | None
    identifier: str
    attributes: dict[str, Any]
    above: Node | None
    actual: str | None = None
    """What is read instead of what is inside."""
    is_mark: bool = False
    """Whether it is the mark of a note: a Reference, or in PDF 2.0 a Link that refers to a note (`Ref`)."""
    kids: list[Node | Place | Annotation] = field(default_factory=list)

    @cached_property
    def walk(self) -> list[Node]:
        """This element and all below it, in the order in which they are read; asked only when the tree is whole."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting += reversed(node.nodes)
        return found

    @cached_property
    def nodes(self) -> list[Node]:
        """The elements directly below."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    @cached_property
    def places(self) -> list[Place]:
        """All marked content below, in the order in which it is read."""
        found: list[Place] = []
        for kid in self.kids:
            if isinstance(kid, Node):
                found += kid.places
            elif isinstance(kid, tuple):
                found.append(kid)
        return found

    def all(self, *roles: str) -> list[Node]:
        """The elements of some roles, in order."""
        return [node for node in self.walk if node.role in roles]

    def within(self, *roles: str) -> Node | None:
        """The nearest element around it of some roles."""
        node = self.above
        while node is not None and node.role not in roles:
            node = node.above
        return node

    @cached_property
    def spoken(self) -> str:
        """Its language, or that of what is around it; "" if nobody says."""
        return self.language or (self.above.spoken if self.above is not None else "")

    @property
    def level(self) -> int:
        """Its level as a heading; 0 for what is none."""
        return _HEADINGS.get(self.role, 0)


def read(pdf: Pdf) -> Node:
    """The root of the tree: a node around what the file calls its structure; empty if there is none."""
    root = Node("", str(pdf.Root.get("/Lang", "")), None, "", {}, None)
    tree = pdf.Root.get("/StructTreeRoot", Dictionary())
    pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
    _Reader(pages, {(link.page, link.number) for link in areas(pdf)}).add(root, tree.get("/K", Array()), -1, 0)
    return root


def areas(pdf: Pdf) -> list[Annotation]:
    """What the pages themselves have of links and the like, in the structure or not."""
    return [
        _annotation(entry, number)
        for number, page in enumerate(pdf.pages)
        for entry in page.get("/Annots", Array())
        if isinstance(entry, Dictionary)
    ]


class _Reader:
    """Builds nodes; an element that is its own ancestor is left out."""

    def __init__(self, pages: dict[Any, int], there: set[Place]) -> None:
        self.pages = pages
        self.there = there
        self.open: set[Any] = set()

    def add(self, above: Node, entries: Any, page: int, depth: int) -> None:
        for entry in entries if isinstance(entries, Array) else [entries]:
            if not isinstance(entry, Dictionary):
                above.kids.append((page, int(entry)))
                continue
            page_here = self.pages.get(entry.Pg.objgen, -1) if "/Pg" in entry else page
            kind = entry.get("/Type")
            if kind == Name.MCR:
                above.kids.append((page_here, int(entry.MCID)))
            elif kind == Name.OBJR:
                found = _annotation(entry.get("/Obj", Dictionary()), page_here)
                above.kids.append(replace(found, works=(found.page, found.number) in self.there))
            elif "/S" in entry:
                self.element(above, entry, page_here, depth)

    def element(self, above: Node, entry: Any, page: int, depth: int) -> None:
        name = entry.objgen
        if depth > _DEEPEST or name in self.open:
            raise ValueError("the structure tree has no end")
        role = str(entry.S).removeprefix("/")
        alternative = str(entry.Alt) if "/Alt" in entry else None
        node = Node(
            role=role,
            language=str(entry.get("/Lang", "")),
            alternative=alternative,
            identifier=str(entry.get("/ID", "")),
            attributes=_attributes(entry),
            above=above,
            actual=str(entry.ActualText) if "/ActualText" in entry else None,
            is_mark=role == "Reference" or any(_is_note(other) for other in entry.get("/Ref", Array())),
        )
        above.kids.append(node)
        self.open.add(name)
        self.add(node, entry.get("/K", Array()), page, depth + 1)
        self.open.discard(name)


def _is_note(entry: Any) -> bool:
    return isinstance(entry, Dictionary) and entry.get("/S") in (Name.Note, Name.FENote)


def _attributes(entry: Any) -> dict[str, Any]:
    """All attributes as "Owner.Key" (14.7.5)."""
    groups = entry.get("/A", Array())
    found: dict[str, Any] = {}
    for group in groups if isinstance(groups, Array) else [groups]:
        if isinstance(group, Dictionary):
            owner = str(group.get("/O", "")).removeprefix("/")
            found |= {f"{owner}.{key[1:]}": _plain(value) for key, value in group.items() if key != "/O"}
    return found


def _plain(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, Array) else str(value).removeprefix("/")


def _annotation(entry: Any, page: int) -> Annotation:
    rectangle = tuple(float(number) for number in entry.get("/Rect", Array()))
    return Annotation(page, str(entry.get("/Contents", "")), rectangle, entry.objgen[0])
