"""What a record for InvenioRDM says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks.metadata import coded
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.files import Files
from communique.checks.metadata.values import texts, words


def rows(value: Any, known: Facts, names: tuple[str, str]) -> Iterator[Row]:  # noqa: ARG001
    """Everything that it says of the statement."""
    said = value.get("metadata") if isinstance(value, dict) else None
    changed = known.modified if known.modified != known.date else ""
    own, own_kind = _own(known)
    others = [each for each in known.identifier() if own_kind != "doi" or each != own]
    for key, place, wanted in (
        ("title", "title", [known.title]),
        ("short-title", "additional_titles.title", [known.short_title]),
        ("issuers", "creators.person_or_org.name", first(known.issuers)),
        ("holder", "contributors.person_or_org.name", [known.holder]),
        ("date", "publication_date", [known.date]),
        ("version", "version", [known.version]),
        ("publisher", "publisher", [known.publisher]),
        ("subjects", "subjects.subject", first(known.subjects)),
        ("places", "locations.features.place", first(known.places)),
        ("identifiers", "identifiers.identifier", [*others, known.lineage[0]]),
        ("rights-uri", "rights.link", [known.rights_uri]),
    ):
        yield Row(key, place, texts(said, place), wanted)
    yield Row("identifiers", "pids.doi", texts(value, "pids.doi.identifier"), [own] if own_kind == "doi" else [])
    yield Row("description", "description", [*map(words, texts(said, "description"))], [known.description])
    yield Row("rights", "rights.title", texts(said, "rights.title.*"), [known.rights])
    yield Row("revised", "dates", texts(said, "dates.date", type__id="updated"), [changed])
    if code := coded.three(known.language):
        yield Row("language", "languages", texts(said, "languages.id"), [code])
    for key, relation, found in (
        ("references", "references", [row[1] for row in known.references]),
        ("source", "isderivedfrom", [known.derived]),
        ("lineage", "isversionof", [known.lineage[1]]),
        ("lineage", "isnewversionof", [known.lineage[2]]),
    ):
        related = texts(said, "related_identifiers.identifier", relation_type__id=relation)
        yield Row(key, f"related_identifiers {relation}", related, found)
    if (behind := known.background) is not None:
        yield from _behind(said, known, behind.notes, behind.received, behind.symbols)


def files(value: Any, known: Files) -> Iterator[Row]:
    """What it says of the files."""
    yield Row("files", "sizes", sorted(texts(value, "metadata.sizes")), known.sizes)
    yield Row("files", "formats", sorted(texts(value, "metadata.formats")), known.kinds)


def _own(known: Facts) -> tuple[str, str]:
    """The identifier that stands for the statement, and its scheme: the first DOI, else URL, else URN."""
    for scheme in ("doi", "url", "urn"):
        for value in known.identifier(scheme):
            return value, scheme
    return "", ""


def _behind(said: Any, known: Facts, notes: tuple[str, ...], received: str, symbols: tuple[str, ...]) -> Iterator[Row]:
    """What no record but the master says whole."""
    found = texts(said, "additional_descriptions.description", type__id="technical-info")
    yield Row("notes", "additional_descriptions", [*map(words, found)], notes)
    yield Row("source", "dates", texts(said, "dates.date", type__id="collected"), [received])
    pairs = zip(first(known.references), symbols, strict=True)
    wanted = [", ".join(part for part in pair if part) for pair in pairs]
    yield Row("references", "references", texts(said, "references.reference"), wanted)
