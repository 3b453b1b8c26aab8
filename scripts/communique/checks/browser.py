"""The pages as people meet them, in a browser: what no validator looks at. scripts/judges/browser.mjs does the looking.

One browser opens every page of every file once and judges it under each condition, so all topics are one check: its
rules, such as "contrast-body" or "focus-order", say which of them a finding is about.
"""

from __future__ import annotations

import json
import posixpath
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from communique.checks import opening
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, reading
from communique.checks.judges.program import Program, lines, located, time_for
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, Severity
from communique.doctor import SCRIPTS, Places, program_version

NAME = "browser"
JUDGE = "Communique in Chromium"

_MOST = 500_000_000
"""The most bytes that a book may unpack to."""
_SHOULD = frozenset({"contrast-body", "focus-thin", "skip-link"})
"""Rules that go further than level AA of WCAG 2.2 asks."""
_PATIENCE = 60
"""Seconds after which a page counts as hung."""
_SHOWN = frozenset({"application/xhtml+xml", "text/html"})


@dataclass(frozen=True)
class _Page:
    """A page to open: of which file, and its name inside of that, "" if it is the file itself."""

    file: Path
    name: str
    path: Path
    kind: str


def look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    """What is to be said of web pages and books, each as soon as all its pages have been judged."""
    with tempfile.TemporaryDirectory(prefix="browser-") as folder:
        wanted: dict[str, _Page] = {}
        for number, file in enumerate(files):
            try:
                wanted |= {str(page.path): page for page in _pages(file, Path(folder, str(number)))}
            except Unreadable as error:
                said = Finding(Severity.ERROR, JUDGE, "unreadable", str(file), "", str(error))
                yield Judged(file, (said,))
        if wanted:
            yield from _looked(wanted, at)


def _looked(wanted: dict[str, _Page], at: Places) -> Iterator[Judged]:
    script = SCRIPTS / "judges" / "browser.mjs"
    names = [f"{page.kind}:{path}" for path, page in wanted.items()]
    command: tuple[str | Path, ...] = (at.node, script, located(JUDGE, at.chromium), str(_PATIENCE), *names)
    left = {page.file: {path for path, each in wanted.items() if each.file == page.file} for page in wanted.values()}
    found: dict[Path, list[Finding]] = {file: [] for file in left}
    gaps: dict[Path, list[str]] = {file: [] for file in left}
    with closing(_printed(command, len(names))) as printed:
        for line in printed:
            with reading(JUDGE):
                said = json.loads(line)
                page = wanted[said["page"]]
                left[page.file].remove(said["page"])
                if why := _gap(page, said):
                    gaps[page.file].append(why)
                else:
                    found[page.file] += [_finding(page, problem) for problem in said["problems"]]
            if not left[page.file]:
                yield Judged(page.file, tuple(found[page.file]), "; ".join(gaps[page.file]))


def _printed(command: tuple[str | Path, ...], pages: int) -> Generator[str, None, None]:
    yield from lines(Program(JUDGE, command, {0}, time_for(pages)))


def _gap(page: _Page, said: dict[str, Any]) -> str:
    """Why there is no verdict on a page, "" if there is one."""
    where = f"{JUDGE}: {page.name or page.file}"
    if "failed" in said:
        return f"{where}: {said['failed']}"
    return "" if said["measured"] > 0 else f"{where}: there is nothing on the page that could be measured"


def _finding(page: _Page, problem: dict[str, Any]) -> Finding:
    severity = Severity.WARNING if problem["rule"] in _SHOULD else Severity.ERROR
    inside = f"{page.name}: " if page.name else ""
    first, rest = problem["conditions"][:3], problem["conditions"][3:]
    others = f" and {len(rest)} other conditions" if rest else ""
    location = f"{inside}{problem['place']} ({', '.join(first)}{others})"
    more = f" (and in {problem['more']} more places)" if problem["more"] else ""
    return Finding(severity, JUDGE, problem["rule"], str(page.file), location, f"{problem['message']}{more}")


def _pages(file: Path, folder: Path) -> Iterator[_Page]:
    """The pages of a file; those of a book are unpacked into a folder."""
    if file.suffix != ".epub":
        yield _Page(file, "", file, "web")
        return
    names = _named(file)
    _unpack(file, folder)
    root = folder.resolve()
    for name in names:
        path = (root / name).resolve()
        if not path.is_relative_to(root) or not path.is_file():
            raise Unreadable(f"the package names a page that the archive does not have: {name}")
        yield _Page(file, name, path, "book")


def _named(file: Path) -> list[str]:
    """The pages that the package document of a book names, each once."""
    with opening.package(file) as archive:
        rootfile = archive.xml("META-INF/container.xml").find(".//{*}rootfile")
        package = "" if rootfile is None else str(rootfile.get("full-path", ""))
        if not package:
            raise Unreadable("META-INF/container.xml names no package document")
        items = [item for item in archive.xml(package).iter("{*}item") if item.get("media-type") in _SHOWN]
    base = posixpath.dirname(package)
    names = [posixpath.normpath(posixpath.join(base, unquote(str(item.get("href", ""))))) for item in items]
    if not names:
        raise Unreadable(f"{package} names no page")
    return list(dict.fromkeys(names))


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > _MOST:
                raise Unreadable(f"unpacks to {size} bytes, more than can be meant")
            archive.extractall(folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"cannot be unpacked: {error}") from error


def _applies(publication: Publication) -> Iterator[str]:
    return iter(publication.named({"html", "epub"}))


def _version(at: Places) -> str:
    return program_version(at.chromium, "--version")


CHROMIUM = OutsideJudge(JUDGE, look)

CHECK = Check(
    name=NAME,
    judge=JUDGE,
    claim="In light and dark, on paper, with forced colours, in a window of 320 pixels, with wide spacing and with "
    "letters of twice the size, all words are seen, in their order, whole and in strong contrast; the keyboard reaches "
    "every link in order and shows where it is; nothing moves, and links are large enough to hit and take clicks.",
    standards=("WCAG 2.2, level AA",),
    applies=_applies,
    run=CHROMIUM.run(NAME),
    version=_version,
)
