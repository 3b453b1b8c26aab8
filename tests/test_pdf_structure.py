"""The structure tree says what the HTML says (ISO 14289-1, 7; ISO 32000-1, 14.8)."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from communique import templates
from communique.checks.reading.pdf_structure import Element, Link
from communique.errors import ToolFailed
from communique.writers.pdf.tagging.tree import Node
from communique.writers.pdf.tagging.write import check
from pdf_pages import BODY, reading, written

HEADINGS = ["H1", "H2", "H3", "H4", "H5", "H6"]


def shape(element: Element) -> object:
    """The roles of an element and all below it, as nested tuples."""
    children = element.children()
    return (element.role, *map(shape, children)) if children else element.role


def body(html: str) -> Element:
    """The Document element of a small page."""
    return reading(html).document


def test_everything_drawn_is_content_or_artifact() -> None:
    whole = reading()
    assert whole.loose == ""
    assert whole.unreached == ()
    assert whole.annotations == sum(len(element.links()) for element in whole.document.walk())


def test_content_and_links_know_their_elements() -> None:
    """The parent tree leads back from every mark and annotation to the element that holds it (14.7.4.4)."""
    with pikepdf.open(io.BytesIO(written())) as opened:
        parents = dict(pikepdf.NumberTree(opened.Root.StructTreeRoot.ParentTree).items())
        marks, links = 0, 0
        for page in opened.pages:
            owners = parents.pop(int(page.StructParents))
            drawn = [
                int(each.operands[1].MCID)
                for each in pikepdf.parse_content_stream(page)
                if str(each.operator) == "BDC" and "/MCID" in each.operands[1]
            ]
            assert sorted(drawn) == list(range(len(owners)))
            assert all(number in numbers(owner, page) for number, owner in enumerate(owners))
            for annotation in page.get("/Annots", []):
                owner = parents.pop(int(annotation.StructParent))
                assert annotation.objgen in {kid.Obj.objgen for kid in kids(owner) if "/Obj" in kid}
                links += 1
            marks += len(drawn)
        assert (parents, links) == ({}, len([link for each in reading().document.walk() for link in each.links()]))
        assert marks > 300


def kids(entry: Any) -> list[Any]:
    """The dictionaries among an element's kids."""
    inside = entry.K if isinstance(entry.K, pikepdf.Array) else [entry.K]
    return [kid for kid in inside if isinstance(kid, pikepdf.Dictionary)]


def numbers(entry: Any, page: Any) -> set[int]:
    """The marks of a page that an element holds."""
    inside = entry.K if isinstance(entry.K, pikepdf.Array) else [entry.K]
    own = {int(kid) for kid in inside if not isinstance(kid, pikepdf.Dictionary) and entry.Pg.objgen == page.objgen}
    return own | {int(kid.MCID) for kid in kids(entry) if "/MCID" in kid and kid.Pg.objgen == page.objgen}


def test_landmarks_are_sections() -> None:
    document = body(
        "<header><p>a</p></header><main><article><section><p>b</p></section></article></main><footer>c</footer>"
    )
    assert shape(document) == ("Document", ("Div", "P"), ("Part", ("Art", ("Sect", "P"))), ("Sect", "P"))


def test_headings_keep_their_levels() -> None:
    assert [element.role for element in reading().document.walk() if element.role in HEADINGS] == [
        *("H1", "H2", "H3", "H2", "H3", "H4", "H5", "H6", "H2", "H2"),
    ]


def test_one_element_for_a_paragraph_over_three_pages() -> None:
    (paragraph,) = [p for p in reading().document.all("P") if p.text().strip().startswith("Sentence 0")]
    assert paragraph.words()[-4:] == ["follows", "the", "rules-based", "order."]
    assert len(paragraph.words()) == 70 * 10


def test_tight_and_loose_and_nested_lists() -> None:
    tight = ("L", ("LI", "Lbl", ("LBody", ("L", ("LI", "Lbl", "LBody")))))
    loose = ("L", ("LI", "Lbl", ("LBody", "P", "P")))
    assert shape(body("<ul><li>a<ul><li>b</li></ul></li></ul>")) == ("Document", tight)
    assert shape(body("<ol><li><p>a</p><p>b</p></li></ol>")) == ("Document", loose)


