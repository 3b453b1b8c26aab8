"""Words that are planted or hidden: added where a reader does not look, or taken out of sight, in every format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

import small_statement as small
from communique.build import Plan, build
from communique.checks.check import judge
from communique.checks.publication import Publication
from communique.checks.verdict import Verdict
from communique.checks.words import CHECK
from communique.doctor import places
from communique.writers import WRITERS
from communique.writers.pdf.profiles import DEFAULT

WORD = "harbour open"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the small statement in `master` and its outputs beside it."""
    folder = tmp_path_factory.mktemp("good")
    build(small.write(folder / "master", small.text()), folder, Plan(tuple(WRITERS), (DEFAULT,)), lambda _: None)
    return folder


def rules(good: Path, folder: Path, suffix: str, content: bytes) -> set[str]:
    """The rules that a file breaks; it is alone in its folder, so that nothing else of the edition speaks for it."""
    (folder / small.SLUG).mkdir()
    (folder / small.SLUG / f"small.{suffix}").write_bytes(content)
    publication = Publication(small.SLUG, folder / small.SLUG, good / "master" / small.SLUG)
    (result,) = judge({"words": CHECK}, [publication], places(), lambda _: None)
    assert result.unchecked == ""
    return {finding.rule for finding in result.findings}


def output(good: Path, suffix: str) -> bytes:
    return (good / small.SLUG / f"small.{suffix}").read_bytes()


def replaced(text: str, before: str, after: str) -> str:
    assert before in text
    return text.replace(before, after, 1)


HTML = {
    "a style attribute": ("<p id", '<p style="display:none">planted</p><p id', {"hidden-text", "paragraph-added"}),
    "text that is hidden": (WORD, f"<span hidden>{WORD}</span>", {"hidden-text"}),
    "text that no screen reader says": (WORD, f'<span aria-hidden="true">{WORD}</span>', {"hidden-text"}),
    "letters without size": (WORD, f'<span style="font-size: 0">{WORD}</span>', {"hidden-text"}),
    "text beside the screen": (
        WORD,
        f'<span style="position:absolute; left:-9999px">{WORD}</span>',
        {"hidden-text"},
    ),
    "a style sheet that hides": ("</style>", "#p2 { visibility: hidden }</style>", {"hidden-text"}),
    "a style sheet that hides on a phone": (
        "</style>",
        "@media (max-width: 40em) { .text > p { display: none } }</style>",
        {"hidden-text"},
    ),
    "a style sheet that speaks": ("</style>", '#p2::after { content: "not" }</style>', {"generated-text"}),
    "a style sheet that shows an attribute": (
        "</style>",
        "p::after { content: attr(data-x) }</style>",
        set(),
    ),
    "letters turned round": (WORD, f'<bdo dir="rtl">{WORD}</bdo>', {"hidden-text"}),
    "words that close": (WORD, f"<details><summary>x</summary>{WORD}</details>", {"hidden-text"}),
    "a tooltip": (WORD, f'<span title="planted words">{WORD}</span>', {"tooltip"}),
    "a label": (WORD, f'<span aria-label="other words">{WORD}</span>', {"label"}),
    "a program": ("</body>", "<script>document.write('x')</script></body>", {"script"}),
    "a frame": ("</body>", '<iframe srcdoc="planted"></iframe></body>', {"script", "hidden-text"}),
    "words in a field": ("</body>", '<p><input value="planted"></p></body>', {"hidden-text"}),
    "words behind the notes": ("</ol>\n</section>", "</ol>planted</section>", {"notes-heading"}),
    "words in the way back": ("↑1", "↑1 planted", {"back-link"}),
    "no way back": ("↑1", "", {"back-link"}),
    "words in the skip link": ("Skip to the text", "Skip to the planted text", {"skip-link"}),
    "words in the title element": ("<title>A", "<title>Not a", {"title"}),
    "the number of a note": ("<sup>1</sup>", "<sup>2</sup>", {"note-anchor"}),
    "a name at another paragraph": ('<h2 id="first">', '<h2 id="other">', set()),
    "a picture without its description": ('alt="A flag of two colours"', 'alt=""', {"picture-missing"}),
    "another language": ('lang="fr"', 'lang="de"', {"language"}),
    "another language of the page": ('<html lang="en"', '<html lang="fr"', {"language"}),
    "a comment": (WORD, f"<!-- planted -->{WORD}", set()),
    "a template": ("</body>", "<template>planted</template></body>", set()),
}


