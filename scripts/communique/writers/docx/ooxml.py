"""Office Open XML (ISO/IEC 29500-1, Transitional): its names, and the parts of a package as trees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

Element = etree._Element
Package = dict[str, bytes]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PREFIXES = {"w": W, "wp": WP, "a": A, "pic": PIC}

# The order in which the schema wants those properties of a paragraph that occur here (CT_PPr, 17.3.1.26).
_PROPERTIES = ("pStyle", "keepNext", "keepLines", "numPr", "bidi", "spacing", "ind", "jc")


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def unpack(package: bytes) -> Package:
    """The parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parse(part: bytes) -> Element:
    """A part as a tree; entities stay unresolved, and nothing is fetched."""
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def serialize(root: Element) -> bytes:
    """A tree as a part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def find(node: Element, path: str) -> list[Element]:
    """The elements below a node that an ElementPath with the usual prefixes selects, in document order."""
    return node.findall(path, PREFIXES)


def value(node: Element, path: str) -> str:
    """The w:val of the first element that the path selects; "" if there is none."""
    found = node.find(path, PREFIXES)
    return "" if found is None else found.get(w("val"), "")


def remove(node: Element) -> None:
    """Takes an element away, with all that is in it."""
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


def properties(paragraph: Element) -> Element:
    """The w:pPr of a paragraph, made if need be."""
    found = paragraph.find(w("pPr"))
    if found is None:
        found = etree.Element(w("pPr"))
        paragraph.insert(0, found)
    return found


def set_property(paragraph: Element, name: str, **attributes: str | int) -> None:
    """Sets one property of a paragraph in its place, instead of what it was."""
    parent = properties(paragraph)
    for old in parent.findall(w(name)):
        parent.remove(old)
    rank = _PROPERTIES.index(name)
    earlier = [each for each in parent if _rank(each) < rank]
    made = etree.Element(w(name), {w(key): str(each) for key, each in attributes.items()})
    parent.insert(len(earlier), made)


def set_attributes(node: Element, attributes: Mapping[str, str]) -> None:
    """Gives an element these attributes of WordprocessingML, and no others."""
    node.attrib.clear()
    for name, setting in attributes.items():
        node.set(w(name), setting)


def right_to_left() -> Element:
    """The properties of a run that goes from right to left (17.3.2.30)."""
    made = etree.Element(w("rPr"))
    etree.SubElement(made, w("rtl"))
    return made


def _rank(node: Element) -> int:
    name = etree.QName(node).localname
    return _PROPERTIES.index(name) if name in _PROPERTIES else len(_PROPERTIES)
