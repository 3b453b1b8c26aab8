"""What style sheets do to words: some hide them, some add others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import cssselect2  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]

from communique.checks.opening import Element
from communique.checks.reading.edition import Beside

# A declaration, written without spaces and in small letters, that takes words out of sight.
_HIDES = re.compile(
    r"display:none|visibility:(hidden|collapse)|content-visibility:hidden|opacity:0*(\.0*)?%?$"
    r"|font-size:0*(\.0+)?[a-z%]*$"
    r"|font:0[a-z]*[/ ]|color:transparent|-webkit-text-fill-color:transparent"
    r"|clip-path:(inset\((50|[6-9]\d|100)%|circle\(0)"
    r"|clip:rect\((0|1px)|text-indent:-\d{3,}|text-indent:-\d+em|(left|top|right|bottom|inset[a-z-]*|margin[a-z-]*):-\d{4,}"
    r"|transform:.*(scale\(0(\.0+)?\)|translate[xy]?\(-?\d{4,})|scale:0$|(max-)?(height|width):0[a-z]*$|zoom:0$"
    r"|filter:.*opacity\(0\)"
)
_TURNS = re.compile(
    r"unicode-bidi:(bidi-override|isolate-override)|writing-mode:sideways|transform:.*(rotate|scale[xy]?\(-)"
)
_EMBEDDED = re.compile(r"url\(\s*['\"]?data:[^)]*\)")
# Where a style sheet can put words of its own.
_SPEAKS = frozenset(
    {"content", "list-style", "list-style-type", "quotes", "prefix", "suffix", "symbols", "additive-symbols", "pad"}
    | {"negative", "text-emphasis", "text-emphasis-style", "hyphenate-character"}
)
_KNOWN = frozenset({"id", "href"})
"""Attributes that a style sheet may show: the number of a paragraph, the address of a link."""


_PLAIN = {
    **dict.fromkeys(("strong", "b"), re.compile(r"font-weight:(normal|[1-5]00|lighter)|all:")),
    **dict.fromkeys(("em", "i"), re.compile(r"font-style:normal|all:")),
}
"""A declaration that takes the emphasis of an element away; a rule for a language gives it another one instead."""


class Styles(NamedTuple):
    """The elements that are out of sight, each with the declaration that hides it, and the words that styles add.

    `plain` are those whose emphasis does not show.
    """

    hidden: dict[Element, str]
    generated: tuple[Beside, ...]
    plain: frozenset[Element] = frozenset()


def styles(root: Element, sheets: Iterable[str]) -> Styles:
    """What the style sheets of a page do to its words; those for paper count too."""
    hidden: dict[Element, str] = {}
    generated = []
    plain: set[Element] = set()
    wrapped = cssselect2.ElementWrapper.from_html_root(root)
    for prelude, declarations in _rules(sheets):
        for declaration in declarations:
            name, written = declaration.lower_name, tinycss2.serialize(declaration.value).strip()
            bare = _bare(name, written)
            if _HIDES.match(bare) or _TURNS.match(bare):
                hidden |= dict.fromkeys(_chosen(wrapped, prelude), f"{name}: {written}")
            if any(pattern.match(bare) for pattern in _PLAIN.values()) and ":lang(" not in tinycss2.serialize(prelude):
                plain |= {each for each in _chosen(wrapped, prelude) if _is_plain(each, bare)}
            if name in _SPEAKS and (text := " ".join(_speech(declaration.value, name))):
                generated.append(Beside("style", tinycss2.serialize(prelude).strip(), text))
            if name == "content":
                generated += _shown(wrapped, prelude, written)
    return Styles(hidden, tuple(generated), frozenset(plain))


def _is_plain(element: Element, bare: str) -> bool:
    return str(element.tag) in _PLAIN and _PLAIN[str(element.tag)].match(bare) is not None


def hides(style: str) -> str:
    """The declaration of a style attribute that takes words out of sight, or turns them round; "" if none does."""
    for declaration in tinycss2.parse_blocks_contents(style):
        if declaration.type == "declaration":
            written = tinycss2.serialize(declaration.value).strip()
            bare = _bare(declaration.lower_name, written)
            if _HIDES.match(bare) or _TURNS.match(bare):
                return f"{declaration.name}: {written}"
    return ""


def _bare(name: str, written: str) -> str:
    return f"{name}:" + re.sub(r"\s*([,()/])\s*|!\s*important", r"\1", written.lower()).strip()


def _rules(sheets: Iterable[str]) -> Iterator[tuple[Any, list[Any]]]:
    for sheet in sheets:
        bare = _EMBEDDED.sub("url()", sheet)
        yield from _inside(tinycss2.parse_stylesheet(bare, skip_comments=True, skip_whitespace=True))


def _inside(rules: Iterable[Any]) -> Iterator[tuple[Any, list[Any]]]:
    for rule in rules:
        if rule.type == "qualified-rule":
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield rule.prelude, [part for part in parts if part.type == "declaration"]
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword in ("media", "supports", "layer"):
            yield from _inside(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
        elif rule.type == "at-rule" and rule.content and rule.lower_at_keyword == "counter-style":
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield rule.prelude, [part for part in parts if part.type == "declaration"]


def _chosen(root: Any, prelude: Any) -> Iterator[Element]:
    """The elements that a selector chooses, were a pointer or the keyboard on them or not."""
    written = re.sub(
        r":(hover|focus|focus-visible|focus-within|active|visited|target)\b", "", tinycss2.serialize(prelude)
    )
    for one in _selectors(written):
        try:
            selectors = cssselect2.compile_selector_list(one)
        except cssselect2.SelectorError:
            continue
        usable = [selector for selector in selectors if selector.pseudo_element is None]
        for element in root.iter_subtree() if usable else ():
            if any(selector.test(element) for selector in usable):
                yield element.etree_element


def _selectors(written: str) -> list[str]:
    """One by one, so that a selector that cannot be read does not take others with it."""
    try:
        cssselect2.compile_selector_list(written)
    except cssselect2.SelectorError:
        return written.split(",")
    return [written]


def _speech(tokens: Iterable[Any], name: str) -> Iterator[str]:
    """The strings that have letters or digits; bare words count where a list takes its marks from them."""
    for token in tokens:
        is_mark = name in ("symbols", "additive-symbols") and token.type == "ident"
        if is_mark or (token.type == "string" and any(map(str.isalnum, token.value))):
            yield token.value
        elif token.type == "function":
            yield from _speech(token.arguments, name)


def _shown(root: Any, prelude: Any, written: str) -> Iterator[Beside]:
    """The words of attributes that a style sheet puts on the page."""
    selector = re.sub(r"::?(before|after|marker)", "", tinycss2.serialize(prelude))
    for name in re.findall(r"attr\(\s*([\w-]+)", written):
        if name not in _KNOWN:
            for element in _chosen(root, tinycss2.parse_component_value_list(selector)):
                if element.get(name):
                    yield Beside("style", selector.strip(), str(element.get(name)))
