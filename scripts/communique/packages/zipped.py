"""Entries as one ZIP file: the same entries give the same bytes, and none of them has to fit into memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import IO

from communique.packages.entry import Entry

_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
_ZIP64_FROM = 1 << 31


def write(entries: Iterable[Entry], file: IO[bytes]) -> None:
    """Writes a ZIP file: entries in their order, as they are, dated the first day that ZIP knows.

    Pictures, PDF and EPUB hardly shrink; and a byte that changes in what is not packed spoils that byte alone, and is
    found, while the last bits of packed data say nothing.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            kept = zipfile.ZipInfo(entry.name, _EPOCH)
            kept.external_attr, kept.create_system = _PLAIN_FILE, _UNIX
            with archive.open(kept, "w", force_zip64=entry.size >= _ZIP64_FROM) as place:
                for piece in entry.pieces():
                    place.write(piece)
