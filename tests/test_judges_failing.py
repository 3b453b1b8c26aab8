"""Judges that are not there, or not well: whatever they do, a file without a verdict is unchecked and never passes.

Stand-ins take the place of the judges here, since a real one cannot be asked to misbehave.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from communique.checks.check import judge
from communique.checks.judges import ace, axe, epubcheck, libreoffice, nu, ooxml, program, qpdf, verapdf
from communique.checks.judges.axe import CONDITIONS
from communique.checks.judges.judged import Judged, OutsideJudge
from communique.checks.publication import Publication
from communique.checks.verdict import NoVerdict, Verdict
from communique.doctor import Places, places

MODULES = {
    module.__name__.rsplit(".", 1)[-1]: module
    for module in (verapdf, epubcheck, ace, nu, axe, ooxml, libreoffice, qpdf)
}
JUDGES: dict[str, OutsideJudge] = {name: module.JUDGE for name, module in MODULES.items()} | {
    "verapdf": verapdf.under("ua1")
}
EVERY_JUDGE = pytest.mark.parametrize("name", JUDGES)


def job(file: Path, *, compliant: str = "true", end: str = "normal", rules: str = "") -> str:
    """What veraPDF reports of a file."""
    return (
        f"<job><item size='1'><name>{file}</name></item><validationReport jobEndStatus='{end}' "
        f"profileName='PDF/UA-1 validation profile' isCompliant='{compliant}'>"
        f"<details passedRules='106'>{rules}</details></validationReport></job>"
    )


def page(file: Path, passes: int = 30) -> str:
    """What axe.mjs prints of a file."""
    verdicts = [{"condition": each, "passes": passes, "problems": []} for each in CONDITIONS]
    return json.dumps({"file": str(file), "verdicts": verdicts})


def book(number: int, name: str, code: int = 0, errors: int = 0) -> str:
    """What EpubChecks.java prints of a file."""
    counts = {"filename": name, "nFatal": 0, "nError": errors}
    return json.dumps({"number": number, "code": code, "report": {"messages": [], "checker": counts}})


def sound(file: Path) -> str:
    """What the Open XML SDK prints of a file."""
    return json.dumps({"file": str(file), "ok": True, "errors": []})


def whole(file: Path) -> str:
    """What qpdf prints of a file."""
    return f"checking {file}\nPDF Version: 1.7\nNo syntax or stream encoding errors found; the file may still"


def _said(text: str) -> str:
    return f"printf '%s\\n' {shlex.quote(text)}"


# How each judge says of the first of two files, in its own words, that nothing is wrong.
FIRST: dict[str, Callable[[Path, Path], str]] = {
    "verapdf": lambda one, _: _said(f"<report><jobs>{job(one)}"),
    "epubcheck": lambda one, _: _said(book(0, one.name)),
    "ace": lambda one, _: _said(json.dumps({"file": str(one), "outcome": "pass", "violations": []})),
    "axe": lambda one, _: _said(page(one)),
    "libreoffice": lambda one, two: (
        'while [ "$1" != --outdir ]; do shift; done; '
        f'echo "%PDF-1.7" > "$2/{one.stem}.pdf"; {_said(f"convert {one} -> ")}; {_said(f"convert {two} -> ")}'
    ),
    "ooxml": lambda one, _: f'case "$1" in *{one.name}) {_said(sound(one))}; exit 0;; esac',
    "qpdf": lambda one, _: f'case "$2" in *{one.name}) {_said(whole(one))}; exit 0;; esac',
    "nu": lambda one, two: f"{_said(str(one))} >&2; {_said(str(two))} >&2",
}


def stand_in(folder: Path, body: str) -> Places:
    """A shell script in the place of every judge."""
    file = folder / "stand-in"
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)
    return everywhere(file)


def everywhere(file: Path) -> Places:
    """One program in the place of every judge."""
    name = str(file)
    return replace(places(), java=name, node=name, ooxml=name, soffice=name, chromium=name, qpdf=name)


def files(folder: Path, count: int = 2) -> list[Path]:
    """Files that no stand-in looks into."""
    made = [folder / f"{number:02}.file" for number in range(count)]
    for file in made:
        file.write_bytes(b"?")
    return made


def asked(name: str, given: list[Path], at: Places) -> list[Judged]:
    """What a judge says of files: always one verdict, or none, on each."""
    judged = sorted(JUDGES[name].judge(given, at), key=lambda each: each.file)
    assert [each.file for each in judged] == given
    assert [each.unchecked for each in judged if "\n" in each.unchecked] == []
    return judged


@EVERY_JUDGE
def test_a_missing_judge_leaves_every_file_unchecked(name: str, tmp_path: Path) -> None:
    for each in asked(name, files(tmp_path, 5), everywhere(tmp_path / "nowhere")):
        assert "make judges" in each.unchecked


@EVERY_JUDGE
def test_a_missing_judge_fails_no_check_and_passes_none(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    for suffix in ("html", "docx", "epub", "pdf"):
        (folder / f"one.{suffix}").write_bytes((Path(__file__).parent / "broken" / "7.1-11.pdf").read_bytes())
    check = MODULES[name].CHECK
    at = everywhere(tmp_path / "nowhere")
    results = judge({name: check}, [Publication("one", folder, None)], at, lambda _: None)
    expected = Verdict.FAILED if name == "verapdf" else Verdict.UNCHECKED  # It claims nothing: veraPDF is not needed.
    assert {each.verdict for each in results} == {expected}


@EVERY_JUDGE
@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("echo 'out of memory' >&2; exit 3", "exit code 3"),
        ("kill -KILL $$", "exit code -9"),
        ("exit 0", ""),
        ("exit 1", ""),
        ("echo 'All is well.'", ""),
        ("echo '{}'", ""),
        ("echo '[]'", ""),
        ("echo 'null'", ""),
        ("echo '<report/>'", ""),
        ("echo '<report><jobs><job/></jobs></report>'", ""),
        ("head -c 100000 /dev/urandom", ""),
        ("""echo '{"report": {"jobs": []}, "messages": [], "checker": {}, "assertions": [], "ok": true}'""", ""),
    ],
    ids=["crashed", "killed", "silent", "failing", "chatty", "object", "list", "null", "xml", "job", "noise", "vague"],
)
def test_a_judge_without_a_verdict_passes_nothing(name: str, body: str, says: str, tmp_path: Path) -> None:
    for each in asked(name, files(tmp_path), stand_in(tmp_path, body)):
        assert each.unchecked
        assert says in each.unchecked
    with pytest.raises(NoVerdict):
        JUDGES[name].findings(files(tmp_path), stand_in(tmp_path, body))


@EVERY_JUDGE
def test_a_judge_killed_half_way_leaves_the_rest_unchecked(name: str, tmp_path: Path) -> None:
    given = files(tmp_path)
    first, second = asked(name, given, stand_in(tmp_path, f"{FIRST[name](*given)}; kill -KILL $$"))
    assert "exit code -9" in second.unchecked
    assert (first.unchecked == "") == (name != "nu")  # It writes its report at the end.


@EVERY_JUDGE
def test_a_judge_that_hangs_is_ended(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for constant, value in (("SILENCE", 0.4), ("EACH", 0.2), ("_TICK", 0.1)):
        monkeypatch.setattr(program, constant, value)
    given = files(tmp_path)
    _, second = asked(name, given, stand_in(tmp_path, f"{FIRST[name](*given)}; exec sleep 600"))
    assert "hangs" in second.unchecked


@EVERY_JUDGE
def test_a_judge_that_never_stops_talking_is_ended(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for constant, value in (("SILENCE", 0.5), ("EACH", 0.2), ("_TICK", 0.1)):
        monkeypatch.setattr(program, constant, value)
    at = stand_in(tmp_path, "while :; do echo 'still here' >&2; sleep 0.05; done")
    assert all(each.unchecked for each in asked(name, files(tmp_path), at))


@EVERY_JUDGE
def test_a_judge_that_prints_without_end_is_ended(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "_LONGEST", 1 << 20)
    assert all(each.unchecked for each in asked(name, files(tmp_path), stand_in(tmp_path, "exec cat /dev/zero")))


@EVERY_JUDGE
def test_a_judge_that_speaks_of_other_files_passes_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    others = [file.rename(tmp_path / f"other-{file.name}") for file in files(tmp_path / "elsewhere")]
    others_said = FIRST[name](*others)
    if name in {"ooxml", "qpdf"}:
        others_said = others_said.split(") ", 1)[1].split(";;")[0].replace("exit 0", "")
    assert all(each.unchecked for each in asked(name, files(tmp_path), stand_in(tmp_path, others_said)))


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("epubcheck", book(0, "00.file", code=1), 0),
        ("epubcheck", book(0, "00.file", code=0, errors=1), 0),
        ("epubcheck", book(0, "other.file"), 0),
        ("epubcheck", book(1, "00.file"), 0),
        ("epubcheck", book(0, "00.file"), 1),
        ("epubcheck", '{"number": 0, "code": 70, "report": null}', 0),
        ("ace", '{"file": "FILE", "outcome": "fail", "violations": []}', 0),
        ("ace", '{"file": "FILE", "outcome": "perhaps", "violations": []}', 0),
        ("ace", '{"file": "FILE", "error": "out of paper"}', 0),
        ("ace", '{"file": "FILE", "outcome": "pass", "violations": []}', 1),
        ("nu", '{"messages": []}', 0),
        ("ooxml", '{"file": "FILE", "ok": false, "errors": []}', 0),
        ("ooxml", '{"file": "FILE", "ok": true, "errors": []}', 1),
        ("axe", '{"file": "FILE", "verdicts": []}', 0),
        ("axe", '{"file": "FILE", "error": "out of paper"}', 0),
        ("axe", page(Path("FILE"), passes=0), 0),
        ("axe", page(Path("FILE")), 1),
        ("libreoffice", "convert FILE -> there using filter : writer_pdf_Export", 0),
        ("libreoffice", "Error: source file could not be loaded\nError: again", 0),
        ("qpdf", whole(Path("FILE")), 2),
        ("qpdf", "No syntax or stream encoding errors found", 0),
        ("verapdf", f"<report><jobs>{job(Path('FILE'), end='cancelled')}</jobs></report>", 0),
        ("verapdf", f"<report><jobs>{job(Path('FILE'), compliant='false')}</jobs></report>", 1),
        ("verapdf", f"<report><jobs>{job(Path('FILE'))}</jobs></report>", 1),
        ("verapdf", f"<report><jobs>{job(Path('FILE'))}", 0),
        ("verapdf", f"<report><jobs>{job(Path('FILE'), compliant='perhaps')}</jobs></report>", 0),
    ],
)
def test_a_verdict_that_contradicts_itself_is_none(name: str, said: str, code: int, tmp_path: Path) -> None:
    given = files(tmp_path, 1)
    body = f"{_said(said.replace('FILE', str(given[0])))}; exit {code}"
    (judged,) = asked(name, given, stand_in(tmp_path, body))
    assert judged.unchecked


def test_the_stand_ins_would_pass_if_they_ended_well(tmp_path: Path) -> None:
    """The tests above would mean nothing if the words of the stand-ins were never understood."""
    (given,) = files(tmp_path, 1)
    for name in ("epubcheck", "ace", "axe", "ooxml", "qpdf"):
        (judged,) = asked(name, [given], stand_in(tmp_path, FIRST[name](given, given)))
        assert (judged.unchecked, judged.findings) == ("", ())
    report = f"<report><jobs>{job(given)}</jobs></report>"
    (judged,) = asked("verapdf", [given], stand_in(tmp_path, _said(report)))
    assert (judged.unchecked, judged.standards) == ("", ("PDF/UA-1 (ISO 14289-1)",))


def test_one_bad_file_costs_no_other_its_verdict(tmp_path: Path) -> None:
    """The judge dies at the third file each time it meets it; it is started again for those behind."""
    given = files(tmp_path, 6)
    body = f"""shift 2; for file; do [ "$file" = {given[2]} ] && kill -KILL $$; {_said("PAGE")} | sed "s|PAGE|$(cat <<X
{page(Path("NAME"))}
X
)|; s|NAME|$file|"; done"""
    judged = asked("axe", given, stand_in(tmp_path, body))
    assert [bool(each.unchecked) for each in judged] == [False, False, True, False, False, False]
    assert judged[2].unchecked == "axe: exit code -9: it says nothing (make judges)"


