"""The checks of the press edition find each fault they have a rule for, put in on purpose, and none in good files.

`broken/output-profile.print.pdf` is the press edition of `samples.statement()` without the profile of its paper.
"""

from __future__ import annotations

import io
import re
import shutil
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import ImageCms

import samples
from communique import templates
from communique.checks.check import judge
from communique.checks.press import CHECKS
from communique.checks.publication import Publication
from communique.checks.verdict import Result, Verdict
from communique.doctor import places
from communique.document import annotate
from communique.writers import paper, press
from press_pages import document, faults, printed

BROKEN = Path(__file__).parent / "broken" / "output-profile.print.pdf"
BY_RULES, BY_GHOSTSCRIPT = CHECKS


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


def thin_state(pdf: Pdf) -> None:
    resources(pdf).ExtGState["/Thin"] = Dictionary(LW=0.1)
    redrawn(pdf, b"/Thin gs 0 0 m 9 9 l S")


MODULES = ("press_rules", "press_objects")
Fault = Callable[[Pdf], Any]
MUTATIONS: dict[str, tuple[str, Fault]] = {
    "no claim": ("claim-missing", lambda pdf: packet_without(pdf, b"<pdfxid:.*?</pdfxid:GTS_PDFXVersion>")),
    "another claim": ("claim-missing", lambda pdf: packet_without(pdf, b">PDF/X-4<", b">PDF/X-3:2003<")),
    "no version": ("property-missing", lambda pdf: packet_without(pdf, b"<xmpMM:VersionID>.*?</xmpMM:VersionID>")),
    "no document": ("property-missing", lambda pdf: packet_without(pdf, b"<xmpMM:DocumentID>.*?</xmpMM:DocumentID>")),
    "another date": ("info-differs", lambda pdf: pdf.docinfo.__setitem__("/ModDate", "D:19990101")),
    "another title": ("info-differs", lambda pdf: pdf.docinfo.__setitem__("/Title", "Another")),
    "not trapped": ("trapped-unknown", lambda pdf: pdf.docinfo.__delitem__("/Trapped")),
    "trapped or not": ("trapped-unknown", lambda pdf: pdf.docinfo.__setitem__("/Trapped", Name.True_)),
    "no intent": ("output-intent", lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "no condition": ("output-intent", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/OutputConditionIdentifier")),
    "no profile": ("output-profile", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
    "RGB profile": ("output-profile", rgb_profile),
    "no TrimBox": ("page-boxes", lambda pdf: pdf.pages[1].__delitem__("/TrimBox")),
    "ArtBox": ("page-boxes", lambda pdf: pdf.pages[0].__setitem__("/ArtBox", Array([50, 50, 99, 99]))),
    "bleed inside": ("page-boxes", lambda pdf: pdf.pages[0].__setitem__("/BleedBox", Array([50, 50, 99, 99]))),
    "bleed off the sheet": ("page-boxes", lambda pdf: pdf.pages[0].__setitem__("/BleedBox", Array([-5, 0, 999, 999]))),
    "rg": ("drawn-colour", lambda pdf: redrawn(pdf, b"1 0 0 rg 0 0 9 9 re f")),
    "RG": ("drawn-colour", lambda pdf: redrawn(pdf, b"1 0 0 RG 0 0 m 9 9 l S")),
    "too much ink": ("too-much-ink", lambda pdf: redrawn(pdf, b"1 1 .9 .9 k 0 0 9 9 re f")),
    "RGB by name": ("drawn-colour", lambda pdf: redrawn(pdf, b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f")),
    "RGB inline image": (
        "drawn-colour",
        lambda pdf: redrawn(pdf, b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
    ),
    "RGB in a form": ("drawn-colour", rgb_form),
    "RGB image": ("named-colour", lambda pdf: first_image(pdf).__setitem__("/ColorSpace", Name.DeviceRGB)),
    "Lab": ("named-colour", lambda pdf: resources(pdf).ColorSpace.__setitem__("/L", Array([Name.Lab, Dictionary()]))),
    "spot of RGB": (
        "named-colour",
        lambda pdf: resources(pdf).ColorSpace.All.__setitem__(2, Name.DeviceRGB),
    ),
    "hairline": ("hairline", lambda pdf: redrawn(pdf, b".02 w 0 0 m 99 99 l S")),
    "line as thin as can be": ("hairline", lambda pdf: redrawn(pdf, b"0 w 0 0 9 9 re S")),
    "line made thin by the scale": ("hairline", lambda pdf: redrawn(pdf, b"q .1 0 0 .1 0 0 cm 1 w 0 0 m 9 9 l S Q")),
    "line made thin by a state": ("hairline", thin_state),
    "font not embedded": ("font-not-embedded", unembedded),
    "opacity": ("see-through", lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(ca=0.5))),
    "blend mode": (
        "see-through",
        lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(BM=Name.Multiply)),
    ),
    "soft mask": ("see-through", lambda pdf: first_image(pdf).__setitem__("/SMask", pdf.make_stream(b""))),
    "link": ("interaction", link),
    "script": (
        "interaction",
        lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS="app.beep()")),
    ),
    "place to jump to": ("interaction", lambda pdf: pdf.Root.__setitem__("/Names", Dictionary(Dests=Dictionary()))),
    "transfer curve": (
        "device-dependence",
        lambda pdf: resources(pdf).ExtGState.__setitem__("/X", Dictionary(TR=Name.Identity)),
    ),
    "PostScript": (
        "device-dependence",
        lambda pdf: resources(pdf).XObject.__setitem__("/X", pdf.make_stream(b"", Subtype=Name.PS)),
    ),
    "other image": ("device-dependence", lambda pdf: first_image(pdf).__setitem__("/Alternates", Array())),
    "print area": (
        "view-area",
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
    assert "file-form" in faults(newer.getvalue()) & faults(locked.getvalue())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.6", b"GIF89a", printed("real")[:9000]])
def test_what_is_no_pdf_is_no_pdf_for_the_press(content: bytes, tmp_path: Path) -> None:
    assert found(judged(BY_RULES, [publication(tmp_path, {"x.print.pdf": content})]))["x.print.pdf"]


def test_every_rule_has_a_fault() -> None:
    tried = {rule for rule, _ in MUTATIONS.values()} | {"file-form"}
    sources = (Path(templates.__file__).parent / "checks" / f"{name}.py" for name in MODULES)
    assert tried == {rule for file in sources for rule in re.findall(r'Remark\(\s*"([a-z-]+)"', file.read_text())}


def test_the_pdf_for_the_screen_is_none_for_the_press() -> None:
    (content,) = paper.write_all(document("sink")).values()
    expected = {"file-form", "claim-missing", "output-intent", "trapped-unknown", "drawn-colour", "interaction"}
    assert faults(content) >= expected


def test_a_form_that_draws_itself_ends() -> None:
    with Pdf.open(io.BytesIO(printed("real"))) as pdf:
        form = pdf.make_stream(b"/Fm Do", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        form.Resources = Dictionary(XObject=Dictionary(Fm=form))
        pdf.pages[0].Resources.XObject = Dictionary(Fm=form)
        redrawn(pdf, b"/Fm Do")
        buffer = io.BytesIO()
        pdf.save(buffer)
    with pytest.raises(ValueError, match="draws itself"):
        faults(buffer.getvalue())


# The checks


def publication(folder: Path, files: dict[str, bytes]) -> Publication:
    """A statement called "x", with files."""
    (folder / "x").mkdir(parents=True)
    for name, content in files.items():
        (folder / "x" / name).write_bytes(content)
    return Publication("x", folder / "x", None)


def judged(check: Any, publications: Sequence[Publication]) -> list[Result]:
    """The results of one check."""
    return judge({check.name: check}, publications, places(), lambda _: None)


def found(results: list[Result]) -> dict[str, set[str]]:
    """The rules that each file breaks; each of them has a verdict."""
    assert not [result.unchecked for result in results if result.unchecked]
    return {result.path: {finding.rule for finding in result.findings} for result in results}


def every(built: Path) -> list[Publication]:
    return [Publication(folder.name, folder, None) for folder in sorted(built.iterdir()) if folder.is_dir()]


def test_every_press_edition_is_clean(built: Path) -> None:
    results = judged(BY_RULES, every(built))
    assert len(results) > 2
    assert {name: rules for name, rules in found(results).items() if rules} == {}


def test_a_press_edition_without_its_profile_is_rejected_for_that_alone(tmp_path: Path) -> None:
    with Pdf.open(BROKEN) as pdf:
        profile = (templates.root() / "colour" / "FOGRA39L_coated.icc").read_bytes()
        pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(profile, N=4)
        mended = io.BytesIO()
        pdf.save(mended)
    files = {
        "x.print.pdf": BROKEN.read_bytes(),
        "x.fr.print.pdf": mended.getvalue(),
        "x.de.print.pdf": press.write(annotate(samples.statement())),
    }
    expected = {"x.print.pdf": {"output-profile"}, "x.fr.print.pdf": set(), "x.de.print.pdf": set()}
    assert found(judged(BY_RULES, [publication(tmp_path, files)])) == expected


def test_a_file_that_breaks_a_rule_in_two_is_unchecked_and_the_next_is_judged(tmp_path: Path) -> None:
    with Pdf.open(io.BytesIO(printed("real"))) as pdf:
        pdf.pages[0].TrimBox = Array([0, 0, Name.Wide, 9])
        buffer = io.BytesIO()
        pdf.save(buffer)
    files = {"x.fr.print.pdf": buffer.getvalue(), "x.print.pdf": printed("real")}
    first, second = judged(BY_RULES, [publication(tmp_path, files)])
    assert "cannot be read to its end" in first.unchecked
    assert second.verdict is Verdict.PASSED


@pytest.mark.judge
def test_ghostscript_draws_every_press_edition(built: Path) -> None:
    results = judged(BY_GHOSTSCRIPT, every(built))
    assert len(results) > 2
    assert set().union(*found(results).values()) == set()


@pytest.mark.judge
def test_ghostscript_says_which_file_and_which_page_it_cannot_draw(tmp_path: Path) -> None:
    with Pdf.open(io.BytesIO(printed("real"))) as pdf:
        pdf.pages[1].Contents = pdf.make_stream(b"0 0 0 1 k 50 50 9 9 re f")
        unmarked, torn = io.BytesIO(), printed("real")[:3000]
        pdf.save(unmarked)
    files = {"x.de.print.pdf": unmarked.getvalue(), "x.en.print.pdf": printed("real"), "x.fr.print.pdf": torn}
    results = judged(BY_GHOSTSCRIPT, [publication(tmp_path, files)])
    assert list(found(results).values()) == [{"plate-without-marks"}, set(), {"page-not-drawn"}]
    assert {finding.location for finding in results[0].findings} == {"page 2"}


@pytest.mark.parametrize("says", ["exit 3", "echo garbage", "kill -9 $$", "echo ' 0.1 0.1 0.1 0.1 CMYK OK'", "exit 0"])
def test_ghostscript_that_fails_leaves_the_file_unchecked(
    says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\n{says}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    (result,) = judged(BY_GHOSTSCRIPT, [publication(tmp_path, {"x.print.pdf": printed("sink")})])
    assert "Ghostscript" in result.unchecked


def test_without_ghostscript_nothing_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shutil.which("gs") is None
    (result,) = judged(BY_GHOSTSCRIPT, [publication(tmp_path, {"x.print.pdf": printed("real")})])
    assert "Ghostscript is not installed" in result.unchecked
