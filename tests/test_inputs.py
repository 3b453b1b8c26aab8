"""Digests of what outputs are made from: they change with every input and with nothing else."""

from __future__ import annotations

from pathlib import Path

from communique import inputs


def test_tools_have_versions() -> None:
    assert all(version[0].isdigit() for version in inputs.tools().values())


def test_every_change_of_a_file_is_another_input(tmp_path: Path) -> None:
    seen = set()
    for name, content in (("a.md", b"one"), ("a.md", b"two"), ("b.md", b""), ("media/c.png", b"one")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
        seen.add(inputs.of_files(tmp_path))
    (tmp_path / "b.md").rename(tmp_path / "d.md")
    seen.add(inputs.of_files(tmp_path))
    assert len(seen) == 5


def test_the_same_files_elsewhere_are_the_same_inputs(tmp_path: Path) -> None:
    for place in ("one", "other"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "statement.md").write_bytes(b"text")
    assert inputs.of_files(tmp_path / "one") == inputs.of_files(tmp_path / "other")


def test_the_profile_of_the_plain_pdf_is_an_input() -> None:
    assert inputs.of_build("files", "ua1+a2a") == inputs.of_build("files", "ua1+a2a")
    assert inputs.of_build("files", "ua1+a2a") != inputs.of_build("files", "ua2+a4f")
    assert inputs.of_build("files", "ua1+a2a") != inputs.of_build("others", "ua1+a2a")
