"""DSpace's Simple Archive Format: one item, as the importer of DSpace 7.6 to 10 takes it in.

The item is one version of a statement, in all its editions: they are one work, and share its identifiers. A reader
finds it under the authoritative title, and under those of the translations as alternative titles.

    SimpleArchiveFormat/<slug>-v<version>/
        dublin_core.xml, metadata_dcterms.xml    the fields of the crosswalk
        contents                                 every file that DSpace shall keep, and in which bundle
        manifest-sha256.txt, inventory.csv       the digests that the importer does not read; where each file lay
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from communique.crosswalk.facts import Facts, gather
from communique.crosswalk.flat import pairs
from communique.crosswalk.trade import EPUB
from communique.packages import names, preservation
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry, copied, written
from communique.packages.flat_names import flat
from communique.records import accessibility
from communique.rendition import Rendition

WRAPPER = "SimpleArchiveFormat"
"""The folder around the item; without one, a file that lies too deep would make the importer look elsewhere."""
MANIFEST, INVENTORY, LICENCE = "manifest-sha256.txt", "inventory.csv", "license.txt"
_ADDED = frozenset({MANIFEST, INVENTORY, LICENCE, preservation.PREMIS})
_ORIGINAL = "ORIGINAL"
_BUNDLES = {
    Role.RENDITION: _ORIGINAL,
    Role.RECORD: "METADATA",
    Role.MASTER: "MASTER",
    Role.SOURCE: "SOURCE",
    Role.REPORT: "REPORT",
    Role.LISTING: "MANIFEST",
}
_DESCRIBED = {
    Role.RENDITION: "The statement",
    Role.RECORD: "Metadata record",
    Role.MASTER: "Master, or a file that belongs to it",
    Role.SOURCE: "As received",
    Role.REPORT: "Conformance report",
    Role.LISTING: "The outputs and their digests",
}
_KINDS = {
    ".print.pdf": "PDF for the press",
    ".large.pdf": "PDF in large print",
    ".pdf": "PDF",
    ".epub": "EPUB",
    ".html": "Web page",
    ".docx": "Word document",
}
"""What a rendition is, by what its name has in it after that of the edition; the first that fits is meant."""
_TRANSLATED = {
    "dc.title": "dc.title.alternative",
    "dc.title.alternative": "dc.title.alternative",
    "dc.description.abstract": "dc.description.abstract",
    "dc.language.iso": "dc.language.iso",
    "dcterms.provenance": "dcterms.provenance",
}
"""What a translation adds to the item, and as which field; the rest it shares with the authoritative edition."""
_PROFILE = "+"
"""What a name has in it if the file is another profile of one that is there: "ua1+a3a"."""


@dataclass(frozen=True)
class _Bitstream:
    """A file that DSpace shall keep; `description` is in ASCII, for the importer's charset is that of its machine."""

    entry: Entry
    bundle: str
    description: str
    is_primary: bool = False


def pack(contents: Contents) -> Iterator[Entry]:
    """Every file of the item, in the order of the names."""
    kept = [*_parts(contents), *_additions(contents)]
    manifest = _Bitstream(written(MANIFEST, b""), "MANIFEST", "SHA-256 of every file of the item as it was made")
    entries = [*(each.entry for each in kept), *_metadata(contents), written("contents", _listing([*kept, manifest]))]
    entries.sort(key=lambda entry: entry.name)
    names.safe(entries)
    lines = "".join(f"{entry.sha256}  {entry.name}\n" for entry in entries)
    entries.append(written(MANIFEST, lines.encode()))
    folder = f"{WRAPPER}/{contents.slug}-v{contents.version}"
    for entry in sorted(entries, key=lambda entry: entry.name):
        yield Entry(f"{folder}/{entry.name}", entry.size, entry.sha256, entry.sha512, entry.pieces)


def _parts(contents: Contents) -> Iterator[_Bitstream]:
    """The files of the statement: the primary one first, those of the authoritative edition before translations."""
    editions = [edition.language for edition in contents.statements]
    first = _primary(contents)

    def rank(part: Part) -> tuple[bool, int, bool, str]:
        return part != first, editions.index(part.language) if part.language else 0, _PROFILE in part.path, part.path

    for part in sorted(contents.parts, key=rank):
        yield _Bitstream(copied(_named(part), part), _BUNDLES[part.role], _description(part, contents), part == first)


def _named(part: Part) -> str:
    return flat(part.path, _ADDED)


def _primary(contents: Contents) -> Part | None:
    """What DSpace opens first: the authoritative PDF, or another rendition if none was built."""
    name = contents.statements[0].name
    paths = [f"build/{contents.slug}/{name}{suffix}" for suffix in (".pdf", ".html", ".epub", ".docx")]
    renditions = {part.path: part for part in contents.of(Role.RENDITION)}
    return next((renditions[path] for path in (*paths, *renditions) if path in renditions), None)


