"""Reads a Word file: its body, the notes at the foot of its pages, and what does not show or does not belong there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha1

from communique.checks.opening import Element, Package, Unreadable
from communique.checks.reading.archive import archive
from communique.checks.reading.docx_lists import Lists
from communique.checks.reading.docx_looks import looks
from communique.checks.reading.edition import Beside, Block, Edition, Fact, Grid, Part, Scribe, Where
from communique.checks.reading.text import address, plain, sign

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
# Paragraph styles by their identifiers: what they make of a paragraph.
_PARTS = {
    "Kicker": Part.KICKER,
    "Issuer": Part.ISSUER,
    "Dateline": Part.DATE,
    "Caption": Part.CAPTION,
    "TableCaption": Part.CAPTION,
    "ImageCaption": Part.CAPTION,
    "DefinitionTerm": Part.TERM,
    "ColophonTerm": Part.TERM,
    "SourceCode": Part.CODE,
}
_QUOTES = frozenset({"BlockText", "FootnoteBlockText"})
# Changes that someone may still accept or refuse: words that come, and words that go.
_COMING, _GOING = frozenset({"ins", "moveTo"}), frozenset({"del", "moveFrom"})
_THROUGH = frozenset(
    {"sdt", "smartTag", "customXml", "sdtContent", "dir", "bdo", "fldSimple", "ruby", "rubyBase", "rt"}
)
_OTHER = frozenset({"styles", "numbering", "settings", "fontTable", "webSettings", "people"})


def docx(content: bytes) -> Edition:
    """What a Word file says."""
    return _Document(archive(content)).edition()


def bookmark(name: str) -> str:
    """The bookmark for a name: Word's bookmarks have at most 40 characters, so a longer name becomes a digest."""
    return (
        name
        if name[:1].isalpha() and len(name) <= 40
        else f"X{sha1(name.encode(), usedforsecurity=False).hexdigest()[1:]}"
    )


