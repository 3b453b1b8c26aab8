"""The check of Word files finds each fault it has a rule for, put into a good file, and nothing in the good files.

`broken/table-header-missing.docx` is a folder that becomes a Word file whose table has no header row.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import docx_reading
import samples
from communique.checks import docx as docx_checks
from communique.checks.check import judge
from communique.checks.docx_rules import CHECK
from communique.checks.publication import Publication
from communique.checks.verdict import Result, Severity, Verdict
from communique.doctor import places
from communique.document import annotate
from communique.writers import docx

BROKEN = Path(__file__).parent / "broken" / "table-header-missing.docx"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"

Parts = dict[str, bytes]
Change = Callable[[Parts], None]


def judged(folder: Path, files: dict[str, bytes]) -> list[Result]:
    """What the check says of some files of the statement "x"."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return judge({CHECK.name: CHECK}, [Publication("x", folder, None)], places(), lambda _: None)


def found(folder: Path, package: bytes) -> set[str]:
    """The rules that a Word file breaks."""
    (result,) = judged(folder, {"x.docx": package})
    assert not result.unchecked
    return {finding.rule for finding in result.findings}


@cache
def good() -> Parts:
    """The parts of the Word file with every construct."""
    with zipfile.ZipFile(io.BytesIO(docx_reading.written())) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def text(pattern: str, instead: str, part: str = DOCUMENT) -> Change:
    """Exchange the first piece of a part that matches."""

    def change(parts: Parts) -> None:
        content, count = re.subn(pattern, instead, parts[part].decode(), count=1, flags=re.DOTALL)
        assert count, pattern
        parts[part] = content.encode()

    return change


def after(words: str, addition: str) -> Change:
    """Put something behind the paragraph that begins with some words."""
    return text(rf'(<w:t xml:space="preserve">{words}(?:(?!</w:p>).)*</w:p>)', rf"\g<1>{addition}")


def before(words: str, addition: str) -> Change:
    """Put something in front of the paragraph that begins with some words."""
    return text(rf'(<w:p>(?:(?!</w:p>).)*?<w:t xml:space="preserve">{words})', rf"{addition}\g<1>")


def run(words: str, properties: str) -> Change:
    """Give the run that begins with some words other properties."""
    return text(
        rf'<w:r>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?(<w:t xml:space="preserve">{words})',
        rf"<w:r><w:rPr>{properties}</w:rPr>\g<1>",
    )


def para(words: str, properties: str = "", style: str = "BodyText") -> str:
    """A new paragraph."""
    run = f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>" if words else ""
    return f"<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{run}</w:p>"


def both(*changes: Change) -> Change:
    def change(parts: Parts) -> None:
        for each in changes:
            each(parts)

    return change


def added(name: str, content: bytes = b"x") -> Change:
    return lambda parts: parts.__setitem__(name, content)


def related(kind: str, target: str, mode: str = "External") -> Change:
    """Let the document lead to something more."""
    full = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    entry = f'<Relationship Id="rId999" Type="{full}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    return text("</Relationships>", entry, "word/_rels/document.xml.rels")


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr>{properties}" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"


WORDS = para("words", style="TableText")
EMPTY = para("", style="TableText")
HEAD = "<w:trPr><w:tblHeader/></w:trPr>"


def table(*rows: str, look: str = '<w:tblLook w:val="0020"/>', columns: int = 2) -> str:
    grid = '<w:gridCol w:w="1000"/>' * columns
    style = f'<w:tblPr><w:tblStyle w:val="Table"/>{look}</w:tblPr>'
    return f"<w:tbl>{style}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def with_table(*rows: str, **options: object) -> Change:
    return after("After the rule", table(*rows, **options) + para("Below."))  # type: ignore[arg-type]


def shape(inside: str = "", alternative: str = "a shape") -> str:
    """A run with a drawing of an old version of Word."""
    drawn = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="{alternative}">{inside}</v:shape>'
    return f"<w:r><w:pict>{drawn}</w:pict></w:r>"


def without_headings(parts: Parts) -> None:
    parts[DOCUMENT] = re.sub(rb'"Heading\d"', b'"BodyText"', parts[DOCUMENT])


def without_photographs(parts: Parts) -> None:
    for name in [name for name in parts if name.endswith("jpg")]:
        del parts[name]


