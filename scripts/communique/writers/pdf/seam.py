"""The only module that changes the inside of WeasyPrint: it takes the place of its tagging for our documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import pydyf

from communique.writers.pdf.boxes import RIGHT_TO_LEFT, UNSEEN, Artifact, Census, page_piece
from communique.writers.pdf.tagging import add_structure
from communique.writers.pdf.tagging.roles import Grammar

GLYPHS = re.compile(rb"<([0-9a-f]+)>")
FONT = re.compile(rb"/(\w+) \S+ Tf")


@contextmanager
def _replaced(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """While the block lasts, let each object have another value under a name."""
    before = [(place, name, getattr(place, name)) for place, name, _ in changes]
    for place, name, value in changes:
        setattr(place, name, value)
    try:
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


@contextmanager
def traced_words() -> Iterator[None]:
    """While pages are laid out, note on each text what a style or a line break made of its words."""
    inline: Any = import_module("weasyprint.layout.inline")
    text_box = import_module("weasyprint.formatting_structure.boxes").TextBox
    split, transform = inline.split_text_box, text_box.process_text_transform

    def split_text_box(context: Any, box: Any, width: Any, skip: int, is_line_start: bool = True) -> Any:
        part, resume, is_preserved = split(context, box, width, skip, is_line_start)
        if part is not None:
            _trace(box, part, skip, resume)
        return part, resume, is_preserved

    def process_text_transform(box: Any) -> None:
        plain = box.text
        transform(box)
        if box.text != plain and len(box.text) == len(plain):
            box.plain = plain

    changes = (inline, "split_text_box", split_text_box), (text_box, "process_text_transform", process_text_transform)
    with _replaced(*changes):
        yield


@contextmanager
def whole_words() -> Iterator[None]:
    """While pages are laid out, break a word only where it begins a line, as `overflow-wrap: break-word` has it.

    WeasyPrint takes every text in an element that begins a line for the beginning of the line.
    """
    inline: Any = import_module("weasyprint.layout.inline")
    split, next_line = inline.split_text_box, inline.get_next_linebox
    starts: list[float | None] = []

    def get_next_linebox(*arguments: Any) -> Any:
        starts.append(None)
        try:
            return next_line(*arguments)
        finally:
            starts.pop()

    def split_text_box(context: Any, box: Any, width: Any, skip: int, is_line_start: bool = True) -> Any:
        if starts and starts[-1] is None:
            starts[-1] = box.position_x
        begins = is_line_start and (not starts or box.position_x <= (starts[-1] or 0))
        return split(context, box, width, skip, begins)

    with _replaced((inline, "split_text_box", split_text_box), (inline, "get_next_linebox", get_next_linebox)):
        yield


@contextmanager
def kept_notes() -> Iterator[None]:
    """While pages are laid out, never let a line stay on a page by sending its notes to the next.

    WeasyPrint does so for a line that has just begun to overflow, and forgets the notes of that line: they are lost.
    In columns it does not, so lines are laid out as if they stood in one.
    """
    block: Any = import_module("weasyprint.layout.block")
    lay_out = block._linebox_layout

    def _linebox_layout(context: Any, *arguments: Any) -> Any:
        return lay_out(_InColumn(context) if context.current_page_footnotes else context, *arguments)

    with _replaced((block, "_linebox_layout", _linebox_layout)):
        yield


class _InColumn:
    """The layout's context, to all appearances in a column."""

    in_column = True

    def __init__(self, context: Any) -> None:
        object.__setattr__(self, "_context", getattr(context, "_context", context))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._context, name, value)


