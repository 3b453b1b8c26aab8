"""What is asked of the descriptor, of the root, of files, of actions and of programs in a crate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree
from communique.checks.packages.ro_crate import names
from communique.checks.packages.ro_crate.document import Document, Entity, references, types, values
from communique.checks.packages.ro_crate.names import LISTING, METADATA, PREVIEW

_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_ROOT = ("name", "description", "datePublished", "license", "publisher")
_REQUIRED = {
    "File": ("description", "encodingFormat", "contentSize"),
    "SoftwareApplication": ("url", "version"),
    "CreateAction": ("agent", "endTime", "object"),
    "AssessAction": ("agent", "endTime", "object", "instrument", "result"),
    "PropertyValue": ("propertyID", "value"),
}
"""What an entity of a type must say of itself (RO-Crate 1.2: data entities, workflows, provenance, root identifier)."""
_KINDS = {
    "publisher": {"Organization", "Person"},
    "license": {"CreativeWork"},
    "spatialCoverage": {"Place"},
    "identifier": {"PropertyValue"},
}
"""What the root may point to with a property."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def remarks(document: Document) -> Iterator[Remark]:
    """The descriptor, the root, and what each type of entity must have."""
    yield from _descriptor(document)
    for name, entity in document.entities.items():
        for kind in types(entity):
            for each in _REQUIRED.get(kind, ()):
                if each not in entity:
                    yield Remark("says-too-little", f"{name} is a {kind} without {each}")
        for each in ("datePublished", "dateModified", "endTime"):
            yield from _day(name, entity, each)
    root = _root(document)
    if root in document.entities:
        yield from _whole(document, root, document.entities[root])


def of_files(document: Document, crate: Tree, found: Mapping[str, str]) -> Iterator[Remark]:
    """Every file is described, and every file that is described is there, of the size and digest that are told."""
    described = {
        names.file_of(name): entity
        for name, entity in document.entities.items()
        if {"File", "Dataset"} & set(types(entity)) and not names.is_local(name) and not names.is_absolute(name)
    }
    root = _root(document)
    parts = set(references(document.entities.get(root, {}), "hasPart"))
    for name, entity in described.items():
        if entity["@id"] == root:
            continue
        if entity["@id"] not in parts:
            yield Remark("no-part", f"{name} is no part of the root")
        yield from _file(crate, name, entity, found)
    for name in sorted(set(crate.names) - described.keys() - {METADATA, PREVIEW}):
        yield Remark("not-described", f"{name} is there, and {METADATA} does not say what it is")
    for name in sorted(parts & {METADATA, PREVIEW}):
        yield Remark("no-part", f"{name} describes the crate and is no part of it")


def _descriptor(document: Document) -> Iterator[Remark]:
    """RO-Crate 1.2, "RO-Crate Metadata Descriptor"."""
    entity = document.entities.get(METADATA)
    if entity is None:
        yield Remark("descriptor", f"{METADATA} does not describe itself")
        return
    if "CreativeWork" not in types(entity):
        yield Remark("descriptor", f"{METADATA} is no CreativeWork")
    if references(entity, "conformsTo") != [_SPECIFICATION]:
        yield Remark("descriptor", f"{METADATA} does not say that it conforms to {_SPECIFICATION}, and to that alone")
    if len(references(entity, "about")) != 1:
        yield Remark("descriptor", f"{METADATA} is not about one root")


def _root(document: Document) -> str:
    return next(iter(references(document.entities.get(METADATA, {}), "about")), "")


def _whole(document: Document, name: str, root: Entity) -> Iterator[Remark]:
    """RO-Crate 1.2, "Direct properties of the Root Data Entity"."""
    if name != "./" and not names.is_absolute(name):
        yield Remark("root", f"the root {name} is neither ./ nor an address")
    if "Dataset" not in types(root):
        yield Remark("root", "the root is no Dataset")
    for each in _ROOT:
        if each not in root:
            yield Remark("root", f"the root has no {each}")
    for each, kinds in _KINDS.items():
        for value in values(root, each):
            said = value.get("@id", "") if isinstance(value, dict) else ""
            other = document.entities.get(said)
            if other is None or not kinds & set(types(other)):
                yield Remark("root", f"the root's {each} is no {' or '.join(sorted(kinds))} that is described")
    for licence in references(root, "license"):
        if "description" not in document.entities.get(licence, {}):
            yield Remark("root", f"the licence {licence} has no description")


def _file(crate: Tree, name: str, entity: Entity, found: Mapping[str, str]) -> Iterator[Remark]:
    """RO-Crate 1.2, "File Data Entity" and "Directory Data Entity"."""
    if "Dataset" in types(entity):
        if not name.endswith("/") or not any(each.startswith(name) for each in crate.names):
            yield Remark("missing", f"{name} is described as a folder and is none that is there")
        return
    if name not in crate.names:
        yield Remark("missing", f"{name} is described in {METADATA} and not there")
        return
    size = str(crate.path(name).stat().st_size)
    if entity.get("contentSize") != size:
        yield Remark("wrong-size", f"{name} has {size} bytes, and {METADATA} says {entity.get('contentSize')}")
    if name != LISTING and found[name] != entity.get("sha256"):
        yield Remark("wrong-digest", f"{name}: its sha256 is not the one in {METADATA}")


def _day(name: str, entity: Entity, key: str) -> Iterator[Remark]:
    """A day as ISO 8601 has it: one, and one that there was."""
    if key not in entity:
        return
    said = entity[key]
    try:
        known = isinstance(said, str) and _DAY.fullmatch(said) is not None and bool(date.fromisoformat(said))
    except ValueError:
        known = False
    if not known:
        yield Remark("no-day", f"{name}: {key} is {said!r}, which is no day in the form of ISO 8601")
