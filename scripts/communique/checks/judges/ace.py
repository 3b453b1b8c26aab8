"""Ace by DAISY judges the accessibility of each EPUB: one browser for all of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, agreed, reading
from communique.checks.judges.program import Program, lines, located, time_for
from communique.checks.verdict import Finding, Severity
from communique.doctor import SCRIPTS, Places

_JUDGE = "Ace"
_GRAVE = {"critical", "serious"}


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    with tempfile.TemporaryDirectory(prefix="ace-", ignore_cleanup_errors=True) as folder:
        program = Program(
            _JUDGE,
            (located(_JUDGE, at.node), SCRIPTS / "judges" / "ace.cjs", folder, *files),
            codes={0},
            seconds=time_for(len(files)),
            settings={"PUPPETEER_EXECUTABLE_PATH": located(_JUDGE, at.chromium)},
        )
        for line in lines(program):
            with reading(_JUDGE):
                judged = _judged(json.loads(line))
            yield judged


def _judged(said: dict[str, Any]) -> Judged:
    file = Path(said["file"])
    if "error" in said:
        return Judged(file, unchecked=f"{_JUDGE}: {file}: {said['error'].strip() or 'no reason given'}")
    found = tuple(
        Finding(
            Severity.ERROR if each["impact"] in _GRAVE else Severity.WARNING,
            *(_JUDGE, each["rule"], str(file), each["place"], each["message"]),
        )
        for each in said["violations"]
    )
    if said["outcome"] not in {"pass", "fail"}:
        raise ValueError(f"the outcome is {said['outcome']!r}")
    return agreed(Judged(file, found), _JUDGE, said["outcome"] == "pass")


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="ace",
    judge=_JUDGE,
    claim="The EPUB has none of the barriers that a program can find, and says of itself how accessible it is.",
    standards=("EPUB Accessibility 1.1", "WCAG 2.2 A and AA"),
    applies=lambda publication: publication.named({"epub"}),
    run=JUDGE.run("ace"),
    version=doctor.VERSIONS[_JUDGE],
)
