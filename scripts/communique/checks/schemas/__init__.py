"""Schemas: every metadata record has the structure that its standard asks for. Offline: no schema is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from communique.checks import opening
from communique.checks.check import Check, Target
from communique.checks.file_by_file import Gap, Remark, judge_each
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.schemas import bib, json_shape, json_standards, xsd
from communique.checks.verdict import NoVerdict, Result
from communique.doctor import Places

FOLDER = "metadata"
_NAME = re.compile(r"(?P<stem>[^.]+)(\.[^.]+)?\.(?P<suffix>[^.]+)")
"""The name of a record; between stem and suffix stands the language of a translation."""


def _applies(publication: Publication) -> Iterator[str]:
    return (name for name in publication.files if PurePosixPath(name).parts[0] == FOLDER)


def _run(targets: Sequence[Target], places: Places) -> Iterator[Result]:  # noqa: ARG001
    xsd.catalog()
    yield from judge_each("schemas", targets, _look)


def _look(publication: Publication, name: str) -> Iterator[Remark | Gap]:
    content = opening.whole(publication.path(name))
    if not content.strip():
        raise Unreadable("is empty")
    if name.endswith((".json", ".jsonld")):
        yield from _json(content, _kind(name))
    elif name.endswith(".bib"):
        yield from bib.remarks(opening.text(content))
    elif name.endswith((".xml", ".rdf")) or content.lstrip().startswith(b"<"):
        yield from xsd.remarks(opening.xml(content))
    else:
        yield Gap(f"no schema is known for a {PurePosixPath(name).suffix or 'nameless'} file")


def _json(content: bytes, kind: str) -> Iterator[Remark | Gap]:
    value = opening.json_text(content)
    if kind not in json_standards.STANDARDS:
        yield Gap(f"no JSON Schema is known for records like {kind}")
        return
    try:
        rules = json_standards.STANDARDS[kind]()
    except NoVerdict as error:
        yield Gap(str(error))
        return
    yield from json_shape.faults(rules, value)


def _kind(name: str) -> str:
    """A record's name without its folder and language: "citation.json" for "metadata/citation.fr.json"."""
    match = _NAME.fullmatch(PurePosixPath(name).name)
    return f"{match['stem']}.{match['suffix']}" if match else name


CHECK = Check(
    name="schemas",
    judge="libxml2, jsonschema and marc-lint",
    claim="Every metadata record has the structure that its standard asks for, so that other systems can take it in.",
    standards=(
        *("DCMI Metadata Terms (qualified DC schema 2006)", "DataCite Metadata Schema 4.7", "schema.org", "MODS 3.8"),
        *("MARC 21 (MARCXML 1.2)", "PREMIS 3.0", "InvenioRDM record 6.0.0", "CSL 1.0.2", "BibTeX (biblatex 3)"),
        *("Akoma Ntoso 3.0", "ONIX for Books 3.0.8"),
    ),
    applies=_applies,
    run=_run,
    version=lambda _: xsd.version(),
)
