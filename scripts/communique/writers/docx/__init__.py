"""The Word file: pandoc writes it over templates/reference.docx, then its parts are completed."""

from __future__ import annotations

from functools import cache

from lxml import etree

from communique import pandoc, templates
from communique.document import Document
from communique.language import direction
from communique.statement import Statement
from communique.writers import archive
from communique.writers.docx import blocks, languages, lettering, notes, numbering, properties, story, tables
from communique.writers.docx.ooxml import (
    Element,
    Package,
    find,
    parse,
    right_to_left,
    serialize,
    set_attributes,
    set_property,
    unpack,
    w,
)

_REFERENCE = "reference.docx"
_NUMBERING, _BODY, _NOTES = "word/numbering.xml", "word/document.xml", "word/footnotes.xml"
_BODY_LINKS, _NOTE_LINKS = "word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"


def write(document: Document) -> bytes:
    """The document as an Office Open XML file (ISO/IEC 29500 Transitional)."""
    statement = document.statement
    prepared = blocks.prepare(notes.at_home(document.blocks, statement.language), statement.media)
    package = unpack(pandoc.write_docx(prepared, _arguments(statement.language)))
    package |= {
        "docProps/core.xml": properties.core(statement),
        "docProps/app.xml": properties.extended(statement),
        "docProps/custom.xml": properties.custom(statement),
        "word/styles.xml": _styles(statement.language),
        "word/settings.xml": _settings(statement.language),
        "word/fontTable.xml": lettering.font_table(_reference()["word/fontTable.xml"], statement.language),
        **_stories(package, statement.language, blocks.tooltips(document.blocks)),
        **_margins(package, statement),
        _NOTE_LINKS: _note_links(package),
    }
    return archive.pack(list(package.items()))


def _arguments(language: str) -> list[str]:
    """What pandoc is told; without highlighting, code is one style and keeps its tabs."""
    flow = ["--metadata=dir:rtl"] if direction(language) == "rtl" else []
    return [f"--reference-doc={templates.root() / _REFERENCE}", "--syntax-highlighting=none", *flow]


@cache
def _reference() -> Package:
    return unpack(templates.read_bytes(_REFERENCE))


def _stories(package: Package, language: str, tooltips: dict[str, str]) -> Package:
    """The body, the notes and the lists that both use."""
    lists, body, feet = (parse(package[name]) for name in (_NUMBERING, _BODY, _NOTES))
    kinds = numbering.kinds(lists)
    numbering.rewrite(lists)
    story.rewrite(body, story.Settings(tooltips, kinds))
    story.rewrite(feet, story.Settings(tooltips, kinds, plain="FootnoteText"))
    notes.join_numbers(feet)
    for part in (body, feet):
        tables.rewrite(part, tables.measure_of(body))
        lettering.rewrite(part, language)
    if direction(language) == "rtl":
        _turn(body, feet)
    return {_NUMBERING: serialize(lists), _BODY: serialize(body), _NOTES: serialize(feet)}


def _turn(body: Element, feet: Element) -> None:
    """The pages from right to left (w:bidi of a section, 17.6.1), and the line above the notes at their right."""
    for heads in find(body, ".//w:sectPr/w:titlePg"):
        heads.addnext(etree.Element(w("bidi")))
    for separator in find(feet, "w:footnote[@w:type]/w:p"):
        set_property(separator, "bidi")


def _note_links(package: Package) -> bytes:
    """The relationships of the notes, with those of the pictures in them, which pandoc gives to the body alone."""
    own, all_ = parse(package[_NOTE_LINKS]), parse(package[_BODY_LINKS])
    used = set(parse(package[_NOTES]).xpath(".//@*[local-name() = 'embed']"))
    own.extend([link for link in all_ if link.get("Id") in used])
    return serialize(own)


def _styles(language: str) -> bytes:
    """The styles of the reference as they are (pandoc adds its own), with the language of the edition."""
    root = parse(_reference()["word/styles.xml"])
    for mark in find(root, "w:docDefaults//w:lang"):
        set_attributes(mark, languages.slots(language))
    lettering.rewrite_styles(root, language)
    return serialize(root)


def _settings(language: str) -> bytes:
    """The settings of the reference (pandoc drops most of them), with the language of the edition.

    East Asian punctuation gives up its blank half where two signs meet (w:characterSpacingControl, 17.15.1.18).
    """
    root = parse(_reference()["word/settings.xml"])
    if languages.font_slot(language) == "eastAsia":
        for control in find(root, "w:characterSpacingControl"):
            control.set(w("val"), "compressPunctuation")
    for mark in find(root, "w:themeFontLang"):
        set_attributes(mark, languages.slots(language))
    return serialize(root)


def _margins(package: Package, statement: Statement) -> Package:
    """The headers and footers: the short title in its field, and the direction of the language."""
    names = [name for name in package if name.startswith(("word/header", "word/footer"))]
    return {name: _margin(package[name], statement) for name in names}


def _margin(part: bytes, statement: Statement) -> bytes:
    root = parse(part)
    for field in find(root, ".//w:fldSimple"):
        if properties.SHORT_TITLE in field.get(w("instr"), ""):
            find(field, "w:r/w:t")[0].text = properties.short_title(statement)
    if direction(statement.language) == "rtl":
        for paragraph in find(root, "w:p"):
            set_property(paragraph, "bidi")
        for run in find(root, ".//w:r"):
            run.insert(0, right_to_left())
    return serialize(root)
