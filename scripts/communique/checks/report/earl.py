"""conformance.jsonld: the same in EARL 1.0 (W3C), as JSON-LD whose context lies inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from communique.checks.report.acr import WORDS
from communique.checks.report.conformance import KINDS, Criterion, Outcome, Standing
from communique.checks.report.machine import encoded
from communique.checks.report.model import Claim, Report
from communique.checks.verdict import Result, Verdict
from communique.version import GENERATOR

_CONTEXT = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "premis": "http://www.loc.gov/premis/rdf/v3/",
    "WCAG22": "https://www.w3.org/TR/WCAG22/#",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "result": "earl:result",
    "info": "earl:info",
    "title": "dct:title",
    "description": "dct:description",
}
_SAID = {Verdict.PASSED: "earl:passed", Verdict.FAILED: "earl:failed", Verdict.UNCHECKED: "earl:untested"}
_STANDS = {
    Outcome.MET: "earl:passed",
    Outcome.CLEAN: "earl:cantTell",
    Outcome.NOT_MET: "earl:failed",
    Outcome.OPEN: "earl:cantTell",
    Outcome.UNTESTED: "earl:untested",
    Outcome.ABSENT: "earl:inapplicable",
}
_SELF = "#communique"


def write(report: Report, standings: Sequence[Standing], criteria: Sequence[Criterion]) -> bytes:
    """The graph: tools, files, tests, then what each check, each standard and each criterion came to.

    A standard that needs a human is never asserted as passed: it is `cantTell`, with the words of the report.
    """
    graph = [
        *_tools(report),
        *_subjects(report),
        *(_test(claim) for claim in report.claims),
        *(_verdict(claim, result) for claim in report.claims for result in claim.results),
        *(_standing(standing) for standing in standings),
        *_criteria(report, criteria),
    ]
    return encoded({"@context": _CONTEXT, "@graph": graph})


def _tools(report: Report) -> Iterator[dict[str, Any]]:
    yield {"@id": _SELF, "@type": "earl:Software", "title": GENERATOR}
    for claim in report.claims:
        release = {"doap:release": {"doap:revision": claim.version}} if claim.version else {}
        yield {"@id": _judge(claim), "@type": "earl:Software", "title": claim.judge or claim.check, **release}
    if report.certifier:
        yield {"@id": "#certifier", "@type": "foaf:Agent", "foaf:name": report.certifier.name}


def _subjects(report: Report) -> Iterator[dict[str, Any]]:
    statement: dict[str, Any] = {"@id": "../", "@type": "earl:TestSubject"}
    statement["title"] = [
        {"@value": each.title, **({"@language": each.language} if each.language else {})} for each in report.editions
    ]
    statement["dct:hasPart"] = [{"@id": _file(file.name)} for file in report.files]
    if report.editions[0].date:
        statement["dct:date"] = report.editions[0].date
    yield statement
    for file in report.files:
        digest = {
            "premis:fixity": {"@type": "https://id.loc.gov/vocabulary/preservation/cryptographicHashFunctions/sha256"}
        }
        if file.sha256:
            digest["premis:fixity"]["dct:identifier"] = file.sha256
        yield {
            "@id": _file(file.name),
            "@type": "earl:TestSubject",
            "title": file.name,
            "dct:extent": file.size,
            **(digest if file.sha256 else {}),
            **({"dct:format": file.media_type} if file.media_type else {}),
        }


def _test(claim: Claim) -> dict[str, Any]:
    return {
        "@id": f"#check-{claim.check}",
        "@type": "earl:TestCase",
        "title": claim.check,
        "description": claim.text,
        **({"dct:references": list(claim.standards)} if claim.standards else {}),
    }


def _verdict(claim: Claim, result: Result) -> dict[str, Any]:
    told = result.unchecked or "; ".join(finding.message for finding in result.findings[:20])
    made = _assertion(_judge(claim), _file(result.path), f"#check-{claim.check}", _SAID[result.verdict], told)
    if result.standards:
        made["result"]["dct:references"] = list(result.standards)  # Never conformsTo: a verdict is no certificate.
    return made


def _standing(standing: Standing) -> dict[str, Any]:
    subjects = [_file(name) for name in standing.files] or ["../"]
    told = "; ".join(filter(None, (WORDS[standing.outcome], standing.why)))
    made = _assertion(_SELF, subjects, {"title": standing.standard}, _STANDS[standing.outcome], told)
    made["test"] = {"@type": "earl:TestRequirement", "title": standing.standard}
    if standing.human:
        made["result"]["description"] = [f"For a human to confirm: {each}" for each in standing.human]
    return made


def _criteria(report: Report, criteria: Sequence[Criterion]) -> Iterator[dict[str, Any]]:
    for criterion in criteria:
        test = {"@id": f"https://www.w3.org/TR/WCAG22/#{anchor(criterion.name)}", "@type": "earl:TestRequirement"}
        test |= {"title": f"{criterion.number} {criterion.name}", "description": f"Level {criterion.level}"}
        for answer in criterion.answers:
            files = [_file(output.name) for output in report.outputs if output.format in KINDS[answer.kind]]
            told = "; ".join(filter(None, (WORDS[answer.outcome], answer.why)))
            made = _assertion(_SELF, files, test, _STANDS[answer.outcome], told)
            if answer.outcome is not Outcome.ABSENT:
                made["result"]["description"] = f"For a human to confirm: {criterion.human}"
            yield made


def _assertion(
    by: str,
    subject: str | list[str],
    test: str | dict[str, str],
    outcome: str,
    told: str,
) -> dict[str, Any]:
    return {
        "@type": "earl:Assertion",
        "assertedBy": by,
        "subject": subject,
        "test": test,
        "mode": "earl:automatic",
        "result": {
            "@type": "earl:TestResult",
            "outcome": outcome,
            **({"info": told} if told else {}),
        },
    }


def anchor(name: str) -> str:
    """The anchor of a criterion in WCAG 2.2: "Contrast (Minimum)" is at contrast-minimum."""
    letters = "".join(letter if letter.isalnum() or letter in " -" else "" for letter in name.lower())
    return "-".join(letters.split())


def _judge(claim: Claim) -> str:
    return f"#judge-{claim.check}"


def _file(name: str) -> str:
    return f"../{quote(name)}"
