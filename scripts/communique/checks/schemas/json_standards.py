"""The JSON Schemas of the standards, as those who keep them publish them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft201909Validator
from jsonschema.protocols import Validator
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT4, DRAFT7

from communique.checks.schemas import json_shape, xsd
from communique.checks.verdict import NoVerdict

_HERE = Path(__file__).parent
_DATACITE = "datacite-v4.5.json"
_LISTS = (
    *("contributorType", "dateType", "descriptionType", "funderIdentifierType", "nameType", "relatedIdentifierType"),
    *("relationType", "titleType"),
)
"""What both schemas of DataCite name alike: the lists of terms."""
_INVENIO = {
    "local://records/definitions-v2.0.0.json": "definitions-v2.0.0.json",
    "local://definitions-v1.0.0.json": "definitions-v1.0.0.json",
}


def schema_org() -> Validator:
    """The vocabulary of schema.org as far as a statement needs it: a schema of our own, for there is no other."""
    return json_shape.validator("schema-org")


@cache
def datacite() -> Validator:
    """DataCite 4.7: the structure from the JSON Schema of 4.5, the last there is, the terms from the XML Schema of 4.7.

    4.6 and 4.7 have changed nothing in the properties but the lists of terms.
    """
    spec = find_spec("datacite")
    if spec is None or spec.origin is None:
        raise NoVerdict("the JSON Schema of DataCite is missing: install datacite (make)")
    folder = Path(spec.origin).parent / "schemas"
    try:
        schema = _loaded(folder / _DATACITE)
        known = [
            (name, DRAFT4.create_resource(_loaded(folder / name))) for name in ("ietf-bcp-47.json", "iso-8601.json")
        ]
    except (OSError, ValueError) as error:
        raise NoVerdict(f"the JSON Schema of DataCite cannot be used: {error} (install datacite again)") from error
    for name in _LISTS:
        schema["definitions"][name]["enum"] = _terms(name)
    schema["definitions"]["resourceTypeGeneral"]["enum"] = _terms("resourceType")
    return Draft201909Validator(schema, registry=Registry().with_resources(known))


@cache
def csl() -> Validator:
    """The input of citation processors, CSL 1.0.2."""
    return Draft7Validator(_loaded(_HERE / "csl" / "csl-data.json"))


@cache
def inveniordm() -> Validator:
    """What InvenioRDM's REST API takes: four parts of its record, and of the metadata what it asks for."""
    record = _loaded(_HERE / "inveniordm" / "record-v6.0.0.json")["properties"]
    known = [(uri, DRAFT7.create_resource(_loaded(_HERE / "inveniordm" / name))) for uri, name in _INVENIO.items()]
    needed = {"required": ["resource_type", "title", "publication_date", "creators"]}
    files = {"type": "object", "required": ["enabled"], "properties": {"enabled": {"type": "boolean"}}}
    rules = {
        "type": "object",
        "required": ["access", "files", "metadata"],
        "additionalProperties": False,
        "properties": {
            "access": record["access"],
            "files": {**files, "additionalProperties": False},
            "pids": record["pids"],
            "metadata": {"allOf": [record["metadata"], needed]},
        },
    }
    return Draft7Validator(rules, registry=Registry().with_resources(known))


STANDARDS: Mapping[str, Callable[[], Validator]] = {
    "schema-org.jsonld": schema_org,
    "datacite.json": datacite,
    "inveniordm.json": inveniordm,
    "citation.json": csl,
}
"""By the name of the record without its language. A new record is a line."""


def _terms(name: str) -> list[str]:
    """The terms of a list in DataCite's XML Schema."""
    path = xsd.catalog() / "datacite" / "kernel-4" / "include" / f"datacite-{name}-v4.xsd"
    try:
        return [str(each.get("value")) for each in etree.parse(path).iter("{*}enumeration")]
    except (OSError, etree.LxmlError) as error:
        raise NoVerdict(f"the terms of DataCite cannot be read: {error} (install gams-xml-catalog again)") from error


def _loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
