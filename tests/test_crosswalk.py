"""The crosswalk: every field has its place in every standard, the page prints the table, and the engines obey it."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from lxml import etree

from communique import crosswalk, linked_data
from communique.crosswalk import flat, page, trees
from communique.crosswalk.cells import Cell, fill, parse
from communique.crosswalk.facts import Access, gather
from communique.records import SERIALIZERS, marcxml
from communique.records.edition import Edition
from communique.rendition import Rendition
from communique.statement import Identifier, Statement
from conftest import ROOT
from record_samples import FULL
from samples import statement

FIELDS = {field.name: field for field in crosswalk.fields()}
STANDARDS = crosswalk.standards()
URN = Identifier("urn", "urn:x:1")
ACCESS = Access(
    modes=("textual", "visual"),
    features=("tableOfContents", "readingOrder", "alternativeText"),
    hazards=("none",),
    summary="All.",
    conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    certifier="Board",
    credential="Cred",
    report="https://e.org/r",
    date="2024-01-01",
    sufficient=("textual",),
)
FILES = (
    Rendition("sample.pdf", "application/pdf", b"%PDF"),
    Rendition("sample.epub", "application/epub+zip", b"PK"),
)


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_place_or_a_reason_in_every_standard(name: str) -> None:
    cells = FIELDS[name].cells
    assert set(cells) == set(STANDARDS)
    for standard, each in cells.items():
        assert each, standard
        assert all(cell.place or cell.elsewhere or len(cell.reason.split()) > 2 for cell in each), standard
        assert len(each) == 1 or all(cell.place for cell in each), standard


@pytest.mark.parametrize("name", FIELDS)
def test_what_stands_with_another_field_does_stand_there(name: str) -> None:
    """A cell "with X" leads to a place of X, whose template asks for this value or for one made of it."""
    for standard, cells in FIELDS[name].cells.items():
        for cell in cells:
            if cell.elsewhere:
                assert all(other.place for other in FIELDS[cell.elsewhere].cells[standard]), standard


def test_every_field_of_a_statement_is_in_the_table() -> None:
    """All but those that are the text itself, or say how it is set."""
    of_the_text = {"slug", "path", "body", "body_line", "blocks", "terms", "media", "inherited"}
    named = {field.name for field in dataclasses.fields(Statement)} - of_the_text
    assert named <= {field.group for field in crosswalk.fields()}


def test_every_value_in_the_table_is_one_that_the_facts_have() -> None:
    """A name in braces that nothing fills would leave its place empty for ever."""
    full = gather(FULL, FILES, ACCESS)
    two = gather(dataclasses.replace(FULL, language="fr"), FILES, ACCESS)
    three = gather(dataclasses.replace(FULL, language="sq"), FILES, ACCESS)
    for field in crosswalk.fields():
        rows = [row for facts in (full, two, three) for row in facts[field.group]]
        known = {name for row in [*rows, full["record"][0], full["codes"][0]] for name in row}
        asked = {
            name
            for cells in field.cells.values()
            for cell in cells
            for name in re.findall(r"\{(\w+)\}", cell.place + cell.template)
        }
        assert asked <= known, field.name
        assert field.key in known, field.name


def test_names_in_places_are_those_that_cannot_break_a_path() -> None:
    places = {
        name for field in FIELDS.values() for cells in field.cells.values() for cell in cells
        for name in re.findall(r"\{(\w+)\}", cell.place)
    }  # fmt: skip
    assert places <= {"language", "entry", "translated", "two", "bibliographic"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_place_is_written_for_some_statement(standard: str) -> None:
    """With all fields in three editions, every cell of the table writes something somewhere."""
    written = set()
    alone: list[dict[str, Any]] = [{"identifiers": (each,)} for each in (*FULL.identifiers, URN)]
    others: list[dict[str, Any]] = [{}, {"language": "fr"}, {"language": "ar"}, {"identifiers": ()}]
    for changes in [*others, *alone]:
        facts = gather(dataclasses.replace(FULL, **changes), FILES, ACCESS)
        written |= {write.cell.text for write in crosswalk.writes(standard, facts)}
    rights = dataclasses.replace(FULL.rights, uri="http://rightsstatements.org/vocab/CNE/1.0/")
    facts = gather(dataclasses.replace(FULL, rights=rights), FILES, ACCESS)
    written |= {write.cell.text for write in crosswalk.writes(standard, facts)}
    wanted = {cell.text for field in FIELDS.values() for cell in field.cells[standard] if cell.place}
    assert wanted - written == set()


def test_the_page_is_current() -> None:
    """`python scripts/crosswalk.py` writes it."""
    assert (ROOT / "docs" / "crosswalk.md").read_text(encoding="utf-8") == page.page(
        [each.name() for each in SERIALIZERS]
    )


def test_the_page_names_every_field_and_every_place() -> None:
    text = page.page([])
    assert [line[3:] for line in text.splitlines() if line.startswith("## ")] == ["Standards", *FIELDS]
    places = [cell.text for field in FIELDS.values() for cells in field.cells.values() for cell in cells if cell.place]
    assert [place for place in places if f"`{place}`" not in text or "|" in place] == []


# Cells.

CELLS = {
    "name": Cell("name", "name", "{key}"),
    "a/b+[@c=d e]": Cell("a/b+[@c=d e]", "a/b+[@c=d e]", "{key}"),
    "a[].b={x} y": Cell("a[].b={x} y", "a[].b", "{x} y"),
    'a (joined by ", ")': Cell('a (joined by ", ")', "a", "{key}", ", "),
    'a={{{x}}} (joined by " and ")': Cell('a={{{x}}} (joined by " and ")', "a", "{{{x}}}", " and "),
    '341 0_ $b={x} (parted by ", ")': Cell('341 0_ $b={x} (parted by ", ")', "341 0_ $b", "{x}", None, ", "),
    "/@a=b=c": Cell("/@a=b=c", "/@a", "b=c"),
    "- no place for it": Cell("- no place for it", reason="no place for it"),
    "with other": Cell("with other", elsewhere="other"),
}


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_is_read(text: str) -> None:
    assert parse(text, "key") == CELLS[text]


@pytest.mark.parametrize("text", ["", "=x", "[@a=b"])
def test_what_is_no_cell_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a cell"):
        parse(text, "key")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{a}", "A"),
        ("{b}", ""),
        ("{a} {b}", "A"),
        ("{b} bytes", ""),
        ("plain", "plain"),
        ("{{{a}}}", "{A}"),
        ("{{{b}}}", ""),
        ("{c}", "{a}"),
        ("{d}", "D"),
    ],
)
def test_a_template_is_filled(template: str, text: str) -> None:
    """What stands in a value is never taken for a name; a layer counts before those behind it."""
    assert fill(template, [{"a": "A", "b": "", "c": "{a}"}, {"a": "no", "d": "D"}]) == text


# The engines.


def test_two_cells_for_one_place_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one value would take from another is never lost in silence."""
    title, short = FIELDS["title"], FIELDS["short_title"]
    same = [dataclasses.replace(short, cells={**short.cells, **title.cells}), title]
    monkeypatch.setattr(crosswalk, "fields", lambda: tuple(same))
    facts = gather(FULL)
    for call in (
        lambda: trees.xml("dublin-core", facts),
        lambda: trees.mapping("csl-json", facts),
        lambda: marcxml.serialize(Edition(FULL, ())),
    ):
        with pytest.raises(ValueError, match="written twice"):
            call()


