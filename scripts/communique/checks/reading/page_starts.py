"""Reads from a tagged PDF with which letter of its text each page begins, as its structure tree has the order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from communique.checks import opening
from communique.checks.opening import Unreadable
from communique.checks.reading.letters import BREAK, PICTURE, Row, Text

_BLOCKS = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl", "LBody", "TH", "TD", "Caption", "L", "Div"})
_NUMBERED = frozenset({"Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha", "Ordered"})
_NOTES = frozenset({"Note", "FENote"})
_SECTIONS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_CODES = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>")
_DEEPEST = 200
_XMP_ID = "{http://ns.adobe.com/xap/1.0/mm/}InstanceID"


@dataclass(frozen=True)
class Page:
    """A page: the label printed on it, and the number of the first letter on it; None if it holds no running text."""

    label: str
    first: int | None


@dataclass(frozen=True)
class Pages:
    """The pages of a PDF, its text in reading order, and the identifier that the file has for itself.

    `notes_at_foot`: the text is without the notes, which stand at the foot of pages.
    """

    identifier: str
    pages: tuple[Page, ...]
    text: Text
    notes_at_foot: bool


def read(path: Path) -> Pages:
    """The pages of a tagged PDF."""
    with opening.pdf(path) as pdf:
        try:
            return _read(pdf)
        except (pikepdf.PdfError, LookupError, AttributeError, TypeError, ValueError, RecursionError) as error:
            raise Unreadable(f"its structure cannot be read: {type(error).__name__}: {error}") from error


def _read(pdf: pikepdf.Pdf) -> Pages:
    if "/StructTreeRoot" not in pdf.Root:
        raise Unreadable("has no structure tree")
    contents = _Contents({}, {})
    for number, page in enumerate(pdf.pages):
        contents.take(number, page)
    tree = _Tree({page.objgen: number for number, page in enumerate(pdf.pages)}, contents.marks)
    row, begins = Row(), dict[int, list[int]]()
    for page_number, text in tree.below(pdf.Root.StructTreeRoot, -1, "", 0):
        before = len(row)
        row.add(text)
        if len(row) > before and page_number >= 0:
            begins.setdefault(page_number, []).append(before)
    labels = [_printed(page.label, contents.footers.get(number, "")) for number, page in enumerate(pdf.pages)]
    pages = tuple(map(Page, labels, _firsts([begins.get(number, []) for number in range(len(labels))])))
    return Pages(_identifier(pdf), pages, Text.of(row), tree.has_foot)


def _firsts(begins: list[list[int]]) -> Iterator[int | None]:
    """The first letter of each page that does not stand before the page in front of it, as a late table head does."""
    last = 0
    for numbers in begins:
        first = min((number for number in numbers if number >= last), default=None)
        last = last if first is None else first
        yield first


def _printed(label: str, footer: str) -> str:
    """The label that a reader sees: the PDF's own if it is printed, or if nothing is, else the first word printed."""
    words = footer.split()
    return label if label in words or not words else words[0]


def _identifier(pdf: pikepdf.Pdf) -> str:
    """What the XMP packet gives as the identifier of this very file."""
    packet = opening.xml(pdf.Root.Metadata.read_bytes(), "its XMP packet")
    found = [str(each.text or "") for each in packet.iter(_XMP_ID)]
    found += [str(each.get(_XMP_ID)) for each in packet.iter() if each.get(_XMP_ID)]
    return found[0].strip() if found else ""


