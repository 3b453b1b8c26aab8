"""Reads a page in HTML or XHTML: what it says, what hangs on the words, and what it hides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from lxml import etree

from communique.checks import opening
from communique.checks.opening import Element, Unreadable
from communique.checks.reading.edition import Beside, Block, Edition, Fact, Grid, Part, Scribe, Where
from communique.checks.reading.numbering import BULLET, label
from communique.checks.reading.styles import Styles, hides, styles
from communique.checks.reading.text import address, plain, sign

# Phrasing elements of HTML that end no word; a line break (br) does.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time "
        "u var",
    )
)
_LOOKS = {
    **dict.fromkeys(("em", "i"), "emphasis"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("u", "ins"), "underlined"),
    **dict.fromkeys(("del", "s", "strike"), "struck"),
    "mark": "marked",
    "sup": "raised",
    "sub": "lowered",
    "code": "code",
}
# What a style attribute says of the look of a passage.
_STYLED = {
    "strong": re.compile(r"font-weight:\s*(bold|[6-9]\d\d)|font:[^;]*\bbold"),
    "emphasis": re.compile(r"font-style:\s*(italic|oblique)|font:[^;]*\bitalic"),
    "smallcaps": re.compile(r"font-variant(-caps)?:\s*(all-)?small-caps"),
    "underlined": re.compile(r"text-decoration(-line)?:[^;]*underline"),
    "struck": re.compile(r"text-decoration(-line)?:[^;]*line-through"),
}
_SILENT = frozenset({"wbr", "script", "style", "template", "link", "meta", "title", "head", "col", "colgroup"})
_PARTS = {"dt": Part.TERM, "caption": Part.CAPTION, "figcaption": Part.CAPTION, "pre": Part.CODE}
# Attributes that are words to somebody, whatever their element.
_SPOKEN = (
    *("aria-label", "title", "aria-description", "aria-roledescription", "aria-valuetext", "placeholder", "summary"),
    *("value", "label", "srcdoc", "aria-placeholder", "alt"),
)
_FORMS = {"paren": "{})", "parens": "({})"}
_STYLES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I", "decimal": "1"}
_MASTHEAD = {"kicker": Part.KICKER, "issuers": Part.ISSUER, "dateline": Part.DATE}
_BESIDE = frozenset({"masthead", "colophon"})


def html_file(content: bytes) -> Edition:
    """What a web page says."""
    root = opening.page(content)
    sheets = [style.text or "" for style in root.iter("style")]
    return page(root, sheets, tuple(_facts(root)))


def page(root: Element, sheets: Sequence[str], facts: Sequence[Fact] = (), *, file: str = "") -> Edition:
    """What a page says whose elements have names as in HTML; `file` is where it lies inside another."""
    body = root.find("body")
    if body is None:
        raise Unreadable(f"{file or 'the page'} has no body")
    reader = _Page(root, styles(root, sheets), file)
    reader.visit(body)
    reader.scribe.end()
    beside = (*reader.beside, *reader.styles.generated, *_scripts(root, file))
    return Edition(tuple(reader.scribe.blocks), tuple(reader.notes), reader.scribe.anchors, beside, tuple(facts))


def _facts(root: Element) -> Iterator[Fact]:
    yield Fact("title", "title element", plain(str(root.findtext("head/title") or "")))
    yield Fact("language", "html element", str(root.get("lang") or ""))
    names = {"DC.title": "title", "citation_title": "title", "DC.date": "date", "DC.language": "language"}
    for meta in root.iter("meta"):
        name = str(meta.get("name") or "")
        if name in names:
            yield Fact(names[name], f"meta {name}", plain(str(meta.get("content") or "")))
    for name in ("author", "DC.creator", "citation_author"):
        people = [plain(str(meta.get("content"))) for meta in root.iter("meta") if meta.get("name") == name]
        if people:
            yield Fact("issuers", f"meta {name}", "; ".join(people))


def _scripts(root: Element, file: str) -> Iterator[Beside]:
    """Programs and frames, which can show any words."""
    for element in root.iter("script", "iframe", "object", "embed", "applet", "frame", "portal"):
        if element.tag != "script" or element.get("type") not in ("application/ld+json", "application/json"):
            yield Beside("script", _place(element, file), plain(element.text or str(element.get("src", "")))[:80])


def _place(element: Element, file: str) -> str:
    line = f"line {element.sourceline}"
    return f"{file}, {line}" if file else line


class _Page:
    """One walk through a page."""

    def __init__(self, root: Element, found: Styles, file: str) -> None:
        self.styles = found
        self.file = file
        self.language = str(root.get("lang") or "")
        self.scribe = Scribe()
        self.beside: list[Beside] = []
        self.notes: list[tuple[Block, ...]] = []
        self.tables = 0
        items = root.xpath("//section[@role='doc-endnotes']/ol/li")
        self.numbers = {f"#{item.get('id')}": number for number, item in enumerate(items, 1)}
        self._grid = Grid(0)
        self._counts: list[tuple[str, str, int]] = []

    def visit(self, element: Element) -> None:
        """Takes down an element and all that it holds; what follows it is not of it."""
        if not isinstance(element.tag, str):
            if isinstance(element, etree._Entity):
                self.scribe.say(element.text)
            return
        self._attributes(element)
        if element.tag in _SILENT or self._aside(element):
            return
        self._hidden(element)
        with ExitStack() as open_ones:
            if element.tag not in _INLINE:
                open_ones.enter_context(self.scribe.block(self._where(element)))
            if element.get("id"):
                self.scribe.anchor(str(element.get("id")))
            for kind, value in self._spans(element):
                open_ones.enter_context(self.scribe.span(kind, value))
            self._inside(element)

    def _inside(self, element: Element) -> None:
        match element.tag:
            case "br":
                self.scribe.say("\n")
            case "img":
                if element.get("alt"):
                    self.scribe.picture(str(element.get("alt")), str(element.get("title") or ""))
            case "ol" | "ul":
                self._list(element)
            case "table":
                self.tables += 1
                before, self._grid = self._grid, Grid(self.tables)
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

    def _where(self, element: Element) -> Where:
        where, tag = self.scribe.where, str(element.tag)
        name = str(element.get("class") or "")
        if tag in ("td", "th"):
            rows, columns = (_count(element.get(each)) for each in ("rowspan", "colspan"))
            return Where(cell=self._grid.place(rows, columns, is_head=tag == "th"))
        if re.fullmatch("h[1-6]", tag) or element.get("role") == "heading":
            level = int(tag[1]) if tag[1:].isdigit() else _count(element.get("aria-level"), 2)
            return replace(where, part=Part.TITLE if name == "title" else Part.HEADING, level=level)
        where = replace(where, part=_MASTHEAD.get(name) or _PARTS.get(tag) or where.part)
        return replace(
            where,
            depth=where.depth + (tag in ("ol", "ul")),
            quoted=where.quoted or tag == "blockquote",
            in_text=where.in_text and name not in _BESIDE,
        )

    def _spans(self, element: Element) -> Iterator[tuple[str, str]]:
        language = str(element.get("lang") or "")
        if language and language != self.language:
            yield "language", language
        if element.tag == "a" and element.get("href") is not None:
            yield "link", address(str(element.get("href")))
        if element.tag == "abbr" and element.get("title"):
            yield "expansion", plain(str(element.get("title")))
        if not self._is_mark(element):
            yield from ((look, "") for look in self._looks(element))

    def _looks(self, element: Element) -> Iterator[str]:
        look = _LOOKS.get(str(element.tag), "")
        is_code = element.tag == "code" and self.scribe.where.part is Part.CODE
        if look and not is_code and element not in self.styles.plain:
            yield look
        if "smallcaps" in str(element.get("class") or "").split():
            yield "smallcaps"
        if element.get("style") and element.tag in _INLINE:
            yield from (look for look, pattern in _STYLED.items() if pattern.search(str(element.get("style"))))

    @staticmethod
    def _is_mark(element: Element) -> bool:
        parent = element.getparent()
        return parent is not None and parent.get("role") == "doc-noteref"

    def _list(self, element: Element) -> None:
        style, form = _style(element)
        number = _count(element.get("start"))
        self.scribe.say(element.text or "")
        for item in element.iterchildren():
            if item.tag == "li":
                number = _count(item.get("value"), number)
                self.scribe.end()
                self.scribe.marker = label(number, style, form) if element.tag == "ol" else BULLET
                number += -1 if element.get("reversed") is not None else 1
            self.visit(item)
            self.scribe.end()
            self.scribe.marker = ""
            self.scribe.say(item.tail or "")

    def _aside(self, element: Element) -> bool:
        """Takes an element by what it is, not as text: True if that is done."""
        role = element.get("role")
        if role == "doc-noteref":
            self._mark(element)
        elif role == "doc-backlink":
            self._note_beside("back", element, _said(element))
        elif role == "doc-endnotes":
            self._notes(element)
        elif element.tag == "a" and element.get("class") == "skip":
            self._note_beside("skip", element, _said(element))
        elif role == "doc-cover":
            self._note_beside("cover", element, str(element.get("alt") or ""))
        elif element.tag == "nav":
            self._navigation(element)
        else:
            return False
        return True

    def _mark(self, element: Element) -> None:
        self._hidden(element)
        number = self.numbers.get(str(element.get("href")), 0)
        if element.get("id"):
            self.scribe.anchor(str(element.get("id")))
        self.scribe.say(sign(number, _said(element)))

    def _notes(self, section: Element) -> None:
        """The notes, each by itself; what else stands in their section is their heading or does not belong there."""
        self._hidden(section)
        for child in section.iterchildren():
            if child.tag == "ol":
                for number, item in enumerate(child.iterchildren("li"), 1):
                    self.notes.append(self._note(item, number))
                self._note_beside("notes", child, plain(child.text or ""))
            elif isinstance(child.tag, str):
                self._attributes(child)
                self._note_beside("notes", child, _said(child))
                if child.get("id"):
                    self.beside.append(Beside("place of notes", str(child.get("id")), ""))
            self._note_beside("notes", child, plain(child.tail or ""))
        self._note_beside("notes", section, plain(section.text or ""))

    def _note(self, item: Element, number: int) -> tuple[Block, ...]:
        if _count(item.get("value"), number) != number:
            self._note_beside("notes", item, str(item.get("value")))
        text, self.scribe = self.scribe, Scribe()
        with self.scribe.block(Where()):
            self._attributes(item)
            self._hidden(item)
            self._children(item)
        self.scribe.end()
        note, self.scribe = tuple(self.scribe.blocks), text
        tail = plain(item.tail or "")
        self._note_beside("notes", item, tail)
        return note

    def _navigation(self, nav: Element) -> None:
        kind = next((str(value) for key, value in nav.attrib.items() if str(key).endswith("type")), "nav")
        for element in nav.iter("h1", "h2", "h3", "a"):
            target = str(element.get("href") or "")
            self.beside.append(Beside(f"nav {kind}", target or _place(element, self.file), _said(element)))
        spoken = plain(" ".join(_said(each) for each in nav.iter("h1", "h2", "h3", "a")))
        if plain(_said(nav)).replace(" ", "") != spoken.replace(" ", ""):
            self._note_beside("nav", nav, _said(nav))

    def _note_beside(self, kind: str, element: Element, said: str) -> None:
        if said:
            self.beside.append(Beside(kind, _place(element, self.file), said))

    def _attributes(self, element: Element) -> None:
        """Words that are not on the page but are shown or spoken when a reader asks."""
        for name in _SPOKEN:
            value = plain(str(element.get(name) or ""))
            is_shown = element.tag == "img" and element.get("alt")
            told = (name, element.tag) in (("alt", "img"), ("title", "abbr")) or (name == "title" and is_shown)
            number = name == "value" and element.tag in ("li", "data")
            if value and not told and not number:
                kind = "page" if element.get("role") == "doc-pagebreak" else name
                self.beside.append(Beside(kind, _place(element, self.file), value))

    def _hidden(self, element: Element) -> None:
        why = self._why_hidden(element)
        said = _said(element)
        if why and (said or element.xpath("descendant-or-self::img[@alt != '']")):
            self.beside.append(Beside("hidden", f"{_place(element, self.file)} ({why})", said or "a picture"))

    def _why_hidden(self, element: Element) -> str:
        """What takes an element out of sight, or out of the hearing of a screen reader; "" if nothing does."""
        told = {
            "hidden": element.get("hidden") is not None,
            "aria-hidden": element.get("aria-hidden", "").lower() == "true",
            "role": element.get("role") in ("presentation", "none") and element.tag == "img",
            str(element.tag): element.tag in ("bdo", "noscript", "dialog", "datalist", "noframes", "noembed"),
            "closed details": element.tag == "details" and element.get("open") is None,
            "inert": element.get("inert") is not None,
            "popover": element.get("popover") is not None,
        }
        why = next((name for name, is_so in told.items() if is_so), "")
        return why or self.styles.hidden.get(element, "") or hides(str(element.get("style") or ""))


def _said(element: Element) -> str:
    """All words of an element, as they stand."""
    return plain("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in _SILENT:
        yield element.text or ""
        for child in element.iterchildren():
            yield from _texts(child)
            yield child.tail or ""


def _count(value: str | None, default: int = 1) -> int:
    """A number of an attribute."""
    return int(value) if value is not None and re.fullmatch(r"-?\d{1,9}", value.strip()) else default


def _style(element: Element) -> tuple[str, str]:
    """The style and the form of the numbers of a list."""
    named = re.fullmatch(r"([a-z-]+?)-(parens?)", str(element.get("class") or ""))
    if named and named[1] in _STYLES:
        return _STYLES[named[1]], _FORMS[named[2]]
    told = re.search(r"list-style-type:\s*([\w-]+)", str(element.get("style") or ""))
    return (_STYLES.get(told[1], "1") if told else str(element.get("type") or "1")), "{}."
