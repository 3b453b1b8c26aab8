"""The parts of a PREMIS 3 record as XML: objects, events, agents, and what each of them is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from communique.records.formats import Format
from communique.records.premis_terms import attributes

PREMIS = "http://www.loc.gov/premis/v3"
SCHEMA = "http://www.loc.gov/standards/premis/premis.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
NAMESPACES = {None: PREMIS, "xsi": XSI}

# XML 1.0, 2.2. Only the name of a file can have such characters, and packages refuse it, with a word on what to do.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OUTCOMES = {"pass": "success"}
"""What judges say, in the words of the vocabulary."""


@dataclass(frozen=True)
class Event:
    """Something that was done to objects. `day` is ISO 8601; agents and objects are names with their roles, or ""."""

    kind: str
    day: str
    detail: str
    agents: Mapping[str, str] = field(default_factory=dict)
    objects: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""


def document(parts: Iterable[etree._Element]) -> bytes:
    """A record, UTF-8."""
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap=NAMESPACES, version="3.0")
    root.set(f"{{{XSI}}}schemaLocation", f"{PREMIS} {SCHEMA}")
    root.extend(parts)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def thing(category: str, name: str, *parts: etree._Element, known_as: Iterable[tuple[str, str]] = ()) -> etree._Element:
    """An object: an intellectual entity, a representation or a file; `known_as` are further identifiers, with types."""
    names = [identifier("object", name), *(identifier("object", value, kind) for kind, value in known_as)]
    made = element("object", "", *names, *parts)
    made.set(f"{{{XSI}}}type", category)
    return made


def characteristics(digests: Mapping[str, str], size: int | None, kind: Format) -> etree._Element:
    """Fixity, size in bytes and format of a file; `digests` are by algorithm ("SHA-256"), lower-case hexadecimal."""
    designation = [element("formatName", kind.name)]
    designation += [element("formatVersion", kind.version)] if kind.version else []
    known = [element("formatDesignation", "", *designation)]
    if kind.key:
        registry = [element("formatRegistryName", "PRONOM"), element("formatRegistryKey", kind.key)]
        known.append(element("formatRegistry", "", *registry))
    parts = [element("compositionLevel", "0")]
    parts += [_fixity(algorithm, digest) for algorithm, digest in digests.items() if digest]
    parts += [element("size", str(size))] if size is not None else []
    return element("objectCharacteristics", "", *parts, element("format", "", *known))


def _fixity(algorithm: str, digest: str) -> etree._Element:
    named = term("messageDigestAlgorithm", algorithm, "cryptographicHashFunctions")
    return element("fixity", "", named, element("messageDigest", digest))


def relation(kind: str, detail: str, name: str) -> etree._Element:
    """How an object stands to another."""
    return element(
        "relationship",
        "",
        term("relationshipType", kind, "relationshipType"),
        term("relationshipSubType", detail, "relationshipSubType"),
        identifier("relatedObject", name),
    )


def happening(name: str, event: Event, kind: str = "local") -> etree._Element:
    """An event with its outcome, and those who took part in it; `kind` is that of its name."""
    parts = [
        identifier("event", name, kind),
        term("eventType", event.kind, "eventType"),
        element("eventDateTime", event.day),
        element("eventDetailInformation", "", element("eventDetail", event.detail)),
    ]
    if event.outcome:
        outcome = term("eventOutcome", _OUTCOMES.get(event.outcome, event.outcome), "eventOutcome")
        parts.append(element("eventOutcomeInformation", "", outcome))
    parts += [_link("Agent", agent, role) for agent, role in event.agents.items()]
    parts += [_link("Object", each, role) for each, role in event.objects.items()]
    return element("event", "", *parts)


def agent(name: str, kind: str, version: str = "") -> etree._Element:
    """Somebody, or a program, that took part in events."""
    parts = [identifier("agent", name), element("agentName", name), term("agentType", kind, "agentType")]
    parts += [element("agentVersion", version)] if version else []
    return element("agent", "", *parts)


def identifier(what: str, name: str, kind: str = "local") -> etree._Element:
    """An identifier of something, or a link to it; what has a name in this record alone is local."""
    return element(
        f"{what}Identifier",
        "",
        element(f"{what}IdentifierType", kind),
        element(f"{what}IdentifierValue", name),
    )


def _link(what: str, name: str, role: str) -> etree._Element:
    link = identifier(f"linking{what}", name)
    if role:
        link.append(term(f"linking{what}Role", role, f"eventRelated{what}Role"))
    return link


def term(name: str, word: str, vocabulary: str) -> etree._Element:
    """An element with a word of a vocabulary, if it has that word."""
    made = element(name, word)
    made.attrib.update(attributes(vocabulary, word))
    return made


def element(name: str, text: str, *children: etree._Element) -> etree._Element:
    """An element of PREMIS."""
    made = etree.Element(f"{{{PREMIS}}}{name}", nsmap=NAMESPACES)
    made.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text) or None
    made.extend(children)
    return made
