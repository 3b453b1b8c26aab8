"""How faults are written."""

from __future__ import annotations

import pytest

from communique.errors import Problem
from communique.master.faults import Fault, quoted


def test_a_fault_becomes_a_problem_of_its_file() -> None:
    assert Fault(3, "found", "write", "a.b").at("x.md") == Problem("x.md", 3, "a.b", "found", "write")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a", "'a'"),
        ("a\nb \t c", "'a b c'"),
        ("\u202ea\x07", "'\\u202ea\\u0007'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 59}…'"),
    ],
)
def test_values_are_quoted_on_one_line(text: str, shown: str) -> None:
    assert quoted(text) == shown
