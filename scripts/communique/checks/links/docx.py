"""The links inside a Word file: relationships, bookmarks, anchors, notes (ISO/IEC 29500-1, 17; 29500-2, 8 and 9)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from communique.checks import opening
from communique.checks.file_by_file import Remark
from communique.checks.links import addresses, images
from communique.checks.opening import Element, Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes", "commentReference": "comments"}
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}
_FIELD = re.compile(r"^\s*(HYPERLINK|REF|PAGEREF|NOTEREF|INCLUDEPICTURE|INCLUDETEXT|LINK|DDE|DDEAUTO)\b(.*)", re.DOTALL)
_LOADING = frozenset({"INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO"})


def remarks(path: Path) -> Iterator[Remark]:
    """Everything that is wrong with the links of a Word file."""
    with opening.package(path) as archive:
        for name in sorted({name for name in archive.names if archive.names.count(name) > 1}):
            yield Remark("duplicate-file", f"{name} is in the archive more than once")
        parts = {name: archive.xml(name) for name in archive.names if name.endswith((".xml", ".rels"))}
        if "word/document.xml" not in parts:
            yield Remark("missing-file", "there is no word/document.xml")
        yield from _content_types(archive, parts)
        for name, root in parts.items():
            if name.endswith(".rels"):
                yield from _relationships(archive, name, root)
        yield from _text(parts)
        for name in archive.names:
            if (kind := _PICTURES.get(name.rpartition(".")[2].lower())) and (
                fault := images.fault_of_bytes(archive.read(name), kind)
            ):
                yield Remark("picture-broken", f"the picture {name} {fault}", name)


def _content_types(archive: Package, parts: dict[str, Element]) -> Iterator[Remark]:
    """Every part has a type, and every type given to a part has its part."""
    name = "[Content_Types].xml"
    if name not in parts:
        yield Remark("missing-file", f"there is no {name}")
        return
    own = {str(each.get("PartName")).lstrip("/") for each in parts[name].iter("{*}Override")}
    suffixes = {str(each.get("Extension")).lower() for each in parts[name].iter("{*}Default")}
    for part in sorted(own - set(archive.names)):
        yield Remark("missing-file", f"a type is given to {part}: no such part", name)
    for part in archive.names:
        if part not in own and part.rpartition(".")[2].lower() not in suffixes and part != name:
            yield Remark("not-listed", f"{part} has no content type", name)


def _relationships(archive: Package, name: str, root: Element) -> Iterator[Remark]:
    """Every relationship has its target; those that lead outside are links and nothing else."""
    identifiers = [str(each.get("Id")) for each in root.iter("{*}Relationship")]
    for identifier in sorted({each for each in identifiers if identifiers.count(each) > 1}):
        yield Remark("duplicate-identifier", f"{identifier} is given twice", name)
    for each in root.iter("{*}Relationship"):
        target, kind = str(each.get("Target", "")), str(each.get("Type", "")).rpartition("/")[2]
        if each.get("TargetMode") == "External":
            if kind == "hyperlink":
                yield from addresses.remarks(target, name)
            else:
                yield Remark("outside-resource", f"a {kind} is loaded from “{target[:200]}”", name)
        elif _resolved(name, target) not in archive.names and not target.startswith("#"):
            yield Remark("broken-relationship", f"{each.get('Id')} ({kind}) leads to {target}: no such part", name)


def _resolved(relationships: str, target: str) -> str:
    """The name of a part that a relationship of another part leads to."""
    folder = posixpath.dirname(posixpath.dirname(relationships))
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")


def _text(parts: dict[str, Element]) -> Iterator[Remark]:
    """The links in the text, the notes, headers and footers."""
    texts = {name: root for name, root in parts.items() if str(root.tag).startswith(W)}
    marks = [str(each.get(f"{W}name")) for root in texts.values() for each in root.iter(f"{W}bookmarkStart")]
    for mark in sorted({mark for mark in marks if marks.count(mark) > 1}):
        yield Remark("duplicate-identifier", f"the bookmark {mark!r} is set twice")
    for name, root in texts.items():
        yield from _bookmark_ends(name, root)
        yield from _anchors(name, root, set(marks))
        yield from _uses(name, root, parts)
    for kind, part in _NOTES.items():
        yield from _notes(kind, part, texts)


def _bookmark_ends(name: str, root: Element) -> Iterator[Remark]:
    starts = [str(each.get(f"{W}id")) for each in root.iter(f"{W}bookmarkStart")]
    ends = [str(each.get(f"{W}id")) for each in root.iter(f"{W}bookmarkEnd")]
    for identifier in sorted(set(starts) ^ set(ends)):
        yield Remark(
            "broken-bookmark", f"bookmark {identifier} has no {'end' if identifier in starts else 'start'}", name
        )
    for identifier in sorted({each for each in starts if starts.count(each) > 1}):
        yield Remark("duplicate-identifier", f"two bookmarks have the number {identifier}", name)


def _anchors(name: str, root: Element, marks: set[str]) -> Iterator[Remark]:
    """Links to places in the text, as elements and as fields."""
    for link in root.iter(f"{W}hyperlink"):
        anchor, identifier = link.get(f"{W}anchor"), link.get(f"{_R}id")
        words = "".join(map(str, link.itertext()))[:80]
        if anchor is None and identifier is None:
            yield Remark("dead-link", f"“{words}” is marked as a link and leads nowhere", name)
        if anchor is not None and identifier is None and anchor not in marks and anchor != "_top":
            yield Remark("broken-link", f"“{words}” leads to {anchor}, and there is no such bookmark", name)
    fields = [str(each.get(f"{W}instr")) for each in root.iter(f"{W}fldSimple")]
    for code in [*fields, *_codes(root)]:
        yield from _field(code, name, marks)


def _codes(root: Element) -> Iterator[str]:
    """The instructions of complex fields, each put together from its pieces."""
    pieces: list[str] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            pieces.append(element.text or "")
        elif pieces:
            yield "".join(pieces)
            pieces = []


def _field(code: str, name: str, marks: set[str]) -> Iterator[Remark]:
    match = _FIELD.match(code)
    if match is None:
        return
    words = re.findall(r'"([^"]*)"|(\\\w)|(\S+)', match[2])
    plain = [quoted or bare for quoted, switch, bare in words if not switch]
    if match[1] in _LOADING:
        yield Remark("outside-resource", f"the field {code.strip()[:200]} loads something", name)
    elif match[1] == "HYPERLINK" and r"\l" not in match[2]:
        yield from (remark for address in plain[:1] for remark in addresses.remarks(address, name))
    elif plain and plain[0] not in marks:
        yield Remark("broken-link", f"the field {code.strip()} names no bookmark", name)


def _uses(name: str, root: Element, parts: dict[str, Element]) -> Iterator[Remark]:
    """Every relationship that the text names is there."""
    folder, _, file = name.rpartition("/")
    own = parts.get(f"{folder}/_rels/{file}.rels")
    known = {str(each.get("Id")) for each in own.iter("{*}Relationship")} if own is not None else set()
    for element in root.iter("*"):
        for attribute, value in element.attrib.items():
            if str(attribute).startswith(_R) and str(value) and str(value) not in known:
                yield Remark("broken-relationship", f"the text names {value}: there is no such relationship", name)


def _notes(kind: str, part: str, texts: dict[str, Element]) -> Iterator[Remark]:
    """Every mark has its note, every note its one mark."""
    tag = {"footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}[part]
    root = texts.get(f"word/{part}.xml")
    notes = [] if root is None else [each for each in root.iter(f"{W}{tag}") if each.get(f"{W}type") is None]
    known = [str(each.get(f"{W}id")) for each in notes]
    named = [str(each.get(f"{W}id")) for tree in texts.values() for each in tree.iter(f"{W}{kind}")]
    for identifier in sorted(set(named) - set(known)):
        yield Remark("broken-link", f"the mark of {tag} {identifier} has no {tag}", "word/document.xml")
    for identifier in sorted(set(known) - set(named)):
        yield Remark("note-without-mark", f"no mark leads to {tag} {identifier}", f"word/{part}.xml")
    for identifier in sorted({each for each in [*known] if known.count(each) > 1}):
        yield Remark("duplicate-identifier", f"two {part} have the number {identifier}", f"word/{part}.xml")