def test_a_judge_that_gets_nowhere_is_not_started_for_ever(tmp_path: Path) -> None:
    started = tmp_path / "started"
    given = files(tmp_path, 50)
    judged = asked("axe", given, stand_in(tmp_path, f"echo once >> {started}; exit 3"))
    assert all(each.unchecked for each in judged)
    assert len(started.read_text(encoding="utf-8").splitlines()) == 3


def test_a_reason_speaks_of_the_file_that_it_stands_beside(tmp_path: Path) -> None:
    given = files(tmp_path, 8)
    for each in asked("qpdf", given, stand_in(tmp_path, "exit 3")):
        assert not any(other.name in each.unchecked for other in given if other != each.file)


# A shell cannot: where it is started in the background it ignores the signal, and may not stop to.
INTERRUPTS_ITSELF = "import os, signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), 2)"


def test_a_judge_that_was_interrupted_is_not_started_again(tmp_path: Path) -> None:
    started = tmp_path / "started"
    ends = f"echo once >> {started}; exec {sys.executable} -c '{INTERRUPTS_ITSELF}'"
    judged = asked("axe", files(tmp_path, 5), stand_in(tmp_path, ends))
    assert all(each.unchecked == "axe: was interrupted" for each in judged)
    assert started.read_text(encoding="utf-8") == "once\n"


