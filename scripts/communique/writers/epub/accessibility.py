"""EPUB Accessibility 1.1: metadata that the content itself proves."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from communique.labels import labels
from communique.language import direction
from communique.statement import Certifier, Statement
from communique.writers.epub.names import OPF, XML_LANG, element
from communique.writers.page_list import PageList

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"


def metadata(statement: Statement, body: HtmlElement, pages: PageList) -> Iterator[etree._Element]:
    """The schema.org properties, whose pages are marked, and who certified conformance if the master names one.

    EPUB Accessibility 1.1, 2.2 (discovery), 3.4.2 (the source of page breaks) and 4 (conformance): a claim without
    a certifier is not allowed, and the program does not certify itself.
    """
    has_images = bool(body.xpath(".//img[@alt != '']"))
    yield _property("schema:accessMode", "textual")
    if has_images:
        yield _property("schema:accessMode", "visual")
    yield _property("schema:accessModeSufficient", "textual")
    for feature in features(has_images, bool(pages.starts)):
        yield _property("schema:accessibilityFeature", feature)
    yield _property("schema:accessibilityHazard", "none")
    yield _summary(statement, has_images)
    if pages.starts:
        yield _property("pageBreakSource", pages.source)
    if statement.accessibility.certifier is not None:
        yield from _claim(statement.accessibility.certifier)


def features(has_images: bool, has_pages: bool) -> Iterator[str]:
    """What every statement has by its construction, and what it has where there is something of the kind."""
    yield from ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")
    if has_pages:
        yield from ("pageBreakMarkers", "pageNavigation")
    if has_images:
        yield "alternativeText"


def _summary(statement: Statement, has_images: bool) -> etree._Element:
    """The editors' summary, or one put together from what is there, in the language of the labels."""
    if statement.accessibility.summary:
        return _property("schema:accessibilitySummary", statement.accessibility.summary)
    words = labels(statement.language)
    parts = ("summary_text", "summary_images", "summary_hazard") if has_images else ("summary_text", "summary_hazard")
    made = _property("schema:accessibilitySummary", words.sentences(*parts))
    if words.language != statement.language:
        made.set(XML_LANG, words.language)
        made.set("dir", direction(words.language))
    return made


def _claim(certifier: Certifier) -> Iterator[etree._Element]:
    yield _property("dcterms:conformsTo", CONFORMANCE, id="conformance")
    yield _property("a11y:certifiedBy", certifier.name, id="certifier", refines="#conformance")
    if certifier.credential:
        yield _property("a11y:certifierCredential", certifier.credential, refines="#certifier")
    if certifier.date:
        yield _property("dcterms:date", certifier.date, refines="#certifier")
    if certifier.report:
        yield element(OPF, "link", rel="a11y:certifierReport", href=certifier.report, refines="#certifier")


def _property(name: str, value: str, **attributes: str) -> etree._Element:
    return element(OPF, "meta", value, property=name, **attributes)
