"""veraPDF judges what each PDF claims to be: its part of PDF/UA and its part of PDF/A, both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.claims import STANDARDS, claims, promised
from communique.checks.judges.judged import Judged, OutsideJudge, agreed, reading
from communique.checks.judges.program import BRIEF_JAVA, Program, Run, last_line, lines, located, time_for
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, NoVerdict, Severity
from communique.doctor import Places

_JUDGE = "veraPDF"
_ANY = "0"
_PROFILE = re.compile(r"PDF/(?:(UA)|A)-(\d\w?)\b")


def under(profile: str) -> OutsideJudge:
    """veraPDF, asked about one profile whatever the files claim: "2a" is PDF/A-2a, "ua1" PDF/UA-1."""
    return OutsideJudge(_JUDGE, lambda files, at: _jobs(files, profile, at))


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    """The verdicts on what files claim, in the order in which they are known."""
    asked: dict[Path, frozenset[str]] = {}
    for file in files:
        try:
            made = claims(file)
        except Unreadable as error:
            if "XMP" not in str(error):
                yield Judged(file, unchecked=f"{_JUDGE}: the file {error}")
                continue
            made = frozenset()
        if made & STANDARDS.keys():
            asked[file] = made
        else:
            yield Judged(file, tuple(_objections(file, made)))
    if asked:
        for judged in _jobs(tuple(asked), _ANY, at):
            yield _of_claims(judged, asked[judged.file])


def _of_claims(judged: Judged, made: frozenset[str]) -> Judged:
    """A verdict on everything that a file claims, with what is wrong about the claims themselves."""
    known = {STANDARDS[claim] for claim in made & STANDARDS.keys()}
    if not judged.unchecked and (missing := known - set(judged.standards)):
        return Judged(judged.file, unchecked=f"{_JUDGE}: {judged.file}: no verdict on {', '.join(sorted(missing))}")
    return replace(judged, findings=(*judged.findings, *_objections(judged.file, made)))


def _objections(file: Path, made: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the claims of a file: none, one that nobody can judge, or others than its name stands for."""
    due = promised(file, made)
    if not made:
        if due:
            yield _objection("no-claim", file, f"its XMP claims neither PDF/UA nor PDF/A, expected {_listed(due)}")
        return
    for claim in sorted(made - STANDARDS.keys()):
        yield _objection("unknown-claim", file, f"its XMP claims {claim!r}, and there is no such profile")
    if made != due and due:
        yield _objection("other-claim", file, f"its XMP claims {_listed(made)}, expected {_listed(due)}")


def _objection(rule: str, file: Path, message: str) -> Finding:
    return Finding(Severity.ERROR, _JUDGE, rule, str(file), "XMP metadata", message)


def _listed(profiles: Iterable[str]) -> str:
    return " and ".join(sorted(STANDARDS.get(each, each).split(" (")[0] for each in profiles))


def _jobs(files: Sequence[Path], profile: str, at: Places) -> Iterator[Judged]:
    """One start of veraPDF: its report is read as it is written."""
    options = ("--flavour", profile, "--format", "xml", "--loglevel", "0")
    command: tuple[str | Path, ...] = (located(_JUDGE, at.java), *BRIEF_JAVA, "-cp", f"{at.verapdf}/*")
    program = Program(
        _JUDGE,
        (*command, "org.verapdf.apps.GreenfieldCliWrapper", *options, *files),
        codes={0, 1, 7},
        seconds=time_for(len(files)),
    )
    run, sound, silent = Run(), True, True
    parser = etree.XMLPullParser(events=("end",), tag="job", resolve_entities=False, no_network=True)
    for line in lines(program, run):
        silent = False
        with reading(_JUDGE):
            parser.feed(f"{line}\n".encode())
            found = [_judged(job) for _, job in parser.read_events()]
        for judged in found:
            sound = sound and not judged.findings and not judged.unchecked
            yield judged
    if silent:
        raise NoVerdict(f"{_JUDGE}: exit code {run.code}: {last_line(run.errors)} (make judges)")
    with reading(_JUDGE):
        parser.close()
    if sound != (run.code == 0):
        raise NoVerdict(f"{_JUDGE}: exit code {run.code} goes with none of its verdicts (make judges)")


def _judged(job: etree._Element) -> Judged:
    file = Path(job.findtext("item/name") or "")
    broken = job.findtext("taskException/exceptionMessage")
    verdicts = job.findall("validationReport")
    if broken is not None or job.find("taskException") is not None or not verdicts:
        return Judged(file, unchecked=f"{_JUDGE}: {file}: {' '.join((broken or 'no verdict').split())}")
    judged = Judged(file)
    for verdict in verdicts:
        if verdict.get("jobEndStatus") != "normal":
            return Judged(file, unchecked=f"{_JUDGE}: {file}: ended as {verdict.get('jobEndStatus')}")
        half = Judged(file, tuple(_findings(file, verdict)), standards=(_standard(verdict),))
        half = agreed(half, _JUDGE, _compliant(verdict))
        if half.unchecked:
            return half
        judged = replace(judged, findings=judged.findings + half.findings, standards=judged.standards + half.standards)
    job.clear()
    return judged


def _compliant(verdict: etree._Element) -> bool:
    """Whether a file meets a profile; a verdict that applied no rule is none."""
    details = verdict.find("details")
    said = verdict.get("isCompliant")
    if said not in {"true", "false"} or details is None:
        raise ValueError("a verdict says neither yes nor no")
    if said == "true" and int(details.get("passedRules", "0")) == 0:
        raise ValueError("not one rule was applied")
    return said == "true"


def _standard(verdict: etree._Element) -> str:
    named = verdict.get("profileName", "")
    match = _PROFILE.search(named)
    return STANDARDS.get(f"{match[1] or ''}{match[2]}".lower() if match else "", named)


def _findings(file: Path, verdict: etree._Element) -> Iterator[Finding]:
    standard = _standard(verdict).split(" (")[0]
    for rule in verdict.iterfind("details/rule[@status='failed']"):
        number = f"{rule.get('clause')}-{rule.get('testNumber')}"
        for check in rule.iterfind("check"):
            message = check.findtext("errorMessage") or rule.findtext("description") or "broken"
            where = check.findtext("context") or ""
            yield Finding(Severity.ERROR, _JUDGE, number, str(file), where, f"{standard}: {message}")


def _applies(publication: Publication) -> Iterator[str]:
    """Every PDF that claims what veraPDF can judge, and every PDF that should."""
    for name in publication.named({"pdf", "large", "print"}):
        if promised(Path(name)) or _claims_something(publication.path(name)):
            yield name


def _claims_something(file: Path) -> bool:
    try:
        return bool(claims(file))
    except (Unreadable, OSError):
        return False


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="verapdf",
    judge=_JUDGE,
    claim="Each PDF meets both standards that it claims to meet, one for accessibility and one for archives.",
    standards=("PDF/UA (ISO 14289)", "PDF/A (ISO 19005)"),
    applies=_applies,
    run=JUDGE.run("verapdf"),
    version=doctor.VERSIONS[_JUDGE],
)
