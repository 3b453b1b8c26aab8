"""Paragraphs and runs as they are read: their words, their place, and their look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from communique.checks.docx.package import Story, W, Word, on, value
from communique.checks.docx.styles import Styles
from communique.checks.opening import Element

PICTURE = "\ufffc"
"""What stands in a text for a picture or an object."""

_SIGNS = {f"{W}{name}": PICTURE for name in ("drawing", "pict", "object")}
_SIGNS |= {f"{W}tab": "\t", f"{W}cr": "\n", f"{W}softHyphen": "\u00ad", f"{W}noBreakHyphen": "\u2011", f"{W}ptab": "\t"}
_SHOWN = {f"{W}{name}" for name in ("footnoteReference", "endnoteReference", "sym")}
_SHOWN |= {f"{W}{name}" for name in ("fldChar", "fldSimple", "instrText", "footnoteRef", "endnoteRef", "sdt")}
_HEADING = re.compile(r"heading ([1-9])")
VERBATIM = frozenset({"source code", "line block", "html preformatted", "plain text", "macro"})
"""Names of styles whose spaces and lines are part of the text."""


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look."""

    element: Element
    paragraph: Paragraph

    @cached_property
    def text(self) -> str:
        """Its words; a tab is "\\t", the end of a line "\\n", that of a page "\\f"."""
        return "".join(_text(each) for each in self.element)

    def says(self, name: str) -> Element | None:
        """A property of the run, as it stands after all styles."""
        direct = self.element.find(f"{W}rPr/{W}{name}")
        if direct is not None:
            return direct
        styles = self.paragraph.styles
        path = f"{W}rPr/{W}{name}"
        by_style = styles.of_chain(value(self.element.find(f"{W}rPr/{W}rStyle")), path)
        return by_style if by_style is not None else self.paragraph.says_of_runs(name)

    @property
    def size(self) -> float:
        """Its size in points."""
        return int(value(self.says("sz")) or 20) / 2

    @property
    def bold(self) -> bool:
        """Whether it is bold."""
        return on(self.says("b"))

    @property
    def hidden(self) -> bool:
        """Whether it is there and cannot be seen (17.3.2.41)."""
        return on(self.says("vanish"))

    @property
    def verbatim(self) -> bool:
        """Whether its spaces are part of the text, as in code."""
        return self.paragraph.styles.name(value(self.element.find(f"{W}rPr/{W}rStyle"))).startswith("verbatim")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a story; `number` counts from 1 within it."""

    story: Story
    number: int
    element: Element
    styles: Styles

    @property
    def place(self) -> str:
        """Where it stands."""
        return f"{self.story.part} paragraph {self.number}"

    @property
    def opening(self) -> str:
        """Its first words, for a message."""
        words = " ".join(self.text.replace(PICTURE, "").split())
        return words if len(words) <= 50 else f"{words[:49]}…"

    @cached_property
    def runs(self) -> list[Run]:
        """Its runs, those of links and fields among them, without those of text boxes in it."""
        runs = self.element.iter(f"{W}r")
        return [Run(run, self) for run in runs if next(run.iterancestors(f"{W}p")) is self.element]

    @cached_property
    def text(self) -> str:
        """All its words."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def style(self) -> str:
        """The identifier of its style."""
        return value(self.element.find(f"{W}pPr/{W}pStyle")) or self.styles.default("paragraph")

    @cached_property
    def style_name(self) -> str:
        """What Word calls its style, in lower case."""
        return self.styles.name(self.style)

    def says(self, name: str) -> Element | None:
        """A property of the paragraph, as it stands after all styles."""
        direct = self.element.find(f"{W}pPr/{W}{name}")
        if direct is not None:
            return direct
        found = self.styles.of_chain(self.style, f"{W}pPr/{W}{name}")
        return found if found is not None else self.styles.default_property("pPr", name)

    def says_of_runs(self, name: str) -> Element | None:
        """A property of its runs, where they do not say otherwise."""
        path = f"{W}rPr/{W}{name}"
        found = self.styles.of_chain(self.style, path)
        table = self.table
        if found is None and table is not None:
            style = value(table.find(f"{W}tblPr/{W}tblStyle")) or self.styles.default("table")
            found = self.styles.of_chain(style, path)
        return found if found is not None else self.styles.default_property("rPr", name)

    @cached_property
    def level(self) -> int | None:
        """Its level as a heading (17.3.1.20), 0 for the title, None for what is no heading."""
        if self.style_name == "title":
            return 0
        stated = value(self.says("outlineLvl"))
        if stated.isdigit():
            return int(stated) + 1 if int(stated) < 9 else None
        named = _HEADING.fullmatch(self.style_name)
        return int(named[1]) if named else None

    @cached_property
    def list(self) -> str:
        """The number of the list that it is an item of; "" if it is none (17.9.18)."""
        found = self.says("numPr")
        number = "" if found is None else value(found.find(f"{W}numId"))
        return "" if number == "0" else number

    @cached_property
    def cell(self) -> Element | None:
        """The cell of a table that it stands in."""
        return next(self.element.iterancestors(f"{W}tc"), None)

    @cached_property
    def table(self) -> Element | None:
        """The innermost table that it stands in."""
        return next(self.element.iterancestors(f"{W}tbl"), None)

    @cached_property
    def blank(self) -> bool:
        """Whether nothing of it is seen or read, no rule and no picture either."""
        if self.text.strip("\n\t ") or "\f" in self.text or self.element.find(f"{W}pPr/{W}sectPr") is not None:
            return False
        if self.says("pBdr") is not None:
            return False
        return not any(each.tag in _SHOWN for each in self.element.iter(*_SHOWN))

    @property
    def verbatim(self) -> bool:
        """Whether its spaces and lines are part of the text, as in code and verse."""
        return self.style_name in VERBATIM


def _text(node: Element) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == f"{W}br":
        return "\n" if node.get(f"{W}type", "textWrapping") == "textWrapping" else "\f"
    return _SIGNS.get(str(node.tag), "")


@dataclass(frozen=True)
class Reading:
    """A Word file, read."""

    word: Word
    styles: Styles
    paragraphs: list[Paragraph]

    def of_text(self) -> Iterator[Paragraph]:
        """The paragraphs of the document itself."""
        return (each for each in self.paragraphs if each.story.kind == "document")


def read(word: Word) -> Reading:
    """The reading of a Word file."""
    styles = Styles(word)
    found = [
        Paragraph(story, number, element, styles)
        for story in word.stories
        for number, element in enumerate(_spoken(story.root), 1)
    ]
    return Reading(word, styles, found)


def _spoken(root: Element) -> Iterator[Element]:
    """The paragraphs of a story, without the lines that part the notes from the text (17.11.1)."""
    for element in root.iter(f"{W}p"):
        notes = (note.get(f"{W}type") for note in element.iterancestors(f"{W}footnote", f"{W}endnote"))
        if next(notes, None) is None:
            yield element
