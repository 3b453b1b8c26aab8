"""The press edition: sheets that a printer can cut and bind, a file that keeps the rules, the words of the PDF."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from pikepdf import Name, Pdf
from PIL import Image

import samples
from communique import templates
from communique.checks.press_inks import pages
from communique.checks.reading.layout import without_markers
from communique.checks.reading.text import UNSEEN
from communique.document import annotate
from communique.errors import MasterError, ToolFailed, UsageError
from communique.writers import paper, press, table_fit
from communique.writers.pdf.press import SIZES, pictures
from communique.writers.pdf.press import write as write_page
from communique.writers.pdf.source import Source
from pdf_pages import FACTS, page
from press_pages import MASTERS, MM, POINTS, PRESS, document, faults, printed, seen, wide, written

EVERY_SIZE = pytest.mark.parametrize("size", sorted(POINTS))

# Sheets


@EVERY_SIZE
@pytest.mark.parametrize("name", ["real", "sink", "wide"])
def test_the_boxes_of_every_page_are_those_of_the_size(name: str, size: str) -> None:
    width, height = POINTS[size]
    found = pages(wide(size) if name == "wide" else printed(name, size))
    for sheet in found:
        assert sheet.media == pytest.approx((0, 0, width + 20 * MM, height + 20 * MM), abs=0.01)
        assert sheet.bleed == pytest.approx((7 * MM, 7 * MM, width + 13 * MM, height + 13 * MM), abs=0.01)
        assert sheet.trim == pytest.approx((10 * MM, 10 * MM, width + 10 * MM, height + 10 * MM), abs=0.01)
    assert found


@EVERY_SIZE
def test_the_pages_can_be_bound(size: str) -> None:
    number = 4 if size == "A5" else 2
    counts = [len(pages(content)) for content in (printed("real", size), printed("sink", size), wide(size))]
    assert [count % number for count in counts] == [0, 0, 0]
    assert counts[1] > number


def test_pages_that_are_added_are_empty_but_for_the_marks() -> None:
    sheets = pages(printed("real", "A5"))
    empty = [not sheet.drawing.texts for sheet in sheets]
    assert empty == sorted(empty)
    assert empty.count(True) in {1, 2, 3}
    assert [len(sheet.marks()) for sheet in sheets] == [len(sheets[0].marks())] * len(sheets)


@EVERY_SIZE
def test_marks_lie_outside_the_bleed_and_inside_the_sheet(size: str) -> None:
    for sheet in pages(wide(size)):
        left, bottom, right, top = sheet.bleed
        marks = sheet.marks()
        assert [(x, y) for x, y in marks if left <= x <= right and bottom <= y <= top] == []
        assert all(0 < x < sheet.media[2] and 0 < y < sheet.media[3] for x, y in marks)


@EVERY_SIZE
def test_crop_marks_show_where_to_cut(size: str) -> None:
    """Eight lines, each on an edge of the trimmed page; and nothing is drawn on every plate but the marks."""
    for sheet in pages(printed("sink", size)):
        left, bottom, right, top = sheet.trim
        lines = [path for (space, _), path in sheet.drawing.strokes if space == "Separation All" and len(path) == 2]
        cuts = [
            (("x", one[0]) if one[0] == other[0] else ("y", one[1]))
            for one, other in lines
            if {round(one[0], 2), round(other[0], 2)} <= {round(left, 2), round(right, 2)}
            or {round(one[1], 2), round(other[1], 2)} <= {round(bottom, 2), round(top, 2)}
        ]
        wanted = [("x", left), ("x", left), ("x", right), ("x", right)]
        wanted += [("y", bottom), ("y", bottom), ("y", top), ("y", top)]
        assert [axis for axis, _ in sorted(cuts)] == [axis for axis, _ in wanted]
        assert [place for _, place in sorted(cuts)] == pytest.approx([place for _, place in wanted], abs=0.01)


def test_marks_are_on_every_plate_and_thin() -> None:
    with Pdf.open(io.BytesIO(printed("real"))) as pdf:
        ground = pdf.pages[0].Contents[0].read_bytes()
        separation = pdf.pages[0].Resources.ColorSpace.All
        assert (separation[0], separation[1], separation[2]) == (Name.Separation, Name.All, Name.DeviceCMYK)
        assert [list(map(float, separation[3][key])) for key in ("/C0", "/C1")] == [[0] * 4, [1] * 4]
    assert re.findall(rb"([\d.]+) w\b", ground) == [b"0.25"]


@EVERY_SIZE
def test_the_page_lies_inside_its_margins_with_the_inner_one_at_the_spine(size: str) -> None:
    """The lines of text begin and end where the margins of a right or left page say (Poppler)."""
    for number, (left, right) in enumerate(inked_columns(printed("real", size)), 1):
        at_left, at_right = (SIZES[size].inner, SIZES[size].outer)[:: 1 if number % 2 else -1]
        assert left == pytest.approx(10 * MM + at_left, abs=2)
        assert right == pytest.approx(10 * MM + POINTS[size][0] - at_right, abs=2)


def inked_columns(content: bytes) -> list[tuple[float, float]]:
    """The first and the last place across, in points, with ink inside the trimmed page, sheet by sheet."""
    sheets = pages(content)
    shown = subprocess.run(
        ["pdftoppm", "-gray", "-r", "144", "-l", "2", "-"], input=content, capture_output=True, check=True
    ).stdout
    found, stream = [], io.BytesIO(shown)
    for sheet in sheets[:2]:
        stream.readline()
        width, height = map(int, stream.readline().split())
        stream.readline()
        image = Image.frombytes("L", (width, height), stream.read(width * height)).point(lambda level: 255 - level)
        trim = [int(2 * (edge + shift)) for edge, shift in zip(sheet.trim, (3, 3, -3, -3), strict=True)]
        box = image.crop((trim[0], trim[1], trim[2], trim[3])).point(lambda level: 255 if level > 128 else 0).getbbox()
        assert box is not None
        found.append(((trim[0] + box[0]) / 2, (trim[0] + box[2]) / 2))
    return found


@EVERY_SIZE
def test_each_size_has_the_room_that_tables_are_fitted_to(size: str) -> None:
    form = SIZES[size]
    rooms = [room for _, room, *_ in (*table_fit.NORMAL.on_its_own, *table_fit.NORMAL.inside)]
    assert (form.width - form.inner - form.outer) / form.scale >= min(rooms)
    assert (form.height - 2 * form.ends) / form.scale >= max(rooms)


def test_a_table_on_its_side_is_turned_with_its_head_to_the_left() -> None:
    """The numbers of the page stand at the top, for whoever turns the page to read the table."""
    words = placed(wide("A4"), 2)
    head, first, last = words["Thirteen0word"], words["r0c0"], words["r0c7"]
    assert head[0] < first[0]
    assert last[1] < first[1]
    assert placed(wide("A4"), 1)["Before."][0] < POINTS["A4"][0] / 2


def placed(content: bytes, number: int) -> dict[str, tuple[float, float]]:
    """Where the words of a page are, in points from the upper left corner of the sheet."""
    command = ["pdftotext", "-bbox", "-f", str(number), "-l", str(number), "-", "-"]
    said = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">(.*?)</word>', said)
    return {word: (float(x), float(y)) for x, y, word in found}


@EVERY_SIZE
def test_numbers_stand_outside_and_titles_in_the_heads(size: str) -> None:
    content = printed("sink", size)
    middle = POINTS[size][0] / 2 + 10 * MM
    foot = POINTS[size][1] + 10 * MM - SIZES[size].foot
    for number in (1, 2, 3):
        places = {word: spot for word, spot in placed(content, number).items() if spot[1] > foot}
        assert list(places) == [str(number)]
        assert (places[str(number)][0] > middle) == (number % 2 == 1)
    heads = {number: words_of(content, number)[: int(SIZES[size].head)] for number in (1, 2, 3)}
    assert "Everything a Statement Can Hold" in heads[2]
    assert "Everything a Statement Can Hold" in heads[3]


def words_of(content: bytes, number: int) -> str:
    """The text of a page."""
    command = ["pdftotext", "-f", str(number), "-l", str(number), "-layout", "-", "-"]
    return " ".join(subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode().split())


def test_a_background_is_printed_as_far_as_the_bleed_and_no_farther() -> None:
    content = written("<p>x</p>", "@page { background: device-cmyk(0 1 0 0) }")
    middle = 150 * MM
    inside, outside = 7.4 * MM, 6.6 * MM
    (bled, bare) = seen(content, 1, (inside, middle), (outside, middle))
    assert bled[1] < 100
    assert bare == (255, 255, 255)
    assert faults(content) == set()


def test_a_page_of_another_size_is_refused() -> None:
    with pytest.raises(ToolFailed, match=r"press: page 1 is 419\.53 × 595\.28, not 595\.28 × 841\.89 points"):
        written('<p class="small">x</p>', "@page other { size: A5 } .small { page: other }")


def test_a_size_that_is_not_known_is_refused() -> None:
    with pytest.raises(UsageError, match="press: 'A6' is not a size of paper"):
        press.write(document("real"), "A6")


# The file


@EVERY_SIZE
@pytest.mark.parametrize("name", ["real", "sink", "wide"])
def test_the_file_keeps_all_rules(name: str, size: str) -> None:
    assert faults(wide(size) if name == "wide" else printed(name, size)) == set()


def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    for size in POINTS:
        (tmp_path / size).write_bytes(printed("sink", size))
        subprocess.run(["qpdf", "--check", tmp_path / size], capture_output=True, check=True)


def test_the_output_intent_is_the_printing_condition_by_its_registered_name() -> None:
    with Pdf.open(io.BytesIO(printed("real"))) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == Name.GTS_PDFX
        assert (str(intent.OutputConditionIdentifier), str(intent.RegistryName)) == ("FOGRA39", "http://www.color.org")
        assert intent.DestOutputProfile.N == 4
        assert intent.DestOutputProfile.read_bytes() == templates.read_bytes(pictures.PROFILE)


def test_fonts_are_in_the_file() -> None:
    said = subprocess.run(["pdffonts", "-"], input=printed("sink"), capture_output=True, check=True).stdout.decode()
    rows = [row.split()[-5:-2] for row in said.splitlines()[2:]]
    assert len(rows) > 5
    assert {tuple(row) for row in rows} == {("yes", "yes", "yes")}


def test_nothing_can_be_clicked_though_the_text_has_links() -> None:
    body = '<h1 id="a">Title</h1><p><a href="https://example.org/">away</a> <a href="#a">back</a></p>'
    with Pdf.open(io.BytesIO(written(body))) as pdf:
        assert not any("/Annots" in each for each in pdf.pages)
        assert {"/Names", "/Outlines", "/AcroForm", "/OpenAction"} & set(pdf.Root.keys()) == set()


@pytest.mark.parametrize("name", ["real", "sink"])
@EVERY_SIZE
def test_the_words_are_those_of_the_pdf(name: str, size: str) -> None:
    """As they are drawn, so that the columns of tables and the ends of lines do not matter."""
    (screen,) = paper.write_all(document(name)).values()
    wanted = between(screen, Margins(0, 841.89, first=69, head=84, foot=92))
    form = SIZES[size]
    top = Margins(10 * MM, form.height, first=70 * form.scale - 1, head=form.head - 1, foot=form.foot - 4)
    assert between(printed(name, size), top) == wanted
    assert len(wanted) > 2000


class Margins(NamedTuple):
    """Where a page begins on its sheet, how high it is, and its margins above the first page, the others, below."""

    top: float
    height: float
    first: float
    head: float
    foot: float


def between(content: bytes, margins: Margins) -> str:
    """The text between the margins of every page, without spaces and markers of lists, which are drawn by the page."""
    parts: list[str] = []
    for number in range(1, number_of_pages(content) + 1):
        begin = margins.top + (margins.first if number == 1 else margins.head)
        end = margins.top + margins.height - margins.foot
        area = {"-x": 0, "-y": round(begin), "-W": 700, "-H": round(end - begin)}
        limits = [part for key, value in area.items() for part in (key, str(value))]
        command = ["pdftotext", "-raw", "-nopgbrk", "-f", str(number), "-l", str(number), *limits, "-", "-"]
        said = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
        parts += without_markers(tuple(said.translate(UNSEEN).split()))
    return "".join(parts)


def number_of_pages(content: bytes) -> int:
    """How many pages a PDF has."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def test_the_words_of_a_table_on_its_side_are_all_there() -> None:
    said = "".join(words_of(wide("A4"), number) for number in (1, 2, 3, 4))
    assert [f"r{row}c{column}" for row in range(4) for column in range(8) if f"r{row}c{column}" not in said] == []


