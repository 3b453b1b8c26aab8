"""The PDF, from the HTML: the same page with the style of paper."""

from __future__ import annotations

from communique import templates
from communique.document import Document
from communique.errors import MasterError, Problem
from communique.labels import long_date
from communique.linked_data import modified
from communique.statement import Statement
from communique.version import GENERATOR
from communique.writers import fragment, html, pdf
from communique.writers.pdf.complaints import GLYPH_REMEDY, GlyphsMissing
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import DEFAULT

warm_up = pdf.warm_up


def write(document: Document, profile: str = DEFAULT) -> bytes:
    """A PDF that meets a profile: "ua1+a2a" is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once."""
    statement = document.statement
    body = fragment.body(document)
    body.set("data-short-title", statement.short_title or statement.title)
    body.set("data-day", long_date(statement.date, statement.language))
    style = "\n".join(templates.read_text(f"css/{name}.css") for name in ("base", "pdf"))
    try:
        return pdf.write(html.page(statement, body, ""), style, dict(statement.media), facts(statement), profile)
    except GlyphsMissing as error:
        raise MasterError(_unwritable(statement, character) for character in error.characters) from error


def _unwritable(statement: Statement, character: str) -> Problem:
    """A character that no font has, at its first place in the text; line 0 if it stands in the front matter."""
    before, found, _ = statement.body.partition(character)
    line = statement.body_line + before.count("\n") if found else 0
    return Problem(statement.path, line, "", f"no font has U+{ord(character):04X} {character!r}", GLYPH_REMEDY)


def facts(statement: Statement) -> Facts:
    """What the file says about itself in XMP and in the Info dictionary."""
    identifiers = {each.scheme: each.value for each in statement.identifiers}
    doi = f"doi:{identifiers['doi']}" if "doi" in identifiers else ""
    return Facts(
        title=statement.title,
        language=statement.language,
        date=statement.date,
        modified=modified(statement),
        authors=tuple(issuer.name for issuer in statement.issuers),
        description=statement.description,
        keywords=tuple(subject.term for subject in statement.subjects),
        publisher=statement.publisher.name,
        rights=statement.rights.statement,
        rights_uri=statement.rights.uri,
        identifier=doi or identifiers.get("url", identifiers.get("urn", statement.name)),
        source=statement.source.url if statement.source else "",
        generator=GENERATOR,
    )
