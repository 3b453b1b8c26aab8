"""HTML to PDF: an archive file (PDF/A) and an accessible one (PDF/UA) at once."""

from __future__ import annotations

from collections.abc import Mapping
from threading import RLock
from typing import Any

from communique.writers.pdf import complaints, engine, identity, layout, seam
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import DEFAULT, PROFILES, Profile
from communique.writers.pdf.source import Source

__all__ = ["DEFAULT", "PROFILES", "Facts", "Profile", "warm_up", "write"]

_TURN = RLock()
"""One PDF at a time: the engine is changed while it works, and Pango crashes when two threads lay out text."""


def write(page: str, css: str, resources: Mapping[str, bytes], facts: Facts, profile: str = DEFAULT) -> bytes:
    """The PDF of a whole HTML page, styled by `css`. `resources` maps image paths to bytes; same input, same bytes."""
    target = PROFILES[profile]
    digest = identity.digest(page, css, resources, facts)
    with _TURN, engine.private_fontconfig():
        document = layout.lay_out(engine.load(), Source(page, css, resources), target.variant)
        with complaints.heard(), seam.own_tagging(document):
            content: bytes = document.write_pdf(
                pdf_variant=target.variant,
                output_intent=layout.COLOURS,
                pdf_identifier=identity.file_identifier(facts),
                finisher=_finisher(facts, target, digest),
            )
    return content


def warm_up() -> None:
    """Load the engine, which a caller may do in a thread while it waits for something else."""
    with _TURN:
        engine.load()


def _finisher(facts: Facts, profile: Profile, digest: str) -> Any:
    def finish(_document: Any, pdf: Any) -> None:
        identity.describe(pdf, facts, profile, digest)
        identity.settle_images(pdf)

    return finish
