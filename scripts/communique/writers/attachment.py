"""A file that another one carries inside it."""

from __future__ import annotations

from dataclasses import dataclass

SOURCE, RECORD = "Source", "Data"
"""How a file stands to the document that carries it (ISO 32000-2, 7.11.3, AFRelationship)."""


@dataclass(frozen=True)
class Attachment:
    """A file to carry; `relationship` is SOURCE or RECORD, `description` is for people."""

    name: str
    media_type: str
    content: bytes
    relationship: str
    description: str
