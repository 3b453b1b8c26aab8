"""Fetches the fonts of large scripts from their npm packages into templates/fonts/fetched/, each file by its SHA-256.

scripts/bootstrap calls it: `fetch_fonts.py [--missing] [LANGUAGE…|all]`, by default for what content/ is written in.
`--missing` fetches nothing and prints the packages. Exits 2 on wrong usage, 4 if something cannot be had.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

from communique.errors import CommuniqueError, ToolFailed, ToolMissing, UsageError
from communique.language import script
from communique.master import formats
from communique.typefaces import (
    File,
    Typeface,
    is_drawn,
    needed,
    typeface,
    typefaces,
    unknown_font,
    verified,
    written,
)

ROOT = Path(__file__).resolve().parents[1]
LICENCE = "LICENSE.txt"


def main(arguments: Sequence[str]) -> int:
    """Runs the command; the number is for the shell."""
    names = [argument for argument in arguments if argument != "--missing"]
    try:
        missing = [face for face in asked(names, ROOT / "content") if not is_whole(face)]
        if "--missing" not in arguments:
            for name in names:
                if name != "all" and typeface(name) is None:
                    sys.stderr.write(f"bootstrap: {name} needs no font but those that are here\n")
        for face in missing:
            if "--missing" not in arguments:
                fetch(face)
            sys.stdout.write(f"{face.package}@{face.version}\n")
    except CommuniqueError as error:
        sys.stderr.write(f"bootstrap: {error}\n")
        return error.exit_code
    return 0


def asked(names: Sequence[str], content: Path) -> tuple[Typeface, ...]:
    """The typefaces of the languages named, of all, or of what the masters in a folder are written in."""
    if "all" in names:
        return tuple(typefaces().values())
    for name in names:
        _check(name)
    return needed(names, "") if names else written(content)


def _check(name: str) -> None:
    """Fails where a name is no language, or one for which no font is known."""
    if verdict := formats.language(name):
        raise UsageError(f"{verdict[0]} ({verdict[1]}, or all)")
    code = script(name)
    if not code:
        raise UsageError(f"{name!r}: its script is not known (name it, as in {name.partition('-x-')[0]}-Latn)")
    if not is_drawn(code):
        raise ToolMissing("{}: {} ({})".format(name, *unknown_font(code)))


def is_whole(face: Typeface) -> bool:
    """Whether every file is there and has the bytes that the table names."""
    try:
        return len(verified(face)) > 0 and (face.folder / LICENCE).is_file()
    except ToolMissing:
        return False


def fetch(face: Typeface) -> None:
    """Put the files of a typeface and its licence in place, all at once or not at all."""
    face.folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=face.folder.parent) as new:
        with tarfile.open(_packed(face, new)) as package:
            contents = {file: _content(package, face, file) for file in (*face.files, face.licence)}
        folder = Path(new, "package")
        folder.mkdir()
        for file, content in contents.items():
            (folder / (LICENCE if file == face.licence else file.name)).write_bytes(content)
        shutil.rmtree(face.folder, ignore_errors=True)
        folder.rename(face.folder)


def _packed(face: Typeface, folder: str) -> Path:
    """The package as npm downloads it; nothing in it is run."""
    package = f"{face.package}@{face.version}"
    command = ["npm", "pack", package, f"--pack-destination={folder}", "--ignore-scripts", "--loglevel=error"]
    try:
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    except FileNotFoundError as error:
        raise ToolMissing(f"{package}: npm is missing (run scripts/bootstrap)") from error
    except subprocess.CalledProcessError as error:
        raise ToolFailed(f"{package}: npm could not fetch it (see above)") from error
    (packed,) = Path(folder).glob("*.tgz")
    return packed


def _content(package: tarfile.TarFile, face: Typeface, file: File) -> bytes:
    """One file of a package, which has to be the one that the table names."""
    try:
        member = package.extractfile(f"package/{file.path}")
    except KeyError:
        member = None
    content = member.read() if member else b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise ToolFailed(f"{face.package}@{face.version}: {file.path} is not the file that scripts.yaml names")
    return content


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(sys.argv[1:]))
