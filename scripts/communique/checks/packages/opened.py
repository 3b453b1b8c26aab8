"""A package that lies open in a folder: which kind it is, and the checks of it as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from lxml import etree

from communique.checks import opening
from communique.checks.check import Check
from communique.checks.file_by_file import Gap, Look, Remark, check_by_file
from communique.checks.opening import Unreadable
from communique.checks.packages.files import Tree, digests, tree
from communique.checks.packages.kinds import KINDS, Kind
from communique.checks.publication import MANIFEST, Publication
from communique.checks.schemas import xsd
from communique.doctor import Places

MASTER = "statement.md"
UNKNOWN = Kind("a package of no known kind", lambda _: False, lambda _: iter(()), lambda _: {})
_ROOTS = {"content", "build"}


@dataclass(frozen=True)
class Package:
    """What lies in a package, its kind, and what was remarked while it was opened."""

    tree: Tree
    kind: Kind
    said: tuple[Remark | Gap, ...] = ()

    @cached_property
    def places(self) -> Mapping[str, Path]:
        """Where the files of `content/<slug>` and `build/<slug>` lie, by these paths; names that lead out are none."""
        try:
            found = self.kind.places(self.tree)
        except Exception:
            return {}
        known = set(self.tree.names)
        return {path: self.tree.path(name) for path, name in found.items() if name in known and _is_inside(path)}

    @property
    def slugs(self) -> tuple[str, ...]:
        """The names of the statements inside."""
        return tuple(sorted({path.split("/")[1] for path in self.places}))

    @property
    def size(self) -> int:
        """Bytes of all files together that can be looked at."""
        return sum(path.stat().st_size for path in map(self.tree.path, self.tree.names) if path.is_file())

    def seal(self) -> str:
        """The SHA-256 of the file that lists all others, "" where there is none."""
        return self._digest(self.kind.seal) if self.kind.seal in self.tree.names else ""

    def fingerprint(self) -> str:
        """The SHA-256 of a list of all files as sha256sum prints it, in the order of their names.

        The digest of a file that cannot be read is "" there.
        """
        whole = hashlib.sha256()
        for name in self.tree.names:
            whole.update(f"{self._digest(name)}  {name}\n".encode(errors="surrogateescape"))
        return whole.hexdigest()

    def _digest(self, name: str) -> str:
        try:
            return digests(self.tree.path(name), ("sha256",))["sha256"]
        except OSError:
            return ""


def recognised(folder: Path, said: Iterable[Remark | Gap] = ()) -> Package:
    """The package in a folder, or in a folder of that one, as ZIP files have it; what lies beside it is remarked."""
    whole = tree(folder)
    kind = _kind(whole)
    if kind:
        return Package(whole, kind, tuple(said))
    for name in sorted({name.split("/")[0] for name in whole.names if "/" in name}):
        inner = tree(folder / name)
        kind = _kind(inner)
        if kind:
            beside = [other for other in (*whole.names, *whole.strange) if not other.startswith(f"{name}/")]
            strays = [Remark("beside-the-package", f"{other} lies beside the folder {name}") for other in beside]
            return Package(inner, kind, (*said, *strays))
    return Package(whole, UNKNOWN, tuple(said))


def checks(package: Package) -> dict[str, Check]:
    """The checks of a package as a whole."""
    found = (
        _check(
            "package",
            f"The package is whole, as {package.kind.name} asks: every file is, bit for bit, the one that its "
            "manifests list; none is missing, none was added, none is listed twice.",
            lambda: _structure(package),
            (package.kind.name,),
        ),
        _check(
            "contents",
            "It holds a statement with its master and its outputs, and says of them what they say.",
            lambda: _contents(package),
            (),
        ),
        check_by_file(
            name="package-records",
            claim="What the package says of the statement in further records has the structure that its standard asks "
            "for.",
            standards=("XML Schema",),
            applies=lambda _: _further_records(package),
            begin=_schemas_at_hand,
        ),
    )
    return {check.name: check for check in found}


def _check(name: str, claim: str, look: Callable[[], Iterator[Remark | Gap]], standards: tuple[str, ...]) -> Check:
    """A check that gives one verdict on the package."""
    return check_by_file(name, claim, standards, lambda _: ("",), lambda _: lambda _publication, _name: look())


def _kind(folder: Tree) -> Kind | None:
    return next((kind for kind in KINDS if _knows(kind, folder)), None)


def _knows(kind: Kind, folder: Tree) -> bool:
    try:
        return kind.recognises(folder)
    except Exception:
        return False


def _structure(package: Package) -> Iterator[Remark | Gap]:
    yield from package.said
    yield from package.kind.remarks(package.tree)


def _contents(package: Package) -> Iterator[Remark | Gap]:
    for path in package.kind.places(package.tree):
        if not _is_inside(path):
            yield Remark("outside-the-package", f"{path!r} is no path below content/ or build/")
    if not package.slugs:
        yield Remark("nothing-inside", "there is no statement in the package")
    for slug in package.slugs:
        for needed in (f"content/{slug}/{MASTER}", f"build/{slug}/{MANIFEST}"):
            if needed not in package.places:
                yield Remark("missing", f"{needed} is not in the package")
    yield from package.kind.told(package.tree)


def _is_inside(path: str) -> bool:
    """Whether a path is one of `content/<slug>/...` and `build/<slug>/...`, and leads nowhere else."""
    parts = path.split("/")
    return len(parts) > 2 and parts[0] in _ROOTS and not ({"", ".", ".."} & set(parts)) and "\0" not in path


def _further_records(package: Package) -> Iterator[str]:
    """The XML files beside the statement's own that a schema is known for, or that are no XML."""
    own = set(package.places.values())
    for name in package.tree.names:
        path = package.tree.path(name)
        if PurePosixPath(name).suffix == ".xml" and path not in own and _root(path) in {None, *xsd.SCHEMAS}:
            yield name


def _root(path: Path) -> str | None:
    """The name of the first element, None where there is none to be read."""
    try:
        with path.open("rb") as file:
            _, element = next(iter(etree.iterparse(file, ("start",), resolve_entities=False, no_network=True)))
            return str(element.tag)
    except (OSError, etree.LxmlError, StopIteration):
        return None


def _schemas_at_hand(_: Places) -> Look:
    xsd.catalog()
    return lambda publication, name: _record(publication.path(name))


def _record(path: Path) -> Iterator[Remark | Gap]:
    content = opening.whole(path)
    if not content.strip():
        raise Unreadable("is empty")
    yield from xsd.remarks(opening.xml(content))


def as_publication(package: Package, name: str) -> Publication:
    """The package as what checks judge; it has no master of its own."""
    return Publication(name, package.tree.folder, None)