@dataclass(frozen=True)
class _Contents:
    """The text of all marked content by page and number, and what stands at the bottom of each page."""

    marks: dict[tuple[int, int], str]
    footers: dict[int, str]

    def take(self, number: int, page: pikepdf.Page) -> None:
        """Read one page."""
        fonts = {name: _characters(font) for name, font in page.resources.get("/Font", Dictionary()).items()}
        current: dict[str, str] = {}
        open_marks: list[tuple[Any, list[str]]] = []
        for instruction in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf TJ Tj"):
            operands, name = instruction.operands, str(instruction.operator)
            if name in ("BDC", "BMC"):
                open_marks.append((operands[1] if len(operands) > 1 else Dictionary(), []))
            elif name == "EMC":
                self._close(number, *open_marks.pop())
            elif name == "Tf":
                current = fonts[str(operands[0])]
            elif open_marks:
                open_marks[-1][1].append(_decoded(operands[0], current))

    def _close(self, page: int, properties: Any, texts: list[str]) -> None:
        if isinstance(properties, Name):
            raise Unreadable("names the properties of its marked content elsewhere, which is not read here")
        text = str(properties.get("/ActualText", "".join(texts)))
        if "/MCID" in properties:
            self.marks[page, int(properties.MCID)] = text
        elif properties.get("/Subtype") == Name.Footer:
            self.footers[page] = self.footers.get(page, "") + text


class _Tree:
    """Walks a structure tree."""

    def __init__(self, pages: dict[Any, int], marks: dict[tuple[int, int], str]) -> None:
        self._pages, self._marks = pages, marks
        self.has_foot = False

    def below(self, entry: Any, page: int, numbering: str, depth: int) -> Iterator[tuple[int, str]]:
        """The texts of an element with the numbers of their pages, from 0, but for labels and notes at the foot."""
        if depth > _DEEPEST:
            raise Unreadable("its structure tree is too deep, or bites its own tail")
        page = self._pages[entry.Pg.objgen] if "/Pg" in entry else page
        role = str(entry.get("/S", ""))[1:]
        numbering = _numbering(entry) if role == "L" else numbering
        texts = list(self._inside(entry, page, numbering, depth, role))
        if "/ActualText" in entry:
            texts = [(texts[0][0] if texts else page, str(entry.ActualText))]
        if role == "Lbl" and (numbering in _NUMBERED or not any(map(str.isalnum, "".join(text for _, text in texts)))):
            return
        yield from [(-1, BREAK), *texts, (-1, BREAK)] if role in _BLOCKS else texts

    def _inside(self, entry: Any, page: int, numbering: str, depth: int, role: str) -> Iterator[tuple[int, str]]:
        kids = entry.get("/K", Array())
        kids = list(kids) if isinstance(kids, Array) else [kids]
        for kid in kids:
            if not isinstance(kid, Dictionary) or kid.get("/Type") == Name.MCR:
                place, text = self._mark(kid, page)
                yield place, PICTURE if role == "Figure" else text
            elif kid.get("/Type") == Name.OBJR:
                continue
            elif str(kid.get("/S", ""))[1:] in _NOTES and not (role == "LBody" and len(kids) == 1):
                self.has_foot = True
            else:
                yield from self.below(kid, page, numbering, depth + 1)

    def _mark(self, kid: Any, page: int) -> tuple[int, str]:
        """The page and the text of marked content."""
        if not isinstance(kid, Dictionary):
            return page, self._marks[page, int(kid)]
        place = self._pages[kid.Pg.objgen] if "/Pg" in kid else page
        return place, self._marks[place, int(kid.MCID)]


def _numbering(entry: Any) -> str:
    """How a list says that it is numbered (ISO 32000-1, 14.8.5.5)."""
    groups = entry.get("/A", Array())
    groups = list(groups) if isinstance(groups, Array) else [groups]
    return next((str(group.ListNumbering)[1:] for group in groups if "/ListNumbering" in group), "")


def _characters(font: Any) -> dict[str, str]:
    """From the code of a glyph, four hexadecimal digits, to its text."""
    pairs = (pair for part in _SECTIONS.findall(font.ToUnicode.read_bytes()) for pair in _CODES.findall(part))
    return {code.decode().lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _decoded(operand: Any, characters: dict[str, str]) -> str:
    strings = operand if isinstance(operand, Array) else [operand]
    codes = b"".join(bytes(item) for item in strings if isinstance(item, pikepdf.String)).hex()
    return "".join(characters[codes[at : at + 4]] for at in range(0, len(codes), 4))