def _description(part: Part, contents: Contents) -> str:
    what = _DESCRIBED[part.role]
    if part.role is Role.RENDITION:
        editions = {edition.language: edition.name for edition in contents.statements}
        name = part.path.rpartition("/")[2].removeprefix(editions.get(part.language, ""))
        kind = next((kind for mark, kind in _KINDS.items() if _has(name, mark)), "")
        profile = name.removesuffix(".pdf").rpartition(".")[2] if _PROFILE in name else ""
        what = f"{kind or what} ({profile})" if profile else kind or what
    return f"{what}, {part.language}" if part.language else what


def _has(name: str, mark: str) -> bool:
    """Whether a name ends like that, but for a profile before the suffix: ".large.ua1+a3a.pdf" is ".large.pdf"."""
    stem, _, suffix = mark[1:].rpartition(".")
    return name.endswith(f".{suffix}") and (not stem or name.startswith(f".{stem}."))


def _additions(contents: Contents) -> Iterator[_Bitstream]:
    """What is made for the item: the preservation record, the rights, and where each file lay."""
    record = written(preservation.PREMIS, preservation.described(contents))
    yield _Bitstream(record, "METADATA", "Preservation record, PREMIS 3")
    yield _Bitstream(written(LICENCE, _licence(contents)), "LICENSE", "Rights")
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("name", "path"))
    rows.writerows(sorted((_named(part), part.path) for part in contents.parts))
    inventory = written(INVENTORY, table.getvalue().encode("utf-8", "surrogateescape"))
    yield _Bitstream(inventory, "MANIFEST", "Where each file lay before it was given a name of its own")


def _licence(contents: Contents) -> bytes:
    """What the master says of the rights, in the words of each edition."""
    said = []
    for edition in contents.statements:
        rights = edition.rights
        said.append("".join(f"{line}\n" for line in (rights.statement, rights.holder, rights.uri) if line))
    return "\n".join(dict.fromkeys(said)).encode()


def _listing(kept: Iterable[_Bitstream]) -> bytes:
    """The file `contents`: a name, and after tabs what is to be done with it."""
    lines = (
        f"{each.entry.name}\tbundle:{each.bundle}{chr(9) + 'primary:true' if each.is_primary else ''}"
        f"\tdescription:{each.description}\n"
        for each in kept
    )
    return "".join(lines).encode("ascii")


def _metadata(contents: Contents) -> Iterator[Entry]:
    """A file for each schema: dublin_core.xml for "dc", metadata_<schema>.xml for any other."""
    schemas: dict[str, list[tuple[str, str]]] = {}
    for field, value in dict.fromkeys(_values(contents)):
        schema, _, name = field.partition(".")
        schemas.setdefault(schema, []).append((name, value))
    for schema, values in schemas.items():
        name = "dublin_core.xml" if schema == "dc" else f"metadata_{schema}.xml"
        yield written(name, _fields(schema, values))


def _values(contents: Contents) -> Iterator[tuple[str, str]]:
    """Fields and values of the authoritative edition, then what the translations add: "dc.title.alternative@fr"."""
    first, *translations = contents.statements
    yield from pairs("saf", _facts(contents, first.language))
    for edition in translations:
        for name, value in pairs("saf", gather(edition)):
            field, at, language = name.partition("@")
            if field in _TRANSLATED:
                yield f"{_TRANSLATED[field]}{at}{language}", value


def _facts(contents: Contents, language: str) -> Facts:
    """What is known of the authoritative edition, and of all files that readers get."""
    renditions = contents.of(Role.RENDITION)
    types = dict.fromkeys(part.media_type for part in renditions)
    epub = next((part for part in renditions if part.media_type == EPUB and part.language == language), None)
    claims = accessibility.of_files([_whole(epub)] if epub else [])
    facts: Mapping[str, Sequence[Mapping[str, str]]] = gather(contents.statements[0], (), claims)
    return {**facts, "media_types": [{"value": each} for each in types]}


def _whole(part: Part) -> Rendition:
    return Rendition(part.path, part.media_type, b"".join(part.pieces()))


def _fields(schema: str, values: Iterable[tuple[str, str]]) -> bytes:
    """The values of one schema, as DSpace has them for every schema: <dublin_core> with a <dcvalue> for each."""
    root = etree.Element("dublin_core", schema=schema)
    for name, value in values:
        field, _, language = name.partition("@")
        element, _, qualifier = field.partition(".")
        child = etree.SubElement(root, "dcvalue", element=element, qualifier=qualifier or "none")
        if language:
            child.set("language", language)
        child.text = value
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
