"""From pieces to nodes: one node per HTML element, however many lines and pages it takes."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from communique.errors import ToolFailed
from communique.writers.pdf.tagging import cells, notes, roles
from communique.writers.pdf.tagging.order import put_in_order
from communique.writers.pdf.tagging.pieces import Piece
from communique.writers.pdf.tagging.roles import Grammar
from communique.writers.pdf.tagging.tree import Annotation, Mark, Node, Structure


def grow(pages: Iterable[Piece], language: str, grammar: Grammar) -> Structure:
    """The Document node with everything below it, in time linear in the number of pieces."""
    growth = _Growth(Node("Document", language=language), grammar)
    for number, page in enumerate(pages):
        growth.place(page, growth.document, number)
    if growth.nodes:
        put_in_order(growth.document, next(iter(growth.nodes)))
    _complete(growth.document)
    anchors = {element.get("id", ""): node for element, node in growth.nodes.items() if element.get("id")}
    return Structure(growth.document, anchors, growth.bookmarks)


def _complete(document: Node) -> None:
    """What no content asked for: the body of an item that has none, and the headers of each cell."""
    nodes = list(document.walk())
    for item in nodes:
        if item.role == "LI" and not any(kid.role == "LBody" for kid in _nodes(item)):
            item.add("LBody")
    for number, table in enumerate((node for node in nodes if node.role == "Table"), 1):
        cells.relate(table, f"doc-th-{number}")


class _Growth:
    """The tree so far and the node of every element met."""

    def __init__(self, document: Node, grammar: Grammar) -> None:
        self.document = document
        self.grammar = grammar
        self.nodes: dict[Element, Node] = {}
        self.labels: dict[Element, Node] = {}
        self.bookmarks: list[Node] = []

    def place(self, piece: Piece, parent: Node, page: int) -> None:
        """Put a piece and all inside it where they belong."""
        node = self._node(piece, parent)
        if piece.bookmark:
            self.bookmarks.append(node)
        if piece.link is not None:
            _link_node(node).kids.append(Annotation(page, piece.link))
        if piece.mark is not None:
            _spoken(_inside(node, ""), piece).kids.append(Mark(page, piece.mark, piece.text))
        if piece.frame and node.role == "Figure":
            _frame(node, piece)
        for child in piece.children:
            self.place(child, node, page)

    def _node(self, piece: Piece, parent: Node) -> Node:
        element = piece.element
        if element is None:
            return parent
        if piece.pseudo == "marker":
            return self._label(element, parent)
        if piece.pseudo == notes.CALL:
            self.nodes[element] = notes.add_foot(_inside(parent, self.grammar.note), element, self.grammar)
            return parent
        node = self.nodes.get(element)
        if node is None and not piece.pseudo:
            node = self.nodes[element] = self._new(piece, element, parent)
        return node or parent

    def _label(self, element: Element, parent: Node) -> Node:
        """The Lbl of a list item: its number or bullet."""
        if element not in self.labels:
            node = self.nodes.get(element, parent)
            item = next((each for each in node.chain() if each.role in {"LI", "TOCI"}), parent)
            self.labels[element] = item.add("Lbl", first=True)
        return self.labels[element]

    def _new(self, piece: Piece, element: Element, parent: Node) -> Node:
        """The node of an element met for the first time; its parent's if it leaves no trace."""
        if element.tag == "img" and parent.nearest("Figure"):
            return parent
        is_block = piece.block or notes.is_paragraph(element, parent)
        role = roles.role_of(element, is_block, self.grammar)
        language = element.get("lang", "")
        is_foreign = bool(language) and language.lower() != parent.current_language().lower()
        if not role and is_foreign and element.tag not in {"html", "body"}:
            role = "Div" if piece.block else "Span"
        if not role:
            return parent
        node = self._attach(role, element, parent)
        node.language = language if is_foreign else ""
        self._describe(node, element, piece)
        return node

    def _attach(self, role: str, element: Element, parent: Node) -> Node:
        if element.tag in {"dt", "dd"}:
            return _definition_item(role, parent).add(role, element)
        role = _in_contents(role, parent)
        host = parent.add("Lbl") if notes.is_label(element, parent) else _inside(parent, role)
        if role == "Link" and element.get("href", "").startswith("#") and self._refers(host):
            host = host.add("Reference")
        if role == "BlockQuote" and self.grammar.quoting and _is_in_cell(host):
            host = host.add(self.grammar.quoting)
        node = host.add(role, element)
        if role == "LI" and _is_note(node):
            node.body = notes.add_end(node, element, self.grammar)
        return node

    def _refers(self, host: Node) -> bool:
        """Whether a link inside the document stands in a Reference here: always in a table of contents."""
        return bool(self.grammar.reference) or host.nearest("TOCI") is not None

    def _describe(self, node: Node, element: Element, piece: Piece) -> None:
        """What the standard wants to know of an element beyond its role."""
        if element.tag == "abbr":
            node.expansion = element.get("title", "")
        elif element.tag in roles.DECORATIONS:
            node.attributes["Layout"] = {"TextDecorationType": f"/{roles.DECORATIONS[element.tag]}"}
        elif node.role == "L":
            node.attributes["List"] = {"ListNumbering": f"/{self._numbering(element, piece)}"}
        elif node.role in {"TH", "TD"}:
            node.attributes["Table"] = cells.attributes(node, piece.spans)
        elif node.role == "Figure":
            node.alternative = " ".join(image.get("alt", "") for image in roles.pictures(element))
            if not node.alternative:
                raise ToolFailed(f"PDF: image {element.get('src', '')} has no alternative text (give it alt text)")

    def _numbering(self, element: Element, piece: Piece) -> str:
        """The ListNumbering of a list, by the marker of its first item."""
        if element.tag == "dl":
            return self.grammar.definitions
        item = next((child for child in _below(piece) if child.numbering), None)
        if item is None or item.numbering == "none":
            return "None"
        kind = item.numbering.removesuffix("-parens").removesuffix("-paren")
        return roles.NUMBERINGS.get(kind, self.grammar.unnamed)


