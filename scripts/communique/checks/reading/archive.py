"""A ZIP file from its bytes, opened as every file is that nobody vouches for."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

from communique.checks.opening import Package, Unreadable


def archive(content: bytes) -> Package:
    """The members of a ZIP. Two of one name are refused, for programs differ in which they show."""
    try:
        package = Package(zipfile.ZipFile(io.BytesIO(content)))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"is no whole ZIP archive: {error}") from error
    twice = [name for name, count in Counter(package.names).items() if count > 1]
    if twice:
        raise Unreadable(f"has {twice[0]} twice")
    return package
