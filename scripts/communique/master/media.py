"""The pictures of a statement: only real PNG and JPEG files of its media/ folder, fit for screen and print."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from communique.master import files
from communique.master.faults import quoted
from communique.master.files import UnreadableError

MEGAPIXELS = 100
MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""Pillow's names for the kinds of pixels that all formats can hold; 16 bits of grey, for one, a PDF cannot."""
_LIMIT = 50
PILLOW = Lock()
"""Held while pictures are judged: WeasyPrint, when another thread loads it, makes Pillow content with broken ones."""
_FORMATS = "give a PNG or JPEG file"
# Beside letters and digits: what an address carries without a change of meaning, as ? % and # do not.
_SIGNS = frozenset(" -_.,()+&'/")


def load(folder: Path, path: str) -> bytes:
    """The bytes of a picture, `path` being what pandoc made of the path in the master."""
    if path.startswith(("http://", "https://", "//", "data:")):
        raise UnreadableError("is not in media/", "save the picture in media/ and write media/<file name>")
    name = unquote(path)
    content = files.read_below(folder, name, "media", _LIMIT)
    if odd := "".join(sorted(char for char in set(name) - _SIGNS if unicodedata.category(char)[0] not in "LMN")):
        remedy = f"rename the file: letters, digits, spaces and {''.join(sorted(_SIGNS - set(' /')))} are safe"
        raise UnreadableError(f"has {quoted(odd)} in its name", remedy)
    with PILLOW:
        _inspect(content)
    return content


def _inspect(content: bytes) -> None:
    """Refuses what by its content is no PNG or JPEG, is damaged, moves, is too large, or has pixels refused."""
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
    if mode not in MODES:
        found = f"has pixels of the kind {mode}, which a PDF cannot hold"
        raise UnreadableError(found, "export it as 8-bit RGB or grey")
