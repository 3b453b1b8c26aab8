"""The plan of a build: master -> document -> renditions -> records -> manifest -> disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from communique import master, pandoc, storage, templates
from communique.document import Document, annotate
from communique.errors import UsageError
from communique.records import SERIALIZERS, manifest
from communique.rendition import Rendition
from communique.statement import Statement
from communique.version import VERSION
from communique.writers import WRITERS

Report = Callable[[str], None]
"""Is told the name of each file as it is finished."""


@dataclass(frozen=True)
class Outcome:
    """What a build left: the folder, and every file in it."""

    folder: Path
    files: tuple[Rendition, ...]


@dataclass(frozen=True)
class Plan:
    """Which formats to make (names from the table of writers), and the profile of the PDF."""

    formats: tuple[str, ...]
    profile: str


def build(folder: Path, output: Path, plan: Plan, report: Report) -> Outcome:
    """Builds all editions of the statement in `folder` into `output`/<slug>, which appears whole or not at all."""
    with ThreadPoolExecutor(2) as pool:
        for name in plan.formats:
            pool.submit(WRITERS[name].warm_up)
        statements = master.read(folder)
        documents = [annotate(statement) for statement in statements]
        renditions = _renditions(documents, plan, pool, report)
    slug = statements[0].slug
    inputs = _digest(folder)
    with storage.locked(output):
        place = output / slug
        kept = _kept(place, inputs, {rendition.name for rendition in renditions})
        files = sorted([*renditions, *kept], key=lambda file: file.name)
        files += [record for statement in statements for record in _records(statement, files)]
        listing = manifest.serialize(slug, inputs, tools(), files)
        files.append(Rendition(manifest.NAME, "application/json", listing))
        storage.publish(place, {file.name: file.content for file in files})
    return Outcome(place, tuple(files))


def find(names: Sequence[str], content: Path) -> list[Path]:
    """The folders of the statements named, or of all in `content`."""
    if names:
        folders = [content / name for name in names]
    else:
        folders = sorted(path.parent for path in content.glob("*/statement.md"))
    if not folders:
        raise UsageError(f"{content}: holds no statement (make {content}/<slug>/statement.md)")
    for folder in folders:
        if folder.parent != content or folder.name == ".." or not folder.is_dir():
            known = ", ".join(sorted(path.parent.name for path in content.glob("*/statement.md"))) or "none"
            raise UsageError(f"{folder}: no such statement (known here: {known})")
    return folders


def tools() -> dict[str, str]:
    """The versions of what shapes the outputs."""
    packages = ("weasyprint", "pydyf", "lxml", "pillow", "resvg_py", "babel")
    return {"communique": VERSION, "pandoc": pandoc.version(), **{name: version(name) for name in packages}}


def _renditions(documents: Sequence[Document], plan: Plan, pool: ThreadPoolExecutor, report: Report) -> list[Rendition]:
    """Every format of every edition. The PDF is made here, the others beside it while it is made."""
    jobs = [(document, WRITERS[name]) for document in documents for name in plan.formats]
    pending = {
        number: pool.submit(writer.write, document, plan.profile)
        for number, (document, writer) in enumerate(jobs)
        if not writer.has_profiles
    }
    finished = []
    for number, (document, writer) in enumerate(jobs):
        rendition = pending[number].result() if number in pending else writer.write(document, plan.profile)
        report(rendition.name)
        finished.append(rendition)
    return finished


def _records(statement: Statement, files: Sequence[Rendition]) -> Iterator[Rendition]:
    """The records of one edition, which speak of its own renditions."""
    own = [file for file in files if file.name.rpartition(".")[0] == statement.name]
    return (serializer.write(statement, own) for serializer in SERIALIZERS)


def _digest(folder: Path) -> str:
    """One SHA-256 over the statement's folder, the templates and the tools: equal inputs make equal outputs."""
    digest = hashlib.sha256(json.dumps(tools(), sort_keys=True).encode())
    for root in (folder, templates.root()):
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            name = path.relative_to(root).as_posix()
            digest.update(f"{name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _kept(place: Path, inputs: str, fresh: set[str]) -> Iterator[Rendition]:
    """Renditions of an earlier build from the very same inputs, in formats that were not asked for now.

    Files made from anything else go: words that disagree must not lie side by side.
    """
    try:
        earlier = json.loads((place / manifest.NAME).read_text(encoding="utf-8"))
        listed = earlier["files"] if earlier["inputs"] == inputs else []
        for entry in listed:
            name = entry["name"]
            if name in fresh or "/" in name:
                continue
            rendition = Rendition(name, entry["mediaType"], (place / name).read_bytes())
            if rendition.sha256 == entry["sha256"]:
                yield rendition
    except (OSError, ValueError, KeyError, TypeError):
        return