def _trace(box: Any, part: Any, skip: int, resume: int | None) -> None:
    """Note on the part of a text that fills one line how it was cut from the whole: bytes `skip` to `resume`."""
    whole = box.text.encode()
    before, rest = whole[:skip].decode(), whole[skip:resume].decode()
    hyphen = box.style["hyphenate_character"]
    part.follows_space = before[-1:].isspace()
    part.loses_space = rest.startswith(part.text) and rest[len(part.text) :].isspace()
    part.is_hyphenated = part.text.endswith(hyphen) and not rest.startswith(part.text)
    if hasattr(box, "plain"):
        length = len(part.text) - (len(hyphen) if part.is_hyphenated else 0)
        part.plain = box.plain[len(before) : len(before) + length]


@contextmanager
def own_tagging(document: Any, grammar: Grammar) -> Iterator[None]:
    """While the document is written, mark its content and build its structure tree our way."""
    module: Any = import_module("weasyprint.pdf")
    census = Census()
    for page in document.pages:
        census.take(page._page_box)
        page.links = [link for link in page.links if census.is_link(link[3])]
        page.bookmarks = [(level, label.translate(UNSEEN), *rest) for level, label, *rest in page.bookmarks]

    def add_tags(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
        pages = zip(document.pages, streams, strict=True)
        pieces = (page_piece(page, stream._tags, census) for page, stream in pages)
        add_structure(pdf, pieces, document.metadata.lang or "", grammar)

    with _replaced((module, "Stream", _stream_class(module.Stream, census)), (module, "add_tags", add_tags)):
        yield


@contextmanager
def spelt_out(document: Any) -> Iterator[None]:
    """While the document is written untagged, say what a text reads as where its glyphs do not (14.9.4)."""
    module: Any = import_module("weasyprint.pdf")
    census = Census()
    for page in document.pages:
        census.take(page._page_box)
    with _replaced((module, "Stream", _spelling_class(module.Stream, census))):
        yield


def _spelling_class(stock: Any, census: Census) -> Any:
    """The content stream of an untagged page, which marks a text only if its glyphs do not say its words."""

    class Stream(stock):  # type: ignore[misc]
        @contextmanager
        def marked(self, box: Any, tag: str) -> Iterator[None]:  # noqa: ARG002
            meant = census.meant(box).strip() if hasattr(box, "pango_layout") else ""
            before = len(self.stream)
            self.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(meant)}))
            start = len(self.stream)
            yield
            is_turned = RIGHT_TO_LEFT.search(meant) is not None  # Readers would turn it again.
            if is_turned or not meant or _read_back(self, start).strip() == meant.translate(UNSEEN):
                del self.stream[before:start]
            else:
                self.end_marked_content()

    return Stream


def _stream_class(stock: Any, census: Census) -> Any:
    """The content stream of a page, which marks what is drawn as content or as artifact (14.8.2.2)."""

    class Stream(stock):  # type: ignore[misc]
        @contextmanager
        def marked(self, box: Any, tag: str) -> Iterator[None]:
            with self._mark(box, tag, census.artifacts.get(box), census.meant(box)), _complete(box, census.shown(box)):
                yield
            gap = census.gaps.get(box)
            if gap is not None:
                with self._mark(gap, tag, None, " "):
                    if box.style["direction"] == "ltr":
                        _draw_space(self, box)

        @contextmanager
        def _mark(self, source: Any, tag: str, artifact: Artifact | None, meant: str) -> Iterator[None]:
            """Mark what is drawn as an artifact, or as content that comes from `source` and reads as `meant`."""
            properties = pydyf.Dictionary(artifact or {"MCID": len(self._tags)})
            self.begin_marked_content("Artifact" if artifact else tag, properties)
            start = len(self.stream)
            if artifact is None:
                self._tags[source] = len(self._tags)
            yield
            is_turned = RIGHT_TO_LEFT.search(meant) is not None  # Its structure element says it.
            if artifact is None and not is_turned and _read_back(self, start) != meant.translate(UNSEEN):
                properties["ActualText"] = pydyf.String(meant)
            self.end_marked_content()

        @contextmanager
        def artifact(self) -> Iterator[None]:
            self.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Layout"}))
            yield
            self.end_marked_content()

        def clone(self, **options: Any) -> Any:
            """A form or pattern inside the page; its content belongs to the mark around it."""
            return super().clone(**{"tags": None, **options})

    return Stream


