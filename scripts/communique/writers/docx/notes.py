"""Notes whose marks stand in another language: pandoc gives them that of the mark, and they have that of the edition.

So have they in the other formats, where all notes stand together. One that is foreign itself says so inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

from communique import nodes
from communique.language import direction
from communique.statement import Block
from communique.writers.docx.ooxml import Element, find, remove, value, w

_ATTRIBUTED = frozenset({"Div", "Span", "Link", "Image", "Code", "CodeBlock", "Table", "Figure"})
Speech = tuple[str, str]
"""A language and its direction."""


def at_home(blocks: Sequence[Block], language: str) -> list[Block]:
    """The blocks of an edition, with each note inside a foreign passage marked with the language of the edition."""
    home = language, direction(language)
    return [_at_home(block, home, home) for block in blocks]


def _at_home(node: Any, home: Speech, around: Speech) -> Any:
    if isinstance(node, (list, tuple)):
        return [_at_home(each, home, around) for each in node]
    if not isinstance(node, dict):
        return node
    if node.get("t") != "Note":
        spoken = _spoken(node, around)
        return {key: _at_home(value, home, spoken) for key, value in node.items()}
    content = _at_home(node["c"], home, home)
    marked = [nodes.div(nodes.attr(lang=home[0], dir=home[1]), content)]
    return {"t": "Note", "c": content if around == home else marked}


def _spoken(node: dict[str, Any], around: Speech) -> Speech:
    """What is spoken inside a node: what it names, else what is spoken around it."""
    kind = node.get("t")
    if kind not in _ATTRIBUTED and kind != "Header":
        return around
    told = dict(node["c"][1 if kind == "Header" else 0][2])
    language = told.get("lang", around[0])
    return language, told.get("dir") or (direction(language) if "lang" in told else around[1])


def join_numbers(root: Element) -> None:
    """Puts the number of each such note into its first paragraph: pandoc gives it one of its own before a division."""
    for note in find(root, "w:footnote"):
        first, second = [*note, None, None][:2]
        if first is None or second is None or second.tag != w("p") or _says_more(first):
            continue
        if find(second, "w:pPr/w:numPr") or value(second, "w:pPr/w:pStyle") != value(first, "w:pPr/w:pStyle"):
            continue
        place = len(find(second, "w:pPr"))
        second[place:place] = [*find(first, "w:r"), _space()]
        remove(first)


def _space() -> Element:
    """The space behind a number, which pandoc leaves out before a division."""
    run = etree.Element(w("r"))
    words = etree.SubElement(run, w("t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = " "
    return run


def _says_more(paragraph: Element) -> bool:
    """Whether a paragraph of a note has more than the note's number."""
    words = "".join(each.text or "" for each in find(paragraph, ".//w:t")).strip()
    return bool(words) or not find(paragraph, "w:r/w:footnoteRef") or bool(find(paragraph, ".//w:drawing"))
