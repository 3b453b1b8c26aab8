"""Whether a BibTeX file is one that biber and BibTeX read without a word, and has what biblatex asks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable
from communique.checks.reading import bibtex

_REQUIRED = ("author", "title", "type", "institution", "date")
"""Of @report (biblatex 3, 2.1.1); "date" stands for "year or date"."""
_FIELDS = frozenset(
    {
        *("abstract", "addendum", "annotation", "author", "chapter", "date", "doi", "eprint", "eprintclass"),
        *("eprinttype", "file", "indextitle", "institution", "isrn", "keywords", "langid", "language", "library"),
        *("location", "month", "note", "number", "origdate", "pages", "pagetotal", "pubstate", "shorthand"),
        *("shorttitle", "subtitle", "title", "titleaddon", "type", "url", "urldate", "version", "year"),
    }
)
"""The fields of @report and those of every entry that speak of the work (2.2.2)."""
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def remarks(text: str) -> Iterator[Remark]:
    """Every fault of a file with one entry; rules begin with "bibtex-"."""
    try:
        entries = bibtex.entries(text)
    except Unreadable as error:
        yield Remark("bibtex-syntax", str(error))
        return
    if [entry.kind for entry in entries] != ["report"]:
        yield Remark("bibtex-entry", f"{len(entries)} entries where there should be one @report")
        return
    (entry,) = entries
    yield from (
        Remark("bibtex-missing", f"@report needs {name}", name) for name in _REQUIRED if not entry.fields.get(name)
    )
    yield from (
        Remark("bibtex-unknown", f"@report has no field {name}", name) for name in entry.fields if name not in _FIELDS
    )
    if not _DATE.fullmatch(entry.fields.get("date", "2000")):
        yield Remark("bibtex-date", f"{entry.fields['date']!r} is no ISO 8601 date", "date")
    for name, value in entry.fields.items():
        if name not in bibtex.VERBATIM and (sign := bibtex.bare_sign(value)):
            yield Remark("bibtex-sign", f"{sign!r} is a sign of TeX's own and stands there bare", name)
