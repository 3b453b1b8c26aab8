"""The front matter of a master: where it ends, and its YAML as a tree in which every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from communique.master.faults import Fault, quoted
from communique.master.yaml_errors import in_plain_words

DEPTH = 12
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FENCE = re.compile(r"---[ \t]*")


@dataclass(frozen=True)
class Node:
    """A value of the front matter on a line of the file: text, a list, or keys with values.

    A value under a key has the line of its key. Text is as written: nothing is read as a number, a date or a truth.
    What an alias stands for is not known.
    """

    line: int
    value: str | list[Node] | dict[str, Node]
    is_known: bool = True

    def plain(self) -> Any:
        """The value without its lines: str, list and dict."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


@dataclass(frozen=True)
class Parts:
    """A master in its two parts, and the lines of the file on which they begin."""

    yaml: str
    yaml_line: int
    body: str
    body_line: int


def split(text: str) -> Parts | Fault:
    """The front matter and the body of a master whose lines end in LF."""
    lines = text.split("\n")
    if not _FENCE.fullmatch(lines[0]):
        found = f"begins with {quoted(lines[0])}, not with ---" if lines[0].strip() else "does not begin with ---"
        return Fault(1, found, "make --- the first line, then the keys, then --- again, then the text")
    close = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.fullmatch(line)), 0)
    if not close:
        return Fault(1, "the front matter is not closed", "put a line --- between the last key and the text")
    return Parts("\n".join(lines[1:close]) + "\n", 2, "\n".join(lines[close + 1 :]), close + 2)


def parse(text: str, first_line: int) -> tuple[Node | None, tuple[Fault, ...]]:
    """The tree of a YAML text, and what is wrong with it as YAML; no tree if it cannot be read at all."""
    reader = _Reader(text, first_line)
    try:
        node = reader.document()
    except yaml.YAMLError as error:
        fault = in_plain_words(error, text, first_line)
        return None, (*reader.faults, fault)
    except _TooDeepError as deep:
        remedy = f"the keys of a statement need no more than {DEPTH} levels; see docs/master.md"
        return None, (*reader.faults, Fault(deep.line, "is nested too deeply", remedy))
    return node, tuple(reader.faults)


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Reader:
    """Builds the tree from the events of PyYAML's safe loader, so that no alias is ever expanded."""

    def __init__(self, text: str, first_line: int) -> None:
        self._events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self._lines = text.split("\n")
        self._first_line = first_line
        self.faults: list[Fault] = []

    def document(self) -> Node:
        """The one document of the text; an empty text is a mapping without keys."""
        node = Node(self._first_line - 1, {})
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 0, "")
            elif isinstance(event, yaml.DocumentStartEvent) and event.explicit:
                self._fault(event, "is a line that YAML reserves", "delete this line")
        if not isinstance(node.value, dict):
            remedy = "write lines such as title: Joint Statement"
            self.faults.append(Fault(node.line, "the front matter has no keys", remedy))
            return Node(self._first_line - 1, {})
        return node

    def _node(self, event: Any, depth: int, path: str) -> Node:
        """The value that begins with an event; it takes all events of the value."""
        line = self._line(event)
        if depth > DEPTH:
            raise _TooDeepError(line)
        self._refuse_cleverness(event)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(line, self._mapping(depth, path))
        if isinstance(event, yaml.SequenceStartEvent):
            items = enumerate(self._until(yaml.SequenceEndEvent))
            return Node(line, [self._node(item, depth + 1, f"{path}[{number}]") for number, item in items])
        if isinstance(event, yaml.AliasEvent):
            return Node(line, "", is_known=False)
        self._refuse_lost_comment(event)
        # A block scalar (| or >) ends with the line break that closes it; the break is no part of the text.
        value = event.value.removesuffix("\n") if event.style in ("|", ">") else event.value
        return Node(line, value)

    def _mapping(self, depth: int, path: str) -> dict[str, Node]:
        keys: dict[str, Node] = {}
        for event in self._until(yaml.MappingEndEvent):
            key = self._node(event, depth + 1, path)
            full = f"{path}.{key.value}" if path else f"{key.value}"
            value = replace(self._node(next(self._events), depth + 1, full), line=key.line)
            if not isinstance(key.value, str) or not key.value:
                self.faults.append(Fault(key.line, "a key that is not a word", "write key: value"))
            elif key.value == "<<" and not event.style:
                self.faults.append(Fault(key.line, "a merge key (<<)", "write the keys out here"))
            elif key.value in keys:
                found = f"is given twice (first on line {keys[key.value].line})"
                self.faults.append(Fault(key.line, found, "keep one of the two", full))
            else:
                keys[key.value] = value
        return keys

    def _until(self, end: type[yaml.Event]) -> Iterator[Any]:
        """The events that begin the values of a list or mapping, up to its end."""
        for event in self._events:
            if isinstance(event, end):
                return
            yield event

    def _refuse_cleverness(self, event: Any) -> None:
        """Anchors, aliases and tags: the front matter is plain keys and values."""
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, f"an alias (*{event.anchor})", "write the value out here, or put it in quotes")
            return
        if event.anchor:
            self._fault(event, f"an anchor (&{event.anchor})", "delete it, or put the value in quotes")
        if event.tag:
            self._fault(event, "a YAML tag (!)", "delete it, or put the value in quotes")

    def _refuse_lost_comment(self, event: Any) -> None:
        """Words after " #" on the line of an unquoted value: YAML drops them, and an author may not see it."""
        if event.style or event.end_mark.line >= len(self._lines):
            return
        rest = self._lines[event.end_mark.line][event.end_mark.column :]
        if re.match(r"[ \t]+#", rest) and event.value:
            remedy = "put the value in quotes, or the comment on a line of its own"
            self._fault(event, f"{quoted(rest.strip())} after a value would be lost", remedy)

    def _fault(self, event: Any, found: str, remedy: str) -> None:
        self.faults.append(Fault(self._line(event), found, remedy))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self._first_line
