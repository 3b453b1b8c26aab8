"""schema.org JSON-LD: the statement with its renditions as media objects."""

from __future__ import annotations

import json
from collections.abc import Sequence

from communique.linked_data import describe
from communique.rendition import Rendition
from communique.statement import Statement


def serialize(statement: Statement, renditions: Sequence[Rendition]) -> bytes:
    """The record of one edition, UTF-8."""
    described = describe(statement)
    described["encoding"] = [
        {
            "@type": "MediaObject",
            "name": rendition.name,
            "contentUrl": rendition.name,
            "encodingFormat": rendition.media_type,
            "contentSize": str(rendition.size),
            "sha256": rendition.sha256,
        }
        for rendition in renditions
    ]
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
