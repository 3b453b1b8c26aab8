"""The check of tagged PDFs finds each fault it has a rule for, put into a good file, and nothing in the good files.

`broken/reading-order.pdf` is the PDF of `samples.statement("One.\\n\\nTwo.")` whose structure has the second paragraph
before the first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

import samples
from communique.checks import pdf as pdf_checks
from communique.checks.check import judge
from communique.checks.pdf_rules import CHECK
from communique.checks.publication import Publication
from communique.checks.verdict import Result, Severity
from communique.doctor import places
from communique.document import annotate
from communique.writers import paper
from press_pages import MASTERS, document

BROKEN = Path(__file__).parent / "broken" / "reading-order.pdf"
Change = Callable[[Pdf], Any]


@cache
def good() -> bytes:
    """The PDF of the master with every construct."""
    (content,) = paper.write_all(document("sink")).values()
    return content


def judged(folder: Path, files: dict[str, bytes]) -> list[Result]:
    """What the check says of some files of the statement "x"."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return judge({CHECK.name: CHECK}, [Publication("x", folder, None)], places(), lambda _: None)


def changed(change: Change) -> bytes:
    with Pdf.open(io.BytesIO(good())) as pdf:
        change(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer, static_id=True)
    return buffer.getvalue()


def elements(pdf: Pdf, role: str) -> list[Any]:
    """The structure elements of a role, in the order in which they are read."""
    return [element for element in _walk(pdf.Root.StructTreeRoot.K) if str(element.S) == f"/{role}"]


def _walk(entry: Any) -> Iterator[Any]:
    if isinstance(entry, Array):
        for kid in entry:
            yield from _walk(kid)
    elif isinstance(entry, Dictionary) and "/S" in entry:
        yield entry
        yield from _walk(entry.get("/K", Array()))


def renamed(role: str, number: int, other: str) -> Change:
    """Make another element of the one of a role."""
    return lambda pdf: elements(pdf, role)[number].__setitem__("/S", Name(f"/{other}"))


def swapped(role: str, first: int, second: int, number: int = 0) -> Change:
    """Exchange two kids of an element."""

    def change(pdf: Pdf) -> None:
        element = elements(pdf, role)[number]
        kids = list(element.K)
        kids[first], kids[second] = kids[second], kids[first]
        element.K = Array(kids)

    return change


def set_on(role: str, number: int, key: str, value: Any) -> Change:
    """Give an element another entry; None takes it away."""

    def change(pdf: Pdf) -> None:
        element = elements(pdf, role)[number]
        if value is None:
            del element[key]
        else:
            element[key] = value

    return change


def drawn(pattern: bytes, instead: bytes, page: int = 0) -> Change:
    """Exchange the first piece of what a page draws."""

    def change(pdf: Pdf) -> None:
        sheet = pdf.pages[page]
        sheet.contents_coalesce()
        content, count = re.subn(pattern, instead, sheet.Contents.read_bytes(), count=1, flags=re.DOTALL)
        assert count
        sheet.Contents = pdf.make_stream(content)

    return change


def bookmarks(change: Callable[[list[OutlineItem]], Any]) -> Change:
    def changed(pdf: Pdf) -> None:
        with pdf.open_outline() as outline:
            change(outline.root)

    return changed


def mapped(pattern: bytes, instead: bytes) -> Change:
    """Change the characters of the letters of all fonts."""

    def change(pdf: Pdf) -> None:
        fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
        for font in fonts.values():
            table = re.sub(pattern, instead, font.ToUnicode.read_bytes())
            font.ToUnicode = pdf.make_stream(table)

    return change


def a_link(pdf: Pdf) -> Any:
    return next(kid.Obj for kid in elements(pdf, "Link")[0].K if "/Obj" in kid)


