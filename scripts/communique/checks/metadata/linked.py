"""The schema.org vocabulary, in a record of its own or inside the web page: what it says of the statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks.metadata import coded, facts
from communique.checks.metadata.facts import Facts, Row, Texts
from communique.checks.metadata.values import texts


def record(value: Any, known: Facts, names: tuple[str, str]) -> Iterator[Row]:  # noqa: ARG001
    """Everything that a record says of the statement."""
    return rows(value, known, "")


def rows(value: Any, known: Facts, where: str) -> Iterator[Row]:
    """Everything that a schema.org description says, beside what is known."""
    said = facts.of_record(value)
    for key, name in _PLAIN:
        yield Row(key.replace("_", "-"), f"{where}{name}", [getattr(said, key)], [getattr(known, key)])
    for key, name in _LISTS:
        found, wanted = getattr(said, key), getattr(known, key)
        yield Row(key, f"{where}{name}", _lines(found), _lines(wanted))
    url = value.get("url", "") if isinstance(value, dict) else ""
    yield Row("identifiers", f"{where}url", [str(url)], known.identifier("url")[:1])
    for name, found, wanted in zip(_LINEAGE, said.lineage, known.lineage, strict=True):
        yield Row("lineage", f"{where}{name}", [found], [wanted])
    keys = value if isinstance(value, dict) else {}
    yield Row("rights-uri", f"{where}license", [str(keys.get("license", ""))], [known.licence])
    if known.kind:
        yield Row("kind", f"{where}genre", [*map(coded.kind, texts(value, "genre"))], [known.kind])
    if (behind := known.background) is not None:
        yield Row("references", f"{where}citation.identifier", texts(value, "citation.identifier"), behind.symbols)
        for name, relation in (("translationOfWork", "original"), ("workTranslation", "translation")):
            found = zip(texts(value, f"{name}.identifier"), texts(value, f"{name}.inLanguage"), strict=False)
            wanted = [" ".join(row[1:]) for row in behind.editions if row[0] == relation]
            yield Row("editions", f"{where}{name}", sorted(map(" ".join, found)), sorted(wanted))


_PLAIN = (
    ("title", "name"),
    ("short_title", "alternateName"),
    ("description", "description"),
    ("language", "inLanguage"),
    ("date", "datePublished"),
    ("revised", "dateModified"),
    ("version", "version"),
    ("publisher", "publisher.name"),
    ("publisher_url", "publisher.url"),
    ("rights", "copyrightNotice"),
    ("rights_uri", "license"),
    ("source", "isBasedOn"),
    ("holder", "copyrightHolder.name"),
)
_LINEAGE = ("@id", "exampleOfWork", "dcterms:replaces")
_LISTS = (
    ("issuers", "author"),
    ("subjects", "about"),
    ("places", "spatialCoverage"),
    ("references", "citation"),
    ("identifiers", "identifier"),
)


def _lines(values: tuple[Texts, ...]) -> list[str]:
    return [", ".join(part for part in row if part) for row in values]
