"""Pictures: which are taken, and why others are not."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from communique.master import media
from communique.master.files import UnreadableError


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


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_png(mode: str, tmp_path: Path) -> None:
    content = picture("PNG", mode)
    assert load(tmp_path, content) == content


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"quality": 10}])
def test_jpeg_whatever_its_name(mode: str, options: dict[str, Any], tmp_path: Path) -> None:
    content = picture("JPEG", mode, **options)
    assert load(tmp_path, content) == content


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
