"""METS 1.12: one edition as an object of a library, with its description (MODS), its history (PREMIS) and its files."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from communique.crosswalk.facts import recorded
from communique.records import mods, premis
from communique.records.edition import Edition
from communique.records.mets_elements import (
    METS,
    NAMESPACES,
    SCHEMA,
    XSI,
    Located,
    address,
    agent,
    document,
    element,
    file,
    moment,
    named,
    program,
    section,
    wrapped,
)
from communique.statement import Statement

_SCHEMES = {"doi": "DOI", "url": "URL", "urn": "URN", "symbol": "document symbol", "local": "local"}


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8. Files are named as they lie beside the folder of the record."""
    statement = edition.statement
    root = etree.Element(f"{{{METS}}}mets", nsmap=NAMESPACES, OBJID=statement.name)
    root.attrib.update({"LABEL": statement.title, "TYPE": statement.type})
    root.set(f"{{{XSI}}}schemaLocation", f"{METS} {SCHEMA}")
    return document(root, _parts(edition))


def _parts(edition: Edition) -> Iterator[etree._Element]:
    statement = edition.statement
    day = moment(recorded(statement))
    history = list(_history(edition, day))
    yield _header(statement, day)
    yield section("dmdSec", "description", wrapped(etree.fromstring(mods.serialize(edition)), "MODS", "3.8"), day)
    yield element("amdSec", *history, ID="administration")
    if edition.files:
        yield element("fileSec", element("fileGrp", *_files(edition, day), ID="renditions", USE="renditions"))
    told = " ".join(str(each.get("ID")) for each in history if not str(each.get("ID")).startswith("file-"))
    pointers = [
        element("div", element("fptr", FILEID=f"file-{number}"), LABEL=each.name, TYPE="rendition", ORDER=str(number))
        for number, each in enumerate(edition.files, 1)
    ]
    whole = element("div", *pointers, LABEL=statement.title, TYPE=statement.type, DMDID="description", ADMID=told)
    yield element("structMap", whole, TYPE="LOGICAL")


def _header(statement: Statement, day: str) -> etree._Element:
    """Who made the record, who publishes the statement, and by which other names it goes."""
    people = [agent(statement.publisher.name, "DISSEMINATOR", "ORGANIZATION")]
    people += [agent(statement.rights.holder, "IPOWNER", "OTHER", other="UNKNOWN")] if statement.rights.holder else []
    others = [named("altRecordID", each.value, TYPE=_SCHEMES[each.scheme]) for each in statement.identifiers]
    urn = named("altRecordID", statement.version_urn, TYPE="URN")
    return element("metsHdr", program(), *people, urn, *others, CREATEDATE=day)


def _history(edition: Edition, day: str) -> Iterator[etree._Element]:
    """The PREMIS record of the edition, each thing in a section of its own: objects, then events, then agents.

    The file of the section "file-technical-N" is "file-N".
    """
    statement, files = edition.statement, edition.files
    names = {each.name: f"file-technical-{number}" for number, each in enumerate(files, 1)}
    for number, each in enumerate(premis.objects(statement, files), 1):
        name = each.findtext("{*}objectIdentifier/{*}objectIdentifierValue") or ""
        yield section("techMD", names.get(name, f"object-{number}"), wrapped(each, "PREMIS:OBJECT", "3.0"), day)
    for number, each in enumerate(premis.events(statement, files, edition.tools, ()), 1):
        yield section("digiprovMD", f"event-{number}", wrapped(each, "PREMIS:EVENT", "3.0"), day)
    for number, each in enumerate(premis.agents(statement, edition.tools, ()), 1):
        yield section("digiprovMD", f"agent-{number}", wrapped(each, "PREMIS:AGENT", "3.0"), day)


def _files(edition: Edition, day: str) -> Iterator[etree._Element]:
    for number, each in enumerate(edition.files, 1):
        located = Located(address(f"../{each.name}"), each.media_type, each.size, each.sha256, day)
        yield file(f"file-{number}", located, ADMID=f"file-technical-{number}")
