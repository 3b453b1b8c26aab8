"""From nodes to PDF objects: structure elements, parent tree, ID tree, namespaces (ISO 32000-1 and -2, 14.7)."""

from __future__ import annotations

from codecs import BOM_UTF16_BE
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pydyf

from communique.errors import ToolFailed
from communique.writers.pdf.tagging.roles import NOTES, Grammar
from communique.writers.pdf.tagging.tree import Annotation, Mark, Node

MAX_LEAF = 64
"""Entries in one leaf of a number or name tree."""


@dataclass(frozen=True, slots=True)
class _Owners:
    """Who owns what: per page a structure element by MCID; per annotation, in order."""

    marks: list[dict[int, bytes]]
    annotations: list[tuple[Any, bytes]]


def write(pdf: Any, document: Node, pages: Sequence[bytes], grammar: Grammar) -> dict[Node, Any]:
    """Add the structure tree to the PDF; `pages` are the references of its pages, in order. The entry of each node."""
    nodes = list(document.walk())
    entries = {node: pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.role}"}) for node in nodes}
    for entry in entries.values():
        pdf.add_object(entry)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "K": entries[document].reference})
    pdf.add_object(root)
    space = _namespace(pdf, root, grammar)
    owners = _Owners([{} for _ in pages], [])
    for node in nodes:
        entry = entries[node]
        entry["P"] = entries[node.parent].reference if node.parent else root.reference
        if space and node.role in grammar.members:
            entry["NS"] = space
        if node.references:
            entry["Ref"] = pydyf.Array([entries[each].reference for each in node.references])
        _describe(entry, node)
        _fill(entry, node, entries, pages, owners)
    _add_parent_tree(pdf, root, owners)
    _add_names(pdf, root, {node.identifier: entries[node].reference for node in nodes if node.identifier})
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    return entries


def _namespace(pdf: Any, root: Any, grammar: Grammar) -> bytes | None:
    """The namespace that the grammar's types belong to (ISO 32000-2, 14.7.4)."""
    if not grammar.namespace:
        return None
    space = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(grammar.namespace)})
    pdf.add_object(space)
    root["Namespaces"] = pydyf.Array([space.reference])
    reference: bytes = space.reference
    return reference


def _describe(entry: Any, node: Node) -> None:
    texts = {"Lang": node.language, "Alt": node.alternative, "E": node.expansion, "ID": node.identifier}
    texts["ActualText"] = node.actual
    entry.update({key: pydyf.String(text) for key, text in texts.items() if text})
    attributes = [
        pydyf.Dictionary({"O": f"/{owner}", **{key: _value(value) for key, value in values.items()}})
        for owner, values in node.attributes.items()
        if values
    ]
    if attributes:
        entry["A"] = attributes[0] if len(attributes) == 1 else pydyf.Array(attributes)


def _value(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return pydyf.Array(pydyf.String(each) if isinstance(each, str) else each for each in value)


def _fill(entry: Any, node: Node, entries: dict[Node, Any], pages: Sequence[bytes], owners: _Owners) -> None:
    """Write the kids; those on the element's own page need no page of their own."""
    home = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
    if home is not None:
        entry["Pg"] = pages[home]
    kids = pydyf.Array()
    for kid in node.kids:
        if isinstance(kid, Node):
            kids.append(entries[kid].reference)
        elif isinstance(kid, Annotation):
            owners.annotations.append((kid.entry, entry.reference))
            kids.append(pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.entry.reference, "Pg": pages[kid.page]}))
        else:
            owners.marks[kid.page][kid.number] = entry.reference
            kids.append(_mark(kid, home, pages))
    if kids:
        entry["K"] = kids


def _mark(mark: Mark, home: int | None, pages: Sequence[bytes]) -> Any:
    if mark.page == home:
        return mark.number
    return pydyf.Dictionary({"Type": "/MCR", "Pg": pages[mark.page], "MCID": mark.number})


def _add_parent_tree(pdf: Any, root: Any, owners: _Owners) -> None:
    """The way back from marked content and annotations to their elements (14.7.4.4)."""
    rows: list[tuple[int, Any]] = []
    for number, marks in enumerate(owners.marks):
        row = pydyf.Array([marks[mark] for mark in range(len(marks))])
        pdf.add_object(row)
        rows.append((number, row.reference))
    for number, (annotation, reference) in enumerate(owners.annotations, len(rows)):
        annotation["StructParent"] = number
        rows.append((number, reference))
    root["ParentTree"] = _tree(pdf, rows, "Nums")
    root["ParentTreeNextKey"] = len(rows)


def _add_names(pdf: Any, root: Any, names: dict[str, bytes]) -> None:
    """The IDTree: from the ID of a note to its element (14.7.2)."""
    if names:
        rows = [(pydyf.String(name).data, names[name]) for name in sorted(names, key=_encoded)]
        root["IDTree"] = _tree(pdf, rows, "Names")


def _encoded(name: str) -> bytes:
    return name.encode() if name.isascii() else BOM_UTF16_BE + name.encode("utf-16-be")


def _tree(pdf: Any, rows: Sequence[tuple[Any, Any]], kind: str) -> bytes:
    """The reference of a number or name tree of two levels (7.9.6, 7.9.7)."""
    top = pydyf.Dictionary({"Kids": pydyf.Array()})
    for start in range(0, len(rows), MAX_LEAF):
        leaf = rows[start : start + MAX_LEAF]
        entry = pydyf.Dictionary({kind: pydyf.Array(value for row in leaf for value in row)})
        entry["Limits"] = pydyf.Array([leaf[0][0], leaf[-1][0]])
        pdf.add_object(entry)
        top["Kids"].append(entry.reference)
    pdf.add_object(top)
    reference: bytes = top.reference
    return reference


def check(document: Node) -> None:
    """Fail where a note has no identifier of its own (ISO 14289-1, 7.9)."""
    notes = [node.identifier for node in document.walk() if node.role in NOTES]
    if "" in notes or len(set(notes)) != len(notes):
        raise ToolFailed("PDF: two notes share an id, or one has none (give every note its own id)")
