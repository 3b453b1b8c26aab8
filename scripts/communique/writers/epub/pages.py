"""The XHTML pages of an EPUB: text, cover, navigation."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree, html
from lxml.html import HtmlElement

from communique.labels import Labels, labels
from communique.language import direction
from communique.statement import Statement
from communique.writers import fragment
from communique.writers.epub.names import EPUB, EPUB_TYPE, XHTML, XML_LANG, serialize

# What a part is, in the EPUB 3 structural semantics vocabulary, by its role or place in the page.
_TYPES = (
    (".//*[@id='doc-text']", "bodymatter"),
    (".//*[@role='doc-noteref']", "noteref"),
    (".//*[@role='doc-endnotes']", "endnotes"),
    (".//*[@role='doc-backlink']", "backlink"),
    (".//*[@id='doc-about']", "colophon"),
)


def text(statement: Statement, body: HtmlElement) -> bytes:
    """The statement as one page."""
    for path, kind in _TYPES:
        for part in body.xpath(path):
            part.set(EPUB_TYPE, kind)
    body.get_element_by_id("doc-about").set("role", "doc-colophon")
    body.get_element_by_id("doc-about").tag = "section"
    body.get_element_by_id("doc-about").set("aria-labelledby", "doc-about-title")
    return page(statement, statement.title, body)


def cover(statement: Statement) -> bytes:
    """A page with the cover's picture and nothing else."""
    words = labels(statement.language)
    body = html.Element("body", {"class": "cover"})
    section = etree.SubElement(body, "section", {EPUB_TYPE: "cover", "aria-label": words["cover"]})
    alt = f"{words['cover']}: {statement.title}"
    etree.SubElement(section, "img", src="cover.png", alt=alt, role="doc-cover")
    return page(statement, words["cover"], body)


def navigation(statement: Statement, body: HtmlElement, markers: Sequence[tuple[str, str]]) -> bytes:
    """The navigation document (EPUB 3.3, 7): table of contents, landmarks, and the pages, by label and id."""
    words = labels(statement.language)
    page_body = html.Element("body")
    contents = etree.SubElement(page_body, "nav", {EPUB_TYPE: "toc", "role": "doc-toc", "aria-labelledby": "toc"})
    contents.append(_heading("h1", "toc", words["contents"], words, statement))
    contents.append(_outline(body.xpath(".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6")))
    landmarks = etree.SubElement(page_body, "nav", {EPUB_TYPE: "landmarks", "aria-labelledby": "landmarks"})
    landmarks.set("hidden", "hidden")
    landmarks.append(_heading("h2", "landmarks", words["landmarks"], words, statement))
    places = etree.SubElement(landmarks, "ol")
    for kind, href, label in _landmarks(statement, body):
        etree.SubElement(etree.SubElement(places, "li"), "a", {EPUB_TYPE: kind, "href": href}).text = label
    if markers:
        page_body.append(_page_list(statement, markers))
    return page(statement, words["contents"], page_body)


def _page_list(statement: Statement, markers: Sequence[tuple[str, str]]) -> HtmlElement:
    """The way to each page of the PDF (EPUB 3.3, 7.4.3); reading systems show it by means of their own."""
    words = labels(statement.language)
    pages = html.Element("nav", {EPUB_TYPE: "page-list", "role": "doc-pagelist", "aria-labelledby": "page-list"})
    pages.set("hidden", "hidden")
    pages.append(_heading("h2", "page-list", words["pages"], words, statement))
    places = etree.SubElement(pages, "ol")
    for label, name in markers:
        etree.SubElement(etree.SubElement(places, "li"), "a", href=f"text.xhtml#{name}").text = label
    return pages


def page(statement: Statement, title: str, body: HtmlElement) -> bytes:
    """An XHTML document around a body."""
    root = html.Element("html")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", charset="utf-8")
    etree.SubElement(head, "title").text = title
    for name in ("base", "epub"):
        etree.SubElement(head, "link", rel="stylesheet", type="text/css", href=f"css/{name}.css")
    root.append(body)
    root.set("lang", statement.language)
    root.set("dir", direction(statement.language))
    for part in root.iter("*"):
        if part.get("lang"):
            part.set(XML_LANG, part.get("lang", ""))
    html.html_to_xhtml(root)
    # The namespaces belong on the root: build it anew, for lxml cannot add declarations to an element.
    outer = etree.Element(f"{{{XHTML}}}html", dict(root.attrib), nsmap={None: XHTML, "epub": EPUB})
    outer.extend(list(root))
    return serialize(outer, doctype="<!DOCTYPE html>")


def _heading(level: str, identifier: str, text: str, words: Labels, statement: Statement) -> HtmlElement:
    """A heading of the program's own, with the language of its words where it is not the edition's."""
    heading = html.Element(level, id=identifier)
    heading.text = text
    fragment.speak(heading, words, statement.language)
    return heading


def _outline(headings: Sequence[HtmlElement]) -> HtmlElement:
    """Headings as nested lists, by their levels, which never skip one."""
    outline: HtmlElement = html.Element("ol")
    open_lists = [outline]
    for heading in headings:
        depth = int(str(heading.tag)[1])
        del open_lists[depth:]
        if len(open_lists) < depth:
            open_lists.append(etree.SubElement(open_lists[-1][-1], "ol"))
        item = etree.SubElement(open_lists[-1], "li")
        link = etree.SubElement(item, "a", href=f"text.xhtml#{heading.get('id')}")
        link.text = fragment.heading_words(heading)
    return outline


def _landmarks(statement: Statement, body: HtmlElement) -> list[tuple[str, str, str]]:
    words = labels(statement.language)
    found = [("cover", "cover.xhtml", words["cover"]), ("bodymatter", "text.xhtml#doc-text", statement.title)]
    if body.xpath(".//*[@id='doc-notes']"):
        found.append(("endnotes", "text.xhtml#doc-notes", words["notes"]))
    return found
