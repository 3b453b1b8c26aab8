"""A ZIP file from its bytes, opened as every file is that nobody vouches for."""

from __future__ import annotations

import io
from collections import Counter

from communique.checks.opening import Package, Unreadable, zip_archive


def archive(content: bytes) -> Package:
    """The members of a ZIP. Two of one name are refused, for programs differ in which they show."""
    package = Package(zip_archive(io.BytesIO(content)))
    twice = [name for name, count in Counter(package.names).items() if count > 1]
    if twice:
        raise Unreadable(f"has {twice[0]} twice")
    return package
