"""The front matter against templates/schema/statement.schema.json: every fault, with line and dotted key.

The schema is the single truth for keys, requiredness, patterns and descriptions. This module reads the part of
JSON Schema 2020-12 that the schema uses: a full validator costs more time to load than a whole master to read.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from communique import templates
from communique.master.faults import Fault, quoted
from communique.master.formats import FORMATS
from communique.master.frontmatter import Node

Rule = dict[str, Any]
_KINDS: dict[str, tuple[type, str]] = {
    "string": (str, "text"),
    "array": (list, "a list"),
    "object": (dict, "a group of keys"),
}


@cache
def schema() -> Rule:
    """The JSON Schema of the front matter."""
    answer: Rule = json.loads(templates.read_text("schema/statement.schema.json"))
    return answer


def keys() -> dict[str, Rule]:
    """The top-level keys in the order of the schema, each with its rule."""
    properties: dict[str, Rule] = schema()["$defs"]["keys"]["properties"]
    return {key: resolved(rule) for key, rule in properties.items()}


def check(node: Node, is_translation: bool = False) -> tuple[Fault, ...]:
    """What is wrong with the front matter of an authoritative edition, or of a translation."""
    rule = schema()["$defs"]["translation"] if is_translation else schema()
    first: dict[tuple[int, str], Fault] = {}
    for fault in _check(node, rule, ""):
        first.setdefault((fault.line, fault.key), fault)
    return tuple(first.values())


def resolved(rule: Rule) -> Rule:
    """The rule with what its $ref says; where both speak, the rule itself wins."""
    while "$ref" in rule:
        target = schema()["$defs"][rule["$ref"].removeprefix("#/$defs/")]
        rule = {**target, **{name: value for name, value in rule.items() if name != "$ref"}}
    return rule


def _check(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if not node.is_known:
        return
    rule = resolved(rule)
    if fault := _wrong_type(node, rule, key):
        yield fault
        return
    for keyword, follow in _KEYWORDS.items():
        if keyword in rule:
            yield from follow(node, rule, key)


def _wrong_type(node: Node, rule: Rule, key: str) -> Fault | None:
    """A list where text belongs, and the like; text that is missing altogether is empty."""
    wanted = rule.get("type")
    if not wanted or isinstance(node.value, _KINDS[wanted][0]):
        return None
    if node.value == "":
        return Fault(node.line, "is empty", _how_to_write(key, rule), key)
    actual = next(words for kind, words in _KINDS.values() if isinstance(node.value, kind))
    return Fault(node.line, f"is {actual}, not {_KINDS[wanted][1]}", _how_to_write(key, rule), key)


def _how_to_write(key: str, rule: Rule) -> str:
    """An example of the key as it could stand in the file."""
    rule = resolved(rule)
    item = key.endswith("]")
    name = "-" if item else f"{key.rpartition('.')[2]}:"
    if rule["type"] == "array":
        first = next(iter(resolved(rule["items"])["properties"]))
        return f"write {name} and below it a list, as - {first}: …"
    if rule["type"] == "object":
        subkeys = rule.get("required") or list(rule["properties"])[:1]
        return f"write {name} {'' if item else 'and below it '}{' and '.join(f'{each}: …' for each in subkeys)}"
    return f"write {name} {rule.get('examples', ['…'])[0]}"


def _required(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if isinstance(node.value, dict):
        for name in rule["required"]:
            if name not in node.value:
                yield _missing(node, name, key)


def _missing(node: Node, name: str, key: str) -> Fault:
    path = _join(key, name)
    return Fault(node.line, "is missing", _how_to_write(path, _rule_of(path)), path)


def _rule_of(path: str) -> Rule:
    """The rule of a dotted key path."""
    rule: Rule = schema()
    for step in re.findall(r"[^.\[\]]+", path):
        rule = resolved(rule)
        rule = rule["items"] if step.isdigit() and "items" in rule else rule["properties"][step]
    return resolved(rule)


def _dependent_required(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if isinstance(node.value, dict):
        for name, needed in rule["dependentRequired"].items():
            for other in needed:
                if name in node.value and other not in node.value:
                    yield _missing(Node(node.value[name].line, ""), other, key)


def _properties(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    known = rule["properties"]
    if not isinstance(node.value, dict):
        return
    for name, value in node.value.items():
        path = _join(key, name)
        if name in known:
            yield from _check(value, known[name], path)
        elif rule.get("additionalProperties") is False:
            yield Fault(value.line, "is not a known key", _suggestion(name, list(known)), path)


def _suggestion(name: str, known: list[str]) -> str:
    """The nearest known word, or all of them."""
    near = difflib.get_close_matches(name.lower().replace("-", "_"), known, 1)
    return f"write {near[0]}" if near else f"the words known here are {', '.join(known)}"


def _items(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    for number, item in enumerate(node.value):
        if isinstance(item, Node):
            yield from _check(item, rule["items"], f"{key}[{number}]")


def _not_empty(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if not node.value:
        yield Fault(node.line, "is empty", _how_to_write(key, rule), key)


def _enum(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if isinstance(node.value, str) and node.value not in rule["enum"]:
        near = difflib.get_close_matches(node.value.lower(), rule["enum"], 1)
        remedy = f"write {near[0]}" if near else f"write one of {', '.join(rule['enum'])}"
        yield Fault(node.line, f"{quoted(node.value)} is not one of the known words", remedy, key)


def _format(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    """A pattern and its format are one rule: the format speaks for both."""
    if isinstance(node.value, str) and (verdict := FORMATS[rule["format"]](node.value)):
        yield Fault(node.line, *verdict, key)


def _max_length(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    length = len(node.value)
    if isinstance(node.value, str) and length > rule["maxLength"]:
        found = f"has {length} characters, more than {rule['maxLength']}"
        yield Fault(node.line, found, "shorten it; long words belong in the text", key)


def _all_of(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    for part in rule["allOf"]:
        yield from _check(node, part, key)


def _if(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if not any(_check(node, rule["if"], key)):
        yield from _check(node, rule["then"], key)


def _const(node: Node, rule: Rule, key: str) -> Iterator[Fault]:
    if node.value != rule["const"]:
        yield Fault(node.line, "is another value", f"write {rule['const']}", key)


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


_KEYWORDS: dict[str, Callable[[Node, Rule, str], Iterator[Fault]]] = {
    "required": _required,
    "dependentRequired": _dependent_required,
    "properties": _properties,
    "items": _items,
    "minItems": _not_empty,
    "minProperties": _not_empty,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "maxLength": _max_length,
    "allOf": _all_of,
    "if": _if,
}
