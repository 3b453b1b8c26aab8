"""The metadata records: valid by their own schemas, and saying what the master says and the files are."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import gams_xml_catalog
import pytest
from lxml import etree

from communique.checks.reading import master
from communique.records import SERIALIZERS, datacite, dublin_core, schema_org
from communique.records.edition import Edition
from communique.rendition import Rendition
from communique.statement import Identifier, Issuer, Place, Reference, Revision, Rights, Source, Subject
from conftest import MASTERS
from samples import statement

EDITIONS = [(folder, language) for folder in MASTERS for language in master.editions(folder)]
EVERY_EDITION = pytest.mark.parametrize(
    ("folder", "language"), EDITIONS, ids=[master.stem(folder, language) for folder, language in EDITIONS]
)
EVERY_MASTER = pytest.mark.parametrize("folder", MASTERS, ids=[folder.name for folder in MASTERS])
CATALOG = Path(gams_xml_catalog.__file__).parent / "catalog"
D = f"{{{datacite.KERNEL}}}"
PDF = Rendition("sample.pdf", "application/pdf", b"%PDF")


class _Offline(etree.Resolver):
    """Finds the one schema that others name by its address: that of xml:lang."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002
        if not system_url or not system_url.startswith("http"):
            return None
        assert system_url.endswith("/xml.xsd"), system_url
        return self.resolve_filename(str(CATALOG / "datacite/kernel-4/include/xml.xsd"), context)


