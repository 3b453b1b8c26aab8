"""Which HTML element becomes which standard structure type (ISO 32000-1, 14.8.4), as tables."""

from __future__ import annotations

from xml.etree.ElementTree import Element

ROLES = {
    "main": "Part",
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "aside": "Sect",
    "footer": "Sect",
    "header": "Div",
    "div": "Div",
    "figure": "Div",
    "blockquote": "BlockQuote",
    "p": "P",
    "address": "P",
    "pre": "P",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "dt": "Lbl",
    "dd": "LBody",
    "table": "Table",
    "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tfoot": "TFoot",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "img": "Figure",
    "code": "Code",
    "q": "Quote",
    "del": "Span",
    "s": "Span",
    "ins": "Span",
    "u": "Span",
}

CONDITIONAL = {"a": ("href", "Link"), "abbr": ("title", "Span")}
"""Elements that count only with an attribute."""

DECORATIONS = {"del": "LineThrough", "s": "LineThrough", "ins": "Underline", "u": "Underline"}
"""Text decorations that mean something: value of TextDecorationType (14.8.5.4)."""

GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "BlockQuote"})
"""Grouping types: text inside them needs a paragraph (14.8.4.2)."""

INLINE_ROLES = frozenset({"Span", "Code", "Quote", "Link", "Reference"})

NUMBERINGS = {
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "upper-roman": "UpperRoman",
    "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
}
"""CSS list-style-type to ListNumbering (14.8.5.5); any other is None."""

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}

NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
NOTE_LISTS = frozenset({"doc-footnotes", "doc-endnotes"})
"""DPUB-ARIA roles of a note and of a section of notes."""


def role_of(element: Element, is_block: bool) -> str:
    """The structure type of an element, or "" for one that leaves no trace but its content."""
    tag = element.tag
    if tag in CONDITIONAL:
        attribute, role = CONDITIONAL[tag]
        return role if element.get(attribute) else ""
    is_line_block = tag == "div" and "line-block" in element.get("class", "").split()
    if is_line_block or (tag == "span" and is_block):
        return "P"
    return ROLES.get(tag, "")


def is_decorative(element: Element) -> bool:
    """Whether assistive technology must pass the element by."""
    hidden = element.get("aria-hidden") == "true" or element.get("role") in {"presentation", "none"}
    return hidden or (element.tag == "img" and element.get("alt") == "")
