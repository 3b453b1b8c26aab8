"""The document's blocks as pandoc's docx writer needs them: named styles, inlined images, marked languages.

No word is added, dropped or moved here.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from communique import nodes
from communique.language import direction
from communique.nodes import Attr
from communique.statement import Block
from communique.writers.media import media_type

# Classes of the document's own parts, and the paragraph styles of templates/reference.docx that show them.
_STYLES = {"kicker": "Kicker", "dateline": "Dateline", "issuers": "Issuer"}
_VERSE, _PICTURE = "Line Block", "Captioned Figure"
_TASK_BOXES = ("☐", "☒")
Node = dict[str, Any]


def prepare(blocks: Sequence[Block], media: Mapping[str, bytes]) -> list[Block]:
    """The blocks rewritten for pandoc; images come from `media`, which has a file's bytes for its path."""
    prepared = [_rewrite(block, media) for block in blocks]
    assert all(isinstance(block, dict) for block in prepared)
    return prepared


def tooltips(blocks: Sequence[Block]) -> dict[str, str]:
    """The titles of links, by the bookmark that `prepare` puts around each such link."""
    titles = (node["c"][2][1] for node in nodes.walk(list(blocks)) if node["t"] == "Link")
    return {_bookmark(title): title for title in titles if title}


def _bookmark(title: str) -> str:
    """A name that fits Word's 40 characters, so that pandoc passes it on as it is."""
    return "tooltip." + hashlib.sha256(title.encode()).hexdigest()[:24]


def _rewrite(node: Any, media: Mapping[str, bytes]) -> Any:
    """Any part of the AST with the nodes in it rewritten, the innermost first."""
    if isinstance(node, (list, tuple)):
        return [_rewrite(each, media) for each in node]
    if not isinstance(node, dict):
        return node
    inner = {key: _rewrite(value, media) for key, value in node.items()}
    match inner.get("t"):
        case "Image":
            return _carried(_image(inner, media), nodes.span)
        case kind if kind in _REWRITES:
            return _REWRITES[kind](inner)
    return inner


def _div(node: Node) -> Node:
    """A part of the document's own gets its style; any other is left as it is."""
    (identifier, classes, pairs), content = node["c"]
    style = next((_STYLES[name] for name in classes if name in _STYLES), "")
    if "colophon" in classes:
        content = [each for block in content for each in _colophon(block)]
    if style == "Issuer":
        content = [_loose(block) for block in content]
    styled = [*pairs, ["custom-style", style]] if style else pairs
    return {"t": "Div", "c": [[identifier, classes, _directed(styled)], content]}


def _colophon(block: Block) -> list[Block]:
    """An entry of the colophon as two styles of paragraph, which may be smaller than those of the text."""
    if block["t"] != "DefinitionList":
        return [block]
    return [each for term, meanings in block["c"] for each in _entry(term, meanings)]


def _entry(term: list[Node], meanings: list[list[Block]]) -> list[Block]:
    body = [block for meaning in meanings for block in meaning]
    return [_styled("Colophon Term", [nodes.para(term)]), _styled("Colophon Text", body)]


def _styled(style: str, content: Sequence[Block]) -> Block:
    return nodes.div(("", (), _custom(style)), content)


def _custom(style: str) -> tuple[tuple[str, str], ...]:
    """The attributes by which pandoc gives paragraphs a style."""
    return (("custom-style", style),)


def _header(node: Node) -> Node:
    """The title as a paragraph of its own style, and what is below it one level higher: Word's Heading 1."""
    level, (identifier, classes, pairs), inlines = node["c"]
    marked = _speaking(pairs, inlines)
    if "title" in classes:
        style = ("custom-style", "Title")
        return nodes.div((identifier, (), (style,)), [nodes.para(marked)])
    return nodes.header(max(1, level - 1), (identifier, classes, ()), marked)


def _speaking(pairs: Sequence[Sequence[str]], inlines: list[Node]) -> list[Node]:
    """Inlines in the language that attributes name: pandoc marks it on divisions and spans only."""
    spoken = _spoken(pairs)
    return [nodes.span(("", (), spoken), inlines)] if spoken else inlines


