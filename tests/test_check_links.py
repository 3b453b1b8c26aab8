"""Links: what leads nowhere, leads out, or loads something is found in each format."""

from __future__ import annotations

import base64
import io
import shutil
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, ImageFile

import breaking
from breaking import BROKEN, SINK, faults, results, rules
from communique.checks.links import CHECK, addresses, images, styles
from conftest import MASTERS

PAGE, BOOK, LETTER, PAPER, NEWER = (f"{SINK}.{suffix}" for suffix in ("html", "epub", "docx", "pdf", "ua2+a4f.pdf"))
TEXT, OPF, NAV, CSS = "EPUB/text.xhtml", "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/css/epub.css"
DOCUMENT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"


def test_every_good_output_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) == 30


@pytest.mark.judge
def test_good_outputs_in_twelve_languages_pass(declared: Path) -> None:
    (folder,) = (path for path in declared.iterdir() if path.is_dir() and path.name != "master")
    assert faults(CHECK, breaking.publication(folder, None)) == []


def test_the_broken_page_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    (tmp_path / SINK).mkdir()
    shutil.copyfile(BROKEN / "broken-link.html", tmp_path / SINK / PAGE)
    one = breaking.publication(tmp_path / SINK)
    assert rules(CHECK, one, PAGE) == {"broken-link"}
    breaking.rewrite(one.path(PAGE), "</main>", '<p id="fn1">Note</p></main>')
    assert rules(CHECK, one, PAGE) == set()


PAGES = [
    ('href="#sec-tables"', 'href="#sec-table"', "broken-link"),
    ('href="#fn1"', 'href="#fn9"', "broken-link"),
    ('href="#fnref1"', 'href="#fnref9"', "broken-link"),
    ('id="sec-tables"', 'id="sec-table"', "broken-link"),
    ('id="fn2"', 'id="fn1"', "duplicate-identifier"),
    ('id="p2"', 'id="p1"', "duplicate-identifier"),
    ('id="p2"', 'id=""', "bad-identifier"),
    ('aria-labelledby="doc-title"', 'aria-labelledby="doc-titel"', "broken-reference"),
    ('aria-labelledby="doc-notes-title"', 'aria-labelledby="doc-notes-title nothing"', "broken-reference"),
    ('href="#doc-text"', 'href="#doc-txt"', "broken-link"),
    ('re:<a class="skip".*?</a>', "", "no-skip-link"),
    ('href="https://example.org/charter"', 'href="javascript:alert(1)"', "forbidden-scheme"),
    ('href="https://example.org/charter"', 'href=" JavaScript:alert(1)"', "forbidden-scheme"),
    ('href="https://example.org/charter"', 'href="java\nscript:alert(1)"', "forbidden-scheme"),
    ('href="https://example.org/charter"', 'href="data:text/html,x"', "forbidden-scheme"),
    ('href="https://example.org/charter"', 'href="file:///etc/passwd"', "forbidden-scheme"),
    ('href="https://example.org/charter"', 'href="https:/example.org/charter"', "malformed-address"),
    ('href="https://example.org/charter"', 'href="https://"', "malformed-address"),
    ('href="https://example.org/charter"', 'href="https://exa mple.org/"', "malformed-address"),
    ('href="https://example.org/charter"', 'href="https://example.org/%zz"', "malformed-address"),
    ('href="https://example.org/charter"', 'href="https://[::1/"', "malformed-address"),
    ('href="https://example.org/charter"', 'href="//example.org/charter"', "relative-link"),
    ('href="https://example.org/charter"', 'href="charter.html"', "relative-link"),
    ('href="https://example.org/charter"', 'href="../charter.html"', "relative-link"),
    ('href="https://example.org/charter"', 'href=""', "relative-link"),
    ('href="mailto:press@example.org"', 'href="mailto:press"', "malformed-address"),
    ('href="kitchen-sink.fr.html"', 'href="kitchen-sink.de.html"', "broken-link"),
    ('href="#fnref2"', 'href="#fnref1"', "wrong-backlink"),
    ('href="#fnref2"', 'href="#p1"', "wrong-backlink"),
    ("<style>", '<link rel="stylesheet" href="style.css"><style>', "outside-resource"),
    ("<style>", '<link rel="stylesheet" href="https://example.org/style.css"><style>', "outside-resource"),
    ("<style>", '<link rel="icon" href="https://example.org/i.png"><style>', "outside-resource"),
    ("<style>", "<style>@import 'more.css';", "outside-resource"),
    ("<style>", "<style>@import url(https://example.org/more.css);", "outside-resource"),
    ("<style>", "<style>p { background: url(https://example.org/a.png) }", "outside-resource"),
    ("<style>", "<style>p { background: image-set('a.png' 1x) }", "outside-resource"),
    ("<style>", "<style>@media print { @supports (a: b) { p { background: url('a.png') } } }", "outside-resource"),
    ("<style>", "<style>@font-face { font-family: A; src: url(a.woff2) }", "outside-resource"),
    ("<h1 ", '<h1 style="background: url(//example.org/a)" ', "outside-resource"),
    ('re:src="data:image/png;base64,', 'src="https://example.org/a.png?', "outside-resource"),
    ('re:src="data:image/png;base64,', 'src="media/flag.png?', "outside-resource"),
    ('re:src="data:image/png;base64,', 'srcset="a.png 1x, b.png 2x" src="data:image/png;base64,', "outside-resource"),
    ("<h1 ", '<img src="data:text/html;base64,AA" alt=""><h1 ', "outside-resource"),
    ("<h1 ", "<script>alert(1)</script><h1 ", "active-content"),
    ("<h1 ", '<script src="a.js"></script><h1 ', "outside-resource"),
    ("<h1 ", '<iframe src="https://example.org/"></iframe><h1 ', "active-content"),
    ("<h1 ", '<h1 onclick="alert(1)" ', "active-content"),
    ("<h1 ", '<svg><use href="a.svg#b"/></svg><h1 ', "outside-resource"),
    ("<title>", '<meta http-equiv="refresh" content="0;url=https://example.org"><title>', "active-content"),
    ("<title>", '<base href="https://example.org/"><title>', "active-content"),
]


