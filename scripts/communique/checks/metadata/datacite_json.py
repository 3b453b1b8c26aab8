"""What a DataCite record in JSON says, by the names that DataCite's REST API has for the places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks.metadata import coded, languages
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.metadata.files import Files
from communique.checks.metadata.values import texts


def rows(value: Any, known: Facts, names: tuple[str, str]) -> Iterator[Row]:  # noqa: ARG001
    """Everything that it says of the statement."""
    changed = known.modified if known.modified != known.date else ""
    dois = known.identifier("doi")
    others = [each for each in known.identifier() if each not in dois[:1]]
    for key, place, wanted in (
        ("title", "titles.title", [known.title, known.short_title]),
        ("issuers", "creators.name", first(known.issuers)),
        ("issuers", "creators.nameIdentifiers.nameIdentifier", [row[1] for row in known.issuers]),
        ("publisher", "publisher.name", [known.publisher]),
        ("date", "publicationYear", [known.date[:4]]),
        ("subjects", "subjects.subject", first(known.subjects)),
        ("subjects", "subjects.valueUri", [row[1] for row in known.subjects]),
        ("subjects", "subjects.subjectScheme", [row[2] for row in known.subjects]),
        ("identifiers", "doi", dois[:1]),
        ("identifiers", "alternateIdentifiers.alternateIdentifier", [*others, known.lineage[0]]),
        ("language", "language", [known.language]),
        ("rights", "rightsList.rights", [known.rights]),
        ("rights-uri", "rightsList.rightsUri", [known.rights_uri]),
        ("places", "geoLocations.geoLocationPlace", first(known.places)),
        ("version", "version", [known.version]),
    ):
        yield Row(key, place, texts(value, place), wanted)
    yield Row("date", "dates", texts(value, "dates.date", dateType="Issued"), [known.date])
    yield Row("revised", "dates", texts(value, "dates.date", dateType="Updated"), [changed])
    yield Row(
        "holder", "contributors", texts(value, "contributors.name", contributorType="RightsHolder"), [known.holder]
    )
    abstract = texts(value, "descriptions.description", descriptionType="Abstract")
    yield Row("description", "descriptions", abstract, [known.description])
    for key, relation, found in (
        ("references", "References", [row[1] for row in known.references]),
        ("source", "IsDerivedFrom", [known.derived]),
        ("lineage", "IsVersionOf", [known.lineage[1]]),
        ("lineage", "IsNewVersionOf", [known.lineage[2]]),
    ):
        said = texts(value, "relatedIdentifiers.relatedIdentifier", relationType=relation)
        yield Row(key, f"relatedIdentifiers {relation}", said, found)
    yield languages.named(texts(value, "titles.lang"), known, "title")
    yield languages.named(texts(value, "creators.lang"), known, "issuers")
    if known.kind:
        yield Row("kind", "types", [*map(coded.kind, texts(value, "types.resourceType"))], [known.kind])
    if (behind := known.background) is not None:
        notes = texts(value, "descriptions.description", descriptionType="TechnicalInfo")
        yield Row("notes", "descriptions", notes, behind.notes)
        yield Row("source", "dates", texts(value, "dates.date", dateType="Collected"), [behind.received])


def files(value: Any, known: Files) -> Iterator[Row]:
    """What it says of the files."""
    yield Row("files", "sizes", sorted(texts(value, "sizes")), known.sizes)
    yield Row("files", "formats", sorted(texts(value, "formats")), known.kinds)
