"""Keeps a file that trips a rule from looking like one that passed, and from stopping the judging of the others."""

from __future__ import annotations

from collections.abc import Iterator

from communique.checks.file_by_file import Gap, Look, Remark
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication


def to_the_end(look: Look) -> Look:
    """The same look; where it breaks off for a reason not foreseen, the rest of the file is unchecked, and says why."""

    def looked(publication: Publication, name: str) -> Iterator[Remark | Gap]:
        try:
            yield from look(publication, name)
        except (Unreadable, RecursionError, OSError):
            raise
        except Exception as error:  # The file is of unknown origin: whatever it does to a rule, the others must go on.
            yield Gap(f"cannot be read to its end: {type(error).__name__}: {error}")

    return looked
