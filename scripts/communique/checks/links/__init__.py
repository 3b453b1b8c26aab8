"""Links: every link in a file has its target, and all it shows is in it, whole. Nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks import opening
from communique.checks.file_by_file import Remark, check_by_file
from communique.checks.links import docx, epub, pages, pdf
from communique.checks.publication import Publication


def _applies(publication: Publication) -> Iterator[str]:
    return (output.name for output in publication.outputs)


def _look(publication: Publication, name: str) -> Iterator[Remark]:
    path = publication.path(name)
    match path.suffix:
        case ".html":
            yield from _web_page(publication, name)
        case ".epub":
            yield from epub.remarks(path)
        case ".docx":
            yield from docx.remarks(path)
        case _:
            yield from pdf.remarks(path)


def _web_page(publication: Publication, name: str) -> Iterator[Remark]:
    """A web page stands alone; only its editions in other languages lie beside it, and its head names them."""
    root = opening.page(opening.whole(publication.path(name)))
    head = root.find("head")
    editions = [] if head is None else [link for link in head.iter("link") if link.get("rel") == "alternate"]
    beside = {str(link.get("href")) for link in editions}

    def fault(address: str) -> str:
        if address in beside:
            return "" if address in publication.files else "leads to no such file"
        return "leads out of the file"

    def outside(address: str) -> str:
        return f"it lies outside of the file{'' if address else ': nothing is named'}"

    yield from pages.remarks(root, pages.Site(lambda element: f"line {element.sourceline or 0}", fault, outside))
    first = root.find(".//body//a")
    target = "" if first is None else str(first.get("href", ""))
    if not re.fullmatch(r"#\S+", target):
        yield Remark("no-skip-link", "the first link does not lead past the head of the page", "body")


CHECK = check_by_file(
    name="links",
    claim="Every link inside a file leads to a place that is there, every address is well formed, no file needs "
    "anything from outside, and every picture in it is whole.",
    standards=("HTML", "EPUB 3.3", "ISO 32000", "ISO/IEC 29500"),
    applies=_applies,
    begin=lambda _: _look,
)
