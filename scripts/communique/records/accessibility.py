"""What the EPUB of an edition says of its own accessibility, for the records that repeat it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from zipfile import ZipFile

from lxml import etree

from communique.crosswalk.facts import Access
from communique.crosswalk.trade import EPUB
from communique.rendition import Rendition

_OPF = "{http://www.idpf.org/2007/opf}"


def of_files(files: Sequence[Rendition]) -> Access | None:
    """The claims in the package document of the first EPUB among the files; None if there is no EPUB."""
    epub = next((each for each in files if each.media_type == EPUB), None)
    return _claims(epub.content) if epub else None


def _claims(content: bytes) -> Access:
    with ZipFile(io.BytesIO(content)) as archive:
        container = etree.fromstring(archive.read("META-INF/container.xml"))
        path = str(next(container.iter("{*}rootfile")).get("full-path"))
        package = etree.fromstring(archive.read(path))
    said: dict[str, list[str]] = {}
    for meta in package.iter(f"{_OPF}meta"):
        said.setdefault(str(meta.get("property")), []).append(meta.text or "")
    reports = [
        str(link.get("href")) for link in package.iter(f"{_OPF}link") if link.get("rel") == "a11y:certifierReport"
    ]

    def first(name: str) -> str:
        return next(iter(said.get(name, ())), "")

    return Access(
        modes=tuple(said.get("schema:accessMode", ())),
        features=tuple(said.get("schema:accessibilityFeature", ())),
        hazards=tuple(said.get("schema:accessibilityHazard", ())),
        summary=first("schema:accessibilitySummary"),
        conforms_to=first("dcterms:conformsTo"),
        certifier=first("a11y:certifiedBy"),
        credential=first("a11y:certifierCredential"),
        report=next(iter(reports), ""),
        date=first("dcterms:date"),
        sufficient=tuple(said.get("schema:accessModeSufficient", ())),
    )
