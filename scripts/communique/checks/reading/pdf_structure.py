"""Reads a tagged PDF as assistive technology does: through its structure tree. Shares no code with the writer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf

CODES = re.compile(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption"})
"""The structure types whose text does not run on into the next."""

Place = tuple[int, int]
"""Page from 0, marked content number."""


@dataclass(frozen=True)
class Link:
    """A link annotation: its description, its address or the name of its destination, its rectangle, its page.

    `element` is the number of the structure element that it leads to, 0 if it names none.
    """

    contents: str
    target: str
    rectangle: tuple[float, ...]
    page: int
    prints: bool
    element: int = 0


@dataclass(frozen=True)
class Element:
    """A structure element; `kids` are elements, the texts of marked content and links, in order.

    `actual` is read instead of what is inside. `number` names the element, `references` are the numbers in its Ref.
    """

    role: str
    language: str
    alternative: str
    expansion: str
    identifier: str
    attributes: dict[str, Any]
    kids: tuple[Element | str | Link, ...]
    actual: str | None = None
    namespace: str = ""
    number: int = 0
    references: tuple[int, ...] = ()

    def walk(self) -> Iterator[Element]:
        """This element and all below it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def all(self, role: str) -> list[Element]:
        """All elements of a role, in document order."""
        return [element for element in self.walk() if element.role == role]

    def children(self) -> list[Element]:
        """The elements directly below."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def links(self) -> list[Link]:
        """The annotations that this very element holds."""
        return [kid for kid in self.kids if isinstance(kid, Link)]

    def text(self) -> str:
        """All text below, strictly as written, with a line for each block."""
        parts = (kid.text() if isinstance(kid, Element) else kid for kid in self.kids if not isinstance(kid, Link))
        text = "".join(parts) if self.actual is None else self.actual
        return f"\n{text}\n" if self.role in BLOCKS else text

    def words(self) -> list[str]:
        """The words below, in order."""
        return self.text().split()


@dataclass(frozen=True)
class Artifact:
    """What is drawn but not part of the document: its page, its property list, its text."""

    page: int
    properties: dict[str, str]
    text: str


@dataclass(frozen=True)
class Reading:
    """A whole PDF, read. `loose` is text that is neither content nor artifact: there should be none.

    `unreached` is content that the tree does not hold, `replaced` counts content that is read by its ActualText.
    """

    document: Element
    artifacts: tuple[Artifact, ...]
    loose: str
    unreached: tuple[str, ...]
    replaced: int
    annotations: int
    outline: tuple[tuple[int, str], ...]
    pages: int


def read(content: bytes) -> Reading:
    """The reading of a tagged PDF."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        contents = _Contents({}, [], [], 0)
        for number, page in enumerate(pdf.pages):
            contents.take(number, page)
        tree = _Tree(pdf, contents.marks)
        document = tree.element(pdf.Root.StructTreeRoot.K)
        unreached = tuple(text for place, text in contents.marks.items() if place not in tree.reached)
        with pdf.open_outline() as outline:
            entries = tuple(_outline(outline.root, 1))
        return Reading(
            document=document,
            artifacts=tuple(contents.artifacts),
            loose="".join(contents.loose),
            unreached=unreached,
            replaced=contents.replaced,
            annotations=sum(len(page.get("/Annots", [])) for page in pdf.pages),
            outline=entries,
            pages=len(pdf.pages),
        )


def packet(content: bytes) -> etree._Element:
    """The XMP packet as XML."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return etree.fromstring(pdf.Root.Metadata.read_bytes())


def info(content: bytes) -> dict[str, str]:
    """The Info dictionary."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {key: str(value) for key, value in pdf.trailer.Info.items()}


