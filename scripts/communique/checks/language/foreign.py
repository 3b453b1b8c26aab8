"""Words in another language: those that the master marks are marked in every format, and no others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from communique.checks.file_by_file import Remark
from communique.checks.language import tags
from communique.checks.language.runs import Run
from communique.checks.reading.edition import Block, Edition, Span
from communique.checks.reading.text import letters
from communique.checks.verdict import Severity

_WORD = re.compile(r"\w+|[^\w\s]+")
"""A word, or the signs between two words: a stop need not be in the language of the word before it."""


@dataclass(frozen=True)
class Wanted:
    """What the master says of an edition: its own language, its text, and the words of its front matter.

    `returns` if passages in another language go back to the edition's own within.
    """

    language: str
    edition: Edition
    front: str
    labels: Mapping[str, str]
    returns: bool

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every paragraph, those of the notes last."""
        return (*self.edition.blocks, *(block for note in self.edition.notes for block in note))

    @cached_property
    def turned(self) -> dict[str, str]:
        """The letters of all passages whose direction the master gives, by the direction."""
        spans = [span for block in self.blocks for span in block.of("direction")]
        return {way: "\n".join(letters(span.words) for span in spans if span.value == way) for way in ("ltr", "rtl")}

    @cached_property
    def marked(self) -> dict[str, str]:
        """The letters of all words in another language, by the language in small letters."""
        found: dict[str, list[str]] = {}
        for block in self.blocks:
            for span in block.of("language"):
                found.setdefault(span.value.lower(), []).append(letters(span.words))
            for language in {span.value.lower() for span in block.of("language")}:
                # Passages with nothing but a space between them are one in some formats.
                said = [span.words for span in block.of("language") if span.value.lower() == language]
                found[language].append(letters("".join(said)))
        return {language: "\n".join(texts) for language, texts in found.items()}


def remarks(runs: Sequence[Run], wanted: Wanted) -> Iterator[Remark]:
    """Every passage that the master marks and the file does not, and the other way round."""
    said: dict[str, list[str]] = {}
    for run in runs:
        said.setdefault(run.language.lower(), []).append(letters(run.text))
    joined = {language: "\n".join(texts) for language, texts in said.items()}
    yield from _unmarked(joined, wanted)
    yield from _unfounded(runs, wanted)


def _unmarked(said: Mapping[str, str], wanted: Wanted) -> Iterator[Remark]:
    counted: Counter[tuple[str, str]] = Counter()
    for block in wanted.blocks:
        spans = block.of("language")
        for span in spans:
            language, text = span.value.lower(), letters(span.words)
            if not text or language == wanted.language.lower():
                continue
            counted[language, text] += 1
            if said.get(language, "").count(text) >= counted[language, text]:
                continue
            inner = [other for other in spans if not tags.same(other.value, span.value)]
            if not _is_marked(_WORD.findall(span.words), said.get(language, ""), _around(inner, said, wanted)):
                yield Remark("foreign-not-marked", f"“{span.words}” is not marked as {span.value}, as in the master")


def _around(inner: Iterable[Span], said: Mapping[str, str], wanted: Wanted) -> str:
    """The letters of what may stand within a passage in yet another language."""
    own = said.get(wanted.language.lower(), "") if wanted.returns else ""
    return "\n".join([*(letters(span.words) for span in inner), own])


def _is_marked(words: Sequence[str], said: str, around: str) -> bool:
    """Whether the words of a passage are said in its language, but for those of yet another language within it."""
    known = [letters(word) in said for word in words]
    return (
        bool(around)
        and any(known)
        and all(is_known or letters(word) in around for word, is_known in zip(words, known, strict=True))
    )


def _unfounded(runs: Iterable[Run], wanted: Wanted) -> Iterator[Remark]:
    for run in runs:
        text, language = letters(run.text), run.language.lower()
        if not any(letter.isalpha() for letter in text) or language == wanted.language.lower():
            continue
        known = (wanted.marked.get(language, ""), wanted.labels.get(language, ""))
        if not any(text in each for each in known):
            said = run.language or "no language at all"
            message = f"“{' '.join(run.text.split())[:80]}” is marked as {said}, and the master does not say so"
            yield Remark("foreign-unfounded", message, run.place)


def scripts(runs: Iterable[Run], front: str) -> Iterator[Remark]:
    """Words in letters that the language in which they are marked is not written in (WCAG 2.2, 3.1.2).

    `front` are the letters of the front matter, in whose values a language cannot be marked.
    """
    for run in runs:
        for words, script in tags.strange(run.text, run.language) if tags.is_valid(run.language) else ():
            if letters(words) not in front:
                message = f"“{words[:80]}” is marked as {run.language}, and its letters are {script}"
                yield Remark("unmarked-language", message, run.place, Severity.WARNING)


def directions(runs: Iterable[Run], turned: Mapping[str, str]) -> Iterator[Remark]:
    """Words that run from right to left and are not marked so, and the other way round.

    `turned` are the letters of the passages whose direction the master gives, by the direction.
    """
    for run in runs:
        if not run.direction or run.direction == "auto" or not any(letter.isalpha() for letter in run.text):
            continue
        if letters(run.text) in turned.get(run.direction, ""):
            continue
        is_backward = tags.is_right_to_left(run.text)
        if is_backward != (run.direction == "rtl") and (is_backward or not tags.runs_right_to_left(run.language)):
            message = f"“{' '.join(run.text.split())[:60]}” in {run.language or 'no language'} is set {run.direction}"
            yield Remark("wrong-direction", message, run.place)