@pytest.mark.parametrize(("old", "new", "rule"), PAGES)
def test_a_page_with_a_bad_link_is_found(built: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    one = breaking.copied(built, tmp_path, PAGE, f"{SINK}.fr.html")
    assert rules(CHECK, one, PAGE) == set()
    breaking.rewrite(one.path(PAGE), old, new)
    assert rule in rules(CHECK, one, PAGE)


def test_a_translation_that_is_not_there_is_found(built: Path, tmp_path: Path) -> None:
    assert rules(CHECK, breaking.copied(built, tmp_path, PAGE), PAGE) == {"broken-link"}


BOOKS = [
    (TEXT, 'href="#sec-tables"', 'href="#sec-table"', "broken-link"),
    (TEXT, 'href="#fn1"', 'href="notes.xhtml#fn1"', "broken-link"),
    (TEXT, 'href="#fnref2"', 'href="#fnref1"', "wrong-backlink"),
    (TEXT, 'href="#fn1"', 'href="../../notes.xhtml"', "relative-link"),
    (TEXT, 'id="p2"', 'id="p1"', "duplicate-identifier"),
    (TEXT, 'aria-labelledby="doc-title"', 'aria-labelledby="x"', "broken-reference"),
    (TEXT, 'href="https://example.org/charter"', 'href="javascript:a()"', "forbidden-scheme"),
    (TEXT, 'src="media/image1.png"', 'src="media/image9.png"', "outside-resource"),
    (TEXT, 'src="media/image1.png"', 'src="https://example.org/a.png"', "outside-resource"),
    (TEXT, 'href="css/epub.css"', 'href="css/other.css"', "outside-resource"),
    (TEXT, "<h1 ", "<script>a()</script><h1 ", "active-content"),
    (NAV, "text.xhtml#sec-first", "text.xhtml#sec-erst", "broken-link"),
    (NAV, "text.xhtml#sec-first", "other.xhtml#sec-first", "broken-link"),
    (NAV, "text.xhtml#sec-first", "nav.xhtml#toc", "broken-link"),
    (NAV, 'epub:type="toc"', 'epub:type="tok"', "no-navigation"),
    (NAV, 're:<nav epub:type="toc".*?</nav>', "", "no-navigation"),
    (OPF, 'href="media/image1.png"', 'href="media/image8.png"', "missing-file"),
    (OPF, 're:<item id="image1".*?/>', "", "not-listed"),
    (OPF, 're:<item id="css-base".*?/>', "", "not-listed"),
    (OPF, 'idref="text"', 'idref="txt"', "broken-reference"),
    (OPF, 'idref="text"', 'idref="cover-image"', "broken-reference"),
    (OPF, '<itemref idref="text"/>', '<itemref idref="text"/><itemref idref="text"/>', "duplicate-entry"),
    (OPF, '<itemref idref="text"/>', "", "broken-link"),
    (OPF, "re:<itemref.*</spine>", "</spine>", "empty-spine"),
    (OPF, '<itemref idref="text"/>', '<itemref idref="text" linear="no"/>', "not-linear"),
    (OPF, '<itemref idref="cover"/>', "", "not-reached"),
    (TEXT, "re:<img [^>]*image2[^>]*>", "", "not-reached"),
    (CSS, "re:@font-face.*?}", "", "not-reached"),
    (OPF, 'id="image2"', 'id="image1"', "duplicate-entry"),
    (OPF, 'properties="nav"', "", "no-navigation"),
    (OPF, 'refines="#creator1"', 'refines="#creator9"', "broken-reference"),
    (OPF, 'unique-identifier="identifier"', 'unique-identifier="id"', "broken-reference"),
    (OPF, 'href="https://example.org/report"', 'href="report.pdf"', "broken-link"),
    (OPF, 'href="media/image1.png"', 'href="https://example.org/image1.png"', "outside-resource"),
    (CSS, "re:\\.woff2", ".woff", "outside-resource"),
    (CSS, "re:^", "@import 'https://example.org/a.css';", "outside-resource"),
    ("META-INF/container.xml", "EPUB/package.opf", "EPUB/book.opf", "broken-link"),
    ("mimetype", "epub+zip", "zip", "bad-mimetype"),
    (TEXT, "</body>", "", "unreadable"),
]


@pytest.mark.parametrize("case", BOOKS)
def test_a_book_with_a_bad_link_is_found(built: Path, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    member, old, new, rule = case
    one = breaking.copied(built, tmp_path, BOOK)
    assert rules(CHECK, one, BOOK) == set()
    breaking.repack(one.path(BOOK), member, old, new)
    assert rule in rules(CHECK, one, BOOK)


@pytest.mark.parametrize("member", [TEXT, OPF, NAV, CSS, "EPUB/media/image1.png", "META-INF/container.xml", "mimetype"])
def test_a_book_without_one_of_its_files_is_found(built: Path, tmp_path: Path, member: str) -> None:
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.change(one.path(BOOK), member, None)
    assert rules(CHECK, one, BOOK)


LETTERS = [
    (DOCUMENT, 'w:anchor="sec-tables"', 'w:anchor="sec-table"', "broken-link"),
    (DOCUMENT, 'w:name="sec-tables"', 'w:name="sec-table"', "broken-link"),
    (DOCUMENT, 'w:name="p2"', 'w:name="p1"', "duplicate-identifier"),
    (DOCUMENT, 're:<w:bookmarkEnd w:id="24"/>', "", "broken-bookmark"),
    (DOCUMENT, '<w:hyperlink r:id="rId19"', '<w:hyperlink r:id="rId999"', "broken-relationship"),
    (DOCUMENT, '<w:hyperlink r:id="rId21"', "<w:hyperlink", "dead-link"),
    (DOCUMENT, 'r:embed="rId68"', 'r:embed="rId968"', "broken-relationship"),
    (DOCUMENT, '<w:footnoteReference w:id="23"', '<w:footnoteReference w:id="123"', "broken-link"),
    (
        DOCUMENT,
        're:<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="23"/></w:r>',
        "",
        "note-without-mark",
    ),
    (
        DOCUMENT,
        "re:<w:p>",
        '<w:p><w:r><w:instrText> HYPERLINK "file:///a" </w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p>',
        "forbidden-scheme",
    ),
    (DOCUMENT, "re:<w:p>", '<w:p><w:fldSimple w:instr=" REF nowhere "/></w:p><w:p>', "broken-link"),
    (
        DOCUMENT,
        "re:<w:p>",
        '<w:p><w:fldSimple w:instr=" INCLUDEPICTURE https://example.org/a.png "/></w:p><w:p>',
        "outside-resource",
    ),
    (RELATIONS, "https://example.org/charter", "javascript:a()", "forbidden-scheme"),
    (RELATIONS, "https://example.org/charter", "charter.html", "relative-link"),
    (RELATIONS, "https://example.org/charter", "http:example.org", "malformed-address"),
    (RELATIONS, "media/rId68.png", "media/rId69.png", "broken-relationship"),
    (
        RELATIONS,
        'Id="rId71" Target="media/rId71.jpg"',
        'Id="rId71" TargetMode="External" Target="https://example.org/a.jpg"',
        "outside-resource",
    ),
    (RELATIONS, 'Target="styles.xml"', 'Target="stiles.xml"', "broken-relationship"),
    (RELATIONS, "rId68", "rId71", "duplicate-identifier"),
    ("[Content_Types].xml", 're:<Override PartName="/word/media/rId71.jpg".*?/>', "", "not-listed"),
    ("[Content_Types].xml", "/word/comments.xml", "/word/remarks.xml", "missing-file"),
    ("word/footnotes.xml", "</w:footnotes>", "", "unreadable"),
]


@pytest.mark.parametrize("case", LETTERS)
def test_a_letter_with_a_bad_link_is_found(built: Path, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    member, old, new, rule = case
    one = breaking.copied(built, tmp_path, LETTER)
    assert rules(CHECK, one, LETTER) == set()
    breaking.repack(one.path(LETTER), member, old, new)
    assert rule in rules(CHECK, one, LETTER)


def cut(content: bytes) -> bytes:
    """A picture that breaks off half-way."""
    return content[: len(content) // 2]


def closed(content: bytes) -> bytes:
    """A JPEG whose lower half is missing, and that has its end."""
    return cut(content) + b"\xff\xd9"


def spoilt(content: bytes) -> bytes:
    """A picture with one bit changed in its middle."""
    return content[: len(content) // 2] + bytes([content[len(content) // 2] ^ 1]) + content[len(content) // 2 + 1 :]


BROKEN_PICTURES = [
    (BOOK, "EPUB/media/image2.jpg", cut),
    (BOOK, "EPUB/media/image2.jpg", closed),
    (BOOK, "EPUB/media/image1.png", cut),
    (BOOK, "EPUB/media/image1.png", spoilt),
    (BOOK, "EPUB/cover.png", spoilt),
    (BOOK, "EPUB/media/image3.png", lambda _: b"GIF89a"),
    (LETTER, "word/media/rId71.jpg", closed),
    (LETTER, "word/media/rId68.png", spoilt),
]


@pytest.mark.parametrize("case", BROKEN_PICTURES)
@pytest.mark.parametrize("content_with_less", [False, True])
def test_a_picture_that_is_not_whole_is_found(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Any, content_with_less: bool
) -> None:
    """Whatever another part of the program has told Pillow of pictures that break off."""
    name, member, change = case
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", content_with_less)
    one = breaking.copied(built, tmp_path, name)
    breaking.change(one.path(name), member, change)
    assert rules(CHECK, one, name) == {"picture-broken"}


@pytest.mark.parametrize(("kind", "change"), [("jpeg", cut), ("jpeg", closed), ("png", spoilt)])
def test_a_picture_inside_a_page_that_is_not_whole_is_found(
    built: Path, tmp_path: Path, kind: str, change: Callable[[bytes], bytes]
) -> None:
    one = breaking.copied(built, tmp_path, PAGE, f"{SINK}.fr.html")
    text = one.path(PAGE).read_text(encoding="utf-8")
    picture = text.partition(f'src="data:image/{kind};base64,')[2].partition('"')[0]
    breaking.rewrite(one.path(PAGE), picture, base64.b64encode(change(base64.b64decode(picture))).decode())
    assert rules(CHECK, one, PAGE) == {"picture-broken"}


@pytest.mark.parametrize("size", [(1, 1), (9, 5), (321, 243)])
@pytest.mark.parametrize("mode", ["L", "RGB", "1", "P", "RGBA", "LA"])
def test_whole_pictures_of_every_kind_are_whole(mode: str, size: tuple[int, int]) -> None:
    """JPEGs in one go or in several, with and without marks to restart at."""
    image = Image.effect_noise(size, 80).convert(mode)
    kinds: list[tuple[str, dict[str, Any]]] = [("PNG", {}), ("PNG", {"optimize": True})]
    if mode in ("L", "RGB"):
        kinds += [("JPEG", options) for options in ({}, {"progressive": True}, {"restart_marker_blocks": 3})]
    for kind, options in kinds:
        content = io.BytesIO()
        image.save(content, kind, **options)
        assert images.fault(content.getvalue()) == ""
        assert images.fault(cut(content.getvalue())) != ""


def test_an_interlaced_picture_is_whole_with_all_its_passes() -> None:
    lines = 2 + 2 + 3 + 2 * 3 + 2 * 5 + 4 * 5 + 4 * 9
    header = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 1)

    def picture(count: int) -> bytes:
        parts = {b"IHDR": header, b"IDAT": zlib.compress(bytes(count)), b"IEND": b""}
        packed = (
            struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
            for name, part in parts.items()
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(packed)

    with Image.open(io.BytesIO(picture(lines))) as image:
        image.load()
    assert images.fault(picture(lines)) == ""
    assert images.fault(picture(lines - 1)) == "has 78 of 79 bytes of its pixels"


@pytest.mark.parametrize("member", ["word/media/rId68.png", "word/styles.xml", DOCUMENT, "[Content_Types].xml"])
def test_a_letter_without_one_of_its_parts_is_found(built: Path, tmp_path: Path, member: str) -> None:
    one = breaking.copied(built, tmp_path, LETTER)
    breaking.change(one.path(LETTER), member, None)
    assert rules(CHECK, one, LETTER)


def links(pdf: Any, key: str) -> list[Any]:
    """The annotations that have a key."""
    return [each for page in pdf.pages for each in page.get("/Annots", []) if key in each]


def _renamed(pdf: Any) -> None:
    links(pdf, "/Dest")[0].Dest = String("nowhere")


def _nameless(pdf: Any) -> None:
    tree = pdf.Root.Names.Dests.Names
    for number in range(0, len(tree), 2):
        if str(tree[number]) == "sec-tables":
            tree[number] = String("sec-table")


def _lost_page(pdf: Any) -> None:
    del pdf.pages[-1]


def _script(pdf: Any) -> None:
    links(pdf, "/A")[0].A = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _launch(pdf: Any) -> None:
    links(pdf, "/A")[0].A = Dictionary(S=Name.Launch, F=String("a.exe"))


def _address(text: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        links(pdf, "/A")[0].A.URI = String(text)

    return edit


def _dead(pdf: Any) -> None:
    del links(pdf, "/Dest")[0]["/Dest"]


def _opening(pdf: Any) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def _names_script(pdf: Any) -> None:
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("1"))]))


def _outline_lost(pdf: Any) -> None:
    with pdf.open_outline() as outline:
        first = outline.root[0].children[0]
    entry = pdf.Root.Outlines.First.First
    assert str(entry.Title) == first.title
    for key in ("/A", "/Dest"):
        if key in entry:
            del entry[key]


def _outline_untitled(pdf: Any) -> None:
    pdf.Root.Outlines.First.Title = String(" ")


def _outline_elsewhere(pdf: Any) -> None:
    entry = pdf.Root.Outlines.First
    if "/A" in entry:
        del entry["/A"]
    entry.Dest = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), Name.Fit])


