"""What happened to the files, as actions: received, edited, made, and judged, by whom and with which programs."""

from __future__ import annotations

from collections.abc import Iterator

from communique.packages.contents import Contents, Role
from communique.packages.ro_crate.graph import Entity, Graph, compact, identified, is_address, local, reference
from communique.packages.ro_crate.programs import program
from communique.packages.ro_crate.root import ROOT, publisher
from communique.records.premis import Verdict

_NO_CLOCK = "Not before this day; a build has no clock."
_OUTCOMES = {
    "pass": "The judge found nothing against the files.",
    "fail": "The judge found something against the files; the report says what.",
    "unchecked": "The judge came to no verdict, which is no pass.",
}


def described(graph: Graph, contents: Contents) -> None:
    """Every action, and the programs that took part; the root mentions them all."""
    done = [*_received(graph, contents), *_edited(graph, contents), *_made(graph, contents)]
    done += [_judged(graph, contents, verdict, number) for number, verdict in enumerate(contents.verdicts, 1)]
    graph.entities[ROOT]["mentions"] = compact(done)


def _received(graph: Graph, contents: Contents) -> Iterator[Entity]:
    """When and from where the text came in, for each file that is kept of it."""
    told: set[str] = set()
    for statement in contents.statements:
        source = statement.source
        path = f"content/{contents.slug}/{source.file}" if source else ""
        if source and source.received and path not in told and _kept(contents, path):
            told.add(path)
            yield graph.add(
                local("capture", str(len(told))),
                "CreateAction",
                name="Capture of the text as received",
                agent=publisher(graph),
                endTime=source.received,
                object=reference(source.url) if is_address(source.url) else None,
                result=_kept(contents, path),
            )


def _edited(graph: Graph, contents: Contents) -> Iterator[Entity]:
    """What the editors did to the received text, from the notes in the master."""
    for statement in contents.statements[:1]:
        notes = [" ".join(part for part in (each.text, each.reason) if part) for each in statement.editorial_notes]
        source = statement.source
        if notes:
            yield graph.add(
                "#edit",
                "CreateAction",
                name="Editing of the received text",
                description=" ".join([*notes, _NO_CLOCK]),
                agent=publisher(graph),
                endTime=contents.date,
                object=(_kept(contents, f"content/{contents.slug}/{source.file}") if source else None)
                or reference(ROOT),
                result=compact(_masters(contents)),
            )


def _made(graph: Graph, contents: Contents) -> Iterator[Entity]:
    """That the outputs were made from the masters, by this program with the help of others."""
    made = [reference(identified(part.path)) for part in contents.of(Role.RENDITION, Role.RECORD, Role.LISTING)]
    others = {name: version for name, version in contents.tools.items() if name != "communique"}
    needed = [program(graph, name, version) for name, version in others.items()]
    own = program(graph, "communique", contents.tools.get("communique", ""), compact(needed))
    if made:
        yield graph.add(
            "#build",
            "CreateAction",
            name="Making of all formats and records",
            description=_NO_CLOCK,
            agent=publisher(graph),
            instrument=own,
            endTime=contents.date,
            object=compact(reference(identified(part.path)) for part in contents.of(Role.MASTER)),
            result=compact(made),
        )


def _judged(graph: Graph, contents: Contents, verdict: Verdict, number: int) -> Entity:
    """What a judge said of some files; of the whole, where it names no file."""
    kept = {part.path for part in contents.parts}
    paths = [path for name in verdict.files if (path := f"build/{contents.slug}/{name}") in kept]
    outcome = graph.once(
        local("outcome", verdict.outcome),
        "DefinedTerm",
        name=verdict.outcome,
        description=_OUTCOMES.get(verdict.outcome, ""),
    )
    return graph.add(
        local("verdict", str(number)),
        "AssessAction",
        name=f"{verdict.judge}: {verdict.outcome}",
        agent=publisher(graph),
        instrument=program(graph, verdict.judge.partition(" (")[0], verdict.version),
        endTime=verdict.day,
        object=compact(reference(identified(path)) for path in paths) if paths else reference(ROOT),
        result=outcome,
    )


def _masters(contents: Contents) -> Iterator[Entity]:
    return (reference(identified(part.path)) for part in contents.of(Role.MASTER) if part.language)


def _kept(contents: Contents, path: str) -> Entity | None:
    """The reference to a file, if it is in the package."""
    return next((reference(identified(part.path)) for part in contents.parts if part.path == path), None)
