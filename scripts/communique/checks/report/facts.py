"""What the outputs hold, as far as it decides which criteria of WCAG can apply: media, forms, pictures, and so on."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from lxml import etree, html

from communique.checks.publication import Publication
from communique.checks.report.front import parsed, part

FACTS = {
    "media": "sound or moving pictures",
    "pictures": "pictures",
    "forms": "forms or fields to fill in",
    "scripts": "scripts",
    "links": "links",
}
"""What may be in an output, in words."""

_HTML = {
    "media": "//audio|//video|//object|//embed|//iframe|//marquee|//blink|//canvas|//*[local-name()='animate']"
    "|//style[contains(., '@keyframes')]|//img[starts-with(@src, 'data:image/gif')]",
    "pictures": "//img|//*[local-name()='svg']|//picture|//input[@type='image']",
    "forms": "//form|//input|//select|//textarea|//button|//*[@contenteditable]",
    "scripts": "//script[not(@type) or not(contains(@type, 'json'))]|//@*[starts-with(name(), 'on')]",
    "links": "//a[@href]|//area[@href]",
}
_WORD = {
    "media": "//*[local-name()='control' or local-name()='videoFile' or local-name()='object']",
    "pictures": "//*[local-name()='drawing' or local-name()='pict']",
    "forms": "//*[local-name()='ffData' or local-name()='sdt']",
    "scripts": "//*[local-name()='macro']",
    "links": "//*[local-name()='hyperlink']",
}
_ANNOTATIONS = {
    "/Movie": "media",
    "/Screen": "media",
    "/Sound": "media",
    "/RichMedia": "media",
    "/3D": "media",
    "/Widget": "forms",
    "/Link": "links",
}
_LIVELY = {"/JavaScript": "scripts", "/Rendition": "media", "/Movie": "media", "/Sound": "media"}
_LIVELY_FILES = {".gif", ".mp3", ".mp4", ".m4a", ".m4v", ".ogg", ".opus", ".webm", ".smil"}
_BROKEN = (OSError, ValueError, LookupError, zipfile.BadZipFile, etree.LxmlError, NotImplementedError, RuntimeError)


def present(publication: Publication, formats: tuple[str, ...]) -> frozenset[str] | None:
    """The keys of FACTS that hold for any output in these formats; None where one of them cannot be read."""
    found: set[str] = set()
    try:
        for output in publication.outputs:
            if output.format in formats:
                found.update(_READERS[output.format](publication.path(output.name)))
    except (*_BROKEN, pikepdf.PdfError, TypeError, AttributeError):
        return None
    return frozenset(found)


def _matched(tree: etree._Element, tests: dict[str, str]) -> Iterator[str]:
    return (fact for fact, path in tests.items() if tree.xpath(path))


def _page(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    yield from _matched(
        html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", no_network=True)), _HTML
    )


def _book(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            suffix = posixpath.splitext(name)[1].lower()
            if suffix in {".xhtml", ".html", ".htm"}:
                yield from _page_of_book(part(package, name))
            elif suffix in _LIVELY_FILES or (suffix == ".css" and b"@keyframes" in part(package, name)):
                yield "media"
            elif suffix == ".js":
                yield "scripts"


def _page_of_book(content: bytes) -> Iterator[str]:
    tree = parsed(content)
    for element in tree.iter(etree.Element):
        element.tag = etree.QName(element).localname
    yield from _matched(tree, _HTML)


def _letter(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        if any(name.endswith("vbaProject.bin") for name in names):
            yield "scripts"
        for name in names:
            if name.startswith("word/") and name.endswith(".xml"):
                yield from _matched(parsed(part(package, name)), _WORD)


def _paper(path: Path) -> Iterator[str]:
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        fields = root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", pikepdf.Array())
        if len(fields):
            yield "forms"
        if "/JavaScript" in root.get("/Names", pikepdf.Dictionary()):
            yield "scripts"
        for page in pdf.pages:
            yield from _drawn(page.obj)
            for annotation in page.obj.get("/Annots", pikepdf.Array()):
                yield from _annotated(annotation)


def _annotated(annotation: pikepdf.Object) -> Iterator[str]:
    kind = _ANNOTATIONS.get(str(annotation.get("/Subtype", "")))
    if kind:
        yield kind
    action = annotation.get("/A")
    lively = _LIVELY.get(str(action.get("/S", ""))) if isinstance(action, pikepdf.Dictionary) else None
    if lively:
        yield lively


def _drawn(page: pikepdf.Object) -> Iterator[str]:
    resources = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    if any(str(each.get("/Subtype", "")) in {"/Image", "/Form"} for each in resources.as_dict().values()):
        yield "pictures"


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    "html": _page,
    "epub": _book,
    "docx": _letter,
    "pdf": _paper,
    "large": _paper,
    "print": _paper,
}
