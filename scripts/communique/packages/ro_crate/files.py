"""The files of a crate as data entities: what each is, its format, its size and digest, what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import Entry
from communique.packages.ro_crate import claims
from communique.packages.ro_crate.graph import Entity, Graph, compact, identified, is_address, local, reference
from communique.records import formats
from communique.rendition import Rendition

_PRONOM = "https://www.nationalarchives.gov.uk/PRONOM"
_MOST = 64 << 20
"""Bytes up to which a file is read for its format and its claims; a larger one is what its media type says."""
_TELLING = ("application/pdf", "application/epub+zip")

MEDIA = "A picture that the text shows"
_ABOUT = {
    Role.MASTER: "The annotated text from which every other file was made",
    Role.SOURCE: "The text as it was received, byte for byte",
    Role.RENDITION: "The statement, made from the annotated text",
    Role.RECORD: "A record of the statement for catalogues",
    Role.REPORT: "A report on the files, by the judges that looked at them",
    Role.LISTING: "The files that were made, with their digests and the versions of the tools",
}


def edition(language: str) -> str:
    """The @id of an edition."""
    return local("edition", language)


def described(graph: Graph, contents: Contents) -> list[Entity]:
    """Every file of the statement as an entity; the references to them, in the order of their paths."""
    return [_file(graph, contents, part) for part in contents.parts]


def added(graph: Graph, entry: Entry, media_type: str, about: str, is_listed: bool = True) -> Entity:
    """A file that was made for the package; the list of digests cannot have its own."""
    known = formats.of_file(Rendition(entry.name, media_type, b""))
    return graph.add(
        identified(entry.name),
        "File",
        name=entry.name,
        description=about,
        encodingFormat=_format(graph, media_type, known),
        contentSize=str(entry.size),
        sha256=entry.sha256 if is_listed else "",
        about=reference("./"),
    )


def of_edition(parts: Sequence[Part], language: str) -> list[Entity]:
    """The references to the files of one language."""
    return [reference(identified(part.path)) for part in parts if part.language == language]


def _file(graph: Graph, contents: Contents, part: Part) -> Entity:
    content = b"".join(part.pieces()) if part.media_type in _TELLING and part.size <= _MOST else b""
    file = Rendition(part.path, part.media_type, content)
    claimed = [_standard(graph, *claim) for claim in claims.made(file)] if content else []
    is_media = part.role is Role.MASTER and not part.language
    return graph.add(
        identified(part.path),
        "File",
        name=PurePosixPath(part.path).name,
        description=MEDIA if is_media else _ABOUT[part.role],
        encodingFormat=_format(graph, part.media_type, formats.of_file(file)),
        contentSize=str(part.size),
        sha256=part.sha256,
        inLanguage=part.language,
        conformsTo=compact(claimed),
        isBasedOn=compact(_origins(contents, part)),
        about=reference("./") if part.role in (Role.RECORD, Role.REPORT, Role.LISTING) else None,
    )


def _format(graph: Graph, media_type: str, known: formats.Format) -> object:
    """The media type, and the entry of PRONOM where there is one (RO-Crate 1.2, "descriptions of file encodings")."""
    if not known.key:
        return media_type
    name = " ".join(part for part in (known.name, known.version) if part)
    return [media_type, graph.once(f"{_PRONOM}/{known.key}", ["WebPage", "Standard"], name=name)]


def _standard(graph: Graph, name: str, standard: str) -> Entity:
    """A profile of a format that a file claims; a crate says it as the file says it."""
    said = f"{name} as {standard} has it; the file itself makes the claim"
    return graph.once(local("conformance", name), ["CreativeWork", "Profile"], name=name, description=said)


def _origins(contents: Contents, part: Part) -> Iterator[Entity]:
    """What a file was made from: the received text from its address, the master from it, the rest from the master."""
    owner = next((each for each in contents.statements if each.language == part.language), None)
    source = (owner or contents.statements[0]).source
    received = f"content/{contents.slug}/{source.file}" if source else ""
    if part.role is Role.SOURCE and source and is_address(source.url) and part.path == received:
        yield reference(source.url)
    elif part.role is Role.MASTER and owner:
        yield from (reference(identified(each.path)) for each in contents.parts if each.path == received)
    elif part.role in (Role.RENDITION, Role.RECORD) and owner:
        yield from (
            reference(identified(each.path)) for each in contents.of(Role.MASTER) if each.language == part.language
        )