def _spoken(pairs: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in _directed(pairs) if key in ("lang", "dir"))


def _directed(pairs: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Attributes with the direction of the language they name, unless they give one."""
    known = [(key, value) for key, value in pairs]
    language = next((value for key, value in known if key == "lang"), "")
    if not language or any(key == "dir" for key, _ in known):
        return known
    return [*known, ("dir", direction(language))]


def _link(node: Node) -> Node:
    """A link, in a bookmark that carries its title: pandoc has no place for it."""
    title = node["c"][2][1]
    carried = _carried(node, nodes.span)
    return nodes.span(nodes.attr(_bookmark(title)), [carried]) if title else carried


def _image(node: Node, media: Mapping[str, bytes]) -> Node:
    """An image with its bytes in the address: in its sandbox pandoc opens no file."""
    attributes, alternative, (target, title) = node["c"]
    if "decorative" in attributes[1]:
        alternative, title = [], ""
    content = media[target]
    address = f"data:{media_type(content)};base64,{base64.b64encode(content).decode('ascii')}"
    return {"t": "Image", "c": [attributes, alternative, [address, title]]}


def _figure(node: Node) -> Node:
    """A figure as two paragraphs: for all but the plainest, pandoc would lay out a table."""
    (identifier, _, pairs), (_, caption), content = node["c"]
    picture = _styled(_PICTURE, [_loose(block) for block in content])
    words = [_styled("Caption", [_loose(block) for block in caption])] if caption else []
    return nodes.div((identifier, (), _spoken(pairs)), [picture, *words])


def _carried(node: Node, wrap: Callable[[Attr, list[Node]], Node]) -> Node:
    """A node whose identifier and language pandoc would drop, in a span or division that keeps them."""
    identifier, classes, pairs = node["c"][0]
    spoken = _spoken(pairs)
    if not (identifier or spoken):
        return node
    bare = {"t": node["t"], "c": [["", classes, pairs], *node["c"][1:]]}
    return wrap((identifier, (), spoken), [bare])


def _loose(block: Block) -> Block:
    """A list whose items are paragraphs: only these take the style of the quotation or part around them."""
    if block["t"] == "Plain":
        return nodes.para(block["c"])
    return nodes.rewrite_children(block, lambda inner: [_loose(each) for each in inner])


def _quoted(block: Block) -> Block:
    """A block of a quotation; its verse and pictures without styles of their own, which would take that one's place."""
    if block["t"] == "Div" and block["c"][0][2] in (_custom(_VERSE), _custom(_PICTURE)):
        return nodes.div(nodes.NO_ATTR, block["c"][1])
    return nodes.rewrite_children(block, lambda inner: [_quoted(each) for each in inner])


def _definitions(node: Node) -> Node:
    return {"t": node["t"], "c": [[term, [list(map(_loose, each)) for each in means]] for term, means in node["c"]]}


def _tasks(node: Node) -> Node:
    """A list whose check boxes stay in the text: pandoc would turn them into list markers."""
    return {"t": node["t"], "c": [[*map(_boxed, item[:1]), *item[1:]] for item in node["c"]]}


def _boxed(block: Block) -> Block:
    is_text = block["t"] in ("Plain", "Para") and bool(block["c"])
    if not is_text or block["c"][0].get("c") not in _TASK_BOXES:
        return block
    first, *rest = block["c"]
    return {"t": block["t"], "c": [nodes.span(nodes.NO_ATTR, [first]), *rest]}


_REWRITES: dict[str, Callable[[Node], Node]] = {
    "Div": _div,
    "Span": lambda node: nodes.span((*node["c"][0][:2], _directed(node["c"][0][2])), node["c"][1]),
    "Header": _header,
    "Link": _link,
    "Code": lambda node: _carried(node, nodes.span),
    "CodeBlock": lambda node: _carried(node, nodes.div),
    "Table": lambda node: _carried(node, nodes.div),
    "Figure": _figure,
    "LineBlock": lambda node: _styled(_VERSE, [node]),
    "BlockQuote": lambda node: {"t": "BlockQuote", "c": [_quoted(_loose(block)) for block in node["c"]]},
    "DefinitionList": _definitions,
    "BulletList": _tasks,
}
