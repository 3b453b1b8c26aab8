"""What the text of a statement may not contain: each rule reads the elements and tells the place of each fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import unquote

from communique.master import addresses, attributes, characters
from communique.master.elements import DEPTH, Element, label
from communique.master.faults import quoted
from communique.master.words import unbroken
from communique.nodes import PARAGRAPH
from communique.statement import Block

Placed = tuple[int, str, str]
"""A fault: its offset in the source, what was found, what to write."""

Rule = Callable[[Sequence[Element], str], Iterator[Placed]]

_KNOWN = set(
    re.findall(
        r"\w+",
        "Plain Para LineBlock CodeBlock BlockQuote OrderedList BulletList DefinitionList Header HorizontalRule Table"
        " Figure Div Str Emph Underline Strong Strikeout Superscript Subscript SmallCaps Code Space SoftBreak LineBreak"
        " Link Image Note Span RawBlock RawInline",
    )
)
_TEXTS = {"Str", "Code", "CodeBlock"}
_EMPTY_FOOTNOTE = re.compile(r"^[ >]*\[\^([^\]\s]+)\]:[ \t]*$", re.MULTILINE)
_LONGEST = 1000
_DEEPEST = 5  # the title is h1, so the text has h2 to h6


def check(found: Sequence[Element], source: str) -> tuple[Placed, ...]:
    """All faults of a body."""
    return tuple(fault for rule in _RULES for fault in rule(found, source))


def _known_kinds(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    for element in found:
        if element.kind not in _KNOWN:
            yield element.offset, f"an element of an unknown kind, {element.kind}", "write this place in a simpler way"
        elif len(element.within) == DEPTH + 1:
            yield element.offset, "the text is nested too deeply", "use fewer lists and quotations within each other"


def _raw(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """Raw HTML and the like would show in one format and be lost in the others."""
    for element in found:
        if element.kind in ("RawBlock", "RawInline"):
            form, code = element.content
            what = "an HTML comment" if code.startswith("<!--") else f"raw {form.upper()} {quoted(code, 40)}"
            remedy = "write it in Markdown, as docs/master.md shows; a < of the text is written \\<"
            yield element.offset, what, "delete it" if code.startswith("<!--") else remedy


def _headings(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """The outline: it begins at level 1 or 2, goes down one level at a time, and fits below the title."""
    headings = [element for element in found if element.kind == "Header"]
    top = min(headings[0].content[0], 2) if headings else 0
    last = top - 1
    for heading in headings:
        level, words = heading.content[0], heading.label
        if not any(map(str.isalnum, words)):
            what = f"the heading {quoted(words)} has no letter or digit" if words.strip() else "a heading without words"
            yield heading.offset, what, "write the heading in words, or delete the line"
        if {"Note", "Table"} & set(heading.within):
            yield heading.offset, f"the heading {quoted(words)} in a note or table", "write it as bold text"
        yield from ((heading.offset, *fault) for fault in _misplaced(level, top, last, words))
        last = max(level, top)


def _misplaced(level: int, top: int, last: int, words: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the level of a heading, given the level of the first heading and of the one before."""
    name = f"the heading {quoted(words)}"
    if level < top:
        yield f"{name} is above the level of the first heading", f"begin it with {'#' * top}"
    elif level - top + 2 > _DEEPEST + 1:
        yield f"{name} is more than {_DEEPEST} levels deep", f"use no more than {'#' * (top + _DEEPEST - 1)}"
    elif level > last + 1:
        yield f"{name} skips a level", f"begin it with {'#' * (last + 1)}"