@EVERY_SIZE
def test_the_same_master_gives_the_same_bytes(size: str) -> None:
    assert press.write(document("sink"), size) == printed("sink", size)


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from communique import master; from communique.document import annotate; "
        "from communique.writers import press; statement = master.read(pathlib.Path(sys.argv[1]))[0]; "
        "sys.stdout.buffer.write(press.write(annotate(statement), 'A5'))"
    )
    command = [sys.executable, "-c", program, str(MASTERS["sink"])]
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": "/usr/bin:/bin"}
    again = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path, env=environment).stdout
    assert again == printed("sink", "A5")


def test_identifiers_tell_editions_and_texts_apart() -> None:
    def ids(content: bytes) -> list[str]:
        with Pdf.open(io.BytesIO(content)) as pdf:
            said = pdf.Root.Metadata.read_bytes().decode()
        return re.findall(r"<xmpMM:(?:Document|Instance)ID>(.*?)<", said)

    first, other_size = ids(printed("real", "A4")), ids(printed("real", "A5"))
    other_text = ids(written("<p>words</p>"))
    assert first[0] == other_size[0] != other_text[0]
    assert len({first[1], other_size[1], other_text[1]}) == 3


def test_a_character_that_no_font_has_is_a_fault_of_its_line() -> None:
    with pytest.raises(MasterError, match=r"content/sample/statement\.md:14: no font has U\+2167"):
        press.write(annotate(samples.statement("One.\n\nTwo \u2167.")))


