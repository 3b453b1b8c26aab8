"""The cover is a picture with the statement's own words, all of them inside its frame."""

from __future__ import annotations

import io

import pytest
from PIL import Image

import udhr
from communique import templates, typefaces
from communique.statement import Issuer
from communique.writers import cover
from samples import statement

SERIF = templates.root() / "fonts/source-serif-4/SourceSerif4_700Bold.ttf"
LONG = "Joint Statement on the Human Rights Situation in a Country with a Very Long Name Indeed and on Other Matters "


def picture(**changes: object) -> Image.Image:
    """The cover of a statement."""
    return Image.open(io.BytesIO(cover.png(statement(**changes)))).convert("RGB")  # type: ignore[arg-type]


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a part are not of its ground; the part is given in units of templates/cover.svg."""
    left, top, right, bottom = (round(edge * image.width / 1200) for edge in box)
    colors = image.crop((left, top, right, bottom)).getcolors(1 << 24) or []
    total = sum(count for count, _ in colors)
    return total - max(count for count, _ in colors)


def test_it_is_a_png_half_as_high_again_as_wide() -> None:
    image = Image.open(io.BytesIO(cover.png(statement())))
    assert (image.format, image.size) == ("PNG", (cover.WIDTH, cover.WIDTH * 3 // 2))


def test_title_issuers_and_date_are_drawn() -> None:
    image = picture()
    assert ink(image, (100, 190, 1100, 240)) > 400
    assert ink(image, (100, 320, 1100, 1290)) > 2000
    assert ink(image, (100, 1480, 1100, 1530)) > 400
    assert ink(image, (100, 1700, 1100, 1750)) > 400


@pytest.mark.parametrize("title", ["Short", LONG, LONG * 3, LONG * 12, "Donaudampfschifffahrtsgesellschaft"])
def test_no_title_leaves_its_place(title: str) -> None:
    image = picture(title=title, issuers=tuple(Issuer(f"A State of Some Name {number}") for number in range(30)))
    assert ink(image, (0, 1295, 1200, 1322)) == 0
    assert ink(image, (0, 42, 96, 1322)) == 0
    assert ink(image, (1104, 42, 1200, 1322)) == 0
    assert ink(image, (0, 1430, 96, 1790)) == 0
    assert ink(image, (0, 1689, 1200, 1703)) == 0


def test_the_same_statement_has_the_same_cover_and_another_a_different_one() -> None:
    assert cover.png(statement()) == cover.png(statement())
    assert len({cover.png(statement(title=title)) for title in ("A", "B", "A & B", "<A>")}) == 4


@pytest.mark.parametrize("title", ["$title", "</text>", "&amp;", "a\u00a0b", "Déclaration – “ґ”"])
def test_any_title_can_be_drawn(title: str) -> None:
    assert ink(picture(title=title), (100, 320, 1100, 1290)) > 400


def edges(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int]:
    """The first and the last column with ink in a part of the cover, in units of templates/cover.svg."""
    left, top, right, bottom = (round(edge * image.width / 1200) for edge in box)
    part = image.crop((left, top, right, bottom)).convert("L").point(lambda tone: 255 if tone < 128 else 0)
    found = part.getbbox()
    assert found is not None
    return round((left + found[0]) * 1200 / image.width), round((left + found[2]) * 1200 / image.width)


@pytest.mark.judge
@pytest.mark.parametrize("language", ["ar", "he", "ja", "ko", "th", "hi", "zh"])
def test_a_cover_begins_where_its_language_does(language: str) -> None:
    """It needs the fonts that are fetched for the judges' tests. What kind of document it is stands at the edge."""
    image = picture(language=language, title=udhr.declaration(language).title, issuers=(Issuer("Norway"),))
    left, right = edges(image, (0, 190, 1200, 240))
    assert (left < 120, right > 1080) == ((False, True) if language in udhr.RIGHT_TO_LEFT else (True, False))
    assert edges(image, (0, 320, 1200, 1290))[1] <= 1092


@pytest.mark.judge
def test_a_long_title_without_spaces_has_several_lines_and_none_begins_with_a_closing_sign() -> None:
    title = "大韓民国及び日本国の政府による、人権の状況に関する共同声明、並びに『世界人権宣言』についての宣言"
    face = typefaces.typeface("ja")
    assert face is not None
    lines = cover.wrap(title, typefaces.verified(face)[-1], 96, "ja")
    assert "".join(lines) == title
    assert len(lines) > 3
    assert not {line[0] for line in lines} & set("、。』")
    assert picture(language="ja", title=title)


@pytest.mark.judge
def test_a_thai_title_ends_its_lines_between_words() -> None:
    face = typefaces.typeface("th")
    assert face is not None
    lines = cover.wrap("ปฏิญญาสากลว่าด้วยสิทธิมนุษยชน", typefaces.verified(face)[-1], 96, "th")
    assert lines == ["ปฏิญญาสากลว่าด้วย", "สิทธิมนุษยชน"]


def test_greek_capitals_have_no_accents_but_keep_their_dots() -> None:
    assert cover._capitals("Κοινή δήλωση", "el") == "ΚΟΙΝΗ ΔΗΛΩΣΗ"
    assert cover._capitals("Προϊόν", "el") == "ΠΡΟΪΟΝ"
    assert cover._capitals("Déclaration", "fr") == "DÉCLARATION"


def test_lines_are_as_wide_as_they_may_be() -> None:
    lines = cover.wrap(LONG, SERIF, 50, "en", 600)
    assert " ".join(lines) == LONG.strip()
    assert 3 < len(lines) < 8
    assert cover.wrap("", SERIF, 50, "en", 600) == []
    pieces = cover.wrap("Onewordonly", SERIF, 50, "en", 100)
    assert "".join(pieces) == "Onewordonly"
    assert len(pieces) > 2


def test_a_title_of_one_endless_word_is_cut_into_lines() -> None:
    assert cover.png(statement(title="W" * 300)).startswith(b"\x89PNG")
