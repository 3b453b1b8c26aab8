"""White space, lists and frames: nothing stands where it stands by blanks, tabs, typed numbers or floating boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from communique.checks.docx.package import W, value
from communique.checks.docx.text import Reading
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.verdict import Severity

_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)|(?<=\S)[ \u00a0\u2000-\u200a\u202f\u3000]{3,}(?=\S)")
_LINES = re.compile(r"\n[ \u00a0\t]*\n")
_TAB = re.compile(r"\t")
_BULLET = re.compile(r"\s*([•◦▪‣·∙●○■□–—*-])\s+\S")
_NUMBER = re.compile(r"\s*\(?(\d{1,3}|[a-zA-Z])[.)]\s+\S")
_LISTS = re.compile(r"list (bullet|number)( \d)?")
_SMALLEST = 9.0
"""Points below which text is hard to read for many."""


def blanks(reading: Reading) -> Iterator[Remark]:
    """No empty paragraphs for white space. One that parts two tables, or fills a cell, has to be there."""
    for each in reading.paragraphs:
        unwanted = each.level is None and each.story.kind not in {"header", "footer"}
        if each.blank and unwanted and not _needed(each.element):
            yield Remark("blank-paragraph", "an empty paragraph makes white space", each.place, Severity.WARNING)


def _needed(element: Element) -> bool:
    """Whether Word needs the paragraph: alone in its cell, between two tables, or last after a table (17.4.65)."""
    above, below = element.getprevious(), element.getnext()
    while above is not None and above.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
        above = above.getprevious()
    while below is not None and below.tag in {f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
        below = below.getnext()
    table, end = f"{W}tbl", {f"{W}tbl", f"{W}sectPr"}
    parent = element.getparent()
    if parent is not None and parent.tag == f"{W}tc" and len(parent.findall(f"{W}p")) == 1:
        return True
    return above is not None and above.tag == table and (below is None or below.tag in end)


def spaces(reading: Reading) -> Iterator[Remark]:
    """No repeated spaces, tabs or line breaks to move words about, outside code and verse."""
    for each in reading.paragraphs:
        if each.verbatim or each.blank or each.story.kind in {"header", "footer"}:
            continue
        text = "".join("x" * len(run.text) if run.verbatim else run.text for run in each.runs)
        for what, pattern in (("spaces", _SPACES), ("line breaks", _LINES), ("a tab", _TAB)):
            if pattern.search(text):
                message = f"{what} move words in “{each.opening}”"
                yield Remark("blank-characters", message, each.place, Severity.WARNING)


def lists(reading: Reading) -> Iterator[Remark]:
    """Lists are lists to Word: no typed bullets or numbers, and each item belongs to a list that there is."""
    numbering = reading.word.beside("numbering")
    defined = set() if numbering is None else {each.get(f"{W}numId") for each in numbering.iter(f"{W}num")}
    for each in reading.paragraphs:
        if _LISTS.fullmatch(each.style_name) and not each.list:
            yield Remark("list-not-real", f"“{each.opening}” looks like an item and is in no list", each.place)
        if each.list and each.list not in defined:
            yield Remark("list-undefined", f"“{each.opening}” is in list {each.list}, which is not there", each.place)
    for first, second in pairwise(reading.paragraphs):
        if not first.list and not second.list and first.style == second.style and _typed(first.text, second.text):
            message = f"“{first.opening}” and “{second.opening}” have typed marks and are no list"
            yield Remark("list-typed", message, first.place, Severity.WARNING)


def _typed(first: str, second: str) -> bool:
    bullets = _BULLET.match(first), _BULLET.match(second)
    if bullets[0] and bullets[1]:
        return bullets[0][1] == bullets[1][1]
    numbers = _NUMBER.match(first), _NUMBER.match(second)
    return bool(numbers[0] and numbers[1] and _follows(numbers[0][1], numbers[1][1]))


def _follows(first: str, second: str) -> bool:
    if first.isdigit() and second.isdigit():
        return int(second) == int(first) + 1
    return first.isalpha() and second.isalpha() and ord(second) == ord(first) + 1


def frames(reading: Reading) -> Iterator[Remark]:
    """No text in boxes, frames or tables that float: a reader meets them out of order, or not at all."""
    for each in reading.paragraphs:
        if each.says("framePr") is not None:
            yield Remark("floating-frame", f"“{each.opening}” stands in a frame", each.place)
    for story in reading.word.stories:
        for name, what in (
            ("txbxContent", "a text box"),
            ("tblpPr", "a table that floats"),
            ("altChunk", "a foreign part"),
        ):
            for found in story.root.iter(f"{W}{name}"):
                words = " ".join("".join(map(str, found.itertext())).split())[:50]
                yield Remark(
                    "floating-text", f"there is {what} {f'with “{words}”' if words else ''}".strip(), story.part
                )


def legible(reading: Reading) -> Iterator[Remark]:
    """Text is large enough, does not move, and can be seen."""
    for each in reading.paragraphs:
        runs = [run for run in each.runs if run.text.strip()]
        if any(run.hidden for run in runs):
            yield Remark("hidden-text", f"some words of “{each.opening}” are hidden", each.place)
        if any(value(run.says("effect")) not in {"", "none"} for run in runs):
            yield Remark("animated-text", f"some words of “{each.opening}” blink or move", each.place)
        smallest = min((run.size for run in runs), default=_SMALLEST)
        if smallest < _SMALLEST:
            message = f"some words of “{each.opening}” are {smallest:g} points high, and {_SMALLEST:g} is the least"
            yield Remark("text-small", message, each.place, Severity.WARNING)
