"""The outside judges, each started once for many files where it can; what they object to comes back as findings.

No verdict is never a pass: a judge that is missing, crashes or says nothing readable of a file raises JudgeFailed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from communique.doctor import SCRIPTS, Places, places

HERE = places()
CONDITIONS = ("light", "dark", "print", "narrow")
"""How axe looks at a page: in a wide window, the same in dark mode, as printed, and 320 px wide."""

# A JVM that lives for seconds is quicker without its optimizing compiler; the plainer code needs a deeper stack.
_BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss16m")
# Without it LibreOffice opens a file that is no package as plain text, and is content.
_AS_WORD = "--infilter=MS Word 2007 XML"
_PATIENCE = 600
"""Seconds after which a judge counts as hung."""


@dataclass(frozen=True)
class Finding:
    """One objection. `rule` is the judge's own id; `location` is a place inside the file, "" if it gives none."""

    judge: str
    rule: str
    path: Path
    location: str
    message: str


Findings = tuple[Finding, ...]


class JudgeFailed(Exception):
    """A judge gave no verdict; the message says in one line which and why."""


def verapdf(files: Sequence[Path], flavour: str, at: Places = HERE) -> Findings:
    """What veraPDF objects to under a built-in profile, such as "2a" (PDF/A-2a) or "ua1" (PDF/UA-1)."""
    judge = f"veraPDF {flavour}"
    names = _absolute(judge, files)
    program = (at.java, "-cp", f"{at.verapdf}/*", "org.verapdf.apps.GreenfieldCliWrapper")
    said = _run(judge, *program, "--flavour", flavour, "--format", "json", *names, codes={0, 1, 7})
    with _reading(judge):
        jobs = {job["itemDetails"]["name"]: job for job in _printed(judge, said)["report"]["jobs"]}
        findings = [finding for name in names for finding in _verapdf_findings(judge, Path(name), jobs[name])]
    return _agreed(judge, said.returncode == 0, findings)


def _verapdf_findings(judge: str, path: Path, job: dict[str, Any]) -> Findings:
    if "taskException" in job:
        raise JudgeFailed(f"{judge}: {path}: {job['taskException']['exceptionMessage']}")
    (verdict,) = job["validationResult"]
    if verdict["jobEndStatus"] != "normal":
        raise JudgeFailed(f"{judge}: {path}: ended as {verdict['jobEndStatus']}")
    findings = [
        Finding(judge, f"{rule['clause']}-{rule['testNumber']}", path, check["context"], check["errorMessage"])
        for rule in verdict["details"].get("ruleSummaries", [])
        for check in rule["checks"]
    ]
    return _agreed(f"{judge}: {path}", verdict["compliant"] is True, findings)


def epubcheck(files: Sequence[Path], at: Places = HERE) -> Findings:
    """What EPUBCheck reports, from information to fatal errors."""
    return _each("EPUBCheck", files, lambda name: _epubcheck_one("EPUBCheck", name, at))


def _epubcheck_one(judge: str, name: str, at: Places) -> Findings:
    said = _run(judge, at.java, *_BRIEF, "-jar", at.epubcheck, name, "--quiet", "--json", "-", codes={0, 1})
    with _reading(judge):
        report = _printed(judge, said)
        errors = report["checker"]["nFatal"] + report["checker"]["nError"]
        findings = tuple(
            Finding(judge, message["ID"], Path(name), _epub_place(message["locations"]), message["message"])
            for message in report["messages"]
        )
        about = report["checker"]["filename"]
    if about != Path(name).name or (said.returncode == 0) != (errors == 0) or errors > len(findings):
        raise JudgeFailed(f"{judge}: {name}: exit code {said.returncode}, {errors} errors counted in {about}")
    return findings


def _epub_place(locations: list[dict[str, Any]]) -> str:
    return f"{locations[0]['path']}:{locations[0]['line']}" if locations else ""


def ace(files: Sequence[Path], at: Places = HERE) -> Findings:
    """What Ace by DAISY objects to in EPUBs."""
    return _each("Ace", files, lambda name: _ace_one("Ace", name, at))


