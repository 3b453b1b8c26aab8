"""Where the master's terms and references stand in its text: each is marked once, where it stands first.

Longer wordings go before those that they contain. Headings, tables, captions, notes and code are left alone, and no
link is put inside a link. A wording stands where words begin and end, but for writing without spaces between words,
and but for the particle that a Korean word may have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass
class Run:
    """Plain words of a text in one piece."""

    text: str
    in_link: bool


@dataclass
class Event:
    """What happens between the runs of a paragraph: a span begins or ends, or a sign stands there."""

    kind: str
    value: str = ""
    inner: str = ""


Said = list[Run | Event]
"""A paragraph as it is said: its runs, and what happens between them."""


@dataclass(frozen=True)
class Mark:
    """A wording, and the spans around it, the outermost first."""

    wording: str
    spans: tuple[tuple[str, str], ...]

    @property
    def is_link(self) -> bool:
        """Whether it makes a link."""
        return any(kind == "link" for kind, _ in self.spans)


def marks(keys: Mapping[str, Any]) -> Iterator[Mark]:
    """The marks that the terms and references of a front matter ask for."""
    for term in keys.get("terms", []):
        yield Mark(term["term"], tuple(_spans(term)))
    for reference in keys.get("references", []):
        yield Mark(reference["text"], (("link", reference["uri"]),))


def _spans(term: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if "uri" in term:
        yield "link", term["uri"]
    if "language" in term and term["kind"] != "abbreviation":
        yield "language", term["language"]
    if "expansion" in term and term["kind"] == "abbreviation":
        yield "expansion", term["expansion"]


def tooltips(keys: Mapping[str, Any]) -> Iterator[str]:
    """What may be said of a marked passage when a reader asks: the expansion of a term, the title of a reference."""
    for term in keys.get("terms", []):
        yield term.get("expansion", "")
    for reference in keys.get("references", []):
        parts = (reference.get("title", ""), reference.get("symbol", ""))
        yield ", ".join(part for part in parts if part and part != reference["text"])


def place(paragraphs: Iterable[Said], wanted: Iterable[Mark]) -> None:
    """Puts the marks into the paragraphs."""
    paragraphs = list(paragraphs)
    for mark in sorted(wanted, key=lambda mark: len(mark.wording), reverse=True):
        any(_place(said, mark) for said in paragraphs)


def _place(said: Said, mark: Mark) -> bool:
    pattern = re.compile("[ \u00a0]".join(map(re.escape, mark.wording.split())))
    for number, run in enumerate(said):
        if not isinstance(run, Run) or (mark.is_link and run.in_link):
            continue
        for match in pattern.finditer(run.text):
            if _stands_alone(run.text, match.start(), match.end()):
                said[number : number + 1] = _marked(run, match, mark)
                return True
    return False


def _marked(run: Run, match: re.Match[str], mark: Mark) -> Said:
    before, after = run.text[: match.start()], run.text[match.end() :]
    inside = Run(match[0], run.in_link or mark.is_link)
    opened: Said = [Event("open", value, kind) for kind, value in mark.spans]
    closed: Said = [Event("close") for _ in mark.spans]
    return [Run(before, run.in_link), *opened, inside, *closed, Run(after, run.in_link)]


_WITHOUT_SPACES = ("THAI", "LAO", "MYANMAR", "KHMER", "HIRAGANA", "KATAKANA", "CJK")


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    if after and unicodedata.category(after)[0] == "M":
        return False
    particle = "HANGUL" in unicodedata.name(text[end - 1], "") and after and "HANGUL" in unicodedata.name(after, "")
    return not _is_one_word(before, text[start]) and (bool(particle) or not _is_one_word(text[end - 1], after))


def _is_one_word(left: str, right: str) -> bool:
    """Whether two letters that stand side by side belong to one word; either may be missing."""
    return all(each and _is_letter(each) and not _needs_no_space(each) for each in (left, right))


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"


def _needs_no_space(character: str) -> bool:
    return unicodedata.name(character, "").startswith(_WITHOUT_SPACES)
