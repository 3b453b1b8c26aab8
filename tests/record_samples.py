"""Statements that records must bear: with all fields, with the fewest, with odd characters, from right to left."""

from __future__ import annotations

import dataclasses

from communique.rendition import Rendition
from communique.statement import (
    Accessibility,
    Certifier,
    EditorialNote,
    Identifier,
    Issuer,
    Place,
    Publisher,
    Reference,
    Revision,
    Rights,
    Source,
    Statement,
    Subject,
)
from samples import statement

ODD = "A & B <c> “d” {e} $5 100% #1 _x_ ~y^z \\w ]]> – ґ"
FULL = statement(
    title="A Statement of Everything",
    type="joint-statement",
    editions=("en", "fr", "ar"),
    short_title="Everything",
    description="What it is & why.",
    issuers=(
        Issuer("Norway", "NO", "https://example.org/no"),
        Issuer("Albania", "AL", "https://example.org/al"),
        Issuer("European Union", "EU"),
        Issuer("A Group of Friends", "", "https://example.org/friends"),
    ),
    publisher=Publisher("The Office", "https://example.org/office"),
    subjects=(Subject("One", "https://example.org/1", "Scheme"), Subject("Two")),
    places=(Place("Norway", "NO", "https://example.org/norway"), Place("Somewhere")),
    rights=Rights("CC BY", "https://creativecommons.org/licenses/by/4.0/", "The Holder"),
    identifiers=(
        Identifier("doi", "10.1234/all"),
        Identifier("symbol", "A/TEST/1"),
        Identifier("url", "https://example.org/all"),
        Identifier("urn", "urn:isbn:9789210000000"),
        Identifier("local", "box 7"),
        Identifier("doi", "10.1234/all.2"),
        Identifier("symbol", "S/TEST/1"),
    ),
    source=Source("https://example.org/s", "source/s.txt", "0" * 64, "2024-05-03"),
    editorial_notes=(EditorialNote("Changed.", "Because."), EditorialNote("Changed again.")),
    references=(
        Reference("the Charter", "https://example.org/c", "The Charter", "1 UNTS XVI"),
        Reference("b", "https://example.org/b"),
    ),
    accessibility=Accessibility(
        "All can read it.", Certifier("Board", "Credential", "https://example.org/r", "2024-05-02")
    ),
    revisions=(Revision("1", "2024-05-01", "First"), Revision("2", "2024-07-01", "Second")),
)
EXTREMES: dict[str, Statement] = {
    "all fields": FULL,
    "the second edition": dataclasses.replace(FULL, language="fr"),
    "the third edition, from right to left": dataclasses.replace(FULL, language="ar", title="بيان مشترك بشأن كل شيء"),
    "the fewest fields": statement(),
    "odd characters": dataclasses.replace(
        FULL,
        title=ODD,
        short_title=ODD,
        description=ODD,
        issuers=(Issuer(ODD), Issuer(f"{ODD} and others")),
        publisher=Publisher(ODD),
        subjects=(Subject(ODD),),
        places=(Place(ODD),),
        rights=Rights(ODD, "https://example.org/l?a=1&b=(2)/@x", ODD),
        editorial_notes=(EditorialNote(ODD, ODD),),
        references=(Reference(ODD, "https://example.org/?a=1&b=%7B2%7D", ODD, ODD),),
        identifiers=(Identifier("url", "https://example.org/?a=1&b=2%20_#x"), Identifier("local", ODD)),
    ),
    "a long title": statement(title="Word " * 99 + "Words", language="zh-Hant", editions=("zh-Hant",)),
    "a language without a short code": statement(language="ase", editions=("ase", "fil"), type="communique"),
}
FILES = (
    Rendition("sample.pdf", "application/pdf", b"%PDF"),
    Rendition("sample.print.pdf", "application/pdf", b"%PDF-1.6"),
    Rendition("sample.html", "text/html", b"<!DOCTYPE html>"),
)
