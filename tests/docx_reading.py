"""A document with every construct, and how to read the Word file made of it without the writer's own code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from PIL import Image

from communique import document, pandoc
from communique.statement import (
    Identifier,
    Issuer,
    Place,
    Publisher,
    Reference,
    Revision,
    Rights,
    Statement,
    Subject,
    Term,
)
from communique.writers import docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
RICH = Path(__file__).with_name("rich.md")


def picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (120, 80), (20, 60, 90)).save(buffer, kind)
    return buffer.getvalue()


def statement(markdown: str, **changes: Any) -> Statement:
    language = changes.get("language", "en")
    made = Statement(
        slug="rich",
        path="rich.md",
        title="Statement on “Everything” – & More <Tags>",
        short_title="Everything & <More>",
        type="joint-statement",
        date="2023-12-15",
        language=language,
        description="All constructs & their words.",
        issuers=(Issuer("Japan"), Issuer("Côte d’Ivoire")),
        publisher=Publisher("A Mission", "https://example.org/"),
        rights=Rights("Copyright Not Evaluated", "http://rightsstatements.org/vocab/CNE/1.0/"),
        subjects=(Subject("Human rights"), Subject("Asylum")),
        places=(Place("Korea"),),
        identifiers=(Identifier("url", "https://example.org/x"),),
        terms=(Term("DPRK", "abbreviation", "Democratic"), Term("non-refoulement", "foreign", "", "fr")),
        references=(Reference("Universal Declaration", "https://example.org/217", title="A/RES/217 “(III)”"),),
        revisions=(Revision("1", "2023-12-15", "First"), Revision("2", "2024-02-01", "Second")),
        body=markdown,
        body_line=1,
        blocks=pandoc.read(markdown, language).blocks,
        media={"media/x.png": picture("PNG"), "media/y.jpg": picture("JPEG")},
    )
    return replace(made, **changes)


@cache
def rich() -> document.Document:
    return document.annotate(statement(RICH.read_text(encoding="utf-8")))


@cache
def written() -> bytes:
    return docx.write(rich())


def write(markdown: str, **changes: Any) -> bytes:
    return docx.write(document.annotate(statement(markdown, **changes)))


def part(name: str, package: bytes | None = None) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(package or written())) as parts:
        return etree.fromstring(parts.read(name))


def body(package: bytes | None = None) -> etree._Element:
    return part("word/document.xml", package)


def text(node: etree._Element) -> str:
    """What a reader of WordprocessingML sees: 17.3.3."""
    signs = {"br": "\n", "cr": "\n", "tab": "\t", "softHyphen": "\u00ad", "noBreakHyphen": "\u2011"}
    names = ((etree.QName(each).localname, each) for each in node.iter(f"{W}*"))
    return "".join(each.text or "" if name == "t" else signs.get(name, "") for name, each in names)


def paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    yield from root.iter(f"{W}p")


def paragraph(words: str, root: etree._Element | None = None) -> etree._Element:
    found = [each for each in paragraphs(body() if root is None else root) if words in text(each)]
    assert len(found) == 1, words
    return found[0]


def val(node: etree._Element, path: str) -> str | None:
    found = node.find(path.replace("w:", W))
    return None if found is None else found.get(f"{W}val")


def style(node: etree._Element) -> str | None:
    return val(node, "w:pPr/w:pStyle")


def run(words: str, root: etree._Element | None = None) -> etree._Element:
    return next(each for each in (body() if root is None else root).iter(f"{W}r") if words in text(each))


# How the words of those nodes are read that do not simply hold them; notes are read apart.
SPECIAL: dict[str, Callable[[Any], str]] = {
    "Str": str,
    "Space": lambda _: " ",
    "SoftBreak": lambda _: " ",
    "LineBreak": lambda _: " ",
    "Code": lambda content: str(content[1]),
    "CodeBlock": lambda content: f"{content[1]}\n",
    "Image": lambda _: "",
    "Note": lambda _: "",
    "LineBlock": lambda content: "\n".join(map(words_of, content)) + "\n",
    "Figure": lambda content: words_of(content[2]) + words_of(content[1]),
    "DefinitionList": lambda content: "".join(f"{words_of(term)}\n{words_of(means)}" for term, means in content),
}


def words_of(node: Any) -> str:
    """The words of blocks, as the document stage made them."""
    if isinstance(node, list | tuple):
        return "".join(map(words_of, node))
    if not isinstance(node, dict):
        return ""
    content = node.get("c")
    if node["t"] in SPECIAL:
        return SPECIAL[node["t"]](content)
    return words_of(content) + ("\n" if node["t"] in ("Para", "Plain", "Header") else "")


def notes_of(node: Any) -> Iterator[str]:
    if isinstance(node, list | tuple):
        for each in node:
            yield from notes_of(each)
    elif isinstance(node, dict):
        if node["t"] == "Note":
            yield words_of(node["c"])
        yield from notes_of(node.get("c"))


def said(root: etree._Element) -> list[str]:
    return " ".join(text(each) for each in paragraphs(root)).split()
