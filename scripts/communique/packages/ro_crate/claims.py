"""The standards that a file says it conforms to: nothing is claimed here that the file does not claim itself."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

from communique.records import accessibility
from communique.rendition import Rendition

_PROPERTY = r"{}(?:>|=[\"'])\s*([^<\"'\s]+)"
_ARCHIVE, _LEVEL, _ACCESS, _PRESS = (
    re.compile(_PROPERTY.format(name).encode())
    for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfxid:GTS_PDFXVersion")
)


def made(file: Rendition) -> Iterator[tuple[str, str]]:
    """Name and standard of each claim: ("PDF/A-2a", "ISO 19005-2")."""
    if file.media_type == "application/pdf":
        yield from _pdf(_packet(file.content))
    elif file.media_type == "application/epub+zip":
        access = accessibility.of_files([file])
        if access and access.conforms_to:
            yield access.conforms_to, "EPUB Accessibility 1.1"


def _packet(content: bytes) -> bytes:
    """The XMP packet of a PDF, without the schemas that describe its properties; b"" if there is none."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            packet = bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
    except pikepdf.PdfError:
        return b""
    return packet


def _pdf(packet: bytes) -> Iterator[tuple[str, str]]:
    part, level = _value(_ARCHIVE, packet), _value(_LEVEL, packet)
    if part:
        yield f"PDF/A-{part}{level.lower()}", f"ISO 19005-{part}"
    part = _value(_ACCESS, packet)
    if part:
        yield f"PDF/UA-{part}", f"ISO 14289-{part}"
    press = _value(_PRESS, packet)
    if press:
        yield press, "ISO 15930"


def _value(pattern: re.Pattern[bytes], packet: bytes) -> str:
    match = pattern.search(packet)
    return match[1].decode("utf-8", "replace") if match else ""
