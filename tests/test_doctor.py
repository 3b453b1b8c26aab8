"""The doctor finds what is there, and says of everything else what to type."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from communique import doctor, templates, typefaces
from communique.doctor import SCRIPTS, Check, examine

ROOT = SCRIPTS.parent
FACES = tuple(typefaces.typefaces().values())
BUILD = ("Python", "pandoc", "WeasyPrint", "Pango", "PangoFT2", "HarfBuzz subset", "fonts")
JUDGES = (
    "Java",
    "veraPDF",
    "EPUBCheck",
    "commons-ip",
    "Node",
    "Ace",
    "Nu HTML Checker",
    "axe-core",
    "Puppeteer",
    "Open XML SDK validator",
    "Chromium",
    "LibreOffice",
    "qpdf",
    "Poppler",
    "Ghostscript",
    "roc-validator",
)


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_it_looks_for_everything_a_build_and_the_judges_need() -> None:
    checks = examine()
    assert tuple(check.name for check in checks if check.needed_for == "build") == BUILD
    assert tuple(check.name for check in checks if check.needed_for == "judges") == JUDGES


def test_what_a_build_needs_is_here() -> None:
    checks = by_name(examine())
    assert [name for name in BUILD if not checks[name].found] == []
    assert checks["WeasyPrint"].found == metadata.version("weasyprint")
    assert checks["pandoc"].found.startswith("3.")
    assert checks["fonts"].found == f"{len(list(templates.root().glob('fonts/*/*.ttf')))} files"


def checkout(folder: Path, master: str) -> Path:
    """The scripts/ folder of a checkout with one master."""
    (folder / "content" / "one").mkdir(parents=True)
    (folder / "content" / "one" / "statement.md").write_text(master, encoding="utf-8")
    (folder / "scripts").mkdir()
    (folder / "scripts" / "bootstrap").touch()
    return folder / "scripts"


def test_the_fonts_of_every_large_script_are_listed() -> None:
    checks = by_name(examine())
    assert {face.name: checks[face.name].found for face in FACES} == {
        face.name: f"{face.family}, {face.version}" for face in FACES
    }


def test_fonts_are_needed_only_for_what_content_is_written_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path / "nowhere")
    scripts = checkout(tmp_path, "---\nlanguage: ja\n---\nA [word]{lang=he}.\n")
    checks = by_name(examine(scripts))
    assert {name for name in checks if checks[name].needed_for == "build"} == {*BUILD, "Japanese", "Hebrew"}
    assert checks["Japanese"].state == "missing: scripts/bootstrap fonts ja"
    assert checks["Thai"].state == "not needed here: scripts/bootstrap fonts th"


def test_a_broken_font_counts_as_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path / "broken")
    thai = typefaces.typefaces()["Thai"]
    thai.folder.mkdir(parents=True)
    for file in thai.files:
        (thai.folder / file.name).write_bytes(b"\0\1\0\0")
    assert by_name(examine())["Thai"].found == ""


@pytest.mark.judge
def test_every_judge_is_here() -> None:
    checks = by_name(examine())
    assert [name for name in JUDGES if not checks[name].found] == []


def test_what_a_checkout_says_to_type_exists() -> None:
    remedies = {check.remedy for check in examine() if check.name not in {"Python", "fonts"}}
    assert remedies == {
        "scripts/bootstrap",
        "make judges",
        *(f"scripts/bootstrap fonts {face.example}" for face in FACES),
    }
    assert (ROOT / "scripts" / "bootstrap").stat().st_mode & 0o111
    assert "\njudges:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_programs_that_are_not_on_the_path_are_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    checks = by_name(examine())
    for name in ("Java", "Chromium", "LibreOffice", "qpdf", "Poppler", "Ghostscript"):
        assert (checks[name].found, checks[name].remedy) == ("", "make judges")


def test_an_installed_package_has_no_judges_and_says_so(tmp_path: Path) -> None:
    checks = by_name(examine(tmp_path))
    for name in ("veraPDF", "Ace", "Nu HTML Checker", "axe-core", "Puppeteer", "Open XML SDK validator"):
        assert checks[name].found == ""
        assert "not part of an installed communique" in checks[name].remedy
    assert "apt-get install" in checks["Pango"].remedy
    assert "libharfbuzz-subset0" in checks["HarfBuzz subset"].remedy
    assert checks["Thai"].remedy == "pip install --force-reinstall communique from a checkout that has its fonts"
    assert checks["WeasyPrint"].remedy == checks["fonts"].remedy == "pip install --force-reinstall communique"


def test_a_package_that_cannot_be_read_is_missing(tmp_path: Path) -> None:
    modules = tmp_path / "judges" / "node_modules"
    for name, text in (("vnu-jar", "{"), ("axe-core", "{}"), ("puppeteer-core", '{"version": "1.2.3"}')):
        (modules / name).mkdir(parents=True)
        (modules / name / "package.json").write_text(text, encoding="utf-8")
    checks = by_name(examine(tmp_path))
    assert [checks[name].found for name in ("Nu HTML Checker", "axe-core", "Puppeteer")] == ["", "", "1.2.3"]


def test_the_version_of_verapdf_is_read_from_its_jar(tmp_path: Path) -> None:
    jars = tmp_path / "judges" / "lib"
    jars.mkdir(parents=True)
    (jars / "greenfield-apps-1.28.2.jar").touch()
    (jars / "parser-9.9.9.jar").touch()
    assert by_name(examine(tmp_path))["veraPDF"].found == "1.28.2"


@pytest.mark.parametrize(
    ("body", "found"),
    [("echo 'openjdk 17.0.15' >&2", "17.0.15"), ("echo 1.2; exit 1", ""), ("echo no number", ""), ("kill -9 $$", "")],
)
def test_a_program_counts_as_found_if_it_runs_and_gives_a_version(
    body: str, found: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "java"
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}")
    assert by_name(examine())["Java"].found == found


@pytest.mark.parametrize(
    ("library", "asks"), [("libnowhere", "pango_version_string"), ("libpango-1.0", "no_such_function")]
)
def test_a_library_counts_as_found_if_it_answers(library: str, asks: str) -> None:
    assert doctor._library(library, asks) == ""
