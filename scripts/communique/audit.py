"""The plan of a check: output folder -> publications -> results -> reports -> disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from communique import storage
from communique.checks import CHECKS
from communique.checks.check import Report, judge, targets
from communique.checks.publication import MANIFEST, PACKAGES, REPORT, Publication
from communique.checks.report import render
from communique.checks.verdict import Result, Verdict
from communique.doctor import Places
from communique.errors import ToolFailed, UsageError


@dataclass(frozen=True)
class Outcome:
    """What was said of one statement, and the folder that holds the reports of it."""

    publication: Publication
    results: tuple[Result, ...]
    folder: Path

    @property
    def passed(self) -> bool:
        """Whether every check has a verdict and every verdict is a pass."""
        return bool(self.results) and all(result.verdict is Verdict.PASSED for result in self.results)


def find(names: Sequence[str], output: Path, content: Path) -> list[Publication]:
    """The statements named, or all in the output folder, as they lie there. Links are none of them."""
    if "" in names:
        raise UsageError("'' is not the name of a statement (name the folder of one, or none for all)")
    named = list(dict.fromkeys(output / name for name in names))
    folders = named or sorted(path for path in output.glob("[!.]*") if _holds_statement(path))
    if not folders:
        raise UsageError(f"{output}: nothing was built here (communique build)")
    for folder in folders:
        if folder.parent != output or folder.name == ".." or not folder.is_dir():
            raise UsageError(f"{folder}: was not built (communique build {folder.name})")
        if folder.is_symlink():
            raise UsageError(f"{folder}: is a link to {folder.readlink()} (name the folder itself)")
    return [Publication(folder.name, folder, _master(content / folder.name)) for folder in folders]


def _holds_statement(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and path.name != PACKAGES


def _master(folder: Path) -> Path | None:
    return folder if (folder / "statement.md").is_file() else None


def size(publications: Sequence[Publication]) -> int:
    """How many verdicts there will be."""
    return sum(len(targets(check, publications)) for check in CHECKS.values())


def audit(publications: Sequence[Publication], at: Places, report: Report) -> Iterator[Outcome]:
    """Judges all statements at once; then writes the reports of each, in place of earlier ones, and yields them."""
    before = {publication.slug: _seal(publication) for publication in publications}
    results = judge(CHECKS, publications, at, report)
    versions = {name: check.version(at) for name, check in CHECKS.items()}
    for publication in publications:
        own = tuple(result for result in results if result.slug == publication.slug)
        yield Outcome(publication, own, _store(publication, render(publication, own, versions), before))


def _store(publication: Publication, files: Mapping[str, bytes], before: Mapping[str, str]) -> Path:
    """Puts the reports beside the outputs, unless these are no longer the ones that were judged."""
    folder = publication.folder / REPORT
    output = publication.folder.parent
    with storage.locked(output):
        if _seal(publication) != before[publication.slug]:
            raise ToolFailed(f"{publication.folder}: was built anew while it was checked (communique check again)")
        storage.publish(folder, files, staging=output)
    return folder


def _seal(publication: Publication) -> str:
    """The SHA-256 of the manifest, which names every file with its own; "" if there is none."""
    path = publication.folder / MANIFEST
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
