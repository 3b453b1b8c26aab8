"""The three conformance targets: what sets them apart, and what veraPDF says of them."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from communique.checks.judges import verapdf
from communique.checks.reading.pdf_structure import Element, Reading, info, packet, read
from communique.writers import pdf
from communique.writers.attachment import RECORD, SOURCE, Attachment
from communique.writers.pdf import PROFILES, layout
from pdf_pages import CSS, FACTS, MEDIA, RICH, page

PDF_2 = "http://iso.org/pdf2/ssn"
MASTER = Attachment("statement.md", "text/markdown", b"# The text\n", SOURCE, "The text as it was written")
RECORDS = (
    Attachment("schema-org.jsonld", "application/ld+json", b"{}", RECORD, "What is said about the text"),
    Attachment("données.xml", "application/xml", b"<a/>", RECORD, "What is said about the text"),
)
CARRIED = (MASTER, *RECORDS)
FLAGS = {
    "ua1+a2a": ("ua1", "2a"),
    "ua1+a3a": ("ua1", "3a"),
    "ua2+a4f": ("ua2", "4f"),
}
TOC = """<h1>Text</h1><nav role="doc-toc"><h2>Contents</h2><ol>
<li><a href="#one">One</a><ol><li><a href="#two">Two</a></li></ol></li>
</ol></nav><h2 id="one">One</h2><p>a</p><h3 id="two">Two</h3><p>b</p>"""


@cache
def files(body: str = "") -> dict[str, bytes]:
    """The rich page, or one around a body, for every profile."""
    source = pdf.Source(page(body) if body else RICH, CSS, MEDIA)
    return pdf.write_all(source, FACTS, tuple(PROFILES), CARRIED)


@cache
def reading(profile: str, body: str = "") -> Reading:
    return read(files(body)[profile])


def by_number(document: Element) -> dict[int, Element]:
    """All elements by their object number."""
    return {element.number: element for element in document.walk()}


@pytest.mark.judge
def test_both_standards_of_every_profile_are_met(tmp_path: Path) -> None:
    for name in ("", TOC, QUOTING, "<p>a</p>"):
        for profile, content in files(name).items():
            (tmp_path / f"{len(name)}.{profile}.pdf").write_bytes(content)
    assert FLAGS.keys() == PROFILES.keys()
    for profile, flags in FLAGS.items():
        made = sorted(tmp_path.glob(f"*.{profile}.pdf"))
        assert len(made) == 4
        for flag in flags:
            assert verapdf.under(flag).findings(made) == (), (profile, flag)


@pytest.mark.judge
def test_a_profile_is_no_other(tmp_path: Path) -> None:
    """The verdicts above would mean nothing if veraPDF took any file for any profile."""
    for profile, content in files().items():
        (tmp_path / f"{profile}.pdf").write_bytes(content)
    assert verapdf.under("ua2").findings([tmp_path / "ua1+a2a.pdf"]) != ()
    assert verapdf.under("4f").findings([tmp_path / "ua1+a3a.pdf"]) != ()
    assert verapdf.under("ua1").findings([tmp_path / "ua2+a4f.pdf"]) != ()


def test_files_written_from_one_layout_are_as_those_written_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    layouts = []
    lay_out = layout.lay_out

    def counted(*arguments: Any) -> Any:
        layouts.append(arguments)
        return lay_out(*arguments)

    monkeypatch.setattr(layout, "lay_out", counted)
    source = pdf.Source(RICH, CSS, MEDIA)
    together = pdf.write_all(source, FACTS, tuple(PROFILES), CARRIED)
    assert len(layouts) == 1
    for profile in PROFILES:
        assert pdf.write_all(source, FACTS, (profile,), CARRIED)[profile] == together[profile]


def test_every_profile_says_the_same_words() -> None:
    first, *others = (reading(profile).document.words() for profile in PROFILES)
    assert len(first) > 500
    assert [other == first for other in others] == [True, True]


@pytest.mark.parametrize(
    ("profile", "claims"),
    [
        ("ua1+a2a", ["pdfaid:part 2", "pdfaid:conformance A", "pdfuaid:part 1"]),
        ("ua1+a3a", ["pdfaid:part 3", "pdfaid:conformance A", "pdfuaid:part 1"]),
        (
            "ua2+a4f",
            ["pdfaid:part 4", "pdfaid:rev 2020", "pdfaid:conformance F", "pdfuaid:part 2", "pdfuaid:rev 2024"],
        ),
    ],
)
def test_each_profile_claims_its_own_standards_and_no_other(profile: str, claims: list[str]) -> None:
    found = [
        f"{element.prefix}:{etree.QName(element).localname} {element.text}"
        for element in packet(files()[profile]).iter()
        if element.prefix in {"pdfaid", "pdfuaid"}
    ]
    assert found == claims


def test_only_pdf_2_goes_without_an_info_dictionary() -> None:
    assert info(files()["ua1+a3a"])["/Title"] == FACTS.title
    with pikepdf.open(io.BytesIO(files()["ua2+a4f"])) as opened:
        assert "/Info" not in opened.trailer
        assert opened.pdf_version == "2.0"


@pytest.mark.parametrize("profile", ["ua1+a3a", "ua2+a4f"])
def test_master_and_records_are_carried_once_each(profile: str) -> None:
    with pikepdf.open(io.BytesIO(files()[profile])) as opened:
        named = list(pikepdf.NameTree(opened.Root.Names.EmbeddedFiles).items())
        associated = list(opened.Root.AF)
        assert [entry.objgen for _, entry in named] == [entry.objgen for entry in associated]
        found = {
            (
                str(entry.UF),
                str(entry.EF.F.Subtype),
                entry.EF.F.read_bytes(),
                str(entry.AFRelationship)[1:],
                str(entry.Desc),
            )
            for entry in associated
        }
        assert found == {
            (each.name, f"/{each.media_type}", each.content, each.relationship, each.description) for each in CARRIED
        }
        for entry in associated:
            facts, content = entry.EF.F.Params, entry.EF.F.read_bytes()
            assert (int(facts.Size), bytes(facts.CheckSum)) == (len(content), hashlib.md5(content).digest())
            assert str(facts.ModDate) == "D:20231215"


def test_pdf_a_2_carries_nothing() -> None:
    with pikepdf.open(io.BytesIO(files()["ua1+a2a"])) as opened:
        assert "/AF" not in opened.Root
        assert "/EmbeddedFiles" not in opened.Root.Names


def test_types_of_pdf_2_are_in_its_namespace_and_the_others_are_not() -> None:
    spaces = {(element.role, element.namespace) for element in reading("ua2+a4f").document.walk()}
    assert {("Document", PDF_2), ("FENote", PDF_2), ("Em", PDF_2), ("Strong", PDF_2), ("Figure", PDF_2)} <= spaces
    assert {("BlockQuote", ""), ("Code", ""), ("Quote", "")} <= spaces
    assert len({role for role, _ in spaces}) == len(spaces)
    assert {element.namespace for element in reading("ua1+a2a").document.walk()} == {""}


def test_notes_and_their_marks_refer_to_each_other() -> None:
    document = reading("ua2+a4f").document
    known = by_number(document)
    notes = document.all("FENote")
    assert [note.attributes["FENote.NoteType"] for note in notes] == ["Endnote", "Endnote"]
    assert not document.all("Note")
    for number, note in enumerate(notes, 1):
        (mark,) = (known[each] for each in note.references)
        assert (mark.role, mark.words(), mark.references) == ("Link", [str(number)], (note.number,))


def test_links_inside_the_document_lead_to_elements() -> None:
    document = reading("ua2+a4f").document
    known = by_number(document)
    led = {
        link.target: known[link.element].role for element in document.walk() for link in element.links() if link.element
    }
    assert led == {"second": "Sect", "fn1": "FENote", "fn2": "FENote", "fnref1": "Link", "fnref2": "Link"}


@pytest.mark.parametrize("profile", PROFILES)
def test_outline_items_name_their_headings(profile: str) -> None:
    known = by_number(reading(profile).document)
    with pikepdf.open(io.BytesIO(files()[profile])) as opened:
        item: Any = opened.Root.Outlines.First
        found = []
        while item is not None:
            heading = known[item.SE.objgen[0]]
            found.append((str(item.Title), " ".join(heading.words())))
            if profile == "ua2+a4f":
                assert item.A.SD[0].objgen == item.SE.objgen
                assert "/Dest" not in item
            item = item.get("/First") or item.get("/Next") or item.Parent.get("/Next")
    assert len(found) > 3
    assert all(title == words for title, words in found)


QUOTING = """<table><thead><tr><th><blockquote><p>a</p></blockquote></th><th>b</th></tr></thead><tbody>
<tr><td><blockquote><p>c</p><blockquote><p>d</p></blockquote></blockquote></td><td><p>e</p></td></tr>
<tr><td><div lang="fr"><blockquote><p>f</p></blockquote></div></td>
<td><p>g</p><ul><li><blockquote><p>h</p></blockquote></li></ul><blockquote><p>i</p></blockquote></td></tr>
</tbody></table><blockquote><p>k</p></blockquote>"""


def around_quotations(profile: str) -> list[tuple[str, str]]:
    """The type of what holds each quotation, and its words."""
    held = ((each.role, kid) for each in reading(profile, QUOTING).document.walk() for kid in each.children())
    return [(role, " ".join(kid.words())) for role, kid in held if kid.role == "BlockQuote"]


def test_a_quotation_in_a_cell_stands_in_a_section_in_pdf_2() -> None:
    words = ["a", "c d", "d", "f", "h", "i", "k"]
    found = around_quotations("ua2+a4f")
    assert sorted(found, key=lambda each: words.index(each[1])) == [
        *zip(("Sect", "Sect", "BlockQuote", "Sect", "LBody", "Sect", "Document"), words, strict=True)
    ]
    assert "Sect" not in {role for role, _ in around_quotations("ua1+a2a")}


def test_a_figure_holds_its_caption_in_pdf_2() -> None:
    figure = reading("ua2+a4f").document.all("Figure")[0]
    assert figure.alternative == "A red disc on white"
    assert [child.role for child in figure.children()] == ["Caption"]
    assert "Layout.BBox" in figure.attributes


@pytest.mark.parametrize(
    ("markup", "one", "two"),
    [
        ("<ul style=\"list-style-type: '–  '\"><li>a</li></ul>", "None", "Unordered"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "None", "Description"),
        ("<ol><li>a</li></ol>", "Decimal", "Decimal"),
        ('<ul style="list-style: none"><li>a</li></ul>', "None", "None"),
    ],
)
def test_lists_are_numbered_as_each_version_says(markup: str, one: str, two: str) -> None:
    found = [reading(each, markup).document.all("L")[0].attributes for each in ("ua1+a2a", "ua2+a4f")]
    assert [each["List.ListNumbering"] for each in found] == [one, two]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_table_of_contents_is_one(profile: str) -> None:
    document = reading(profile, TOC).document
    (outer, inner) = document.all("TOC")
    assert [child.role for child in outer.children()] == ["TOCI"]
    assert inner in list(outer.walk())
    items = document.all("TOCI")
    assert [item.all("Reference")[0].all("Link")[0].words() for item in items] == [["One"], ["Two"]]
    if profile == "ua2+a4f":
        known = by_number(document)
        assert [[known[each].role for each in item.references] for item in items] == [["H2"], ["H3"]]
