"""Elements of Akoma Ntoso 3.0 (OASIS Standard of 29 August 2018) as lxml has them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from communique.nodes import Attr

Element = etree._Element
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML = "{http://www.w3.org/XML/1998/namespace}"
_NSMAP = {None: NAMESPACE}
_TEXT = frozenset(
    f"{{{NAMESPACE}}}{name}" for name in ("p", "block", "heading", "num", "caption", "docTitle", "docType", "docDate")
)
"""Elements that hold words: white space within them is text."""


def element(name: str, children: Iterable[Element] = (), /, **attributes: str) -> Element:
    """An element with its children; attributes without a value are left out, `as_` stands for `as`."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap=_NSMAP)
    for key, value in attributes.items():
        if value:
            made.set(key.rstrip("_"), value)
    made.extend(children)
    return made


def told(made: Element, attributes: Attr) -> Element:
    """The element with what an author gave it: its identifier and its language.

    The standard has no attribute for a direction: it follows from the language, or stands as a style.
    """
    identifier, _, pairs = attributes
    values = dict(pairs)
    if identifier:
        made.set("eId", identifier)
    if values.get("lang"):
        made.set(f"{XML}lang", values["lang"])
    if values.get("dir"):
        made.set("style", f"direction: {values['dir']}")
    return made


def say(made: Element, words: str) -> None:
    """Adds words behind all that the element holds."""
    if len(made):
        made[-1].tail = (made[-1].tail or "") + words
    else:
        made.text = (made.text or "") + words


def mark(made: Element, identifier: str) -> None:
    """Puts a mark with an identifier before the first words of an element."""
    first = next((each for each in made.iter(etree.Element) if each.tag in _TEXT), None)
    if first is not None:
        place = element("marker", name="place", eId=identifier)
        place.tail, first.text = first.text, None
        first.insert(0, place)


def indent(made: Element, level: int = 0) -> None:
    """White space between elements that hold no words themselves, as far as it changes none."""
    if made.tag in _TEXT or not len(made):
        return
    made.text = "\n" + "  " * (level + 1)
    for child in made:
        indent(child, level + 1)
        child.tail = made.text
    made[-1].tail = "\n" + "  " * level
