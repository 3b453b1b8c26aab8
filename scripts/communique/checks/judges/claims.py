"""What a PDF says of itself: the parts of PDF/A and PDF/UA that its XMP claims, and what its file name promises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from communique.checks import opening
from communique.checks.opening import Unreadable

STANDARDS = {
    **{f"1{level}": f"PDF/A-1{level} (ISO 19005-1)" for level in "ab"},
    **{f"2{level}": f"PDF/A-2{level} (ISO 19005-2)" for level in "abu"},
    **{f"3{level}": f"PDF/A-3{level} (ISO 19005-3)" for level in "abu"},
    **{f"4{level}": f"PDF/A-4{level} (ISO 19005-4)" for level in ("", "e", "f")},
    "ua1": "PDF/UA-1 (ISO 14289-1)",
    "ua2": "PDF/UA-2 (ISO 14289-2)",
}
"""The profiles that veraPDF has, under its own short names."""

_PLAIN = (frozenset({"ua1", "2a"}), frozenset({"ua1", "3a"}), frozenset({"ua2", "4f"}))
"""What a PDF with the plain name may claim, since any of the profiles can be the first that was asked for."""
_ARCHIVE = "{http://www.aiim.org/pdfa/ns/id/}"
_ACCESS = "{http://www.aiim.org/pdfua/ns/id/}"
_NAME = re.compile(r"(?:\.(?P<edition>large|print))?(?:\.(?P<access>ua\d)\+a(?P<archive>\d[a-z]))?\.pdf$")


def claims(file: Path) -> frozenset[str]:
    """The profiles that the XMP of a PDF claims (ISO 19005-2, 6.6.4; ISO 14289-1, 5), such as "ua1" and "2a".

    Each claim is there as often as it is made: two parts of one standard are two claims.
    """
    with opening.pdf(file) as pdf:
        metadata = pdf.Root.get("/Metadata")
        if metadata is None:
            return frozenset()
        try:
            packet = metadata.read_bytes()
        except Exception as error:  # A stream can be anything: what matters is that no claim can be read from it.
            raise Unreadable(f"has XMP metadata that cannot be read: {' '.join(str(error).split())}") from error
    return frozenset(_claimed(opening.xml(packet, "its XMP metadata")))


def promised(file: Path, made: frozenset[str] = frozenset()) -> frozenset[str]:
    """The profiles that a file's name stands for, given those it claims; the press edition (`print`) has none."""
    match = _NAME.search(file.name)
    if match and match["access"]:
        return frozenset({match["access"], match["archive"]})
    if match and match["edition"] == "print":
        return frozenset()
    return made if made in _PLAIN else _PLAIN[0]


def _claimed(packet: opening.Element) -> Iterator[str]:
    for part in _values(packet, f"{_ACCESS}part"):
        yield f"ua{part}"
    levels = _values(packet, f"{_ARCHIVE}conformance") or [""]
    for part in _values(packet, f"{_ARCHIVE}part"):
        yield from (f"{part}{level.lower()}" for level in levels)


def _values(packet: opening.Element, name: str) -> list[str]:
    """All values of an XMP property, which RDF lets be an element or an attribute."""
    found = [str(each.text or "") for each in packet.iter(name)]
    found += [str(each.get(name)) for each in packet.iter() if each.get(name) is not None]
    return list(dict.fromkeys(value.strip() for value in found))
