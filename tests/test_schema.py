"""The schema and the checker that reads it, judged by a full validator of JSON Schema."""

from __future__ import annotations

import dataclasses
import functools
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import jsonschema
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from communique import master, statement
from communique.master import formats, frontmatter, keytable, schema
from communique.master.frontmatter import Node, Parts

ROOT = Path(__file__).parents[1]
INVALID = ROOT / "tests" / "masters" / "invalid"
PAGE = ROOT / "docs" / "master.md"
BOUNDED = {"date", "country-code", "sha-256"}
OWN_KEYS = {"slug", "path", "body", "body_line", "blocks", "editions", "media", "inherited"}


def validator(is_translation: bool = False) -> Draft202012Validator:
    rule = {key: value for key, value in schema.schema().items() if key != "$id"}
    if is_translation:
        rule["required"] = rule["$defs"]["translation"]["required"]
    checker = FormatChecker(formats=())
    for name in formats.FORMATS:
        checker.checks(name)(functools.partial(_agrees, name))
    return Draft202012Validator(rule, format_checker=checker)


def _agrees(name: str, value: object) -> bool:
    """A format judges text only, as JSON Schema has it."""
    return not isinstance(value, str) or not formats.FORMATS[name](value)


def expected_keys(plain: Any, is_translation: bool = False) -> set[str]:
    """The dotted paths of all faults, as jsonschema finds them."""
    return {key for error in validator(is_translation).iter_errors(plain) for key in _keys(error)}


def _keys(error: jsonschema.ValidationError) -> Iterator[str]:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    if error.validator in ("required", "dependentRequired"):
        path += "." + re.findall("'(.*?)'", error.message)[0]
    if error.validator == "additionalProperties":
        instance, rule = error.instance, error.schema
        assert isinstance(instance, dict)
        assert isinstance(rule, dict)
        known = rule["properties"]
        yield from (f"{path}.{name}".lstrip(".") for name in instance if name not in known)
        return
    yield path.lstrip(".")


def node(plain: Any) -> Node:
    if isinstance(plain, dict):
        return Node(1, {key: node(value) for key, value in plain.items()})
    return Node(1, [node(value) for value in plain] if isinstance(plain, list) else plain)


def valid() -> dict[str, Any]:
    parts = frontmatter.split((ROOT / "tests/masters/valid/kitchen-sink/statement.md").read_text(encoding="utf-8"))
    assert isinstance(parts, Parts)
    tree, _ = frontmatter.parse(parts.yaml, parts.yaml_line)
    assert tree
    plain: dict[str, Any] = tree.plain()
    return plain


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema.schema())


def test_the_checker_knows_every_word_of_the_schema() -> None:
    read = {*schema._KEYWORDS, "$ref", "type", "pattern", "then", "additionalProperties"}
    notes = {"$schema", "$id", "$defs", "title", "description", "examples", "x-translation"}
    assert {keyword for rule in _rules(schema.schema()) for keyword in rule} <= read | notes
    named = {rule["format"] for rule in _rules(schema.schema()) if "format" in rule}
    assert named == set(formats.FORMATS)


def test_no_group_takes_unknown_keys_and_no_pattern_stands_without_a_format() -> None:
    for rule in _rules(schema.schema()):
        assert rule.get("type") != "object" or rule["additionalProperties"] is False
        assert "pattern" not in rule or "format" in rule


def _rules(rule: Any) -> Iterator[dict[str, Any]]:
    """All schemas within a schema."""
    yield rule
    for keyword in ("$defs", "properties"):
        for part in rule.get(keyword, {}).values():
            yield from _rules(part)
    for keyword in ("items", "if", "then"):
        if keyword in rule:
            yield from _rules(rule[keyword])
    for part in rule.get("allOf", ()):
        yield from _rules(part)


def test_every_key_is_described_and_its_examples_are_right() -> None:
    for rule in _rules(schema.schema()):
        for key, part in rule.get("properties", {}).items():
            full = schema.resolved(part)
            if "const" in full or "then" in rule or not part.get("description"):
                continue
            for example in full.get("examples", ()):
                assert not list(schema._check(Node(1, example), part, key)), key
    keys = [part for name in schema.schema()["$defs"].values() for part in name.get("properties", {}).values()]
    assert all("description" in part for part in keys)


def test_the_keys_are_those_of_the_statement() -> None:
    fields = {field.name for field in dataclasses.fields(statement.Statement)}
    assert set(schema.keys()) == fields - OWN_KEYS
    groups = {**master._LISTS, **master._SINGLES}
    for key, model in groups.items():
        rule = schema.keys()[key]
        group = schema.resolved(rule["items"] if rule["type"] == "array" else rule)
        assert set(group["properties"]) == {field.name for field in dataclasses.fields(model)}
    certifier = schema.schema()["$defs"]["certifier"]
    assert set(certifier["properties"]) == {field.name for field in dataclasses.fields(statement.Certifier)}


