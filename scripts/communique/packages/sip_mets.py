"""The METS documents of an E-ARK SIP 2.2.0: that of the package and that of a representation in it.

Names such as CSIP80 are those of the requirements of the E-ARK CSIP and SIP. Every identifier is unique in the whole
package, for all begin with the name of what their document is of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from communique.packages.contents import Contents
from communique.packages.entry import Entry
from communique.records.mets_elements import (
    METS,
    NAMESPACES,
    Located,
    address,
    agent,
    document,
    element,
    file,
    linked,
    moment,
    named,
    program,
    referred,
    section,
)

CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-2-0.xml"
CATEGORY, SPECIFICATION = "Textual works – Digital", "MIXED"
"""What is in the package, in words of the vocabularies of the CSIP (CSIP2, CSIP4)."""
METS_NAME = "METS.xml"
SEAL = "SHA-256 of this document with zeros in place of this value"
"""METS.xml lists every file but itself; so it carries a digest of its own."""
_OWN_TYPES = {"application/ld+json", "application/marcxml+xml", "application/mets+xml", "application/mods+xml"}
_OWN_TYPES |= {"application/epub+zip", "image/svg+xml"}
_SYNTAXES = {"xml": "application/xml", "json": "application/json"}


@dataclass(frozen=True)
class Filed:
    """A file of the package. `kind` is that of metadata in METS, and `other` says which if METS has no word for it."""

    entry: Entry
    media_type: str
    kind: str = ""
    other: str = ""


def package(
    contents: Contents,
    name: str,
    metadata: Sequence[Filed],
    shared: Mapping[str, Sequence[Filed]],
    representations: Mapping[str, Filed],
) -> bytes:
    """METS.xml of a package that is called `name`.

    `shared` are the files that belong to no representation, by their use: "Documentation", "Schemas".
    `representations` are the METS documents by the names of what they are of.
    """
    made = _Document(contents, "package", "")
    groups, divisions = [], []
    for use, files in shared.items():
        groups.append(made.group(use, files))
        divisions.append(made.division(use, element("fptr", FILEID=_id(groups[-1]))))
    for each, mets in representations.items():
        groups.append(made.group(f"Representations/{each}", [mets]))
        groups[-1].set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", SPECIFICATION)
        pointer = linked(element("mptr", LOCTYPE="URL"), address(mets.entry.name), title=_id(groups[-1]))
        divisions.append(made.division(f"Representations/{each}", pointer))
    root = made.root(name, contents.statements[0].title)
    return _sealed(document(root, [made.header(is_package=True), *made.parts(name, metadata, groups, divisions)]))


def representation(contents: Contents, name: str, metadata: Sequence[Filed], data: Sequence[Filed]) -> bytes:
    """METS.xml of a representation that is called `name`."""
    made = _Document(contents, name, f"representations/{name}/")
    group = made.group("Data", data)
    division = made.division("Data", element("fptr", FILEID=_id(group)))
    return document(
        made.root(name, ""), [made.header(is_package=False), *made.parts(name, metadata, [group], [division])]
    )


def registered(media_type: str) -> str:
    """A media type that is registered with IANA, as receivers ask for: that of the syntax, where the own one is not."""
    syntax = _SYNTAXES.get(media_type.rpartition("+")[2])
    if syntax and media_type not in _OWN_TYPES:
        return syntax
    if media_type == "application/x-bibtex":
        return "text/plain"
    return "application/octet-stream" if "/x-" in media_type else media_type


class _Document:
    """Makes the parts of one document. `place` is the folder that its addresses are relative to."""

    def __init__(self, contents: Contents, key: str, place: str) -> None:
        self.contents, self.key, self.place = contents, key, place
        self.time = moment(contents.date)

    def root(self, name: str, label: str) -> etree._Element:
        made = etree.Element(f"{{{METS}}}mets", nsmap={**NAMESPACES, "csip": CSIP}, OBJID=name)
        made.attrib.update({"LABEL": label} if label else {})
        made.attrib.update({"TYPE": CATEGORY, "PROFILE": PROFILE})
        made.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", SPECIFICATION)
        return made

    def header(self, is_package: bool) -> etree._Element:
        """What made the document; of a package also who hands it in (SIP15), and the place of its digest."""
        first = self.contents.statements[0]
        parts = [program(**{f"{{{CSIP}}}NOTETYPE": "SOFTWARE VERSION"})]
        if is_package:
            code = named("note", first.publisher.url or first.publisher.name)
            code.set(f"{{{CSIP}}}NOTETYPE", "IDENTIFICATIONCODE")
            parts.append(agent(first.publisher.name, "CREATOR", "ORGANIZATION", code))
            parts.append(named("metsDocumentID", "0" * 64, TYPE=SEAL))
        status = "VERSION" if len(first.revisions) > 1 else "NEW"
        made = element("metsHdr", *parts, CREATEDATE=self.time, LASTMODDATE=self.time, RECORDSTATUS=status)
        made.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
        return made

    def parts(
        self,
        name: str,
        metadata: Sequence[Filed],
        groups: Sequence[etree._Element],
        divisions: Iterable[etree._Element],
    ) -> Iterator[etree._Element]:
        """Everything after the header."""
        described = list(self.sections("dmdSec", [each for each in metadata if each.kind != "PREMIS"]))
        preserved = list(self.sections("digiprovMD", [each for each in metadata if each.kind == "PREMIS"]))
        yield from described
        yield element("amdSec", *preserved, ID=f"{self.key}-administration")
        yield element("fileSec", *groups, ID=f"{self.key}-files")
        links = {"ADMID": " ".join(map(_id, preserved)), "DMDID": " ".join(map(_id, described))}
        whole = element("div", self.division("Metadata", **links), *divisions, ID=f"{self.key}-whole", LABEL=name)
        yield element("structMap", whole, ID=f"{self.key}-structure", TYPE="PHYSICAL", LABEL="CSIP")

    def sections(self, name: str, files: Iterable[Filed]) -> Iterator[etree._Element]:
        """A section for each file of metadata (CSIP17 to CSIP44)."""
        for number, each in enumerate(files, 1):
            key = f"{self.key}-{name}-{number}"
            link = referred(f"{key}-file", self.located(each), each.kind, each.other)
            yield section(name, key, link, self.time, STATUS="CURRENT")

    def group(self, use: str, files: Iterable[Filed]) -> etree._Element:
        """A group of files (CSIP60 to CSIP79)."""
        key = f"{self.key}-{use.lower().replace('/', '-')}"
        listed = (file(f"{key}-{number}", self.located(each)) for number, each in enumerate(files, 1))
        return element("fileGrp", *listed, ID=key, USE=use)

    def division(self, label: str, *pointers: etree._Element, **links: str) -> etree._Element:
        """A part of the map (CSIP88 to CSIP112)."""
        key = f"{self.key}-division-{label.lower().replace('/', '-')}"
        return element("div", *pointers, ID=key, LABEL=label, **links)

    def located(self, filed: Filed) -> Located:
        href = address(filed.entry.name.removeprefix(self.place))
        return Located(href, registered(filed.media_type), filed.entry.size, filed.entry.sha256, self.time)


def _id(made: etree._Element) -> str:
    return str(made.get("ID"))


def _sealed(content: bytes) -> bytes:
    """The document with its own digest in place of the zeros."""
    return content.replace(f">{'0' * 64}<".encode(), f">{hashlib.sha256(content).hexdigest()}<".encode(), 1)
