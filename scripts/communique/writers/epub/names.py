"""The namespaces of an EPUB, and how an element of one is made."""

from __future__ import annotations

from lxml import etree

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
EPUB_TYPE = f"{{{EPUB}}}type"
XML_LANG = f"{{{XML}}}lang"


def element(namespace: str, name: str, text: str = "", **attributes: str) -> etree._Element:
    """An element with its text; attributes without a value are left out."""
    made = etree.Element(f"{{{namespace}}}{name}")
    made.text = text or None
    for key, value in attributes.items():
        if value:
            made.set(key, value)
    return made


def serialize(root: etree._Element, doctype: str | None = None) -> bytes:
    """An XML document, UTF-8, with its declaration."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype=doctype)
