"""Names for files that must all lie in one folder: each path has one of its own, in ASCII, that any system can carry.

An output keeps its name. Any other file has its path, with "--" between the parts: "content--media--flag.png". What
could be misread stands as "=" and two hexadecimal digits for each byte of its UTF-8, as in quoted-printable.
"""

from __future__ import annotations

import hashlib
import re
import string

_PLAIN = frozenset(f"{string.ascii_letters}{string.digits} -_.+,()&'")
_LONGEST = 200
# What the importer takes for its own; "metadata_*.xml" is one of the traps for "metadata/datacite.xml".
_RESERVED = re.compile(r"metadata_.*|dublin_core\.xml|contents|collections|handle|relationships|license\.txt")
_EDGE = re.compile(r"^[-. ]|(?<=-)-|[-. ]$")


def flat(path: str, taken: frozenset[str] = frozenset()) -> str:
    """The name of "content/<slug>/media/flag.png" or "build/<slug>/<slug>.pdf", of at most 200 characters.

    No name is that of another path, or one of those in `taken`.
    """
    place, _, *parts = path.split("/")
    parts = [_written(part) for part in parts]
    is_output = place == "build" and len(parts) == 1 and parts[0] not in taken and not _RESERVED.fullmatch(parts[0])
    name = parts[0] if is_output else "--".join((place, *parts))
    return name if len(name) <= _LONGEST else _shortened(name, path)


def _written(part: str) -> str:
    """A part of a path in which no "--" is left, and nothing at an end that hides a file or gets cut off."""
    text = "".join(char if char in _PLAIN else _coded(char) for char in part)
    return _EDGE.sub(lambda match: _coded(match[0]), text)


def _coded(char: str) -> str:
    return "".join(f"={byte:02X}" for byte in char.encode("utf-8", "surrogateescape"))


def _shortened(name: str, path: str) -> str:
    """A name cut off in the middle, with "~" and the beginning of the SHA-256 of its path to tell it from others."""
    stem, dot, suffix = name.rpartition(".")
    ending = f"{dot}{suffix}" if stem and len(suffix) <= 10 else ""
    mark = f"~{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
    return name[: _LONGEST - len(mark) - len(ending)] + mark + ending
