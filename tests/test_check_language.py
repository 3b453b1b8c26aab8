"""Language: a file, a page or a passage whose language is missing, wrong or no language at all is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, String

import breaking
import samples
import udhr
from breaking import BROKEN, SINK, SINK_MASTER, faults, passed, results, rules
from communique.checks.language import CHECK, tags
from communique.checks.publication import Publication
from communique.checks.verdict import Severity
from communique.document import annotate
from communique.writers import docx, paper
from conftest import MASTERS

PAGE, BOOK, LETTER, PAPER = (f"{SINK}.{suffix}" for suffix in ("html", "epub", "docx", "pdf"))
NEWER, LARGE, PRESS = (f"{SINK}.{suffix}" for suffix in ("ua2+a4f.pdf", "large.pdf", "print.pdf"))
TEXT, COVER, OPF, NAV = "EPUB/text.xhtml", "EPUB/cover.xhtml", "EPUB/package.opf", "EPUB/nav.xhtml"
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"


def test_every_good_output_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) == 30


@pytest.mark.judge
def test_good_outputs_in_twelve_languages_pass(declared: Path) -> None:
    one = Publication(udhr.SLUG, declared / udhr.SLUG, declared / "master" / udhr.SLUG)
    assert faults(CHECK, one) == []


def small(folder: Path, page: bytes, text: str) -> Publication:
    """A publication of one page, with a master."""
    (folder / SINK).mkdir()
    (folder / SINK / PAGE).write_bytes(page)
    (folder / "master").mkdir()
    facts = "type: statement\ndate: 2024-02-29\nissuers: [{name: N}]\npublisher: {name: P}\nrights: {statement: R}"
    master = f"---\ntitle: A page\nlanguage: en\n{facts}\n---\n{text}\n"
    (folder / "master" / "statement.md").write_text(master, encoding="utf-8")
    return Publication(SINK, folder / SINK, folder / "master")


def test_the_broken_page_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    text = "They call it [совместное заявление]{lang=ru}."
    one = small(tmp_path, (BROKEN / "unmarked-language.html").read_bytes(), text)
    assert rules(CHECK, one, PAGE) == {"unmarked-language", "foreign-not-marked"}
    breaking.rewrite(one.path(PAGE), '<span lang="en">', '<span lang="ru">')
    assert faults(CHECK, one) == []


TURNED = "[words]{dir=rtl} and `code`{lang=fr} [lien](https://example.org){lang=fr}."
TURNED_PAGE = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><body><p><span dir="rtl">words</span> and <code lang="fr">code</code> '
    '<a href="https://example.org" lang="fr">lien</a>.</p></body></html>'
)


def test_a_direction_and_a_language_that_the_master_gives_are_none_too_many(tmp_path: Path) -> None:
    assert faults(CHECK, small(tmp_path, TURNED_PAGE.encode(), TURNED)) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("> and <", '> <b dir="rtl">and</b> <', "wrong-direction"),
        ('<code lang="fr">', "<code>", "foreign-not-marked"),
        ('<a href="https://example.org" lang="fr">', '<a href="https://example.org">', "foreign-not-marked"),
        ('<span dir="rtl">', '<span lang="fr">', "foreign-unfounded"),
    ],
)
def test_a_direction_or_a_language_elsewhere_than_in_the_master_is_found(
    tmp_path: Path, old: str, new: str, rule: str
) -> None:
    assert old in TURNED_PAGE
    one = small(tmp_path, TURNED_PAGE.replace(old, new).encode(), TURNED)
    assert rule in rules(CHECK, one, PAGE)


PAGES = [
    ('<html lang="en"', "<html", "missing-language"),
    ('<html lang="en"', '<html lang=""', "missing-language"),
    ('<html lang="en"', '<html lang="fr"', "wrong-language"),
    ('<html lang="en"', '<html lang="en-GB"', "wrong-language"),
    ('<html lang="en"', '<html lang="english"', "invalid-language"),
    ('<html lang="en" dir="ltr"', '<html lang="en" dir="rtl"', "wrong-direction"),
    ('<span lang="sq">', "<span>", "foreign-not-marked"),
    ('<span lang="sq">', '<span lang="sk">', "foreign-not-marked"),
    ('<span lang="sq">', '<span lang="sk">', "foreign-unfounded"),
    ('<span lang="fr">Déclaration commune</span>', "Déclaration commune", "foreign-not-marked"),
    ('class="foreign" lang="fr"', 'class="foreign"', "foreign-not-marked"),
    ('<div lang="fr">', "<div>", "foreign-not-marked"),
    ('<span lang="uk">', "<span>", "unmarked-language"),
    ('<span lang="el">', '<span lang="fr">', "unmarked-language"),
    ('<span lang="uk">', '<span lang="xx">', "invalid-language"),
    ('<span lang="uk">', '<span lang="ukrainian">', "invalid-language"),
    ('<span lang="uk">', '<span lang="uk_UA">', "invalid-language"),
    ('<p id="p2"', '<p id="p2" lang="de"', "foreign-unfounded"),
    ('<p id="p2"', '<p id="p2" lang=""', "foreign-unfounded"),
    ('<p id="p2"', '<p id="p2" dir="rtl"', "wrong-direction"),
]


@pytest.mark.parametrize(("old", "new", "rule"), PAGES)
def test_a_page_in_the_wrong_language_is_found(built: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    breaking.rewrite(one.path(PAGE), old, new)
    assert rule in rules(CHECK, one, PAGE)


BOOKS = [
    (OPF, 'xml:lang="en"', "", "missing-language"),
    (OPF, 'xml:lang="en"', 'xml:lang="fr"', "wrong-language"),
    (OPF, "<dc:language>en", "<dc:language>fr", "wrong-language"),
    (OPF, "<dc:language>en", "<dc:language>", "missing-language"),
    (OPF, 'page-progression-direction="ltr"', 'page-progression-direction="rtl"', "wrong-direction"),
    (TEXT, 'lang="en" dir="ltr" xml:lang="en"', 'dir="ltr"', "missing-language"),
    (TEXT, 'lang="en" dir="ltr" xml:lang="en"', 'lang="fr" dir="ltr" xml:lang="fr"', "wrong-language"),
    (TEXT, 'lang="en" dir="ltr" xml:lang="en"', 'lang="en" dir="ltr" xml:lang="fr"', "language-differs"),
    (COVER, 'lang="en" dir="ltr" xml:lang="en"', 'dir="ltr"', "missing-language"),
    (NAV, 'lang="en" dir="ltr" xml:lang="en"', 'lang="de" dir="ltr" xml:lang="de"', "wrong-language"),
    (TEXT, '<span lang="sq" xml:lang="sq">', '<span lang="sq">', "language-differs"),
    (TEXT, '<span lang="sq" xml:lang="sq">', "<span>", "foreign-not-marked"),
    (TEXT, '<span lang="uk" xml:lang="uk">', "<span>", "unmarked-language"),
    (TEXT, '<div lang="fr" xml:lang="fr">', '<div lang="es" xml:lang="es">', "foreign-unfounded"),
]


@pytest.mark.parametrize("case", BOOKS)
def test_a_book_in_the_wrong_language_is_found(built: Path, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    member, old, new, rule = case
    one = breaking.copied(built, tmp_path, BOOK)
    breaking.repack(one.path(BOOK), member, old, new)
    assert rule in rules(CHECK, one, BOOK)


LETTERS = [
    (STYLES, '<w:lang w:val="en"/>', "", "missing-language"),
    (STYLES, '<w:lang w:val="en"/>', '<w:lang w:val="fr"/>', "wrong-language"),
    (SETTINGS, '<w:themeFontLang w:val="en"/>', "", "missing-language"),
    (SETTINGS, '<w:themeFontLang w:val="en"/>', '<w:themeFontLang w:val="fr"/>', "wrong-language"),
    (DOCUMENT, '<w:lang w:val="sq"/>', "", "foreign-not-marked"),
    (DOCUMENT, '<w:lang w:val="sq"/>', '<w:lang w:val="sk"/>', "foreign-unfounded"),
    (DOCUMENT, '<w:lang w:val="uk"/>', "", "unmarked-language"),
    (DOCUMENT, '<w:lang w:val="uk"/>', '<w:lang w:val="ukrainian"/>', "invalid-language"),
    (DOCUMENT, '<w:i/><w:iCs/><w:lang w:val="fr"/>', "<w:i/><w:iCs/>", "foreign-not-marked"),
    (
        DOCUMENT,
        '<w:r><w:t xml:space="preserve">We, the</w:t>',
        '<w:r><w:rPr><w:lang w:val="de"/></w:rPr><w:t xml:space="preserve">We, the</w:t>',
        "foreign-unfounded",
    ),
    (DOCUMENT, "<w:titlePg/>", "<w:titlePg/><w:bidi/>", "wrong-direction"),
]


@pytest.mark.parametrize("case", LETTERS)
def test_a_letter_in_the_wrong_language_is_found(built: Path, tmp_path: Path, case: tuple[str, str, str, str]) -> None:
    member, old, new, rule = case
    one = breaking.copied(built, tmp_path, LETTER)
    breaking.repack(one.path(LETTER), member, old, new)
    assert rule in rules(CHECK, one, LETTER)


def marked(pdf: Any, language: str) -> list[Any]:
    """The structure elements in a language."""
    found, waiting = [], [pdf.Root.StructTreeRoot.K]
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, Array):
            waiting += list(entry)
        elif isinstance(entry, Dictionary) and "/S" in entry:
            found += [entry] if str(entry.get("/Lang", "")) == language else []
            waiting.append(entry.get("/K"))
    return found


def _without(pdf: Any) -> None:
    del pdf.Root.Lang


def _french(pdf: Any) -> None:
    pdf.Root.Lang = String("fr")


def _unmarked(language: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        del marked(pdf, language)[0]["/Lang"]

    return edit


def _marked(language: str, other: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        marked(pdf, language)[0].Lang = String(other)

    return edit


def _untagged(pdf: Any) -> None:
    del pdf.Root.StructTreeRoot


def _without_kind(pdf: Any) -> None:
    del marked(pdf, "sq")[0]["/S"]


def _without_page(pdf: Any) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and "/S" in each and "/Pg" in each:
            del each["/Pg"]


def _elsewhere(pdf: Any) -> None:
    marked(pdf, "sq")[0].K = 9999


PAPERS: list[tuple[str, Callable[[Any], None], str]] = [
    *((name, _without, "missing-language") for name in (PAPER, NEWER, LARGE, PRESS)),
    *((name, _french, "wrong-language") for name in (PAPER, NEWER, LARGE, PRESS)),
    *((name, _unmarked("sq"), "foreign-not-marked") for name in (PAPER, NEWER, LARGE)),
    *((name, _unmarked("uk"), "unmarked-language") for name in (PAPER, NEWER, LARGE)),
    (PAPER, _unmarked("fr"), "foreign-not-marked"),
    (PAPER, _marked("sq", "sk"), "foreign-unfounded"),
    (PAPER, _marked("uk", "ukrainian"), "invalid-language"),
    (PAPER, _marked("el", "en"), "unmarked-language"),
    (PAPER, _marked("en", "de"), "foreign-unfounded"),
    (PAPER, _untagged, "no-structure"),
    *((PAPER, edit, "unreadable") for edit in (_without_kind, _without_page, _elsewhere)),
]


@pytest.mark.parametrize(("name", "edit", "rule"), PAPERS, ids=range(len(PAPERS)))
def test_a_pdf_in_the_wrong_language_is_found(
    built: Path, tmp_path: Path, name: str, edit: Callable[[Any], None], rule: str
) -> None:
    one = breaking.copied(built, tmp_path, name)
    breaking.edit_pdf(one.path(name), edit)
    assert rule in rules(CHECK, one, name)


@pytest.mark.parametrize("suffix", ["html", "epub", "docx", "pdf", "print.pdf"])
def test_an_edition_in_the_place_of_another_is_found(built: Path, tmp_path: Path, suffix: str) -> None:
    one = breaking.copied(built, tmp_path, f"{SINK}.{suffix}")
    shutil.copyfile(one.path(f"{SINK}.{suffix}"), one.path(f"{SINK}.fr.{suffix}"))
    assert "wrong-language" in rules(CHECK, breaking.publication(one.folder), f"{SINK}.fr.{suffix}")


@pytest.mark.judge
@pytest.mark.parametrize(
    "case",
    [
        ("ar.html", "", '<html lang="ar" dir="rtl">', '<html lang="ar">'),
        ("ar.html", "", '<span lang="en" dir="ltr">', '<span lang="en">'),
        ("html", "", '<span lang="ar" dir="rtl">', '<span lang="ar">'),
        ("html", "", '<div lang="ar" dir="rtl">', '<div lang="ar" dir="ltr">'),
        ("he.epub", TEXT, 'dir="rtl"', 'dir="ltr"'),
        ("he.epub", OPF, 'page-progression-direction="rtl"', ""),
        ("ar.docx", DOCUMENT, '<w:pStyle w:val="BodyText"/><w:bidi/>', '<w:pStyle w:val="BodyText"/>'),
        ("ar.docx", DOCUMENT, "<w:bidi/></w:sectPr>", "</w:sectPr>"),
        ("he.docx", DOCUMENT, "re:<w:rtl/>", ""),
        ("docx", DOCUMENT, "<w:rtl/>", ""),
    ],
)
def test_a_passage_that_runs_the_wrong_way_is_found(
    declared: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    suffix, member, old, new = case
    name = f"{udhr.SLUG}.{suffix}"
    one = breaking.copied(declared, tmp_path, name, slug=udhr.SLUG)
    if member:
        breaking.repack(one.path(name), member, old, new)
    else:
        breaking.rewrite(one.path(name), old, new)
    again = Publication(udhr.SLUG, one.folder, declared / "master" / udhr.SLUG)
    assert "wrong-direction" in rules(CHECK, again, name)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("совместное заявление", "en"),
        ("إعلان مشترك", "fr"),
        ("共同声明", "en"),
        ("공동 성명", "vi"),
        ("κοινή δήλωση", "ru"),
        ("תשובה", "ar"),
        ("คำประกาศ", "ja"),
        ("Совместное", "sr-Latn"),
    ],
)
def test_letters_of_another_script_are_strange(text: str, tag: str) -> None:
    assert list(tags.strange(text, tag))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Łódź, İstanbul, naïve façade, Ångström", "en"),
        ("5 Ω, 3 µm, α and β, H₂O, x² ≤ 4 €, № 5, ½ ™", "en"),
        ("Agenda 2030 и NATO", "ru"),
        ("国連 UN Charter とカタカナ", "ja"),
        ("대한민국 大韓民國", "ko"),
        ("Совместное", "sr"),
        ("", "en"),
    ],
)
def test_signs_names_and_latin_letters_are_not(text: str, tag: str) -> None:
    assert list(tags.strange(text, tag)) == []


@pytest.mark.parametrize("tag", ["en", "EN", "pt-BR", "zh-Hans", "sr-Latn-RS", "fil"])
def test_real_languages_are_valid(tag: str) -> None:
    assert tags.is_valid(tag)


@pytest.mark.parametrize("tag", ["", "e", "xx", "english", "en_GB", "und", "x-default", "en-", "zxx", "123"])
def test_what_names_no_language_is_not(tag: str) -> None:
    assert not tags.is_valid(tag)


def test_a_warning_is_what_letters_alone_betray(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    breaking.rewrite(one.path(PAGE), '<span lang="uk">', "<span>")
    found = {finding.rule: finding.severity for finding in results(CHECK, one)[0].findings}
    assert found == {"unmarked-language": Severity.WARNING, "foreign-not-marked": Severity.ERROR}


def test_a_name_in_the_front_matter_cannot_be_marked(tmp_path: Path) -> None:
    one = small(tmp_path, '<html lang="en"><p>Правительство said so.'.encode(), "said so.")
    breaking.rewrite(tmp_path / "master" / "statement.md", "publisher: {name: P}", "publisher: {name: Правительство}")
    assert faults(CHECK, one) == []


def test_words_that_run_backward_and_fill_a_cell_need_no_paragraph_of_their_own(tmp_path: Path) -> None:
    text = "| A | B |\n|---|---|\n| [שלום.]{lang=he} | b |"
    one = small(tmp_path, b"", text)
    one.path(PAGE).unlink()
    one.path(LETTER).write_bytes(docx.write(annotate(samples.statement(text))))
    assert faults(CHECK, one) == []
    breaking.repack(one.path(LETTER), DOCUMENT, "<w:rtl/>", "")
    assert "wrong-direction" in rules(CHECK, one, LETTER)


def test_the_mark_of_a_note_has_no_language(tmp_path: Path) -> None:
    text = "[Un mot[^a]]{lang=fr} said.\n\n[^a]: A note."
    one = small(tmp_path, b"", text)
    one.path(PAGE).unlink()
    written = paper.write_all(annotate(samples.statement(text)), ("ua1+a2a", "ua2+a4f"))
    for name, content in zip((PAPER, NEWER), written.values(), strict=True):
        one.path(name).write_bytes(content)
    assert faults(CHECK, one) == []


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ('<p lang="fr">Un mot <i lang="en">statement</i>.</p>', "::: {lang=fr}\nUn mot [statement]{lang=en}.\n:::"),
        (
            '<p><span lang="fr">mot<a href="#fn1" role="doc-noteref"><sup>1</sup></a></span>!</p><p>Note.',
            "[mot[^a]]{lang=fr}!\n\n[^a]: Note.",
        ),
        (
            '<p lang="fr">Un mot <i lang="en">statement</i> ici</p>',
            "::: {lang=fr}\nUn mot *[statement]{lang=en}* ici\n:::",
        ),
        ('<p>a <i lang="fr">mot</i> b <i lang="fr">mot</i></p>', "a [mot]{lang=fr} b [mot]{lang=fr}"),
        ('<ul lang="fr"><li>un</li><li>deux</li></ul>', "::: {lang=fr}\n- un\n- deux\n:::"),
        ('<p>l’<i lang="fr">m<b>o</b>t</i>!</p>', "l’[m**o**t]{lang=fr}!"),
    ],
)
def test_passages_are_compared_by_their_letters(tmp_path: Path, page: str, text: str) -> None:
    one = small(tmp_path, f'<html lang="en">{page}'.encode(), text)
    assert faults(CHECK, one) == []
    breaking.rewrite(one.path(PAGE), 're: lang="fr"', "")
    assert "foreign-not-marked" in rules(CHECK, one, PAGE)


def test_without_a_master_nothing_passes_and_the_whole_is_still_judged(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE, "metadata/schema-org.jsonld")
    breaking.rewrite(one.path(PAGE), '<html lang="en"', '<html lang="fr"')
    (result,) = results(CHECK, Publication(SINK, one.folder, None))
    assert "no master" in result.unchecked
    assert "wrong-language" in {finding.rule for finding in result.findings}


def test_a_master_that_cannot_be_read_is_no_fault_of_the_files(built: Path, tmp_path: Path) -> None:
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    (tmp_path / "master" / "statement.md").write_text("no front matter", encoding="utf-8")
    one = breaking.copied(built, tmp_path, PAGE, BOOK)
    assert all(each.unchecked for each in results(CHECK, Publication(SINK, one.folder, tmp_path / "master")))


@pytest.mark.parametrize("name", [PAGE, BOOK, LETTER, PAPER, PRESS])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04", b"%PDF-1.7"])
def test_a_torn_file_never_passes(built: Path, tmp_path: Path, name: str, content: bytes) -> None:
    one = breaking.copied(built, tmp_path, name)
    one.path(name).write_bytes(content)
    assert not any(passed(each) for each in results(CHECK, one))
