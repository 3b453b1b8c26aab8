"""An OCFL object as a value: its history, the files that tell it (OCFL 1.1, 3), and the history read back from them.

Everything but the content follows from the history. So what lies there is whole if the history that it tells gives the
same files once more, byte for byte; nothing else is extended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.packages.entry import Entry, written

INVENTORY = "inventory.json"
SIDECAR = f"{INVENTORY}.sha512"
_DECLARATION = "ocfl_object_1.1"
_TYPE = "https://ocfl.io/1.1/spec/#inventory"


@dataclass(frozen=True)
class Version:
    """One version of an object. `state` gives the SHA-512 of each file by its logical path, such as "premis.xml".

    `created` is a time (RFC 3339); `name` and `address` are the user's, `address` a URI or "".
    """

    created: str
    message: str
    name: str
    address: str
    state: Mapping[str, str]


@dataclass(frozen=True)
class Object:
    """An object by its identifier: its versions, the oldest first, and the SHA-256 of each content by its SHA-512."""

    identifier: str
    versions: tuple[Version, ...]
    sha256: Mapping[str, str]


class Broken(Exception):
    """Files are no object as this program writes them; the message says in a few words what is wrong."""


def stored(versions: Sequence[Version]) -> dict[str, str]:
    """Where each content lies, by its SHA-512: in the version that had it first, and there only once."""
    places: dict[str, str] = {}
    for number, version in enumerate(versions, 1):
        for path, digest in sorted(version.state.items()):
            places.setdefault(digest, f"v{number}/content/{path}")
    return places


def told(whole: Object) -> Iterator[Entry]:
    """The files around the content: the declaration, and an inventory with its digest for each version and the head."""
    yield written(f"0={_DECLARATION}", f"{_DECLARATION}\n".encode())
    for number in range(1, len(whole.versions) + 1):
        yield from _inventory(f"v{number}/", whole, number)
    yield from _inventory("", whole, len(whole.versions))


def read(files: Mapping[str, Entry]) -> Object:
    """The history that files tell; raises Broken unless they are all files of it, and unchanged."""
    if INVENTORY not in files:
        raise Broken(f"{INVENTORY} is missing")
    try:
        whole = _object(json.loads(b"".join(files[INVENTORY].pieces())))
        expected = {entry.name: entry.sha512 for entry in told(whole)}
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise Broken(f"{INVENTORY} is not one of this program") from error
    expected |= {place: digest for digest, place in stored(whole.versions).items()}
    for name in sorted(expected.keys() | files.keys()):
        if name not in files:
            raise Broken(f"{name} is missing")
        if name not in expected:
            raise Broken(f"{name} does not belong there")
        if files[name].sha512 != expected[name]:
            raise Broken(f"{name} is not what it was")
    return whole


def _inventory(folder: str, whole: Object, number: int) -> Iterator[Entry]:
    """The inventory of the versions up to one of them, and its digest (3.5 and 3.6)."""
    inventory = written(f"{folder}{INVENTORY}", _json(_described(whole, number)))
    yield inventory
    yield written(f"{folder}{SIDECAR}", f"{inventory.sha512} {INVENTORY}\n".encode())


def _described(whole: Object, number: int) -> dict[str, Any]:
    versions = whole.versions[:number]
    manifest = {digest: [place] for digest, place in sorted(stored(versions).items())}
    return {
        "id": whole.identifier,
        "type": _TYPE,
        "digestAlgorithm": "sha512",
        "head": f"v{number}",
        "manifest": manifest,
        "versions": {f"v{number}": _block(version) for number, version in enumerate(versions, 1)},
        "fixity": {"sha256": dict(sorted((whole.sha256[digest], places) for digest, places in manifest.items()))},
    }


def _block(version: Version) -> dict[str, Any]:
    """A version block (3.5.3.1); a user without an address has none."""
    state: dict[str, list[str]] = {}
    for path, digest in sorted(version.state.items()):
        state.setdefault(digest, []).append(path)
    user = {"name": version.name, **({"address": version.address} if version.address else {})}
    return {
        "created": version.created,
        "message": version.message,
        "user": user,
        "state": dict(sorted(state.items())),
    }


def _object(inventory: Any) -> Object:
    versions = tuple(_version(each) for each in inventory["versions"].values())
    if not versions:
        raise ValueError("no version")
    sha256 = {path: digest for digest, paths in inventory["fixity"]["sha256"].items() for path in paths}
    return Object(inventory["id"], versions, {digest: sha256[place] for digest, place in stored(versions).items()})


def _version(block: Any) -> Version:
    state = {path: digest for digest, paths in block["state"].items() for path in paths}
    user = block["user"]
    return Version(block["created"], block["message"], user["name"], user.get("address", ""), state)


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
