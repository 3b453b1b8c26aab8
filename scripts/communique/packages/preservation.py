"""What an archive must know of the files of a package: what each is, what was done to make it, who judged it."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterator, Mapping

from lxml import etree

from communique.packages.contents import Contents, Part, Role
from communique.records import formats
from communique.records.premis import (
    NO_CLOCK,
    agents,
    digesting,
    judged,
    origin,
    representation,
)
from communique.records.premis_elements import Event, characteristics, document, element, happening, relation, thing
from communique.rendition import Rendition
from communique.statement import Statement

PREMIS = "premis.xml"
"""The name of the record in every package that has one."""
ALGORITHMS = ("SHA-256", "SHA-512")
_MOST = 64 << 20
"""Bytes up to which a file is read to tell its format; a larger one is what its media type says."""
_SCHEMES = {"doi": "DOI", "url": "URL", "urn": "URN", "symbol": "document symbol", "local": "local"}


def described(contents: Contents) -> bytes:
    """The PREMIS 3 record of one version of a statement, UTF-8: every file by its path, the editions, what happened."""
    return document([*_objects(contents), *_events(contents), *_agents(contents)])


def named(contents: Contents) -> str:
    """The name of one version of a statement, which its packages have too: `<slug>-v<version>`."""
    return f"{contents.slug}-v{contents.version}"


def format_of(part: Part) -> formats.Format:
    """The format of a file: by its bytes where they tell it and are not too many, else by its media type."""
    content = b"".join(part.pieces()) if part.size <= _MOST and formats.needs_reading(part.media_type) else b""
    return formats.of_file(Rendition(part.path, part.media_type, content))


def _objects(contents: Contents) -> Iterator[etree._Element]:
    """The statement over all its versions, this version of it, its editions, and every file."""
    first = contents.statements[0]
    title = first.title
    known = [("URN", first.urn), *((_SCHEMES[each.scheme], each.value) for each in first.identifiers)]
    yield thing("intellectualEntity", first.slug, element("originalName", title), known_as=known)
    earlier = [revision.version for revision in first.revisions][-2:-1]
    relations = [relation("structural", "is part of", first.slug)]
    relations += [relation("replacement", "supersedes", f"{first.slug}-v{each}") for each in earlier]
    own = element("originalName", title)
    yield thing("intellectualEntity", named(contents), own, *relations, known_as=[("URN", first.version_urn)])
    for statement in contents.statements:
        yield _edition(contents, statement)
    for part in contents.parts:
        yield _file(contents, part)


def _edition(contents: Contents, statement: Statement) -> etree._Element:
    """An edition as a set of files, made from the text as received or from the authoritative edition."""
    first = contents.statements[0]
    relations = [relation("structural", "represents", named(contents))]
    if statement.language != first.language:
        relations.append(relation("derivation", "is translation of", representation(first)))
    received = _received(contents, statement)
    relations += [relation("derivation", "has source", received)] if received else []
    title = element("originalName", statement.title)
    return thing("representation", representation(statement), title, *relations)


def _file(contents: Contents, part: Part) -> etree._Element:
    features = characteristics(
        dict(zip(ALGORITHMS, (part.sha256, part.sha512), strict=True)), part.size, format_of(part)
    )
    owner = next((each for each in contents.statements if each.language == part.language), None)
    if owner is None:
        return thing("file", part.path, features, relation("structural", "is part of", named(contents)))
    relations = [relation("structural", "is included in", representation(owner))]
    source = _received(contents, owner) if part.role is Role.MASTER else _master(contents, owner)
    relations += [relation("derivation", "has source", source)] if source else []
    return thing("file", part.path, features, *relations)


def _events(contents: Contents) -> Iterator[etree._Element]:
    """What happened. A record of some files alone has the same names for the same events."""
    for event in _happened(contents):
        said = (named(contents), event.kind, event.day, event.detail, *event.agents, event.outcome)
        yield happening(uuid.uuid5(uuid.NAMESPACE_URL, "\n".join(said)).urn, event, "URN")


def _happened(contents: Contents) -> Iterator[Event]:
    """What happened, in its order. What editions have in common is told once, in the words of the authoritative one."""
    first = contents.statements[0]
    for statement in contents.statements:
        if statement is first or statement.source != first.source:
            master = _master(contents, statement)
            by_name = dataclasses.replace(statement, publisher=first.publisher)
            yield from origin(by_name, _received(contents, statement), {master: "outcome"} if master else {})
    for statement in contents.statements:
        yield from _creation(contents, statement)
    yield digesting(ALGORITHMS, contents.date, {part.path: "" for part in contents.parts})
    for verdict in contents.verdicts:
        yield judged(verdict, [_judged(contents, name) for name in verdict.files])


def _creation(contents: Contents, statement: Statement) -> Iterator[Event]:
    """That the files and records of an edition were made from its master."""
    outputs = contents.of(Role.RENDITION, Role.RECORD)
    made = {part.path: "outcome" for part in outputs if part.language == statement.language}
    if made:
        master = _master(contents, statement)
        linked = {**({master: "source"} if master else {}), **made}
        programs = dict.fromkeys(contents.tools, "executing program")
        yield Event("creation", contents.date, f"made from {master}; {NO_CLOCK}", programs, linked, "success")


def _agents(contents: Contents) -> Iterator[etree._Element]:
    """Everybody and everything that took part, each once."""
    tools: Mapping[str, str] = {"communique": "", **contents.tools}
    yield from agents(contents.statements[0], tools, contents.verdicts)


def _judged(contents: Contents, name: str) -> str:
    """The path of a file that a judge names as it lies among the outputs, or the version if it names no such file."""
    path = f"build/{contents.slug}/{name}"
    return path if any(part.path == path for part in contents.parts) else named(contents)


def _master(contents: Contents, statement: Statement) -> str:
    """The path of the text of an edition, "" if it is not kept."""
    kept = contents.of(Role.MASTER)
    return next((part.path for part in kept if part.language == statement.language), "")


def _received(contents: Contents, statement: Statement) -> str:
    """The path of the text of an edition as it was received, "" if it was not or is not kept."""
    name = statement.source.file if statement.source else ""
    path = f"content/{contents.slug}/{name}"
    return path if name and any(part.path == path for part in contents.parts) else ""
