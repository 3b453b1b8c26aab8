"""A file on its way into a package."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from communique.errors import ToolFailed
from communique.packages.contents import Part


@dataclass(frozen=True)
class Entry:
    """`name` is the path inside of the package; `pieces` reads the content anew each time, `size` is in bytes."""

    name: str
    size: int
    sha256: str
    sha512: str
    pieces: Callable[[], Iterator[bytes]]


def copied(name: str, part: Part) -> Entry:
    """A file of the statement, under the name that it has in a package."""
    return Entry(name, part.size, part.sha256, part.sha512, lambda: _proven(part))


def _proven(part: Part) -> Iterator[bytes]:
    """A file's pieces; fails at their end if it is no longer the file whose digests were taken."""
    digest = hashlib.sha256()
    for piece in part.pieces():
        digest.update(piece)
        yield piece
    if digest.hexdigest() != part.sha256:
        raise ToolFailed(f"{part.path}: has changed while it was packed (build, check and package again)")


def written(name: str, content: bytes) -> Entry:
    """A file that is made for the package."""
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return Entry(name, len(content), sha256, sha512, lambda: iter((content,)))
