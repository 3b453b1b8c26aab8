"""Metadata: records and files say of a statement what the front matter of its master says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from communique.checks import front_matter, opening
from communique.checks.file_by_file import Gap, Look, Remark, check_by_file
from communique.checks.metadata import facts, files, outputs, standards
from communique.checks.metadata.facts import Facts, Row
from communique.checks.metadata.files import Files
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.doctor import Places

_SOURCE = "schema-org.jsonld"
"""The record that speaks for a statement without a master: it says the most."""
_NO_MASTER = "there is no master to compare it with; it was compared with the schema.org record alone"
_READERS: dict[str, Callable[[Path, Facts, tuple[str, str]], Iterator[Row | Remark]]] = {
    "html": outputs.web_page,
    "epub": outputs.epub,
    "docx": outputs.docx,
    "pdf": outputs.pdf,
    "large": outputs.pdf,
    "print": outputs.pdf,
}


def _applies(publication: Publication) -> Iterator[str]:
    yield ""
    yield from (name for name in publication.files if standards.kind(name))
    yield from (output.name for output in publication.outputs)


def _begin(_: Places) -> Look:
    known = cache(_Known)
    return lambda publication, name: _look(known(publication), publication, name)


class _Known:
    """What is known of each edition of a publication, and of its files, read once."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.authority = ""
        self.facts: dict[str, Facts | str] = {}
        if publication.master is not None:
            try:
                self.languages = front_matter.editions(publication.master)
                self.authority = self.languages[0]
            except (Unreadable, OSError) as error:
                self.languages = ()
                self.facts[""] = f"the master cannot be read: {error}"
        else:
            self.languages = tuple(
                dict.fromkeys(standards.language(name) for name in publication.files if standards.kind(name) == _SOURCE)
            )

    def edition(self, language: str) -> Facts | str:
        """The facts of an edition, "" for the authoritative one, or the reason why there are none."""
        if language not in self.facts:
            try:
                self.facts[language] = self._read(language)
            except (Unreadable, OSError) as error:
                self.facts[language] = f"there is nothing to compare it with: {error}"
        return self.facts[language]

    def _read(self, language: str) -> Facts:
        if self.publication.master is not None:
            return facts.of_master(self.publication.master, language)
        path = self.publication.path(standards.named(_SOURCE, language))
        return facts.of_record(opening.json_text(opening.whole(path)))

    @cache  # noqa: B019 - it lives as long as one run
    def files(self, language: str) -> Files | str:
        """What is known of the files of an edition, or the reason why nothing is."""
        try:
            return files.of_edition(self.publication, language)
        except (Unreadable, OSError) as error:
            return f"what it says of the files has nothing to be compared with: {error}"


def _look(known: _Known, publication: Publication, name: str) -> Iterable[Remark | Gap]:
    if not name:
        return _whole(known, publication)
    return _file(known, publication, name)


def _whole(known: _Known, publication: Publication) -> Iterator[Remark | Gap]:
    """Whether every edition is there, and each has its records."""
    if isinstance(reason := known.facts.get(""), str):
        yield Gap(reason)
        return
    if publication.master is None:
        yield Gap("there is no master to compare the records with")
    built = dict.fromkeys(output.language for output in publication.outputs)
    if not built:
        yield Remark("no-output", "there is no file that people could read")
    for language in known.languages if publication.master is not None else ():
        if language not in built and language != known.authority:
            yield Remark("missing-edition", f"the master has an edition in {language!r}, and no file has it")
        elif language == known.authority and "" not in built:
            yield Remark("missing-edition", f"no file has the authoritative edition ({language!r})")
    for language in built:
        formats = {output.format for output in publication.outputs if output.language == language}
        for record in standards.of(formats):
            if (name := standards.named(record, language)) not in publication.files:
                yield Remark("missing-record", f"{name} is not there")


def _file(known: _Known, publication: Publication, name: str) -> Iterator[Remark | Gap]:
    """What one file says, beside what is known."""
    language = (
        standards.language(name)
        if standards.kind(name)
        else next(o.language for o in publication.outputs if o.name == name)
    )
    if publication.master is not None and language and known.languages and language not in known.languages[1:]:
        yield Remark("unknown-edition", f"the master has no edition in {language!r}")
        return
    edition = known.edition(language)
    if isinstance(edition, str):
        yield Gap(edition)
        return
    if publication.master is None:
        yield Gap(_NO_MASTER)
    for row in _rows(known, publication, name, language, edition):
        if isinstance(row, Row):
            yield from row.remarks()
        else:
            yield row


def _rows(
    known: _Known, publication: Publication, name: str, language: str, edition: Facts
) -> Iterator[Row | Remark | Gap]:
    """Everything to be compared in one file."""
    names = publication.slug, f"{publication.slug}.{language}" if language else publication.slug
    if not standards.kind(name):
        output = next(each for each in publication.outputs if each.name == name)
        yield from _READERS[output.format](publication.path(name), edition, names)
        return
    standard = standards.STANDARDS[standards.kind(name)]
    value = standard.opened(opening.whole(publication.path(name)))
    yield from standard.rows(value, edition, names)
    found = known.files(language)
    if isinstance(found, Files):
        yield from standard.files(value, found)
    else:
        yield Gap(found)


CHECK = check_by_file(
    name="metadata",
    claim="Every record and every file names the same title, date, issuers, publisher, language, identifiers and "
    "rights as the front matter of the statement.",
    standards=(
        *("DCMI Metadata Terms", "DataCite Metadata Schema 4.7", "schema.org", "MODS 3.8", "MARC 21", "PREMIS 3.0"),
        *("InvenioRDM", "CSL 1.0.2", "BibTeX (biblatex 3)", "XMP (ISO 16684-1)"),
        *("Akoma Ntoso 3.0", "ONIX for Books 3.0"),
    ),
    applies=_applies,
    begin=_begin,
)
