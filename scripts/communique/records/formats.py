"""The formats of files as archives name them: by their entry in PRONOM, the registry of The National Archives (UK)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
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
    "application/akn+xml": Format("Extensible Markup Language", "1.0", "fmt/101"),
    "application/json": Format("JSON Data Interchange Format", "", "fmt/817"),
    "application/ld+json": Format("JSON-LD", "", "fmt/880"),
    "text/markdown": Format("Markdown", "", "fmt/1149"),
    "text/plain": Format("Plain Text File", "", "x-fmt/111"),
    "text/css": Format("Cascading Style Sheet", "", "x-fmt/224"),
    "text/csv": Format("Comma Separated Values", "", "x-fmt/18"),
    "application/zip": Format("ZIP Format", "", "x-fmt/263"),
}
_SYNTAXES = {"+xml": _BY_TYPE["application/xml"], "+json": _BY_TYPE["application/json"]}
_PDF = {"1.4": "fmt/18", "1.5": "fmt/19", "1.6": "fmt/20", "1.7": "fmt/276", "2.0": "fmt/1129"}
_PDF_A = {"2a": "fmt/476", "2b": "fmt/477", "2u": "fmt/478", "3a": "fmt/479", "3b": "fmt/480", "3u": "fmt/481"}
_PDF_A |= {"4": "fmt/1910", "4e": "fmt/1911", "4f": "fmt/1912"}


def of_file(file: Rendition) -> Format:
    """The format of a file by its media type, or by what the file says itself where its versions have entries each."""
    if file.media_type in _BY_CONTENT:
        return _BY_CONTENT[file.media_type](file.content)
    syntax = _SYNTAXES.get(file.media_type[file.media_type.rfind("+") :], Format(file.media_type))
    return _BY_TYPE.get(file.media_type, syntax)


def needs_reading(media_type: str) -> bool:
    """Whether a file of this type must be read to tell its format."""
    return media_type in _BY_CONTENT


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


def _png(content: bytes) -> Format:
    """PRONOM tells the versions of PNG by the chunks that came with each."""
    name = "Portable Network Graphics"
    if not content:
        return Format(name)
    chunks = set(_chunks(content))
    if b"iTXt" in chunks:
        return Format(name, "1.2", "fmt/13")
    return Format(name, "1.1", "fmt/12") if chunks & {b"iCCP", b"sPLT", b"sRGB"} else Format(name, "1.0", "fmt/11")


def _chunks(content: bytes) -> Iterator[bytes]:
    """The types of the chunks of a PNG file (ISO/IEC 15948, 5.3)."""
    place = 8
    while place + 8 <= len(content):
        yield content[place + 4 : place + 8]
        place += int.from_bytes(content[place : place + 4], "big") + 12


def _jpeg(content: bytes) -> Format:
    """The version of JFIF, in the first segment of the file."""
    name = "JPEG File Interchange Format"
    version = f"{content[11]}.{content[12]:02}" if content[6:11] == b"JFIF\0" and len(content) > 12 else ""
    return Format(name, version, _JFIF[version]) if version in _JFIF else Format("JPEG image")


def _svg(content: bytes) -> Format:
    """Without a version of its own, SVG is read as 1.1."""
    match = re.search(rb"<svg\b[^>]*?\sversion=[\"']([\d.]+)", content)
    version = match[1].decode() if match else "1.1"
    return Format("Scalable Vector Graphics", version, {"1.0": "fmt/91", "1.1": "fmt/92"}.get(version, ""))


_JFIF = {"1.00": "fmt/42", "1.01": "fmt/43", "1.02": "fmt/44"}
_BY_CONTENT: dict[str, Callable[[bytes], Format]] = {
    "application/pdf": _pdf,
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/svg+xml": _svg,
}
