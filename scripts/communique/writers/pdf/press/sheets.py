"""Sheets for the press: the page's boxes (ISO 32000-1, 14.11.2), marks to cut and to register by, empty pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf

from communique.errors import ToolFailed
from communique.writers.pdf.press.sizes import BLEED, SLUG, Size

TOLERANCE = 0.01
"""How far, in points, the engine's page may be from the size that was asked for."""
_MM = 72 / 25.4
NEAR, FAR = BLEED + 1 * _MM, SLUG - 1 * _MM
"""Where a crop mark begins and ends, in points from the trimmed edge."""
MIDDLE, RADIUS, REACH = BLEED + 3.5 * _MM, 1.5 * _MM, 2.5 * _MM
"""Of a registration mark: how far its centre is from the trimmed edge, the radius of its ring, half of its cross."""
LINE = 0.25
"""The width of the lines of all marks, in points."""
ARC = 0.5523
"""How long the handles of a curve are that draws a quarter of a circle with the radius 1."""
REGISTRATION = "All"
"""The colour of marks, on every plate: in PDF the name of a Separation (ISO 32000-1, 8.6.6.4) and of our resource."""

Box = tuple[float, float, float, float]


def impose(pdf: Any, size: Size) -> None:
    """Set each page in the middle of its sheet, with marks around it, and add empty pages to a full number."""
    pages = [entry for entry in pdf.objects if isinstance(entry, pydyf.Dictionary) and entry.get("Type") == "/Page"]
    _only_colour_of_marks(pdf, pages[0])
    upright, turned = (_ground(pdf, size, is_turned) for is_turned in (False, True))
    for number, page in enumerate(pages, 1):
        ground = turned if _is_turned(page, size, number) else upright
        page.update(_boxes(size))
        page["Contents"] = pydyf.Array([ground, page["Contents"]])
    for _ in range(-len(pages) % size.pages):
        empty = {"Type": "/Page", "Parent": pages[0]["Parent"], "Resources": pages[0]["Resources"]}
        pdf.add_page(pydyf.Dictionary({**empty, **_boxes(size), "Contents": upright}))


def _boxes(size: Size) -> dict[str, Any]:
    """The MediaBox begins at 0, 0, where programs that lay out sheets look for it; the others lie inside it."""

    def box(beyond: float) -> Any:
        start = SLUG - beyond
        ends = (start, start, SLUG + size.width + beyond, SLUG + size.height + beyond)
        return pydyf.Array([round(each, 4) for each in ends])

    return {"MediaBox": box(SLUG), "BleedBox": box(BLEED), "TrimBox": box(0)}


def _is_turned(page: Any, size: Size, number: int) -> bool:
    """Whether a page lies on its side; raise ToolFailed if it is of another size."""
    left, bottom, right, top = page["TrimBox"]
    found = (right - left, top - bottom)
    for is_turned, wanted in ((False, (size.width, size.height)), (True, (size.height, size.width))):
        if all(abs(one - other) <= TOLERANCE for one, other in zip(found, wanted, strict=True)):
            return is_turned
    wanted_size = f"{size.width:.2f} × {size.height:.2f} points"
    raise ToolFailed(
        f"press: page {number} is {found[0]:.2f} × {found[1]:.2f}, not {wanted_size} (mend the style sheet)"
    )


def _only_colour_of_marks(pdf: Any, page: Any) -> None:
    """Let the colour of marks be the only named colour space; the engine names some that no page uses."""
    resources = _referred(pdf, page["Resources"])
    to_inks = pydyf.Dictionary(
        {
            "FunctionType": 2,
            "Domain": pydyf.Array([0, 1]),
            "C0": pydyf.Array([0] * 4),
            "C1": pydyf.Array([1] * 4),
            "N": 1,
        }
    )
    named = _referred(pdf, resources["ColorSpace"])
    named.clear()
    named[REGISTRATION] = pydyf.Array(["/Separation", f"/{REGISTRATION}", "/DeviceCMYK", to_inks])


def _ground(pdf: Any, size: Size, is_turned: bool) -> bytes:
    """What is drawn before a page: the marks, and then nothing but the move of the origin to the trimmed corner."""
    stream = pydyf.Stream(compress=True)
    stream.push_state()
    stream.set_color_space(REGISTRATION, stroke=True)
    stream.set_color_special(None, True, 1)
    stream.set_line_width(LINE)
    for x, y, to_x, to_y in (*_crop_marks(size), *_crosses(size)):
        stream.move_to(x, y)
        stream.line_to(to_x, to_y)
        stream.stroke()
    for x, y in _centres(size):
        _draw_ring(stream, x, y)
    stream.pop_state()
    if is_turned:
        stream.set_matrix(0, 1, -1, 0, round(SLUG + size.width, 4), round(SLUG, 4))
    else:
        stream.set_matrix(1, 0, 0, 1, round(SLUG, 4), round(SLUG, 4))
    pdf.add_object(stream)
    reference: bytes = stream.reference
    return reference


def _crop_marks(size: Size) -> Iterator[Box]:
    """The lines along which the sheet is cut, two at each corner: from x, y to x, y."""
    left, bottom, right, top = SLUG, SLUG, SLUG + size.width, SLUG + size.height
    for x in (left, right):
        yield x, bottom - FAR, x, bottom - NEAR
        yield x, top + NEAR, x, top + FAR
    for y in (bottom, top):
        yield left - FAR, y, left - NEAR, y
        yield right + NEAR, y, right + FAR, y


def _centres(size: Size) -> Iterator[tuple[float, float]]:
    """Where the registration marks are: in the middle of each side."""
    across, up = SLUG + size.width / 2, SLUG + size.height / 2
    yield across, SLUG - MIDDLE
    yield across, SLUG + size.height + MIDDLE
    yield SLUG - MIDDLE, up
    yield SLUG + size.width + MIDDLE, up


def _crosses(size: Size) -> Iterator[Box]:
    """The lines of the registration marks."""
    for x, y in _centres(size):
        yield x - REACH, y, x + REACH, y
        yield x, y - REACH, x, y + REACH


def _draw_ring(stream: Any, x: float, y: float) -> None:
    """The ring of a registration mark."""
    stream.move_to(x + RADIUS, y)
    corner = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    for (from_x, from_y), (to_x, to_y) in pairwise(corner):
        handles = [(from_x + ARC * to_x, from_y + ARC * to_y), (to_x + ARC * from_x, to_y + ARC * from_y), (to_x, to_y)]
        stream.curve_to(*(part for dx, dy in handles for part in (x + RADIUS * dx, y + RADIUS * dy)))
    stream.stroke()


def _referred(pdf: Any, reference: bytes) -> Any:
    """The object that a reference such as b"7 0 R" names."""
    return pdf.objects[int(reference.split()[0])]
