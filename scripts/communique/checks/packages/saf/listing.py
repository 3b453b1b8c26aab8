r"""The file `contents`: a line for each file that DSpace shall keep, as the importer reads it.

    statement.pdf<TAB>bundle:ORIGINAL<TAB>primary:true<TAB>description:PDF, en

It looks for its words after a real tab, and passes over anything else in silence: after "\t", spaces or a word
misspelt the file is not found, or lands in the wrong bundle. A file that has no line is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.checks.file_by_file import Remark
from communique.checks.packages.saf.item import CONTENTS, Item, is_control, lines

_KEYS = frozenset(
    {"bundle", "permissions", "description", "primary", "iiif-label", "iiif-toc", "iiif-width", "iiif-height"}
)
_LOOSE_KEY = re.compile(r" +(bundle|permissions|description|primary):", re.IGNORECASE)
_BUNDLE = re.compile(r"[A-Z][A-Z0-9_-]*")
_PERMISSIONS = re.compile(r"-[rw] '[^']+'")
_ORIGINAL, _LICENCE = "ORIGINAL", "LICENSE"


@dataclass(frozen=True)
class _Line:
    """A line of `contents`; `words` are its keys and values in their order, "" for a key that is none."""

    number: int
    name: str
    words: tuple[tuple[str, str], ...]

    @property
    def bundle(self) -> str:
        """The bundle that the importer puts the file into."""
        return dict(self.words).get("bundle") or (_LICENCE if self.name == "license.txt" else _ORIGINAL)

    @property
    def is_primary(self) -> bool:
        """Whether the importer makes it the file that is opened first."""
        return any(key == "primary" and value.startswith("true") for key, value in self.words)

    def remark(self, rule: str, message: str) -> Remark:
        """An objection to the line."""
        return Remark(rule, f"{CONTENTS}: line {self.number}: {message}")


def remarks(item: Item) -> Iterator[Remark]:
    """What the importer would not understand, not find, or not take in."""
    read = list(lines(item, CONTENTS))
    yield from (each for each in read if isinstance(each, Remark))
    listed = []
    for number, text in enumerate((each for each in read if isinstance(each, str)), 1):
        name, *words = text.split("\t")
        line = _Line(number, name, tuple(_word(word) for word in words))
        listed.append(line)
        yield from _form(line, text)
        yield from _words(line)
    if CONTENTS in item.names:
        yield from _complete(item, listed)
        yield from _primary(listed)


def _word(word: str) -> tuple[str, str]:
    key, colon, value = word.partition(":")
    return (key, value) if colon else ("", word)


def _form(line: _Line, text: str) -> Iterator[Remark]:
    if not text.strip():
        yield line.remark("empty-line", "it is empty")
    if "\\t" in text:
        yield line.remark("literal-tab", r'it has a "\" and a "t" where a tab should be')
    if _LOOSE_KEY.search(line.name):
        yield line.remark("no-tab", "it has spaces where a tab should be")
    if line.name.startswith("-r "):
        yield line.remark("registered", "it names a file that lies on the machine of the DSpace, not in the item")
    if line.name != line.name.strip():
        yield line.remark("name-spaces", f"{line.name!r} has spaces at an end")
    if "/" in line.name or "\\" in line.name or line.name in (".", ".."):
        yield line.remark("outside-the-item", f"{line.name!r} leads elsewhere")


def _words(line: _Line) -> Iterator[Remark]:
    keys = [key for key, _ in line.words]
    for key, value in line.words:
        if key not in _KEYS:
            yield line.remark("unknown-key", f"{key or value!r} is no word that the importer knows")
        elif keys.count(key) > 1:
            yield line.remark("key-twice", f"{key} is said twice")
        elif not value.strip():
            yield line.remark("empty-value", f"{key} is not said")
        elif value != value.strip():
            yield line.remark("value-spaces", f"the {key} has spaces at an end")
        elif key == "bundle" and not _BUNDLE.fullmatch(value):
            yield line.remark("bundle-name", f"{value!r} is no name of a bundle")
        elif key == "primary" and value != "true":
            yield line.remark("primary-value", f"primary is {value!r}; it can be true, or left out")
        elif key == "permissions" and not _PERMISSIONS.fullmatch(value):
            yield line.remark("permissions", f"{value!r} is not -r or -w and the name of a group in single quotes")
    if line.name == "license.txt" and line.bundle != _LICENCE:
        yield line.remark("license-bundle", f"license.txt goes to the bundle {_LICENCE}, not {line.bundle}")


def _complete(item: Item, listed: Sequence[_Line]) -> Iterator[Remark]:
    """Every line has its file, every file its line."""
    files, names = set(item.names), set[str]()
    for line in listed:
        if line.name in names:
            yield line.remark("listed-twice", f"{line.name} is listed twice")
        names.add(line.name)
        if is_control(line.name):
            yield line.remark("control-listed", f"{line.name} is for the importer, and cannot be kept as well")
        elif line.name not in files:
            yield line.remark("missing", f"{line.name!r} is listed and not there")
    for name in item.names:
        if not is_control(name) and name not in names:
            yield Remark("not-listed", f"{name} is not listed in {CONTENTS}: it would be lost")


def _primary(listed: Sequence[_Line]) -> Iterator[Remark]:
    """In a bundle the last primary file wins; which one was meant nobody would know."""
    for bundle in dict.fromkeys(line.bundle for line in listed):
        primary = [line.name for line in listed if line.bundle == bundle and line.is_primary]
        if len(primary) > 1:
            yield Remark(
                "primary-twice", f"{CONTENTS}: {', '.join(primary)} cannot all be the primary file of {bundle}"
            )
        elif bundle == _ORIGINAL and not primary:
            yield Remark("no-primary", f"{CONTENTS}: no file of {bundle} is the primary one")
