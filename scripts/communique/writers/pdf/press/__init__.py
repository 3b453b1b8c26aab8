"""HTML to PDF for the press: PDF/X-4 (ISO 15930-7) in the inks of one printing condition, untagged, with marks."""

from __future__ import annotations

from typing import Any

import pydyf

from communique import templates
from communique.writers import pdf
from communique.writers.pdf import complaints, engine, identity, layout, seam
from communique.writers.pdf.facts import Facts
from communique.writers.pdf.press import css, inks, pictures, proof, sheets
from communique.writers.pdf.press.sizes import SIZES, Size
from communique.writers.pdf.profiles import Profile
from communique.writers.pdf.source import Source

__all__ = ["SIZES", "Size", "write"]

COLOURS = "device-cmyk"
"""The name of the output intent in the style sheet, which says where its profile is."""
PROFILE = Profile(variant="pdf/x-4", archive=(), access=(), extends=False)
CONDITION = {
    "OutputConditionIdentifier": "FOGRA39",
    "OutputCondition": "Offset printing on coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2",
    "RegistryName": "http://www.color.org",
    "Info": "Coated FOGRA39 (ISO 12647-2:2004)",
}
"""The printing condition by the name that the ICC's registry has for it (ISO 15930-7, output intent)."""
LENGTHS = frozenset({"pt", "mm", "cm", "in", "pc", "px"})


def write(source: Source, facts: Facts, size: Size) -> bytes:
    """The PDF of a whole page on sheets of a size; the style sheet may use the colours and the measures of a screen."""
    styled = f"{inks.inked(_scaled(source.css, size.scale))}\n{size.rules()}"
    printed = Source(source.page, styled, pictures.inked(source.resources) | _profile())
    digest = identity.digest(printed, facts, PROFILE.variant)

    def finish(_document: Any, file: Any) -> None:
        _describe(file, facts, digest)
        sheets.impose(file, size)
        proof.check(file)

    with pdf.turn():
        document = layout.lay_out(engine.load(), printed, PROFILE.variant, COLOURS)
        for page in document.pages:
            page.links, page.anchors, page.bookmarks = [], {}, []
        with complaints.heard(), seam.spelt_out(document):
            content: bytes = document.write_pdf(
                pdf_variant=PROFILE.variant,
                output_intent=COLOURS,
                pdf_identifier=identity.file_identifier(facts),
                finisher=finish,
            )
    return content


def _profile() -> dict[str, bytes]:
    """The colour profile under the name that the style sheet has for it."""
    return {pictures.PROFILE: templates.read_bytes(pictures.PROFILE)}


def _scaled(style: str, scale: float) -> str:
    """The style sheet with all its lengths, but for those relative to the type, so many times as long."""

    def change(_name: str, token: Any) -> str | None:
        is_length = token.type == "dimension" and token.lower_unit in LENGTHS
        return f"{round(token.value * scale, 4):g}{token.unit}" if is_length else None

    return style if scale == 1 else css.changed(style, change)


def _describe(file: Any, facts: Facts, digest: str) -> None:
    """Claim PDF/X-4 and say for which printing condition the file is made."""
    claims = (
        ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
        ("pdf:Trapped", "False"),
        ("xmpMM:VersionID", facts.changed or "1"),
        ("xmpMM:RenditionClass", "default"),
    )
    identity.describe(file, facts, PROFILE, digest, claims)
    file.info["Trapped"] = "/False"
    (intent,) = file.catalog["OutputIntents"]
    intent.update({key: pydyf.String(value) for key, value in CONDITION.items()})
