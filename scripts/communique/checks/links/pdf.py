"""The links inside a PDF: annotations, named destinations, outline, and nothing that runs (ISO 32000-2, 12)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.links import addresses

_HARMLESS = {Name.URI, Name.GoTo}
_DEEPEST = 64
_MOST = 100_000


def remarks(path: Path) -> Iterator[Remark]:
    """Everything that is wrong with the links of a PDF."""
    with opening.pdf(path) as pdf:
        book = _Book(pdf)
        if not book.pages:
            yield Remark("no-pages", "there are no pages")
        yield from book.names_twice()
        for name, target in book.named.items():
            yield from book.destination(target, f"destination {name}")
        for number, page in enumerate(pdf.pages, 1):
            yield from book.annotations(page, f"page {number}")
        yield from book.outline()
        yield from book.actions()


class _Book:
    """A PDF with its pages and its named destinations."""

    def __init__(self, pdf: Pdf) -> None:
        self.root: Any = pdf.Root
        self.pages = {page.objgen for page in pdf.pages}
        entries = list(_names(self.root.get("/Names", Dictionary()).get("/Dests")))
        old = self.root.get("/Dests")
        entries += [(str(key)[1:], value) for key, value in old.items()] if isinstance(old, Dictionary) else []
        self.spelled = [name for name, _ in entries]
        self.named = dict(entries)

    def names_twice(self) -> Iterator[Remark]:
        """Each name is given once."""
        for name in sorted({name for name in self.spelled if self.spelled.count(name) > 1}):
            yield Remark("duplicate-identifier", f"the destination {name!r} is given twice")

    def destination(self, target: Any, place: str, words: str = "") -> Iterator[Remark]:
        """What is wrong with a destination, explicit or by its name."""
        said = f"“{words}” leads to" if words else "leads to"
        if isinstance(target, Dictionary) and "/D" in target:
            target = target["/D"]
        if isinstance(target, (String, Name)):
            name = str(target).removeprefix("/") if isinstance(target, Name) else str(target)
            if name not in self.named:
                yield Remark("broken-link", f"{said} {name!r}, and there is no such destination", place)
        elif not isinstance(target, Array) or not len(target) or not isinstance(target[0], Dictionary):
            yield Remark("broken-link", f"{said} no page", place)
        elif target[0].get("/Type") == Name.Page and target[0].objgen not in self.pages:
            yield Remark("broken-link", f"{said} a page that is not in the document", place)
        elif target[0].get("/Type") not in (Name.Page, Name.StructElem) and "/S" not in target[0]:
            yield Remark("broken-link", f"{said} something that is no page", place)

    def annotations(self, page: Any, place: str) -> Iterator[Remark]:
        """What is wrong with the links of a page."""
        for annotation in page.get("/Annots", []):
            if not isinstance(annotation, Dictionary):
                yield Remark("broken-link", "an annotation is missing", place)
                continue
            words, kind = str(annotation.get("/Contents", "")), annotation.get("/Subtype")
            if kind != Name.Link:
                yield Remark("active-content", f"an annotation of the kind {kind} has no place in a statement", place)
            elif "/A" in annotation:
                yield from self.action(annotation["/A"], place, words)
            elif "/Dest" in annotation:
                yield from self.destination(annotation["/Dest"], place, words)
            else:
                yield Remark("dead-link", f"“{words}” is marked as a link and leads nowhere", place)
            if "/AA" in annotation:
                yield Remark("active-content", f"“{words}” runs something by itself", place)

    def action(self, action: Any, place: str, words: str) -> Iterator[Remark]:
        """What is wrong with an action: it leads to an address or a place, and nothing else."""
        kind = action.get("/S") if isinstance(action, Dictionary) else None
        if kind not in _HARMLESS:
            yield Remark("active-content", f"“{words}” starts an action of the kind {kind}", place)
        elif kind == Name.URI:
            yield from addresses.remarks(str(action.get("/URI", "")), place)
        else:
            yield from self.destination(action.get("/D"), place, words)
            for target in action.get("/SD", [])[:1] if isinstance(action.get("/SD"), Array) else ():
                if not isinstance(target, Dictionary) or "/S" not in target:
                    yield Remark("broken-link", f"“{words}” names no structure element", place)
        if isinstance(action, Dictionary) and "/Next" in action:
            yield Remark("active-content", f"“{words}” starts more than one action", place)

    def outline(self) -> Iterator[Remark]:
        """Every entry of the outline has a title and a place to lead to."""
        outlines = self.root.get("/Outlines")
        waiting = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
        seen: set[Any] = set()
        while waiting and len(seen) < _MOST:
            item = waiting.pop()
            if not isinstance(item, Dictionary):
                continue
            if item.objgen in seen:
                yield Remark("broken-link", "the outline runs in a circle", "outline")
                continue
            seen.add(item.objgen)
            title = str(item.get("/Title", ""))
            if not title.strip():
                yield Remark("dead-link", "an entry of the outline has no title", "outline")
            if "/A" in item:
                yield from self.action(item["/A"], "outline", title)
            elif "/Dest" in item:
                yield from self.destination(item["/Dest"], "outline", title)
            else:
                yield Remark("dead-link", f"“{title}” leads nowhere", "outline")
            waiting += [item.get("/Next"), item.get("/First")]

    def actions(self) -> Iterator[Remark]:
        """A PDF does nothing by itself when it is opened."""
        for key in ("/OpenAction", "/AA"):
            if key in self.root and not isinstance(self.root[key], Array):
                yield Remark("active-content", f"the document does something by itself ({key})")
        if "/JavaScript" in self.root.get("/Names", Dictionary()):
            yield Remark("active-content", "the document carries scripts")
        if "/AcroForm" in self.root:
            yield Remark("active-content", "the document carries a form")


def _names(node: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
    """The entries of a name tree (ISO 32000-2, 7.9.6)."""
    if not isinstance(node, Dictionary) or depth > _DEEPEST:
        return
    pairs = list(node.get("/Names", []))
    yield from ((str(name), value) for name, value in zip(pairs[::2], pairs[1::2], strict=False))
    for kid in node.get("/Kids", []):
        yield from _names(kid, depth + 1)