def spanning(cells: str, number: int = 2) -> str:
    """A row whose first cell spans others."""
    return cells.replace("<w:tcPr/>", f'<w:tcPr><w:gridSpan w:val="{number}"/></w:tcPr>', 1)


HEADED = row(WORDS, WORDS, properties=HEAD)
HEADED_THREE = row(WORDS, WORDS, WORDS, properties=HEAD)
PLAIN = row(WORDS, WORDS)
BELOW_MERGED = PLAIN.replace("<w:tcPr/>", "<w:tcPr><w:vMerge/></w:tcPr>", 1)
NESTED = row(WORDS, table(HEADED, PLAIN) + WORDS, properties=HEAD)
BOX = f"<w:p>{shape('<v:textbox><w:txbxContent>' + para('Boxed words.') + '</w:txbxContent></v:textbox>')}</w:p>"
ANCHOR = (r"<wp:inline ([^>]*)>(.*?)</wp:inline>", r"<wp:anchor \1>\2</wp:anchor>")
RELATIONS, NOTES = "word/_rels/document.xml.rels", "word/footnotes.xml"
HEADER, CORE = "word/header1.xml", "docProps/core.xml"
DESCRIBED, ADDRESS = 'descr="The alternative text"', 'Target="https://example.org/217"'
LAST = "(>After the rule.*?)(</w:p>)"
CALLED = r'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference [^>]*/></w:r>'
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
ITEM = r'(<w:pStyle w:val="ListBullet"/><w:numPr>.*?)'
STYLED = r'(w:styleId="BlockText">.*?</w:pPr>)'
FIRST_ROW = r'(<w:tblStylePr w:type="firstRow"><w:tcPr>)'
TYPES = "[Content_Types].xml"

