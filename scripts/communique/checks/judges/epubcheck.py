"""EPUBCheck judges each EPUB against EPUB 3: one Java for all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge, reading
from communique.checks.judges.program import BRIEF_JAVA, Program, Run, last_line, lines, located, time_for
from communique.checks.verdict import Finding, Severity
from communique.doctor import SCRIPTS, Places

_JUDGE = "EPUBCheck"
_GRAVE = {"FATAL", "ERROR"}


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    source = SCRIPTS / "judges" / "EpubChecks.java"
    command: tuple[str | Path, ...] = (located(_JUDGE, at.java), *BRIEF_JAVA, "-cp", at.epubcheck, source, *files)
    run = Run()
    for line in lines(Program(_JUDGE, command, codes={0}, seconds=time_for(len(files))), run):
        with reading(_JUDGE):
            said = json.loads(line)
            judged = _judged(files[int(said["number"])], said["code"], said["report"], run)
        yield judged


def _judged(file: Path, code: int, report: dict[str, Any] | None, run: Run) -> Judged:
    if report is None:
        return Judged(file, unchecked=f"{_JUDGE}: {file}: no report: {last_line(run.errors)}")
    grave = report["checker"]["nFatal"] + report["checker"]["nError"]
    about = report["checker"]["filename"]
    found = tuple(
        Finding(
            Severity.ERROR if message["severity"] in _GRAVE else Severity.WARNING,
            *(_JUDGE, message["ID"], str(file), _place(file, message["locations"]), message["message"]),
        )
        for message in report["messages"]
    )
    counted = sum(each.severity == Severity.ERROR for each in found)
    if about != file.name or (code == 0) != (grave == 0) or (counted == 0) != (grave == 0):
        why = f"exit code {code}, {grave} errors counted and {counted} named in {about}"
        return Judged(file, unchecked=f"{_JUDGE}: {file}: {why}")
    return Judged(file, found)


def _place(file: Path, locations: list[dict[str, Any]]) -> str:
    """Where in a book a message is at home; it names the book itself for what is wrong with the whole."""
    if not locations or locations[0]["path"].endswith(file.name):
        return ""
    path, line = locations[0]["path"], locations[0]["line"]
    return f"{path}:{line}" if line > 0 else str(path)


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="epubcheck",
    judge=_JUDGE,
    claim="The EPUB follows every rule of its format that a program can test, so that reading systems can open it.",
    standards=("EPUB 3.3",),
    applies=lambda publication: publication.named({"epub"}),
    run=JUDGE.run("epubcheck"),
    version=doctor.VERSIONS[_JUDGE],
)
