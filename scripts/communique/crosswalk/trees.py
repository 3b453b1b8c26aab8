"""Records that are trees: XML by paths of elements, JSON by paths of keys. Places that share a path share a branch."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lxml import etree

from communique import crosswalk
from communique.crosswalk import Write
from communique.crosswalk.facts import Facts

_XML = "http://www.w3.org/XML/1998/namespace"
_STEP = re.compile(r"(?P<name>[\w:.-]+)(?P<new>(?:\+\d?)?)(?P<attributes>(?:\[@[^\]]*\])*)(?:/|$)")
_ATTRIBUTE = re.compile(r"\[@([\w:.-]+)=([^\]]*)\]")


def xml(standard: str, facts: Facts) -> bytes:
    """A record in XML, UTF-8, indented."""
    tree = _Elements(crosswalk.standards()[standard].options)
    for write in crosswalk.writes(standard, facts):
        for part in _parts(write):
            tree.write(part)
    return tree.content()


def mapping(standard: str, facts: Facts) -> dict[str, Any]:
    """A record in JSON, as a value."""
    tree = _Keys()
    for write in crosswalk.writes(standard, facts):
        tree.write(write)
    order = crosswalk.standards()[standard].options["order"]
    return dict(sorted(tree.root.items(), key=lambda entry: crosswalk.sorted_by(order, entry[0])))


def serialize(value: Any) -> bytes:
    """JSON as all records have it: UTF-8, two spaces, a line break at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _parts(write: Write) -> Iterator[Write]:
    """The parts of a value that are written one by one, the first parts of several values in one new element."""
    if not write.cell.parted:
        yield write
        return
    group, number = write.row
    for part, text in enumerate(write.text.split(write.cell.parted)):
        yield replace(write, text=text, row=(f"{group} {part}", number))


class _Elements:
    """An XML tree that grows by paths."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        declared = options["namespaces"]
        self.names: dict[str, str] = {**declared, "xml": _XML}
        nsmap = {prefix or None: address for prefix, address in declared.items()}
        self.root = etree.Element(self._name(options["root"]), nsmap=nsmap)
        self.order: Mapping[str, Sequence[str]] = {
            parent: [self._name(name) for name in names] for parent, names in options.get("order", {}).items()
        }
        self.branches: dict[tuple[etree._Element, str, tuple[str, int] | None], etree._Element] = {}

    def write(self, write: Write) -> None:
        """Puts a text in its place; no place is written twice, unless it joins its values."""
        path, _, attribute = write.place.rpartition("/@") if "/@" in write.place else (write.place, "", "")
        element = self.root
        if path:
            end = 0
            while end < len(path):
                step = _STEP.match(path, end)
                if step is None:
                    raise ValueError(f"not a path of elements: {write.place!r}")
                element, end = self._branch(element, step, write), step.end()
        if attribute:
            self._attribute(element, attribute, write)
        else:
            self._text(element, write)

    def content(self) -> bytes:
        """The whole document."""
        for element in self.root.iter(etree.Element):
            order = self.order.get(etree.QName(element).localname)
            if order:
                element[:] = sorted(element, key=lambda child: crosswalk.sorted_by(order, str(child.tag)))
        etree.indent(self.root)
        return etree.tostring(self.root, encoding="utf-8", xml_declaration=True)

    def _branch(self, parent: etree._Element, step: re.Match[str], write: Write) -> etree._Element:
        key = (parent, step[0].rstrip("/"), write.row if step["new"] else None)
        if key not in self.branches:
            element = etree.SubElement(parent, self._name(step["name"]))
            for name, value in _ATTRIBUTE.findall(step["attributes"]):
                if value:
                    element.set(self._name(name, is_attribute=True), value)
            self.branches[key] = element
        return self.branches[key]

    def _attribute(self, element: etree._Element, name: str, write: Write) -> None:
        name = self._name(name, is_attribute=True)
        if name in element.attrib:
            raise ValueError(f"{write.place} is written twice")
        element.set(name, write.text)

    @staticmethod
    def _text(element: etree._Element, write: Write) -> None:
        if element.text and write.cell.joint is None:
            raise ValueError(f"{write.place} is written twice")
        element.text = f"{element.text}{write.cell.joint}{write.text}" if element.text else write.text

    def _name(self, name: str, is_attribute: bool = False) -> str:
        """A name with a prefix as lxml has it; elements without one are in the default namespace, if there is one."""
        prefix, colon, local = name.partition(":")
        if colon:
            return f"{{{self.names[prefix]}}}{local}"
        return f"{{{self.names['']}}}{name}" if "" in self.names and not is_attribute else name


class _Keys:
    """A JSON value that grows by paths."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self.entries: dict[tuple[int, tuple[str, int]], dict[str, Any]] = {}

    def write(self, write: Write) -> None:
        """Puts a value in its place; no place is written twice, unless it joins its values."""
        *steps, last = write.place.split(".")
        branch = self.root
        for step in steps:
            branch = self._branch(branch, step, write)
        value = json.loads(write.text[1:]) if write.cell.template.startswith("#") else write.text
        if last.endswith("[]"):
            values = write.text.split(write.cell.parted) if write.cell.parted else [value]
            branch.setdefault(last[:-2], []).extend(values)
        elif last not in branch:
            branch[last] = value
        elif write.cell.joint is not None:
            branch[last] += write.cell.joint + value
        else:
            raise ValueError(f"{write.place} is written twice")

    def _branch(self, parent: dict[str, Any], step: str, write: Write) -> dict[str, Any]:
        if not step.endswith("[]"):
            branch: dict[str, Any] = parent.setdefault(step, {})
            return branch
        entries = parent.setdefault(step[:-2], [])
        key = (id(entries), write.row)
        if key not in self.entries:
            self.entries[key] = {}
            entries.append(self.entries[key])
        return self.entries[key]
