"""Identifiers that pandoc derives from headings, made into XML names: EPUB is XML and knows no "artigo-1.º"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from communique import nodes
from communique.master.attributes import as_name, is_name
from communique.statement import Block

_EMPTY = "section"
"""What pandoc, too, calls a heading that leaves nothing to be named by."""


def legal(blocks: Sequence[Block], source: str) -> tuple[Block, ...]:
    """The blocks, in which each identifier derived from a heading is an XML name, and links to it follow.

    An identifier that stands in the source is the author's own and is left as it is.
    """
    headings = [node["c"][1][0] for node in nodes.walk(list(blocks)) if node["t"] == "Header"]
    derived = [name for name in headings if name and not is_name(name) and not _is_written(name, source)]
    if not derived:
        return tuple(blocks)
    names: dict[str, str] = {}
    taken = set(_identifiers(list(blocks)))
    for name in derived:
        names[name] = _free(as_name(name) or _EMPTY, taken)
        taken.add(names[name])
    return tuple(_renamed(block, names) for block in blocks)


def _is_written(name: str, source: str) -> bool:
    return re.search(rf"""\{{[^{{}}\n]*(?:#|\bid=["']?){re.escape(name)}(?=["'\s}}])""", source) is not None


def _identifiers(blocks: list[Block]) -> list[str]:
    """All that are given: to headings, and to whatever else can bear one."""
    contents = [(node["t"], node.get("c")) for node in nodes.walk(blocks)]
    return [_attributes(kind, content)[0] for kind, content in contents if _attributes(kind, content)]


def _attributes(kind: str, content: Any) -> Any:
    match kind:
        case "Header":
            return content[1]
        case "Code" | "CodeBlock" | "Div" | "Figure" | "Image" | "Link" | "Span" | "Table":
            return content[0]
    return None


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number behind it if it is taken: a, a-1, a-2."""
    tried, number = name, 0
    while tried in taken:
        number += 1
        tried = f"{name}-{number}"
    return tried


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    """A part of the AST with the new names of headings, and with links that lead to them."""
    if isinstance(node, list):
        return [_renamed(each, names) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _renamed(value, names) for key, value in node.items()}
    match inner.get("t"):
        case "Header":
            level, (name, *rest), words = inner["c"]
            inner["c"] = [level, [names.get(name, name), *rest], words]
        case "Link":
            attributes, words, (target, title) = inner["c"]
            name = unquote(target[1:]) if target.startswith("#") else ""
            inner["c"] = [attributes, words, [f"#{names[name]}" if name in names else target, title]]
    return inner
