"""The crate as a whole, its editions, and whoever and whatever they name: the record of schema.org, taken apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from communique.crosswalk import trees
from communique.crosswalk.facts import KINDS
from communique.packages.contents import Contents
from communique.packages.ro_crate.files import edition, of_edition
from communique.packages.ro_crate.graph import Entity, Graph, compact, is_address, reference
from communique.records.edition import Edition
from communique.statement import Statement

DESCRIPTOR, ROOT = "ro-crate-metadata.json", "./"
PREVIEW = "ro-crate-preview.html"
_VERSION = "https://w3id.org/ro/crate/1.2"
_APART = {"@context", "@type", "@id", "license", "usageInfo", "isBasedOn", "encoding", "workTranslation"}
_ADDRESSES = {"doi": "https://doi.org/{}", "url": "{}", "urn": "{}"}
_OF_EDITION = ("name", "alternateName", "description", "inLanguage")


def described(graph: Graph, contents: Contents) -> None:
    """The descriptor, and the root with what the record of the authoritative edition says; files come later."""
    first, record = contents.statements[0], _record(contents.statements[0])
    graph.add(
        DESCRIPTOR,
        "CreativeWork",
        name="RO-Crate metadata",
        description="What is in this package, in JSON-LD",
        about=reference(ROOT),
        conformsTo=reference(_VERSION),
        encodingFormat="application/ld+json",
    )
    graph.add(ROOT, "Dataset")
    root = graph.entities[ROOT]
    for name, value in record.items():
        if name not in _APART:
            key, said = graph.property(name, _with_names(name, value, first))
            root[key] = said
    root.setdefault("description", f"{KINDS[first.type]} of {first.date}, with every file that belongs to it")
    root["version"] = contents.version
    root["inLanguage"] = compact(each.language for each in contents.statements)
    root["keywords"] = ", ".join(subject.term for subject in first.subjects)
    root["license"] = _licence(graph, first)
    root["isBasedOn"] = _received(graph, contents)
    for key in [name for name, value in root.items() if value in ("", [], None)]:
        del root[key]


def editions(graph: Graph, contents: Contents) -> None:
    """Each language as a work of its own, with its files; a translation names what it translates, and the other way."""
    original, *others = contents.statements
    for each in contents.statements:
        said = {name: value for name, value in _record(each).items() if name in _OF_EDITION}
        graph.add(
            edition(each.language),
            "Report",
            **said,
            encoding=compact(of_edition(contents.parts, each.language)),
            translationOfWork=reference(edition(original.language)) if each is not original else None,
            workTranslation=compact(reference(edition(other.language)) for other in others if each is original),
        )
    graph.entities[ROOT]["mainEntity"] = compact(reference(edition(each.language)) for each in contents.statements)


def publisher(graph: Graph) -> Entity:
    """The reference to the publisher."""
    found: Entity = graph.entities[ROOT]["publisher"]
    return found


def _record(statement: Statement) -> dict[str, Any]:
    """What schema.org has of an edition, by the crosswalk; its files are described in their own place."""
    return trees.mapping("schema-org", Edition(statement).facts)


def _with_names(name: str, value: Any, statement: Statement) -> Any:
    """What a record of schema.org leaves out, and a crate wants of whatever it describes: a name."""
    if name == "identifier":
        return [_identifier(each) for each in value]
    if name == "author":
        return [{**each, "url": each["sameAs"]} if "sameAs" in each else each for each in value]
    if name == "exampleOfWork":
        return {**value, "name": statement.title, "description": "The statement in all its versions"}
    if name == "dcterms:replaces":
        return {**value, "name": f"{statement.title}, version {statement.revisions[-2].version}"}
    return value


def _identifier(said: dict[str, Any]) -> dict[str, Any]:
    """An identifier with its name, and with the address where it can be looked up."""
    scheme, value = said["propertyID"], said["value"]
    address = _ADDRESSES[scheme].format(value) if scheme in _ADDRESSES else ""
    found = {**said, "name": f"{scheme}: {value}"}
    if not is_address(address):
        return found
    return {**found, "url": address, **({"@id": address} if scheme == "doi" else {})}


def _licence(graph: Graph, statement: Statement) -> Entity:
    """The licence, or the words on rights, as a thing with a name and a description."""
    rights = statement.rights
    holder = f" Rights holder: {rights.holder}." if rights.holder else ""
    name = rights.uri if is_address(rights.uri) else "#licence"
    return graph.once(name, "CreativeWork", name=rights.statement, description=f"{rights.statement}.{holder}")


def _received(graph: Graph, contents: Contents) -> Any:
    return compact(_sources(graph, contents.statements))


def _sources(graph: Graph, statements: Sequence[Statement]) -> Iterator[Entity]:
    """The pages from which the texts were received, each once."""
    for address in dict.fromkeys(each.source.url for each in statements if each.source and each.source.url):
        if is_address(address):
            said = "The page from which the text was received"
            yield graph.once(address, "WebPage", name=address, description=said)
