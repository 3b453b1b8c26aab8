"""What veraPDF says: both standards at once on everything, and a no to each fault put in on purpose."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from communique.checks.judges import verapdf
from communique.writers import pdf
from pdf_pages import CSS, FACTS, MEDIA, page, written

pytestmark = pytest.mark.judge


def elements(opened: Any, role: str) -> list[Any]:
    """The structure elements of a role."""
    return [
        entry
        for entry in opened.objects
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/S") == f"/{role}" and "/P" in entry
    ]


def without_alternative(opened: Any) -> None:
    for figure in elements(opened, "Figure"):
        del figure["/Alt"]


def without_note_id(opened: Any) -> None:
    for note in elements(opened, "Note"):
        del note["/ID"]


def without_item_body(opened: Any) -> None:
    for item_body in elements(opened, "LBody"):
        item_body.S = pikepdf.Name.P


def without_scope(opened: Any) -> None:
    for cell in elements(opened, "TH"):
        cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table)


def without_link_contents(opened: Any) -> None:
    for entry in opened.pages:
        for annotation in entry.get("/Annots", []):
            del annotation["/Contents"]


def without_artifacts(opened: Any) -> None:
    for entry in opened.pages:
        marks = {"BDC", "BMC", "EMC"}
        kept = [each for each in pikepdf.parse_content_stream(entry) if str(each.operator) not in marks]
        entry.Contents = opened.make_stream(pikepdf.unparse_content_stream(kept))


def without_language(opened: Any) -> None:
    del opened.Root["/Lang"]
    for document in elements(opened, "Document"):
        del document["/Lang"]


FAULTS: list[Callable[[Any], None]] = [
    without_alternative,
    without_note_id,
    without_item_body,
    without_scope,
    without_link_contents,
    without_artifacts,
    without_language,
]


def test_the_rich_page_meets_both_standards(tmp_path: Path) -> None:
    bodies = {
        "rich": written(),
        "justified": written(css="html { text-align: justify } h2, th { text-transform: uppercase }"),
        "smallest": pdf.write(page("<p>a</p>"), CSS, MEDIA, FACTS),
        "bare": pdf.write(page("<p>a</p>"), "", MEDIA, pdf.Facts("T", "en")),
    }
    for name, content in bodies.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    files = sorted(tmp_path.iterdir())
    assert verapdf.under("2a").findings(files) == ()
    assert verapdf.under("ua1").findings(files) == ()


def test_each_fault_is_rejected(tmp_path: Path) -> None:
    for fault in FAULTS:
        with pikepdf.open(io.BytesIO(written())) as opened:
            fault(opened)
            opened.save(tmp_path / f"{fault.__name__}.pdf")
    found = {Path(finding.path).stem for finding in verapdf.under("ua1").findings(sorted(tmp_path.iterdir()))}
    assert found == {fault.__name__ for fault in FAULTS}
