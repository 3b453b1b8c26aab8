"""What the two pages of a report share: how elements are made, the head, the styles and the fonts inside them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from string import Template
from threading import Lock

from lxml import html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from communique import templates
from communique.checks.report.front import Edition
from communique.checks.report.model import Report
from communique.checks.report.wording import right_to_left
from communique.checks.verdict import Verdict

E = ElementMaker(makeelement=html.html_parser.makeelement)
Child = str | HtmlElement

VERDICTS = {Verdict.PASSED: "Passed", Verdict.FAILED: "Failed", Verdict.UNCHECKED: "Not checked"}
_STYLES = ("css/base.css", "css/screen.css", "check/check.css")
_FACES = (
    ("Source Serif 4", 400, "source-serif-4/SourceSerif4_400Regular.ttf"),
    ("Source Serif 4", 700, "source-serif-4/SourceSerif4_700Bold.ttf"),
    ("Source Sans 3", 600, "source-sans-3/SourceSans3_600SemiBold.ttf"),
)
# The letters of Latin alphabets and the signs of prose; others come from the reader's own fonts.
_LETTERS = frozenset((*range(0x20, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2192))
_ONE_AT_A_TIME = Lock()


def page(title: str, kicker: str, report: Report, body: Sequence[HtmlElement], foot: Sequence[HtmlElement]) -> bytes:
    """A whole page on one statement: its masthead, the parts of the body, a colophon."""
    return whole(title, _masthead(kicker, report), body, foot)


def whole(title: str, masthead: HtmlElement, body: Sequence[HtmlElement], foot: Sequence[HtmlElement]) -> bytes:
    """A whole page, UTF-8; no script, nothing outside."""
    content = E(
        "body",
        E("a", {"class": "skip", "href": "#content"}, "Skip to the verdict"),
        masthead,
        E("main", {"id": "content", "class": "text", "tabindex": "-1"}, *body),
        E("footer", {"class": "colophon"}, *foot),
    )
    return (
        Template(templates.read_text("page.html"))
        .substitute(
            language="en",
            direction="ltr",
            title=escaped(title),
            metadata='<meta name="robots" content="noindex">',
            style=f"{_faces()}\n{_style()}",
            body=html.tostring(content, encoding="unicode"),
        )
        .encode()
    )


def _masthead(kicker: str, report: Report) -> HtmlElement:
    first, *others = report.editions
    day = f"Statement of {first.date}. " if first.date else ""
    names = [E("p", {"class": "other"}, named(edition)) for edition in others]
    return E(
        "header",
        {"class": "masthead"},
        E("p", {"class": "kicker"}, kicker),
        E("h1", named(first)),
        *names,
        E("p", {"class": "dateline"}, day, "In the folder ", E("code", report.slug), "."),
    )


def named(edition: Edition) -> HtmlElement:
    """The title of an edition in its own language and direction."""
    attributes = {"lang": edition.language} if edition.language else {}
    return E("bdi", {**attributes, "dir": "rtl" if right_to_left(edition.title) else "ltr"}, edition.title)


def section(name: str, heading: str, *children: Child) -> HtmlElement:
    """A part of the page with a heading that can be linked to."""
    return E("section", {"aria-labelledby": name}, E("h2", {"id": name}, heading), *children)


def table(name: str, caption: str, heads: Sequence[str], rows: Iterable[Sequence[Child]]) -> HtmlElement:
    """A table in a frame that scrolls where it is too wide; the first cell of each row is its head."""
    top = E("tr", *(E("th", {"scope": "col"}, text) for text in heads))
    body = [
        E(
            "tr",
            E("th", {"scope": "row"}, first),
            *(_cell(head, cell) for head, cell in zip(heads[1:], rest, strict=True)),
        )
        for first, *rest in rows
    ]
    return E(
        "div",
        {"class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": name},
        E("table", E("caption", {"id": name}, caption), E("thead", top), E("tbody", *body)),
    )


def _cell(head: str, content: Child) -> HtmlElement:
    """A cell that knows its column, for a window so narrow that the cells of a row stand one under the other."""
    return E("td", {"data-head": head}, content)


def verdict(found: Verdict) -> HtmlElement:
    """A verdict in words; the style sheet puts a sign before them."""
    return E("span", {"class": f"verdict {found}"}, VERDICTS[found])


def several(children: Iterable[Child]) -> HtmlElement:
    """Texts one under the other in a cell or paragraph."""
    return E("ul", {"class": "plain"}, *(E("li", child) for child in children))


def pairs(entries: Mapping[str, Child]) -> HtmlElement:
    """Names and what stands for them."""
    return E("dl", *(part for name, child in entries.items() for part in (E("dt", name), E("dd", child))))


def escaped(text: str) -> str:
    """A text for between two tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _style() -> str:
    return "\n".join(templates.read_text(name) for name in _STYLES)


def _faces() -> str:
    with _ONE_AT_A_TIME:
        return _rules()


@cache
def _rules() -> str:
    """The rules that bring the fonts of the statement's own page, with the letters that a report can need."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url(data:font/woff2;base64,{_subset(name)}) format("woff2"); }}'
        for family, weight, name in _FACES
    )


def _subset(name: str) -> str:
    from fontTools import subset  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = subset.Options(layout_features=["kern", "liga", "lnum", "tnum"], hinting=False)
    font = TTFont(BytesIO(templates.read_bytes(f"fonts/{name}")), recalcTimestamp=False, lazy=True)
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=_LETTERS)
    chosen.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return b64encode(content.getvalue()).decode()
