"""The colours of the press edition: inks in the style sheet, in pictures, and nothing else in the file."""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise
from math import dist

import pytest
from PIL import Image, ImageCms

from communique import templates
from communique.checks.press_inks import images, pages
from communique.errors import ToolFailed
from communique.writers.pdf.press import inks, pictures
from pdf_pages import png
from press_pages import MM, POINTS, PRESS, faults, picture, printed, seen, written

BLACK = ("DeviceCMYK", (0.0, 0.0, 0.0, 1.0))
BLUE = ("DeviceCMYK", (1.0, 0.65, 0.0, 0.6))

# Inks


@pytest.mark.parametrize("size", sorted(POINTS))
@pytest.mark.parametrize("name", ["real", "sink"])
def test_text_is_pure_black_or_of_the_one_accent(name: str, size: str) -> None:
    texts = Counter(text for sheet in pages(printed(name, size)) for text in sheet.drawing.texts)
    assert set(texts) == {BLACK, BLUE}
    assert texts[BLACK] > texts[BLUE]


def test_no_colour_is_mixed_of_more_than_two_inks_and_black() -> None:
    sheets = pages(printed("sink"))
    colours = {colour for sheet in sheets for colour in (*sheet.drawing.texts, *sheet.drawing.fills)}
    assert {space for space, _ in colours} == {"DeviceCMYK"}
    assert all(sum(part > 0 for part in parts[:3]) <= 2 and sum(parts) <= 2.4 for _, parts in colours)


@pytest.mark.parametrize(
    ("screen", "ink"),
    [
        ("color: #000", "color: device-cmyk(0 0 0 1)"),
        ("color: #1c2026", "color: device-cmyk(0 0 0 1)"),
        ("color: #4a5260 !important", "color: device-cmyk(0 0 0 1) !important"),
        ("border: 1pt solid #8a93a0", "border: 1pt solid device-cmyk(0 0 0 0.47)"),
        ("border-top: 1pt solid gray", "border-top: 1pt solid device-cmyk(0 0 0 0.55)"),
        ("background: rgb(255 255 255)", "background: device-cmyk(0 0 0 0)"),
        ("color: hsl(0, 0%, 0%)", "color: device-cmyk(0 0 0 1)"),
        ("color: #17365C", "color: device-cmyk(1 0.65 0 0.6)"),
        ("text-shadow: 0 0 rgba(0, 0, 0, 0)", "text-shadow: 0 0 transparent"),
        ("color: var(--x, #000)", "color: var(--x, device-cmyk(0 0 0 1))"),
        ("color: inherit", "color: inherit"),
        ("border-color: currentcolor", "border-color: currentcolor"),
        ("background: transparent", "background: transparent"),
        ('content: "#000; black"', 'content: "#000; black"'),
        ("font-family: Tan, Gold", "font-family: Tan, Gold"),
        ("background: url(#000)", "background: url(#000)"),
    ],
)
def test_colours_of_the_screen_become_inks(screen: str, ink: str) -> None:
    mix = "html { --ink-17365c: device-cmyk(1 0.65 0 0.6) }"
    for rule in (
        "p { %s }",
        "p { /* of */ %s; margin: 0 }",
        "@page :first { @top-left { %s; } }",
        "@media print { p { %s } }",
    ):
        assert inks.inked(f"{mix} {rule % screen}") == f"{mix} {rule % ink}"


def test_selectors_and_comments_are_no_colours() -> None:
    css = (
        "#abc, a:hover #fff { margin: 0 } /* color: #000 */ @media print { #fade { margin: 0 } b:is(#bad) { top: 0 } }"
    )
    assert inks.inked(css) == css


def test_a_colour_without_inks_is_refused_with_what_to_write() -> None:
    with pytest.raises(ToolFailed) as refused:
        inks.inked("p { color: #B22222 }")
    assert str(refused.value) == (
        "press: no inks are named for the colour #B22222 "
        "(say which in templates/css/press.css: --ink-b22222: device-cmyk(…))"
    )


def test_a_see_through_colour_is_refused() -> None:
    with pytest.raises(ToolFailed, match=r"press: the colour rgba\(0, 0, 0, 0\.5\) is see-through"):
        inks.inked("p { color: rgba(0, 0, 0, 0.5) }")


def test_lighter_greys_have_less_black_and_no_more_than_all() -> None:
    tints = [inks.tint(lightness) for lightness in range(101)]
    assert (tints[0], tints[-1]) == (1, 0)
    assert all(darker > lighter for darker, lighter in pairwise(tints))
    assert inks.lightness(1, 1, 1) == pytest.approx(100)
    assert inks.lightness(0.5, 0.5, 0.5) == pytest.approx(53.39, abs=0.01)


def test_the_tints_are_those_of_the_profile() -> None:
    """The lightness of each tenth of black, read from the profile by Little CMS."""
    found = [in_lab((0, 0, 0, round(step * 25.5)))[0] for step in range(11)]
    assert found == pytest.approx(list(inks.TINTS), abs=0.5)


def test_a_named_mix_looks_like_the_colour_of_the_screen() -> None:
    """No farther off than 6 steps of CIE 1976, which nobody sees who has not both side by side."""
    mixes = dict(inks.MIX.findall(PRESS))
    assert set(mixes) >= {"17365c", "8c6a2f"}
    for name, mix in mixes.items():
        parts = tuple(round(255 * float(part)) for part in re.findall(r"[\d.]+", mix))
        assert dist(in_lab(parts), in_lab(f"#{name}")) < 6


