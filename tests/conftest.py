"""What the tests share: every master of the repository, built once per run."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.build import Plan, build
from communique.writers import WRITERS
from communique.writers.pdf.profiles import DEFAULT

ROOT = Path(__file__).resolve().parents[1]
MASTERS = (*sorted((ROOT / "content").iterdir()), *sorted((ROOT / "tests/masters/valid").iterdir()))
EVERYTHING = Plan(tuple(WRITERS), DEFAULT)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outputs of every master, as `communique build` leaves it."""
    output = tmp_path_factory.mktemp("build")
    for folder in MASTERS:
        build(folder, output, EVERYTHING, lambda _: None)
    return output
