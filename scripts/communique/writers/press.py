"""The press edition: the page of the PDF on sheets for the printer, in the inks of the press."""

from __future__ import annotations

from communique.document import Document
from communique.errors import UsageError
from communique.writers import paper, pdf
from communique.writers.pdf import press
from communique.writers.pdf.press import SIZES
from communique.writers.pdf.source import Source

__all__ = ["SIZES", "warm_up", "write"]

warm_up = pdf.warm_up


def write(document: Document, size: str = "A4") -> bytes:
    """A PDF/X-4 (ISO 15930-7) in one of SIZES, with bleed and marks, on a number of pages that can be bound."""
    if size not in SIZES:
        raise UsageError(f"press: {size!r} is not a size of paper (choose {', '.join(SIZES)})")
    statement = document.statement
    css, media = paper.style("base", "pdf", "press"), dict(statement.media)

    def made(page: str) -> bytes:
        return press.write(Source(page, css, media), paper.facts(statement), SIZES[size])

    with paper.faults_of(statement):
        return paper.with_notes(document, made)
