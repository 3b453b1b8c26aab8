"""Identifiers derived from headings become XML names; those that an author wrote stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import nodes
from communique.master import body
from communique.master.body import Body


def read(text: str) -> Body:
    return body.read(text, 1, "pt", Path())


def names(found: Body) -> list[str]:
    return [node["c"][1][0] for node in nodes.walk(list(found.blocks)) if node["t"] == "Header"]


def targets(found: Body) -> list[str]:
    return [node["c"][2][0] for node in nodes.walk(list(found.blocks)) if node["t"] == "Link"]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("# Artigo 1.º", ["artigo-1"]),
        ("# 1.ª parte", ["parte"]),
        ("# Artigo 1.º\n\n# Artigo 1.º", ["artigo-1", "artigo-1.-1"]),
        ("# Artigo 1º\n\n# Artigo 1ª\n\n# Artigo 1", ["artigo-1-1", "artigo-1-2", "artigo-1"]),
        ("# Artigo 1º\n\nx [y]{#artigo-1} z", ["artigo-1-1"]),
        ("# Área de 5 m² e 3 m³", ["área-de-5-m-e-3-m"]),
        ("# Aª²\n\n# ª", ["a", "section"]),
        ("# Artigo 2", ["artigo-2"]),
    ],
)
def test_a_derived_identifier_loses_what_no_xml_name_has(headings: str, expected: list[str]) -> None:
    found = read(f"{headings}\n\nTexto.\n")
    assert found.faults == ()
    assert names(found) == expected


def test_links_to_such_a_heading_arrive() -> None:
    text = (
        "Ver [Artigo 1.º], [isto](#artigo-1.º), [isso](#artigo-1) e [outro][artigo 2].\n\n# Artigo 1.º\n\n# Artigo 2\n"
    )
    found = read(text)
    assert found.faults == ()
    assert targets(found) == ["#artigo-1", "#artigo-1", "#artigo-1", "#artigo-2"]


@pytest.mark.parametrize(
    "heading",
    [
        "# Artigo 1.º {#artigo-1.º}",
        "# Um {.a #artigo-1.º lang=pt}",
        '# Um {id="artigo-1.º"}',
        "Artigo 1.º {#artigo-1.º}\n===",
    ],
)
def test_an_identifier_that_the_author_wrote_stays_a_fault(heading: str) -> None:
    faults = read(f"{heading}\n\nTexto.\n").faults
    assert "the id 'artigo-1.º' is not an XML name" in [fault.found for fault in faults]


def test_a_link_to_nowhere_stays_a_fault() -> None:
    (fault,) = read("# Artigo 1.º\n\nVer [isto](#artigo-2.º).\n").faults
    assert "leads nowhere" in fault.found