def test_what_the_statement_cannot_do_without_is_required() -> None:
    hints = get_type_hints(statement.Statement)
    needed = {field.name for field in dataclasses.fields(statement.Statement) if field.default is dataclasses.MISSING}
    needed = {name for name in needed if name not in OWN_KEYS and name in hints}
    assert set(schema.schema()["required"]) == needed
    for key, model in master._LISTS.items():
        needed = {field.name for field in dataclasses.fields(model) if field.default is dataclasses.MISSING}
        assert set(schema.resolved(schema.keys()[key]["items"])["required"]) == needed
        assert get_args(hints[key])[0] is model


def test_valid_front_matter_is_valid_for_both() -> None:
    assert not expected_keys(valid())
    assert not schema.check(node(valid()))


@pytest.mark.parametrize("path", sorted(INVALID.glob("*/*.md")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_fixtures_are_judged_as_a_full_validator_judges_them(path: Path) -> None:
    parts = frontmatter.split(
        path.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    )
    tree = frontmatter.parse(parts.yaml, 2)[0] if isinstance(parts, Parts) and "\0" not in parts.yaml else None
    if tree and path.parent.name not in ("yaml-alias", "yaml-alias-bomb"):
        is_translation = path.name != "statement.md"
        found = {fault.key for fault in schema.check(tree, is_translation)}
        assert found == expected_keys(tree.plain(), is_translation)


def test_damaged_front_matter_is_judged_as_a_full_validator_judges_it() -> None:
    chance = random.Random(1948)
    verdicts = set()
    for _ in range(400):
        plain = valid()
        for _ in range(chance.randrange(1, 4)):
            _damage(plain, chance)
        found = {fault.key for fault in schema.check(node(plain))}
        assert found == expected_keys(plain), plain
        verdicts.add(bool(found))
    assert verdicts == {True, False}


def _damage(plain: dict[str, Any], chance: random.Random) -> None:
    """Changes one value, at any depth."""
    place: Any = plain
    while True:
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
        if not isinstance(place[key], (dict, list)) or not place[key] or chance.random() < 0.3:
            break
        place = place[key]
    values: list[Any] = [
        "",
        "x",
        " x",
        "x\n",
        "2023-02-30",
        "en",
        "JP",
        "https://example.org/",
        "…",
        "a" * 2001,
        "doi",
        [],
        {},
        ["x"],
        {"x": "y"},
    ]
    match chance.randrange(4):
        case 0 if isinstance(place, dict):
            del place[key]
        case 1 if isinstance(place, dict):
            place[chance.choice(["name", "term", "uri", "nmae", "date"])] = chance.choice(values)
        case _:
            place[key] = chance.choice(values)


@pytest.mark.parametrize(("key", "limit"), [("title", 500), ("short_title", 150), ("description", 2000)])
def test_texts_have_a_length_that_every_format_can_show(key: str, limit: int) -> None:
    assert not schema.check(node({**valid(), key: "é" * limit}))
    (fault,) = schema.check(node({**valid(), key: "é" * (limit + 1)}))
    assert (fault.key, fault.found) == (key, f"has {limit + 1} characters, more than {limit}")


def test_every_text_has_a_limit() -> None:
    for rule in _rules(schema.schema()):
        if rule.get("type") == "string":
            assert {"maxLength", "enum"} & set(rule) or rule["format"] in BOUNDED, rule


def test_a_misspelt_key_is_answered_with_the_nearest() -> None:
    remedies = {fault.key: fault.remedy for fault in schema.check(node({**valid(), "Short-Title": "x", "zzz": "x"}))}
    assert remedies["Short-Title"] == "write short_title"
    assert remedies["zzz"].startswith("the words known here are title, ")


def test_the_tables_of_the_page_are_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(keytable.renewed(page), encoding="utf-8")
    assert page == keytable.renewed(page)
    assert page.count(keytable.BEGIN) == page.count(keytable.END) == 1


def test_the_example_of_the_page_is_a_master(tmp_path: Path) -> None:
    example = re.search(r"(?m)^    ---\n(?:(?:    .*)?\n)+?    ---\n\n    .*\n", PAGE.read_text(encoding="utf-8"))
    assert example
    place = tmp_path / "example"
    place.mkdir()
    (place / "statement.md").write_text(re.sub(r"(?m)^    ", "", example[0]), encoding="utf-8")
    assert master.read(place)[0].issuers[0].code == "JP"
