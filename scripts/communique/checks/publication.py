"""One statement as it lies in the output folder, seen from outside: names of files, and where its master is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

REPORT = "check"
"""The folder of the reports, beside the outputs that they are about."""

PACKAGES = "packages"
"""The folder beside those of the statements that holds their packages."""

MANIFEST = "manifest.json"
"""Lists every file of a publication with its fixity."""

_NAME = re.compile(
    r"(?:\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)*))?"
    r"(?:\.(?P<edition>large|print))?"
    r"(?:\.(?P<profile>ua\d\+a\d[a-z]))?"
    r"\.(?P<suffix>html|epub|docx|pdf)"
)

_TEXT = re.compile(r"metadata/akoma-ntoso(?:\.(?P<language>[a-z]{2,3}(?:-[A-Za-z0-9]+)*))?\.xml")


@dataclass(frozen=True)
class Output:
    """A file that people read. `language` is "" for the authoritative edition, as in the file's name.

    `format` is html, pdf, large, print, epub or docx; `profile` is "" for the default PDF.
    """

    name: str
    language: str
    format: str
    profile: str


@dataclass(frozen=True)
class Publication:
    """The files of one statement: `folder` is build/<slug>, `master` content/<slug>, None if there is no master."""

    slug: str
    folder: Path
    master: Path | None

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the folder, as relative names in order, without the reports of earlier checks."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if not path.is_dir())
        return tuple(sorted(path.as_posix() for path in found if path.parts[0] != REPORT))

    @cached_property
    def outputs(self) -> tuple[Output, ...]:
        """The files that people read, in the order of their names; a file with another name is none of them."""
        return tuple(self._outputs())

    def _outputs(self) -> Iterator[Output]:
        for name in self.files:
            match = _NAME.fullmatch(name.removeprefix(self.slug)) if name.startswith(self.slug) else None
            if match:
                edition = match["edition"] or match["suffix"]
                yield Output(name, match["language"] or "", edition, match["profile"] or "")

    @cached_property
    def texts(self) -> tuple[Output, ...]:
        """The outputs, then the records that hold the whole text, whose format is akoma-ntoso."""
        matches = filter(None, map(_TEXT.fullmatch, self.files))
        records = (Output(match[0], match["language"] or "", "akoma-ntoso", "") for match in matches)
        return (*self.outputs, *records)

    def named(self, formats: Collection[str]) -> tuple[str, ...]:
        """The names of the outputs in certain formats."""
        return tuple(output.name for output in self.outputs if output.format in formats)

    def path(self, name: str) -> Path:
        """Where a file of the publication lies."""
        return self.folder / name