def _alt_texts(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """WCAG 2.2, 1.1.1: a picture says in words what it shows, or is marked as decoration."""
    for image in found:
        if image.kind != "Image":
            continue
        name = quoted(unquote(image.content[2][0]))
        is_decorative = "decorative" in image.attributes[1]
        if is_decorative and image.label.strip():
            yield image.offset, f"the decorative image {name} has alt text", "delete the text or the class .decorative"
        elif not is_decorative and not any(map(str.isalnum, image.label)):
            remedy = "write what it shows, ![like this](…), or mark it ![](…){.decorative}"
            yield image.offset, f"the image {name} has no alt text", remedy


def _links(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    identifiers = {element.attributes[0] for element in found} - {""}
    for link in found:
        if link.kind != "Link":
            continue
        target = link.content[2][0]
        name = f"the link to {quoted(target)}" if target else f"the link {quoted(link.label)}"
        if not any(map(str.isalnum, link.label)):
            yield link.offset, f"{name} has no text", "write the words to click on: [words](address)"
        if target.startswith("#"):
            # Paragraphs get their numbers when the document is made; whether p3 exists is known there.
            if target[1:] not in identifiers and not PARAGRAPH.fullmatch(target[1:]):
                remedy = "write #its-id, where a heading or block of this text has {#its-id}, or #p3 for paragraph 3"
                yield link.offset, f"{name} leads nowhere in this text", remedy
        elif verdict := addresses.link(target):
            yield link.offset, f"{name} {verdict[0]}", verdict[1]


def _table_heads(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """WCAG 2.2, 1.3.1: a table without header cells cannot be read by ear."""
    for table in found:
        if table.kind == "Table":
            rows: list[Block] = table.content[3][1]
            if not rows:
                yield table.offset, "a table without a header row", "write a first row that names the columns"


def _footnote_marks(found: Sequence[Element], source: str) -> Iterator[Placed]:
    """A mark that pandoc left in the text because no footnote has its name."""
    for element in found:
        mark = re.search(r"\[\^[^\]\s]+", element.content) if element.kind == "Str" else None
        written = re.search(rf"(?<!\\){re.escape(mark[0])}[^\]\n]*\]?", source) if mark else None
        if written:
            remedy = "define it as [^name]: text, with a name of one word and not within a footnote; or write \\[^"
            yield element.offset, f"the footnote mark {quoted(written[0])} belongs to no footnote", remedy


def _footnote_texts(found: Sequence[Element], source: str) -> Iterator[Placed]:
    """Notes without text: pandoc takes the next paragraph for that of a footnote that is empty on its own line."""
    code = {line for each in found if each.kind == "CodeBlock" for line in _lines(each, source)}
    marks = _EMPTY_FOOTNOTE.finditer(source)
    empty = [mark for mark in marks if source.count("\n", 0, mark.start()) not in code]
    for mark in empty:
        name = f"[^{mark[1]}]"
        yield mark.start(1), f"the footnote {name} has no text on its own line", f"write {name}: the text"
    for note in found:
        if note.kind == "Note" and not note.label.strip() and not empty:
            yield note.offset, "a footnote without text", "write its text, or delete its mark"


def _lines(code: Element, source: str) -> range:
    """The lines of a block of code in the source, from 0."""
    first = source.count("\n", 0, code.offset)
    return range(first, first + code.content[1].count("\n") + 1)


def _long_words(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """A word that no page can hold, and that takes hours to set."""
    for element in found:
        text = element.content if element.kind == "Str" else element.content[1] if element.kind in _TEXTS else ""
        for word in unbroken(text):
            if len(word) > _LONGEST:
                what = f"{quoted(word, 30)} has {len(word)} characters without a space, more than {_LONGEST}"
                yield element.offset, what, "put spaces into it, or leave it out"


def _hidden_characters(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    """Forbidden characters that were written as entities, such as &#x202E;."""
    for element in found:
        match element.kind:
            case "Str":
                text = element.content
            case "Code" | "CodeBlock":
                text = element.content[1]
            case "Link" | "Image":
                text = "".join(element.content[2])
            case _:
                continue
        for char in sorted(set(text)):
            if why := characters.reason(char):
                yield element.offset, f"{why[0]}, {characters.codepoint(char)}", why[1]


def _stray_fences(found: Sequence[Element], source: str) -> Iterator[Placed]:
    """A fence that pandoc took for words, as it does inside lists and where no empty line stands before it."""
    for element in found:
        if element.kind == "Str" and re.fullmatch(":{3,}", element.content):
            before = source[source.rfind("\n", 0, element.offset) + 1 : element.offset]
            if not before.strip():
                remedy = "put an empty line before it, and do not use it inside a list"
                yield element.offset, f"{element.content} would come out as a word", remedy


def _numbering(found: Sequence[Element], source: str) -> Iterator[Placed]:
    """Numbers are words: a list that counts otherwise than the source would change them."""
    places = {id(element.content): element.offset for element in found}
    for element in found:
        if element.kind != "OrderedList":
            continue
        (first, *_), items = element.content
        for number, item in enumerate(items, first):
            if not item or item[0]["t"] not in ("Plain", "Para"):
                continue
            place = places[id(item[0]["c"])]
            marker = re.search(r"([0-9]+)[.)]\s+[^\w\n]*$", source[source.rfind("\n", 0, place) + 1 : place])
            if marker and int(marker[1]) != number:
                yield place, f"the number {marker[1]} in a list would come out as {number}", f"write {number}, or #."


def _some_words(found: Sequence[Element], _source: str) -> Iterator[Placed]:
    texts = (label({"t": element.kind, "c": element.content}) for element in found if element.kind in _TEXTS)
    if not any(any(map(str.isalnum, text)) for text in texts):
        yield 0, "the text has no words", "write the statement below the second ---"


_RULES: tuple[Rule, ...] = (
    _known_kinds,
    _raw,
    _headings,
    _alt_texts,
    _links,
    attributes.identifiers,
    attributes.classes,
    attributes.pairs,
    _table_heads,
    _footnote_marks,
    _footnote_texts,
    _long_words,
    _hidden_characters,
    _stray_fences,
    _numbering,
    _some_words,
)
