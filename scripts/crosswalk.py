"""Writes docs/crosswalk.md from the table of the crosswalk: `python scripts/crosswalk.py`."""

from __future__ import annotations

from pathlib import Path

from communique.crosswalk.page import page
from communique.records import SERIALIZERS

if __name__ == "__main__":
    made = page([each.name() for each in SERIALIZERS])
    (Path(__file__).resolve().parents[1] / "docs" / "crosswalk.md").write_text(made, encoding="utf-8")
