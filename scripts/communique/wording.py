"""The words of an edition as one digest: equal words give equal digests, however the master is laid out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from communique import nodes
from communique.statement import Statement

_SPACES = {"Space", "SoftBreak", "LineBreak"}
_CODE = {"Code", "CodeBlock"}
_INLINE = {"Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Span", "Link"}


def digest(statement: Statement) -> str:
    """The SHA-256 over title, issuers, date and text, lower-case hexadecimal.

    Where lines are broken makes no difference, nor do emphasis and links; every letter, number and paragraph does.
    """
    said = [statement.title, *(issuer.name for issuer in statement.issuers), statement.date]
    paragraphs = "".join(_words(statement)).split("\n")
    said += [" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip()]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _words(statement: Statement) -> Iterator[str]:
    for node in nodes.walk(list(statement.blocks)):
        kind = node["t"]
        if kind == "Str":
            yield node["c"]
        elif kind in _CODE:
            yield node["c"][1].replace("\n", " ")
        elif kind in _SPACES:
            yield " "
        elif kind not in _INLINE:
            yield "\n"
            if kind == "OrderedList":  # Its numbers are words too.
                (first, *_), items = node["c"]
                yield f"{first}+{len(items)} "
