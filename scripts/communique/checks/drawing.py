"""Draws the pages of PDFs, small and in 16 greys; run as a program it is told of PDFs and says what became of them.

As a program it stands apart from the rest: a file that makes the engine crash or hang takes nothing else with it.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from math import ceil, floor
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

_DOTS = 70 / 72
"""Pixels for each point: 70 dpi, at which small type can still be read."""
_LONGEST = 1400
"""Pixels of the longest side: whatever size a page claims, its picture stays small."""
_MOST = 2000
"""Pages of one PDF that are drawn; statements have a few."""
_MEMORY = 4 << 30
_FAINTEST = 32
"""By how much of 255 the darkest spot of a letter must differ from what would be there without it."""
_JOINT = 1e-4
"""Points between the slices of one glyph; between two glyphs there is never so exactly nothing."""
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_BLACKEST = 96
"""The lightest grey of the middle of a black letter."""
_LEAST = 0.6
"""Pixels for each point below which a picture does not show every letter of small type."""
_NAMED = 6
"""Words of a page that are named; more say no more."""
_CELL = 8
"""Pixels of the squares in which a page of joined letters is looked at: less than a line is high."""
_INKED = 20
"""The mean of 255 of a square with enough ink to speak of."""
_JOINED = re.compile("[\u0600-\u1cff\u200c\u200d\ufb50-\ufdff\ufe70-\ufeff]")
"""Letters of scripts in which several are drawn as one glyph: Arabic, those of India and South-East Asia."""
_DEEPEST = 15
"""How many forms may stand in one another."""
_FINE = 64
"""The parts of a pixel in which the engine is asked for a place, for it answers in whole numbers."""
_GREYS = bytes(17 * grey for grey in range(16) for _ in "rgb")
_TO_GREY = [(light + 8) // 17 for light in range(256)]
_IS_BLACK, _IS_FAINT = ([255 * (light < limit) for light in range(256)] for limit in (_BLACKEST, _FAINTEST))

Box = tuple[float, float, float, float]
"""Left, upper, right and lower edge in pixels."""


class TooManyPages(Exception):
    """A PDF has more pages than are drawn; the message says how many."""


@dataclass(frozen=True)
class Page:
    """A page as it looks. `label` is the number a reader sees for it; `letters` is how many it holds as text.

    `unseen` are the words, or lines, of which letters make no difference to the look of the page, whatever the reason.
    """

    label: str
    letters: int
    image: Image.Image
    unseen: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether all of the picture has one colour."""
        darkest, lightest = self.image.getextrema()
        return darkest == lightest

    def png(self) -> bytes:
        """The picture as a PNG of 4 bits a pixel."""
        small = Image.frombytes("P", self.image.size, self.image.point(_TO_GREY).tobytes())
        small.putpalette(_GREYS)
        content = BytesIO()
        small.save(content, "PNG", bits=4, compress_level=4)
        return content.getvalue()


def pages(pdf: Path, *, with_unseen: bool = False) -> Iterator[Page]:
    """The pages of a PDF, drawn in order; raises OSError or pypdfium2.PdfiumError where it cannot be read or drawn.

    `with_unseen` asks for the words that are not seen, which takes as long again.
    """
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        if len(document) > _MOST:
            raise TooManyPages(f"has {len(document)} pages, and {_MOST} at most are drawn")
        for number in range(len(document)):
            yield _page(document, number, with_unseen)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, with_unseen: bool) -> Page:
    page = document[number]
    text = page.get_textpage()
    try:
        letters = sum(not letter.isspace() for letter in text.get_text_range())
        image = _picture(page)
        unseen = (
            tuple(dict.fromkeys(_unseen(page, text, image)))
            if with_unseen and image.height > _LEAST * page.get_height()
            else ()
        )
        return Page(document.get_page_label(number) or str(number + 1), letters, image, unseen)
    finally:
        text.close()
        page.close()


def _picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = min(_DOTS, _LONGEST / max(*page.get_size(), 1))
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return image.copy()


def _unseen(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextpage, image: Image.Image) -> Iterator[str]:
    """The words of which a letter is not seen: without any text the picture of the page is there the same."""
    places = _places(page, text, image.size)
    drawn = list(page.get_objects(max_depth=_DEEPEST))
    _switch(drawn, pdfium.FPDF_PAGEOBJ_TEXT, is_on=False)
    ink = ImageChops.difference(image, _picture(page))
    for is_word, word in groupby(places, lambda place: not place[0].isspace()):
        letters = list(word)
        if is_word and not all(_shows(ink, box) for letter, box in letters if box and not _JOINED.fullmatch(letter)):
            yield "".join(letter for letter, _ in letters)
    if any(_JOINED.fullmatch(letter) for letter, _ in places):
        yield from _covered(page, text, drawn, ink)


