"""Ghostscript draws every page of the press editions in four inks and weighs them, all files in one process."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import Pdf, PdfError

from communique.checks.check import Target
from communique.checks.verdict import Finding, NoVerdict, Result, Severity
from communique.doctor import Places

NAME = "press-inks"
JUDGE = "Ghostscript"

Inks = tuple[float, ...]
"""How much of a page is covered with cyan, magenta, yellow and black, in the unit of Ghostscript's inkcov device."""

_LINE = re.compile(r"\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+CMYK OK")
_FAULT = re.compile(r"\*{4} |Error: /")
"""How Ghostscript begins what it has to say against a file."""
_OPTIONS = ("-q", "-dSAFER", "-dPDFSTOPONERROR", "-r36", "-sDEVICE=inkcov", "-o", "-")
_PATIENCE = 600
"""Seconds after which Ghostscript counts as hung."""
_INKS = ("cyan", "magenta", "yellow", "black")


@dataclass(frozen=True)
class _Said:
    """What Ghostscript said of some files: the inks of each page in turn, and why it stopped, if it did."""

    pages: list[Inks]
    fault: str


def run(targets: Sequence[Target], at: Places) -> Iterator[Result]:
    """One result for each file. If anything is amiss with them together, each is drawn alone."""
    program = shutil.which(at.ghostscript)
    if program is None:
        raise NoVerdict("Ghostscript is not installed, so no inks were weighed (make judges)")
    paths = [publication.path(name) for publication, name in targets]
    counts = [_pages(path) for path in paths]
    readable = [path for path, count in zip(paths, counts, strict=True) if count]
    together = _draw(program, readable)
    if together.fault or len(together.pages) != sum(counts):
        for target, path, count in zip(targets, paths, counts, strict=True):
            yield _result(target, _draw(program, [path]) if count else _Said([], "the file cannot be opened"), count)
        return
    first = 0
    for target, count in zip(targets, counts, strict=True):
        own = together.pages[first : first + count]
        yield _result(target, _Said(own, "" if count else "the file cannot be opened"), count)
        first += count


def _pages(path: Path) -> int:
    """How many pages a file has; 0 if it is no PDF."""
    try:
        with Pdf.open(path) as pdf:
            return len(pdf.pages)
    except PdfError:
        return 0


def _draw(program: str, paths: Sequence[Path]) -> _Said:
    if not paths:
        return _Said([], "")
    try:
        said = subprocess.run(
            [program, *_OPTIONS, *map(str, paths)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoVerdict(f"Ghostscript cannot be run: {error} (make judges)") from error
    pages = [tuple(map(float, match.groups())) for match in map(_LINE.match, said.stdout.splitlines()) if match]
    if said.returncode < 0:
        raise NoVerdict(f"Ghostscript was killed by signal {-said.returncode}, so no inks were weighed (run it again)")
    noise = [
        line.strip() for line in (said.stdout + said.stderr).splitlines() if line.strip() and not _LINE.match(line)
    ]
    faults = [line.strip("* ") for line in noise if _FAULT.match(line)]
    if faults:
        return _Said(pages, faults[0])
    if noise or said.returncode:
        words = noise[0] if noise else "nothing"
        raise NoVerdict(f"Ghostscript ended with exit code {said.returncode} and said: {words} (is it whole?)")
    return _Said(pages, "")


def _result(target: Target, said: _Said, count: int) -> Result:
    publication, name = target
    if not said.fault and len(said.pages) != count:
        why = f"Ghostscript spoke of {len(said.pages)} pages and the file has {count} (report this)"
        return Result(NAME, publication.slug, name, unchecked=why)
    return Result(NAME, publication.slug, name, tuple(_findings(name, said)))


def _findings(name: str, said: _Said) -> Iterator[Finding]:
    if said.fault:
        place = f"page {len(said.pages) + 1}"
        yield Finding(Severity.ERROR, JUDGE, "page-not-drawn", name, place, f"the page cannot be drawn: {said.fault}")
    for number, inks in enumerate(said.pages, 1):
        for ink, amount in zip(_INKS, inks, strict=True):
            if not amount:
                message = f"there is no {ink} at all, not even the marks that the plates are lined up by"
                yield Finding(Severity.ERROR, JUDGE, "plate-without-marks", name, f"page {number}", message)
