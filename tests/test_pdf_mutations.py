"""Break one thing of the tagging at a time: a test must notice. Each mutation runs one test on a broken copy."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PDF = "communique/writers/pdf"


@dataclass(frozen=True)
class Mutation:
    """In `module`, `before` becomes `after`; then `test` fails."""

    name: str
    module: str
    before: str
    after: str
    test: str


MUTATIONS = (
    Mutation(
        "no Scope on header cells",
        "tagging/cells.py",
        'entries["Scope"] =',
        'entries["Nothing"] =',
        "test_pdf_structure.py::test_header_cells_state_their_scope",
    ),
    Mutation(
        "no Alt on figures",
        "tagging/write.py",
        '"Alt": node.alternative',
        '"Alt": ""',
        "test_pdf_structure.py::test_figures_have_alternative_text_and_a_place_on_the_page",
    ),
    Mutation(
        "no Lang on words of another language",
        "tagging/grow.py",
        "node.language = language if is_foreign else",
        'node.language = "" if is_foreign else',
        "test_pdf_structure.py::test_other_languages_are_marked_where_they_begin",
    ),
    Mutation(
        "no LBody in list items",
        "tagging/grow.py",
        'node.body or node.add("LBody")',
        'node.body or node.add("Div")',
        "test_pdf_structure.py::test_tight_and_loose_and_nested_lists",
    ),
    Mutation(
        "no Reference around the mark of a note",
        "tagging/roles.py",
        'reference="Reference"',
        'reference=""',
        "test_pdf_structure.py::test_links_within_the_document_are_references",
    ),
    Mutation(
        "no way from a note to its mark",
        "tagging/links.py",
        "_refer(target, node)",
        "pass",
        "test_pdf_profiles.py::test_notes_and_their_marks_refer_to_each_other",
    ),
    Mutation(
        "links that lead to no element",
        "tagging/destinations.py",
        '"SD": target',
        '"XX": target',
        "test_pdf_profiles.py::test_links_inside_the_document_lead_to_elements",
    ),
    Mutation(
        "a parent tree one page off",
        "tagging/write.py",
        "rows.append((number, row.reference))",
        "rows.append((number + 1, row.reference))",
        "test_pdf_structure.py::test_content_and_links_know_their_elements",
    ),
    Mutation(
        "annotations that do not know their element",
        "tagging/write.py",
        'annotation["StructParent"] = number',
        'annotation["StructParent"] = 0',
        "test_pdf_structure.py::test_content_and_links_know_their_elements",
    ),
    Mutation(
        "running heads that are content",
        "boxes.py",
        "if isinstance(box, self._kinds.MarginBox):",
        "if False:",
        "test_pdf_structure.py::test_running_heads_and_page_numbers_are_artifacts",
    ),
    Mutation(
        "repeated table heads that are content",
        "boxes.py",
        "return PAGINATION if box.element in self._groups else None",
        "return None",
        "test_pdf_structure.py::test_a_repeated_table_head_is_read_once",
    ),
    Mutation(
        "no ActualText where glyphs lie",
        "seam.py",
        'properties["ActualText"] = ',
        'properties["Nothing"] = ',
        "test_pdf_words.py::test_characters_that_look_alike_are_told_apart",
    ),
    Mutation(
        "words in the order in which their glyphs are drawn",
        "tagging/write.py",
        'texts["ActualText"] = node.actual',
        'texts["ActualText"] = ""',
        "test_pdf_words.py::test_words_from_right_to_left_are_read_in_order",
    ),
    Mutation(
        "no space at the end of a line",
        "boxes.py",
        '(self.spaced if text.style["direction"] == "ltr" else self.parted).add(text)',
        "pass",
        "test_pdf_words.py::test_words_at_line_ends_stay_apart",
    ),
)


@pytest.fixture(scope="module", autouse=True)
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The tests pass on a copy that is not broken: so a failure means the mutation."""
    package = copied(tmp_path_factory.mktemp("unbroken"))
    assert run(package, *{mutation.test for mutation in MUTATIONS}) == pytest.ExitCode.OK


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[mutation.name for mutation in MUTATIONS])
def test_a_broken_tagger_is_noticed(mutation: Mutation, tmp_path: Path) -> None:
    module = copied(tmp_path) / PDF / mutation.module
    source = module.read_text(encoding="utf-8")
    assert source.count(mutation.before) == 1
    module.write_text(source.replace(mutation.before, mutation.after), encoding="utf-8")
    assert run(tmp_path, mutation.test) == pytest.ExitCode.TESTS_FAILED


def copied(folder: Path) -> Path:
    """A folder with a copy of the package, which finds the templates inside it."""
    shutil.copytree(ROOT / "scripts/communique", folder / "communique", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "communique/templates").symlink_to(ROOT / "templates")
    return folder


def run(package: Path, *tests: str) -> int:
    """The exit code of some tests, up to the first that fails, on a copy of the package."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        *(f"tests/{test}" for test in tests),
    ]
    paths = os.pathsep.join([str(package), str(ROOT / "tests")])
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode
