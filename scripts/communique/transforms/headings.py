"""Headings: the title of the statement is the only heading of level 1."""

from __future__ import annotations

from collections.abc import Sequence

from communique import nodes
from communique.statement import Block


def below_title(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their headings shifted so that the highest is of level 2."""
    levels = [node["c"][0] for node in nodes.walk(list(blocks)) if node["t"] == "Header"]
    return _shift(list(blocks), 2 - min(levels, default=2))


def _shift(blocks: list[Block], by: int) -> list[Block]:
    return [_shift_one(block, by) for block in blocks]


def _shift_one(block: Block, by: int) -> Block:
    if block["t"] == "Header":
        level, attributes, inlines = block["c"]
        return nodes.header(level + by, attributes, inlines)
    return nodes.rewrite_children(block, lambda blocks: _shift(blocks, by))
