"""What was published before, by its manifest: words that were published as one version stay as they were."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from communique import wording
from communique.errors import MasterError, Problem
from communique.records.manifest import NAME
from communique.statement import Statement


def refuse_other_words(statements: Sequence[Statement], folder: Path) -> None:
    """Fails where the manifest in a folder has the same version of an edition with other words."""
    published = _words(folder / NAME, statements[0].version if statements[0].revisions else None)
    changed = [each for each in statements if published.get(each.language, "") not in ("", wording.digest(each))]
    if changed:
        version = statements[0].version
        found = f"the words are not those of version {version} in {folder}"
        remedy = f"add a new version to revisions; or delete {folder}, if version {version} was never made public"
        raise MasterError(Problem(each.path, 0, "", found, remedy) for each in changed)


def _words(manifest: Path, version: str | None) -> dict[str, str]:
    """The digests of a version by languages; nothing if there is no manifest, or it is of another version."""
    try:
        listing = json.loads(manifest.read_bytes())
        return dict(listing["words"]) if listing["version"] == version else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