@contextmanager
def _complete(box: Any, shown: str) -> Iterator[None]:
    """Draw the space that ends a line or stands alone too: it keeps two words apart (14.8.2.5)."""
    layout = getattr(box, "pango_layout", None)
    if layout is None:
        yield
        return
    with _replaced((box, "text", "drawn even if blank"), (layout, "text", shown)):
        yield


def _draw_space(stream: Any, text: Any) -> None:
    """Draw a space behind a text, without the lines that may run along the text."""
    draw: Any = import_module("weasyprint.draw.text")
    place = draw.Matrix(d=-1, e=text.position_x + text.width, f=text.position_y + text.baseline)
    with _complete(text, " "):
        text.pango_layout.reactivate(text.style)
        stream.begin_text()
        draw.draw_first_line(stream, text, "clip", "none", place)
        stream.end_text()
        text.pango_layout.deactivate()


def _read_back(stream: Any, start: int) -> str:
    """The text a reader finds in the content stream from item `start` on."""
    fonts = {font.hash: font.to_unicode for font in stream._fonts.values()}
    characters: dict[int, str] = {}
    parts = []
    for item in stream.stream[start:]:
        if not isinstance(item, bytes):
            continue
        if font := FONT.fullmatch(item):
            characters = fonts[font[1].decode()]
        elif item.endswith(b"TJ"):
            codes = b"".join(GLYPHS.findall(item)).decode()
            parts += [characters.get(int(codes[at : at + 4], 16), "") for at in range(0, len(codes), 4)]
    return "".join(parts)


def broken() -> list[str]:
    """What of WeasyPrint's inside is no longer as this module knows it, one sentence each."""
    expected = {
        ("weasyprint.layout.inline", "split_text_box"): ("context", "box", "available_width", "skip", "is_line_start"),
        ("weasyprint.layout.inline", "get_next_linebox"): (
            *("context", "linebox", "position_y", "bottom_space", "skip_stack", "containing_block", "absolute_boxes"),
            *("fixed_boxes", "first_letter_style", "first_line_style"),
        ),
        ("weasyprint.layout.block", "_linebox_layout"): (
            *("context", "box", "index", "child", "new_children", "page_is_empty", "absolute_boxes", "fixed_boxes"),
            *("adjoining_margins", "bottom_space", "position_y", "skip_stack", "first_letter_style"),
            *("first_line_style", "draw_bottom_decoration", "max_lines"),
        ),
        ("weasyprint.formatting_structure.boxes", "TextBox.process_text_transform"): ("self",),
        ("weasyprint.pdf", "add_tags"): ("pdf", "document", "pdf_version", "page_streams"),
        ("weasyprint.pdf.stream", "Stream.marked"): ("self", "box", "tag"),
        ("weasyprint.pdf.stream", "Stream.artifact"): ("self",),
        ("weasyprint.pdf.stream", "Stream.clone"): ("self",),
        ("weasyprint.draw.text", "draw_first_line"): (
            *("stream", "textbox", "text_overflow", "block_ellipsis", "matrix"),
        ),
        ("weasyprint.draw.text", "draw_text"): ("stream", "textbox", "offset_x", "text_overflow", "block_ellipsis"),
    }
    return [
        f"{module}.{name} takes {found or 'no'} arguments now, not {names}."
        for (module, name), names in expected.items()
        if (found := _arguments(module, name)) != names
    ]


def _arguments(module: str, name: str) -> tuple[str, ...]:
    value: Any = import_module(module)
    for part in name.split("."):
        value = getattr(value, part, None)
    value = getattr(value, "__wrapped__", value)
    code = getattr(value, "__code__", None)
    return tuple(code.co_varnames[: code.co_argcount]) if code else ()
