"""The links inside an EPUB: container, manifest, spine, navigation, pages and style sheets (EPUB 3.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.links import addresses, images, pages, styles
from communique.checks.opening import Element, Package

_TYPE = "{http://www.idpf.org/2007/ops}type"
_PAGES = ("application/xhtml+xml", "image/svg+xml")
_OF_THE_PACKAGE = frozenset({"nav", "cover-image"})
_MIMETYPE = b"application/epub+zip"


def remarks(path: Path) -> Iterator[Remark]:
    """Everything that is wrong with the links of an EPUB."""
    with opening.package(path) as archive:
        yield from _container(archive)
        name = next((str(each.get("full-path")) for each in _roots(archive)), "")
        yield from _Book(archive, name, archive.xml(name)).remarks()


def _roots(archive: Package) -> Iterator[Element]:
    return archive.xml("META-INF/container.xml").iter("{*}rootfile")


def _container(archive: Package) -> Iterator[Remark]:
    """The archive as such: OCF 4.2 and 4.3."""
    if archive.names[:1] != ("mimetype",) or archive.read("mimetype") != _MIMETYPE:
        yield Remark("bad-mimetype", "the first file is not mimetype with application/epub+zip")
    for name in sorted({name for name in archive.names if archive.names.count(name) > 1}):
        yield Remark("duplicate-file", f"{name} is in the archive more than once")
    for root in _roots(archive):
        if root.get("full-path") not in archive.names:
            yield Remark("broken-link", f"{root.get('full-path')}: no such file", "META-INF/container.xml")


class _Book:
    """One package with its files."""

    def __init__(self, archive: Package, name: str, root: Element) -> None:
        self.archive, self.name, self.root = archive, name, root
        self.folder = posixpath.dirname(name)
        self.items = list(root.iter("{*}item"))
        self.types = {self.resolved(str(item.get("href"))): str(item.get("media-type")) for item in self.items}
        self.trees: dict[str, Element] = {}
        self.anchors: dict[str, set[str]] = {}

    def resolved(self, href: str, base: str = "") -> str:
        """The name in the archive that a relative address stands for; "" if it leads out of it."""
        name = posixpath.normpath(posixpath.join(base or self.folder, unquote(href.partition("#")[0])))
        return "" if name.startswith(("..", "/")) else name

    def remarks(self) -> Iterator[Remark]:
        """What is wrong, part by part."""
        yield from self._manifest()
        yield from self._refinements()
        yield from self._spine()
        for name, kind in self.types.items():
            if kind in _PAGES and name in self.archive.names:
                self.trees[name] = self.archive.xml(name)
                self.anchors[name] = set(pages.identifiers(self.trees[name]))
        for name, tree in self.trees.items():
            yield from pages.remarks(tree, self._site(name))
        yield from self._styles()
        yield from self._pictures()
        yield from self._unreached()
        yield from self._navigation()

    def _manifest(self) -> Iterator[Remark]:
        """Every entry once, every file there, every file listed."""
        for attribute in ("id", "href"):
            values = [str(item.get(attribute)) for item in self.items]
            for value in sorted({value for value in values if values.count(value) > 1}):
                yield Remark("duplicate-entry", f"{attribute}={value!r} stands twice in the manifest", self.name)
        for item in self.items:
            href = str(item.get("href"))
            if addresses.scheme(href) or href.startswith("//"):
                yield Remark("outside-resource", f"the manifest lists “{href}”, outside of the book", self.name)
            elif self.resolved(href) not in self.archive.names:
                yield Remark("missing-file", f"the manifest lists {href}: no such file", self.name)
        listed = {*self.types, self.name, "mimetype"}
        for name in self.archive.names:
            if name not in listed and not name.startswith("META-INF/"):
                yield Remark("not-listed", f"{name} is not in the manifest", self.name)

    def _refinements(self) -> Iterator[Remark]:
        """Metadata that say more about other metadata, and links of the package itself."""
        known = set(pages.identifiers(self.root))
        for element in self.root.iter("*"):
            refined = element.get("refines")
            if refined is not None and str(refined).removeprefix("#") not in known:
                yield Remark("broken-reference", f"refines={refined!r}: there is no such element", self.name)
        if str(self.root.get("unique-identifier")) not in known:
            yield Remark("broken-reference", "unique-identifier names no element", self.name)
        for link in self.root.iter("{*}link"):
            href = str(link.get("href", ""))
            if addresses.scheme(href):
                yield from addresses.remarks(href, self.name)
            elif not href.startswith("#") and self.resolved(href) not in self.archive.names:
                yield Remark("broken-link", f"link to {href}: no such file", self.name)

    def _spine(self) -> Iterator[Remark]:
        """Each entry of the spine is a page of the manifest, once."""
        kinds = {str(item.get("id")): str(item.get("media-type")) for item in self.items}
        named = [str(item.get("idref")) for item in self.root.iter("{*}itemref")]
        if not named:
            yield Remark("empty-spine", "the spine has no page", self.name)
        for name in dict.fromkeys(named):
            if name not in kinds:
                yield Remark(
                    "broken-reference", f"the spine names {name!r}, which the manifest does not list", self.name
                )
            elif kinds[name] not in _PAGES:
                yield Remark("broken-reference", f"the spine names {name!r}, which is no page", self.name)
            if named.count(name) > 1:
                yield Remark("duplicate-entry", f"the spine names {name!r} twice", self.name)
        for each in self.root.iter("{*}itemref"):
            if each.get("linear", "yes") != "yes":
                message = f"who reads on from page to page never comes to {each.get('idref')!r} (linear)"
                yield Remark("not-linear", message, self.name)

    def _site(self, name: str) -> pages.Site:
        base = posixpath.dirname(name)

        def fault(address: str) -> str:
            target, fragment = self.resolved(address, base), unquote(address.partition("#")[2])
            if not target:
                return "leads out of the book"
            if target not in self.archive.names:
                return "leads to no such file"
            known = self.anchors.get(target)
            return "leads to no such place" if fragment and (known is None or fragment not in known) else ""

        return pages.Site(lambda element: f"{name}:{element.sourceline or 0}", fault, fault)

    def _styles(self) -> Iterator[Remark]:
        for name, kind in self.types.items():
            if kind == "text/css" and name in self.archive.names:
                site = self._site(name)
                for address in styles.references(opening.text(self.archive.read(name))):
                    if addresses.scheme(address) or address.startswith("//") or site.resource(address):
                        reason = site.resource(address) if not addresses.scheme(address) else "lies outside the book"
                        yield Remark("outside-resource", f"“{address[:200]}” {reason}", name)

    def _pictures(self) -> Iterator[Remark]:
        """Every picture is whole."""
        for name, kind in self.types.items():
            is_there = kind in ("image/png", "image/jpeg") and name in self.archive.names
            if fault := images.fault_of_bytes(self.archive.read(name), kind) if is_there else "":
                yield Remark("picture-broken", f"the picture {name} {fault}", name)

    def _unreached(self) -> Iterator[Remark]:
        """Everything in the manifest is a page of the spine, or the package, a page or a style sheet uses it."""
        spine = {str(each.get("idref")) for each in self.root.iter("{*}itemref")}
        used = {target for name in self.types for target in self._used(name)}
        used |= {self.resolved(str(link.get("href", ""))) for link in self.root.iter("{*}link")}
        for item in self.items:
            name = self.resolved(str(item.get("href")))
            is_named = _OF_THE_PACKAGE & set(str(item.get("properties", "")).split())
            is_used = name in used and self.types[name] != _PAGES[0]
            if not (str(item.get("id")) in spine or is_named or is_used):
                yield Remark("not-reached", f"{name} is in the book, and no page leads to it", self.name)

    def _used(self, name: str) -> Iterator[str]:
        """What a file of the book loads."""
        base = posixpath.dirname(name)
        if name in self.trees:
            for element in self.trees[name].iter("*"):
                yield from (self.resolved(address, base) for address in pages.resources(element))
        elif self.types[name] == "text/css" and name in self.archive.names:
            css = opening.text(self.archive.read(name))
            yield from (self.resolved(address, base) for address in styles.references(css))

    def _navigation(self) -> Iterator[Remark]:
        """There is one navigation document with a table of contents, and each of its entries leads into the spine."""
        named = [item for item in self.items if "nav" in str(item.get("properties", "")).split()]
        if len(named) != 1:
            yield Remark("no-navigation", f"{len(named)} navigation documents where there should be one", self.name)
            return
        name = self.resolved(str(named[0].get("href")))
        tree = self.trees.get(name)
        if tree is None:
            return
        by_id = {str(item.get("id")): self.resolved(str(item.get("href"))) for item in self.items}
        spine = {by_id.get(str(item.get("idref")), "") for item in self.root.iter("{*}itemref")}
        lists = [nav for nav in tree.iter("{*}nav") if "toc" in str(nav.get(_TYPE, "")).split()]
        if len(lists) != 1 or not any(True for _ in lists[0].iter("{*}a")):
            yield Remark("no-navigation", "there is no table of contents with entries", name)
        for link in (link for nav in tree.iter("{*}nav") for link in nav.iter("{*}a")):
            target = self.resolved(str(link.get("href", "")), posixpath.dirname(name))
            if target in self.archive.names and target not in spine:
                yield Remark("broken-link", f"{link.get('href')} is not in the spine", f"{name}:{link.sourceline or 0}")
