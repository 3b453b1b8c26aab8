"""Reads a PDF for the press: what its pages draw in which inks, and what PDF/X-4 finds wrong with it.

The rules are those of ISO 15930-7 for a complete exchange that need no more than the file to decide, and two of the
house: nothing is see-through, and no colour is anything but ink. Shares no code with the writer.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, Pdf, Stream

Box = tuple[float, float, float, float]
Colour = tuple[str, tuple[float, ...]]
"""The name of a colour space and the parts of a colour: ("DeviceCMYK", (0, 0, 0, 1)) is pure black."""
Point = tuple[float, float]

INKS = frozenset({"DeviceCMYK", "DeviceGray"})
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
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
CLICKED = ("/OpenAction", "/AA", "/AcroForm", "/Collection")
SHORT = {"g": "DeviceGray", "k": "DeviceCMYK", "rg": "DeviceRGB"}
PAINTS = {"f": "fill", "F": "fill", "f*": "fill", "S": "stroke", "s": "stroke", "B": "fill", "b": "fill", "sh": "fill"}


@dataclass
class Drawing:
    """What the streams of a page do, all in all."""

    texts: list[Colour] = field(default_factory=list)
    fills: list[Colour] = field(default_factory=list)
    strokes: list[tuple[Colour, tuple[Point, ...]]] = field(default_factory=list)
    spaces: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Page:
    """The boxes of a page, in points from the corner of the sheet, and what is drawn on it."""

    media: Box
    bleed: Box
    trim: Box
    drawing: Drawing

    def marks(self) -> list[Point]:
        """The corners of all lines that are drawn on every plate."""
        return [point for (space, _), path in self.drawing.strokes if space == "Separation All" for point in path]


def pages(content: bytes) -> list[Page]:
    """The pages of a PDF."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [Page(_box(page.MediaBox), _box(page.BleedBox), _box(page.TrimBox), drawing(page)) for page in pdf.pages]


def images(content: bytes) -> list[str]:
    """The colour spaces of the images of a PDF."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return sorted(space_name(entry.get("/ColorSpace")) for entry in pdf.objects if _is_image(entry))


def drawing(page: Any) -> Drawing:
    """What a page draws, with the forms and patterns it uses."""
    found = Drawing()
    _Pen(found, page.get("/Resources", Dictionary())).follow(page)
    return found


class _Pen:
    """Follows a content stream and keeps the colours that are set."""

    def __init__(self, found: Drawing, resources: Any) -> None:
        self.found, self.resources = found, resources
        self.colours: dict[str, Colour] = dict.fromkeys(("fill", "stroke"), ("DeviceGray", (0.0,)))
        self.saved: list[dict[str, Colour]] = []
        self.path: list[Point] = []

    def follow(self, stream: Any) -> None:
        for instruction in pikepdf.parse_content_stream(stream):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.found.spaces.add(f"inline {instruction.iimage.colorspace}")
            else:
                self.obey(str(instruction.operator), list(instruction.operands))

    def obey(self, operator: str, operands: list[Any]) -> None:
        match operator:
            case "q":
                self.saved.append(dict(self.colours))
            case "Q":
                self.colours = self.saved.pop()
            case "g" | "k" | "rg" | "G" | "K" | "RG":
                self.set(operator, SHORT[operator.lower()], operands)
            case "cs" | "CS":
                self.set(operator, self.space(operands[0]), [])
            case "sc" | "scn" | "SC" | "SCN":
                self.set(operator, self.colours["fill" if operator.islower() else "stroke"][0], operands)
            case _:
                self.draw(operator, operands)

    def draw(self, operator: str, operands: list[Any]) -> None:
        if operator in {"m", "l", "c", "v", "y"}:
            numbers = [float(number) for number in operands]
            self.path += zip(numbers[::2], numbers[1::2], strict=True)
        elif operator in {"Tj", "TJ", "'", '"'}:
            self.found.texts.append(self.colours["fill"])
        elif operator == "Do":
            self.use(self.resources.XObject[operands[0]])
        elif operator == "n":
            self.path = []
        elif operator in PAINTS:
            self.paint(PAINTS[operator])

    def set(self, operator: str, space: str, operands: list[Any]) -> None:
        self.found.spaces.add(space)
        numbers = tuple(round(float(number), 4) for number in operands if not isinstance(number, Name))
        self.colours["fill" if operator.islower() else "stroke"] = (space, numbers)

    def space(self, name: Any) -> str:
        named = self.resources.get("/ColorSpace", Dictionary())
        return space_name(named.get(name, name))

    def paint(self, kind: str) -> None:
        if kind == "fill":
            self.found.fills.append(self.colours["fill"])
        else:
            self.found.strokes.append((self.colours["stroke"], tuple(self.path)))
        self.path = []

    def use(self, form: Any) -> None:
        if form.get("/Subtype") == Name.Form:
            pen = _Pen(self.found, form.get("/Resources", self.resources))
            pen.colours = dict(self.colours)
            pen.follow(form)


def space_name(space: Any) -> str:
    """The name of a colour space; of a Separation also that of its ink."""
    if not isinstance(space, Array):
        return str(space).removeprefix("/")
    kind = str(space[0]).removeprefix("/")
    return f"{kind} {str(space[1]).removeprefix('/')}" if kind == "Separation" else kind


def faults(content: bytes) -> set[str]:
    """The names of the rules that a file breaks; none, and it is a PDF/X-4 as far as can be told from the file."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        return {name for name, is_broken in RULES.items() if is_broken(pdf)}


