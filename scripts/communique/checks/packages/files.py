"""The files of an unpacked package, and their digests, read piece by piece."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.checks.file_by_file import Remark

_PIECE = 1 << 20


@dataclass(frozen=True)
class Tree:
    """Every plain file below a folder by its path there, with "/" between the parts, and whatever is no plain file."""

    folder: Path
    names: tuple[str, ...]
    strange: tuple[str, ...]

    def path(self, name: str) -> Path:
        """Where a file lies."""
        return self.folder / name

    def remarks(self) -> Iterator[Remark]:
        """Links, pipes and the like: an archive keeps files, and cannot keep what a link leads to."""
        for name in self.strange:
            yield Remark("no-file", f"{name} is neither a file nor a folder")


def tree(folder: Path) -> Tree:
    """What lies in a folder, in the order of the names. No link is followed."""
    names, strange = [], []
    for place, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(place, name)
            inside = path.relative_to(folder).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                strange.append(inside)
            elif path.is_file():
                names.append(inside)
    return Tree(folder, tuple(sorted(names)), tuple(sorted(strange)))


def digests(path: Path, algorithms: tuple[str, ...]) -> Mapping[str, str]:
    """The digests of a file by their names ("sha256"), lower-case hexadecimal; the file is read once."""
    wanted = {name: hashlib.new(name) for name in algorithms}
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            for digest in wanted.values():
                digest.update(piece)
    return {name: digest.hexdigest() for name, digest in wanted.items()}
