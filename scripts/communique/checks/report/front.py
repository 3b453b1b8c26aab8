"""What a reader sees before the text: title, language and date of each edition, read from the outputs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from lxml import etree, html

from communique.checks.publication import Output, Publication

_DC = "{http://purl.org/dc/elements/1.1/}"
_OPF = "{http://www.idpf.org/2007/opf}"
_TERMS = "{http://purl.org/dc/terms/}"
_LARGEST = 16 << 20
"""Bytes of a part of a package that are read."""


@dataclass(frozen=True)
class Edition:
    """One language of a statement. What no output says is ""; `language` is a BCP 47 tag."""

    language: str
    title: str
    date: str


@dataclass(frozen=True)
class Certifier:
    """Who certified the accessibility, in the words of the master; what it does not say is ""."""

    name: str
    credential: str = ""
    report: str = ""
    date: str = ""


def editions(publication: Publication) -> tuple[Edition, ...]:
    """The editions, the authoritative one first; of each the first output that gives its title."""
    found: dict[str, Edition] = {}
    for output in sorted(publication.outputs, key=lambda each: (each.language, list(_READERS).index(_kind(each)))):
        if output.language not in found:
            edition = _edition(publication.path(output.name), output)
            if edition.title:
                found[output.language] = edition
    return tuple(found.values()) or (Edition("", publication.slug, ""),)


def _edition(path: Path, output: Output) -> Edition:
    try:
        return _READERS[_kind(output)](path)
    except (OSError, ValueError, LookupError, zipfile.BadZipFile, etree.LxmlError, NotImplementedError, RuntimeError):
        return Edition("", "", "")  # What is wrong with the file is for its checks to say.


def _kind(output: Output) -> str:
    return output.format if output.format in _READERS else ""


def _page(path: Path) -> Edition:
    tree = html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    dates = tree.xpath("//meta[@name='DC.date']/@content")
    return Edition(tree.get("lang", ""), tree.findtext(".//title") or "", dates[0] if dates else "")


def _book(path: Path) -> Edition:
    with zipfile.ZipFile(path) as package:
        container = parsed(part(package, "META-INF/container.xml"))
        (root,) = container.xpath("//*[local-name()='rootfile'][1]/@full-path")
        opf = parsed(part(package, root))
    return Edition(*(_text(opf, f".//{_DC}{name}") for name in ("language", "title", "date")))


def _letter(path: Path) -> Edition:
    with zipfile.ZipFile(path) as package:
        core = parsed(part(package, "docProps/core.xml"))
    return Edition(*(_text(core, f".//{name}") for name in (f"{_DC}language", f"{_DC}title", f"{_TERMS}created")))


def _silent(_: Path) -> Edition:
    return Edition("", "", "")


_READERS: dict[str, Callable[[Path], Edition]] = {"html": _page, "epub": _book, "docx": _letter, "": _silent}


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part of a package; ValueError for one that is too large to be sound."""
    if package.getinfo(name).file_size > _LARGEST:
        raise ValueError(f"{name} is too large")
    return package.read(name)


def parsed(content: bytes) -> etree._Element:
    """An XML tree read without entities and without the network."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def _text(tree: etree._Element, path: str) -> str:
    return " ".join((tree.findtext(path) or "").split())


def certifier(master: Path | None) -> Certifier | None:
    """The certifier that the master of the authoritative edition names, None if it names none."""
    if master is None:
        return None
    try:
        front = "\n".join(_front_matter((master / "statement.md").read_text(encoding="utf-8-sig")))
        named = yaml.load(front, yaml.BaseLoader)["accessibility"]["certifier"]  # noqa: S506 — text alone is made
        return Certifier(*(str(named.get(key, "")) for key in ("name", "credential", "report", "date")))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, yaml.YAMLError):
        return None


def _front_matter(text: str) -> Iterator[str]:
    lines = iter(text.splitlines())
    if next(lines, "").rstrip() == "---":
        for line in lines:
            if line.rstrip() in {"---", "..."}:
                return
            yield line
