"""A small statement with an output in every format, and what checks could say of it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from communique.checks import pictures
from communique.checks.check import Check
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, Result, Severity

SLUG = "a-statement"
TITLE = "A Statement on <Reports> & “Quotes”"
HOSTILE = 'found <script>alert("1")</script>\x00\x1b[31m red\nand a second line \u202e turned \ud800 ' + "x" * 5000

PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="DC.date" content="2024-02-29"></head>
<body><main><h1>{title}</h1><p>Words, <a href="https://example.org/">and more</a>.</p></main></body></html>
"""
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>A letter</dc:title><dc:language>en</dc:language><dcterms:created>2024-02-29</dcterms:created>"
    "</cp:coreProperties>"
)
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Words'
    "</w:t></w:r></w:p></w:body></w:document>"
)
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>A book</dc:title><dc:language>en</dc:language><dc:date>2024-02-29</dc:date></metadata></package>"
)
CHAPTER = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words<img src="a.png" alt="A"/></p></body></html>'

_FORMATS: Mapping[str, tuple[str, ...]] = {
    "verapdf": ("pdf", "large"),
    "epubcheck": ("epub",),
    "ace": ("epub",),
    "nu": ("html",),
    "axe": ("html",),
    "browser": ("html", "epub"),
    "language": ("html", "epub", "docx"),
    "words": ("html", "epub", "pdf", "large", "docx"),
    "pdf-accessibility": ("pdf", "large"),
    "epub-metadata": ("epub",),
    "qpdf": ("pdf", "large", "print"),
    "ooxml": ("docx",),
    "docx-accessibility": ("docx",),
    "press": ("print",),
    "fixity": (),
}


def packed(parts: Mapping[str, str]) -> bytes:
    """A ZIP package of texts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


def page(title: str = "A Statement on &lt;Reports&gt; &amp; “Quotes”", language: str = "en") -> bytes:
    """A web page with a link."""
    return PAGE.format(title=title, language=language).encode()


def pdf(*texts: str) -> bytes:
    """A PDF with a page for each text, "" for an empty page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for text in texts:
        stream = f"BT /F1 24 Tf 40 100 Td ({text}) Tj ET" if text else ""
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(body)}\n"
    )
    return f"{body}{end}%%EOF\n".encode()


def files() -> dict[str, bytes]:
    """An output in every format, and a manifest."""
    made = {
        f"{SLUG}.docx": packed({"docProps/core.xml": CORE, "word/document.xml": WORD}),
        f"{SLUG}.epub": packed({"META-INF/container.xml": CONTAINER, "EPUB/package.opf": OPF, "EPUB/a.xhtml": CHAPTER}),
        f"{SLUG}.html": page(),
        f"{SLUG}.pdf": pdf("Words", "More words"),
        f"{SLUG}.print.pdf": pdf("Words", ""),
        f"{SLUG}.ua2+a4f.pdf": pdf("Words"),
        "metadata/record.xml": b"<record/>",
    }
    listed = [
        {"name": name, "mediaType": "text/html", "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in made.items()
    ]
    return {**made, "manifest.json": json.dumps({"files": listed}).encode()}


def publication(folder: Path, made: Mapping[str, bytes] | None = None, master: str = "") -> Publication:
    """A statement that lies in a folder; `master` is the text of its statement.md, "" for none."""
    for name, content in (files() if made is None else made).items():
        path = folder / "build" / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if master:
        (folder / "content").mkdir()
        (folder / "content" / "statement.md").write_text(master, encoding="utf-8")
    return Publication(SLUG, folder / "build" / SLUG, folder / "content" if master else None)


def _check(name: str, formats: tuple[str, ...]) -> Check:
    return Check(
        name,
        f"Judge of {name}",
        f"All is well with {name}.",
        (f"Standard of {name}",),
        lambda each: each.named(formats) if formats else ("",),
        lambda *_: (),
        lambda _: "1.0",
    )


CHECKS: dict[str, Check] = {name: _check(name, formats) for name, formats in _FORMATS.items()} | {
    pictures.NAME: pictures.CHECK
}
VERSIONS = dict.fromkeys(CHECKS, "1.0")

Said = Mapping[tuple[str, str], tuple[Finding, ...] | str]
"""What a check says of a file, if it is no pass: findings, or why it is unchecked."""


def results(subject: Publication, said: Said | None = None, checks: Mapping[str, Check] = CHECKS) -> list[Result]:
    """A result for each check and file: a pass, but where something else is said."""
    return list(_results(subject, said or {}, checks))


def _results(subject: Publication, said: Said, checks: Mapping[str, Check]) -> Iterator[Result]:
    profiles = {output.name: output.profile for output in subject.outputs}
    for name, check in checks.items():
        for path in check.applies(subject):
            told = said.get((name, path), ())
            findings, unchecked = ((), told) if isinstance(told, str) else (told, "")
            standards = _claimed(profiles[path]) if name == "verapdf" else ()
            yield Result(name, subject.slug, path, findings, unchecked, tuple(standards))


def _claimed(profile: str) -> Iterable[str]:
    access, archive = profile.split("+") if profile else ("ua1", "a2a")
    return f"PDF/UA-{access[2:]} (ISO 14289)", f"PDF/A-{archive[1:]} (ISO 19005)"


def finding(path: str, rule: str = "a-rule", message: str = "expected one, found two", **more: str) -> Finding:
    """An error, at a place."""
    severity = Severity(more.get("severity", "error"))
    return Finding(severity, more.get("judge", "Judge"), rule, path, more.get("location", "line 3"), message)
