"""Editions in twelve languages of ten scripts: their words, direction, labels and languages in every format.

The text is the Universal Declaration of Human Rights (tests/udhr.py), which `make judges` installs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from lxml import etree, html

import udhr
from communique.checks.judges import ace, axe, epubcheck, libreoffice, nu, ooxml, verapdf
from communique.checks.reading import dates, docx, epub, markup, pdf
from communique.checks.reading import master as master_reading
from communique.checks.reading import text as text_reading
from communique.checks.reading.edition import Edition
from communique.checks.reading.labels import labels

pytestmark = pytest.mark.judge

READERS: dict[str, Callable[[bytes], Edition]] = {
    "html": markup.html_file,
    "epub": epub.epub,
    "docx": docx.docx,
    "pdf": pdf.pdf,
    "ua1+a3a.pdf": pdf.pdf,
    "ua2+a4f.pdf": pdf.pdf,
}
EVERY_LANGUAGE = pytest.mark.parametrize("language", udhr.SOURCES)
RTL = pytest.mark.parametrize("language", udhr.RIGHT_TO_LEFT)
LTR = [language for language in udhr.SOURCES if language not in udhr.RIGHT_TO_LEFT]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Kind of document, notes and contents, as a reader of the language would expect them.
LABELS = {
    "en": ("Declaration", "Notes", "Contents"),
    "sq": ("Deklaratë", "Shënime", "Përmbajtja"),
    "vi": ("Tuyên ngôn", "Chú thích", "Mục lục"),
    "el": ("Διακήρυξη", "Σημειώσεις", "Περιεχόμενα"),
    "ru": ("Декларация", "Примечания", "Содержание"),
    "ar": ("إعلان", "الحواشي", "المحتويات"),
    "he": ("הכרזה", "הערות", "תוכן העניינים"),
    "hi": ("घोषणापत्र", "टिप्पणियाँ", "विषय-सूची"),
    "th": ("ปฏิญญา", "เชิงอรรถ", "สารบัญ"),
    "ja": ("宣言", "注", "目次"),
    "ko": ("선언", "주석", "목차"),
    "zh": ("宣言", "注释", "目录"),
}


def output(declared: Path, language: str, suffix: str) -> bytes:
    return path(declared, language, suffix).read_bytes()


def path(declared: Path, language: str, suffix: str) -> Path:
    stem = udhr.SLUG if language == udhr.FIRST else f"{udhr.SLUG}.{language}"
    return declared / udhr.SLUG / f"{stem}.{suffix}"


def wanted(declared: Path, language: str) -> Edition:
    return master_reading.read(declared / "master" / udhr.SLUG, language)


def flow(language: str) -> str:
    return "rtl" if language in udhr.RIGHT_TO_LEFT else "ltr"


def other(language: str) -> str:
    """The language of the passage that runs the other way."""
    return udhr.FIRST if language in udhr.RIGHT_TO_LEFT else "ar"


@pytest.mark.parametrize(
    ("suffix", "flavours"),
    [("pdf", ("ua1", "2a")), ("ua1+a3a.pdf", ("ua1", "3a")), ("ua2+a4f.pdf", ("ua2", "4f"))],
)
def test_verapdf_confirms_both_standards(declared: Path, suffix: str, flavours: tuple[str, str]) -> None:
    files = [path(declared, language, suffix) for language in udhr.SOURCES]
    assert len(files) == 12
    for flavour in flavours:
        assert [str(finding) for finding in verapdf.under(flavour).findings(files)] == []


# Words


@EVERY_LANGUAGE
@pytest.mark.parametrize("suffix", READERS)
def test_every_format_says_the_words_of_the_master(declared: Path, language: str, suffix: str) -> None:
    master, found = wanted(declared, language), READERS[suffix](output(declared, language, suffix))
    if suffix.endswith("pdf"):
        master, found = master.unseen(), found.unseen()
    assert found.words == master.words
    assert found.note_words == master.note_words


@EVERY_LANGUAGE
@pytest.mark.parametrize("suffix", ["html", "epub", "docx"])
def test_every_format_has_each_sentence_of_the_declaration(declared: Path, language: str, suffix: str) -> None:
    """Without pandoc: the paragraphs as the package has them, none missing, no space lost or gained."""
    found = " ".join(READERS[suffix](output(declared, language, suffix)).words)
    place = 0
    for part in udhr.declaration(language).parts:
        for sentence in (part.heading, *part.paragraphs, *part.points):
            place = found.find(" ".join(text_reading.words(sentence)), place)
            assert place >= 0, sentence


def test_the_texts_are_of_the_scripts_they_are_meant_to_be() -> None:
    starts = {"ar": "\u0600", "he": "\u0590", "hi": "\u0900", "th": "\u0e00", "el": "\u0370", "ru": "\u0400"}
    for language, start in starts.items():
        text = "".join(udhr.declaration(language).parts[1].paragraphs)
        own = sum(ord(start) <= ord(sign) < ord(start) + 0x100 for sign in text)
        assert own > 0.7 * len(text.replace(" ", ""))
    assert "\uac00" <= udhr.declaration("ko").title[0] <= "\ud7a3"
    assert "世界" in udhr.declaration("ja").title
    assert "世界" in udhr.declaration("zh").title


# The web page


@EVERY_LANGUAGE
def test_the_page_is_in_its_language_and_runs_its_way(declared: Path, language: str) -> None:
    tree = html.document_fromstring(output(declared, language, "html").decode())
    kind, notes, _ = LABELS[language]
    assert (tree.get("lang"), tree.get("dir")) == (language, flow(language))
    assert tree.xpath("string(//p[@class='kicker'])") == kind
    assert tree.xpath("string(//*[@id='doc-notes-title'])") == notes
    assert tree.xpath("string(//time)") == dates.day(udhr.DATE, language)
    assert tree.xpath("//time/@datetime") == [udhr.DATE]
    links = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@rel='alternate']")}
    assert links == {each: path(declared, each, "html").name for each in udhr.SOURCES}


@EVERY_LANGUAGE
def test_what_runs_the_other_way_says_so(declared: Path, language: str) -> None:
    """A direction is also what isolates words from the punctuation around them (HTML, 15.3.6)."""
    tree = html.document_fromstring(output(declared, language, "html").decode())
    turned = [(part.tag, part.get("lang")) for part in tree.xpath("//body//*[@dir]") if part.get("lang")]
    assert turned == [("span", other(language)), ("div", other(language))]
    assert set(tree.xpath("//body//*[@lang]/@dir")) == {flow(other(language))}
    untold = [part.text_content() for part in tree.xpath("//body//*[@dir and not(@lang)]")]
    assert untold == ([udhr.ADDRESS, udhr.ADDRESS, udhr.SYMBOL] if language in udhr.RIGHT_TO_LEFT else [])


@EVERY_LANGUAGE
def test_the_abbreviation_is_marked_in_scripts_with_and_without_spaces(declared: Path, language: str) -> None:
    tree = html.document_fromstring(output(declared, language, "html").decode())
    (mark,) = tree.xpath("//abbr")
    assert mark.text_content() == udhr.abbreviation(language)
    assert mark.get("title") == udhr.declaration(language).title


# The EPUB


@EVERY_LANGUAGE
def test_the_book_turns_its_pages_as_its_language_does(declared: Path, language: str) -> None:
    files = unpacked(output(declared, language, "epub"))
    package = etree.fromstring(files["EPUB/package.opf"])
    spine = package.find(f"{OPF}spine")
    assert spine is not None
    assert spine.get("page-progression-direction") == flow(language)
    assert (package.get(XML_LANG), package.get("dir")) == (language, flow(language))
    assert package.findtext(f".//{DC}language") == language
    assert package.findtext(f".//{DC}title") == udhr.declaration(language).title
    for name in ("text", "nav", "cover"):
        page = etree.fromstring(files[f"EPUB/{name}.xhtml"])
        assert (page.get("lang"), page.get(XML_LANG), page.get("dir")) == (language, language, flow(language))
    contents = etree.fromstring(files["EPUB/nav.xhtml"]).findtext(f".//{XHTML}h1")
    assert contents == LABELS[language][2]


@EVERY_LANGUAGE
def test_the_contents_of_the_book_are_its_headings(declared: Path, language: str) -> None:
    navigation = etree.fromstring(unpacked(output(declared, language, "epub"))["EPUB/nav.xhtml"])
    found = [link.text for link in navigation.findall(f".//{XHTML}nav")[0].iter(f"{XHTML}a")]
    whole = udhr.declaration(language)
    headings = [part.heading for part in whole.parts if part.heading]
    assert found == [whole.title, *headings, LABELS[language][1], labels(language).words["about"]]


def unpacked(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


# The Word file


@RTL
def test_the_word_file_runs_from_right_to_left(declared: Path, language: str) -> None:
    files = unpacked(output(declared, language, "docx"))
    names = ("document", "footnotes", "header1", "footer1")
    parts = {name: etree.fromstring(files[f"word/{name}.xml"]) for name in names}
    foreign = udhr.declaration(other(language)).title
    for part in parts.values():
        paragraphs = [each for each in part.iter(f"{W}p") if "".join(each.itertext()).strip() != foreign]
        assert [each for each in paragraphs if each.find(f"{W}pPr/{W}bidi") is None] == []
    body = parts["document"]
    assert body.find(f".//{W}sectPr/{W}bidi") is not None
    assert body.find(f".//{W}tblPr/{W}bidiVisual") is not None
    turned = [run for run in body.iter(f"{W}r") if run.find(f"{W}t") is not None]
    straight = {text(run).strip() for run in turned if run.find(f"{W}rPr/{W}rtl") is None}
    assert straight <= {udhr.ADDRESS, udhr.SYMBOL, *foreign.split(), foreign, ""}


@pytest.mark.parametrize("language", LTR)
def test_only_the_arabic_words_of_the_others_do_so(declared: Path, language: str) -> None:
    body = etree.fromstring(unpacked(output(declared, language, "docx"))["word/document.xml"])
    foreign = udhr.declaration("ar").title
    (turned,) = [each for each in body.iter(f"{W}p") if each.find(f"{W}pPr/{W}bidi") is not None]
    assert "".join(turned.itertext()).strip() == foreign
    runs = [run for run in body.iter(f"{W}r") if run.find(f"{W}rPr/{W}rtl") is not None]
    assert "".join(map(text, runs)) == foreign * 2
    assert {run.find(f"{W}rPr/{W}lang").get(f"{W}bidi") for run in runs} == {"ar"}  # type: ignore[union-attr]
    assert body.find(f".//{W}sectPr/{W}bidi") is None


@EVERY_LANGUAGE
def test_word_knows_the_language(declared: Path, language: str) -> None:
    slots = {"ja": "eastAsia", "ko": "eastAsia", "zh": "eastAsia"}
    slots |= dict.fromkeys(("ar", "he", "hi", "th"), "bidi")
    styles = etree.fromstring(unpacked(output(declared, language, "docx"))["word/styles.xml"])
    (mark,) = styles.iter(f"{W}lang")
    attributes = {etree.QName(name).localname: value for name, value in mark.attrib.items()}
    assert attributes == {"val": language, **({slots[language]: language} if language in slots else {})}


def text(run: etree._Element) -> str:
    return "".join(each.text or "" for each in run.iter(f"{W}t"))


# Judges


def every(declared: Path, suffix: str) -> Sequence[Path]:
    found = sorted((declared / udhr.SLUG).glob(f"*.{suffix}"))
    assert len(found) == len(udhr.SOURCES)
    return found


def test_the_nu_checker_has_nothing_to_object(declared: Path) -> None:
    assert nu.JUDGE.findings(every(declared, "html")) == ()


def test_axe_has_nothing_to_object(declared: Path) -> None:
    assert axe.JUDGE.findings(every(declared, "html")) == ()


def test_epubcheck_has_nothing_to_object(declared: Path) -> None:
    assert epubcheck.JUDGE.findings(every(declared, "epub")) == ()


def test_ace_has_nothing_to_object(declared: Path) -> None:
    assert ace.JUDGE.findings(every(declared, "epub")) == ()


def test_the_open_xml_sdk_has_nothing_to_object(declared: Path) -> None:
    assert ooxml.JUDGE.findings(every(declared, "docx")) == ()


def test_libreoffice_opens_every_word_file(declared: Path, tmp_path: Path) -> None:
    assert libreoffice.into(tmp_path).findings(every(declared, "docx")) == ()
