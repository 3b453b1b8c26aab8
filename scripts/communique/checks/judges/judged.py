"""What an outside judge says of files, and how long it is asked before the rest counts as unchecked."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from communique.checks.check import Target
from communique.checks.judges.program import Hung, Interrupted
from communique.checks.verdict import Finding, NoVerdict, Result
from communique.doctor import Places, places

_AT_ONCE = 1000
_STRIKES = 3


@dataclass(frozen=True)
class Judged:
    """What a judge says of one file; `unchecked` is the reason why it says nothing. Findings name the file's path."""

    file: Path
    findings: tuple[Finding, ...] = ()
    unchecked: str = ""
    standards: tuple[str, ...] = ()


Look = Callable[[Sequence[Path], Places], Iterable[Judged]]
"""Starts a judge once for some files, given as absolute paths, and says what it has of each, in their order.

It raises NoVerdict where the judge breaks off: the file that it was at then, the first without a verdict, has none.
"""


class BrokeAt(NoVerdict):
    """A judge broke off at a certain file."""

    def __init__(self, why: str, file: Path) -> None:
        super().__init__(why)
        self.file = file


@dataclass(frozen=True)
class OutsideJudge:
    """A program that judges files: its name, and how it is asked."""

    name: str
    look: Look

    def judge(self, files: Iterable[Path], at: Places) -> Iterator[Judged]:
        """Exactly one verdict, or the reason why there is none, for each file."""
        paths = dict.fromkeys(file.resolve() for file in files)
        there = [path for path in paths if path.is_file()]
        for path in paths:
            if path not in there:
                yield Judged(path, unchecked=f"{self.name}: {path}: no such file")
        for start in range(0, len(there), _AT_ONCE):
            yield from map(_tidy, _insist(self, there[start : start + _AT_ONCE], at))

    def findings(self, files: Iterable[Path], at: Places | None = None) -> tuple[Finding, ...]:
        """What the judge objects to in some files; NoVerdict if it gave none of one of them, or has none to judge."""
        judged = list(self.judge(files, at or places()))
        if not judged:
            raise NoVerdict(f"{self.name}: was given no file")
        for each in judged:
            if each.unchecked:
                raise NoVerdict(each.unchecked)
        return tuple(finding for each in judged for finding in each.findings)

    def run(self, check: str) -> Callable[[Sequence[Target], Places], Iterator[Result]]:
        """The `run` of a check that asks this judge."""

        def results(targets: Sequence[Target], at: Places) -> Iterator[Result]:
            named: dict[Path, list[tuple[str, str]]] = {}
            for publication, name in targets:
                named.setdefault(publication.path(name).resolve(), []).append((publication.slug, name))
            for judged in self.judge(named, at):
                for slug, name in named[judged.file]:
                    findings = tuple(replace(finding, path=name) for finding in judged.findings)
                    yield Result(check, slug, name, findings, judged.unchecked, judged.standards)

        return results


def _tidy(judged: Judged) -> Judged:
    """A verdict whose words are each in one line."""
    findings = (replace(each, location=_line(each.location), message=_line(each.message)) for each in judged.findings)
    return replace(judged, findings=tuple(dict.fromkeys(findings)), unchecked=_line(judged.unchecked))


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 1000 else f"{line[:999]}…"


@contextmanager
def reading(judge: str) -> Iterator[None]:
    """A report that is not as expected is no verdict."""
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError, OSError, SyntaxError, RecursionError) as error:
        raise NoVerdict(f"{judge}: its report cannot be read: {type(error).__name__}: {_line(str(error))}") from error


def agreed(judged: Judged, judge: str, passed: bool) -> Judged:
    """A verdict whose findings go with what the judge says in sum; else there is none."""
    if judged.unchecked or passed != bool(judged.findings):
        return judged
    says = "pass" if passed else "fail"
    return Judged(judged.file, unchecked=f"{judge}: {judged.file}: says {says} with {len(judged.findings)} findings")


def in_pairs(one: Callable[[Path, Places], Judged]) -> Look:
    """A judge that takes a single file, asked two files at a time."""

    def safely(file: Path, at: Places) -> Judged | NoVerdict:
        try:
            return one(file, at)
        except Interrupted as error:
            return error
        except NoVerdict as error:
            return BrokeAt(str(error), file)

    def look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
        broken = None
        with ThreadPoolExecutor(2) as pool:
            for start in range(0, len(files), 2):
                for said in pool.map(lambda file: safely(file, at), files[start : start + 2]):
                    if isinstance(said, Judged):
                        yield said
                    else:
                        broken = broken or said
                if broken:
                    raise broken

    return look


def _insist(judge: OutsideJudge, files: Sequence[Path], at: Places) -> Iterator[Judged]:
    """Starts a judge again without the file at which it broke off, until it gets nowhere.

    The last verdict of a start is held back until the judge has ended well: an exit code that contradicts what was
    said, or a crash at the end, leaves at least one file unchecked.
    """
    left = dict.fromkeys(files)
    strikes = 0
    while left:
        held: Judged | None = None
        broken: NoVerdict | None = None
        started = len(left)
        verdicts = _strict(judge, tuple(left), at)
        with closing(verdicts):
            try:
                for said in verdicts:
                    if held:
                        yield held
                    held = said
                    del left[said.file]
            except NoVerdict as error:
                broken = error
        if broken is None:
            if held:
                yield held
            return
        if held and left:
            yield held
        elif held:
            left[held.file] = None
        culprit = _culprit(broken, left)
        del left[culprit]
        yield Judged(culprit, unchecked=str(broken))
        strikes = 0 if started - len(left) > 1 else strikes + (2 if isinstance(broken, Hung) else 1)
        if strikes >= _STRIKES or isinstance(broken, Interrupted):
            yield from (Judged(file, unchecked=str(broken)) for file in left)
            return


def _culprit(broken: NoVerdict, left: dict[Path, None]) -> Path:
    """The file at which a judge broke off."""
    named = broken.file if isinstance(broken, BrokeAt) else None
    return named if named in left and named is not None else next(iter(left))


def _strict(judge: OutsideJudge, files: Sequence[Path], at: Places) -> Generator[Judged, None, None]:
    """The verdicts of one start: one on each file that was asked about, and on no other."""
    waiting = set(files)
    for said in judge.look(files, at):
        if said.file not in waiting:
            raise NoVerdict(f"{judge.name}: speaks of {said.file}, of which it was not asked, or not twice")
        waiting.remove(said.file)
        yield said
    if waiting:
        raise NoVerdict(f"{judge.name}: says nothing of {min(waiting)}")