def _shows(ink: Image.Image, box: Box) -> bool:
    inside = ink.crop((floor(box[0]), floor(box[1]), ceil(box[2]), ceil(box[3])))
    return max(inside.tobytes(), default=0) >= _FAINTEST


def _covered(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextpage, drawn: list[pypdfium2.PdfObject], ink: Image.Image
) -> Iterator[str]:
    """The lines of which a piece is not seen, wherever its letters are: text alone has ink there, and the page none.

    Letters that are drawn as one have no place of their own. A line that strikes words out is too thin to be a cover.
    """
    _switch(drawn, pdfium.FPDF_PAGEOBJ_TEXT, is_on=True)
    for kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
        _switch(drawn, kind, is_on=False)
    letters = _picture(page).point(_IS_BLACK)
    lost = ImageChops.darker(letters, ink.point(_IS_FAINT))
    width, height = page.get_size()
    cells, gone = letters.reduce(_CELL), lost.reduce(_CELL)
    pairs = zip(cells.tobytes(), gone.tobytes(), strict=True)
    is_lost = [there >= _INKED and less >= 0.9 * there for there, less in pairs]
    step = height / letters.height * _CELL
    for row in range(cells.height):
        if any(is_lost[row * cells.width : (row + 1) * cells.width]):
            yield text.get_text_bounded(0, height - (row + 1) * step, width, height - row * step).strip() or "a line"


def _switch(drawn: Iterable[pypdfium2.PdfObject], kind: int, *, is_on: bool) -> None:
    """Lets the objects of a kind be drawn or left out; words are black from then on."""
    for each in drawn:
        if each.type == kind:
            pdfium.FPDFPageObj_SetIsActive(each.raw, is_on)
            pdfium.FPDFPageObj_SetFillColor(each.raw, 0, 0, 0, 255)


def _places(
    page: pypdfium2.PdfPage, text: pypdfium2.PdfTextpage, size: tuple[int, int]
) -> list[tuple[str, Box | None]]:
    """Each character of a page with its box in pixels, None for signs: a dot may be too fine for so small a picture."""
    characters = [chr(pdfium.FPDFText_GetUnicode(text.raw, number)) for number in range(text.count_chars())]
    right, up, origin = (_in_pixels(page, size, x, y) for x, y in ((1000, 0), (0, 1000), (0, 0)))
    steps = [((right[at] - origin[at]) / 1000, (up[at] - origin[at]) / 1000, origin[at]) for at in (0, 1)]
    return [
        (letter, _turned(steps, box) if letter.isalnum() and box[0] < box[2] and box[1] < box[3] else None)
        for letter, box in zip(characters, _glyphs(text, len(characters)), strict=True)
    ]


def _in_pixels(page: pypdfium2.PdfPage, size: tuple[int, int], x: float, y: float) -> tuple[float, float]:
    """Where a point of a page is in its picture."""
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, size[0] * _FINE, size[1] * _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


def _glyphs(text: pypdfium2.PdfTextpage, count: int) -> list[Box]:
    """For each character the box of its glyph, in points: left, bottom, right, top; one without size if there is none.

    Where a glyph stands for many characters (ActualText) the engine gives each a slice of it: all get the whole.
    """
    edges = [ctypes.c_double() for _ in range(4)]
    found: list[Box] = []
    first = 0
    for number in range(count):
        pdfium.FPDFText_GetCharBox(text.raw, number, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        before = found[-1] if found else _NOWHERE
        if right > left and abs(left - before[2]) < _JOINT and (bottom, top) == (before[1], before[3]):
            left = before[0]
            found[first:] = [(left, bottom, right, top)] * (number - first)
        else:
            first = number
        found.append((left, bottom, right, top))
    return found


def _turned(steps: list[tuple[float, float, float]], box: Box) -> Box:
    """A box of the page in pixels, from the left upper corner of its picture."""
    spots = [[along * x + up * y + start for along, up, start in steps] for x in box[::2] for y in box[1::2]]
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _answers(pdf: str) -> Iterator[dict[str, object]]:
    """What became of a PDF: a line for each page and one at the end, or one that says why there is none."""
    try:
        for number, page in enumerate(pages(Path(pdf), with_unseen=True), 1):
            said = {"letters": page.letters, "blank": page.blank, "unseen": page.unseen[:_NAMED]}
            yield {"file": pdf, "page": number, **said}
    except TooManyPages as error:
        yield {"file": pdf, "unchecked": str(error)}
    except pypdfium2.PdfiumError as error:
        yield {"file": pdf, "refused": str(error)}
    except (OSError, MemoryError) as error:
        yield {"file": pdf, "unchecked": f"cannot be read: {error}"}
    else:
        yield {"file": pdf, "drawn": True}


def _serve() -> None:
    """Answers for each line of standard input, which names a PDF as a JSON string."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with os.fdopen(0, "rb", buffering=0) as asked:
        for line in asked:
            for answer in _answers(json.loads(line)):
                os.write(1, json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    _serve()
    sys.exit()
