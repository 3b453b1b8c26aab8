"""The plan of a package: what lies in content/ and build/ -> contents -> entries -> disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from communique import inputs, master, published, storage, storing
from communique.crosswalk.facts import recorded
from communique.errors import UsageError
from communique.packages import PACKAGERS, Packager, zipped
from communique.packages.contents import Contents, Role
from communique.packages.entry import Entry, copied
from communique.packages.reading import contents
from communique.records.manifest import NAME as MANIFEST
from communique.records.premis import Verdict
from communique.writers.pdf.profiles import PROFILES

FOLDER = "packages"
"""The folder beside those of the statements, in the output folder."""
_REPORT = "check/check.json"
_OUTCOMES = {"passed": "pass", "failed": "fail", "unchecked": "unchecked"}


KINDS = (*PACKAGERS, storing.NAME)
"""Every kind of package: those that are made anew each time, and the storage root that keeps all versions."""


@dataclass(frozen=True)
class Outcome:
    """The folder of the packages of one version, the names of the packages in it, and the object that keeps all."""

    folder: Path
    names: tuple[str, ...]
    kept: Path | None = None

    @property
    def places(self) -> tuple[Path, ...]:
        """Where everything is that was made."""
        return (*(self.folder / name for name in self.names), *([self.kept] if self.kept else []))


def gather(folder: Path, output: Path) -> Contents:
    """One version of a statement, as its master lies in `folder` and its outputs in `output`/<slug>.

    Refused are outputs that were not made from this very master, or not judged since.
    """
    statements = master.read(folder)
    slug = statements[0].slug
    place = output / slug
    listing, report = _json(place / MANIFEST, f"communique build {slug}"), _json(place / _REPORT, "communique check")
    try:
        made_from, judged = listing["inputs"], report["manifest"]["sha256"]
        types = {each["name"]: each["mediaType"] for each in listing["files"]}
        verdicts = tuple(_verdicts(report, recorded(*statements)))
        found = contents(statements, folder, place, listing["tools"], types)
    except (KeyError, TypeError) as error:
        remedy = f"communique build {slug}, then communique check {slug}"
        raise UsageError(f"{place}: its manifest or its report is not one of this program ({remedy})") from error
    if made_from not in _made_from(folder):
        raise UsageError(f"{place}: was not built from {folder} as it is now (communique build {slug})")
    if judged != hashlib.sha256((place / MANIFEST).read_bytes()).hexdigest():
        raise UsageError(f"{place}: was built anew since it was checked (communique check {slug})")
    return replace(found, verdicts=verdicts)


def pack(found: Contents, output: Path, kinds: Sequence[str], report: Callable[[str], None]) -> Outcome:
    """Makes packages of some kinds in `output`/packages/<slug>/v<version>, and adds to its storage root.

    Each appears whole or not at all.
    """
    if found.slug == storing.NAME:
        raise UsageError(f"{found.slug}: is the name of the storage root among the packages (rename the folder)")
    packages = output / FOLDER
    folder = packages / found.slug / f"v{found.version}"
    made: list[str] = []
    kept: Path | None = None
    with storage.locked(output):
        published.refuse_other_words(found.statements, folder)
        storage.recover(folder)
        if storing.NAME in kinds:  # The first, for it refuses a version that is older than what it has.
            kept = storing.store(found, packages, output)
            report(storing.NAME)
        (listing,) = found.of(Role.LISTING)
        storage.publish_file(folder / MANIFEST, copied(MANIFEST, listing).pieces(), output)
        for kind in (each for each in kinds if each != storing.NAME):
            made.append(_make(found, kind, folder, output))
            report(kind)
    return Outcome(folder, tuple(made), kept)


def _make(found: Contents, kind: str, folder: Path, staging: Path) -> str:
    packager = PACKAGERS[kind]
    name = f"{found.slug}-v{found.version}{packager.suffix}"
    _publish(folder / name, packager, packager.pack(found), staging)
    return name


def _publish(package: Path, packager: Packager, entries: Iterable[Entry], staging: Path) -> None:
    if packager.is_zip:
        storage.publish_file(package, lambda file: zipped.write(entries, file), staging)
    else:
        storage.publish(package, {entry.name: entry.pieces() for entry in entries}, staging)


def _made_from(folder: Path) -> set[str]:
    """What a manifest may name as its inputs: the master with the tools as they are, for any profile."""
    files = inputs.of_files(folder)
    return {inputs.of_build(files, profile) for profile in PROFILES}


def _json(path: Path, command: str) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({command} makes it)") from error


def _verdicts(report: Mapping[str, Any], day: str) -> Iterator[Verdict]:
    """What each judge said, once for each outcome, with the files that it is about.

    A report knows its day only if it was told; else it is the first possible one, for nothing here has a clock.
    """
    for check in report["checks"]:
        said: dict[str, list[str]] = {}
        for result in report["results"]:
            if result["check"] == check["name"]:
                said.setdefault(result["verdict"], []).append(result["file"] or report["statement"]["slug"])
        for verdict, files in said.items():
            name = f"{check['judge']} ({check['name']})"
            yield Verdict(name, check["version"] or "", _OUTCOMES[verdict], tuple(files), report.get("date") or day)
