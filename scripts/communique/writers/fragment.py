"""Document to an HTML tree: what the web page, the EPUB and the PDF have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import lru_cache
from threading import Lock

from lxml import html
from lxml.html import HtmlElement

from communique import nodes, pandoc
from communique.document import Document
from communique.labels import Labels, labels
from communique.language import direction
from communique.nodes import BRACKETED, PARAGRAPH
from communique.statement import Block

_PANDOC = ("--wrap=none", "--syntax-highlighting=none")
_FORMAT = "html5-task_lists"
_CHANGED = re.compile("([\u21a9\u2194\u2610\u2612])(?!\ufe0e)")
"""Arrows to which pandoc adds U+FE0E, a character that the master does not have there, and the boxes of tasks, in whose
place it puts a control where they begin an item."""
_SIGN = "\ue000"
"""Marks where it does; no master has it, for private characters are refused."""
_ONCE = Lock()
"""Three writers ask for the same tree at the same time: one makes it, the others wait."""


def body(document: Document) -> HtmlElement:
    """A `<body>` of its own for the caller: header, main (article and notes) and footer.

    Image sources are as the master has them ("media/flag.png").
    """
    with _ONCE:
        return deepcopy(_body(document))


@lru_cache(maxsize=4)
def _body(document: Document) -> HtmlElement:
    root = html.fragment_fromstring(_markup(_labelled(document.blocks)), create_parent="body")
    for refine in _REFINEMENTS:
        refine(root, document)
    return root


def _markup(blocks: list[Block]) -> str:
    """What pandoc makes of the blocks, without the characters that it adds or takes away."""
    text = json.dumps(blocks, ensure_ascii=False)
    if not _CHANGED.search(text):
        return pandoc.write(blocks, _FORMAT, _PANDOC)
    marked = json.loads(_CHANGED.sub(rf"\1{_SIGN}", text))
    return pandoc.write(marked, _FORMAT, _PANDOC).replace(f"\ufe0e{_SIGN}", "").replace(_SIGN, "")


def _labelled(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each list whose numbers stand in brackets in a frame with a class, as HTML has no word for it."""
    return [_framed(nodes.rewrite_children(block, _labelled)) for block in blocks]


def _framed(block: Block) -> Block:
    if block["t"] != "OrderedList":
        return block
    _, style, delimiter = block["c"][0]
    name = BRACKETED.get((style["t"], delimiter["t"]))
    return nodes.div(nodes.attr(classes=[name]), [block]) if name else block


def _lists(root: HtmlElement, _: Document) -> None:
    """The frame of a list goes; its class stays, by which the style sheets know what stands around the numbers."""
    for div in [each for each in root.iter("div") if each.get("class") in BRACKETED.values()]:
        div[0].set("class", div.get("class"))
        _replace(div, div[0])


def _paragraphs(root: HtmlElement, _: Document) -> None:
    """`<div id="p1" class="para"><p>` becomes `<p id="p1">`; spans in tight lists lose the class alone."""
    for div in root.xpath(".//div[@class='para']"):
        if PARAGRAPH.fullmatch(div.get("id", "")) and len(div) == 1:
            div[0].set("id", div.get("id"))
            _replace(div, div[0])
    for span in root.xpath(".//span[@class='para']"):
        del span.attrib["class"]


def _headings(root: HtmlElement, _: Document) -> None:
    """A block that begins with a heading comes as a section with the heading's id; the heading gets it back."""
    for heading in root.xpath(
        ".//section[@id]/*[1][self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
    ):
        if heading.get("id") is None:
            heading.set("id", heading.getparent().attrib.pop("id"))


def _masthead(root: HtmlElement, document: Document) -> None:
    """The front matter as a header with paragraphs and a list, the date as `<time>`."""
    head = root.get_element_by_id("doc-head")
    head.tag = "header"
    for div in head.xpath("./div[@class='kicker' or @class='issuers' or @class='dateline']"):
        only = div[0]
        for name, value in div.attrib.items():
            only.set(name, value)
        _replace(div, only)
    (line,) = head.xpath("./p[@class='dateline']")
    time = html.Element("time", datetime=document.statement.date)
    time.text, line.text = line.text, None
    line.append(time)


