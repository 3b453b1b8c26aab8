"""Records that are lists of names and values: bag-info.txt, columns of metadata.csv, fields of a DSpace item."""

from __future__ import annotations

from communique import crosswalk
from communique.crosswalk.facts import Facts


def pairs(standard: str, facts: Facts) -> list[tuple[str, str]]:
    """Name and value, in the order of the standard, else of the table; a name may come more than once.

    The fields of a DSpace item say their language after an "@": "dc.title@en".
    """
    order = crosswalk.standards()[standard].options.get("order", [])
    found = [(write.place, write.text) for write in crosswalk.writes(standard, facts)]
    return sorted(found, key=lambda pair: crosswalk.sorted_by(order, pair[0]))
