"""Opening files that nobody vouches for: a torn, forged or overfull one is named in one line, never followed.

XML is read without entities and without a connection, archives without more bytes than are good for the memory.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf
from lxml import etree, html

MOST = 1 << 30
"""The most bytes that are read of one file or one member of an archive: more is refused."""

Element = etree._Element


class Unreadable(Exception):
    """A file is not what it should be; the message says in one line what is wrong."""


def whole(path: Path) -> bytes:
    """The bytes of a file that is no larger than is good for the memory."""
    if not path.is_file():
        raise Unreadable("is not there" if not path.exists() else "is no file")
    if path.stat().st_size > MOST:
        raise Unreadable(f"has {path.stat().st_size} bytes, more than can be looked at ({MOST})")
    return path.read_bytes()


def text(content: bytes) -> str:
    """Bytes as UTF-8, without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not UTF-8: byte {error.start + 1} is {content[error.start]:#04x}") from error


def xml(content: bytes, name: str = "") -> Element:
    """The root of an XML document. One that declares entities is refused: they can say anything, at any length."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{name or 'the file'} is not well-formed XML: {error}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Unreadable(f"{name or 'the file'} declares entities of its own")
    return root


def page(content: bytes) -> Element:
    """The root of a web page, HTML in UTF-8."""
    if not content.strip():
        raise Unreadable("is empty")
    text(content)
    try:
        # No entity of HTML expands, so a large tree is no danger; pictures inside a page make large attributes.
        return html.document_fromstring(content, html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"is no HTML: {error}") from error


def json_text(content: bytes) -> Any:
    """A JSON text (RFC 8259): UTF-8, no name twice in an object, no NaN."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not UTF-8: byte {error.start + 1}") from error
    except ValueError as error:
        raise Unreadable(f"is not JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable("is JSON nested too deep to be read") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} stands twice in one object")
    return found


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON number")


class Package:
    """The members of a ZIP archive, read when they are asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in the order of the archive; folders are none."""
        return tuple(name for name in self._archive.namelist() if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        try:
            with self._archive.open(name) as member:
                content = member.read(MOST + 1)
        except KeyError as error:
            raise Unreadable(f"has no {name}") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise Unreadable(f"{name} cannot be unpacked: {error}") from error
        if len(content) > MOST:
            raise Unreadable(f"{name} has more than {MOST} bytes")
        return content

    def xml(self, name: str) -> Element:
        """The root of a member that is XML."""
        return xml(self.read(name), name)


def zip_archive(source: Path | BinaryIO) -> zipfile.ZipFile:
    """A ZIP archive, opened; whoever asks closes it."""
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"is no whole ZIP archive: {error}") from error


@contextmanager
def package(path: Path) -> Iterator[Package]:
    """A ZIP archive, opened."""
    if not path.is_file():
        raise Unreadable("is not there")
    with zip_archive(path) as archive:
        yield Package(archive)


@contextmanager
def pdf(path: Path) -> Iterator[pikepdf.Pdf]:
    """A PDF, opened."""
    if not path.is_file():
        raise Unreadable("is not there")
    try:
        opened = pikepdf.open(path)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError) as error:
        raise Unreadable(f"is no PDF that can be read: {str(error).removeprefix(str(path)).lstrip(': ')}") from error
    with opened:
        yield opened
