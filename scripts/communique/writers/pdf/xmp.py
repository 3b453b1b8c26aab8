"""The XMP packet (ISO 16684-1): what a PDF says of itself to archives, as RDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lxml import etree

from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import Profile

NAMESPACES = {
    "x": "adobe:ns:meta/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
END = '\n<?xpacket end="r"?>'
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class _Property:
    """One property: `form` is "" for a plain value, else the RDF container that the schema asks for."""

    name: str
    form: str
    values: tuple[str, ...]


def packet(
    facts: Facts, profile: Profile, producer: str, identifiers: tuple[UUID, UUID], more: Sequence[tuple[str, str]] = ()
) -> bytes:
    """The whole packet, UTF-8, with the byte order mark that the wrapper asks for.

    `identifiers` are those of the document and of the file; `more` are plain properties with their prefixes.
    """
    root = etree.Element(_name("x:xmpmeta"), nsmap={"x": NAMESPACES["x"]})
    spaces = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "x"}
    rdf = etree.SubElement(root, _name("rdf:RDF"), nsmap=spaces)
    description = etree.SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})
    added = [_Property(name, "", (value,)) for name, value in more]
    for prop in (*_identification(profile), *added, *_properties(facts, producer, *identifiers)):
        _add(description, prop, facts.language)
    if profile.extends:
        _add_extension(description)
    etree.cleanup_namespaces(root, keep_ns_prefixes=["rdf"])
    return (BEGIN + etree.tostring(root, encoding="unicode", pretty_print=True) + END).encode()


def _identification(profile: Profile) -> list[_Property]:
    """The conformance claims: PDF/A (ISO 19005-2, 6.6.4) and PDF/UA (ISO 14289-1, 5)."""
    claims = (("pdfaid", profile.archive), ("pdfuaid", profile.access))
    return [_Property(f"{prefix}:{key}", "", (value,)) for prefix, rows in claims for key, value in rows]


def _properties(facts: Facts, producer: str, document: UUID, instance: UUID) -> list[_Property]:
    properties = [
        _Property("dc:format", "", ("application/pdf",)),
        _Property("dc:title", "Alt", (facts.title,)),
        _Property("dc:creator", "Seq", facts.authors),
        _Property("dc:description", "Alt", (facts.description,)),
        _Property("dc:subject", "Bag", facts.keywords),
        _Property("dc:publisher", "Bag", (facts.publisher,)),
        _Property("dc:rights", "Alt", (facts.rights,)),
        _Property("dc:identifier", "", (facts.identifier,)),
        _Property("dc:source", "", (facts.source,)),
        _Property("dc:date", "Seq", (facts.date,)),
        _Property("dc:language", "Bag", (facts.language,)),
        _Property("dc:type", "Bag", (facts.type,)),
        _Property("xmp:CreateDate", "", (facts.date,)),
        _Property("xmp:ModifyDate", "", (facts.changed,)),
        _Property("xmp:MetadataDate", "", (facts.changed,)),
        _Property("xmp:CreatorTool", "", (facts.generator,)),
        _Property("pdf:Producer", "", (producer,)),
        _Property("pdf:Keywords", "", (", ".join(facts.keywords),)),
        _Property("xmpRights:WebStatement", "", (facts.rights_uri,)),
        _Property("xmpMM:DocumentID", "", (document.urn,)),
        _Property("xmpMM:InstanceID", "", (instance.urn,)),
    ]
    return [prop for prop in properties if any(prop.values)]


def _add(description: etree._Element, prop: _Property, language: str) -> None:
    element = etree.SubElement(description, _name(prop.name))
    if not prop.form:
        element.text = prop.values[0]
        return
    container = etree.SubElement(element, _name(f"rdf:{prop.form}"))
    if prop.form == "Alt":
        for tag in ("x-default", language):
            etree.SubElement(container, _name("rdf:li"), {LANG: tag}).text = prop.values[0]
    else:
        for value in prop.values:
            etree.SubElement(container, _name("rdf:li")).text = value


def _add_extension(description: etree._Element) -> None:
    """Describe the PDF/UA identification, which PDF/A does not know by itself (ISO 19005-2, 6.6.2.3.3)."""
    schemas = etree.SubElement(description, _name("pdfaExtension:schemas"))
    schema = _resource(etree.SubElement(schemas, _name("rdf:Bag")))
    _texts(
        schema,
        {
            "pdfaSchema:schema": "PDF/UA Universal Accessibility Schema",
            "pdfaSchema:namespaceURI": NAMESPACES["pdfuaid"],
            "pdfaSchema:prefix": "pdfuaid",
        },
    )
    properties = etree.SubElement(schema, _name("pdfaSchema:property"))
    _texts(
        _resource(etree.SubElement(properties, _name("rdf:Seq"))),
        {
            "pdfaProperty:name": "part",
            "pdfaProperty:valueType": "Integer",
            "pdfaProperty:category": "internal",
            "pdfaProperty:description": "Part of ISO 14289 to which the file conforms",
        },
    )


def _resource(container: etree._Element) -> etree._Element:
    return etree.SubElement(container, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})


def _texts(parent: etree._Element, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, _name(name)).text = text


def _name(prefixed: str) -> str:
    """An lxml name from "dc:title"."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
