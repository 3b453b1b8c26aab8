"""Notes at the foot of the page that refers to them, in place of a list of them at the end."""

from __future__ import annotations

from collections import Counter

from lxml import html
from lxml.html import HtmlElement

MANY = 400
"""How many notes one document may have at its feet: each makes the engine lay out a foot once more."""
LONG = 1000
"""How long a note may be, in characters: a third of a page, for the engine moves a note as a whole."""
DENSE = 2000
"""How long the notes of one paragraph may be together, so that they and a line always find room on one page."""

_HOSTS = frozenset({"p", "li", "dd"})
"""Blocks from which a note goes to the foot."""
_REFUSED = frozenset(
    {"table", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "a", "del", "s", "ins", "u", "sup", "sub"}
)
"""Where a mark keeps all notes at the end: heads of tables and headings are repeated, lines through words spread."""


def place(body: HtmlElement, language: str) -> bool:
    """Puts every note where its mark stands, ready for the foot of the page; False, and no change, if one cannot go.

    The list at the end and its heading go; what a note says stays, and its number leads back to the mark.
    """
    found = body.xpath(".//section[@role='doc-endnotes']")
    notes = [note for section in found for note in section.xpath("./ol/li")]
    marks = {mark.get("href", "")[1:]: mark for mark in body.iter("a") if mark.get("role") == "doc-noteref"}
    if not notes or not _can_go(notes, marks):
        return False
    for number, note in enumerate(notes, 1):
        mark = marks[note.get("id", "")]
        _put(_foot(note, number, _foreign(mark, language)), mark)
    for section in found:
        section.drop_tree()
    return True


def _can_go(notes: list[HtmlElement], marks: dict[str, HtmlElement]) -> bool:
    """Whether every note is paragraphs alone, is short enough, and has its mark where a note may go from."""
    if len(notes) > MANY or {note.get("id", "") for note in notes} != marks.keys():
        return False
    lengths: Counter[HtmlElement] = Counter()
    for note in notes:
        around = list(marks[note.get("id", "")].iterancestors())
        host = next((each for each in around if each.tag in _HOSTS), None)
        length = len(str(note.text_content()))
        if host is None or length > LONG or any(child.tag != "p" for child in note) or (note.text or "").strip():
            return False
        if any(each.tag in _REFUSED for each in around):
            return False
        lengths[host] += length
    return max(lengths.values()) <= DENSE


def _foreign(mark: HtmlElement, language: str) -> str:
    """The language that a note must name because the text around its mark has another; "" if it has not."""
    around = next((each.get("lang", "") for each in mark.iterancestors() if each.get("lang")), language)
    return language if around != language else ""


def _foot(note: HtmlElement, number: int, language: str) -> HtmlElement:
    """The note as an inline element, which may stand in a paragraph: its number, then its paragraphs."""
    foot = html.Element("span", {"role": "doc-footnote", "id": note.get("id", "")})
    if note.get("lang") or language:
        foot.set("lang", note.get("lang") or language)
    (back,) = note.xpath(".//a[@role='doc-backlink']")
    back.drop_tree()
    back.text, back.tail = f"{number}.", None
    foot.append(back)
    for paragraph in list(note):
        paragraph.tag, paragraph.tail = "span", None
        foot.append(paragraph)
    return foot


def _put(foot: HtmlElement, mark: HtmlElement) -> None:
    """Puts a note right behind its mark, before the text that follows."""
    foot.tail, mark.tail = mark.tail, None
    mark.addnext(foot)
