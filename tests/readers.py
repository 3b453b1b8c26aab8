"""Readers of a master and of its outputs that share no code with the program: what each says, word by word.

A word is what stands between white space, in Unicode NFC. White space is what ASCII and HTML call so: a no-break
space is part of a word and must survive in every format. So must the characters without width (soft hyphens and
the like), except in a PDF, whose fonts do not draw them: there `unseen` takes them out of both sides.

Notes stand at the end of the web page, of the EPUB's page and of the PDF, and at the foot of the page in the Word
file. So every reader takes them out of the text and lists them by themselves, in the order of their marks, and leaves
a sign (⟦1⟧) in the text where the mark stood. The heading above the notes, which the Word file does not have, and
the links back to the text are left out by what they are (an element's role or class), never by what they say.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypandoc
import yaml
from lxml import etree, html

from communique.checks.reading import pdf_structure
from dates import day

ROOT = Path(__file__).resolve().parents[1]
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060"))
# The dialect in which masters are written (docs/master.md): words as they stand, no formulas, no citations.
DIALECT = (
    "markdown-smart-tex_math_dollars-raw_tex-latex_macros-citations-yaml_metadata_block"
    "-pandoc_title_block-native_divs-native_spans-markdown_in_html_blocks-example_lists"
)
# Between letters of these languages a line break is no space.
BREAKS_SAY_NOTHING = frozenset({"ja", "zh"})
# What a translation does not take over from the authoritative edition.
OWN = {"title", "short_title", "description", "language", "editorial_notes", "terms", "references", "accessibility"}
Element = etree._Element
Words = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """The words of the text with a sign for each note, the words of each note, and the images' descriptions.

    The descriptions are those of the text, then those of the notes.
    """

    words: Words
    notes: tuple[Words, ...]
    descriptions: tuple[str, ...]

    def unseen(self) -> Reading:
        """The same without the characters that have no width."""
        notes = tuple(_unseen(note) for note in self.notes)
        return replace(self, words=_unseen(self.words), notes=notes)


def sign(number: int) -> str:
    """What stands in the text for the mark of a note."""
    return f"⟦{number}⟧"


def words(text: str) -> Words:
    """The words of a text."""
    return tuple(word for word in re.split(r"[ \t\n\r\f]+", unicodedata.normalize("NFC", text)) if word)


def _unseen(these: Words) -> Words:
    return words(" ".join(these).translate(UNSEEN))


# The master.


def editions(folder: Path) -> list[str]:
    """The languages of a master's editions, the authoritative one first."""
    others = sorted(path.name.split(".")[1] for path in folder.glob("statement.*.md"))
    return [str(front_matter(folder / "statement.md")["language"]), *others]


def stem(folder: Path, language: str) -> str:
    """The stem of the files of an edition."""
    return folder.name if language == editions(folder)[0] else f"{folder.name}.{language}"


def front_matter(path: Path) -> dict[str, Any]:
    """The keys of one file, every value as the text that stands there."""
    keys: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8").split("\n---\n", 1)[0], yaml.BaseLoader)
    return keys


def metadata(folder: Path, language: str) -> dict[str, Any]:
    """The keys of an edition, with what a translation takes over."""
    first = front_matter(folder / "statement.md")
    if language == first["language"]:
        return first
    inherited = {key: value for key, value in first.items() if key not in OWN}
    return {**inherited, **front_matter(folder / f"statement.{language}.md"), "language": language}


def master(folder: Path, language: str) -> Reading:
    """What an edition must say in every format."""
    name = "statement.md" if language == editions(folder)[0] else f"statement.{language}.md"
    keys = metadata(folder, language)
    body = (folder / name).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    tree = _Tree()
    text = tree.flow(_pandoc(body, language))
    return Reading(
        words(" ".join([*_masthead(keys), text, *colophon(keys)])),
        tuple(words(note) for note in tree.notes),
        (*tree.descriptions, *tree.descriptions_in_notes),
    )


