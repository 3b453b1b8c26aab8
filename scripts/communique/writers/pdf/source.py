"""What a PDF is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """A whole HTML page, its style sheet, and what it shows: paths as the page writes them to bytes."""

    page: str
    css: str
    resources: Mapping[str, bytes]
