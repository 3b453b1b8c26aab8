"""Reads a tagged PDF by its structure tree, as assistive technology does, and says what stands beside it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import NamedTuple

import pikepdf

from communique.checks.opening import Unreadable
from communique.checks.reading import pdf_structure
from communique.checks.reading.drawn import Drawing, draw
from communique.checks.reading.edition import Beside, Block, Edition, Fact, Grid, Part, Scribe, Where
from communique.checks.reading.numbering import BULLET
from communique.checks.reading.pdf_outline import astray
from communique.checks.reading.pdf_structure import Drawn, Element, Link, Notice, Reading
from communique.checks.reading.text import address, plain, sign

# The signs that templates/css/pdf.css puts before the items of a list.
BULLETS = ("–", "·")
_NUMBER = re.compile(r"\(?(\d+|([a-zA-Z])\2?|[ivxlcdmIVXLCDM]+)[.)]")
_RUNNING_ON = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Figure", "Em", "Strong", "Sub"})
_NOTES = frozenset({"Note", "FENote"})
_PDF_2 = "http://iso.org/pdf2/ssn"
_ROLES = {"Em": "emphasis", "Strong": "strong", "Code": "code"}
_LINES = {"LineThrough": "struck", "Underline": "underlined"}
# What the names of fonts tell where the structure cannot: before PDF 2.0 it has no element for emphasis.
_FONTS = {
    "emphasis": re.compile("italic|oblique", re.IGNORECASE),
    "strong": re.compile("bold|black|heavy", re.IGNORECASE),
    "smallcaps": re.compile("small-?caps", re.IGNORECASE),
}
_FAULTS = (AssertionError, AttributeError, KeyError, IndexError, TypeError, ValueError, RecursionError, RuntimeError)


def open_reading(content: bytes) -> Reading:
    """The structure and the drawing of a tagged PDF; Unreadable if it has none that can be followed."""
    try:
        return pdf_structure.read(content)
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise Unreadable(f"is no PDF that can be read: {error}") from error
    except _FAULTS as error:
        told = " ".join(str(error).split())[:150]
        raise Unreadable(f"has no structure tree that can be followed ({type(error).__name__}: {told})") from error


class Sheets(NamedTuple):
    """What a PDF draws, whatever structure it has, the number of its pages, and words that are not on them."""

    drawing: Drawing
    pages: int
    notices: tuple[Notice, ...]


def open_sheets(content: bytes) -> Sheets:
    """What a PDF draws; Unreadable if that cannot be followed."""
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            return Sheets(draw(file), len(file.pages), tuple(pdf_structure.notices_of(file)))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise Unreadable(f"is no PDF that can be read: {error}") from error
    except _FAULTS as error:
        told = " ".join(str(error).split())[:150]
        raise Unreadable(f"draws what cannot be followed ({type(error).__name__}: {told})") from error


def pdf(content: bytes) -> Edition:
    """What a PDF says, strictly by its structure tree."""
    return edition(open_reading(content))


def edition(reading: Reading) -> Edition:
    """What a PDF says that has been opened: running headers and page numbers stand beside it."""
    try:
        return _edition(reading)
    except _FAULTS as error:
        told = " ".join(str(error).split())[:150]
        raise Unreadable(f"has a structure tree that makes no sense ({type(error).__name__}: {told})") from error


def _edition(reading: Reading) -> Edition:
    document = _Document(reading.document)
    document.visit(reading.document)
    document.scribe.end()
    order = [note for note in reading.document.walk() if note.role in _NOTES]
    notes = tuple(document.notes.get(note.number, ()) for note in order)
    beside = (*document.beside, *_outside(reading))
    facts = tuple(_facts(reading))
    blocks, anchors = tuple(document.scribe.blocks), document.scribe.anchors
    return Edition(blocks, notes, anchors, beside, facts, reading.pages, frozenset(document.by_font))


def _outside(reading: Reading) -> Iterator[Beside]:
    """What is drawn or said outside of the structure."""
    for artifact in reading.artifacts:
        if said := plain(artifact.text):
            kind = "running" if artifact.properties.get("Type") == "/Pagination" else "artifact"
            yield Beside(kind, f"page {artifact.page + 1}", said)
    if said := plain(reading.loose):
        yield Beside("loose", "", said)
    for text in reading.unreached:
        if said := plain(text):
            yield Beside("loose", "", said)
    for entry in reading.entries:
        yield Beside("outline", f"level {entry.level}", plain(entry.words))
    yield from (Beside("astray", "outline", plain(entry.words)) for entry in astray(reading))
    for annotation in reading.notices:
        yield Beside("annotation", f"page {annotation.page + 1}", f"{annotation.kind} {annotation.words}".strip())


def _facts(reading: Reading) -> Iterator[Fact]:
    if reading.title:
        yield Fact("title", "the document's information", plain(reading.title))
    yield Fact("language", "the structure tree", reading.document.language)


def has_notes_at_foot(content: bytes) -> bool:
    """Whether the notes of a PDF stand at the foot of its pages, not in a section of their own."""
    document = pdf_structure.read(content).document
    held = [note for part in document.all("Sect") if _holds_notes(part) for note in part.walk() if note.role in _NOTES]
    return not held and any(each.role in _NOTES for each in document.walk())


def _holds_notes(element: Element) -> bool:
    """Whether an element is the section of the notes: a heading and their list."""
    lists = [child for child in element.children() if child.role == "L"]
    return element.role == "Sect" and any(_note_of(item) for each in lists for item in each.children())


def _note_of(item: Element) -> list[Element]:
    return [note for body in item.children() for note in body.children() if note.role in _NOTES]


def is_list_marker(element: Element) -> bool:
    """Whether an element is the marker that a style sheet put before a list item, with the space behind it.

    The terms of definition lists are labels (Lbl) too, but words, whatever they look like; no space ends them.
    """
    written = _written(element)
    return element.role == "Lbl" and written.endswith(" ") and is_marker(written)


def _written(element: Element) -> str:
    return element.actual if element.actual is not None else "".join(map(str, element.kids))


def is_marker(label: str) -> bool:
    """Whether a word is a bullet or a number."""
    return label.strip() in BULLETS or _NUMBER.fullmatch(label.strip()) is not None


class _Document:
    """One walk through a structure tree."""

    def __init__(self, root: Element) -> None:
        self.scribe = Scribe()
        self.language = root.language
        self.beside: list[Beside] = []
        self.notes: dict[int, tuple[Block, ...]] = {}
        order = [note for note in root.walk() if note.role in _NOTES]
        self.numbers = {note.identifier: number for number, note in enumerate(order, 1)}
        self.by_element = {note.number: number for number, note in enumerate(order, 1)}
        self.tables = 0
        self.grid = Grid(0)
        tells = any(each.namespace == _PDF_2 for each in root.walk())
        self.by_font = {look: font for look, font in _FONTS.items() if not (tells and look in _ROLES.values())}

    def visit(self, element: Element) -> None:
        """Takes down an element and all that it holds."""
        if element.role in _NOTES:
            self._note(element)
        elif _holds_notes(element):
            self._section(element)
        elif is_list_marker(element):
            marker = _written(element).strip()
            self.scribe.marker = BULLET if marker in BULLETS else marker
        elif number := self._mark(element):
            self.scribe.say(sign(number, plain(element.text())))
        else:
            self._other(element)

    def _other(self, element: Element) -> None:
        with ExitStack() as open_ones:
            if element.role not in _RUNNING_ON:
                open_ones.enter_context(self.scribe.block(self._where(element)))
            for kind, value in self._spans(element):
                open_ones.enter_context(self.scribe.span(kind, value))
            self._enter(element)
            if element.role == "Figure":
                self.scribe.picture(element.alternative)
            elif element.alternative:
                self.beside.append(Beside("alternative", element.role, element.alternative))
            if element.actual is not None:
                self.scribe.say(element.actual)
            else:
                self._kids(element)

    def _enter(self, element: Element) -> None:
        if element.role == "Table":
            self.tables += 1
            self.grid = Grid(self.tables)
        elif element.role == "TR":
            self.grid.next_row()
        elif element.role == "LI":
            self.scribe.marker = ""

    def _kids(self, element: Element) -> None:
        drawn = iter(element.drawn)
        for kid in element.kids:
            if isinstance(kid, Element) and kid.role == "Lbl" and element.role in _NOTES:
                self._number(kid, element)
            elif isinstance(kid, Element):
                self.visit(kid)
            elif isinstance(kid, str):
                self._say(kid, next(drawn, None))

    def _say(self, text: str, drawn: Drawn | None) -> None:
        """What is said, with the looks that only the fonts tell."""
        fonts = drawn.fonts if drawn is not None else ()
        with ExitStack() as opened:
            for look, pattern in self.by_font.items():
                if any(map(pattern.search, fonts)):
                    opened.enter_context(self.scribe.span(look, ""))
            self.scribe.say(text)

    def _where(self, element: Element) -> Where:
        where, role = self.scribe.where, element.role
        if role in ("TH", "TD"):
            rows, columns = (int(element.attributes.get(f"Table.{name}", 1)) for name in ("RowSpan", "ColSpan"))
            return Where(cell=self.grid.place(rows, columns, is_head=role == "TH"))
        if re.fullmatch("H[1-6]", role):
            return replace(where, part=Part.HEADING, level=int(role[1]))
        is_list = role == "L" and not any(
            child.role == "Lbl" and not is_list_marker(child) for child in _labels(element)
        )
        return replace(
            where,
            part={"Lbl": Part.TERM, "Caption": Part.CAPTION}.get(role, where.part),
            depth=where.depth + is_list,
            quoted=where.quoted or role == "BlockQuote",
        )

    def _spans(self, element: Element) -> Iterator[tuple[str, str]]:
        if element.language and element.language != self.language:
            yield "language", element.language
        if element.expansion:
            yield "expansion", plain(element.expansion)
        if element.role == "Link":
            targets = {_target(link) for link in element.links()}
            yield "link", " and ".join(sorted(targets))
            for words in dict.fromkeys(plain(link.contents) for link in element.links()):
                self.beside.append(Beside("title", f"link “{plain(element.text())[:40]}”", words))
        line = element.attributes.get("Layout.TextDecorationType")
        for look in (_ROLES.get(element.role), _LINES.get(str(line))):
            if look:
                yield look, ""

    def _mark(self, element: Element) -> int:
        """The number of the note that an element is the mark of; 0 if it is none."""
        if element.role != "Link":
            return 0
        found = {self.numbers.get(link.target) or self.by_element.get(link.element, 0) for link in element.links()}
        return found.pop() if len(found) == 1 else 0

    def _section(self, section: Element) -> None:
        """The notes at the end, each by itself; the heading above them stands beside the text."""
        for child in section.children():
            if child.role != "L":
                self.beside.append(Beside("notes", "", plain(child.text())))
                continue
            for item in child.children():
                self._item(item)

    def _item(self, item: Element) -> None:
        notes = _note_of(item)
        for part in item.children():
            if part.role == "Lbl" and notes:
                self._number(part, notes[0])
            elif set(map(id, part.children())) != set(map(id, notes)):
                self.beside.append(Beside("notes", "", plain(part.text())))
        for note in notes:
            self._note(note)

    def _number(self, label: Element, note: Element) -> None:
        shown = plain(label.text())
        if shown.strip("(). ") != str(self.by_element[note.number]):
            self.beside.append(Beside("notes", f"note {self.by_element[note.number]}", shown))

    def _note(self, note: Element) -> None:
        """What a note says, without the number before it."""
        text, self.scribe = self.scribe, Scribe()
        with ExitStack() as open_ones:
            open_ones.enter_context(self.scribe.block(Where()))
            if note.language and note.language != self.language:
                open_ones.enter_context(self.scribe.span("language", note.language))
            self._kids(note)
        self.scribe.end()
        self.notes[note.number] = tuple(self.scribe.blocks)
        self.scribe = text


def _labels(element: Element) -> list[Element]:
    return [child for item in element.children() if item.role == "LI" for child in item.children()]


def _target(link: Link) -> str:
    """An address, or "#" and the name of a place in the document."""
    is_address = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link.target) is not None
    return address(link.target if is_address else f"#{link.target}")
