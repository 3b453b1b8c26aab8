"""What DSpace makes of a ZIP file: the steps of its importer (ItemImportServiceImpl), without a database.

It follows DSpace 7.6 where the charset of the machine is ASCII, which is the least that can be counted on. Whatever the
real one stops at raises an error here; whatever it passes over in silence is not in the answer.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.dom import Node, minidom

KEYS = ("bundle", "permissions", "description")


@dataclass
class Item:
    """An item as it is in the repository: values by field and language, bitstreams by bundle."""

    name: str
    values: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    bundles: dict[str, dict[str, bytes]] = field(default_factory=dict)
    primary: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)


def load(package: Path, place: Path) -> list[Item]:
    """The items that an import of a package makes."""
    source = _unzip(package, place)
    return [_item(folder) for folder in sorted(source.iterdir()) if folder.is_dir()]


def _unzip(package: Path, place: Path) -> Path:
    """Where the items are looked for: the first part of the first entry that has more than two."""
    source = place
    with zipfile.ZipFile(package) as archive:
        for entry in archive.infolist():
            assert (place / entry.filename).resolve().is_relative_to(place.resolve())
            archive.extract(entry, place)
            parts = re.split(r"[/\\]", entry.filename)
            if len(parts) > 2 and source == place:
                source = place / parts[0]
    return source


def _item(folder: Path) -> Item:
    item = Item(folder.name)
    _fields(item, folder / "dublin_core.xml")
    for path in sorted(folder.iterdir()):
        if re.fullmatch(r"metadata_.*.xml", path.name):
            _fields(item, path)
    for line in (folder / "contents").read_text(encoding="ascii").splitlines():
        if line.strip():
            _bitstream(item, folder, line)
    return item


def _fields(item: Item, path: Path) -> None:
    document = minidom.parse(str(path))
    root = document.documentElement
    assert root is not None
    assert root.tagName == "dublin_core"
    schema = root.getAttribute("schema") or "dc"
    for child in root.childNodes:
        if child.nodeType == Node.ELEMENT_NODE and child.nodeName == "dcvalue":
            first = child.firstChild
            text = (first.nodeValue or "").strip() if first and first.nodeType == Node.TEXT_NODE else ""
            qualifier = child.getAttribute("qualifier")
            parts = (schema, child.getAttribute("element"), "" if qualifier == "none" else qualifier)
            key = ".".join(filter(None, parts)), child.getAttribute("language").strip()
            if text:
                item.values.setdefault(key, []).append(text)


def _bitstream(item: Item, folder: Path, line: str) -> None:
    name = line.partition("\t")[0]
    found = {}
    for key in KEYS:
        start = line.find(f"\t{key}:")
        if start > 0:
            found[key] = line[start + len(key) + 2 :].partition("\t")[0].strip()
    bundle = found.get("bundle", "LICENSE" if name == "license.txt" else "ORIGINAL")
    item.bundles.setdefault(bundle, {})[name] = (folder / name).read_bytes()
    if "\tprimary:true" in line:
        item.primary[bundle] = name
    if "description" in found:
        item.descriptions[name] = found["description"]
