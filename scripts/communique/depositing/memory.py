"""What is remembered of a deposit, beside the package: for each server the draft that was made there.

It says nothing that the server does not know as well. It is there for the seconds, or hours, in which the server has
made a draft and does not yet find it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique import storage


@dataclass(frozen=True)
class Memory:
    """The file for a package, and the server and version that are deposited."""

    path: Path
    server: str
    identifier: str

    def record(self) -> str | None:
        """The id of the draft or record, "" if one was asked for and no answer came, None if there was none."""
        known = self._known().get(self.server)
        if known is None or known.get("identifier") != self.identifier:
            return None
        return str(known.get("record") or "")

    def keep(self, record: str) -> None:
        """Remembers an id; "" before the server is asked for one."""
        known = {**self._known(), self.server: {"identifier": self.identifier, "record": record}}
        content = (json.dumps(known, indent=2, sort_keys=True) + "\n").encode()
        storage.publish_file(self.path, content, self.path.parent)

    def _known(self) -> dict[str, dict[str, Any]]:
        """What the file says; one that cannot be read is as good as one in which an answer is awaited."""
        if not self.path.exists():
            return {}
        try:
            value = json.loads(self.path.read_bytes())
            return {str(server): dict(known) for server, known in value.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {self.server: {"identifier": self.identifier, "record": ""}}
