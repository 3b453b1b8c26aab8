"""Blocks in Akoma Ntoso: paragraphs, lists, quotations, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from communique.nodes import Inlines
from communique.records.akoma_ntoso.elements import XML, Element, element, say, told
from communique.records.akoma_ntoso.inlines import Writing
from communique.records.akoma_ntoso.numbers import BULLET, label
from communique.statement import Block


class Blocks:
    """One walk through the blocks of a document."""

    def __init__(self) -> None:
        self.inlines = Writing(lambda blocks: list(self.all(blocks)))

    def all(self, blocks: Sequence[Block]) -> Iterator[Element]:
        """The elements of some blocks."""
        for block in blocks:
            yield from self.one(block)

    def one(self, block: Block) -> Iterator[Element]:
        """The elements of a block: one, or none if it holds nothing."""
        kind: str = block["t"]
        content: Any = block.get("c")
        match kind:
            case "Para" | "Plain":
                yield self._paragraph(content)
            case "LineBlock":
                yield self._lines(content)
            case "Header":
                yield self.heading(content, element("block", name="heading", class_=f"level-{content[0]}"))
            case "HorizontalRule":
                yield element("block", name="rule")
            case "CodeBlock":
                yield _code(content)
            case "Table":
                yield self._table(content)
            case _:
                yield from self._compound(kind, content)

    def heading(self, content: Any, made: Element) -> Element:
        """An element for a heading, with its words and its identifier."""
        _, attributes, inlines = content
        return self.inlines.fill(told(made, attributes), inlines)

    def _compound(self, kind: str, content: Any) -> Iterator[Element]:
        """What is made of other blocks."""
        match kind:
            case "Div":
                yield from self._division(content)
            case "BlockQuote":
                quoted = element("embeddedStructure", self.all(content))
                yield from [element("block", [quoted], name="quotation")] if len(quoted) else []
            case "BulletList":
                yield element("blockList", (self._item(BULLET, item) for item in content))
            case "OrderedList":
                (start, style, delimiter), items = content
                labels = (label(number, style["t"], delimiter["t"]) for number in range(start, start + len(items)))
                yield element("blockList", (self._item(*each) for each in zip(labels, items, strict=True)))
            case "DefinitionList":
                yield element("blockList", (self._entry(*entry) for entry in content), class_="definitions")
            case "Figure":
                yield self._figure(content)

    def _division(self, content: Any) -> Iterator[Element]:
        """A numbered paragraph, which is what its frame holds, or any other part of the text."""
        attributes, blocks = content
        inner = list(self.all(blocks))
        if "para" in attributes[1] and len(inner) == 1:
            yield told(inner[0], attributes)
        elif inner or attributes[0]:
            yield told(element("blockContainer", inner or [element("p")]), attributes)

    def _paragraph(self, inlines: Inlines) -> Element:
        """A paragraph; where a list is tight, the document has its number at a span around all of its words."""
        match inlines:
            case [{"t": "Span", "c": [attributes, words]}] if "para" in attributes[1]:
                return self.inlines.fill(told(element("p"), attributes), words)
        return self.inlines.fill(element("p"), inlines)

    def _lines(self, lines: list[Inlines]) -> Element:
        made = element("p", class_="lines")
        for number, line in enumerate(lines):
            if number:
                made.append(element("br"))
            self.inlines.fill(made, line)
        return made

    def _item(self, number: str, blocks: list[Block]) -> Element:
        sign = element("num")
        say(sign, number)
        return element("item", [sign, *(list(self.all(blocks)) or [element("p")])])

    def _entry(self, term: Inlines, meanings: list[list[Block]]) -> Element:
        """A term with what it means; several meanings are each a part of their own."""
        inner = [list(self.all(meaning)) for meaning in meanings]
        parts = inner[0] if len(inner) == 1 else [element("blockContainer", part) for part in inner if part]
        return element("item", [self.inlines.fill(element("heading"), term), *(parts or [element("p")])])

    def _figure(self, content: Any) -> Element:
        """A picture, then its caption."""
        attributes, (_, caption), blocks = content
        inner = [*self.all(blocks), *(self._captioned(block) for block in caption)]
        return told(element("tblock", inner, class_="figure"), attributes)

    def _captioned(self, block: Block) -> Element:
        return self.inlines.fill(element("block", name="caption"), block["c"])

    def _table(self, content: Any) -> Element:
        attributes, (_, caption), _, (_, head), bodies, (_, foot) = content
        made = told(element("table"), attributes)
        for number, block in enumerate(caption):
            if number:
                made[0].append(element("br"))
            else:
                made.append(element("caption"))
            self.inlines.fill(made[0], block["c"])
        made.extend(self._row(row, "th") for row in head)
        for _, _, inner_head, rows in bodies:
            made.extend(self._row(row, "th") for row in inner_head)
            made.extend(self._row(row, "td") for row in rows)
        made.extend(self._row(row, "td") for row in foot)
        return made

    def _row(self, row: Any, name: str) -> Element:
        return element("tr", (self._cell(cell, name) for cell in row[1]))

    def _cell(self, cell: Any, name: str) -> Element:
        attributes, _, down, across, blocks = cell
        spans = {key: str(count) for key, count in (("rowspan", down), ("colspan", across)) if count > 1}
        return told(element(name, self.all(blocks), **spans), attributes)


def _code(content: Any) -> Element:
    attributes, words = content
    made = told(element("block", name="code"), attributes)
    made.set(f"{XML}space", "preserve")
    say(made, words)
    return made
