"""Running text in Akoma Ntoso: each kind of inline of the document with the element that stands for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from communique.nodes import Attr, Inline, Inlines
from communique.records.akoma_ntoso.elements import Element, element, say, told
from communique.statement import Block

Notes = Callable[[list[Block]], list[Element]]
"""Makes the blocks of a note."""
_PLAIN = {"Emph": "i", "Strong": "b", "Underline": "u", "Superscript": "sup", "Subscript": "sub"}
_NAMED = {"Strikeout": "struck", "SmallCaps": "smallcaps"}
"""What the standard has no element for, and the name of the general element `inline` that stands for it."""


class Writing:
    """One walk through the inlines of a document, which counts its notes."""

    def __init__(self, note: Notes) -> None:
        self._note = note
        self._notes = 0

    def fill(self, made: Element, inlines: Inlines) -> Element:
        """The element with the inlines behind all that it holds."""
        for inline in inlines:
            match inline["t"]:
                case "Str":
                    say(made, inline["c"])
                case "Space" | "SoftBreak":
                    say(made, " ")
                case _:
                    made.append(self._made(inline))
        return made

    def _made(self, inline: Inline) -> Element:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        match kind:
            case "LineBreak":
                made = element("br")
            case "Code":
                made = _code(content)
            case "Image":
                made = _image(content)
            case "Note":
                made = self._noted(content)
            case "Link":
                made = self._link(content)
            case "Span":
                made = self.fill(_span(content[0]), content[1])
            case _ if kind in _NAMED:
                made = self.fill(element("inline", name=_NAMED[kind]), content)
            case _:
                made = self.fill(element(_PLAIN[kind]), content)
        return made

    def _link(self, content: Any) -> Element:
        """A reference to a place of the text or to an instrument that it names, or any other link."""
        attributes, inlines, (target, title) = content
        is_reference = target.startswith("#") or "reference" in attributes[1]
        made = element("ref" if is_reference else "a", href=_address(target), title=title)
        return self.fill(told(made, attributes), inlines)

    def _noted(self, blocks: list[Block]) -> Element:
        self._notes += 1
        number = str(self._notes)
        return element("authorialNote", self._note(blocks), marker=number, placement="bottom", eId=f"fn{number}")


def _span(attributes: Attr) -> Element:
    """A passage with what its classes say of it; a paragraph's own span becomes the paragraph before it comes here."""
    classes = set(attributes[1])
    title = dict(attributes[2]).get("title", "")
    if "mark" in classes:
        made = element("inline", name="marked")
    elif "abbr" in classes:
        made = element("abbr", title=title)
    else:
        kind = next((name for name in ("foreign", "term") if name in classes), "")
        made = element("span", class_=kind, title=title)
    return told(made, attributes)


def _code(content: Any) -> Element:
    attributes, words = content
    made = told(element("inline", name="code"), attributes)
    say(made, words)
    return made


def _image(content: Any) -> Element:
    """A picture with its description; what is only decoration says nothing (`alt=""`)."""
    attributes, inlines, (target, title) = content
    pairs = dict(attributes[2])
    made = element("img", src=target, title=pairs.get("title", title))
    made.set("alt", "" if "decorative" in attributes[1] else pairs.get("alt", plain(inlines)))
    return told(made, attributes)


def plain(inlines: Inlines) -> str:
    """The words of some inlines."""
    return "".join(map(_words, inlines))


def _words(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_words, node))
    match node:
        case {"t": "Str", "c": words} | {"t": "Code", "c": [_, words]}:
            return str(words)
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return " "
        case {"t": kind, "c": content} if kind != "Note":
            return _words(content)
    return ""


def _address(target: str) -> str:
    """An address as XML has it: what no URI may have is percent-encoded, what is encoded stays so."""
    return quote(target, safe="%/:?#[]@!$&'()*+,;=~-._") if not target.startswith("#") else target
