"""What a bag says of its statement in bag-info.txt, metadata.csv and PREMIS, beside the master that lies in it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.metadata import facts
from communique.checks.metadata.facts import Facts, Row, first
from communique.checks.opening import Unreadable
from communique.checks.packages import preserved
from communique.checks.packages.bag import places
from communique.checks.packages.files import Tree
from communique.checks.publication import Publication

INFO, TABLE, HISTORY = "bag-info.txt", "data/metadata/metadata.csv", "data/premis.xml"
_MASTER = re.compile(r"data/content/([^/]+)/statement\.md")
_EDITION = re.compile(r"statement(?:\.([^/]+))?\.md")


def remarks(bag: Tree) -> Iterator[Remark]:
    """What PREMIS has wrong; every field that is not that of the front matter, if a master is there to be read."""
    yield from preserved.of_all(bag, HISTORY, places(bag))
    masters = [match for name in bag.names if (match := _MASTER.fullmatch(name))]
    if len(masters) != 1:
        return
    slug = masters[0][1]
    place = bag.path("data/content") / slug
    known = cache(lambda language: facts.of_master(place, language))
    try:
        known("")
    except Unreadable:
        return
    if INFO in bag.names:
        yield from _info(_fields(bag), known(""), slug)
    if TABLE in bag.names:
        publication = Publication(slug, bag.path("data/build") / slug, place)
        yield from _table(_rows(bag), _described(bag, publication), known, slug)


def _identifiers(known: Facts) -> list[str]:
    return [f"https://doi.org/{value}" if scheme == "doi" else value for scheme, value in known.identifiers]


_INFO: Mapping[str, Callable[[Facts, str], Sequence[str]]] = {
    "Source-Organization": lambda known, _: [known.publisher],
    "External-Description": lambda known, _: [known.description],
    "Bagging-Date": lambda known, _: known.made(("",)),
    "External-Identifier": lambda known, _: [*_identifiers(known), known.lineage[0]],
    "Bag-Group-Identifier": lambda _, slug: [slug],
    "Internal-Sender-Identifier": lambda _, slug: [slug],
    "Internal-Sender-Description": lambda known, _: [known.title],
    "Replaces": lambda known, _: [known.lineage[2]],
    "Bag-Count": lambda known, _: [f"{max(1, len(known.background.revisions if known.background else ()))} of ?"],
}
_TABLE: Mapping[str, Callable[[Facts, str], Sequence[str]]] = {
    "dc.identifier": lambda known, name: [name, *_identifiers(known), known.lineage[0]],
    "dc.title": lambda known, _: [known.title],
    "dcterms.alternative": lambda known, _: [known.short_title],
    "dc.creator": lambda known, _: first(known.issuers),
    "dc.date": lambda known, _: [known.date],
    "dcterms.modified": lambda known, _: [known.revised],
    "dc.language": lambda known, _: [known.language],
    "dc.publisher": lambda known, _: [known.publisher],
    "dc.description": lambda known, _: [known.description],
    "dc.subject": lambda known, _: first(known.subjects),
    "dc.coverage": lambda known, _: first(known.places),
    "dc.source": lambda known, _: [known.source],
    "dc.rights": lambda known, _: [known.rights],
    "dcterms.license": lambda known, _: [known.licence],
    "dcterms.rights": lambda known, _: ["" if known.licence else known.rights_uri],
    "dcterms.rightsHolder": lambda known, _: [known.holder],
    "dcterms.replaces": lambda known, _: [known.lineage[2]],
}


def _info(found: Mapping[str, Sequence[str]], known: Facts, slug: str) -> Iterator[Remark]:
    for label, wanted in _INFO.items():
        yield from Row("bag-info", f"{INFO}: {label}", found.get(label.casefold(), ()), wanted(known, slug)).remarks()


def _fields(bag: Tree) -> Mapping[str, Sequence[str]]:
    """The values of each label in small letters; a line that begins with a space goes on (RFC 8493, 2.2.2)."""
    text = bag.path(INFO).read_bytes().decode("utf-8", "replace")
    found: dict[str, list[str]] = {}
    for line in re.sub(r"\n[ \t]+", " ", text).splitlines():
        label, _, value = line.partition(":")
        found.setdefault(label.strip().casefold(), []).append(value)
    return found


def _described(bag: Tree, publication: Publication) -> Mapping[str, str]:
    """The files that the table must have, each with the language of its edition, "" for the authoritative one."""
    slug, start = publication.slug, f"data/content/{publication.slug}/"
    masters = {name: _EDITION.fullmatch(name.removeprefix(start)) for name in bag.names if name.startswith(start)}
    outputs = {f"data/build/{slug}/{each.name}": each.language for each in publication.outputs}
    return {**{name: match[1] or "" for name, match in masters.items() if match}, **outputs}


def _rows(bag: Tree) -> list[list[str]]:
    try:
        text = opening.text(opening.whole(bag.path(TABLE)))
    except Unreadable:
        return []
    return list(csv.reader(io.StringIO(text)))


def _table(
    rows: list[list[str]], described: Mapping[str, str], known: Callable[[str], Facts], slug: str
) -> Iterator[Remark]:
    """The table has a line for each file, and in each line what is said of its edition."""
    columns = rows[0] if rows else []
    lines = [line for line in rows[1:] if line]
    yield from Row("metadata-csv", f"{TABLE}: filename", sorted(line[0] for line in lines), sorted(described)).remarks()
    for line in lines:
        if line[0] not in described:
            continue
        language = described[line[0]]
        try:
            edition = known(language)
        except Unreadable:
            continue
        for column, wanted in _TABLE.items():
            found = [value for name, value in zip(columns, line, strict=False) if name == column]
            where = f"{TABLE}: {line[0]}, {column}"
            yield from Row("metadata-csv", where, found, wanted(edition, f"{slug}.{language}".rstrip("."))).remarks()
