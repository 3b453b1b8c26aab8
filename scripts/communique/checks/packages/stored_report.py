"""The report that lies in a package: whether it is about these very files, and what it said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from communique.checks import opening
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.opening import Unreadable
from communique.checks.packages.files import digests
from communique.checks.publication import MANIFEST, REPORT, Publication
from communique.checks.verdict import Severity, Verdict

NAME = f"{REPORT}/check.json"


def verdict(publication: Publication) -> str:
    """What the report says of all files together, "" where it cannot be read."""
    try:
        return str(_read(publication)["verdict"])
    except (Unreadable, OSError, LookupError):
        return ""


def _read(publication: Publication) -> Mapping[str, Any]:
    value = opening.json_text(opening.whole(publication.path(NAME)))
    if not isinstance(value, dict):
        raise Unreadable("is no report")
    return value


def _look(publication: Publication, _name: str) -> Iterator[Remark | Gap]:
    report = _read(publication)
    try:
        listed = {str(each["name"]): each["sha256"] for each in report["files"]}
        manifest, said = report["manifest"]["sha256"], report["verdict"]
    except (LookupError, TypeError) as error:
        raise Unreadable(f"is no report: {type(error).__name__} {error}") from error
    found = {name: digests(publication.path(name), ("sha256",))["sha256"] for name in publication.files}
    if manifest != found.get(MANIFEST):
        yield Remark("another-manifest", f"the report is about a {MANIFEST} of the SHA-256 {manifest}")
    for name in sorted(found.keys() | listed.keys()):
        if name not in listed:
            yield Remark("not-judged", f"the report says nothing of {name}")
        elif name not in found:
            yield Remark("missing", f"the report is about {name}, and it is not there")
        elif listed[name] != found[name]:
            yield Remark("another-file", f"the report is about a {name} of the SHA-256 {listed[name]}")
    if said != Verdict.PASSED:
        message = f"the report says of the files as they were packed: {said}"
        yield Remark("report-not-passed", message, severity=Severity.WARNING)


CHECK = check_by_file(
    name="stored-report",
    claim="The report of the checks that lies in the package is about these very files, and says that they passed.",
    standards=(),
    applies=lambda _: (NAME,),
    begin=lambda _: _look,
)
