"""The formats: a table of writers, each a module with `write(document) -> bytes`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from communique.document import Document
from communique.rendition import Rendition


@dataclass(frozen=True)
class Writer:
    """A format: the suffix of its files, their media type, and the module that writes them.

    Modules are loaded when they are needed, for the PDF's alone takes a third of a second.
    """

    suffix: str
    media_type: str
    module: str
    has_profiles: bool = False

    def warm_up(self) -> None:
        """Loads what the format needs, so that it is there when the document is."""
        module = import_module(self.module)
        getattr(module, "warm_up", lambda: None)()

    def write(self, document: Document, profile: str) -> Rendition:
        """The rendition of a document in this format; `profile` is for the formats that have several."""
        options = {"profile": profile} if self.has_profiles else {}
        content: bytes = import_module(self.module).write(document, **options)
        return Rendition(f"{document.statement.name}.{self.suffix}", self.media_type, content)


WRITERS = {
    "html": Writer("html", "text/html", "communique.writers.html"),
    "pdf": Writer("pdf", "application/pdf", "communique.writers.paper", has_profiles=True),
    "epub": Writer("epub", "application/epub+zip", "communique.writers.epub"),
    "docx": Writer(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "communique.writers.docx"
    ),
}
