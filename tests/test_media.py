"""Pictures: which are taken, and why others are not."""

from __future__ import annotations

import re
import warnings
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

import samples
from communique.document import annotate
from communique.master import body, media
from communique.master.files import UnreadableError
from communique.rendition import Rendition
from communique.writers import WRITERS, Choices


def picture(form: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    content = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(content, form, **options)
    return content.getvalue()


def load(tmp_path: Path, content: bytes, name: str = "media/a.png", written: str = "") -> bytes:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content)
    return media.load(tmp_path, written or name)


def refusal(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        load(tmp_path, content)
    assert caught.value.remedy
    return caught.value.found


@pytest.mark.parametrize("mode", sorted(media.MODES))
def test_png(mode: str, tmp_path: Path) -> None:
    content = picture("PNG", mode)
    assert load(tmp_path, content) == content


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 10}])
def test_jpeg_whatever_its_name(mode: str, options: dict[str, Any], tmp_path: Path) -> None:
    content = picture("JPEG", mode, **options)
    assert load(tmp_path, content) == content


def test_sixteen_bits_of_grey(tmp_path: Path) -> None:
    assert refusal(tmp_path, picture("PNG", "I;16")) == "has pixels of the kind I;16, which a PDF cannot hold"


@pytest.mark.parametrize("sign", '%#?"\\:*<>|;!=@[]{}~`^$’\u00a0\u200b')
def test_names_that_addresses_cannot_carry(sign: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        load(tmp_path, picture("PNG"), f"media/a{sign}b.png", f"media/a{quote(sign)}b.png")
    assert "in its name" in caught.value.found or "is not in media/" in caught.value.found


WRITTEN = {
    "media/a b.png": "<media/a b.png>",
    "media/a b c.png": "media/a%20b%20c.png",
    "media/with space é.png": "media/with space é.png",
    "media/e\u0301.png": "media/e%CC%81.png",
    "media/photo (1), it's R&D+1_2-3.png": "<media/photo (1), it's R&D+1_2-3.png>",
    "media/日本 旗/Łódź.png": "media/日本%20旗/Łódź.png",
}


def test_every_format_has_the_pictures_of_every_name(tmp_path: Path) -> None:
    text = "".join(f"![Picture]({written})\n\n" for written in WRITTEN.values())
    for number, name in enumerate(WRITTEN):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture("PNG", size=(40 + number, 30)))
    read = body.read(text, 1, "en", tmp_path)
    assert read.faults == ()
    document = annotate(samples.statement(text, blocks=read.blocks, media=read.media))
    wanted = {(40 + number, 30) for number in range(len(WRITTEN))}
    shown = {name: _sizes(*writer.write(document, Choices())) for name, writer in WRITERS.items()}
    assert shown == dict.fromkeys(WRITERS, wanted)


def _sizes(rendition: Rendition) -> set[tuple[int, int]]:
    """The sizes in pixels of the pictures that a file holds, but for the cover."""
    content = rendition.content
    match rendition.media_type.rpartition("/")[2]:
        case "html":
            files = [b64decode(code) for code in re.findall(rb"data:image/png;base64,([^\"]*)", content)]
        case "pdf":
            with pikepdf.open(BytesIO(content)) as pdf:
                images = [image for page in pdf.pages for image in page.get_images().values()]
                return {(int(image["/Width"]), int(image["/Height"])) for image in images}
        case _:
            with ZipFile(BytesIO(content)) as archive:
                names = [name for name in archive.namelist() if name.endswith(".png") and "cover" not in name]
                files = [archive.read(name) for name in names]
    return {Image.open(BytesIO(file)).size for file in files}


def test_names_with_spaces_are_found(tmp_path: Path) -> None:
    assert load(tmp_path, picture("PNG"), "media/the flag/é.png", "media/the%20flag/é.png")


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP", "PPM"])
def test_other_formats(form: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, picture(form)) == "is not a PNG or JPEG file, whatever its name says"


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\x89PNG", b"\xff\xd8"])
def test_what_is_no_picture(content: bytes, tmp_path: Path) -> None:
    assert refusal(tmp_path, content) == "is not a PNG or JPEG file, whatever its name says"


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_damage(form: str, tmp_path: Path) -> None:
    content = picture(form, size=(300, 200))
    for size in (12, 30, len(content) // 2, len(content) - 20):
        assert refusal(tmp_path, content[:size]) == "is damaged"


def test_a_flipped_bit_of_a_png(tmp_path: Path) -> None:
    content = bytearray(picture("PNG"))
    content[content.index(b"IDAT") + 10] ^= 1
    assert refusal(tmp_path, bytes(content)) == "is damaged"


def test_cmyk(tmp_path: Path) -> None:
    assert refusal(tmp_path, picture("JPEG", "CMYK")).startswith("is in CMYK")


def test_animation(tmp_path: Path) -> None:
    content = picture("PNG", save_all=True, append_images=[Image.new("RGB", (40, 30))])
    assert refusal(tmp_path, content) == "is animated"


def test_a_picture_too_large_to_unpack(tmp_path: Path) -> None:
    small = bytearray(picture("PNG"))
    small[16:24] = (20_000).to_bytes(4, "big") * 2
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        small[29:33] = _checksum(bytes(small[12:29]))
        assert refusal(tmp_path, bytes(small)) == "has 20000 × 20000 pixels, more than 100 million"


def _checksum(chunk: bytes) -> bytes:
    import zlib

    return zlib.crc32(chunk).to_bytes(4, "big")


@pytest.mark.parametrize(
    "path",
    [
        *[
            "",
            "a.png",
            "media",
            "media/",
            "media//a.png",
            "/media/a.png",
            "./media/a.png",
            "MEDIA/a.png",
            "media\\a.png",
        ],
        *["media/./a.png", "media/../media/a.png", "media/%2e%2e/a.png", "media/a%00.png", "media%2fa.png/../../x"],
        *[
            "media/" + "a" * 300,
            "file:media/a.png",
            "https://example.org/a.png",
            "data:image/png;base64,AA",
            "//a/media/a",
        ],
    ],
)
def test_paths_that_are_refused(path: str, tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.png").write_bytes(picture("PNG"))
    (tmp_path / "a.png").write_bytes(picture("PNG"))
    with pytest.raises(UnreadableError):
        media.load(tmp_path, path)
