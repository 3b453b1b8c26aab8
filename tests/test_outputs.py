"""What the outside judges say of every output of every master: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

import judges
from communique.checks.reading.pdf_structure import packet
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


@pytest.mark.parametrize("flavours", [("ua1", "2a"), ("ua1", "3a"), ("ua2", "4f")])
def test_verapdf_confirms_both_standards_that_a_pdf_claims(built: Path, flavours: tuple[str, str]) -> None:
    files = [file for file in outputs(built, "pdf") if claims(file) == flavours]
    assert {file.parent.name for file in files} == {folder.name for folder in MASTERS}
    assert any(".large." in file.name for file in files)
    for flavour in flavours:
        assert said(judges.verapdf(files, flavour)) == []


def test_only_the_press_edition_makes_no_such_claim(built: Path) -> None:
    assert {".".join(file.name.split(".")[-2:]) for file in outputs(built, "pdf") if not claims(file)} == {"print.pdf"}


def claims(file: Path) -> tuple[str, ...]:
    """What a PDF says it meets, as veraPDF calls it: PDF/UA first."""
    texts = {f"{each.prefix}:{etree.QName(each).localname}": each.text for each in packet(file.read_bytes()).iter()}
    if "pdfuaid:part" not in texts:
        return ()
    return f"ua{texts['pdfuaid:part']}", f"{texts['pdfaid:part']}{texts['pdfaid:conformance']}".lower()


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
