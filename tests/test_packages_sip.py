"""E-ARK packages: valid for commons-ip without a warning, whole, and the same every time."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

import commons_ip
from communique.checks.packages import sip as judge
from communique.checks.packages.files import tree
from communique.checks.schemas import xsd
from communique.errors import MasterError
from communique.packages import PACKAGERS, sip
from communique.packages.contents import Contents, Role
from communique.packages.entry import Entry
from communique.packages.sip_mets import registered
from communique.records.mets_elements import METS
from communique.statement import Revision
from conftest import MASTERS
from contents_samples import ENGLISH, full, part, small
from package_samples import gathered, lay_out

M = f"{{{METS}}}"
CASES = {
    "two editions": small(),
    "every field and one file": full(),
    "no report": dataclasses.replace(small(), parts=tuple(each for each in small().parts if each.role != Role.REPORT)),
    "a name in other letters": dataclasses.replace(
        small(),
        parts=(*small().parts, part("content/sample/media/wörter.svg", Role.MASTER, "image/svg+xml", "", b"<svg/>")),
    ),
}
WARNED = {"every field and one file": {"CSIPSTR7", "CSIPSTR16"}, "no report": {"CSIPSTR16"}}


def entries(contents: Contents) -> dict[str, Entry]:
    return {entry.name: entry for entry in sip.pack(contents)}


def content(entry: Entry) -> bytes:
    return b"".join(entry.pieces())


def laid_out(contents: Contents, place: Path) -> Path:
    """The package as it is published: in a folder of its name."""
    return lay_out(list(sip.pack(contents)), place / f"{contents.slug}-v{contents.version}-sip")


@pytest.mark.parametrize("case", CASES)
def test_our_judge_has_nothing_against_a_package(case: str, tmp_path: Path) -> None:
    said = list(judge.remarks(tree(laid_out(CASES[case], tmp_path))))
    assert {remark.rule for remark in said} - {"CSIP17", "CSIP60"} == WARNED.get(case, set())


@pytest.mark.judge
@pytest.mark.parametrize("case", CASES)
def test_commons_ip_has_nothing_against_a_package(case: str, tmp_path: Path) -> None:
    verdict = commons_ip.validate(laid_out(CASES[case], tmp_path))
    assert verdict.errors == ()
    assert {line.partition(":")[0] for line in verdict.warnings} - {"CSIP60"} <= WARNED.get(case, set())
    assert verdict.result == "VALID"
    assert verdict.passed > 100


@pytest.mark.judge
@pytest.mark.parametrize("folder", MASTERS, ids=lambda folder: str(folder.name))
def test_both_judges_have_nothing_against_a_real_package(built: Path, folder: Path, tmp_path: Path) -> None:
    package = laid_out(gathered(built, folder.name, tmp_path / "gathered"), tmp_path)
    assert list(judge.remarks(tree(package))) == []
    verdict = commons_ip.validate(package)
    assert (verdict.result, verdict.errors, verdict.warnings) == ("VALID", (), ())
    for name in ("METS.xml", "representations/master/METS.xml", "representations/renditions/METS.xml"):
        assert list(xsd.remarks(etree.fromstring((package / name).read_bytes()))) == []


def rewritten(name: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    def spoil(package: Path) -> None:
        before = (package / name).read_bytes()
        assert old in before
        (package / name).write_bytes(before.replace(old, new))

    return spoil


def extra(package: Path) -> None:
    (package / "notes.txt").write_bytes(b"nobody lists this")


def lost(package: Path) -> None:
    (package / "metadata/descriptive/mods.xml").unlink()


BROKEN: dict[str, tuple[str, Callable[[Path], None]]] = {
    "a byte of a file": ("CSIP71", rewritten("documentation/report.html", b"well", b"bell")),
    "a byte of a record": ("CSIP29", rewritten("metadata/descriptive/dublin-core.xml", b"record", b"recoRd")),
    "a file too many": ("CSIP66", extra),
    "a file that is lost": ("CSIP0", lost),
    "no category": ("CSIP2", rewritten("METS.xml", 'TYPE="Textual works – Digital"'.encode(), b"")),
    "another profile": ("SIP2", rewritten("METS.xml", b"E-ARK-SIP-v2-2-0", b"E-ARK-SIP-v9")),
    "nobody hands it in": ("SIP15", rewritten("METS.xml", b'TYPE="ORGANIZATION"', b'TYPE="OTHER"')),
    "no software": ("CSIP13", rewritten("METS.xml", b' OTHERTYPE="SOFTWARE"', b"")),
    "no map": ("CSIP80", rewritten("METS.xml", b'LABEL="CSIP"', b'LABEL="MAP"')),
}


@pytest.mark.judge
@pytest.mark.parametrize("case", BROKEN)
def test_commons_ip_and_our_judge_reject_a_broken_package(case: str, tmp_path: Path) -> None:
    package = laid_out(small(), tmp_path)
    rule, spoil = BROKEN[case]
    spoil(package)
    verdict = commons_ip.validate(package)
    assert verdict.result == "INVALID"
    assert rule in {line.partition(":")[0] for line in verdict.errors}
    assert list(judge.remarks(tree(package)))


# What is in a package.


def test_every_part_is_in_the_package_byte_for_byte_and_comes_back_to_its_place(tmp_path: Path) -> None:
    package = laid_out(small(), tmp_path)
    found = judge.places(tree(package))
    assert sorted(found) == [each.path for each in small().parts]
    for each in small().parts:
        assert (package / found[each.path]).read_bytes() == b"".join(each.pieces())


@pytest.mark.parametrize("role", Role)
def test_no_file_is_left_out_whatever_it_is_kept_for(role: Role) -> None:
    folder = {Role.MASTER: "content/sample/", Role.SOURCE: "content/sample/source/"}.get(role, "build/sample/check/")
    one = part(f"{folder}one.txt", role, "text/plain", "", b"the words of one file")
    assert one.sha256 in {entry.sha256 for entry in sip.pack(dataclasses.replace(small(), parts=(one,), verdicts=()))}


def test_the_files_lie_where_the_standard_looks_for_them() -> None:
    assert sorted(entries(small())) == [
        "METS.xml",
        "documentation/check.json",
        "documentation/report.html",
        "metadata/descriptive/dublin-core.fr.xml",
        "metadata/descriptive/dublin-core.xml",
        "metadata/descriptive/mods.xml",
        "metadata/descriptive/schema-org.jsonld",
        "metadata/preservation/premis.xml",
        "representations/master/METS.xml",
        "representations/master/data/content/sample/media/flag of May & more.png",
        "representations/master/data/content/sample/source/letter of May.txt",
        "representations/master/data/content/sample/statement.fr.md",
        "representations/master/data/content/sample/statement.md",
        "representations/master/metadata/preservation/premis.xml",
        "representations/renditions/METS.xml",
        "representations/renditions/data/build/sample/manifest.json",
        "representations/renditions/data/build/sample/sample.fr.html",
        "representations/renditions/data/build/sample/sample.html",
        "representations/renditions/data/build/sample/sample.pdf",
        "representations/renditions/metadata/preservation/premis.xml",
        "schemas/mets.xsd",
        "schemas/xlink.xsd",
    ]


def test_records_of_one_edition_are_no_description() -> None:
    premis = part("build/sample/metadata/premis.xml", Role.RECORD, "application/xml", "en", b"<premis/>")
    mets = part("build/sample/metadata/mets.fr.xml", Role.RECORD, "application/mets+xml", "fr", b"<mets/>")
    contents = dataclasses.replace(small(), parts=(*small().parts, premis, mets))
    found = entries(contents)
    assert {"metadata/other/premis.xml", "metadata/other/mets.fr.xml"} <= set(found)
    root = etree.fromstring(content(found["METS.xml"]))
    kinds = [(each.get("MDTYPE"), each.get("OTHERMDTYPE")) for each in root.iter(f"{M}mdRef")]
    assert ("OTHER", "METS") in kinds
    assert kinds.count(("PREMIS", None)) == 2


def test_the_package_says_its_name_its_title_and_who_hands_it_in() -> None:
    root = etree.fromstring(content(entries(small())["METS.xml"]))
    assert root.get("OBJID") == "sample-v2-sip"
    assert root.get("LABEL") == "A Sample"
    (header,) = root.iter(f"{M}metsHdr")
    assert (header.get("CREATEDATE"), header.get("RECORDSTATUS")) == ("2024-07-01T00:00:00Z", "VERSION")
    assert [each.findtext(f"{M}name") for each in header.iter(f"{M}agent")] == ["Communique", "The Office"]
    first = dataclasses.replace(ENGLISH, revisions=(Revision("1", "2024-05-01", "First"),))
    again = etree.fromstring(content(entries(dataclasses.replace(small(), statements=(first,)))["METS.xml"]))
    assert again.find(f"{M}metsHdr").get("RECORDSTATUS") == "NEW"  # type: ignore[union-attr]


def test_the_document_carries_its_own_digest() -> None:
    written = content(entries(small())["METS.xml"])
    (element,) = etree.fromstring(written).iter(f"{M}metsDocumentID")
    unsealed = written.replace(str(element.text).encode(), b"0" * 64)
    assert element.text == hashlib.sha256(unsealed).hexdigest()


@pytest.mark.parametrize(
    ("media_type", "known"),
    [
        ("application/vnd.datacite.datacite+json", "application/json"),
        ("application/akn+xml", "application/xml"),
        ("application/mods+xml", "application/mods+xml"),
        ("application/ld+json", "application/ld+json"),
        ("image/svg+xml", "image/svg+xml"),
        ("application/epub+zip", "application/epub+zip"),
        ("application/x-bibtex", "text/plain"),
        ("audio/x-wav", "application/octet-stream"),
        ("text/html", "text/html"),
    ],
)
def test_media_types_are_registered_ones(media_type: str, known: str) -> None:
    assert registered(media_type) == known


@pytest.mark.parametrize("name", ["50% more.png", "\udcff.png", "\x01.png", "a\\b.png"])
def test_a_name_that_not_every_system_reads_is_refused(name: str) -> None:
    odd = part(f"content/sample/media/{name}", Role.MASTER, "image/png", "", b"")
    with pytest.raises(MasterError) as caught:
        list(sip.pack(dataclasses.replace(small(), parts=(*small().parts, odd))))
    (line,) = caught.value.lines()
    assert line.startswith("content/sample/media/")
    assert line.endswith("(rename the file)")


def test_the_package_is_the_same_every_time() -> None:
    first, second = ([(each.name, each.sha256) for each in sip.pack(small())] for _ in range(2))
    assert first == second
    assert PACKAGERS["sip"].suffix == "-sip"


def test_a_large_file_is_never_in_memory_whole() -> None:
    piece = b"\0" * (1 << 20)

    def pieces() -> Iterator[bytes]:
        return (piece for _ in range(8))

    large = dataclasses.replace(
        part("content/sample/media/film.mp4", Role.MASTER, "video/mp4", "", piece * 8), pieces=pieces
    )
    (entry,) = (
        each for each in sip.pack(dataclasses.replace(small(), parts=(*small().parts, large))) if each.size > 1 << 22
    )
    assert {len(each) for each in entry.pieces()} == {1 << 20}
