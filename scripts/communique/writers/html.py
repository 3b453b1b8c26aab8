"""The web page: one self-contained file without scripts, WCAG 2.2 AA."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from string import Template

from lxml import etree, html
from lxml.html import HtmlElement

from communique import legibility, templates
from communique.document import Document
from communique.labels import labels
from communique.language import direction
from communique.linked_data import describe, modified
from communique.statement import Statement
from communique.writers import captions, fragment, lettering, table_fit, webfonts
from communique.writers.media import media_type


def write(document: Document) -> bytes:
    """The page, UTF-8, with its styles, fonts and images inside it."""
    body = fragment.body(document)
    statement = document.statement
    _embed_images(body, document)
    captions.part(body)
    _scrolling_parts(body, statement)
    _skip_link(body, statement)
    return page(statement, body, _style(document, page(statement, body, ""))).encode()


def page(statement: Statement, body: HtmlElement, style: str) -> str:
    """A whole HTML document around a body."""
    return Template(templates.read_text("page.html")).substitute(
        language=statement.language,
        direction=direction(statement.language),
        title=_escape(statement.title),
        metadata="\n".join(map(_tag, _metadata(statement))) + "\n" + _json_ld(statement),
        style=style,
        body=_serialize(body),
    )


def _metadata(statement: Statement) -> Iterator[tuple[str, dict[str, str]]]:
    """Element name and attributes of each `<meta>` and `<link>`: plain, Dublin Core, Highwire Press."""
    for name, content in _named(statement):
        if content:
            yield "meta", {"name": name, "content": content}
    yield "link", {"rel": "schema.DC", "href": "http://purl.org/dc/elements/1.1/"}
    yield "link", {"rel": "schema.dcterms", "href": "http://purl.org/dc/terms/"}
    if statement.rights.uri:
        yield "link", {"rel": "license", "href": statement.rights.uri}
    if len(statement.editions) > 1:
        for language in statement.editions:
            stem = statement.slug if language == statement.editions[0] else f"{statement.slug}.{language}"
            yield "link", {"rel": "alternate", "hreflang": language, "href": f"{stem}.html"}


def _named(statement: Statement) -> Iterator[tuple[str, str]]:
    authors = [issuer.name for issuer in statement.issuers]
    yield "description", statement.description or statement.title
    yield from (("author", author) for author in authors)
    yield "keywords", ", ".join(subject.term for subject in statement.subjects)
    yield "DC.title", statement.title
    yield from (("DC.creator", author) for author in authors)
    yield from (("DC.subject", subject.term) for subject in statement.subjects)
    yield "DC.publisher", statement.publisher.name
    yield "DC.date", statement.date
    yield "DC.type", "Text"
    yield "DC.format", "text/html"
    yield "DC.language", statement.language
    yield "DC.rights", statement.rights.uri or statement.rights.statement
    yield from (("DC.identifier", each.value) for each in statement.identifiers)
    yield "DC.source", statement.source.url if statement.source else ""
    yield from (("DC.coverage", place.name) for place in statement.places)
    yield "dcterms.created", statement.date
    yield "dcterms.modified", modified(statement)
    yield "citation_title", statement.title
    yield from (("citation_author", author) for author in authors)
    yield "citation_publication_date", statement.date.replace("-", "/")
    yield "citation_publisher", statement.publisher.name
    yield "citation_language", statement.language
    values = {each.scheme: each.value for each in statement.identifiers}
    yield "citation_doi", values.get("doi", "")
    yield "citation_technical_report_number", values.get("symbol", "")
    yield "citation_public_url", values.get("url", "")


def _json_ld(statement: Statement) -> str:
    """A block of JSON-LD; no text in it can end the element early."""
    text = json.dumps(describe(statement), ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _embed_images(body: HtmlElement, document: Document) -> None:
    for image in body.iter("img"):
        content = document.statement.media[image.get("src", "")]
        image.set("src", f"data:{media_type(content)};base64,{b64encode(content).decode()}")


def _scrolling_parts(body: HtmlElement, statement: Statement) -> None:
    """Wide tables and code scroll in a frame of their own that a keyboard reaches (WCAG 2.2, 1.4.10, 2.1.1).

    The frame also says what a table needs to fit on paper, where nothing scrolls.
    """
    words = labels(statement.language)
    for number, table in enumerate(body.xpath(".//table"), 1):
        names = ["scroll", *table_fit.classes(table, table_fit.PRINTED)]
        frame = html.Element("div", {"class": " ".join(names), "tabindex": "0", "role": "region"})
        caption = table.find("caption")
        if caption is not None:
            frame.set("aria-labelledby", caption.get("id", ""))
        else:
            frame.set("aria-label", f"{words['table']} {number}")
        fragment.wrap(table, frame)
    for number, block in enumerate(body.xpath(".//pre"), 1):
        block.set("tabindex", "0")
        block.set("role", "region")
        block.set("aria-label", f"{words['code']} {number}")


def _skip_link(body: HtmlElement, statement: Statement) -> None:
    """The first thing a keyboard reaches leads past the masthead (WCAG 2.2, 2.4.1)."""
    words = labels(statement.language)
    skip = html.Element("a", {"class": "skip", "href": "#doc-text"})
    skip.text, skip.tail = words["skip"], "\n"
    fragment.speak(skip, words, statement.language)
    body.insert(0, skip)
    body.get_element_by_id("doc-text").set("tabindex", "-1")


def _style(document: Document, text: str) -> str:
    """The styles of the page, with its fonts as data, so that it needs no other file."""
    writing = legibility.writing(document)
    faces = webfonts.faces(writing.typefaces, text)
    return (
        "\n".join(
            [
                *(face.rule(_as_data(face.content), "font-display: swap") for face in faces),
                templates.read_text("css/base.css"),
                templates.read_text("css/screen.css"),
                lettering.css(writing, lettering.SCREEN),
            ]
        ).rstrip("\n")
        + "\n"
    )


def _as_data(font: bytes) -> str:
    return f"data:font/woff2;base64,{b64encode(font).decode()}"


def _tag(element: tuple[str, dict[str, str]]) -> str:
    name, attributes = element
    pairs = (f'{key}="{_escape(value)}"' for key, value in attributes.items())
    return f"<{name} {' '.join(pairs)}>"


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _serialize(body: HtmlElement) -> str:
    return str(etree.tostring(body, method="html", encoding="unicode"))
