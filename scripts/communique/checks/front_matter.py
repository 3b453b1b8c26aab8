"""What the front matter of a master says, read once more and apart from the program's own reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from communique.checks import opening
from communique.checks.opening import Unreadable

Keys = Mapping[str, Any]
# What a translation does not take over from the authoritative edition.
_OWN = {"title", "short_title", "description", "language", "editorial_notes", "terms", "references", "accessibility"}
_FRONT = re.compile(r"\A---[ \t]*\n(?P<keys>.*?)^---[ \t]*$\n?(?P<body>.*)\Z", re.DOTALL | re.MULTILINE)


def editions(master: Path) -> tuple[str, ...]:
    """The languages of a master's editions (BCP 47), the authoritative one first."""
    first = str(_parts(master / "statement.md")[0].get("language", ""))
    others = sorted(path.name.removeprefix("statement.").removesuffix(".md") for path in master.glob("statement.*.md"))
    return (first, *others)


def keys(master: Path, language: str) -> Keys:
    """The keys of an edition with what a translation takes over, every value as the text that stands there.

    `language` is "" for the authoritative edition, as in the names of the outputs.
    """
    first = _parts(master / "statement.md")[0]
    if language in ("", first.get("language")):
        return first
    inherited = {key: value for key, value in first.items() if key not in _OWN}
    return {**inherited, **_parts(_file(master, language))[0], "language": language}


def inherited(master: Path, language: str) -> frozenset[str]:
    """The keys that a translation takes over from the authoritative edition."""
    first = _parts(master / "statement.md")[0]
    if language in ("", first.get("language")):
        return frozenset()
    return frozenset(first.keys() - _OWN - _parts(_file(master, language))[0].keys())


def body(master: Path, language: str) -> str:
    """The Markdown text of an edition."""
    first, text = _parts(master / "statement.md")
    return text if language in ("", first.get("language")) else _parts(_file(master, language))[1]


def _file(master: Path, language: str) -> Path:
    return master / f"statement.{language}.md"


def _parts(path: Path) -> tuple[dict[str, Any], str]:
    """The keys and the text of one file."""
    content = re.sub(r"\r\n?", "\n", opening.text(opening.whole(path)))
    match = _FRONT.match(content)
    if match is None:
        raise Unreadable(f"{path.name} has no front matter")
    try:
        found = yaml.load(match["keys"], _loader())  # noqa: S506 - every value as its text, nothing constructed
    except yaml.YAMLError as error:
        raise Unreadable(f"the front matter of {path.name} is not YAML: {error}") from error
    if not isinstance(found, dict):
        raise Unreadable(f"the front matter of {path.name} has no keys")
    return found, match["body"]


def _loader() -> Any:
    """The loader that leaves every value as its text, in C where PyYAML was built with it."""
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)
