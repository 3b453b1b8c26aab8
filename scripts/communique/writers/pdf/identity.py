"""What a PDF says of itself outside its pages: Info dictionary, XMP packet, identifiers, images' flags."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any

import pydyf

from communique.errors import ToolFailed
from communique.writers.attachment import Attachment
from communique.writers.pdf import xmp
from communique.writers.pdf.engine import VERSION
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import Profile
from communique.writers.pdf.source import Source


def digest(source: Source, facts: Facts, profile: str, attachments: Sequence[Attachment] = ()) -> str:
    """The SHA-256 of everything that goes into a PDF, hexadecimal."""
    parts = [source.page.encode(), source.css.encode(), repr(facts).encode(), profile.encode()]
    parts += [part for path in sorted(source.resources) for part in (path.encode(), source.resources[path])]
    parts += [part for each in attachments for part in (each.name.encode(), each.content)]
    sums = b"".join(hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(sums).hexdigest()


def document_uuid(facts: Facts) -> uuid.UUID:
    """The same for every version of one language edition of a statement."""
    name = facts.identifier or f"{facts.title} {facts.date}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{name}#{facts.language}")


def instance_uuid(digest: str) -> uuid.UUID:
    """The identifier of one file, by the digest of everything that goes into it."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"sha256:{digest}")


def file_identifier(facts: Facts) -> bytes:
    """The first half of the trailer's ID (ISO 32000-1, 14.4); the engine derives the second from the content."""
    return document_uuid(facts).hex.encode()


def describe(pdf: Any, facts: Facts, profile: Profile, digest: str, more: Sequence[tuple[str, str]] = ()) -> None:
    """Write the Info dictionary, where the profile has one, and an XMP packet that agree (ISO 19005-2, 6.6).

    `more` are properties of the packet alone, such as ("pdf:Trapped", "False").
    """
    producer = f"WeasyPrint {VERSION}"
    instance = instance_uuid(digest)
    info = {
        "Title": facts.title,
        "Author": "; ".join(facts.authors),
        "Subject": facts.description,
        "Keywords": ", ".join(facts.keywords),
        "Creator": facts.generator,
        "Producer": producer,
        "CreationDate": pdf_date(facts.date),
        "ModDate": pdf_date(facts.changed),
    }
    pdf.info.clear()
    if profile.has_info:
        pdf.info.update({key: pydyf.String(value) for key, value in info.items() if value})
    stream = _referred(pdf, pdf.catalog["Metadata"])
    packet = xmp.packet(facts, profile, producer, (document_uuid(facts), instance), more)
    stream.stream, stream.compress = [packet], False


def pdf_date(iso: str) -> str:
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
