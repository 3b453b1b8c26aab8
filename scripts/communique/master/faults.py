"""One fault of a master before it is known which file it lies in, and how values are quoted in reports."""

from __future__ import annotations

from dataclasses import dataclass

from communique.errors import Problem


@dataclass(frozen=True)
class Fault:
    """What was found on a line (from 1; 0 is the file as a whole) and what to write. `key` is a dotted path."""

    line: int
    found: str
    remedy: str
    key: str = ""

    def at(self, path: str) -> Problem:
        """The fault as a problem of one file."""
        return Problem(path, self.line, self.key, self.found, self.remedy)


def quoted(text: str, limit: int = 60) -> str:
    """The text in single quotes on one line, cut to about `limit` characters; what does not print is escaped."""
    line = " ".join(text.split())
    line = line if len(line) <= limit else line[: limit - 1] + "…"
    return "'" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in line) + "'"
