"""What a PDF says of itself outside its pages: Info dictionary, XMP packet, identifiers, images' flags."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

import pydyf

from communique.errors import ToolFailed
from communique.writers.pdf import xmp
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import Profile


def digest(page: str, css: str, resources: Mapping[str, bytes], facts: Facts) -> str:
    """The SHA-256 of everything that goes into a PDF, hexadecimal."""
    parts = [page.encode(), css.encode(), repr(facts).encode()]
    parts += [part for path in sorted(resources) for part in (path.encode(), resources[path])]
    sums = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(sums).hexdigest()


def document_uuid(facts: Facts) -> uuid.UUID:
    """The same for every version of one language edition of a statement."""
    name = facts.identifier or f"{facts.title} {facts.date}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{facts.language}")


def file_identifier(facts: Facts) -> bytes:
    """The first half of the trailer's ID (ISO 32000-1, 14.4); the engine derives the second from the content."""
    return document_uuid(facts).hex.encode()


def describe(pdf: Any, facts: Facts, profile: Profile, digest: str) -> None:
    """Write the Info dictionary and an XMP packet that agree (ISO 19005-2, 6.6)."""
    producer = pdf.info["Producer"].string
    instance = uuid.uuid5(uuid.NAMESPACE_URL, f"sha256:{digest}")
    info = {
        "Title": facts.title,
        "Author": "; ".join(facts.authors),
        "Subject": facts.description,
        "Keywords": ", ".join(facts.keywords),
        "Creator": facts.generator,
        "Producer": producer,
        "CreationDate": _pdf_date(facts.date),
        "ModDate": _pdf_date(facts.changed),
    }
    pdf.info.clear()
    pdf.info.update({key: pydyf.String(value) for key, value in info.items() if value})
    stream = _referred(pdf, pdf.catalog["Metadata"])
    stream.stream, stream.compress = [xmp.packet(facts, profile, producer, document_uuid(facts), instance)], False


def _pdf_date(iso: str) -> str:
    """An ISO 8601 day or time as a PDF date (ISO 32000-1, 7.9.4)."""
    if not iso:
        return ""
    day, _, time = iso.partition("T")
    zone = "Z" if time.endswith("Z") else ""
    digits = "".join(filter(str.isdigit, day + time[:8]))
    if len(time) > 9 and time[8] in "+-":
        zone = f"{time[8]}{time[9:11]}'{time[12:14]}'"
    return f"D:{digits}{zone}"


def _referred(pdf: Any, reference: bytes) -> Any:
    """The object that a reference such as b"7 0 R" names."""
    return pdf.objects[int(reference.split()[0])]


def settle_images(pdf: Any) -> None:
    """Forbid interpolation (ISO 19005-2, 6.2.8) and refuse CMYK, which the RGB output intent cannot describe."""
    for entry in pdf.objects:
        extra = getattr(entry, "extra", {})
        if extra.get("Subtype") == "/Image":
            extra["Interpolate"] = "false"
            if extra.get("ColorSpace") == "/DeviceCMYK":
                raise ToolFailed("PDF: an image is in CMYK colours (convert it to RGB)")
