"""A report as a value: what was judged, by whom, and what was said; every text in it is safe to print."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from communique.checks.check import Check
from communique.checks.publication import MANIFEST, Output, Publication
from communique.checks.report.front import Certifier, Edition, certifier, editions
from communique.checks.report.wording import clean
from communique.checks.verdict import Finding, Result, Severity, Verdict


@dataclass(frozen=True)
class File:
    """A file as it lay there after it was judged: bytes, SHA-256 ("" where it cannot be read), media type or ""."""

    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True)
class Claim:
    """A check that had something to judge, and its results on this statement, in the order of the files."""

    check: str
    judge: str
    version: str
    text: str
    standards: tuple[str, ...]
    results: tuple[Result, ...]

    @property
    def verdict(self) -> Verdict:
        """A failure if there is one; else unchecked if anything is; a pass only if all is."""
        return combined(result.verdict for result in self.results)


@dataclass(frozen=True)
class Report:
    """Everything the reports on one statement say. `date` is "" but where SOURCE_DATE_EPOCH gives the day of the run.

    `manifest` is the SHA-256 of the manifest, "" if there is none. `idle` are checks that had nothing to judge.
    """

    slug: str
    editions: tuple[Edition, ...]
    outputs: tuple[Output, ...]
    manifest: str
    files: tuple[File, ...]
    claims: tuple[Claim, ...]
    idle: tuple[str, ...]
    certifier: Certifier | None
    date: str

    @cached_property
    def results(self) -> tuple[Result, ...]:
        """Every result, in the order of the checks and then of the files."""
        return tuple(result for claim in self.claims for result in claim.results)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, those of results without a verdict too."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def unchecked(self) -> tuple[Result, ...]:
        """The results that are no verdict."""
        return tuple(result for result in self.results if result.verdict is Verdict.UNCHECKED)

    @property
    def verdict(self) -> Verdict:
        """That of all results together."""
        return combined(result.verdict for result in self.results)

    def of(self, path: str) -> tuple[Result, ...]:
        """The results on one file."""
        return tuple(result for result in self.results if result.path == path)


def combined(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of many: failed, then unchecked; nothing at all is unchecked."""
    found = set(verdicts) or {Verdict.UNCHECKED}
    return next(verdict for verdict in (Verdict.FAILED, Verdict.UNCHECKED, Verdict.PASSED) if verdict in found)


def counts(results: Iterable[Result]) -> dict[Verdict, int]:
    """How many results there are of each verdict, passed first."""
    verdicts = [result.verdict for result in results]
    return {verdict: verdicts.count(verdict) for verdict in Verdict}


def grave(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings there are of each severity, errors first."""
    severities = [finding.severity for finding in findings]
    return {severity: severities.count(severity) for severity in Severity}


def compose(
    publication: Publication, results: Iterable[Result], versions: Mapping[str, str], checks: Mapping[str, Check]
) -> Report:
    """The report on a statement from the results of its checks and the versions of the judges."""
    made, idle = claims(results, versions, checks)
    types = _media_types(publication)
    return Report(
        slug=publication.slug,
        editions=tuple(_safe_edition(edition) for edition in editions(publication)),
        outputs=tuple(replace(output, name=clean(output.name)) for output in publication.outputs),
        manifest=_sha256(publication.path(MANIFEST)),
        files=tuple(_file(publication.path(name), name, types) for name in publication.files),
        claims=made,
        idle=idle,
        certifier=_safe_certifier(certifier(publication.master)),
        date=day(),
    )


def claims(
    results: Iterable[Result], versions: Mapping[str, str], checks: Mapping[str, Check]
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Every check that gave a result, with its results; and the names of those that had nothing to judge."""
    own = sorted((_safe(result) for result in results), key=lambda result: result.path)
    names = tuple(dict.fromkeys((*checks, *(result.check for result in own))))  # No result is lost for want of a row.
    said = {name: tuple(result for result in own if result.check == name) for name in names}
    made = tuple(_claim(name, checks.get(name), said[name], versions) for name in names if said[name])
    return made, tuple(name for name in checks if not said[name])


def _claim(name: str, check: Check | None, results: tuple[Result, ...], versions: Mapping[str, str]) -> Claim:
    version = clean(versions.get(name, ""))
    if check is None:
        return Claim(clean(name), "", version, "", (), results)
    return Claim(name, check.judge, version, check.claim, check.standards, results)


def _safe(result: Result) -> Result:
    findings = {
        replace(
            each,
            judge=clean(each.judge),
            rule=clean(each.rule),
            path=clean(each.path),
            location=clean(each.location),
            message=clean(each.message),
        )
        for each in result.findings
    }
    return replace(
        result,
        path=clean(result.path),
        unchecked=clean(result.unchecked),
        standards=tuple(map(clean, result.standards)),
        findings=tuple(sorted(findings)),
    )


def _safe_edition(edition: Edition) -> Edition:
    return Edition(clean(edition.language), clean(edition.title), clean(edition.date))


def _safe_certifier(named: Certifier | None) -> Certifier | None:
    if named is None or not named.name.strip():
        return None
    return Certifier(clean(named.name), clean(named.credential), clean(named.report), clean(named.date))


def _file(path: Path, name: str, types: Mapping[str, str]) -> File:
    sha256 = _sha256(path)
    return File(clean(name), path.stat().st_size if sha256 else 0, sha256, clean(types.get(name, "")))


def _sha256(path: Path) -> str:
    """The digest of a file; "" where there is no plain file that can be read."""
    try:
        if path.is_file():
            with path.open("rb") as content:
                return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError:
        pass
    return ""


def _media_types(publication: Publication) -> dict[str, str]:
    """What the manifest says that each file is; nothing where it cannot be read, which is for its check to say."""
    try:
        listed = json.loads(publication.path(MANIFEST).read_bytes())["files"]
        return {str(each["name"]): str(each["mediaType"]) for each in listed}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}


def day() -> str:
    """The day that SOURCE_DATE_EPOCH names, as ISO 8601; "" without it, for a report has no clock."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
