"""What the records for those who cite say: CSL JSON and BibTeX."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks import opening
from communique.checks.metadata import coded
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.values import texts
from communique.checks.opening import Unreadable
from communique.checks.reading import bibtex


def csl(value: Any, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that a CSL item says."""
    for key, place, wanted in _FIELDS:
        yield Row(key, place[0], texts(value, place[0]), [*wanted(known)])
    yield Row("language", "language", texts(value, "language"), [known.language])
    yield Row("identifiers", "id", texts(value, "id"), [names[1]])
    yield Row("issuers", "author", texts(value, "author.literal"), first(known.issuers))
    day = [str(int(part)) for part in known.date.split("-") if part.isdigit()]
    yield Row("date", "issued", texts(value, "issued.date-parts"), day)
    yield Row("subjects", "keyword", texts(value, "keyword"), [", ".join(first(known.subjects))])
    if known.kind:
        yield Row("kind", "genre", [*map(coded.kind, texts(value, "genre"))], [known.kind])


def bib(entry: bibtex.Entry, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that a BibTeX entry says."""
    said = {name: value if name in bibtex.VERBATIM else bibtex.plain(value) for name, value in entry.fields.items()}
    for key, place, wanted in _FIELDS:
        yield Row(key, place[1], [said.get(place[1], "")], [*wanted(known)])
    yield Row("language", "language", [said.get("language", "")], [coded.english(known.language)])
    yield Row("identifiers", "key", [entry.key], [names[1]])
    yield Row("date", "date", [said.get("date", "")], [known.date])
    authors = bibtex.parts(entry.fields.get("author", ""), " and ")
    yield Row("issuers", "author", authors, first(known.issuers))
    keywords = bibtex.parts(entry.fields.get("keywords", ""), ", ")
    yield Row("subjects", "keywords", keywords, first(known.subjects))
    if known.kind:
        yield Row("kind", "type", [coded.kind(said.get("type", ""))], [known.kind])


def opened(content: bytes) -> bibtex.Entry:
    """The entry of a BibTeX file that has one."""
    entries = bibtex.entries(opening.text(content))
    if len(entries) != 1:
        raise Unreadable(f"has {len(entries)} entries where one should be")
    return entries[0]


# Key, names in CSL and BibTeX, and what should stand there: of identifiers the first of each kind.
_FIELDS: tuple[tuple[str, tuple[str, str], Any], ...] = (
    ("title", ("title", "title"), lambda known: [known.title]),
    ("short-title", ("title-short", "shorttitle"), lambda known: [known.short_title]),
    ("publisher", ("publisher", "institution"), lambda known: [known.publisher]),
    ("version", ("version", "version"), lambda known: [known.version]),
    ("description", ("abstract", "abstract"), lambda known: [known.description]),
    ("identifiers", ("number", "number"), lambda known: known.identifier("symbol")[:1]),
    ("identifiers", ("DOI", "doi"), lambda known: known.identifier("doi")[:1]),
    ("identifiers", ("URL", "url"), lambda known: known.identifier("url")[:1]),
)
