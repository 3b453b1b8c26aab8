"""The table of records: how each is opened, and what of it is compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from communique.checks import opening
from communique.checks.metadata import (
    akoma_ntoso,
    citations,
    datacite_json,
    inveniordm,
    linked,
    marc,
    mets,
    mods,
    onix,
    premis,
    records,
)
from communique.checks.metadata.facts import Facts, Row
from communique.checks.metadata.files import Files

_RECORD = re.compile(r"metadata/(?P<stem>[a-z-]+)(\.(?P<language>[A-Za-z0-9-]+))?\.(?P<suffix>[a-z]+)")

Rows = Callable[[Any, Facts, tuple[str, str]], Iterator[Row]]
"""What a record says of the statement; the names are the statement's and the edition's."""


@dataclass(frozen=True)
class Standard:
    """How the bytes of a record become a value, what it says of the statement, and what of the files.

    `of` is the format that an edition must have, or it has no such record; "" if every edition has one.
    """

    opened: Callable[[bytes], Any]
    rows: Rows
    files: Callable[[Any, Files], Iterator[Row]] = lambda _value, _files: iter(())
    of: str = ""


STANDARDS: Mapping[str, Standard] = {
    "dublin-core.xml": Standard(opening.xml, records.dublin_core, records.files_in_dublin_core),
    "datacite.xml": Standard(opening.xml, records.datacite, records.files_in_datacite),
    "datacite.json": Standard(opening.json_text, datacite_json.rows, datacite_json.files),
    "schema-org.jsonld": Standard(opening.json_text, linked.record, records.files_in_schema_org),
    "mods.xml": Standard(opening.xml, mods.rows, mods.files),
    "marc.xml": Standard(opening.xml, marc.rows, marc.files),
    "inveniordm.json": Standard(opening.json_text, inveniordm.rows, inveniordm.files),
    "citation.json": Standard(opening.json_text, citations.csl),
    "citation.bib": Standard(citations.opened, citations.bib),
    "akoma-ntoso.xml": Standard(opening.xml, akoma_ntoso.rows),
    "onix.xml": Standard(opening.xml, onix.rows, onix.files, of="epub"),
    "premis.xml": Standard(opening.xml, premis.rows, premis.files),
    "mets.xml": Standard(opening.xml, mets.rows, mets.files),
}
"""By the name of the record without its language. A new record is a line; every build has all that apply."""


def of(formats: Collection[str]) -> Iterator[str]:
    """The records that an edition in certain formats must have."""
    return (record for record, standard in STANDARDS.items() if not standard.of or standard.of in formats)


def kind(name: str) -> str:
    """The row of the table that a file belongs to; "" if it is no record."""
    match = _RECORD.fullmatch(name)
    found = f"{match['stem']}.{match['suffix']}" if match else ""
    return found if found in STANDARDS else ""


def language(name: str) -> str:
    """The edition that a record is of, "" for the authoritative one."""
    match = _RECORD.fullmatch(name)
    return (match["language"] or "") if match else ""


def named(record: str, edition: str) -> str:
    """Where the record of an edition lies: "metadata/datacite.fr.xml"."""
    stem, _, suffix = record.partition(".")
    return f"metadata/{stem}.{edition}.{suffix}" if edition else f"metadata/{record}"
