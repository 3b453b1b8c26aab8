"""Web fonts: of a fetched font exactly the glyphs that a text uses, the same bytes each time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from communique.document import annotate
from communique.typefaces import typefaces
from communique.writers import epub, html
from communique.writers.webfonts import VENDORED, Face, faces
from samples import statement

CASES = [("Jpan", "日本国の憲法"), ("Arab", "السلام، عليكم"), ("Thai", "สันติภาพ"), ("Deva", "शान्ति।"), ("Hebr", "שלום")]


def opened(face: Face) -> TTFont:
    return TTFont(io.BytesIO(face.content))


def fetched(code: str, text: str) -> tuple[Face, ...]:
    return faces([typefaces()[code]], text)[len(VENDORED) :]


def test_a_page_without_other_scripts_carries_the_vendored_faces_alone() -> None:
    assert [(face.family, face.style, face.weight) for face in faces([], "日本")] == [
        (family, style, weight) for family, style, weight, _ in VENDORED
    ]


@pytest.mark.parametrize(("code", "text"), CASES, ids=[code for code, _ in CASES])
def test_a_subset_has_the_characters_of_the_text_and_no_others(code: str, text: str) -> None:
    regular, bold = fetched(code, f"{text} Latin 123 ñ")
    for face, weight in ((regular, 400), (bold, 700)):
        font = opened(face)
        assert (font.flavor, font["OS/2"].usWeightClass, face.weight) == ("woff2", weight, weight)
        assert set(font.getBestCmap()) == {ord(character) for character in text} | {0x20}
        assert str(font["name"].getBestFamilyName()) == face.family == typefaces()[code].family


def test_what_shapes_the_text_stays_in_a_subset() -> None:
    regular, _ = fetched("Arab", "السلام")
    features = {record.FeatureTag for record in opened(regular)["GSUB"].table.FeatureList.FeatureRecord}
    assert {"init", "medi", "fina"} <= features


def test_the_copyright_stays_in_a_subset() -> None:
    regular, _ = fetched("Hebr", "שלום")
    assert "Frank Ruhl Libre Project Authors" in str(opened(regular)["name"].getDebugName(0))


def test_a_subset_is_the_same_in_every_process() -> None:
    program = (
        "import hashlib; from communique.typefaces import typefaces; from communique.writers.webfonts import faces;"
        "print(*(hashlib.sha256(f.content).hexdigest() for f in faces([typefaces()['Jpan']], '日本国')))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed, "TZ": zone}, capture_output=True, check=True
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(runs) == 1
    assert len(runs.pop().split()) == len(VENDORED) + 2


def test_web_page_and_epub_carry_the_same_fonts() -> None:
    document = annotate(statement("平和", language="ja"))
    page = html.write(document).decode()
    with zipfile.ZipFile(io.BytesIO(epub.write(document))) as archive:
        names = [name for name in archive.namelist() if name.endswith(".woff2")]
        style = archive.read("EPUB/css/epub.css").decode()
        regular = archive.read("EPUB/fonts/NotoSerifJP_400Regular.woff2")
        read = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert sorted(Path(name).name for name in names) == [
        "NotoSerifJP_400Regular.woff2",
        "NotoSerifJP_700Bold.woff2",
        "SourceSans3_600SemiBold.woff2",
        "SourceSerif4_400Regular.woff2",
        "SourceSerif4_400Regular_Italic.woff2",
        "SourceSerif4_700Bold.woff2",
    ]
    assert all(f"url(../fonts/{Path(name).name})" in style for name in names)
    assert page.count("@font-face") == style.count("@font-face") == len(names)
    drawn = {chr(point) for point in TTFont(io.BytesIO(regular)).getBestCmap()}
    assert set("平和") <= drawn <= set(read)


def test_the_table_of_contents_of_an_epub_is_drawn_too() -> None:
    with zipfile.ZipFile(io.BytesIO(epub.write(annotate(statement("平和", language="ja"))))) as archive:
        regular = TTFont(io.BytesIO(archive.read("EPUB/fonts/NotoSerifJP_400Regular.woff2")))
        contents = archive.read("EPUB/nav.xhtml").decode()
    foreign = {character for character in contents if ord(character) > 0x2FFF}
    assert foreign
    assert foreign <= {chr(point) for point in regular.getBestCmap()}
