"""The Open XML SDK judges each Word file against the schemas of its format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, agreed, in_pairs, reading
from communique.checks.judges.program import Program, Run, last_line, lines, time_for
from communique.checks.verdict import Finding, NoVerdict, Severity
from communique.doctor import Places

_JUDGE = "Open XML SDK"


def _one(file: Path, at: Places) -> Judged:
    run = Run()
    printed = "\n".join(lines(Program(_JUDGE, (at.ooxml, file), codes={0}, seconds=time_for(1)), run))
    if not printed.strip():
        raise NoVerdict(f"{_JUDGE}: exit code {run.code}: {last_line(run.errors)}")
    with reading(_JUDGE):
        report = json.loads(printed)
        if report["file"] != str(file) or report["ok"] not in {True, False}:
            raise ValueError(f"it is about {report['file']}")
        return agreed(Judged(file, tuple(_finding(file, error) for error in report["errors"])), _JUDGE, report["ok"])


def _finding(file: Path, error: dict[str, Any]) -> Finding:
    place = f"{error['path'] or ''}:{error['xPath'] or ''}".strip(":")
    return Finding(Severity.ERROR, _JUDGE, error["id"] or error["errorType"], str(file), place, error["description"])


JUDGE = OutsideJudge(_JUDGE, in_pairs(_one))
CHECK = Check(
    name="ooxml",
    judge=_JUDGE,
    claim="The Word file follows the schemas of its format, so that Word opens it without offering to repair it.",
    standards=("Office Open XML (ISO/IEC 29500)",),
    applies=lambda publication: publication.named({"docx"}),
    run=JUDGE.run("ooxml"),
    version=doctor.VERSIONS["Open XML SDK validator"],
)
