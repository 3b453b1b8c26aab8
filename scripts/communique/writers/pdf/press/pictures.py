"""Pictures for the press: greys in black alone, colours in the four inks of the output intent, none see-through."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

from communique import templates
from communique.writers.pdf.press import inks

PROFILE = "colour/FOGRA39L_coated.icc"
"""The template with the output intent's colour profile."""
PHOTO, DRAWING = 95, 100
"""The JPEG quality of pictures that came as JPEG, and of others, which lose nothing that can be seen."""


def inked(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same PNG and JPEG files, in grey PNG and CMYK JPEG."""
    return {path: _inked(content) for path, content in pictures.items()}


def _inked(content: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415  (a statement without pictures need not wait for Pillow)

    with Image.open(io.BytesIO(content)) as source:
        quality = PHOTO if source.format in {"JPEG", "MPO"} else DRAWING
        upright = ImageOps.exif_transpose(source)
        picture, profile = _on_paper(upright), upright.info.get("icc_profile")
    if _is_grey(picture):
        return _saved(picture.convert("L").point(_tones()), "PNG")
    return _saved(_separated(picture, profile), "JPEG", quality=quality, subsampling=0)


def _on_paper(picture: Any) -> Any:
    """The picture in grey or RGB; where it is see-through, the white of the paper."""
    from PIL import Image  # noqa: PLC0415

    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def _is_grey(picture: Any) -> bool:
    """Whether no pixel has a colour."""
    from PIL import ImageChops  # noqa: PLC0415

    red, *others = picture.split()
    return all(ImageChops.difference(red, other).getbbox() is None for other in others)


@cache
def _tones() -> list[int]:
    """For each grey of a screen the one of the press, where 0 is solid black, that looks the same."""
    levels = (level / 255 for level in range(256))
    return [round(255 * (1 - inks.tint(inks.lightness(level, level, level)))) for level in levels]


def _separated(picture: Any, profile: bytes | None) -> Any:
    """The picture in the inks of the output intent, relative colorimetric with black point compensation."""
    from PIL import ImageCms  # noqa: PLC0415

    press = ImageCms.ImageCmsProfile(io.BytesIO(templates.read_bytes(PROFILE)))
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    screen = ImageCms.createProfile("sRGB")
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else screen
        separation = ImageCms.buildTransform(own, press, "RGB", "CMYK", intent, flags)
    except (OSError, ImageCms.PyCMSError):  # A profile that is damaged or not for RGB says nothing of the colours.
        separation = ImageCms.buildTransform(screen, press, "RGB", "CMYK", intent, flags)
    return ImageCms.applyTransform(picture, separation)


def _saved(picture: Any, kind: str, **options: int) -> bytes:
    """The bytes of a file without any metadata of the picture it comes from."""
    picture.info.clear()
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()
