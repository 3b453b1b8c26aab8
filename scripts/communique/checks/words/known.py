"""What may stand beside the text of an edition: the program's own words, headings once more, page numbers; no more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any
from unicodedata import category
from urllib.parse import unquote

from communique.checks.file_by_file import Remark
from communique.checks.reading import marks
from communique.checks.reading.dates import day
from communique.checks.reading.edition import Beside, Block, Edition, Part
from communique.checks.reading.labels import labels
from communique.checks.reading.text import PICTURE, SIGN, letters, plain, unseen, words

# What is a finding whatever it says, and the rule that it breaks.
_NEVER = {
    "hidden": ("hidden-text", "words that nobody sees"),
    "revision": ("tracked-change", "a change that is not settled"),
    "comment": ("comment", "a comment or a note of another kind"),
    "field": ("field", "a field, whose words a program may change"),
    "script": ("script", "a program or another page, which can show any words"),
    "style": ("generated-text", "words that a style sheet adds"),
    "loose": ("outside-structure", "words that are drawn but that the structure does not have"),
    "annotation": ("annotation", "an annotation or a form with words of its own"),
    "alternative": ("hidden-text", "other words for what is no picture"),
    "astray": ("outline", "an entry of the outline that does not lead to its heading"),
    "nav": ("navigation", "words in the navigation that lead nowhere"),
}
_NUMBER = re.compile(r"[\dIVXLCivxlc]+( ?/ ?\d+)?")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


class Known:
    """The words beside the text that an edition may have; `keys` is its front matter, None without a master."""

    def __init__(self, master: Edition, keys: Mapping[str, Any] | None, language: str) -> None:
        self.master = master
        self.keys = keys
        self.own = labels(language).words
        self.language = language
        self.pages = 0
        """How many pages the file has that is looked at."""

    @cached_property
    def title(self) -> str:
        """The title, with one space between its words."""
        return next((_said(block.words) for block in self.master.blocks if block.where.part is Part.TITLE), "")

    @cached_property
    def headings(self) -> list[tuple[int, str]]:
        """The title and the headings: level and words. Notes stand before the last part, if they have a heading."""
        kinds = (Part.TITLE, Part.HEADING)
        return [(b.where.level, _listed(_said(b.words))) for b in self.master.blocks if b.where.part in kinds]

    @cached_property
    def told(self) -> Collection[str]:
        """What a link may say of itself: the title of what it leads to, its own words, or the way back."""
        parts = (self.master.blocks, *self.master.notes)
        links = {_bare(words) for part in parts for block in part for words in _of_links(block)}
        tooltips = {_bare(text) for text in marks.tooltips(self.keys or {})}
        return links | tooltips | self.backs | {str(number) for number, _ in enumerate(self.master.notes, 1)}

    @cached_property
    def backs(self) -> set[str]:
        """What a link back from a note is called."""
        return {self.own["back"].format(number=number) for number, _ in enumerate(self.master.notes, 1)}

    @cached_property
    def running(self) -> list[str]:
        """The texts of running headers; one that is too long may be cut."""
        keys = self.keys or {}
        when = day(keys["date"], self.language) if "date" in keys else ""
        whole = [plain(text) for text in (keys.get("short_title", ""), self.title, when) if text]
        cut = {beginning for text in whole for beginning in _beginnings(text)}
        return [_bare(text) for text in (*whole, *sorted(cut))]

    @cached_property
    def captions(self) -> set[str]:
        """The captions of tables and pictures."""
        return {_said(block.words) for block in self.master.blocks if block.where.part is Part.CAPTION}

    @cached_property
    def heads(self) -> set[str]:
        """The cells of the first rows of tables, which a page break repeats, and each of these rows as a whole."""
        cells = [b for b in self.master.blocks if b.where.cell and b.where.cell.is_head]
        rows: dict[int, str] = {}
        for block in cells:
            table = block.where.cell.table if block.where.cell else 0
            rows[table] = rows.get(table, "") + letters(_said(block.words))
        return {letters(_said(block.words)) for block in cells} | set(rows.values())

    def objections(self, found: Edition, *, on_screen: bool) -> Iterator[Remark]:
        """Whatever stands beside the text and should not, and what notes on a screen must have beside them."""
        self.pages = found.pages
        for beside in _by_page(found.beside, self._runs):
            if beside.kind in _NEVER:
                rule, told = _NEVER[beside.kind]
                yield Remark(rule, f"{told}: “{beside.words[:300]}”", beside.place)
            elif self.keys is not None and beside.kind in _ALLOWED:
                rule, allows = _ALLOWED[beside.kind]
                if not allows(self, beside):
                    yield Remark(rule, f"words that are not known here: “{beside.words[:300]}”", beside.place)
        if self.keys is not None and on_screen:
            yield from self._around_notes(found)
        if self.keys is not None:
            yield from self._lists(found)
            yield from self._facts(found)

    def _around_notes(self, found: Edition) -> Iterator[Remark]:
        counts = Counter(beside.kind for beside in found.beside if beside.words)
        if found.notes and counts["notes"] != 1:
            yield Remark("notes-heading", f"expected one heading “{self.own['notes']}”, found {counts['notes']}")
        if counts["back"] < len(found.notes):
            yield Remark(
                "back-link", f"expected a link back from each of {len(found.notes)} notes, found {counts['back']}"
            )

    def _lists(self, found: Edition) -> Iterator[Remark]:
        """Outline and contents: the title and every heading, in order, at its level."""
        wanted = self._entries(found)
        outline = [(int(each.place.split()[1]), _listed(each.words)) for each in found.beside if each.kind == "outline"]
        contents = [(0, _listed(each.words)) for each in found.beside if each.kind == "nav toc" and "#" in each.place]
        if found.pages and outline != _unseen(wanted):
            yield _first("outline", _unseen(wanted), outline)
        has_contents = any(each.kind.startswith("nav ") for each in found.beside)
        if has_contents and [words for _, words in contents] != [words for _, words in wanted]:
            yield _first("navigation", wanted, contents)
        yield from self._targets(found)

    def _entries(self, found: Edition) -> list[tuple[int, str]]:
        """The headings, with that of the notes before the last part where they have one."""
        *text, about = self.headings
        has_notes = any(each.kind == "notes" and each.words == self.own["notes"] for each in found.beside)
        return [*text, (2, self.own["notes"]), about] if has_notes else self.headings

    def _targets(self, found: Edition) -> Iterator[Remark]:
        """Where the entries of the contents lead: each to its own heading, one after another."""
        notes = {each.place for each in found.beside if each.kind == "place of notes"}
        last = -1
        for entry in (each for each in found.beside if each.kind == "nav toc" and "#" in each.place):
            file, _, name = entry.place.partition("#")
            place = f"{file.rpartition('/')[2]}#{unquote(name)}"
            number = found.anchors.get(place, -1)
            if place in notes:
                there = self.own["notes"]
            elif 0 <= number < len(found.blocks):
                there = _said(found.blocks[number].words)
            else:
                yield Remark("navigation", f"the entry “{entry.words}” leads nowhere", entry.place)
                continue
            if _listed(there) != _listed(entry.words) or (place not in notes and number <= last):
                yield Remark("navigation", f"the entry “{entry.words}” leads to “{there[:100]}”", entry.place)
            last = max(last, number)

    def _facts(self, found: Edition) -> Iterator[Remark]:
        wanted = {fact.kind: fact.value for fact in self.master.facts}
        pages = {self.title, self.own["contents"], self.own["cover"]}
        for fact in found.facts:
            if fact.kind == "page title" and fact.value not in pages:
                yield Remark("title", f"expected “{self.title}”, found “{fact.value}”", f"{fact.place}, title element")
            elif fact.kind in wanted and _bare(fact.value) != _bare(wanted[fact.kind]):
                yield Remark(fact.kind, f"expected “{wanted[fact.kind]}”, found “{fact.value}”", fact.place)

    def _label(self, beside: Beside) -> bool:
        numbered = re.fullmatch(rf"({re.escape(self.own['table'])}|{re.escape(self.own['code'])}) \d+", beside.words)
        return beside.words in self.backs | {self.own["cover"]} or numbered is not None

    def _numbers(self, page: str) -> set[str]:
        """How a page may show its number; from right to left the number of all pages is drawn first."""
        of_all = f"{self.pages} / {page}" if _RTL.search(self.title) else f"{page} / {self.pages}"
        return {page, of_all}

    def _runs(self, beside: Beside) -> bool:
        said = _bare(beside.words)
        if said in self.running or letters(said) in self.heads:
            return True
        page = re.fullmatch(r"page (\d+)", beside.place)
        if _NUMBER.fullmatch(said):
            return page is None or said in self._numbers(page[1])
        return any(_looks_like(letters(text), letters(said)) for text in (*self.running, *self.heads))


def _by_page(beside: Iterable[Beside], is_known: Callable[[Beside], bool]) -> Iterator[Beside]:
    """Everything beside the text; running texts of a page that are not known one by one are taken together."""
    rest: dict[str, list[str]] = {}
    for each in beside:
        if each.kind == "running" and not is_known(each):
            rest.setdefault(each.place, []).append(each.words)
        else:
            yield each
    for place, parts in rest.items():
        yield Beside("running", place, " ".join(parts))


def _looks_like(wanted: str, found: str) -> bool:
    """Whether a text that is drawn is another, as far as letters tell that are drawn in another order.

    In scripts whose letters join or stand above each other a glyph may tell a letter too many or too few.
    """
    if wanted == found:
        return True
    if not _RTL.search(wanted) and not _JOINING.search(wanted):
        return False
    mine, theirs = (Counter(each for each in text if category(each)[0] != "M") for text in (wanted, found))
    off = sum(((mine - theirs) + (theirs - mine)).values())
    return off <= (0 if _THAI.search(wanted) else _UNSETTLED)


_JOINING = re.compile("[\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]")
_THAI = re.compile("[\u0e00-\u0eff]")
_UNSETTLED = 2


def _first(rule: str, wanted: list[tuple[int, str]], found: list[tuple[int, str]]) -> Remark:
    """The first entry that is not what it should be."""
    for number, (mine, theirs) in enumerate(zip(wanted, found, strict=False)):
        if mine != theirs and (theirs[0] or mine[1] != theirs[1]):
            told = [f"“{words}”{f' at level {level}' if level else ''}" for level, words in (mine, theirs)]
            return Remark(rule, f"expected {told[0]}, found {told[1]}", f"entry {number + 1}")
    return Remark(rule, f"expected {len(wanted)} entries, found {len(found)}")


def _beginnings(text: str) -> Iterator[str]:
    """What a running header may say of a text that has no room in it: as many whole words, or parts of them, as fit."""
    if len(text) > _ROOM:
        for parts in (_SPACE.findall(text), _HYPHEN.findall(text)):
            while len("".join(parts).rstrip()) > _ROOM - 2:
                parts.pop()
            yield f"{''.join(parts).rstrip()} …".lstrip()


_ROOM = 80
_SPACE, _HYPHEN = re.compile(r"\s*\S+"), re.compile(r"\s*[^\s-]*-|\s*[^\s-]+")


def _listed(text: str) -> str:
    """An entry of a list of headings, in which all spaces are alike: it may be broken anywhere."""
    return " ".join(text.split())


def _of_links(block: Block) -> Iterator[str]:
    """What the links of a paragraph say, with the descriptions of the pictures in them."""
    pictures = [span.value for span in block.of("picture")]
    for span in block.of("link"):
        count = span.words.count(PICTURE)
        for start in range(len(pictures) - count + 1):
            said = span.words
            for picture in pictures[start : start + count]:
                said = said.replace(PICTURE, picture, 1)
            yield said
        yield SIGN.sub("", span.words)


def _unseen(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(level, _bare(said)) for level, said in rows]


def _said(these: tuple[str, ...]) -> str:
    return plain(SIGN.sub("", " ".join(these)))


def _bare(text: str) -> str:
    return " ".join(unseen(words(text)))


_ALLOWED: dict[str, tuple[str, Callable[[Known, Beside], bool]]] = {
    "skip": ("skip-link", lambda known, beside: beside.words == known.own["skip"]),
    "back": ("back-link", lambda _, beside: re.fullmatch(r"[↑↩]\ufe0e?\d+", beside.words) is not None),
    "notes": ("notes-heading", lambda known, beside: beside.words == known.own["notes"]),
    "cover": ("cover", lambda known, beside: beside.words == f"{known.own['cover']}: {known.title}"),
    "aria-label": ("label", Known._label),
    "page": ("page-number", lambda _, beside: _NUMBER.fullmatch(beside.words) is not None),
    "title": ("tooltip", lambda known, beside: _bare(beside.words) in known.told),
    "table": ("table-description", lambda known, beside: beside.words in known.captions),
    "running": ("running-text", Known._runs),
    "artifact": ("artifact-text", lambda known, beside: letters(beside.words) in known.heads),
    "nav toc": ("navigation", lambda known, beside: "#" in beside.place or beside.words == known.own["contents"]),
    "nav landmarks": (
        "navigation",
        lambda known, beside: (
            beside.words in {known.title, *(known.own[key] for key in ("landmarks", "cover", "notes"))}
        ),
    ),
    "nav page-list": (
        "navigation",
        lambda known, beside: (
            _NUMBER.fullmatch(beside.words) is not None or beside.words in (known.own.get("pages"), known.own["page"])
        ),
    ),
    **{
        kind: ("hidden-text", lambda *_: False)
        for kind in (
            *("aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder", "placeholder"),
            *("summary", "value", "label", "srcdoc", "alt", "nav nav"),
        )
    },
}
