"""The plan of a build: master -> document -> renditions -> records -> manifest -> disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from communique import inputs, master, published, storage
from communique.document import Document, annotate
from communique.errors import UsageError
from communique.packing import FOLDER as PACKAGES
from communique.records import SERIALIZERS, manifest
from communique.records.edition import Edition
from communique.rendition import Rendition
from communique.statement import Statement
from communique.writers import WRITERS, Choices
from communique.writers.attachment import RECORD, SOURCE, Attachment
from communique.writers.pdf.profiles import DEFAULT

Report = Callable[[str], None]
"""Is told the name of each file as it is finished."""


@dataclass(frozen=True)
class Outcome:
    """What a build left: the folder, and every file in it."""

    folder: Path
    files: tuple[Rendition, ...]


@dataclass(frozen=True)
class Plan:
    """Which formats to make (names from the table of writers), for which profiles, and on which sheet."""

    formats: tuple[str, ...]
    profiles: tuple[str, ...] = (DEFAULT,)
    size: str = "A4"


def build(folder: Path, output: Path, plan: Plan, report: Report) -> Outcome:
    """Builds all editions of the statement in `folder` into `output`/<slug>, which appears whole or not at all."""
    with ThreadPoolExecutor(2) as pool:
        for name in plan.formats:
            pool.submit(WRITERS[name].warm_up)
        statements = master.read(folder)
        place = output / statements[0].slug
        if statements[0].revisions:  # Before the first version is named, the text is a draft.
            published.refuse_other_words(statements, place)
        documents = [annotate(statement) for statement in statements]
        renditions = _renditions(documents, plan, pool, report)
    made_from = inputs.of_build(inputs.of_files(folder), plan.profiles[0])
    with storage.locked(output):
        kept = _kept(place, made_from, {rendition.name for rendition in renditions})
        files = sorted([*renditions, *kept], key=lambda file: file.name)
        tools = inputs.tools()
        files += list(_records(statements, files, tools))
        listing = manifest.serialize(statements, made_from, tools, files)
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
        if folder.name == PACKAGES:
            raise UsageError(f"{folder}: build/{PACKAGES} is the place of packages (give the folder another name)")
        if folder.parent != content or folder.name == ".." or not folder.is_dir():
            known = ", ".join(sorted(path.parent.name for path in content.glob("*/statement.md"))) or "none"
            raise UsageError(f"{folder}: no such statement (known here: {known})")
    return folders


def _renditions(documents: Sequence[Document], plan: Plan, pool: ThreadPoolExecutor, report: Report) -> list[Rendition]:
    """Every format of every edition."""
    finished = []
    for document in documents:
        for rendition in _formats(document, plan, pool):
            report(rendition.name)
            finished.append(rendition)
    return finished


def _formats(document: Document, plan: Plan, pool: ThreadPoolExecutor) -> Iterator[Rendition]:
    """Every format of one edition. What is on paper is made here, the rest beside it in the meantime.

    One edition comes after the other, for all that need its pages share one layout of them.
    """
    choices = _choices(document.statement, plan)
    writers = {name: WRITERS[name] for name in plan.formats}
    pending = {
        name: pool.submit(writer.write, document, choices) for name, writer in writers.items() if not writer.is_paper
    }
    for name, writer in writers.items():
        yield from pending[name].result() if name in pending else writer.write(document, choices)


def _choices(statement: Statement, plan: Plan) -> Choices:
    """What was chosen, with the files that a PDF of this edition may carry: its master and its records."""
    master_file = Path(statement.path)
    name = f"{master_file.stem}.md"
    carried = [Attachment(name, "text/markdown", master_file.read_bytes(), SOURCE, "The text as it was written")]
    carried += [
        Attachment(Path(record.name).name, record.media_type, record.content, RECORD, "What is said about the text")
        for record in (each.write(Edition(statement)) for each in SERIALIZERS if each.is_carried)
    ]
    return Choices(plan.profiles, plan.size, tuple(carried))


def _records(
    statements: Sequence[Statement], files: Sequence[Rendition], tools: Mapping[str, str]
) -> Iterator[Rendition]:
    """The records of each edition, which speak of its own renditions."""
    owners = {file.name: _owner(file, statements) for file in files}
    for statement in statements:
        own = [file for file in files if owners[file.name] == statement.name]
        edition = Edition(statement, own, tools)
        yield from (each.write(edition) for each in SERIALIZERS if each.applies(edition))


def _owner(file: Rendition, statements: Sequence[Statement]) -> str:
    """The edition that a file belongs to: of the names that its own begins with, the longest."""
    return max((each.name for each in statements if file.name.startswith(f"{each.name}.")), key=len, default="")


def _kept(place: Path, made_from: str, fresh: set[str]) -> Iterator[Rendition]:
    """Renditions of an earlier build from the very same inputs, in formats that were not asked for now.

    Files made from anything else go: words that disagree must not lie side by side.
    """
    try:
        earlier = json.loads((place / manifest.NAME).read_text(encoding="utf-8"))
        listed = earlier["files"] if earlier["inputs"] == made_from else []
        for entry in listed:
            name = entry["name"]
            if name in fresh or "/" in name:
                continue
            rendition = Rendition(name, entry["mediaType"], (place / name).read_bytes())
            if rendition.sha256 == entry["sha256"]:
                yield rendition
    except (OSError, ValueError, KeyError, TypeError):
        return