MUTATIONS: dict[str, tuple[str, Change]] = {
    # Title and headings
    "no title": ("title-missing", text('<w:pStyle w:val="Title"/>', '<w:pStyle w:val="BodyText"/>')),
    "two titles": ("title-twice", after("After the rule", para("Another title", style="Title"))),
    "no title in the properties": ("document-title-missing", text("<dc:title>.*?</dc:title>", "", CORE)),
    "blank title": ("document-title-missing", text("<dc:title>.*?<", "<dc:title> <", CORE)),
    "no properties": ("document-title-missing", text(r"<Relationship [^>]*core-properties[^>]*/>", "", "_rels/.rels")),
    "another title": ("document-title-differs", text("<dc:title>", "<dc:title>Draft ", CORE)),
    "heading jumps": ("heading-jump", text('"Heading2"', '"Heading3"')),
    "first heading too deep": ("heading-jump", text('"Heading1"', '"Heading2"')),
    "empty heading": ("heading-empty", before("Fifth", para("", style="Heading5"))),
    "heading before the title": ("heading-before-title", before("Joint Statement", para("Ahead", style="Heading1"))),
    "no headings": ("headings-missing", without_headings),
    "bold line": ("heading-fake", before("After the rule", para("Bold line", "<w:b/>"))),
    "large line": ("heading-fake", before("After the rule", para("Large line", '<w:sz w:val="30"/>'))),
    "heading dressed as a term": ("heading-fake", text('"Heading5"', '"DefinitionTerm"')),
    # White space, lists, frames
    "empty paragraph": ("blank-paragraph", after("After the rule", para(""))),
    "paragraph of a space": ("blank-paragraph", after("After the rule", para(" "))),
    "paragraph of line ends": ("blank-paragraph", after("After the rule", "<w:p><w:r><w:br/><w:br/></w:r></w:p>")),
    "empty paragraph in a note": (
        "blank-paragraph",
        text("(</w:p>)(</w:footnote></w:footnotes>)", r"\1<w:p/>\2", NOTES),
    ),
    "spaces": ("blank-characters", text(">After the rule", ">After    the rule")),
    "hard spaces": ("blank-characters", text(">After the rule", ">After\u00a0\u00a0\u00a0\u00a0the rule")),
    "tab": ("blank-characters", text(r">After the rule", "></w:t><w:tab/><w:t>After the rule")),
    "blank line": ("blank-characters", text(r">After the rule", ">After</w:t><w:br/><w:br/><w:t> the rule")),
    "item without a list": ("list-not-real", text(r'(<w:pStyle w:val="ListBullet"/>)<w:numPr>.*?</w:numPr>', r"\1")),
    "item out of its list": ("list-not-real", text(ITEM + r'<w:numId w:val="\d+"/>', r'\1<w:numId w:val="0"/>')),
    "list that is not there": ("list-undefined", text(r'<w:numId w:val="\d+"/>', '<w:numId w:val="77"/>')),
    "typed bullets": ("list-typed", after("After the rule", para("• one") + para("• two"))),
    "typed numbers": ("list-typed", after("After the rule", para("1. one") + para("2. two"))),
    "typed letters": ("list-typed", after("After the rule", para("(a) one") + para("(b) two"))),
    "frame": ("floating-frame", text(r'(<w:pStyle w:val="BlockText"/>)', r'\1<w:framePr w:w="1000"/>')),
    "frame by style": ("floating-frame", text(r'(w:styleId="BlockText">.*?<w:pPr>)', r"\1<w:framePr/>", STYLES)),
    "floating table": ("floating-text", text("(<w:tblPr>)", r"\1<w:tblpPr/>")),
    "foreign part": ("floating-text", after("After the rule", '<w:altChunk r:id="rId999"/>')),
    "hidden words": ("hidden-text", run("After the rule", "<w:vanish/>")),
    "hidden by style": ("hidden-text", text(STYLED, r"\1<w:rPr><w:vanish/></w:rPr>", STYLES)),
    "blinking words": ("animated-text", run("After the rule", '<w:effect w:val="blinkBackground"/>')),
    "small words": ("text-small", run("After the rule", '<w:sz w:val="14"/>')),
    "small by style": ("text-small", text(r'(w:styleId="FootnoteText">.*?<w:sz w:val=)"\d+"', r'\1"14"', STYLES)),
    # Contrast
    "grey words": ("contrast", run("After the rule", '<w:color w:val="AAAAAA"/>')),
    "grey style": ("contrast", text(r'(w:styleId="Caption">.*?<w:color w:val=)"\w+"', r'\1"999999"', STYLES)),
    "dark highlight": ("contrast", run("After the rule", '<w:color w:val="000000"/><w:highlight w:val="darkBlue"/>')),
    "dark shade": (
        "contrast",
        run("After the rule", '<w:color w:val="333333"/><w:shd w:val="clear" w:fill="222222"/>'),
    ),
    "dark cell": ("contrast", text(r"<w:tcPr/>", '<w:tcPr><w:shd w:val="clear" w:fill="1F3A4D"/></w:tcPr>')),
    "dark head": ("contrast", text(FIRST_ROW, r'\1<w:shd w:val="solid" w:color="1F3A4D"/>', STYLES)),
    # Tables
    "no header row": ("table-header-missing", text('<w:tblHeader w:val="on"/>', "")),
    "header row switched off": ("table-header-missing", text('<w:tblHeader w:val="on"/>', '<w:tblHeader w:val="0"/>')),
    "no header style": ("table-header-missing", text('w:firstRow="1"', 'w:firstRow="0"')),
    "no look": ("table-header-missing", text("<w:tblLook [^>]*/>", "")),
    "header row below": ("table-header-below", with_table(HEADED, PLAIN, HEADED)),
    "header rows only": ("table-header-only", with_table(HEADED, HEADED)),
    "empty header cell": ("table-header-empty", with_table(row(WORDS, EMPTY, properties=HEAD), PLAIN)),
    "empty row": ("table-row-empty", with_table(HEADED, row(EMPTY, EMPTY), PLAIN)),
    "short row": ("table-ragged", with_table(HEADED_THREE, PLAIN, columns=3)),
    "split cells": ("table-ragged", with_table(HEADED, row(WORDS, WORDS, WORDS))),
    "row merged to one cell": ("table-merged", with_table(HEADED, PLAIN, spanning(row(WORDS)))),
    "empty cells merged": (
        "table-merged",
        with_table(HEADED_THREE, row(WORDS, WORDS, WORDS), spanning(row(EMPTY, WORDS)), columns=3),
    ),
    "words under a merged cell": ("merged-cell-hides-words", with_table(HEADED, PLAIN, BELOW_MERGED)),
    "table of one column": ("table-layout", with_table(row(WORDS), row(WORDS), columns=1)),
    "nested table": ("table-nested", with_table(NESTED, PLAIN)),
    # Pictures
    "no alternative text": ("alt-text-missing", text(DESCRIBED, "")),
    "blank alternative text": ("alt-text-missing", text(DESCRIBED, 'descr="  "')),
    "no longer decorative": ("alt-text-missing", text("<a:extLst>.*?</a:extLst>", "")),
    "decorative by no": ("alt-text-missing", text(r'(:decorative [^>]*?)val="1"', r'\1val="0"')),
    "decorative and described": ("decorative-with-alt", text('descr=""', 'descr="a line"')),
    "file name": ("alt-text-file-name", text(DESCRIBED, 'descr="IMG_0042.JPG"')),
    "path": ("alt-text-file-name", text(DESCRIBED, 'descr="C:\\\\\\\\My\\\\\\\\x.png"')),
    "says image": ("alt-text-says-nothing", text(DESCRIBED, 'descr="Image 3"')),
    "says nothing": ("alt-text-says-nothing", text(DESCRIBED, 'descr="***"')),
    "floating picture": ("picture-floating", text(*ANCHOR)),
    "picture gone": ("picture-missing", without_photographs),
    "picture elsewhere": ("picture-outside", text(r'r:embed="', 'r:link="x" r:embed="')),
    "shape": ("floating-object", after("After the rule", f"<w:p>{shape()}</w:p>")),
    "watermark": ("watermark", text("</w:p>", shape("<v:textpath/>") + "</w:p>", HEADER)),
    "background": ("page-background", text("<w:body>", '<w:background w:color="FFFF00"/><w:body>')),
    # Languages
    "no language in the styles": ("language-missing", text(r"<w:lang [^>]*/>", "", STYLES)),
    "no language in the settings": ("language-missing", text(r"<w:themeFontLang [^>]*/>", "", SETTINGS)),
    "no language in the properties": ("language-missing", text("<dc:language>.*?</dc:language>", "", CORE)),
    "other language in the settings": ("language-differs", text(r'(<w:themeFontLang w:val=)"en"', r'\1"de"', SETTINGS)),
    "no language of a run": ("language-invalid", text('<w:lang w:val="fr"/>', '<w:lang w:val="french"/>')),
    "undetermined run": ("language-invalid", text('<w:lang w:val="fr"/>', '<w:lang w:val="und"/>')),
    "Hebrew in English": ("language-of-run", text(r'<w:lang w:val="he" [^>]*/>', "")),
    "Russian in French": ("language-of-run", text('<w:lang w:val="ru"/>', '<w:lang w:val="fr"/>')),
    # Links
    "link without words": ("link-empty", text(r"(<w:hyperlink [^>]*>).*?(</w:hyperlink>)", r"\1\2")),
    "link that says here": ("link-text", text(">same site<", ">Click here<")),
    "link to no bookmark": ("link-to-nowhere", text('w:anchor="first"', 'w:anchor="gone"')),
    "link to nothing": ("link-to-nowhere", text('<w:hyperlink r:id="[^"]*"', '<w:hyperlink r:id="rId4711"')),
    "link to a file": ("link-unsafe", text(ADDRESS, 'Target="file:///etc/passwd"', RELATIONS)),
    "link to a script": ("link-unsafe", text(ADDRESS, 'Target="javascript:alert(1)"', RELATIONS)),
    "link to another place": ("link-misleads", text(">same site<", ">https://example.net/<")),
    # Access, leftovers, safety
    "protected": ("protected", text("<w:zoom", '<w:documentProtection w:enforcement="1"/><w:zoom', SETTINGS)),
    "read only": ("protected", text("<w:zoom", '<w:writeProtection w:recommended="1"/><w:zoom', SETTINGS)),
    "tracking": ("changes-tracked", text("<w:zoom", "<w:trackRevisions/><w:zoom", SETTINGS)),
    "words put in": ("change-left", text(LAST, r'\1<w:ins w:id="9"><w:r><w:t>More.</w:t></w:r></w:ins>\2')),
    "words taken out": (
        "change-left",
        text(LAST, r'\1<w:del w:id="9"><w:r><w:delText>gone</w:delText></w:r></w:del>\2'),
    ),
    "comment": ("comment-left", text("/>$", '><w:comment w:id="1"/></w:comments>', "word/comments.xml")),
    "mark of a comment": ("comment-left", text(LAST, r'\1<w:r><w:commentReference w:id="1"/></w:r>\2')),
    "note without a mark": ("note-without-reference", text(CALLED, "")),
    "mark without a note": ("note-missing", text(LAST, r'\1<w:r><w:footnoteReference w:id="99"/></w:r>\2')),
    "macros": ("active-content", added("word/vbaProject.bin")),
    "macros by type": (
        "active-content",
        text("<Override ", f'<Override PartName="/x" ContentType="{MACROS}"/><Override ', TYPES),
    ),
    "embedded program": ("active-content", added("word/embeddings/oleObject1.bin")),
    "template from outside": ("external-content", related("attachedTemplate", "https://example.net/t.dotm")),
    "picture from outside": ("external-content", related("image", "https://example.net/t.png")),
    "field that runs": (
        "active-field",
        after("After the rule", "<w:p><w:r><w:instrText> DDEAUTO x </w:instrText></w:r></w:p>"),
    ),
    "field that fetches": ("active-field", text(r'w:instr="[^"]*"', 'w:instr=" INCLUDEPICTURE x "', HEADER)),
    "no settings": ("settings-missing", text(r"<Relationship [^>]*settings\.xml[^>]*/>", "", RELATIONS)),
}

