"""The press edition: PDF/X-4 by rules of our own, since no free judge of it exists, and its inks by Ghostscript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pikepdf import Pdf

from communique.checks import opening, press_objects, press_plates, press_rules
from communique.checks.check import Check
from communique.checks.file_by_file import Gap, Remark, check_by_file
from communique.checks.publication import Publication
from communique.checks.to_the_end import to_the_end
from communique.doctor import VERSIONS

RULES: tuple[Callable[[Pdf], Iterator[Remark]], ...] = (
    *(press_rules.form, press_rules.claim, press_rules.properties, press_rules.info, press_rules.trapped),
    *(press_rules.intent, press_rules.profile, press_rules.boxes, press_rules.interaction, press_rules.views),
    *(press_objects.drawn_colours, press_objects.named_colours, press_objects.fonts),
    *(press_objects.hairlines, press_objects.transparency, press_objects.devices),
)

_NAME = "press"
_PDFX = ("PDF/X-4 (ISO 15930-7)",)


def faults(pdf: Pdf) -> Iterator[Remark]:
    """What a file breaks; nothing, and it is a PDF/X-4 as far as can be told from the file."""
    for rule in RULES:
        yield from rule(pdf)


def _applies(publication: Publication) -> Iterable[str]:
    return publication.named({"print"})


def _look(publication: Publication, name: str) -> Iterator[Remark | Gap]:
    with opening.pdf(publication.path(name)) as pdf:
        yield from faults(pdf)


CHECKS = (
    check_by_file(
        name=_NAME,
        claim="A printing house can take the file as it is, by rules of our own: no free program judges PDF/X-4.",
        standards=_PDFX,
        applies=_applies,
        begin=lambda _: to_the_end(_look),
    ),
    Check(
        name=press_plates.NAME,
        judge=press_plates.JUDGE,
        claim="A second program, one that drives printing machines, draws every page in four inks without complaint.",
        standards=(),
        applies=_applies,
        run=press_plates.run,
        version=VERSIONS["Ghostscript"],
    ),
)
