"""The conformance targets a PDF can be written for, as rows of a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """`variant` is the engine's own name for the PDF/A part; the rest goes into the XMP packet word for word.

    `extends` says whether the PDF/UA identification needs an extension schema (ISO 19005-2, 6.6.2.3.3).
    """

    variant: str
    archive: tuple[tuple[str, str], ...]
    access: tuple[tuple[str, str], ...]
    extends: bool


DEFAULT = "ua1+a2a"

PROFILES: dict[str, Profile] = {
    DEFAULT: Profile(
        variant="pdf/a-2a",
        archive=(("part", "2"), ("conformance", "A")),
        access=(("part", "1"),),
        extends=True,
    ),
}

DEFAULT = "ua1+a2a"
"""The profile of a PDF when none is asked for."""
