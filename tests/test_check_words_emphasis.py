"""The check of the words: emphasis, contents and tooltips, each lost, added or changed in one format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from breaking import LEAST
from communique.build import Plan, build
from communique.checks.check import judge
from communique.checks.publication import Publication
from communique.checks.verdict import Result
from communique.checks.words import CHECK
from communique.doctor import places
from communique.writers import WRITERS
from communique.writers.pdf.profiles import PROFILES

SLUG = "looks"
BODY = """# First *kind*　of heading

Some *words here*, some **strong words here**, ***both***, [Small Caps]{.smallcaps}, [under]{.underline},
[marked]{.mark}, ~~struck out~~, H~2~O, x^2^, `a *code* word`{lang=fr} and [**a** link](https://example.org).[^1]

> *quoted*

## Second

| *Head* | **B** |
|--------|-------|
| *cell* | **c** |

: A *caption*

[![A linked flag](media/flag.png)](https://example.org/flag) ![The flag](media/flag.png){title="A title"}

# Third

[these words]{dir=rtl}

[^1]: A note with *emphasis*.
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a statement in `master` and its outputs beside it."""
    folder = tmp_path_factory.mktemp("good")
    return made(folder, LEAST.replace("Words.\n", BODY).replace("title: A statement", "title: Statement"))


def made(folder: Path, text: str) -> Path:
    (folder / "master" / SLUG / "media").mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(folder / "master" / SLUG / "media/flag.png")
    (folder / "master" / SLUG / "statement.md").write_text(text, encoding="utf-8")
    build(folder / "master" / SLUG, folder, Plan(tuple(WRITERS), tuple(PROFILES)), lambda _: None)
    return folder


def checked(publication: Publication) -> list[Result]:
    return judge({"words": CHECK}, [publication], places(), lambda _: None)


def messages(results: list[Result]) -> list[str]:
    return [f"{each.path}: {f.rule}: {f.message}" for each in results for f in each.findings]


def found(good: Path, folder: Path, suffix: str, content: bytes) -> list[tuple[str, str]]:
    """What is found in a file that is alone in its folder: rule and message."""
    (folder / SLUG).mkdir()
    (folder / SLUG / f"{SLUG}.{suffix}").write_bytes(content)
    (result,) = checked(Publication(SLUG, folder / SLUG, good / "master" / SLUG))
    assert result.unchecked == ""
    return [(finding.rule, finding.message) for finding in result.findings]


def output(good: Path, suffix: str) -> bytes:
    return (good / SLUG / f"{SLUG}.{suffix}").read_bytes()


def replaced(content: bytes, before: str, after: str, name: str = "") -> bytes:
    """A file, or a file of an archive, with one thing changed."""
    if not name:
        assert before.encode() in content
        return content.replace(before.encode(), after.encode(), 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, replaced(text, before, after) if each == name else text)
    return buffer.getvalue()


@pytest.mark.judge
def test_nothing_is_wrong_with_emphasis_and_contents_that_are_as_in_the_master(good: Path) -> None:
    results = checked(Publication(SLUG, good / SLUG, good / "master" / SLUG))
    assert len(results) == 11
    assert messages(results) == []


MARKUP = {
    "emphasis lost": ("<em>words here</em>", "words here", "“words here”: expected emphasis, found no emphasis"),
    "emphasis of half": ("<em>words here</em>", "<em>words</em> here", "“words here”: expected emphasis"),
    "strong lost": ("<strong>strong words here</strong>", "strong words here", "expected strong, found no emphasis"),
    "strong as emphasis": (
        "<strong>strong words here</strong>",
        "<em>strong words here</em>",
        "“strong words here”: expected strong, found emphasis",
    ),
    "emphasis added": ("and <a", "<em>and</em> <a", "“and”: expected no emphasis, found emphasis"),
    "strong by its style": ("and <a", '<span style="font-weight:700">and</span> <a', "found strong"),
    "in a heading": ("<em>kind</em>", "kind", "“kind”: expected emphasis, found no emphasis"),
    "in a cell": ("<em>cell</em>", "cell", "“cell”: expected emphasis, found no emphasis"),
    "in a note": ("<em>emphasis</em>", "emphasis", "“emphasis”: expected emphasis, found no emphasis"),
    "small capitals": ('<span class="smallcaps">Small Caps</span>', "Small Caps", "expected small capitals"),
    "a line under it": ("<u>under</u>", "under", "“under”: expected underlined words, found no emphasis"),
    "a mark": ("<mark>marked</mark>", "marked", "“marked”: expected marked words, found no emphasis"),
    "half struck": ("<del>struck out</del>", "<del>struck</del> out", "expected struck “struck out”"),
    "raised": ("<sup>2</sup>", "2", "expected raised “2”, found no raised"),
    "code": ("a *code* word</code>", "a *code*</code> word", "expected code “a *code* word”"),
    "a tooltip": ('title="A title"', 'title="No title"', "expected the title “A title”, found the title “No title”"),
    "no tooltip": (' title="A title"', "", "expected the title “A title”, found no title"),
    "the language of code": ('<code lang="fr"', "<code", "expected the language fr on “a *code* word”"),
}


@pytest.mark.parametrize("suffix", ["html", "epub"])
@pytest.mark.parametrize("name", MARKUP)
def test_wrong_emphasis_is_found_in_pages(good: Path, tmp_path: Path, name: str, suffix: str) -> None:
    before, after, told = MARKUP[name]
    file = "EPUB/text.xhtml" if suffix == "epub" else ""
    if name == "the language of code" and suffix == "epub":
        before = '<code lang="fr" xml:lang="fr"'
    content = replaced(output(good, suffix), before, after, file)
    assert any(told in message for _, message in found(good, tmp_path, suffix, content))


@pytest.mark.parametrize("rule", ["strong { font-weight: 400 }", "p em { font-style: normal }"])
def test_a_style_sheet_that_takes_emphasis_away_is_found(good: Path, tmp_path: Path, rule: str) -> None:
    content = replaced(output(good, "html"), "</style>", f"{rule}</style>")
    assert {rule for rule, _ in found(good, tmp_path, "html", content)} == {"emphasis"}


WORD = {
    "strong lost": ("<w:b/><w:bCs/>", "", "expected strong, found no emphasis"),
    "strong switched off": ("<w:b/>", '<w:b w:val="0"/>', "expected strong, found no emphasis"),
    "strong as emphasis": ("<w:b/><w:bCs/>", "<w:i/><w:iCs/>", "expected strong, found emphasis"),
    "emphasis lost": ("<w:i/><w:iCs/>", "", "“kind”: expected emphasis, found no emphasis"),
    "emphasis added": (
        '<w:r><w:t xml:space="preserve">and',
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">and',
        "expected no emphasis, found emphasis",
    ),
    "small capitals": ("<w:smallCaps/>", "", "expected small capitals, found no emphasis"),
    "a line under it": ('<w:u w:val="single"/>', '<w:u w:val="none"/>', "expected underlined words"),
    "a mark": ('<w:highlight w:val="yellow"/>', "", "expected marked words, found no emphasis"),
}


@pytest.mark.parametrize("name", WORD)
def test_wrong_emphasis_is_found_in_a_word_file(good: Path, tmp_path: Path, name: str) -> None:
    before, after, told = WORD[name]
    content = replaced(output(good, "docx"), before, after, "word/document.xml")
    assert any(rule == "emphasis" and told in message for rule, message in found(good, tmp_path, "docx", content))


@pytest.mark.judge
def test_emphasis_that_other_files_have_otherwise_is_found_by_structure_and_by_fonts(
    good: Path, tmp_path: Path
) -> None:
    text = (good / "master" / SLUG / "statement.md").read_text(encoding="utf-8")
    changes = {
        "*words here*": "words here",
        "**strong words here**": "*strong words here*",
        "A note with": "*A* note with",
    }
    for before, after in changes.items():
        text = text.replace(before, after)
    other = made(tmp_path, text)
    results = checked(Publication(SLUG, other / SLUG, good / "master" / SLUG))
    for profile in ("pdf", "ua1+a3a.pdf", "ua2+a4f.pdf"):
        told = [line for line in messages(results) if line.startswith(f"{SLUG}.{profile}: emphasis")]
        assert [line for line in told if "words here" in line and "emphasis" in line], profile
        assert [line for line in told if "strong words here" in line and "strong" in line], profile
        assert [line for line in told if "A" in line], profile
    assert [line for line in messages(results) if f"{SLUG}.large.ua2+a4f.pdf: emphasis" in line]


def in_nav(before: str, after: str) -> Callable[[bytes], bytes]:
    return lambda content: replaced(content, before, after, "EPUB/nav.xhtml")


THIRD = '<li><a href="text.xhtml#third">Third</a></li>'
NOTES = '<li><a href="text.xhtml#doc-notes-title">Notes</a></li>'
ABOUT = '<li><a href="text.xhtml#doc-about-title">About this text</a></li>'
CONTENTS: dict[str, Callable[[bytes], bytes]] = {
    "an entry lost": in_nav(THIRD, ""),
    "the notes lost": in_nav(NOTES, ""),
    "the last lost": in_nav(ABOUT, ""),
    "an entry doubled": in_nav(THIRD, THIRD * 2),
    "another order": in_nav(THIRD + NOTES, NOTES + THIRD),
    "another word": in_nav(">Third<", ">Fourth<"),
    "a place that is not there": in_nav("text.xhtml#third", "text.xhtml#None"),
    "a file that is not there": in_nav("text.xhtml#third", "texts.xhtml#third"),
    "another heading": in_nav("text.xhtml#third", "text.xhtml#second"),
    "the notes elsewhere": in_nav("text.xhtml#doc-notes-title", "text.xhtml#doc-about-title"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_contents_that_are_not_the_headings_are_found(good: Path, tmp_path: Path, name: str) -> None:
    rules = {rule for rule, _ in found(good, tmp_path, "epub", CONTENTS[name](output(good, "epub")))}
    assert rules == {"navigation"}


def without_one(outline: Any) -> None:
    del outline.root[0].children[-2]


def without_last(outline: Any) -> None:
    del outline.root[0].children[-1]


def doubled(outline: Any) -> None:
    children = outline.root[0].children
    children.append(pikepdf.OutlineItem.from_dictionary_object(children[-1].obj))


def turned(outline: Any) -> None:
    outline.root[0].children.reverse()


def emptied(outline: Any) -> None:
    outline.root.clear()


@pytest.mark.judge
@pytest.mark.parametrize("suffix", ["pdf", "ua2+a4f.pdf", "large.pdf"])
@pytest.mark.parametrize("change", [without_one, without_last, doubled, turned, emptied])
def test_an_outline_that_is_not_the_headings_is_found(
    good: Path, tmp_path: Path, change: Callable[[Any], None], suffix: str
) -> None:
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(output(good, suffix))) as pdf:
        with pdf.open_outline() as outline:
            change(outline)
        pdf.save(buffer)
    assert "outline" in {rule for rule, _ in found(good, tmp_path, suffix, buffer.getvalue())}


@pytest.mark.judge
@pytest.mark.parametrize("suffix", ["pdf", "ua2+a4f.pdf", "large.pdf"])
def test_an_entry_of_the_outline_that_leads_to_another_heading_is_found(
    good: Path, tmp_path: Path, suffix: str
) -> None:
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(output(good, suffix))) as pdf:
        entries = {str(each.Title): each for each in pdf.objects if isinstance(each, Dictionary) and "/Title" in each}
        key = Name.A if "/A" in entries["Third"] else Name.Dest
        entries["Third"][key] = entries["Second"][key]
        pdf.save(buffer)
    assert "outline" in {rule for rule, _ in found(good, tmp_path, suffix, buffer.getvalue())}


@pytest.mark.judge
def test_a_type_that_says_what_the_title_says_is_missed_in_the_press_edition(good: Path, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with Pdf.open(io.BytesIO(output(good, "print.pdf"))) as pdf:
        drawing = [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(pdf.pages[0])]
        first = next(n for n, (operands, operator) in enumerate(drawing) if str(operator) == "TJ" and len(operands[0]))
        drawing[first][0][0] = pikepdf.Array()
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(drawing))
        pdf.save(buffer)
    assert "word-changed" in {rule for rule, _ in found(good, tmp_path, "print.pdf", buffer.getvalue())}


LONG = "Joint Statement by the Foreign Ministers of Many Countries on a Great-Many Things That Are Said at Length"
HEBREW = "בְּרֵאשִׁית בָּרָא"
HINDI = "हम मिले और शांति पर सहमत हुए। र्क, ऑफ़िस, मई, एक।"
ARABIC = "مرحبا *يولد* الناس **أحرارا** *ABC* [*English one*]{lang=en} و[caps]{.smallcaps} ***كلا***."
SMALL = {
    "ar": ("title: بيان", ARABIC),
    "en": (f"title: {LONG}", "Words.\n\n" * 60),
    "he": ("title: הצהרה", f"אנו, השרים.[^1]\n\n{HEBREW}\n\n[^1]: הערה.\n"),
    "hi": ("title: संयुक्त वक्तव्य", HINDI),
    "ja": ("title: 共同声明", "# 第一部　平和と安全\n\n我々は合意した。\n"),
}


@pytest.mark.judge
@pytest.mark.parametrize("language", SMALL)
def test_nothing_is_wrong_with_one_small_pdf(tmp_path: Path, language: str) -> None:
    title, body = SMALL[language]
    text = LEAST.replace("Words.\n", body).replace("title: A statement", title).replace(": en", f": {language}")
    (tmp_path / "master" / SLUG).mkdir(parents=True)
    (tmp_path / "master" / SLUG / "statement.md").write_text(text, encoding="utf-8")
    formats = ("html", "epub", "docx", "pdf", "print")
    build(tmp_path / "master" / SLUG, tmp_path, Plan(formats, ("ua1+a2a",)), lambda _: None)
    results = checked(Publication(SLUG, tmp_path / SLUG, tmp_path / "master" / SLUG))
    assert len(results) == len(formats) + 1  # and the record in Akoma Ntoso
    assert messages(results) == []
    if language in {"he", "hi"}:
        # Another letter in the same place is found, though the fonts do not tell all letters.
        wrong = text.replace(HEBREW, HEBREW.replace("ר", "ד")).replace("सहमत", "सहगत")
        (tmp_path / "master" / SLUG / "statement.md").write_text(wrong, encoding="utf-8")
        results = checked(Publication(SLUG, tmp_path / SLUG, tmp_path / "master" / SLUG))
        assert all(result.findings for result in results)
