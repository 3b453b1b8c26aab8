"""The formats of files as archives name them: by their entry in PRONOM, the registry of The National Archives (UK)."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

import pikepdf

from communique.rendition import Rendition


@dataclass(frozen=True)
class Format:
    """`key` is the PRONOM identifier, "" where none is known; `version` is "" where a format has none."""

    name: str
    version: str = ""
    key: str = ""


_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_TYPE = {
    "text/html": Format("Hypertext Markup Language", "5", "fmt/471"),
    "application/epub+zip": Format("ePub format", "", "fmt/483"),
    _DOCX: Format("Microsoft Word for Windows", "2007 onwards", "fmt/412"),
    "application/xml": Format("Extensible Markup Language", "1.0", "fmt/101"),
    "application/json": Format("JSON Data Interchange Format", "", "fmt/817"),
    "application/ld+json": Format("JSON-LD", "", "fmt/880"),
    "text/markdown": Format("Markdown", "", "fmt/1149"),
    "text/plain": Format("Plain Text File", "", "x-fmt/111"),
}
_PDF = {"1.4": "fmt/18", "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129"}
_PDF_A = {"2a": "fmt/476", "2b": "fmt/477", "2u": "fmt/478", "3a": "fmt/479", "3b": "fmt/480", "3u": "fmt/481"}
_PDF_A |= {"4": "fmt/1910", "4e": "fmt/1911", "4f": "fmt/1912"}


def of_file(file: Rendition) -> Format:
    """The format of a file by its media type; of a PDF by what it says itself, for PDF/A is a format of its own."""
    if file.media_type == "application/pdf":
        return _pdf(file.content)
    return _BY_TYPE.get(file.media_type, Format(file.media_type))


def of_name(name: str) -> Format:
    """The format of a file of which only the name is known."""
    endings = {"txt": "text/plain", "md": "text/markdown", "html": "text/html", "htm": "text/html", "docx": _DOCX}
    kind = endings.get(name.rpartition(".")[2].lower(), "")
    return _BY_TYPE[kind] if kind in ("text/plain", "text/markdown", _DOCX) else Format(kind or "unknown")


def _pdf(content: bytes) -> Format:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            version, packet = pdf.pdf_version, bytes(pdf.Root.Metadata.read_bytes()) if "/Metadata" in pdf.Root else b""
    except pikepdf.PdfError:
        return Format("Acrobat PDF - Portable Document Format")
    part, level = (_said(packet, name) for name in (b"part", b"conformance"))
    archival = f"{part}{level.lower()}"
    if archival in _PDF_A:
        return Format("Acrobat PDF/A - Portable Document Format", archival, _PDF_A[archival])
    return Format("Acrobat PDF - Portable Document Format", version, _PDF.get(version, ""))


def _said(packet: bytes, name: bytes) -> str:
    """A property of PDF/A in an XMP packet, as an element or as an attribute."""
    match = re.search(rb"pdfaid:" + name + rb"(?:>|=[\"'])\s*(\w+)", packet)
    return match[1].decode() if match else ""
