"""ro-crate-preview.html: what is in a crate, for people; in the look of the statement's own page, without scripts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from string import Template
from typing import Any
from urllib.parse import quote, unquote

from lxml import html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from communique import templates
from communique.language import direction
from communique.packages.contents import Contents
from communique.packages.ro_crate.graph import Entity, Graph
from communique.packages.ro_crate.root import DESCRIPTOR, ROOT
from communique.version import GENERATOR
from communique.writers import webfonts

E = ElementMaker(makeelement=html.html_parser.makeelement)
Child = str | HtmlElement

_STYLES = ("css/base.css", "css/screen.css", "check/check.css")
_NAMES_KEEP_TOGETHER = "tbody th { min-width: 12rem; }"
_SCHEMA, _DCTERMS = "http://schema.org/", "http://purl.org/dc/terms/"
# What is said of the whole, in this order: the term of the metadata and what people call it.
_FACTS = (
    ("description", "What it is"),
    ("author", "Issued by"),
    ("publisher", "Published by"),
    ("datePublished", "Date"),
    ("dateModified", "Last changed"),
    ("version", "Version"),
    ("replaces", "Takes the place of"),
    ("inLanguage", "Languages"),
    ("identifier", "Identifiers"),
    ("license", "Rights"),
    ("about", "Subjects"),
    ("spatialCoverage", "Places"),
    ("isBasedOn", "Received from"),
    ("citation", "Refers to"),
)
_ELSEWHERE = {"replaces": _DCTERMS}


def write(contents: Contents, graph: Graph) -> bytes:
    """The page, UTF-8."""
    titles = contents.statements
    body = E(
        "body",
        E("a", {"class": "skip", "href": "#content"}, "Skip to the contents"),
        _masthead(contents),
        E("main", {"id": "content", "class": "text", "tabindex": "-1"}, _facts(graph), *_files(graph), _history(graph)),
        E("footer", {"class": "colophon"}, *_colophon()),
    )
    return (
        Template(templates.read_text("page.html"))
        .substitute(
            language="en",
            direction="ltr",
            title=_escaped(f"What is in this package: {titles[0].title}"),
            metadata='<meta name="robots" content="noindex">',
            style=_style(),
            body=html.tostring(body, encoding="unicode"),
        )
        .encode()
    )


def _masthead(contents: Contents) -> HtmlElement:
    first, *others = (
        E("bdi", {"lang": each.language, "dir": direction(each.language)}, each.title) for each in contents.statements
    )
    return E(
        "header",
        {"class": "masthead"},
        E("p", {"class": "kicker"}, "Research object crate"),
        E("h1", first),
        *(E("p", {"class": "other"}, each) for each in others),
        E("p", {"class": "dateline"}, f"Version {contents.version}, with every file that belongs to it."),
    )


def _facts(graph: Graph) -> HtmlElement:
    root = graph.entities[ROOT]
    entries = [
        part
        for term, label in _FACTS
        if term in root
        for part in (
            E("dt", E("a", {"href": f"{_ELSEWHERE.get(term, _SCHEMA)}{term}"}, label)),
            *(E("dd", child) for child in _values(graph, root[term])),
        )
    ]
    return _section("about", "About the statement", E("dl", *entries))


def _values(graph: Graph, value: Any) -> Iterator[Child]:
    for each in value if isinstance(value, list) else [value]:
        yield _thing(graph.entities.get(each["@id"], {}), each["@id"]) if isinstance(each, dict) else each


def _thing(entity: Entity, name: str) -> Child:
    """A thing by its name, linked to where it is described outside of the package."""
    label = str(entity.get("name", name))
    address = next((each for each in (name, str(entity.get("url", ""))) if each.startswith(("http:", "https:"))), "")
    return E("a", {"href": _linked(address)}, label) if address else label


def _files(graph: Graph) -> Iterator[HtmlElement]:
    """A table for each folder, so that it shows what was received, what was written, and what was made of it."""
    folders: dict[str, list[Entity]] = {}
    for each in graph.entities[ROOT]["hasPart"]:
        folders.setdefault(unquote(each["@id"]).rpartition("/")[0], []).append(graph.entities[each["@id"]])
    tables = [_table(f"files-{number}", graph, *found) for number, found in enumerate(folders.items(), 1)]
    yield _section("files", "The files", *tables)


def _table(name: str, graph: Graph, folder: str, files: Sequence[Entity]) -> HtmlElement:
    heads = ("File", "What it is", "Format", "Size", "SHA-256")
    rows = [
        E(
            "tr",
            E("th", {"scope": "row"}, E("a", {"href": _linked(file["@id"])}, file["name"])),
            *(E("td", {"data-head": head}, cell) for head, cell in zip(heads[1:], _cells(graph, file), strict=True)),
        )
        for file in files
    ]
    return E(
        "div",
        {"class": "scroll", "role": "region", "tabindex": "0", "aria-labelledby": name},
        E(
            "table",
            E("caption", {"id": name}, f"The files in {folder}/" if folder else "The files beside the folders"),
            E("thead", E("tr", *(E("th", {"scope": "col"}, head) for head in heads))),
            E("tbody", *rows),
        ),
    )


def _cells(graph: Graph, file: Entity) -> Iterator[Child]:
    yield ", ".join(part for part in (file["description"], file.get("inLanguage", "")) if part)
    said = [each for each in _values(graph, file["encodingFormat"]) if not isinstance(each, str)]
    claims = list(_values(graph, file.get("conformsTo", [])))
    formats = [*(said or _values(graph, file["encodingFormat"])), *claims]
    yield E("ul", {"class": "plain"}, *(E("li", each) for each in formats))
    yield f"{int(file['contentSize']):,} bytes".replace(",", " ")
    digest = file.get("sha256")
    yield E("code", {"class": "digest"}, digest) if digest else "The list of digests has none of itself"


def _history(graph: Graph) -> HtmlElement:
    """What happened to the files, in its order."""
    rows = [graph.entities[each["@id"]] for each in _listed(graph.entities[ROOT]["mentions"])]
    entries = [E("li", E("p", {"class": "message"}, each["name"]), *_when(graph, each)) for each in rows]
    return _section("history", "What was done", E("ol", {"class": "findings"}, *entries))


def _when(graph: Graph, action: Entity) -> Iterator[HtmlElement]:
    programs = [graph.entities[each["@id"]] for each in _listed(action.get("instrument", []))]
    for program in [*programs, *(graph.entities[each["@id"]] for one in programs for each in _needed(one))]:
        action = {**action, "with": [*action.get("with", []), _versioned(program)]}
    said = [f"Day: {action['endTime']}."] if action.get("endTime") else []
    said += [f"With {', '.join(action['with'])}."] if action.get("with") else []
    yield E("p", {"class": "rule"}, " ".join(said))
    if action.get("description"):
        yield E("p", {"class": "rule"}, action["description"])


def _needed(program: Mapping[str, Any]) -> list[Entity]:
    return _listed(program.get("softwareRequirements", []))


def _versioned(program: Mapping[str, Any]) -> str:
    return " ".join(part for part in (program["name"], program.get("version", "")) if part)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _section(name: str, heading: str, *children: Child) -> HtmlElement:
    return E("section", {"aria-labelledby": name}, E("h2", {"id": name}, heading), *children)


def _colophon() -> Iterator[HtmlElement]:
    yield E("h2", "About this package")
    yield E(
        "dl",
        E("dt", "Made by"),
        E("dd", GENERATOR),
        E("dt", "Standard"),
        E("dd", E("a", {"href": "https://w3id.org/ro/crate/1.2"}, "RO-Crate 1.2")),
        E("dt", "For programs"),
        E("dd", E("a", {"href": DESCRIPTOR}, DESCRIPTOR)),
        E("dt", "To verify"),
        E("dd", E("code", "sha256sum --check checksum.sha256")),
    )


def _linked(address: str) -> str:
    """An address in the form in which HTML has it: all that is not ASCII escaped."""
    return quote(address, safe="%-._~!$&'()*+,;=:@/?#[]")


def _style() -> str:
    """The styles of the page, with its fonts as data, so that it needs no other file."""
    faces = webfonts.faces((), "")
    rules = [face.rule(f"data:font/woff2;base64,{b64encode(face.content).decode()}") for face in faces]
    return "\n".join([*rules, *(templates.read_text(name).rstrip("\n") for name in _STYLES), _NAMES_KEEP_TOGETHER])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
