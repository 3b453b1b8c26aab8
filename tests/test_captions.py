"""A picture with a caption says its words once for each of the two, in lists and cells as elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from communique.checks.judges import axe
from communique.document import annotate
from communique.writers import captions, fragment
from communique.writers.html import write
from docx_reading import picture
from samples import statement

FIGURE = "![A flag](media/flag.png)"
WIDE = 40
BAR = f"+-{'-' * WIDE}-+---+\n"
CELL = f"{BAR}| {'Head':{WIDE}} | B |\n{BAR.replace('-', '=')}| {{0:{WIDE}}} | b |\n{BAR}"
ALONE = (f"- {FIGURE}", f"1. {FIGURE}", CELL.format(FIGURE), CELL.format(f"> {FIGURE}"), CELL.format(f"- {FIGURE}"))
NOT_ALONE = (FIGURE, f"- Words.\n\n  {FIGURE}", '- ![A flag](media/flag.png){alt="Red"}', f"Term\n:   {FIGURE}")


def page(markdown: str) -> bytes:
    return write(annotate(statement(markdown, media={"media/flag.png": picture("PNG")})))


CASES = (*((each, "p") for each in ALONE), *((each, "figure") for each in NOT_ALONE))


@pytest.mark.parametrize(("markdown", "holder"), CASES)
def test_only_a_picture_alone_with_its_caption_stands_in_a_paragraph(markdown: str, holder: str) -> None:
    (image,) = html.fromstring(page(markdown)).iter("img")
    parent = image.getparent()
    assert parent is not None
    assert parent.tag == holder
    assert [each.tag for each in image.iterancestors("figure")] == ["figure"]


@pytest.mark.parametrize("markdown", ALONE)
def test_no_word_is_touched(markdown: str) -> None:
    body = fragment.body(annotate(statement(markdown, media={"media/flag.png": picture("PNG")})))
    before = "".join(body.itertext())
    captions.part(body)
    assert "".join(body.itertext()) == before


@pytest.mark.judge
def test_axe_finds_no_picture_that_repeats_its_caption(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.html" for number in range(len(ALONE))]
    for file, markdown in zip(files, ALONE, strict=True):
        file.write_bytes(page(markdown))
    assert axe.JUDGE.findings(files) == ()
