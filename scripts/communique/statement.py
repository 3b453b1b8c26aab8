"""The statement as a value: metadata and text of one edition. No I/O happens here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
"""One block of the pandoc AST, as its JSON form has it: {"t": "Para", "c": [...]}."""


@dataclass(frozen=True)
class Issuer:
    """A state or body in whose name the statement is made. `code` is ISO 3166-1 alpha-2."""

    name: str
    code: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Publisher:
    """Who made the statement public."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Subject:
    """A topic, if possible from a published vocabulary."""

    term: str
    uri: str = ""
    scheme: str = ""


@dataclass(frozen=True)
class Place:
    """A country or area the statement speaks of. `code` is ISO 3166-1 alpha-2."""

    name: str
    code: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Rights:
    """What is known of the rights; `uri` is a licence or a rightsstatements.org URI."""

    statement: str
    uri: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Identifier:
    """`scheme` is one of doi, url, urn, symbol, local."""

    scheme: str
    value: str


@dataclass(frozen=True)
class Source:
    """The text as received: where from, which file keeps it byte for byte, its SHA-256, ISO 8601 date."""

    url: str = ""
    file: str = ""
    sha256: str = ""
    received: str = ""


@dataclass(frozen=True)
class EditorialNote:
    """What the editors did to the received text, and why."""

    text: str
    reason: str = ""


@dataclass(frozen=True)
class Term:
    """A term marked at its first use. `kind` is abbreviation, foreign or name; `language` is BCP 47."""

    term: str
    kind: str
    expansion: str = ""
    language: str = ""
    uri: str = ""


@dataclass(frozen=True)
class Reference:
    """An instrument named in the text: `text` is the wording there, linked at first use."""

    text: str
    uri: str
    title: str = ""
    symbol: str = ""


@dataclass(frozen=True)
class Certifier:
    """The person or body that certified the accessibility. `date` is ISO 8601."""

    name: str
    credential: str = ""
    report: str = ""
    date: str = ""


@dataclass(frozen=True)
class Accessibility:
    """What the editors say of accessibility beyond what the content shows."""

    summary: str = ""
    certifier: Certifier | None = None


@dataclass(frozen=True)
class Revision:
    """One published version of the text. `date` is ISO 8601."""

    version: str
    date: str
    note: str


@dataclass(frozen=True)
class Statement:
    """One language edition. `date` is ISO 8601, `language` is BCP 47.

    `body` is Markdown that begins on line `body_line` of `path`; `blocks` is the same text as pandoc
    read it. `media` maps the paths that images use ("media/flag.png") to the files' bytes.
    `editions` lists the languages of all editions of the statement, the authoritative one first. `inherited` are the
    keys whose values this edition took over from that one, in its language.
    """

    slug: str
    path: str
    title: str
    type: str
    date: str
    language: str
    issuers: tuple[Issuer, ...]
    publisher: Publisher
    rights: Rights
    body: str
    body_line: int
    blocks: tuple[Block, ...]
    short_title: str = ""
    description: str = ""
    subjects: tuple[Subject, ...] = ()
    places: tuple[Place, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    source: Source | None = None
    editorial_notes: tuple[EditorialNote, ...] = ()
    terms: tuple[Term, ...] = ()
    references: tuple[Reference, ...] = ()
    accessibility: Accessibility = Accessibility()
    revisions: tuple[Revision, ...] = ()
    editions: tuple[str, ...] = ()
    inherited: frozenset[str] = frozenset()
    media: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def version(self) -> str:
        """The number of this version of the text: that of the last revision, "1" without any."""
        return self.revisions[-1].version if self.revisions else "1"

    @property
    def urn(self) -> str:
        """The statement as such, in every version and language."""
        return self._urn()

    @property
    def version_urn(self) -> str:
        """This version of the statement, in every language."""
        return self._urn(self.version)

    @property
    def replaced_urn(self) -> str:
        """The version that this one takes the place of, "" for the first."""
        return self._urn(self.revisions[-2].version) if len(self.revisions) > 1 else ""

    def _urn(self, *more: str) -> str:
        """A URN that folder, first day and what else is named always give again (RFC 9562, UUID version 5).

        These are the same in all editions and versions. The first day is that of the first version, or of a draft.
        """
        first = self.revisions[0].date if self.revisions else self.date
        name = "/".join((self.slug, first, *more))
        return uuid.uuid5(uuid.NAMESPACE_URL, f"communique:{name}").urn

    @property
    def name(self) -> str:
        """The stem of this edition's files: `<slug>`, or `<slug>.<lang>` for a translation."""
        is_translation = bool(self.editions) and self.language != self.editions[0]
        return f"{self.slug}.{self.language}" if is_translation else self.slug
