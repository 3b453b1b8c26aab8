"""MARC 21 for bibliographic records, as MARCXML (MARC 21 slim)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree
from pymarc import Field, Indicators, Leader, Record, Subfield
from pymarc.marcxml import record_to_xml

from communique import crosswalk
from communique.crosswalk import Write
from communique.records.edition import Edition

_CONTROL = re.compile(r"(?P<tag>00\d)(?:/(?P<first>\d\d)-(?P<last>\d\d))?")
_FIELD = re.compile(r"(?P<tag>\d{3}) (?P<indicators>[\d_]{2})(?P<new>\+?\d?) \$(?P<code>[a-z\d])(?P<again>\+?)")


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8: one `<record>`."""
    made = record(edition)
    root = etree.fromstring(record_to_xml(made, namespace=True))  # type: ignore[no-untyped-call]
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def record(edition: Edition) -> Record:
    """The record as pymarc has it, its fields in the order of their tags."""
    options = crosswalk.standards()["marcxml"].options
    fields = _Fields({"007": options["carrier"], "008": options["control"]})
    for write in crosswalk.writes("marcxml", edition.facts):
        fields.write(write)
    made = Record(force_utf8=True)
    made.leader = Leader(options["leader"])
    made.add_field(*fields.finished())  # type: ignore[no-untyped-call]
    return made


class _Fields:
    """The fields of a record as they grow, place by place."""

    def __init__(self, control: Mapping[str, str]) -> None:
        self.control = dict(control)
        self.fields: dict[tuple[str, str, tuple[str, int] | None], Field] = {}

    def write(self, write: Write) -> None:
        """Puts a value in its place; a subfield stands twice in a field only if its place says so."""
        if control := _CONTROL.fullmatch(write.place):
            self._control(control, write.text)
            return
        place = _FIELD.fullmatch(write.place)
        if place is None:
            raise ValueError(f"not a place of MARC 21: {write.place!r}")
        key = (place["tag"], place["indicators"] + place["new"], write.row if place["new"] else None)
        if key not in self.fields:
            indicators = Indicators(*place["indicators"].replace("_", " "))
            self.fields[key] = Field(place["tag"], indicators, [])
        field = self.fields[key]
        texts = write.text.split(write.cell.parted) if write.cell.parted else [write.text]
        if place["code"] in field and not place["again"]:
            raise ValueError(f"{write.place} is written twice")
        for text in texts:
            field.add_subfield(place["code"], text)

    def finished(self) -> list[Field]:
        """All fields in the order of their tags, and the subfields of each in theirs."""
        control = [Field(tag, data=text) for tag, text in self.control.items()]
        for field in self.fields.values():
            field.subfields = sorted(field.subfields, key=_rank)
        return sorted([*control, *self.fields.values()], key=lambda field: field.tag)

    def _control(self, place: re.Match[str], text: str) -> None:
        if place["first"]:
            first, last = int(place["first"]), int(place["last"])
            if len(text) != last - first + 1:
                raise ValueError(f"{text!r} does not fit {place[0]}")
            was = self.control[place["tag"]]
            text = was[:first] + text + was[last + 1 :]
        self.control[place["tag"]] = text


def _rank(subfield: Subfield) -> tuple[bool, bool, str]:
    """What introduces a field ($3, $i) comes first, then letters in their order, then digits as they came."""
    code = subfield.code
    return code not in ("3", "i"), code.isdigit(), "" if code.isdigit() else code
