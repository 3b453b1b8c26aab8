"""The fonts: whole, static, allowed to be embedded, with their licences, and enough for the words of the masters."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from communique.checks.reading import master
from conftest import MASTERS, ROOT

FONTS = ROOT / "templates" / "fonts"
FILES = sorted(FONTS.glob("*/*.ttf"))
WEB = sorted(FONTS.glob("web/*.woff2"))
EVERY_FONT = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
EVERY_WEB_FONT = pytest.mark.parametrize("file", WEB, ids=[file.stem for file in WEB])
EDITIONS = [(folder, language) for folder in MASTERS for language in master.editions(folder)]


@cache
def opened(file: Path) -> TTFont:
    return TTFont(io.BytesIO(file.read_bytes()), lazy=True)


def family(font: TTFont) -> str:
    """The name of the family, as style sheets use it."""
    return str(font["name"].getBestFamilyName())


def test_every_font_is_listed_with_its_digest() -> None:
    lines = (FONTS / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert listed == {
        file.relative_to(FONTS).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in (*FILES, *WEB)
    }


def test_every_family_has_its_licence() -> None:
    folders = {file.parent for file in FILES}
    assert {folder.name for folder in folders if not (folder / "LICENSE.txt").is_file()} == set()
    for folder in folders:
        assert "SIL OPEN FONT LICENSE" in (folder / "LICENSE.txt").read_text(encoding="utf-8").upper()


@EVERY_FONT
def test_a_font_is_static_and_may_be_embedded(file: Path) -> None:
    font = opened(file)
    assert "fvar" not in font
    assert font["OS/2"].fsType == 0
    assert {"glyf", "cmap", "name", "OS/2"} <= set(font.keys())


@EVERY_WEB_FONT
def test_a_web_font_is_the_font_itself(file: Path) -> None:
    (original,) = (each for each in FILES if each.stem == file.stem)
    web, font = opened(file), opened(original)
    assert web.flavor == "woff2"
    assert web.getBestCmap() == font.getBestCmap()
    assert web.getGlyphOrder() == font.getGlyphOrder()
    assert web["hmtx"].metrics == font["hmtx"].metrics
    assert web["OS/2"].usWeightClass == font["OS/2"].usWeightClass
    assert family(web) == family(font)


def test_style_sheets_name_only_fonts_that_are_there_or_those_of_the_system() -> None:
    ours = {family(opened(file)).removesuffix(" SemiBold") for file in FILES}
    systems = {"Helvetica Neue", "Georgia", "Times New Roman", "Source Serif Pro"}
    for sheet in sorted((ROOT / "templates/css").glob("*.css")):
        named = set(re.findall(r'"([A-Z][A-Za-z0-9 ]+)"', sheet.read_text(encoding="utf-8")))
        assert named <= ours | systems, sheet.name


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=[master.stem(*edition) for edition in EDITIONS])
def test_the_fonts_of_the_text_have_its_characters(folder: Path, language: str) -> None:
    serif = [file for file in FILES if file.parent.name in ("source-serif-4", "noto-serif", "noto-sans-symbols-2")]
    drawn = {point for file in serif for point in opened(file).getBestCmap()}
    said = {character for word in master.read(folder, language).unseen().words for character in word} - set("⟦⟧")
    assert {character for character in said if ord(character) not in drawn} == set()


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=[master.stem(*edition) for edition in EDITIONS])
def test_every_font_of_the_pdf_is_ours_and_inside_it(built: Path, folder: Path, language: str) -> None:
    ours = {str(opened(file)["name"].getDebugName(6)) for file in FILES}
    embedded = set()
    with pikepdf.open(built / folder.name / f"{master.stem(folder, language)}.pdf") as file:
        for page in file.pages:
            for font in page.Resources.get("/Font", {}).values():
                (inner,) = font.DescendantFonts
                descriptor = inner.FontDescriptor
                assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
                embedded.add(str(font.BaseFont)[1:].partition("+")[2].replace(" ", "-"))
    assert embedded
    assert {plain(name) for name in embedded} <= {plain(name) for name in ours}


def plain(name: str) -> str:
    """A PostScript name without what programs write differently in it; WeasyPrint adds the small capitals asked for."""
    return re.sub(r"[^a-z0-9]|regular|roman|(all-)?small-caps", "", name.lower())


@pytest.mark.parametrize(("folder", "language"), EDITIONS, ids=[master.stem(*edition) for edition in EDITIONS])
def test_the_fonts_of_the_epub_are_the_web_fonts(built: Path, folder: Path, language: str) -> None:
    content = (built / folder.name / f"{master.stem(folder, language)}.epub").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        fonts = {Path(name).name: archive.read(name) for name in archive.namelist() if name.endswith(".woff2")}
    assert fonts == {file.name: file.read_bytes() for file in WEB}