def in_lab(colour: str | tuple[int, ...]) -> tuple[float, float, float]:
    """How a colour of the screen or a mix of inks looks, in CIE L*a*b* relative to the paper (Little CMS)."""
    mode = "RGB" if isinstance(colour, str) else "CMYK"
    press = ImageCms.ImageCmsProfile(io.BytesIO(templates.read_bytes(pictures.PROFILE)))
    profile = ImageCms.createProfile("sRGB") if mode == "RGB" else press
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    look = ImageCms.buildTransform(profile, ImageCms.createProfile("LAB"), mode, "LAB", intent)
    patch = ImageCms.applyTransform(Image.new(mode, (1, 1), colour), look)
    assert patch is not None
    lightness, red, yellow = patch.tobytes()
    return lightness / 2.55, (red + 128) % 256 - 128, (yellow + 128) % 256 - 128


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("p::before { content: 'x'; color: initial }", "a page is drawn in a colour of the screen, rg"),
        ("p { opacity: 0.5 }", "there is something see-through in the file"),
        ("p { border-bottom: 3pt solid; border-color: initial; color: initial }", "a page is drawn in a colour"),
    ],
)
def test_what_slips_through_the_style_sheet_is_found_in_the_file(css: str, said: str) -> None:
    with pytest.raises(ToolFailed, match=re.escape(f"press: {said}")):
        written("<p>words</p>", css)


# Pictures


def test_pictures_are_in_inks_or_in_black() -> None:
    assert images(printed("sink")) == ["DeviceCMYK"] * 3
    greys = {"a.png": picture("RGB", "#777777"), "b.png": picture("L", 128), "c.png": picture("1", 1)}
    body = "".join(f'<p><img src="{name}" alt="x"></p>' for name in greys)
    assert images(written(body, media=greys)) == ["DeviceGray"] * 3


@pytest.mark.parametrize(
    "content",
    [
        picture("RGB", "#cc0022"),
        picture("RGB", "#cc0022", "JPEG", quality=95),
        picture("RGBA", "#cc0022ff"),
        picture("RGB", "#cc0022", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
        picture("RGB", "#cc0022", icc_profile=b"no profile"),
        picture("RGB", "#cc0022", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()),
    ],
    ids=["png", "jpeg", "alpha", "own profile", "damaged profile", "profile that does not fit"],
)
def test_a_picture_keeps_its_colour(content: bytes) -> None:
    """What CMYK it becomes is what the profile says for the colour: much magenta and yellow, no cyan."""
    with Image.open(io.BytesIO(pictures.inked({"a": content})["a"])) as separated:
        assert separated.mode == "CMYK"
        cyan, magenta, yellow, black = separated.getpixel((10, 10))  # type: ignore[misc]
    assert max(cyan, black) < 60
    assert min(magenta, yellow) > 180
    shown = written('<p style="margin:0"><img src="a" alt="x" style="width:60mm"></p>', media={"a": content})
    ((red, green, blue),) = seen(shown, 1, (60 * MM, 60 * MM))
    assert red > 150
    assert max(green, blue) < 90
    assert faults(shown) == set()


def test_the_own_profile_of_a_picture_counts() -> None:
    plain = picture("RGB", "#c08040")
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    assert pictures.inked({"a": plain}) == pictures.inked({"a": picture("RGB", "#c08040", icc_profile=other)})
    swapped = swapped_profile()
    assert pictures.inked({"a": plain}) != pictures.inked({"a": picture("RGB", "#c08040", icc_profile=swapped)})


def swapped_profile() -> bytes:
    """sRGB with the red and the blue primary exchanged."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = content.index(b"rXYZ", 128), content.index(b"bXYZ", 128)
    content[red : red + 4], content[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(content)


def test_what_is_see_through_in_a_picture_is_white_paper() -> None:
    clear = pictures.inked({"a": picture("RGBA", "#cc002200"), "b": picture("LA", (0, 0)), "c": png()})
    with Image.open(io.BytesIO(clear["a"])) as paper_white, Image.open(io.BytesIO(clear["b"])) as also:
        assert (paper_white.mode, paper_white.getpixel((5, 5))) == ("L", 255)
        assert (also.mode, also.getpixel((5, 5))) == ("L", 255)
    with Image.open(io.BytesIO(clear["c"])) as half:
        assert half.mode == "CMYK"


def test_black_in_a_grey_picture_is_solid_and_white_is_paper() -> None:
    tones = Image.frombytes("L", (256, 1), bytes(range(256)))
    buffer = io.BytesIO()
    tones.save(buffer, "PNG")
    with Image.open(io.BytesIO(pictures.inked({"a": buffer.getvalue()})["a"])) as pressed:
        levels = list(pressed.tobytes())
    assert (levels[0], levels[255]) == (0, 255)
    assert levels == sorted(levels)
    assert levels[119] == pytest.approx(255 * 0.417, abs=1)


def test_a_picture_lies_as_its_camera_held_it() -> None:
    photo = Image.new("RGB", (40, 20), "#2060a0")
    photo.paste("#e0c020", (0, 0, 10, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", exif=exif, quality=95)
    with Image.open(io.BytesIO(pictures.inked({"a": buffer.getvalue()})["a"])) as turned:
        assert turned.size == (20, 40)
        assert turned.getexif().get(0x0112) is None
        top, bottom = turned.getpixel((10, 2)), turned.getpixel((10, 35))
    assert top[0] < bottom[0]  # type: ignore[index]