def _file(pdf: Pdf) -> bool:
    return pdf.pdf_version > "1.6" or pdf.is_encrypted or len(pdf.trailer.get("/ID", [])) != 2


def _packet(pdf: Pdf) -> etree._Element | None:
    stream = pdf.Root.get("/Metadata")
    return None if stream is None else etree.fromstring(stream.read_bytes())


def _property(pdf: Pdf, name: str) -> str:
    packet = _packet(pdf)
    found = None if packet is None else packet.find(f".//{name}", NAMESPACES)
    return "" if found is None else "".join(map(str, found.itertext())).strip()


def _claim(pdf: Pdf) -> bool:
    return _property(pdf, "pdfxid:GTS_PDFXVersion") != "PDF/X-4"


def _properties(pdf: Pdf) -> bool:
    return not all(_property(pdf, name) for name in REQUIRED)


def _info(pdf: Pdf) -> bool:
    """The Info dictionary repeats what the packet says."""
    info = pdf.docinfo
    dates = {"/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate"}
    agree = all(_digits(info.get(key, "-")) == _digits(_property(pdf, name)) for key, name in dates.items())
    return not agree or not str(info.get("/Title", "")) or str(info.Title) not in _property(pdf, "dc:title")


def _digits(date: Any) -> str:
    return re.sub(r"\D", "", str(date))


def _trapped(pdf: Pdf) -> bool:
    trapped = pdf.docinfo.get("/Trapped")
    return trapped not in {Name("/True"), Name("/False")} or f"/{_property(pdf, 'pdf:Trapped')}" != str(trapped)


def _intents(pdf: Pdf) -> list[Any]:
    return [intent for intent in pdf.Root.get("/OutputIntents", []) if intent.get("/S") == Name.GTS_PDFX]


def _intent(pdf: Pdf) -> bool:
    """One output intent, with the name of a printing condition in a registry that is named too."""
    intents = _intents(pdf)
    return len(intents) != 1 or not all(intents[0].get(key) for key in ("/OutputConditionIdentifier", "/RegistryName"))


def _profile(pdf: Pdf) -> bool:
    """Its profile is embedded, and by its header (ICC.1, 7.2) that of a printer with four inks."""
    profiles = [intent.get("/DestOutputProfile") for intent in _intents(pdf)]
    return not all(isinstance(profile, Stream) and profile.N == 4 and _is_printer(profile) for profile in profiles)


def _is_printer(profile: Stream) -> bool:
    header = profile.read_bytes()[:128]
    return header[8] in {2, 4} and header[12:20] == b"prtrCMYK" and header[36:40] == b"acsp"


def _boxes(pdf: Pdf) -> bool:
    return any(_has_wrong_boxes(page) for page in pdf.pages)


def _has_wrong_boxes(page: Any) -> bool:
    """TrimBox or ArtBox, not both; the trimmed page in the bleed, the bleed in the sheet."""
    if "/TrimBox" not in page or "/ArtBox" in page or "/BleedBox" not in page or "/MediaBox" not in page:
        return True
    trim, bleed, media = _box(page.TrimBox), _box(page.BleedBox), _box(page.MediaBox)
    crop = _box(page.obj["/CropBox"]) if "/CropBox" in page.obj else media
    return not (_holds(bleed, trim) and _holds(media, bleed) and _holds(crop, bleed))


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _box(array: Any) -> Box:
    left, bottom, right, top = (float(number) for number in array)
    return left, bottom, right, top


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
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


