"""The web page: everything a browser, a reader's tools and a search engine ask of it, read from the built files."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from lxml.html import HtmlElement

from communique.checks.judges import axe
from communique.checks.reading import dates, master
from communique.checks.reading import text as text_reading
from communique.checks.reading.labels import labels
from communique.document import annotate
from communique.writers import html as page_writer
from conftest import MASTERS, ROOT
from samples import statement

EDITIONS = [(folder, language) for folder in MASTERS for language in master.editions(folder)]
EVERY_PAGE = pytest.mark.parametrize(
    ("folder", "language"), EDITIONS, ids=[master.stem(folder, language) for folder, language in EDITIONS]
)


@cache
def parsed(path: Path) -> HtmlElement:
    return html.document_fromstring(path.read_bytes().decode("utf-8"))


def page(built: Path, folder: Path, language: str) -> HtmlElement:
    """The page of an edition."""
    return parsed(built / folder.name / f"{master.stem(folder, language)}.html")


def metas(tree: HtmlElement) -> dict[str, list[str]]:
    """The contents of the meta elements by their names."""
    found: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@name]"):
        found.setdefault(meta.get("name"), []).append(meta.get("content"))
    return found


def linked_data(tree: HtmlElement) -> dict[str, Any]:
    (script,) = tree.xpath("//script")
    assert script.get("type") == "application/ld+json"
    described: dict[str, Any] = json.loads(script.text)
    return described


@EVERY_PAGE
def test_the_page_is_a_document_in_its_language(built: Path, folder: Path, language: str) -> None:
    content = (built / folder.name / f"{master.stem(folder, language)}.html").read_text(encoding="utf-8")
    tree, keys = page(built, folder, language), master.metadata(folder, language)
    assert content.startswith("<!DOCTYPE html>\n<html")
    assert (tree.get("lang"), tree.get("dir")) == (language, "ltr")
    assert tree.xpath("string(//title)") == keys["title"]
    assert tree.xpath("//meta[@charset='utf-8']")
    assert metas(tree)["viewport"] == ["width=device-width, initial-scale=1"]


@EVERY_PAGE
def test_one_of_each_landmark(built: Path, folder: Path, language: str) -> None:
    tree = page(built, folder, language)
    assert len(tree.xpath("//main")) == 1
    assert len(tree.xpath("//main/article[@aria-labelledby='doc-title']")) == 1
    assert len(tree.xpath("//article/header | //article/footer")) == 2
    outside = tree.xpath("//body/*[not(self::main) and not(contains(@class, 'skip'))]")
    assert outside == []


@EVERY_PAGE
def test_the_first_thing_a_keyboard_reaches_skips_to_the_text(built: Path, folder: Path, language: str) -> None:
    tree = page(built, folder, language)
    first = tree.xpath("//body//a[@href] | //body//*[@tabindex]")[0]
    target = tree.get_element_by_id(first.get("href")[1:])
    assert (first.get("class"), first.text) == ("skip", labels(language).words["skip"])
    assert target.get("tabindex") == "-1"
    assert target.xpath("string(.//p)").split()[0] == text_reading.words(_body_words(folder, language))[0]


def _body_words(folder: Path, language: str) -> str:
    """The words of an edition after those of its masthead."""
    keys = master.metadata(folder, language)
    return " ".join(master.read(folder, language).words).split(dates.day(keys["date"], language), 1)[1]


@EVERY_PAGE
def test_headings_make_an_outline(built: Path, folder: Path, language: str) -> None:
    headings = page(built, folder, language).xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@EVERY_PAGE
def test_identifiers_are_unique_and_links_within_the_page_arrive(built: Path, folder: Path, language: str) -> None:
    tree = page(built, folder, language)
    names: Counter[str] = Counter(tree.xpath("//@id"))
    assert [name for name, count in names.items() if count > 1] == []
    inner = [href[1:] for href in tree.xpath("//a/@href") if href.startswith("#")]
    named = [name for value in tree.xpath("//@aria-labelledby") for name in value.split()]
    assert set(inner) | set(named) <= set(names)
    assert "doc-text" in inner


@EVERY_PAGE
def test_paragraphs_are_numbered_without_a_gap(built: Path, folder: Path, language: str) -> None:
    numbers = [
        name for name in page(built, folder, language).xpath("//*[@id='doc-text']//@id") if re.fullmatch(r"p\d+", name)
    ]
    assert numbers == [f"p{number}" for number in range(1, len(numbers) + 1)]
    assert numbers
    bare = page(built, folder, language).xpath("//*[@id='doc-text']//p[not(@id) and not(ancestor::table)]")
    assert bare == []


@EVERY_PAGE
def test_the_page_needs_nothing_but_itself(built: Path, folder: Path, language: str) -> None:
    """No script runs, nothing is fetched: no element that loads, no style sheet that does."""
    tree = page(built, folder, language)
    assert tree.xpath("//script[not(@type='application/ld+json')]") == []
    assert tree.xpath("//iframe | //object | //embed | //audio | //video | //source | //base | //form") == []
    assert [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")] == []
    assert [src for src in tree.xpath("//@src") if not src.startswith("data:image/")] == []
    assert {link.get("rel") for link in tree.xpath("//link")} <= {"schema.DC", "schema.dcterms", "license", "alternate"}
    style = "".join(tree.xpath("//style/text()"))
    assert re.findall(r"@import|url\((?!data:font/woff2;base64,)", style) == []
    assert style.count("@font-face") == 4


@EVERY_PAGE
def test_nothing_that_could_run_is_linked(built: Path, folder: Path, language: str) -> None:
    schemes = {
        href.split(":", 1)[0] for href in page(built, folder, language).xpath("//@href") if not href.startswith("#")
    }
    assert {scheme for scheme in schemes if "." not in scheme} <= {"https", "http", "mailto"}


@EVERY_PAGE
def test_the_metadata_is_that_of_the_master(built: Path, folder: Path, language: str) -> None:
    found, keys = metas(page(built, folder, language)), master.metadata(folder, language)
    issuers = [issuer["name"] for issuer in keys["issuers"]]
    wanted = {
        "description": [keys["description"]],
        "author": issuers,
        "keywords": [", ".join(subject["term"] for subject in keys["subjects"])],
        "DC.title": [keys["title"]],
        "DC.creator": issuers,
        "DC.subject": [subject["term"] for subject in keys["subjects"]],
        "DC.publisher": [keys["publisher"]["name"]],
        "DC.date": [keys["date"]],
        "DC.language": [language],
        "DC.rights": [keys["rights"]["uri"]],
        "DC.identifier": [identifier["value"] for identifier in keys["identifiers"]],
        "DC.source": [keys["source"]["url"]],
        "DC.coverage": [place["name"] for place in keys["places"]],
        "dcterms.created": [keys["date"]],
        "dcterms.modified": [keys["revisions"][-1]["date"]],
        "citation_title": [keys["title"]],
        "citation_author": issuers,
        "citation_publication_date": [keys["date"].replace("-", "/")],
        "citation_publisher": [keys["publisher"]["name"]],
        "citation_language": [language],
        "citation_public_url": [each["value"] for each in keys["identifiers"] if each["scheme"] == "url"],
    }
    assert {name: found.get(name) for name in wanted} == wanted


@EVERY_PAGE
def test_the_linked_data_is_that_of_the_master(built: Path, folder: Path, language: str) -> None:
    described, keys = linked_data(page(built, folder, language)), master.metadata(folder, language)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Report")
    assert (described["name"], described["inLanguage"]) == (keys["title"], language)
    assert described["datePublished"] == keys["date"]
    assert [author["name"] for author in described["author"]] == [issuer["name"] for issuer in keys["issuers"]]
    assert described["publisher"]["name"] == keys["publisher"]["name"]
    uri = keys["rights"]["uri"]  # rightsstatements.org describes rights, a licence grants some
    assert described["usageInfo" if "rightsstatements.org" in uri else "license"] == uri
    assert described["isBasedOn"] == keys["source"]["url"]
    assert [each["value"] for each in described["identifier"]] == [each["value"] for each in keys["identifiers"]]


@EVERY_PAGE
def test_every_edition_names_all_others(built: Path, folder: Path, language: str) -> None:
    links = page(built, folder, language).xpath("//link[@rel='alternate']")
    languages = master.editions(folder)
    others = {each: f"{master.stem(folder, each)}.html" for each in languages} if len(languages) > 1 else {}
    assert {link.get("hreflang"): link.get("href") for link in links} == others
    assert all((built / folder.name / name).is_file() for name in others.values())


@EVERY_PAGE
def test_tables_and_code_can_be_scrolled_with_a_keyboard(built: Path, folder: Path, language: str) -> None:
    tree = page(built, folder, language)
    frames = [*tree.xpath("//table/.."), *tree.xpath("//pre")]
    assert [frame.get("tabindex") for frame in frames] == ["0"] * len(frames)
    assert all(frame.get("role") == "region" for frame in frames)
    assert all(frame.get("aria-label") or frame.get("aria-labelledby") for frame in frames)
    assert all(cell.get("scope") in ("col", "row") for cell in tree.xpath("//th"))


@EVERY_PAGE
def test_every_picture_speaks_or_is_decoration(built: Path, folder: Path, language: str) -> None:
    images = page(built, folder, language).xpath("//img")
    silent = [image.get("class") for image in images if not image.get("alt")]
    assert silent == ["decorative"] * len(silent)


def written(markdown: str = "Words.", **changes: Any) -> HtmlElement:
    """The page of a small statement."""
    return html.document_fromstring(page_writer.write(annotate(statement(markdown, **changes))).decode())


@pytest.mark.parametrize(
    "title", ['A "quote" & <b>', "</title><script>alert(1)</script>", "$style ${body}", "</script>", "<!--"]
)
def test_no_title_breaks_the_page(title: str) -> None:
    tree = written(title=title, description=title)
    assert tree.xpath("string(//title)") == title
    assert tree.xpath("string(//h1)") == title
    assert metas(tree)["description"] == metas(tree)["citation_title"] == [title]
    assert linked_data(tree)["name"] == title


def test_a_page_from_right_to_left() -> None:
    tree = written(language="ar", editions=("ar",))
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert tree.xpath("//a[@class='skip' and not(@lang)]/text()") == ["الانتقال إلى النص"]


def test_an_english_label_on_a_page_from_right_to_left_runs_from_left_to_right() -> None:
    (skip,) = written(language="fa", editions=("fa",)).xpath("//a[@class='skip']")
    assert (skip.get("lang"), skip.get("dir")) == ("en", "ltr")


def test_the_skip_link_hides_above_the_page_where_no_direction_can_make_the_page_wider() -> None:
    hidden, shown = re.findall(r"^\.skip(?::focus)? \{(.*?)\}", SHEET, re.MULTILINE)
    assert re.findall(r"-\d+rem|inset|translate", hidden + shown) == ["-100rem"]
    assert "top: -100rem;" in hidden
    assert re.search(r"\btop: 0\.\d+rem;", shown)


@pytest.mark.judge
def test_a_page_whose_skip_link_runs_the_other_way_needs_no_scrolling_sideways(tmp_path: Path) -> None:
    page_of = tmp_path / "fa.html"
    given = statement("متن بیانیه\u200cها.", language="fa", editions=("fa",), title="بیانیه مشترک")
    page_of.write_bytes(page_writer.write(annotate(given)))
    assert axe.JUDGE.findings([page_of]) == ()


def test_what_is_not_known_is_not_said() -> None:
    found = metas(written())
    assert {name for name, values in found.items() if not all(values)} == set()
    assert not {"keywords", "DC.source", "DC.identifier", "DC.coverage", "citation_doi"} & set(found)
    assert found["description"] == ["A Sample"]
    assert set(linked_data(written())) <= {
        *("@context", "@type", "@id", "name", "inLanguage", "datePublished", "author", "publisher", "copyrightNotice"),
        *("genre", "exampleOfWork"),
    }


# The colours, from the style sheet itself.

SHEET = (ROOT / "templates/css/screen.css").read_text(encoding="utf-8")


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the light page, the dark page and the printed page."""
    light, dark, *rest = (
        dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", block)) for block in re.findall(r":root \{([^}]*)\}", SHEET)
    )
    (printed,) = (colors for colors in rest if colors)
    return {"light": light, "dark": {**light, **dark}, "print": {**light, **printed}}