@cache
def schema(name: str) -> etree.XMLSchema:
    """A schema of the catalogue, read without a connection."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Offline())
    return etree.XMLSchema(etree.parse(CATALOG / name, parser))


SCHEMAS = {"datacite": "datacite/kernel-4/metadata.xsd", "dublin-core": "dublincore/2006/qualifieddc.xsd"}


def record(built: Path, folder: Path, language: str, stem: str) -> bytes:
    """A built record of an edition."""
    middle = "" if language == master.editions(folder)[0] else f".{language}"
    suffix = "jsonld" if stem == "schema-org" else "xml"
    return (built / folder.name / "metadata" / f"{stem}{middle}.{suffix}").read_bytes()


@pytest.mark.parametrize("stem", SCHEMAS)
@EVERY_EDITION
def test_every_record_is_valid(built: Path, folder: Path, language: str, stem: str) -> None:
    schema(SCHEMAS[stem]).assertValid(etree.fromstring(record(built, folder, language, stem)))


@pytest.mark.parametrize("stem", SCHEMAS)
def test_the_schemas_reject_a_wrong_record(built: Path, stem: str) -> None:
    root = etree.fromstring(record(built, MASTERS[0], "en", stem))
    etree.SubElement(root, f"{D}nonsense")
    assert not schema(SCHEMAS[stem]).validate(root)


def test_the_schema_is_that_of_the_kernel_named() -> None:
    text = (CATALOG / SCHEMAS["datacite"]).read_text(encoding="utf-8")
    assert "4.7" in text
    assert datacite.SCHEMA.endswith("/kernel-4.7/metadata.xsd")


EXTREMES: dict[str, dict[str, Any]] = {
    "the least": {},
    "every kind of document": {"type": "press-release"},
    "signs": {"title": "A < B & “C” – ґ", "issuers": (Issuer("Côte d’Ivoire & Co"),)},
    "another language": {"language": "zh-Hant", "editions": ("zh-Hant",)},
    "all at once": {
        "short_title": "Short",
        "description": "What it is.",
        "subjects": (Subject("One", "https://example.org/1", "Scheme"), Subject("Two")),
        "places": (Place("Norway", "NO", "https://example.org/no"), Place("Somewhere")),
        "rights": Rights("CC BY", "https://creativecommons.org/licenses/by/4.0/", "The Holder"),
        "identifiers": tuple(
            Identifier(scheme, f"10.1/{scheme}") for scheme in ("local", "symbol", "url", "urn", "doi")
        ),
        "source": Source("https://example.org/s"),
        "references": (Reference("Charter", "https://example.org/c", "The Charter"),),
        "revisions": (Revision("1", "2024-05-01", "a"), Revision("2", "2024-07-01", "b")),
    },
}


@pytest.mark.parametrize("case", EXTREMES)
@pytest.mark.parametrize("stem", SCHEMAS)
def test_any_statement_has_a_valid_record(case: str, stem: str) -> None:
    serialize = {"datacite": datacite.serialize, "dublin-core": dublin_core.serialize}[stem]
    schema(SCHEMAS[stem]).assertValid(etree.fromstring(serialize(Edition(statement(**EXTREMES[case]), [PDF]))))


def values(root: etree._Element, name: str) -> list[str]:
    """The texts of all elements with a local name."""
    return [element.text or "" for element in root.iter(f"{{*}}{name}")]


@EVERY_EDITION
def test_the_datacite_record_says_what_the_master_says(built: Path, folder: Path, language: str) -> None:
    root = etree.fromstring(record(built, folder, language, "datacite"))
    keys = master.metadata(folder, language)
    assert values(root, "creatorName") == [issuer["name"] for issuer in keys["issuers"]]
    assert values(root, "nameIdentifier") == [issuer["code"] for issuer in keys["issuers"]]
    assert values(root, "title") == [keys["title"], keys["short_title"]]
    assert values(root, "publisher") == [keys["publisher"]["name"]]
    assert values(root, "publicationYear") == [keys["date"][:4]]
    assert values(root, "subject") == [subject["term"] for subject in keys["subjects"]]
    assert values(root, "language") == [language]
    assert values(root, "rights") == [keys["rights"]["statement"]]
    assert values(root, "geoLocationPlace") == [place["name"] for place in keys["places"]]
    assert values(root, "version") == [keys["revisions"][-1]["version"]]
    assert keys["description"] in values(root, "description")
    known = [*values(root, "identifier"), *values(root, "alternateIdentifier")]
    (own,) = [value for value in known if value.startswith("urn:uuid:")]
    assert sorted(known) == sorted([own, *(identifier["value"] for identifier in keys["identifiers"])])


@EVERY_EDITION
def test_the_dublin_core_record_says_what_the_master_says(built: Path, folder: Path, language: str) -> None:
    root = etree.fromstring(record(built, folder, language, "dublin-core"))
    keys = master.metadata(folder, language)
    assert values(root, "title") == [keys["title"]]
    assert values(root, "creator") == [issuer["name"] for issuer in keys["issuers"]]
    assert values(root, "issued") == [keys["date"]]
    assert values(root, "language") == [language]
    assert values(root, "source") == [keys["source"]["url"]]
    assert len(values(root, "identifier")) == len(keys["identifiers"]) + 1


def test_a_rights_statement_is_no_licence() -> None:
    """rightsstatements.org describes rights; only a licence grants some."""
    described = statement(rights=Rights("Copyright Not Evaluated", "http://rightsstatements.org/vocab/CNE/1.0/"))
    granted = statement(rights=Rights("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"))
    roots = [etree.fromstring(dublin_core.serialize(Edition(each, []))) for each in (described, granted)]
    assert [values(root, "license") for root in roots] == [[], ["https://creativecommons.org/licenses/by/4.0/"]]
    assert values(roots[0], "rights") == ["Copyright Not Evaluated", "http://rightsstatements.org/vocab/CNE/1.0/"]


def test_datacite_prefers_the_identifier_that_resolves() -> None:
    many = statement(identifiers=EXTREMES["all at once"]["identifiers"])
    root = etree.fromstring(datacite.serialize(Edition(many, [])))
    (identifier,) = root.findall(f"{D}identifier")
    assert (identifier.get("identifierType"), identifier.text) == ("DOI", "10.1/doi")
    assert "10.1/doi" not in values(root, "alternateIdentifier")
    (fallback,) = etree.fromstring(datacite.serialize(Edition(statement(), []))).findall(f"{D}identifier")
    assert (fallback.get("identifierType"), fallback.text) == ("Local", "sample")


@EVERY_EDITION
def test_records_speak_of_the_files_of_their_edition(built: Path, folder: Path, language: str) -> None:
    stem = master.stem(folder, language)
    others = {name for each in master.editions(folder) if (name := master.stem(folder, each)) != stem}
    files = {path.name for path in (built / folder.name).glob(f"{stem}.*")}
    names = {name for name in files if not any(name.startswith(f"{other}.") and other > stem for other in others)}
    assert {f"{stem}.{suffix}" for suffix in ("html", "print.pdf", "large.ua2+a4f.pdf", "docx")} < names
    described = json.loads(record(built, folder, language, "schema-org"))
    encodings = {each["contentUrl"]: each for each in described["encoding"]}
    assert set(encodings) == names
    for name, encoding in encodings.items():
        content = (built / folder.name / name).read_bytes()
        assert encoding["sha256"] == hashlib.sha256(content).hexdigest()
        assert encoding["contentSize"] == str(len(content))
    root = etree.fromstring(record(built, folder, language, "datacite"))
    sizes = {f"{(built / folder.name / name).stat().st_size} bytes" for name in names}
    assert set(values(root, "size")) == sizes
    kinds = {encoding["encodingFormat"] for encoding in encodings.values()}
    simple = etree.fromstring(record(built, folder, language, "dublin-core"))
    assert sorted(values(root, "format")) == sorted(values(simple, "format")) == sorted(kinds)


def test_linked_data_leaves_out_what_is_not_known() -> None:
    described = json.loads(schema_org.serialize(Edition(statement(), [])))
    assert set(described) == {
        *(
            "@context",
            "@type",
            "@id",
            "name",
            "genre",
            "inLanguage",
            "datePublished",
            "author",
            "publisher",
            "copyrightNotice",
        ),
        *("exampleOfWork", "encoding"),
    }


def test_every_record_has_a_name_for_each_edition() -> None:
    first, second = statement(editions=("en", "fr")), statement(language="fr", editions=("en", "fr"))
    names = [[each.write(Edition(given, [PDF])).name for each in SERIALIZERS] for given in (first, second)]
    assert names[0] == [f"metadata/{each.stem}.{each.suffix}" for each in SERIALIZERS]
    assert names[1] == [f"metadata/{each.stem}.fr.{each.suffix}" for each in SERIALIZERS]
    assert names == [[each.name() for each in SERIALIZERS], [each.name("fr") for each in SERIALIZERS]]


def test_a_pdf_carries_three_records() -> None:
    carried = [f"{each.stem}.{each.suffix}" for each in SERIALIZERS if each.is_carried]
    assert carried == ["dublin-core.xml", "datacite.xml", "schema-org.jsonld"]


# The manifest.

MEDIA_TYPES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "epub": "application/epub+zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
OF_RECORDS = {
    "dublin-core.xml": "application/xml",
    "datacite.xml": "application/xml",
    "datacite.json": "application/vnd.datacite.datacite+json",
    "schema-org.jsonld": "application/ld+json",
    "mods.xml": "application/mods+xml",
    "marc.xml": "application/marcxml+xml",
    "inveniordm.json": "application/json",
    "citation.json": "application/vnd.citationstyles.csl+json",
    "citation.bib": "application/x-bibtex",
    "premis.xml": "application/xml",
    "mets.xml": "application/mets+xml",
    "akoma-ntoso.xml": "application/akn+xml",
    "onix.xml": "application/xml",
}


@EVERY_MASTER
def test_the_manifest_has_every_file_with_its_size_and_digest(built: Path, folder: Path) -> None:
    place = built / folder.name
    listing = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    held = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()} - {"manifest.json"}
    assert [entry["name"] for entry in listing["files"]] == sorted(held)
    for entry in listing["files"]:
        content = (place / entry["name"]).read_bytes()
        assert entry["size"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        stem, *_, suffix = entry["name"].removeprefix("metadata/").split(".")
        assert entry["mediaType"] == {**MEDIA_TYPES, **OF_RECORDS}.get(f"{stem}.{suffix}", MEDIA_TYPES.get(suffix))


@EVERY_MASTER
def test_the_manifest_names_the_statement_and_the_tools(built: Path, folder: Path) -> None:
    listing = json.loads((built / folder.name / "manifest.json").read_text(encoding="utf-8"))
    assert listing["statement"] == folder.name
    assert {"communique", "pandoc", "weasyprint"} <= set(listing["tools"])
    assert all(version[0].isdigit() for version in listing["tools"].values())
    assert len(listing["inputs"]) == 64
