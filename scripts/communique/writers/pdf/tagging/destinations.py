"""Ways into the document that name structure elements: outline items, and in PDF 2.0 links (ISO 32000-2, 12.3.2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pydyf

from communique.errors import ToolFailed
from communique.writers.pdf.tagging.roles import Grammar
from communique.writers.pdf.tagging.tree import Annotation, Node, Structure


def lead_to_structure(pdf: Any, structure: Structure, entries: Mapping[Node, Any], grammar: Grammar) -> None:
    """Let each outline item name its element (12.3.3, SE); where the grammar wants it, let all jumps lead there."""
    items = list(_outline(pdf, pdf.catalog.get("Outlines")))
    if len(items) != len(structure.bookmarks):
        raise ToolFailed(f"PDF: {len(items)} outline items for {len(structure.bookmarks)} headings")
    for item, node in zip(items, structure.bookmarks, strict=True):
        item["SE"] = entries[node].reference
        if grammar.has_destinations:
            place = item.pop("Dest")
            item["A"] = _jump(place, entries[node], place[2:])
    if grammar.has_destinations:
        _lead_links(pdf, structure, entries)


def _lead_links(pdf: Any, structure: Structure, entries: Mapping[Node, Any]) -> None:
    """Links inside the document lead to elements; to where its named destination, which stays, is on the page."""
    places = _named(pdf)
    for node in structure.document.walk():
        for kid in node.kids:
            if isinstance(kid, Annotation) and "Dest" in kid.entry:
                target = structure.target(node)
                name = kid.entry.pop("Dest")
                if target is None:
                    raise ToolFailed(f"PDF: the link to #{name.string} leads to no element of the structure")
                kid.entry["A"] = _jump(name, entries[target], places[name.string][1:])


def _jump(place: Any, entry: Any, view: Any) -> Any:
    """A go-to action (12.6.4.2): D for readers that know pages only, SD for those that know the structure."""
    target = pydyf.Array([entry.reference, *(view if str(view[0]).startswith("/") else ["/XYZ", *view])])
    return pydyf.Dictionary({"Type": "/Action", "S": "/GoTo", "D": place, "SD": target})


def _named(pdf: Any) -> dict[str, Any]:
    """The places of the named destinations on their pages."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    return {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}


def _outline(pdf: Any, reference: Any) -> Iterator[Any]:
    """The outline items below an outline's root or item, in the order in which they are read."""
    entry = pdf.objects[int(reference.split()[0])] if reference else {}
    child = entry.get("First")
    while child:
        item = pdf.objects[int(child.split()[0])]
        yield item
        yield from _outline(pdf, child)
        child = item.get("Next")
