"""Lettering: each language in its own font, in the habits of its script, and nothing else touched."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from communique import templates
from communique.document import annotate
from communique.legibility import writing
from communique.statement import Statement
from communique.writers import html, large, lettering, paper
from communique.writers.lettering import CODE, LARGE, PAPER, SANS, SCREEN, Medium, Stack
from samples import statement

HAN = {"ja": "Noto-Serif-JP", "ko": "Noto-Serif-KR", "zh-Hans": "Noto-Serif-SC", "zh-Hant": "Noto-Serif-TC"}


def css(asked: Statement, medium: Medium = PAPER) -> str:
    return lettering.css(writing(annotate(asked)), medium)


def fonts(content: bytes) -> set[str]:
    """The PostScript names of the fonts of a PDF, without the marks of their subsets."""
    with pikepdf.open(io.BytesIO(content)) as file:
        found = (font for page in file.pages for font in page.Resources.get("/Font", {}).values())
        return {str(font.BaseFont).partition("+")[2].rstrip(",") for font in found}


def drawn(asked: Statement) -> set[str]:
    (content,) = paper.write_all(annotate(asked)).values()
    return fonts(content)


def families(value: str) -> tuple[str, ...]:
    return tuple(name.strip().strip('"') for name in value.split(","))


@pytest.mark.parametrize("language", ["en", "fr", "ru", "el", "vi", "sq"])
def test_a_page_that_the_vendored_fonts_draw_gets_no_style_at_all(language: str) -> None:
    assert css(statement("Words [слова]{lang=ru}.", language=language)) == ""


@pytest.mark.parametrize(
    ("sheet", "medium"), [("pdf", PAPER), ("large", LARGE), ("screen", SCREEN), ("epub", SCREEN), ("base", SCREEN)]
)
def test_the_stacks_are_those_of_the_style_sheets(sheet: str, medium: Medium) -> None:
    """A role that a style sheet adds or changes has to be known here, or other scripts would lose it."""
    text = re.sub(r"/\*.*?\*/", "", templates.read_text(f"css/{sheet}.css"), flags=re.S)
    rules = re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{[^{}]*?font-family:\s*([^;}]+)", text)
    roles = {"body": medium.serif, **dict.fromkeys(SANS, medium.sans), **dict.fromkeys(CODE, medium.code)}
    for selectors, value in rules:
        for selector in selectors.split(", "):
            if selector != "::marker":
                stack = roles[selector]
                expected = [name for name in families(value) if name in {*stack.ours, *stack.theirs}]
                assert families(value) == tuple(expected), selector
                assert families(value)[0] == stack.ours[0]


def test_fonts_of_other_scripts_stand_between_ours_and_those_of_the_reader() -> None:
    stack = Stack(("Ours", "Spare"), ("Georgia", "serif"))
    assert stack.css([], ["B", "A"]) == '"Ours", "Spare", "B", "A", "Georgia", serif'
    assert stack.css(["A"], ["B", "A"]) == '"A", "Ours", "Spare", "B", "Georgia", serif'


def test_the_same_character_is_drawn_in_the_shape_of_each_language() -> None:
    spans = " ".join(f"[骨]{{lang={language}}}" for language in HAN)
    assert drawn(statement(f"Bone {spans}.")) >= set(HAN.values())


@pytest.mark.parametrize("language", HAN)
def test_words_of_one_language_bring_no_other_font_of_the_ideographs(language: str) -> None:
    found = drawn(statement(f"The bone [骨]{{lang={language}}} in it."))
    assert found & set(HAN.values()) == {HAN[language]}


def test_latin_letters_and_figures_of_a_japanese_text_are_those_of_the_house() -> None:
    text = "二〇二三年 UN 2023 *強調*"
    assert drawn(statement(text, language="ja", title="題")) == {
        "Noto-Serif-JP",
        "Noto-Serif-JP-Bold",
        "Source-Serif-4",
        "Source-Sans-3-Semi-Bold",
    }


def test_a_chinese_text_has_its_own_quotation_marks_and_a_japanese_one_those_of_the_latin_font() -> None:
    assert "Noto-Serif-SC" in drawn(statement("Marks: [“”]{lang=zh}."))
    assert "Noto-Serif-JP" not in drawn(statement("Marks: [“”]{lang=ja}."))


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "強調"), ("ko", "강조"), ("zh", "强调"), ("ar", "تأكيد"), ("he", "הדגשה"), ("th", "เน้น"), ("hi", "ज़ोर")],
)
def test_what_is_stressed_is_bold_and_nothing_is_slanted(language: str, words: str) -> None:
    asked = statement(f"*{words}*", language=language)
    assert not [font for font in drawn(asked) if "Italic" in font or "Oblique" in font]
    assert f"em:lang({language}) {{ font-weight: 700 }}" in css(asked)


def test_letters_of_other_scripts_are_not_spaced() -> None:
    assert re.search(r"^:lang\(ar\) \{[^}]*letter-spacing: normal !important", css(statement("س", language="ar")), re.M)


def test_a_latin_word_in_such_a_text_keeps_its_slant() -> None:
    assert "Source-Serif-4-Italic" in drawn(statement("[A *word*]{lang=en} س", language="ar"))


def test_running_heads_are_drawn_in_the_script_of_the_edition() -> None:
    long = "\n\n".join(["本文。"] * 60)
    asked = statement(long, language="ja", title="題名の言葉")
    with pikepdf.open(io.BytesIO(next(iter(paper.write_all(annotate(asked)).values())))) as file:
        assert len(file.pages) > 1
    assert re.search(r"@page \{ @top-left \{ font-family: \"Noto Serif JP\"", css(asked))


def test_the_large_edition_keeps_its_sans_serif() -> None:
    asked = annotate(statement("A [日本]{lang=ja} text."))
    (content,) = large.write_all(asked).values()
    assert fonts(content) == {"Noto-Serif-JP", "Source-Sans-3", "Source-Sans-3-Semi-Bold"}


def test_other_pages_of_the_same_process_stay_as_they_were() -> None:
    plain = annotate(statement("A word – “quoted”."))
    before = paper.write_all(plain)
    paper.write_all(annotate(statement("日本 한국 สันติภาพ שלום سلام शांति")))
    assert paper.write_all(plain) == before


def test_the_web_page_carries_the_style_after_its_own() -> None:
    page = html.write(annotate(statement("本文", language="ja"))).decode()
    assert page.index(".kicker:lang(ja)") > page.index(".kicker {")
    assert 'font-family: "Noto Serif JP"; font-style: normal; font-weight: 700' in page
    assert ":lang" not in html.write(annotate(statement())).decode()


def test_foreign_words_in_a_label_keep_the_font_of_labels() -> None:
    style = css(statement("| [Mot]{lang=fr} |\n|---|\n| [日本]{lang=ja} |\n"))
    (rule,) = (line for line in style.splitlines() if "th [lang]:lang(fr)" in line)
    assert rule.endswith('{ font-family: "Source Sans 3", "Noto Serif", "Noto Sans Symbols 2", "Noto Serif JP" }')
