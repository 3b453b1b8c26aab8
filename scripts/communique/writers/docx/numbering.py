"""Lists: the markers and depths of word/numbering.xml, and a list without markers."""

from __future__ import annotations

from lxml import etree

from communique.writers.docx.ooxml import Element, find, value, w

INDENT = 480
"""How far one level of a list is set in, in twips; the List Continue styles of reference.docx agree."""

# pandoc's own: its numbers begin at 1001, and 1000 is a further paragraph of the item above.
CONTINUATION = "1000"
# Ours, below all of pandoc's.
UNMARKED, FLUSH = "1", "2"
# The styles of the items of a list, by which it is known what marks them.
BULLETED, NUMBERED = "ListBullet", "ListNumber"
_BULLETS = ("•", "–", "▪")
_LEVELS = 9


def rewrite(root: Element) -> None:
    """Sets markers that need no symbol font, the depths, and adds the two lists without markers."""
    for position, abstract in enumerate(find(root, "w:abstractNum")):
        for name in find(abstract, "w:nsid"):
            # Four bytes (17.9.14), which pandoc's long ones for high first numbers are not.
            name.set(w("val"), f"{0xA0000 + position:08X}")
        for level in find(abstract, "w:lvl"):
            _set_level(level)
    for position, (number, depth) in enumerate(((UNMARKED, INDENT), (FLUSH, 0))):
        root.insert(position, _unmarked(number, depth))
    last = len(find(root, "w:abstractNum"))
    for number in (FLUSH, UNMARKED):
        instance = etree.Element(w("num"), {w("numId"): number})
        etree.SubElement(instance, w("abstractNumId"), {w("val"): number})
        root.insert(last, instance)


def kinds(root: Element) -> dict[str, str]:
    """The style of the items of each list by its w:numId."""
    formats = {each.get(w("abstractNumId"), ""): value(each, "w:lvl/w:numFmt") for each in find(root, "w:abstractNum")}
    return {
        each.get(w("numId"), ""): BULLETED if formats[value(each, "w:abstractNumId")] == "bullet" else NUMBERED
        for each in find(root, "w:num")
    }


def _set_level(level: Element) -> None:
    depth = int(level.get(w("ilvl"), "0"))
    for place in find(level, "w:pPr/w:ind"):
        place.set(w("left"), str(INDENT * (depth + 1)))
        place.set(w("hanging"), str(INDENT))
    text = level.find(w("lvlText"))
    if value(level, "w:numFmt") == "bullet" and text is not None:
        text.set(w("val"), _BULLETS[depth % len(_BULLETS)])
        for fonts in find(level, "w:rPr"):
            level.remove(fonts)


def _unmarked(number: str, indent: int) -> Element:
    """A list whose items are told apart by their lines alone; it is still a list to a screen reader."""
    abstract = etree.Element(w("abstractNum"), {w("abstractNumId"): number})
    etree.SubElement(abstract, w("nsid"), {w("val"): f"{0xB0000 + int(number):08X}"})
    etree.SubElement(abstract, w("multiLevelType"), {w("val"): "multilevel"})
    for depth in range(_LEVELS):
        level = etree.SubElement(abstract, w("lvl"), {w("ilvl"): str(depth)})
        for name, setting in (("numFmt", "bullet"), ("suff", "nothing"), ("lvlText", ""), ("lvlJc", "left")):
            etree.SubElement(level, w(name), {w("val"): setting})
        place = {w("left"): str(indent * (depth + 1)), w("firstLine"): "0"}
        etree.SubElement(etree.SubElement(level, w("pPr")), w("ind"), place)
    return abstract
