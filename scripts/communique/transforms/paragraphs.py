"""Paragraphs: each gets an identifier (p1, p2 …) by which every format can be cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from communique import nodes
from communique.statement import Block

CLASS = "para"


def number(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with their paragraphs numbered in document order.

    Paragraphs in lists, quotations and definitions count; table cells, captions and notes do not.
    Whether a list is loose or tight in the master makes no difference to the numbers.
    """
    return _number(list(blocks), count(1))


def _number(blocks: list[Block], numbers: Iterator[int]) -> list[Block]:
    alone = sum(block["t"] in ("Para", "Plain") for block in blocks) < 2
    return [_number_one(block if alone else _parted(block), numbers) for block in blocks]


def _parted(block: Block) -> Block:
    """Bare text that has other text beside it is a paragraph, or the two would run together."""
    return nodes.para(block["c"]) if block["t"] == "Plain" else block


def _number_one(block: Block, numbers: Iterator[int]) -> Block:
    match block["t"]:
        case "Para" | "LineBlock":
            return nodes.div(nodes.attr(f"p{next(numbers)}", [CLASS]), [block])
        case "Plain":
            return nodes.plain([nodes.span(nodes.attr(f"p{next(numbers)}", [CLASS]), block["c"])])
    return nodes.rewrite_children(block, lambda inner: _number(inner, numbers))