def label_texts(language: str) -> dict[str, str]:
    """The words that the program adds in a language."""
    table = yaml.load((ROOT / "templates/labels.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    texts: dict[str, str] = table.get(language, table["en"])
    return texts


def _masthead(keys: dict[str, Any]) -> list[str]:
    issuers = [issuer["name"] for issuer in keys["issuers"]]
    return [label_texts(keys["language"])[keys["type"]], keys["title"], *issuers, day(keys["date"], keys["language"])]


def colophon(keys: dict[str, Any]) -> Iterator[str]:
    """The texts of the last part, "About this text", in their order."""
    language = keys["language"]
    texts = label_texts(language)
    yield texts["about"]
    if keys.get("editorial_notes"):
        yield texts["editorial_note"]
        for note in keys["editorial_notes"]:
            yield from (note["text"], note.get("reason", ""))
    yield from (texts["publisher"], keys["publisher"]["name"])
    source = keys.get("source", {})
    if "url" in source:
        yield from (texts["source"], source["url"])
        if "received" in source:
            yield texts["received"].format(date=day(source["received"], language))
    yield from (texts["rights"], keys["rights"]["statement"], keys["rights"].get("holder", ""))
    shown = [each["value"] for each in keys.get("identifiers", []) if each["scheme"] in ("doi", "urn", "symbol")]
    if shown:
        yield from (texts["identifier"], *shown)
    if "revisions" in keys:
        yield texts["versions"]
        for each in keys["revisions"]:
            yield texts["version"].format(**{**each, "date": day(each["date"], language)})


def _pandoc(body: str, language: str) -> Any:
    breaks = "+east_asian_line_breaks" if language in BREAKS_SAY_NOTHING else ""
    command = [pypandoc.get_pandoc_path(), "--from", f"{DIALECT}{breaks}", "--to", "json"]
    said = subprocess.run(command, input=body.encode(), capture_output=True, check=True)
    return json.loads(said.stdout)["blocks"]


class _Tree:
    """One walk through pandoc's tree of a text."""

    _BLOCKS = frozenset({"Para", "Plain", "LineBlock", "CodeBlock", "BlockQuote", "Header", "Table", "Figure", "Div"})

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.descriptions: list[str] = []
        self.descriptions_in_notes: list[str] = []

    def flow(self, node: Any) -> str:
        """The text below a node, with a line break around each block."""
        if isinstance(node, list):
            return "".join(map(self.flow, node))
        if not isinstance(node, dict):
            return ""
        kind, content = node["t"], node.get("c")
        text = self._text(kind, content)
        return f"\n{text}\n" if kind in self._BLOCKS else text

    def _text(self, kind: str, content: Any) -> str:  # noqa: C901, PLR0911
        match kind:
            case "Str":
                return str(content)
            case "Space" | "SoftBreak" | "LineBreak":
                return " "
            case "Code" | "CodeBlock":
                return str(content[1])
            case "Note":
                note = _Tree()
                self.notes.append(note.flow(content))
                self.descriptions_in_notes += note.descriptions
                return sign(len(self.notes))
            case "Image":
                if "decorative" not in content[0][1]:
                    self.descriptions.append(" ".join(words(_Tree().flow(content[1]))))
                return ""
            case "LineBlock":
                return "\n".join(map(self.flow, content))
            case "Figure":
                picture = self.flow(content[2])
                return picture + self.flow(content[1][1])
            case "Table":
                return self._table(content)
            case "DefinitionList":
                return "".join(f"\n{self.flow(term)}\n{self.flow(meanings)}" for term, meanings in content)
        return self.flow(content)

    def _table(self, content: Any) -> str:
        _, caption, _, (_, head), bodies, (_, foot) = content
        rows = [*head, *(row for body in bodies for part in body[2:] for row in part), *foot]
        return self.flow(caption[1]) + "".join(self.flow(cell[4]) for row in rows for cell in row[1])


# The web page and the EPUB.

# Phrasing elements of HTML that end no word; a line break (br) does.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var",
    )
)


