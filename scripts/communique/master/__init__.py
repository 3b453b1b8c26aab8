"""The files of a statement's folder -> Statement, with every fault of all editions reported at once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique import statement
from communique.errors import MasterError, Problem
from communique.master import body, characters, files, formats, frontmatter, schema, versions
from communique.master.body import Body
from communique.master.faults import Fault, quoted
from communique.master.files import UnreadableError
from communique.master.formats import FORMATS
from communique.master.frontmatter import Node
from communique.statement import Statement

_LIMIT = 10
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_EDITION = re.compile(r"statement\.([A-Za-z0-9-]+)\.md")
_LISTS: Mapping[str, type] = {
    "issuers": statement.Issuer,
    "subjects": statement.Subject,
    "places": statement.Place,
    "identifiers": statement.Identifier,
    "editorial_notes": statement.EditorialNote,
    "terms": statement.Term,
    "references": statement.Reference,
    "revisions": statement.Revision,
}
_SINGLES: Mapping[str, type] = {
    "publisher": statement.Publisher,
    "rights": statement.Rights,
    "source": statement.Source,
    "accessibility": statement.Accessibility,
}
_NO_BODY = Body((), {}, ())


@dataclass(frozen=True)
class _Edition:
    """One file as far as it could be read. `language` is empty where neither file name nor front matter tells it."""

    path: str
    language: str
    node: Node | None = None
    text: str = ""
    body_line: int = 0
    body: Body = _NO_BODY
    faults: tuple[Fault, ...] = ()

    def problems(self) -> Iterator[Problem]:
        """What is wrong with this file."""
        return (fault.at(self.path) for fault in (*self.faults, *self.body.faults))


def read(folder: Path) -> tuple[Statement, ...]:
    """All editions of the statement in content/<slug>: the authoritative one, then the others by language."""
    slug = folder.absolute().name
    names, problems = _names(folder)
    editions = [_edition(folder, name) for name in names]
    problems += [problem for edition in editions for problem in edition.problems()]
    problems += [fault.at(edition.path) for edition, fault in _disagreements(editions)]
    if not _SLUG.fullmatch(slug):
        remedy = "rename it: small letters a-z, digits, and single hyphens between them"
        problems.append(Problem(str(folder), 0, "", f"{quoted(slug)} is not a name for a statement's folder", remedy))
    if problems:
        raise MasterError(problems)
    languages = tuple(edition.language for edition in editions)
    return tuple(_statement(slug, edition, editions[0], languages) for edition in editions)


def _names(folder: Path) -> tuple[list[str], list[Problem]]:
    """The names of the edition files, statement.md first, and the Markdown files whose names say nothing."""
    try:
        names = sorted(path.name for path in folder.iterdir())
    except OSError:
        names = []
    editions, problems = ["statement.md"], []
    for name in names:
        if name.startswith(".") or not name.lower().endswith((".md", ".markdown")) or name == "statement.md":
            continue
        match = _EDITION.fullmatch(name)
        verdict = formats.language(match[1]) if match else ("is not the name of an edition", "")
        if match and not verdict:
            editions.append(name)
        elif verdict:
            remedy = verdict[1] or "rename it statement.<language>.md, as statement.fr.md, or move it elsewhere"
            # A name that is not UTF-8 cannot be printed as it is.
            shown = os.fsencode(name).decode("utf-8", "replace")
            problems.append(Problem(str(folder / shown), 0, "", verdict[0], remedy))
    return editions, problems


def _edition(folder: Path, name: str) -> _Edition:
    """One edition: the file, its front matter and its text, with all that is wrong with them."""
    path, match = str(folder / name), _EDITION.fullmatch(name)
    named = match[1] if match else ""
    try:
        text = _text(files.read(folder, name, _LIMIT))
    except UnreadableError as error:
        return _Edition(path, named, faults=(Fault(0, error.found, error.remedy),))
    except UnicodeDecodeError as error:
        return _Edition(path, named, faults=(_not_utf8(error),))
    faults = list(characters.forbidden(text))
    parts = frontmatter.split(characters.cleaned(text))
    if isinstance(parts, Fault):
        return _Edition(path, named, faults=(*faults, parts))
    node, yaml_faults = frontmatter.parse(parts.yaml, parts.yaml_line)
    faults += yaml_faults
    if node:
        faults += [*schema.check(node, bool(named)), *_odd_characters(node), *_wrong_source(node, folder)]
        faults += versions.check(_keys(node))
    language = named or _language(node)
    content = body.read(parts.body, parts.body_line, language or "en", folder)
    return _Edition(path, language, node, parts.body, parts.body_line, content, tuple(faults))


def _text(content: bytes) -> str:
    """UTF-8 with or without a byte order mark; line breaks of Windows and of old Macs become LF."""
    return content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(error: UnicodeDecodeError) -> Fault:
    """The first byte that is not UTF-8, with its line and its offset in the file from 0."""
    content = bytes(error.object)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(1, "is UTF-16, not UTF-8", "save the file as UTF-8")
    line = len(re.findall(rb"\r\n|\r|\n", content[: error.start])) + 1
    found = f"the byte 0x{content[error.start]:02x} at offset {error.start} is not UTF-8"
    return Fault(line, found, "save the file as UTF-8")


def _language(node: Node | None) -> str:
    """The language that the front matter gives, if it is one."""
    value = node.value.get("language") if node and isinstance(node.value, dict) else None
    given = value.value if value else ""
    return given if isinstance(given, str) and not formats.language(given) else ""


def _odd_characters(node: Node, key: str = "") -> Iterator[Fault]:
    """Forbidden characters that YAML escapes have hidden, and isolates without partner."""
    if isinstance(node.value, str):
        for fault in (*characters.forbidden(node.value, node.line), *characters.isolates(node.value, node.line)):
            yield Fault(node.line, fault.found, fault.remedy, key)
        return
    below = node.value.items() if isinstance(node.value, dict) else enumerate(node.value)
    for name, child in below:
        path = f"{key}[{name}]" if isinstance(name, int) else f"{key}.{name}" if key else name
        yield from _odd_characters(child, path)


def _wrong_source(node: Node, folder: Path) -> Iterator[Fault]:
    """The received text against the digest that the master gives."""
    source = node.value.get("source") if isinstance(node.value, dict) else None
    keys = source.value if source and isinstance(source.value, dict) else {}
    name, given = keys.get("file"), keys.get("sha256")
    if not name or not isinstance(name.value, str) or FORMATS["source-path"](name.value):
        return
    try:
        digest = files.digest_below(folder, name.value, "source")
    except UnreadableError as error:
        yield Fault(name.line, f"{quoted(name.value)} {error.found}", error.remedy, "source.file")
        return
    if given and given.value != digest and isinstance(given.value, str) and re.fullmatch("[0-9a-f]{64}", given.value):
        found = f"{given.value} is not the digest of {name.value}, which is {digest}"
        yield Fault(given.line, found, "put the file back as it was received, or write its digest", "source.sha256")


def _disagreements(editions: list[_Edition]) -> Iterator[tuple[_Edition, Fault]]:
    """Translations that contradict their file name or the authoritative edition."""
    first, *translations = editions
    facts = [key for key, rule in schema.keys().items() if rule["x-translation"] == "equal"]
    for edition in translations:
        if edition.language == first.language:
            found = f"is in {first.language}, and so is statement.md"
            yield edition, Fault(0, found, "keep one edition for each language")
        for key, node in _top(edition).items():
            theirs = _top(first).get(key)
            if key == "language" and node.value != edition.language and not formats.language(str(node.value)):
                found = f"{quoted(str(node.value))} is not what the file name says"
                yield edition, Fault(node.line, found, f"write {edition.language}, or rename the file", key)
            elif key in facts and theirs and theirs.value != node.value:
                remedy = f"delete it, or write {theirs.value}"
                yield edition, Fault(node.line, f"{quoted(str(node.value))} is not as in statement.md", remedy, key)
        yield from ((edition, fault) for fault in versions.differ(_top(first), _top(edition)))


def _top(edition: _Edition) -> dict[str, Node]:
    return _keys(edition.node) if edition.node else {}


def _keys(node: Node) -> dict[str, Node]:
    return node.value if isinstance(node.value, dict) else {}


def _statement(slug: str, edition: _Edition, first: _Edition, languages: tuple[str, ...]) -> Statement:
    """The value of an edition without faults; a translation inherits what the schema says it inherits."""
    common = {key for key, rule in schema.keys().items() if rule["x-translation"] != "own"}
    inherited = {key: node for key, node in _top(first).items() if key in common - _top(edition).keys()}
    nodes = inherited | _top(edition)
    values = {key: _value(key, node.plain()) for key, node in nodes.items()}
    return Statement(
        **values
        | {
            "slug": slug,
            "path": edition.path,
            "language": edition.language,
            "body": edition.text,
            "body_line": edition.body_line,
            "blocks": edition.body.blocks,
            "editions": languages,
            "inherited": frozenset() if edition is first else frozenset(inherited),
            "media": edition.body.media,
        }
    )


def _value(key: str, plain: Any) -> Any:
    """The value of a key as the statement holds it."""
    if key in _LISTS:
        return tuple(_LISTS[key](**item) for item in plain)
    if key == "accessibility" and "certifier" in plain:
        plain = {**plain, "certifier": statement.Certifier(**plain["certifier"])}
    return _SINGLES[key](**plain) if key in _SINGLES else plain
