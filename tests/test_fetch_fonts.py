"""Fetching fonts: what is asked for, whole or not at all, and never anything but what the table names."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from communique import typefaces
from communique.errors import ToolFailed, ToolMissing, UsageError
from communique.typefaces import Typeface, verified
from conftest import ROOT
from programs import program

THAI = typefaces.typefaces()["Thai"]
HERE = dict(zip(THAI.files, verified(THAI), strict=True))
LICENCE = THAI.folder / "LICENSE.txt"
fetching = program("fetch_fonts")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where fonts are put: empty at first."""
    place = tmp_path / "fetched"
    monkeypatch.setattr(typefaces, "folder", lambda: place)
    return place


@pytest.fixture
def npm(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The contents of a package; a program called npm on the PATH packs them as the real one would."""
    package = tmp_path / "source" / "package"
    for file, path in HERE.items():
        (package / file.path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, package / file.path)
    shutil.copy(LICENCE, package / THAI.licence.path)
    programs = tmp_path / "bin"
    programs.mkdir()
    body = f'#!/bin/sh\n[ "$1 $2" = "pack {THAI.package}@{THAI.version}" ] || exit 1\n'
    body += f'exec tar -czf "${{3#--pack-destination=}}/x.tgz" -C "{package.parent}" package\n'
    (programs / "npm").write_text(body, encoding="utf-8")
    (programs / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return package


def names(faces: tuple[Typeface, ...]) -> str:
    return " ".join(face.code for face in faces)


def test_languages_are_asked_for_by_name() -> None:
    assert names(fetching.asked(["th", "ja", "th"], ROOT)) == "Jpan Thai"
    assert len(fetching.asked(["all"], ROOT)) == len(typefaces.typefaces())


def test_what_content_is_written_in_is_asked_for_otherwise(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "statement.md").write_text("---\nlanguage: he\n---\n", encoding="utf-8")
    assert names(fetching.asked([], tmp_path)) == "Hebr"


def test_this_repository_asks_for_nothing() -> None:
    assert fetching.asked([], ROOT / "content") == ()


@pytest.mark.parametrize("name", ["en", "ru", "sw", "sr-Latn"])
def test_a_language_that_needs_no_font_is_told_so(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetching.main(["--missing", name]) == 0
    assert fetching.main([name]) == 0
    assert capsys.readouterr() == ("", f"bootstrap: {name} needs no font but those that are here\n")


def test_a_language_that_needs_no_font_keeps_none_from_another() -> None:
    assert names(fetching.asked(["sw", "ja"], ROOT)) == "Jpan"


def test_a_language_for_which_no_font_is_known_cannot_be_had(capsys: pytest.CaptureFixture[str]) -> None:
    assert fetching.main(["ja", "ka"]) == 4
    said = "bootstrap: ka: no font for Georgian is known (add one to templates/fonts/scripts.yaml)\n"
    assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("name", ["xx", "english", "klingon", "JA", "--all", ""])
def test_what_is_no_language_is_wrong_usage(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError, match=f"'{name}' is not "):
        fetching.asked(["ja", name], ROOT)
    assert fetching.main([name]) == 2
    assert capsys.readouterr().err.startswith(f"bootstrap: '{name}' is not ")


def test_a_language_whose_script_is_not_known_has_to_name_it() -> None:
    with pytest.raises(UsageError, match=r"'art-x-a': its script is not known \(name it, as in art-Latn\)"):
        fetching.asked(["art-x-a"], ROOT)


def test_bootstrap_says_what_is_to_be_said_once(tmp_path: Path) -> None:
    for part in ("templates", "scripts/communique"):
        (tmp_path / part).parent.mkdir(exist_ok=True)
        (tmp_path / part).symlink_to(ROOT / part)
    for name in ("bootstrap", "fetch_fonts.py"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts" / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/ready-build").touch()
    python = tmp_path / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    for language, code, said in (("sw", 0, "sw needs no font"), ("ka", 4, "no font for Georgian"), ("xx", 2, "'xx'")):
        command = [str(tmp_path / "scripts/bootstrap"), "fonts", language]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr.count("\n"), said in done.stderr) == (code, "", 1, True)


@pytest.mark.usefixtures("npm")
def test_a_package_is_put_in_place_with_its_licence(folder: Path) -> None:
    assert fetching.main(["th"]) == 0
    assert sorted(path.name for path in folder.rglob("*")) == [
        "LICENSE.txt",
        "Sarabun_400Regular.ttf",
        "Sarabun_700Bold.ttf",
        "sarabun",
    ]
    assert [path.read_bytes() for path in verified(THAI)] == [path.read_bytes() for path in HERE.values()]


@pytest.mark.usefixtures("npm")
def test_what_is_missing_is_only_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetching.main(["--missing", "th"]) == 0
    assert capsys.readouterr().out == f"{THAI.package}@{THAI.version}\n"
    assert not folder.exists()


@pytest.mark.usefixtures("folder", "npm")
def test_nothing_is_fetched_twice(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetching.main(["th"]) == 0
    capsys.readouterr()
    monkeypatch.setenv("PATH", "")
    assert fetching.main(["th"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("folder", "npm")
def test_what_is_broken_is_fetched_again() -> None:
    THAI.folder.mkdir(parents=True)
    (THAI.folder / THAI.files[0].name).write_bytes(b"half a fo")
    assert fetching.main(["th"]) == 0
    assert len(verified(THAI)) == 2


@pytest.mark.parametrize("change", ["other bytes", "no file"])
def test_another_package_than_the_table_names_is_refused_and_leaves_nothing(
    change: str, folder: Path, npm: Path
) -> None:
    bold = npm / THAI.files[1].path
    if change == "no file":
        bold.unlink()
    else:
        bold.write_bytes(bold.read_bytes() + b"\0")
    with pytest.raises(ToolFailed, match=r"700Bold/Sarabun_700Bold\.ttf is not the file"):
        fetching.fetch(THAI)
    assert list(folder.iterdir()) == []


def test_a_failure_of_npm_leaves_what_is_there(folder: Path, npm: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fetching.fetch(THAI)
    (npm.parents[1] / "bin" / "npm").write_text("#!/bin/sh\necho no network >&2; exit 1\n", encoding="utf-8")
    with pytest.raises(ToolFailed, match="npm could not fetch it"):
        fetching.fetch(THAI)
    assert "no network" in capfd.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["sarabun"]
    assert len(verified(THAI)) == 2


@pytest.mark.usefixtures("folder")
def test_without_npm_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ToolMissing, match="npm is missing"):
        fetching.fetch(THAI)


def test_bootstrap_knows_its_levels() -> None:
    bootstrap = str(ROOT / "scripts" / "bootstrap")
    for arguments, said in (
        (["font"], "not one of build, test, judges, fonts"),
        (["test", "ja"], "takes no languages"),
    ):
        done = subprocess.run([bootstrap, *arguments], capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stderr) == (2, True)


@pytest.mark.usefixtures("folder", "npm")
def test_npm_packages_are_tar_files_as_the_stand_in_makes_them(tmp_path: Path) -> None:
    packed = fetching._packed(THAI, str(tmp_path))
    with tarfile.open(packed) as package:
        assert f"package/{THAI.licence.path}" in package.getnames()
