"""Values at places in JSON that may have any shape."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any


def texts(value: Any, path: str, **having: str) -> list[str]:
    """The values at a path of names, lists entered, numbers as texts; `having` are further names of the last object.

    `texts(record, "dates.date", dateType="Issued")`; a name with "__" leads deeper: `type__id="updated"`; "*" is any.
    """
    *way, last = path.split(".")
    return [
        str(leaf)
        for each in _reached(value, way)
        if isinstance(each, dict)
        and all(texts(each, name.replace("__", ".")) == [wanted] for name, wanted in having.items())
        for leaf in _reached(each, [last])
        if not isinstance(leaf, dict)
    ]


def words(text: str) -> str:
    """HTML without elements as words."""
    return html.unescape(text)


def _reached(value: Any, way: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for each in value:
            yield from _reached(each, way)
    elif not way:
        yield value
    elif isinstance(value, dict):
        for name in value if way[0] == "*" else {way[0]} & value.keys():
            yield from _reached(value[name], way[1:])
