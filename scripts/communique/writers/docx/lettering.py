"""How Word letters a language: its fonts in the styles, and what stands for italics where a script has none."""

from __future__ import annotations

from lxml import etree

from communique.writers.docx import languages
from communique.writers.docx.ooxml import Element, find, parse, serialize, value, w

_SANS = "Source Sans 3"
_BOLD = {w("i"): w("b"), w("iCs"): w("bCs")}


def font_table(part: bytes, language: str) -> bytes:
    """word/fontTable.xml of the reference, with the fonts of a language and what to take instead of them."""
    own = languages.faces(language)
    if own is None:
        return part
    root = parse(part)
    for face in dict.fromkeys((own.serif, own.sans)):
        font = etree.SubElement(root, w("font"), {w("name"): face.name})
        for name, setting in (("altName", face.otherwise), ("family", face.family), ("pitch", "variable")):
            etree.SubElement(font, w(name), {w("val"): setting})
    return serialize(root)


def rewrite_styles(root: Element, language: str) -> None:
    """Gives the styles the fonts of a language, and takes italics, wide setting and slant from scripts without them."""
    own = languages.faces(language)
    for fonts in find(root, ".//w:rPr/w:rFonts") if own else ():
        assert own is not None
        face = own.sans if fonts.get(w("ascii")) == _SANS else own.serif
        fonts.set(w(languages.font_slot(language)), face.name)
    if not languages.has_italics(language):
        for run in find(root, "w:style/w:rPr"):
            for slant in (*find(run, "w:i"), *find(run, "w:iCs"), *find(run, "w:spacing")):
                run.remove(slant)


def rewrite(root: Element, language: str) -> None:
    """Makes italics bold where a script has none; `language` is that of the runs of a story that name none."""
    for run in find(root, ".//w:r"):
        for properties in find(run, "w:rPr"):
            if not languages.has_italics(value(properties, "w:lang") or language):
                _embolden(properties)


def _embolden(properties: Element) -> None:
    """Bold instead of italics."""
    is_bold = bool(find(properties, "w:b"))
    for slant in [each for each in properties if each.tag in _BOLD]:
        if is_bold:
            properties.remove(slant)
        else:
            slant.tag = _BOLD[str(slant.tag)]
