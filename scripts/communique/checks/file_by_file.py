"""Judging one file after another: what is remarked of each becomes its result, whatever happens to one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from communique.checks.check import Check, Target
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, Result, Severity
from communique.doctor import Places
from communique.version import VERSION


@dataclass(frozen=True)
class Remark:
    """An objection before it is known which check makes it of which file."""

    rule: str
    message: str
    location: str = ""
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Gap:
    """Why a part of the question has no answer, in one line; the verdict is then unchecked."""

    reason: str


Look = Callable[[Publication, str], Iterable[Remark | Gap]]
"""Everything that is to be said of one file of a publication."""


def judge_each(check: str, targets: Sequence[Target], look: Look) -> Iterator[Result]:
    """One result for each target, as soon as it is known."""
    for publication, name in targets:
        said = list(_said(look, publication, name))
        findings = tuple(
            Finding(each.severity, check, each.rule, name, each.location, _line(each.message))
            for each in said
            if isinstance(each, Remark)
        )
        unchecked = "; ".join(dict.fromkeys(_line(each.reason) for each in said if isinstance(each, Gap)))
        yield Result(check, publication.slug, name, findings, unchecked)


def check_by_file(
    name: str,
    claim: str,
    standards: tuple[str, ...],
    applies: Callable[[Publication], Iterable[str]],
    begin: Callable[[Places], Look],
) -> Check:
    """A check of our own that judges one file after another; `begin` gives the look of one run over many statements."""

    def run(targets: Sequence[Target], places: Places) -> Iterator[Result]:
        return judge_each(name, targets, begin(places))

    return Check(name, "Communique", claim, standards, applies, run, lambda _: VERSION)


def _said(look: Look, publication: Publication, name: str) -> Iterator[Remark | Gap]:
    """Every remark; a file that cannot be opened is a fault of the file, one that may not be read a gap."""
    said: set[Remark | Gap] = set()
    try:
        for each in look(publication, name):
            if each not in said:
                said.add(each)
                yield each
    except Unreadable as error:
        yield Remark("unreadable", str(error))
    except RecursionError:
        yield Gap("its parts lie too deep within each other to be read")
    except OSError as error:
        yield Gap(f"cannot be read: {error.strerror or error} (mend that and check again)")
    except Exception as error:  # What nobody foresaw of one file must not take the verdicts of the others.
        yield Gap(f"a bug: {type(error).__name__}: {error} (report it)")


def _line(text: str) -> str:
    """A message without line breaks, and of a length that fits a report."""
    line = " ".join(text.split())
    return line if len(line) <= 500 else f"{line[:499]}…"