def _ace_one(judge: str, name: str, at: Places) -> Findings:
    program = (at.node, at.modules / "@daisy" / "ace-cli" / "bin" / "ace.js")
    with tempfile.TemporaryDirectory(prefix="ace-") as out:
        chromium = {"PUPPETEER_EXECUTABLE_PATH": _located(judge, at.chromium)}
        said = _run(judge, *program, "-E", "-s", "-f", "-o", out, name, codes={0, 2}, settings=chromium)
        with _reading(judge):
            report = json.loads(Path(out, "report.json").read_text(encoding="utf-8"))
    with _reading(judge):
        findings = [
            _ace_finding(judge, name, part["earl:testSubject"]["url"], test)
            for part in report["assertions"]
            for test in part["assertions"]
        ]
        passed = report["earl:result"]["earl:outcome"] == "pass"
    _agreed(f"{judge}: {name}", said.returncode == 0, findings)
    return _agreed(f"{judge}: {name}", passed, findings)


def _ace_finding(judge: str, name: str, place: str, test: dict[str, Any]) -> Finding:
    return Finding(judge, test["earl:test"]["dct:title"], Path(name), place, test["earl:result"]["dct:description"])


def nu(files: Sequence[Path], at: Places = HERE) -> Findings:
    """The errors and warnings of the Nu HTML Checker, which has no rule ids: `rule` is "error" or "warning"."""
    judge = "Nu"
    names = _absolute(judge, files)
    jar = at.modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    said = _run(judge, at.java, *_BRIEF, "-jar", jar, "--format", "json", "--stdout", "--verbose", *names, codes={0, 1})
    if unread := set(names) - set(said.stderr.splitlines()):
        raise JudgeFailed(f"{judge}: says nothing of {', '.join(sorted(unread))}")
    with _reading(judge):
        findings = [_nu_finding(judge, message) for message in _printed(judge, said)["messages"]]
    return tuple(finding for finding in findings if finding.rule != "info")


def _nu_finding(judge: str, message: dict[str, Any]) -> Finding:
    path = Path(unquote(urlsplit(message["url"]).path))
    place = f"{message.get('lastLine', '')}:{message.get('lastColumn', '')}"
    return Finding(judge, message.get("subType", message["type"]), path, place, message["message"])


def axe(files: Sequence[Path], at: Places = HERE) -> Findings:
    """What axe-core objects to or cannot decide (WCAG 2.0 to 2.2 A and AA, best practice) in each of CONDITIONS."""
    judge = "axe"
    names = _absolute(judge, files)
    said = _run(judge, at.node, SCRIPTS / "judges" / "axe.mjs", _located(judge, at.chromium), *names, codes={0})
    with _reading(judge):
        verdicts = {(verdict["file"], verdict["condition"]): verdict for verdict in _printed(judge, said)}
        wanted = [verdicts[name, condition] for name in names for condition in CONDITIONS]
        return tuple(finding for verdict in wanted for finding in _axe_findings(judge, verdict))


def _axe_findings(judge: str, verdict: dict[str, Any]) -> Findings:
    if not verdict["passes"]:
        raise JudgeFailed(f"{judge}: {verdict['file']}: not one rule was applied")
    path, condition = Path(verdict["file"]), verdict["condition"]
    return tuple(
        Finding(judge, each["rule"], path, f"{condition}: {each['target']}", each["message"])
        for each in verdict["problems"]
    )


def ooxml(files: Sequence[Path], at: Places = HERE) -> Findings:
    """What the Open XML SDK objects to in DOCX files."""
    return _each("Open XML SDK", files, lambda name: _ooxml_one("Open XML SDK", name, at))


def _ooxml_one(judge: str, name: str, at: Places) -> Findings:
    said = _run(judge, at.ooxml, name, codes={0})
    with _reading(judge):
        report = _printed(judge, said)
        findings = [
            Finding(judge, error["id"] or error["errorType"], Path(name), _ooxml_place(error), error["description"])
            for error in report["errors"]
        ]
        return _agreed(f"{judge}: {name}", report["ok"] is True, findings)


