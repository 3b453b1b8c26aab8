"""What PDF/X-4 asks of the objects of a file: colours, fonts, transparency, and nothing for one device alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from communique.checks.file_by_file import Remark
from communique.checks.press_inks import EVERY_PLATE, Drawing, drawing, is_image

INKS = frozenset({"DeviceCMYK", "DeviceGray"})
MOST_INK = 3.3
"""How much ink FOGRA39 paper takes, 1 for a full layer (ISO 12647-2)."""
THINNEST = 0.25
"""Points of the thinnest line in one ink (PDF/X-Plus of the Ghent Workgroup)."""

_FONT_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary of the file, those within others too, and those of the streams."""
    for entry in (*pdf.objects, pdf.trailer):
        yield from _inside(entry)


def _inside(entry: Any) -> Iterator[Any]:
    if isinstance(entry, (Dictionary, Stream)):
        yield entry
        kids = [value for key, value in entry.items() if key != "/Parent"]
    elif isinstance(entry, Array):
        kids = list(entry)
    else:
        return
    for kid in kids:
        if isinstance(kid, (Dictionary, Array)) and not kid.is_indirect:
            yield from _inside(kid)


def drawn_colours(pdf: Pdf) -> Iterator[Remark]:
    """Pages, forms and patterns set no colours but inks, and no more ink than the paper takes."""
    for place, found in _drawings(pdf):
        for space in sorted(found.spaces):
            if space not in INKS and space != EVERY_PLATE:
                yield Remark("drawn-colour", f"a colour is set in {space}, which is no ink", place)
        for space, parts in sorted(found.colours()):
            if space == "DeviceCMYK" and sum(parts) > MOST_INK:
                percent = round(sum(parts) * 100)
                yield Remark("too-much-ink", f"a colour takes {percent} % of ink, more than {MOST_INK:.0%}", place)


def hairlines(pdf: Pdf) -> Iterator[Remark]:
    """No line is thinner than a plate can hold; one of the width 0 is as thin as the machine can make it."""
    for place, found in _drawings(pdf):
        if found.thinnest < THINNEST - 0.001:
            message = f"a line is {found.thinnest:.3g} points thick, and {THINNEST:g} is the least that prints"
            yield Remark("hairline", message, place)


def _drawings(pdf: Pdf) -> Iterator[tuple[str, Drawing]]:
    seen: set[int] = set()
    for number, page in enumerate(pdf.pages, 1):
        found = drawing(page)
        seen |= found.forms
        yield f"page {number}", found
    for entry in pdf.objects:
        drawn = isinstance(entry, Stream) and (entry.get("/Subtype") == Name.Form or "/PatternType" in entry)
        if drawn and entry.objgen[0] not in seen:
            yield f"object {entry.objgen[0]}", drawing(entry)


def named_colours(pdf: Pdf) -> Iterator[Remark]:
    """Images, shadings and groups are in inks, and so is every colour space that resources name."""
    for entry in dictionaries(pdf):
        spaces: list[Any] = []
        if is_image(entry) or "/ShadingType" in entry:
            spaces.append(entry.get("/ColorSpace"))
        elif isinstance(entry.get("/ColorSpace"), Dictionary):
            spaces += entry.ColorSpace.values()
        if entry.get("/S") == Name.Transparency:
            spaces.append(entry.get("/CS"))
        for space in spaces:
            if space is not None and not _is_ink(space):
                kind = space[0] if isinstance(space, Array) and len(space) else space
                yield Remark("named-colour", f"there is a colour space of the kind {kind}, no ink", _place(entry))


def _is_ink(space: Any) -> bool:
    if isinstance(space, Array):
        return len(space) > 2 and space[0] == Name.Separation and _is_ink(space[2])
    return str(space).removeprefix("/") in INKS


def fonts(pdf: Pdf) -> Iterator[Remark]:
    """Every font is in the file."""
    found = False
    for entry in dictionaries(pdf):
        if entry.get("/Type") == Name.Font and entry.get("/Subtype") != Name.Type0:
            found = True
            if not any(key in entry.get("/FontDescriptor", Dictionary()) for key in _FONT_PROGRAMS):
                name = str(entry.get("/BaseFont", "without a name")).removeprefix("/")
                yield Remark("font-not-embedded", f"the font {name} is not in the file", _place(entry))
    if not found:
        yield Remark("font-not-embedded", "the file has no font, so it has no words")


def transparency(pdf: Pdf) -> Iterator[Remark]:
    """Nothing shines through: no opacity, blend mode, soft mask or group."""
    for entry in dictionaries(pdf):
        for key in ("/ca", "/CA"):
            if key in entry and float(entry[key]) != 1:
                yield Remark("see-through", f"an opacity of {float(entry[key]):g} is set", _place(entry))
        if entry.get("/BM", Name.Normal) != Name.Normal:
            yield Remark("see-through", f"colours are blended ({entry['/BM']})", _place(entry))
        if entry.get("/S") == Name.Transparency:
            yield Remark("see-through", "there is a transparency group", _place(entry))
        if isinstance(entry.get("/SMask"), (Dictionary, Stream)) or entry.get("/SMaskInData", 0):
            yield Remark("see-through", "there is a soft mask", _place(entry))


def devices(pdf: Pdf) -> Iterator[Remark]:
    """Nothing that speaks to one device alone or stands for something else: PostScript, OPI, transfer curves, LZW."""
    for entry in dictionaries(pdf):
        for what in _of_devices(entry):
            yield Remark("device-dependence", f"there is {what}", _place(entry))


def _of_devices(entry: Any) -> Iterator[str]:
    filters = entry.get("/Filter", Array())
    names = {str(each) for each in filters} if isinstance(filters, Array) else {str(filters)}
    yield from (f"the filter {name[1:]}" for name in sorted({"/LZWDecode", "/Crypt"} & names))
    if Name.PS in {entry.get("/Subtype"), entry.get("/Subtype2")}:
        yield "PostScript"
    yield from (f"an entry {key[1:]}" for key in ("/OPI", "/TR", "/HTP", "/Alternates") if key in entry)
    if entry.get("/TR2", Name.Default) != Name.Default:
        yield "a transfer curve"
    if entry.get("/Subtype") == Name.Form and "/Ref" in entry:
        yield "a form that stands for a page of another file"


def _place(entry: Any) -> str:
    """The number of an object; "" where it stands within another."""
    number = entry.objgen[0]
    return f"object {number}" if number else ""
