"""What the engine only logs is a failure here: nothing is drawn wrong in silence."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from communique.errors import ToolFailed
from communique.legibility import REMEDY

MISSING_GLYPH = ".notdef glyph"
MOST = 5
"""How many complaints one message quotes."""


class GlyphsMissing(ToolFailed):
    """No font of the templates can draw some characters of the page."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        names = ", ".join(f"U+{ord(character):04X} {character!r}" for character in characters)
        super().__init__(f"PDF: no font of the templates has a glyph for {names} ({REMEDY})")


class _Listener(logging.Handler):
    """Keeps the records it hears."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextmanager
def heard() -> Iterator[None]:
    """Raise ToolFailed after the block if the engine warned of anything in it."""
    logger = logging.getLogger("weasyprint")
    listener, level, propagates = _Listener(), logger.level, logger.propagate
    logger.addHandler(listener)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.setLevel(level)
        logger.propagate = propagates
    if listener.records:
        raise _verdict(listener.records)


def _verdict(records: list[logging.LogRecord]) -> ToolFailed:
    """One line: the missing characters, else the first complaints."""
    missing = sorted({_codepoint(record) for record in records if str(record.msg).startswith(MISSING_GLYPH)})
    if missing:
        return GlyphsMissing("".join(map(chr, missing)))
    complaints = list(dict.fromkeys(" ".join(record.getMessage().split()) for record in records))
    rest = f" and {len(complaints) - MOST} more" if len(complaints) > MOST else ""
    said = "; ".join(complaints[:MOST])
    return ToolFailed(f"PDF: WeasyPrint complained: {said}{rest} (mend the page or the style sheet)")


def _codepoint(record: logging.LogRecord) -> int:
    point = record.args[1] if isinstance(record.args, tuple) else 0
    return point if isinstance(point, int) else 0
