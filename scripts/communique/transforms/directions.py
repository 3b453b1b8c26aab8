"""Direction: what runs from left to right in every language says so where the text around it runs the other way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from communique import nodes
from communique.language import direction
from communique.nodes import Attr, Inlines
from communique.statement import Block

_ADDRESSES = frozenset({"uri", "email"})
"""The classes that pandoc gives to links whose text is their address."""


def isolate(blocks: Sequence[Block], language: str) -> list[Block]:
    """The blocks of a text in a language, with code and addresses marked if it runs from right to left."""
    return list(blocks) if direction(language) == "ltr" else [_isolated(block) for block in blocks]


def verbatim(words: str, language: str) -> Inlines:
    """An address or identifier as inlines, marked in the same way."""
    inlines = nodes.text(words)
    return inlines if direction(language) == "ltr" else [nodes.span(nodes.attr(dir="ltr"), inlines)]


def _isolated(node: Any) -> Any:
    if isinstance(node, (list, tuple)):
        return [_isolated(each) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _isolated(value) for key, value in node.items()}
    kind = inner.get("t")
    if kind in ("Code", "CodeBlock") or (kind == "Link" and _ADDRESSES & set(inner["c"][0][1])):
        inner["c"] = [_left_to_right(inner["c"][0]), *inner["c"][1:]]
    return inner


def _left_to_right(attributes: Attr) -> Attr:
    identifier, classes, pairs = attributes
    is_told = any(key in ("dir", "lang") for key, _ in pairs)
    return attributes if is_told else (identifier, classes, [*pairs, ("dir", "ltr")])
