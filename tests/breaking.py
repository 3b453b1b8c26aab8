"""Breaking one thing in a good output, and asking a check what it says then."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf

from communique.checks.check import Check, targets
from communique.checks.publication import Publication
from communique.checks.verdict import Result, Verdict
from communique.doctor import places

TESTS = Path(__file__).parent
BROKEN = TESTS / "broken"
SINK = "kitchen-sink"
SINK_MASTER = TESTS / "masters" / "valid" / SINK
LEAST = """---
title: A statement
type: statement
date: 2024-02-29
language: en
issuers:
  - name: Norway
publisher:
  name: Press Office
rights:
  statement: Copyright Not Evaluated
---
Words.
"""
"""The least that a master can be."""


def publication(folder: Path, master: Path | None = SINK_MASTER) -> Publication:
    """A folder as a publication; it is named after its statement."""
    return Publication(folder.name, folder, master)


def copied(built: Path, target: Path, *names: str, slug: str = SINK) -> Publication:
    """A copy of some outputs of the kitchen sink, or of all, with its master."""
    folder = target / slug
    for name in names or publication(built / slug).files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built / slug / name, folder / name)
    return publication(folder)


def results(check: Check, *these: Publication) -> list[Result]:
    """What a check says of some publications: exactly one result for each file that it applies to."""
    wanted = targets(check, these)
    said = list(check.run(wanted, places()))
    assert [(each.slug, each.path) for each in said] == [(each.slug, name) for each, name in wanted]
    assert {each.check for each in said} <= {check.name}
    for result in said:
        assert all(finding.judge == check.name and "\n" not in finding.message for finding in result.findings)
        assert all(finding.message and finding.path == result.path for finding in result.findings)
    return said


def rules(check: Check, one: Publication, name: str) -> set[str]:
    """The rules that one file of a publication breaks."""
    (result,) = (each for each in results(check, one) if each.path == name)
    assert not result.unchecked, result.unchecked
    return {finding.rule for finding in result.findings}


def faults(check: Check, *these: Publication) -> list[str]:
    """Everything that is not a pass, in words."""
    return [f"{each.path}: {each.unchecked} {each.findings}" for each in results(check, *these) if not passed(each)]


def passed(result: Result) -> bool:
    """Whether a result is a pass."""
    return result.verdict is Verdict.PASSED


def rewrite(path: Path, old: str, new: str, count: int = 1) -> None:
    """Replace a piece of a text file; a pattern if it begins with "re:"."""
    path.write_bytes(_replaced(path.read_bytes(), old, new, count))


def repack(path: Path, member: str, old: str, new: str, count: int = 1) -> None:
    """Replace a piece of a member of a ZIP archive; the members stay in their order."""
    change(path, member, lambda content: _replaced(content, old, new, count))


def change(path: Path, member: str, edit: Callable[[bytes], bytes] | None) -> None:
    """Edit a member of a ZIP archive, add one, or leave it out."""
    with zipfile.ZipFile(path) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    if edit is None:
        del members[member]
    else:
        members[member] = edit(members.get(member, b""))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def edit_pdf(path: Path, edit: Callable[[pikepdf.Pdf], None]) -> None:
    """Change a PDF."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        edit(pdf)
        pdf.save(path, fix_metadata_version=False)


def packed(folder: Path, target: Path) -> Path:
    """A ZIP archive of a folder, with mimetype first."""
    names = sorted((file for file in folder.rglob("*") if file.is_file()), key=lambda file: file.name != "mimetype")
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name.relative_to(folder).as_posix(), name.read_bytes())
    return target


def _replaced(content: bytes, old: str, new: str, count: int) -> bytes:
    text = content.decode("utf-8")
    pattern = old.removeprefix("re:") if old.startswith("re:") else re.escape(old)
    made, found = re.subn(pattern, lambda _: new, text, count=count, flags=re.DOTALL)
    assert found, f"{old!r} does not stand there"
    return made.encode("utf-8")
