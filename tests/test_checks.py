"""For each check a file that it rejects for the right reason; its own tests try the rest of its rules."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

import breaking
from breaking import BROKEN, LEAST
from communique.checks import CHECKS
from communique.checks.check import judge
from communique.checks.publication import Publication
from communique.checks.verdict import Verdict
from communique.doctor import places
from communique.records import SERIALIZERS

MANIFEST = '{"files": []}'


@dataclass(frozen=True)
class Sample:
    """A broken file, the name under which it lies in the output folder, the rule it breaks, and its master."""

    source: str
    name: str
    rule: str
    master: str = LEAST


SAMPLES = {
    "verapdf": Sample("7.1-11.pdf", "x.pdf", "no-claim"),
    "epubcheck": Sample("RSC-005.epub", "x.epub", "RSC-005"),
    "ace": Sample("metadata-accessibilityhazard.epub", "x.epub", "metadata-accessibilityhazard"),
    "nu": Sample("error.html", "x.html", "error"),
    "axe": Sample("image-alt.html", "x.html", "image-alt"),
    "browser": Sample("browser/contrast.html", "x.html", "contrast"),
    "ooxml": Sample(
        "Sch_UnexpectedElementContentExpectingComplex.docx", "x.docx", "Sch_UnexpectedElementContentExpectingComplex"
    ),
    "libreoffice": Sample("no-pdf.docx", "x.docx", "no-pdf"),
    "qpdf": Sample("warning.pdf", "x.pdf", "warning"),
    "press": Sample("output-profile.print.pdf", "x.print.pdf", "output-profile"),
    "press-inks": Sample("plate-without-marks.print.pdf", "x.print.pdf", "plate-without-marks"),
    "pictures": Sample("nothing-shown.pdf", "x.pdf", "nothing-shown"),
    "pdf-accessibility": Sample("reading-order.pdf", "x.pdf", "reading-order"),
    "docx-accessibility": Sample("table-header-missing.docx", "x.docx", "table-header-missing"),
    "epub-metadata": Sample("unfounded-feature.epub", "x.epub", "unfounded-feature"),
    "language": Sample("unmarked-language.html", "x.html", "unmarked-language"),
    "links": Sample("broken-link.html", "x.html", "broken-link"),
    "metadata": Sample("wrong-title.xml", "metadata/dublin-core.xml", "wrong-title"),
    "words": Sample("word-changed.html", "x.html", "word-changed"),
    "schemas": Sample("SCHEMAV_ELEMENT_CONTENT.xml", "metadata/datacite.xml", "SCHEMAV_ELEMENT_CONTENT"),
}
# What the checks of records reject: by the folder, which is named like the check, and the file, named like the record.
RECORDS = {
    "schemas/mods.xml": "SCHEMAV_ELEMENT_CONTENT",
    "schemas/marc.xml": "marc-lint",
    "schemas/premis.xml": "SCHEMAV_ELEMENT_CONTENT",
    "schemas/datacite.json": "json-schema-enum",
    "schemas/inveniordm.json": "json-schema-required",
    "schemas/citation.json": "json-schema-enum",
    "schemas/citation.bib": "bibtex-missing",
    "schemas/akoma-ntoso.xml": "SCHEMAV_ELEMENT_CONTENT",
    "schemas/onix.xml": "SCHEMAV_ELEMENT_CONTENT",
    "schemas/mets.xml": "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2",
    "metadata/mets.xml": "wrong-title",
    "metadata/akoma-ntoso.xml": "wrong-title",
    "metadata/onix.xml": "wrong-title",
    "metadata/mods.xml": "wrong-title",
    "metadata/marc.xml": "wrong-title",
    "metadata/premis.xml": "wrong-title",
    "metadata/datacite.json": "wrong-title",
    "metadata/inveniordm.json": "wrong-title",
    "metadata/citation.json": "wrong-title",
    "metadata/citation.bib": "wrong-title",
}
# Those whose broken sample is a whole folder, for they compare files with each other; the test that has it.
IN_FOLDERS = {"fixity": "wrong-digest", "page-list": "page-list", "source": "source-paragraph-missing"}


def laid(folder: Path, sample: Sample) -> Publication:
    """A broken file as the only output of a statement."""
    target = folder / "x" / sample.name
    target.parent.mkdir(parents=True)
    source = BROKEN / sample.source
    if source.is_dir():
        breaking.packed(source, target)
    else:
        shutil.copyfile(source, target)
    (folder / "x" / "manifest.json").write_text(MANIFEST, encoding="utf-8")
    (folder / "master").mkdir()
    (folder / "master" / "statement.md").write_text(sample.master, encoding="utf-8")
    return Publication("x", folder / "x", folder / "master")


def test_every_check_has_a_file_that_it_rejects() -> None:
    assert sorted([*SAMPLES, *IN_FOLDERS]) == sorted(CHECKS)
    assert [name for name in IN_FOLDERS.values() if not (BROKEN / name).is_dir()] == []


@pytest.mark.judge
@pytest.mark.parametrize("name", SAMPLES)
def test_a_check_rejects_its_file_for_the_right_reason(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    results = judge({name: CHECKS[name]}, [laid(tmp_path, sample)], places(), lambda _: None)
    (result,) = [each for each in results if each.path == sample.name]
    assert result.verdict is Verdict.FAILED, result.unchecked
    assert sample.rule in {finding.rule for finding in result.findings}


def test_every_record_has_files_that_the_checks_of_records_reject() -> None:
    plain = {"dublin-core.xml", "datacite.xml", "schema-org.jsonld"}
    records = {f"{each.stem}.{each.suffix}" for each in SERIALIZERS}
    for check in ("schemas", "metadata"):
        assert {name.removeprefix(f"{check}/") for name in RECORDS if name.startswith(check)} == records - plain
        assert {path.name for path in (BROKEN / check).iterdir()} == records - plain


@pytest.mark.judge
@pytest.mark.parametrize("source", RECORDS)
def test_a_check_of_records_rejects_its_file_for_the_right_reason(source: str, tmp_path: Path) -> None:
    check, _, record = source.partition("/")
    sample = Sample(source, f"metadata/{record}", RECORDS[source])
    results = judge({check: CHECKS[check]}, [laid(tmp_path, sample)], places(), lambda _: None)
    (result,) = [each for each in results if each.path == sample.name]
    assert result.verdict is Verdict.FAILED, result.unchecked
    assert sample.rule in {finding.rule for finding in result.findings}


@pytest.mark.judge
def test_a_web_page_that_is_wrong_in_many_ways_is_found_by_all_who_look_at_it(tmp_path: Path) -> None:
    """One fault must not keep another check from speaking."""
    one = laid(tmp_path, Sample("broken-link.html", "x.html", ""))
    page = one.path("x.html")
    text = page.read_text(encoding="utf-8")
    added = '<p style="color: #999">Пожалуйста, покиньте зал.</p><img src="x.png"><center>more</center>'
    page.write_text(text.replace("</main>", f"{added}</main>", 1), encoding="utf-8")
    results = judge(CHECKS, [one], places(), lambda _: None)
    speaking = {result.check for result in results if result.verdict is Verdict.FAILED}
    assert {"words", "browser", "axe", "nu", "links", "language", "metadata", "fixity"} <= speaking
