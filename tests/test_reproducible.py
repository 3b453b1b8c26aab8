"""The same master gives the same bytes: anywhere, at any time, under any setting of the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.writers.pdf.profiles import PROFILES
from conftest import MASTERS, ROOT

CLOCKS = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
"""The library that gives a program another time (Debian package libfaketime)."""


@dataclass(frozen=True)
class World:
    """A place and the settings under which a build runs there."""

    path: str
    clock: str
    umask: int
    settings: dict[str, str]


ONE = World("one", "@2001-02-03 04:05:06", 0o022, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"})
OTHER = World(
    "an other/place – far away",
    "@2001-02-04 23:59:58",
    0o077,
    {"PYTHONHASHSEED": "4711", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "SOURCE": "x", "COLUMNS": "40"},
)


def environment(world: World, place: Path) -> dict[str, str]:
    """The variables of a world: its own clock, home and copy of the program."""
    assert CLOCKS, "libfaketime is not installed (scripts/bootstrap test)"
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LD_LIBRARY_PATH")}
    # The times of files stay as they are, or Python would compile all of its libraries anew.
    clock = {"LD_PRELOAD": str(CLOCKS[0]), "FAKETIME": world.clock, "NO_FAKE_STAT": "1"}
    return {**kept, **world.settings, **clock, "HOME": str(place / "home"), "PYTHONPATH": str(place / "scripts")}


def built_in(world: World, root: Path) -> Path:
    """The outputs of all masters, built by a copy of the program in a world."""
    place = root / world.path
    for part in ("scripts/communique", "templates"):
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    for folder in MASTERS:
        shutil.copytree(folder, place / "content" / folder.name)
    wishes = ["--format", "all", "--profile", ",".join(PROFILES)]
    command = [sys.executable, "-m", "communique.cli", "build", *wishes]
    said = subprocess.run(
        command, cwd=place, env=environment(world, place), umask=world.umask, capture_output=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, b"")
    return place / "build"


def contents(folder: Path) -> dict[str, bytes]:
    """All files below a folder but the lock, by their paths."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The outputs of two worlds."""
    root = tmp_path_factory.mktemp("worlds")
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda world: built_in(world, root), (ONE, OTHER))
    return one, other


def test_the_clocks_of_the_two_worlds_are_a_day_apart(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import time; print(int(time.time()))"]
    worlds = (environment(world, tmp_path) for world in (ONE, OTHER))
    times = [int(subprocess.run(command, env=each, stdout=subprocess.PIPE, check=True).stdout) for each in worlds]
    assert times[1] - times[0] > 86_400
    assert all(time < 1_000_000_000 for time in times)


def test_two_worlds_make_the_same_bytes(outputs: tuple[Path, Path]) -> None:
    one, other = map(contents, outputs)
    assert list(one) != []
    assert set(one) == set(other)
    assert [name for name, content in one.items() if other[name] != content] == []


def test_this_world_makes_the_same_bytes_too(outputs: tuple[Path, Path], built: Path) -> None:
    there, here = contents(outputs[0]), contents(built)
    assert set(there) == set(here)
    assert [name for name, content in there.items() if here[name] != content] == []
