"""What MARC 21 asks for beyond the structure of MARCXML: fixed lengths, fields and subfields that exist."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pymarc
from lxml import etree

from communique.checks.file_by_file import Gap, Remark
from communique.checks.opening import Element

_LENGTHS = {"005": 16, "008": 40}
_REQUIRED = ("001", "008", "040", "245", "264", "300", "336", "337", "338")
"""What no record of a text on the web lacks; 040 is the cataloguing source, 336 to 338 are RDA."""
_ELSEWHERE = ("Must end with .", "may be an article")
"""Objections of records with ISBD punctuation (leader/18 is "a" or "i"), and a guess at words of other languages."""
_LOCAL = "Only one 1XX tag"
"""191 is a local field: the document symbol in the libraries of the United Nations, no main entry."""


def remarks(root: Element) -> Iterator[Remark | Gap]:
    """Every fault of a bibliographic record. Rules begin with "marc-"; the location is the tag of the field."""
    tags = [str(each.get("tag")) for each in root.iter("{*}controlfield", "{*}datafield")]
    yield from (Remark("marc-missing", f"there is no field {tag}", tag) for tag in _REQUIRED if tag not in tags)
    for field in root.iter("{*}controlfield"):
        tag, text = str(field.get("tag")), field.text or ""
        if len(text) != _LENGTHS.get(tag, len(text)):
            yield Remark("marc-length", f"{len(text)} characters where {_LENGTHS[tag]} should be", tag)
    yield from (Remark("marc-empty", "a subfield without a text", _tag(each)) for each in _empty(root))
    if tags != sorted(tags):
        yield Remark("marc-order", "the fields are not in the order of their tags")
    yield from _linted(root)


def _empty(root: Element) -> Iterator[Element]:
    return (each for each in root.iter("{*}subfield") if not (each.text or "").strip())


def _tag(subfield: Element) -> str:
    parent = subfield.getparent()
    return "" if parent is None else str(parent.get("tag"))


def _linted(root: Element) -> Iterator[Remark | Gap]:
    """The objections of marc-lint, a port of Perl's MARC::Lint."""
    if find_spec("marc_lint") is None:
        yield Gap("the judge of MARC 21 is missing: install marc-lint (make)")
        return
    try:
        (record,) = pymarc.parse_xml_to_array(io.BytesIO(etree.tostring(root)), strict=True)  # type: ignore[no-untyped-call]
    except Exception as error:  # pymarc raises whatever its parser does
        yield Remark("marc-unreadable", f"pymarc cannot read it: {error}")
        return
    entries = sum(tag.startswith("1") and tag != "191" for tag in (field.tag for field in record.fields))
    for each in import_module("marc_lint").MarcLint().check_record(record):
        if _LOCAL in each.message and entries <= 1:
            continue
        if not any(words in each.message for words in _ELSEWHERE):
            yield Remark("marc-lint", str(each.message), str(each.field))
