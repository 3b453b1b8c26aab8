"""Whether every page of every PDF can be drawn, with all its words: pypdfium2, in a process of its own."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from communique.checks.check import Check, Target
from communique.checks.publication import Publication
from communique.checks.verdict import Finding, NoVerdict, Result, Severity
from communique.doctor import Places

NAME = "pictures"
JUDGE = "pypdfium2"
NOTHING_SHOWN = "nothing-shown"
WORDS_UNSEEN = "words-unseen"
FORMATS = frozenset({"pdf", "large", "print"})

PROGRAM = (sys.executable, "-P", str(Path(__file__).with_name("drawing.py")))
"""The command that starts a process of drawing.py; -P, for its neighbours bear names of other modules."""
_PATIENCE = 30
"""Seconds that a single page may take; on a slow computer a page of text takes a tenth of one."""


class Broken(Exception):
    """The process gave no answer; the message says why."""


class Drawer:
    """A process that draws one PDF after the other and is started again where it died or had to be stopped."""

    def __init__(self, program: Sequence[str], patience: float) -> None:
        self._program = program
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._said = b""

    def ask(self, pdf: Path) -> list[dict[str, Any]]:
        """What it says of a PDF: an answer for each page and a last one; raises Broken where it says nothing sound."""
        try:
            return list(self._answers(pdf))
        except Broken:
            self.stop()
            raise

    def stop(self) -> None:
        """Ends the process, if there is one."""
        process, self._process, self._said = self._process, None, b""
        if process is not None:
            process.kill()
            process.communicate()

    def _answers(self, pdf: Path) -> Iterator[dict[str, Any]]:
        process = self._process or self._start()
        try:
            assert process.stdin is not None
            process.stdin.write(json.dumps(str(pdf)).encode() + b"\n")
        except OSError:
            raise Broken(_end(process)) from None
        while True:
            answer = self._answer(process, pdf)
            yield answer
            if "page" not in answer:
                return

    def _start(self) -> subprocess.Popen[bytes]:
        try:
            self._process = subprocess.Popen(
                self._program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        except OSError as error:
            raise Broken(f"cannot be started: {error.strerror}") from error
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], pdf: Path) -> dict[str, Any]:
        line = self._line(process)
        try:
            answer = json.loads(line)
            if answer["file"] != str(pdf):
                raise Broken("answered for another file")
        except (ValueError, LookupError, TypeError) as error:
            raise Broken("said something unreadable") from error
        return dict(answer)

    def _line(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdout is not None
        while b"\n" not in self._said:
            ready, _, _ = select.select([process.stdout], [], [], self._patience)
            if not ready:
                raise Broken(f"was stopped after {self._patience:g} seconds with one page")
            more = os.read(process.stdout.fileno(), 1 << 16)
            if not more:
                raise Broken(_end(process))
            self._said += more
        line, self._said = self._said.split(b"\n", 1)
        return line


def _end(process: subprocess.Popen[bytes]) -> str:
    try:
        return f"broke off (exit code {process.wait(5)})"
    except subprocess.TimeoutExpired:
        return "broke off"


@contextmanager
def drawer(program: Sequence[str] = PROGRAM, patience: float = _PATIENCE) -> Iterator[Drawer]:
    """A drawer for as long as it is needed."""
    made = Drawer(program, patience)
    try:
        yield made
    finally:
        made.stop()


def _run(targets: Sequence[Target], _: Places) -> Iterator[Result]:
    if not find_spec("pypdfium2"):
        raise NoVerdict("pypdfium2: is not installed, so no page can be drawn (pip install pypdfium2)")
    with drawer() as at_work:
        yield from results(targets, at_work)


def results(targets: Iterable[Target], at_work: Drawer) -> Iterator[Result]:
    """A result for each PDF. One that the process dies of is unchecked, and the next gets a new process."""
    for publication, name in targets:
        try:
            answers = at_work.ask(publication.path(name).absolute())
        except Broken as error:
            reason = f"{JUDGE}: {name}: {error}, so its pages were not drawn (check again; if it stays, report it)"
            yield Result(NAME, publication.slug, name, unchecked=reason)
            continue
        *drawn, last = answers
        if "unchecked" in last:
            yield Result(NAME, publication.slug, name, unchecked=f"{JUDGE}: {name}: {last['unchecked']}")
        else:
            yield Result(NAME, publication.slug, name, tuple(_findings(name, drawn, last)))


def _findings(name: str, drawn: Sequence[Mapping[str, Any]], last: Mapping[str, Any]) -> Iterator[Finding]:
    if "drawn" not in last or not drawn:
        place = f"page {len(drawn) + 1}" if drawn else ""
        said = str(last.get("refused", "it has no pages")).rstrip(".")
        yield _finding("cannot-be-drawn", name, place, f"the file cannot be opened and drawn: {said}")
    for page in drawn:
        if page["blank"] and page["letters"]:
            message = f"the page holds {page['letters']} letters as text, but shows nothing"
            yield _finding(NOTHING_SHOWN, name, f"page {page['page']}", message)
        elif page["unseen"]:
            words = ", ".join(f"“{word[:40]}”" for word in page["unseen"])
            message = f"letters of {words} are not to be seen: something covers them, or their ground has their colour"
            yield _finding(WORDS_UNSEEN, name, f"page {page['page']}", message)


def _finding(rule: str, path: str, location: str, message: str) -> Finding:
    return Finding(Severity.ERROR, JUDGE, rule, path, location, message)


def _applies(publication: Publication) -> tuple[str, ...]:
    return publication.named(FORMATS)


def _version(_: Places) -> str:
    try:
        return version("pypdfium2")
    except PackageNotFoundError:
        return ""


CHECK = Check(
    name=NAME,
    judge=JUDGE,
    claim="Every page of every PDF can be drawn, and the words that it holds as text are seen: nothing covers them.",
    standards=("PDF (ISO 32000)",),
    applies=_applies,
    run=_run,
    version=_version,
)
