"""The contents of packages in memory: two editions, what was received, a picture, outputs, records and a report."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

from communique.packages.contents import Contents, Part, Role
from communique.records.premis import Verdict
from communique.statement import EditorialNote, Identifier, Publisher, Revision, Source
from record_samples import FULL
from samples import statement

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IHDR\0\0\0\0" + b"\0\0\0\1sRGB\0\0\0\0\0" + b"\0\0\0\0IEND\0\0\0\0"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<record/>\n'
ENGLISH = statement(
    editions=("en", "fr"),
    date="2024-05-01",
    source=Source("https://example.org/s?a=1&b", "source/letter of May.txt", "0" * 64, "2024-05-03"),
    editorial_notes=(EditorialNote("Quotes made typographic.", "House style."),),
    identifiers=(Identifier("doi", "10.1234/sample"), Identifier("symbol", "A/1")),
    revisions=(Revision("1", "2024-05-01", "First"), Revision("2", "2024-07-01", "Second")),
)
FRENCH = dataclasses.replace(
    ENGLISH,
    language="fr",
    title="Un échantillon",
    path="content/sample/statement.fr.md",
    publisher=Publisher("Le Bureau"),
    editorial_notes=(EditorialNote("Guillemets typographiques.", "Usage de la maison."),),
)
FILES: Mapping[str, tuple[Role, str, str, bytes]] = {
    "build/sample/check/check.json": (Role.REPORT, "application/json", "", b"{}\n"),
    "build/sample/check/report.html": (Role.REPORT, "text/html", "", b"<p>All is well."),
    "build/sample/manifest.json": (Role.LISTING, "application/json", "", b'{"files": []}\n'),
    "build/sample/metadata/dublin-core.fr.xml": (Role.RECORD, "application/xml", "fr", XML),
    "build/sample/metadata/dublin-core.xml": (Role.RECORD, "application/xml", "en", XML),
    "build/sample/metadata/mods.xml": (Role.RECORD, "application/mods+xml", "en", XML),
    "build/sample/metadata/schema-org.jsonld": (Role.RECORD, "application/ld+json", "en", b"{}\n"),
    "build/sample/sample.fr.html": (Role.RENDITION, "text/html", "fr", "<p>Des mots à dire.".encode()),
    "build/sample/sample.html": (Role.RENDITION, "text/html", "en", b"<p>Words."),
    "build/sample/sample.pdf": (Role.RENDITION, "application/pdf", "en", b"%PDF-1.7 not quite"),
    "content/sample/media/flag of May & more.png": (Role.MASTER, "image/png", "", PNG),
    "content/sample/source/letter of May.txt": (Role.SOURCE, "text/plain", "", "Überschrift\n".encode()),
    "content/sample/statement.fr.md": (Role.MASTER, "text/markdown", "fr", b"---\ntitle: Un\n---\nDes mots.\n"),
    "content/sample/statement.md": (Role.MASTER, "text/markdown", "en", b"---\ntitle: One\n---\nWords.\n"),
}
VERDICTS = (
    Verdict("veraPDF (verapdf)", "1.30.1", "pass", ("sample.pdf",), "2024-07-02"),
    Verdict("Nu HTML Checker (nu)", "26.1", "fail", ("sample.html", "sample.fr.html"), "2024-07-02"),
    Verdict("Communique (fixity)", "0.1.0", "unchecked", ("sample",), "2024-07-02"),
)


def part(path: str, role: Role, media_type: str, language: str, content: bytes) -> Part:
    """A file of a statement that lies in memory."""
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return Part(path, role, media_type, len(content), sha256, sha512, lambda: iter((content,)), language)


def small() -> Contents:
    """The second version of a statement in two editions."""
    parts = tuple(part(path, *kept) for path, kept in sorted(FILES.items()))
    return Contents((ENGLISH, FRENCH), parts, {"communique": "0.1.0", "pandoc": "3.9"}, VERDICTS)


def full() -> Contents:
    """A statement with every field, of which hardly a file is kept."""
    kept = part("content/sample/statement.md", Role.MASTER, "text/markdown", "en", b"Words.\n")
    return Contents((FULL,), (kept,), {}, ())