def test_what_is_parted_stands_in_elements_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two values with the same number stand together; "+2" begins others than "+"."""
    features = FIELDS["accessibility.features"]
    cells = ['a+/b={features} (parted by ", ")', 'a+/c={features} (parted by ", ")', "a+/d", "a+2/e"]
    field = dataclasses.replace(features, cells={"onix": tuple(parse(text, features.key) for text in cells)})
    monkeypatch.setattr(crosswalk, "fields", lambda: (field,))
    said = dataclasses.replace(ACCESS, features=ACCESS.features[:2])
    root = etree.fromstring(trees.xml("onix", gather(FULL, FILES, said)))
    found = [[(etree.QName(child).localname, child.text) for child in each] for each in root]
    both = "tableOfContents, readingOrder"
    assert found == [
        [("b", "tableOfContents"), ("c", "tableOfContents")],
        [("b", "readingOrder"), ("c", "readingOrder")],
        [("d", both)],
        [("e", both)],
    ]


def test_what_does_not_fit_its_positions_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    day = FIELDS["date"]
    short = dataclasses.replace(day, cells={**day.cells, "marcxml": (parse("008/07-14={year}", "value"),)})
    monkeypatch.setattr(crosswalk, "fields", lambda: (short,))
    with pytest.raises(ValueError, match="does not fit 008/07-14"):
        marcxml.serialize(Edition(FULL, ()))


def test_what_is_not_known_has_no_place() -> None:
    least = gather(statement())
    assert {write.place for write in crosswalk.writes("csl-json", least)} == {
        *("id", "type", "genre", "title", "author[].literal", "issued.date-parts", "publisher", "language"),
    }


def test_names_and_values_come_in_the_order_of_the_standard() -> None:
    pairs = flat.pairs("bag-info", gather(FULL))
    assert [name for name, _ in pairs][:3] == ["Source-Organization", "External-Description", "Bagging-Date"]
    assert [value for name, value in pairs if name == "External-Identifier"] == [
        "https://doi.org/10.1234/all", "A/TEST/1", "https://example.org/all", "urn:isbn:9789210000000", "box 7",
        "https://doi.org/10.1234/all.2", "S/TEST/1", FULL.version_urn,
    ]  # fmt: skip


def test_fields_of_dspace_are_those_of_its_registries() -> None:
    """dc as in DSpace's dublin-core-types.xml; dcterms are the terms of DCMI."""
    registries = {
        "dc": "title title.alternative contributor.author type date.issued description.version description.abstract"
        " description language.iso publisher subject coverage.spatial identifier.doi identifier.uri"
        " identifier.govdoc identifier.other source.uri rights rights.uri format.mimetype"
        " relation.isversionof relation.replaces",
        "dcterms": "modified references provenance rightsHolder conformsTo",
    }
    known = {f"{schema}.{name}" for schema, names in registries.items() for name in names.split()}
    cells = [cell for field in FIELDS.values() for cell in field.cells["saf"] if cell.place]
    assert {cell.place.partition("@")[0] for cell in cells} == known


def test_columns_of_archivematica_are_dublin_core() -> None:
    cells = [cell for field in FIELDS.values() for cell in field.cells["archivematica"] if cell.place]
    assert all(re.fullmatch(r"(dc|dcterms)\.[a-zA-Z]+", cell.place) for cell in cells)


def test_the_page_of_a_statement_needs_no_table_of_languages() -> None:
    """The codes of ISO 639 are slow to load, and linked data has none."""
    import subprocess
    import sys

    code = (
        "import sys; sys.path.insert(0, 'tests'); from samples import statement; from communique import linked_data;"
        "linked_data.describe(statement()); sys.exit('iso639' in sys.modules or 'pycountry' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_linked_data_is_the_record_without_its_files() -> None:
    described: dict[str, Any] = linked_data.describe(FULL)
    assert described == trees.mapping("schema-org", gather(FULL))
    assert "encoding" not in described
