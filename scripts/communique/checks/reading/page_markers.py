"""Reads from an EPUB where its markers of page breaks stand, what its page list says, and what it claims of both."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urldefrag

from communique.checks.opening import Element, Package, Unreadable
from communique.checks.reading.letters import BREAK, PICTURE, Row, Text

CONTAINER = "META-INF/container.xml"

_NAMES = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "x": "http://www.w3.org/1999/xhtml",
}
_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = f"{{{_NAMES['x']}}}"
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "ruby"}
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_UNREAD = frozenset({"head", "script", "style", "template", "nav"})


@dataclass(frozen=True)
class Marker:
    """A marker: its label and id, the page it stands in, the line, and the number of the letter behind it.

    `words` is text inside it; `is_whole`: it has the role for assistive technology and the type for reading systems.
    """

    label: str
    file: str
    name: str
    line: int
    before: int
    words: str
    is_whole: bool

    @property
    def place(self) -> str:
        """Where it is, for a finding."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Entry:
    """An entry of a page list: its words, and the file and id that it leads to."""

    label: str
    file: str
    name: str
    line: int


@dataclass(frozen=True)
class Book:
    """What an EPUB says of pages. `lists` are its page lists, of which there may be one, in the file `navigation`."""

    package: str
    navigation: str
    sources: tuple[str, ...]
    features: frozenset[str]
    lists: tuple[tuple[Entry, ...], ...]
    markers: tuple[Marker, ...]
    text: Text


def read(archive: Package, with_notes: bool) -> Book:
    """The EPUB's pages; the numbers of letters are those of a text with or without the notes at its end."""
    found = archive.xml(CONTAINER).xpath("//c:rootfile/@full-path", namespaces=_NAMES)
    if not found:
        raise Unreadable(f"{CONTAINER} names no package document")
    package = str(found[0])
    opf = archive.xml(package)
    items = {str(item.get("id")): item for item in opf.iterfind(".//opf:manifest/opf:item", _NAMES)}
    navigation = next((_path(package, item) for item in items.values() if "nav" in _tokens(item.get("properties"))), "")
    reading = _Reading(with_notes)
    for reference in opf.iterfind(".//opf:spine/opf:itemref", _NAMES):
        item = items.get(str(reference.get("idref")))
        if item is not None and item.get("media-type") == "application/xhtml+xml":
            reading.take(_path(package, item), archive)
    return Book(
        package=package,
        navigation=navigation,
        sources=tuple(_metadata(opf, "pageBreakSource")),
        features=frozenset(_metadata(opf, "schema:accessibilityFeature")),
        lists=tuple(_lists(navigation, archive.xml(navigation))) if navigation else (),
        markers=tuple(reading.markers),
        text=Text.of(reading.row),
    )


def _path(package: str, item: Element) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(item.get("href", ""))))


def _tokens(value: str | None) -> list[str]:
    return (value or "").split()


def _metadata(opf: Element, name: str) -> Iterator[str]:
    for meta in opf.iterfind(".//opf:metadata/opf:meta", _NAMES):
        if meta.get("property") == name and not meta.get("refines"):
            yield (meta.text or "").strip()


def _lists(navigation: str, page: Element) -> Iterator[tuple[Entry, ...]]:
    for nav in page.iter(f"{_XHTML}nav"):
        if "page-list" in _tokens(nav.get(_TYPE)) or "doc-pagelist" in _tokens(nav.get("role")):
            yield tuple(_entry(navigation, link) for link in nav.iter(f"{_XHTML}a"))


def _entry(navigation: str, link: Element) -> Entry:
    path, name = urldefrag(link.get("href", ""))
    file = posixpath.normpath(posixpath.join(posixpath.dirname(navigation), unquote(path))) if path else navigation
    return Entry(" ".join("".join(map(str, link.itertext())).split()), file, unquote(name), link.sourceline or 0)


class _Reading:
    """The texts of an EPUB, one behind the other, and the markers met on the way."""

    def __init__(self, with_notes: bool) -> None:
        self.row = Row()
        self.markers: list[Marker] = []
        self._with_notes = with_notes

    def take(self, file: str, archive: Package) -> None:
        """Read one file of the spine."""
        for body in archive.xml(file).iterfind("x:body", _NAMES):
            self._visit(body, file)

    def _visit(self, element: Element, file: str) -> None:
        if not isinstance(element.tag, str) or self._is_passed(element):
            return
        tag, roles, types = _local(element), _tokens(element.get("role")), _tokens(element.get(_TYPE))
        if "doc-pagebreak" in roles or "pagebreak" in types:
            self._mark(element, file, "doc-pagebreak" in roles and "pagebreak" in types)
            return
        edge = "" if tag in _INLINE else BREAK
        self.row.add(edge + (PICTURE if tag == "img" and element.get("alt") else "") + (element.text or ""))
        for child in element:
            self._visit(child, file)
            self.row.add(child.tail or "")
        self.row.add(edge)

    def _is_passed(self, element: Element) -> bool:
        """Whether an element is none of the text: a cover, a way back from a note, notes where they do not count."""
        roles, types = _tokens(element.get("role")), _tokens(element.get(_TYPE))
        if "doc-endnotes" in roles or "endnotes" in types:
            return not self._with_notes
        is_made = {"doc-backlink", "doc-cover"} & {*roles} or {"cover", "backlink"} & {*types}
        return bool(is_made) or _local(element) in _UNREAD or element.get("hidden") is not None

    def _mark(self, element: Element, file: str, is_whole: bool) -> None:
        words = " ".join("".join(map(str, element.itertext())).split())
        label = (element.get("aria-label") or element.get("title") or words).strip()
        marker = Marker(label, file, element.get("id", ""), element.sourceline or 0, len(self.row), words, is_whole)
        self.markers.append(marker)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
