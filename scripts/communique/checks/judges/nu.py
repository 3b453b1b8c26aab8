"""The Nu HTML Checker judges each web page against the HTML standard."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import BrokeAt, Judged, OutsideJudge, reading
from communique.checks.judges.program import BRIEF_JAVA, Program, Run, last_line, lines, located, time_for
from communique.checks.verdict import Finding, NoVerdict, Severity
from communique.doctor import Places

_JUDGE = "Nu"
_BROKEN = "non-document-error"


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    """It writes one report when it has read all files, and names each as it begins to read it."""
    jar = at.modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    options = ("--format", "json", "--stdout", "--verbose")
    command: tuple[str | Path, ...] = (located(_JUDGE, at.java), *BRIEF_JAVA, "-jar", jar, *options, *files)
    run = Run()
    try:
        printed = "\n".join(lines(Program(_JUDGE, command, codes={0, 1}, seconds=time_for(len(files))), run))
    except NoVerdict as error:
        begun = [file for file in files if str(file) in run.errors]
        raise BrokeAt(str(error), begun[-1]) if begun else error from error
    if not printed.strip():
        raise NoVerdict(f"{_JUDGE}: exit code {run.code}: {last_line(run.errors)}")
    with reading(_JUDGE):
        messages = json.loads(printed)["messages"]
        judged = [_judged(file, [each for each in messages if _file(each) == str(file)], run) for file in files]
        strangers = {_file(each) for each in messages} - {str(file) for file in files}
    if strangers:
        raise NoVerdict(f"{_JUDGE}: speaks of {min(strangers)}, of which it was not asked")
    grave = any(each.unchecked or _grave(each) for each in judged)
    if (run.code == 1) != grave:
        raise NoVerdict(f"{_JUDGE}: exit code {run.code} does not go with its verdicts (make judges)")
    yield from judged


def _judged(file: Path, messages: list[dict[str, Any]], run: Run) -> Judged:
    if str(file) not in run.errors:
        return Judged(file, unchecked=f"{_JUDGE}: says nothing of {file}")
    broken = [str(each["message"]) for each in messages if each["type"] == _BROKEN]
    if broken:
        return Judged(file, unchecked=f"{_JUDGE}: {file}: {' '.join(broken[0].split())}")
    return Judged(file, tuple(found for each in messages if (found := _finding(file, each))))


def _file(message: dict[str, Any]) -> str:
    return unquote(urlsplit(message["url"]).path)


def _finding(file: Path, message: dict[str, Any]) -> Finding | None:
    """A finding, unless it is a mere remark. It has no rule ids: the rule is "error" or "warning"."""
    kind = message.get("subType", message["type"])
    if kind not in {"error", "fatal", "warning"}:
        return None
    place = ":".join(str(message[each]) for each in ("lastLine", "lastColumn") if each in message)
    severity = Severity.WARNING if kind == "warning" else Severity.ERROR
    return Finding(severity, _JUDGE, kind, str(file), place, message["message"])


def _grave(judged: Judged) -> bool:
    return any(each.severity == Severity.ERROR for each in judged.findings)


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="nu",
    judge="Nu HTML Checker",
    claim="The web page follows the HTML standard, so that every browser reads it the same way.",
    standards=("HTML Living Standard",),
    applies=lambda publication: publication.named({"html"}),
    run=JUDGE.run("nu"),
    version=doctor.VERSIONS["Nu HTML Checker"],
)
