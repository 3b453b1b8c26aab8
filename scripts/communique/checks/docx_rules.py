"""Word files by the rules of Word's own Accessibility Checker, and a few for what it does not look at.

The rules are those of Microsoft's “Rules for the Accessibility Checker” that apply to Word; what Word calls an error is
one, what it calls a warning or a tip is a warning. The rest is WCAG 2.2 on a Word file, and that nothing in it can run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from communique.checks import opening
from communique.checks.docx import colours, headings, language, layout, links, pictures, safety, tables
from communique.checks.docx.package import Word
from communique.checks.docx.text import Reading, read
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.publication import Publication
from communique.checks.reading import master
from communique.checks.reading.edition import Part
from communique.checks.reading.text import letters
from communique.checks.to_the_end import to_the_end
from communique.checks.verdict import NoVerdict

RULES: tuple[Callable[[Reading], Iterator[Remark]], ...] = (
    *(headings.title, headings.order, headings.fake, language.of_runs, pictures.pictures, tables.tables, links.links),
    *(layout.blanks, layout.spaces, layout.lists, layout.frames, layout.legible, colours.contrast),
    *(safety.access, safety.leftovers, safety.foreign),
)

_OF_THE_AUTHOR = frozenset({"list-typed", "heading-fake"})
"""Rules that guess from the look of a paragraph what it should be: the master knows."""
_NAME = "docx-accessibility"
_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a Word file begins that is locked with a password or by rights management ([MS-OFFCRYPTO], 2.3)."""


def _look(publication: Publication, name: str) -> Iterator[Remark | Gap]:
    path = publication.path(name)
    if _is_locked(path):
        yield Remark("restricted", "the file is locked by a password or by rights management, or is of an old kind")
        return
    expected = next(output.language for output in publication.outputs if output.name == name)
    with opening.package(path) as package:
        reading = read(Word(package))
        yield from language.whole(reading, expected)
        remarks = [remark for rule in RULES for remark in rule(reading)]
    guessed = {remark.location for remark in remarks if remark.rule in _OF_THE_AUTHOR}
    said = _plain_paragraphs(publication, expected) if guessed else frozenset()
    meant = {each.place for each in reading.paragraphs if each.place in guessed and letters(each.text) in said}
    yield from (remark for remark in remarks if remark.rule not in _OF_THE_AUTHOR or remark.location not in meant)


def _plain_paragraphs(publication: Publication, language: str) -> frozenset[str]:
    """The letters of all that the master gives as a paragraph, neither a heading nor in a list."""
    if publication.master is None:
        return frozenset()
    try:
        edition = master.read(publication.master, language)
    except (NoVerdict, opening.Unreadable, OSError, KeyError, TypeError, ValueError):
        return frozenset()
    plain = (block for block in edition.blocks if block.where.part is Part.PARAGRAPH and not block.where.depth)
    return frozenset(letters(" ".join(block.words)) for block in plain)


def _is_locked(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(8) == _ENCRYPTED


def _applies(publication: Publication) -> Iterable[str]:
    return publication.named({"docx"})


CHECK = check_by_file(
    name=_NAME,
    claim="A Word file can be read with a screen reader: it keeps the rules of Word’s own accessibility checker.",
    standards=("Microsoft: Rules for the Accessibility Checker", "WCAG 2.2 AA, as far as it can be told by machine"),
    applies=_applies,
    begin=lambda _: to_the_end(_look),
)
