"""What the outside judges say of every output of every master: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import judges
from conftest import MASTERS

pytestmark = pytest.mark.judge


def outputs(built: Path, suffix: str) -> list[Path]:
    """All files of a format, of which every master has at least one."""
    found = sorted(built.glob(f"*/*.{suffix}"))
    assert {file.parent.name for file in found} == {folder.name for folder in MASTERS}
    return found


def said(findings: judges.Findings) -> list[str]:
    """The findings, each in a line."""
    return [f"{each.path.name}: {each.location}: {each.rule}: {each.message}" for each in findings]


@pytest.mark.parametrize("flavour", ["2a", "ua1"])
def test_verapdf_confirms_both_standards(built: Path, flavour: str) -> None:
    assert said(judges.verapdf(outputs(built, "pdf"), flavour)) == []


def test_epubcheck_has_no_message_of_any_severity(built: Path) -> None:
    assert said(judges.epubcheck(outputs(built, "epub"))) == []


def test_ace_finds_no_violation(built: Path) -> None:
    assert said(judges.ace(outputs(built, "epub"))) == []


def test_nu_finds_no_error_and_no_warning(built: Path) -> None:
    assert said(judges.nu(outputs(built, "html"))) == []


def test_axe_finds_nothing_in_light_dark_print_and_on_a_telephone(built: Path) -> None:
    """Among its conditions is a page 320 pixels wide that must not scroll sideways (WCAG 2.2, 1.4.10)."""
    assert said(judges.axe(outputs(built, "html"))) == []


def test_the_open_xml_sdk_finds_no_error(built: Path) -> None:
    assert said(judges.ooxml(outputs(built, "docx"))) == []


def test_libreoffice_opens_every_word_file(built: Path, tmp_path: Path) -> None:
    files = outputs(built, "docx")
    assert said(judges.libreoffice(files, tmp_path)) == []
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == sorted(f"{file.stem}.pdf" for file in files)
