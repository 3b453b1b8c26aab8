"""From verdicts to standards: what is met as far as programs can tell, by whose word, and what is left to a human."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from communique.checks.publication import Output, Publication
from communique.checks.report.facts import FACTS, present
from communique.checks.report.model import Claim, Report
from communique.checks.report.wording import count
from communique.checks.verdict import Finding, Result, Severity, Verdict

_HERE = Path(__file__).parent
KINDS = {"html": ("html",), "epub": ("epub",), "pdf": ("pdf", "large"), "docx": ("docx",)}
"""The kinds of files that WCAG is asked of, and the formats each has; the press edition is for paper alone."""
_WHOLE = ("statement", "record")
"""Rows of the table of standards that speak of no output but of the statement, or of the records of it."""


class Outcome(StrEnum):
    """What can be said of a standard or a criterion. Only `MET` says that nothing is left to ask."""

    MET = "met"
    CLEAN = "no violation found"
    NOT_MET = "not met"
    OPEN = "not determined"
    UNTESTED = "not tested by a program"
    ABSENT = "not applicable"


@dataclass(frozen=True)
class Standing:
    """Where the files of one format stand with one standard. `why` says what is not met or open, "" else."""

    standard: str
    formats: tuple[str, ...]
    files: tuple[str, ...]
    outcome: Outcome
    why: str
    judges: tuple[Claim, ...]
    human: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What can be said of one criterion for one kind of file, by which checks, and why."""

    kind: str
    outcome: Outcome
    checks: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Criterion:
    """A success criterion of WCAG 2.2 with an answer for each kind of file that there is."""

    number: str
    name: str
    level: str
    answers: tuple[Answer, ...]
    human: str


@cache
def table(name: str) -> Any:
    """One of the tables beside this module: "wcag", "standards" or "rules"."""
    return yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def standings(report: Report) -> tuple[Standing, ...]:
    """Where the statement stands with each standard that its files are held to, in the order of the table."""
    claims = {claim.check: claim for claim in report.claims}
    rows = (_standing(row, report, claims) for row in table("standards"))
    return tuple(row for row in rows if row is not None)


def _standing(row: Mapping[str, Any], report: Report, claims: Mapping[str, Claim]) -> Standing | None:
    whole = row["formats"][0] in _WHOLE
    files = tuple(output.name for output in report.outputs if _held(row, output))
    judges = tuple(claims[name] for name in row["checks"] if name in claims)
    first = row["checks"][0]
    if not (first in claims if whole else files):
        return None
    results = {
        claim.check: [result for result in claim.results if whole or result.path in {*files, ""}] for claim in judges
    }
    unjudged = [] if whole else [name for name in files if not _judged(results.get(first, ()), name)]
    bearing = [_bearing(result, row.get("key", "")) for each in results.values() for result in each]
    outcome, why = _weighed(bearing, unjudged, first)
    if outcome is Outcome.MET and "key" in row and (strange := _otherwise(row["key"], claims[first], files)):
        outcome, why = Outcome.OPEN, f"{claims[first].judge} was not asked about this standard in {', '.join(strange)}"
    if outcome is Outcome.MET and row["human"]:
        outcome = Outcome.CLEAN
    spoken = tuple(claim for claim in judges if results[claim.check])
    return Standing(row["name"], tuple(row["formats"]), files, outcome, why, spoken, tuple(row["human"]))


def _bearing(result: Result, key: str) -> Result:
    """A result without the findings on another standard: veraPDF judges two at once, and names which it speaks of."""
    own = tuple(each for each in result.findings if not each.message.startswith("PDF/") or each.message.startswith(key))
    return replace(result, findings=own) if key else result


def _held(row: Mapping[str, Any], output: Output) -> bool:
    return output.format in row["formats"] and output.profile in row.get("profiles", (output.profile,))


def _judged(results: Iterable[Result], name: str) -> bool:
    return any(result.path in {name, ""} for result in results)


