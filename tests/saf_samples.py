"""A statement in three editions with files of every role, some of them with odd names, as an item for DSpace."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from communique.packages import saf
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry
from package_samples import VERDICTS
from record_samples import FULL

CONTAINER = b'<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
OPF = f'<package xmlns="http://www.idpf.org/2007/opf"><meta property="dcterms:conformsTo">{CLAIM}</meta></package>'


def epub() -> bytes:
    """As much of an EPUB as says what it conforms to."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("META-INF/container.xml"), CONTAINER)
        archive.writestr(zipfile.ZipInfo("a.opf"), OPF)
    return file.getvalue()


ROLES = {
    "content/sample/statement": Role.MASTER,
    "content/sample/media": Role.MASTER,
    "content/sample/source": Role.SOURCE,
    "build/sample/metadata": Role.RECORD,
    "build/sample/check": Role.REPORT,
    "build/sample/manifest": Role.LISTING,
    "build/sample/sample": Role.RENDITION,
}
FILES: dict[str, bytes] = {
    "build/sample/check/check.json": b'{"verdict": "passed"}\n',
    "build/sample/manifest.json": b"{}\n",
    "build/sample/metadata/datacite.xml": b"<resource/>\n",
    "build/sample/sample.ar.pdf": b"%PDF-1.7 ar",
    "build/sample/sample.epub": epub(),
    "build/sample/sample.fr.pdf": b"%PDF-1.7 fr",
    "build/sample/sample.large.ua1+a3a.pdf": b"%PDF-1.7 large",
    "build/sample/sample.pdf": b"%PDF-1.7 en",
    "build/sample/sample.print.pdf": b"%PDF-1.6 en",
    "content/sample/media/a--b.png": b"one",
    "content/sample/media/a/b.png": b"two",
    "content/sample/media/Fahne übergroß.png": b"three",
    "content/sample/source/.hidden": b"",
    "content/sample/source/=2E.txt": b"four",
    'content/sample/source/a, "b"\tc\n\'.txt': b"five",
    "content/sample/source/media/flag.png": b"six",
    f"content/sample/source/{'عربي' * 20}.txt": b"seven",
    "content/sample/statement.fr.md": b"Mots.\n",
    "content/sample/statement.md": b"Words.\n",
}
LANGUAGES = {".fr.": "fr", ".ar.": "ar"}
TYPES = {".pdf": "application/pdf", ".epub": "application/epub+zip"}


def part(path: str, content: bytes) -> Part:
    """A file of the statement, as it is found on the disk."""
    role = next(role for start, role in ROLES.items() if path.startswith(start))
    is_edition = path.startswith(("content/sample/statement.", "build/sample/sample."))
    language = next((each for mark, each in LANGUAGES.items() if mark in path), "en") if is_edition else ""
    media_type = TYPES.get(Path(path).suffix, "application/octet-stream")
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return Part(path, role, media_type, len(content), sha256, sha512, lambda: iter((content,)), language)


def contents(files: Mapping[str, bytes] = FILES, **changes: object) -> Contents:
    """The statement of `record_samples`, its three editions and some files; `changes` are fields of each edition."""
    full = dataclasses.replace(FULL, **changes)  # type: ignore[arg-type]
    french = dataclasses.replace(
        full, language="fr", title="Une déclaration", short_title="", path="content/sample/statement.fr.md"
    )
    arabic = dataclasses.replace(full, language="ar", title="بيان", description="")
    parts = [part(path, content) for path, content in sorted(files.items())]
    return Contents((full, french, arabic), tuple(parts), {"communique": "1"}, VERDICTS)


def entries(files: Mapping[str, bytes] = FILES, **changes: object) -> list[Entry]:
    """The files of the package."""
    return list(saf.pack(contents(files, **changes)))


@cache
def _item() -> Mapping[str, bytes]:
    return {each.name.rpartition("/")[2]: b"".join(each.pieces()) for each in entries()}


def item() -> dict[str, bytes]:
    """The files of the item by their names in its folder."""
    return dict(_item())
