"""The crosswalk: where each field of a statement goes in each standard. One table, read by every record.

`crosswalk.yaml` is the table; docs/crosswalk.md prints it. A place is written in the manner of its standard:

- XML: `titles/title+[@xml:lang={language}]`; "+" and "+2" begin new elements for each value, `/@name` is
  an attribute.
- JSON: `metadata.creators[].person_or_org.name`; "[]" begins a new entry for each value.
- MARC: `650 _4+ $a`: tag, indicators ("_" is a blank), subfield; "+" and "+2" begin new fields for each value;
  `008/35-37` is a range of positions.
- others: the name of a field or a tag.

What is written there is the value itself, or what follows "=": `size={size} bytes`. In JSON, "=#" gives a number or a
list. `(joined by ", ")` puts all values in one place, `(parted by ", ")` each part of a value in a new one. "with X"
says that the place of X has this value too, and "- why" that the standard has no place for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from communique.crosswalk.cells import Cell, fill, parse
from communique.crosswalk.facts import Facts, Row


@dataclass(frozen=True)
class Standard:
    """A column: what it is called, which version and syntax it has, and what its syntax asks for besides."""

    name: str
    title: str
    version: str
    address: str
    syntax: str
    options: Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A row: a field of a statement, what it means, and its cells by the names of the standards.

    `group` is the list of facts that the field is of, and `key` its name there: "issuers[].name" is the key "name" of
    each of the group "issuers".
    """

    name: str
    means: str
    cells: Mapping[str, tuple[Cell, ...]]

    @property
    def group(self) -> str:
        """Which of the facts: "issuers" for "issuers[].name", "rights" for "rights.uri", "title" for "title"."""
        return self.name.partition("[]" if "[]" in self.name else ".")[0]

    @property
    def key(self) -> str:
        """The name of the value: what follows the group, or "value"."""
        return self.name[len(self.group) :].strip("[].") or "value"


@dataclass(frozen=True)
class Write:
    """One value for one place. Writes of the same `row` are of the same thing, such as one issuer."""

    cell: Cell
    place: str
    text: str
    row: tuple[str, int]


def plain(text: str) -> str:
    """The text as it is: for syntaxes in which a library takes care of what is special."""
    return text


@cache
def standards() -> dict[str, Standard]:
    """The columns of the table, by name."""
    return {name: _standard(name, dict(said)) for name, said in _table()["standards"].items()}


@cache
def fields() -> tuple[Field, ...]:
    """The rows of the table, in its order."""
    return tuple(_field(dict(said)) for said in _table()["fields"])


def writes(standard: str, facts: Facts, escape: Callable[[str], str] = plain) -> Iterator[Write]:
    """What a record of a standard says, place by place: thing by thing, in the order of the table."""
    common = (facts["record"][0], facts["codes"][0])
    for group, members in groupby(fields(), key=lambda each: each.group):
        rows = list(members)
        for number, row in enumerate(facts[group]):
            for field in rows:
                yield from _writes(field, standard, (group, number), (row, *common), escape)


def _writes(
    field: Field, standard: str, row: tuple[str, int], values: tuple[Row, ...], escape: Callable[[str], str]
) -> Iterator[Write]:
    if not values[0].get(field.key):
        return
    for cell in field.cells[standard]:
        text = fill(cell.template, values, escape) if cell.place else ""
        if text:
            yield Write(cell, fill(cell.place, values), text, row)


def sorted_by(order: Sequence[str], name: str) -> int:
    """The rank of a name in the order of a standard; what it does not name comes last."""
    return order.index(name) if name in order else len(order)


def _standard(name: str, said: dict[str, Any]) -> Standard:
    return Standard(name, said.pop("title"), str(said.pop("version")), said.pop("address"), said.pop("syntax"), said)


def _field(said: dict[str, Any]) -> Field:
    field = Field(said.pop("field"), said.pop("means"), {})
    cells = {name: tuple(parse(text, field.key) for text in _listed(each)) for name, each in said.items()}
    return Field(field.name, field.means, cells)


def _listed(cell: Any) -> list[str]:
    return [str(each) for each in cell] if isinstance(cell, list) else [str(cell)]


@cache
def _table() -> dict[str, Any]:
    """The table as it is written, read once; nobody changes it."""
    text = (Path(__file__).parent / "crosswalk.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    answer: dict[str, Any] = yaml.load(text, loader)  # noqa: S506 - a safe loader, the one in C where there is one
    return answer
