"""EPUB accessibility metadata: what a book says of itself, for readers who must know beforehand, is true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import yaml

from communique import templates
from communique.checks import front_matter, opening
from communique.checks.epub_metadata import claims
from communique.checks.epub_metadata.content import Book
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication


def _applies(publication: Publication) -> Iterator[str]:
    return iter(publication.named({"epub"}))


def _look(publication: Publication, name: str) -> Iterator[Remark | Gap]:
    with opening.package(publication.path(name)) as archive:
        book = Book(archive)
        yield from claims.remarks(book)
        yield from claims.summary(book, _sentences())
        if publication.master is None:
            yield Gap("there is no master to say who certified the book")
            return
        language = next(output.language for output in publication.outputs if output.name == name)
        try:
            keys = front_matter.keys(publication.master, language)
        except (Unreadable, OSError) as error:
            yield Gap(f"the master cannot be read: {error}")
            return
        yield from claims.master(book, keys)


@cache
def _sentences() -> Mapping[str, frozenset[str]]:
    """The sentences of generated summaries by what they say, in every language that has them."""
    table = yaml.load(templates.read_text("labels.yaml"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    names = ("summary_images", "summary_hazard")
    return {name: frozenset(words[name] for words in table.values() if name in words) for name in names}


CHECK = check_by_file(
    name="epub-metadata",
    claim="What the EPUB says of its own accessibility is true of its content, and it claims no standard that nobody "
    "certified.",
    standards=("EPUB Accessibility 1.1", "Schema.org Accessibility Properties for Discoverability Vocabulary"),
    applies=_applies,
    begin=lambda _: _look,
)
