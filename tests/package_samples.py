"""What packages are made from in tests: a master of the repository as it was built, with a report beside it."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

from communique import master
from communique.packages import zipped
from communique.packages.contents import Contents
from communique.packages.entry import Entry
from communique.packages.reading import contents
from communique.records.premis import Verdict
from conftest import MASTERS

VERDICTS = (
    Verdict("veraPDF (verapdf)", "1.30.1", "pass", ("a.pdf",), "2024-05-01"),
    Verdict("EPUBCheck (epubcheck)", "5.3.0", "fail", ("a.epub",), "2024-05-01"),
)


def gathered(built: Path, slug: str, place: Path) -> Contents:
    """The contents of one of the masters: its outputs copied to `place`/build, with a small report beside them."""
    folder = next(folder for folder in MASTERS if folder.name == slug)
    output = place / "build" / slug
    shutil.copytree(built / slug, output, dirs_exist_ok=True)
    (output / "check").mkdir(exist_ok=True)
    (output / "check" / "check.json").write_text('{"verdict": "passed"}\n', encoding="utf-8")
    listed = json.loads((output / "manifest.json").read_bytes())
    types = {each["name"]: each["mediaType"] for each in listed["files"]}
    found = contents(master.read(folder), folder, output, listed["tools"], types)
    return dataclasses.replace(found, verdicts=VERDICTS)


def lay_out(entries: list[Entry], folder: Path) -> Path:
    """The entries of a package as files in a folder."""
    for entry in entries:
        path = folder / entry.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(entry.pieces()))
    return folder


def zip_file(entries: list[Entry], path: Path) -> Path:
    """The entries of a package as one ZIP file."""
    with path.open("wb") as file:
        zipped.write(entries, file)
    return path