def _in_contents(role: str, parent: Node) -> str:
    """TOC and TOCI for the lists of a table of contents and their items (ISO 32000-1, 14.8.4.2)."""
    if role == "L" and any(node.element is not None and _is_contents(node.element) for node in parent.chain()):
        return "TOC"
    return "TOCI" if role == "LI" and parent.role == "TOC" else role


def _is_contents(element: Element) -> bool:
    return element.get("role") in roles.CONTENTS


def _inside(node: Node, role: str) -> Node:
    """Where something of that role ("" for text) goes when it belongs to `node`."""
    if node.role == "LI" and role not in {"Lbl", "LBody"}:
        node.body = node.body or node.add("LBody")
        return _inside(node.body, role)
    if node.role == "L" and not role and _nodes(node):
        return _inside(_nodes(node)[-1], role)  # The space behind an item that stands in a line with others.
    if node.role in roles.GROUPS and (not role or role in roles.INLINE_ROLES):
        last = node.kids[-1] if node.kids else None
        if isinstance(last, Node) and last.implied:
            return last
        paragraph = node.add("P")
        paragraph.implied = True
        return paragraph
    return node


def _is_in_cell(node: Node) -> bool:
    """Whether what belongs to a node is held by a cell: a Div holds nothing of its own (ISO 32000-2, 14.8.4.3)."""
    return next(each.role for each in node.chain() if each.role != "Div") in {"TD", "TH"}


def _spoken(host: Node, piece: Piece) -> Node:
    """Where a mark goes: into a Span that says its text where the glyphs stand in another order (14.9.4).

    On the marked content itself common readers would turn the letters round once more.
    """
    if not piece.actual:
        return host
    span = host.add("Span")
    span.actual = piece.actual
    return span


def _link_node(node: Node) -> Node:
    link = node.nearest("Link")
    if link is None:
        raise ToolFailed(f"PDF: a link around {node.words()!r} has no Link element (put the address on <a href>)")
    return link


def _definition_item(role: str, parent: Node) -> Node:
    """The LI that a dt or dd joins: a term opens one unless the last holds terms only."""
    listing = parent.nearest("L") or parent
    last = listing.kids[-1] if listing.kids else None
    is_open = isinstance(last, Node) and (role == "LBody" or all(kid.role == "Lbl" for kid in _nodes(last)))
    return last if is_open and isinstance(last, Node) else listing.add("LI")


def _nodes(node: Node) -> list[Node]:
    return [kid for kid in node.kids if isinstance(kid, Node)]


def _is_note(item: Node) -> bool:
    """Whether a list item is a note: by its DPUB-ARIA role, or as an item of a section of notes."""
    if item.element is not None and item.element.get("role") in roles.NOTE_ROLES:
        return True
    elements = [node.element for node in item.chain() if node.element is not None]
    return not any(node.role in roles.NOTES for node in item.chain()) and any(
        element.get("role") in roles.NOTE_LISTS for element in elements
    )


def _below(piece: Piece) -> Iterable[Piece]:
    for child in piece.children:
        yield child
        if not child.numbering:
            yield from _below(child)


def _frame(node: Node, piece: Piece) -> None:
    placement = "/Block" if piece.block else "/Inline"
    node.attributes["Layout"] = {"Placement": placement, "BBox": list(piece.frame or ())}