@pytest.mark.parametrize(
    ("markup", "numbering"),
    [
        ("<ul>", "Disc"),
        ("<ol>", "Decimal"),
        ('<ol type="a">', "LowerAlpha"),
        ('<ol type="A">', "UpperAlpha"),
        ('<ol type="i">', "LowerRoman"),
        ('<ol type="I">', "UpperRoman"),
        ('<ul style="list-style: none">', "None"),
        ("<ul style=\"list-style-type: '– '\">", "None"),
    ],
)
def test_lists_say_how_they_are_numbered(markup: str, numbering: str) -> None:
    (listing,) = body(f"{markup}<li>a</li>").all("L")
    assert listing.attributes["List.ListNumbering"] == numbering


def test_a_list_begins_where_the_html_says() -> None:
    labels = body('<ol start="4"><li>a</li><li value="9">b</li></ol>').all("Lbl")
    assert [label.text().strip() for label in labels] == ["4.", "9."]


def test_definitions_are_labels_and_bodies() -> None:
    document = body("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dt>d</dt><dd><p>e</p></dd><dd>f</dd></dl>")
    items = (("LI", "Lbl", "LBody"), ("LI", "Lbl", "Lbl", ("LBody", "P"), "LBody"))
    assert shape(document) == ("Document", ("L", *items))


def test_a_table_has_its_parts_and_its_caption_inside() -> None:
    (table,) = reading().document.all("Table")
    assert [part.role for part in table.children()] == ["Caption", "THead", "TBody"]
    assert len(table.all("TR")) == 43
    assert [len(row.children()) for row in table.all("TR")][-2:] == [2, 2]


@pytest.mark.parametrize("side", ["top", "bottom"])
def test_the_parts_of_a_table_stand_as_written_though_its_head_is_first_drawn_on_the_second_page(side: str) -> None:
    head = "<caption>C</caption><thead><tr><th>H</th><th>I</th></tr></thead>"
    row = f"<tr><td>{'<p>tall</p>' * 80}</td><td><em>x</em>y</td></tr>"
    whole = reading(
        f"<table>{head}<tbody>{row}</tbody><tfoot><tr><td>F</td><td>G</td></tr></tfoot></table>",
        f"table, tr {{ break-inside: avoid }} caption {{ caption-side: {side} }}",
    )
    (table,) = whole.document.all("Table")
    assert whole.pages > 2
    assert [part.role for part in table.children()] == ["Caption", "THead", "TBody", "TFoot"]
    assert table.words() == ["C", "H", "I", *["tall"] * 80, "xy", "F", "G"]
    assert whole.document.all("TH")[0].attributes["Table.Scope"] == "Column"


def test_header_cells_state_their_scope() -> None:
    cells = reading().document.all("TH")
    assert [cell.attributes["Table.Scope"] for cell in cells] == ["Column"] * 2 + ["Row"] * 41


def test_header_cells_without_scope_head_their_column_or_row() -> None:
    rows = "<thead><tr><th>a</th></tr></thead><tbody><tr><th>b</th></tr></tbody>"
    assert [cell.attributes["Table.Scope"] for cell in body(f"<table>{rows}</table>").all("TH")] == ["Column", "Row"]


def test_cells_state_their_spans() -> None:
    (table,) = reading().document.all("Table")
    spans = [(cell.attributes.get("Table.ColSpan"), cell.attributes.get("Table.RowSpan")) for cell in table.walk()]
    assert [span for span in spans if span != (None, None)] == [(2, None), (None, 2), (2, None)]


HEADS = """<table><thead><tr><th scope="col">State</th><th scope="col" colspan="2">Deed</th></tr>
<tr><td></td><th scope="col">Day</th><th scope="col">Place</th></tr></thead>
<tbody><tr><th scope="row" rowspan="2">Japan</th><td>1 May</td><td>Oslo</td></tr>
<tr><td colspan="2">none</td></tr></tbody></table>
<table><tr><td>no head</td></tr></table>"""


def test_cells_name_the_cells_that_head_them() -> None:
    document = reading(HEADS).document
    heads = {cell.identifier: " ".join(cell.words()) for cell in document.all("TH")}
    assert len(heads) == 5
    named = {
        " ".join(cell.words()): [heads[name] for name in cell.attributes.get("Table.Headers", ())]
        for cell in document.all("TD")
    }
    assert named == {
        "": ["State"],
        "1 May": ["Deed", "Day", "Japan"],
        "Oslo": ["Deed", "Place", "Japan"],
        "none": ["Deed", "Day", "Japan", "Place"],
        "no head": [],
    }


def test_the_names_of_header_cells_are_those_of_one_table() -> None:
    names = [cell.identifier for cell in reading(HEADS + HEADS).document.all("TH")]
    assert len(set(names)) == len(names) == 10


