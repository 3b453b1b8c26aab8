"""The controlled vocabularies for preservation of the Library of Congress, as far as PREMIS records need them."""

from __future__ import annotations

from collections.abc import Mapping

BASE = "http://id.loc.gov/vocabulary/preservation"

CODES: Mapping[str, Mapping[str, str]] = {
    "agentType": {"organization": "org", "software": "sof"},
    "cryptographicHashFunctions": {"SHA-256": "sha256", "SHA-512": "sha512"},
    "eventOutcome": {"success": "suc", "fail": "fai", "warning": "war"},
    "eventRelatedAgentRole": {"executing program": "exe", "implementer": "imp", "validator": "val"},
    "eventRelatedObjectRole": {"source": "sou", "outcome": "out"},
    "eventType": {
        "capture": "cap",
        "creation": "cre",
        "message digest calculation": "mes",
        "normalization": "nor",
        "validation": "val",
    },
    "relationshipSubType": {
        "has source": "hss",
        "is included in": "isi",
        "is part of": "isp",
        "represents": "rep",
        "supersedes": "sup",
    },
    "relationshipType": {"derivation": "der", "replacement": "rep", "structural": "str"},
}
"""The codes of terms by vocabulary and term."""


def attributes(vocabulary: str, word: str) -> dict[str, str]:
    """What says in a record that a word is a term of a vocabulary: nothing if it is none."""
    code = CODES[vocabulary].get(word)
    if code is None:
        return {}
    place = f"{BASE}/{vocabulary}"
    return {"authority": vocabulary, "authorityURI": place, "valueURI": f"{place}/{code}"}
