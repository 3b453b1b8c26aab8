"""What outputs are made from, as digests: equal inputs make equal outputs."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from communique import pandoc, templates, typefaces
from communique.version import VERSION

_PACKAGES = ("weasyprint", "pydyf", "lxml", "pillow", "resvg_py", "babel")


def tools() -> dict[str, str]:
    """The versions of what shapes the outputs."""
    return {"communique": VERSION, "pandoc": pandoc.version(), **{name: version(name) for name in _PACKAGES}}


def of_files(folder: Path) -> str:
    """The SHA-256 over a statement's folder and the templates, file by file; none of them has to fit into memory.

    Fetched fonts are in it by their digests in the table, so that it is the same whichever of them are here.
    """
    digest = hashlib.sha256()
    for root in (folder, templates.root()):
        for path in sorted(
            path for path in root.rglob("*") if path.is_file() and typefaces.folder() not in path.parents
        ):
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()}\0{content}\0".encode())
    return digest.hexdigest()


def of_build(files: str, profile: str) -> str:
    """The SHA-256 over the files that a build starts from, the tools, and the profile of the PDF with the plain name.

    The profile is one of the inputs because the EPUB names the PDF whose pages it lists.
    """
    return hashlib.sha256(json.dumps([tools(), profile, files], sort_keys=True).encode()).hexdigest()
