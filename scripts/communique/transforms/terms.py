"""Terms and references: marked where the text first uses them, the words unchanged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from communique import nodes
from communique.nodes import Inline, Inlines
from communique.statement import Block, Reference, Term

_CONTAINERS = {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
# Thai, Lao, Burmese and Khmer letters, kana and Chinese characters, which stand in a row without spaces.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")


@dataclass(frozen=True)
class Mark:
    """What to find, and what to make of the words found. A link is never put inside a link."""

    wording: str
    wrap: Callable[[Inlines], Inline]
    is_link: bool


def annotate(blocks: Sequence[Block], terms: Sequence[Term], references: Sequence[Reference]) -> list[Block]:
    """The blocks with each term and reference marked once, longer wordings before those they contain."""
    marks = [_term_mark(term) for term in terms] + [_reference_mark(reference) for reference in references]
    result = list(blocks)
    for mark in sorted(marks, key=lambda mark: -len(mark.wording)):
        result = _Search(mark).blocks(result)
    return result


def _term_mark(term: Term) -> Mark:
    def wrap(inlines: Inlines) -> Inline:
        match term.kind:
            case "abbreviation":
                marked = nodes.span(nodes.attr("", ["abbr"], title=term.expansion), inlines)
            case "foreign":
                attributes = nodes.attr("", ["foreign"], lang=term.language, title=term.expansion)
                marked = nodes.span(attributes, inlines)
            case _:
                marked = nodes.span(nodes.attr("", ["term"], lang=term.language, title=term.expansion), inlines)
        return nodes.link([marked], term.uri, attributes=nodes.attr("", ["reference"])) if term.uri else marked

    return Mark(term.term, wrap, bool(term.uri))


def _reference_mark(reference: Reference) -> Mark:
    title = ", ".join(part for part in (reference.title, reference.symbol) if part and part != reference.text)

    def wrap(inlines: Inlines) -> Inline:
        return nodes.link(inlines, reference.uri, title, nodes.attr("", ["reference"]))

    return Mark(reference.text, wrap, True)


class _Search:
    """One walk through the paragraphs of a text that marks the first place where a wording stands."""

    def __init__(self, mark: Mark) -> None:
        self.mark = mark
        self.found = False
        words = r"[ \u00a0]".join(map(re.escape, mark.wording.split()))
        self.pattern = re.compile(words)

    def blocks(self, blocks: list[Block]) -> list[Block]:
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Block:
        if self.found:
            return block
        match block["t"]:
            case "Para" | "Plain":
                return {"t": block["t"], "c": self._inlines(block["c"])}
            case "LineBlock":
                return {"t": "LineBlock", "c": [self._inlines(line) for line in block["c"]]}
        return nodes.rewrite_children(block, self.blocks)

    def _inlines(self, inlines: Inlines) -> Inlines:
        """The inlines, marked here or in one of their containers, whichever comes first."""
        result: Inlines = []
        run: Inlines = []
        for inline in inlines:
            if inline["t"] in ("Str", "Space", "SoftBreak"):
                run.append(inline)
                continue
            result += self._run(run)
            result.append(self._container(inline))
            run = []
        return result + self._run(run)

    def _container(self, inline: Inline) -> Inline:
        if self.found:
            return inline
        kind = inline["t"]
        if kind in _CONTAINERS:
            return {"t": kind, "c": self._inlines(inline["c"])}
        if kind == "Span" or (kind == "Link" and not self.mark.is_link):
            content = inline["c"]
            return {"t": kind, "c": [content[0], self._inlines(content[1]), *content[2:]]}
        return inline

    def _run(self, run: Inlines) -> Inlines:
        """A run of plain words with the wording wrapped, if it stands there and was not found before."""
        match = None if self.found else self._first("".join(map(_characters, run)))
        if match is None:
            return run
        self.found = True
        before, rest = _split(run, match.start())
        middle, after = _split(rest, match.end() - match.start())
        return [*before, self.mark.wrap(middle), *after]

    def _first(self, text: str) -> re.Match[str] | None:
        """The first place where the wording stands as words of its own."""
        return next((match for match in self.pattern.finditer(text) if _is_whole(text, match)), None)


def _is_whole(text: str, match: re.Match[str]) -> bool:
    """Whether words begin and end where a match does; a Korean word may go on with its particle."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    first, last = match[0][0], match[0][-1]
    if unicodedata.category(after or " ").startswith("M"):
        return False
    particle = _HANGUL.match(last) and _HANGUL.match(after)
    return not (_joins(before, first) or (_joins(last, after) and not particle))


def _joins(left: str, right: str) -> bool:
    """Whether two letters side by side, either of which may be missing, are of one word for all that shows."""
    return all(_is_of_a_word(each) and not _UNSPACED.match(each) for each in (left, right))


def _is_of_a_word(letter: str) -> bool:
    return bool(letter) and (letter.isalnum() or letter == "_" or unicodedata.category(letter).startswith("M"))


def _characters(inline: Inline) -> str:
    return str(inline["c"]) if inline["t"] == "Str" else " "


def _split(run: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """The run cut in two after `at` characters."""
    for number, inline in enumerate(run):
        size = len(_characters(inline))
        if at < size:
            if at == 0:
                return run[:number], run[number:]
            head, tail = inline["c"][:at], inline["c"][at:]
            return [*run[:number], {"t": "Str", "c": head}], [{"t": "Str", "c": tail}, *run[number + 1 :]]
        at -= size
    return run, []
