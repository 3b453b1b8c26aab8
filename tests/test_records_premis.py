"""PREMIS 3: valid, whole, and true of the files."""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

import pytest
from lxml import etree

from communique import master
from communique.records import formats, premis
from communique.records.formats import Format
from communique.records.premis import Verdict
from communique.records.premis_elements import PREMIS
from communique.rendition import Rendition
from communique.statement import Source, Statement
from conftest import MASTERS
from record_samples import EXTREMES, FILES, FULL
from samples import statement
from test_records_standards import schema

P = f"{{{PREMIS}}}"
REAL = {each.name: each for folder in MASTERS for each in master.read(folder)}
STATEMENTS = {**EXTREMES, **REAL}
TOOLS = {"communique": "0.1.0", "pandoc": "3.9"}
VERDICTS = (Verdict("veraPDF", "1.28", "pass", ("sample.pdf",), "2024-07-02"),)
XSD = "loc/premis/v3/premis-v3-0.xsd"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\0IHDR\0\0\0\0"


def written(given: Statement = FULL) -> etree._Element:
    """The record of a statement and the files of the samples."""
    return etree.fromstring(premis.serialize(given, FILES, TOOLS, VERDICTS))


def texts(root: etree._Element, name: str) -> list[str]:
    return [element.text or "" for element in root.iter(f"{P}{name}")]


@pytest.mark.parametrize("case", STATEMENTS)
@pytest.mark.parametrize("verdicts", [(), VERDICTS])
@pytest.mark.parametrize("files", [(), FILES])
def test_every_record_is_valid(case: str, verdicts: tuple[Verdict, ...], files: tuple[Rendition, ...]) -> None:
    root = etree.fromstring(premis.serialize(STATEMENTS[case], files, TOOLS, verdicts))
    schema(XSD).assertValid(root)
    names = set(texts(root, "objectIdentifierValue")) | set(texts(root, "agentIdentifierValue"))
    linked = [*texts(root, "relatedObjectIdentifierValue"), *texts(root, "linkingAgentIdentifierValue")]
    linked += texts(root, "linkingObjectIdentifierValue") if files else []
    assert set(linked) <= names


def test_the_schema_rejects_a_wrong_record() -> None:
    root = written()
    etree.SubElement(root, f"{P}nonsense")
    assert not schema(XSD).validate(root)


def test_every_file_has_its_digest_its_size_and_its_format() -> None:
    root = written()
    objects = [each for each in root.iter(f"{P}object") if each.find(f".//{P}size") is not None]
    assert [texts(each, "objectIdentifierValue")[0] for each in objects] == [file.name for file in FILES]
    for each, file in zip(objects, FILES, strict=True):
        assert texts(each, "messageDigest") == [hashlib.sha256(file.content).hexdigest()]
        assert texts(each, "size") == [str(len(file.content))]
        assert texts(each, "formatName") != [""]
    assert texts(objects[2], "formatRegistryKey") == ["fmt/471"]


def test_the_events_are_told_in_their_order() -> None:
    root = written()
    assert texts(root, "eventType") == [
        *("capture", "normalization", "normalization", "creation", "message digest calculation", "validation"),
    ]
    assert texts(root, "eventDateTime") == ["2024-05-03", *["2024-07-01"] * 4, "2024-07-02"]
    codes = [
        str(each.get("valueURI")).rpartition("/")[2] for each in root.iter(f"{P}eventType") if each.get("valueURI")
    ]
    assert codes == ["cap", "nor", "nor", "cre", "mes", "val"]
    assert texts(root, "eventDetail")[1].startswith("Changed. Because.")
    assert texts(root, "eventOutcome") == ["success", "success", "success"]


def test_the_agents_are_the_publisher_and_the_programs_with_their_versions() -> None:
    root = written()
    assert texts(root, "agentName") == ["The Office", "communique", "pandoc", "veraPDF"]
    assert texts(root, "agentType") == ["organization", "software", "software", "software"]
    assert texts(root, "agentVersion") == ["0.1.0", "3.9", "1.28"]


def test_what_was_not_received_was_not_captured() -> None:
    root = written(dataclasses.replace(FULL, source=None, editorial_notes=()))
    assert texts(root, "eventType") == ["creation", "message digest calculation", "validation"]
    assert "has source" not in texts(root, "relationshipSubType")


