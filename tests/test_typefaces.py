"""The typefaces of large scripts: which a text needs, and that what was fetched is what the table names."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from communique import typefaces
from communique.errors import ToolMissing
from communique.language import script
from communique.typefaces import LATIN, Typeface, families, needed, typeface, verified, written
from communique.writers.pdf.engine import FONTS_CONF
from conftest import ROOT
from programs import program

ALL = tuple(typefaces.typefaces().values())
EVERY = pytest.mark.parametrize("face", ALL, ids=[face.code for face in ALL])


def codes(faces: tuple[Typeface, ...]) -> str:
    return " ".join(face.code for face in faces)


@cache
def opened(path: Path) -> TTFont:
    return TTFont(io.BytesIO(path.read_bytes()), lazy=True)


@pytest.mark.parametrize(
    ("languages", "family"),
    [
        ("ja ja-JP", "Noto Serif JP"),
        ("ko ko-KR", "Noto Serif KR"),
        ("zh zh-CN zh-Hans zh-Hans-HK cmn-Hani", "Noto Serif SC"),
        ("zh-Hant zh-TW zh-HK zh-MO yue", "Noto Serif TC"),
        ("ar ar-EG fa ur ps ckb", "Amiri"),
        ("he yi", "Frank Ruhl Libre"),
        ("th", "Sarabun"),
        ("hi mr ne sa", "Noto Serif Devanagari"),
    ],
)
def test_a_language_has_the_font_of_its_script(languages: str, family: str) -> None:
    assert {language: families(language) for language in languages.split()} == dict.fromkeys(
        languages.split(), (family,)
    )


@pytest.mark.parametrize("language", ["en", "fr", "sq", "vi", "el", "ru", "sr-Latn", "ja-Latn", "ar-Latn", "x", ""])
def test_the_vendored_fonts_draw_every_other_language(language: str) -> None:
    assert typeface(language) is None
    assert families(language) == LATIN


@pytest.mark.parametrize(
    ("languages", "text", "expected"),
    [
        ("en fr ru", "Words, слова, λέξεις, những từ – “…”", ""),
        ("en", "the word สันติภาพ in it", "Thai"),
        ("en", "ひらがな", "Jpan"),
        ("en", "한국 日本", "Kore"),
        ("en", "日本", "Hans"),
        ("en ja", "日本", "Jpan"),
        ("en zh-Hant", "日本", "Hant"),
        ("ko zh-TW ja zh", "", "Jpan Kore Hans Hant"),
        ("ar", "سلام שלום", "Arab Hebr"),
        ("en hi", "x", "Deva"),
        ("hi", "है।", "Deva"),
        ("en", "。", "Hans"),
    ],
)
def test_a_text_needs_the_fonts_of_its_languages_and_of_its_characters(
    languages: str, text: str, expected: str
) -> None:
    assert codes(needed(languages.split(), text)) == expected


def test_an_example_is_a_language_of_its_script() -> None:
    assert [typeface(face.example) for face in ALL] == list(ALL)
    assert [script(face.example) for face in ALL] == [face.code for face in ALL]


def test_masters_need_what_they_name_in_their_heads_their_names_and_their_texts(tmp_path: Path) -> None:
    for name, text in {
        "one/statement.md": "---\nlanguage: en\n---\nIn [words]{lang=ar} and สันติภาพ.\n",
        "one/statement.ja.md": "---\ntitle: x\n---\n",
        "two/statement.md": '---\nlanguage: "he"\nterms:\n  - term: x\n    language: hi\n---\n[x]{.a lang="ko"}\n',
        "two/notes.md": "language: zh\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert codes(written(tmp_path)) == "Jpan Kore Arab Hebr Thai Deva"
    assert written(tmp_path / "nowhere") == ()


def test_the_first_statement_needs_none() -> None:
    folder = ROOT / "content" / "joint-statement-dprk-human-rights"
    text = "".join(file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md")))
    assert needed(["en"], text) == ()


@EVERY
def test_what_was_fetched_is_static_and_of_the_family_and_weight_that_the_table_names(face: Typeface) -> None:
    assert [file.weight for file in face.files] == [400, 700]
    for file, path in zip(face.files, verified(face), strict=True):
        font = opened(path)
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0
        assert str(font["name"].getBestFamilyName()) == face.family
        assert font["OS/2"].usWeightClass == file.weight


@EVERY
def test_the_licence_lies_beside_the_fonts_and_reserves_no_name(face: Typeface) -> None:
    licence = (face.folder / "LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence.upper()
    assert "with Reserved Font Name" not in licence
    names = opened(verified(face)[0])["name"].names
    assert not [record for record in names if "reserved font name" in record.toUnicode().lower()]


@EVERY
def test_a_font_draws_most_of_the_signs_that_ask_for_it(face: Typeface) -> None:
    drawn = set(opened(verified(face)[0]).getBestCmap())
    asked = {point for first, last in face.signs for point in range(first, last + 1)}
    assert len(asked & drawn) >= len(asked) * 0.5


def test_the_fonts_are_listed_for_readers_too() -> None:
    text = (ROOT / "templates" / "fonts" / "README.md").read_text(encoding="utf-8")
    for face in ALL:
        assert f"| {face.name} | {face.family} | `{face.package}` {face.version} |" in text


def test_no_sign_asks_for_two_fonts() -> None:
    signs = [point for face in ALL for first, last in face.signs for point in range(first, last + 1)]
    assert len(signs) == len(set(signs))


def test_the_spare_font_has_the_most_ideographs() -> None:
    drawn = {
        face.code: sum(0x4E00 <= point <= 0x9FFF for point in opened(verified(face)[0]).getBestCmap())
        for face in ALL
        if face.is_han
    }
    assert max(drawn, key=lambda code: drawn[code]) == typefaces.SPARE


def test_the_page_engine_is_told_what_each_font_leaves_to_the_latin_ones() -> None:
    text = FONTS_CONF.read_text(encoding="utf-8")
    assert program("fonts").configuration(text) == text
    assert text.count('target="scan"') == len(ALL)


def test_a_font_that_is_not_here_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path)
    thai = typefaces.typefaces()["Thai"]
    assert not thai.is_here()
    with pytest.raises(ToolMissing, match=r"scripts/bootstrap fonts th, which fetches @expo-google-fonts/sarabun"):
        verified(thai)


def test_other_bytes_than_the_table_names_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    thai = typefaces.typefaces()["Thai"]
    contents = {path.name: path.read_bytes() for path in verified(thai)}
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path)
    thai.folder.mkdir()
    for name, content in contents.items():
        (thai.folder / name).write_bytes(content)
    assert len(verified(thai)) == 2
    monkeypatch.setattr(typefaces, "folder", lambda: tmp_path / "again")
    thai.folder.mkdir(parents=True)
    for name, content in contents.items():
        (thai.folder / name).write_bytes(content[:-1])
    assert thai.is_here()
    with pytest.raises(ToolMissing, match="not the font that"):
        verified(thai)
