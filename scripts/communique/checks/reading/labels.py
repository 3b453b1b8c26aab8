"""The words that the program adds to every edition, as templates/labels.yaml gives them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import yaml

from communique import templates


class Labels(NamedTuple):
    """`language` is that of the words: the edition's, or "en" where its own are not known."""

    language: str
    words: Mapping[str, str]


@cache
def _table() -> dict[str, dict[str, str]]:
    content = (templates.root() / "labels.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, str]] = yaml.load(content, yaml.BaseLoader)  # noqa: S506 - texts and nothing else
    return table


def labels(language: str) -> Labels:
    """The words for a language (BCP 47); English ones where it has none."""
    key = _key(language)
    return Labels(language, _table()[key]) if key else Labels("en", _table()["en"])


# Regions that write a language in another script than its labels have by default, and tags that name a script.
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant"})
_USUAL = {"sq": "latn", "zh": "hans", "el": "grek", "ru": "cyrl", "ar": "arab", "he": "hebr", "hi": "deva"}
_USUAL |= {"th": "thai", "ja": "jpan", "ko": "kore"}


def _key(language: str) -> str:
    primary, *others = language.lower().split("-")
    if primary == "zh":
        return "zh-Hant" if _TRADITIONAL & set(others) else "zh"
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    is_usual = script in ("", _USUAL.get(primary, "latn"))
    return primary if primary in _table() and is_usual else ""
