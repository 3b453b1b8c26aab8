"""A small deposit for InvenioRDM, in two versions of one statement."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from communique.packages import inveniordm
from communique.packages.contents import Contents, Part, Role
from communique.statement import Revision, Statement
from package_samples import lay_out
from record_samples import FULL

SECOND = FULL
FIRST = dataclasses.replace(FULL, revisions=FULL.revisions[:1], identifiers=FULL.identifiers[1:5])
THIRD = dataclasses.replace(FULL, revisions=(*FULL.revisions, Revision("3", "2024-08-01", "Third")))
FILES: Mapping[str, bytes] = {
    "build/sample/manifest.json": b'{"files": []}\n',
    "build/sample/metadata/datacite.xml": b"<resource/>\n",
    "build/sample/sample.html": b"<!DOCTYPE html><p>Words.",
    "build/sample/sample.pdf": b"%PDF-1.7 words",
    "content/sample/source/the letter, Ü--50%~.txt": b"",
    "content/sample/statement.md": b"---\ntitle: Words\n---\nWords.\n",
}
ROLES = {"metadata": Role.RECORD, "source": Role.SOURCE, "manifest.json": Role.LISTING, "statement.md": Role.MASTER}


def part(path: str, content: bytes) -> Part:
    """A file of the sample."""
    role = ROLES.get(path.split("/")[2], Role.RENDITION)
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    language = "en" if role is Role.RENDITION else ""
    return Part(
        path, role, "text/plain", len(content), sha256, sha512, lambda: iter((content[:9], content[9:])), language
    )


def contents(statement: Statement = SECOND, files: Mapping[str, bytes] = FILES) -> Contents:
    """The sample before it is packed."""
    return Contents((statement,), tuple(part(path, content) for path, content in sorted(files.items())), {})


def package(place: Path, statement: Statement = SECOND, files: Mapping[str, bytes] = FILES) -> Path:
    """The sample as a package, in the folder of its version."""
    found = contents(statement, files)
    folder = place / f"v{found.version}" / f"{found.slug}-v{found.version}-inveniordm"
    return lay_out(list(inveniordm.pack(found)), folder)


def listing(folder: Path) -> Any:
    """The list of a package."""
    return json.loads((folder / "files.json").read_bytes())


def stored(folder: Path) -> dict[str, bytes]:
    """What a repository must hold of a package, by the names of the files there."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
