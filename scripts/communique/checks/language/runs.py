"""The runs of text of each format with the language in which they are marked, in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from communique.checks.opening import Element
from communique.checks.reading import pdf_structure

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INLINE = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark"),
        *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
    }
)
_SILENT = frozenset({"head", "script", "style", "template"})
_NOTE_MARKS = frozenset({"Reference", "Link"})
"""What the mark of a note is in a PDF/UA-1 and in a PDF/UA-2."""
_NUMBER = re.compile(r"\(?([0-9]+|[a-zA-Z]|[ivxlcIVXLC]+)[.)]?")
_BLOCKS = frozenset(
    {"P", "H", "Lbl", "LBody", "TH", "TD", "Caption", "LI", "L", "Div", "Note", "FENote", "Aside", "Title"}
)


@dataclass(frozen=True)
class Run:
    """Words in one language, as they are marked. `direction` is rtl, ltr, auto or "" where the format says nothing."""

    language: str
    text: str
    place: str
    direction: str = ""


def of_page(root: Element, place: str) -> Iterator[Run]:
    """The runs of a web page or of a page of an EPUB, without the marks of notes; `place` goes before the line."""
    languages, directions, silent = [""], [""], 0
    pieces: list[str] = []
    opened = ("", "", "")
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
        is_silent = name in _SILENT or (bool(name) and element.get("role") == "doc-noteref")
        if event == "start":
            silent += is_silent
            said = element.get("lang", element.get(XML_LANG)) if name else None
            languages.append(languages[-1] if said is None else str(said))
            told = str(element.get("dir", "")).lower() if name else ""
            directions.append(told or ("auto" if name == "bdi" else directions[-1]))
            text = element.text if name else ""
        else:
            silent -= is_silent
            languages.pop()
            directions.pop()
            text = element.tail
        here = (languages[-1], directions[-1], f"{place}{element.sourceline or 0}")
        if pieces and (here[:2] != opened[:2] or (name and name not in _INLINE)):
            yield Run(opened[0], "".join(pieces), opened[2], opened[1])
            pieces = []
        if text and not silent:
            opened = opened if pieces else here
            pieces.append(text)
    if pieces:
        yield Run(opened[0], "".join(pieces), opened[2], opened[1])


def of_pdf(document: pdf_structure.Element, language: str) -> Iterator[Run]:
    """The runs of a PDF by its structure tree; `language` is that of the catalog."""
    pieces: list[tuple[str, str]] = []
    for tag, text, ends in _pieces(document, language):
        if pieces and (ends or tag != pieces[-1][0]):
            yield Run(pieces[0][0], "".join(said for _, said in pieces), "")
            pieces = []
        if text:
            pieces.append((tag, text))
    if pieces:
        yield Run(pieces[0][0], "".join(said for _, said in pieces), "")


def _pieces(element: pdf_structure.Element, language: str) -> Iterator[tuple[str, str, bool]]:
    """Language, text, and whether a block begins or ends here; numbers of lists and marks of notes are no text."""
    tag = element.language or language
    is_block = element.role in _BLOCKS or re.fullmatch(r"H[1-9]", element.role) is not None
    if is_block:
        yield tag, "", True
    if element.actual is not None:
        yield tag, element.actual, False
    elif not _is_number(element):
        for kid in element.kids:
            if isinstance(kid, pdf_structure.Element):
                yield from _pieces(kid, tag)
            elif isinstance(kid, str):
                yield tag, kid, False
    if is_block:
        yield tag, "", True


def _is_number(element: pdf_structure.Element) -> bool:
    """Whether it is the number of an item of a list, or the mark of a note."""
    said = element.text().strip()
    return (element.role == "Lbl" and _NUMBER.fullmatch(said) is not None) or (
        element.role in _NOTE_MARKS and said.isdecimal()
    )
