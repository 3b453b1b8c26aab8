"""check.html: the verdicts on one statement for people, with a picture of every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from lxml.html import HtmlElement

from communique.checks.report.markup import E, page, pairs, section, several, table, verdict
from communique.checks.report.model import Claim, Report, counts
from communique.checks.report.wording import count, size, spelled_count
from communique.checks.verdict import Finding, Result, Severity, Verdict
from communique.version import GENERATOR


@dataclass(frozen=True)
class Picture:
    """The picture of a page: its name in the folder of the reports, the number readers see, pixels, and the PNG."""

    name: str
    label: str
    width: int
    height: int
    content: bytes


Gallery = Mapping[str, Sequence[Picture]]
"""The pictures of each PDF by its name; a PDF that could not be drawn is not in it."""


def write(report: Report, gallery: Gallery) -> bytes:
    """The page, UTF-8."""
    parts = [_verdict(report), *_findings(report), *unchecked_section(report), claims_section(report), _files(report)]
    papers = [output.name for output in report.outputs if output.name.endswith(".pdf")]
    if papers:
        parts.append(_pages(report, papers, gallery))
    title = f"{headline(report)}: the checks of {report.editions[0].title}"
    return page(title, "Report of the checks", report, parts, _colophon(report))


def headline(report: Report) -> str:
    """The verdict on everything in a few words."""
    if not report.results:
        return "Not checked"
    said = spelled_count(len(report.findings), "finding") if report.findings else ""
    if report.unchecked:
        return f"{said}, and not fully checked" if said else "Not fully checked"
    return said or "Every check passed"


def _verdict(report: Report) -> HtmlElement:
    numbers = counts(report.results)
    judges = len({claim.judge for claim in report.claims})
    told = ", ".join(f"{number} {found}" for found, number in numbers.items() if number) or "none"
    sums = f"{count(len(report.results), 'verdict')} by {count(judges, 'judge')} on {count(len(report.files), 'file')}"
    return E(
        "div",
        {"class": f"outcome {report.verdict}"},
        E("h2", {"id": "outcome"}, headline(report)),
        E("p", f"{sums}: {told}."),
        E(
            "p",
            "A pass says that the judge found nothing against the file. What that means for each standard, and what "
            "only a human can confirm, is in the ",
            E("a", {"href": "conformance.html"}, "conformance statement"),
            ".",
        ),
    )


def _findings(report: Report) -> Iterator[HtmlElement]:
    if not report.findings:
        return
    found = [(finding, result) for result in report.results for finding in result.findings]
    found.sort(key=lambda each: (each[0].path, each[1].check))
    claims = {claim.check: claim for claim in report.claims}
    parts = []
    for path, group in groupby(found, key=lambda each: each[0].path):
        entries = list(group)
        parts.append(E("h3", _link(path) if path else "The statement as a whole"))
        parts.append(
            E("ol", {"class": "findings"}, *(finding_entry(each, claims[result.check]) for each, result in entries))
        )
    yield section("findings", spelled_count(len(report.findings), "finding"), *parts)


def finding_entry(finding: Finding, claim: Claim) -> HtmlElement:
    """A finding with its place and its rule."""
    warned = "goes against a recommendation, or needs a human eye"
    grade = "breaks a requirement" if finding.severity is Severity.ERROR else warned
    place = [E("p", {"class": "place"}, "Where: ", E("code", finding.location))] if finding.location else []
    return E(
        "li",
        E("p", {"class": "message"}, finding.message),
        *place,
        E("p", {"class": "rule"}, f"It {grade}: rule ", E("code", finding.rule), f" of {finding.judge}. "),
        E("p", {"class": "rule"}, f"A pass would say: {claim.text}")
        if claim.text
        else E("p", {"class": "rule"}, claim.check),
    )


def unchecked_section(report: Report) -> Iterator[HtmlElement]:
    """What has no verdict, and why."""
    if not report.unchecked:
        return
    reasons: dict[tuple[str, str], list[str]] = {}
    for result in report.unchecked:
        reasons.setdefault((result.check, result.unchecked), []).append(result.path or report.slug)
    entries = [
        E(
            "li",
            E("p", {"class": "message"}, reason),
            E("p", {"class": "rule"}, f"Check: {check}. Without a verdict: {', '.join(paths)}."),
        )
        for (check, reason), paths in reasons.items()
    ]
    intro = E("p", "Nothing is known of these, and that is no pass.")
    yield section("unchecked", "Not checked", intro, E("ol", {"class": "findings"}, *entries))


def claims_section(report: Report) -> HtmlElement:
    """What was asked, of whom, and what was said."""
    rows = [
        (
            several(
                [E("span", {"class": "claim"}, claim.text), E("code", claim.check)] if claim.text else [claim.check]
            ),
            several([verdict(claim.verdict), *_tally(claim)]),
            several([claim.judge or "not named", *([claim.version] if claim.version else [])]),
            several(_standards(claim)) if _standards(claim) else "–",
        )
        for claim in report.claims
    ]
    heads = ("What a pass means", "Verdict", "Judge and version", "Standards it speaks of")
    return section("claims", "The claims", table("claims-table", "Each claim, its verdict and its judge", heads, rows))


def _tally(claim: Claim) -> list[str]:
    """How many files were judged, and how many did not pass."""
    numbers = counts(claim.results)
    told = [f"{numbers[found]} {found}" for found in (Verdict.FAILED, Verdict.UNCHECKED) if numbers[found]]
    whole = all(not result.path for result in claim.results)
    subject = "the whole statement" if whole else count(len(claim.results), "file")
    return [f"{subject}{': ' if told else ''}{', '.join(told)}"]


def _standards(claim: Claim) -> list[str]:
    own = dict.fromkeys(standard for result in claim.results for standard in result.standards)
    return list(own or dict.fromkeys(claim.standards))


def _files(report: Report) -> HtmlElement:
    rows = [
        (
            _link(file.name),
            _overall(report.of(file.name)),
            size(file.size),
            E("code", {"class": "digest"}, file.sha256 or "cannot be read"),
        )
        for file in report.files
    ]
    words = (
        "This report speaks of these files and of no others. If a file has another SHA-256 today, it is not the file "
        "that was judged."
    )
    heads = ("File", "Verdict", "Size", "SHA-256")
    return section("files", "The files", E("p", words), table("files-table", "Each file with its SHA-256", heads, rows))


def _overall(results: Iterable[Result]) -> HtmlElement:
    found = list(results)
    if not found:
        return E("span", "By the whole statement’s checks only")
    numbers = counts(found)
    worst = next(each for each in (Verdict.FAILED, Verdict.UNCHECKED, Verdict.PASSED) if numbers[each])
    return E("span", verdict(worst), f" {numbers[worst]} of {len(found)}")


def _pages(report: Report, papers: Sequence[str], gallery: Gallery) -> HtmlElement:
    parts: list[HtmlElement] = [
        E("p", "Small pictures in grey, to see at a glance that each page is what it should be.")
    ]
    for name in papers:
        pictures = gallery.get(name, ())
        parts.append(E("h3", _link(name), f", {count(len(pictures), 'page')}" if pictures else ""))
        if pictures:
            parts.append(E("div", {"class": "pages"}, *(_figure(name, picture) for picture in pictures)))
        else:
            parts.append(E("p", {"class": "missing"}, _why(report, name)))
    return section("pages", "The pages", *parts)


def _why(report: Report, name: str) -> str:
    """Why there are no pictures of a PDF."""
    for result in report.of(name):
        if result.check == "pictures":
            said = result.unchecked or "; ".join(finding.message for finding in result.findings)
            return f"No pictures: {said or 'the file changed after it was checked'}"
    return "No pictures: the check “pictures” gave no verdict."


def _figure(name: str, picture: Picture) -> HtmlElement:
    image = {
        "src": quote(picture.name),
        "alt": f"Page {picture.label} of {name}",
        "width": str(picture.width),
        "height": str(picture.height),
        "loading": "lazy",
    }
    return E("figure", E("img", image), E("figcaption", f"Page {picture.label}"))


def _link(name: str) -> HtmlElement:
    return E("a", {"href": f"../{quote(name)}"}, name)


def _colophon(report: Report) -> list[HtmlElement]:
    entries: dict[str, str | HtmlElement] = {
        "Made by": f"{GENERATOR}, communique check",
        "Date": report.date
        or "None. The same files and the same versions of the judges give this report again, byte for byte.",
        "Manifest": E("span", "SHA-256 ", E("code", {"class": "digest"}, report.manifest))
        if report.manifest
        else "None",
        "To verify": E(
            "span", "On Linux, ", E("code", "sha256sum *"), " in the folder of the files prints each SHA-256."
        ),
        "For programs": E(
            "span",
            E("a", {"href": "check.json"}, "check.json"),
            ", ",
            E("a", {"href": "junit.xml"}, "junit.xml"),
            ", ",
            E("a", {"href": "conformance.jsonld"}, "conformance.jsonld"),
        ),
    }
    if report.idle:
        entries["Nothing to judge for"] = ", ".join(report.idle)
    return [E("h2", "About this report"), pairs(entries)]
