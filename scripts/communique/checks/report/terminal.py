"""What the terminal shows: a table of the checks, then a line for each finding and for whatever was not checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from communique.checks.publication import Publication
from communique.checks.report.wording import clean, count
from communique.checks.verdict import Finding, Result, Severity, Verdict

_MOST = 50
"""Findings of one check on one file that are printed; the reports have all."""
_STYLES = {Verdict.PASSED: "green", Verdict.FAILED: "bold red", Verdict.UNCHECKED: "bold yellow"}


class Judged(Protocol):
    """A statement and what was said of it."""

    @property
    def publication(self) -> Publication:
        """The statement."""

    @property
    def results(self) -> Sequence[Result]:
        """Every result on it."""


def terminal(publication: Publication, results: Sequence[Result]) -> str:
    """The table and the lines: drawn and coloured for a terminal (not with NO_COLOR), bare lines for a pipe."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    with console.capture() as capture:
        if console.is_terminal:
            console.print(_table(publication.slug, results))
        else:
            for line in _rows(publication.slug, results):
                console.print(Text(line), soft_wrap=True)
        for verdict, line in lines(publication, results):
            console.print(Text(line, style=_STYLES[verdict] if console.is_terminal else ""), soft_wrap=True)
    return capture.get().rstrip("\n")


def summary(outcomes: Iterable[Judged]) -> str:
    """The last line: how many statements, files and verdicts there were, and how these fell out."""
    judged = list(outcomes)
    results = [result for outcome in judged for result in outcome.results]
    files = sum(len(outcome.publication.files) for outcome in judged)
    subject = f"{count(len(judged), 'statement')}, {count(files, 'file')}, {count(len(results), 'verdict')}"
    return f"{subject}: {', '.join(f'{_number(results, verdict)} {verdict}' for verdict in Verdict)}"


def lines(publication: Publication, results: Iterable[Result]) -> Iterator[tuple[Verdict, str]]:
    """A line for each finding, and one for each reason why something was not checked."""
    place = publication.folder.as_posix()
    reasons: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for finding in result.findings[:_MOST]:
            yield Verdict.FAILED, finding_line(place, finding)
        if (more := len(result.findings) - _MOST) > 0:
            where = clean("/".join(filter(None, (place, result.path))))
            yield Verdict.FAILED, f"{where}: {more} more of {result.check} in check/check.html"
        if result.unchecked:
            reasons.setdefault((result.check, result.unchecked), []).append(result.path)
    for (check, reason), paths in reasons.items():
        where = f"{place}/{paths[0]}" if len(paths) == 1 and paths[0] else place
        many = f" {len(paths)} files" if len(paths) > 1 else ""
        yield Verdict.UNCHECKED, f"{clean(where)}: UNCHECKED{many}: {clean(reason)} ({check})"


def finding_line(place: str, finding: Finding) -> str:
    """A finding in one line: where, what, and by whose rule."""
    where = clean("/".join(filter(None, (place, finding.path))))
    location = f"{clean(finding.location)}: " if finding.location else ""
    grade = ", warning" if finding.severity is Severity.WARNING else ""
    return f"{where}: {location}{clean(finding.message)} ({clean(finding.judge)} {clean(finding.rule)}{grade})"


def _number(results: Iterable[Result], verdict: Verdict) -> int:
    return sum(result.verdict is verdict for result in results)


def _tally(results: Sequence[Result]) -> dict[str, dict[Verdict, int]]:
    """How often each check passed, failed and gave no verdict, in the order in which the checks come."""
    names = dict.fromkeys(result.check for result in results)
    own = {name: [result for result in results if result.check == name] for name in names}
    return {name: {verdict: _number(own[name], verdict) for verdict in Verdict} for name in names}


def _rows(slug: str, results: Sequence[Result]) -> Iterator[str]:
    if not results:
        yield f"{slug}: nothing was checked"
    for name, numbers in _tally(results).items():
        told = ", ".join(f"{number} {verdict}" for verdict, number in numbers.items() if number)
        yield f"{slug}: {name}: {told}"


def _table(slug: str, results: Sequence[Result]) -> object:
    from rich import box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=Text(slug), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("check")
    for verdict in Verdict:
        table.add_column(str(verdict), justify="right")
    for name, numbers in _tally(results).items():
        cells = (Text(str(number or ""), style=_STYLES[verdict]) for verdict, number in numbers.items())
        table.add_row(Text(name), *cells)
    return table
