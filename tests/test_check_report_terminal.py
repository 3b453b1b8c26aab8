"""What the terminal shows, and what goes into a pipe."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from check_report_samples import HOSTILE, SLUG, Said, finding, publication, results
from communique.checks.publication import Publication
from communique.checks.report import summary, terminal
from communique.checks.verdict import Result

WEB = f"{SLUG}.html"


@dataclass(frozen=True)
class Judged:
    """A statement and what was said of it."""

    publication: Publication
    results: tuple[Result, ...]


def shown(folder: Path, said: Said | None = None) -> list[str]:
    """The lines on the small statement."""
    subject = publication(folder)
    return terminal(subject, results(subject, said)).splitlines()


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 60 columns that knows colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_pipe_gets_a_line_for_each_check(tmp_path: Path) -> None:
    lines = shown(tmp_path, {("nu", WEB): (finding(WEB),), ("words", WEB): "words: broke off"})
    assert f"{SLUG}: epubcheck: 1 passed" in lines
    assert f"{SLUG}: nu: 1 failed" in lines
    assert f"{SLUG}: words: 4 passed, 1 unchecked" in lines
    assert not any("\x1b" in line for line in lines)


def test_a_finding_is_one_line_that_can_be_searched_for(tmp_path: Path) -> None:
    lines = shown(tmp_path, {("nu", WEB): (finding(WEB), finding(WEB, "other", "lost", severity="warning"))})
    place = (tmp_path / "build" / SLUG / WEB).as_posix()
    assert f"{place}: line 3: expected one, found two (Judge a-rule)" in lines
    assert f"{place}: line 3: lost (Judge other, warning)" in lines


def test_what_is_unchecked_says_why_and_once_for_many_files(tmp_path: Path) -> None:
    why = "veraPDF: java is missing (make judges)"
    names = (f"{SLUG}.pdf", f"{SLUG}.ua2+a4f.pdf")
    said: dict[tuple[str, str], str] = {("verapdf", name): why for name in names}
    lines = shown(tmp_path, {**said, ("nu", WEB): "Nu: broke off", ("fixity", ""): "the manifest is torn"})
    place = (tmp_path / "build" / SLUG).as_posix()
    assert f"{place}: UNCHECKED 2 files: {why} (verapdf)" in lines
    assert f"{place}/{WEB}: UNCHECKED: Nu: broke off (nu)" in lines
    assert f"{place}: UNCHECKED: the manifest is torn (fixity)" in lines


def test_nothing_a_judge_says_can_forge_a_line_or_move_the_cursor(tmp_path: Path) -> None:
    plain = shown(tmp_path / "a", {("nu", WEB): (finding(WEB),)})
    lines = shown(tmp_path / "b", {("nu", WEB): (finding(WEB, message=HOSTILE),)})
    assert len(lines) == len(plain)
    assert not any(char in line for line in lines for char in "\x00\x1b\u202e\ud800")


def test_square_brackets_are_words_and_not_styles(tmp_path: Path) -> None:
    (line,) = [
        line for line in shown(tmp_path, {("nu", WEB): (finding(WEB, message="[bold]x[/bold] [/]"),)}) if "bold" in line
    ]
    assert "[bold]x[/bold] [/]" in line


def test_a_long_line_is_not_broken_in_a_pipe(tmp_path: Path) -> None:
    message = "word " * 300
    assert any(message.strip() in line for line in shown(tmp_path, {("nu", WEB): (finding(WEB, message=message),)}))


def test_of_very_many_findings_the_first_are_shown(tmp_path: Path) -> None:
    many = tuple(finding(WEB, location=f"line {number}") for number in range(60))
    lines = shown(tmp_path, {("nu", WEB): many})
    assert len([line for line in lines if "expected one" in line]) == 50
    assert any(line.endswith("10 more of nu in check/check.html") for line in lines)


@pytest.mark.usefixtures("screen")
def test_a_terminal_gets_a_table_in_colour_that_fits(tmp_path: Path) -> None:
    lines = shown(tmp_path)
    assert any("\x1b[" in line for line in lines)
    assert any("passed" in line and "failed" in line and "unchecked" in line for line in lines)
    assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in lines) <= 60


@pytest.mark.usefixtures("screen")
def test_no_color_is_obeyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = "\n".join(shown(tmp_path, {("nu", WEB): (finding(WEB),)}))
    assert not any(f"\x1b[{code}" in text for code in ("3", "9", "1;3"))


def test_the_last_line_sums_up(tmp_path: Path) -> None:
    one, other = publication(tmp_path / "a"), publication(tmp_path / "b")
    judged = [
        Judged(one, tuple(results(one, {("nu", WEB): (finding(WEB),)}))),
        Judged(other, tuple(results(other, {("axe", WEB): "axe: is missing"}))),
    ]
    total = sum(len(each.results) for each in judged)
    assert summary(judged) == f"2 statements, 16 files, {total} verdicts: {total - 2} passed, 1 failed, 1 unchecked"
    assert summary([]) == "0 statements, 0 files, 0 verdicts: 0 passed, 0 failed, 0 unchecked"


def test_a_statement_of_which_nothing_was_said_does_not_look_well(tmp_path: Path) -> None:
    assert terminal(publication(tmp_path), []) == f"{SLUG}: nothing was checked"
