"""The reports on one statement, from what its checks said to the bytes of each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from communique.checks import CHECKS, pictures
from communique.checks.check import Check
from communique.checks.publication import Publication
from communique.checks.report import acr, conformance, earl, junit, machine, page
from communique.checks.report.model import Report, compose
from communique.checks.report.page import Picture
from communique.checks.report.terminal import summary, terminal
from communique.checks.verdict import Result

__all__ = ["render", "summary", "terminal"]


def render(
    publication: Publication,
    results: Iterable[Result],
    versions: Mapping[str, str],
    checks: Mapping[str, Check] = CHECKS,
) -> dict[str, bytes]:
    """Every file of the folder of reports by its name; the same outputs and judges give the same bytes."""
    report = compose(publication, results, versions, checks)
    gallery = dict(_gallery(publication, report))
    standings = conformance.standings(report)
    criteria = conformance.criteria(report, publication)
    return {
        "check.html": page.write(report, gallery),
        "check.json": machine.write(report),
        "conformance.html": acr.write(report, standings, criteria),
        "conformance.jsonld": earl.write(report, standings, criteria),
        "junit.xml": junit.write(report),
        **{picture.name: picture.content for drawn in gallery.values() for picture in drawn},
    }


def _gallery(publication: Publication, report: Report) -> Iterator[tuple[str, tuple[Picture, ...]]]:
    """The pictures of each PDF of which the check of that name says that it can be drawn without harm."""
    own = [result for result in report.results if result.check == pictures.NAME]
    rules = {result.path: {finding.rule for finding in result.findings} for result in own if not result.unchecked}
    sound = {path for path, broken in rules.items() if broken <= {pictures.NOTHING_SHOWN}}
    for name in publication.named(pictures.FORMATS):
        if name in sound and (drawn := _drawn(publication, name)):
            yield name, drawn


def _drawn(publication: Publication, name: str) -> tuple[Picture, ...]:
    """The pictures of a PDF, none where it is no longer the one that was checked; the page says so."""
    from pypdfium2 import PdfiumError  # noqa: PLC0415

    try:
        return tuple(_pictures(publication, name))
    except (OSError, PdfiumError):
        return ()


def _pictures(publication: Publication, name: str) -> Iterator[Picture]:
    from communique.checks import drawing  # noqa: PLC0415

    stem = PurePosixPath(name).stem
    for number, drawn in enumerate(drawing.pages(publication.path(name)), 1):
        width, height = drawn.image.size
        yield Picture(f"pages/{stem}-{number}.png", drawn.label, width, height, drawn.png())
