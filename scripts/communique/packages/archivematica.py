"""metadata.csv as Archivematica reads it: a line for each master and output, Dublin Core in columns.

A column may come more than once; a line has as many values for it as it needs, and leaves the others empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from communique.crosswalk.facts import gather
from communique.crosswalk.flat import pairs
from communique.packages.contents import Contents, Part, Role


def table(contents: Contents, prefix: str) -> bytes:
    """The table, UTF-8; `prefix` is what stands before the paths of the files: "data/" in a bag."""
    rows = {f"{prefix}{part.path}": _values(contents, part) for part in contents.of(Role.MASTER, Role.RENDITION)}
    rows = {name: values for name, values in rows.items() if values}
    columns = _columns(list(rows.values()))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["filename", *columns])
    for name, values in rows.items():
        left = {column: iter(found) for column, found in values.items()}
        writer.writerow([name, *(next(left.get(column, iter(())), "") for column in columns)])
    return text.getvalue().encode()


def _values(contents: Contents, part: Part) -> dict[str, list[str]]:
    """What is said of a file, by column: what is said of its edition, and its own format. Pictures have no edition."""
    edition = next((each for each in contents.statements if each.language == part.language), None)
    if edition is None:
        return {}
    facts = {**gather(edition), "media_types": [{"value": part.media_type}]}
    found: dict[str, list[str]] = {}
    for name, value in pairs("archivematica", facts):
        found.setdefault(name, []).append(value)
    return found


def _columns(rows: Sequence[Mapping[str, Sequence[str]]]) -> list[str]:
    """Every column as often as the line with the most values needs it, in the order in which they first come."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [name for name in names for _ in range(max(len(row.get(name, ())) for row in rows))]
