"""Reads a tagged PDF as assistive technology does: through its structure tree. Shares no code with the writer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf

from communique.checks.reading.drawn import Drawing, Mark, draw

BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption"})
"""The structure types whose text does not run on into the next."""

Place = tuple[int, int]
"""Page from 0, marked content number."""


class Drawn(str):
    """What a marked content says; `fonts` are the names of those that it is drawn in, `at` its page and its height."""

    fonts: frozenset[str] = frozenset()
    at: tuple[int, float] = (-1, 0.0)


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
    `drawn` has each text among the kids once more, with what it is drawn with.
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
    drawn: tuple[Drawn, ...] = ()

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
class Notice:
    """Words that an annotation or a form has and that are not of a link: its page from 0, what it is, what it says."""

    page: int
    kind: str
    words: str


class Entry(NamedTuple):
    """An entry of the outline: its level, its words, and where it leads: a page from 0, -1 for none, and a height.

    `element` is the number of the structure element that it names, 0 for none.
    """

    level: int
    words: str
    page: int
    height: float
    element: int


@dataclass(frozen=True)
class Reading:
    """A whole PDF, read. `loose` is text that is neither content nor artifact: there should be none.

    `unreached` is content that the tree does not hold, `replaced` counts content that is read by its ActualText,
    `drawing` is all that the pages draw, and `spoken` has every text that is read in place of what is drawn, with that.
    """

    document: Element
    artifacts: tuple[Artifact, ...]
    loose: str
    unreached: tuple[str, ...]
    replaced: int
    annotations: int
    entries: tuple[Entry, ...]
    pages: int
    drawing: Drawing
    notices: tuple[Notice, ...]
    title: str
    spoken: tuple[tuple[str, tuple[Mark, ...]], ...]

    @property
    def outline(self) -> tuple[tuple[int, str], ...]:
        """The levels and words of the entries of the outline."""
        return tuple((entry.level, entry.words) for entry in self.entries)


def read(content: bytes) -> Reading:
    """The reading of a tagged PDF."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        drawing = draw(pdf)
        contents = _Contents(drawing)
        tree = _Tree(pdf, contents)
        document = tree.element(pdf.Root.StructTreeRoot.K)
        unreached = tuple(contents.said(place) for place in contents.marks if place not in tree.reached)
        with pdf.open_outline() as outline:
            entries = tuple(_outline(outline.root, 1, tree.pages))
        return Reading(
            document=document,
            artifacts=tuple(contents.artifacts),
            loose=contents.loose,
            unreached=unreached,
            replaced=sum("/ActualText" in mark.properties for mark in contents.marks.values()),
            annotations=sum(len(page.get("/Annots", [])) for page in pdf.pages),
            entries=entries,
            pages=len(pdf.pages),
            drawing=drawing,
            notices=tuple(notices_of(pdf)),
            title=str(pdf.docinfo.get("/Title", "")),
            spoken=(*tree.spoken, *contents.spoken()),
        )


def notices_of(pdf: Pdf) -> Iterator[Notice]:
    """Every annotation that is no link, and every field of a form, whatever it says."""
    for number, page in enumerate(pdf.pages):
        for annotation in page.get("/Annots", Array()):
            kind = str(annotation.get("/Subtype", "/unknown"))[1:]
            if kind != "Link":
                words = (str(annotation.get(name, "")) for name in ("/Contents", "/T", "/V", "/TU", "/RC"))
                yield Notice(number, kind, " ".join(" ".join(words).split()))
            elif "/AP" in annotation:
                yield Notice(number, kind, "an appearance of its own")
    for field in pdf.Root.get("/AcroForm", Dictionary()).get("/Fields", Array()):
        yield Notice(0, "field", " ".join(str(field.get(name, "")) for name in ("/T", "/V", "/TU")))


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

    def __init__(self, pdf: Pdf, contents: _Contents) -> None:
        self.contents = contents
        self.reached: set[Place] = set()
        self.order: list[Place] = []
        self.spoken: list[tuple[str, tuple[Mark, ...]]] = []
        self.pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def element(self, entry: Any, page: int = -1) -> Element:
        if isinstance(entry, Array):
            assert len(entry) == 1, "one structure element at the root"
            return self.element(entry[0], page)
        page = self.pages[entry.Pg.objgen] if "/Pg" in entry else page
        content = entry.get("/K", Array())
        before = len(self.order)
        kids = tuple(self.kid(kid, page) for kid in (content if isinstance(content, Array) else [content]))
        actual = str(entry.ActualText) if "/ActualText" in entry else None
        if actual is not None:
            marks = tuple(self.contents.marks[place] for place in self.order[before:])
            self.spoken.append((actual, marks))
        return Element(
            role=str(entry.S)[1:],
            language=str(entry.get("/Lang", "")),
            alternative=str(entry.get("/Alt", "")),
            expansion=str(entry.get("/E", "")),
            identifier=str(entry.get("/ID", "")),
            attributes=_attributes(entry),
            kids=tuple(str(kid) if isinstance(kid, Drawn) else kid for kid in kids),
            drawn=tuple(kid for kid in kids if isinstance(kid, Drawn)),
            actual=actual,
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
        self.order.append((page, number))
        return self.contents.said((page, number))


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


def _outline(items: Any, level: int, pages: dict[Any, int]) -> Iterator[Entry]:
    for item in items:
        action = item.obj.get("/A", Dictionary())
        place = item.obj.get("/Dest", action.get("/D"))
        named = item.obj.get("/SE", action.get("/SD", [None])[0])
        is_place = isinstance(place, Array) and len(place) > 3 and place[1] == Name.XYZ and place[3] is not None
        page = pages.get(place[0].objgen, -1) if is_place else -1
        height = float(place[3]) if is_place else 0.0
        yield Entry(level, item.title, page, height, named.objgen[0] if isinstance(named, Dictionary) else 0)
        yield from _outline(item.children, level + 1, pages)


class _Contents:
    """What the pages show: the text of each marked content, the artifacts, and the text outside of both."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.marks: dict[Place, Mark] = {}
        self.artifacts: list[Artifact] = []
        self.loose = "".join(text.said for text in drawing.loose)
        for mark in drawing.marks:
            if mark.tag == "/Artifact":
                plain = {key[1:]: str(value) for key, value in mark.properties.items() if isinstance(value, Name)}
                actual = mark.properties.get("/ActualText")
                self.artifacts.append(Artifact(mark.page, plain, mark.drawn if actual is None else str(actual)))
            elif mark.tag != "/OC":
                place = mark.page, int(mark.properties.MCID)
                assert place not in self.marks, "each marked content has a number of its own"
                self.marks[place] = mark
        seen = [id(text) for mark in drawing.marks if mark.tag != "/OC" for text in mark.texts]
        assert len(seen) == len(set(seen)), "marked content is not nested"

    def spoken(self) -> Iterator[tuple[str, tuple[Mark, ...]]]:
        """Each marked content that is read by its ActualText, with that."""
        for mark in self.drawing.marks:
            if "/ActualText" in mark.properties:
                yield str(mark.properties.ActualText), (mark,)

    def said(self, place: Place) -> str:
        """The text of a marked content, or what it says in place of it."""
        mark = self.marks[place]
        actual = mark.properties.get("/ActualText")
        said = Drawn(mark.drawn if actual is None else str(actual))
        said.fonts = frozenset(text.shapes[0][0] for text in mark.texts if text.shapes)
        said.at = next(((text.page, text.y) for text in mark.texts), said.at)
        return said
