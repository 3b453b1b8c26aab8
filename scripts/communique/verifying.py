"""The plan of a verification: package -> files -> checks -> one page. It needs nothing but the package."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from communique import storage
from communique.checks import CHECKS
from communique.checks.check import Check, judge
from communique.checks.file_by_file import Gap, Remark
from communique.checks.opening import Unreadable
from communique.checks.packages import stored_report
from communique.checks.packages.files import digests
from communique.checks.packages.kinds import KINDS
from communique.checks.packages.opened import UNKNOWN, Package, as_publication, checks, recognised
from communique.checks.packages.unpacking import unpack
from communique.checks.publication import Publication
from communique.checks.report.model import Report, claims, day
from communique.checks.report.verified import Identity, Verified, identity, write
from communique.checks.report.wording import clean
from communique.checks.verdict import Result
from communique.doctor import Places
from communique.errors import ToolFailed, UsageError

_WITHOUT_A_JUDGE = (
    "words",
    "source",
    "metadata",
    "schemas",
    "language",
    "links",
    "epub-metadata",
    "page-list",
    "fixity",
)
"""The checks that need no program but pandoc and poppler: they are about words and what is said of them."""
STATEMENT_CHECKS = {stored_report.CHECK.name: stored_report.CHECK, **{name: CHECKS[name] for name in _WITHOUT_A_JUDGE}}
_ZIP = b"PK"


def verify(path: Path, at: Places, report: Callable[[str], None]) -> Verified:
    """Everything that can be said of a package, a folder or a ZIP file; a broken one is judged, never followed."""
    with _opened(path) as package:
        name = path.absolute().name
        whole = checks(package)
        results = judge(whole, [as_publication(package, name)], at, report)
        identities: tuple[Identity, ...] = ()
        with tempfile.TemporaryDirectory(prefix="communique-") as place:
            try:
                publications = _laid_out(package, Path(place))
            except ToolFailed as error:
                publications = []
                results.append(Result("contents", name, "", unchecked=str(error)))
            results += (_as_packed(each, package) for each in judge(STATEMENT_CHECKS, publications, at, report))
            identities = tuple(identity(each, stored_report.verdict(each)) for each in publications)
        said = _report(clean(name), results, {**whole, **STATEMENT_CHECKS}, at)
        seals = _seals(path, package)
        return Verified(said, package.kind.name, len(package.tree.names), package.size, seals, identities)


def store(path: Path, package: Path, found: Verified) -> None:
    """Writes the page on a package, in one step; never into the package, which would then be another."""
    if package.is_dir() and path.resolve().is_relative_to(package.resolve()):
        raise UsageError(f"{path}: lies in the package itself (write the report beside it)")
    if path.is_dir() or path.resolve() == package.resolve():
        raise UsageError(f"{path}: is no place for the report (name a new file, such as {package.name}.html)")
    storage.publish_file(path, write(found), path.absolute().parent)


@contextmanager
def _opened(path: Path) -> Iterator[Package]:
    """The package in a folder or a ZIP file, which is unpacked for as long as it is looked at."""
    if not path.exists():
        raise UsageError(f"{path}: no such package (name its folder or its ZIP file)")
    if path.is_dir():
        yield _known(path, recognised(path))
    elif not _is_zip(path):
        raise UsageError(f"{path}: is no package (name a folder or a ZIP file)")
    else:
        with tempfile.TemporaryDirectory(prefix="communique-") as place:
            said: list[Remark | Gap] = []
            try:
                said.extend(unpack(path, Path(place)))
            except Unreadable as error:
                said.append(Remark("unreadable", f"the ZIP file {error}"))
            except OSError as error:
                said.append(Gap(f"the ZIP file cannot be unpacked: {error.strerror or error}"))
            yield _known(path, recognised(Path(place), said))


def _known(path: Path, package: Package) -> Package:
    """The package, if its kind is known or it is so broken that nobody can know it."""
    if package.kind is UNKNOWN and not package.said:
        names = ", ".join(kind.name for kind in KINDS)
        raise UsageError(f"{path}: is no package of a kind that is known here ({names})")
    return package


def _is_zip(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return path.suffix.lower() == ".zip" or file.read(len(_ZIP)) == _ZIP


def _laid_out(package: Package, place: Path) -> list[Publication]:
    """The statements of a package as they lay in content/ and build/ when they were packed."""
    storage.lay_out(place, package.places)
    found = []
    for slug in package.slugs:
        master = place / "content" / slug
        folder = place / "build" / slug
        found.append(Publication(slug, folder, master if (master / "statement.md").is_file() else None))
    return found


def _as_packed(result: Result, package: Package) -> Result:
    """A result with the names that its files have in the package."""

    def packed(name: str) -> str:
        path = package.places.get(f"build/{result.slug}/{name}")
        return path.relative_to(package.tree.folder).as_posix() if path else name

    findings = tuple(replace(each, path=packed(each.path)) for each in result.findings)
    return replace(result, path=packed(result.path), findings=findings)


def _report(name: str, results: Iterable[Result], asked: Mapping[str, Check], at: Places) -> Report:
    """What was said, as a report on the package as one thing."""
    made, idle = claims(results, {each: check.version(at) for each, check in asked.items()}, asked)
    return Report(name, (), (), "", (), made, idle, None, day())


def _seals(path: Path, package: Package) -> dict[str, str]:
    """The digests to be kept with the page."""
    itself = digests(path, ("sha256",))["sha256"] if path.is_file() else ""
    found = {
        package.kind.seal: package.seal(),
        "list of all files, as sha256sum prints it": package.fingerprint(),
        f"{clean(path.name)} itself": itself,
    }
    return {name: digest for name, digest in found.items() if digest}
