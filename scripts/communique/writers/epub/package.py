"""The package document (EPUB 3.3, 5): metadata, manifest, spine."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from communique.language import direction
from communique.linked_data import modified
from communique.statement import Statement
from communique.writers.epub import accessibility
from communique.writers.epub.names import DC, OPF, XML_LANG, element, serialize
from communique.writers.page_list import PageList


@dataclass(frozen=True)
class Item:
    """One resource of the manifest; `href` is relative to the package document."""

    identifier: str
    href: str
    media_type: str
    content: bytes
    properties: str = ""
    in_spine: bool = False


def write(statement: Statement, body: HtmlElement, items: Sequence[Item], pages: PageList) -> bytes:
    """package.opf, UTF-8."""
    root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF, "dc": DC})
    root.set("version", "3.0")
    root.set("unique-identifier", "identifier")
    root.set(XML_LANG, statement.language)
    root.set("dir", direction(statement.language))
    metadata = etree.SubElement(root, f"{{{OPF}}}metadata")
    metadata.extend([*_dublin_core(statement), *_creators(statement)])
    metadata.extend(accessibility.metadata(statement, body, pages))
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    for item in items:
        attributes = {"media-type": item.media_type, "properties": item.properties}
        manifest.append(element(OPF, "item", id=item.identifier, href=item.href, **attributes))
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    spine.set("page-progression-direction", direction(statement.language))
    spine.extend([element(OPF, "itemref", idref=item.identifier) for item in items if item.in_spine])
    etree.indent(root)
    return serialize(root)


def identifier(statement: Statement) -> str:
    """A name-based UUID (RFC 9562, version 5): the same for every build of the same edition, and for no other."""
    address = next((each.value for each in statement.identifiers if each.scheme == "url"), statement.publisher.url)
    name = f"{address}#{statement.slug}#{statement.language}"
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _dublin_core(statement: Statement) -> Iterator[etree._Element]:
    yield element(DC, "identifier", identifier(statement), id="identifier")
    for other in statement.identifiers:
        yield element(DC, "identifier", f"doi:{other.value}" if other.scheme == "doi" else other.value)
    yield element(DC, "title", statement.title)
    yield element(DC, "language", statement.language)
    yield element(DC, "date", statement.date)
    yield element(DC, "publisher", statement.publisher.name)
    if statement.description:
        yield element(DC, "description", statement.description)
    yield from (element(DC, "subject", subject.term) for subject in statement.subjects)
    yield from (element(DC, "coverage", place.name) for place in statement.places)
    if statement.source and statement.source.url:
        yield element(DC, "source", statement.source.url)
    rights = statement.rights
    yield element(DC, "rights", f"{rights.statement} ({rights.uri})" if rights.uri else rights.statement)
    yield element(OPF, "meta", f"{modified(statement)}T00:00:00Z", property="dcterms:modified")


def _creators(statement: Statement) -> Iterator[etree._Element]:
    """Each issuer as an author (MARC relator aut), in the order of the master."""
    for number, issuer in enumerate(statement.issuers, 1):
        yield element(DC, "creator", issuer.name, id=f"creator{number}")
        yield element(OPF, "meta", "aut", refines=f"#creator{number}", property="role", scheme="marc:relators")
        yield element(OPF, "meta", str(number), refines=f"#creator{number}", property="display-seq")
