"""What a METS record says: by itself, in the MODS that describes the edition, and in the PREMIS with its history."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from communique.checks.metadata import mods, premis
from communique.checks.metadata.facts import Facts, Row
from communique.checks.metadata.files import Files
from communique.checks.opening import Element

_METS = "{http://www.loc.gov/METS/}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SCHEMES = {"doi": "DOI", "url": "URL", "urn": "URN", "symbol": "document symbol", "local": "local"}


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that it says of the statement."""
    yield Row("title", "mets LABEL", [str(root.get("LABEL", ""))], [known.title])
    yield Row("identifiers", "mets OBJID", [str(root.get("OBJID", ""))], [names[1]])
    times = [str(each.get("CREATEDATE", ""))[:10] for each in root.iter(f"{_METS}metsHdr")]
    yield Row("revised", "metsHdr CREATEDATE", times, known.made(times))
    yield Row("publisher", "agent", _agents(root, "DISSEMINATOR"), [known.publisher])
    if known.holder is not None:
        yield Row("holder", "agent", _agents(root, "IPOWNER"), [known.holder])
    for scheme, kind in _SCHEMES.items():
        found = [
            "".join(map(str, each.itertext())) for each in root.iter(f"{_METS}altRecordID") if each.get("TYPE") == kind
        ]
        own = [known.lineage[0]] if scheme == "urn" else []
        yield Row("identifiers", f"altRecordID {kind}", found, [*own, *known.identifier(scheme)])
    if known.kind:
        yield Row("kind", "mets TYPE", [str(root.get("TYPE", ""))], [known.kind])
    for each in _described(root):
        yield from mods.rows(each, known, names)
    yield from premis.rows(root, known, names)


def files(root: Element, known: Files) -> Iterator[Row]:
    """What it says of the files: places, types, sizes, digests."""
    found = [
        " ".join([_place(each), *(str(each.get(key)) for key in ("MIMETYPE", "SIZE", "CHECKSUM"))])
        for each in root.iter(f"{_METS}file")
    ]
    listed = [
        " ".join([name, *(str(row.get(key)) for key in ("mediaType", "size", "sha256"))])
        for name, row in known.listed.items()
    ]
    yield Row("files", "fileSec", sorted(found), sorted(listed))
    for each in _described(root):
        yield from mods.files(each, known)
    yield from premis.files(root, known)


def _described(root: Element) -> list[Element]:
    """The description in it: one, or an empty one if there is none, of which every row then says that it is missing."""
    return root.findall(f"{_METS}dmdSec/{_METS}mdWrap/{_METS}xmlData/*")[:1] or [root]


def _agents(root: Element, role: str) -> list[str]:
    return [
        each.findtext(f"{_METS}name", "")
        for each in root.findall(f"{_METS}metsHdr/{_METS}agent")
        if each.get("ROLE") == role
    ]


def _place(file: Element) -> str:
    """The name of a file as it lies beside the folder of the record."""
    place = file.find(f"{_METS}FLocat")
    return unquote(str(place.get(_HREF, ""))).removeprefix("../") if place is not None else ""
