"""The command line: what it prints where, and the number it leaves for the shell."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from communique.records import SERIALIZERS
from communique.version import VERSION
from conftest import ROOT
from test_build import TEXT

FILES = 2 + sum(not each.of for each in SERIALIZERS)
"""A statement as a web page: that file, its records, and the manifest."""

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
BAD = TEXT.replace("2024-05-01", "soon").replace("type: statement", "type: rumour")


def run(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it."""
    command = [sys.executable, "-m", "communique.cli", *arguments]
    environment = {**ENVIRONMENT, **settings}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


def python(program: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A program that plays a user's misfortune."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=cwd, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with content/: two good masters and a bad one between them."""
    for slug, text in {"first": TEXT, "second": BAD, "third": TEXT}.items():
        (tmp_path / "content" / slug).mkdir(parents=True)
        (tmp_path / "content" / slug / "statement.md").write_text(text, encoding="utf-8")
    return tmp_path


def is_clean(stderr: str) -> bool:
    return "Traceback" not in stderr


def test_a_good_build(place: Path) -> None:
    done = run("build", "first", "--format", "html,epub", cwd=place)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"build/first: {FILES + 2} files\n"
    assert (place / "build" / "first" / "first.epub").is_file()
    assert (place / "build" / "first" / "metadata" / "onix.xml").is_file()


@pytest.mark.parametrize("arguments", [["build", "first", "-v"], ["-v", "build", "first"]])
def test_every_file_can_be_named(arguments: list[str], place: Path) -> None:
    done = run(*arguments, "--format", "html", cwd=place)
    lines = done.stdout.splitlines()
    assert len(lines) == FILES
    assert all(" bytes  sha256 " in line for line in lines)
    assert lines[0].startswith("build/first/first.html  ")


def test_a_bad_master_does_not_keep_the_good_ones_from_being_built(place: Path) -> None:
    done = run("build", "--format", "html", cwd=place)
    assert done.returncode == 3
    assert done.stdout.splitlines() == [f"build/first: {FILES} files", f"build/third: {FILES} files"]
    assert [line.split(": ")[:2] for line in done.stderr.splitlines()] == [
        ["content/second/statement.md:3", "type"],
        ["content/second/statement.md:4", "date"],
    ]
    assert all(line.endswith(")") for line in done.stderr.splitlines())
    assert is_clean(done.stderr)


def test_every_error_of_every_master_is_told_at_once(place: Path) -> None:
    (place / "content" / "first" / "statement.md").write_text(BAD, encoding="utf-8")
    done = run("validate", cwd=place)
    assert done.returncode == 3
    assert done.stdout == "content/third/statement.md: valid\n"
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        f"content/{slug}/statement.md:{line}" for slug in ("first", "second") for line in (3, 4)
    ]


def test_validation_writes_nothing(place: Path) -> None:
    assert run("validate", "first", "third", cwd=place).returncode == 0
    assert [path.name for path in place.iterdir()] == ["content"]


