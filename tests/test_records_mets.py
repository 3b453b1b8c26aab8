"""METS: valid with all that is in it, and saying of the files and of their history what the other records say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from lxml import etree

from communique import master
from communique.checks.schemas import xsd
from communique.records import mets, mods, premis
from communique.records.edition import Edition
from communique.records.mets_elements import METS, XLINK
from communique.records.premis_elements import PREMIS
from communique.rendition import Rendition
from communique.statement import Statement
from communique.version import VERSION
from conftest import MASTERS
from record_samples import EXTREMES, FILES, FULL

M = f"{{{METS}}}"
TOOLS = {"communique": "0.1.0", "pandoc": "3.9"}
ODD = (Rendition("sample of 50% & more.html", "text/html", b"<p>"),)
STATEMENTS = {**EXTREMES, **{each.name: each for folder in MASTERS for each in master.read(folder)}}


def written(given: Statement = FULL, files: tuple[Rendition, ...] = FILES) -> etree._Element:
    return etree.fromstring(mets.serialize(Edition(given, files, TOOLS)))


def wrapped(root: etree._Element, kind: str) -> list[etree._Element]:
    """The records inside of the document that say that they are of a kind."""
    return [each[0][0] for each in root.iter(f"{M}mdWrap") if each.get("MDTYPE") == kind]


def canonical(element: etree._Element) -> str:
    """An element without what its surroundings add: declarations and the spaces between the lines."""
    alone = etree.fromstring(etree.tostring(element, with_tail=False), etree.XMLParser(remove_blank_text=True))
    etree.cleanup_namespaces(alone)
    return etree.canonicalize(alone, strip_text=True)


@pytest.mark.parametrize("case", STATEMENTS)
@pytest.mark.parametrize("files", [(), FILES, ODD], ids=["no files", "files", "an odd name"])
def test_every_record_is_valid_and_so_is_what_is_in_it(case: str, files: tuple[Rendition, ...]) -> None:
    assert list(xsd.remarks(written(STATEMENTS[case], files))) == []


def test_the_record_has_the_description_of_the_edition_and_its_whole_history() -> None:
    root = written()
    (description,) = wrapped(root, "MODS")
    assert canonical(description) == canonical(etree.fromstring(mods.serialize(Edition(FULL, FILES))))
    history = etree.fromstring(premis.serialize(FULL, FILES, TOOLS))
    for kind in ("object", "event", "agent"):
        found = [canonical(each) for each in wrapped(root, f"PREMIS:{kind.upper()}")]
        assert found == [canonical(each) for each in history.iter(f"{{{PREMIS}}}{kind}")]


def test_every_file_has_its_fixity_its_place_and_its_history() -> None:
    root = written()
    found = list(root.iter(f"{M}file"))
    for file, given in zip(found, FILES, strict=True):
        assert file.get("CHECKSUM") == hashlib.sha256(given.content).hexdigest()
        assert file.get("CHECKSUMTYPE") == "SHA-256"
        assert file.get("SIZE") == str(len(given.content))
        assert file.get("MIMETYPE") == given.media_type
        assert file.get("CREATED") == "2024-07-01T00:00:00Z"
        assert file[0].get(f"{{{XLINK}}}href") == f"../{given.name}"
        (technical,) = (each for each in root.iter(f"{M}techMD") if each.get("ID") == file.get("ADMID"))
        assert technical.findtext(".//{*}objectIdentifierValue") == given.name


def test_the_map_leads_to_every_file_and_every_link_has_its_end() -> None:
    root = written()
    names = [str(each.get("ID")) for each in root.iter() if each.get("ID")]
    assert len(set(names)) == len(names)
    pointers = [str(each.get("FILEID")) for each in root.iter(f"{M}fptr")]
    assert pointers == [str(each.get("ID")) for each in root.iter(f"{M}file")]
    links = " ".join(str(each.get(key, "")) for each in root.iter(f"{M}div", f"{M}file") for key in ("ADMID", "DMDID"))
    sections = {str(each.get("ID")) for name in ("dmdSec", "techMD", "digiprovMD") for each in root.iter(f"{M}{name}")}
    assert set(links.split()) == sections


def test_the_header_says_who_when_and_by_which_names() -> None:
    root = written()
    (header,) = root.iter(f"{M}metsHdr")
    assert header.get("CREATEDATE") == "2024-07-01T00:00:00Z"
    agents = [(each.get("ROLE"), each.findtext(f"{M}name")) for each in header.iter(f"{M}agent")]
    assert agents == [("CREATOR", "Communique"), ("DISSEMINATOR", "The Office"), ("IPOWNER", "The Holder")]
    assert header.findtext(f".//{M}note") == VERSION
    known = [(each.get("TYPE"), each.text) for each in header.iter(f"{M}altRecordID")]
    assert known[:3] == [("URN", FULL.version_urn), ("DOI", "10.1234/all"), ("document symbol", "A/TEST/1")]
    assert (root.get("OBJID"), root.get("LABEL"), root.get("TYPE")) == (FULL.name, FULL.title, "joint-statement")


def test_an_odd_name_becomes_an_address() -> None:
    (place,) = written(files=ODD).iter(f"{M}FLocat")
    assert place.get(f"{{{XLINK}}}href") == "../sample%20of%2050%25%20%26%20more.html"


def spoilt_mods(root: etree._Element) -> None:
    etree.SubElement(wrapped(root, "MODS")[0], "{http://www.loc.gov/mods/v3}nonsense")


def spoilt_event(root: etree._Element) -> None:
    event = wrapped(root, "PREMIS:EVENT")[0]
    event.remove(event[0])


def spoilt_map(root: etree._Element) -> None:
    root.remove(next(root.iter(f"{M}structMap")))


@pytest.mark.parametrize("spoil", [spoilt_mods, spoilt_event, spoilt_map])
def test_the_schemas_reject_what_is_wrong_in_any_part(spoil: Callable[[etree._Element], None]) -> None:
    root = written()
    spoil(root)
    assert list(xsd.remarks(root))


def test_the_record_is_the_same_every_time() -> None:
    assert mets.serialize(Edition(FULL, FILES)) == mets.serialize(Edition(FULL, FILES))