def html_file(content: bytes) -> Reading:
    """What a web page says."""
    body = html.document_fromstring(content.decode("utf-8")).find("body")
    assert body is not None
    return _page(body)


def epub(content: bytes) -> Reading:
    """What an EPUB says, in the order of its spine."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        package = etree.fromstring(archive.read("EPUB/package.opf"))
        names = {item.get("id"): item.get("href") for item in package.iter("{*}item")}
        pages = [archive.read(f"EPUB/{names[item.get('idref')]}") for item in package.iter("{*}itemref")]
    readings = [_page(_plain(etree.fromstring(page))) for page in pages]
    return Reading(
        tuple(word for reading in readings for word in reading.words),
        tuple(note for reading in readings for note in reading.notes),
        tuple(text for reading in readings for text in reading.descriptions),
    )


def _plain(root: Element) -> Element:
    """The body of an XHTML page with names as in HTML."""
    for element in root.iter("{*}*"):
        element.tag = etree.QName(element).localname
    body = root.find("body")
    assert body is not None
    return body


def _page(body: Element) -> Reading:
    items = body.xpath(".//section[@role='doc-endnotes']/ol/li")
    numbers = {f"#{item.get('id')}": number for number, item in enumerate(items, 1)}
    images = body.xpath(".//img[@alt != '' and not(@role = 'doc-cover')]")
    return Reading(
        words(_flow(body, numbers)),
        tuple(words(_flow(item, numbers)) for item in items),
        tuple(str(image.get("alt")) for image in images),
    )


def _flow(element: Element, numbers: dict[str, int]) -> str:
    """The text of an element, with a line break around each block."""
    text = element.text or ""
    for child in element.iterchildren():
        if isinstance(child.tag, str):
            text += _part(child, numbers)
        text += child.tail or ""
    return text if element.tag in _INLINE else f"\n{text}\n"


def _part(element: Element, numbers: dict[str, int]) -> str:
    role = element.get("role")
    if role in ("doc-endnotes", "doc-backlink") or (str(element.tag).endswith("a") and element.get("class") == "skip"):
        return ""
    if role == "doc-noteref":
        return sign(numbers[str(element.get("href"))])
    return "\n" if element.tag == "br" else _flow(element, numbers)


# The Word file.

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}


def docx(content: bytes) -> Reading:
    """What a Word file says: the body, and the notes at the foot of its pages. List labels are no text in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
        footnotes = etree.fromstring(archive.read("word/footnotes.xml"))
    order = [mark.get(f"{W}id") for mark in body.iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): note for note in footnotes.iter(f"{W}footnote") if note.get(f"{W}type") is None}
    assert sorted(map(str, order)) == sorted(map(str, notes)), "each note has one mark, each mark one note"
    parts = (body, *(notes[mark] for mark in order))
    described = [str(shown.get("descr", "")) for part in parts for shown in part.iter("{*}docPr")]
    return Reading(
        words(_story(body, order)),
        tuple(words(_story(notes[mark], order)) for mark in order),
        tuple(text for text in described if text),
    )


def _story(root: Element, order: Sequence[str | None]) -> str:
    return "\n".join("".join(_run_text(node, order) for node in paragraph.iter()) for paragraph in root.iter(f"{W}p"))


def _run_text(node: Element, order: Sequence[str | None]) -> str:
    if node.tag == f"{W}t":
        return node.text or ""
    if node.tag == f"{W}footnoteReference":
        return sign(order.index(node.get(f"{W}id")) + 1)
    is_in_run = node.getparent() is not None and getattr(node.getparent(), "tag", "") == f"{W}r"
    return _CHARACTERS.get(str(node.tag), "") if is_in_run else ""


# The PDF.

# The signs that templates/css/pdf.css puts before the items of a list.
_BULLETS = ("–", "·")
_NUMBER = re.compile(r"\(?(\d+|[a-zA-Z]|[ivxlcIVXLC]+)[.)]")
_RUNNING_ON = frozenset({"Span", "Link", "Reference", "Code", "Quote", "Figure", "Em", "Strong"})


