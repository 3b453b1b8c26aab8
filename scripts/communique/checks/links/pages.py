"""The links of one page, HTML or XHTML: identifiers, what refers to them, addresses, and what the page loads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from communique.checks.file_by_file import Remark
from communique.checks.links import addresses, images, styles
from communique.checks.opening import Element

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_XLINK = "{http://www.w3.org/1999/xlink}href"
# Attributes that name one or more elements of the same page (WAI-ARIA 1.2, 6.6; HTML).
_NAMES = (
    *("aria-labelledby", "aria-describedby", "aria-details", "aria-controls", "aria-flowto", "aria-owns"),
    *("aria-errormessage", "aria-activedescendant", "for", "headers", "list", "form", "popovertarget"),
)
# Attributes by which a page loads something: what they name is shown or run, not led to.
_LOADED = ("src", "srcset", "poster", "data", "background", "manifest", "code", "archive", "ping", "imagesrcset")
_RUNNING = ("script", "iframe", "frame", "object", "embed", "applet", "base")
_DATA = re.compile(r"data:(?P<type>[a-z]+/[a-z0-9.+-]+)[;,]", re.IGNORECASE)


@dataclass(frozen=True)
class Site:
    """What lies around a page. `target` says what is wrong with a relative link, "" if it has its target.

    `resource` does so for what a page loads.
    """

    location: Callable[[Element], str]
    target: Callable[[str], str]
    resource: Callable[[str], str]


def local_name(element: Element) -> str:
    """The name of an element without its namespace; "" for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def identifiers(root: Element) -> list[str]:
    """The identifiers of a page, each as often as it is given."""
    return [str(element.get("id")) for element in root.iter("*") if element.get("id") is not None]


def remarks(root: Element, site: Site) -> Iterator[Remark]:
    """Everything that is wrong with the links of a page."""
    yield from _doubles(root, site)
    known = set(identifiers(root))
    for element in root.iter("*"):
        place = site.location(element)
        for name in _NAMES:
            for wanted in str(element.get(name, "")).split():
                if wanted not in known:
                    message = f'{local_name(element)} {name}="{wanted}": there is no such element'
                    yield Remark("broken-reference", message, place)
        yield from _link(element, known, site)
        yield from _loaded(element, site)
    yield from _ways_back(root, site)


def _ways_back(root: Element, site: Site) -> Iterator[Remark]:
    """Each link from a note back to the text leads to a reference to that very note (DPUB-ARIA, doc-backlink)."""
    marks = {str(each.get("id")): str(each.get("href", "")) for each in root.iter("{*}a") if _is(each, "noteref")}
    for link in (each for each in root.iter("{*}a") if _is(each, "backlink")):
        note = marks.get(str(link.get("href", "")).removeprefix("#"), "")
        if note.removeprefix("#") not in {each.get("id") for each in link.iterancestors()}:
            message = f"“{_words(link)}” leads back to {link.get('href')}, which is no reference to its note"
            yield Remark("wrong-backlink", message, site.location(link))


def _is(link: Element, role: str) -> bool:
    return f"doc-{role}" in str(link.get("role", "")).split() or role in str(link.get(_EPUB_TYPE, "")).split()


def _doubles(root: Element, site: Site) -> Iterator[Remark]:
    seen: set[str] = set()
    for element in root.iter("*"):
        identifier = element.get("id")
        if identifier is not None and (not identifier or re.search(r"\s", str(identifier))):
            yield Remark("bad-identifier", f"id={str(identifier)!r} names nothing", site.location(element))
        elif identifier in seen:
            yield Remark("duplicate-identifier", f"id={str(identifier)!r} is given twice", site.location(element))
        seen.add(str(identifier))


def _link(element: Element, known: set[str], site: Site) -> Iterator[Remark]:
    """What is wrong with a link from here to elsewhere."""
    name, place = local_name(element), site.location(element)
    if name == "a" and element.get("href") is None and not element.get("id"):
        yield Remark("dead-link", f"“{_words(element)}” is marked as a link and leads nowhere", place)
    for attribute in ("href", "cite", "longdesc", "action", "formaction", "usemap", _XLINK):
        address = element.get(attribute)
        if address is None or name in ("base", "use") or (name == "link" and "stylesheet" in _relations(element)):
            continue
        target = str(address)
        if target.startswith("#"):
            if unquote(target[1:]) not in known and target[1:] not in known:
                yield Remark("broken-link", f"“{_words(element)}” leads to {target}, and there is no such place", place)
        elif not addresses.scheme(target) and not target.startswith("//"):
            if fault := site.target(target):
                yield Remark(*_kind_of(target, fault), place)
        else:
            yield from addresses.remarks(target, place)


def _kind_of(target: str, fault: str) -> tuple[str, str]:
    """The rule and the message for a relative link without a target."""
    return "broken-link" if "no such" in fault else "relative-link", f"“{target}” {fault}"


def _loaded(element: Element, site: Site) -> Iterator[Remark]:
    """What a page loads from outside of its file, or runs."""
    name, place = local_name(element), site.location(element)
    if name in _RUNNING and not (name == "script" and element.get("type") in ("application/ld+json",)):
        yield Remark("active-content", f"<{name}> has no place in a statement", place)
    for attribute in element.attrib:
        if str(attribute).lower().startswith("on"):
            yield Remark("active-content", f"{attribute!s} on {name} would run a script", place)
    if name == "meta" and str(element.get("http-equiv", "")).lower() == "refresh":
        yield Remark("active-content", "the page leads away by itself (meta refresh)", place)
    for address in resources(element):
        if fault := _outside(address, site):
            yield Remark("outside-resource", f"{name} loads “{address[:200]}”: {fault}", place)
        elif fault := images.fault_of_address(address):
            words = str(element.get("alt", "")) or name
            yield Remark("picture-broken", f"the picture “{words[:80]}” {fault}", place)


def resources(element: Element) -> Iterator[str]:
    """The address of everything that an element loads."""
    name = local_name(element)
    for attribute in _LOADED:
        value = element.get(attribute)
        if value is not None and attribute.endswith("srcset"):
            yield from (part.split()[0] for part in str(value).split(", ") if part.split())
        elif value is not None:
            yield str(value)
    if name == "link" and _relations(element) & {"stylesheet", "icon", "preload", "prefetch", "modulepreload"}:
        yield str(element.get("href", ""))
    if name in ("use", "image"):
        yield from (str(element.get(key)) for key in ("href", _XLINK) if element.get(key) is not None)
    if element.get("style"):
        yield from styles.references_of_attribute(str(element.get("style")))
    if name == "style":
        yield from styles.references("".join(map(str, element.itertext())))


def _outside(address: str, site: Site) -> str:
    """Why something that is loaded is not inside the file, "" if it is."""
    if data := _DATA.match(address):
        inside = data["type"].lower().startswith(("image/", "font/"))
        return "" if inside else f"{data['type']} is neither picture nor font"
    if address.startswith("#"):
        return ""
    if addresses.scheme(address) or address.startswith("//"):
        return "it lies outside of the file"
    return site.resource(address)


def _relations(link: Element) -> set[str]:
    return set(str(link.get("rel", "")).lower().split())


def _words(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())[:80] or str(element.get("aria-label", ""))
