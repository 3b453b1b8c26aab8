"""The shape of the program: which module may know which, who prints, who writes, and how long a piece may be."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "scripts" / "communique"
FILES = sorted(PACKAGE.rglob("*.py"))

# From the ground up: a module may use those of lower layers and those of its own.
LAYERS = (
    {"errors"},
    {"statement", "rendition", "version", "language", "codes", "templates"},
    {"nodes", "labels", "crosswalk", "linked_data", "pandoc", "typefaces"},
    {"master"},
    {"document", "transforms", "legibility", "wording"},
    {"writers"},
    {"records", "storage", "doctor", "inputs", "published"},
    {"packages"},
    {"checks"},
    {"audit", "depositing", "packing", "storing", "verifying"},
    {"build"},
    {"cli"},
)
LAYER_OF = {part: number for number, layer in enumerate(LAYERS) for part in layer}


def name(file: Path) -> str:
    """A module's name within the package, such as writers.pdf.xmp."""
    return ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name(file): file for file in FILES if file.parent != PACKAGE or file.stem != "__init__"}
TREES = {file: ast.parse(file.read_text(encoding="utf-8")) for file in FILES}
EVERY_FILE = pytest.mark.parametrize("file", FILES, ids=[name(file) or "communique" for file in FILES])


def imported(file: Path) -> Iterator[str]:
    """The full names of everything a module imports, wherever it does so; import_module with a plain name counts."""
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) == "import_module" and isinstance(node.args[0], ast.Constant):
            yield str(node.args[0].value)


def _called(call: ast.Call) -> str:
    """The last part of the name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def own(file: Path) -> set[str]:
    """The modules of the package that a module imports."""
    found = set()
    for full in imported(file):
        parts = full.split(".")
        if parts[0] == "communique" and len(parts) > 1:
            candidates = (".".join(parts[1:end]) for end in range(len(parts), 1, -1))
            found.add(next(module for module in candidates if module in MODULES))
    return found


def users(library: str) -> set[str]:
    """The modules that import a library."""
    return {name(file) for file in FILES if any(full.split(".")[0] == library for full in imported(file))}


@EVERY_FILE
def test_imports_go_down(file: Path) -> None:
    here = name(file).split(".")[0]
    if here:
        upward = {module for module in own(file) if LAYER_OF[module.split(".")[0]] > LAYER_OF[here]}
        assert upward == set()


def test_every_module_has_its_layer() -> None:
    assert {module.split(".")[0] for module in MODULES} == set(LAYER_OF)


def test_there_are_no_import_cycles() -> None:
    TopologicalSorter({module: own(file) - {module} for module, file in MODULES.items()}).prepare()


def test_no_writer_knows_another_but_for_the_pdf_that_starts_from_the_page() -> None:
    formats = {"html", "epub", "docx", "pdf", "paper", "large", "press"}
    known = {
        (parts[1], other.split(".")[1])
        for module, file in MODULES.items()
        if (parts := module.split("."))[0] == "writers" and len(parts) > 1 and parts[1] in formats
        for other in own(file)
        if other.startswith("writers.") and other.split(".")[1] in formats - {parts[1]}
    }
    editions = {(edition, ground) for edition in ("large", "press") for ground in ("paper", "pdf")}
    assert known == {("paper", "html"), ("paper", "pdf")} | editions


def test_checks_share_nothing_with_what_they_judge() -> None:
    """What a check needs of the program: its failures, its version, where things are, and pandoc, which is a judge."""
    known = {
        other.split(".")[0] for module, file in MODULES.items() if module.startswith("checks") for other in own(file)
    }
    assert known <= {"checks", "doctor", "errors", "pandoc", "templates", "version"}


def test_only_pandoc_knows_pandoc_and_only_the_pdf_writer_weasyprint() -> None:
    assert users("pypandoc") == {"pandoc"}
    knows = users("weasyprint") | users("pydyf")
    assert {module for module in knows if not module.startswith("writers.pdf.")} <= {"build"}
    assert knows


@EVERY_FILE
def test_only_the_command_line_prints(file: Path) -> None:
    calls = [node for node in ast.walk(TREES[file]) if isinstance(node, ast.Call)]
    printing = [call.lineno for call in calls if getattr(call.func, "id", "") == "print"]
    assert not printing or name(file) == "cli"
    names = [ast.unparse(node) for node in ast.walk(TREES[file]) if isinstance(node, ast.Attribute)]
    streams = {"sys.stdout", "sys.stderr"} & set(names)
    assert not streams or name(file) == "cli"


_WRITING = {
    "write_bytes",
    "write_text",
    "mkdir",
    "rmdir",
    "unlink",
    "rename",
    "replace",
    "rmtree",
    "touch",
    "symlink_to",
}
_WRITING |= {"makedirs", "mkdtemp", "mkstemp", "copyfile", "copytree", "hardlink_to", "chmod", "NamedTemporaryFile"}
_MODULES = {"os", "shutil", "tempfile"}


# packages.zipped writes into a file that storage has opened.
WRITERS_OF_FILES = {"storage", "packages.zipped"}


@EVERY_FILE
def test_only_storage_writes_files(file: Path) -> None:
    if name(file) not in WRITERS_OF_FILES:
        assert [f"{call.lineno}: {ast.unparse(call)}" for call in _calls(file) if _writes(call)] == []


def _calls(file: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(TREES[file]) if isinstance(node, ast.Call))


def _writes(call: ast.Call) -> bool:
    """Whether a call changes the disk: str.replace, of two texts, does not."""
    called = _called(call)
    if called == "open":
        modes = [
            part.value for part in [*call.args, *(key.value for key in call.keywords)] if isinstance(part, ast.Constant)
        ]
        return any(isinstance(mode, str) and re.fullmatch(r"[rb+t]*[wax+][rwaxbt+]*", mode) for mode in modes)
    if called == "replace":
        return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) in _MODULES
    return called in _WRITING


@EVERY_FILE
def test_files_and_functions_are_short(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
    functions = [node for node in ast.walk(TREES[file]) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    long = {node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno}
    assert {function: lines for function, lines in long.items() if lines > 60} == {}


@EVERY_FILE
def test_names_say_what_a_thing_is(file: Path) -> None:
    nodes = list(ast.walk(TREES[file]))
    named = [node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))]
    named += [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    named += [node.arg for node in nodes if isinstance(node, ast.arg)]
    vague = re.compile(r"manager|handler|helper|util|processor", re.IGNORECASE)
    assert [word for word in [*named, *file.relative_to(PACKAGE).parts] if vague.search(word)] == []


@EVERY_FILE
def test_a_module_says_what_it_is_for(file: Path) -> None:
    """Every module but the empty ones, every public class, every public function at the top of a module."""
    tree = TREES[file]
    parts = [node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    silent = [node.name for node in parts if not node.name.startswith("_") and not ast.get_docstring(node)]
    assert not tree.body or ast.get_docstring(tree)
    assert [word for word in silent if word not in OBVIOUS.get(name(file), set())] == []


# Functions whose signature says it all.
OBVIOUS = {"nodes": {"para", "plain", "header", "div", "bullet_list", "span", "link"}}
