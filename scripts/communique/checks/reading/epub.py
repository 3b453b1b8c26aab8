"""Reads an EPUB: its pages in the order of the spine, and what lies outside of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from communique.checks.opening import Element, Package, Unreadable
from communique.checks.reading import markup
from communique.checks.reading.archive import archive
from communique.checks.reading.edition import Beside, Block, Edition, Fact
from communique.checks.reading.text import plain

_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "image/svg+xml"})
_SUFFIXES = (".xhtml", ".html", ".htm", ".xml", ".svg")


def epub(content: bytes) -> Edition:
    """What an EPUB says, in the order of its spine."""
    book = archive(content)
    package = _package(book)
    opf = book.xml(package)
    folder = posixpath.dirname(package)
    items = {str(item.get("id")): item for item in opf.iter("{*}item")}
    files = {key: posixpath.join(folder, unquote(str(item.get("href")))) for key, item in items.items()}
    readings, beside = [], []
    for entry in opf.iter("{*}itemref"):
        key = str(entry.get("idref"))
        if key not in files:
            raise Unreadable(f"the spine names {key}, which the manifest does not have")
        readings.append(_placed(_page(book, files[key]), files[key]))
        if entry.get("linear") == "no" and (said := readings[-1].words):
            beside.append(Beside("hidden", f'{files[key]} (linear="no")', " ".join(said)[:200]))
    spine = {files[str(entry.get("idref"))] for entry in opf.iter("{*}itemref")}
    for name in book.names:
        if name not in spine | {package} and _is_page(name, items, files):
            beside += _outside(book, name, items, files)
    return _together(readings, beside, tuple(_facts(opf, book, files, items)))


def _package(book: Package) -> str:
    container = book.xml("META-INF/container.xml")
    path = next((str(file.get("full-path")) for file in container.iter("{*}rootfile")), "")
    if not path:
        raise Unreadable("META-INF/container.xml names no package")
    return path


def _is_page(name: str, items: dict[str, Element], files: dict[str, str]) -> bool:
    types = {items[key].get("media-type") for key, file in files.items() if file == name}
    return bool(types & _PAGES) or (name.endswith(_SUFFIXES) and not name.startswith("META-INF/"))


def _page(book: Package, name: str) -> Edition:
    root = book.xml(name)
    for element in root.iter("{*}*"):
        element.tag = etree.QName(element).localname
    folder = posixpath.dirname(name)
    hrefs = [str(link.get("href")) for link in root.iter("link") if "stylesheet" in str(link.get("rel"))]
    sheets = [style.text or "" for style in root.iter("style")]
    for href in hrefs:
        path = posixpath.normpath(posixpath.join(folder, unquote(href)))
        if path in book.names:
            sheets.append(book.read(path).decode("utf-8", "replace"))
    return markup.page(root, sheets, file=name)


def _placed(reading: Edition, file: str) -> Edition:
    """A page whose places are known by the name of its file too, as the contents name them."""
    named = {f"{posixpath.basename(file)}#{name}": number for name, number in reading.anchors.items()}
    beside = tuple(
        each._replace(place=f"{posixpath.basename(file)}#{each.place}") if each.kind == "place of notes" else each
        for each in reading.beside
    )
    return replace(reading, anchors={**reading.anchors, **named}, beside=beside)


def _outside(book: Package, name: str, items: dict[str, Element], files: dict[str, str]) -> Iterator[Beside]:
    """What a page says that is not in the spine: nothing, unless it is the navigation."""
    is_nav = any("nav" in str(items[key].get("properties")).split() for key, file in files.items() if file == name)
    try:
        reading = _page(book, name)
    except Unreadable:
        root = book.xml(name)
        said = plain(" ".join(map(str, root.itertext())))
        if said:
            yield Beside("hidden", f"{name} (not in the spine)", said[:200])
        return
    if is_nav:
        yield from reading.beside
    if reading.words:
        yield Beside("hidden", f"{name} (not in the spine)", " ".join(reading.words)[:200])


def _together(readings: list[Edition], beside: list[Beside], facts: tuple[Fact, ...]) -> Edition:
    blocks: list[Block] = []
    anchors: dict[str, int] = {}
    for reading in readings:
        anchors |= {name: len(blocks) + number for name, number in reading.anchors.items()}
        blocks += reading.blocks
    notes = tuple(note for reading in readings for note in reading.notes)
    return Edition(
        tuple(blocks), notes, anchors, (*(each for reading in readings for each in reading.beside), *beside), facts
    )


def _facts(opf: Element, book: Package, files: dict[str, str], items: dict[str, Element]) -> Iterator[Fact]:
    for name in ("title", "date", "language"):
        for element in opf.iter(f"{_DC}{name}"):
            yield Fact(name, f"dc:{name}", plain(element.text or ""))
    people = "; ".join(plain(element.text or "") for element in opf.iter(f"{_DC}creator"))
    yield Fact("issuers", "dc:creator", people)
    for key, name in files.items():
        if items[key].get("media-type") == "application/xhtml+xml" and name in book.names:
            root = book.xml(name)
            yield Fact("page title", name, plain(root.findtext("{*}head/{*}title") or ""))
            yield Fact("language", name, str(root.get("lang") or ""))