@pytest.mark.parametrize("markup", ["<ul><li></li><li>b</li></ul>", "<ol><li><p>a</p></li><li></li></ol>"])
def test_an_item_without_words_has_a_body_too(markup: str) -> None:
    items = reading(markup).document.all("LI")
    assert [[child.role for child in item.children()] for item in items] == [["Lbl", "LBody"]] * 2


@pytest.mark.parametrize(
    ("kind", "label", "numbering"),
    [("lower-alpha-parens", "(a)", "LowerAlpha"), ("upper-roman-paren", "I)", "UpperRoman")],
)
def test_the_brackets_around_a_number_are_in_its_label(kind: str, label: str, numbering: str) -> None:
    listing = reading(f'<ol class="{kind}"><li>one</li></ol>', templates.read_text("css/base.css")).document.all("L")[0]
    assert listing.all("Lbl")[0].words() == [label]
    assert listing.attributes["List.ListNumbering"] == numbering


def test_an_empty_cell_is_a_cell() -> None:
    assert shape(body("<table><tr><td></td><td>a</td></tr></table>")) == (
        "Document",
        ("Table", ("TBody", ("TR", "TD", "TD"))),
    )


def test_a_repeated_table_head_is_read_once() -> None:
    repeated = [item for item in reading().artifacts if item.properties == {"Type": "/Pagination"}]
    assert [item.text for item in repeated] == ["State", "Deed"] * 2
    assert reading().document.words().count("Deed") == 1


def test_running_heads_and_page_numbers_are_artifacts() -> None:
    whole = reading()
    kinds = {item.properties.get("Subtype"): item.text for item in whole.artifacts if "Subtype" in item.properties}
    assert kinds == {"/Header": "Joint Statement on the Matter of “Words” – a Test", "/Footer": f"{whole.pages} of 8"}
    assert f"{whole.pages} of 8" not in whole.document.text()


def test_lines_and_backgrounds_are_artifacts_of_layout() -> None:
    artifacts = reading("<hr><p style='background: #eee; border: 1pt solid'>a</p>").artifacts
    assert {item.properties["Type"] for item in artifacts if not item.text} == {"/Layout"}


def test_figures_have_alternative_text_and_a_place_on_the_page() -> None:
    html = '<div style="height: 100pt"></div><img src="media/flag.png" alt="A flag" style="width: 40pt; height: 20pt">'
    css = "@page { margin: 50pt } body { margin: 0 } img { display: block }"
    (figure,) = reading(html, css).document.all("Figure")
    assert figure.alternative == "A flag"
    assert figure.attributes["Layout.BBox"] == pytest.approx((50, 595.276 - 170, 90, 595.276 - 150), abs=0.01)
    assert figure.attributes["Layout.Placement"] == "Block"


def test_a_caption_stands_beside_its_figure() -> None:
    html = '<figure><img src="media/flag.png" alt="A flag"><figcaption>One</figcaption></figure>'
    assert shape(body(html)) == ("Document", ("Div", "Figure", "Caption"))


@pytest.mark.parametrize("attributes", ['alt=""', 'alt="a" role="presentation"', 'alt="a" aria-hidden="true"'])
def test_decorative_images_are_artifacts(attributes: str) -> None:
    whole = reading(f'<p>a <img src="media/flag.png" {attributes}> b</p>')
    assert whole.document.all("Figure") == []
    assert whole.document.words() == ["a", "b"]


def test_an_image_without_alternative_text_is_refused() -> None:
    with pytest.raises(ToolFailed, match=r"media/flag\.png has no alternative text"):
        reading('<p><img src="media/flag.png"></p>')


def test_notes_have_their_own_id_and_label() -> None:
    notes = reading().document.all("Note")
    assert [note.identifier for note in notes] == ["fn1", "fn2"]
    assert shape(notes[0]) == ("Note", "P", ("P", "Link", ("Reference", "Link")))
    items = [item for item in reading().document.all("LI") if item.children()[-1].children()[:1] == [notes[0]]]
    assert [[kid.role for kid in item.children()] for item in items] == [["Lbl", "LBody"]]


def test_lists_in_notes_are_no_notes() -> None:
    second = reading().document.all("Note")[1]
    assert [len(second.all(role)) for role in ("Note", "L", "LI")] == [1, 1, 1]


@pytest.mark.parametrize("identifiers", [("a", "a"), ("a", "")])
def test_notes_without_an_id_of_their_own_are_refused(identifiers: tuple[str, str]) -> None:
    document = Node("Document")
    for identifier in identifiers:
        document.add("Note").identifier = identifier
    with pytest.raises(ToolFailed, match="give every note its own id"):
        check(document)


