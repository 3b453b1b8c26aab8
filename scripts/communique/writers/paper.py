"""The PDF, from the HTML: the same page with the style of paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from textwrap import shorten

from communique import templates
from communique.document import Document
from communique.errors import MasterError, Problem
from communique.labels import long_date
from communique.linked_data import modified
from communique.statement import Statement
from communique.version import GENERATOR
from communique.writers import fragment, html, pdf, table_fit
from communique.writers.pdf.complaints import GLYPH_REMEDY, GlyphsMissing
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import DEFAULT
from communique.writers.pdf.sheet import SHEET_REMEDY, OffThePage

warm_up = pdf.warm_up


def write(document: Document, profile: str = DEFAULT) -> bytes:
    """A PDF that meets a profile: "ua1+a2a" is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once."""
    statement = document.statement
    with faults_of(statement):
        return pdf.write(compose(document), style("base", "pdf"), dict(statement.media), facts(statement), profile)


def compose(document: Document) -> str:
    """The HTML page that every edition on paper starts from; image sources are as the master has them."""
    statement = document.statement
    body = fragment.body(document)
    table_fit.fit(body)
    body.set("data-short-title", shorten(statement.short_title or statement.title, width=80, placeholder=" …"))
    body.set("data-day", long_date(statement.date, statement.language))
    return html.page(statement, body, "")


def style(*names: str) -> str:
    """One style sheet from several of the templates."""
    return "\n".join(templates.read_text(f"css/{name}.css") for name in names)


@contextmanager
def faults_of(statement: Statement) -> Iterator[None]:
    """Turns what cannot be drawn into the line of the master that asks for it."""
    try:
        yield
    except GlyphsMissing as error:
        raise MasterError(_unwritable(statement, error.characters)) from error
    except OffThePage as error:
        raise MasterError([_cut_off(statement, error.words)]) from error


def _cut_off(statement: Statement, words: str) -> Problem:
    """Words that run off the page, in their line if they stand in one line of the text alone, else in line 0."""
    sought = re.compile(rf"(?<!\w){re.escape(words.removesuffix('…'))}" + ("" if words.endswith("…") else r"(?!\w)"))
    lines = enumerate(statement.body.split("\n"), statement.body_line)
    places = [number for number, line in lines if sought.search(line)]
    found = f"“{words}” runs off the page of the PDF"
    return Problem(statement.path, places[0] if len(places) == 1 else 0, "", found, SHEET_REMEDY)


def _unwritable(statement: Statement, characters: str) -> Iterator[Problem]:
    """Characters that no font has, line by line as they first stand in the text; line 0 is the front matter."""
    lines: dict[int, list[str]] = {}
    for character in characters:
        before, found, _ = statement.body.partition(character)
        line = statement.body_line + before.count("\n") if found else 0
        lines.setdefault(line, []).append(f"U+{ord(character):04X} {character!r}")
    for line, names in lines.items():
        yield Problem(statement.path, line, "", f"no font has {', '.join(names)}", GLYPH_REMEDY)


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
