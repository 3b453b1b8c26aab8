"""The PDF, from the HTML: the same page with the style of paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from textwrap import shorten
from threading import Lock
from typing import TypeVar

from lxml.html import HtmlElement

from communique import legibility, templates
from communique.document import Document
from communique.errors import MasterError, Problem
from communique.labels import long_date
from communique.linked_data import modified
from communique.statement import Statement
from communique.version import GENERATOR
from communique.writers import footnotes, fragment, html, isolation, lettering, pdf, table_fit, typography
from communique.writers.attachment import Attachment
from communique.writers.page_list import PageList, PageStart
from communique.writers.pdf.complaints import GlyphsMissing
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.footing import NotesAstray
from communique.writers.pdf.profiles import DEFAULT
from communique.writers.pdf.sheet import SHEET_REMEDY, OffThePage

warm_up = pdf.warm_up
Made = TypeVar("Made")
_ONCE = Lock()
"""The EPUB asks for the pages while the PDF is made."""


def write_all(
    document: Document, profiles: Sequence[str] = (DEFAULT,), carried: Sequence[Attachment] = ()
) -> dict[str, bytes]:
    """A PDF for each profile: "ua1+a2a" is PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) at once."""
    with faults_of(document.statement):
        return _once(document)[0].write_all(facts(document.statement), profiles, carried)


def page_list(document: Document, profile: str = DEFAULT, carried: Sequence[Attachment] = ()) -> PageList:
    """Where the pages of the PDF in a profile begin."""
    with faults_of(document.statement):
        laid_out, starts = _once(document)
        return PageList(laid_out.identifier(facts(document.statement), profile, carried), starts)


def _once(document: Document) -> tuple[pdf.LaidOut, tuple[PageStart, ...]]:
    """The pages of a document: whoever asks first has them laid out, others wait and take the same."""
    with _ONCE:
        return _laid_out(document)


@lru_cache(maxsize=1)
def _laid_out(document: Document) -> tuple[pdf.LaidOut, tuple[PageStart, ...]]:
    css, media = style("base", "pdf"), dict(document.statement.media)
    laid_out = with_notes(document, lambda page: pdf.lay_out(pdf.Source(page, css, media)))
    return laid_out, laid_out.starts()


def with_notes(document: Document, make: Callable[[str], Made]) -> Made:
    """What is made of the page with its notes at the foot, or at the end if the engine lets one go astray."""
    try:
        return make(compose(document, notes_at_foot=True))
    except NotesAstray:
        return make(compose(document))


def compose(
    document: Document,
    sheets: table_fit.Sheets = table_fit.NORMAL,
    medium: lettering.Medium = lettering.PAPER,
    notes_at_foot: bool = False,
) -> str:
    """The HTML page that every edition on paper starts from; image sources are as the master has them.

    It brings the style of its scripts along, which the style sheets of an edition do not know. Notes stand at the
    end, or, where that is asked for and all of them can, at the foot of the page that refers to them.
    """
    statement, writing = document.statement, legibility.check(document)
    body = fragment.body(document)
    _name_bookmarks(body)
    typography.compose(body, statement.language)
    if notes_at_foot:
        footnotes.place(body, statement.language)
    isolation.isolate(body, statement.language)
    table_fit.fit(body, sheets)
    body.set("data-short-title", shorten(statement.short_title or statement.title, width=80, placeholder=" …"))
    body.set("data-day", long_date(statement.date, statement.language))
    return html.page(statement, body, lettering.css(writing, medium))


def _name_bookmarks(body: HtmlElement) -> None:
    """Gives the headings with marks of notes the words of their bookmarks; the others are their own."""
    for mark in body.xpath(".//a[@role='doc-noteref']"):
        for heading in mark.iterancestors("h2", "h3", "h4", "h5", "h6"):
            heading.set("data-bookmark", fragment.heading_words(heading))


def style(*names: str) -> str:
    """One style sheet from several of the templates."""
    return "\n".join(templates.read_text(f"css/{name}.css") for name in names)


@contextmanager
def faults_of(statement: Statement) -> Iterator[None]:
    """Turns what cannot be drawn into the line of the master that asks for it."""
    try:
        yield
    except GlyphsMissing as error:
        raise MasterError(legibility.unwritable(statement, error.characters)) from error
    except OffThePage as error:
        raise MasterError([_cut_off(statement, error.words)]) from error


def _cut_off(statement: Statement, words: str) -> Problem:
    """Words that run off the page, in their line if they stand in one line of the text alone, else in line 0."""
    sought = re.compile(rf"(?<!\w){re.escape(words.removesuffix('…'))}" + ("" if words.endswith("…") else r"(?!\w)"))
    lines = enumerate(statement.body.split("\n"), statement.body_line)
    places = [number for number, line in lines if sought.search(line)]
    found = f"“{words}” runs off the page of the PDF"
    return Problem(statement.path, places[0] if len(places) == 1 else 0, "", found, SHEET_REMEDY)


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
