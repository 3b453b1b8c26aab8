"""The cover is a picture with the statement's own words, all of them inside its frame."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from communique.statement import Issuer
from communique.writers import cover
from samples import statement

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


def test_lines_are_as_wide_as_they_may_be() -> None:
    lines = cover.wrap(LONG, "fonts/source-serif-4/SourceSerif4_700Bold.ttf", 50, 600)
    assert " ".join(lines) == LONG.strip()
    assert 3 < len(lines) < 8
    assert cover.wrap("", "fonts/source-serif-4/SourceSerif4_700Bold.ttf", 50, 600) == []
    pieces = cover.wrap("Onewordonly", "fonts/source-serif-4/SourceSerif4_700Bold.ttf", 50, 100)
    assert "".join(pieces) == "Onewordonly"
    assert len(pieces) > 2


def test_a_title_of_one_endless_word_is_cut_into_lines() -> None:
    assert cover.png(statement(title="W" * 300)).startswith(b"\x89PNG")
