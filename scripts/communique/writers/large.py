"""The large-print edition: the page of the PDF, set anew in large type on the same sheet of paper."""

from __future__ import annotations

from collections.abc import Sequence

from communique.document import Document
from communique.writers import lettering, paper, pdf, table_fit
from communique.writers.attachment import Attachment
from communique.writers.pdf.profiles import DEFAULT

warm_up = pdf.warm_up


def write_all(
    document: Document, profiles: Sequence[str] = (DEFAULT,), carried: Sequence[Attachment] = ()
) -> dict[str, bytes]:
    """For each profile a PDF with no type below 18 points (RNIB, UKAAF G003), tagged as the normal one is."""
    statement = document.statement
    page, css = paper.compose(document, table_fit.LARGE, lettering.LARGE), paper.style("base", "large")
    with paper.faults_of(statement):
        return pdf.write_all(pdf.Source(page, css, dict(statement.media)), paper.facts(statement), profiles, carried)
