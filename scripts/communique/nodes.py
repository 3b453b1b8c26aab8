"""The pandoc AST in its JSON form (pandoc-types 1.23): how to make nodes, and how to walk them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from communique.statement import Block

Inline = dict[str, Any]
Inlines = list[Inline]
Attr = tuple[str, Sequence[str], Sequence[tuple[str, str]]]
PARAGRAPH = re.compile(r"p[1-9]\d*")
"""The identifiers that the paragraphs of a statement get, by which they are cited."""
BRACKETED = {
    (style, delimiter): f"{name}-{end}"
    for style, name in {
        "DefaultStyle": "decimal",
        "Decimal": "decimal",
        "LowerAlpha": "lower-alpha",
        "UpperAlpha": "upper-alpha",
        "LowerRoman": "lower-roman",
        "UpperRoman": "upper-roman",
    }.items()
    for delimiter, end in {"OneParen": "paren", "TwoParens": "parens"}.items()
}
"""Style and delimiter of a list whose numbers stand in brackets, to the class that says so in HTML."""
NO_ATTR: Attr = ("", (), ())


def attr(identifier: str = "", classes: Sequence[str] = (), **pairs: str) -> Attr:
    """An attribute triple; pairs without a value are left out."""
    return identifier, tuple(classes), tuple((key, value) for key, value in pairs.items() if value)


def text(words: str) -> Inlines:
    """Str and Space nodes for plain text: only U+0020 separates, other spaces stay within the words."""
    nodes: Inlines = []
    for number, word in enumerate(words.split(" ")):
        if number:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def para(inlines: Inlines) -> Block:
    return {"t": "Para", "c": inlines}


def plain(inlines: Inlines) -> Block:
    return {"t": "Plain", "c": inlines}


def header(level: int, attributes: Attr, inlines: Inlines) -> Block:
    return {"t": "Header", "c": [level, attributes, inlines]}


def div(attributes: Attr, blocks: Sequence[Block]) -> Block:
    return {"t": "Div", "c": [attributes, list(blocks)]}


def bullet_list(items: Sequence[Sequence[Block]]) -> Block:
    return {"t": "BulletList", "c": [list(item) for item in items]}


def definition_list(entries: Sequence[tuple[Inlines, Sequence[Block]]]) -> Block:
    """Terms, each with one definition."""
    return {"t": "DefinitionList", "c": [[term, [list(definition)]] for term, definition in entries]}


def span(attributes: Attr, inlines: Inlines) -> Inline:
    return {"t": "Span", "c": [attributes, inlines]}


def link(inlines: Inlines, target: str, title: str = "", attributes: Attr = NO_ATTR) -> Inline:
    return {"t": "Link", "c": [attributes, inlines, [target, title]]}


Rewrite = Callable[[list[Block]], list[Block]]


def rewrite_children(block: Block, rewrite: Rewrite) -> Block:
    """The block with each list of blocks that it holds rewritten; tables and figures stay as they are."""
    kind = block["t"]
    content: Any = block.get("c")
    match kind:
        case "BlockQuote":
            return {"t": kind, "c": rewrite(content)}
        case "BulletList":
            return {"t": kind, "c": [rewrite(item) for item in content]}
        case "OrderedList":
            return {"t": kind, "c": [content[0], [rewrite(item) for item in content[1]]]}
        case "DefinitionList":
            return {"t": kind, "c": [[term, [rewrite(each) for each in meanings]] for term, meanings in content]}
        case "Div":
            return {"t": kind, "c": [content[0], rewrite(content[1])]}
    return block


def walk(node: Any) -> Iterator[dict[str, Any]]:
    """Every node below and including `node`, in document order."""
    if isinstance(node, dict):
        if "t" in node:
            yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from walk(value)
