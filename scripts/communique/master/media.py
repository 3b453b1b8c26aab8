"""The pictures of a statement: only real PNG and JPEG files of its media/ folder, fit for screen and print."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from communique.master import files
from communique.master.files import UnreadableError

MEGAPIXELS = 100
_LIMIT = 50
PILLOW = Lock()
"""Held while pictures are judged: WeasyPrint, when another thread loads it, makes Pillow content with broken ones."""
_FORMATS = "give a PNG or JPEG file"


def load(folder: Path, path: str) -> bytes:
    """The bytes of a picture, `path` being what pandoc made of the path in the master."""
    if path.startswith(("http://", "https://", "//", "data:")):
        raise UnreadableError("is not in media/", "save the picture in media/ and write media/<file name>")
    content = files.read_below(folder, unquote(path), "media", _LIMIT)
    with PILLOW:
        _inspect(content)
    return content


def _inspect(content: bytes) -> None:
    """Refuses what is no PNG or JPEG by its content, is damaged, animated, in CMYK, or too large to unpack."""
    # Imported here: a statement without pictures need not wait for Pillow. Image.open is not used, for it would
    # try formats that are not allowed.
    from PIL import JpegImagePlugin, PngImagePlugin  # noqa: PLC0415

    is_png = content.startswith(b"\x89PNG\r\n\x1a\n")
    if not is_png and not content.startswith(b"\xff\xd8\xff"):
        raise UnreadableError("is not a PNG or JPEG file, whatever its name says", _FORMATS)
    try:
        kind = PngImagePlugin.PngImageFile if is_png else JpegImagePlugin.JpegImageFile
        image = kind(BytesIO(content))
        width, height = image.size
        is_animated = getattr(image, "n_frames", 1) > 1
        mode = image.mode
        if width * height <= MEGAPIXELS * 1_000_000:
            if is_png:
                image.verify()
            else:
                image.draft("L", (1, 1))
                image.load()
    except Exception as error:  # Pillow's decoders raise whatever damaged bytes make them raise
        raise UnreadableError("is damaged", "export the picture again as PNG or JPEG") from error
    if width * height > MEGAPIXELS * 1_000_000:
        raise UnreadableError(f"has {width} × {height} pixels, more than {MEGAPIXELS} million", "make it smaller")
    if is_animated:
        raise UnreadableError("is animated", "give a still picture: it cannot move in print")
    if mode == "CMYK":
        raise UnreadableError("is in CMYK, which web browsers and e-readers show wrongly", "export it as RGB")
