"""What a link annotation says of itself (ISO 14289-1, 7.18.5), and what it joins (ISO 14289-2, 8.2.5.8, 8.2.5.14)."""

from __future__ import annotations

from typing import Any

import pydyf

from communique.writers.pdf.tagging import roles
from communique.writers.pdf.tagging.tree import Annotation, Node, Structure


def describe_links(document: Node) -> None:
    """Give each link annotation its Contents: the link's label, title or words."""
    for node in document.walk():
        if node.role == "Link":
            label = _label(node)
            for kid in node.kids:
                if isinstance(kid, Annotation):
                    _describe(kid.entry, label)


def _describe(annotation: Any, label: str) -> None:
    left, first, right, second = annotation["Rect"]
    annotation["Rect"] = pydyf.Array([left, min(first, second), right, max(first, second)])
    if label:
        annotation["Contents"] = pydyf.String(label)


def _label(link: Node) -> str:
    """The accessible name of a link, as HTML defines it: aria-label, then words or the image's text, then title."""
    element = link.element
    stated = element.get("aria-label") or element.get("title") if element is not None else ""
    images = " ".join(node.alternative for node in link.walk() if node.alternative)
    return " ".join((stated or link.words() or images).split())


def connect(structure: Structure) -> None:
    """Let notes and what refers to them know each other, and items of a table of contents know their targets."""
    for node in structure.document.walk():
        target = structure.target(node)
        if target is None:
            continue
        item = node.nearest("TOCI")
        if item is not None:
            _refer(item, target)
        elif target.role in roles.NOTES and target not in node.chain():
            _refer(node, target)
            _refer(target, node)


def _refer(node: Node, target: Node) -> None:
    if target not in node.references:
        node.references.append(target)
