"""LibreOffice opens each Word file and lays it out: one start for all of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from communique import doctor
from communique.checks.check import Check
from communique.checks.judges.judged import Judged, OutsideJudge
from communique.checks.judges.program import Program, lines, located, time_for
from communique.checks.verdict import Finding, NoVerdict, Severity
from communique.doctor import Places

_JUDGE = "LibreOffice"
# Without it LibreOffice opens a file that is no package as plain text, and is content.
_AS_WORD = "--infilter=MS Word 2007 XML"


def into(folder: Path) -> OutsideJudge:
    """LibreOffice, leaving a PDF of every document that it could open in a folder."""
    return OutsideJudge(_JUDGE, lambda files, at: _convert(files, folder, at))


def _look(files: Sequence[Path], at: Places) -> Iterator[Judged]:
    """Files of one name would become one PDF: the second of a name is opened in the next round."""
    left = list(files)
    while left:
        round_of = list({file.stem: file for file in reversed(left)}.values())[::-1]
        with tempfile.TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True) as folder:
            yield from _convert(round_of, Path(folder), at)
        left = [file for file in left if file not in round_of]


def _convert(files: Sequence[Path], folder: Path, at: Places) -> Iterator[Judged]:
    """What becomes of each document: it names those that it can open, in order, and complains of the others."""
    if len({file.stem for file in files}) < len(files):
        raise NoVerdict(f"{_JUDGE}: two files of one name would become one PDF")
    if earlier := [file.stem for file in files if (folder / f"{file.stem}.pdf").exists()]:
        raise NoVerdict(f"{_JUDGE}: {earlier[0]}.pdf is there already, and would pass for a verdict")
    left, complaints = list(files), list[str]()
    for line in _said(files, folder, at):
        if line.startswith("Error:"):
            complaints.append(line)
        elif line.startswith("convert "):
            # What comes before this file is at its end; it is known to be good or bad by its PDF.
            number = next((n for n, file in enumerate(left) if line.startswith(f"convert {file} -> ")), None)
            if number is None:
                raise NoVerdict(f"{_JUDGE}: speaks of a file of which it was not asked: {line}")
            yield from _settled(left[:number], complaints, folder)
            left, complaints = left[number:], []
    yield from _settled(left, complaints, folder)


def _said(files: Sequence[Path], folder: Path, at: Places) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="libreoffice-", ignore_cleanup_errors=True) as profile:
        options = ("--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}", _AS_WORD)
        command: tuple[str | Path, ...] = (
            located(_JUDGE, at.soffice),
            *options,
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *files,
        )
        yield from lines(Program(_JUDGE, command, codes={0}, seconds=time_for(len(files)), joined=True))


def _settled(files: Sequence[Path], complaints: list[str], folder: Path) -> Iterator[Judged]:
    """The verdicts on files that were dealt with, if there is one complaint for each that has no PDF."""
    refused = [file for file in files if not _is_pdf(folder / f"{file.stem}.pdf")]
    if len(refused) != len(complaints):
        raise NoVerdict(f"{_JUDGE}: {len(refused)} PDFs are missing and {len(complaints)} errors are named")
    reasons = dict(zip(refused, complaints, strict=True))
    for file in files:
        why = reasons.get(file)
        yield Judged(file, (Finding(Severity.ERROR, _JUDGE, "no-pdf", str(file), "", why),) if why else ())


def _is_pdf(file: Path) -> bool:
    return file.is_file() and file.read_bytes().startswith(b"%PDF-")


JUDGE = OutsideJudge(_JUDGE, _look)
CHECK = Check(
    name="libreoffice",
    judge=_JUDGE,
    claim="The Word file opens in a word processor other than Word, and all its pages can be laid out there.",
    standards=(),
    applies=lambda publication: publication.named({"docx"}),
    run=JUDGE.run("libreoffice"),
    version=doctor.VERSIONS[_JUDGE],
)
