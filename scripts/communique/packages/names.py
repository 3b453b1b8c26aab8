"""Names that a package can carry to any system: the others are refused before anything is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from communique.errors import MasterError, Problem
from communique.packages.entry import Entry

# bagit.py 1.9.0 does not read back "%25", and cuts off spaces at an end; ZIP readers take "\" for "/"; the rest cannot
# be seen or cannot be written in UTF-8.
_HARMFUL = re.compile(r"[%\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|(?:^|(?<=/))\s|\s(?=/|$)")


def safe(entries: Sequence[Entry]) -> None:
    """Raises one error for all names that another system could misread; says nothing if there are none."""
    problems = [*_harmful(entries), *_twins(entries)]
    if problems:
        raise MasterError(problems)


def _harmful(entries: Iterable[Entry]) -> Iterator[Problem]:
    for entry in entries:
        match = _HARMFUL.search(entry.name)
        if match:
            found = f"has {match[0]!a} in its name, which not every archive reads back"
            yield Problem(ascii(entry.name)[1:-1], 0, "", found, "rename the file")


def _twins(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Names that are one on systems that do not tell capitals or ways to write an accent apart (RFC 8493, 6.1)."""
    seen: dict[str, str] = {}
    for entry in entries:
        key = unicodedata.normalize("NFC", unicodedata.normalize("NFC", entry.name).casefold())
        if key in seen:
            found = f"is the same name as {seen[key]!a} on systems that do not tell capitals or accents apart"
            yield Problem(ascii(entry.name)[1:-1], 0, "", found, "rename one of them")
        seen.setdefault(key, entry.name)
