"""Runs of text against the direction of their paragraph, each in a frame of its own where it crosses elements.

The engine of the PDF orders the texts of a line one by one, and would draw the parts of "H~2~O" in an Arabic line, or
of "سلام *دنیا*" in an English one, in the order of the line instead of that of the run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement

from communique.language import direction
from communique.writers import bidi
from communique.writers.typography import TOGETHER, Stretch

_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp"}
    | {"small", "span", "strong", "sub", "sup", "time", "u", "var"}
)
_SIGNS = {"img": bidi.OBJECT, "input": bidi.OBJECT, "br": bidi.BREAK}
_FOOT, _MARK = "doc-footnote", "doc-noteref"
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_OTHER = {"ltr": "rtl", "rtl": "ltr"}


class _Part(NamedTuple):
    """What an element holds, piece by piece: its first text, or a child, or the text behind that child."""

    child: HtmlElement | None
    is_tail: bool
    start: int
    end: int


def isolate(body: HtmlElement, language: str) -> None:
    """Frames every run that crosses elements in a `<span dir>`; the text of the body is the same before and after.

    A run that begins or ends within an emphasis or a link that holds more than the run is framed in parts.
    """
    flow = direction(language)
    if flow == "ltr" and not _RIGHT_TO_LEFT.search(str(body.text_content())):
        return
    for root, own in list(_roots(body, flow, language)):
        _frame(root, own)


def _roots(element: HtmlElement, flow: str, language: str) -> Iterator[tuple[HtmlElement, str]]:
    """Every element that orders what it holds by itself, and the direction in which it does so."""
    language = element.get("lang") or language
    told = element.get("dir", "")
    flow = told if told in _OTHER else flow
    if element.get("role") == _FOOT and direction(language) != flow:
        flow = _turn(element, language)
    if not _is_part(element) and len(element):
        yield element, flow
    for child in element:
        if isinstance(child.tag, str):
            yield from _roots(child, flow, language)


def _turn(foot: HtmlElement, language: str) -> str:
    """A note runs as its own language does, whatever is around its mark."""
    foot.set("dir", direction(language))
    return direction(language)


def _is_part(element: HtmlElement) -> bool:
    """Whether the line around an element settles the order of what it holds."""
    return element.tag in _INLINE and not element.get("dir") and element.get("role") not in (_FOOT, _MARK)


def _frame(root: HtmlElement, flow: str) -> None:
    """Frames the runs of one paragraph, from the last to the first, and then what runs against them."""
    text = _text(root)
    if flow == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return
    for run in reversed(bidi.against(text, flow)):
        if run.has_letters or flow == "rtl":
            for made in _framed(root, text, (run.start, run.end), _OTHER[flow]):
                _keep_notes(made, flow)
                _frame(made, _OTHER[flow])


def _text(element: HtmlElement) -> str:
    """What an element says in its own order, with a sign for each part that has another."""
    parts = [element.text or ""]
    for child in element:
        parts += [_sign(child), child.tail or ""]
    return "".join(parts)


def _sign(child: HtmlElement) -> str:
    if not isinstance(child.tag, str) or child.get("role") == _FOOT or child.tag == "wbr":
        return ""
    if _is_part(child):
        return _text(child)
    return _SIGNS.get(child.tag, bidi.OBJECT if child.tag in _INLINE else bidi.BREAK)


def _parts(element: HtmlElement, start: int) -> Iterator[_Part]:
    """What an element holds, with where it stands in the text of the paragraph; the element begins at `start`."""
    end = start + len(element.text or "")
    yield _Part(None, False, start, end)
    for child in element:
        start, end = end, end + len(_sign(child))
        yield _Part(child, False, start, end)
        start, end = end, end + len(child.tail or "")
        yield _Part(child, True, start, end)


def _framed(element: HtmlElement, text: str, stretch: Stretch, flow: str, at: int = 0) -> list[HtmlElement]:
    """The frames, new, around a stretch of a paragraph's text, in the element that begins at `at`.

    Spaces stay outside, for at the edge of a frame they would stand on its other side.
    """
    within = text[slice(*stretch)]
    if not within.strip():
        return []
    start, end = stretch[1] - len(within.lstrip()), stretch[0] + len(within.rstrip())
    touched = [part for part in _parts(element, at) if part.start < end and part.end > start]
    if len(touched) == 1:
        (only,) = touched
        return _within(only, text, (start, end), flow)
    for part in touched:
        if part.child is not None and not part.is_tail and not start <= part.start <= part.end <= end:
            if _can_part(part.child):
                _split(part.child, (start if part.start < start else end) - part.start)
                return _framed(element, text, (start, end), flow, at)
            pieces = ((start, part.start), (max(start, part.start), min(end, part.end)), (part.end, end))
            return [frame for piece in reversed(pieces) for frame in _framed(element, text, piece, flow, at)]
    return [_wrapped(element, touched, start, end, flow)]


def _within(part: _Part, text: str, stretch: Stretch, flow: str) -> list[HtmlElement]:
    """The frames in the one part that holds the stretch: none in a text, which the engine orders well."""
    if part.child is None or part.is_tail or not _is_part(part.child):
        return []
    return _framed(part.child, text, stretch, flow, part.start)


def _can_part(child: HtmlElement) -> bool:
    """Whether an element may be cut in two: one that only keeps words on a line."""
    return child.tag == "span" and dict(child.attrib) == {"style": TOGETHER} and not len(child)


def _split(child: HtmlElement, at: int) -> None:
    """Cuts an element without children in two."""
    text = child.text or ""
    rest = html.Element("span", {"style": TOGETHER})
    child.text, rest.text = text[:at], text[at:]
    rest.tail, child.tail = child.tail, None
    child.addnext(rest)


def _wrapped(element: HtmlElement, touched: list[_Part], start: int, end: int, flow: str) -> HtmlElement:
    """Puts the stretch, which covers the children it touches, into a new frame."""
    frame = html.Element("span", {"dir": flow})
    first, last = touched[0], touched[-1]
    if first.child is None:
        text = element.text or ""
        element.text, frame.text = text[: start - first.start], text[start - first.start :]
        place = 0
    elif first.is_tail:
        text = first.child.tail or ""
        first.child.tail, frame.text = text[: start - first.start], text[start - first.start :]
        place = element.index(first.child) + 1
    else:
        place = element.index(first.child)
    assert last.child is not None
    children = element[place : element.index(last.child) + 1]
    tail = last.child.tail or ""
    cut = end - last.start if last.is_tail else 0
    last.child.tail, frame.tail = tail[:cut] or None, tail[cut:] or None
    element.insert(place, frame)
    frame.extend(children)
    return frame


def _keep_notes(frame: HtmlElement, flow: str) -> None:
    """The notes in a frame run on as they would without it."""
    for foot in frame.iter("span"):
        if foot.get("role") == _FOOT and not foot.get("dir"):
            foot.set("dir", flow)