def pdf(content: bytes) -> Reading:
    """What a PDF says, strictly by its structure tree: running headers and page numbers are no part of it."""
    document = pdf_structure.read(content).document
    notes = [element for element in document.walk() if element.role in _NOTES]
    numbers = {note.identifier: number for number, note in enumerate(notes, 1)}
    figures = (*_figures(document), *(figure for note in notes for figure in note.all("Figure")))
    return Reading(
        words(_structured(document, numbers)),
        tuple(words("".join(_structured(child, numbers) for child in _body(note))) for note in notes),
        tuple(figure.alternative for figure in figures),
    )


def _body(note: pdf_structure.Element) -> list[pdf_structure.Element]:
    """What a note says, without the number before it."""
    return [child for child in note.children() if child.role != "Lbl"]


def _figures(element: pdf_structure.Element) -> Iterator[pdf_structure.Element]:
    """The pictures of the text, without those of the notes."""
    if element.role == "Figure":
        yield element
    for child in element.children():
        if child.role not in _NOTES:
            yield from _figures(child)


_NOTES = frozenset({"Note", "FENote"})


def _structured(element: pdf_structure.Element, numbers: dict[str, int]) -> str:
    """The text of an element, with a line break around each block, without markers of lists and without notes."""
    if _holds_notes(element) or is_list_marker(element):
        return ""
    targets = {link.target for link in element.links()}
    if element.role == "Link" and targets & numbers.keys():
        return sign(numbers[targets.pop()])
    if element.actual is not None:
        return element.actual
    kids = [kid for kid in element.kids if not isinstance(kid, pdf_structure.Link)]
    text = "".join(_structured(kid, numbers) if isinstance(kid, pdf_structure.Element) else kid for kid in kids)
    return text if element.role in _RUNNING_ON else f"\n{text}\n"


def _holds_notes(element: pdf_structure.Element) -> bool:
    """Whether an element is a note at the foot of its page, or the section of the notes: a heading and their list."""
    lists = [child for child in element.children() if child.role == "L"]
    holds = element.role == "Sect" and any(each.role in _NOTES for child in lists for each in child.walk())
    return element.role in _NOTES or holds


def has_notes_at_foot(content: bytes) -> bool:
    """Whether the notes of a PDF stand at the foot of its pages, not in a section of their own."""
    document = pdf_structure.read(content).document
    held = [note for part in document.all("Sect") for note in part.walk() if note.role in _NOTES]
    return not held and any(each.role in _NOTES for each in document.walk())


def is_list_marker(element: pdf_structure.Element) -> bool:
    """Whether an element of a PDF is the marker that a style sheet put before a list item, with the space behind it.

    The terms of definition lists are labels (Lbl) too, but words, whatever they look like; no space ends them.
    """
    written = element.actual if element.actual is not None else "".join(map(str, element.kids))
    return element.role == "Lbl" and written.endswith(" ") and _is_marker(written)


def _is_marker(label: str) -> bool:
    """Whether a word is a bullet or a number."""
    return label.strip() in _BULLETS or _NUMBER.fullmatch(label.strip()) is not None


# The part of an A4 page between the margins that templates/css/pdf.css leaves, in points: left, top, width, height.
_BETWEEN_MARGINS = ("0", "73", "595", "678")


def pdf_as_copied(content: bytes, *order: str) -> Words:
    """The words that lie on the pages of a PDF, without the margins and without markers of lists (Poppler).

    In their order on the page, or with `-raw` as they were drawn. No-break spaces end words here, since Poppler
    takes some of them for spaces.
    """
    area = [part for pair in zip(("-x", "-y", "-W", "-H"), _BETWEEN_MARGINS, strict=True) for part in pair]
    command = ["pdftotext", *order, "-nopgbrk", *area, "-", "-"]
    said = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode("utf-8")
    return without_markers(tuple(unicodedata.normalize("NFC", said).translate(UNSEEN).split()))


def without_markers(these: Words) -> Words:
    """The words without those that look like the marker of a list item."""
    return tuple(word for word in these if not _is_marker(word))
