"""Rewrites a story, the body or the notes: what pandoc leaves out or sets by hand becomes structure and style."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from communique.writers.docx import languages, numbering
from communique.writers.docx.ooxml import (
    PIC,
    A,
    Element,
    find,
    properties,
    remove,
    set_attributes,
    set_property,
    value,
    w,
)

# The element that marks a picture as decorative for Word's accessibility checker ([MS-ODRAWXML], 2.23).
_DECORATIVE_URI = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"

# Styles that say no more than "a paragraph", and those that reference.docx sets in by one step.
_PLAIN = frozenset({"", "Compact", "BodyText", "FirstParagraph"})
_QUOTED = frozenset({"BlockText", "FootnoteBlockText"})
_SET_IN = frozenset({"BlockText", "SourceCode", "LineBlock", "Definition"})
_TASK_BOXES = ("☐", "☒")
_DEEPEST = 8
_CONTINUED_DEEPEST = 5


@dataclass(frozen=True)
class Settings:
    """What a story depends on: link titles by bookmark, list styles by number, the style of plain text."""

    tooltips: Mapping[str, str]
    lists: Mapping[str, str]
    plain: str = "BodyText"


def rewrite(root: Element, settings: Settings) -> None:
    """Rewrites a story in place; its words stay as they are."""
    _set_tooltips(root, settings.tooltips)
    _set_languages(root)
    _set_pictures(root)
    _set_rules(root)
    for paragraph in find(root, ".//w:p"):
        _set_style(paragraph, settings)
        _keep_with_caption(paragraph)


def _set_tooltips(root: Element, tooltips: Mapping[str, str]) -> None:
    """Gives links their titles (w:tooltip, 17.16.22), and takes the bookmarks away that carried them."""
    gone = set()
    for mark in find(root, ".//w:bookmarkStart"):
        title = tooltips.get(mark.get(w("name"), ""))
        if title is not None:
            gone.add(mark.get(w("id")))
            for link in mark.itersiblings(w("hyperlink")):
                link.set(w("tooltip"), title)
                break
    for mark in [*find(root, ".//w:bookmarkStart"), *find(root, ".//w:bookmarkEnd")]:
        if mark.get(w("id")) in gone:
            remove(mark)


def _set_languages(root: Element) -> None:
    """Puts each language into the slots that Word reads for its script."""
    for mark in find(root, ".//w:rPr/w:lang"):
        set_attributes(mark, languages.slots(mark.get(w("val"), "")))


def _set_pictures(root: Element) -> None:
    """Gives each picture one description, or marks it as decorative where it has none."""
    for drawing in find(root, ".//w:drawing"):
        for inline in find(drawing, "wp:inline"):
            # Without these LibreOffice leaves room at the sides.
            inline.attrib.update(dict.fromkeys(("distT", "distB", "distL", "distR"), "0"))
        shown = find(drawing, ".//wp:docPr")[0]
        description = shown.get("descr", "")
        if not shown.get("title"):
            shown.attrib.pop("title", None)
        if not description:
            extensions = etree.SubElement(shown, f"{{{A}}}extLst")
            extension = etree.SubElement(extensions, f"{{{A}}}ext", {"uri": _DECORATIVE_URI})
            etree.SubElement(extension, f"{{{_DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": _DECORATIVE})
        for inner in drawing.iter(f"{{{PIC}}}cNvPr"):
            # pandoc repeats the picture's address here, which is all of its bytes.
            inner.set("descr", description)


def _set_rules(root: Element) -> None:
    """Makes a drawn line, which a checker takes for a picture without description, a bordered paragraph."""
    for run in find(root, ".//w:r[w:pict]"):
        paragraph = run.getparent()
        assert paragraph is not None
        paragraph.remove(run)
        set_property(paragraph, "pStyle", val="HorizontalRule")


def _set_style(paragraph: Element, settings: Settings) -> None:
    """Gives a paragraph the style of what it is: a caption, a list item, a table cell's text, or plain text."""
    style = value(paragraph, "w:pPr/w:pStyle")
    if style == "TableCaption":
        set_property(paragraph, "pStyle", val="Caption")
        set_property(paragraph, "keepNext")
        return
    cell = next(paragraph.iterancestors(w("tc")), None)
    plain = settings.plain if cell is None else _cell_style(cell)
    if value(paragraph, "w:pPr/w:numPr/w:numId"):
        _set_item(paragraph, style, plain, settings)
    elif style in _PLAIN and (style in ("", "Compact") or plain != "BodyText"):
        set_property(paragraph, "pStyle", val=plain)


def _keep_with_caption(paragraph: Element) -> None:
    """Keeps a picture whose style does not say so, for it is quoted, on the page of its caption."""
    if value(paragraph, "w:pPr/w:pStyle") in _QUOTED and find(paragraph, ".//w:drawing"):
        below = next(paragraph.itersiblings(w("p")), None)
        if below is not None and value(below, "w:pPr/w:pStyle") == "Caption":
            set_property(paragraph, "keepNext")


def _cell_style(cell: Element) -> str:
    row = cell.getparent()
    assert row is not None
    return "TableHeading" if find(row, "w:trPr/w:tblHeader") else "TableText"


def _set_item(paragraph: Element, style: str, plain: str, settings: Settings) -> None:
    """Gives a list item its style and depth; a further paragraph of an item is set in, without a marker."""
    place = find(paragraph, "w:pPr/w:numPr")[0]
    number = find(place, "w:numId")[0]
    depth = find(place, "w:ilvl")[0]
    level = min(int(depth.get(w("val"), "0")), _DEEPEST)
    depth.set(w("val"), str(level))
    if style == "Issuer":
        number.set(w("val"), numbering.FLUSH)
    elif number.get(w("val")) == numbering.CONTINUATION:
        properties(paragraph).remove(place)
        _set_continuation(paragraph, style, plain, level)
    else:
        item = settings.lists[number.get(w("val"), "")]
        _set_marked(paragraph, style, plain, item)
        if item == numbering.BULLETED and _text(paragraph).startswith(_TASK_BOXES):
            number.set(w("val"), numbering.UNMARKED)


def _set_continuation(paragraph: Element, style: str, plain: str, level: int) -> None:
    if style in _PLAIN and plain == "BodyText" and level < _CONTINUED_DEEPEST:
        set_property(paragraph, "pStyle", val=f"ListContinue{level + 1 if level else ''}")
        return
    if style in _PLAIN:
        set_property(paragraph, "pStyle", val=plain)
    set_property(paragraph, "ind", left=numbering.INDENT * (level + 1 + (style in _SET_IN)))


def _set_marked(paragraph: Element, style: str, plain: str, item: str) -> None:
    if style in _PLAIN:
        set_property(paragraph, "pStyle", val=item if plain == "BodyText" else plain)
    elif style in _SET_IN:
        level = int(value(paragraph, "w:pPr/w:numPr/w:ilvl"))
        set_property(paragraph, "ind", left=numbering.INDENT * (level + 2), hanging=numbering.INDENT)


def _text(paragraph: Element) -> str:
    return "".join(each.text or "" for each in find(paragraph, ".//w:t"))
