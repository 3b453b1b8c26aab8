"""qpdf judges the syntax of each PDF: every object, the cross-reference table, and every compressed stream."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, agreed, in_pairs
from communique.checks.judges.program import Program, Run, last_line, lines, located, time_for
from communique.checks.verdict import Finding, NoVerdict, Severity
from communique.doctor import Places

_JUDGE = "qpdf"
_SOUND, _BROKEN, _DAMAGED = 0, 2, 3
_SOUNDNESS = "No syntax or stream encoding errors found"
_SAID = re.compile(r"(?P<kind>WARNING|ERROR|qpdf): (?P<text>.*)")
_PLACE = re.compile(r"\((?P<place>[^()]*)\): (?P<message>.*)")


def _one(file: Path, at: Places) -> Judged:
    run = Run()
    command = (located(_JUDGE, at.qpdf), "--check", file)
    printed = list(lines(Program(_JUDGE, command, {_SOUND, _BROKEN, _DAMAGED}, time_for(1)), run))
    found = tuple(_findings(file, list(run.errors)))
    named = f"checking {file}" in printed
    sound = run.code == _SOUND and named and any(line.startswith(_SOUNDNESS) for line in printed)
    if not sound and not found:
        raise NoVerdict(f"{_JUDGE}: exit code {run.code}: {last_line((*printed, *run.errors))} (make judges)")
    return agreed(Judged(file, found), _JUDGE, sound)


def _findings(file: Path, said: list[str]) -> Iterator[Finding]:
    """What it complains of: what it could mend in reading is a warning, "qpdf: FILE" begins what it could not."""
    for line in said:
        match = _SAID.fullmatch(line)
        if match is None or (match["kind"] == "qpdf" and str(file) not in line):
            continue
        text = match["text"].replace(str(file), "").strip(": ")
        place = _PLACE.fullmatch(text)
        severity = Severity.WARNING if match["kind"] == "WARNING" else Severity.ERROR
        where, what = (place["place"], place["message"]) if place else ("", text)
        yield Finding(severity, _JUDGE, severity.value, str(file), where, what)


JUDGE = OutsideJudge(_JUDGE, in_pairs(_one))
CHECK = Check(
    name="qpdf",
    judge=_JUDGE,
    claim="The PDF is whole: nothing in it is damaged or cut off, and no reader has to guess or repair.",
    standards=("PDF (ISO 32000)",),
    applies=lambda publication: publication.named({"pdf", "large", "print"}),
    run=JUDGE.run("qpdf"),
    version=doctor.VERSIONS[_JUDGE],
)
