"""The order in which the tree is read: that of the HTML, whatever the layout met first (ISO 32000-1, 14.8.2.3)."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from communique.writers.pdf.tagging.tree import Annotation, Mark, Node

Ranks = dict[Element, int]
"""Each element's place in document order."""


def put_in_order(document: Node, root: Element) -> None:
    """Sort the kids of every node by the elements they come from, in time linear where they are in order already."""
    _sort(document, {element: rank for rank, element in enumerate(root.iter())})


def _sort(node: Node, ranks: Ranks) -> int | None:
    """The rank of a sorted node: that of its element, else of the first kid that has one.

    Kids without a rank, such as marked content, stay behind the kid that they follow.
    """
    rows: list[tuple[int, Node | Mark | Annotation]] = []
    rank = -1
    for kid in node.kids:
        own = _sort(kid, ranks) if isinstance(kid, Node) else None
        rank = rank if own is None else own
        rows.append((rank, kid))
    rows.sort(key=lambda row: row[0])
    node.kids = [kid for _, kid in rows]
    if node.element in ranks:
        return ranks[node.element]
    return next((rank for rank, _ in rows if rank >= 0), None)
