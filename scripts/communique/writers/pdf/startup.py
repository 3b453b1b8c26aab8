"""What makes WeasyPrint start in less than half of the time; without it the output would be the same."""

from __future__ import annotations

import contextlib
import ctypes.util
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NoReturn

from communique.errors import ToolFailed

SIZED = re.compile(r"\[\d+\]$")

TYPES = (
    "PangoFcFontMap *",
    "PangoRectangle *",
    "PangoLogAttr[]",
    "char[]",
    "char[4]",
    "hb_codepoint_t[]",
    "hb_tag_t[100]",
    "unsigned int *",
)
"""The C types that the engine asks its foreign function interface for by name."""


@contextlib.contextmanager
def without_searches() -> Iterator[None]:
    """Spare the search by ldconfig and gcc for library names that only other systems use: 0.3 s on Linux.

    The names that Linux uses are full file names, which the loader finds by itself.
    """
    if sys.platform != "linux":
        yield
        return
    search = ctypes.util.find_library

    def found_nothing(name: str) -> str | None:  # noqa: ARG001
        return None

    ctypes.util.find_library = found_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextlib.contextmanager
def without_fonttools() -> Iterator[None]:
    """Spare the import of fontTools' subsetter, which HarfBuzz replaces, and of variable fonts: 0.1 s."""
    parts = [name for name in ("fontTools.subset", "fontTools.varLib.instancer") if name not in sys.modules]
    sys.modules.update({name: _Unused(name) for name in parts})
    try:
        yield
    finally:
        for name in parts:
            del sys.modules[name]


class _Unused(ModuleType):
    """Stands in for a module that the engine imports and, with our fonts, never calls."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def unused(*_args: Any, **_kwargs: Any) -> NoReturn:
            raise ToolFailed(f"PDF: {self.__name__}.{name} was called (use static TrueType or OpenType fonts only)")

        return unused


def parse_types(ffi: Any) -> None:
    """Let one run of the C parser learn all types, as arguments of a function: each run costs 6 ms."""
    arguments = ", ".join(name.replace("[", "(*)[") for name in TYPES)
    found = ffi.typeof(f"void(*)({arguments})").args
    for name, ctype in zip(TYPES, found, strict=True):
        ffi._parsed_types.setdefault(name, (ctype.item if "[" in name else ctype, False))


def spare_sizes(module: Any) -> None:
    """Let the subsetter name its C arrays without their length: each new name costs a C parser 6 ms, two per font."""

    class Foreign:
        """cffi's interface, but for arrays that come with their content."""

        NULL, string, gc, unpack = module.ffi.NULL, module.ffi.string, module.ffi.gc, module.ffi.unpack

        @staticmethod
        def new(name: str, content: Any = None) -> Any:
            return interface.new(name if content is None else SIZED.sub("[]", name), content)

    interface, module.ffi = module.ffi, Foreign
