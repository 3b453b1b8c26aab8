"""ZIP archives that are the same bytes for the same entries: no clock, no umask, no file system."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Sequence

# The earliest moment a ZIP entry can name (APPNOTE 4.4.6): the field is mandatory, so it says nothing.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
_PERMISSIONS = stat.S_IFREG | 0o644


def pack(entries: Sequence[tuple[str, bytes]], stored: frozenset[str] = frozenset()) -> bytes:
    """A ZIP archive of (name, content) pairs in the given order; the names in `stored` are not compressed."""
    names = [name for name, _ in entries]
    if len(set(names)) < len(names):
        raise ValueError(f"archive: a name occurs twice: {sorted(name for name in names if names.count(name) > 1)[0]}")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            archive.writestr(_entry(name, is_stored=name in stored), content, compresslevel=9)
    return buffer.getvalue()


def _entry(name: str, is_stored: bool) -> zipfile.ZipInfo:
    """The header of one entry: a regular file, readable by all."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _PERMISSIONS << 16
    return entry
