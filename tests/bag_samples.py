"""A small statement in a bag, as the commands make it, and how a forger makes all its digests anew."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

import small_statement
from communique import packing
from communique.build import Plan, build
from communique.checks.publication import Publication
from communique.checks.report import machine
from communique.checks.report.model import compose
from communique.checks.verdict import Result

SLUG = small_statement.SLUG
PLAN = Plan(("html", "pdf", "epub", "docx"))
HISTORY = "data/premis.xml"
PREMIS, XSI = "{http://www.loc.gov/premis/v3}", "{http://www.w3.org/2001/XMLSchema-instance}"
MANIFEST = f"data/build/{SLUG}/manifest.json"
REPORT = f"data/build/{SLUG}/check/check.json"


def packed(place: Path, text: str | None = None) -> Path:
    """The folder of the bag; beside it content/ and build/, in which a report says that all is well."""
    master = small_statement.write(place / "content", text or small_statement.text())
    build(master, place / "build", PLAN, lambda _: None)
    return pack(master, place / "build")


def pack(master: Path, output: Path) -> Path:
    """A bag of outputs that are there already, with a report on them."""
    (output / SLUG / "check").mkdir()
    subject = Publication(SLUG, output / SLUG, master)
    report = machine.write(compose(subject, [Result("words", SLUG, f"{SLUG}.html")], {}, {}))
    (output / SLUG / "check" / "check.json").write_bytes(report)
    made = packing.pack(packing.gather(master, output), output, ["bag"], lambda _: None)
    return made.folder / made.names[0]


def digest(path: Path, algorithm: str = "sha256") -> str:
    """The digest of a file."""
    return hashlib.new(algorithm, path.read_bytes()).hexdigest()


def forge(bag: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Changes a file, and makes all digests anew: of the records, the manifest, the report, and the bag."""
    before = (bag / name).read_bytes()
    after = change(before)
    assert after != before
    (bag / name).write_bytes(after)
    old, new = ((hashlib.sha256(content).hexdigest(), str(len(content))) for content in (before, after))
    for record in (bag / "data" / "build" / SLUG / "metadata").iterdir():
        text = record.read_text(encoding="utf-8").replace(old[0], new[0]).replace(old[1], new[1])
        record.write_text(text, encoding="utf-8")
    renew(bag, name != HISTORY)


def remember(bag: Path) -> None:
    """Makes PREMIS say of each file what it is now, as far as PREMIS can be read and the file is there."""
    path = bag / HISTORY
    try:
        root = etree.fromstring(path.read_bytes())
    except (OSError, etree.XMLSyntaxError):
        return
    for told in root.iter(f"{PREMIS}object"):
        file = bag / "data" / str(told.findtext(f"{PREMIS}objectIdentifier/{PREMIS}objectIdentifierValue"))
        if told.get(f"{XSI}type") == "file" and file.is_file():
            for size in told.iter(f"{PREMIS}size"):
                size.text = str(file.stat().st_size)
            for each in told.iter(f"{PREMIS}fixity"):
                algorithm = str(each.findtext(f"{PREMIS}messageDigestAlgorithm")).replace("-", "").lower()
                each[-1].text = digest(file, algorithm)
    path.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def renew(bag: Path, with_history: bool = True) -> None:
    """Makes all digests of a bag fit its files again, those in PREMIS only if one says so."""
    output = bag / "data" / "build" / SLUG
    listing = json.loads((bag / MANIFEST).read_bytes())
    for each in listing["files"]:
        path = output / each["name"]
        each.update(size=path.stat().st_size, sha256=digest(path))
    (bag / MANIFEST).write_text(json.dumps(listing, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    report = json.loads((bag / REPORT).read_bytes())
    report["manifest"]["sha256"] = digest(bag / MANIFEST)
    for each in report["files"]:
        each.update(size=(output / each["name"]).stat().st_size, sha256=digest(output / each["name"]))
    (bag / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    renew_manifests(bag, with_history)


def renew_manifests(bag: Path, with_history: bool = True) -> None:
    """Makes the manifests of the bag itself anew, and the number and size of the files in bag-info.txt."""
    if with_history:
        remember(bag)
    payload = [path for path in names(bag) if path.startswith("data/")]
    size = sum((bag / name).stat().st_size for name in payload)
    info = (bag / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    info = [f"Payload-Oxum: {size}.{len(payload)}" if each.startswith("Payload-Oxum") else each for each in info]
    (bag / "bag-info.txt").write_text("\n".join(info) + "\n", encoding="utf-8")
    for algorithm in ("sha256", "sha512"):
        _list(bag, f"manifest-{algorithm}.txt", payload, algorithm)
    tags = [name for name in names(bag) if not name.startswith(("data/", "tagmanifest-"))]
    for algorithm in ("sha256", "sha512"):
        _list(bag, f"tagmanifest-{algorithm}.txt", tags, algorithm)


def _list(bag: Path, name: str, files: list[str], algorithm: str) -> None:
    rows = (f"{digest(bag / each, algorithm)}  {each}\n" for each in files)
    (bag / name).write_text("".join(rows), encoding="utf-8")


def names(bag: Path) -> list[str]:
    """Every file of a folder, in order."""
    return sorted(path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file())


def flips(content: bytes) -> Iterator[bytes]:
    """The content with one bit of a byte turned, in its first, its middle and its last third."""
    for third in range(3):
        position = len(content) * (2 * third + 1) // 6
        yield content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
