"""The PDF's own facts, and what is said when no font can draw a character."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from communique.checks.reading import pdf_structure
from communique.document import Document, annotate
from communique.errors import MasterError
from communique.statement import Identifier, Issuer, Revision, Source, Subject
from communique.writers import large, paper
from communique.writers.pdf.profiles import DEFAULT
from samples import statement


def test_facts_say_what_the_statement_says() -> None:
    facts = paper.facts(
        statement(
            issuers=(Issuer("Norway", "NO"), Issuer("Japan", "JP")),
            subjects=(Subject("Peace"), Subject("Law")),
            source=Source("https://example.org/received"),
            revisions=(Revision("1", "2024-05-01", "First"), Revision("2", "2024-06-01", "Second")),
        )
    )
    assert facts.authors == ("Norway", "Japan")
    assert facts.keywords == ("Peace", "Law")
    assert facts.source == "https://example.org/received"
    assert (facts.date, facts.modified) == ("2024-05-01", "2024-06-01")


@pytest.mark.parametrize(
    ("identifiers", "expected"),
    [
        ((Identifier("url", "https://example.org/x"), Identifier("doi", "10.1/x")), "doi:10.1/x"),
        ((Identifier("urn", "urn:x:1"), Identifier("url", "https://example.org/x")), "https://example.org/x"),
        ((Identifier("symbol", "A/1"),), "sample"),
    ],
)
def test_the_most_lasting_identifier_is_taken(identifiers: tuple[Identifier, ...], expected: str) -> None:
    assert paper.facts(statement(identifiers=identifiers)).identifier == expected


def test_a_character_that_no_font_has_is_a_fault_of_its_line() -> None:
    with pytest.raises(MasterError) as refused:
        paper.write_all(annotate(statement("One.\n\nTwo \u2167.")))
    (problem,) = refused.value.problems
    assert (problem.path, problem.line) == ("content/sample/statement.md", 14)
    assert problem.found == "no font has U+2167 'Ⅷ'"


def test_a_character_of_the_front_matter_has_no_line() -> None:
    with pytest.raises(MasterError) as refused:
        paper.write_all(annotate(statement(title="Title \u2167")))
    assert [problem.line for problem in refused.value.problems] == [0]


NOTED = "# The *first*[^1] part[^2]\n\nText.\n\n## Plain\n\nText.\n\n[^1]: One.\n\n[^2]: Two."


@pytest.mark.parametrize("make", [paper.write_all, large.write_all])
def test_a_bookmark_is_the_words_of_its_heading_without_the_marks_of_notes(
    make: Callable[[Document], dict[str, bytes]],
) -> None:
    outline = pdf_structure.read(make(annotate(statement(NOTED)))[DEFAULT]).outline
    assert outline[1:3] == ((2, "The first part"), (3, "Plain"))


def test_a_bookmark_leads_to_a_heading_at_the_head_of_a_foreign_passage() -> None:
    made = annotate(statement('Text.\n\n::: {lang="fr"}\n# Titre[^1]\n\nTexte.\n:::\n\n[^1]: A note.'))
    with pikepdf.open(io.BytesIO(paper.write_all(made)[DEFAULT])) as opened, opened.open_outline() as outline:
        (entry,) = [each for each in outline.root[0].children if each.title == "Titre"]
        assert entry.obj is not None
        heading = entry.obj.SE
        assert tuple(map(str, (heading.S, heading.P.S, heading.P.Lang))) == ("/H2", "/Sect", "fr")
