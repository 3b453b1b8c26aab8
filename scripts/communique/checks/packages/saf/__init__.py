"""DSpace's Simple Archive Format, judged by what the importer of DSpace 7.6 to 10 does with it, and by its own lists.

The importer passes over much in silence: what it cannot read is left out, and nobody hears of it. Here it is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree
from communique.checks.packages.saf import fields, fixity, layout, listing


def recognises(folder: Tree) -> bool:
    """Whether there is an item in a folder, be it one that lost some of its files."""
    return bool(layout.items(folder))


def remarks(package: Tree) -> Iterator[Remark]:
    """Everything that is wrong: where the files lie, and in each item its list, its fields, and every byte."""
    yield from package.remarks()
    yield from layout.remarks(package)
    for item in layout.items(package):
        yield from listing.remarks(item)
        yield from fields.remarks(item)
        yield from fixity.remarks(item)


def places(package: Tree) -> Mapping[str, str]:
    """The files of the statement by the paths that they had, as the inventory of each item has them."""
    found = {}
    for item in layout.items(package):
        inventory = fixity.inventory(item)
        found.update({path: item.path(name) for name, path in inventory.items() if name in item.names})
    return found