def _circle(pdf: Any) -> None:
    first = pdf.Root.Outlines.First.First
    first.Next = first


def _remark(pdf: Any) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 1, 1]))
    pdf.pages[0].Annots.append(pdf.make_indirect(annotation))


def _structure(pdf: Any) -> None:
    next(each for each in links(pdf, "/A") if "/SD" in each.A).A.SD = Array([Dictionary()])


PAPERS: list[tuple[str, Callable[[Any], None], str]] = [
    (PAPER, _renamed, "broken-link"),
    (PAPER, _nameless, "broken-link"),
    (PAPER, _lost_page, "broken-link"),
    (PAPER, _script, "active-content"),
    (PAPER, _launch, "active-content"),
    (PAPER, _address("javascript:a()"), "forbidden-scheme"),
    (PAPER, _address("file:///etc/passwd"), "forbidden-scheme"),
    (PAPER, _address("charter.pdf"), "relative-link"),
    (PAPER, _address("https://"), "malformed-address"),
    (PAPER, _address(""), "relative-link"),
    (PAPER, _dead, "dead-link"),
    (PAPER, _opening, "active-content"),
    (PAPER, _names_script, "active-content"),
    (PAPER, _outline_lost, "dead-link"),
    (PAPER, _outline_untitled, "dead-link"),
    (PAPER, _outline_elsewhere, "broken-link"),
    (PAPER, _circle, "broken-link"),
    (PAPER, _remark, "active-content"),
    (NEWER, _structure, "broken-link"),
    (NEWER, _lost_page, "broken-link"),
]


