"""A short statement that has one of everything the words are compared by, and the ways in which it can be wrong."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

SLUG = "small"
FRONT = """title: A Joint Statement on the Harbour of the North
short_title: The Harbour of the North
type: joint-statement
date: 2024-02-29
language: en
issuers:
  - name: Norway
  - name: Iceland
publisher:
  name: Press Office
  url: https://example.org/press
rights:
  statement: Public Domain
terms:
  - term: NATO
    kind: abbreviation
    expansion: North Atlantic Treaty Organization
references:
  - text: Charter of the Sea
    uri: https://example.org/charter
"""
BODY = """We, the Ministers of two states, recall the Charter of the Sea and what NATO said of it.[^one]

The Parties shall keep the harbour open to every ship, and [the full record](https://example.org/record) says why.[^two]

# First part {#first}

Nothing in this [first part](#first) takes away from H~2~O, and *all* of it is binding.

## Details

A paragraph of details stands below, with ~~nothing~~ struck out and [Déclaration commune]{lang=fr} in French.

- one sort of ship
- another sort of boat

4. item number four
5. item number five

> A quotation by somebody.

| State   | Signed on   |
|---------|-------------|
| Norway  | 29 February |
| Iceland | 1 March     |

: Signatories and dates

![A flag of two colours](media/flag.png)

The end of the text is reached here.

[^one]: A first note, which is short.

[^two]: A second note, which says [more](https://example.org/more).
"""
WRONG: Mapping[str, tuple[str, str, str, str]] = {
    "word changed": ("every ship", "any ship", "word-changed", "p2"),
    "word missing": ("of two states", "of states", "word-missing", "p1"),
    "word added": ("open to every", "now open to every", "word-added", "p2"),
    "word doubled": ("keep the harbour", "keep keep the harbour", "word-doubled", "p2"),
    "word moved": ("Nothing in this", "in Nothing this", "word-moved", "p3"),
    "case": ("The Parties", "The parties", "word-changed", "p2"),
    "stop": ("is binding.", "is binding", "word-changed", "p3"),
    "joined": ("is reached here", "isreached here", "word-changed", ""),
    "paragraph missing": ("> A quotation by somebody.\n\n", "", "paragraph-missing", ""),
    "paragraph added": ("# First part", "An inserted paragraph that is new.\n\n# First part", "paragraph-added", ""),
    "heading missing": ("## Details\n\n", "", "heading-missing", "heading 2"),
    "heading level": ("## Details", "# Details", "heading-level", "heading 2"),
    "link target": ("example.org/record", "example.org/other", "link-target", "p2"),
    "link text": ("and [the full record]", "and the [full record]", "link-text", "p2"),
    "link missing": ("[the full record](https://example.org/record)", "the full record", "link-missing", "p2"),
    "link inside": ("[first part](#first)", "[first part](#details)", "link-target", "p3"),
    "reference": ("uri: https://example.org/charter", "uri: https://example.org/chart", "link-target", "p1"),
    "expansion": ("North Atlantic Treaty Organization", "North American Treaty Organization", "expansion", "p1"),
    "note mark": ("recall the", "recall[^one] the", "note-anchor", "p1"),
    "notes changed": ("A first note", "A third note", "word-changed", "note 1"),
    "note link": ("example.org/more", "example.org/less", "link-target", "note 2"),
    "alt text": ("A flag of two colours", "A flag of three colours", "alt-text", ""),
    "cells": ("| Norway  | 29 February |", "| 29 February | Norway |", "table-cell", "table 1, row 2"),
    "title": ("Harbour of the North\nshort", "Harbour of the South\nshort", "title", "masthead, title"),
    "date": ("date: 2024-02-29", "date: 2024-02-28", "date", "masthead, date"),
    "issuers": ("  - name: Iceland", "  - name: Ireland", "issuers", "masthead, issuer"),
    "issuers turned": ("  - name: Norway\n  - name: Iceland", "  - name: Iceland\n  - name: Norway", "issuers", ""),
    "type": ("type: joint-statement", "type: statement", "type", "masthead, type"),
    "publisher": ("  name: Press Office", "  name: Press Offices", "word-changed", "about this text"),
    "list": ("- another sort of boat", "    - another sort of boat", "list", ""),
    "number": ("4. item number four\n5. ", "3. item number four\n4. ", "list-number", ""),
    "quotation": ("> A quotation", "A quotation", "quotation", ""),
    "struck": ("~~nothing~~", "nothing", "look", ""),
    "lowered": ("H~2~O", "H2O", "look", "p3"),
    "language": ("{lang=fr}", "{lang=es}", "language", ""),
}
"""What is written instead of what, by which rule that is found, and where (as the place begins)."""
TOGETHER = (
    ("word changed",),
    ("paragraph added",),
    ("word missing", "expansion", "case", "stop", "title", "notes changed", "alt text", "number", "lowered"),
    ("word added", "word moved", "date", "note link", "cells", "struck", "joined", "reference"),
    ("word doubled", "link target", "paragraph missing", "issuers", "language", "link inside"),
    ("heading missing", "link text", "list", "quotation", "issuers turned", "type"),
    ("heading level", "link missing", "note mark", "publisher"),
)
"""What can be wrong in one statement at a time, each to be found by itself."""
MOVED = ("We, the", "Nothing in this")
"""The beginnings of two paragraphs that change places in one more wrong statement."""


def text(front: str = FRONT, body: str = BODY) -> str:
    """The statement as one file."""
    return f"---\n{front}---\n{body}"


def wrong(names: Sequence[str]) -> str:
    """The statement with some things wrong."""
    whole = text()
    for name in names:
        before, after = WRONG[name][:2]
        assert whole.count(before) >= 1, name
        if name == "note mark":
            whole = whole.replace(" said of it.[^one]", " said of it.")
        whole = whole.replace(before, after, 1)
    return whole


def moved() -> str:
    """The statement with two of its paragraphs in the place of each other."""
    paragraphs = BODY.split("\n\n")
    one, other = (next(n for n, each in enumerate(paragraphs) if each.startswith(start)) for start in MOVED)
    paragraphs[one], paragraphs[other] = paragraphs[other], paragraphs[one]
    return text(body="\n\n".join(paragraphs))


def write(folder: Path, content: str) -> Path:
    """Writes a statement into `folder`/small; returns that."""
    master = folder / SLUG
    (master / "media").mkdir(parents=True)
    (master / "statement.md").write_text(content, encoding="utf-8", newline="\n")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(picture, "PNG")
    (master / "media" / "flag.png").write_bytes(picture.getvalue())
    return master
