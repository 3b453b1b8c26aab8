"""PREMIS 3: the files of an edition, what was done to make them, and who did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from communique.crosswalk.facts import recorded
from communique.records.formats import of_file, of_name
from communique.records.premis_elements import (
    Event,
    agent,
    characteristics,
    document,
    element,
    happening,
    relation,
    thing,
)
from communique.rendition import Rendition
from communique.statement import Source, Statement

NO_CLOCK = "not before this day; a build has no clock"
"""Why an event has the day that it has."""


@dataclass(frozen=True)
class Verdict:
    """What an outside judge said of some files: `outcome` is "pass" or "fail", `day` is ISO 8601."""

    judge: str
    version: str
    outcome: str
    files: tuple[str, ...]
    day: str


def serialize(
    statement: Statement,
    renditions: Sequence[Rendition],
    tools: Mapping[str, str],
    verdicts: Sequence[Verdict] = (),
) -> bytes:
    """The record of one edition, UTF-8. `tools` are the versions of what made the files."""
    return document(
        [
            *objects(statement, renditions),
            *events(statement, renditions, tools, verdicts),
            *agents(statement, tools, verdicts),
        ]
    )


def objects(statement: Statement, files: Sequence[Rendition]) -> Iterator[etree._Element]:
    """The statement as such, this edition of it in files, each file, and the text as received."""
    source = statement.source if statement.source and statement.source.file else None
    whole = representation(statement)
    title, urn = element("originalName", statement.title), ("URN", statement.urn)
    yield thing("intellectualEntity", statement.slug, title, known_as=[urn])
    derived = [relation("derivation", "has source", source.file)] if source else []
    yield thing("representation", whole, relation("structural", "represents", statement.slug), *derived)
    for file in files:
        features = characteristics({"SHA-256": file.sha256}, file.size, of_file(file))
        yield thing("file", file.name, features, relation("structural", "is included in", whole))
    if source:
        yield _source(source)


def representation(statement: Statement) -> str:
    """The name of an edition as a set of files."""
    return f"{statement.name}#representation"


def _source(source: Source) -> etree._Element:
    """The text as received: its digest is known, its size is not."""
    return thing("file", source.file, characteristics({"SHA-256": source.sha256}, None, of_name(source.file)))


def events(
    statement: Statement, files: Sequence[Rendition], tools: Mapping[str, str], verdicts: Sequence[Verdict]
) -> Iterator[etree._Element]:
    """What happened, in its order."""
    for number, event in enumerate(_events(statement, files, tools, verdicts), 1):
        yield happening(f"{statement.name}#event-{number}", event)


def _events(
    statement: Statement, files: Sequence[Rendition], tools: Mapping[str, str], verdicts: Sequence[Verdict]
) -> Iterator[Event]:
    source, day = statement.source, recorded(statement)
    received = source.file if source else ""
    outputs = {file.name: "outcome" for file in files}
    yield from origin(statement, received, {})
    if files:
        made = dict.fromkeys(tools, "executing program")
        yield Event("creation", day, f"made from {statement.name}; {NO_CLOCK}", made, outputs, "success")
        yield digesting(("SHA-256",), day, outputs)
    for verdict in verdicts:
        yield judged(verdict, verdict.files)


def origin(statement: Statement, received: str, masters: Mapping[str, str]) -> Iterator[Event]:
    """How the text came in and what the editors did to it; `received` is the name of the file that keeps it, or ""."""
    source, day = statement.source, recorded(statement)
    editors = {statement.publisher.name: "implementer"}
    if source and source.received:
        place = f"received from {source.url}" if source.url else "received"
        yield Event("capture", source.received, place, editors, {received: "outcome"} if received else {})
    for note in statement.editorial_notes:
        detail = " ".join(part for part in (note.text, note.reason) if part)
        linked = {**({received: "source"} if received else {}), **masters}
        yield Event("normalization", day, f"{detail} ({NO_CLOCK})", editors, linked)


def digesting(algorithms: Sequence[str], day: str, files: Mapping[str, str]) -> Event:
    """The calculation of the digests of files."""
    detail = f"{' and '.join(algorithms)}; {NO_CLOCK}"
    agents = {"communique": "executing program"}
    linked = dict.fromkeys(files, "source")
    return Event("message digest calculation", day, detail, agents, linked, "success")


def judged(verdict: Verdict, files: Sequence[str]) -> Event:
    """What a judge said of files."""
    linked = dict.fromkeys(files, "source")
    return Event("validation", verdict.day, verdict.judge, {verdict.judge: "validator"}, linked, verdict.outcome)


def agents(statement: Statement, tools: Mapping[str, str], verdicts: Sequence[Verdict]) -> Iterator[etree._Element]:
    """The publisher, the programs, and the judges, each once."""
    yield agent(statement.publisher.name, "organization")
    for program, version in {**tools, **{each.judge: each.version for each in verdicts}}.items():
        yield agent(program, "software", version)
