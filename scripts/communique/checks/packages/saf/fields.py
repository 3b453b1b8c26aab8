"""The metadata of an item as the importer reads it: dublin_core.xml, and metadata_<schema>.xml for other schemas.

It takes <dcvalue> below <dublin_core> and nothing else, and of a value the first piece of text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from communique.checks.file_by_file import Remark
from communique.checks.language.tags import is_valid
from communique.checks.opening import Element, Unreadable, xml
from communique.checks.packages.saf.item import FIELDS, Item
from communique.checks.packages.saf.registry import OF_THE_SYSTEM, SCHEMAS

_OTHER = re.compile(r"metadata_(.*).xml")
_ATTRIBUTES = {"element", "qualifier", "language"}
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True)
class _Value:
    """A value of a field such as "dc.title.alternative"."""

    file: str
    line: int
    field: str
    text: str
    language: str

    def remark(self, rule: str, message: str) -> Remark:
        """An objection to the value."""
        return Remark(rule, f"{self.file}: line {self.line}: {message}")


def remarks(item: Item) -> Iterator[Remark]:
    """What the importer would stop at, leave out, or write where it does not belong."""
    values: list[_Value] = []
    if FIELDS not in item.names:
        yield Remark("missing", f"{FIELDS} is not there: this is no item")
    for name in item.names:
        match = _OTHER.fullmatch(name)
        if match or name == FIELDS:
            yield from _file(item, name, match[1] if match else "dc", values)
    for each in values:
        yield from _value(each)
    yield from _required(values)
    yield from _twice(values)


def _twice(values: Iterable[_Value]) -> Iterator[Remark]:
    seen = set()
    for each in values:
        key = each.field, each.text, each.language
        if key in seen:
            yield each.remark("value-twice", f"{each.field} has the value {each.text!r} twice")
        seen.add(key)


def _file(item: Item, name: str, schema: str, values: list[_Value]) -> Iterator[Remark]:
    """What is wrong with a file as a whole; its values are added to those found."""
    content = item.read(name)
    if content.startswith(b"\xef\xbb\xbf"):
        yield Remark("byte-order-mark", f"{name} begins with a byte order mark")
    try:
        root = xml(content, name)
    except Unreadable as error:
        yield Remark("not-well-formed", str(error))
        return
    if b"<![CDATA[" in content:
        yield Remark("value-cut", f"{name} has CDATA in it, which is no text to the importer")
    document = root.getroottree().docinfo
    if document.doctype:
        yield Remark("doctype", f"{name} has a document type, which newer DSpaces refuse")
    if (document.encoding or "UTF-8").upper() != "UTF-8":
        yield Remark("encoding", f"{name} is in {document.encoding}, not in UTF-8")
    if root.tag != "dublin_core":
        yield Remark("root", f"{name}: its root is not dublin_core, and the importer would stop")
        return
    said = root.get("schema", "dc")
    if said != schema or root.keys() not in ([], ["schema"]):
        yield Remark("schema", f"{name} says of its schema {said!r}; by its name it is {schema!r}")
    if said not in SCHEMAS:
        yield Remark("unknown-schema", f"{name}: not every DSpace has the schema {said!r}")
    yield from _children(name, root)
    values.extend(_values(name, said, root))


def _children(name: str, root: Element) -> Iterator[Remark]:
    if _text(root.text) or any(_text(child.tail) for child in root):
        yield Remark("stray", f"{name} has text beside its values")
    for child in root:
        where = f"{name}: line {child.sourceline}"
        if child.tag != "dcvalue":
            if isinstance(child.tag, str):
                yield Remark("stray", f"{where}: {child.tag} is not dcvalue, and is left out")
            continue
        if extra := sorted(set(map(str, child.keys())) - _ATTRIBUTES):
            yield Remark("attribute", f"{where}: {', '.join(extra)} is no attribute of a value")
        if len(child):
            yield Remark("value-cut", f"{where}: the value has more in it than text, and would be cut off there")


def _text(text: str | None) -> str:
    return (text or "").strip()


def _values(name: str, schema: str, root: Element) -> Iterator[_Value]:
    for child in root.iterchildren("dcvalue"):
        qualifier = child.get("qualifier", "")
        parts = (schema, child.get("element", ""), "" if qualifier == "none" else qualifier)
        field = ".".join(str(part) for part in parts if part)
        yield _Value(name, child.sourceline or 0, field, _all_text(child), str(child.get("language") or ""))


def _all_text(element: Element) -> str:
    return "".join(map(str, element.itertext(etree.Element))).strip()


def _value(value: _Value) -> Iterator[Remark]:
    schema, _, field = value.field.partition(".")
    if schema in SCHEMAS and field not in SCHEMAS[schema]:
        yield value.remark("unknown-field", f"not every DSpace has the field {value.field}")
    if value.field in OF_THE_SYSTEM:
        yield value.remark("system-field", f"{value.field} is filled in by DSpace itself")
    if not value.text:
        yield value.remark("empty-value", f"{value.field} is empty")
    if value.language and not is_valid(value.language.replace("_", "-")):
        yield value.remark("language", f"{value.language!r} is no language")
    if value.field == "dc.language.iso" and not is_valid(value.text.replace("_", "-")):
        yield value.remark("language", f"{value.field}: {value.text!r} is no language")


def _required(values: list[_Value]) -> Iterator[Remark]:
    """One title, by which DSpace names the item; one date, by which it sorts it."""
    titles = [each for each in values if each.field == "dc.title"]
    days = [each for each in values if each.field == "dc.date.issued"]
    for what, found, rule in (("title", titles, "title"), ("date of issue", days, "date")):
        if not found:
            yield Remark(f"no-{rule}", f"{FIELDS}: the item has no {what}")
        for each in found[1:]:
            yield each.remark(f"{rule}-twice", f"{each.field}: an item has one {what}")
    for each in days:
        if not _is_day(each.text):
            yield each.remark("date", f"{each.field}: {each.text!r} is no date of ISO 8601 (2023, 2023-12, 2023-12-15)")


def _is_day(text: str) -> bool:
    match = _DAY.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
