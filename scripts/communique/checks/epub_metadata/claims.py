"""What the package document of an EPUB claims of its accessibility, held against what the book holds.

EPUB Accessibility 1.1: discovery metadata (2.2), conformance (4); the terms are those of schema.org.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from communique.checks.epub_metadata.content import Book
from communique.checks.epub_metadata.features import FEATURES, HUMAN, NOTHING
from communique.checks.file_by_file import Gap, Remark
from communique.checks.verdict import Severity

_MODES = frozenset(
    {
        *("auditory", "chartOnVisual", "chemOnVisual", "colorDependent", "diagramOnVisual", "mathOnVisual"),
        *("musicOnVisual", "tactile", "textOnVisual", "textual", "visual"),
    }
)
_SUFFICIENT = frozenset({"auditory", "tactile", "textual", "visual"})
_DANGERS = {"flashing": "noFlashingHazard", "motionSimulation": "noMotionSimulationHazard", "sound": "noSoundHazard"}
_UNKNOWN = frozenset({"unknownFlashingHazard", "unknownMotionSimulationHazard", "unknownSoundHazard"})
_HAZARDS = frozenset({*_DANGERS, *_DANGERS.values(), *_UNKNOWN, "none", "unknown"})
_PROPERTIES = frozenset(
    f"access{name}"
    for name in (
        *("Mode", "ModeSufficient", "ibilityFeature", "ibilityHazard", "ibilitySummary", "ibilityAPI"),
        "ibilityControl",
    )
)
_CONFORMANCE = re.compile(r"EPUB Accessibility 1\.1 - WCAG 2\.[0-2] Level (A|AA|AAA)")
_CLAIMS = re.compile(r"accessib|wcag|a11y", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_NO = re.compile(r"\b(no|not|none|without|neither|nor|never)\b", re.IGNORECASE)


def remarks(book: Book) -> Iterator[Remark | Gap]:
    """Every claim that is untrue, and everything that is true and not claimed."""
    for part in (_properties, _modes, _sufficient, _features, _pages, _hazards, _conformance):
        yield from part(book)


def _properties(book: Book) -> Iterator[Remark]:
    """Only properties that exist, and each with a value."""
    for meta in book.package.iter("{*}meta"):
        name = str(meta.get("property", ""))
        if name.startswith("schema:access") and name.removeprefix("schema:") not in _PROPERTIES:
            yield Remark("unknown-property", f"{name} is no property of the vocabulary", book.name)
        if name.startswith(("schema:access", "a11y:")) and not "".join(map(str, meta.itertext())).strip():
            yield Remark("empty-property", f"{name} has no value", book.name)


def _modes(book: Book) -> Iterator[Remark]:
    """accessMode: the senses that the content asks for."""
    said = book.values("schema:accessMode")
    yield from _twice(book, "accessMode", said)
    if not said:
        yield Remark("missing-access-mode", "no accessMode is given", book.name)
    for term in said:
        if term not in _MODES:
            yield Remark("unknown-term", f"{term!r} is no accessMode", book.name)
    truth = {"textual": book.has_text, "visual": bool(book.shown), "auditory": book.has_sound}
    for mode, is_true in truth.items():
        if is_true and mode not in said:
            yield Remark("missing-access-mode", f"the content is {mode}, and accessMode does not say so", book.name)
        elif mode in said and not is_true:
            yield Remark("unfounded-access-mode", f"accessMode {mode}: there is nothing of that kind", book.name)
    for mode in sorted(set(said) & (_MODES - truth.keys())):
        if not book.shown:
            yield Remark("unfounded-access-mode", f"accessMode {mode}: there are no pictures", book.name)


def _sufficient(book: Book) -> Iterator[Remark]:
    """accessModeSufficient: with which senses alone everything can be taken in."""
    said = [
        frozenset(part.strip() for part in value.split(",")) for value in book.values("schema:accessModeSufficient")
    ]
    if not said:
        yield Remark("missing-sufficient", "no accessModeSufficient is given", book.name, Severity.WARNING)
    modes = set(book.values("schema:accessMode"))
    for each in said:
        for term in sorted(each - _SUFFICIENT):
            yield Remark("unknown-term", f"{term!r} is no accessModeSufficient", book.name)
        for term in sorted((each & _SUFFICIENT) - modes - {"tactile"}):
            yield Remark("unfounded-sufficient", f"{term} is called sufficient and is no accessMode", book.name)
        if each == {"visual"} and book.has_text and not book.is_fixed:
            yield Remark("unfounded-sufficient", "the text is no picture: visual alone is not sufficient", book.name)
    without = book.undescribed
    if without and frozenset({"textual"}) in said:
        message = f"textual is called sufficient, and {without[0].source} on {without[0].page} has no text"
        yield Remark("unfounded-sufficient", message, book.name)
    elif said and not without and not book.has_sound and book.has_text and frozenset({"textual"}) not in said:
        message = "the text alone would be sufficient, and accessModeSufficient does not say so"
        yield Remark("missing-sufficient", message, book.name, Severity.WARNING)


def _features(book: Book) -> Iterator[Remark | Gap]:
    """accessibilityFeature: what the book offers."""
    said = book.values("schema:accessibilityFeature")
    yield from _twice(book, "accessibilityFeature", said)
    if not said:
        yield Remark("missing-feature", "no accessibilityFeature is given", book.name)
    if set(said) & NOTHING and len(set(said)) > 1:
        yield Remark("contradiction", "accessibilityFeature says none or unknown, and names others", book.name)
    for term in dict.fromkeys(said):
        name = term.partition("/")[0]
        if name in FEATURES:
            if why := FEATURES[name].proof(book):
                yield Remark("unfounded-feature", f"{term} is claimed, but {why}", book.name)
        elif name in HUMAN:
            yield Gap(f"only a human can confirm that the book has the feature {term}")
        elif name not in NOTHING:
            yield Remark("unknown-term", f"{term!r} is no accessibilityFeature", book.name)
    claimed = {term.partition("/")[0] for term in said}
    for name, feature in FEATURES.items():
        if feature.is_expected and name not in claimed and not feature.proof(book):
            message = f"the book has the feature {name}, and accessibilityFeature does not say so"
            yield Remark("unclaimed-feature", message, book.name, Severity.WARNING)


def _pages(book: Book) -> Iterator[Remark]:
    """Page breaks and the list of pages go together, and their source is named."""
    breaks, pages = book.has_role("pagebreak"), book.has_list("page-list")
    sources = [value for value in book.values("pageBreakSource") if value]
    sources += [value for value in book.values("source-of") if value == "pagination"]
    if (breaks or pages) and not sources:
        message = "the book has page breaks, and nothing says whose pages they are (pageBreakSource)"
        yield Remark("missing-page-source", message, book.name)
    if sources and not (breaks or pages):
        yield Remark("unfounded-page-source", "pageBreakSource is given, and no page break is marked", book.name)
    if breaks != pages:
        message = "a list of pages without page breaks" if pages else "page breaks without a list of pages"
        yield Remark("incomplete-pages", f"the book has {message}", book.name, Severity.WARNING)


def _hazards(book: Book) -> Iterator[Remark]:
    """accessibilityHazard: what can do harm."""
    said = book.values("schema:accessibilityHazard")
    yield from _twice(book, "accessibilityHazard", said)
    if not said:
        yield Remark("missing-hazard", "no accessibilityHazard is given", book.name)
    for term in dict.fromkeys(said):
        if term not in _HAZARDS:
            yield Remark("unknown-term", f"{term!r} is no accessibilityHazard", book.name)
    named = set(said)
    if named & {"none", "unknown"} and len(named) > 1:
        yield Remark("contradiction", "accessibilityHazard says none or unknown, and names others", book.name)
    for danger, absence in _DANGERS.items():
        if {danger, absence} <= named:
            yield Remark("contradiction", f"accessibilityHazard says {danger} and {absence}", book.name)
    yield from _harm(book, named)


def _harm(book: Book, named: set[str]) -> Iterator[Remark]:
    """Whether what is said of movement and sound is so."""
    denied = named & {"none", "noFlashingHazard", "noMotionSimulationHazard"}
    if book.movement and denied:
        message = f"accessibilityHazard says {min(denied)}, and there is {book.movement}, which may flash or move"
        yield Remark("unfounded-hazard", message, book.name)
    if book.has_sound and named & {"none", "noSoundHazard"}:
        yield Remark("unfounded-hazard", "accessibilityHazard denies sound, and there is some", book.name)
    if "sound" in named and not book.has_sound:
        yield Remark("unfounded-hazard", "accessibilityHazard warns of sound, and there is none", book.name)
    if named & {"flashing", "motionSimulation"} and not book.movement:
        yield Remark("unfounded-hazard", "accessibilityHazard warns of movement, and nothing moves", book.name)


def _conformance(book: Book) -> Iterator[Remark]:
    """A claim of conformance has the exact words of the standard and a certifier (section 4)."""
    stated = [*book.values("dcterms:conformsTo"), *book.linked("dcterms:conformsTo")]
    claims = [claim for claim in stated if _CLAIMS.search(claim)]
    for claim in claims:
        if not _CONFORMANCE.fullmatch(claim):
            message = f"“{claim}” is not how a claim is written: EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
            yield Remark("malformed-conformance", message, book.name)
        elif claim.endswith(" AAA"):
            yield Remark("untested-conformance", f"“{claim}” claims level AAA, which no judge tests", book.name)
    certifiers = [name for name in book.values("a11y:certifiedBy") if name]
    if claims and not certifiers:
        yield Remark("uncertified-conformance", "conformance is claimed, and nobody certifies it", book.name)
    if certifiers and not claims:
        yield Remark("certifier-without-claim", f"{certifiers[0]} certifies something that is not claimed", book.name)
    known = {f"#{element.get('id')}" for element in book.package.iter("*") if element.get("id")}
    ids = {f"#{meta.get('id')}" for meta in book.metas("dcterms:conformsTo")}
    for meta in book.metas("a11y:certifiedBy"):
        if meta.get("refines") is not None and (meta.get("refines") not in known or meta.get("refines") not in ids):
            yield Remark("certifier-without-claim", "the certifier refines something that is no claim", book.name)


def summary(book: Book, sentences: Mapping[str, frozenset[str]]) -> Iterator[Remark]:
    """accessibilitySummary: it is there, and says nothing that is not so, as far as that can be decided.

    `sentences` are those that the program writes itself, by what they say, in all languages.
    """
    said = book.values("schema:accessibilitySummary")
    if not any(said):
        yield Remark("missing-summary", "no accessibilitySummary is given", book.name, Severity.WARNING)
    text = " ".join(said)
    if not book.shown and any(sentence in text for sentence in sentences.get("summary_images", ())):
        yield Remark("unfounded-summary", "the summary speaks of pictures, and there are none", book.name)
    if book.movement and any(sentence in text for sentence in sentences.get("summary_hazard", ())):
        yield Remark(
            "unfounded-summary", f"the summary says that nothing can harm, and there is {book.movement}", book.name
        )
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        if not _NO.search(sentence):
            for pattern, is_there, what in _said_of(book):
                if pattern.search(sentence) and not is_there:
                    yield Remark("unfounded-summary", f"“{sentence}”: there is {what}", book.name)


def _said_of(book: Book) -> Iterator[tuple[re.Pattern[str], bool, str]]:
    """What an English sentence may speak of, whether it is there, and what to say if it is not."""
    claims = any(_CLAIMS.search(claim) for claim in book.values("dcterms:conformsTo"))
    for words, is_there, what in (
        (r"\b(images?|pictures?|illustrations?|alternative text|alt text)\b", bool(book.shown), "no picture"),
        (r"\b(page numbers?|page list|page breaks?|page navigation)\b", book.has_list("page-list"), "no list of pages"),
        (r"\btable of contents\b", book.has_list("toc"), "no table of contents"),
        (r"\bheadings?\b", bool(book.levels), "no heading"),
        (r"\b(videos?|audio|transcripts?)\b", book.has_sound, "neither sound nor video"),
        (r"\bMathML\b", next(book.elements("math"), None) is not None, "no formula in MathML"),
        (r"\b(conform|complian|meets)\w*\b.*\b(WCAG|accessibility)\b", claims, "no claim of conformance"),
        (r"\b(certified|certifies)\b", bool(book.values("a11y:certifiedBy")), "no certifier"),
    ):
        yield re.compile(words, re.IGNORECASE), is_there, what


def master(book: Book, keys: Mapping[str, Any]) -> Iterator[Remark]:
    """The certifier and the summary are those that the master names, and no others."""
    stated = keys.get("accessibility")
    said = stated if isinstance(stated, dict) else {}
    named = said.get("certifier")
    certifier = named if isinstance(named, dict) else {}
    reports = book.linked("a11y:certifierReport")
    for what, found, wanted in (
        ("certifier", book.values("a11y:certifiedBy"), certifier.get("name", "")),
        ("credential", book.values("a11y:certifierCredential"), certifier.get("credential", "")),
        ("report", [*reports, *book.values("a11y:certifierReport")], certifier.get("report", "")),
        ("date", book.values("dcterms:date"), certifier.get("date", "")),
        ("summary", book.values("schema:accessibilitySummary"), said.get("summary", "")),
    ):
        wishes = [_SPACE.sub(" ", str(wanted)).strip(" ")] if wanted else []
        if found != wishes and not (what == "summary" and not wishes):
            message = f"the {what} is {'; '.join(found) or 'missing'}, and the master names {wanted or 'none'}"
            yield Remark(f"wrong-{what}", message, book.name)


def _twice(book: Book, name: str, values: list[str]) -> Iterator[Remark]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Remark("duplicate-term", f"{name} {value} is given twice", book.name, Severity.WARNING)
