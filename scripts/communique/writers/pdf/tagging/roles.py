"""Which HTML element becomes which standard structure type, as tables: one per version of PDF.

PDF 1.7 is ISO 32000-1, 14.8.4, with PDF/UA-1; PDF 2.0 is ISO 32000-2, 14.8.4, with PDF/UA-2.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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

GROUPS = frozenset({"Document", "Part", "Art", "Sect", "Div", "Aside", "BlockQuote"})
"""Grouping types: text inside them needs a paragraph (14.8.4.2)."""

INLINE_ROLES = frozenset({"Span", "Code", "Quote", "Em", "Strong", "Link", "Reference"})

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
"""CSS list-style-type to ListNumbering (14.8.5.5)."""

SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}

NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote"})
NOTE_LISTS = frozenset({"doc-footnotes", "doc-endnotes"})
"""DPUB-ARIA roles of a note and of a section of notes."""


NOTES = frozenset({"Note", "FENote"})
CONTENTS = frozenset({"doc-toc", "doc-index"})
"""DPUB-ARIA roles of a list of what the document holds."""


@dataclass(frozen=True)
class Grammar:
    """The structure types of one version of PDF.

    `reference` stands around a link inside the document, "" for nothing. `definitions` and `unnamed` are the
    ListNumbering of a definition list and of labels that no other value describes. `quoting` stands around a quotation
    in a cell of a table, which may not hold one itself, nor in a Div (ISO/TS 32005, Table 5). `namespace` is that of
    the types in `members`; the others belong to the default namespace. `has_destinations`: links and outline items
    lead to structure elements, and elements refer to one another (Ref).
    """

    roles: Mapping[str, str]
    note: str
    reference: str
    definitions: str
    unnamed: str
    quoting: str = ""
    namespace: str = ""
    members: frozenset[str] = frozenset()
    has_destinations: bool = False


PDF_1_7 = Grammar(ROLES, note="Note", reference="Reference", definitions="None", unnamed="None")

_MEMBERS_2_0 = (
    frozenset({"Document", "Part", "Sect", "Div", "Aside", "P", "H1", "H2", "H3", "H4", "H5", "H6", "FENote", "Lbl"})
    | {"Span", "Em", "Strong", "Link", "L", "LI", "LBody", "Figure", "Caption"}
    | {"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
)

PDF_2_0 = Grammar(
    {**ROLES, "article": "Sect", "aside": "Aside", "figure": "Figure", "em": "Em", "strong": "Strong"},
    note="FENote",
    reference="",
    definitions="Description",
    unnamed="Unordered",
    quoting="Sect",
    namespace="http://iso.org/pdf2/ssn",
    members=_MEMBERS_2_0,
    has_destinations=True,
)


def role_of(element: Element, is_block: bool, grammar: Grammar) -> str:
    """The structure type of an element, or "" for one that leaves no trace but its content."""
    tag = element.tag
    if tag in CONDITIONAL:
        attribute, role = CONDITIONAL[tag]
        return role if element.get(attribute) else ""
    is_line_block = tag == "div" and "line-block" in element.get("class", "").split()
    if is_line_block or (tag == "span" and is_block):
        return "P"
    if tag == "figure" and len(pictures(element)) != 1:
        return "Div"
    return grammar.roles.get(tag, "")


def pictures(element: Element) -> list[Element]:
    """The images below an element that say something."""
    return [image for image in element.iter("img") if not is_decorative(image)]


def is_decorative(element: Element) -> bool:
    """Whether assistive technology must pass the element by."""
    hidden = element.get("aria-hidden") == "true" or element.get("role") in {"presentation", "none"}
    return hidden or (element.tag == "img" and element.get("alt") == "")
