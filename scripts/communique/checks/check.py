"""A check as a value, and running many of them over many statements on both cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from communique.checks.judges import program
from communique.checks.publication import Publication
from communique.checks.verdict import NoVerdict, Result
from communique.doctor import Places

Target = tuple[Publication, str]
"""A statement and the name of one of its files; "" for the statement as a whole."""
Report = Callable[[str], None]
"""Is told the name of a check and a file as soon as there is a verdict."""
_PARTING = 5
"""Seconds that checks are given after Ctrl-C to clear away what they made."""


@dataclass(frozen=True)
class Check:
    """One judge and what it is asked.

    `claim` says in plain words what a pass means, and `standards` which standards it speaks of. `applies` gives the
    names of the files of a publication that must get a verdict. `run` judges all targets of a run at once and yields
    one result for each; it raises NoVerdict where the judge as a whole has failed. `version` is that of the judge, ""
    if it is missing.
    """

    name: str
    judge: str
    claim: str
    standards: tuple[str, ...]
    applies: Callable[[Publication], Iterable[str]]
    run: Callable[[Sequence[Target], Places], Iterable[Result]]
    version: Callable[[Places], str]


def judge(checks: Mapping[str, Check], publications: Sequence[Publication], at: Places, report: Report) -> list[Result]:
    """The results of every check on every file that it applies to: exactly one each, in the order of the checks.

    What a judge does not speak of, for whatever reason, is unchecked.
    """
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    runs = [pool.submit(_run, check, publications, at, report) for check in checks.values()]
    try:
        return [result for run in runs for result in run.result()]
    except KeyboardInterrupt:
        program.stop()
        pool.shutdown(wait=False, cancel_futures=True)
        wait(runs, _PARTING)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def targets(check: Check, publications: Iterable[Publication]) -> list[Target]:
    """The files that a check must judge."""
    return [(publication, name) for publication in publications for name in check.applies(publication)]


def _run(check: Check, publications: Sequence[Publication], at: Places, report: Report) -> list[Result]:
    wanted = targets(check, publications)
    said: dict[tuple[str, str], Result] = {}
    silence = "the judge said nothing of this file (report this as a bug)"
    try:
        if wanted:
            for result in check.run(wanted, at):
                if (result.slug, result.path) in said:
                    raise ValueError(f"two verdicts on {result.path or result.slug}")
                said[result.slug, result.path] = result
                report(f"{check.name} {result.path or result.slug}")
    except NoVerdict as error:
        silence = str(error)
    except Exception as error:  # A check that breaks must not look like one that passed, nor stop the others.
        silence = f"a bug: {type(error).__name__}: {' '.join(str(error).split())} (report it)"
    return list(_complete(check, wanted, said, silence))


def _complete(check: Check, wanted: list[Target], said: Mapping[tuple[str, str], Result], why: str) -> Iterator[Result]:
    for publication, name in wanted:
        yield said.get((publication.slug, name)) or Result(check.name, publication.slug, name, unchecked=why)
