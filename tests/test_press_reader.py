"""The reader of files for the press finds every fault it has a rule for, each put in on purpose."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageCms

from communique.writers import paper
from press_pages import document, printed
from press_reader import RULES, faults


def first_image(pdf: Pdf) -> Any:
    return next(
        entry for entry in pdf.objects if isinstance(entry, pikepdf.Stream) and entry.get("/Subtype") == "/Image"
    )


def redrawn(pdf: Pdf, addition: bytes) -> None:
    page_one = pdf.pages[0]
    page_one.Contents = pdf.make_stream(b"\n".join(part.read_bytes() for part in page_one.Contents) + b"\n" + addition)


def packet_without(pdf: Pdf, pattern: bytes, instead: bytes = b"") -> None:
    content, count = re.subn(pattern, instead, pdf.Root.Metadata.read_bytes())
    assert count
    pdf.Root.Metadata = pdf.make_stream(content)


def unembedded(pdf: Pdf) -> None:
    for entry in pdf.objects:
        if isinstance(entry, Dictionary) and entry.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile2", "/FontFile3"):
                if key in entry:
                    del entry[key]


def rgb_profile(pdf: Pdf) -> None:
    content = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(content, N=3)


def resources(pdf: Pdf) -> Any:
    return pdf.pages[0].Resources


def rgb_form(pdf: Pdf) -> None:
    form = pdf.make_stream(b"1 0 0 rg 0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    resources(pdf).XObject["/Fm"] = form


def link(pdf: Pdf) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].Annots = pdf.make_indirect(Array([annotation]))


Fault = Callable[[Pdf], Any]
MUTATIONS: dict[str, tuple[str, Fault]] = {
    "no claim": ("claim", lambda pdf: packet_without(pdf, b"<pdfxid:.*?</pdfxid:GTS_PDFXVersion>")),
    "another claim": ("claim", lambda pdf: packet_without(pdf, b">PDF/X-4<", b">PDF/X-3:2003<")),
    "no version": ("properties", lambda pdf: packet_without(pdf, b"<xmpMM:VersionID>.*?</xmpMM:VersionID>")),
    "no document": ("properties", lambda pdf: packet_without(pdf, b"<xmpMM:DocumentID>.*?</xmpMM:DocumentID>")),
    "another date": ("info", lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:19990101")),
    "another title": ("info", lambda pdf: pdf.docinfo.__setitem__("/Title", "Another")),
    "not trapped": ("trapped", lambda pdf: pdf.docinfo.__delitem__("/Trapped")),
    "trapped or not": ("trapped", lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.True_)),
    "no intent": ("intent", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "no condition": ("intent", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/OutputConditionIdentifier")),
    "no profile": ("profile", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
    "RGB profile": ("profile", rgb_profile),
    "no TrimBox": ("boxes", lambda pdf: pdf.pages[1].__delitem__("/TrimBox")),
    "ArtBox": ("boxes", lambda pdf: pdf.pages[0].__setitem__("/ArtBox", Array([50, 50, 99, 99]))),
    "bleed inside": ("boxes", lambda pdf: pdf.pages[0].__setitem__("/BleedBox", Array([50, 50, 99, 99]))),
    "bleed off the sheet": ("boxes", lambda pdf: pdf.pages[0].__setitem__("/BleedBox", Array([-5, 0, 999, 999]))),
    "rg": ("drawn colours", lambda pdf: redrawn(pdf, b"1 0 0 rg 0 0 9 9 re f")),
    "RG": ("drawn colours", lambda pdf: redrawn(pdf, b"1 0 0 RG 0 0 m 9 9 l S")),
    "RGB by name": ("drawn colours", lambda pdf: redrawn(pdf, b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f")),
    "RGB inline image": (
        "drawn colours",
        lambda pdf: redrawn(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
    ),
    "RGB in a form": ("drawn colours", rgb_form),
    "RGB image": ("named colours", lambda pdf: first_image(pdf).__setitem__("/ColorSpace", Name.DeviceRGB)),
    "Lab": ("named colours", lambda pdf: resources(pdf).ColorSpace.__setitem__("/L", Array([Name.Lab, Dictionary()]))),
    "spot of RGB": (
        "named colours",
        lambda pdf: resources(pdf).ColorSpace.All.__setitem__(2, Name.DeviceRGB),
    ),
    "font not embedded": ("fonts", unembedded),
    "opacity": ("transparency", lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(ca=0.5))),
    "blend mode": (
        "transparency",
        lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(BM=Name.Multiply)),
    ),
    "soft mask": ("transparency", lambda pdf: first_image(pdf).__setitem__("/SMask", pdf.make_stream(b""))),
    "link": ("interaction", link),
    "script": (
        "interaction",
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="app.beep()")),
    ),
    "place to jump to": ("interaction", lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(Dests=Dictionary()))),
    "transfer curve": ("devices", lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(TR=Name.Identity))),
    "PostScript": (
        "devices",
        lambda pdf: resources(pdf).XObject.__setitem__("/X", pdf.make_stream(b"", Subtype=Name.PS)),
    ),
    "other image": ("devices", lambda pdf: first_image(pdf).__setitem__("/Alternates", Array())),
    "print area": (
        "views",
        lambda pdf: pdf.Root.__setitem__("/ViewerPreferences", Dictionary(PrintArea=Name.CropBox)),
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_fault_is_found(name: str) -> None:
    rule, fault = MUTATIONS[name]
    with Pdf.open(io.BytesIO(printed("sink"))) as pdf:
        fault(pdf)
        buffer = io.BytesIO()
        pdf.save(buffer, static_id=True)
    assert faults(buffer.getvalue()) == {rule}


def test_an_encrypted_or_newer_file_is_found() -> None:
    with Pdf.open(io.BytesIO(printed("sink"))) as pdf:
        locked, newer = io.BytesIO(), io.BytesIO()
        pdf.save(newer, force_version="1.7")
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x", user=""))
    assert "file" in faults(newer.getvalue()) & faults(locked.getvalue())


def test_every_rule_has_a_fault() -> None:
    assert {rule for rule, _ in MUTATIONS.values()} | {"file"} == set(RULES)


def test_the_pdf_for_the_screen_is_none_for_the_press() -> None:
    (content,) = paper.write_all(document("sink")).values()
    assert faults(content) >= {"file", "claim", "intent", "trapped", "drawn colours", "interaction"}
