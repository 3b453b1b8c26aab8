"""What a PREMIS record says: of the files, of what was done, and of who did it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.metadata.facts import Facts, Row
from communique.checks.metadata.files import Files
from communique.checks.opening import Element

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def rows(root: Element, known: Facts, names: tuple[str, str]) -> Iterator[Row]:
    """Everything that it says of the statement."""
    entities = [each for each in root.iter("{*}object") if each.get(_TYPE) == "intellectualEntity"]
    yield Row("title", "originalName", _below(entities, "originalName"), [known.title] * len(entities))
    yield Row("identifiers", "intellectualEntity", _below(entities[:1], "objectIdentifierValue")[:1], [names[0]])
    yield Row("publisher", "agent", list(_agents(root, "organization")), [known.publisher])
    for kind in ("normalization", "creation", "message digest calculation"):
        days = _days(root, kind)
        yield Row("revised", f"event {kind}", days, known.made(days)[: len(days)])
    if (behind := known.background) is None:
        return
    yield Row("source", "event capture", _days(root, "capture"), [behind.received])
    if behind.received and known.source:
        details = _below(_events(root, "capture"), "eventDetail")
        yield Row("source", "event capture", [text.rpartition(" ")[2] for text in details], [known.source])
    details = _below(_events(root, "normalization"), "eventDetail")
    notes = [*behind.notes, *[""] * len(details)]
    cut = [detail[: len(note)] for detail, note in zip(details, notes, strict=False)]
    yield Row("notes", "event normalization", cut if len(details) <= len(behind.notes) else details, behind.notes)
    if behind.digest:
        yield Row(
            "source", "messageDigest", [text for text in _digests(root) if text == behind.digest], [behind.digest]
        )


def files(root: Element, known: Files) -> Iterator[Row]:
    """What it says of the files: names, sizes, digests; and of the programs that made them."""
    found = {name: (size, digest) for name, size, digest in _files(root)}
    yield Row("files", "object", sorted(found.keys() & {*known.listed}), sorted(known.listed))
    for name in sorted(found.keys() & known.listed.keys()):
        row = known.listed[name]
        yield Row("files", f"object {name}", list(found[name]), [str(row.get("size")), str(row.get("sha256"))])
    others = [name for name in found if name not in known.listed]
    yield Row("files", "object", [name for name in others if not name.startswith("source/")], [])
    programs = [f"{name} {version}" for name, version in sorted(known.tools.items())]
    yield Row("tools", "agent", sorted(_agents(root, "software")), programs)
    for kind in ("creation", "message digest calculation"):
        linked = _below(_events(root, kind), "linkingObjectIdentifierValue")
        yield Row("files", f"event {kind}", sorted({*linked} & {*known.listed}), sorted(known.listed))


def _files(root: Element) -> Iterator[tuple[str, str, str]]:
    """Name, size and SHA-256 of each file; "" for what is not said."""
    for each in root.iter("{*}object"):
        if each.get(_TYPE) == "file":
            digests = dict(zip(_below([each], "messageDigestAlgorithm"), _below([each], "messageDigest"), strict=False))
            size = "".join(_below([each], "size"))
            yield _below([each], "objectIdentifierValue")[0], size, digests.get("SHA-256", "")


def _digests(root: Element) -> list[str]:
    return _below([root], "messageDigest")


def _events(root: Element, kind: str) -> list[Element]:
    return [each for each in root.iter("{*}event") if _below([each], "eventType") == [kind]]


def _days(root: Element, kind: str) -> list[str]:
    return [text[:10] for text in _below(_events(root, kind), "eventDateTime")]


def _agents(root: Element, kind: str) -> Iterator[str]:
    """The agents of a type, a program with its version."""
    for each in root.iter("{*}agent"):
        if _below([each], "agentType") == [kind]:
            yield " ".join([*_below([each], "agentName"), *_below([each], "agentVersion")])


def _below(elements: list[Element], name: str) -> list[str]:
    """The texts of all elements of a local name within some elements."""
    return ["".join(map(str, found.itertext())) for each in elements for found in each.iter(f"{{*}}{name}")]
