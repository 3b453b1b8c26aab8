"""Source: the statement has every paragraph of the text as it was received, or an editorial note that says why not.

An editorial note covers a passage if it names the paragraph of the statement by its number ("paragraphs 2 to 5") or
quotes words of it, in quotation marks of any kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.opening import Unreadable, whole
from communique.checks.publication import Publication
from communique.checks.reading import master
from communique.checks.reading.master import Keys
from communique.checks.reading.received import received
from communique.checks.verdict import NoVerdict
from communique.checks.words.received import objections

_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What reading a master that was never validated can end in."""
_MOST = 50_000_000
"""Bytes of a received text that are read; its digest is taken of any number."""


def _sources(folder: Path) -> Iterator[tuple[str, Keys]]:
    """The editions that were received as a file of their own, each with its front matter."""
    first, *others = master.editions(folder)
    keys = master.metadata(folder, first)
    if keys.get("source", {}).get("file"):
        yield first, keys
    for language in others:
        own = master.metadata(folder, language)
        if own.get("source", {}).get("file") and own["source"] != keys.get("source"):
            yield language, own


def _applies(publication: Publication) -> Iterable[str]:
    """The statement as a whole, if its master names a received file; one that cannot be read may name one."""
    if publication.master is None:
        return ()
    try:
        return ("",) if any(True for _ in _sources(publication.master)) else ()
    except (Unreadable, *_FAULTS):
        return ("",)


def _look(publication: Publication, _name: str) -> Iterator[Remark | Gap]:
    folder = publication.master
    assert folder is not None
    try:
        for language, keys in _sources(folder):
            yield from _compare(folder, language, keys)
    except NoVerdict as error:
        yield Gap(str(error))
    except (Unreadable, *_FAULTS) as error:
        yield Gap(f"the master cannot be read: {error or type(error).__name__} (communique validate says where)")


def _compare(folder: Path, language: str, keys: Keys) -> Iterator[Remark | Gap]:
    named = str(keys["source"]["file"])
    path = folder / named
    if not path.resolve().is_relative_to(folder.resolve()):
        yield Remark("source-missing", f"{named} does not lie in the folder of the statement", named)
        return
    if not path.is_file():
        yield Remark("source-missing", "the file that keeps the text as received is not there", named)
        return
    with path.open("rb") as file:
        digest, wanted = hashlib.file_digest(file, "sha256").hexdigest(), str(keys["source"].get("sha256", ""))
    if digest != wanted.lower():
        yield Remark("source-digest", f"expected the SHA-256 {wanted or 'of the front matter'}, found {digest}", named)
    if path.stat().st_size > _MOST:
        yield Gap(f"{named} has {path.stat().st_size} bytes: no text of more than {_MOST} can be compared")
        return
    try:
        paragraphs = received(whole(path), path.suffix.lower(), language)
    except Unreadable as error:
        yield Gap(f"{named} {error}")
        return
    yield from objections(paragraphs, master.read(folder, language), keys, named)


CHECK = check_by_file(
    name="source",
    claim="Every paragraph of the text as received is in the statement, or an editorial note says what became of it.",
    standards=(),
    applies=_applies,
    begin=lambda _: _look,
)
