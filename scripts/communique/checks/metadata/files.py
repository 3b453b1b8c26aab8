"""What is known of the files of an edition: from the manifest, and from what the EPUB says of its accessibility."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.checks import opening
from communique.checks.metadata.facts import Texts
from communique.checks.opening import Element, Unreadable
from communique.checks.publication import MANIFEST, Publication

EPUB = "application/epub+zip"
_CLAIMS = (
    *("schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard", "schema:accessibilitySummary"),
    *("dcterms:conformsTo", "a11y:certifiedBy", "a11y:certifierCredential", "dcterms:date"),
)


@dataclass(frozen=True)
class Files:
    """The entries of the manifest by name, the tools it names, and the claims of the EPUB by their property."""

    listed: Mapping[str, Mapping[str, Any]]
    tools: Mapping[str, str]
    claims: Mapping[str, Texts]

    def claim(self, name: str) -> Texts:
        """The values of a property, such as "schema:accessMode"; none if there is no EPUB."""
        return self.claims.get(name, ())

    @property
    def kinds(self) -> list[str]:
        """Each media type once, in order."""
        return sorted({str(row.get("mediaType")) for row in self.listed.values()})

    @property
    def sizes(self) -> list[str]:
        """How many bytes each file has, in words."""
        return sorted(f"{row.get('size')} bytes" for row in self.listed.values())

    @property
    def certified(self) -> Texts:
        """Who certified the EPUB, by which right, when, and where the report is, in one text."""
        said = (self.claim(name) for name in (*_CLAIMS[5:], "a11y:certifierReport"))
        return (", ".join(part for values in said for part in values),)


def of_edition(publication: Publication, language: str) -> Files:
    """The files of an edition, "" for the authoritative one."""
    manifest = _opened(MANIFEST, lambda: opening.json_text(opening.whole(publication.path(MANIFEST))))
    keys = manifest if isinstance(manifest, dict) else {}
    own = {output.name: output for output in publication.outputs if output.language == language}
    listed = {
        str(row["name"]): row for row in keys.get("files", []) if isinstance(row, dict) and row.get("name") in own
    }
    tools = keys.get("tools")
    versions = {str(name): str(version) for name, version in tools.items()} if isinstance(tools, dict) else {}
    books = [name for name in own if own[name].format == "epub" and name in listed]
    claims = _opened(books[0], lambda: _claims(publication.path(books[0]))) if books else {}
    return Files(listed, versions, claims)


def _opened(name: str, read: Callable[[], Any]) -> Any:
    """What a file says; Unreadable with its name."""
    try:
        return read()
    except Unreadable as error:
        raise Unreadable(f"{name} {error}") from error


def _claims(path: Path) -> dict[str, Texts]:
    with opening.package(path) as archive:
        root = archive.xml(book(archive))
    found: dict[str, list[str]] = {}
    for meta in root.iter("{*}meta"):
        if meta.get("property") in _CLAIMS:
            found.setdefault(str(meta.get("property")), []).append(_text(meta))
    reports = [str(link.get("href")) for link in root.iter("{*}link") if link.get("rel") == "a11y:certifierReport"]
    return {name: tuple(values) for name, values in {**found, "a11y:certifierReport": reports}.items()}


def book(archive: opening.Package) -> str:
    """The name of the package document of an EPUB."""
    container = archive.xml("META-INF/container.xml")
    return next((str(each.get("full-path")) for each in container.iter("{*}rootfile")), "")


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext()))
