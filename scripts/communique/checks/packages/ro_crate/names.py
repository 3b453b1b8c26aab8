"""The names in a crate, and how names of files and the @id of entities go together."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

METADATA, PREVIEW, LISTING = "ro-crate-metadata.json", "ro-crate-preview.html", "checksum.sha256"
"""The description, its page for people, and the list of all digests."""
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_FORBIDDEN = frozenset('<>"{}|\\^`[]?#% ')


def is_absolute(identifier: str) -> bool:
    """Whether an @id is an IRI of its own (RFC 3987), known outside of the crate."""
    return _ABSOLUTE.fullmatch(identifier) is not None


def is_local(identifier: str) -> bool:
    """Whether an @id names a thing in this document alone."""
    return identifier.startswith(("#", "_:"))


def file_of(identifier: str) -> str:
    """The name of the file that a relative @id stands for."""
    return unquote(identifier)


def fault(identifier: str) -> str:
    """What is wrong with an @id, "" if nothing is (RO-Crate 1.2, "Describing entities in JSON-LD")."""
    if is_absolute(identifier) or identifier == "./":
        return ""
    path = identifier[1:] if identifier.startswith("#") else identifier.removeprefix("_:")
    if not path or path != _escaped(unquote(path)):
        return "is no IRI in its usual form: what no IRI has is escaped there, and nothing else"
    inside = {"", ".", ".."} & set(path.removesuffix("/").split("/"))
    return "is no path inside of the crate" if inside and not is_local(identifier) else ""


def _escaped(text: str) -> str:
    """A text as a path of an IRI has it: letters of all scripts as they are, %-escapes for what no IRI has."""
    return "".join(quote(each, safe="") if each in _FORBIDDEN or not each.isprintable() else each for each in text)
