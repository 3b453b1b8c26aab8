"""What a book really holds, as far as it bears on accessibility: pictures, headings, page breaks, movement, sound."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from communique.checks.opening import Element, Package

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XHTML = "application/xhtml+xml"
_SVG = "image/svg+xml"
_HEADING = re.compile(r"h[1-6]")
_SILENT = frozenset({"presentation", "none"})
_MOVING_CSS = re.compile(rb"@keyframes|\banimation(-[a-z]+)*\s*:|\btransition(-[a-z]+)*\s*:", re.IGNORECASE)
_ANIMATION = frozenset({"animate", "animatemotion", "animatetransform", "set", "marquee", "blink", "canvas"})


def local_name(element: Element) -> str:
    """The name of an element without its namespace, in small letters; "" for a comment."""
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def roles(element: Element) -> set[str]:
    """What an element is, by WAI-ARIA and by the structural semantics of EPUB, without "doc-"."""
    said = f"{element.get('role', '')} {element.get(EPUB_TYPE, '')}".split()
    return {role.removeprefix("doc-") for role in said}


@dataclass(frozen=True)
class Picture:
    """A picture of a page: what it is called, None if nobody said; `is_cover` if it only shows the title."""

    page: str
    source: str
    alternative: str | None
    is_cover: bool

    @property
    def is_decorative(self) -> bool:
        """Whether the page says that there is nothing to see."""
        return self.alternative == ""


class Book:
    """The package document and the pages of a book."""

    def __init__(self, archive: Package) -> None:
        self._archive = archive
        container = archive.xml("META-INF/container.xml")
        self.name = next((str(each.get("full-path")) for each in container.iter("{*}rootfile")), "")
        self.package = archive.xml(self.name)
        folder = posixpath.dirname(self.name)
        items = list(self.package.iter("{*}item"))
        self.types = {self._resolved(folder, item): str(item.get("media-type", "")) for item in items}
        self._by_id = {str(item.get("id")): self._resolved(folder, item) for item in items}
        self._navigation = [
            self._resolved(folder, item) for item in items if "nav" in str(item.get("properties", "")).split()
        ]

    @staticmethod
    def _resolved(folder: str, item: Element) -> str:
        return posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href", "")))))

    def metas(self, name: str) -> list[Element]:
        """The metadata of a property that speak of the book as a whole."""
        return [each for each in self.package.iter("{*}meta") if each.get("property") == name]

    def values(self, name: str) -> list[str]:
        """The values of a property."""
        return ["".join(map(str, each.itertext())).strip() for each in self.metas(name)]

    def linked(self, relation: str) -> list[str]:
        """The addresses of the links of a relation."""
        return [str(link.get("href")) for link in self.package.iter("{*}link") if link.get("rel") == relation]

    @cached_property
    def pages(self) -> dict[str, Element]:
        """The pages in the order of the spine."""
        named = [self._by_id.get(str(item.get("idref")), "") for item in self.package.iter("{*}itemref")]
        wanted = [name for name in dict.fromkeys(named) if self.types.get(name) in (_XHTML, _SVG)]
        return {name: self._archive.xml(name) for name in wanted}

    @cached_property
    def navigation(self) -> list[Element]:
        """The lists of the navigation document."""
        names = [name for name in self._navigation if name in self._archive.names]
        return [nav for name in names for nav in self._archive.xml(name).iter("{*}nav")]

    def has_list(self, kind: str) -> bool:
        """Whether the navigation document has a list of a kind with entries."""
        lists = [nav for nav in self.navigation if kind in str(nav.get(EPUB_TYPE, "")).split()]
        return any(str(link.get("href", "")) for nav in lists for link in nav.iter("{*}a"))

    def elements(self, *names: str) -> Iterator[Element]:
        """All elements of certain names on all pages."""
        return (each for page in self.pages.values() for each in page.iter("*") if local_name(each) in names)

    def has_role(self, role: str) -> bool:
        """Whether an element of the pages has a role, in WAI-ARIA or in EPUB's semantics."""
        return any(role in roles(each) for page in self.pages.values() for each in page.iter("*"))

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture on the pages."""
        found = []
        for name, page in self.pages.items():
            for each in page.iter("*"):
                if local_name(each) in ("img", "svg", "object") or each.get("role") == "img":
                    source = str(each.get("src", each.get("data", local_name(each))))
                    found.append(Picture(name, source, _alternative(each), "cover" in roles(each)))
        return tuple(found)

    @cached_property
    def shown(self) -> tuple[Picture, ...]:
        """The pictures that have something to say, without the cover, which says the title."""
        return tuple(each for each in self.pictures if not each.is_decorative and not each.is_cover)

    @cached_property
    def undescribed(self) -> tuple[Picture, ...]:
        """The pictures of which nobody said what they show."""
        return tuple(each for each in self.pictures if each.alternative is None or each.alternative.isspace())

    @cached_property
    def levels(self) -> list[int]:
        """The levels of the headings, in reading order."""
        return [
            int(local_name(each)[1])
            for page in self.pages.values()
            for each in page.iter("*")
            if _HEADING.fullmatch(local_name(each))
        ]

    @cached_property
    def has_text(self) -> bool:
        """Whether there are words on the pages."""
        bodies = (body for page in self.pages.values() for body in page.iter("{*}body"))
        return any("".join(map(str, body.itertext())).strip() for body in bodies)

    @cached_property
    def has_sound(self) -> bool:
        """Whether there is sound."""
        return any(True for _ in self.elements("audio", "video")) or self._has_type("audio/", "video/", "smil")

    @cached_property
    def movement(self) -> str:
        """What moves by itself, "" if nothing does."""
        if any(True for _ in self.elements("video")) or self._has_type("video/"):
            return "a video"
        if any(True for _ in self.elements("script", "iframe", "embed")) or self._has_type("javascript"):
            return "a script"
        if (moving := next(self.elements(*_ANIMATION), None)) is not None:
            return f"<{local_name(moving)}>"
        for name, kind in self.types.items():
            if name in self._archive.names and (what := _moves(self._archive.read(name), kind)):
                return f"{what} ({name})"
        return ""

    @property
    def is_fixed(self) -> bool:
        """Whether the pages keep their layout whatever the reader needs."""
        kinds = [str(item.get("properties", "")) for item in self.package.iter("{*}itemref")]
        fixed = any("rendition:layout-pre-paginated" in kind for kind in kinds)
        return fixed or "pre-paginated" in self.values("rendition:layout") or _SVG in map(self.types.get, self.pages)

    @property
    def is_locked(self) -> bool:
        """Whether something in the book is encrypted."""
        return "META-INF/encryption.xml" in self._archive.names or "META-INF/rights.xml" in self._archive.names

    def _has_type(self, *parts: str) -> bool:
        return any(part in kind for kind in self.types.values() for part in parts)


def _alternative(element: Element) -> str | None:
    """What a picture is called: its alt, its label, or the title inside an SVG; None if nothing."""
    if element.get("role") in _SILENT or element.get("aria-hidden") == "true":
        return ""
    for name in ("alt", "aria-label", "aria-labelledby"):
        value = element.get(name)
        if value is not None:
            return str(value)
    title = element.find("{http://www.w3.org/2000/svg}title")
    return None if title is None else (title.text or None)


def _moves(content: bytes, kind: str) -> str:
    """What moves in a file of a book: an animated picture, or a style."""
    if kind == "image/gif" and _frames(content) > 1:
        return "an animated GIF"
    if kind in ("image/png", "image/apng") and b"acTL" in content.partition(b"IDAT")[0]:
        return "an animated PNG"
    if kind == "image/webp" and b"ANIM" in content[:64]:
        return "an animated WebP"
    if kind == _SVG and re.search(rb"<(\w+:)?(animate\w*|set|script)\b", content):
        return "an animated SVG"
    return "an animated style" if kind == "text/css" and _MOVING_CSS.search(content) else ""


def _frames(gif: bytes) -> int:
    """The number of pictures in a GIF (GIF89a, appendix A), as far as it can be read."""
    count, at = 0, 13 + _colours(gif, 10)
    while at < len(gif) and gif[at] in (0x21, 0x2C):
        if gif[at] == 0x2C:
            count += 1
            at += 11 + _colours(gif, at + 9)
        else:
            at += 2
        while at < len(gif) and gif[at]:
            at += gif[at] + 1
        at += 1
    return count


def _colours(gif: bytes, at: int) -> int:
    """The bytes of the table of colours that the flags at a place announce."""
    flags = gif[at] if at < len(gif) else 0
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0
