"""axe-core judges each web page in a real browser, as it looks in several conditions: one browser for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, reading
from communique.checks.judges.program import Program, lines, located, time_for
from communique.checks.verdict import Finding, Severity
from communique.doctor import SCRIPTS, Places

CONDITIONS = ("light", "dark", "print", "narrow")
"""How axe looks at a page: in a wide window, the same in dark mode, as printed, and 320 px wide."""

_JUDGE = "axe"


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    script = SCRIPTS / "judges" / "axe.mjs"
    command: tuple[str | Path, ...] = (located(_JUDGE, at.node), script, located(_JUDGE, at.chromium), *files)
    for line in lines(Program(_JUDGE, command, codes={0}, seconds=time_for(len(files)))):
        with reading(_JUDGE):
            judged = _judged(json.loads(line))
        yield judged


def _judged(said: dict[str, Any]) -> Judged:
    file = Path(said["file"])
    if "error" in said:
        return Judged(file, unchecked=f"{_JUDGE}: {file}: {said['error'].strip()}")
    verdicts = {verdict["condition"]: verdict for verdict in said["verdicts"]}
    for condition in CONDITIONS:
        if not verdicts[condition]["passes"]:
            return Judged(file, unchecked=f"{_JUDGE}: {file}: {condition}: not one rule was applied")
    return Judged(file, tuple(_findings(file, verdicts)))


def _findings(file: Path, verdicts: Mapping[str, dict[str, Any]]) -> Iterator[Finding]:
    """One finding for each problem, with the conditions under which it was seen."""
    seen: dict[tuple[str, ...], list[str]] = {}
    for condition in CONDITIONS:
        for each in verdicts[condition]["problems"]:
            message = each["message"] if each["decided"] else f"not decided, a human must look: {each['message']}"
            severity = Severity.ERROR if each["decided"] else Severity.WARNING
            seen.setdefault((severity, each["rule"], each["target"], message), []).append(condition)
    for (grade, rule, target, message), conditions in seen.items():
        location = f"{', '.join(dict.fromkeys(conditions))}: {target}"
        yield Finding(Severity(grade), _JUDGE, rule, str(file), location, message)


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="axe",
    judge="axe-core",
    claim="The web page has none of the barriers that a program can find: in light and dark, printed, on a telephone.",
    standards=("WCAG 2.2 A and AA",),
    applies=lambda publication: publication.named({"html"}),
    run=JUDGE.run("axe"),
    version=doctor.VERSIONS["axe-core"],
)