ALSO = {
    "table of one column": {"table-header-missing"},
    "no title": {"heading-fake"},
    "link without words": {"blank-characters"},
    "no properties": {"language-missing"},
    "no settings": {"language-missing"},
}
"""Rules that the same change breaks too."""


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_fault_is_found(name: str, tmp_path: Path) -> None:
    rule, change = MUTATIONS[name]
    parts = dict(good())
    change(parts)
    assert found(tmp_path, packed(parts)) == {rule} | ALSO.get(name, set())


def test_the_file_with_every_construct_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, docx_reading.written()) == set()


def test_every_word_file_is_clean(built: Path) -> None:
    publications = [Publication(folder.name, folder, None) for folder in sorted(built.iterdir()) if folder.is_dir()]
    results = judge({CHECK.name: CHECK}, publications, places(), lambda _: None)
    assert len(results) > 2
    assert [(result.path, result.findings, result.unchecked) for result in results if result.verdict != "passed"] == []


@pytest.mark.judge
def test_every_language_is_clean(declared: Path) -> None:
    publication = Publication("universal-declaration", declared / "universal-declaration", None)
    results = judge({CHECK.name: CHECK}, [publication], places(), lambda _: None)
    assert len(results) == 12
    assert [(result.path, result.findings, result.unchecked) for result in results if result.verdict != "passed"] == []


