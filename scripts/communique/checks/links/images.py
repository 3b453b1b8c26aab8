"""Whether a picture is whole: PNG by its own sums (ISO/IEC 15948), JPEG by decoding it to its last line (ISO 10918-1).

Pillow alone does not tell: it takes a JPEG that breaks off and is closed for a whole one, and a broken PNG too once
another part of the program has told it to be content with less.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote_to_bytes

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_END = b"\xff\xd9"
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers of a JPEG that no length follows (B.1.1.3)."""
_SCAN = 0xDA
_FILLING = b"\x55\xaa\x33" * 4
_MORE = _FILLING + b"".join(bytes((0xFF, 0xD0 + number)) + _FILLING for number in range(8))
"""Data that change nothing behind the last line of a JPEG, and its looks where lines are missing."""
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""The samples of a pixel by the colour type of a PNG (11.2.2)."""
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Where the pixels of an interlaced PNG begin, and how far they stand apart (8.2)."""
_LARGEST = 100_000_000
"""Pixels of a picture that is looked into."""
_DATA = re.compile(r"data:image/[a-z.+-]+((?:;[^,;]*)*),(.*)", re.IGNORECASE | re.DOTALL)


def fault(content: bytes) -> str:
    """What is wrong with the bytes of a picture, "" if nothing is or it is of another kind than PNG and JPEG."""
    for beginning, judge in _KINDS.items():
        if content.startswith(beginning):
            try:
                return judge(content)
            except (struct.error, IndexError, zlib.error, OSError, SyntaxError, ValueError) as error:
                return f"cannot be decoded: {error}"
    return ""


def fault_of_bytes(content: bytes, kind: str) -> str:
    """The same of something that says that it is of a kind, such as image/png."""
    beginning = {"image/png": _PNG, "image/jpeg": _JPEG}.get(kind.lower(), b"")
    return fault(content) if content.startswith(beginning) else f"is no {kind}"


def fault_of_address(address: str) -> str:
    """What is wrong with a picture that an address holds (RFC 2397), "" if it holds none."""
    match = _DATA.fullmatch(address)
    if match is None:
        return ""
    raw = unquote_to_bytes(match[2])
    try:
        content = base64.b64decode(raw, validate=True) if match[1].lower().endswith(";base64") else raw
    except binascii.Error as error:
        return f"cannot be decoded: {error}"
    return fault_of_bytes(content, re.split("[:;,]", address, maxsplit=2)[1])


def _png(content: bytes) -> str:
    at, packed, header, seen = len(_PNG), [], b"", b""
    while seen != b"IEND":
        if len(content) < at + 8:
            return "breaks off: it has no end"
        length, seen = struct.unpack_from(">I4s", content, at)
        chunk, stated = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(stated) < 4:
            return f"breaks off within its part {seen.decode('latin-1')}"
        if zlib.crc32(seen + chunk) != int.from_bytes(stated, "big"):
            return f"is damaged: the sum of its part {seen.decode('latin-1')} is wrong"
        header = chunk if seen == b"IHDR" else header
        packed += [chunk] if seen == b"IDAT" else []
        at += 12 + length
    due = _bytes_of(header)
    if due > 8 * _LARGEST:
        return ""
    unpacking = zlib.decompressobj()
    found = len(unpacking.decompress(b"".join(packed), due + 1))
    return "" if found == due else f"has {found} of {due} bytes of its pixels"


def _bytes_of(header: bytes) -> int:
    """The bytes of the lines of a PNG, each with its filter."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    passes = _PASSES if interlaced else ((0, 0, 1, 1),)
    total = 0
    for left, upper, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - upper) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + -(-columns * depth * _SAMPLES[colour] // 8))
    return total


def _jpeg(content: bytes) -> str:
    end = content.rfind(_END)
    if end < _scan(content):
        return "breaks off: it has no end"
    whole, longer = (_pixels(content[:end] + more + _END) for more in (b"", _MORE))
    return "" if whole == longer else "breaks off: its last lines are missing"


def _scan(content: bytes) -> int:
    """Where the first lines of a JPEG begin."""
    at = len(_JPEG)
    while True:
        if content[at] != 0xFF:
            raise ValueError(f"byte {at + 1} is no marker")
        marker = content[at + 1]
        if marker == _SCAN:
            return at
        at += 1 if marker == 0xFF else 2 if marker in _ALONE else 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def _pixels(content: bytes) -> bytes:
    from PIL import JpegImagePlugin  # noqa: PLC0415 (a statement without pictures need not wait for it)

    with JpegImagePlugin.JpegImageFile(BytesIO(content)) as image:
        if image.width * image.height > _LARGEST:
            return b""
        return image.tobytes()


_KINDS: dict[bytes, Callable[[bytes], str]] = {_PNG: _png, _JPEG: _jpeg}
