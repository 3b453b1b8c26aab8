"""A bag (BagIt 1.0, RFC 8493) that Archivematica takes in as it is.

`data/content/<slug>` and `data/build/<slug>` hold the files as they lay; from them alone the outputs can be built anew.
Archivematica reads `data/metadata/metadata.csv` for what it should say of each file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.crosswalk.facts import gather
from communique.crosswalk.flat import pairs
from communique.packages import archivematica, names, preservation
from communique.packages.contents import Contents
from communique.packages.entry import Entry, copied, written
from communique.version import GENERATOR

PROFILE_NAME = "bagit-profile.json"
PROFILE_URI = "urn:uuid:7ee84d4b-1c9d-54de-b115-b99259628b75"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_WIDTH = 79
_SPACE = re.compile(r"[ \t\r\n]+")
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def pack(contents: Contents) -> Iterator[Entry]:
    """Every file of the bag, in the order of the names within the payload, then the tag files."""
    payload = sorted(_payload(contents), key=lambda entry: entry.name)
    names.safe(payload)
    tags = [
        written("bag-info.txt", _info(contents, payload)),
        written(PROFILE_NAME, profile()),
        written("bagit.txt", _DECLARATION),
        written("manifest-sha256.txt", _manifest((each.name, each.sha256) for each in payload)),
        written("manifest-sha512.txt", _manifest((each.name, each.sha512) for each in payload)),
    ]
    tags.sort(key=lambda entry: entry.name)
    yield from payload
    yield from tags
    yield written("tagmanifest-sha256.txt", _manifest((each.name, each.sha256) for each in tags))
    yield written("tagmanifest-sha512.txt", _manifest((each.name, each.sha512) for each in tags))


def profile() -> bytes:
    """The BagIt profile that every bag meets, and carries, so that it is at hand wherever the bag is."""
    return (Path(__file__).parent / PROFILE_NAME).read_bytes()


def _payload(contents: Contents) -> Iterator[Entry]:
    yield from (copied(f"data/{part.path}", part) for part in contents.parts)
    yield written("data/metadata/metadata.csv", archivematica.table(contents, "data/"))
    # Not in metadata/: there Archivematica would take the events for its own, and wants its own names of the files.
    yield written(f"data/{preservation.PREMIS}", preservation.described(contents))


def _manifest(digests: Iterable[tuple[str, str]]) -> bytes:
    """A manifest (RFC 8493, 2.1.3); `names.safe` let no name through that would have to be encoded."""
    return "".join(f"{digest}  {name}\n" for name, digest in digests).encode()


def _info(contents: Contents, payload: Sequence[Entry]) -> bytes:
    """bag-info.txt (RFC 8493, 2.2.2): what the crosswalk says of the authoritative edition, and what only a bag has.

    The group of a bag are the versions of the statement; how many there will be nobody knows.
    """
    size = sum(entry.size for entry in payload)
    ordinal = max(1, len(contents.statements[0].revisions))
    found = [
        *pairs("bag-info", gather(contents.statements[0])),
        ("Payload-Oxum", f"{size}.{len(payload)}"),
        ("Bag-Size", _readable(size)),
        ("Bag-Count", f"{ordinal} of ?"),
        ("Bag-Software-Agent", GENERATOR),
        ("BagIt-Profile-Identifier", PROFILE_URI),
    ]
    return "".join(_folded(label, value) for label, value in found).encode()


def _folded(label: str, value: str) -> str:
    """A label and its value, in lines of at most 79 characters where there are spaces to part them at."""
    first, *words = _SPACE.sub(" ", value.strip()).split(" ")
    lines = [f"{label}: {first}"]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _WIDTH:
            lines.append(f"  {word}")
        else:
            lines[-1] += f" {word}"
    return "".join(f"{each}\n" for each in lines)


def _readable(size: int) -> str:
    """A size for people, in powers of 1000: "1.9 MB"."""
    power = min((len(str(size)) - 1) // 3, len(_UNITS) - 1)
    return f"{size} bytes" if power == 0 else f"{size / 1000**power:.1f} {_UNITS[power]}"
