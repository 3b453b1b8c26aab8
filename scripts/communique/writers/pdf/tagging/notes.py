"""Notes: at the end as items of a list, or at the foot of a page and read where their mark stands."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from communique.writers.pdf.tagging.roles import INLINE_ROLES, Grammar
from communique.writers.pdf.tagging.tree import Node

CALL = "footnote-call"
"""The pseudo-element that the engine puts, empty, where a note at the foot was written."""
FOOT, BACK = "doc-footnote", "doc-backlink"


def add_foot(parent: Node, element: Element, grammar: Grammar) -> Node:
    """The node of a note at the foot: below the block that refers to it (ISO 14289-1, 7.9; ISO 14289-2, 8.2.5.14)."""
    block = next(node for node in parent.chain() if node.role not in INLINE_ROLES)
    note = _named(block.add(grammar.note, element), element, "/Footnote")
    language = element.get("lang", "")
    note.language = language if language.lower() != block.current_language().lower() else ""
    return note


def add_end(item: Node, element: Element, grammar: Grammar) -> Node:
    """The node of a note at the end, in the body of its item of the list."""
    return _named(item.add("LBody").add(grammar.note, element), element, "/Endnote")


def is_label(element: Element, parent: Node) -> bool:
    """Whether an element is the number of a note at the foot, which leads back to its mark."""
    return element.get("role") == BACK and _is_foot(parent)


def is_paragraph(element: Element, parent: Node) -> bool:
    """Whether an element is a paragraph of a note at the foot; the first stands in a line with the number."""
    return element.tag == "span" and _is_foot(parent)


def _is_foot(note: Node) -> bool:
    return note.element is not None and note.element.get("role") == FOOT


def _named(note: Node, element: Element, kind: str) -> Node:
    """The note with the ID of its HTML element; PDF 2.0 also wants its kind."""
    note.identifier = element.get("id", "")
    if note.role == "FENote":
        note.attributes["FENote"] = {"NoteType": kind}
    return note
