"""A file on its way into a package."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

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
    return Entry(name, part.size, part.sha256, part.sha512, part.pieces)


def written(name: str, content: bytes) -> Entry:
    """A file that is made for the package."""
    sha256, sha512 = hashlib.sha256(content).hexdigest(), hashlib.sha512(content).hexdigest()
    return Entry(name, len(content), sha256, sha512, lambda: iter((content,)))
