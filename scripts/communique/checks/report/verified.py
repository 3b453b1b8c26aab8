"""The page on a package that was verified, for the files of a records office, and the same in a few lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml.html import HtmlElement

from communique.checks import front_matter
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.report.front import Edition, editions
from communique.checks.report.markup import VERDICTS, E, named, pairs, section, several, whole
from communique.checks.report.model import Report
from communique.checks.report.page import claims_section, finding_entry, headline, unchecked_section
from communique.checks.report.terminal import finding_line
from communique.checks.report.wording import clean, count, spelled_count
from communique.version import GENERATOR

_FAULTS = (Unreadable, OSError, ValueError, LookupError, TypeError, AttributeError)


@dataclass(frozen=True)
class Identity:
    """Which statement it is, in the words of its master; what is not known is "". `report` is what its check said."""

    slug: str
    editions: tuple[Edition, ...]
    version: str = ""
    date: str = ""
    publisher: str = ""
    identifiers: tuple[str, ...] = ()
    report: str = ""


@dataclass(frozen=True)
class Verified:
    """A package and what was said of it: `seals` are digests (SHA-256) that stand for the whole, by what they are of.

    `report` speaks of the package as one thing: its slug is the package's name. `size` is in bytes.
    """

    report: Report
    kind: str
    files: int
    size: int
    seals: Mapping[str, str]
    statements: tuple[Identity, ...]


def identity(publication: Publication, report: str) -> Identity:
    """What the master says of itself; of one that cannot be read, what the outputs say."""
    try:
        assert publication.master is not None
        return _identity(publication, report)
    except (*_FAULTS, AssertionError):
        found = tuple(Edition(*map(clean, (each.language, each.title, each.date))) for each in editions(publication))
        return Identity(clean(publication.slug), found, date=found[0].date, report=clean(report))


def _identity(publication: Publication, report: str) -> Identity:
    master = publication.master
    assert master is not None
    keys = front_matter.keys(master, "")
    each = [front_matter.keys(master, language) for language in front_matter.editions(master)]
    revisions = keys.get("revisions") or [{}]
    return Identity(
        slug=clean(publication.slug),
        editions=tuple(Edition(clean(str(e["language"])), clean(str(e["title"])), clean(str(e["date"]))) for e in each),
        version=clean(str(revisions[-1].get("version", "1"))),
        date=clean(max(str(keys["date"]), *(str(revision.get("date", "")) for revision in revisions))),
        publisher=clean(str(keys["publisher"]["name"])),
        identifiers=tuple(clean(f"{one['scheme']} {one['value']}") for one in keys.get("identifiers") or ()),
        report=clean(report),
    )


def text(found: Verified) -> str:
    """The result in plain lines: what it is, a line for each claim, then every finding."""
    return "\n".join(_lines(found))


def _lines(found: Verified) -> Iterator[str]:
    report = found.report
    yield f"{report.slug}: {found.kind}, {count(found.files, 'file')}, {found.size} bytes"
    for each in found.statements:
        facts = (each.slug, f"version {each.version}" if each.version else "", each.date, each.publisher)
        yield f"{each.editions[0].title} ({', '.join(filter(None, facts))})"
    for name, digest in found.seals.items():
        yield f"sha256 {digest}  {name}"
    for claim in report.claims:
        yield f"{VERDICTS[claim.verdict]}: {claim.text or claim.check} ({claim.check})"
    for finding in report.findings:
        yield finding_line(report.slug, finding)
    for result in report.unchecked:
        yield f"{'/'.join(filter(None, (report.slug, result.path)))}: UNCHECKED: {result.unchecked} ({result.check})"
    yield f"{report.slug}: {headline(report)}"


def write(found: Verified) -> bytes:
    """The page, UTF-8."""
    report = found.report
    parts = [_verdict(report), _identity_section(found), _package(found)]
    parts += [*_findings(report), *unchecked_section(report), claims_section(report)]
    title = f"{headline(report)}: the package {report.slug}"
    return whole(title, _masthead(found), parts, _colophon(report))


def _masthead(found: Verified) -> HtmlElement:
    titles = [each.editions[0] for each in found.statements] or [Edition("", found.report.slug, "")]
    first, *others = titles
    return E(
        "header",
        {"class": "masthead"},
        E("p", {"class": "kicker"}, "Verification of a package"),
        E("h1", named(first)),
        *(E("p", {"class": "other"}, named(other)) for other in others),
        E("p", {"class": "dateline"}, "The package ", E("code", found.report.slug), f", {found.kind}."),
    )


def _verdict(report: Report) -> HtmlElement:
    told = f"{count(len(report.results), 'verdict')} on {count(len(report.claims), 'claim')}; the claims are below."
    words = (
        "A pass says that nothing was found against the claim in these files. Whether they meet standards of "
        "accessibility was judged when they were made; the report that lies in the package says how."
    )
    return E(
        "div",
        {"class": f"outcome {report.verdict}"},
        E("h2", {"id": "outcome"}, headline(report)),
        E("p", told),
        E("p", words),
    )


def _identity_section(found: Verified) -> HtmlElement:
    lists = [pairs(dict(_facts(each))) for each in found.statements]
    return section("identity", "The statement", *(lists or [E("p", "There is none in the package.")]))


def _facts(each: Identity) -> Iterator[tuple[str, str | HtmlElement]]:
    """The names and values that a records office files a statement by."""
    titles = [
        E("span", named(edition), f" ({edition.language})" if edition.language else "") for edition in each.editions
    ]
    yield "Title", several(titles)
    yield "Version", each.version or "not known"
    yield "Date of this version", each.date or "not known"
    yield "Publisher", each.publisher or "not known"
    if each.identifiers:
        yield "Identifiers", several(each.identifiers)
    yield "Name", E("code", each.slug)
    yield "Report inside", each.report or "none that can be read"


def _package(found: Verified) -> HtmlElement:
    seals = [E("span", f"{name}: ", E("code", {"class": "digest"}, digest)) for name, digest in found.seals.items()]
    entries: dict[str, str | HtmlElement] = {
        "Package": E("code", found.report.slug),
        "Kind": found.kind,
        "Files": f"{found.files}, together {found.size} bytes",
        "SHA-256": several(seals),
    }
    words = (
        "Keep these digests with this page. If they are the same another day, not a bit of the package has changed "
        "since it was verified."
    )
    return section("package", "The package", pairs(entries), E("p", words))


def _findings(report: Report) -> Iterator[HtmlElement]:
    if report.findings:
        entries = [
            E("div", E("h3", E("code", result.path)), E("ol", {"class": "findings"}, *entries))
            if result.path
            else E("div", E("h3", "The package as a whole"), E("ol", {"class": "findings"}, *entries))
            for claim in report.claims
            for result in claim.results
            if (entries := [finding_entry(each, claim) for each in result.findings])
        ]
        yield section("findings", spelled_count(len(report.findings), "finding"), *entries)


def _colophon(report: Report) -> list[HtmlElement]:
    entries: dict[str, str | HtmlElement] = {
        "Made by": f"{GENERATOR}, communique verify",
        "Date": report.date or "None. The same package and the same versions of the judges give this page again.",
        "To verify again": E("code", f"communique verify {report.slug}"),
    }
    if report.idle:
        entries["Nothing to judge for"] = ", ".join(report.idle)
    return [E("h2", "About this page"), pairs(entries)]