def without_annotation(pdf: Pdf) -> None:
    link = elements(pdf, "Link")[0]
    link.K = Array([kid for kid in link.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def without_areas(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page:
            del page["/Annots"]


def on_another_page(pdf: Pdf) -> None:
    first, second = pdf.pages[0], pdf.pages[1]
    moved = next(each for each in first.Annots if each.objgen == a_link(pdf).objgen)
    first.Annots = Array([each for each in first.Annots if each.objgen != moved.objgen])
    second.Annots = Array([*second.get("/Annots", Array()), moved])


def unread_link(pdf: Pdf) -> None:
    pdf.pages[0].Annots.append(pdf.make_indirect(Dictionary(a_link(pdf))))


def without_headers(pdf: Pdf) -> None:
    for cell in (*elements(pdf, "TD"), *elements(pdf, "TH")):
        if "/A" in cell:
            del cell["/A"]


def emptied(role: str, number: int) -> Change:
    return set_on(role, number, "/K", Array())


def greek_as_french(pdf: Pdf) -> None:
    greek = next(each for each in _walk(pdf.Root.StructTreeRoot.K) if each.get("/Lang") == "el")
    greek.Lang = String("fr")


def items_as_paragraphs(pdf: Pdf) -> None:
    for item in elements(pdf, "L")[0].K:
        item.S = Name.P


def read_twice(pdf: Pdf) -> None:
    caption = elements(pdf, "Caption")[0]
    caption.K.append(caption.K[0])


HEADERS = Dictionary(O=Name.Table, Headers=Array([String("gone")]))
FOOTER = rb"/Artifact\s*<<[^>]*/Footer[^>]*>>"
WORDS = rb"(/MCID 5>>\s*BDC.*?)1 0 0 -1 [\d.]+ ([\d.]+) Tm"
MARKED = rb"(/Span\s*<</MCID 9>>\s*BDC)(.*?)EMC"
SMALL = (rb"(/MCID 9>>\s*BDC.*?) ([\d.]+) Tf", rb"\1 5 Tf")

MUTATIONS: dict[str, tuple[set[str], Change]] = {
    "paragraphs exchanged": ({"reading-order"}, lambda pdf: _exchange(pdf, "P", 2)),
    "sections exchanged": ({"order-of-pages", "bookmark-differs"}, lambda pdf: _exchange(pdf, "Sect")),
    "words exchanged": ({"reading-order"}, swapped("P", 0, 2, 3)),
    "rows exchanged": ({"reading-order"}, swapped("TBody", 0, 1)),
    "cells exchanged": ({"order-of-cells"}, swapped("TR", 0, 1, 1)),
    "items exchanged": ({"reading-order"}, swapped("L", 0, 1, 1)),
    "notes exchanged": ({"reading-order"}, lambda pdf: _exchange(pdf, "Note")),
    "paragraph left out": ({"content-not-in-tree"}, emptied("Caption", 0)),
    "no structure": ({"content-not-in-tree"}, lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "read twice": ({"content-twice"}, read_twice),
    "content that is not there": ({"content-missing"}, lambda pdf: elements(pdf, "Caption")[0].K.append(4711)),
    "number used twice": ({"content-twice", "content-missing"}, drawn(rb"/MCID 9>>", b"/MCID 8>>")),
    "words without a mark": ({"content-not-in-tree", "content-missing"}, drawn(MARKED, rb"\2")),
    "heading jumps": ({"heading-jump", "bookmark-differs"}, renamed("H3", 0, "H4")),
    "no title": ({"heading-of-title", "heading-jump", "bookmark-differs"}, renamed("H1", 0, "P")),
    "two titles": ({"heading-of-title", "heading-jump", "bookmark-differs"}, renamed("H2", 0, "H1")),
    "heading without words": ({"heading-empty", "bookmark-differs", "content-not-in-tree"}, emptied("H3", 0)),
    "bookmark with other words": ({"bookmark-differs"}, bookmarks(lambda items: setattr(items[0], "title", "Draft"))),
    "bookmark gone": ({"bookmark-differs"}, bookmarks(lambda items: items[0].children.pop())),
    "bookmark of another level": ({"bookmark-differs"}, bookmarks(lambda items: items.append(items[0].children.pop()))),
    "item without body": ({"list-item-without-body"}, renamed("LBody", 0, "P")),
    "items without a list": ({"list-item-alone"}, renamed("L", 0, "Div")),
    "list without items": ({"list-empty"}, items_as_paragraphs),
    "label behind its item": ({"list-label-late", "reading-order"}, swapped("LI", 0, 1, 8)),
    "header that is not there": ({"table-header-missing"}, set_on("TD", 0, "/A", HEADERS)),
    "no headers at all": ({"table-cell-without-header"}, without_headers),
    "empty header cell": ({"table-header-empty", "content-not-in-tree"}, emptied("TH", 1)),
    "language that is none": ({"language-invalid"}, set_on("Span", 0, "/Lang", String("x-none"))),
    "Greek marked as French": ({"language-of-words"}, greek_as_french),
    "file name for a description": ({"alt-text-file-name"}, set_on("Figure", 0, "/Alt", String("flag.png"))),
    "description that says nothing": ({"alt-text-says-nothing"}, set_on("Figure", 0, "/Alt", String("Image 2"))),
    "empty description": ({"alt-text-empty"}, set_on("Figure", 0, "/Alt", String(" "))),
    "link without description": ({"alt-text-empty"}, lambda pdf: a_link(pdf).__setitem__("/Contents", String(""))),
    "link beside its words": ({"link-misplaced"}, lambda pdf: a_link(pdf).__setitem__("/Rect", Array([0, 0, 9, 9]))),
    "link that leads nowhere": ({"link-dead", "link-not-in-tree"}, without_annotation),
    "link that its page lacks": ({"link-dead"}, without_areas),
    "link of another page": ({"link-dead"}, on_another_page),
    "link that is not read": ({"link-not-in-tree"}, unread_link),
    "letters of private use": ({"character-private", "bookmark-differs"}, mapped(rb"> <0065>", b"> <e065>")),
    "letters without a character": ({"character-unknown", "bookmark-differs"}, mapped(rb"<[0-9a-f]{4}> <0065>\n", b"")),
    "small type": ({"text-small"}, drawn(*SMALL)),
    "type with no ink": ({"text-unseen"}, drawn(rb"(/MCID 5>>\s*BDC\s*BT)", rb"\1 3 Tr")),
    "words beyond the page": ({"text-unseen"}, drawn(WORDS, rb"\g<1>1 0 0 -1 -900 \2 Tm")),
    "words that are not read": (
        {"artifact-with-words", "content-missing"},
        drawn(rb"/Span\s*<</MCID 9>>", b"/Artifact <</Type /Pagination>>"),
    ),
    "words as decoration": ({"artifact-with-words"}, drawn(FOOTER, b"/Artifact <</Type /Layout>>")),
}


def _exchange(pdf: Pdf, role: str, number: int = 0) -> None:
    """Exchange what two elements of a role hold, one after the other."""
    one, other = elements(pdf, role)[number : number + 2]
    one.K, other.K = other.K, one.K


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_fault_is_found(name: str, tmp_path: Path) -> None:
    rules, change = MUTATIONS[name]
    (result,) = judged(tmp_path, {"x.pdf": changed(change)})
    assert not result.unchecked
    assert {finding.rule for finding in result.findings} == rules


def test_every_rule_has_a_fault() -> None:
    folder = Path(pdf_checks.__file__).parent
    named = {rule for file in folder.glob("*.py") for rule in re.findall(r'Remark\(\s*"([a-z-]+)"', file.read_text())}
    assert set().union(*(rules for rules, _ in MUTATIONS.values())) | {"link-without-words"} == named


def clean(folder: Path, least: int) -> None:
    publications = [Publication(each.name, each, None) for each in sorted(folder.iterdir()) if each.is_dir()]
    results = judge({CHECK.name: CHECK}, publications, places(), lambda _: None)
    assert len(results) >= least
    assert [(result.path, result.findings, result.unchecked) for result in results if result.verdict != "passed"] == []


def test_every_pdf_is_clean(built: Path) -> None:
    clean(built, 12)


@pytest.mark.judge
def test_every_language_is_clean(declared: Path) -> None:
    clean(declared, 36)


def test_a_table_whose_head_is_read_where_it_is_repeated_is_in_order(tmp_path: Path) -> None:
    rows = ["| A | B |", "|---|---|", f"| {'long ' * 1500} | short |", "| x | y |"]
    (whole,) = paper.write_all(annotate(samples.statement("\n".join(rows)))).values()
    (result,) = judged(tmp_path, {"x.pdf": whole})
    assert (result.unchecked, result.findings) == ("", ())


def test_a_small_picture_is_in_order_before_its_caption(tmp_path: Path) -> None:
    flag = MASTERS["sink"] / "media" / "flag.png"
    sample = samples.statement("- ![A flag](media/flag.png){width=4%}", media={"media/flag.png": flag.read_bytes()})
    written = paper.write_all(annotate(sample), ("ua1+a2a", "ua2+a4f"))
    results = judged(tmp_path, dict(zip(("x.pdf", "x.ua2+a4f.pdf"), written.values(), strict=True)))
    assert [(result.unchecked, result.findings) for result in results] == [("", ()), ("", ())]


def test_the_bookmark_of_a_heading_has_no_mark_of_a_note(tmp_path: Path) -> None:
    sample = samples.statement("# Part one[^h]\n\nText.\n\n# [Part two](https://example.org/)\n\n[^h]: A note.")
    written = paper.write_all(annotate(sample), ("ua1+a2a", "ua2+a4f"))
    results = judged(tmp_path, dict(zip(("x.pdf", "x.ua2+a4f.pdf"), written.values(), strict=True)))
    assert [(result.unchecked, result.findings) for result in results] == [("", ()), ("", ())]


def test_a_file_read_in_the_wrong_order_is_rejected_for_that_alone(tmp_path: Path) -> None:
    (whole,) = paper.write_all(annotate(samples.statement("One.\n\nTwo."))).values()
    results = judged(tmp_path, {"x.pdf": BROKEN.read_bytes(), "x.en.pdf": whole})
    found = {result.path: {finding.rule for finding in result.findings} for result in results}
    assert found == {"x.en.pdf": set(), "x.pdf": {"reading-order"}}
    (finding,) = results[1].findings
    assert (finding.location, finding.severity) == ("page 1", Severity.ERROR)
    assert finding.message == "“One.” is read after “Two.” and stands above it"


def test_large_print_must_be_large(tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"x.large.pdf": good()})
    assert {finding.rule for finding in result.findings} == {"text-small"}


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"PK\x03\x04", good()[:20000]], ids=["empty", "head", "ZIP", "torn"]
)
def test_what_is_no_pdf_is_named_in_one_line(content: bytes, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"x.pdf": content})
    assert result.findings
    assert all("\n" not in finding.message for finding in result.findings)


def endless(pdf: Pdf) -> None:
    section = elements(pdf, "Sect")[0]
    section.K = Array([*section.K, section])


def deep(pdf: Pdf) -> None:
    inner = pdf.make_indirect(Dictionary(S=Name.Div, K=Array()))
    for _ in range(5000):
        inner = pdf.make_indirect(Dictionary(S=Name.Div, K=inner))
    elements(pdf, "Art")[0].K.append(inner)


@pytest.mark.parametrize("change", [endless, deep, set_on("TD", 0, "/K", Name.Strange)], ids=["endless", "deep", "odd"])
def test_a_strange_tree_is_unchecked_and_says_why(change: Change, tmp_path: Path) -> None:
    files = {"x.pdf": changed(change), "x.fr.pdf": good()}
    other, result = judged(tmp_path, files)
    assert "cannot be read to its end" in result.unchecked
    assert (other.verdict, other.findings) == ("passed", ())