def _is_image(entry: Any) -> bool:
    return isinstance(entry, Stream) and entry.get("/Subtype") == Name.Image


def _drawn_colours(pdf: Pdf) -> bool:
    """Pages, forms and patterns set no colours but inks."""
    spaces = {space for page in pdf.pages for space in drawing(page).spaces}
    for entry in pdf.objects:
        if isinstance(entry, Stream) and (entry.get("/Subtype") == Name.Form or "/PatternType" in entry):
            found = Drawing()
            _Pen(found, entry.get("/Resources", Dictionary())).follow(entry)
            spaces |= found.spaces
    return not all(space in INKS or space == "Separation All" for space in spaces)


def _named_colours(pdf: Pdf) -> bool:
    """Images, shadings and groups are in inks, and so is every colour space that resources name."""
    spaces: list[Any] = []
    for entry in _dictionaries(pdf):
        if _is_image(entry) or "/ShadingType" in entry:
            spaces.append(entry.get("/ColorSpace"))
        elif isinstance(entry.get("/ColorSpace"), Dictionary):
            spaces += entry.ColorSpace.values()
        if entry.get("/S") == Name.Transparency:
            spaces.append(entry.get("/CS"))
    return not all(_is_ink(space) for space in spaces if space is not None)


def _is_ink(space: Any) -> bool:
    if isinstance(space, Array):
        return space[0] == Name.Separation and _is_ink(space[2])
    return str(space).removeprefix("/") in INKS


def _fonts(pdf: Pdf) -> bool:
    """Every font is in the file."""
    programs = ("/FontFile", "/FontFile2", "/FontFile3")
    simple = [entry for entry in _dictionaries(pdf) if entry.get("/Type") == Name.Font and entry.Subtype != Name.Type0]
    return not simple or not all(any(key in font.get("/FontDescriptor", {}) for key in programs) for font in simple)


def _transparency(pdf: Pdf) -> bool:
    for entry in _dictionaries(pdf):
        opacities = (entry.get(key) for key in ("/ca", "/CA"))
        if any(value is not None and float(value) != 1 for value in opacities):
            return True
        if entry.get("/BM", Name.Normal) != Name.Normal or entry.get("/S") == Name.Transparency:
            return True
        if isinstance(entry.get("/SMask"), (Dictionary, Stream)) or entry.get("/SMaskInData", 0):
            return True
    return False


def _interaction(pdf: Pdf) -> bool:
    """No annotations, forms, actions, scripts, attachments or places to jump to."""
    names = pdf.Root.get("/Names", Dictionary())
    actions = (entry.get("/S") in {Name.JavaScript, Name.URI, Name.GoTo, Name.Launch} for entry in _dictionaries(pdf))
    annotated = any("/Annots" in page or "/AA" in page for page in pdf.pages)
    return annotated or any(key in pdf.Root for key in CLICKED) or len(names) > 0 or any(actions)


def _devices(pdf: Pdf) -> bool:
    """Nothing that speaks to one device alone or stands for something else: PostScript, OPI, transfer curves, LZW."""
    for entry in _dictionaries(pdf):
        filters = entry.get("/Filter", Array())
        names = [str(each) for each in filters] if isinstance(filters, Array) else [str(filters)]
        if (
            {"/LZWDecode", "/Crypt"} & set(names)
            or entry.get("/Subtype") == Name.PS
            or entry.get("/Subtype2") == Name.PS
        ):
            return True
        if any(key in entry for key in ("/OPI", "/TR", "/HTP", "/Alternates")):
            return True
        if entry.get("/TR2", Name.Default) != Name.Default or (entry.get("/Subtype") == Name.Form and "/Ref" in entry):
            return True
    return False


def _views(pdf: Pdf) -> bool:
    """A viewer is told to show or print the sheet or the bleed, if anything."""
    wishes = pdf.Root.get("/ViewerPreferences", Dictionary())
    keys = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
    return any(wishes.get(key, Name.MediaBox) not in {Name.MediaBox, Name.BleedBox} for key in keys)


RULES: dict[str, Callable[[Pdf], bool]] = {
    "file": _file,
    "claim": _claim,
    "properties": _properties,
    "info": _info,
    "trapped": _trapped,
    "intent": _intent,
    "profile": _profile,
    "boxes": _boxes,
    "drawn colours": _drawn_colours,
    "named colours": _named_colours,
    "fonts": _fonts,
    "transparency": _transparency,
    "interaction": _interaction,
    "devices": _devices,
    "views": _views,
}
