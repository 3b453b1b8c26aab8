"""From laid-out pieces to a PDF structure tree (ISO 32000-1, 14.7 and 14.8; ISO 14289-1, 7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from communique.writers.pdf.tagging.destinations import lead_to_structure
from communique.writers.pdf.tagging.grow import grow
from communique.writers.pdf.tagging.links import connect, describe_links
from communique.writers.pdf.tagging.pieces import Piece
from communique.writers.pdf.tagging.roles import Grammar
from communique.writers.pdf.tagging.write import check, write


def add_structure(pdf: Any, pages: Iterable[Piece], language: str, grammar: Grammar) -> None:
    """Add the structure tree of a document, given as one piece per page, to a PDF."""
    structure = grow(pages, language, grammar)
    check(structure.document)
    describe_links(structure.document)
    if grammar.has_destinations:
        connect(structure)
    entries = write(pdf, structure.document, pdf.page_references, grammar)
    lead_to_structure(pdf, structure, entries, grammar)