class _Document:
    """One reading of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.path = _main(package)
        self.folder = posixpath.dirname(self.path)
        self.root = package.xml(self.path)
        self.styles = _styles(package, self._part("styles.xml"))
        self.lists = Lists(package.xml(numbering) if (numbering := self._part("numbering.xml")) else None)
        self.beside: list[Beside] = []
        self.order: list[str] = []
        self.tables = 0
        self.scribe = Scribe()

    def _part(self, name: str) -> str:
        path = posixpath.join(self.folder, name)
        return path if path in self.package.names else ""

    def edition(self) -> Edition:
        """The whole file, read."""
        body = self.root.find(f"{W}body")
        if body is None:
            raise Unreadable("has no body")
        told = _Story(self, self.path)
        told.blocks(body)
        self.scribe.end()
        blocks, anchors = tuple(self.scribe.blocks), self.scribe.anchors
        notes = tuple(self._notes())
        self._others()
        return Edition(blocks, notes, anchors, tuple(self.beside), tuple(_facts(self.package)))

    def _notes(self) -> Iterator[tuple[Block, ...]]:
        """The notes in the order of their marks; one without a mark stands beside the text."""
        path = self._part("footnotes.xml")
        found = list(self.package.xml(path).iter(f"{W}footnote")) if path else []
        notes = {str(note.get(f"{W}id")): note for note in found if note.get(f"{W}type") in (None, "normal")}
        for note in found:
            if note not in notes.values() and (said := _said(note)):
                self.beside.append(Beside("notes", path, said))
        for identifier in dict.fromkeys(self.order):
            if identifier not in notes:
                raise Unreadable(f"has a mark for a note {identifier} that it does not have")
            self.scribe = Scribe()
            _Story(self, path).blocks(notes.pop(identifier))
            self.scribe.end()
            yield tuple(self.scribe.blocks)
        for note in notes.values():
            self.beside.append(Beside("hidden", f"{path} (a note without a mark)", _said(note)))

    def _others(self) -> None:
        """Headers and footers, comments, and every other part that has words."""
        known = {self.path, self._part("footnotes.xml"), *(self._part(f"{name}.xml") for name in _OTHER)}
        for name in self.package.names:
            if name in known or not name.startswith(f"{self.folder}/") or not name.endswith(".xml"):
                continue
            said = _said(self.package.xml(name))
            kind = "running" if re.fullmatch(r"(header|footer)\d*\.xml", posixpath.basename(name)) else "hidden"
            if said:
                self.beside.append(Beside(kind, name, said))
        for name in self.package.names:
            if name.startswith(f"{self.folder}/") and name.endswith((".html", ".htm", ".mht", ".txt", ".rtf", ".docx")):
                self.beside.append(Beside("hidden", name, "an embedded document"))


def _main(package: Package) -> str:
    for relation in package.xml("_rels/.rels").iter("{*}Relationship"):
        if str(relation.get("Type")).endswith("/officeDocument"):
            return str(relation.get("Target")).lstrip("/")
    raise Unreadable("names no document")


def _styles(package: Package, path: str) -> dict[str, Element]:
    if not path:
        return {}
    return {str(style.get(f"{W}styleId")): style for style in package.xml(path).iter(f"{W}style")}


def _said(root: Element) -> str:
    """All words below, paragraph by paragraph, those of drawings and charts too."""
    texts = []
    for node in root.iter("{*}p", "{*}t", "{*}delText", "{*}v", f"{W}tab", f"{W}br"):
        texts.append(node.text or "" if str(node.tag).endswith(("}t", "}delText", "}v")) else "\n")
    return plain("".join(texts))


def _facts(package: Package) -> Iterator[Fact]:
    if "docProps/core.xml" in package.names:
        core = package.xml("docProps/core.xml")
        yield Fact("title", "docProps/core.xml", plain(core.findtext("{*}title") or ""))
        yield Fact("language", "docProps/core.xml", core.findtext("{*}language") or "")


class _Story:
    """One walk through the body, or through a note."""

    def __init__(self, document: _Document, path: str) -> None:
        self.document = document
        self.path = path
        self.scribe = document.scribe
        self.relations = _relations(document.package, path)
        self.fields: list[str] = []

    def blocks(self, parent: Element) -> None:
        """Takes down the paragraphs and tables that an element holds."""
        for node in parent.iterchildren():
            match _name(node):
                case "p":
                    self._paragraph(node)
                case "tbl":
                    self._table(node)
                case "bookmarkStart":
                    self.scribe.anchor(str(node.get(f"{W}name")))
                case "altChunk":
                    self._beside("hidden", "an embedded document")
                case "sdt" | "customXml" | "sdtContent":
                    self.blocks(node)
                case name if name in _COMING | _GOING:
                    self._beside("revision", _said(node))
                    self.blocks(node)
                case "AlternateContent":
                    self._alternatives(node)

    def _beside(self, kind: str, said: str, place: str = "") -> None:
        if said:
            self.document.beside.append(Beside(kind, place or self.path, said))

    def _paragraph(self, node: Element) -> None:
        style = str(_value(node, f"{W}pPr/{W}pStyle") or "")
        numbered = node.find(f"{W}pPr/{W}numPr")
        with self.scribe.block(self._where(style, numbered, self.scribe.where)):
            if numbered is not None and style != "Issuer":
                level, identifier = (_value(numbered, f"{W}{name}") or "0" for name in ("ilvl", "numId"))
                self.scribe.marker = self.document.lists.marker(identifier, int(level))
            if self._vanishes(style) or node.find(f"{W}pPr/{W}rPr/{W}specVanish") is not None:
                self._beside("hidden", _said(node))
            self.inlines(node)

    def _where(self, style: str, numbered: Element | None, around: Where) -> Where:
        heading = re.fullmatch(r"Heading(\d)", style)
        if heading or style == "Title":
            part, level = (Part.HEADING, int(heading[1]) + 1) if heading else (Part.TITLE, 1)
            return replace(around, part=part, level=level)
        outline = self.document.styles.get(style)
        told = outline.find(f"{W}pPr/{W}outlineLvl") if outline is not None else None
        if told is not None and style not in _PARTS:
            return replace(around, part=Part.HEADING, level=int(str(told.get(f"{W}val"))) + 2)
        depth = int(_value(numbered, f"{W}ilvl") or 0) + 1 if numbered is not None and style != "Issuer" else 0
        return replace(around, part=_PARTS.get(style, Part.PARAGRAPH), quoted=style in _QUOTES, depth=depth)

    def _table(self, node: Element) -> None:
        self.document.tables += 1
        grid = Grid(self.document.tables)
        for name in ("tblCaption", "tblDescription"):
            self._beside("table", plain(str(_value(node, f"{W}tblPr/{W}{name}") or "")))
        for row in node.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not node:
                continue
            grid.next_row()
            is_head = row.find(f"{W}trPr/{W}tblHeader") is not None
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    self._cell(cell, grid, is_head)

    def _cell(self, cell: Element, grid: Grid, is_head: bool) -> None:
        wide = int(_value(cell, f"{W}tcPr/{W}gridSpan") or 1)
        place = grid.place(1, wide, is_head=is_head)
        with self.scribe.block(Where(cell=place)):
            self.blocks(cell)

    def inlines(self, parent: Element) -> None:
        """Takes down what a paragraph, a link or a change holds."""
        for node in parent.iterchildren():
            name = _name(node)
            if name in _THROUGH | _COMING | _GOING:
                self._through(node, name)
            else:
                self._inline(node, name)

    def _inline(self, node: Element, name: str) -> None:
        match name:
            case "r":
                self._run(node)
            case "hyperlink":
                with self._link(node):
                    self.inlines(node)
            case "bookmarkStart":
                self.scribe.anchor(str(node.get(f"{W}name")))
            case "commentRangeStart":
                self._beside("comment", "a comment")
            case "AlternateContent":
                self._alternatives(node)
            case "oMath" | "oMathPara":
                self.scribe.say("".join(text.text or "" for text in node.iter(f"{_M}t", f"{W}t")))

    def _through(self, node: Element, name: str) -> None:
        """What holds other inlines: a field, a change that is not settled, a frame of some kind."""
        if name == "fldSimple":
            self._beside("field", f"{str(node.get(f'{W}instr')).strip()}: {_said(node)}")
        elif name in _COMING | _GOING:
            self._beside("revision", _said(node))
        elif name in ("bdo", "ruby"):
            self._beside("hidden", _said(node), f"{self.path} ({name})")
        if name not in _GOING:
            self.inlines(node)

    def _alternatives(self, node: Element) -> None:
        """What programs may show one or the other of: the first is read."""
        choices = list(node.iterchildren())
        for other in choices[1:]:
            self._beside("hidden", _said(other), f"{self.path} (an alternative)")
        for choice in choices[:1]:
            self.blocks(choice)
            self.inlines(choice)
            self._run(choice)

    @contextmanager
    def _link(self, node: Element) -> Iterator[None]:
        relation, anchor = str(node.get(f"{_R}id") or ""), str(node.get(f"{W}anchor") or "")
        target = self.relations.get(relation, "") + (f"#{anchor}" if anchor else "")
        self._beside("title", plain(str(node.get(f"{W}tooltip") or "")))
        with self.scribe.span("link", address(target)):
            yield

    def _run(self, run: Element) -> None:
        with ExitStack() as opened:
            for look in looks(run, self.document.styles, is_code=self.scribe.where.part is Part.CODE):
                opened.enter_context(self.scribe.span(look, ""))
            if self._is_hidden(run):
                self._beside("hidden", _said(run))
            for node in run.iterchildren():
                self._piece(node)

    def _piece(self, node: Element) -> None:
        match _name(node):
            case "t" | "delText":
                self._say(node.text or "")
            case "sym":
                self._say(f"⟦sign {node.get(f'{W}font')} {node.get(f'{W}char')}⟧")
            case "footnoteReference":
                self._mark(str(node.get(f"{W}id")))
            case "endnoteReference" | "commentReference":
                self._beside("comment", f"a {_name(node)}")
                self._say("⟦note at the end⟧" if _name(node) == "endnoteReference" else "")
            case "fldChar" | "instrText":
                self._field(node)
            case "drawing" | "pict" | "object":
                self._drawing(node)
            case "AlternateContent":
                self._alternatives(node)
            case "ruby":
                self._beside("hidden", _said(node), f"{self.path} (ruby)")
                self._say(_said(node))
            case name if name in _CHARACTERS:
                self._say(_CHARACTERS[name])

    def _say(self, text: str) -> None:
        self.scribe.say(text)

    def _field(self, node: Element) -> None:
        if _name(node) == "instrText":
            self._beside("field", plain(node.text or ""))

    def _mark(self, identifier: str) -> None:
        if identifier in self.document.order:
            self._beside("notes", f"a second mark for note {identifier}")
        self.document.order.append(identifier)
        self.scribe.say(sign(self.document.order.index(identifier) + 1))

    def _drawing(self, node: Element) -> None:
        """A picture by its description; the words of a text box or of lettering are words of the text."""
        for shown in node.iter("{*}docPr"):
            self._beside("title", plain(str(shown.get("title") or "")))
            if shown.get("descr"):
                self.scribe.picture(str(shown.get("descr")))
        for shape in node.iter("{urn:schemas-microsoft-com:vml}*"):
            if shape.get("alt"):
                self.scribe.picture(str(shape.get("alt")))
            self.scribe.say(f"\n{shape.get('string')}\n" if shape.get("string") else "")
        for box in node.iter(f"{W}txbxContent"):
            self._beside("hidden", _said(box), f"{self.path} (a text box)")
        drawn = plain(" ".join(text.text or "" for text in node.iter("{*}t") if not str(text.tag).startswith(W)))
        self._beside("hidden", drawn, f"{self.path} (a drawing)")

    def _is_hidden(self, run: Element) -> bool:
        for name in ("vanish", "webHidden", "specVanish"):
            told = run.find(f"{W}rPr/{W}{name}")
            if told is not None and told.get(f"{W}val") not in ("0", "false", "off"):
                return True
        return self._vanishes(str(_value(run, f"{W}rPr/{W}rStyle") or ""))

    def _vanishes(self, style: str) -> bool:
        """Whether a style, or one that it is based on, hides what it is given to."""
        seen = set[str]()
        while style and style not in seen:
            seen.add(style)
            element = self.document.styles.get(style)
            if element is None:
                return False
            if any(element.find(f"{W}rPr/{W}{name}") is not None for name in ("vanish", "webHidden")):
                return True
            style = str(_value(element, f"{W}basedOn") or "")
        return False


def _relations(package: Package, path: str) -> dict[str, str]:
    name = posixpath.join(posixpath.dirname(path), "_rels", f"{posixpath.basename(path)}.rels")
    if name not in package.names:
        return {}
    return {str(each.get("Id")): str(each.get("Target")) for each in package.xml(name).iter("{*}Relationship")}


def _name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _value(node: Element | None, path: str) -> str | None:
    found = node.find(path) if node is not None else None
    return found.get(f"{W}val") if found is not None else None
