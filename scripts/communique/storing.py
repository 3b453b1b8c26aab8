"""The plan of a storage root: what lies there of a statement -> its object with one version more -> disk, in one step.

A package is made anew each time; an object in a storage root (OCFL) grows, and must lose nothing on the way.
"""

from __future__ import annotations

from pathlib import Path

from communique import storage
from communique.errors import ToolFailed, UsageError
from communique.packages import ocfl
from communique.packages.contents import Contents
from communique.packages.entry import Entry
from communique.packages.ocfl_object import INVENTORY
from communique.packages.reading import entries

NAME = "ocfl"
"""What this kind of package is called on the command line, and its storage root in the folder of the packages."""


def store(contents: Contents, packages: Path, staging: Path) -> Path:
    """Adds a version of a statement to its object in `packages`/ocfl; returns the folder of the object.

    `staging` is locked, and on the file system of `packages`. Whoever looks, even after a crash, sees a whole storage
    root without the version, or one with it: what is new of its folders appears with all files in it.
    """
    root = packages / NAME
    is_new = not root.exists() or not any(root.iterdir())
    if not is_new:
        _known(root)
    for folder in root.glob("*/*/*"):
        storage.recover(folder)
    place = _place(root, contents)
    earlier = _lying(place)
    try:
        after = ocfl.extend(contents, tuple(earlier.values()))
    except UsageError as error:
        raise UsageError(f"{place}: {error}") from error
    _plain(place)
    if all(earlier.get(entry.name) is entry for entry in after):
        return place
    folder = root if is_new else _outermost(place)
    inside = place.relative_to(folder)
    files: dict[str, storage.Content] = {entry.name: entry.pieces() for entry in (ocfl.root_files() if is_new else ())}
    for entry in after:
        is_there = earlier.get(entry.name) is entry
        files[(inside / entry.name).as_posix()] = place / entry.name if is_there else entry.pieces()
    storage.publish(folder, files, staging)
    return place


def _known(root: Path) -> None:
    """Refuses a folder that is no storage root of this program: what lies there follows other rules."""
    for entry in ocfl.root_files():
        path = root / entry.name
        if not path.is_file() or path.read_bytes() != b"".join(entry.pieces()):
            remedy = "move the folder away, or restore the file"
            raise UsageError(f"{path}: is not that of a storage root of this program ({remedy})")


def _place(root: Path, contents: Contents) -> Path:
    """Where the object of a statement lies, or will.

    The URN of a statement tells its first day, which may have been written otherwise before: so if nothing lies in its
    place, the object is the one that has this very master.
    """
    place = root / ocfl.place(contents.statements[0].urn)
    if place.exists():
        return place
    master = f'"content/{contents.slug}/statement.md"'.encode()
    inventories = sorted(root.glob(f"*/*/*/*/{INVENTORY}"))
    return next((each.parent for each in inventories if master in each.read_bytes()), place)


def _lying(place: Path) -> dict[str, Entry]:
    """All files in the folder of an object, by their paths there."""
    try:
        return {entry.name: entry for entry in entries(place)}
    except OSError as error:
        remedy = "mend that and try again"
        raise ToolFailed(f"{error.filename or place}: cannot be read: {error.strerror} ({remedy})") from error


def _plain(place: Path) -> None:
    """Refuses an object with anything but files in folders: it would be lost."""
    for path in sorted(place.rglob("*")):
        is_empty = path.is_dir() and not any(path.iterdir())
        if path.is_symlink() or is_empty or not (path.is_file() or path.is_dir()):
            what = "an empty folder" if is_empty else "neither a file nor a folder"
            raise UsageError(f"{path}: is {what}, which an object cannot have (verify the storage root)")


def _outermost(place: Path) -> Path:
    """The outermost folder on the way to an object that is not there yet; the object's own if all others are."""
    while not place.parent.exists():
        place = place.parent
    return place
