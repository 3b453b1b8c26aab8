"""What PDF/X-4 asks of a file and can be told from the file alone, with two rules of the house.

The rules are those of ISO 15930-7 for a complete exchange. Of the house: nothing is see-through, and no colour is
anything but ink.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name, Pdf, Stream

from communique.checks.file_by_file import Remark
from communique.checks.opening import Unreadable, xml
from communique.checks.press_inks import Box, box
from communique.checks.press_objects import dictionaries

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
REQUIRED = (
    *("dc:title", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"),
    *("xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass"),
)
"""The properties that the packet must have beside those that claim the standard."""
_CLICKED = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
_ACTIONS = frozenset({"/JavaScript", "/URI", "/GoTo", "/GoToR", "/Launch", "/SubmitForm", "/Named"})


def form(pdf: Pdf) -> Iterator[Remark]:
    """PDF 1.6, not encrypted, with an identifier of two parts."""
    if pdf.pdf_version > "1.6":
        yield Remark("file-form", f"the file is PDF {pdf.pdf_version}, and PDF/X-4 ends at 1.6")
    if pdf.is_encrypted:
        yield Remark("file-form", "the file is encrypted")
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield Remark("file-form", "the file has no identifier (ID)", "trailer")


def claim(pdf: Pdf) -> Iterator[Remark]:
    """The packet claims PDF/X-4."""
    found = _property(pdf, "pdfxid:GTS_PDFXVersion")
    if found != "PDF/X-4":
        yield Remark("claim-missing", f"the file claims {found or 'no standard'} and not PDF/X-4", "metadata")


def properties(pdf: Pdf) -> Iterator[Remark]:
    """The packet has every property that the standard asks for."""
    for name in REQUIRED:
        if not _property(pdf, name):
            yield Remark("property-missing", f"{name} is missing", "metadata")


def info(pdf: Pdf) -> Iterator[Remark]:
    """The Info dictionary repeats what the packet says."""
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        stated, packed = str(pdf.docinfo.get(key, "nothing")), _property(pdf, name)
        if _digits(stated) != _digits(packed):
            yield Remark("info-differs", f"{key[1:]} says {stated}, and {name} in the metadata {packed}", "Info")
    title = str(pdf.docinfo.get("/Title", ""))
    if not title or title not in _property(pdf, "dc:title"):
        yield Remark("info-differs", f"Title says “{title}”, and the metadata have another title", "Info")


def _digits(date: str) -> str:
    return re.sub(r"\D", "", date)


def trapped(pdf: Pdf) -> Iterator[Remark]:
    """Info and packet say the same of whether the file is trapped, and they do say it."""
    stated, packed = pdf.docinfo.get("/Trapped"), _property(pdf, "pdf:Trapped")
    if str(stated) not in {"/True", "/False"} or f"/{packed}" != str(stated):
        yield Remark("trapped-unknown", f"Trapped says {stated}, and the metadata “{packed}”", "Info")


def intent(pdf: Pdf) -> Iterator[Remark]:
    """One output intent, with the name of a printing condition in a registry that is named too."""
    intents = _intents(pdf)
    if len(intents) != 1:
        message = f"PDF/X-4 has one output intent, and here are {len(intents)}"
        yield Remark("output-intent", message, "catalog")
    for entry in intents:
        for key in ("/OutputConditionIdentifier", "/RegistryName"):
            if not entry.get(key):
                yield Remark("output-intent", f"the output intent has no {key[1:]}", "catalog")


def profile(pdf: Pdf) -> Iterator[Remark]:
    """The intent's profile is embedded, and by its header (ICC.1, 7.2) that of a printer with four inks."""
    for entry in _intents(pdf):
        found = entry.get("/DestOutputProfile")
        if not isinstance(found, Stream):
            yield Remark("output-profile", "the profile of the printing condition is not in the file", "output intent")
        elif found.get("/N") != 4 or not _is_printer(found.read_bytes()[:128]):
            yield Remark("output-profile", "the profile is not that of a printer with four inks", "output intent")


def _is_printer(header: bytes) -> bool:
    return len(header) == 128 and header[8] in {2, 4} and header[12:20] == b"prtrCMYK" and header[36:40] == b"acsp"


def boxes(pdf: Pdf) -> Iterator[Remark]:
    """TrimBox or ArtBox, not both; the trimmed page in the bleed, the bleed in the sheet."""
    for number, page in enumerate(pdf.pages, 1):
        place = f"page {number}"
        missing = [key for key in ("/TrimBox", "/BleedBox", "/MediaBox") if key not in page]
        if missing:
            yield Remark("page-boxes", f"{missing[0][1:]} is missing", place)
        elif "/ArtBox" in page:
            yield Remark("page-boxes", "there is an ArtBox beside the TrimBox", place)
        else:
            for outer, inner in _outside(page):
                yield Remark("page-boxes", f"{inner} lies beyond {outer}", place)


def _outside(page: Any) -> Iterator[tuple[str, str]]:
    """The names of boxes of which the second is not within the first."""
    found = {name: box(page[f"/{name}"]) for name in ("TrimBox", "BleedBox", "MediaBox")}
    found["CropBox"] = box(page.obj["/CropBox"]) if "/CropBox" in page.obj else found["MediaBox"]
    for outer, inner in (("BleedBox", "TrimBox"), ("MediaBox", "BleedBox"), ("CropBox", "BleedBox")):
        if not _holds(found[outer], found[inner]):
            yield outer, inner


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def interaction(pdf: Pdf) -> Iterator[Remark]:
    """No annotations, forms, actions, scripts, attachments or places to jump to."""
    for number, page in enumerate(pdf.pages, 1):
        for key in ("/Annots", "/AA"):
            if key in page:
                yield Remark("interaction", f"there is something to click on ({key[1:]})", f"page {number}")
    for key in _CLICKED:
        if key in pdf.Root:
            yield Remark("interaction", f"there is {key[1:]}, which paper cannot do", "catalog")
    if len(pdf.Root.get("/Names", Dictionary())):
        yield Remark("interaction", "there are names: attachments, scripts or places to jump to", "catalog")
    kinds = {str(entry.get("/S")) for entry in dictionaries(pdf)} & _ACTIONS
    for kind in sorted(kinds):
        yield Remark("interaction", f"there is an action of the kind {kind[1:]}")


def views(pdf: Pdf) -> Iterator[Remark]:
    """A viewer is told to show or print the sheet or the bleed, if anything."""
    wishes = pdf.Root.get("/ViewerPreferences", Dictionary())
    for key in ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip"):
        if wishes.get(key, Name.MediaBox) not in {Name.MediaBox, Name.BleedBox}:
            yield Remark("view-area", f"{key[1:]} is {wishes[key]}, neither the sheet nor the bleed", "catalog")


def _property(pdf: Pdf, name: str) -> str:
    """The text of a property of the packet; "" if there is none."""
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        return ""
    try:
        found = xml(stream.read_bytes()).find(f".//{name}", NAMESPACES)
    except Unreadable:
        return ""
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def _intents(pdf: Pdf) -> list[Any]:
    return [entry for entry in pdf.Root.get("/OutputIntents", []) if entry.get("/S") == Name.GTS_PDFX]
