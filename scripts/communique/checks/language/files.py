"""The languages of each format: of the file as a whole, and of its runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Gap, Remark
from communique.checks.language import runs, tags, word
from communique.checks.language.runs import XML_LANG, Run
from communique.checks.opening import Element, Package
from communique.checks.reading import pdf as tagged_pdf

_XHTML = "application/xhtml+xml"


@dataclass
class Heard:
    """What a file says of languages: remarks on the whole, every tag with its place, and the runs of its text.

    `is_read` if the runs are all there are, so that they can be compared with the master.
    """

    remarks: list[Remark | Gap] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    is_read: bool = True


def web_page(path: Path, language: str) -> Heard:
    """A web page: `lang` and `dir` of the root, and of the parts."""
    root = opening.page(opening.whole(path))
    heard = Heard([*_whole(root.get("lang"), language, "html"), *_direction(root.get("dir"), language, "html")])
    heard.tags += _tags(root, "line ")
    heard.runs += runs.of_page(root, "line ")
    return heard


def epub(path: Path, language: str) -> Heard:
    """An EPUB: the package, its metadata, and each page, whose two attributes of language agree."""
    heard = Heard()
    with opening.package(path) as archive:
        container = archive.xml("META-INF/container.xml")
        name = next((str(each.get("full-path")) for each in container.iter("{*}rootfile")), "")
        package = archive.xml(name)
        heard.remarks += [
            *_whole(package.get(XML_LANG), language, name),
            *_direction(package.get("dir"), language, name),
        ]
        for each in package.iter("{http://purl.org/dc/elements/1.1/}language"):
            heard.remarks += _whole(each.text, language, f"{name} dc:language")
        for spine in package.iter("{*}spine"):
            heard.remarks += _direction(spine.get("page-progression-direction"), language, f"{name} spine")
        heard.tags += _tags(package, f"{name}:")
        for page in _pages(archive, package, name):
            root = archive.xml(page)
            heard.remarks += [*_whole(root.get("lang"), language, page), *_direction(root.get("dir"), language, page)]
            heard.remarks += _disagreements(root, page)
            heard.tags += _tags(root, f"{page}:")
            heard.runs += runs.of_page(root, f"{page}:")
    return heard


def _pages(archive: Package, package: Element, name: str) -> Iterator[str]:
    """Every page of the manifest that is there."""
    folder = name.rpartition("/")[0]
    for item in package.iter("{*}item"):
        page = f"{folder}/{item.get('href')}".lstrip("/")
        if item.get("media-type") == _XHTML and page in archive.names:
            yield page


def _disagreements(root: Element, page: str) -> Iterator[Remark]:
    for element in root.iter("*"):
        one, other = element.get("lang"), element.get(XML_LANG)
        if (one is None) != (other is None) or (one is not None and other is not None and not tags.same(one, other)):
            message = f"lang is {one or 'missing'} and xml:lang is {other or 'missing'}"
            yield Remark("language-differs", message, f"{page}:{element.sourceline or 0}")


def docx(path: Path, language: str) -> Heard:
    """A Word file: styles, settings and runs."""
    with opening.package(path) as archive:
        file = word.Word(archive)
        heard = Heard([*file.whole(language), *file.directions(language)])
        heard.tags += file.marked()
        heard.runs += file.runs()
    return heard


def pdf(path: Path, language: str) -> Heard:
    """A PDF: the catalog, and the structure tree if there is one."""
    with opening.pdf(path) as file:
        said: Any = file.Root.get("/Lang")
        tagged = "/StructTreeRoot" in file.Root
    heard = Heard([*_whole(None if said is None else str(said), language, "catalog")])
    if not tagged:
        heard.remarks.append(Remark("no-structure", "without a structure tree no word has a language of its own"))
        heard.is_read = False
        return heard
    document = tagged_pdf.open_reading(opening.whole(path)).document
    heard.tags += [(element.language, f"structure {element.role}") for element in document.walk() if element.language]
    heard.runs += runs.of_pdf(document, "" if said is None else str(said))
    return heard


def press(path: Path, language: str) -> Heard:
    """The edition for the press, which has no structure: its catalog alone."""
    heard = pdf(path, language)
    heard.remarks = [each for each in heard.remarks if not (isinstance(each, Remark) and each.rule == "no-structure")]
    heard.is_read = False
    return heard


def _tags(root: Element, place: str) -> Iterator[tuple[str, str]]:
    for element in root.iter("*"):
        for name in ("lang", XML_LANG, "hreflang"):
            if element.get(name) is not None:
                yield str(element.get(name)), f"{place}{element.sourceline or 0}"


def _whole(found: str | None, language: str, place: str) -> Iterator[Remark]:
    """What is wrong with the language of a whole file or page."""
    if not found:
        yield Remark("missing-language", f"no language is given where it should be {language}", place)
    elif not tags.same(found, language):
        yield Remark("wrong-language", f"the language is {found}, not {language}", place)


def _direction(found: str | None, language: str, place: str) -> Iterator[Remark]:
    """What is wrong with the direction of a whole file or page: what is not said is from left to right."""
    wanted = "rtl" if tags.runs_right_to_left(language) else "ltr"
    if (found or "ltr").lower() not in (wanted, "default"):
        yield Remark("wrong-direction", f"the direction is {found or 'not given'} and should be {wanted}", place)
