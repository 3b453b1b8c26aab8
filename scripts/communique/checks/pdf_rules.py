"""Tagged PDFs by what veraPDF does not look at: whether the structure says what the page shows, in its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Pdf

from communique.checks import opening
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.pdf import letters, order, sheets, structure, tree
from communique.checks.publication import Publication
from communique.checks.to_the_end import to_the_end

_NAME = "pdf-accessibility"


def faults(pdf: Pdf, edition: str) -> Iterator[Remark]:
    """What is wrong with a tagged PDF; `edition` is "pdf" or "large"."""
    root = tree.read(pdf)
    pages = sheets.read(pdf)
    yield from structure.content(root, pages)
    if not root.places:
        return
    yield from order.order(root, pages)
    yield from structure.headings(root, pages)
    yield from structure.bookmarks(pdf, root, pages)
    for rule in (structure.lists, structure.tables, structure.languages, structure.links):
        yield from rule(root, pages)
    yield from structure.unread_links(pdf, root)
    yield from structure.descriptions(root)
    yield from letters.characters(pages)
    yield from letters.sizes(root, pages, edition)
    yield from letters.artifacts(pages)


def _look(publication: Publication, name: str) -> Iterator[Remark | Gap]:
    edition = next(output.format for output in publication.outputs if output.name == name)
    with opening.pdf(publication.path(name)) as pdf:
        yield from faults(pdf, edition)


def _applies(publication: Publication) -> Iterable[str]:
    return publication.named({"pdf", "large"})


CHECK = check_by_file(
    name=_NAME,
    claim="A screen reader reads everything on the pages of the PDF once, in the order in which it stands there.",
    standards=("WCAG 2.2 AA, as far as it can be told by machine", "PDF/UA, where veraPDF does not look"),
    applies=_applies,
    begin=lambda _: to_the_end(_look),
)
