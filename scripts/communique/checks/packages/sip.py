"""An E-ARK SIP 2.2.0, judged more strictly than the standard does: each file is listed once, METS.xml proves itself."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element, Unreadable
from communique.checks.packages import preserved, sip_rules
from communique.checks.packages.files import Tree, digests
from communique.checks.verdict import Severity

METS = "METS.xml"
_M, _X = "{http://www.loc.gov/METS/}", "{http://www.w3.org/1999/xlink}"
_SEAL = re.compile(
    rb'(<metsDocumentID TYPE="SHA-256 of this document with zeros in place of this value">)([0-9a-f]{64})<'
)
_REPRESENTATION = re.compile(r"representations/([^/]+)/")
_DATA = re.compile(r"representations/[^/]+/data/((?:content|build)/([^/]+)/.+)")
_RECORD = re.compile(r"metadata/(?:descriptive|other)/(.+)")
_REPORT = re.compile(r"documentation/(.+)")
_FOLDERS = (
    ("CSIPSTR6", "metadata/preservation/"),
    ("CSIPSTR7", "metadata/descriptive/"),
    ("CSIPSTR9", "representations/"),
    ("CSIPSTR15", "schemas/"),
    ("CSIPSTR16", "documentation/"),
)
_OWN_FOLDERS = (("CSIPSTR11", "data/"), ("CSIPSTR13", "metadata/"))
"""What should be in a package and in a representation, by the names of the requirements."""


@dataclass(frozen=True)
class _Listed:
    """A file as METS lists it; `place` is where in the package it should be, or "" if that is nowhere inside."""

    place: str
    href: str
    size: str
    sha256: str


def recognises(folder: Tree) -> bool:
    """Whether a folder is such a package, be it one that lost its METS.xml."""
    return any(name == METS or _REPRESENTATION.match(name) for name in folder.names)


def places(package: Tree) -> Mapping[str, str]:
    """The files of the statement by the paths that they had."""
    found = {match[1]: name for name in package.names if (match := _DATA.fullmatch(name))}
    slug = next((path.split("/")[1] for path in sorted(found)), "")
    for folder, pattern in (("metadata", _RECORD), ("check", _REPORT)):
        matches = {name: match[1] for name in package.names if slug and (match := pattern.fullmatch(name))}
        found.update({f"build/{slug}/{folder}/{inside}": name for name, inside in matches.items()})
    return found


def remarks(package: Tree) -> Iterator[Remark]:
    """Everything that is wrong with a package: its documents, its folders, every file, what it says of itself."""
    yield from package.remarks()
    yield from _structure(package)
    names = {METS: ""} | {f"{place}{METS}": place for place in _representations(package)}
    roots: dict[str, Element] = {}
    for name in names:
        try:
            content = opening.whole(package.path(name))
            roots[name] = opening.xml(content)
        except Unreadable as error:
            yield Remark("CSIPSTR4" if name == METS else "CSIPSTR12", f"{name} {error}")
            continue
        if name == METS:
            yield from _seal(content)
    for name, root in roots.items():
        yield from _documents(package, root, name)
    yield from _twice(roots)
    found = {name: digests(package.path(name), preserved.ALGORITHMS) for name in package.names}
    yield from _files(package, [each for name, root in roots.items() for each in _listed(root, names[name])], found)
    yield from _histories(package, found)


def _representations(package: Tree) -> list[str]:
    """The folders of the representations, each with "/" at its end."""
    return sorted({match[0] for name in package.names if (match := _REPRESENTATION.match(name))})


def _structure(package: Tree) -> Iterator[Remark]:
    """The folders that a package and each of its representations should have (CSIPSTR5 to CSIPSTR16)."""
    asked = [(rule, "", folder) for rule, folder in _FOLDERS]
    asked += [(rule, place, folder) for place in _representations(package) for rule, folder in _OWN_FOLDERS]
    for rule, place, folder in asked:
        if not any(name.startswith(f"{place}{folder}") for name in package.names):
            yield Remark(rule, f"there is no folder {place}{folder}", "", Severity.WARNING)


def _seal(content: bytes) -> Iterator[Remark]:
    """METS.xml lists all files but itself; it has a digest of its own, taken with zeros in its place."""
    found = _SEAL.findall(content)
    unsealed = _SEAL.sub(lambda match: match[1] + b"0" * 64 + b"<", content)
    if len(found) != 1:
        yield Remark("seal", f"{METS} does not carry its own digest once")
    elif hashlib.sha256(unsealed).hexdigest().encode() != found[0][1]:
        yield Remark("seal", f"{METS} was changed: its digest is not the one that it carries")


def _documents(package: Tree, root: Element, name: str) -> Iterator[Remark]:
    """What the standard asks of a document."""
    if name != METS:
        called = name.split("/")[1]
        yield from sip_rules.broken(root, called, sip_rules.REPRESENTATION, name)
        return
    yield from sip_rules.broken(root, package.folder.absolute().name, sip_rules.PACKAGE, name)
    for place in _representations(package):
        yield from sip_rules.broken(root, place.split("/")[1], sip_rules.POINTERS, f"{name}: {place}")


def _twice(roots: Mapping[str, Element]) -> Iterator[Remark]:
    """Every identifier is there once in the whole package."""
    seen: set[str] = set()
    for name, root in roots.items():
        for element in root.iter(f"{_M}*"):
            key = str(element.get("ID", ""))
            if key and key in seen:
                yield Remark("identifier-twice", f"{name}: {key} is the name of something else too")
            seen.add(key)


def _listed(root: Element, folder: str) -> Iterator[_Listed]:
    """Every reference to a file in a document that lies in a folder ("" or with "/" at its end)."""
    for each in root.iter(f"{_M}mdRef", f"{_M}file"):
        place = each if each.tag == f"{_M}mdRef" else next(each.iter(f"{_M}FLocat"), each)
        href = str(place.get(f"{_X}href", ""))
        yield _Listed(_inside(folder, href), href, str(each.get("SIZE")), str(each.get("CHECKSUM")))


def _inside(folder: str, href: str) -> str:
    """The file that a relative address leads to, "" if it leads out of the folder or is no plain path."""
    path = unquote(href)
    plain = not {"", ".", ".."} & set(path.split("/")) and not set(":?#\\") & set(href)
    return f"{folder}{path}" if plain else ""


def _files(package: Tree, listed: list[_Listed], found: preserved.Digests) -> Iterator[Remark]:
    """Every file is listed once, and is what METS says that it is."""
    known: dict[str, _Listed] = {}
    for each in listed:
        if not each.place:
            yield Remark("outside-the-package", f"{each.href!r} is no path inside of the package")
        elif each.place in known:
            yield Remark("listed-twice", f"{each.place} is listed twice")
        else:
            known[each.place] = each
    for name in sorted(known.keys() - set(package.names)):
        yield Remark("missing", f"{name} is listed and not there")
    for name in sorted(set(package.names) - known.keys() - {METS}):
        yield Remark("not-listed", f"{name} is not listed")
    for name in sorted(known.keys() & set(package.names)):
        if known[name].size != str(package.path(name).stat().st_size):
            yield Remark("wrong-size", f"{name} has not the size that METS says")
        if known[name].sha256 != found[name]["sha256"]:
            yield Remark("wrong-digest", f"{name}: its SHA-256 is not the one that METS says")


def _histories(package: Tree, found: preserved.Digests) -> Iterator[Remark]:
    """The PREMIS records of the whole and of each representation, beside the files."""
    known = places(package)
    for folder in ("", *_representations(package)):
        name = f"{folder}metadata/preservation/premis.xml"
        if name in package.names:
            files = {path: place for path, place in known.items() if place.startswith(folder)}
            yield from preserved.remarks(package, name, files, found)
        else:
            yield Remark("missing", f"{name} is not there")
