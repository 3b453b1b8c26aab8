"""What is asked of every entity of a crate: name, type, known terms, flat values, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.checks.file_by_file import Remark
from communique.checks.packages.ro_crate import names
from communique.checks.packages.ro_crate.document import Document, Entity, everything, types
from communique.checks.packages.ro_crate.names import METADATA

_OUTSIDE = {(METADATA, "conformsTo")}
"""The references that lead out of the document: the descriptor names the specification itself."""


def remarks(document: Document) -> Iterator[Remark]:
    """Everything that is wrong with single entities, and with the ways between them."""
    for name, entity in document.entities.items():
        yield from _form(document, name, entity)
        yield from _values(name, entity)
        yield from _references(document, name, entity)
    yield from _reachable(document)


def _form(document: Document, name: str, entity: Entity) -> Iterator[Remark]:
    """RO-Crate 1.2, "Common principles for RO-Crate entities", 1 to 5."""
    wrong = names.fault(name)
    if wrong:
        yield Remark("id-form", f"{name!r} {wrong}")
    said = entity.get("@type")
    if not types(entity) or (isinstance(said, list) and len(types(entity)) != len(said)):
        yield Remark("no-type", f"{name} has no @type")
    if not isinstance(entity.get("name"), str) or not entity["name"].strip():
        yield Remark("no-name", f"{name} has no name")
    for term in (*types(entity), *(key for key in entity if not key.startswith("@"))):
        if term not in document.terms:
            yield Remark("term-unknown", f"{name}: {term} is no term of the context")
    for key in sorted(key for key in entity if key.startswith("@") and key not in ("@id", "@type")):
        yield Remark("term-unknown", f"{name}: {key} has no place in a crate")


def _values(name: str, entity: Entity) -> Iterator[Remark]:
    """RO-Crate 1.2, "Describing entities in JSON-LD": plain values and references, never a thing within a thing."""
    for key, value in entity.items():
        if isinstance(value, list) and len(value) < 2:
            yield Remark("not-compact", f"{name}: {key} is a list of {len(value)}")
        for each in value if isinstance(value, list) else [value]:
            if not _is_flat(each):
                yield Remark("not-flat", f"{name}: {key} has a value that is neither plain nor a reference")


def _is_flat(value: Any) -> bool:
    if isinstance(value, dict):
        return set(value) == {"@id"} and isinstance(value["@id"], str)
    return isinstance(value, (str, int, float)) and value != ""


def _references(document: Document, name: str, entity: Entity) -> Iterator[Remark]:
    for key, other in everything(entity):
        if other not in document.entities and (name, key) not in _OUTSIDE:
            yield Remark("not-described", f"{name}: {key} points to {other}, which is not described")


def _reachable(document: Document) -> Iterator[Remark]:
    """RO-Crate 1.2, "Common principles", 8: whatever is described belongs to the whole."""
    seen: set[str] = set()
    ahead = [METADATA]
    while ahead:
        name = ahead.pop()
        if name in document.entities and name not in seen:
            seen.add(name)
            ahead += [other for _, other in everything(document.entities[name])]
    for name in sorted(document.entities.keys() - seen):
        yield Remark("not-reachable", f"nothing leads from the whole to {name}")
