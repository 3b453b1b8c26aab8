"""Words that stand in the Markdown source and not in what pandoc read from it: they would be lost without a word."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import unquote

from communique.master.faults import Fault, quoted
from communique.statement import Block

# Scripts without spaces: each sign counts by itself, since a line break in the source joins words there.
_WIDE = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_WIDE}]|[^\W_{_WIDE}]+")
_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|\w+);")
# Signs of Markdown that have letters or digits and are no words: list markers, labels of notes and links,
# the boxes of task lists, the word that begins the caption of a table.
_SIGNS = re.compile(
    r"(?:^|(?<=\|))[\s>]*(?:[-+*:~]\s+)*(?:\(?[A-Za-z0-9#]{1,9}[.)](?:\s+|$))+"
    r"|\[\^[^\]]*\]:?|\]\s?\[[^\]]*\]|^\s*\[[^\]]*\]:|\[[xX]\]|^\s*[Tt]able:"
)
# Classes and keys that pandoc turns into elements of their own.
_MARKED = {"Underline": "underline ul", "SmallCaps": "smallcaps", "Image": "alt"}
_REMEDY = "write it otherwise: [words]: at the start of a line names a link, and a row has no more cells than its head"


def lost(source: str, blocks: Sequence[Block], first_line: int) -> Iterator[Fault]:
    """A fault for each line with words that pandoc did not take over."""
    lines = [_words(_unescaped(_SIGNS.sub(" ", line))) for line in source.split("\n")]
    missing = Counter(word for words in lines for word in words)
    missing.subtract(word for text in _strings(list(blocks)) for word in _words_of(text))
    missing = +missing
    if not missing:
        return
    # Which of several equal words was lost is not known: it is looked for where most of the line was lost.
    shares = [sum((Counter(words) & missing).values()) / (len(words) or 1) for words in lines]
    for number in sorted(range(len(lines)), key=lambda number: -shares[number]):
        here = Counter(lines[number]) & missing
        if not here:
            continue
        missing -= here
        gone = " ".join(dict.fromkeys(word for word in lines[number] if word in here))
        yield Fault(number + first_line, f"{quoted(gone)} would be lost", _REMEDY)


def unbroken(text: str) -> list[str]:
    """The pieces of a text within which no line can end as it stands: signs of scripts without spaces set apart."""
    return re.split(rf"[\s{_WIDE}]+", text)


def _strings(node: Any) -> Iterator[str]:
    """All strings of the AST: text, addresses, titles, names of classes."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for part in node:
            yield from _strings(part)
    elif isinstance(node, dict):
        yield _MARKED.get(node["t"], "")
        yield from _strings(node.get("c"))


def _words_of(text: str) -> Iterator[str]:
    """The words of a string, as they stand and as an address or an entity may have hidden them."""
    yield from _words(text)
    if "%" in text:
        yield from _words(unquote(text))
    if "&" in text:
        yield from _words(_unescaped(text))


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]) or " ", text)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
