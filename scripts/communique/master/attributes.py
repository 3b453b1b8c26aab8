"""Identifiers, classes and attributes that an author may give to a place of the text, in {#id .class key=value}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.master import formats
from communique.master.elements import Element
from communique.master.faults import quoted
from communique.nodes import BRACKETED

CLASSES = frozenset(
    re.findall(
        r"\S+",
        "abbr anywhere colophon cover dateline footnote-back footnote-ref footnotes foreign issuers kicker line-block"
        " long masthead para reference scroll skip small smaller table term text title wide wider",
    )
) | frozenset(BRACKETED.values())
"""The classes by which the style sheets and the writers know the program's own parts."""

_RESERVED = re.compile(r"p\d+|fn.*\d|doc-.*")
# XML 1.0 (fifth edition), NameStartChar and NameChar, without the colon: EPUB is XML.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f\u203f-\u2040]*")
_LENGTH = re.compile(r"[0-9]+(\.[0-9]+)?(px|mm|cm|in|pt|em|%)?")
_EVERYWHERE = ("lang", "dir")
_ALLOWED = {"Image": (*_EVERYWHERE, "width", "height", "title"), "Div": (*_EVERYWHERE, "cite")}


def is_name(text: str) -> bool:
    """Whether a text is an XML name without a colon."""
    return _NAME.fullmatch(text) is not None


def as_name(text: str) -> str:
    """What is left of a text without the characters that an XML name may not have; "" if nothing is."""
    left = "".join(character for character in text if is_name(f"a{character}"))
    start = next((place for place, character in enumerate(left) if is_name(character)), len(left))
    return left[start:].rstrip(".-")


def identifiers(found: Sequence[Element], _source: str) -> Iterator[tuple[int, str, str]]:
    """Identifiers that are taken, given twice, or no XML names."""
    seen: set[str] = set()
    for element in found:
        name = element.attributes[0]
        if not name:
            continue
        where = "after the heading" if element.kind == "Header" else "instead"
        remedy = f"write {{#another-id}} {where}"
        if _RESERVED.fullmatch(name):
            yield element.offset, f"the id {quoted(name)} is reserved for the program", remedy
        elif not is_name(name):
            rule = "write letters, digits, - and _, a letter first"
            yield element.offset, f"the id {quoted(name)} is not an XML name", rule
        elif name in seen:
            yield element.offset, f"the id {quoted(name)} is given twice", remedy
        seen.add(name)


def classes(found: Sequence[Element], source: str) -> Iterator[tuple[int, str, str]]:
    """Classes that would make words of the text look or vanish like a part of the program's own."""
    written = {name: re.finditer(rf"(?:(?<=[{{\s])\.|:::[ \t]*){name}(?![\w-])", source) for name in CLASSES}
    for element in found:
        for name in sorted(CLASSES & set(element.attributes[1])):
            place = next(written[name], None)
            offset = place.start() if place else element.offset
            yield offset, f"the class .{name} belongs to the program", "choose another name"


def pairs(found: Sequence[Element], _source: str) -> Iterator[tuple[int, str, str]]:
    """Attributes that may not pass into the outputs, and values that would break there."""
    for element in found:
        allowed = _ALLOWED.get(element.kind, _EVERYWHERE)
        names = [key for key, _ in element.attributes[2]]
        for key, value in element.attributes[2]:
            if key not in allowed:
                yield element.offset, f"the attribute {quoted(key)}", f"delete it; allowed here: {', '.join(allowed)}"
            elif names.count(key) > 1:
                yield element.offset, f"the attribute {quoted(key)} is given twice", "keep one of the two"
            elif verdict := _wrong_value(key, value):
                yield element.offset, f"{key}: {verdict[0]}", verdict[1]


def _wrong_value(key: str, value: str) -> tuple[str, str] | None:
    match key:
        case "lang":
            return formats.language(value)
        case "dir" if value not in ("ltr", "rtl", "auto"):
            return f"{quoted(value)} is not a direction", "write ltr, rtl or auto"
        case "width" | "height" if not _LENGTH.fullmatch(value):
            return f"{quoted(value)} is not a length", "write 50%, 80mm or 300px"
        case "cite":
            return formats.web_address(value)
    return None