INTERRUPTED = """
import os, signal, sys, threading
from pathlib import Path
from communique.checks.check import Check, judge
from communique.checks.judges.program import Program, lines
from communique.checks.publication import Publication
from communique.doctor import places

folder = Path(sys.argv[1])

def run(name):
    def asked(targets, at):
        (folder / name).write_text("started")
        yield from lines(Program(name, ("sh", "-c", f"echo $$ > {folder}/pid-{name}; exec sleep 600"), {0}, 600))
    return Check(name, name, "", (), lambda _: ("a",), asked, lambda _: "")

signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(2, os.kill, (os.getpid(), signal.SIGINT)).start()
checks = {name: run(name) for name in map(str, range(os.cpu_count() + 3))}
try:
    judge(checks, [Publication("one", folder, None)], places(), lambda _: None)
except KeyboardInterrupt:
    os._exit(130)
"""


def test_ctrl_c_ends_the_judges_that_run_and_starts_no_other(tmp_path: Path) -> None:
    said = subprocess.run([sys.executable, "-c", INTERRUPTED, str(tmp_path)], timeout=60, check=False)
    assert said.returncode == 130
    assert len([file for file in tmp_path.iterdir() if not file.name.startswith("pid-")]) == os.cpu_count()
    for file in tmp_path.glob("pid-*"):
        assert not Path("/proc", file.read_text(encoding="ascii").strip(), "exe").exists()


@EVERY_JUDGE
def test_a_missing_file_is_unchecked_and_no_file_at_all_no_pass(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoVerdict, match="no such file"):
        JUDGES[name].findings([tmp_path / "missing"])
    with pytest.raises(NoVerdict, match="was given no file"):
        JUDGES[name].findings([])
