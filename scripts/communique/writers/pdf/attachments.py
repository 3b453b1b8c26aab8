"""Files inside a PDF: what the statement was made from, and what is said of it (ISO 19005-3, 6.8; ISO 19005-4, 6.9)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import pydyf

from communique.writers.attachment import Attachment


def attach(pdf: Any, attachments: Sequence[Attachment], date: str) -> None:
    """Add the files to the document as a whole (7.7.2, AF); `date` is a PDF date (7.9.4)."""
    files = sorted(attachments, key=lambda each: each.name)
    entries = [(each.name, _specification(pdf, each, date)) for each in files]
    if entries:
        names = pydyf.Dictionary(
            {"Names": pydyf.Array(part for name, entry in entries for part in (pydyf.String(name), entry))}
        )
        pdf.add_object(names)
        pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = names.reference
        pdf.catalog["AF"] = pydyf.Array(entry for _, entry in entries)


def _specification(pdf: Any, attachment: Attachment, date: str) -> bytes:
    """The reference of a file specification (7.11.3) with its embedded file stream (7.11.4)."""
    checksum = hashlib.md5(attachment.content, usedforsecurity=False).hexdigest()
    facts = {"Size": len(attachment.content), "CheckSum": f"<{checksum}>", "ModDate": pydyf.String(date)}
    kind = {"Type": "/EmbeddedFile", "Subtype": "/" + attachment.media_type.replace("/", "#2f").replace("+", "#2b")}
    stream = pydyf.Stream([attachment.content], {**kind, "Params": pydyf.Dictionary(facts)}, compress=True)
    pdf.add_object(stream)
    specification = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference}),
            "AFRelationship": f"/{attachment.relationship}",
            "Desc": pydyf.String(attachment.description),
        }
    )
    pdf.add_object(specification)
    reference: bytes = specification.reference
    return reference
