"""The last look at a file for the press: no colour of the screen, nothing see-through, nothing to click."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pydyf

from communique.errors import ToolFailed

SCREEN_COLOURS = re.compile(rb"/(?:DeviceRGB|CalRGB|CalGray|Lab|ICCBased|Indexed)\b")
SEE_THROUGH = re.compile(rb"/(?:SMask(?! */None)|BM(?! */Normal)|ca (?!1\b)|CA (?!1\b)|S */Transparency)")
CLICKED = re.compile(rb"/(?:Annots|Dests|AA|OpenAction|JavaScript|EmbeddedFiles|AcroForm)\b")
OPERATOR = re.compile(rb"(?:^|\s)(rg|RG)$")
REMEDY = "give the colour or the picture otherwise in templates/css/press.css"
FAULTS = (
    (SCREEN_COLOURS, "a colour of the screen"),
    (SEE_THROUGH, "something see-through"),
    (CLICKED, "something to click on"),
)


def check(pdf: Any) -> None:
    """Raise ToolFailed for the first thing in a PDF, not yet written, that has no place on the press."""
    for entry in (*pdf.objects, pdf.catalog):
        for part in _dictionaries(entry):
            _check_entries(part.data)
        if isinstance(entry, pydyf.Stream) and "Subtype" not in entry.extra:
            _check_drawing(entry.stream)


def _dictionaries(entry: Any) -> Iterator[Any]:
    if isinstance(entry, pydyf.Dictionary):
        yield entry
    elif isinstance(entry, pydyf.Stream):
        yield pydyf.Dictionary(entry.extra)


def _check_entries(entries: bytes) -> None:
    for pattern, name in FAULTS:
        if found := pattern.search(entries):
            raise ToolFailed(f"press: there is {name} in the file, {found[0].decode()} ({REMEDY})")


def _check_drawing(items: list[Any]) -> None:
    for item in items:
        if isinstance(item, bytes) and (found := OPERATOR.search(item)):
            raise ToolFailed(f"press: a page is drawn in a colour of the screen, {found[1].decode()} ({REMEDY})")