def test_a_source_that_was_not_kept_is_no_object() -> None:
    root = written(dataclasses.replace(FULL, source=Source("https://example.org/s", received="2024-05-03")))
    schema(XSD).assertValid(root)
    assert "has source" not in texts(root, "relationshipSubType")
    assert "" not in texts(root, "objectIdentifierValue")
    assert texts(root, "eventDetail")[0] == "received from https://example.org/s"


def test_the_record_is_the_same_every_time() -> None:
    assert premis.serialize(FULL, FILES, TOOLS) == premis.serialize(FULL, FILES, TOOLS)
    assert b"capture" not in premis.serialize(statement(), FILES, TOOLS)


# Formats.


@pytest.mark.parametrize(
    ("ending", "key"),
    [
        ("ua1+a2a.pdf", "fmt/476"),
        ("ua2+a4f.pdf", "fmt/1912"),
        ("print.pdf", "fmt/20"),
        ("html", "fmt/471"),
        ("epub", "fmt/483"),
        ("docx", "fmt/412"),
    ],
)
def test_each_format_has_its_entry_in_the_registry(built: Path, ending: str, key: str) -> None:
    types = {"pdf": "application/pdf", "html": "text/html", "epub": "application/epub+zip"}
    suffix = ending.rpartition(".")[2]
    kind = types.get(suffix, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    (path,) = (built / "kitchen-sink").glob(f"kitchen-sink.{ending}") if "+" not in ending else _pdfs(built, ending)
    assert formats.of_file(Rendition(path.name, kind, path.read_bytes())).key == key


def _pdfs(built: Path, ending: str) -> list[Path]:
    """The file of a profile, which has the plain name if the profile is the first."""
    named = list((built / "kitchen-sink").glob(f"kitchen-sink.{ending}"))
    return named or [built / "kitchen-sink" / "kitchen-sink.pdf"]


@pytest.mark.parametrize(
    ("name", "key"), [("a.txt", "x-fmt/111"), ("A.MD", "fmt/1149"), ("a.docx", "fmt/412"), ("a.html", ""), ("a", "")]
)
def test_a_name_alone_tells_what_it_can(name: str, key: str) -> None:
    assert formats.of_name(name).key == key


def test_what_is_no_pdf_has_no_version() -> None:
    broken = formats.of_file(Rendition("a.pdf", "application/pdf", b"%PDF"))
    assert broken == Format("Acrobat PDF - Portable Document Format")
    assert formats.of_file(Rendition("a.bin", "application/x-odd", b"")) == Format("application/x-odd")


@pytest.mark.parametrize(
    ("media_type", "content", "version", "key"),
    [
        ("image/png", PNG, "1.0", "fmt/11"),
        ("image/png", PNG + b"\0\0\0\1sRGB\0\0\0\0\0", "1.1", "fmt/12"),
        ("image/png", PNG + b"\0\0\0\2iTXta\0\0\0\0\0", "1.2", "fmt/13"),
        ("image/png", PNG + b"\0\0\0\4tEXtiTXt\0\0\0\0", "1.0", "fmt/11"),
        ("image/png", b"", "", ""),
        ("image/jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", "1.01", "fmt/43"),
        ("image/jpeg", b"\xff\xd8\xff\xe1\0\x10Exif\0\0", "", ""),
        ("image/svg+xml", b'<svg xmlns="http://www.w3.org/2000/svg" version="1.0"/>', "1.0", "fmt/91"),
        ("image/svg+xml", b'<?xml version="1.0"?><svg/>', "1.1", "fmt/92"),
        ("image/svg+xml", b'<svg version="2.0"/>', "2.0", ""),
        ("application/mods+xml", b"<mods/>", "1.0", "fmt/101"),
        ("application/vnd.datacite.datacite+json", b"{}", "", "fmt/817"),
        ("application/ld+json", b"{}", "", "fmt/880"),
        ("application/x-odd", b"", "", ""),
    ],
)
def test_a_file_tells_its_format_by_what_is_in_it(media_type: str, content: bytes, version: str, key: str) -> None:
    found = formats.of_file(Rendition("a", media_type, content))
    assert (found.version, found.key) == (version, key)
