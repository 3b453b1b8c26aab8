"""Small statements made in memory, for tests that need no folder."""

from __future__ import annotations

from typing import Any

from communique import pandoc
from communique.statement import Issuer, Publisher, Rights, Statement


def statement(body: str = "Words.", **changes: Any) -> Statement:
    """The least a statement can be, around a Markdown body; `changes` are fields of Statement."""
    fields: dict[str, Any] = {
        "slug": "sample",
        "path": "content/sample/statement.md",
        "title": "A Sample",
        "type": "statement",
        "date": "2024-05-01",
        "language": "en",
        "issuers": (Issuer("Norway", "NO"),),
        "publisher": Publisher("The Office"),
        "rights": Rights("All rights reserved"),
        "body": body,
        "body_line": 12,
        "editions": ("en",),
        **changes,
    }
    blocks = pandoc.read(body, fields["language"]).blocks
    return Statement(**{"blocks": blocks, **fields})
