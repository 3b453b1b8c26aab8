"""What the document says about itself: the facts behind the XMP packet and the Info dictionary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """`language` is BCP 47; `date` and `modified` are ISO 8601, a day or a full time; empty means unknown."""

    title: str
    language: str
    date: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    rights_uri: str = ""
    identifier: str = ""
    source: str = ""
    type: str = "Text"
    generator: str = "Communique"

    @property
    def changed(self) -> str:
        """The day or time of the last change, ISO 8601."""
        return self.modified or self.date
