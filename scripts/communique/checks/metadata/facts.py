"""What is known of an edition: from the front matter of its master, or, without a master, from one of its records."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.checks import front_matter
from communique.checks.file_by_file import Remark

Texts = tuple[str, ...]
_RELATIONS = ("exampleOfWork", "dcterms:replaces")


@dataclass(frozen=True)
class Background:
    """What only the master says, and no record alone says whole.

    `editions` are the others of the same statement: whether each is the "original" of this one, its "translation" or
    a "sibling", its name, its language. `notes` are those of the editors, with their reasons. `symbols` are those of
    the references. `inherited` are the keys that a translation took over from the `original`, in that language.
    """

    editions: tuple[Texts, ...]
    notes: Texts
    revisions: tuple[Texts, ...]
    received: str
    certified: str
    digest: str
    symbols: Texts
    inherited: frozenset[str]
    original: str

    def named(self, relation: str) -> Texts:
        """The names of the other editions that are related to this one in a certain way."""
        return tuple(row[1] for row in self.editions if row[0] == relation)


@dataclass(frozen=True)
class Facts:
    """Everything that a format may carry. Dates are ISO 8601; what is unknown is "" or empty.

    `issuers`, `subjects`, `places` and `references` are rows: the name, then what goes with it, such as a code and an
    address. `background` is None where it cannot be known. `lineage` are URNs: of this version of the statement, of the
    statement as such, and of the version that this one replaces.
    """

    language: str
    title: str
    short_title: str
    kind: str
    date: str
    revised: str
    version: str
    description: str
    publisher: str
    publisher_url: str
    issuers: tuple[Texts, ...]
    subjects: tuple[Texts, ...]
    places: tuple[Texts, ...]
    references: tuple[Texts, ...]
    identifiers: tuple[tuple[str, str], ...]
    rights: str
    rights_uri: str
    holder: str
    source: str
    lineage: Texts = ("", "", "")
    background: Background | None = None

    @property
    def modified(self) -> str:
        """The day of the last revision, or that of the statement."""
        return self.revised or self.date

    @property
    def licence(self) -> str:
        """The address of what grants something; "" for a statement that only describes the rights."""
        return "" if "://rightsstatements.org/" in self.rights_uri else self.rights_uri

    @property
    def derived(self) -> str:
        """The address of the received text unless it is one of the statement's own: nothing is made from itself."""
        return "" if self.source in self.identifier() else self.source

    def made(self, days: Sequence[str]) -> Sequence[str]:
        """The days on which something should be said to be made: the first on which all that it tells had happened.

        Without a master, which alone tells that day, they are those that are said.
        """
        if (behind := self.background) is None:
            return days
        return [max(self.modified, behind.received, behind.certified)] * max(len(days), 1)

    def language_of(self, key: str, said: str) -> str:
        """The language of the words of a key; what is said, if only the master could tell."""
        if self.background is None:
            return self.language if key in ("title", "short_title", "description") else said
        return self.background.original if key in self.background.inherited else self.language

    def identifier(self, *schemes: str) -> Texts:
        """The values of certain kinds of identifiers, in the order of the statement; of all kinds if none is named."""
        return tuple(value for scheme, value in self.identifiers if not schemes or scheme in schemes)


@dataclass(frozen=True)
class Row:
    """One comparison: what is found under a name in a file, and what should be there, both in order."""

    key: str
    where: str
    found: Sequence[str]
    wanted: Sequence[str]

    def remarks(self) -> Iterator[Remark]:
        """An objection where the two differ; line breaks and runs of spaces make no difference."""
        found, wanted = _words(self.found), _words(self.wanted)
        if found == wanted:
            return
        if not found:
            yield Remark(f"missing-{self.key}", f"{_said(wanted)} is missing", self.where)
        elif not wanted:
            yield Remark(f"unfounded-{self.key}", f"{_said(found)} stands here, and nobody said so", self.where)
        else:
            yield Remark(f"wrong-{self.key}", f"{_said(found)} where it should be {_said(wanted)}", self.where)


def first(rows: Sequence[Texts]) -> Texts:
    """The first column of some rows: the names."""
    return tuple(row[0] for row in rows)


def bare(identifier: str) -> str:
    """An identifier without what says that it is a DOI."""
    return re.sub(r"^(doi:|https://doi\.org/)", "", identifier)


