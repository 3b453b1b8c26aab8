"""check.json: everything a report says, for programs; its schema is docs/check.schema.json."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from communique.checks.report.model import Claim, Report, counts, grave
from communique.checks.verdict import Finding, Result, Severity, Verdict
from communique.version import GENERATOR

VERSION = "1.0"
"""Of the schema: the second number grows when keys are added, the first when one goes or changes its meaning."""


def write(report: Report) -> bytes:
    """The report as JSON, UTF-8, its results in the order of the checks and then of the files."""
    return encoded(
        {
            "schemaVersion": VERSION,
            "generator": GENERATOR,
            **({"date": report.date} if report.date else {}),
            "statement": {
                "slug": report.slug,
                "date": report.editions[0].date or None,
                "editions": [{"language": each.language or None, "title": each.title} for each in report.editions],
            },
            "verdict": report.verdict,
            "summary": _summary(report),
            "manifest": {"sha256": report.manifest or None},
            "files": [
                {
                    "name": each.name,
                    "mediaType": each.media_type or None,
                    "size": each.size,
                    "sha256": each.sha256 or None,
                }
                for each in report.files
            ],
            "checks": [_check(claim) for claim in report.claims],
            "nothingToJudge": list(report.idle),
            "results": [_result(result) for result in report.results],
        }
    )


def encoded(value: Mapping[str, Any]) -> bytes:
    """A value as the JSON files of a report hold it: keys in the given order, two spaces, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _summary(report: Report) -> dict[str, Any]:
    verdicts = counts(report.results)
    return {
        "files": len(report.files),
        "verdicts": len(report.results),
        **{str(verdict): number for verdict, number in verdicts.items()},
        "findings": {str(severity): number for severity, number in grave(report.findings).items()},
    }


def _check(claim: Claim) -> dict[str, Any]:
    return {
        "name": claim.check,
        "verdict": claim.verdict,
        "judge": claim.judge,
        "version": claim.version or None,
        "claim": claim.text,
        "standards": list(claim.standards),
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "check": result.check,
        "file": result.path or None,
        "verdict": result.verdict,
        "unchecked": result.unchecked or None,
        "standards": list(result.standards),
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "judge": finding.judge,
        "rule": finding.rule,
        "file": finding.path or None,
        "location": finding.location or None,
        "message": finding.message,
    }


def _of(kind: Iterable[str]) -> dict[str, Any]:
    return {"enum": [str(each) for each in kind]}


def _object(description: str, properties: dict[str, Any], *optional: str) -> dict[str, Any]:
    required = [name for name in properties if name not in optional]
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _list(description: str, items: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "type": "array", "items": items}


_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": "integer", "minimum": 0}
_DIGEST = {"type": ["string", "null"], "pattern": "^[0-9a-f]{64}$"}
_DAY = {"type": ["string", "null"]}


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of check.json."""
    top = _object(
        "What `communique check` says of one statement. null stands for what is not known or does not apply.",
        {
            "schemaVersion": {"description": "Readers may rely on the first number.", "const": VERSION},
            "generator": _TEXT,
            "date": {"description": "The day of the run, only if SOURCE_DATE_EPOCH gave it.", **_TEXT},
            "statement": _statement_schema(),
            "verdict": {"description": "passed only if every result is.", **_of(Verdict)},
            "summary": _summary_schema(),
            "manifest": _object("manifest.json as it lay there.", {"sha256": _DIGEST}),
            "files": _list("The files that this report is about.", _file_schema()),
            "checks": _list("Who was asked what.", _check_schema()),
            "nothingToJudge": _list("Checks that apply to no file of this statement.", _TEXT),
            "results": _list("One for each check and file.", _result_schema()),
        },
        "date",
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "check.json of Communique", **top}


def _statement_schema() -> dict[str, Any]:
    edition = _object("One language; the first is the authoritative one.", {"language": _MAYBE, "title": _TEXT})
    return _object(
        "As its outputs name it.", {"slug": _TEXT, "date": _DAY, "editions": _list("Its languages.", edition)}
    )


def _summary_schema() -> dict[str, Any]:
    findings = _object("error: a MUST is broken; warning: a SHOULD.", {str(each): _NUMBER for each in Severity})
    numbers = {str(each): _NUMBER for each in Verdict}
    return _object("Counts.", {"files": _NUMBER, "verdicts": _NUMBER, **numbers, "findings": findings})


def _file_schema() -> dict[str, Any]:
    return _object(
        "A file as it was judged; size in bytes.",
        {"name": _TEXT, "mediaType": _MAYBE, "size": _NUMBER, "sha256": _DIGEST},
    )


def _check_schema() -> dict[str, Any]:
    return _object(
        "A check; `claim` says what a pass means.",
        {
            "name": _TEXT,
            "verdict": _of(Verdict),
            "judge": _TEXT,
            "version": _MAYBE,
            "claim": _TEXT,
            "standards": _list("Those it speaks of.", _TEXT),
        },
    )


def _result_schema() -> dict[str, Any]:
    finding = _object(
        "One objection; `rule` is the judge's own id.",
        {
            "severity": _of(Severity),
            "judge": _TEXT,
            "rule": _TEXT,
            "file": _MAYBE,
            "location": _MAYBE,
            "message": _TEXT,
        },
    )
    return _object(
        "What a check says of a file, or of the statement as a whole where `file` is null.",
        {
            "check": _TEXT,
            "file": _MAYBE,
            "verdict": _of(Verdict),
            "unchecked": {"description": "Why there is no verdict.", **_MAYBE},
            "standards": _list("Those that this verdict speaks of, if the check has no fixed ones.", _TEXT),
            "findings": _list("Objections, in order.", finding),
        },
    )
