"""The conformance targets a PDF can be written for, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass

from communique.writers.pdf.tagging.roles import PDF_1_7, PDF_2_0, Grammar


@dataclass(frozen=True)
class Profile:
    """`variant` is the engine's own name for the PDF/A part; the claims go into the XMP packet word for word.

    `extends` says whether the PDF/UA identification needs an extension schema (ISO 19005-2, 6.6.2.3.3).
    `attaches`: the file carries the master and the records (ISO 19005-3, 6.8).
    `has_info`: it has an Info dictionary, which ISO 19005-4, 6.1.3, forbids.
    """

    variant: str
    archive: tuple[tuple[str, str], ...]
    access: tuple[tuple[str, str], ...]
    extends: bool = True
    attaches: bool = False
    has_info: bool = True
    grammar: Grammar = PDF_1_7


DEFAULT = "ua1+a2a"
"""The profile of a PDF when none is asked for."""

PROFILES: dict[str, Profile] = {
    DEFAULT: Profile(
        variant="pdf/a-2a",
        archive=(("part", "2"), ("conformance", "A")),
        access=(("part", "1"),),
    ),
    "ua1+a3a": Profile(
        variant="pdf/a-3a",
        archive=(("part", "3"), ("conformance", "A")),
        access=(("part", "1"),),
        attaches=True,
    ),
    "ua2+a4f": Profile(
        variant="pdf/a-4f",
        archive=(("part", "4"), ("rev", "2020"), ("conformance", "F")),
        access=(("part", "2"), ("rev", "2024")),
        extends=False,
        attaches=True,
        has_info=False,
        grammar=PDF_2_0,
    ),
}
