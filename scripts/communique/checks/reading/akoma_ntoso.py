"""Reads the text of an Akoma Ntoso 3.0 statement: what it says, and what hangs on the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

from lxml import etree

from communique.checks import opening
from communique.checks.opening import Element, Unreadable
from communique.checks.reading.edition import Beside, Block, Edition, Fact, Grid, Part, Scribe, Where
from communique.checks.reading.text import address, plain, sign

_AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_INLINE = frozenset(
    f"{_AKN}{name}"
    for name in re.findall(
        r"\w+",
        "a abbr b br i u sub sup span inline ref term marker img docType docTitle docProponent docDate",
    )
)
_LOOKS = {"i": "emphasis", "b": "strong", "u": "underlined", "sup": "raised", "sub": "lowered"}
_LOOKS_BY_NAME = {name: name for name in ("struck", "smallcaps", "marked", "code")}
_MASTHEAD = {"docType": Part.KICKER, "docTitle": Part.TITLE, "docProponent": Part.ISSUER, "docDate": Part.DATE}
_SPOKEN = ("title", "alt")


def akoma_ntoso(content: bytes) -> Edition:
    """What a record in Akoma Ntoso says."""
    root = opening.xml(content)
    statement = root.find(f"{_AKN}statement")
    if statement is None:
        raise Unreadable("holds no statement")
    reader = _Reader(statement)
    for part in statement.iterchildren():
        if part.tag != f"{_AKN}meta":
            reader.visit(part)
    reader.scribe.end()
    facts = tuple(_facts(statement))
    return Edition(tuple(reader.scribe.blocks), tuple(reader.notes), reader.scribe.anchors, tuple(reader.beside), facts)


def _facts(statement: Element) -> Iterator[Fact]:
    """Title and language as the metadata have them, and the language that is said of each part."""
    for alias in statement.iter(f"{_AKN}FRBRalias"):
        if alias.get("name") == "title":
            yield Fact("title", "FRBRalias", plain(str(alias.get("value"))))
    for day in statement.iterfind(f".//{_AKN}FRBRWork/{_AKN}FRBRdate"):
        yield Fact("date", "FRBRdate", str(day.get("date")))
    for day in statement.iter(f"{_AKN}docDate"):
        yield Fact("date", "docDate", str(day.get("date")))
    bodies = [str(each.get("showAs")) for each in _issuers(statement)]
    yield Fact("issuers", "TLCOrganization", "; ".join(map(plain, bodies)))
    for name in ("preface", "mainBody", "conclusions"):
        part = statement.find(f"{_AKN}{name}")
        yield Fact("language", name, str(part.get(_LANG)) if part is not None else "")


def _issuers(statement: Element) -> Iterator[Element]:
    """The entries of the issuers, in the order in which the masthead names them."""
    known = {f"#{each.get('eId')}": each for each in statement.iter(f"{_AKN}TLCOrganization")}
    for named in statement.iter(f"{_AKN}docProponent"):
        if str(named.get("refersTo")) in known:
            yield known[str(named.get("refersTo"))]


class _Reader:
    """One walk through the text."""

    def __init__(self, statement: Element) -> None:
        body = statement.find(f"{_AKN}mainBody")
        self.language = str(body.get(_LANG) or "") if body is not None else ""
        self.scribe = Scribe()
        self.notes: list[tuple[Block, ...]] = []
        self.beside: list[Beside] = []
        self._tables = 0
        self._grid = Grid(0)

    def visit(self, element: Element) -> None:
        """Takes down an element and all that it holds."""
        if not isinstance(element.tag, str):
            return
        self._attributes(element)
        name = etree.QName(element).localname
        if name == "authorialNote":
            self._note(element)
            return
        with ExitStack() as open_ones:
            if element.tag not in _INLINE or name in _MASTHEAD:
                open_ones.enter_context(self.scribe.block(self._where(element, name)))
            if element.get("eId"):
                self.scribe.anchor(str(element.get("eId")))
            for kind, value in self._spans(element, name):
                open_ones.enter_context(self.scribe.span(kind, value))
            self._inside(element, name)

    def _inside(self, element: Element, name: str) -> None:
        match name:
            case "br":
                self.scribe.say("\n")
            case "img":
                if element.get("alt"):
                    self.scribe.picture(str(element.get("alt")), str(element.get("title") or ""))
            case "num":
                self.scribe.marker = plain("".join(map(str, element.itertext())))
            case "item":
                self._children(element)
                self.scribe.end()
                self.scribe.marker = ""
            case "table":
                self._tables += 1
                before, self._grid = self._grid, Grid(self._tables)
                self._children(element)
                self._grid = before
            case "tr":
                self._grid.next_row()
                self._children(element)
            case _:
                self._children(element)

    def _children(self, element: Element) -> None:
        self.scribe.say(element.text or "")
        for child in element.iterchildren():
            self.visit(child)
            self.scribe.say(child.tail or "")

    def _where(self, element: Element, name: str) -> Where:
        where = self.scribe.where
        if name in ("td", "th"):
            rows, columns = (int(element.get(each, "1")) for each in ("rowspan", "colspan"))
            return Where(cell=self._grid.place(rows, columns, is_head=name == "th"))
        if name in _MASTHEAD:
            return Where(_MASTHEAD[name], level=1 if name == "docTitle" else 0, in_text=False)
        kind = element.get("name") if name == "block" else name
        is_term = name == "heading" and _around(element).tag == f"{_AKN}item"
        if kind == "heading" and not is_term:
            return replace(where, part=Part.HEADING, level=_level(element, name))
        parts = {"heading": Part.TERM, "caption": Part.CAPTION, "code": Part.CODE}
        return replace(
            where,
            part=parts.get(str(kind), where.part),
            depth=where.depth + (name == "blockList" and element.get("class") != "definitions"),
            quoted=where.quoted or name == "embeddedStructure",
            in_text=where.in_text and name not in ("preface", "conclusions"),
        )

    def _spans(self, element: Element, name: str) -> Iterator[tuple[str, str]]:
        language = str(element.get(_LANG) or "")
        if language and language != self.language:
            yield "language", language
        if name in ("a", "ref"):
            yield "link", address(str(element.get("href")))
        if name == "abbr" and element.get("title"):
            yield "expansion", plain(str(element.get("title")))
        look = _LOOKS_BY_NAME.get(str(element.get("name"))) if name == "inline" else _LOOKS.get(name)
        if look:
            yield look, ""

    def _note(self, element: Element) -> None:
        """A note where it is referred to; its own text is taken down apart."""
        if element.get("eId"):
            self.scribe.anchor(str(element.get("eId")))
        number = len(self.notes) + 1
        self.scribe.say(sign(number, str(element.get("marker"))))
        text, self.scribe = self.scribe, Scribe()
        with self.scribe.block(Where()):
            self._children(element)
        self.scribe.end()
        self.notes.append(tuple(self.scribe.blocks))
        self.scribe = text

    def _attributes(self, element: Element) -> None:
        """Words that stand in attributes and are not of the text."""
        name = etree.QName(element).localname
        for key in _SPOKEN:
            value = plain(str(element.get(key) or ""))
            is_told = (key, name) in (("alt", "img"), ("title", "abbr")) or (name == "img" and element.get("alt"))
            if value and not is_told:
                self.beside.append(Beside(key, f"line {element.sourceline}", value))


def _level(element: Element, name: str) -> int:
    """The level of a heading: what its class says, or how deep its section lies in others."""
    told = str((element if name == "block" else _around(element)).get("class") or "")
    if told.startswith("level-") and told[6:].isdigit():
        return int(told[6:])
    return 1 + sum(outer.tag == f"{_AKN}section" for outer in element.iterancestors())


def _around(element: Element) -> Element:
    """The element that one stands in."""
    outer = element.getparent()
    return element if outer is None else outer
