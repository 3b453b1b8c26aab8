"""HTML to PDF: an archive file (PDF/A) and an accessible one (PDF/UA) at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any

from communique.writers.attachment import Attachment
from communique.writers.page_list import PageStart
from communique.writers.pdf import attachments, complaints, engine, identity, layout, page_starts, seam
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.profiles import DEFAULT, PROFILES, Profile
from communique.writers.pdf.source import Source

__all__ = [
    "DEFAULT",
    "PROFILES",
    "Attachment",
    "Facts",
    "LaidOut",
    "Profile",
    "Source",
    "lay_out",
    "turn",
    "warm_up",
    "write",
    "write_all",
]

_TURN = RLock()
"""One PDF at a time: the engine is changed while it works, and Pango crashes when two threads lay out text."""


def write(page: str, css: str, resources: Mapping[str, bytes], facts: Facts, profile: str = DEFAULT) -> bytes:
    """The PDF of a whole HTML page, styled by `css`. `resources` maps image paths to bytes; same input, same bytes."""
    return write_all(Source(page, css, resources), facts, (profile,))[profile]


def write_all(
    source: Source, facts: Facts, profiles: Sequence[str], carried: Sequence[Attachment] = ()
) -> dict[str, bytes]:
    """A PDF for each profile, all from one layout; those whose profile attaches files carry them."""
    with turn():
        return lay_out(source, profiles[0]).write_all(facts, profiles, carried)


@dataclass(frozen=True, eq=False)
class LaidOut:
    """The pages of a source as the engine has laid them out, to be written as often as one likes."""

    source: Source
    document: Any

    def write_all(self, facts: Facts, profiles: Sequence[str], carried: Sequence[Attachment] = ()) -> dict[str, bytes]:
        """A PDF for each profile; those whose profile attaches files carry them."""
        with turn():
            return {name: write_laid_out(self.document, self.source, facts, name, carried) for name in profiles}

    def starts(self) -> tuple[PageStart, ...]:
        """With which letter each page begins. Not to be asked while the pages are written, which changes them."""
        return page_starts.find(self.document)

    def identifier(self, facts: Facts, name: str, carried: Sequence[Attachment] = ()) -> str:
        """The URN that the PDF in one profile has for itself."""
        digest = identity.digest(self.source, facts, name, carried if PROFILES[name].attaches else ())
        return identity.instance_uuid(digest).urn


def lay_out(source: Source, profile: str = DEFAULT) -> LaidOut:
    """The pages, which are the same whatever the profile."""
    with turn():
        return LaidOut(source, layout.lay_out(engine.load(), source, PROFILES[profile].variant))


@contextmanager
def turn() -> Iterator[None]:
    """The engine for oneself, in a world with our fonts alone, as long as the block lasts."""
    with _TURN, engine.private_fontconfig():
        yield


def warm_up() -> None:
    """Load the engine, which a caller may do in a thread while it waits for something else."""
    with _TURN:
        engine.load()


def write_laid_out(document: Any, source: Source, facts: Facts, name: str, carried: Sequence[Attachment]) -> bytes:
    """One PDF of a layout, which may be written again."""
    profile = PROFILES[name]
    inside = carried if profile.attaches else ()
    digest = identity.digest(source, facts, name, inside)

    def finish(_document: Any, pdf: Any) -> None:
        identity.describe(pdf, facts, profile, digest)
        identity.settle_images(pdf)
        attachments.attach(pdf, inside, identity.pdf_date(facts.changed))

    # Fonts hold the glyphs of the file before; a colour profile that was written once is written otherwise again.
    document.fonts.clear()
    document.color_profiles = layout.colour_profiles(engine.load())
    with complaints.heard(), seam.own_tagging(document, profile.grammar):
        content: bytes = document.write_pdf(
            pdf_variant=profile.variant,
            pdf_tags=True,
            output_intent=layout.COLOURS,
            pdf_identifier=identity.file_identifier(facts),
            finisher=finish,
        )
    return content
