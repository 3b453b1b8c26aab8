"""The versions of a text: each has a number of its own, they follow one another, and all editions share them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.master.faults import Fault, quoted
from communique.master.frontmatter import Node

_KEY = "revisions"


def check(keys: Mapping[str, Node]) -> Iterator[Fault]:
    """Two versions of one number, which would be packed as one, and a version that is older than the one before it.

    Capitals make no difference, since some file systems make none.
    """
    numbers: dict[str, str] = {}
    last = ""
    for place, row in enumerate(_rows(keys)):
        version, date = (_text(row, name) for name in ("version", "date"))
        if version.casefold() in numbers:
            found = f"{quoted(version)} is the number of an earlier version too"
            yield Fault(row["version"].line, found, "give each version its own number", f"{_KEY}[{place}].version")
        if date and date < last:
            found = f"{date} is before {last}, the day of the version above it"
            yield Fault(row["date"].line, found, "put the oldest version first", f"{_KEY}[{place}].date")
        numbers[version.casefold()] = version
        last = max(last, date)


def differ(theirs: Mapping[str, Node], ours: Mapping[str, Node]) -> Iterator[Fault]:
    """A translation that counts other versions than statement.md: a new version is one of all editions."""
    if _KEY not in ours or not theirs:
        return
    authoritative, own = (
        [(_text(row, "version"), _text(row, "date")) for row in _rows(keys)] for keys in (theirs, ours)
    )
    if own != authoritative:
        known = ", ".join(f"{version} of {date}" for version, date in authoritative) or "none"
        remedy = "delete them, or translate their notes alone; what changed in one edition is a new version of all"
        yield Fault(ours[_KEY].line, f"the versions are not those of statement.md ({known})", remedy, _KEY)


def _rows(keys: Mapping[str, Node]) -> list[dict[str, Node]]:
    """The versions as far as they are written as such; the schema tells what is not."""
    node = keys.get(_KEY)
    listed = node.value if node and isinstance(node.value, list) else []
    return [row.value for row in listed if isinstance(row.value, dict)]


def _text(row: Mapping[str, Node], name: str) -> str:
    value = row[name].value if name in row else ""
    return value if isinstance(value, str) else ""
