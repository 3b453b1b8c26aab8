"""Words: every file says, word for word, what its master says; read by readers of our own, and as it lies on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.opening import Unreadable, whole
from communique.checks.publication import Output, Publication
from communique.checks.reading import master, pdf
from communique.checks.reading.akoma_ntoso import akoma_ntoso
from communique.checks.reading.docx import bookmark, docx
from communique.checks.reading.drawn import Drawing
from communique.checks.reading.edition import Block, Edition
from communique.checks.reading.epub import epub
from communique.checks.reading.markup import html_file
from communique.checks.reading.pdf_structure import Reading
from communique.checks.verdict import NoVerdict
from communique.checks.words import ink, layout, sheets
from communique.checks.words.differences import compare
from communique.checks.words.facets import FACETS
from communique.checks.words.ink import Ink
from communique.checks.words.known import Known
from communique.doctor import Places

READERS: Mapping[str, Callable[[bytes], Edition]] = {
    "html": html_file,
    "epub": epub,
    "docx": docx,
    "akoma-ntoso": akoma_ntoso,
}
"""What reads each format that has no pages. A new format is one more line here and above."""


@dataclass(frozen=True)
class Wanted:
    """What an edition must say, and where that is known from: its front matter, or None and another file."""

    edition: Edition
    keys: Mapping[str, Any] | None
    source: str

    @property
    def language(self) -> str:
        """The language of the edition."""
        return next((fact.value for fact in self.edition.facts if fact.kind == "language"), "en")


@dataclass
class _Run:
    """One run over many statements: what was read of the statement at hand is kept for its next file."""

    places: Places
    slug: str = ""
    wanted: dict[str, Wanted | Gap] = field(default_factory=dict)
    readings: dict[str, Reading | Unreadable] = field(default_factory=dict)
    inks: dict[str, Ink] = field(default_factory=dict)

    def look(self, publication: Publication, name: str) -> Iterator[Remark | Gap]:
        """What is to be said of one file."""
        if publication.slug != self.slug:
            self.slug, self.wanted, self.readings, self.inks = publication.slug, {}, {}, {}
        output = next(each for each in publication.texts if each.name == name)
        if output.language not in self.wanted:
            self.wanted[output.language] = _wanted(publication, output.language)
        wanted = self.wanted[output.language]
        if isinstance(wanted, Gap):
            yield wanted
            return
        if output.format in READERS:
            found = READERS[output.format](whole(publication.path(name)))
            yield from _differences(wanted, found, output)
        elif output.format in FACETS:
            yield from self._tagged(publication, wanted, output)
        else:
            yield from self._untagged(publication, wanted, output)
        if wanted.keys is None:
            yield Gap(f"there is no master to compare it with; it was compared with {wanted.source} alone")

    def _tagged(self, publication: Publication, wanted: Wanted, output: Output) -> Iterator[Remark | Gap]:
        reading = self._reading(publication, output.name)
        if isinstance(reading, Unreadable):
            raise reading
        yield from _differences(wanted, pdf.edition(reading), output)
        yield from ink.objections(reading, self._ink(publication, output.language), output.name)
        yield from self._poppler(publication, output, reading.drawing, reading.pages)

    def _untagged(self, publication: Publication, wanted: Wanted, output: Output) -> Iterator[Remark | Gap]:
        drawing, count, notices = pdf.open_sheets(whole(publication.path(output.name)))
        for notice in notices:
            yield Remark(
                "annotation", f"a {notice.kind} with words of its own: “{notice.words}”", f"page {notice.page + 1}"
            )
        own = self._ink(publication, output.language)
        own = own if own.known else ink.of_one(drawing, output.name)
        if wanted.keys is not None:  # Without them nobody knows which lines are running headers.
            known = Known(wanted.edition, wanted.keys, wanted.language)
            yield from sheets.objections(drawing, wanted.edition, known, own)
        yield from ink.of_drawing(drawing, own, output.name)
        yield from self._poppler(publication, output, drawing, count)

    def _poppler(
        self, publication: Publication, output: Output, drawing: Drawing, count: int
    ) -> Iterator[Remark | Gap]:
        content = whole(publication.path(output.name))
        yield from layout.against_poppler(drawing, count, content, self.places.pdftotext)

    def _reading(self, publication: Publication, name: str) -> Reading | Unreadable:
        if name not in self.readings:
            try:
                self.readings[name] = pdf.open_reading(whole(publication.path(name)))
            except Unreadable as error:
                self.readings[name] = error
        return self.readings[name]

    def _ink(self, publication: Publication, language: str) -> Ink:
        """What the glyphs of an edition stand for, from all of its tagged PDFs."""
        if language not in self.inks:
            names = [each.name for each in publication.outputs if each.language == language and each.format in FACETS]
            each = {name: self._reading(publication, name) for name in names if name.endswith(".pdf")}
            whole_ones = {name: reading for name, reading in each.items() if isinstance(reading, Reading)}
            spoken = {name: reading.spoken for name, reading in whole_ones.items()}
            self.inks[language] = ink.learn(spoken, {name: r.drawing.marks for name, r in whole_ones.items()})
        return self.inks[language]


def _differences(wanted: Wanted, found: Edition, output: Output) -> Iterator[Remark]:
    expected = _bookmarked(wanted.edition) if output.format == "docx" else wanted.edition
    yield from compare(expected, found, FACETS[output.format])
    yield from Known(wanted.edition, wanted.keys, wanted.language).objections(
        found, on_screen=output.format in ("html", "epub")
    )


def _bookmarked(edition: Edition) -> Edition:
    """The edition with the names of places as a Word file must write them."""
    anchors = {bookmark(name): number for name, number in edition.anchors.items()}
    notes = tuple(tuple(map(_marked, note)) for note in edition.notes)
    return replace(edition, blocks=tuple(map(_marked, edition.blocks)), notes=notes, anchors=anchors)


def _marked(block: Block) -> Block:
    spans = tuple(
        span._replace(value=f"#{bookmark(span.value[1:])}") if span.kind == "link" and span.value[:1] == "#" else span
        for span in block.spans
    )
    return replace(block, spans=spans)


def _wanted(publication: Publication, language: str) -> Wanted | Gap:
    folder = publication.master
    if folder is None:
        return _first(publication, language)
    try:
        tag = language or master.editions(folder)[0]
        return Wanted(master.read(folder, tag), master.metadata(folder, tag), "the master")
    except NoVerdict as error:
        return Gap(str(error))
    except (Unreadable, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        return Gap(f"the master cannot be read: {error or type(error).__name__} (communique validate says where)")


def _first(publication: Publication, language: str) -> Wanted | Gap:
    """The first file of an edition whose structure can be read, in place of its master."""
    for output in sorted(
        publication.outputs, key=lambda each: (each.format not in READERS, each.format != "html", each.name)
    ):
        if output.language == language and output.format in FACETS:
            content = whole(publication.path(output.name))
            try:
                found = READERS.get(output.format, pdf.pdf)(content)
            except Unreadable:
                continue
            return Wanted(found, None, output.name)
    return Gap("there is no master, and no file of this edition whose structure can be read")


def _applies(publication: Publication) -> Iterable[str]:
    return (output.name for output in publication.texts)


CHECK = check_by_file(
    name="words",
    claim="The file says what its master says: every word in its place, every heading, link, note, picture and table.",
    standards=(),
    applies=_applies,
    begin=lambda places: _Run(places).look,
)
