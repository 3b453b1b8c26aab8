"""What lies on the pages of a PDF: the texts of each marked content with their places, and those of artifacts.

The profiles of one edition have the same pages, which are read once for all of them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeGuard

from pikepdf import Array, Dictionary, Name, Pdf

from communique.checks.pdf.tree import Annotation, Node, Place
from communique.checks.reading.drawn import Mark, draw
from communique.checks.reading.drawn import Text as Drawn


class Text(NamedTuple):
    """One text: its page from 0, where it begins in points from the lower left, how high it is, what it says.

    `unseen` is why nobody sees it, "" if it shows.
    """

    page: int
    x: float
    y: float
    size: float
    said: str
    unseen: str


@dataclass(frozen=True)
class Artifact:
    """What is drawn and not read: its kind, such as "Pagination", and its texts."""

    page: int
    kind: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Sheets:
    """All pages. `languages` are those that marked content states itself; `twice` are numbers used more than once."""

    texts: dict[Place, tuple[Text, ...]]
    languages: dict[Place, str]
    replaced: dict[Place, str]
    artifacts: tuple[Artifact, ...]
    loose: tuple[Text, ...]
    twice: tuple[Place, ...]

    @cached_property
    def by_page(self) -> dict[int, list[Text]]:
        """The texts of the marked contents of each page."""
        found: dict[int, list[Text]] = {}
        for texts in self.texts.values():
            for text in texts:
                found.setdefault(text.page, []).append(text)
        return found

    def drawn(self, place: Place) -> str:
        """The words of a marked content, or what is read instead of them."""
        said = self.replaced.get(place)
        return "".join(text.said for text in self.texts.get(place, ())) if said is None else said

    def said(self, node: Node, *, marks: bool = True) -> str:
        """The words of an element, or what is read instead of them; without `marks`, those of notes are left out."""
        if node.is_mark and not marks:
            return ""
        if node.actual is not None:
            return node.actual
        kids = [kid for kid in node.kids if _speaks(kid)]
        return "".join(self.said(kid, marks=marks) if isinstance(kid, Node) else self.drawn(kid) for kid in kids)


def _speaks(kid: Node | Place | Annotation) -> TypeGuard[Node | Place]:
    return not isinstance(kid, Annotation)


@dataclass(frozen=True)
class _Pages:
    """A PDF that is equal to others with the same pages."""

    digest: str
    pdf: list[Pdf]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Pages) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def read(pdf: Pdf) -> Sheets:
    """What lies on the pages of a PDF."""
    pages = _Pages(_digest(pdf), [pdf])
    sheets = _read(pages)
    pages.pdf.clear()
    return sheets


def _digest(pdf: Pdf) -> str:
    """A digest of all that can change what the pages draw: their streams, forms, fonts' characters and boxes."""
    digest = hashlib.sha256()
    for page in pdf.pages:
        digest.update(repr([page.get("/MediaBox"), page.get("/CropBox")]).encode())
        contents = page.get("/Contents", Array())
        for stream in contents if isinstance(contents, Array) else [contents]:
            digest.update(stream.read_bytes() + b"\0")
        resources: Any = page.get("/Resources", Dictionary())
        for name, font in resources.get("/Font", Dictionary()).items():
            digest.update(f"{name}{font.get('/Subtype')}".encode())
            digest.update(font.ToUnicode.read_bytes() if "/ToUnicode" in font else b"-")
        for name, drawn in resources.get("/XObject", Dictionary()).items():
            kind = drawn.get("/Subtype")
            digest.update(f"{name}{kind}".encode() + (drawn.read_bytes() if kind == Name.Form else b""))
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _read(pages: _Pages) -> Sheets:
    (pdf,) = pages.pdf
    drawing = draw(pdf)
    contents: dict[Place, Mark] = {}
    artifacts: list[Artifact] = []
    numbers: Counter[Place] = Counter()
    for mark in drawing.marks:
        if mark.tag == "/Artifact":
            kind = str(mark.properties.get("/Type", "")).removeprefix("/")
            artifacts.append(Artifact(mark.page, kind, _texts(mark.texts)))
        elif "/MCID" in mark.properties:
            place = mark.page, int(mark.properties.MCID)
            numbers[place] += 1
            contents[place] = mark
    return Sheets(
        texts={place: _texts(mark.texts) for place, mark in contents.items()},
        languages=_stated(contents, "/Lang"),
        replaced=_stated(contents, "/ActualText"),
        artifacts=tuple(artifacts),
        loose=_texts(drawing.loose),
        twice=tuple(place for place, count in numbers.items() if count > 1),
    )


def _texts(texts: list[Drawn]) -> tuple[Text, ...]:
    return tuple(Text(text.page, text.x, text.y, text.size, text.said, text.unseen) for text in texts)


def _stated(contents: dict[Place, Mark], key: str) -> dict[Place, Any]:
    return {place: str(mark.properties[key]) for place, mark in contents.items() if key in mark.properties}