def test_debug_shows_where_a_failure_arose(place: Path) -> None:
    for command in ("build", "validate"):
        done = run(command, "second", "--debug", cwd=place)
        assert done.returncode == 3
        assert "Traceback" in done.stderr
        assert "MasterError" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build", "fourth"], "content/fourth: no such statement (known here: first, second, third)"),
        (["build", "--content", "nowhere"], "nowhere: holds no statement (make nowhere/<slug>/statement.md)"),
        (
            ["build", "--format", "odt"],
            "--format: 'odt' is not a format (choose from html, pdf, large, print, epub, docx, all)",
        ),
        (
            ["build", "--format", ""],
            "--format: '' is not a format (choose from html, pdf, large, print, epub, docx, all)",
        ),
        (["build", "--profile", "a9"], "--profile: 'a9' is not a profile (choose from "),
        (["validate", "fourth"], "content/fourth: no such statement (known here: first, second, third)"),
    ],
)
def test_a_wish_that_cannot_be_met(place: Path, arguments: list[str], says: str) -> None:
    done = run(*arguments, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(says)
    assert not (place / "build").exists()


@pytest.mark.parametrize("arguments", [[], ["publish"], ["build", "--frobnicate"], ["build", "--output"]])
def test_a_command_line_that_makes_no_sense(place: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: communique")
    assert is_clean(done.stderr)


@pytest.mark.parametrize("slug", ["../content/first", "/etc", ".", "..", "first/../second", "first/.."])
def test_a_slug_is_a_name_and_not_a_path(place: Path, slug: str) -> None:
    done = run("build", slug, "--format", "html", cwd=place)
    assert done.returncode == 2
    assert not (place / "build").exists()


def test_formats_may_be_given_together_or_apart_and_twice(place: Path) -> None:
    done = run("build", "first", "--format", "epub, html", "--format", "html", cwd=place)
    assert done.returncode == 0
    found = {path.name for path in (place / "build" / "first").iterdir()}
    assert found == {"first.html", "first.epub", "metadata", "manifest.json"}


def test_outputs_may_go_elsewhere(place: Path) -> None:
    done = run("build", "first", "--format", "html", "--output", "a/b c", cwd=place)
    assert done.stdout == f"a/b c/first: {FILES} files\n"
    assert (place / "a" / "b c" / "first" / "first.html").is_file()


def test_outputs_that_cannot_be_written(place: Path) -> None:
    (place / "build").write_text("mine")
    done = run("build", "first", "--format", "html", cwd=place)
    assert done.returncode == 5
    (line,) = done.stderr.splitlines()
    assert line.startswith("build: cannot be written: ")


def test_the_worst_failure_gives_the_exit_code(place: Path) -> None:
    (place / "build").write_text("mine")
    done = run("build", "--format", "html", cwd=place)
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 4


def test_a_missing_tool(place: Path) -> None:
    """pandoc is looked for where the variable says."""
    done = run("build", "first", "--format", "html", cwd=place, PYPANDOC_PANDOC=str(place / "nowhere"))
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith("pandoc: ")
    assert is_clean(done.stderr)


def test_the_version(tmp_path: Path) -> None:
    done = run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"communique {VERSION}\n", "")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["validate", "--help"], ["doctor", "--help"]])
def test_help(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: communique")


def test_the_doctor_lists_what_there_is(tmp_path: Path) -> None:
    done = run("doctor", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == ""
    assert any("pandoc" in line for line in done.stdout.splitlines())


def test_a_reader_that_goes_away_is_no_failure_of_ours(place: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "communique.cli", "validate", "first"]
    environment = {**ENVIRONMENT, "PYTHONUNBUFFERED": ""}
    done = subprocess.run(command, cwd=place, env=environment, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_output_that_is_no_unicode_terminal(place: Path) -> None:
    (place / "content" / "second" / "statement.md").write_text(TEXT.replace("2024-05-01", "“bald”"), encoding="utf-8")
    done = run("validate", "second", cwd=place, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 3
    assert is_clean(done.stderr)


def test_progress_is_shown_on_a_terminal_only(place: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "communique.cli", "build", "first", "--format", "html"]
    environment = {**ENVIRONMENT, "TERM": "xterm-256color"}
    done = subprocess.run(command, cwd=place, env=environment, stdout=subprocess.PIPE, stderr=theirs, check=False)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (done.returncode, done.stdout) == (0, f"build/first: {FILES} files\n".encode())
    assert b"first.html" in shown


def test_an_interrupt_is_answered_in_one_line(place: Path) -> None:
    interrupts = "import os, signal; from communique import build, cli\n"
    # A shell's background jobs ignore the signal, and hand that down.
    interrupts += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    interrupts += "build.find = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
    interrupts += "raise SystemExit(cli.main(['build']))"
    done = python(interrupts, place)
    assert (done.returncode, done.stderr) == (130, "stopped; what was built before is untouched\n")


def test_a_bug_is_one_line_too(place: Path) -> None:
    breaks = "from communique import build, cli\nbuild.find = lambda *_: [][0]\nraise SystemExit(cli.main(['build']))"
    done = python(breaks, place)
    assert done.returncode == 70
    (line,) = done.stderr.splitlines()
    assert line.startswith("communique: a bug: IndexError: ")


def test_a_bug_in_one_statement_leaves_the_others(place: Path) -> None:
    program = """
import sys
from communique import build, cli
whole = build.annotate
build.annotate = lambda edition: 1 / 0 if edition.slug == "first" else whole(edition)
sys.exit(cli.main(["build", "--format", "html"]))
"""
    done = python(program, place)
    assert done.returncode == 70
    assert done.stdout == f"build/third: {FILES} files\n"
    lines = done.stderr.splitlines()
    assert lines[0].startswith("content/first: a bug: ZeroDivisionError: division by zero (")
    assert all(line.startswith("content/second/statement.md:") for line in lines[1:])
    assert len(lines) == 3
