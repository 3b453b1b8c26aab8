"""Small statements for a storage root: one that is packaged, corrected and packaged again, with all files in memory."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry
from communique.packages.ocfl import extend, place, root_files
from communique.statement import Publisher, Revision, Statement
from package_samples import lay_out
from samples import statement

SLUG = "sample"
MASTER = f"content/{SLUG}/statement.md"
PAGE = f"build/{SLUG}/{SLUG}.html"
SOURCE = f"content/{SLUG}/source/letter of May.txt"
FIRST: Mapping[str, bytes] = {
    MASTER: b"---\ntitle: A Sample\n---\nWords.\n",
    SOURCE: "Überschrift\n".encode(),
    PAGE: b"<p>Words.",
    f"build/{SLUG}/check/empty.txt": b"",
    f"build/{SLUG}/check/also empty.txt": b"",
    f"build/{SLUG}/metadata/{SLUG}.xml": b"<record/>\n",
}
SECOND = {**FIRST, MASTER: b"---\ntitle: A Sample\nrevisions: 2\n---\nBetter words.\n", PAGE: b"<p>Better words."}
AGAIN = {
    **{name: each for name, each in SECOND.items() if name != SOURCE},
    PAGE: b"<p class=new>Better words.",
    "build/sample/new.epub": b"PK",
}
REVISIONS = (Revision("1", "2024-05-01", "As issued."), Revision("2", "2024-07-01", "A word was wrong."))


def part(path: str, content: bytes) -> Part:
    """A file of a statement, all of it in memory."""
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return Part(path, Role.MASTER, "text/plain", len(content), sha256, sha512, lambda: iter((content,)))


def gathered(files: Mapping[str, bytes], *revisions: Revision, said: Statement | None = None) -> Contents:
    """A version of the statement."""
    publisher = Publisher("The Office", "https://example.org/office")
    said = said or statement(publisher=publisher, revisions=revisions)
    return Contents((said,), tuple(part(*each) for each in sorted(files.items())), {"pandoc": "3.9"})


ONE = gathered(FIRST)
TWO = gathered(SECOND, *REVISIONS)
THREE = gathered(AGAIN, *REVISIONS)
HISTORY = (ONE, TWO, THREE)
"""As first packaged, corrected, and packaged again with other files."""


def grown(versions: Iterable[Contents] = HISTORY) -> list[Entry]:
    """The object after all of these versions."""
    entries: list[Entry] = []
    for each in versions:
        entries = extend(each, entries)
    return entries


def held(entries: Iterable[Entry]) -> dict[str, bytes]:
    """The bytes of entries by name."""
    return {entry.name: b"".join(entry.pieces()) for entry in entries}


def storage_root(folder: Path, versions: Iterable[Contents] = HISTORY) -> Path:
    """A storage root with the object in it; the folder of the object."""
    lay_out(root_files(), folder)
    return lay_out(grown(versions), folder / place(ONE.statements[0].urn))