class _Tree:
    """Walks the structure tree and notes which marked content it reaches."""

    def __init__(self, pdf: Pdf, marks: dict[Place, str]) -> None:
        self.marks = marks
        self.reached: set[Place] = set()
        self.pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def element(self, entry: Any, page: int = -1) -> Element:
        if isinstance(entry, Array):
            assert len(entry) == 1, "one structure element at the root"
            return self.element(entry[0], page)
        page = self.pages[entry.Pg.objgen] if "/Pg" in entry else page
        kids = entry.get("/K", Array())
        kids = list(kids) if isinstance(kids, Array) else [kids]
        return Element(
            role=str(entry.S)[1:],
            language=str(entry.get("/Lang", "")),
            alternative=str(entry.get("/Alt", "")),
            expansion=str(entry.get("/E", "")),
            identifier=str(entry.get("/ID", "")),
            attributes=_attributes(entry),
            kids=tuple(self.kid(kid, page) for kid in kids),
            actual=str(entry.ActualText) if "/ActualText" in entry else None,
            namespace=str(entry.NS.NS) if "/NS" in entry else "",
            number=entry.objgen[0],
            references=tuple(each.objgen[0] for each in entry.get("/Ref", Array())),
        )

    def kid(self, entry: Any, page: int) -> Element | str | Link:
        if not isinstance(entry, Dictionary):
            return self.mark(page, int(entry))
        if entry.get("/Type") == Name.MCR:
            return self.mark(self.pages[entry.Pg.objgen] if "/Pg" in entry else page, int(entry.MCID))
        if entry.get("/Type") == Name.OBJR:
            return _link(entry.Obj, self.pages[entry.Pg.objgen] if "/Pg" in entry else page)
        return self.element(entry, page)

    def mark(self, page: int, number: int) -> str:
        assert (page, number) not in self.reached, "marked content belongs to one element"
        self.reached.add((page, number))
        return self.marks[page, number]


def _attributes(entry: Any) -> dict[str, Any]:
    """All attributes as "Owner.Key"."""
    groups = entry.get("/A", Array())
    found: dict[str, Any] = {}
    for group in groups if isinstance(groups, Array) else [groups]:
        owner = str(group.O)[1:]
        found |= {f"{owner}.{key[1:]}": _plain(value) for key, value in group.items() if key != "/O"}
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Array):
        return tuple(str(each) if isinstance(each, pikepdf.String) else float(each) for each in value)
    return str(value)[1:] if isinstance(value, Name) else int(value)


def _link(annotation: Any, page: int) -> Link:
    action = annotation.get("/A", Dictionary())
    target = action.URI if "/URI" in action else action.get("/D", annotation.get("/Dest"))
    element = action.SD[0].objgen[0] if "/SD" in action else 0
    rectangle = tuple(float(number) for number in annotation.Rect)
    prints = bool(int(annotation.get("/F", 0)) & 4)
    return Link(str(annotation.get("/Contents", "")), str(target), rectangle, page, prints, element)


def _outline(items: Any, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _outline(item.children, level + 1)


@dataclass
class _Contents:
    """What the pages show: the text of each marked content, the artifacts, and the text outside of both."""

    marks: dict[Place, str]
    artifacts: list[Artifact]
    loose: list[str]
    replaced: int

    def take(self, number: int, page: Any) -> None:
        """Read one page."""
        characters = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
        stack: list[tuple[str, Any, list[str]]] = []
        current: dict[str, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands, name = instruction.operands, str(instruction.operator)
            if name in {"BDC", "BMC"}:
                assert not stack, "marked content is not nested"
                stack.append((str(operands[0]), operands[1] if name == "BDC" else Dictionary(), []))
            elif name == "EMC":
                self.close(number, *stack.pop())
            elif name == "Tf":
                current = characters[str(operands[0])]
            elif name in {"TJ", "Tj"}:
                (stack[-1][2] if stack else self.loose).append(_decode(operands[0], current))
        assert not stack, "every marked content is closed"

    def close(self, page: int, tag: str, properties: Any, texts: list[str]) -> None:
        """Keep what a marked content held."""
        if tag == "/Artifact":
            plain = {key[1:]: str(value) for key, value in properties.items() if isinstance(value, Name)}
            self.artifacts.append(Artifact(page, plain, "".join(texts)))
        else:
            actual = properties.get("/ActualText")
            self.replaced += actual is not None
            self.marks[page, int(properties.MCID)] = "".join(texts) if actual is None else str(actual)


def _characters(font: Any) -> dict[str, str]:
    """From the code of a glyph, four hexadecimal digits, to its text."""
    pairs = CODES.findall(font.ToUnicode.read_bytes().decode("latin-1"))
    return {code.lower(): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs if len(code) == 4}


def _decode(operand: Any, characters: dict[str, str]) -> str:
    strings = operand if isinstance(operand, Array) else [operand]
    codes = b"".join(bytes(item) for item in strings if isinstance(item, pikepdf.String)).hex()
    return "".join(characters[codes[at : at + 4]] for at in range(0, len(codes), 4))
