"""Where the templates are: inside the installed package, or beside its source in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from communique.errors import ToolMissing


@cache
def root() -> Path:
    """The templates folder, absolute."""
    here = Path(__file__).resolve().parent
    for folder in (here / "templates", here.parents[1] / "templates"):
        if (folder / "labels.yaml").is_file():
            return folder
    raise ToolMissing("templates: not found beside the package (install communique again)")


@cache
def read_bytes(name: str) -> bytes:
    """The bytes of one template file, named from the templates folder."""
    try:
        return (root() / name).read_bytes()
    except OSError as error:
        raise ToolMissing(f"templates/{name}: {error.strerror} (install communique again)") from error


def read_text(name: str) -> str:
    """The text of one template file, UTF-8."""
    return read_bytes(name).decode("utf-8")
