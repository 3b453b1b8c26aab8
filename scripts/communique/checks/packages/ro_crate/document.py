"""The metadata document as JSON-LD that is flattened and compacted (RO-Crate 1.2, "RO-Crate JSON-LD")."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from communique.checks.file_by_file import Remark
from communique.checks.packages.ro_crate.names import METADATA, is_absolute

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
Entity = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """The entities by their @id, and the terms that types and properties may be."""

    entities: Mapping[str, Entity]
    terms: frozenset[str]


def read(value: Any, faults: list[Remark]) -> Document:
    """What can be read of a document; what cannot is added to the faults."""
    if not isinstance(value, dict) or set(value) != {"@context", "@graph"} or not isinstance(value["@graph"], list):
        faults.append(Remark("no-graph", f"{METADATA} is not an object with @context and @graph alone"))
        return Document({}, frozenset())
    terms = _terms(value["@context"], faults)
    entities: dict[str, Entity] = {}
    for number, each in enumerate(value["@graph"], 1):
        name = each.get("@id") if isinstance(each, dict) else None
        if not isinstance(name, str) or not name:
            faults.append(Remark("no-id", f"{METADATA}: entity {number} has no @id"))
        elif name in entities:
            faults.append(Remark("described-twice", f"{METADATA}: {name} is described twice"))
        else:
            entities[name] = each
    return Document(entities, terms)


def types(entity: Entity) -> list[str]:
    """The types of an entity, as a list."""
    said = entity.get("@type", [])
    return [said] if isinstance(said, str) else [each for each in said if isinstance(each, str)]


def values(entity: Entity, name: str) -> list[Any]:
    """The values of a property, as a list."""
    said = entity.get(name, [])
    return said if isinstance(said, list) else [said]


def references(entity: Entity, name: str) -> list[str]:
    """The @id of each entity that a property points to."""
    return [each["@id"] for each in values(entity, name) if isinstance(each, dict) and isinstance(each.get("@id"), str)]


def everything(entity: Entity) -> Iterator[tuple[str, str]]:
    """Every property with each @id that it points to."""
    for name in entity:
        yield from ((name, each) for each in references(entity, name))


def _terms(context: Any, faults: list[Remark]) -> frozenset[str]:
    """The terms of RO-Crate 1.2, which must be named by its address, and those that the document adds to them."""
    first, *added = context if isinstance(context, list) and context else [context]
    if first != CONTEXT:
        faults.append(Remark("context", f"{METADATA} does not begin with the context {CONTEXT}"))
    own: set[str] = set()
    for each in added:
        if not isinstance(each, dict) or not all(isinstance(name, str) and is_absolute(name) for name in each.values()):
            faults.append(Remark("context", f"{METADATA}: an added context is not a table of terms and addresses"))
        else:
            own |= set(each)
    return _known() | own


@cache
def _known() -> frozenset[str]:
    content = (Path(__file__).parent / "context.jsonld").read_bytes()
    return frozenset(json.loads(content)["@context"])
