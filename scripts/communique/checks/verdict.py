"""What a check can say of a file: findings, a pass, or that nothing was checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error breaks a MUST of its standard, a warning a SHOULD (RFC 2119)."""

    ERROR = "error"
    WARNING = "warning"


class Verdict(StrEnum):
    """The outcome of one check on one file. Only `PASSED` is a pass."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, order=True)
class Finding:
    """One objection. `rule` is the judge's own id; `path` is relative to the statement's output folder.

    `location` is a place inside the file, such as "EPUB/text.xhtml:12" or "page 2", and "" where there is none.
    """

    severity: Severity
    judge: str
    rule: str
    path: str
    location: str
    message: str


@dataclass(frozen=True)
class Result:
    """What one check says of one file of one statement; `path` is "" where it speaks of the statement as a whole.

    `unchecked` is the reason, in one line, why there is no verdict; "" where there is one. `standards` are those the
    verdict speaks of where they depend on the file, such as "PDF/UA-1 (ISO 14289-1)"; else those of the check hold.
    """

    check: str
    slug: str
    path: str
    findings: tuple[Finding, ...] = ()
    unchecked: str = ""
    standards: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """`UNCHECKED` goes before `FAILED`: findings of a judge that broke off are not all there is."""
        if self.unchecked:
            return Verdict.UNCHECKED
        return Verdict.FAILED if self.findings else Verdict.PASSED


class NoVerdict(Exception):
    """A judge is missing, crashed or said something unreadable; the message is one line: which, why, what to do."""
