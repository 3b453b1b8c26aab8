"""The EPUB 3.3: one text page, cover, navigation, with fonts and images."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from communique import legibility, templates
from communique.document import Document
from communique.statement import Statement
from communique.writers import archive, captions, cover, fragment, lettering, webfonts
from communique.writers.epub import package, page_breaks, pages
from communique.writers.epub.package import Item
from communique.writers.media import media_type
from communique.writers.page_list import PageList

_FOLDER = "EPUB"
_CONTAINER = b"""<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def write(document: Document, find_pages: Callable[[], PageList] = PageList) -> bytes:
    """The EPUB container (OCF 3.3): `mimetype` first and uncompressed.

    `find_pages` gives the pages of the PDF, or none. It is called when all else is done, for it may have to wait.
    """
    statement, body = document.statement, fragment.body(document)
    pictures, picture = _pictures(statement), cover.png(statement)
    listed = find_pages()
    items = list(_items(document, pictures, picture, listed))
    entries = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER),
        (f"{_FOLDER}/package.opf", package.write(statement, body, items, listed)),
        *((f"{_FOLDER}/{item.href}", item.content) for item in items),
    ]
    already_compressed = frozenset(name for name, _ in entries if name.endswith((".png", ".jpg", ".jpeg", ".woff2")))
    return archive.pack(entries, stored=already_compressed | {"mimetype"})


def _items(document: Document, pictures: dict[str, Item], picture: bytes, listed: PageList) -> Iterator[Item]:
    """Everything the manifest lists, in reading order; `picture` is that of the cover."""
    statement = document.statement
    xhtml = "application/xhtml+xml"
    body = fragment.body(document)
    markers = page_breaks.mark(body, listed)
    for image in body.iter("img"):
        image.set("src", pictures[image.get("src", "")].href)
    captions.part(body)
    contents = pages.navigation(statement, fragment.body(document), markers)
    read = (
        Item("cover", "cover.xhtml", xhtml, pages.cover(statement), in_spine=True),
        Item("text", "text.xhtml", xhtml, pages.text(statement, body), in_spine=True),
        Item("nav", "nav.xhtml", xhtml, contents, properties="nav"),
    )
    yield from read
    yield Item("cover-image", "cover.png", "image/png", picture, properties="cover-image")
    yield from _styles(document, "".join(item.content.decode() for item in read))
    yield from pictures.values()


def _styles(document: Document, text: str) -> Iterator[Item]:
    """The style sheets, and the fonts that they and the text ask for."""
    writing = legibility.writing(document)
    faces = webfonts.faces(writing.typefaces, text)
    rules = (face.rule(f"../fonts/{face.name}") for face in faces)
    own = "\n".join([templates.read_text("css/epub.css"), *rules, lettering.css(writing, lettering.SCREEN)])
    yield Item("css-base", "css/base.css", "text/css", templates.read_bytes("css/base.css"))
    yield Item("css-epub", "css/epub.css", "text/css", own.encode())
    for number, face in enumerate(faces, 1):
        yield Item(f"font{number}", f"fonts/{face.name}", "font/woff2", face.content)


def _pictures(statement: Statement) -> dict[str, Item]:
    """The pictures by their paths in the master; in the EPUB they are named by number and by what they really are."""
    pictures = {}
    for number, (path, content) in enumerate(sorted(statement.media.items()), 1):
        kind = media_type(content)
        suffix = {"image/png": "png", "image/jpeg": "jpg"}[kind]
        pictures[path] = Item(f"image{number}", f"media/image{number}.{suffix}", kind, content)
    return pictures
