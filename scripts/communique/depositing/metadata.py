"""The metadata of a record, here or as a server gives them back; what does not have the right form says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def day(metadata: Mapping[str, Any]) -> str:
    """The day of the version that metadata are of (ISO 8601): that of the last revision, or of the statement."""
    changed = [each.get("date") for each in objects(metadata.get("dates")) if _kind(each, "type") == "updated"]
    return str(next(iter(changed), metadata.get("publication_date")) or "")


def related(metadata: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """The identifiers of what a record is related to in some way, such as "isversionof"."""
    found = objects(metadata.get("related_identifiers"))
    return tuple(str(each.get("identifier")) for each in found if _kind(each, "relation_type") == kind)


def mapping(value: Any) -> Mapping[str, Any]:
    """An object of JSON, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def objects(values: Any) -> Sequence[Mapping[str, Any]]:
    """The objects in a list of JSON."""
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []


def _kind(value: Mapping[str, Any], name: str) -> Any:
    return mapping(value.get(name)).get("id")
