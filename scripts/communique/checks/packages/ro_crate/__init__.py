"""An RO-Crate (1.2), judged more strictly than the specification does: most of what it recommends is required here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.packages.files import Tree
from communique.checks.packages.ro_crate import entities, listing, preview, rules
from communique.checks.packages.ro_crate.document import Document, read
from communique.checks.packages.ro_crate.listing import Digests
from communique.checks.packages.ro_crate.names import LISTING, METADATA, PREVIEW


def recognises(folder: Tree) -> bool:
    """Whether a folder is a crate, be it one that lost its description."""
    return bool({METADATA, PREVIEW, LISTING} & set(folder.names))


def places(crate: Tree) -> Mapping[str, str]:
    """The files of the statement by the paths that they had, which are those that they have."""
    return {name: name for name in crate.names if name.startswith(("content/", "build/"))}


def remarks(crate: Tree) -> Iterator[Remark]:
    """Everything that is wrong with a crate: every byte, every file, every line, what it says of itself."""
    yield from crate.remarks()
    found = Digests(crate)
    yield from listing.remarks(crate, found)
    yield from _described(crate, found)


def _described(crate: Tree, found: Digests) -> Iterator[Remark]:
    """What is wrong with the description; with no description that can be read there is nothing more to say."""
    if METADATA not in crate.names:
        yield Remark("missing", f"{METADATA} is not there: nothing says what this is")
        return
    try:
        value = opening.json_text(opening.whole(crate.path(METADATA)))
    except Unreadable as error:
        yield Remark("unreadable", f"{METADATA} {error}")
        return
    faults: list[Remark] = []
    document = read(value, faults)
    yield from faults
    if document.entities:
        yield from _judged(crate, document, found)


def _judged(crate: Tree, document: Document, found: Digests) -> Iterator[Remark]:
    yield from entities.remarks(document)
    yield from rules.remarks(document)
    yield from rules.of_files(document, crate, found)
    yield from preview.remarks(document, crate)
