"""RO-Crate 1.2: the files of a statement in a folder, described in JSON-LD for programs and in a page for people.

The specification asks for no digests of the description itself. So a list in the form of `sha256sum` has those of
every file in the folder but its own, and `sha256sum --check` is all that is needed to compare them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique.packages import names
from communique.packages.contents import Contents
from communique.packages.entry import Entry, copied, written
from communique.packages.preservation import PREMIS, described
from communique.packages.ro_crate import files, history, preview, root
from communique.packages.ro_crate.graph import Graph

LISTING = "checksum.sha256"
_ABOUT_PREMIS = "What was done to the files, by whom and with what, as PREMIS 3 has it"
_ABOUT_LISTING = "The SHA-256 of every other file, for sha256sum --check"


def pack(contents: Contents) -> Iterator[Entry]:
    """The entries of a crate: the files of the statement, what describes them, and the list of all digests."""
    payload = [copied(part.path, part) for part in contents.parts]
    payload.append(written(PREMIS, described(contents)))
    names.safe(payload)
    metadata = _metadata(contents, payload)
    page = preview.write(contents, metadata)
    described_by = [written(root.DESCRIPTOR, metadata.content()), written(root.PREVIEW, page)]
    entries = [*described_by, *payload]
    yield from entries
    yield written(LISTING, _listing(entries))


def _metadata(contents: Contents, payload: Sequence[Entry]) -> Graph:
    graph = Graph()
    root.described(graph, contents)
    parts = files.described(graph, contents)
    root.editions(graph, contents)
    parts += [files.added(graph, payload[-1], "application/xml", _ABOUT_PREMIS)]
    parts += [_list_entity(graph, payload)]
    graph.entities[root.ROOT]["hasPart"] = parts
    history.described(graph, contents)
    return graph


def _list_entity(graph: Graph, payload: Sequence[Entry]) -> dict[str, str]:
    """The list as an entity. It cannot have its own digest, but every line has a length that is known before."""
    names = [root.DESCRIPTOR, root.PREVIEW, *(entry.name for entry in payload)]
    size = sum(len(_line("0" * 64, name)) for name in names)
    blank = Entry(LISTING, size, "", "", lambda: iter(()))
    return files.added(graph, blank, "text/plain", _ABOUT_LISTING, is_listed=False)


def _listing(entries: Sequence[Entry]) -> bytes:
    """The digests of files by their names, in the order of the names."""
    return b"".join(_line(entry.sha256, entry.name) for entry in sorted(entries, key=lambda entry: entry.name))


def _line(sha256: str, name: str) -> bytes:
    """A line as sha256sum writes it; a name that would need an escape there is refused."""
    return f"{sha256}  {name}\n".encode()