def _ooxml_place(error: dict[str, Any]) -> str:
    return f"{error['path'] or ''}:{error['xPath'] or ''}"


def libreoffice(files: Sequence[Path], into: Path, at: Places = HERE) -> Findings:
    """A finding for each document that LibreOffice cannot open; the PDFs of the others are left in a folder."""
    judge = "LibreOffice"
    names = _absolute(judge, files)
    pdfs = {name: into / f"{Path(name).stem}.pdf" for name in names}
    if len(set(pdfs.values())) < len(names):
        raise JudgeFailed(f"{judge}: two files of one name would become one PDF")
    for pdf in pdfs.values():
        pdf.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="libreoffice-") as profile:
        options = ("--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}")
        said = _run(judge, at.soffice, *options, _AS_WORD, "--convert-to", "pdf", "--outdir", into, *names, codes={0})
    refused = [name for name, pdf in pdfs.items() if not (pdf.is_file() and pdf.read_bytes().startswith(b"%PDF-"))]
    reasons = [line for line in said.stderr.splitlines() if line.startswith("Error:")]
    if len(reasons) != len(refused):
        raise JudgeFailed(f"{judge}: {len(refused)} PDFs are missing and {len(reasons)} errors are named")
    return tuple(Finding(judge, "no-pdf", Path(name), "", why) for name, why in zip(refused, reasons, strict=True))


def _absolute(judge: str, files: Sequence[Path]) -> list[str]:
    """The files as absolute names; judges differ in what they make of a missing file, so it is refused here."""
    names = sorted({str(file.resolve(strict=False)) for file in files})
    if not names:
        raise JudgeFailed(f"{judge}: was given no file")
    if missing := [name for name in names if not Path(name).is_file()]:
        raise JudgeFailed(f"{judge}: {', '.join(missing)}: no such file")
    return names


def _each(judge: str, files: Sequence[Path], one: Callable[[str], Findings]) -> Findings:
    """The findings of a judge that takes a single file, two files at a time."""
    with ThreadPoolExecutor(2) as pool:
        return tuple(finding for findings in pool.map(one, _absolute(judge, files)) for finding in findings)


def _located(judge: str, program: str) -> str:
    """The full path of a program, which Puppeteer insists on."""
    path = shutil.which(program)
    if path is None:
        raise JudgeFailed(f"{judge}: {program} is not installed (make judges)")
    return path


def _run(
    judge: str, *command: str | Path, codes: Collection[int], settings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """What a program printed; any exit code but `codes` is a failure. It gets a home folder of its own to write in."""
    with tempfile.TemporaryDirectory(prefix="judge-home-") as home:
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": home, **(settings or {})}
        try:
            said = subprocess.run(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                env=environment,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise JudgeFailed(f"{judge}: cannot be run: {error} (make judges)") from error
    if said.returncode not in codes:
        raise JudgeFailed(f"{judge}: exit code {said.returncode}: {_last_line(said.stderr or said.stdout)}")
    return said


def _printed(judge: str, said: subprocess.CompletedProcess[str]) -> Any:
    """The JSON report that a program printed."""
    if not said.stdout.strip():
        raise JudgeFailed(f"{judge}: exit code {said.returncode}: {_last_line(said.stderr)}")
    return json.loads(said.stdout)


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it says nothing")


@contextmanager
def _reading(judge: str) -> Iterator[None]:
    """A report that is not as expected is a failure of the judge."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OSError) as error:
        raise JudgeFailed(f"{judge}: its report cannot be read: {type(error).__name__}: {error}") from error


def _agreed(subject: str, passed: bool, findings: Sequence[Finding]) -> Findings:
    """The findings, if the judge's verdict goes with them."""
    if passed == bool(findings):
        raise JudgeFailed(f"{subject}: says {'pass' if passed else 'fail'} with {len(findings)} findings")
    return tuple(findings)