def _weighed(results: Sequence[Result], unjudged: Sequence[str], first: str) -> tuple[Outcome, str]:
    """The outcome of all results that bear on a standard. What is unchecked goes before what was found."""
    unchecked = [result for result in results if result.verdict is Verdict.UNCHECKED]
    found = [finding for result in results for finding in result.findings]
    if unjudged:
        return Outcome.OPEN, f"there is no verdict of the check “{first}” on {', '.join(unjudged)}"
    if unchecked:
        return Outcome.OPEN, "; ".join(dict.fromkeys(result.unchecked for result in unchecked))
    if any(finding.severity is Severity.ERROR for finding in found):
        return Outcome.NOT_MET, f"{count(len(found), 'finding')} of {_names(results)}"
    if found:
        return (
            Outcome.OPEN,
            f"{count(len(found), 'recommendation is', 'recommendations are')} not followed, says {_names(results)}",
        )
    return Outcome.MET, ""


def _names(results: Iterable[Result]) -> str:
    return ", ".join(dict.fromkeys(result.check for result in results if result.findings))


def _otherwise(key: str, claim: Claim, files: Sequence[str]) -> list[str]:
    """The files whose verdict does not name the standard."""
    named = {
        result.path: any(standard.startswith(key) for standard in result.standards or claim.standards)
        for result in claim.results
    }
    return [name for name in files if not named.get(name, False)]


def criteria(report: Report, publication: Publication) -> tuple[Criterion, ...]:
    """The 55 success criteria of levels A and AA, with what can be said of each kind of file."""
    kinds = {kind: formats for kind, formats in KINDS.items() if _files(report, formats)}
    facts = {kind: present(publication, formats) for kind, formats in kinds.items()}
    return tuple(
        Criterion(
            row["number"],
            row["name"],
            row["level"],
            tuple(_answer(row, kind, report, facts[kind]) for kind in kinds),
            row["human"],
        )
        for row in table("wcag")
    )


def _files(report: Report, formats: Sequence[str]) -> set[str]:
    return {output.name for output in report.outputs if output.format in formats}


def _answer(row: Mapping[str, Any], kind: str, report: Report, facts: frozenset[str] | None) -> Answer:
    absent = row.get("absent")
    if absent and facts is not None and absent not in facts:
        return Answer(kind, Outcome.ABSENT, (), f"there are no {FACTS[absent]}")
    files = _files(report, KINDS[kind])
    tests = [result for result in report.results if result.check in row.get("by", ()) and result.path in files]
    checks = tuple(dict.fromkeys(result.check for result in tests))
    if not tests:
        return Answer(kind, Outcome.UNTESTED, (), "")
    return Answer(kind, *_told(row["number"], tests, checks, files))


def _told(
    number: str, tests: Sequence[Result], checks: tuple[str, ...], files: set[str]
) -> tuple[Outcome, tuple[str, ...], str]:
    against = [
        finding for result in tests for finding in result.findings if number in (_concerns(result, finding) or ())
    ]
    if against:
        return Outcome.NOT_MET, checks, f"{count(len(against), 'finding')}, first: {against[0].message}"
    open_checks = [result.check for result in tests if result.verdict is Verdict.UNCHECKED]
    if open_checks:
        return Outcome.OPEN, checks, f"{', '.join(dict.fromkeys(open_checks))} gave no verdict"
    vague = [result.check for result in tests if any(_concerns(result, each) is None for each in result.findings)]
    if vague:
        return Outcome.OPEN, checks, f"findings of {', '.join(dict.fromkeys(vague))} may speak against it"
    unjudged = [each for each in checks if {r.path for r in tests if r.check == each} < files]
    part = f"{', '.join(unjudged)} judged only some of the files" if len(unjudged) == len(checks) else ""
    return Outcome.CLEAN, checks, part


def _concerns(result: Result, finding: Finding) -> set[str] | None:
    """The criteria that a finding speaks against; None where the table of rules does not know."""
    known = table("rules").get(result.check, {}).get(finding.rule)
    return None if known is None else set(known)


def mentioned() -> set[str]:
    """Every check that a standard or a criterion asks for."""
    rows: Iterator[Iterable[str]] = (row.get(key, ()) for name, key in _ASKED for row in table(name))
    return {check for row in rows for check in row}


_ASKED = (("standards", "checks"), ("wcag", "by"))
