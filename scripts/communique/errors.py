"""The failures of a run: each class carries its exit code; the message says where, what and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CommuniqueError(Exception):
    """A failure that is reported in plain lines; `exit_code` is what the shell gets."""

    exit_code = 70

    def lines(self) -> tuple[str, ...]:
        """The report, one complete line per fault."""
        return (str(self),)


class UsageError(CommuniqueError):
    """The command line asks for something that does not exist."""

    exit_code = 2


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of a master. `line` counts from 1; 0 means the file as a whole. `key` is a dotted path."""

    path: str
    line: int
    key: str
    found: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        subject = f"{self.key}: " if self.key else ""
        return f"{place}: {subject}{self.found} ({self.remedy})"


class MasterError(CommuniqueError):
    """The master is wrong; `problems` holds every fault found, in file order."""

    exit_code = 3

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(self.lines()))

    def lines(self) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.problems)


class ToolMissing(CommuniqueError):
    """A program or library that the job needs is not installed."""

    exit_code = 4


class ToolFailed(CommuniqueError):
    """A program ran and did not do its work, or the system refused to."""

    exit_code = 5
