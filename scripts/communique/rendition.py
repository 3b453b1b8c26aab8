"""One output file as a value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Rendition:
    """`name` is the path inside the statement's output folder; `media_type` is as RFC 6838 has it."""

    name: str
    media_type: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the content, 64 lower-case hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.content)


def media_types(renditions: Iterable[Rendition]) -> list[str]:
    """Each media type once, in the order of the renditions."""
    return list(dict.fromkeys(each.media_type for each in renditions))
