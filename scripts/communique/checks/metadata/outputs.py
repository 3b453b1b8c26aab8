"""The metadata inside the files that people read: head of the web page, EPUB package, DOCX properties, PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.metadata import linked
from communique.checks.metadata.facts import Facts, Row, bare, first
from communique.checks.metadata.files import book
from communique.checks.opening import Element, Unreadable
from communique.checks.schemas import json_shape

_LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_XMP = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
}


def web_page(path: Path, known: Facts, names: tuple[str, str]) -> Iterator[Row | Remark]:  # noqa: ARG001
    """What the head of a web page says: plain, Dublin Core, Highwire Press, schema.org."""
    root = opening.page(opening.whole(path))
    head = root.find("head")
    if head is None:
        raise Unreadable("has no head")
    yield Row("title", "title", _texts(head, "title"), [known.title])
    for name, key, wanted in _meta(known):
        yield Row(key, f"meta {name}", _named(head, name), wanted)
    days = [str(each.get("datetime", "")) for each in root.iter("time")]
    yield Row("date", "time", list(dict.fromkeys(days)), [known.date])
    licences = [str(link.get("href")) for link in head.iter("link") if link.get("rel") == "license"]
    yield Row("rights-uri", "link license", licences, [known.rights_uri])
    blocks = [str(block.text or "") for block in root.iter("script") if block.get("type") == "application/ld+json"]
    if len(blocks) != 1:
        yield Remark("missing-json-ld", f"{len(blocks)} blocks of JSON-LD where there should be one", "head")
    for block in blocks[:1]:
        yield from _json_ld(block, known)


def _json_ld(block: str, known: Facts) -> Iterator[Row | Remark]:
    try:
        value = opening.json_text(block.encode("utf-8", "surrogatepass"))
    except Unreadable as error:
        yield Remark("unreadable", f"the JSON-LD {error}", "head")
        return
    for remark in json_shape.remarks(value, "schema-org"):
        yield Remark(remark.rule, remark.message, f"JSON-LD {remark.location}")
    yield from linked.rows(value, known, "JSON-LD ")


def _meta(known: Facts) -> Iterator[tuple[str, str, list[str]]]:
    """Name, key, and what should stand there, of each `<meta>`."""
    issuers, subjects = [*first(known.issuers)], [*first(known.subjects)]
    yield "description", "description", [known.description or known.title]
    yield "keywords", "subjects", [", ".join(subjects)]
    for name in ("author", "DC.creator", "citation_author"):
        yield name, "issuers", issuers
    for name in ("DC.title", "citation_title"):
        yield name, "title", [known.title]
    for name in ("DC.publisher", "citation_publisher"):
        yield name, "publisher", [known.publisher]
    for name in ("DC.language", "citation_language"):
        yield name, "language", [known.language]
    for name in ("DC.date", "dcterms.created"):
        yield name, "date", [known.date]
    yield "citation_publication_date", "date", [known.date.replace("-", "/")]
    yield "dcterms.modified", "revised", [known.modified]
    yield "DC.subject", "subjects", subjects
    yield "DC.rights", "rights", [known.rights_uri or known.rights]
    yield "DC.identifier", "identifiers", [*known.identifier()]
    yield "DC.source", "source", [known.source]
    yield "DC.coverage", "places", [*first(known.places)]
    schemes = (("citation_doi", "doi"), ("citation_technical_report_number", "symbol"), ("citation_public_url", "url"))
    for name, scheme in schemes:
        yield name, "identifiers", [*known.identifier(scheme)[-1:]]


def epub(path: Path, known: Facts, names: tuple[str, str]) -> Iterator[Row | Remark]:  # noqa: ARG001
    """What the package document of an EPUB says."""
    with opening.package(path) as archive:
        root = archive.xml(book(archive))
    own = str(root.get("unique-identifier"))
    others = [each for each in root.iter("{*}identifier") if each.get("id") != own]
    # Since EPUB 3.3, 5.5.2, the address of the rights goes with their words in one element.
    rights = f"{known.rights} ({known.rights_uri})" if known.rights_uri else known.rights
    changed = [
        text[:10]
        for each in root.iter("{*}meta")
        if each.get("property") == "dcterms:modified"
        for text in each.itertext()
    ]
    yield Row("title", "dc:title", _texts(root, "title"), [known.title])
    yield Row("language", "dc:language", _texts(root, "language"), [known.language])
    yield Row("date", "dc:date", _texts(root, "date"), [known.date])
    yield Row("revised", "dcterms:modified", changed, [known.modified])
    yield Row("issuers", "dc:creator", _texts(root, "creator"), first(known.issuers))
    yield Row("publisher", "dc:publisher", _texts(root, "publisher"), [known.publisher])
    yield Row("description", "dc:description", _texts(root, "description"), [known.description])
    yield Row("subjects", "dc:subject", _texts(root, "subject"), first(known.subjects))
    yield Row("places", "dc:coverage", _texts(root, "coverage"), first(known.places))
    yield Row("rights", "dc:rights", _texts(root, "rights"), [rights])
    yield Row(
        "identifiers", "dc:identifier", [bare("".join(map(str, each.itertext()))) for each in others], _ids(known)
    )
    sources = [str(text) for each in root.iter("{*}source") if not each.get("id") for text in each.itertext()]
    yield Row("source", "dc:source", sources, [known.source])


def docx(path: Path, known: Facts, names: tuple[str, str]) -> Iterator[Row | Remark]:  # noqa: ARG001
    """What the properties of a Word file say."""
    with opening.package(path) as archive:
        core, more = archive.xml("docProps/core.xml"), archive.xml("docProps/app.xml")
        own = archive.xml("docProps/custom.xml") if "docProps/custom.xml" in archive.names else None
    subjects, places = first(known.subjects), first(known.places)
    yield Row("title", "core title", _texts(core, "title"), [known.title])
    yield Row("issuers", "core creator", _texts(core, "creator"), ["; ".join(first(known.issuers))])
    yield Row("subjects", "core subject", _texts(core, "subject"), ["; ".join(subjects)])
    yield Row("subjects", "core keywords", _texts(core, "keywords"), ["; ".join((*subjects, *places))])
    yield Row("description", "core description", _texts(core, "description"), [known.description])
    yield Row("identifiers", "core identifier", _texts(core, "identifier"), ["; ".join(known.identifier())])
    yield Row("language", "core language", _texts(core, "language"), [known.language])
    yield Row("date", "core created", [text[:10] for text in _texts(core, "created")], [known.date])
    yield Row("revised", "core modified", [text[:10] for text in _texts(core, "modified")], [known.modified])
    yield Row("publisher", "app Company", _texts(more, "Company"), [known.publisher])
    if own is not None:
        short = [each for each in own.iter("{*}property") if each.get("name") == "Short title"]
        said = ["".join(map(str, each.itertext())) for each in short]
        yield Row("short-title", "custom Short title", said, [known.short_title or known.title])


def pdf(path: Path, known: Facts, names: tuple[str, str]) -> Iterator[Row | Remark]:
    """What the XMP packet and the Info dictionary of a PDF say; PDF 2.0 has no Info dictionary.

    `names` are those of the file, one of which stands for the identifier of a statement that has none.
    """
    with opening.pdf(path) as file:
        if "/Metadata" not in file.Root:
            yield Remark("missing-xmp", "there is no XMP packet")
            packet = None
        else:
            packet = opening.xml(bytes(file.Root.Metadata.read_bytes()).strip(), "the XMP packet")
        info = {str(key)[1:]: value for key, value in file.trailer.get("/Info", pikepdf.Dictionary()).items()}
        wants_info = bool(info) or file.pdf_version < "2.0"
        said = {key: str(value) for key, value in info.items()}
    if packet is not None:
        yield from _packet(packet, known, names)
    if wants_info:
        yield from _info(said, known)


def _packet(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    subjects, issuers = first(known.subjects), first(known.issuers)
    alternatives = {"dc:title": known.title, "dc:description": known.description, "dc:rights": known.rights}
    for name, wanted in alternatives.items():
        said = _xmp(root, name)
        # A text in XMP stands once for any reader and once for the readers of its language.
        yield Row(name.partition(":")[2], f"XMP {name}", said, [wanted] * max(1, len(said)))
    identifier = [bare(text) for text in _xmp(root, "dc:identifier")]
    allowed = known.identifier() or names
    yield Row(
        "identifiers", "XMP dc:identifier", identifier, identifier if set(identifier) & {*allowed, *names} else allowed
    )
    for key, name, found in (
        ("issuers", "dc:creator", issuers),
        ("subjects", "dc:subject", subjects),
        ("subjects", "pdf:Keywords", (", ".join(subjects),)),
        ("publisher", "dc:publisher", (known.publisher,)),
        ("rights-uri", "xmpRights:WebStatement", (known.rights_uri,)),
        ("source", "dc:source", (known.source,)),
        ("date", "dc:date", (known.date,)),
        ("date", "xmp:CreateDate", (known.date,)),
        ("revised", "xmp:ModifyDate", (known.modified,)),
        ("revised", "xmp:MetadataDate", (known.modified,)),
        ("language", "dc:language", (known.language,)),
    ):
        yield Row(key, f"XMP {name}", _xmp(root, name), found)


def _info(said: dict[str, str], known: Facts) -> Iterator[Row]:
    for key, name, wanted in (
        ("title", "Title", known.title),
        ("issuers", "Author", "; ".join(first(known.issuers))),
        ("description", "Subject", known.description),
        ("subjects", "Keywords", ", ".join(first(known.subjects))),
    ):
        yield Row(key, f"Info {name}", [said.get(name, "")], [wanted])
    for key, name, day in (("date", "CreationDate", known.date), ("revised", "ModDate", known.modified)):
        yield Row(key, f"Info {name}", [said.get(name, "").removeprefix("D:")[:8]], [day.replace("-", "")])


def _xmp(root: Element, name: str) -> list[str]:
    """The values of a property, in an array or plain, as an element or as an attribute."""
    prefix, _, local = name.partition(":")
    tag = f"{{{_XMP[prefix]}}}{local}"
    values: list[Any] = []
    for element in root.iter(tag):
        items = list(element.iter(_LI))
        values += ["".join(map(str, item.itertext())) for item in items] if items else [element.text or ""]
    return [*map(str, values), *(str(each.get(tag)) for each in root.iter() if each.get(tag) is not None)]


def _ids(known: Facts) -> list[str]:
    return [*known.identifier()]


def _named(head: Element, name: str) -> list[str]:
    return [str(meta.get("content", "")) for meta in head.iter("meta") if meta.get("name") == name]


def _texts(root: Element, name: str) -> list[str]:
    """The texts of all elements with a local name."""
    return ["".join(map(str, element.itertext())) for element in root.iter(f"{{*}}{name}", name)]