def _landmarks(root: HtmlElement, document: Document) -> None:
    """One article in `<main>`: its header, the text, the notes, and the colophon as its footer."""
    article = html.Element("article", {"aria-labelledby": "doc-title"})
    notes = root.xpath("./section[@role='doc-endnotes']")
    for section in notes:
        _notes(section, document)
    footer = root.get_element_by_id("doc-about")
    footer.tag = "footer"
    article.extend([root.get_element_by_id("doc-head"), root.get_element_by_id("doc-text"), *notes, footer])
    main = html.Element("main", id="doc-main")
    main.append(article)
    root.append(main)


def _notes(section: HtmlElement, document: Document) -> None:
    """The section of notes with a heading, each with a way back that says where it leads."""
    words = labels(document.statement.language)
    section.set("id", "doc-notes")
    section.set("class", "footnotes")
    section.set("aria-labelledby", "doc-notes-title")
    for rule in section.findall("hr"):
        section.remove(rule)
    heading = html.Element("h2", id="doc-notes-title")
    label = html.Element("span")
    label.text = words["notes"]
    speak(label, words, document.statement.language)
    heading.append(label)
    if not label.attrib:
        label.drop_tag()
    section.insert(0, heading)
    for number, back in enumerate(section.xpath(".//a[@role='doc-backlink']"), 1):
        # With the number: a sighted reader sees where it leads, and axe can judge the contrast.
        back.text = f"↑{number}"
        back.set("aria-label", words["back"].format(number=number))
        speak(back, words, document.statement.language)


def _tables(root: HtmlElement, _: Document) -> None:
    """Header cells say what they head (WCAG 2.2, 1.3.1): columns in the head, rows in the body.

    A cell without words heads nothing.
    """
    for cell in list(root.iter("th")):
        if not cell.xpath("string()").strip() and cell.find(".//img") is None:
            cell.tag = "td"
            continue
        cell.set("scope", "col" if next(cell.iterancestors("thead"), None) is not None else "row")
    for number, table in enumerate(root.iter("table"), 1):
        caption = table.find("caption")
        if caption is not None:
            caption.set("id", f"doc-table-{number}")


def _images(root: HtmlElement, _: Document) -> None:
    """A caption is for everybody; a decorative image is for nobody's ears."""
    for caption in root.xpath(".//figcaption[@aria-hidden]"):
        del caption.attrib["aria-hidden"]
    for image in root.iter("img"):
        if "decorative" in image.get("class", "").split():
            image.set("alt", "")
    for figure in root.iter("figure"):
        _speak_alike(figure)


def _speak_alike(figure: HtmlElement) -> None:
    """The language of a picture's text or of its whole caption is that of both, which say the same."""
    images, captions = figure.xpath("./img[@lang]"), figure.xpath("./figcaption/span[@lang]")
    if images:
        figure.set("lang", images[0].attrib.pop("lang"))
    elif captions and str(captions[0].text_content()) == str(captions[0].getparent().text_content()).strip():
        figure.set("lang", captions[0].get("lang"))


def _directions(root: HtmlElement, document: Document) -> None:
    """A language that runs the other way than the text around it gets a direction, which also isolates it."""
    for element in root.xpath(".//*[@lang and not(@dir)]"):
        around = next((outer.get("dir") for outer in element.iterancestors() if outer.get("dir")), None)
        flow = direction(element.get("lang", ""))
        if flow != (around or direction(document.statement.language)):
            element.set("dir", flow)


def speak(element: HtmlElement, words: Labels, language: str) -> None:
    """Marks an element that holds a label with the label's language where the edition is in another."""
    if words.language != language:
        element.set("lang", words.language)
        if direction(words.language) != direction(language):
            element.set("dir", direction(words.language))


def heading_words(heading: HtmlElement) -> str:
    """The words of a heading without the marks of its notes, as lists of what a text holds have them."""
    words = heading.xpath(".//text()[not(ancestor::a[@role='doc-noteref'])]")
    return " ".join("".join(words).split())


def wrap(element: HtmlElement, frame: HtmlElement) -> None:
    """Puts an element into an empty frame that takes its place."""
    _replace(element, frame)
    element.tail = None
    frame.append(element)


def _replace(old: HtmlElement, new: HtmlElement) -> None:
    """Puts `new` where `old` stands, with the text that follows it."""
    parent = old.getparent()
    assert parent is not None
    new.tail = old.tail
    parent.replace(old, new)


_REFINEMENTS: tuple[Callable[[HtmlElement, Document], None], ...] = (
    _lists,
    _paragraphs,
    _headings,
    _masthead,
    _landmarks,
    _tables,
    _images,
    _directions,
)
