"""Where a deposit goes, and who sends it: both are looked at before anything is sent."""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit

from communique.errors import UsageError

TOKEN = "COMMUNIQUE_TOKEN"  # noqa: S105
"""The variable of the environment that has the token; there is no other way to give one."""


def server(given: str) -> str:
    """The address of a server, such as "https://zenodo.org"; plain http is for this very machine alone."""
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"--server: this is no address: {error} (write https://zenodo.org)") from error
    if "@" in parts.netloc:
        raise UsageError(f"--server: an address has no place for a name or a password (the token is in {TOKEN})")
    if not host or parts.query or parts.fragment or parts.path.rstrip("/") not in ("", "/api"):
        raise UsageError(f"--server: {given!r} is not the address of a server (write https://zenodo.org)")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_here(host)):
        raise UsageError(f"--server: {given!r} would send the token for all to read (write https://{host})")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}:{port}" if port else f"{parts.scheme}://{name}"


def is_here(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def token() -> str:
    """The token of the user, from the environment."""
    value = os.environ.get(TOKEN, "").strip()
    if not value:
        raise UsageError(f"{TOKEN} is not set (make a token on the server that may deposit, and export it)")
    if not all("!" <= char <= "~" for char in value):
        raise UsageError(f"{TOKEN} has a character that no token has (copy it again)")
    return value
