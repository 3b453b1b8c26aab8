"""What the tests of deposits share: the command that sends a package to a server, and its surroundings."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique.cli import main
from communique.depositing import connection
from invenio_server import TOKEN, Server


def in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pauses between tries, a token, and no proxy."""
    monkeypatch.setattr(connection, "PAUSE", 0)
    monkeypatch.setenv("COMMUNIQUE_TOKEN", TOKEN)
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def run(folder: Path, server: Server, *more: str) -> int:
    """communique deposit --send."""
    return main(["deposit", str(folder), "--server", server.address, "--send", *more])


def state(folder: Path) -> Path:
    """The file that remembers."""
    return folder.with_name(f"{folder.name}.deposit.json")
