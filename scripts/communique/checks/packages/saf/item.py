"""One item of a package: the files of a folder, none of them in a folder below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree

CONTENTS, FIELDS, MANIFEST, INVENTORY = "contents", "dublin_core.xml", "manifest-sha256.txt", "inventory.csv"
ADDED = frozenset({MANIFEST, INVENTORY, "license.txt", "premis.xml"})
"""Files that were made for the item, and that lay nowhere before."""
_CONTROL = re.compile(r"dublin_core\.xml|contents|collections|handle|relationships|metadata_.*.xml")


@dataclass(frozen=True)
class Item:
    """`folder` is its path in the package, "" for the package itself; `names` are those of its files."""

    tree: Tree
    folder: str
    names: tuple[str, ...]

    def path(self, name: str) -> str:
        """Where a file lies in the package."""
        return f"{self.folder}/{name}" if self.folder else name

    def read(self, name: str) -> bytes:
        """The bytes of a file that is there."""
        return self.tree.path(self.path(name)).read_bytes()


def is_control(name: str) -> bool:
    """Whether the importer takes a file for its own, and makes no bitstream of it."""
    return _CONTROL.fullmatch(name) is not None


def lines(item: Item, name: str) -> Iterator[Remark | str]:
    """The lines of a file that must be there, in ASCII and with plain line ends; and what is wrong with the file.

    The importer reads with the charset of its machine: only ASCII is the same everywhere.
    """
    if name not in item.names:
        yield Remark("missing", f"{name} is not there")
        return
    content = item.read(name)
    if content.startswith(b"\xef\xbb\xbf"):
        yield Remark("byte-order-mark", f"{name} begins with a byte order mark, which would become part of a name")
        content = content[3:]
    if b"\r" in content:
        yield Remark("line-ends", f"{name} has line ends of Windows or an old Mac; they must be single line feeds")
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if content and not content.endswith(b"\n"):
        yield Remark("torn", f"{name} breaks off in its last line")
    if not content.isascii():
        yield Remark("not-ascii", f"{name} has letters beyond ASCII, which not every DSpace reads alike")
    yield from content.decode("utf-8", "replace").removesuffix("\n").split("\n") if content else ()