def test_a_list_of_one_column_may_have_a_head(tmp_path: Path) -> None:
    parts = dict(good())
    with_table(row(WORDS, properties=HEAD), row(WORDS), columns=1)(parts)
    assert found(tmp_path, packed(parts)) == set()


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("1\\. One.\n\n2\\. Two.\n\n**FOR RELEASE**\n\nWords.", set()),
        ("1. One.\n2. Two.\n\n# FOR RELEASE\n\nWords.", {"list-typed", "heading-fake"}),
    ],
)
def test_the_master_says_whether_a_mark_is_typed_and_a_line_is_bold(body: str, rules: set[str], tmp_path: Path) -> None:
    facts = "type: statement\ndate: 2024-05-01\nissuers: [{name: N}]\npublisher: {name: P}\nrights: {statement: R}"
    (tmp_path / "master").mkdir()
    (tmp_path / "master" / "statement.md").write_text(f"---\ntitle: T\nlanguage: en\n{facts}\n---\n{body}\n")
    plain = samples.statement("1\\. One.\n\n2\\. Two.\n\n**FOR RELEASE**\n\nWords.")
    (tmp_path / "x.docx").write_bytes(docx.write(annotate(plain)))
    publication = Publication("x", tmp_path, tmp_path / "master")
    (result,) = judge({CHECK.name: CHECK}, [publication], places(), lambda _: None)
    assert not result.unchecked
    assert {finding.rule for finding in result.findings} == rules


def test_a_text_box_is_found(tmp_path: Path) -> None:
    parts = dict(good())
    after("After the rule", BOX)(parts)
    assert found(tmp_path, packed(parts)) == {"floating-text", "floating-object"}


