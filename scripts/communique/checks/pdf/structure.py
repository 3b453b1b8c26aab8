"""The tree itself: all content in it once, headings and bookmarks, lists and tables, languages and descriptions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from pikepdf import OutlineItem, Pdf

from communique.checks.file_by_file import Remark
from communique.checks.pdf import tree
from communique.checks.pdf.sheets import Sheets
from communique.checks.pdf.tree import Annotation, Node, Place
from communique.checks.spoken import is_valid, strange_script

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\u2066\u2067\u2068\u2069"))
_FILE = re.compile(r"(\S*[/\\])?\S+\.(png|jpe?g|gif|svg|tiff?|bmp|webp|emf|wmf|pdf)", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(an? |the )?(image|picture|photo|photograph|graphic|figure|logo|icon|link|url|untitled|alt|null|none)[\s_-]*\d*",
    re.IGNORECASE,
)


def content(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """Every piece of content is in the tree, and once."""
    if not root.places:
        yield Remark("content-not-in-tree", "the file has no structure, so nothing of it can be read")
        return
    counted = Counter(root.places)
    for place, texts in sheets.texts.items():
        if place not in counted:
            words = "".join(text.said for text in texts).strip()[:40]
            yield Remark("content-not-in-tree", f"“{words}” is not in the structure tree", _on(place))
    for place, count in counted.items():
        if count > 1:
            yield Remark("content-twice", f"“{sheets.drawn(place).strip()[:40]}” is read {count} times", _on(place))
        if place not in sheets.texts:
            yield Remark("content-missing", f"the tree holds content {place[1]}, which is not there", _on(place))
    for place in sheets.twice:
        yield Remark("content-twice", f"two contents have the number {place[1]}", _on(place))
    for text in sheets.loose:
        if text.said.strip():
            message = f"“{text.said.strip()[:40]}” is neither content nor artifact"
            yield Remark("content-not-in-tree", message, f"page {text.page + 1}")


def _on(place: Place) -> str:
    return f"page {place[0] + 1}"


def headings(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """One heading of level 1, and it is the first; no level is jumped, no heading is without words."""
    found = [node for node in root.walk if node.level]
    first = [node for node in found if node.level == 1]
    if len(first) != 1 or found[0] is not first[0]:
        message = f"there is one heading of level 1, the title, before all others; here are {len(first)}"
        yield Remark("heading-of-title", message, _page(first[-1]) if first else "")
    above = 0
    for node in found:
        words = _plain(sheets.said(node))
        if not words:
            yield Remark("heading-empty", f"a heading of level {node.level} has no words", _page(node))
        if node.level > above + 1:
            message = f"“{words[:40]}” is of level {node.level} and should be of {above + 1} or less"
            yield Remark("heading-jump", message, _page(node))
        above = node.level


def bookmarks(pdf: Pdf, root: Node, sheets: Sheets) -> Iterator[Remark]:
    """The bookmarks are the headings without marks of notes: the same words, the same levels, the same order."""
    with pdf.open_outline() as outline:
        entries = list(_entries(outline.root, 1))
    found = [(node.level, _plain(sheets.said(node, marks=False))) for node in root.walk if node.level]
    for number, (entry, heading) in enumerate(zip_longest(entries, found), 1):
        if entry != heading:
            shown = f"“{entry[1][:40]}” of level {entry[0]}" if entry else "missing"
            wanted = f"“{heading[1][:40]}” of level {heading[0]}" if heading else "none"
            yield Remark("bookmark-differs", f"bookmark {number} is {shown}, and the heading is {wanted}", "bookmarks")
            return


def _entries(items: list[OutlineItem], level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, _plain(item.title)
        yield from _entries(item.children, level + 1)


def _plain(text: str) -> str:
    return " ".join(text.translate(_UNSEEN).split())


def lists(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """A list has items, an item a body; a label is before the body and has words."""
    for node in root.all("L"):
        if not any(item.role == "LI" for item in node.nodes):
            yield Remark("list-empty", "a list has no items", _page(node))
    for item in root.all("LI"):
        roles = [kid.role for kid in item.nodes]
        if "LBody" not in roles:
            message = f"“{_plain(sheets.said(item))[:40]}” has no body (LBody)"
            yield Remark("list-item-without-body", message, _page(item))
        elif "Lbl" in roles and roles.index("Lbl") > roles.index("LBody"):
            yield Remark("list-label-late", "the label of an item is read after the item", _page(item))
        if item.above is not None and item.above.role != "L":
            yield Remark("list-item-alone", "an item stands in no list", _page(item))


def tables(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """Every cell has a header: it names one of its table, or one of its column or row says that it heads them."""
    for table in root.all("Table"):
        heads = [head for head in table.all("TH") if head.within("Table") is table]
        names = {head.identifier for head in heads if head.identifier}
        scopes = {head.attributes.get("Table.Scope") for head in heads}
        for cell in table.all("TD"):
            if cell.within("Table") is not table:
                continue
            named = cell.attributes.get("Table.Headers", ())
            words = _plain(sheets.said(cell))[:40]
            if lost := [name for name in named if name not in names]:
                yield Remark("table-header-missing", f"“{words}” names the header {lost[0]}, not there", _page(cell))
            elif not named and not scopes & {"Column", "Row", "Both"}:
                yield Remark("table-cell-without-header", f"no header belongs to the cell “{words}”", _page(cell))
        for head in heads:
            if not sheets.said(head).strip() and head.above is not None and head is not head.above.nodes[0]:
                yield Remark("table-header-empty", "a header cell has no words", _page(head))


def languages(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """Every language is one, and one that the letters can be of."""
    stated = {node.language for node in root.walk if node.language} | set(sheets.languages.values())
    for tag in sorted(stated):
        if not is_valid(tag):
            yield Remark("language-invalid", f"some words are said to be in “{tag}”, which is no language (BCP 47)")
    for node in root.walk:
        for kid in node.kids:
            if isinstance(kid, tuple):
                words, tag = sheets.drawn(kid), sheets.languages.get(kid, node.spoken)
                if script := strange_script(words, [tag]):
                    message = (
                        f"“{words.strip()[:40]}” is marked as {tag or 'no language'}, and its letters are {script}"
                    )
                    yield Remark("language-of-words", message, _on(kid))


def descriptions(root: Node) -> Iterator[Remark]:
    """The alternative text of a picture, and the description of a link, say something."""
    for node in root.walk:
        for words in (*filter(_is_text, [node.alternative]), *(each.contents for each in _links(node))):
            if not (words or "").strip():
                yield Remark("alt-text-empty", f"the description of a {node.role} has no words", _page(node))
            elif _FILE.fullmatch(words or "") and node.role == "Figure":
                yield Remark(
                    "alt-text-file-name", f"the alternative text is the name of a file: “{words}”", _page(node)
                )
            elif _SAYS_NOTHING.fullmatch(words or "") and node.role == "Figure":
                yield Remark("alt-text-says-nothing", f"the alternative text says nothing: “{words}”", _page(node))


def _is_text(words: str | None) -> bool:
    return words is not None


def _links(node: Node) -> list[Annotation]:
    return [kid for kid in node.kids if isinstance(kid, Annotation)]


def links(root: Node, sheets: Sheets) -> Iterator[Remark]:
    """A link has words, and its area lies over them."""
    for node in root.all("Link"):
        texts = [text for place in node.places for text in sheets.texts.get(place, ())]
        areas = _links(node)
        shown = "".join(text.said for text in texts).strip()
        pictures = any(kid.role == "Figure" for kid in node.walk)
        if not shown and not pictures:
            yield Remark("link-without-words", "a link has no words", _page(node))
        if not areas:
            yield Remark("link-dead", f"“{shown[:40]}” is marked as a link and leads nowhere", _page(node))
        for area in (area for area in areas if not area.works):
            message = f"“{shown[:40]}” is marked as a link, and the page has none there to follow"
            yield Remark("link-dead", message, f"page {area.page + 1}")
        for area in (area for area in areas if area.works):
            left, bottom, right, top = area.rectangle if len(area.rectangle) == 4 else (0.0, 0.0, 0.0, 0.0)
            covered = [
                text
                for text in texts
                if text.page == area.page and left - 2 <= text.x <= right + 2 and bottom - 2 <= text.y <= top + 2
            ]
            if not covered and not pictures:
                message = f"the area of the link “{shown[:40]}” does not lie over its words"
                yield Remark("link-misplaced", message, f"page {area.page + 1}")


def unread_links(pdf: Pdf, root: Node) -> Iterator[Remark]:
    """Every link of a page is in the structure, once; else no screen reader comes upon it."""
    counted = Counter(area.number for node in root.walk for area in _links(node))
    for area in tree.areas(pdf):
        if (count := counted[area.number]) != 1:
            where = f"is in the structure tree {count} times" if count else "is not in the structure tree"
            yield Remark("link-not-in-tree", f"the link “{area.contents[:40]}” {where}", f"page {area.page + 1}")


def _page(node: Node) -> str:
    return _on(node.places[0]) if node.places else ""
