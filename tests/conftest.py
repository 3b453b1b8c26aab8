"""What the tests share: every master of the repository, built once per run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import bag_samples
import udhr
from communique.audit import Outcome, audit, find
from communique.build import Plan, build
from communique.doctor import places
from communique.writers import WRITERS
from communique.writers.pdf.profiles import PROFILES

ROOT = Path(__file__).resolve().parents[1]
MASTERS = (*sorted((ROOT / "content").iterdir()), *sorted((ROOT / "tests/masters/valid").iterdir()))
EVERYTHING = Plan(tuple(WRITERS), tuple(PROFILES))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outputs of every master, as `communique build` leaves it."""
    output = tmp_path_factory.mktemp("build")
    for folder in MASTERS:
        build(folder, output, EVERYTHING, lambda _: None)
    return output


@pytest.fixture(scope="session")
def checked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """What `communique check` says of every master: copies in one folder with `content` and `build`, reports written.

    It takes every judge that `make judges` installs.
    """
    place = tmp_path_factory.mktemp("checked")
    for folder in MASTERS:
        shutil.copytree(folder, place / "content" / folder.name)
        shutil.copytree(built / folder.name, place / "build" / folder.name)
    return list(audit(find((), place / "build", place / "content"), places(), lambda _: None))


@pytest.fixture(scope="session")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small statement in a bag; nobody changes it."""
    return bag_samples.packed(tmp_path_factory.mktemp("bag"))


@pytest.fixture(scope="session")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the Universal Declaration in every language of tests/udhr.py: the master in `master`, the outputs.

    It takes what `make judges` installs, so the tests that use it are marked as those of judges.
    """
    folder = tmp_path_factory.mktemp("declared")
    plan = Plan(("html", "epub", "docx", "pdf"), tuple(PROFILES))
    build(udhr.write(folder / "master"), folder, plan, lambda _: None)
    return folder
