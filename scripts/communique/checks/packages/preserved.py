"""A PREMIS record of a package, beside the files that it speaks of: names, sizes, digests, and every link."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.opening import Element, Unreadable
from communique.checks.packages.files import Tree, digests

_PREMIS = "{http://www.loc.gov/premis/v3}"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_ALGORITHMS = {"SHA-256": "sha256", "SHA-512": "sha512"}
ALGORITHMS = tuple(_ALGORITHMS.values())

Digests = Mapping[str, Mapping[str, str]]
"""The digests of each file of a package, by its name and that of the algorithm."""


def of_all(package: Tree, name: str, files: Mapping[str, str]) -> Iterator[Remark]:
    """What is wrong with the record `name` of a whole package, whose digests are not known yet."""
    if name in package.names:
        present = {path: place for path, place in files.items() if place in package.names}
        yield from remarks(
            package, name, present, {place: digests(package.path(place), ALGORITHMS) for place in present.values()}
        )
    else:
        yield Remark("missing", f"{name} is not there")


def remarks(package: Tree, name: str, files: Mapping[str, str], found: Digests) -> Iterator[Remark]:
    """What is wrong with the record `name`; `files` are those that it must speak of, and their names in the package."""
    try:
        root = opening.xml(opening.whole(package.path(name)))
    except Unreadable as error:
        yield Remark("premis-unreadable", f"{name} {error}")
        return
    objects = {_text(each, "objectIdentifierValue"): each for each in root.iter(f"{_PREMIS}object")}
    told = {key: each for key, each in objects.items() if str(each.get(_TYPE, "")).rpartition(":")[2] == "file"}
    for path in sorted(files.keys() - told.keys()):
        yield Remark("premis-object", f"{name} does not speak of {path}")
    for path in sorted(told.keys() - files.keys()):
        yield Remark("premis-object", f"{name} speaks of {path}, which is not there")
    for path in sorted(told.keys() & files.keys()):
        yield from _digests(name, told[path], files[path], found[files[path]])
        if _text(told[path], "size") != str(package.path(files[path]).stat().st_size):
            yield Remark("premis-fixity", f"{name}: the size of {path} is another")
    yield from _links(name, root)


def _digests(record: str, told: Element, name: str, found: Mapping[str, str]) -> Iterator[Remark]:
    said = {
        _text(each, "messageDigestAlgorithm"): _text(each, "messageDigest") for each in told.iter(f"{_PREMIS}fixity")
    }
    if said != {algorithm: found[key] for algorithm, key in _ALGORITHMS.items()}:
        yield Remark("premis-fixity", f"{record}: the digests of {name} are others")


def _links(record: str, root: Element) -> Iterator[Remark]:
    """Whatever is linked is described in the record, but for the version that this one supersedes."""
    for what in ("agent", "object"):
        known = {each.text for each in root.iter(f"{_PREMIS}{what}IdentifierValue")}
        linked = [each.text for each in root.iter(f"{_PREMIS}linking{what.title()}IdentifierValue")]
        for each in root.iter(f"{_PREMIS}relationship") if what == "object" else ():
            if _text(each, "relationshipSubType") != "supersedes":
                linked.append(_text(each, "relatedObjectIdentifierValue"))
        for name in dict.fromkeys(linked):
            if name not in known:
                yield Remark("premis-link", f"{record} links {name}, and does not describe it")


def _text(element: Element, name: str) -> str:
    """The text of the first element of a name."""
    return next((each.text or "" for each in element.iter(f"{_PREMIS}{name}")), "")
