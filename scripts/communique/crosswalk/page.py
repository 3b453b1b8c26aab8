"""The crosswalk as documentation: docs/crosswalk.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

from communique import crosswalk
from communique.crosswalk import Field, Standard
from communique.crosswalk.cells import Cell

_BEFORE = """# Crosswalk

Where each field of a statement goes in each standard. This page is made from the very table that the records are made
from (`scripts/communique/crosswalk/crosswalk.yaml`), by `python scripts/crosswalk.py`; a test fails when it is not
current. A field without a place has a reason instead.

How a place is written:

- **XML**: a path of elements, `titles/title+[@xml:lang={language}]`. `+` (or `+2`) begins a new element for each value,
  `[@…]` is an attribute of the element, `/@…` the attribute in which the value stands.
- **JSON**: a path of keys, `metadata.creators[].person_or_org.name`. `[]` begins a new entry for each value.
- **MARC 21**: tag, indicators and subfield, `650 _4+ $a`. `_` is a blank, `+` (or `+2`) begins a new field for each
  value, `$c+` a new subfield; `008/35-37` is a range of positions.
- **All others**: the name of a field, a column or a tag; DSpace fields with the language after `@`.

What stands there is the value of the field, or what follows `=`, with values of the statement in braces. `=#` writes a
number, a list or a truth value in JSON. Places that share the beginning of a path share the element or the entry.

`communique build` writes of each edition
{records}.
The other columns are what packages say of a statement.
"""


def page(records: Sequence[str]) -> str:
    """The whole page, in Markdown; `records` are the names of the files that a build writes."""
    written = ", ".join(f"`{name}`" for name in records)
    before = _BEFORE.replace("{records}", "\n".join(wrap(written, 118, break_on_hyphens=False)))
    return "\n".join([before, *_standards(), *(line for field in crosswalk.fields() for line in _field(field))])


def _standards() -> Iterator[str]:
    yield "## Standards\n"
    yield from _table(
        ("Standard", "Version", "Name here"),
        [
            (f"[{each.title}]({each.address})", each.version, f"`{each.name}`")
            for each in crosswalk.standards().values()
        ],
    )


def _field(field: Field) -> Iterator[str]:
    yield f"## {field.name}\n"
    yield f"{field.means}\n"
    rows = [(each.title, _place(field, each)) for each in crosswalk.standards().values()]
    yield from _table(("Standard", "Place"), rows)


def _place(field: Field, standard: Standard) -> str:
    return "<br>".join(map(_cell, field.cells[standard.name]))


def _cell(cell: Cell) -> str:
    if cell.reason:
        return f"– {cell.reason}"
    return f"stands with `{cell.elsewhere}`" if cell.elsewhere else f"`{cell.text}`"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' for _ in head)}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
