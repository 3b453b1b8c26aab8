"""conformance.html: for each format which standard is met, by whose verdict, and what only a human can confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from communique.checks.report.conformance import Answer, Criterion, Outcome, Standing
from communique.checks.report.markup import Child, E, page, pairs, section, several, table
from communique.checks.report.model import Report
from communique.checks.report.wording import count
from communique.version import GENERATOR

WORDS = {
    Outcome.MET: "Met",
    Outcome.CLEAN: "No violation found by automatic tests; human confirmation outstanding",
    Outcome.NOT_MET: "Not met",
    Outcome.OPEN: "Not determined",
    Outcome.UNTESTED: "Not tested by a program",
    Outcome.ABSENT: "Not applicable",
}
_KINDS = {"html": "Web page", "epub": "EPUB", "pdf": "PDF", "docx": "Word file"}
_FORMATS = {
    ("html",): "Web page",
    ("epub",): "EPUB",
    ("pdf", "large"): "PDF",
    ("print",): "Press edition",
    ("docx",): "Word file",
}
_ALL = "All files together"


def write(report: Report, standings: Sequence[Standing], criteria: Sequence[Criterion]) -> bytes:
    """The page, UTF-8."""
    title = f"Conformance of {report.editions[0].title}"
    parts = [_outcome(standings), *_standards(standings), _criteria(criteria), _terms()]
    return page(title, "Conformance statement", report, parts, _colophon(report))


def _outcome(standings: Sequence[Standing]) -> HtmlElement:
    numbers = {outcome: sum(each.outcome is outcome for each in standings) for outcome in Outcome}
    failed, unknown = numbers[Outcome.NOT_MET], numbers[Outcome.OPEN]
    if failed:
        state, words = "failed", f"{count(failed, 'standard is', 'standards are')} not met"
        words += f", {unknown} not determined" if unknown else ""
    elif unknown or not standings:
        state, words = "unchecked", f"{count(unknown, 'standard is', 'standards are')} not determined"
    else:
        state, words = "passed", "No violation found by automatic tests"
    return E(
        "div",
        {"class": f"outcome {state}"},
        E("h2", {"id": "outcome"}, words),
        E(
            "p",
            "Programs can find faults; they cannot certify. Below is, for each format, what they found, whose word it "
            "is, and what is still for a human to confirm. Nothing here claims conformance with a standard that asks "
            "for human judgement. The verdicts one by one are in the ",
            E("a", {"href": "check.html"}, "report of the checks"),
            ".",
        ),
    )


def _standards(standings: Sequence[Standing]) -> Iterator[HtmlElement]:
    parts: list[HtmlElement] = []
    order = list(_FORMATS)
    ranked = sorted(standings, key=lambda each: (_rank(order, each), each.standard != standings[0].standard))
    for number, (label, group) in enumerate(groupby(ranked, key=_label), 1):
        rows = [_row(standing) for standing in group]
        heads = ("Standard", "Outcome", "By whose verdict", "For a human to confirm")
        parts.append(table(f"standards-{number}", label, heads, rows))
    yield section("standards", "Standards, format by format", *parts)


def _rank(order: Sequence[tuple[str, ...]], standing: Standing) -> int:
    key = next((formats for formats in order if set(standing.formats) <= set(formats)), None)
    return order.index(key) if key else len(order)


def _label(standing: Standing) -> str:
    return next((label for formats, label in _FORMATS.items() if set(standing.formats) <= set(formats)), _ALL)


def _row(standing: Standing) -> Sequence[Child]:
    judges = [" ".join(filter(None, (claim.judge, claim.version))) for claim in standing.judges]
    subject = [E("span", {"class": "claim"}, standing.standard)]
    return (
        several([*subject, *(E("span", {"class": "file"}, name) for name in standing.files)]),
        several([outcome(standing.outcome), *([E("span", {"class": "why"}, standing.why)] if standing.why else [])]),
        several(dict.fromkeys(judges)) if judges else "nobody’s",
        several(standing.human) if standing.human else "Nothing: the pass is all the standard asks for.",
    )


def outcome(found: Outcome) -> HtmlElement:
    """An outcome in words; the style sheet puts a sign before it."""
    return E("span", {"class": f"outcome-word signed {found.name.lower().replace('_', '-')}"}, WORDS[found])


def _criteria(criteria: Sequence[Criterion]) -> HtmlElement:
    rows = [
        (
            several([E("span", {"class": "claim"}, f"{each.number} {each.name}"), f"Level {each.level}"]),
            several(_answers(each.answers)) if each.answers else "No file to ask it of.",
            each.human if _asks(each) else "Nothing, as long as this holds.",
        )
        for each in criteria
    ]
    heads = ("Criterion", "What programs say", "For a human to confirm")
    words = (
        f"The {len(criteria)} success criteria of levels A and AA of the Web Content Accessibility Guidelines (WCAG) "
        "2.2. For PDF, EPUB and Word they are read as WCAG2ICT reads them for documents. The press edition is for "
        "paper and is not asked."
    )
    caption = "WCAG 2.2, levels A and AA, criterion by criterion"
    return section("wcag", "WCAG 2.2, criterion by criterion", E("p", words), table("criteria", caption, heads, rows))


def _asks(criterion: Criterion) -> bool:
    return any(answer.outcome is not Outcome.ABSENT for answer in criterion.answers) or not criterion.answers


def _answers(answers: Sequence[Answer]) -> Iterator[HtmlElement]:
    """What is said of each kind of file; kinds of which the same is said stand together."""
    for (found, why), group in groupby(answers, key=lambda each: (each.outcome, each.why)):
        same = list(group)
        kinds = ", ".join(_KINDS[each.kind] for each in same)
        checks = ", ".join(dict.fromkeys(check for each in same for check in each.checks))
        words = {Outcome.CLEAN: "no violation found"}.get(found, WORDS[found].lower())
        by = f" (partly tested by {checks})" if checks else ""
        mark = E("span", {"class": f"outcome-word {found.name.lower().replace('_', '-')}"}, words)
        yield E("span", {"class": "why"}, f"{kinds}: ", mark, f"{by}{f': {why}' if why else ''}")


def _terms() -> HtmlElement:
    return section(
        "terms",
        "What the words mean",
        pairs(
            {
                "Met": "Every judge asked passed every file, and the standard asks for nothing else.",
                "No violation found": "Every judge asked passed every file. What the standard asks beyond that, only a "
                "human can confirm, and it is listed.",
                "Not met": "A judge found something. It is in the report of the checks.",
                "Not determined": "A judge gave no verdict, or it is not known whether a finding concerns the point.",
                "Not tested by a program": "No check speaks of it. A human must look.",
                "Not applicable": "The files hold nothing that it could apply to.",
            }
        ),
    )


def _colophon(report: Report) -> list[HtmlElement]:
    named = report.certifier
    certified: Child = "None is named. No human has certified these files as far as this report knows."
    if named:
        words = ", ".join(filter(None, (named.name, named.credential, named.date)))
        safe = named.report if named.report.startswith(("https://", "http://")) else ""
        certified = E("span", f"{words}, as the master says; this program has not verified it. ")
        if safe:
            certified.append(E("a", {"href": safe}, "Their report"))
    judges = dict.fromkeys(" ".join(filter(None, (claim.judge, claim.version))) for claim in report.claims)
    entries: dict[str, Child] = {
        "Certifier": certified,
        "Evaluated with": ", ".join(judges) or "nothing",
        "Made by": f"{GENERATOR}, communique check",
        "Date": report.date
        or "None: it is bound to the files by their SHA-256, which are in the report of the checks.",
        "For programs": E("a", {"href": "conformance.jsonld"}, "conformance.jsonld (EARL 1.0)"),
    }
    return [E("h2", "About this statement"), pairs(entries)]