def test_the_language_in_the_name_of_the_file_counts(tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"x.fr.docx": docx_reading.written()})
    assert {finding.rule for finding in result.findings} == {"language-differs"}


def test_what_word_only_warns_of_is_a_warning(tmp_path: Path) -> None:
    parts = dict(good())
    both(MUTATIONS["tab"][1], MUTATIONS["no alternative text"][1])(parts)
    (result,) = judged(tmp_path, {"x.docx": packed(parts)})
    found = {finding.rule: finding.severity for finding in result.findings}
    assert found == {"blank-characters": Severity.WARNING, "alt-text-missing": Severity.ERROR}
    assert result.verdict is Verdict.FAILED
    tab = next(finding for finding in result.findings if finding.rule == "blank-characters")
    assert re.fullmatch(r"word/document\.xml paragraph \d+", tab.location)
    assert "After the rule" in tab.message


def test_every_rule_has_a_fault() -> None:
    tried = {rule for rule, _ in MUTATIONS.values()} | {"floating-text", "restricted"}
    folder = Path(docx_checks.__file__).parent
    sources = "".join(file.read_text() for file in [*folder.glob("*.py"), folder.parent / "docx_rules.py"])
    named = set(re.findall(r'Remark\(\s*"([a-z-]+)"', sources)) | set(re.findall(r'yield "([a-z-]+)"', sources))
    assert tried | {"table-column-empty"} == named


def test_an_empty_column_is_found(tmp_path: Path) -> None:
    parts = dict(good())
    with_table(row(WORDS, EMPTY, properties=HEAD), row(WORDS, EMPTY))(parts)
    assert found(tmp_path, packed(parts)) == {"table-column-empty", "table-header-empty"}


def test_a_table_without_header_row_is_rejected_for_that_alone(tmp_path: Path) -> None:
    parts = {file.relative_to(BROKEN).as_posix(): file.read_bytes() for file in BROKEN.rglob("*") if file.is_file()}
    mended = dict(parts)
    text("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")(mended)
    results = judged(tmp_path, {"x.docx": packed(parts), "x.en.docx": packed(mended)})
    assert [{finding.rule for finding in result.findings} for result in results] == [{"table-header-missing"}, set()]
    assert results[1].verdict is Verdict.PASSED


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "unreadable"),
        (b"plain text", "unreadable"),
        (docx_reading.written()[:9000], "unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "restricted"),
        (packed({"a.txt": b"x"}), "unreadable"),
        (packed({**good(), DOCUMENT: BOMB}), "unreadable"),
        (packed({**good(), DOCUMENT: b"<torn"}), "unreadable"),
        (packed({**good(), STYLES: b""}), "unreadable"),
        (packed({name: part for name, part in good().items() if name != DOCUMENT}), "unreadable"),
        (packed({name: part for name, part in good().items() if name != "[Content_Types].xml"}), "unreadable"),
    ],
    ids=["empty", "text", "torn", "locked", "other ZIP", "bomb", "not XML", "no styles", "no document", "no types"],
)
def test_what_is_no_word_file_is_named_in_one_line(content: bytes, rule: str, tmp_path: Path) -> None:
    (result,) = judged(tmp_path, {"x.docx": content})
    assert rule in {finding.rule for finding in result.findings}
    assert all("\n" not in finding.message for finding in result.findings)


@pytest.mark.parametrize(
    "change",
    [
        text(r'(<w:style [^>]*w:styleId="BlockText">.*?<w:basedOn w:val=)"\w+"', r'\1"BlockText"', STYLES),
        text(r'<w:sz w:val="\d+"/>', '<w:sz w:val="large"/>', STYLES),
        text("<w:tblGrid>.*?</w:tblGrid>", ""),
        text('Target="styles.xml"', 'Target="../../../styles.xml"', RELATIONS),
        text('<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="99999999999"/>'),
    ],
    ids=["style on itself", "size in words", "no grid", "style outside", "wide cell"],
)
def test_a_strange_file_gets_a_verdict_or_a_reason(change: Change, tmp_path: Path) -> None:
    parts = dict(good())
    change(parts)
    (result,) = judged(tmp_path, {"x.docx": packed(parts)})
    assert "\n" not in result.unchecked
    assert "a bug" not in result.unchecked
