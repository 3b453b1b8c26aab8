"""The parts of a statement in Akoma Ntoso: preface, main body with its sections, and conclusions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communique import nodes
from communique.document import Document
from communique.nodes import Attr
from communique.records.akoma_ntoso.blocks import Blocks
from communique.records.akoma_ntoso.elements import NAMESPACE, XML, Element, element, mark, told
from communique.statement import Block

_INTRO, _CONTENT = f"{{{NAMESPACE}}}intro", f"{{{NAMESPACE}}}content"


def parts(document: Document) -> Iterator[Element]:
    """Preface, main body and conclusions, each in the language of the edition."""
    head, text, about = document.blocks
    writing = Blocks()
    body = told(element("mainBody"), text["c"][0])
    _Sections(writing, body).add(text["c"][1])
    for part in (_preface(head, document, writing), body, _conclusions(about, writing)):
        part.set(f"{XML}lang", document.statement.language)
        yield part


def _preface(head: Block, document: Document, writing: Blocks) -> Element:
    """The kind of document, the title, who issues it, and when."""
    kicker, title, issuers, line = head["c"][1]
    fill = writing.inlines.fill
    (kind,), (listed,), (day,) = (division["c"][1] for division in (kicker, issuers, line))
    preface = element("preface")
    preface.append(element("p", [fill(element("docType"), kind["c"])]))
    heading = writing.heading(title["c"], element("docTitle"))
    preface.append(element("longTitle", [element("p", [heading])]))
    for number, item in enumerate(listed["c"], 1):
        named = element("docProponent", refersTo=f"#doc-issuer-{number}", as_="#doc-role-issuer")
        preface.append(element("p", [fill(named, item[0]["c"])]))
    preface.append(element("p", [fill(element("docDate", date=document.statement.date), day["c"])]))
    return preface


def _conclusions(about: Block, writing: Blocks) -> Element:
    """What the reader should know of the text, which is not of the statement itself."""
    attributes, blocks = about["c"]
    return element("conclusions", [told(element("container", writing.all(blocks), name="colophon"), attributes)])


class _Sections:
    """The main body as it grows: a heading opens a section within that of the next higher level.

    What stands before the first section of a section is its `intro`; a section without sections has `content`.
    """

    def __init__(self, writing: Blocks, body: Element) -> None:
        self._writing = writing
        self._body = body
        self._open: list[tuple[int, Element]] = [(1, body)]

    def add(self, blocks: Sequence[Block]) -> None:
        """Puts the blocks in their places, then names what they are."""
        self._add(blocks, ())
        for intro in list(self._body.iter(_INTRO)):
            if intro.getnext() is None:
                intro.tag = _CONTENT

    def _add(self, blocks: Sequence[Block], around: tuple[Attr, ...]) -> None:
        """Blocks with what is said of the parts of the text that they are in, the innermost last.

        A part that holds headings is no element, for sections begin and end within it.
        """
        for block in blocks:
            if block["t"] == "Header":
                around = _said(self._section(block), around)
            elif block["t"] == "Div" and any(node["t"] == "Header" for node in nodes.walk(block)):
                self._add(block["c"][1], (*around, block["c"][0]))
                around = tuple(_anonymous(each) for each in around)
            else:
                for made in self._writing.one(block):
                    around = _said(made, around)
                    self._place().append(made)

    def _section(self, block: Block) -> Element:
        level = block["c"][0]
        while self._open[-1][0] >= level:
            self._open.pop()
        _, attributes, words = block["c"]
        heading = self._writing.inlines.fill(element("heading"), words)
        # By its place a section is of the level below the one around it; one that is not says so.
        is_plain = level == len(self._open) + 1
        section = told(element("section", [heading], class_="" if is_plain else f"level-{level}"), attributes)
        self._open[-1][1].append(section)
        self._open.append((level, section))
        return section

    def _place(self) -> Element:
        """Where the next block goes."""
        around = self._open[-1][1]
        if around is self._body:
            return around
        if around[-1].tag != _INTRO:
            around.append(element("intro"))
        return around[-1]


def _said(made: Element, around: tuple[Attr, ...]) -> tuple[Attr, ...]:
    """Says of an element what is said of the parts of the text around it; what is left to say of the next one."""
    for attributes in reversed(around):
        for key, value in told(element("p"), _anonymous(attributes)).items():
            made.set(key, made.get(key, value))
    for attributes in reversed(around):
        if attributes[0]:
            mark(made, attributes[0])
    return tuple(map(_anonymous, around))


def _anonymous(attributes: Attr) -> Attr:
    """Attributes without the identifier, which is that of the first block alone."""
    return "", *attributes[1:]
