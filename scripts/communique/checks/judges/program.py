"""Running an outside program: its lines as it prints them, and no verdict where it is missing, hangs or breaks off."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from communique.checks.verdict import NoVerdict

BRIEF_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss16m", "-Dfile.encoding=UTF-8")
"""A JVM of seconds is quicker without its optimizing compiler; the plainer code needs a deeper stack."""

SILENCE, EACH = 180, 30
"""Seconds without a word after which a program counts as hung, and seconds that every further file is given."""

_TICK = 1.0
_LONGEST = 1 << 26
_INTERRUPTED = {-2, 130}


_RUNNING: set[subprocess.Popen[bytes]] = set()
_STOPPED = threading.Event()


class Hung(NoVerdict):
    """A program was ended because it said nothing for too long."""


class Interrupted(NoVerdict):
    """Somebody pressed Ctrl-C: nothing is to be started again."""


@dataclass(frozen=True)
class Program:
    """What to run for a judge. Any exit code but `codes` is a failure. `seconds` is the most that it may take.

    `joined`: what it prints as errors comes among its lines. It gets a home folder of its own to write in.
    """

    judge: str
    command: Sequence[str | Path]
    codes: Collection[int]
    seconds: float
    settings: Mapping[str, str] = field(default_factory=dict)
    joined: bool = False


@dataclass
class Run:
    """A program that runs or has run: what it last said on its error stream, and its exit code once it has one."""

    errors: deque[str] = field(default_factory=lambda: deque(maxlen=2000))
    code: int = -1


def located(judge: str, program: str) -> str:
    """The full path of a program."""
    path = shutil.which(program)
    if path is None:
        raise NoVerdict(f"{judge}: {program} is not installed (make judges)")
    return path


def time_for(files: int) -> float:
    """The seconds that a judge may take for some files in all."""
    return SILENCE + EACH * files


def lines(program: Program, run: Run | None = None) -> Iterator[str]:
    """What a program prints, line by line; NoVerdict at the end if it did not end well."""
    run = Run() if run is None else run
    with (
        tempfile.TemporaryDirectory(prefix="judge-", ignore_cleanup_errors=True) as home,
        _started(program, home) as up,
    ):
        yield from _lines(program, up, run)
        try:
            run.code = up.wait(timeout=SILENCE)
        except subprocess.TimeoutExpired as error:
            raise Hung(f"{program.judge}: does not end") from error
    if run.code in _INTERRUPTED:
        raise Interrupted(f"{program.judge}: was interrupted")
    if run.code not in program.codes:
        raise NoVerdict(f"{program.judge}: exit code {run.code}: {last_line(run.errors)} (make judges)")


def last_line(said: Collection[str]) -> str:
    """The last words of a program, in one line."""
    return next((line.strip()[:300] for line in reversed(list(said)) if line.strip()), "it says nothing")


def stop() -> None:
    """Ends every program that runs and lets none start again: somebody pressed Ctrl-C."""
    _STOPPED.set()
    for up in tuple(_RUNNING):
        up.terminate()


def _home() -> tempfile.TemporaryDirectory[str]:
    """A folder that is removed as far as it can be: a child of a program that was ended may still write there."""
    return tempfile.TemporaryDirectory(prefix="judge-", ignore_cleanup_errors=True)


@contextmanager
def _started(program: Program, home: str) -> Iterator[subprocess.Popen[bytes]]:
    if _STOPPED.is_set():
        raise Interrupted(f"{program.judge}: was interrupted")
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": home, "TMPDIR": home, **program.settings}
    try:
        up = subprocess.Popen(
            [str(part) for part in program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if program.joined else subprocess.PIPE,
            env=environment,
        )
    except (OSError, ValueError) as error:
        raise NoVerdict(f"{program.judge}: cannot be run: {error} (make judges)") from error
    with up:
        _RUNNING.add(up)
        try:
            yield up
        finally:
            _RUNNING.discard(up)
            if up.poll() is None:
                _end(up)


def _end(up: subprocess.Popen[bytes]) -> None:
    """Ends a program: politely, so that it can end its own children, then not."""
    up.terminate()
    try:
        up.wait(timeout=5)
    except subprocess.TimeoutExpired:
        up.kill()


def _lines(program: Program, up: subprocess.Popen[bytes], run: Run) -> Iterator[str]:
    """The lines of the output as they come; those of the error stream are kept."""
    assert up.stdout
    printed, complained = up.stdout.fileno(), up.stderr.fileno() if up.stderr else -1
    rest = {printed: b"", complained: b""}
    for stream, piece in _pieces(program, up, [each for each in rest if each >= 0]):
        *whole, rest[stream] = (rest[stream] + piece).split(b"\n")
        if len(rest[stream]) > _LONGEST:
            raise NoVerdict(f"{program.judge}: prints without end")
        texts = (line.decode("utf-8", "replace").rstrip("\r") for line in whole)
        if stream == printed:
            yield from texts
        else:
            run.errors.extend(texts)
    run.errors.append(rest[complained].decode("utf-8", "replace"))
    if rest[printed]:
        yield rest[printed].decode("utf-8", "replace")


def _pieces(program: Program, up: subprocess.Popen[bytes], streams: list[int]) -> Iterator[tuple[int, bytes]]:
    """What is printed on each stream, until all are closed or the program has ended and is silent."""
    end = time.monotonic() + program.seconds
    heard = time.monotonic()
    with selectors.DefaultSelector() as waiting:
        for stream in streams:
            waiting.register(stream, selectors.EVENT_READ)
        while waiting.get_map():
            now = time.monotonic()
            if now > min(end, heard + SILENCE):
                raise Hung(f"{program.judge}: hangs: nothing for {now - heard:.0f} seconds, so it was ended")
            ready = waiting.select(_TICK)
            if not ready and up.poll() is not None:
                return  # A child that outlives it holds the streams open.
            for key, _ in ready:
                piece = os.read(key.fd, 1 << 16)
                if not piece:
                    waiting.unregister(key.fd)
                    continue
                heard = time.monotonic()
                yield key.fd, piece
