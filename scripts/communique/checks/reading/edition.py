"""What an edition says, as any reader takes it down: its paragraphs in order, and what hangs on their words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from communique.checks.reading.looks import LOOKS, Stretch, passages
from communique.checks.reading.text import PICTURE, SIGN, Words, plain, unseen, words


class Part(StrEnum):
    """What a paragraph is. The first four are those of the masthead."""

    KICKER = "type"
    TITLE = "title"
    ISSUER = "issuer"
    DATE = "date"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TERM = "term"
    CAPTION = "caption"
    CODE = "code"


class Cell(NamedTuple):
    """A place in a table: all count from 1."""

    table: int
    row: int
    column: int
    is_head: bool


class Span(NamedTuple):
    """Words with what holds for them.

    `kind` is link (value: the target), expansion, language, direction, picture (the description), tooltip (of a
    picture) or a look that changes what is said, such as strong, struck, raised.
    """

    kind: str
    value: str
    words: str


@dataclass(frozen=True)
class Where:
    """What a paragraph is and stands in. `level` is that of a heading, `depth` counts the lists around."""

    part: Part = Part.PARAGRAPH
    level: int = 0
    depth: int = 0
    quoted: bool = False
    cell: Cell | None = None
    in_text: bool = True


@dataclass(frozen=True)
class Block:
    """A paragraph. `marker` is what its list puts before it, "•" for any bullet; `name` is its number (p3)."""

    where: Where
    words: Words
    spans: tuple[Span, ...] = ()
    marker: str = ""
    name: str = ""

    def of(self, kind: str) -> tuple[Span, ...]:
        """The spans of a kind, in order."""
        return tuple(span for span in self.spans if span.kind == kind)

    def unseen(self) -> Block:
        """The same without the characters that have no width."""
        spans = tuple(Span(kind, value, " ".join(unseen(words(said)))) for kind, value, said in self.spans)
        return replace(self, words=unseen(self.words), spans=spans)


class Beside(NamedTuple):
    """Words that are not of the text: `kind` says what they claim to be, `place` where they stand."""

    kind: str
    place: str
    words: str


class Fact(NamedTuple):
    """What the metadata of a file say of the edition: `kind` is title, date, issuers or language."""

    kind: str
    place: str
    value: str


@dataclass(frozen=True)
class Edition:
    """One language of a statement in one format. `anchors` leads from a name to the number of a block, from 0.

    `pages` is the number of pages, 0 where there are none; `by_font` are the looks that only the fonts tell.
    """

    blocks: tuple[Block, ...]
    notes: tuple[tuple[Block, ...], ...] = ()
    anchors: Mapping[str, int] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    facts: tuple[Fact, ...] = ()
    pages: int = 0
    by_font: frozenset[str] = frozenset()

    @property
    def words(self) -> Words:
        """All words of the text, with a sign for the mark of each note."""
        return tuple(word for word in self._all(self.blocks) if word)

    @property
    def descriptions(self) -> Words:
        """The descriptions of the pictures: those of the text, then those of the notes."""
        parts = (self.blocks, *self.notes)
        return tuple(span.value for part in parts for block in part for span in block.of("picture"))

    @property
    def note_words(self) -> tuple[Words, ...]:
        """The words of each note."""
        return tuple(tuple(word for word in self._all(note) if word) for note in self.notes)

    @property
    def said(self) -> tuple[Words, tuple[Words, ...], Words]:
        """What every format has alike: the words, those of the notes, and the descriptions of pictures."""
        return self.words, self.note_words, self.descriptions

    def unseen(self) -> Edition:
        """The same without the characters that have no width."""
        notes = tuple(tuple(block.unseen() for block in note) for note in self.notes)
        return replace(self, blocks=tuple(block.unseen() for block in self.blocks), notes=notes)

    @staticmethod
    def _all(blocks: tuple[Block, ...]) -> Iterator[str]:
        return (word.replace(PICTURE, "") for block in blocks for word in block.words)


_WITHOUT_WORDS = frozenset({"link", "picture", "tooltip"})


@dataclass
class _Open:
    kind: str
    value: str
    start: int


class Scribe:
    """Takes down what is said, paragraph by paragraph; a paragraph without words leaves no trace."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.anchors: dict[str, int] = {}
        self.where = Where()
        self.marker = ""
        self.name = ""
        self._said: list[str] = []
        self._open: list[_Open] = []
        self._spans: list[Span] = []
        self._looks: list[Stretch] = []
        self._at: Where | None = None

    def say(self, text: str) -> None:
        """Words, or signs, as they stand."""
        if self._at is None and text.strip(" \t\n\r\f"):
            self._at = self.where
        self._said.append(text)

    def picture(self, description: str, tooltip: str = "") -> None:
        """A picture that is not only decoration."""
        self.say(f" {PICTURE} ")
        self._spans.append(Span("picture", plain(description), ""))
        if plain(tooltip):
            self._spans.append(Span("tooltip", plain(tooltip), ""))

    def anchor(self, name: str) -> None:
        """A name for the paragraph that is being said, or the next."""
        self.anchors.setdefault(name, len(self.blocks))

    @contextmanager
    def span(self, kind: str, value: str) -> Iterator[None]:
        """What holds for the words said inside; a span that goes over several paragraphs is one in each."""
        opened = _Open(kind, value, len(self._said))
        self._open.append(opened)
        yield
        self._open.remove(opened)
        self._keep(opened)

    @contextmanager
    def block(self, where: Where | None = None) -> Iterator[None]:
        """A paragraph of its own, or several."""
        self.end()
        before = self.where
        self.where = where or before
        yield
        self.end()
        self.where = before

    def end(self) -> None:
        """Ends a paragraph."""
        said = words("".join(self._said))
        for opened in self._open:
            self._keep(opened)
            opened.start = 0
        if said:
            kept = [span for span in self._spans if span.words or span.kind in _WITHOUT_WORDS]
            looks = [Span(look, "", words) for look, words in passages(self._said, self._looks)]
            spans = (*kept, *looks)
            block = Block(self._at or self.where, said, spans, self.marker, self.name)
            self.blocks.append(block)
            self.marker = self.name = ""
        self._said, self._spans, self._looks, self._at = [], [], [], None

    def _keep(self, opened: _Open) -> None:
        if opened.kind in LOOKS:
            self._looks.append(Stretch(opened.kind, opened.start, len(self._said)))
            return
        said = "".join(self._said[opened.start :])
        if opened.kind != "language" or SIGN.sub("", said).strip():
            self._spans.append(Span(opened.kind, opened.value, plain(said)))


class Grid:
    """Counts the columns of a table whose cells may cover several rows and columns."""

    def __init__(self, table: int) -> None:
        self.table = table
        self.row = 0
        self._taken: set[tuple[int, int]] = set()
        self._column = 1

    def next_row(self) -> None:
        """Goes to the next row."""
        self.row += 1
        self._column = 1

    def place(self, rows: int = 1, columns: int = 1, *, is_head: bool = False) -> Cell:
        """The place of the next cell, which covers some rows and columns."""
        while (self.row, self._column) in self._taken:
            self._column += 1
        cell = Cell(self.table, self.row, self._column, is_head)
        covered = [(row, column) for row in range(min(rows, 1000)) for column in range(min(columns, 1000))]
        self._taken |= {(self.row + row, self._column + column) for row, column in covered}
        return cell
