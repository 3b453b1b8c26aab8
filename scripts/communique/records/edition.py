"""What a record is of: one edition of a statement, its files, and what made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from communique.crosswalk.facts import Facts, gather
from communique.records import accessibility
from communique.rendition import Rendition
from communique.statement import Statement


@dataclass(frozen=True)
class Edition:
    """An edition with its files; `tools` are the versions of the programs that made them, by name."""

    statement: Statement
    files: Sequence[Rendition] = ()
    tools: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def facts(self) -> Facts:
        """Everything the crosswalk has places for, with what the EPUB says of its accessibility; gathered once."""
        return gather(self.statement, self.files, accessibility.of_files(self.files))
