"""The cells of the crosswalk: a place in a standard, and what is written there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_CELL = re.compile(
    r"(?P<place>(?:\[[^\]]*\]|[^\[=])+?)(?:=(?P<template>.*?))?(?: \((?P<how>joined|parted) by \"(?P<sign>[^\"]*)\"\))?"
)
_VALUE = re.compile(r"(?<!\{)\{(\w+)\}|\{\{\{(\w+)\}")


@dataclass(frozen=True)
class Cell:
    """A place and the template of what stands there; or, without a place, the reason why there is none.

    `elsewhere` is the field in whose place the value stands too. `joint` stands between the values of a place that
    takes all of them. `parted` is what stands between the parts of a value that are written one by one.
    """

    text: str
    place: str = ""
    template: str = ""
    joint: str | None = None
    parted: str = ""
    reason: str = ""
    elsewhere: str = ""


def parse(text: str, key: str) -> Cell:
    """A cell as it is written in the table; `key` is the value that stands there if it names no other."""
    if text.startswith("- "):
        return Cell(text, reason=text[2:])
    if text.startswith("with "):
        return Cell(text, elsewhere=text[5:])
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"not a cell of the crosswalk: {text!r}")
    template = match["template"] if match["template"] is not None else f"{{{key}}}"
    sign = match["sign"] or ""
    joint, parted = (sign if match["how"] == how else None for how in ("joined", "parted"))
    return Cell(text, match["place"], template, joint, parted or "")


def fill(template: str, layers: Sequence[Mapping[str, str]], escape: Callable[[str], str] = str) -> str:
    """The template with its values, each from the first layer that has it.

    "" if it asks for values and none of them is there.
    """
    asked = {name for pair in _VALUE.findall(template) for name in pair if name}
    known = {name: next((layer[name] for layer in layers if name in layer), "") for name in asked}
    if asked and not any(known.values()):
        return ""
    return template.format_map({name: escape(value) for name, value in known.items()}).strip()
