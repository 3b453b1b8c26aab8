"""Statement to Document: the whole visible text as one pandoc AST, annotated once for all formats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique import nodes
from communique.errors import MasterError, Problem
from communique.labels import Labels, labels, long_date
from communique.nodes import Inlines
from communique.statement import Block, Statement
from communique.transforms import directions, headings, paragraphs, terms

_NOTE = "\0"
"""Where the author's words go in a label, while it is cut there; no text has this character."""


@dataclass(frozen=True, eq=False)
class Document:
    """`blocks` is everything a reader sees, from masthead to colophon, so that all formats say the same."""

    statement: Statement
    blocks: tuple[Block, ...]


def annotate(statement: Statement) -> Document:
    """The document of a statement."""
    body = headings.below_title(statement.blocks)
    body = terms.annotate(body, statement.terms, statement.references)
    body = directions.isolate(paragraphs.number(body), statement.language)
    _check_citations(statement, body)
    words = labels(statement.language)
    text = nodes.div(nodes.attr("doc-text", ["text"]), body)
    return Document(statement, (_masthead(statement, words), text, _colophon(statement, words)))


def _check_citations(statement: Statement, body: Sequence[Block]) -> None:
    """Fails where the text cites a paragraph (#p7) that it does not have."""
    found = list(nodes.walk(list(body)))
    known = {node["c"][0][0] for node in found if node["t"] in ("Div", "Span")}
    cited = {node["c"][2][0] for node in found if node["t"] == "Link"}
    missing = sorted(
        target
        for target in cited
        if target.startswith("#") and nodes.PARAGRAPH.fullmatch(target[1:]) and target[1:] not in known
    )
    if missing:
        remedy = f"cite one of #p1 to #p{sum(map(bool, map(nodes.PARAGRAPH.fullmatch, known)))}"
        raise MasterError(_citation(statement, target, remedy) for target in missing)


def _citation(statement: Statement, target: str, remedy: str) -> Problem:
    line = statement.body_line + statement.body.partition(f"({target}")[0].count("\n")
    return Problem(statement.path, line, "", f"the link to {target} leads to no paragraph of this text", remedy)


def _masthead(statement: Statement, words: Labels) -> Block:
    """The kind of document, the title, who issues it, and when."""
    kicker = nodes.div(nodes.attr("", ["kicker"]), [nodes.para(_label(words[statement.type], statement, words))])
    title = nodes.header(1, nodes.attr("doc-title", ["title"]), nodes.text(statement.title))
    issuers = nodes.bullet_list([[nodes.plain(nodes.text(issuer.name))] for issuer in statement.issuers])
    day = long_date(statement.date, statement.language)
    return nodes.div(
        nodes.attr("doc-head", ["masthead"]),
        [
            kicker,
            title,
            nodes.div(nodes.attr("", ["issuers"]), [issuers]),
            nodes.div(nodes.attr("", ["dateline"]), [nodes.para(nodes.text(day))]),
        ],
    )


def _colophon(statement: Statement, words: Labels) -> Block:
    """What the reader should know of the text: who edited, published and owns it, and where it came from."""
    heading = nodes.header(2, nodes.attr("doc-about-title"), _label(words["about"], statement, words))
    entries = [(_label(words[key], statement, words), definition) for key, definition in _entries(statement, words)]
    return nodes.div(nodes.attr("doc-about", ["colophon"]), [heading, nodes.definition_list(entries)])


def _entries(statement: Statement, words: Labels) -> Iterator[tuple[str, list[Block]]]:
    """The entries of the colophon: the key of the label, and the paragraphs below it."""
    notes = [text for note in statement.editorial_notes for text in (note.text, note.reason) if text]
    if notes:
        yield "editorial_note", [nodes.para(nodes.text(text)) for text in notes]
    publisher = statement.publisher
    yield "publisher", [nodes.para(_linked(publisher.name, publisher.url))]
    if statement.source and statement.source.url:
        yield "source", list(_source(statement, words))
    rights = statement.rights
    owner = [nodes.para(nodes.text(rights.holder))] if rights.holder else []
    yield "rights", [nodes.para(_linked(rights.statement, rights.uri)), *owner]
    shown = [each.value for each in statement.identifiers if each.scheme not in ("url", "local")]
    if shown:
        yield "identifier", [nodes.para(directions.verbatim(value, statement.language)) for value in shown]
    if statement.revisions:
        yield "versions", [_revision(statement, number, words) for number in range(len(statement.revisions))]


def _source(statement: Statement, words: Labels) -> Iterator[Block]:
    source = statement.source
    assert source is not None
    yield nodes.para([nodes.link(directions.verbatim(source.url, statement.language), source.url)])
    if source.received:
        yield nodes.para(_label(words["received"].format(date=words.dated(source.received)), statement, words))


def _revision(statement: Statement, number: int, words: Labels) -> Block:
    revision = statement.revisions[number]
    facts = {"version": revision.version, "date": words.dated(revision.date)}
    before, after = words["version"].format(**facts, note=_NOTE).split(_NOTE)
    # The space belongs to the line, not to the label: where the line runs the other way it would change sides.
    start, end = before.rstrip(" "), after.lstrip(" ")
    note = nodes.text(f"{before[len(start) :]}{revision.note}{after[: len(after) - len(end)]}")
    return nodes.para([*_label(start, statement, words), *note, *(_label(end, statement, words) if end else ())])


def _linked(words: str, uri: str) -> Inlines:
    inlines = nodes.text(words)
    return [nodes.link(inlines, uri)] if uri else inlines


def _label(label: str, statement: Statement, words: Labels) -> Inlines:
    """Words of the program's own: marked with their language where it is not the edition's.

    Only the words are marked, not the block they stand in, so that it keeps the direction of the edition.
    """
    inlines = nodes.text(label)
    return inlines if words.language == statement.language else [nodes.span(nodes.attr(lang=words.language), inlines)]