def luminance(color: str) -> float:
    """The relative luminance of a colour, as WCAG 2.2 defines it."""
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels)
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_measured_as_it_should_be() -> None:
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark", "print"])
def test_text_stands_out_from_its_ground(name: str) -> None:
    colors = palettes()[name]
    assert set(colors) == {"paper", "desk", "ink", "soft", "accent", "line", "hair", "mark", "seal"}
    for ground in ("paper", "mark"):
        assert contrast(colors["ink"], colors[ground]) >= 7
        assert contrast(colors["soft"], colors[ground]) >= 4.5
        assert contrast(colors["accent"], colors[ground]) >= 4.5
    # Text on the skip link, and the ring around what has the focus (WCAG 2.2, 1.4.11).
    assert contrast(colors["paper"], colors["accent"]) >= 4.5
    assert contrast(colors["seal"], colors["paper"]) >= 3


def test_text_has_no_colour_but_those() -> None:
    """Every colour of text and every ground in the style sheet is one of the palette."""
    rules = re.sub(r":root \{[^}]*\}", "", SHEET)
    used = re.findall(r"(?<![-\w])(?:color|background): ([^;}]+)", rules)
    assert set(used) <= {f"var(--{name})" for name in ("paper", "desk", "ink", "soft", "accent", "mark")}
    assert len(used) > 8
