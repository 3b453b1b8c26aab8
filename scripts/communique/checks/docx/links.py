"""Links: their words say where they lead, and they lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from communique.checks.docx.package import R, Story, W, own
from communique.checks.docx.text import Reading
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element
from communique.checks.verdict import Severity

_SAYS_NOTHING = frozenset(
    {
        *(
            "here",
            "click here",
            "click",
            "click this",
            "this",
            "this link",
            "more",
            "read more",
            "learn more",
            "see more",
        ),
        *("more info", "more information", "details", "go", "download", "website", "web page", "page", "url"),
        *("ici", "cliquez ici", "en savoir plus", "lire la suite", "hier", "mehr", "hier klicken", "mehr erfahren"),
        *("aquí", "haga clic aquí", "leer más", "qui", "clicca qui", "здесь", "тут", "подробнее", "هنا", "اضغط هنا"),
        *("こちら", "ここ", "点击这里", "这里"),
    }
)
"""Words of a link that mean nothing away from their sentence (WCAG 2.4.9; Word: “Hyperlink text is meaningful”)."""
_SAFE = frozenset({"http", "https", "mailto", "tel"})
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)


def links(reading: Reading) -> Iterator[Remark]:
    """What is wrong with the links of all stories. An address as the words of its own link is what a text may say."""
    bookmarks = {mark.get(f"{W}name") for story in reading.word.stories for mark in own(story.root, "bookmarkStart")}
    for story in reading.word.stories:
        for number, link in enumerate(own(story.root, "hyperlink"), 1):
            place = f"{story.part} link {number}"
            words = " ".join("".join(text.text or "" for text in own(link, "t")).split())
            yield from _worded(link, words, place)
            yield from _leading(story, link, words, place, bookmarks)


def _worded(link: Element, words: str, place: str) -> Iterator[Remark]:
    tip = link.get(f"{W}tooltip", "").strip()
    if not words and not any(True for _ in link.iter(f"{W}drawing")):
        yield Remark("link-empty", "a link has no words", place)
    elif words.casefold().strip(" .,:…›»>") in _SAYS_NOTHING and not tip:
        yield Remark(
            "link-text", f"the words of a link say nothing about where it leads: “{words}”", place, Severity.WARNING
        )


def _leading(story: Story, link: Element, words: str, place: str, bookmarks: set[str | None]) -> Iterator[Remark]:
    identifier, anchor = link.get(f"{R}id"), link.get(f"{W}anchor")
    if identifier is None:
        if anchor not in bookmarks:
            yield Remark("link-to-nowhere", f"“{words}” leads to the bookmark {anchor}, which is not there", place)
        return
    relation = story.relations.get(identifier)
    if relation is None or not relation.target:
        yield Remark("link-to-nowhere", f"“{words}” leads to nothing", place)
        return
    scheme = urlsplit(relation.target).scheme.lower()
    if relation.external and scheme not in _SAFE:
        yield Remark("link-unsafe", f"“{words}” leads to {relation.target}, no address of the web or of mail", place)
    if _ADDRESS.fullmatch(words) and _host(words) != _host(relation.target):
        yield Remark("link-misleads", f"“{words}” leads to {relation.target}", place)


def _host(address: str) -> str:
    full = address if "://" in address else f"https://{address}"
    return (urlsplit(full).hostname or "").removeprefix("www.")
