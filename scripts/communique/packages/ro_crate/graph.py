"""The entities of a crate: flat JSON-LD, in which each thing is described once and others point to it by its @id."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

CONTEXT = "https://w3id.org/ro/crate/1.2/context"
"""The JSON-LD context of RO-Crate 1.2, which is named and not repeated."""
_DCTERMS = "http://purl.org/dc/terms/"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_NAMES = ("@id", "sameAs", "url")
"""Where a thing of a record has its address; that of an identifier is the address of something else."""
_LABEL = re.compile(r"[^\w.-]+")

Entity = dict[str, Any]


class Graph:
    """The entities by their @id, in the order in which they came."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.terms: dict[str, str] = {}

    def add(self, name: str, kind: str | list[str], /, **said: Any) -> Entity:
        """Describes a thing, without what is empty, and gives the reference to it."""
        if name in self.entities:
            raise ValueError(f"{name} is described twice")
        self.entities[name] = {"@id": name, "@type": kind, **_said(said)}
        return reference(name)

    def once(self, name: str, kind: str | list[str], /, **said: Any) -> Entity:
        """The reference to a thing that is described the first time it is spoken of."""
        return reference(name) if name in self.entities else self.add(name, kind, **said)

    def property(self, name: str, value: Any) -> tuple[str, Any]:
        """A property of a record of schema.org as a crate has it: what lies in it becomes entities."""
        if name.startswith("dcterms:"):
            name = name.removeprefix("dcterms:")
            self.terms[name] = f"{_DCTERMS}{name}"
        return name, self._flat(name, value)

    def _flat(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return compact([self._flat(name, each) for each in value])
        return self._thing(name, value) if isinstance(value, dict) else value

    def _thing(self, name: str, said: Mapping[str, Any]) -> Entity:
        """A thing under its own address if it has one that stands for nothing else here, or else under a number."""
        known = {key: value for key, value in said.items() if not key.startswith("@")}
        kind = said.get("@type", "CreativeWork")
        names = _NAMES[:1] if kind == "PropertyValue" else _NAMES
        for address in (str(said[key]) for key in names if is_address(str(said.get(key, "")))):
            same = self.entities.get(address)
            if same is None or {"@id": address, "@type": kind, **known} == same:
                return self.once(address, kind, **known)
        return self.add(self._number(name), kind, **known)

    def _number(self, name: str) -> str:
        number = 1
        while f"#{name}-{number}" in self.entities:
            number += 1
        return f"#{name}-{number}"

    def content(self) -> bytes:
        """The metadata document, UTF-8; terms that RO-Crate does not have are told after its context."""
        context = [CONTEXT, dict(sorted(self.terms.items()))] if self.terms else CONTEXT
        document = {"@context": context, "@graph": list(self.entities.values())}
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def reference(name: str) -> Entity:
    """What points to an entity."""
    return {"@id": name}


def is_address(text: str) -> bool:
    """Whether a text can be the @id of a thing that is known outside of the crate."""
    return _ADDRESS.fullmatch(text) is not None


def local(*parts: str) -> str:
    """The @id of a thing that is known in this crate alone, made from words."""
    return "#" + _LABEL.sub("-", "-".join(parts)).strip("-")


def identified(path: str) -> str:
    """The @id of a file: its path, letters of all scripts as they are, %-escapes for what no IRI has (RFC 3987)."""
    return "".join(each if _is_plain(each) else quote(each, safe="") for each in path)


def _is_plain(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character in "-._~!$&'()*+,;=:@/"
    return character.isprintable()


def compact(values: Iterable[Any]) -> Any:
    """A list, or the only value of it, as the compacted form of JSON-LD has it."""
    found = list(values)
    return found[0] if len(found) == 1 else found


def _said(said: Mapping[str, Any]) -> Entity:
    return {name: value for name, value in said.items() if value not in ("", None, [], {})}