@pytest.mark.parametrize(("name", "edit", "rule"), PAPERS, ids=[f"{name} {edit.__name__}" for name, edit, _ in PAPERS])
def test_a_pdf_with_a_bad_link_is_found(
    built: Path, tmp_path: Path, name: str, edit: Callable[[Any], None], rule: str
) -> None:
    one = breaking.copied(built, tmp_path, name)
    breaking.edit_pdf(one.path(name), edit)
    assert rule in rules(CHECK, one, name)


@pytest.mark.parametrize("name", [PAGE, BOOK, LETTER, PAPER])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04", b"%PDF-1.7"])
def test_a_torn_file_never_passes(built: Path, tmp_path: Path, name: str, content: bytes) -> None:
    one = breaking.copied(built, tmp_path, name)
    one.path(name).write_bytes(content)
    assert rules(CHECK, one, name)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://example.org",
            "http://example.org/a?b=c&d#e",
            "https://例え.jp/道",
            "https://undocs.org/A/RES/217(III)",
        ),
        *("mailto:a@example.org", "mailto:a@example.org?subject=Hi", "tel:+41-22-917-1234", "https://[::1]:80/a"),
    ],
)
def test_good_addresses_are_good(address: str) -> None:
    assert list(addresses.remarks(address, "")) == []


def test_a_style_sheet_gives_up_its_addresses() -> None:
    css = """@import "a.css"; @import url(b.css) screen; @font-face { src: url('c.woff2') format("woff2"), local("C") }
    p::before { content: "no.png"; background: image-set("d.png" 1x, url(e.png) 2x) } /* url(f.png) */
    @media print { a { background: URL( "g.png" ) } }"""
    assert list(styles.references(css)) == ["a.css", "b.css", "c.woff2", "d.png", "e.png", "g.png"]
    assert list(styles.references_of_attribute("color: red; background: url(h.png)")) == ["h.png"]
