"""Schemas: every metadata record has the structure that its standard asks for. Offline: no schema is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from communique.checks import opening
from communique.checks.check import Check, Target
from communique.checks.file_by_file import Gap, Remark, judge_each
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.schemas import json_shape, xsd
from communique.checks.verdict import Result
from communique.doctor import Places

FOLDER = "metadata"
# The JSON Schemas of this folder by the stem of the records that they are for.
_JSON = {"schema-org": "schema-org"}


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
        yield from _json(content, PurePosixPath(name).name.split(".")[0])
    elif name.endswith((".xml", ".rdf")) or content.lstrip().startswith(b"<"):
        yield from xsd.remarks(opening.xml(content))
    else:
        yield Gap(f"no schema is known for a {PurePosixPath(name).suffix or 'nameless'} file")


def _json(content: bytes, stem: str) -> Iterator[Remark | Gap]:
    value = opening.json_text(content)
    if stem in _JSON:
        yield from json_shape.remarks(value, _JSON[stem])
    else:
        yield Gap(f"no JSON Schema is known for {stem!r} records")


CHECK = Check(
    name="schemas",
    judge="libxml2 and jsonschema",
    claim="Every metadata record has the structure that its standard asks for, so that other systems can take it in.",
    standards=("DCMI Metadata Terms (qualified DC schema 2006)", "DataCite Metadata Schema 4.7", "schema.org"),
    applies=_applies,
    run=_run,
    version=lambda _: xsd.version(),
)
