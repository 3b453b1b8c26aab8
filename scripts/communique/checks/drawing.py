"""Draws the pages of PDFs, small and in 16 greys; run as a program it is told of PDFs and says what became of them.

As a program it stands apart from the rest: a file that makes the engine crash or hang takes nothing else with it.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image

_DOTS = 70 / 72
"""Pixels for each point: 70 dpi, at which small type can still be read."""
_LONGEST = 1400
"""Pixels of the longest side: whatever size a page claims, its picture stays small."""
_MOST = 2000
"""Pages of one PDF that are drawn; statements have a few."""
_MEMORY = 4 << 30
_GREYS = bytes(17 * grey for grey in range(16) for _ in "rgb")
_TO_GREY = [(light + 8) // 17 for light in range(256)]


class TooManyPages(Exception):
    """A PDF has more pages than are drawn; the message says how many."""


@dataclass(frozen=True)
class Page:
    """A page as it looks. `label` is the number a reader sees for it; `letters` is how many it holds as text."""

    label: str
    letters: int
    image: Image.Image

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


def pages(pdf: Path) -> Iterator[Page]:
    """The pages of a PDF, drawn in order; raises OSError or pypdfium2.PdfiumError where it cannot be read or drawn."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    try:
        if len(document) > _MOST:
            raise TooManyPages(f"has {len(document)} pages, and {_MOST} at most are drawn")
        for number in range(len(document)):
            yield _page(document, number)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    page = document[number]
    try:
        text = page.get_textpage()
        letters = sum(not letter.isspace() for letter in text.get_text_range())
        text.close()
        scale = min(_DOTS, _LONGEST / max(*page.get_size(), 1))
        image = page.render(scale=scale, grayscale=True).to_pil()
        return Page(document.get_page_label(number) or str(number + 1), letters, image.copy())
    finally:
        page.close()


def _answers(pdf: str) -> Iterator[dict[str, object]]:
    """What became of a PDF: a line for each page and one at the end, or one that says why there is none."""
    try:
        for number, page in enumerate(pages(Path(pdf)), 1):
            yield {"file": pdf, "page": number, "letters": page.letters, "blank": page.blank}
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