def of_master(master: Path, language: str) -> Facts:
    """The facts of an edition by its master; `language` is "" for the authoritative edition."""
    keys = front_matter.keys(master, language)
    publisher, rights, source = (_group(keys.get(name)) for name in ("publisher", "rights", "source"))
    days = [_text(row.get("date")) for row in _list(keys.get("revisions"))]
    versions = [_text(row.get("version")) for row in _list(keys.get("revisions"))]
    date = _text(keys.get("date"))
    return Facts(
        language=_text(keys.get("language")),
        title=_text(keys.get("title")),
        short_title=_text(keys.get("short_title")),
        kind=_text(keys.get("type")),
        date=date,
        revised=max([date, *days]) if days else "",
        version=versions[-1] if versions else "",
        description=_text(keys.get("description")),
        publisher=_text(publisher.get("name")),
        publisher_url=_text(publisher.get("url")),
        issuers=_rows(keys.get("issuers"), "name", "code", "uri"),
        subjects=_rows(keys.get("subjects"), "term", "uri", "scheme"),
        places=_rows(keys.get("places"), "name", "code", "uri"),
        references=tuple(
            (_text(row.get("title")) or _text(row.get("text")), _text(row.get("uri")))
            for row in _list(keys.get("references"))
        ),
        identifiers=tuple(
            (_text(row.get("scheme")), _text(row.get("value"))) for row in _list(keys.get("identifiers"))
        ),
        rights=_text(rights.get("statement")),
        rights_uri=_text(rights.get("uri")),
        holder=_text(rights.get("holder")),
        source=_text(source.get("url")),
        lineage=_lineage(master.absolute().name, (*days, date)[0], versions),
        background=_background(keys, master, language),
    )


def of_record(record: Any) -> Facts:
    """The facts of an edition by its schema.org record."""
    keys = _group(record)
    publisher = _group(keys.get("publisher"))
    return Facts(
        language=_text(keys.get("inLanguage")),
        title=_text(keys.get("name")),
        short_title=_text(keys.get("alternateName")),
        kind="",
        date=_text(keys.get("datePublished")),
        revised=_text(keys.get("dateModified")),
        version=_text(keys.get("version")),
        description=_text(keys.get("description")),
        publisher=_text(publisher.get("name")),
        publisher_url=_text(publisher.get("url")),
        issuers=_rows(keys.get("author"), "name", "identifier", "sameAs"),
        subjects=_rows(keys.get("about"), "name", "url", "inDefinedTermSet"),
        places=_rows(keys.get("spatialCoverage"), "name", "identifier", "sameAs"),
        references=_rows(keys.get("citation"), "name", "url"),
        identifiers=tuple(
            (_text(row.get("propertyID")), _text(row.get("value"))) for row in _list(keys.get("identifier"))
        ),
        rights=_text(keys.get("copyrightNotice")),
        rights_uri=_text(keys.get("license")) or _text(keys.get("usageInfo")),
        holder=_text(_group(keys.get("copyrightHolder")).get("name")),
        source=_text(keys.get("isBasedOn")),
        lineage=(_text(keys.get("@id")), *(_text(_group(keys.get(name)).get("@id")) for name in _RELATIONS)),
    )


def _background(keys: front_matter.Keys, master: Path, language: str) -> Background:
    source = _group(keys.get("source"))
    notes = [[_text(row.get(name)) for name in ("text", "reason")] for row in _list(keys.get("editorial_notes"))]
    return Background(
        editions=tuple(_editions(master, language)),
        notes=tuple(" ".join(part for part in note if part) for note in notes),
        revisions=_rows(keys.get("revisions"), "version", "date", "note"),
        received=_text(source.get("received")),
        certified=_text(_group(_group(keys.get("accessibility")).get("certifier")).get("date")),
        digest=_text(source.get("sha256")),
        symbols=tuple(_text(row.get("symbol")) for row in _list(keys.get("references"))),
        inherited=front_matter.inherited(master, language),
        original=front_matter.editions(master)[0],
    )


def _editions(master: Path, language: str) -> Iterator[Texts]:
    """The other editions of a statement, seen from one of them."""
    slug, (original, *translations) = master.absolute().name, front_matter.editions(master)
    is_original = language in ("", original)
    if not is_original:
        yield "original", slug, original
    for each in translations:
        if each != language:
            yield "translation" if is_original else "sibling", f"{slug}.{each}", each


def _lineage(slug: str, date: str, versions: Sequence[str]) -> Texts:
    """The URNs that folder, first day and version stand for (docs/master.md): UUIDs of version 5 (RFC 9562)."""
    now = f"/{versions[-1] if versions else 1}"
    named = (now, "", *(f"/{version}" for version in versions[-2:-1]))
    urns = [uuid.uuid5(uuid.NAMESPACE_URL, f"communique:{slug}/{date}{more}").urn for more in named]
    return (*urns, *[""] * (3 - len(urns)))


def _rows(value: Any, *names: str) -> tuple[Texts, ...]:
    return tuple(tuple(_text(row.get(name)) for name in names) for row in _list(value))


def _list(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _group(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(values: Sequence[str]) -> list[str]:
    """Values without those that say nothing; a no-break space is part of a word."""
    spaced = (" ".join(part for part in re.split(r"[ \t\n\r\f]+", value) if part) for value in values)
    return [value for value in spaced if value]


def _said(values: Sequence[str]) -> str:
    return "; ".join(f"“{value}”" for value in values)
