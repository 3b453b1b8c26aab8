"""Images by their content: the media type that an output declares."""

from __future__ import annotations

_SIGNATURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def media_type(content: bytes) -> str:
    """The media type (RFC 6838) of a PNG or JPEG file."""
    return next(kind for signature, kind in _SIGNATURES if content.startswith(signature))
