"""Legibility: a character that cannot be drawn is found in the master, before a page is laid out."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from communique import legibility, templates, typefaces
from communique.cli import main
from communique.document import annotate
from communique.errors import MasterError
from communique.legibility import FontsMissing, check, writing
from communique.statement import Issuer, Statement
from samples import statement


@pytest.fixture
def nothing_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path)


def problems(asked: Statement) -> list[tuple[int, str, str]]:
    with pytest.raises(MasterError) as refused:
        check(annotate(asked))
    return [(problem.line, problem.found, problem.remedy) for problem in refused.value.problems]


def test_plain_characters_are_drawn_by_the_font_of_the_text() -> None:
    font = TTFont(io.BytesIO(templates.read_bytes(legibility.VENDORED[0])), lazy=True)
    spare = TTFont(io.BytesIO(templates.read_bytes(legibility.VENDORED[1])), lazy=True)
    drawn = font.getBestCmap().keys() | spare.getBestCmap().keys()
    assert {character for character in legibility.PLAIN - {"\n"} if ord(character) not in drawn} == set()


@pytest.mark.parametrize(
    "text", ["Zwölf Boxkämpfer", "Съешь ещё", "Ξεσκεπάζω", "Nước Việt", "☐ ☑ ∑ ≠", "a\u200db\ufe0f"]
)
@pytest.mark.usefixtures("nothing_fetched")
def test_what_the_vendored_fonts_draw_needs_nothing(text: str) -> None:
    assert check(annotate(statement(text))).typefaces == ()


def test_languages_and_characters_are_those_of_everything_a_reader_sees() -> None:
    found = writing(annotate(statement("A [日本]{lang=ja} `código` text.", issuers=(Issuer("Ελλάδα"),))))
    assert found.languages == ("en", "ja")
    assert set("日本códigoΕλλάδα") <= found.characters
    assert [face.code for face in found.typefaces] == ["Jpan"]


@pytest.mark.usefixtures("nothing_fetched")
def test_the_missing_font_of_an_edition_is_named_with_what_to_type() -> None:
    assert problems(statement("本文。", language="ja")) == [
        (
            0,
            "the font for Japanese is missing",
            "run scripts/bootstrap fonts ja, which fetches @expo-google-fonts/noto-serif-jp",
        )
    ]


@pytest.mark.usefixtures("nothing_fetched")
def test_the_missing_font_of_a_few_words_is_named_in_their_line() -> None:
    found = problems(statement("One.\n\nTwo [日本]{lang=ja}.\n\nThree [שלום]{lang=he}."))
    assert [(line, text) for line, text, _ in found] == [
        (14, "the font for Japanese is missing"),
        (16, "the font for Hebrew is missing"),
    ]


@pytest.mark.usefixtures("nothing_fetched")
def test_missing_fonts_are_a_missing_tool_and_unknown_characters_a_fault_of_the_master() -> None:
    with pytest.raises(FontsMissing) as missing:
        check(annotate(statement("สันติภาพ")))
    assert missing.value.exit_code == 4
    with pytest.raises(MasterError) as unknown:
        check(annotate(statement("One.\n\nTwo \u2167 and \u2168.")))
    assert unknown.value.exit_code == 3
    assert problems(statement("One.\n\nTwo \u2167 and \u2168.")) == [
        (14, "no font has U+2167 'Ⅷ', U+2168 'Ⅸ'", legibility.REMEDY)
    ]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ka", "ყველა ადამიანი იბადება თავისუფალი\n\nდა თანასწორი", "Georgian"),
        ("hy", "Բոլոր մարդիկ ծնվում են ազատ", "Armenian"),
        ("bn", "সমস্ত মানুষ স্বাধীনভাবে।", "Bengali"),
        ("km", "មនុស្សទាំងអស់ កើតមកមានសេរីភាព។", "Khmer"),
        ("chr", "ᏂᎦᏓ ᎠᏂᏴᏫ", "Cherokee"),
    ],
)
@pytest.mark.usefixtures("nothing_fetched")
def test_an_edition_in_a_script_without_a_font_is_one_fault_of_the_whole_file(
    language: str, text: str, name: str
) -> None:
    assert problems(statement(f"One.\n\n{text}", language=language, title=text.partition("\n")[0])) == [
        (0, f"no font for {name} is known", "add one to templates/fonts/scripts.yaml")
    ]


@pytest.mark.usefixtures("nothing_fetched")
def test_words_in_scripts_without_a_font_are_one_fault_each_where_they_first_stand() -> None:
    found = problems(statement("One Ⅷ.\n\nTwo მშვიდობა.\n\nᎤ ში Բ.", title="ა"))
    assert [(line, text) for line, text, _ in found] == [
        (12, "no font has U+2167 'Ⅷ'"),
        (14, "no font for Georgian is known"),
        (16, "no font for Armenian is known"),
        (16, "no font for Cherokee is known"),
    ]


@pytest.mark.usefixtures("nothing_fetched")
def test_words_of_the_front_matter_alone_are_a_fault_without_a_line() -> None:
    assert [(line, text) for line, text, _ in problems(statement(title="ᚁ"))] == [(0, "no font for Ogham is known")]


def test_an_ideograph_that_its_own_font_lacks_is_drawn_by_the_one_that_has_the_most() -> None:
    assert [face.code for face in check(annotate(statement("瘦", language="zh-Hant"))).typefaces] == ["Hant"]
    assert [face.code for face in check(annotate(statement("痩", language="zh-Hant"))).typefaces] == ["Hant", "Hans"]


def test_an_ideograph_that_no_font_has_is_a_fault() -> None:
    assert problems(statement("\U0002a6d6", language="ja")) == [
        (12, "no font has U+2A6D6 '\U0002a6d6'", legibility.REMEDY)
    ]


def test_validate_finds_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    head = "title: T\ntype: statement\ndate: 2024-05-01\nlanguage: en\nissuers: [{name: N}]\npublisher: {name: P}\n"
    (folder / "statement.md").write_text(f"---\n{head}rights: {{statement: R}}\n---\nA \u2167.\n", encoding="utf-8")
    assert main(["validate", "--content", str(tmp_path)]) == 3
    assert "statement.md:10: no font has U+2167" in capsys.readouterr().err