def test_a_link_over_two_lines_is_one_element() -> None:
    (link,) = [link for link in reading().document.all("Link") if link.text().startswith("https://example.org/a/very")]
    assert len(link.links()) == 2
    assert len({each.rectangle for each in link.links()}) == 2
    assert link.text() == link.links()[0].target


def test_links_say_where_they_lead() -> None:
    links = {kid.target: kid for element in reading().document.all("Link") for kid in element.links()}
    assert (
        links["https://undocs.org/A/RES/217(III)"].contents == "Universal Declaration of Human Rights, A/RES/217(III)"
    )
    assert links["second"].contents == "the second section"
    assert links["fn1"].contents == "Note 1"
    assert links["https://example.org/"].contents == "Home"
    assert all(kid.prints for kid in links.values())


def test_links_cover_their_words() -> None:
    (link,) = body('<p style="margin: 0"><a href="https://example.org/">a</a></p>').all("Link")
    (annotation,) = link.links()
    left, bottom, right, top = annotation.rectangle
    assert left < right
    assert bottom < top
    assert annotation.page == 0


def test_links_within_the_document_are_references() -> None:
    document = body('<p id="a"><a href="#a">in</a> <a href="https://example.org/">out</a></p>')
    assert shape(document) == ("Document", ("P", ("Reference", "Link"), "Link"))


def test_markup_inside_a_link_makes_no_second_link() -> None:
    (link,) = body('<p id="a"><a href="#a"><sup>1</sup></a></p>').all("Link")
    assert [type(kid) for kid in link.kids] == [Link, str]


def test_a_link_in_a_running_head_is_none() -> None:
    html = '<p class="run"><a href="https://example.org/">x</a></p><p>y</p>'
    whole = reading(html, ".run { position: running(top) } @page { @top-right { content: element(top) } }")
    assert whole.document.all("Link") == []
    assert whole.document.words() == ["y"]
    assert whole.annotations == 0


def test_other_languages_are_marked_where_they_begin() -> None:
    document = reading().document
    assert document.language == "en"
    marked = [(each.role, each.language) for each in document.walk() if each.language and each is not document]
    assert marked == [("Span", "fr"), ("Span", "el"), ("Span", "uk"), ("BlockQuote", "sq")]


def test_the_language_of_the_whole_is_not_repeated() -> None:
    document = body('<p lang="EN">a <em lang="fr">b <em lang="fr">c</em></em></p>')
    assert shape(document) == ("Document", ("P", "Span"))
    assert [each.language for each in document.walk()] == ["en", "", "fr"]


def test_abbreviations_carry_their_expansion() -> None:
    assert [
        span.expansion for span in body('<p><abbr title="European Union">EU</abbr> <abbr>x</abbr></p>').all("Span")
    ] == ["European Union"]


def test_struck_and_underlined_words_say_so() -> None:
    spans = body("<p><del>a</del><s>b</s><ins>c</ins><u>d</u></p>").all("Span")
    decorations = [span.attributes["Layout.TextDecorationType"] for span in spans]
    assert decorations == ["LineThrough", "LineThrough", "Underline", "Underline"]


def test_bare_words_in_a_group_get_a_paragraph() -> None:
    html = "<blockquote>a <em>b</em> <code>c</code><p>d</p>e</blockquote>"
    quote = ("BlockQuote", ("P", "Code"), "P", "P")
    assert shape(body(html)) == ("Document", quote)


def test_line_blocks_and_code_are_paragraphs() -> None:
    assert shape(body('<div class="line-block">a<br>b</div>')) == ("Document", "P")
    assert shape(body("<pre><code>a\nb</code></pre>")) == ("Document", ("P", "Code"))


def test_the_outline_follows_the_headings() -> None:
    outline = reading().outline
    assert outline[0] == (1, "Joint Statement on the Matter of “Words” – a Test")
    assert [level for level, _ in outline] == [1, 2, 3, 2, 3, 4, 5, 6, 2, 2]


def test_text_that_cannot_be_tagged_is_refused() -> None:
    with pytest.raises(ToolFailed, match="colour instead of opacity"):
        reading('<p style="opacity: 0.5">pale</p>')


def test_the_sample_holds_every_role() -> None:
    roles = {element.role for element in reading().document.walk()}
    rich = "Document Part Art Sect Div P BlockQuote L LI Lbl LBody Table Caption THead TBody TR TH TD Figure Note"
    assert roles >= {*rich.split(), *HEADINGS, "Span", "Code", "Quote", "Link", "Reference"}
    assert BODY.count("<h") > 10
