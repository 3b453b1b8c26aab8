"""The page for people: it is there, needs no script, and leads to every file and to none that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element, Unreadable
from communique.checks.packages.files import Tree
from communique.checks.packages.ro_crate.document import Document, references
from communique.checks.packages.ro_crate.names import METADATA, PREVIEW, file_of


def remarks(document: Document, crate: Tree) -> Iterator[Remark]:
    """Everything that is wrong with the page (RO-Crate 1.2, "RO-Crate Website")."""
    if PREVIEW not in crate.names:
        yield Remark("missing", f"{PREVIEW} is not there")
        return
    try:
        page = opening.page(opening.whole(crate.path(PREVIEW)))
    except Unreadable as error:
        yield Remark("unreadable", f"{PREVIEW} {error}")
        return
    for found in page.iter("script"):
        yield Remark("preview", f"{PREVIEW} has a script in line {found.sourceline}")
    linked = set(_linked(page))
    folders = {f"{each}/" for name in crate.names for each in map(str, PurePosixPath(name).parents)}
    for name in sorted(linked - set(crate.names) - folders):
        yield Remark("preview", f"{PREVIEW} leads to {name}, which is not there")
    root = next(iter(references(document.entities.get(METADATA, {}), "about")), "")
    for part in references(document.entities.get(root, {}), "hasPart"):
        if file_of(part) not in linked:
            yield Remark("preview", f"{PREVIEW} does not lead to {file_of(part)}")


def _linked(page: Element) -> Iterator[str]:
    """The files that the page leads to; addresses and places in the page are none."""
    for link in page.iter("a"):
        address = urlsplit(str(link.get("href", "")))
        if address.path and not address.scheme and not address.netloc:
            yield unquote(address.path)
