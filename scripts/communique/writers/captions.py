"""Pictures whose caption says what they say, where nothing else is said: in an item or a cell of their own."""

from __future__ import annotations

from lxml import html
from lxml.html import HtmlElement

from communique.writers import fragment

_HOLDERS = ("li", "td", "th")
"""What judges look for a picture's words in, beside the paragraph that the picture is in."""


def part(body: HtmlElement) -> None:
    """Puts each such picture into a paragraph, so that it does not share its nearest block with its caption.

    For a picture and its caption in the text itself that is so anyhow: there is no such block around them.
    """
    for image in body.xpath(".//figure/img"):
        holder = next(image.iterancestors(*_HOLDERS), None)
        if holder is not None and _plain(str(holder.text_content())) == _plain(image.get("alt", "")):
            fragment.wrap(image, html.Element("p"))


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
