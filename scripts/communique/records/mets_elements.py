"""The parts of a METS document as XML: header, references to files with their fixity, and the map of it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from communique.version import VERSION

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "http://www.loc.gov/standards/mets/version1121/mets.xsd"
"""The schema of METS 1.12.1, the last of this line."""
NAMESPACES = {None: METS, "xlink": XLINK, "xsi": XSI}


@dataclass(frozen=True)
class Located:
    """A file as METS refers to it: its address, relative to the document, and what proves that it is the same.

    `size` is in bytes, `sha256` lower-case hexadecimal, `created` an ISO 8601 time.
    """

    href: str
    media_type: str
    size: int
    sha256: str
    created: str

    @property
    def attributes(self) -> dict[str, str]:
        """What stands at a file and at a reference to metadata alike."""
        return {
            "MIMETYPE": self.media_type,
            "SIZE": str(self.size),
            "CREATED": self.created,
            "CHECKSUM": self.sha256,
            "CHECKSUMTYPE": "SHA-256",
        }


def moment(day: str) -> str:
    """A day as a time (xs:dateTime): its beginning in UTC, for nothing here looks at a clock."""
    return f"{day}T00:00:00Z"


def address(path: str) -> str:
    """A path as a relative URL (RFC 3986)."""
    return quote(path, safe="/")


def element(name: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """An element of METS; an attribute without a value is left out."""
    made = etree.Element(f"{{{METS}}}{name}", nsmap=NAMESPACES)
    made.attrib.update({key: value for key, value in attributes.items() if value})
    made.extend(children)
    return made


def named(name: str, text: str, **attributes: str) -> etree._Element:
    """An element of METS with a text in it."""
    made = element(name, **attributes)
    made.text = text
    return made


def agent(name: str, role: str, kind: str, *notes: etree._Element, other: str = "") -> etree._Element:
    """Somebody, or a program, that had to do with the document; `other` is the kind if METS has no word for it."""
    return element("agent", named("name", name), *notes, ROLE=role, TYPE=kind, OTHERTYPE=other)


def program(**attributes: str) -> etree._Element:
    """This program, that made the document; the attributes are those of the note with its version."""
    version = named("note", VERSION)
    version.attrib.update(attributes)
    return agent("Communique", "CREATOR", "OTHER", version, other="SOFTWARE")


def section(name: str, key: str, content: etree._Element, created: str, **attributes: str) -> etree._Element:
    """A section of metadata: dmdSec, techMD or digiprovMD."""
    return element(name, content, ID=key, CREATED=created, **attributes)


def wrapped(content: etree._Element, kind: str, version: str) -> etree._Element:
    """Metadata inside of the document."""
    return element("mdWrap", element("xmlData", content), MDTYPE=kind, MDTYPEVERSION=version, MIMETYPE="text/xml")


def referred(key: str, file: Located, kind: str, other: str = "", version: str = "") -> etree._Element:
    """A reference to metadata in a file; `other` is the kind if METS has no word for it."""
    made = element("mdRef", ID=key, LOCTYPE="URL", MDTYPE=kind, OTHERMDTYPE=other, MDTYPEVERSION=version)
    made.attrib.update(file.attributes)
    return linked(made, file.href)


def file(key: str, located: Located, **attributes: str) -> etree._Element:
    """A file and where it is."""
    place = linked(element("FLocat", LOCTYPE="URL"), located.href)
    return element("file", place, ID=key, **located.attributes, **attributes)


def linked(made: etree._Element, href: str, title: str = "") -> etree._Element:
    """The element, as a simple link."""
    made.set(f"{{{XLINK}}}type", "simple")
    made.set(f"{{{XLINK}}}href", href)
    if title:
        made.set(f"{{{XLINK}}}title", title)
    return made


def document(root: etree._Element, parts: Iterable[etree._Element]) -> bytes:
    """A METS document, UTF-8."""
    root.extend(parts)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
