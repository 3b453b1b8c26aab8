"""What a package is made from: one version of a statement, with every file that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from communique.crosswalk.facts import recorded
from communique.records.premis import Verdict
from communique.statement import Statement


class Role(StrEnum):
    """Why a file is kept."""

    MASTER = "master"
    SOURCE = "source"
    RENDITION = "rendition"
    RECORD = "record"
    REPORT = "report"
    LISTING = "listing"


@dataclass(frozen=True)
class Part:
    """A file of a statement: where it lies, why it is kept, its bytes in pieces, and their number and digests.

    `path` is relative to the place that has `content/` and `build/`: "content/<slug>/statement.md". `language` is the
    edition's (BCP 47), "" where a file belongs to all. `pieces` reads the file anew each time, a piece at a time, so
    that no file has to fit into memory; `sha256` and `sha512` are lower-case hexadecimal digits.
    """

    path: str
    role: Role
    media_type: str
    size: int
    sha256: str
    sha512: str
    pieces: Callable[[], Iterator[bytes]]
    language: str = ""


@dataclass(frozen=True)
class Contents:
    """One version of a statement: its editions, the authoritative one first, its files by path, the tools' versions.

    `verdicts` are what the judges said of the files when they were checked.
    """

    statements: tuple[Statement, ...]
    parts: tuple[Part, ...]
    tools: Mapping[str, str]
    verdicts: tuple[Verdict, ...] = ()

    @property
    def slug(self) -> str:
        """The name of the statement's folder."""
        return self.statements[0].slug

    @property
    def version(self) -> str:
        """The number of this version of the text."""
        return self.statements[0].version

    @property
    def date(self) -> str:
        """The first day on which this version can have been packed (ISO 8601): all of it is revised and received."""
        return recorded(*self.statements)

    def of(self, *roles: Role) -> tuple[Part, ...]:
        """The files that are kept for one of some reasons."""
        return tuple(part for part in self.parts if part.role in roles)
