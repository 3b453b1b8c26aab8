"""A small crate written by hand, apart from the packager: what the judge of crates must let pass, and break."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from communique.checks.file_by_file import Remark
from communique.checks.packages import ro_crate
from communique.checks.packages.files import tree
from communique.checks.packages.ro_crate import listing
from communique.checks.packages.ro_crate.names import LISTING, METADATA, PREVIEW

Graph = dict[str, dict[str, Any]]
Change = Callable[[Graph], object]

PAYLOAD = {
    "content/one/statement.md": b"---\ntitle: One\n---\nText.\n",
    "content/one/source/letter of May.txt": "Überschrift\n".encode(),
    "content/one/source/Überschrift #1 100%25.txt": b"Letter.",
    "content/one/source/back\\slash\nand line.txt": b"Odd.",
    "build/one/one.html": b"<p>Text.",
}
IDENTIFIERS = {
    "content/one/source/letter of May.txt": "content/one/source/letter%20of%20May.txt",
    "content/one/source/Überschrift #1 100%25.txt": "content/one/source/Überschrift%20%231%20100%2525.txt",
    "content/one/source/back\\slash\nand line.txt": "content/one/source/back%5Cslash%0Aand%20line.txt",
}


def identified(name: str) -> str:
    """The @id of a file of the sample."""
    return IDENTIFIERS.get(name, name)


def graph() -> Graph:
    """The entities of a good crate by their @id."""
    files = [_file(name, content) for name, content in PAYLOAD.items()]
    listed = sum(len(line) for line in _lines({METADATA: b"", PREVIEW: b"", **PAYLOAD}))
    files.append({**_file(LISTING, b""), "contentSize": str(listed)})
    del files[-1]["sha256"]
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "One",
        "description": "A crate.",
        "datePublished": "2024-05-06",
        "license": {"@id": "https://example.org/licence"},
        "publisher": {"@id": "#office"},
        "identifier": {"@id": "#symbol"},
        "spatialCoverage": {"@id": "#here"},
        "replaces": {"@id": "urn:uuid:8f2e3739-78c8-5fa2-a407-f61f94acb56d"},
        "hasPart": [{"@id": each["@id"]} for each in files],
        "mentions": [{"@id": "#made"}, {"@id": "#judged"}],
    }
    others: list[dict[str, Any]] = [
        {"@id": "https://example.org/licence", "@type": "CreativeWork", "name": "Free", "description": "Use it."},
        {"@id": "#office", "@type": "Organization", "name": "Office"},
        {"@id": "#symbol", "@type": "PropertyValue", "name": "Symbol", "propertyID": "symbol", "value": "A/1"},
        {"@id": "#here", "@type": "Place", "name": "Here"},
        {"@id": "urn:uuid:8f2e3739-78c8-5fa2-a407-f61f94acb56d", "@type": "CreativeWork", "name": "Zero"},
        {
            "@id": "#pen",
            "@type": "SoftwareApplication",
            "name": "Pen",
            "version": "1",
            "url": "https://example.org/pen",
        },
        _action("#made", "CreateAction", result={"@id": "build/one/one.html"}),
        _action("#judged", "AssessAction", result={"@id": "#pass"}),
        {"@id": "#pass", "@type": "DefinedTerm", "name": "pass"},
    ]
    descriptor: dict[str, Any] = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "name": "Metadata",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }
    return {str(each["@id"]): each for each in (descriptor, root, *files, *others)}


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@id": identified(name),
        "@type": "File",
        "name": name,
        "description": "A file.",
        "encodingFormat": "text/plain",
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _action(name: str, kind: str, **said: Any) -> dict[str, Any]:
    pen, office, text = ({"@id": each} for each in ("#pen", "#office", "content/one/statement.md"))
    what = {"name": "Something done", "agent": office, "endTime": "2024-05-06", "instrument": pen, "object": text}
    return {"@id": name, "@type": kind, **what, **said}


def document(entities: Graph) -> dict[str, Any]:
    """The metadata document."""
    added = {"replaces": "http://purl.org/dc/terms/replaces"}
    return {"@context": ["https://w3id.org/ro/crate/1.2/context", added], "@graph": list(entities.values())}


def preview(entities: Graph) -> bytes:
    """A page that leads to every part."""
    parts = entities.get("./", {}).get("hasPart", [])
    links = "".join(f'<li><a href="{each["@id"]}">x</a>' for each in (parts if isinstance(parts, list) else [parts]))
    return f'<!DOCTYPE html><title>One</title><a href="#top">Top</a><ul>{links}</ul>'.encode()


def _lines(files: Mapping[str, bytes]) -> list[bytes]:
    def line(name: str, content: bytes) -> bytes:
        escaped = name.replace("\\", "\\\\").replace("\n", "\\n")
        mark = "\\" if escaped != name else ""
        return f"{mark}{hashlib.sha256(content).hexdigest()}  {escaped}\n".encode()

    return [line(name, content) for name, content in sorted(files.items())]


def listed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files with the list of their digests."""
    others = {name: content for name, content in files.items() if name != LISTING}
    return {**others, LISTING: b"".join(_lines(others))}


def whole(change: Change = lambda _: None) -> dict[str, bytes]:
    """A good crate, or one in which something was changed in the graph, by the names of its files."""
    entities = graph()
    change(entities)
    metadata = json.dumps(document(entities), ensure_ascii=False).encode()
    return listed({**PAYLOAD, METADATA: metadata, PREVIEW: preview(entities)})


def lay(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Files in a folder."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def rules(folder: Path) -> set[str]:
    """The rules that a crate breaks."""
    return {remark.rule for remark in ro_crate.remarks(tree(folder))}


def misread(folder: Path) -> list[Remark]:
    """What the list of digests alone has against a crate."""
    crate = tree(folder)
    return list(listing.remarks(crate, listing.Digests(crate)))
