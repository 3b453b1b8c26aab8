"""junit.xml: the results as a test run, for programs that show those; what is unchecked is an error, never skipped."""

from __future__ import annotations

from lxml import etree

from communique.checks.report.model import Report, counts
from communique.checks.report.terminal import finding_line
from communique.checks.verdict import Result, Verdict


def write(report: Report) -> bytes:
    """One suite for the statement, one case for each check and file. Times are 0, since reports have no clock."""
    numbers = counts(report.results)
    totals = {
        "tests": str(len(report.results)),
        "failures": str(numbers[Verdict.FAILED]),
        "errors": str(numbers[Verdict.UNCHECKED]),
        "time": "0",
    }
    root = etree.Element("testsuites", totals | {"name": "communique check"})
    suite = etree.SubElement(root, "testsuite", totals | {"name": report.slug, "skipped": "0"})
    properties = etree.SubElement(suite, "properties")
    for claim in report.claims:
        etree.SubElement(properties, "property", {"name": f"{claim.check}.judge", "value": claim.judge})
        etree.SubElement(properties, "property", {"name": f"{claim.check}.version", "value": claim.version})
    for result in report.results:
        suite.append(_case(result, report.slug))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _case(result: Result, slug: str) -> etree._Element:
    place = {"classname": f"{slug}.{result.check}", "name": result.path or slug, "time": "0"}
    case = etree.Element("testcase", place)
    lines = "\n".join(finding_line(slug, finding) for finding in result.findings)
    if result.unchecked:
        error = etree.SubElement(case, "error", {"type": "unchecked", "message": result.unchecked})
        error.text = lines or result.unchecked
    elif result.findings:
        first = result.findings[0]
        failure = etree.SubElement(case, "failure", {"type": first.rule, "message": first.message})
        failure.text = lines
    return case