@pytest.mark.parametrize("name", HTML)
def test_planted_words_in_a_page_are_found(good: Path, tmp_path: Path, name: str) -> None:
    before, after, wanted = HTML[name]
    content = replaced(output(good, "html").decode(), before, after)
    assert rules(good, tmp_path, "html", content.encode()) >= wanted
    if not wanted and name not in {"a name at another paragraph"}:
        assert rules_again(good, tmp_path / "again", content.encode()) == set()


def rules_again(good: Path, folder: Path, content: bytes) -> set[str]:
    folder.mkdir()
    return rules(good, folder, "html", content)


def repacked(content: bytes, changes: dict[str, Callable[[str], str]], more: dict[str, str] | None = None) -> bytes:
    """An archive with some of its files changed, and more."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            before = old.read(name)
            after = changes[name](before.decode()).encode() if name in changes else before
            assert name not in changes or before != after
            new.writestr(name, after)
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return buffer.getvalue()


PAGE = '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Cover</title></head><body>{}</body></html>'
ITEM = '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/></manifest>'


def in_epub(name: str, before: str, after: str) -> Callable[[bytes], bytes]:
    return lambda content: repacked(content, {f"EPUB/{name}": lambda text: replaced(text, before, after)})


def outside_of_the_spine(content: bytes) -> bytes:
    changes = {"EPUB/package.opf": lambda text: replaced(text, "</manifest>", ITEM)}
    return repacked(content, changes, {"EPUB/x.xhtml": PAGE.format("<p>planted</p>")})


def in_the_spine(content: bytes) -> bytes:
    def package(text: str) -> str:
        return replaced(replaced(text, "</manifest>", ITEM), "</spine>", '<itemref idref="x"/></spine>')

    return repacked(content, {"EPUB/package.opf": package}, {"EPUB/x.xhtml": PAGE.format("<p>planted</p>")})


EPUB: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "a page outside of the spine": (outside_of_the_spine, {"hidden-text"}),
    "a page in the spine": (in_the_spine, {"paragraph-added"}),
    "a page that is skipped": (
        in_epub("package.opf", '<itemref idref="text"/>', '<itemref idref="text" linear="no"/>'),
        {"hidden-text"},
    ),
    "a page that is not shown": (
        in_epub("package.opf", '<itemref idref="text"/>', ""),
        {"title", "paragraph-missing", "hidden-text"},
    ),
    "words in the contents": (in_epub("nav.xhtml", ">Details<", ">Planted details<"), {"navigation"}),
    "an entry that is missing": (
        in_epub("nav.xhtml", '<a href="text.xhtml#details">Details</a>', ""),
        {"navigation"},
    ),
    "an entry that leads elsewhere": (
        in_epub("nav.xhtml", 'href="text.xhtml#details"', 'href="text.xhtml#first"'),
        {"navigation"},
    ),
    "words on the cover": (in_epub("cover.xhtml", 'alt="Cover:', 'alt="Planted:'), {"cover"}),
    "a title": (in_epub("text.xhtml", "<title>A Joint", "<title>No Joint"), {"title"}),
    "a title in the package": (in_epub("package.opf", "<dc:title>A", "<dc:title>No"), {"title"}),
    "a date in the package": (in_epub("package.opf", "<dc:date>2024-02-29", "<dc:date>2024-02-28"), {"date"}),
    "an issuer in the package": (in_epub("package.opf", ">Norway</dc:creator", ">Sweden</dc:creator"), {"issuers"}),
    "a style sheet": (in_epub("css/epub.css", "nav ol", "#p2 { display: none } nav ol"), {"hidden-text"}),
    "an entity": (
        in_epub("text.xhtml", "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "planted">]>'),
        {"unreadable"},
    ),
    "the number of a page": (
        in_epub("text.xhtml", WORD, f'<span role="doc-pagebreak" id="page-2" aria-label="2"/>{WORD}'),
        set(),
    ),
    "words as the number of a page": (
        in_epub("text.xhtml", WORD, f'<span role="doc-pagebreak" id="page-2" aria-label="planted"/>{WORD}'),
        {"page-number"},
    ),
}


@pytest.mark.parametrize("name", EPUB)
def test_planted_words_in_a_book_are_found(good: Path, tmp_path: Path, name: str) -> None:
    change, wanted = EPUB[name]
    found = rules(good, tmp_path, "epub", change(output(good, "epub")))
    assert found >= wanted
    assert wanted or not found


def in_word(before: str, after: str, name: str = "document.xml") -> Callable[[bytes], bytes]:
    return lambda content: repacked(content, {f"word/{name}": lambda text: replaced(text, before, after)})


RUN = '<w:r><w:t xml:space="preserve">The Parties'
OTHER = "<w:r><w:t>planted </w:t></w:r>"
DOCX: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "hidden text": (in_word(RUN, RUN.replace("<w:t ", "<w:rPr><w:vanish/></w:rPr><w:t ")), {"hidden-text"}),
    "an insertion": (
        in_word(RUN, f"<w:ins w:id='900' w:author='a'>{OTHER}</w:ins>{RUN}"),
        {"tracked-change", "word-added"},
    ),
    "a deletion": (
        in_word(RUN, f"<w:del w:id='900' w:author='a'>{OTHER.replace('w:t>', 'w:delText>')}</w:del>{RUN}"),
        {"tracked-change"},
    ),
    "a move": (
        in_word(RUN, f"<w:moveTo w:id='900' w:author='a'>{OTHER}</w:moveTo>{RUN}"),
        {"tracked-change", "word-added"},
    ),
    "a comment": (
        lambda content: repacked(
            content,
            {"word/comments.xml": lambda _: f"<w:comments {W}><w:comment><w:p>{OTHER}</w:p></w:comment></w:comments>"},
        ),
        {"hidden-text"},
    ),
    "a text box": (
        in_word(RUN, f"<w:r><w:pict><w:txbxContent><w:p>{OTHER}</w:p></w:txbxContent></w:pict></w:r>{RUN}"),
        {"hidden-text"},
    ),
    "a header": (in_word("<w:t>The Harbour", "<w:t>Not the Harbour", "header1.xml"), {"running-text"}),
    "a footer": (in_word("<w:t>1</w:t>", "<w:t>planted</w:t>", "footer1.xml"), {"running-text"}),
    "a field": (
        in_word(RUN, f"<w:fldSimple w:instr=' QUOTE planted '>{OTHER}</w:fldSimple>{RUN}"),
        {"field", "word-added"},
    ),
    "the instruction of a field": (
        in_word(RUN, f"<w:r><w:instrText> QUOTE planted </w:instrText></w:r>{RUN}"),
        {"field"},
    ),
    "an embedded document": (in_word("<w:sectPr>", '<w:altChunk r:id="rId900"/><w:sectPr>'), {"hidden-text"}),
    "a control": (
        in_word(RUN, f"<w:sdt><w:sdtContent>{OTHER}</w:sdtContent></w:sdt>{RUN}"),
        {"word-added"},
    ),
    "an alternative": (
        in_word(
            RUN,
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<mc:Choice Requires='x'/><mc:Fallback>{OTHER}</mc:Fallback></mc:AlternateContent>{RUN}",
        ),
        {"hidden-text"},
    ),
    "a note at the end": (
        in_word(RUN, f'<w:r><w:endnoteReference w:id="1"/></w:r>{RUN}'),
        {"comment", "word-changed"},
    ),
    "a style that hides": (
        in_word('w:styleId="BodyText">', 'w:styleId="BodyText"><w:rPr><w:vanish/></w:rPr>', "styles.xml"),
        {"hidden-text"},
    ),
    "a tooltip": (in_word('<w:hyperlink r:id="', '<w:hyperlink w:tooltip="planted words" r:id="'), {"tooltip"}),
    "the description of a table": (
        in_word("<w:tblPr>", '<w:tblPr><w:tblDescription w:val="planted"/>'),
        {"table-description"},
    ),
    "letters in the dress of a sign": (
        in_word(RUN, f'<w:r><w:sym w:font="Wingdings" w:char="F041"/></w:r>{RUN}'),
        {"word-changed"},
    ),
    "a second mark": (
        lambda content: repacked(content, {"word/document.xml": second_mark}),
        {"notes-heading", "note-anchor"},
    ),
}


def second_mark(text: str) -> str:
    start = text.index("<w:footnoteReference")
    mark = text[start : text.index(">", start) + 1]
    return replaced(text, RUN, f"<w:r>{mark}</w:r>{RUN}")


@pytest.mark.parametrize("name", DOCX)
def test_planted_words_in_a_word_file_are_found(good: Path, tmp_path: Path, name: str) -> None:
    change, wanted = DOCX[name]
    assert rules(good, tmp_path, "docx", change(output(good, "docx"))) >= wanted


def drawn_before(page: Any, pdf: Pdf, content: bytes) -> None:
    page.contents_add(pdf.make_stream(content), prepend=True)


def font(page: Any) -> str:
    """The name of a font that can draw the word "on"."""
    return str(next(iter(page.Resources.Font)))


def with_text(properties: bytes, mode: int = 0, at: bytes = b"1 0 0 1 200 400 Tm") -> Callable[[Pdf], None]:
    """Draws what the first text of the page draws once more, in a marked content of its own."""

    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        operands: Any = next(
            each.operands
            for each in pikepdf.parse_content_stream(page)
            if str(each.operator) == "TJ" and len(each.operands[0]) > 8
        )
        name = next(str(e.operands[0]) for e in pikepdf.parse_content_stream(page) if str(e.operator) == "Tf")
        glyphs = pikepdf.unparse_content_stream([([operands[0]], pikepdf.Operator("TJ"))])
        text = b"BT %b %d Tr %b 9 Tf %b ET" % (at, mode, name.encode(), glyphs)
        drawn_before(page, pdf, b"q %b %b EMC Q\n" % (properties, text) if properties else b"q %b Q\n" % text)

    return change


def annotated(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 30, 30], Contents=String("planted words"))
    pdf.pages[0].Annots = Array([*pdf.pages[0].get("/Annots", []), pdf.make_indirect(note)])


def with_field(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a"), V=String("planted")))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def spoken(pdf: Pdf) -> None:
    """The first paragraph of the structure says other words than it shows."""
    element = next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.P)
    element.ActualText = String("Quite another kind")


def described(pdf: Pdf) -> None:
    element = next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.P)
    element.Alt = String("planted words")


def outlined(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[0].children[0].title = "Planted part"


def in_a_form(pdf: Pdf) -> None:
    """Draws the page once more through a form, outside of all marked content."""
    page = pdf.pages[0]
    form = page.as_form_xobject()
    name = page.add_resource(form, Name.XObject)
    lines = [line for line in form.read_bytes().split(b"\n") if not line.strip().endswith((b"BDC", b"EMC", b"BMC"))]
    form.write(b"\n".join(lines))
    drawn_before(page, pdf, b"q 1 0 0 1 0 0 cm %b Do Q\n" % str(name).encode())


PDF: dict[str, tuple[Callable[[Pdf], None], set[str]]] = {
    "outside of the structure": (with_text(b""), {"outside-structure"}),
    "as an artifact": (with_text(b"/Artifact <</Type /Layout>> BDC"), {"artifact-text"}),
    "as a running header": (with_text(b"/Artifact <</Type /Pagination>> BDC"), {"running-text"}),
    "without ink": (with_text(b"/Artifact <</Type /Pagination>> BDC", mode=3), {"unseen-text", "running-text"}),
    "outside the page": (
        with_text(b"/Artifact <</Type /Layout>> BDC", at=b"1 0 0 1 -500 400 Tm"),
        {"unseen-text", "artifact-text"},
    ),
    "on a layer": (with_text(b"/OC <</Type /OCG>> BDC"), {"unseen-text"}),
    "in a form": (in_a_form, {"outside-structure"}),
    "an annotation": (annotated, {"annotation"}),
    "a field": (with_field, {"annotation"}),
    "words that are said and not shown": (spoken, {"actual-text", "type"}),
    "words for what is no picture": (described, {"hidden-text"}),
    "an entry of the outline": (outlined, {"outline"}),
}


@pytest.mark.judge
@pytest.mark.parametrize("suffix", ["pdf", "large.pdf"])
@pytest.mark.parametrize("name", PDF)
def test_planted_words_in_a_pdf_are_found(good: Path, tmp_path: Path, name: str, suffix: str) -> None:
    change, wanted = PDF[name]
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(output(good, suffix))) as pdf:
        change(pdf)
        pdf.save(buffer)
    assert rules(good, tmp_path, suffix, buffer.getvalue()) >= wanted


@pytest.mark.judge
@pytest.mark.parametrize("name", ["outside of the structure", "without ink", "outside the page", "an annotation"])
def test_planted_words_in_the_press_edition_are_found(good: Path, tmp_path: Path, name: str) -> None:
    change = with_text(b"", 3) if name == "without ink" else PDF[name][0]
    change = with_text(b"", at=b"1 0 0 1 -500 400 Tm") if name == "outside the page" else change
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(output(good, "print.pdf"))) as pdf:
        change(pdf)
        pdf.save(buffer)
    assert rules(good, tmp_path, "print.pdf", buffer.getvalue())


@pytest.mark.parametrize("suffix", ["html", "epub", "docx", "pdf", "large.pdf", "print.pdf"])
@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"\xff\xfe\x00"])
def test_a_file_that_is_none_is_no_pass(good: Path, tmp_path: Path, suffix: str, content: bytes) -> None:
    (tmp_path / small.SLUG).mkdir()
    (tmp_path / small.SLUG / f"small.{suffix}").write_bytes(content)
    publication = Publication(small.SLUG, tmp_path / small.SLUG, good / "master" / small.SLUG)
    (result,) = judge({"words": CHECK}, [publication], places(), lambda _: None)
    assert result.verdict is not Verdict.PASSED
    assert "a bug" not in result.unchecked


@pytest.mark.parametrize("suffix", ["epub", "docx", "pdf", "large.pdf", "print.pdf"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_torn_file_is_no_pass(good: Path, tmp_path: Path, suffix: str, share: float) -> None:
    content = output(good, suffix)
    (tmp_path / small.SLUG).mkdir()
    (tmp_path / small.SLUG / f"small.{suffix}").write_bytes(content[: int(share * len(content))])
    publication = Publication(small.SLUG, tmp_path / small.SLUG, good / "master" / small.SLUG)
    (result,) = judge({"words": CHECK}, [publication], places(), lambda _: None)
    assert "a bug" not in result.unchecked
    assert result.verdict is not Verdict.PASSED or "pdf" in suffix  # A reader can mend the end of a PDF.


@pytest.mark.parametrize("program", ["/nowhere/pdftotext", "false", "cat", "true"])
def test_without_poppler_a_pdf_is_unchecked(good: Path, program: str) -> None:
    publication = Publication(small.SLUG, good / small.SLUG, good / "master" / small.SLUG)
    at = places().__class__(**{**vars(places()), "pdftotext": program})
    results = {result.path: result for result in judge({"words": CHECK}, [publication], at, lambda _: None)}
    assert results["small.html"].verdict is Verdict.PASSED
    for suffix in ("pdf", "large.pdf", "print.pdf"):
        assert results[f"small.{suffix}"].verdict is not Verdict.PASSED
        assert results[f"small.{suffix}"].unchecked or program == "cat"
