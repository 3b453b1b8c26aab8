"""Reads a text as it was received, in whatever form: its paragraphs, in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from communique.checks.opening import Unreadable, page
from communique.checks.reading import layout, markup, master, master_text
from communique.checks.reading.docx import docx
from communique.checks.reading.edition import Block, Scribe
from communique.checks.reading.epub import epub
from communique.checks.reading.text import PICTURE, SIGN, Words, words

_AROUND = ("header", "footer", "nav", "aside", "script", "style", "noscript", "form", "template")
"""What stands around the text of a web page."""


def received(content: bytes, suffix: str, language: str) -> list[Words]:
    """The paragraphs of a received file; Unreadable where no reader knows its form."""
    reader = _READERS.get(suffix)
    if reader is None:
        raise Unreadable(f"is in a form that cannot be read ({suffix or 'its name has no ending'})")
    found = [paragraph for paragraph in reader(content, language) if paragraph]
    if not found:
        raise Unreadable("has no words that can be read")
    return found


def _text(content: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError as error:
                raise Unreadable(f"is not UTF-8 text: byte {error.start + 1}") from error
    return ""


def _plain(content: bytes, _language: str) -> list[Words]:
    """Paragraphs stand between blank lines; in a text without blank lines each line is one."""
    text = _text(content).strip("\n")
    parts = re.split(r"\n[ \t]*\n", text)
    return [words(part) for part in (parts if len(parts) > 1 else text.split("\n"))]


def _markdown(content: bytes, language: str) -> list[Words]:
    text = re.sub(r"\A---\n.*?\n---\n", "", _text(content), count=1, flags=re.DOTALL)
    scribe = Scribe()
    notes = master_text.take(scribe, master.tree(text, language), {"language": language})
    return _said([*scribe.blocks, *(block for note in notes for block in note)])


def _web(content: bytes, _language: str) -> list[Words]:
    """The main part of a web page, or all of it without what stands around a text."""
    root = page(content)
    body = root.find("body")
    if body is None:
        raise Unreadable("has no body")
    for text in root.xpath("//main | //article[not(ancestor::main)]")[:1]:
        body.clear()
        body.append(text)
    around: list[Any] = list(body.iter(*_AROUND))
    for element in around:
        element.drop_tree()  # What stands behind it stays.
    reading = markup.page(root, [])
    return _said([*reading.blocks, *(block for note in reading.notes for block in note)])


def _word(content: bytes, _language: str) -> list[Words]:
    reading = docx(content)
    return _said([*reading.blocks, *(block for note in reading.notes for block in note)])


def _book(content: bytes, _language: str) -> list[Words]:
    reading = epub(content)
    return _said([*reading.blocks, *(block for note in reading.notes for block in note)])


def _paper(content: bytes, _language: str) -> list[Words]:
    """As it lies on the pages (Poppler): lines run on, for where a paragraph ends is not told."""
    try:
        return [words(" ".join(layout.pages(content)))]
    except layout.LayoutMissing as error:
        raise Unreadable(f"cannot be read: {error}") from error


def _said(blocks: Iterable[Block]) -> list[Words]:
    return [words(SIGN.sub("", " ".join(block.words).replace(PICTURE, ""))) for block in blocks]


_READERS: dict[str, Callable[[bytes, str], list[Words]]] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": _markdown,
    ".markdown": _markdown,
    ".html": _web,
    ".htm": _web,
    ".xhtml": _web,
    ".docx": _word,
    ".epub": _book,
    ".pdf": _paper,
}
