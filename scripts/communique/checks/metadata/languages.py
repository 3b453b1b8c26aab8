"""In which language a record says that its words are: a translation has some that it took over, not translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.checks.metadata.facts import Facts, Row
from communique.checks.opening import Element

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def marked(root: Element, known: Facts, keys: Mapping[str, str]) -> Iterator[Row]:
    """The languages of the elements at some paths, each with the key of the master that has the words.

    Elements with a type, such as an address, have no language.
    """
    for path, key in keys.items():
        elements = [each for each in root.iterfind(path) if each.get(_XSI_TYPE) is None]
        yield Row(
            "language", f"xml:lang of {key}", *_compared([each.get(_LANG) or "" for each in elements], known, key)
        )


def _compared(found: list[str], known: Facts, key: str) -> tuple[list[str], list[str]]:
    return found, [known.language_of(key, each) for each in found]


def named(found: list[str], known: Facts, key: str) -> Row:
    """The languages that are written in JSON beside the words of a key."""
    return Row("language", f"language of {key}", *_compared(found, known, key))
