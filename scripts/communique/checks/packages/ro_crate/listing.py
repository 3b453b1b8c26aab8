"""The list of digests: the form that sha256sum writes, each file in its order, each once, and every byte as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.file_by_file import Remark
from communique.checks.packages.files import Tree, digests
from communique.checks.packages.ro_crate.names import LISTING

_LINE = re.compile(r"(\\?)([0-9a-f]{64})  ([^\r\x00]+)")
_ESCAPE = re.compile(r"\\(.?)")
_SIGNS = {"\\": "\\", "n": "\n", "r": "\r"}


class Digests(dict[str, str]):
    """The SHA-256 of each file of a crate, taken when it is first asked for, so that each file is read once."""

    def __init__(self, crate: Tree) -> None:
        super().__init__()
        self.crate = crate

    def __missing__(self, name: str) -> str:
        self[name] = digests(self.crate.path(name), ("sha256",))["sha256"]
        return self[name]


def remarks(crate: Tree, found: Digests) -> Iterator[Remark]:
    """Everything that is wrong with the list, and every file that is not what the list says."""
    if LISTING not in crate.names:
        yield Remark("missing", f"{LISTING} is not there: nothing says how the files were")
        return
    try:
        text = crate.path(LISTING).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        yield Remark("list-unreadable", f"{LISTING} is not in UTF-8")
        return
    if not text.endswith("\n"):
        yield Remark("list-unreadable", f"{LISTING} breaks off in its last line")
    listed: dict[str, str] = {}
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        yield from _enter(listed, number, line)
    if list(listed) != sorted(listed):
        yield Remark("list-disordered", f"{LISTING} is not in the order of the names")
    yield from _compared(crate, listed, found)


def _enter(listed: dict[str, str], number: int, line: str) -> Iterator[Remark]:
    match = _LINE.fullmatch(line)
    name = _unescaped(match[3]) if match and match[1] else match[3] if match else None
    if match is None or name is None:
        yield Remark("list-unreadable", f"{LISTING}: line {number} is not a digest, two spaces and a name")
    elif name in listed:
        yield Remark("listed-twice", f"{LISTING}: {name} is listed twice")
    else:
        listed[name] = match[2]


def _unescaped(text: str) -> str | None:
    """A name without its escapes; None if they are not those that sha256sum writes, or there is no need for any."""
    found = _ESCAPE.findall(text)
    return _ESCAPE.sub(lambda match: _SIGNS[match[1]], text) if found and set(found) <= set(_SIGNS) else None


def _compared(crate: Tree, listed: dict[str, str], found: Digests) -> Iterator[Remark]:
    files = set(crate.names) - {LISTING}
    for name in sorted(listed.keys() - files):
        yield Remark("missing", f"{name} is listed in {LISTING} and not there")
    for name in sorted(files - listed.keys()):
        yield Remark("not-listed", f"{name} is not listed in {LISTING}")
    for name in sorted(files & listed.keys()):
        if found[name] != listed[name]:
            yield Remark("wrong-digest", f"{name}: its sha256 is not the one in {LISTING}")
