"""WeasyPrint, loaded late and quickly, in a world that holds the fonts of the templates and no others."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from communique import templates, typefaces
from communique.errors import ToolMissing
from communique.master.media import PILLOW
from communique.writers.pdf import startup
from communique.writers.webfonts import FONTTOOLS

VERSION = "70.0"
"""The WeasyPrint whose inside the seam knows."""

FONTS_CONF = Path(__file__).with_name("fonts.conf")
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libfontconfig.so.1",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
)
REMEDY = "run scripts/bootstrap"


@dataclass(frozen=True)
class Engine:
    """The engine's module and the one font configuration of the process."""

    weasyprint: Any
    fonts: Any
    learnt: set[Path] = field(default_factory=set)

    def learn(self, page: str) -> None:
        """Add the fetched fonts whose families a page names, if an earlier page has not done so."""
        named = (face for face in typefaces.typefaces().values() if f'"{face.family}"' in page)
        new = [path for face in named for path in typefaces.verified(face) if path not in self.learnt]
        if new:
            _add_fonts(self.fonts, import_module("weasyprint.text.ffi"), new)
            self.learnt.update(new)


@cache
def load() -> Engine:
    """WeasyPrint with the templates' fonts; the first call takes a third of a second, others nothing."""
    with private_fontconfig():
        _open_libraries()
        weasyprint = _import()
        interface = import_module("weasyprint.text.ffi")
        startup.parse_types(interface.ffi)
        startup.spare_sizes(import_module("weasyprint.pdf.fonts"))
        fonts = import_module("weasyprint.text.fonts").FontConfiguration()
        _add_fonts(fonts, interface, font_files())
    return Engine(weasyprint, fonts)


@contextlib.contextmanager
def private_fontconfig() -> Iterator[None]:
    """Point fontconfig at our own configuration, which names no folder and no cache, and back."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS_CONF)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _import() -> Any:
    """The weasyprint module, or ToolMissing with what to install."""
    warnings.filterwarnings("ignore", "No fonts configured", module="weasyprint")
    with PILLOW, FONTTOOLS, startup.without_searches(), startup.without_fonttools():
        try:
            weasyprint = import_module("weasyprint")
        except (ImportError, OSError) as error:
            raise ToolMissing(f"WeasyPrint: {error} ({REMEDY})") from error
        # It asks Pillow to draw broken pictures as far as they go; here a broken picture is a fault.
        pillow: Any = import_module("PIL.ImageFile")
        pillow.LOAD_TRUNCATED_IMAGES = False
    if weasyprint.VERSION != VERSION:
        found = f"WeasyPrint {weasyprint.VERSION} is installed, but only {VERSION} is known to write accessible PDF"
        raise ToolMissing(f"{found} (install weasyprint=={VERSION})")
    return weasyprint


def _open_libraries() -> None:
    """Open what the engine will open, for it prints advice of its own where one is missing."""
    for name in LIBRARIES if sys.platform == "linux" else ():
        try:
            ctypes.CDLL(name)
        except OSError as error:
            raise ToolMissing(f"{name}: the library is missing ({REMEDY})") from error


def _add_fonts(fonts: Any, ffi: Any, files: Sequence[Path]) -> None:
    """Add each font file by name: no folder is scanned, no cache read or written."""
    for path in files:
        if not ffi.fontconfig.FcConfigAppFontAddFile(fonts._config, os.fsencode(path)):
            raise ToolMissing(f"{path}: not a font that fontconfig can read (install communique again)")
    ffi.pangoft2.pango_fc_font_map_config_changed(ffi.ffi.cast("PangoFcFontMap *", fonts.font_map))


def font_files() -> list[Path]:
    """The vendored font files, in the same order on every machine."""
    folder = templates.root() / "fonts"
    return sorted(path for path in folder.glob("*/*") if path.suffix in {".ttf", ".otf"})
