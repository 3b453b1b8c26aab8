"""The document's properties: core, extended and custom (ISO/IEC 29500-1, 15.2.12 and 22.2; 29500-2, 11)."""

from __future__ import annotations

from lxml import etree

from communique.statement import Statement
from communique.writers.docx.ooxml import serialize

SHORT_TITLE = "Short title"
"""The custom property that the running header shows through a field."""

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_DCTERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = f"{_OFFICE}/docPropsVTypes"
# Format and first number of custom properties: [MS-OSHARED], 2.3.3.2.3.
_CUSTOM_FORMAT, _CUSTOM_FIRST = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", "2"


def short_title(statement: Statement) -> str:
    """What stands in the running header."""
    return statement.short_title or statement.title


def core(statement: Statement) -> bytes:
    """docProps/core.xml: title, authors, topics and dates, all from the master."""
    names = {"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap=names)
    subjects = [subject.term for subject in statement.subjects]
    places = [place.name for place in statement.places]
    for name, text in (
        (f"{{{_DC}}}title", statement.title),
        (f"{{{_DC}}}creator", "; ".join(issuer.name for issuer in statement.issuers)),
        (f"{{{_DC}}}subject", "; ".join(subjects)),
        (f"{{{_CP}}}keywords", "; ".join(subjects + places)),
        (f"{{{_DC}}}description", statement.description),
        (f"{{{_DC}}}identifier", "; ".join(each.value for each in statement.identifiers)),
        (f"{{{_DC}}}language", statement.language),
    ):
        if text:
            etree.SubElement(root, name).text = text
    revised = max([statement.date, *(revision.date for revision in statement.revisions)])
    for name, day in (("created", statement.date), ("modified", revised)):
        moment = etree.SubElement(root, f"{{{_DCTERMS}}}{name}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        moment.text = f"{day}T00:00:00Z"
    return serialize(root)


def extended(statement: Statement) -> bytes:
    """docProps/app.xml: the publisher; counts of words and pages would be guesses."""
    space = f"{_OFFICE}/extended-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space})
    etree.SubElement(root, f"{{{space}}}Company").text = statement.publisher.name
    return serialize(root)


def custom(statement: Statement) -> bytes:
    """docProps/custom.xml: the short title."""
    space = f"{_OFFICE}/custom-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": _TYPES})
    attributes = {"fmtid": _CUSTOM_FORMAT, "pid": _CUSTOM_FIRST, "name": SHORT_TITLE}
    holder = etree.SubElement(root, f"{{{space}}}property", attributes)
    etree.SubElement(holder, f"{{{_TYPES}}}lpwstr").text = short_title(statement)
    return serialize(root)
