"""One server over HTTP: the token goes there and nowhere else, and what is safe to ask twice is asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from communique.depositing.address import TOKEN, is_here
from communique.errors import ToolFailed
from communique.version import VERSION

PAUSE = 1.0
"""Seconds before a request is made again; each time twice as long."""
_TRIES = 5
LONGEST_PAUSE = 120
_BUSY = frozenset((429, 502, 503, 504))
_TIMEOUT = urllib3.Timeout(connect=20, read=600)  # seconds: a large file is digested before the answer comes
_LONGEST_LINE = 400


class Broken(ToolFailed):
    """The connection broke, or the server is out of order: nobody knows whether it did what it was asked."""


class Refused(ToolFailed):
    """The server understood, and did not do it; `status` is that of HTTP."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class _Unsafe(urllib3.Retry):
    """For what must not be asked twice: again only if it never arrived, or was turned away (429, RFC 6585)."""

    RETRY_AFTER_STATUS_CODES = frozenset((429,))


class Connection:
    """Requests to one server, whose address is as `address.server` gives it."""

    def __init__(self, server: str, token: str) -> None:
        self.server = server
        self._token = token
        self._headers = {
            "Authorization": f"Bearer {token}",
            "User-Agent": f"communique/{VERSION}",
            "Accept": "application/json",
        }
        self._pool = _pool(server)
        self._safe = urllib3.Retry(_TRIES, status_forcelist=_BUSY, **_WAITS, backoff_factor=PAUSE)
        self._unsafe = _Unsafe(
            _TRIES, read=False, other=0, allowed_methods=None, status_forcelist=(429,), **_WAITS, backoff_factor=PAUSE
        )

    def ask(self, method: str, path: str, value: Any = None, query: Mapping[str, str] | None = None) -> Any:
        """The JSON value that the server answers, None if it says nothing; `value` is sent as JSON."""
        body = None if value is None else json.dumps(value).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        return self._request(method, f"{path}?{urlencode(query)}" if query else path, body, kind)

    def send(self, path: str, file: Path, size: int) -> Any:
        """Puts a file there, piece by piece."""
        kind = {"Content-Type": "application/octet-stream", "Content-Length": str(size)}
        with file.open("rb") as body:
            return self._request("PUT", path, body, kind)

    def _request(self, method: str, path: str, body: bytes | IO[bytes] | None, kind: Mapping[str, str]) -> Any:
        try:
            answer = self._pool.request(
                method,
                f"{self.server}/api{path}",
                body=body,
                headers={**self._headers, **kind},
                retries=self._unsafe if method == "POST" else self._safe,
                redirect=False,
                timeout=_TIMEOUT,
            )
        except HTTPError as error:
            raise Broken(self._said(f"the connection broke: {_reason(error)} ({_AGAIN})")) from error
        return self._value(answer)

    def _value(self, answer: urllib3.BaseHTTPResponse) -> Any:
        if 300 <= answer.status < 400:
            raise Refused(self._said(_elsewhere(answer)), answer.status)
        try:
            value = json.loads(answer.data) if answer.data else None
        except (ValueError, RecursionError):
            value = None if answer.status >= 400 else ...
        if answer.status >= 500 or answer.status == 429:
            raise Broken(self._said(f"is out of order ({answer.status}): {_message(value)} ({_AGAIN})"))
        if answer.status >= 400:
            hint = f" (is the token in {TOKEN} right, and may it deposit?)" if answer.status in (401, 403) else ""
            raise Refused(self._said(f"refuses ({answer.status}): {_message(value)}{hint}"), answer.status)
        if value is ...:
            raise Broken(self._said(f"answers what is no JSON ({_AGAIN})"))
        return value

    def _said(self, text: str) -> str:
        """A line about the server; should it send the token back, that is not repeated."""
        line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        line = line.replace(self._token, "[the token]")
        return f"{self.server}: {line if len(line) <= _LONGEST_LINE else f'{line[:_LONGEST_LINE]}…'}"


_AGAIN = "run it again: it goes on where it stopped"
_WAITS: Mapping[str, Any] = {
    "status": _TRIES,
    "raise_on_status": False,
    "backoff_max": LONGEST_PAUSE,
    "retry_after_max": LONGEST_PAUSE,
}


def _pool(server: str) -> urllib3.PoolManager:
    """Connections whose certificates are verified, through the proxy that the environment names, if any."""
    parts = urlsplit(server)
    host = parts.hostname or ""
    proxy = getproxies().get(parts.scheme)
    if proxy is None or is_here(host) or proxy_bypass(host):
        return urllib3.PoolManager()
    return urllib3.ProxyManager(proxy)


def _reason(error: HTTPError) -> str:
    """The innermost reason in a few words: what urllib3 wraps around it names its own objects."""
    cause: BaseException = error
    while isinstance(inner := getattr(cause, "reason", None) or cause.__cause__, BaseException):
        cause = inner
    text = str(cause.args[0] if cause.args and isinstance(cause, HTTPError) else cause)
    return text.rpartition(">: ")[2] or type(cause).__name__


def _elsewhere(answer: urllib3.BaseHTTPResponse) -> str:
    """What to do about a redirect; it is not followed, for the token is not for others."""
    try:
        parts = urlsplit(answer.headers.get("Location", ""))
        place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else "another place"
    except ValueError:
        place = "another place"
    return f"sends on to {place} ({answer.status}), which is not followed (give --server the address that it has now)"


def _message(value: Any) -> str:
    """What a server says is wrong: a message, and a list of fields with their faults."""
    if not isinstance(value, dict):
        return "it does not say why"
    message = str(value.get("message") or "it does not say why").rstrip(".")
    details = "; ".join(faults(value.get("errors")))
    return f"{message}: {details}" if details else message


def faults(errors: Any) -> Iterator[str]:
    """The faults that a server finds in a record, one line for each field."""
    for error in errors if isinstance(errors, list) else ():
        if isinstance(error, dict):
            messages = error.get("messages")
            said = " ".join(map(str, messages)) if isinstance(messages, list) else str(messages)
            yield f"{error.get('field')}: {' '.join(said.split())}"
