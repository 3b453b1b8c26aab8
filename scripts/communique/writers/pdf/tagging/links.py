"""What a link annotation says of itself (ISO 14289-1, 7.18.5)."""

from __future__ import annotations

from typing import Any

import pydyf

from communique.writers.pdf.tagging.tree import Annotation, Node


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
