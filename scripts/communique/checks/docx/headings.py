"""The title and the headings: there, in order, and real."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from communique.checks.docx.text import Paragraph, Reading
from communique.checks.file_by_file import Remark
from communique.checks.verdict import Severity

_MANY = 20
"""Paragraphs from which on a text without any heading is hard to find one's way in."""
_LONGEST = 100
"""Characters of the longest line that is taken for a heading."""
_LARGER = 1.15
"""How much larger than the text a heading is set."""
_ENDS = (".", ":", ";", ",", "!", "?", "。", "؟", "।", "…", "”", "»")


def title(reading: Reading) -> Iterator[Remark]:
    """One title, in the style of one, and the same in the properties (WCAG 2.4.2)."""
    titles = [each for each in reading.of_text() if each.level == 0 and each.text.strip()]
    stated = reading.word.core_property("title")
    if not titles:
        yield Remark("title-missing", "no paragraph has the style Title", reading.word.main)
    for each in titles[1:]:
        yield Remark("title-twice", f"a second paragraph has the style Title: “{each.opening}”", each.place)
    if not stated:
        yield Remark("document-title-missing", "the properties of the document have no title", "docProps/core.xml")
    elif titles and _plain(stated) != _plain(titles[0].text):
        message = f"the properties say “{stated}”, and the title of the text is “{titles[0].opening}”"
        yield Remark("document-title-differs", message, "docProps/core.xml")


def _plain(text: str) -> str:
    return " ".join(text.split())


def order(reading: Reading) -> Iterator[Remark]:
    """Headings begin at level 1, jump no level on the way down, and have words."""
    above, before_title = 0, any(each.level == 0 for each in reading.of_text())
    headings = [each for each in reading.of_text() if each.level is not None]
    for each in headings:
        level = each.level or 0
        if not each.text.strip():
            yield Remark("heading-empty", f"a heading of level {level} has no words", each.place)
        if level == 0:
            before_title = False
        elif before_title:
            yield Remark("heading-before-title", f"the heading “{each.opening}” stands before the title", each.place)
        if level > above + 1:
            message = f"the heading “{each.opening}” is of level {level} and should be of {above + 1} or less"
            yield Remark("heading-jump", message, each.place)
        above = level or above
    if not any(each.level for each in headings) and sum(1 for _ in reading.of_text()) > _MANY:
        yield Remark("headings-missing", "a long text has no headings", reading.word.main, Severity.WARNING)


def fake(reading: Reading) -> Iterator[Remark]:
    """No paragraph looks like a heading and is none: a short one, all bold or large, before others.

    A style of the house that is bold is none either, if the style that is to follow it does, as a definition its term.
    """
    text = [each for each in reading.of_text() if not each.blank]
    for each, below in pairwise(text):
        plain = each.level is None and not each.list and each.cell is None and not each.verbatim
        if plain and _shouts(each) and not _leads(each, below):
            message = f"“{each.opening}” looks like a heading and has no heading style"
            yield Remark("heading-fake", message, each.place, Severity.WARNING)


def _shouts(paragraph: Paragraph) -> bool:
    words = paragraph.text.strip()
    if not words or len(words) > _LONGEST or words.endswith(_ENDS):
        return False
    runs = [run for run in paragraph.runs if run.text.strip()]
    large = all(run.size >= paragraph.styles.size * _LARGER for run in runs)
    return large or all(run.bold for run in runs)


def _leads(paragraph: Paragraph, below: Paragraph) -> bool:
    """Whether the next paragraph is the one that the style of this one announces, or of the same kind."""
    following = paragraph.styles.following(paragraph.style)
    directly = any(run.element.find("{*}rPr/{*}b") is not None for run in paragraph.runs)
    return not directly and bool(following) and below.style in {following, paragraph.style}
