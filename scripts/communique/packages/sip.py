"""A submission information package (E-ARK CSIP and SIP 2.2.0): what a European archive takes in.

The master and what it came from are one representation, what was made of it another. Records are metadata of the
package, the reports of the check its documentation. `data/` of both together has what a statement is built from.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from communique.packages import names, preservation
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry, copied, written
from communique.packages.sip_mets import METS_NAME, Filed, package, representation

SUFFIX = "-sip"
_XML = "application/xml"
_REPRESENTATIONS = {"master": (Role.MASTER, Role.SOURCE), "renditions": (Role.RENDITION, Role.LISTING)}
_KINDS = {"dublin-core": "DC", "marc": "MARC", "mods": "MODS", "premis": "PREMIS"}
"""What METS calls the records, by the stems of their names; it has no word for the others."""
_OTHER = ("mets", "premis")
"""Records of one edition that are not its description: the history and the files of the whole are told elsewhere."""


def pack(contents: Contents) -> Iterator[Entry]:
    """Every file of the package, METS.xml of the whole last."""
    names.safe([copied(part.path, part) for part in contents.parts])
    yield from _files(contents)


def _files(contents: Contents) -> Iterator[Entry]:
    metadata = [*map(_record, contents.of(Role.RECORD)), _preserved(contents, "metadata")]
    shared = {"Documentation": [*map(_document, contents.of(Role.REPORT))], "Schemas": _schemas()}
    representations: dict[str, Filed] = {}
    for name, roles in _REPRESENTATIONS.items():
        if parts := contents.of(*roles):
            *files, representations[name] = _representation(contents, name, parts)
            yield from (each.entry for each in (*files, representations[name]))
    yield from (each.entry for files in (metadata, *shared.values()) for each in files)
    used = {use: files for use, files in shared.items() if files}
    whole = f"{preservation.named(contents)}{SUFFIX}"
    yield written(METS_NAME, package(contents, whole, metadata, used, representations))


def _representation(contents: Contents, name: str, parts: Sequence[Part]) -> Iterator[Filed]:
    """The files of a representation: its data, its history, and its METS.xml last."""
    place = f"representations/{name}"
    data = [Filed(copied(f"{place}/data/{part.path}", part), part.media_type) for part in parts]
    known = {part.path.removeprefix(f"build/{contents.slug}/") for part in parts}
    verdicts = tuple(
        dataclasses.replace(each, files=files)
        for each in contents.verdicts
        if (files := tuple(file for file in each.files if file in known))
    )
    history = _preserved(dataclasses.replace(contents, parts=tuple(parts), verdicts=verdicts), f"{place}/metadata")
    yield from (*data, history)
    yield Filed(written(f"{place}/{METS_NAME}", representation(contents, name, [history], data)), _XML)


def _preserved(contents: Contents, place: str) -> Filed:
    """The PREMIS record of some files."""
    content = preservation.described(contents)
    return Filed(written(f"{place}/preservation/{preservation.PREMIS}", content), _XML, "PREMIS")


def _record(part: Part) -> Filed:
    """A record of an edition."""
    name = part.path.split("/", 3)[3]
    stem = PurePosixPath(name).name.partition(".")[0]
    folder = "other" if stem in _OTHER else "descriptive"
    kind = _KINDS.get(stem, "OTHER")
    other = stem.upper() if kind == "OTHER" else ""
    return Filed(copied(f"metadata/{folder}/{name}", part), part.media_type, kind, other)


def _document(part: Part) -> Filed:
    """A report of the check."""
    return Filed(copied(f"documentation/{part.path.split('/', 3)[3]}", part), part.media_type)


def _schemas() -> list[Filed]:
    """The schemas of METS, which the package itself is written in, so that they are at hand wherever it is."""
    paths = sorted((Path(__file__).parent / "schemas").glob("*.xsd"))
    return [Filed(written(f"schemas/{path.name}", path.read_bytes()), _XML) for path in paths]
