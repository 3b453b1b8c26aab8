"""The text of a master: pandoc's tree, paragraph by paragraph, with its notes, terms and references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from communique.checks.reading import marks
from communique.checks.reading.edition import Block, Grid, Part, Scribe, Where
from communique.checks.reading.marks import Event, Run, Said
from communique.checks.reading.numbering import BULLET, label
from communique.checks.reading.text import address, plain, sign

_LOOKS = {
    "Emph": "emphasis",
    "Strong": "strong",
    "SmallCaps": "smallcaps",
    "Underline": "underlined",
    "Strikeout": "struck",
    "Superscript": "raised",
    "Subscript": "lowered",
}
_STYLES = {"LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}
_FORMS = {"OneParen": "{})", "TwoParens": "({})"}


def take(scribe: Scribe, tree: Any, keys: Mapping[str, Any]) -> tuple[tuple[Block, ...], ...]:
    """Has the scribe take down a text; the notes, each as its paragraphs, in the order of their marks."""
    headings = [node["c"][0] for node in _walk(tree) if node["t"] == "Header"]
    text = _Text(scribe.where, shift=2 - min(headings, default=2), language=keys["language"])
    text.blocks(tree)
    marks.place([each.said for each in text.lines if each.is_running], marks.marks(keys))
    for line in text.lines:
        line.dictate(scribe)
    notes = []
    for note in text.notes:
        own = Scribe()
        inner = _Text(Where(), shift=0, language=keys["language"], is_note=True)
        inner.blocks(note)
        for line in inner.lines:
            line.dictate(own)
        own.end()
        notes.append(tuple(own.blocks))
    return tuple(notes)


def _walk(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for each in node for found in _walk(each)]
    if not isinstance(node, dict):
        return []
    return [*([node] if "t" in node else []), *(found for value in node.values() for found in _walk(value))]


@dataclass
class _Line:
    """One paragraph. Terms and references are looked for in those that are `is_running`."""

    where: Where
    said: Said
    marker: str
    name: str
    anchors: list[str]
    language: str
    is_running: bool

    def dictate(self, scribe: Scribe) -> None:
        """Says the paragraph."""
        with scribe.block(self.where):
            for anchor in self.anchors:
                scribe.anchor(anchor)
            scribe.marker = self.marker or scribe.marker
            scribe.name = self.name
            opened: list[Any] = []
            if self.language:
                opened.append(scribe.span("language", self.language))
                opened[-1].__enter__()
            for event in self.said:
                _tell(scribe, event, opened)
            for span in reversed(opened):
                span.__exit__(None, None, None)


def _tell(scribe: Scribe, event: Run | Event, opened: list[Any]) -> None:
    if isinstance(event, Run):
        scribe.say(event.text)
    elif event.kind == "open":
        value = address(event.value) if event.inner == "link" else event.value
        opened.append(scribe.span(event.inner, value))
        opened[-1].__enter__()
    elif event.kind == "close":
        opened.pop().__exit__(None, None, None)
    elif event.kind == "picture":
        scribe.picture(event.value, event.inner)
    elif event.kind == "anchor":
        scribe.anchor(event.value)
    else:
        scribe.say(event.value)


@dataclass
class _Text:
    """One walk through the tree of a text, or of a note."""

    where: Where
    shift: int
    language: str
    is_note: bool = False
    lines: list[_Line] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)
    numbers: int = 0
    tables: int = 0
    marker: str = ""
    anchors: list[str] = field(default_factory=list)
    foreign: str = ""
    direction: str = ""
    is_apart: bool = False

    def blocks(self, blocks: Any) -> None:
        """Takes down blocks, one after another."""
        for block in blocks:
            getattr(self, f"_{block['t'].lower()}", self._nothing)(block.get("c"))

    def _nothing(self, content: Any) -> None:
        """A rule says nothing."""

    def _line(self, said: Said, where: Where | None = None, *, is_running: bool = False, name: str = "") -> None:
        foreign = self.foreign if self.foreign != self.language else ""
        said = [Event("open", self.direction, "direction"), *said, Event("close")] if self.direction else said
        line = _Line(where or self.where, said, self.marker, name, self.anchors, foreign, is_running)
        self.lines.append(line)
        if any(not isinstance(each, Run) or each.text.strip() for each in said):
            self.marker = ""
        self.anchors = []

    def _para(self, content: Any) -> None:
        counts = not self.is_note and not self.is_apart
        self.numbers += counts
        self._line(self._inlines(content), is_running=counts, name=f"p{self.numbers}" * counts)

    _plain = _para

    def _lineblock(self, content: Any) -> None:
        counts = not self.is_note and not self.is_apart
        self.numbers += counts
        said: Said = []
        for line in content:
            said += [*self._inlines(line), Event("break", "\n")]
        self._line(said, is_running=counts, name=f"p{self.numbers}" * counts)

    def _codeblock(self, content: Any) -> None:
        self._named(content[0])
        said: Said = [Event("code", content[1])]
        self._line(self._set(content[0], said), replace(self.where, part=Part.CODE))

    def _header(self, content: Any) -> None:
        level, attributes, inlines = content
        self._named(attributes)
        said = self._set(attributes, self._inlines(inlines))
        self._line(said, replace(self.where, part=Part.HEADING, level=level + self.shift))

    def _named(self, attributes: Any) -> None:
        if attributes[0]:
            self.anchors.append(attributes[0])

    def _blockquote(self, content: Any) -> None:
        self._inside(content, replace(self.where, quoted=True))

    def _inside(self, blocks: Any, where: Where) -> None:
        before, self.where = self.where, where
        self.blocks(blocks)
        self.where = before

    def _div(self, content: Any) -> None:
        self._named(content[0])
        before = self.foreign, self.direction
        told = dict(content[0][2])
        self.foreign, self.direction = told.get("lang", before[0]), told.get("dir", before[1])
        self.blocks(content[1])
        self.foreign, self.direction = before

    def _bulletlist(self, content: Any) -> None:
        for item in content:
            self._item(item, BULLET)

    def _orderedlist(self, content: Any) -> None:
        (start, style, delimiter), items = content
        for number, item in enumerate(items, start):
            self._item(item, label(number, _STYLES.get(style["t"], "1"), _FORMS.get(delimiter["t"], "{}.")))

    def _item(self, blocks: Any, marker: str) -> None:
        self.marker = marker
        self._inside(blocks, replace(self.where, depth=self.where.depth + 1))
        self.marker = ""

    def _definitionlist(self, content: Any) -> None:
        for term, meanings in content:
            self._line(self._inlines(term), replace(self.where, part=Part.TERM))
            for meaning in meanings:
                self.blocks(meaning)

    def _figure(self, content: Any) -> None:
        self._named(content[0])
        apart, self.is_apart = self.is_apart, True
        self.blocks(content[2])
        self._inside(content[1][1], replace(self.where, part=Part.CAPTION))
        self.is_apart = apart

    def _table(self, content: Any) -> None:
        attributes, caption, _, (_, head), bodies, (_, foot) = content
        self._named(attributes)
        self.tables += 1
        apart, self.is_apart = self.is_apart, True
        self._inside(caption[1], replace(self.where, part=Part.CAPTION))
        grid = Grid(self.tables)
        rows = [(row, True) for row in head]
        for _, _, inner_head, inner in bodies:
            rows += [*((row, True) for row in inner_head), *((row, False) for row in inner)]
        for row, is_head in [*rows, *((row, False) for row in foot)]:
            grid.next_row()
            for _, _, down, across, blocks in row[1]:
                cell = grid.place(down, across, is_head=is_head)
                self._inside(blocks, Where(cell=cell))
        self.is_apart = apart

    def _inlines(self, inlines: Any, *, in_link: bool = False) -> Said:
        said: Said = []
        for node in inlines:
            for each in self._inline(node["t"], node.get("c"), in_link):
                if isinstance(each, Run) and said and isinstance(said[-1], Run):
                    said[-1] = Run(said[-1].text + each.text, in_link)
                else:
                    said.append(each)
        return said

    def _inline(self, kind: str, content: Any, in_link: bool) -> Said:
        said: Said
        match kind:
            case "Str":
                said = [Run(content, in_link)]
            case "Space" | "SoftBreak":
                said = [Run(" ", in_link)]
            case "LineBreak":
                said = [Event("break", "\n")]
            case "Code":
                said = self._set(content[0], [Event("open", "", "code"), Event("code", content[1]), Event("close")])
            case "Math" | "RawInline":
                said = [Event("code", content[1])]
            case "Note":
                self.notes.append(content)
                said = [Event("note", sign(len(self.notes)))]
            case "Image":
                said = [] if "decorative" in content[0][1] else [_picture(content)]
            case "Link":
                inner = self._set(content[0], self._inlines(content[1], in_link=True))
                said = [*_anchored(content[0]), Event("open", content[2][0], "link"), *inner, Event("close")]
            case "Span":
                said = self._span(content, in_link)
            case _:
                said = self._look(kind, content, in_link)
        return said

    def _look(self, kind: str, content: Any, in_link: bool) -> Said:
        """Emphasis and the like, which part the runs."""
        inner = self._inlines(content if isinstance(content, list) else [], in_link=in_link)
        look = _LOOKS.get(kind)
        return [Event("open", "", look), *inner, Event("close")] if look else [Event("edge"), *inner, Event("edge")]

    def _span(self, content: Any, in_link: bool) -> Said:
        inner = self._set(content[0], self._inlines(content[1], in_link=in_link))
        if "mark" in content[0][1]:
            inner = [Event("open", "", "marked"), *inner, Event("close")]
        return [*_anchored(content[0]), Event("edge"), *inner, Event("edge")]

    def _set(self, attributes: Any, inner: Said) -> Said:
        """A passage with the language and the direction that its attributes give it."""
        told = dict(attributes[2])
        if told.get("lang", self.language) != self.language:
            inner = [Event("open", told["lang"], "language"), *inner, Event("close")]
        return [Event("open", told["dir"], "direction"), *inner, Event("close")] if "dir" in told else inner


def _picture(image: Any) -> Event:
    """A picture with its description; its title is what a pointer shows."""
    return Event("picture", _described(image), plain(dict(image[0][2]).get("title", image[2][1])))


def _described(image: Any) -> str:
    """The description of a picture: its alt, or else its words."""
    told = dict(image[0][2])
    return plain(told["alt"]) if "alt" in told else plain(_text(image[1]))


def _text(inlines: Any) -> str:
    return "".join(map(_own, _walk(inlines)))


def _own(node: dict[str, Any]) -> str:
    """What a node says by itself, without those in it."""
    if node["t"] == "Code":
        return str(node["c"][1])
    return str(node["c"]) if node["t"] == "Str" else " " if node["t"] in ("Space", "SoftBreak", "LineBreak") else ""


def _anchored(attributes: Any) -> Said:
    return [Event("anchor", attributes[0])] if attributes[0] else []
