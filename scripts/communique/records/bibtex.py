"""BibTeX as biblatex and biber read it: UTF-8, one @report."""

from __future__ import annotations

from communique import crosswalk
from communique.records.edition import Edition

_VERBATIM = {"url", "doi"}
"""Fields that biblatex takes as they stand; only what would end them is written in another way."""
_SIGNS = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "$&#%_"},
    }
)
_PAIRED = str.maketrans({"{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans({"{": r"\textbraceleft{}", "}": r"\textbraceright{}"})
_ENDS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D"})


def serialize(edition: Edition) -> bytes:
    """The record of one edition, UTF-8."""
    fields: dict[str, str] = {}
    known = edition.facts
    plain = {write.place: write.text for write in crosswalk.writes("bibtex", known) if write.place in _VERBATIM}
    for write in crosswalk.writes("bibtex", known, escape):
        if write.place in plain:
            fields[write.place] = plain[write.place].translate(_ENDS)
        elif write.place not in fields:
            fields[write.place] = write.text
        elif write.cell.joint is not None:
            fields[write.place] += write.cell.joint + write.text
        else:
            raise ValueError(f"{write.place} is written twice")
    order = crosswalk.standards()["bibtex"].options["order"]
    rows = [
        f"  {name} = {{{fields[name]}}},\n"
        for name in sorted(fields, key=lambda each: crosswalk.sorted_by(order, each))
    ]
    return f"@report{{{edition.statement.name},\n{''.join(rows)}}}\n".encode()


def escape(text: str) -> str:
    """The text with every character that TeX or BibTeX reads as a sign of its own written out.

    BibTeX counts braces even behind a backslash, so that those without a partner are written by name.
    """
    depth, lowest = 0, 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        lowest = min(lowest, depth)
    is_paired = depth == lowest == 0
    return text.translate(_SIGNS | (_PAIRED if is_paired else _UNPAIRED))
