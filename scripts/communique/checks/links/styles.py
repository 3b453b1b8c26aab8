"""What a style sheet refers to: pictures, fonts, other sheets (CSS Values and Units 4, 4.5; CSS Cascading 5, 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

_ADDRESSES = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"})
_LONG = re.compile(r"data:[\w.+;=/-]*,[\w%+/=-]{200,}")
"""What is embedded, such as a font: letters without end, of which a parser of style sheets takes one after another."""


def references(css: str) -> Iterator[str]:
    """Every address in a style sheet, in order."""
    embedded = dict.fromkeys(_LONG.findall(css))
    names = {address: f"data:,embedded-{number}" for number, address in enumerate(embedded)}
    meant = {name: address for address, name in names.items()}
    bare = _LONG.sub(lambda found: names[found[0]], css)
    for address in _references(tinycss2.parse_stylesheet(bare, skip_comments=True, skip_whitespace=True)):
        yield meant.get(address, address)


def references_of_attribute(css: str) -> Iterator[str]:
    """Every address in the declarations of a style attribute."""
    yield from _references(tinycss2.parse_component_value_list(css))


def _references(nodes: Iterable[Any]) -> Iterator[str]:
    """The addresses below some nodes; a string in @import, in src() or in image-set() is one too."""
    waiting = [(node, False) for node in reversed(list(nodes))]
    while waiting:
        node, is_address = waiting.pop()
        if node.type == "url" or (node.type == "string" and is_address):
            yield str(node.value)
        below = [*_children(node)]
        addresses = is_address or _holds_addresses(node)
        waiting += [(child, addresses) for child in reversed(below)]


def _children(node: Any) -> Iterator[Any]:
    for name in ("prelude", "content", "arguments"):
        yield from getattr(node, name, None) or ()


def _holds_addresses(node: Any) -> bool:
    if node.type == "function":
        return str(node.lower_name) in _ADDRESSES
    return node.type == "at-rule" and str(node.lower_at_keyword) == "import"
