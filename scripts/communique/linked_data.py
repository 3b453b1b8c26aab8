"""The statement in the schema.org vocabulary, as far as it is known before any rendition exists."""

from __future__ import annotations

from typing import Any

from communique.crosswalk import trees
from communique.crosswalk.facts import gather, modified
from communique.statement import Statement

__all__ = ["describe", "modified"]


def describe(statement: Statement) -> dict[str, Any]:
    """A schema.org Report as JSON-LD; keys without a value are left out."""
    return trees.mapping("schema-org", gather(statement))
