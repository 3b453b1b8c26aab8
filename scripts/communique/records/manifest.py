"""manifest.json: every file of a build with its fixity, and what it was made from and with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from communique import wording
from communique.rendition import Rendition
from communique.statement import Statement

NAME = "manifest.json"


def serialize(
    statements: Sequence[Statement], inputs: str, tools: Mapping[str, str], files: Sequence[Rendition]
) -> bytes:
    """The manifest, UTF-8. `inputs` is the SHA-256 over everything the files were made from.

    The version, null for a draft, is named with the digest of its words in each language, so that other words can be
    told from it.
    """
    manifest = {
        "statement": statements[0].slug,
        "version": statements[0].version if statements[0].revisions else None,
        "words": {each.language: wording.digest(each) for each in statements},
        "inputs": inputs,
        "tools": dict(sorted(tools.items())),
        "files": [
            {"name": each.name, "mediaType": each.media_type, "size": each.size, "sha256": each.sha256}
            for each in sorted(files, key=lambda each: each.name)
        ],
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()
