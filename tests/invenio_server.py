"""A server on loopback that follows the documented REST API of InvenioRDM, keeps its records, and breaks when told to.

https://inveniordm.docs.cern.ch/reference/rest_api_drafts_records/ and the behaviour of invenio-rdm-records 36: a draft
is answered with its faults, a content that breaks off takes the file out of the draft, versions share a parent, the
search finds what is indexed.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "a-Token.with_odd~characters+42/=="
REQUIRED = ("title", "publication_date", "creators", "resource_type")


@dataclass
class Stored:
    """A file: pending until it is committed; `content` is None before anything came."""

    content: bytes | None = None
    is_complete: bool = False

    def entry(self, key: str) -> dict[str, Any]:
        """What the API says of it."""
        if not self.is_complete or self.content is None:
            return {"key": key, "status": "pending", "metadata": None}
        checksum = f"md5:{hashlib.md5(self.content).hexdigest()}"
        return {"key": key, "status": "completed", "checksum": checksum, "size": float(len(self.content))}


@dataclass
class Kept:
    """A record or draft."""

    id: str
    parent: str
    index: int
    value: dict[str, Any]
    is_published: bool = False
    files: dict[str, Stored] = field(default_factory=dict)

    def faults(self) -> list[dict[str, Any]]:
        """What keeps it from being published."""
        metadata = self.value.get("metadata", {})
        found = [
            {"field": f"metadata.{name}", "messages": ["Missing data for required field."]}
            for name in REQUIRED
            if not metadata.get(name)
        ]
        if not self.files:
            found.append({"field": "files.enabled", "messages": ["Missing uploaded files."]})
        preview = self.value.get("files", {}).get("default_preview")
        if preview and preview not in self.files:
            found.append({"field": "files.default_preview", "messages": [f'No file with key "{preview}"']})
        return found


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, message: str, errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.value = {"status": status, "message": message, **({"errors": errors} if errors else {})}


@dataclass(frozen=True)
class Fault:
    """How a request goes wrong: "before" and "after" drop the connection before or after the server did its work.

    "during" drops it in the middle of what is sent. A number is a status answered instead of the work; other kinds are
    "cut" and "garbled" JSON, "slow" bytes, and "held", which waits for a word of the test before it does its work.
    """

    kind: str | int
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Server:
    """The server and all it keeps. `faults` are by the number of the request, `asked` are all requests in order."""

    address: str = ""
    records: dict[str, Kept] = field(default_factory=dict)
    faults: dict[int, Fault] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hidden: int = 0  # so many searches find nothing yet
    most_files: int = 100
    spoil: set[str] = field(default_factory=set)  # files whose next content arrives with a wrong byte
    arrived: threading.Event = field(default_factory=threading.Event)  # a request that is "held" has come
    go_on: threading.Event = field(default_factory=threading.Event)  # and may be answered
    lock: threading.RLock = field(default_factory=threading.RLock)

    def published(self) -> list[Kept]:
        """The records that are published, in the order in which they were made."""
        return [each for each in self.records.values() if each.is_published]

    def drafts(self) -> list[Kept]:
        """The drafts."""
        return [each for each in self.records.values() if not each.is_published]

    def break_at(self, number: int, kind: str | int, **headers: str) -> None:
        """Lets the request of a number, counted from now on and from 0, go wrong."""
        named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.faults[len(self.asked) + number] = Fault(kind, named)

    # The API, method by method.

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: bytes | None) -> tuple[int, Any]:
        """Status and value for a request; `body` is None if it broke off."""
        for wanted, pattern, act in ROUTES:
            match = re.fullmatch(pattern, path)
            if match and wanted == method:
                names = [unquote(name) for name in match.groups()]
                return getattr(self, act)(*names, query=query, body=body)  # type: ignore[no-any-return]
        raise Refusal(404, "The requested URL was not found on the server.")

    def create(self, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        return 201, self._shown(self._new(parsed(body), f"p{len(self.records)}", 1))

    def versions(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        old = self._kept(name, is_published=True)
        siblings = [each for each in self.records.values() if each.parent == old.parent]
        for each in siblings:
            if not each.is_published:
                return 201, self._shown(each)
        value = json.loads(json.dumps(max(siblings, key=lambda each: each.index).value))
        value["pids"] = {}
        for field_name in ("publication_date", "version"):
            value["metadata"].pop(field_name, None)
        return 201, self._shown(self._new(value, old.parent, 1 + max(each.index for each in siblings)))

    def read(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        return 200, self._shown(self._kept(name, is_published=True))

    def read_draft(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        return 200, self._shown(self._kept(name, is_published=False))

    def update(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        draft = self._kept(name, is_published=False)
        draft.value = parsed(body)
        return 200, self._shown(draft)

    def publish(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        draft = self._kept(name, is_published=False)
        if draft.faults():
            raise Refusal(400, "A validation error occurred.", draft.faults())
        if not all(file.is_complete for file in draft.files.values()):
            raise Refusal(400, "One or more files have not completed their transfer, please wait.")
        draft.is_published = True
        return 202, self._shown(draft)

    def search(self, *, query: dict[str, list[str]], body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        if self.hidden:
            self.hidden -= 1
            return 200, {"hits": {"hits": [], "total": 0}}
        match = re.fullmatch(r'([a-z_.]+):"([^"]+)"', query["q"][0])
        assert match, query
        found = [self._shown(each) for each in self.records.values() if match[2] in _values(each.value, match[1])]
        if query.get("allversions") != ["true"]:
            found = found[-1:]
        return 200, {"hits": {"hits": found[: int(query["size"][0])], "total": len(found)}}

    def list_files(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        return 200, _entries(self._kept(name, is_published=True))

    def list_draft(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        return 200, _entries(self._kept(name, is_published=False))

    def announce(self, name: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        draft = self._kept(name, is_published=False)
        keys = [row["key"] for row in parsed(body)]
        if len(draft.files) + len(keys) > self.most_files:
            raise Refusal(400, f"Uploading selected files will result in {len(keys)} files.")
        for key in keys:
            if key in draft.files:
                raise Refusal(400, f"File with key {key} already exists.")
            draft.files[key] = Stored()
        return 201, _entries(draft)

    def content(self, name: str, key: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        draft = self._kept(name, is_published=False)
        file = self._file(draft, key)
        if file.is_complete:
            raise Refusal(400, f'File with key "{key}" is already committed.')
        if body is None:
            del draft.files[key]
            raise Refusal(400, "File upload transfer failed.")
        if key in self.spoil:
            self.spoil.discard(key)
            body = body[:-1] + bytes([body[-1] ^ 1])
        file.content = body
        return 200, file.entry(key)

    def commit(self, name: str, key: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        file = self._file(self._kept(name, is_published=False), key)
        if file.is_complete or file.content is None:
            raise Refusal(400, f'File with key "{key}" cannot be committed.')
        file.is_complete = True
        return 200, file.entry(key)

    def delete(self, name: str, key: str, *, query: Any, body: bytes | None) -> tuple[int, Any]:  # noqa: ARG002
        draft = self._kept(name, is_published=False)
        self._file(draft, key)
        del draft.files[key]
        return 204, None

    def _new(self, value: dict[str, Any], parent: str, index: int) -> Kept:
        made = Kept(f"r{len(self.records)}", parent, index, value)
        self.records[made.id] = made
        return made

    def _kept(self, name: str, *, is_published: bool) -> Kept:
        found = self.records.get(name)
        if found is None or found.is_published != is_published:
            raise Refusal(404, "The persistent identifier does not exist.")
        return found

    @staticmethod
    def _file(draft: Kept, key: str) -> Stored:
        if key not in draft.files:
            raise Refusal(404, f'Record "{draft.id}" has no file "{key}".')
        return draft.files[key]

    def _shown(self, kept: Kept) -> dict[str, Any]:
        place = "records" if kept.is_published else "uploads"
        shown = {
            **kept.value,
            "id": kept.id,
            "parent": {"id": kept.parent},
            "is_published": kept.is_published,
            "is_draft": not kept.is_published,
            "versions": {"index": kept.index},
            "links": {"self_html": f"{self.address}/{place}/{kept.id}"},
        }
        return shown if kept.is_published else {**shown, "errors": kept.faults()}


def parsed(body: bytes | None) -> Any:
    """The JSON of a request."""
    try:
        return json.loads(body or b"")
    except ValueError as error:
        raise Refusal(400, "Unable to decode JSON data in request body.") from error


def _entries(kept: Kept) -> dict[str, Any]:
    return {"enabled": True, "entries": [file.entry(key) for key, file in kept.files.items()]}


def _values(value: Any, path: str) -> Iterator[Any]:
    """Everything at a path of fields, through lists, as the index has it."""
    if isinstance(value, list):
        for each in value:
            yield from _values(each, path)
    elif path and isinstance(value, dict):
        name, _, rest = path.partition(".")
        yield from _values(value.get(name), rest)
    elif not path:
        yield value


RECORD, DRAFT = r"/api/records/([^/]+)", r"/api/records/([^/]+)/draft"
ROUTES: tuple[tuple[str, str, str], ...] = (
    ("POST", "/api/records", "create"),
    ("GET", "/api/user/records", "search"),
    ("GET", RECORD, "read"),
    ("GET", f"{RECORD}/files", "list_files"),
    ("POST", f"{RECORD}/versions", "versions"),
    ("GET", DRAFT, "read_draft"),
    ("PUT", DRAFT, "update"),
    ("POST", f"{DRAFT}/actions/publish", "publish"),
    ("GET", f"{DRAFT}/files", "list_draft"),
    ("POST", f"{DRAFT}/files", "announce"),
    ("PUT", f"{DRAFT}/files/([^/]+)/content", "content"),
    ("POST", f"{DRAFT}/files/([^/]+)/commit", "commit"),
    ("DELETE", f"{DRAFT}/files/([^/]+)", "delete"),
)


class _Handler(BaseHTTPRequestHandler):
    """One connection; `server.kept` is the Server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 30

    def do_GET(self) -> None:
        with suppress(OSError):  # of one who did not wait for the answer
            self._serve()

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def _serve(self) -> None:
        kept: Server = self.server.kept  # type: ignore[attr-defined]
        with kept.lock:
            fault = kept.faults.pop(len(kept.asked), Fault(""))
            kept.asked.append((self.command, self.path))
            kept.headers.append(dict(self.headers))
            if fault.kind == "before":
                self._drop()
                return
            if fault.kind == "during":
                # Half of what comes is read; then the line is dead, and the server knows it.
                self.rfile.read(int(self.headers.get("Content-Length") or 0) // 2)
                status, value = self._work(kept, None)
                self._drop()
                return
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if isinstance(fault.kind, int):
                said = {"status": fault.kind, "message": f"Out of order, {self.headers['Authorization']}"}
                self._say(fault.kind, json.dumps(said).encode(), fault.headers)
                return
            if fault.kind == "held":
                kept.arrived.set()
                kept.go_on.wait(60)
            status, value = self._work(kept, body)
        if fault.kind == "after":
            self._drop()
            return
        content = b"" if value is None else json.dumps(value).encode()
        self._say(status, b"<html>" if fault.kind == "garbled" else content, fault.headers, str(fault.kind))

    def _work(self, kept: Server, body: bytes | None) -> tuple[int, Any]:
        parts = urlsplit(self.path)
        try:
            if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                raise Refusal(403 if "Authorization" in self.headers else 401, "Permission denied.")
            return kept.answer(self.command, parts.path, parse_qs(parts.query), body)
        except Refusal as refusal:
            return refusal.status, refusal.value

    def _say(self, status: int, content: bytes, headers: tuple[tuple[str, str], ...] = (), kind: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if kind == "cut":
            self.wfile.write(content[: len(content) // 2])
            self._drop()
        elif kind == "slow":
            for position in range(0, len(content), 100):
                self.wfile.write(content[position : position + 100])
                self.wfile.flush()
        else:
            self.wfile.write(content)

    def _drop(self) -> None:
        """Ends the connection without an answer."""
        self.close_connection = True
        self.connection.close()


@contextmanager
def running() -> Iterator[Server]:
    """A server with nothing on it."""
    kept = Server()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as listening:
        listening.daemon_threads = True
        listening.kept = kept  # type: ignore[attr-defined]
        kept.address = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            listening.shutdown()
            thread.join()
