"""scripts/reference_docx.py: the template is what the script makes, and it is fit to read."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from communique import templates
from communique.checks.judges import ooxml

REPOSITORY = Path(__file__).resolve().parents[1]
SCRIPT = REPOSITORY / "scripts" / "reference_docx.py"
CHECKED_IN = templates.read_bytes("reference.docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(CHECKED_IN)) as package:
        return etree.fromstring(package.read(name))


STYLES = {style.get(f"{W}styleId"): style for style in part("word/styles.xml").iter(f"{W}style")}


def test_the_checked_in_file_is_what_the_script_makes(tmp_path: Path) -> None:
    """Run as a designer runs it, on a copy, from another directory and in another environment."""
    copy = tmp_path / "scripts"
    shutil.copytree(REPOSITORY / "scripts" / "communique", copy / "communique")
    shutil.copy(SCRIPT, copy)
    (tmp_path / "templates").mkdir()
    environment = os.environ | {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    command = [sys.executable, str(copy / SCRIPT.name)]
    subprocess.run(command, cwd=tmp_path, env=environment, umask=0o077, check=True)
    assert (tmp_path / "templates" / "reference.docx").read_bytes() == CHECKED_IN


def test_python_docx_opens_it_and_it_is_a4() -> None:
    section = docx.Document(io.BytesIO(CHECKED_IN)).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


@pytest.mark.parametrize("level", range(1, 6))
def test_headings_are_real_and_stay_with_their_text(level: int) -> None:
    style = STYLES[f"Heading{level}"]
    assert style.find(f"{W}name").get(f"{W}val") == f"heading {level}"  # type: ignore[union-attr]
    assert style.find(f".//{W}outlineLvl").get(f"{W}val") == str(level - 1)  # type: ignore[union-attr]
    assert style.find(f".//{W}keepNext") is not None


def test_the_title_is_in_the_outline() -> None:
    outline = STYLES["Title"].find(f".//{W}outlineLvl")
    assert outline is not None
    assert outline.get(f"{W}val") == "0"


def test_widows_are_avoided_everywhere() -> None:
    assert part("word/styles.xml").find(f"{W}docDefaults/{W}pPrDefault/{W}pPr/{W}widowControl") is not None
    assert not [style for style in STYLES.values() if style.find(f".//{W}widowControl") is not None]


def test_every_style_that_another_names_exists() -> None:
    for style in STYLES.values():
        for name in ("basedOn", "next"):
            for reference in style.iter(f"{W}{name}"):
                assert reference.get(f"{W}val") in STYLES


def luminance(rgb: str) -> float:
    channels = [int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("identifier", sorted(filter(None, STYLES)))
def test_text_has_a_contrast_of_seven_to_one_on_white(identifier: str) -> None:
    for colour in STYLES[identifier].findall(f"{W}rPr/{W}color"):
        assert 1.05 / (luminance(colour.get(f"{W}val", "")) + 0.05) >= 7


def test_faces_are_the_vendored_ones() -> None:
    families = {path.name.replace("-", " ") for path in (templates.root() / "fonts").iterdir() if path.is_dir()}
    faces = {fonts.get(f"{W}ascii", "").lower() for fonts in part("word/styles.xml").iter(f"{W}rFonts")}
    assert faces
    assert faces <= families


def test_the_font_table_knows_a_substitute_for_each_face() -> None:
    table = {font.get(f"{W}name"): font.find(f"{W}altName") for font in part("word/fontTable.xml")}
    faces = {fonts.get(f"{W}ascii") for fonts in part("word/styles.xml").iter(f"{W}rFonts")}
    assert faces == set(table)
    assert None not in table.values()


@pytest.mark.judge
def test_the_open_xml_sdk_has_nothing_to_object() -> None:
    assert ooxml.JUDGE.findings([templates.root() / "reference.docx"]) == ()
