"""PREMIS 3: the files of an edition, what was done to make them, and who did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from communique.crosswalk.facts import modified
from communique.records.formats import Format, of_file, of_name
from communique.rendition import Rendition
from communique.statement import Source, Statement

PREMIS = "http://www.loc.gov/premis/v3"
SCHEMA = "http://www.loc.gov/standards/premis/premis.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_VOCABULARY = "http://id.loc.gov/vocabulary/preservation"
_CODES = {"capture": "cap", "normalization": "nor", "creation": "cre", "message digest calculation": "mes"}
"""Types of events by their names in the vocabulary of the Library of Congress, and their codes there."""
_NO_CLOCK = "the day is that of the text, for a build knows no other"


@dataclass(frozen=True)
class Verdict:
    """What an outside judge said of some files: `outcome` is "pass" or "fail", `day` is ISO 8601."""

    judge: str
    version: str
    outcome: str
    files: tuple[str, ...]
    day: str


@dataclass(frozen=True)
class _Event:
    kind: str
    day: str
    detail: str
    agents: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    outcome: str = ""


def serialize(
    statement: Statement,
    renditions: Sequence[Rendition],
    tools: Mapping[str, str],
    verdicts: Sequence[Verdict] = (),
) -> bytes:
    """The record of one edition, UTF-8. `tools` are the versions of what made the files."""
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap={None: PREMIS, "xsi": _XSI}, version="3.0")
    root.set(f"{{{_XSI}}}schemaLocation", f"{PREMIS} {SCHEMA}")
    root.extend(_objects(statement, renditions))
    for number, event in enumerate(_events(statement, renditions, tools, verdicts), 1):
        root.append(_event(f"{statement.name}#event-{number}", event))
    root.extend(_agents(statement, tools, verdicts))
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _objects(statement: Statement, files: Sequence[Rendition]) -> Iterator[etree._Element]:
    """The statement as such, this edition of it in files, each file, and the text as received."""
    source = statement.source if statement.source and statement.source.file else None
    whole = f"{statement.name}#representation"
    yield _object("intellectualEntity", statement.slug, _element("originalName", statement.title))
    derived = [_relation("derivation", "has source", source.file)] if source else []
    yield _object("representation", whole, _relation("structural", "represents", statement.slug), *derived)
    for file in files:
        features = _features(file.sha256, file.size, of_file(file))
        yield _object("file", file.name, features, _relation("structural", "is included in", whole))
    if source:
        yield _source(source)


def _source(source: Source) -> etree._Element:
    """The text as received: its digest is known, its size is not."""
    return _object("file", source.file, _features(source.sha256, None, of_name(source.file)))


def _object(kind: str, name: str, *parts: etree._Element) -> etree._Element:
    made = _element("object", "", _identifier("object", name), *parts)
    made.set(f"{{{_XSI}}}type", kind)
    return made


def _features(sha256: str, size: int | None, kind: Format) -> etree._Element:
    fixity = [_element("messageDigestAlgorithm", "SHA-256"), _element("messageDigest", sha256)]
    designation = [_element("formatName", kind.name)]
    designation += [_element("formatVersion", kind.version)] if kind.version else []
    known = [_element("formatDesignation", "", *designation)]
    if kind.key:
        registry = [_element("formatRegistryName", "PRONOM"), _element("formatRegistryKey", kind.key)]
        known.append(_element("formatRegistry", "", *registry))
    parts = [_element("compositionLevel", "0")]
    parts += [_element("fixity", "", *fixity)] if sha256 else []
    parts += [_element("size", str(size))] if size is not None else []
    return _element("objectCharacteristics", "", *parts, _element("format", "", *known))


def _relation(kind: str, detail: str, name: str) -> etree._Element:
    related = _identifier("relatedObject", name)
    return _element(
        "relationship", "", _element("relationshipType", kind), _element("relationshipSubType", detail), related
    )


def _events(
    statement: Statement, files: Sequence[Rendition], tools: Mapping[str, str], verdicts: Sequence[Verdict]
) -> Iterator[_Event]:
    """What happened, in its order."""
    source, latest = statement.source, modified(statement)
    names = tuple(file.name for file in files)
    received = (source.file,) if source and source.file else ()
    if source and source.received:
        place = f"received from {source.url}" if source.url else "received"
        yield _Event("capture", source.received, place, (), received)
    for note in statement.editorial_notes:
        detail = " ".join(part for part in (note.text, note.reason) if part)
        yield _Event("normalization", latest, f"{detail} ({_NO_CLOCK})", (statement.publisher.name,), received)
    if names:
        yield _Event("creation", latest, f"made from {statement.name}; {_NO_CLOCK}", tuple(tools), names, "success")
        yield _Event("message digest calculation", latest, f"SHA-256; {_NO_CLOCK}", ("communique",), names, "success")
    for verdict in verdicts:
        yield _Event("validation", verdict.day, verdict.judge, (verdict.judge,), verdict.files, verdict.outcome)


def _event(name: str, event: _Event) -> etree._Element:
    kind = _element("eventType", event.kind)
    if event.kind in _CODES:
        kind.set("authority", "eventType")
        kind.set("authorityURI", f"{_VOCABULARY}/eventType")
        kind.set("valueURI", f"{_VOCABULARY}/eventType/{_CODES[event.kind]}")
    outcome = [_element("eventOutcomeInformation", "", _element("eventOutcome", event.outcome))]
    return _element(
        "event",
        "",
        _identifier("event", name),
        kind,
        _element("eventDateTime", event.day),
        _element("eventDetailInformation", "", _element("eventDetail", event.detail)),
        *(outcome if event.outcome else ()),
        *(_identifier("linkingAgent", agent) for agent in event.agents),
        *(_identifier("linkingObject", each) for each in event.objects),
    )


def _agents(statement: Statement, tools: Mapping[str, str], verdicts: Sequence[Verdict]) -> Iterator[etree._Element]:
    """The publisher, the programs, and the judges, each once."""
    name = statement.publisher.name
    yield _element(
        "agent", "", _identifier("agent", name), _element("agentName", name), _element("agentType", "organization")
    )
    for program, version in {**tools, **{each.judge: each.version for each in verdicts}}.items():
        yield _element(
            "agent",
            "",
            _identifier("agent", program),
            _element("agentName", program),
            _element("agentType", "software"),
            *([_element("agentVersion", version)] if version else []),
        )


def _identifier(what: str, name: str) -> etree._Element:
    """An identifier of something, or a link to it; what has a name in this record alone is local."""
    return _element(
        f"{what}Identifier",
        "",
        _element(f"{what}IdentifierType", "local"),
        _element(f"{what}IdentifierValue", name),
    )


def _element(name: str, text: str, *children: etree._Element) -> etree._Element:
    made = etree.Element(f"{{{PREMIS}}}{name}")
    made.text = text or None
    made.extend(children)
    return made
