"""Style sheets as tokens: what changes the values of declarations, and neither selectors nor strings nor comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

Change = Callable[[str, Any], str | None]
"""From the name of a property and one token of its value to what stands there instead; None leaves it."""

END = ";"


def changed(css: str, change: Change) -> str:
    """The style sheet with its values changed."""
    syntax: Any = import_module("tinycss2")
    text: str = syntax.serialize(list(_block(syntax.parse_component_value_list(css), change)))
    return text


def _block(tokens: list[Any], change: Change) -> Iterator[Any]:
    """What stands between braces: declarations, and rules whose selectors stay as they are."""
    statement: list[Any] = []
    for token in tokens:
        statement.append(token)
        if token.type == "{} block":
            token.content = list(_block(token.content, change))
        if token.type == "{} block" or token.serialize() == END:
            yield from _statement(statement, change)
            statement = []
    yield from _statement(statement, change)


def _statement(tokens: list[Any], change: Change) -> list[Any]:
    """A rule as it is, or a declaration with its value changed."""
    written = [at for at, token in enumerate(tokens) if token.type not in {"whitespace", "comment"}]
    if len(written) < 2 or tokens[-1].type == "{} block" or tokens[written[1]] != ":":
        return tokens
    first, colon = written[:2]
    value = _value(tokens[first].serialize(), tokens[colon + 1 :], change)
    return [*tokens[: colon + 1], *value]


def _value(name: str, tokens: list[Any], change: Change) -> list[Any]:
    syntax: Any = import_module("tinycss2")
    found: list[Any] = []
    for token in tokens:
        text = change(name, token)
        if text is not None:
            found += syntax.parse_component_value_list(text)
            continue
        if token.type == "function":
            token.arguments = _value(name, token.arguments, change)
        found.append(token)
    return found