def test_facts_without_dates_still_have_a_version() -> None:
    facts = replace(FACTS, date="", modified="")
    content = write_page(Source(page("<p>x</p>"), PRESS, {}), facts, SIZES["A5"])
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert b"<xmpMM:VersionID>1<" in pdf.Root.Metadata.read_bytes()


def test_the_licence_lies_beside_the_profile_and_names_its_bytes() -> None:
    folder = templates.root() / "colour"
    assert {path.name for path in folder.iterdir()} == {"FOGRA39L_coated.icc", "LICENSE.txt", "README.md"}
    assert (
        hashlib.sha256((folder / "FOGRA39L_coated.icc").read_bytes()).hexdigest() in (folder / "README.md").read_text()
    )


@pytest.mark.judge
def test_a_page_of_text_is_on_the_black_plate_alone() -> None:
    """The ink on each plate, by Ghostscript: beside the marks, which are on all, there is only black."""
    assert shutil.which("gs"), "Ghostscript is not installed (make judges)"
    content = written("<p>words</p>" * 20)
    bare = written(
        "<p> </p>", ".masthead, .colophon { display: none } @page :right { @bottom-right { content: none } }"
    )
    inked_text, inked_marks = coverage(content), coverage(bare)
    assert inked_text[0][:3] == inked_marks[0][:3]
    assert inked_text[0][3] > inked_marks[0][3] == pytest.approx(inked_marks[0][0], abs=1e-5)


def coverage(content: bytes) -> list[tuple[float, ...]]:
    """How much of each sheet has cyan, magenta, yellow and black on it, from 0 to 1."""
    command = ["gs", "-q", "-dPDFSTOPONERROR", "-o", "-", "-sDEVICE=inkcov", "-"]
    said = subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()
    return [tuple(map(float, row.split()[:4])) for row in said.splitlines() if "CMYK OK" in row]
