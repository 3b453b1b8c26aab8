"""The records of libraries, archives and those who cite: valid by their standards, and saying what the text says."""

from __future__ import annotations

import io
import json
import subprocess
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import gams_xml_catalog
import pymarc
import pypandoc
import pytest
from jsonschema import Draft7Validator, Draft201909Validator
from lxml import etree
from referencing import Registry
from referencing.jsonschema import DRAFT4, DRAFT7

from communique import master
from communique.checks import schemas
from communique.crosswalk.facts import KINDS, Access
from communique.document import annotate
from communique.records import (
    SERIALIZERS,
    Serializer,
    accessibility,
    bibtex,
    csl_json,
    datacite,
    datacite_json,
    dublin_core,
    inveniordm,
    marcxml,
    mods,
)
from communique.records.edition import Edition
from communique.rendition import Rendition
from communique.statement import Accessibility, Certifier, Statement
from communique.writers import epub
from communique.writers.epub.accessibility import CONFORMANCE
from conftest import MASTERS
from record_samples import EXTREMES, FILES, FULL
from samples import statement

REAL = {each.name: each for folder in MASTERS for each in master.read(folder)}
STATEMENTS = {**EXTREMES, **REAL}
EVERY = pytest.mark.parametrize("case", STATEMENTS)
MODS = "{http://www.loc.gov/mods/v3}"
INVENIO = Path(schemas.__file__).parent / "inveniordm"
EPUB = "application/epub+zip"


class _Catalogue(etree.Resolver):
    """Finds what a schema imports by its address, without a connection."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002
        if not system_url or "://" not in system_url:
            return None
        path = gams_xml_catalog.resolve_uri_to_path(system_url)
        assert path is not None, system_url
        return self.resolve_filename(str(path), context)


@cache
def schema(name: str) -> etree.XMLSchema:
    """A schema of the catalogue."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Catalogue())
    return etree.XMLSchema(etree.parse(Path(gams_xml_catalog.__file__).parent / "catalog" / name, parser))


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@cache
def invenio() -> Draft7Validator:
    """The metadata of a record of InvenioRDM."""
    names = {"local://records/definitions-v2.0.0.json": "definitions-v2.0.0.json"}
    names["local://definitions-v1.0.0.json"] = "definitions-v1.0.0.json"
    known = [(uri, DRAFT7.create_resource(loaded(INVENIO / name))) for uri, name in names.items()]
    rules = loaded(INVENIO / "record-v6.0.0.json")["properties"]["metadata"]
    return Draft7Validator({**rules, "additionalProperties": False}, registry=Registry().with_resources(known))


@cache
def datacite_rules() -> Draft201909Validator:
    """DataCite's own JSON Schema, of the version that the package `datacite` carries: 4.5, which 4.7 extends."""
    spec = find_spec("datacite")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "schemas"
    known = [(name, DRAFT4.create_resource(loaded(folder / name))) for name in ("ietf-bcp-47.json", "iso-8601.json")]
    return Draft201909Validator(loaded(folder / "datacite-v4.5.json"), registry=Registry().with_resources(known))


def faults(validator: Any, value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


# Every record is valid.

XSD = {
    "mods": ("loc/mods/v3/mods-3-8.xsd", mods.serialize),
    "datacite": ("datacite/kernel-4/metadata.xsd", datacite.serialize),
    "dublin-core": ("dublincore/2006/qualifieddc.xsd", dublin_core.serialize),
}


@EVERY
@pytest.mark.parametrize("stem", XSD)
def test_every_record_in_xml_is_valid(case: str, stem: str) -> None:
    file, serialize = XSD[stem]
    schema(file).assertValid(etree.fromstring(serialize(Edition(STATEMENTS[case], FILES))))


def test_the_schema_of_mods_rejects_a_wrong_record() -> None:
    root = etree.fromstring(mods.serialize(Edition(FULL, FILES)))
    etree.SubElement(root, f"{MODS}nonsense")
    assert not schema(XSD["mods"][0]).validate(root)


@EVERY
def test_every_record_for_invenio_is_valid(case: str) -> None:
    record = json.loads(inveniordm.serialize(Edition(STATEMENTS[case], FILES)))
    assert set(record) <= {"access", "files", "pids", "metadata"}
    assert faults(invenio(), record["metadata"]) == []
    assert {"resource_type", "title", "publication_date", "creators"} <= set(record["metadata"])


def test_the_schema_of_invenio_rejects_a_wrong_record() -> None:
    record = json.loads(inveniordm.serialize(Edition(FULL, FILES)))["metadata"]
    assert faults(invenio(), {**record, "nonsense": 1})
    assert faults(invenio(), {**record, "creators": [{"person_or_org": {"type": "organizational", "nonsense": ""}}]})


@pytest.mark.judge
@EVERY
def test_every_record_for_the_interface_of_datacite_is_valid(case: str) -> None:
    record = json.loads(datacite_json.serialize(Edition(STATEMENTS[case], FILES)))
    assert faults(datacite_rules(), record) == []
    assert faults(datacite_rules(), {**record, "titles": []})


@EVERY
def test_every_marc_record_is_read_by_a_strict_reader(case: str) -> None:
    content = marcxml.serialize(Edition(STATEMENTS[case], FILES))
    (record,) = pymarc.parse_xml_to_array(io.BytesIO(content), strict=True)  # type: ignore[no-untyped-call]
    assert record is not None
    assert len(str(record.leader)) == 24
    assert [len(field.data or "") for field in record.get_fields("005", "008")] == [16, 40]
    tags = [field.tag for field in record.fields]
    assert tags == sorted(tags)
    once = ("001", "005", "007", "008", "040", "110", "245", "246", "250", "264", "300", "540", "542")
    assert [tag for tag in once if tags.count(tag) > 1] == []
    assert {"001", "005", "008", "040", "041", "110", "245", "264", "300", "336", "337", "338", "540"} <= set(tags)
    assert all(
        field.subfields and all(sub.value for sub in field.subfields) for field in record if not field.control_field
    )


@pytest.mark.judge
@EVERY
def test_every_marc_record_passes_the_lint(case: str) -> None:
    """All but what holds with ISBD punctuation alone, and the local field 191 of the United Nations."""
    lint = import_module("marc_lint").MarcLint()
    record = marcxml.record(Edition(STATEMENTS[case], FILES))
    ignored = ("Must end with .", "may be an article", "Only one 1XX tag")
    found = [str(each) for each in lint.check_record(record)]
    assert [each for each in found if not any(words in each for words in ignored)] == []
    wrong = pymarc.Field("245", pymarc.Indicators("9", "0"), [pymarc.Subfield("$", "x")])
    record.add_field(wrong)  # type: ignore[no-untyped-call]
    assert len(lint.check_record(record)) > len(found)


@EVERY
def test_bibtex_says_what_the_citation_says(case: str) -> None:
    """pandoc reads BibTeX as biblatex does; what it makes of it is what the CSL record has, letter for letter."""
    given = STATEMENTS[case]
    content = bibtex.serialize(Edition(given, FILES)).decode()
    command = [pypandoc.get_pandoc_path(), "--from=biblatex", "--to=csljson", "--sandbox"]
    done = subprocess.run(command, input=content, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    (read,) = json.loads(done.stdout)
    (wanted,) = json.loads(csl_json.serialize(Edition(given, FILES)))
    wanted.pop("language")  # pandoc takes a language from `langid` alone
    assert read == wanted


@pytest.mark.parametrize("text", ["{", "}", "a } b { c", "{{}", "\\{", "}{"])
def test_braces_without_a_partner_leave_those_of_bibtex_in_balance(text: str) -> None:
    escaped = bibtex.escape(text)
    assert escaped.count("{") == escaped.count("}")
    depth = 0
    for sign in escaped:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert bibtex.escape("a {b} c") == r"a \{b\} c"


def test_every_sign_of_tex_is_written_out() -> None:
    """pandoc forgives some of them, LaTeX none."""
    assert bibtex.escape("$&#%_") == r"\$\&\#\%\_"
    assert bibtex.escape("~^\\") == r"\textasciitilde{}\textasciicircum{}\textbackslash{}"


# They say what the statement says.


def values(content: bytes, path: str) -> list[str]:
    """The texts at a path of MODS elements."""
    found = etree.fromstring(content).findall("/".join(f"{MODS}{step}" for step in path.split("/")))
    return [element.text or "" for element in found]


def test_mods_has_every_field() -> None:
    record = mods.serialize(Edition(FULL, FILES))
    assert values(record, "titleInfo/title") == [FULL.title, FULL.short_title]
    assert values(record, "name/namePart") == [*(each.name for each in FULL.issuers), FULL.rights.holder]
    assert values(record, "genre") == ["Joint statement"]
    assert values(record, "originInfo/dateIssued") == [FULL.date]
    assert values(record, "originInfo/dateModified") == ["2024-07-01"]
    assert values(record, "originInfo/edition") == ["Version 2"]
    assert values(record, "language/languageTerm") == ["eng", "en"]
    assert values(record, "subject/topic") == ["One", "Two"]
    assert values(record, "subject/geographic") == ["Norway", "Somewhere"]
    assert values(record, "subject/geographicCode") == ["no"]
    assert values(record, "identifier") == [*(each.value for each in FULL.identifiers), FULL.version_urn]
    assert values(record, "relatedItem/physicalDescription/extent") == [str(each.size) for each in FILES]
    assert [text for text in values(record, "relatedItem/note") if text != "0" * 64] == [each.sha256 for each in FILES]
    assert values(record, "accessCondition") == [FULL.rights.statement]


def marc(given: Statement, files: tuple[Rendition, ...] = FILES) -> dict[str, list[str]]:
    """The data fields of a record by their tags, each in one line."""
    found: dict[str, list[str]] = {}
    for field in marcxml.record(Edition(given, files)):
        text = field.data if field.control_field else "".join(f"${sub.code}{sub.value}" for sub in field)
        found.setdefault(field.tag, []).append(text or "")
    return found


def test_marc_has_every_field() -> None:
    fields = marc(FULL)
    assert fields["001"] == ["sample"]
    assert fields["005"] == ["20240701000000.0"]
    assert fields["008"] == ["240701e20240501xx |||| o    |000 0 eng d"]
    assert fields["007"] == ["cr |||||||||||"]
    assert fields["040"] == ["$aThe Office$beng$cThe Office$erda"]
    assert fields["046"] == ["$j20240701"]
    assert fields["024"] == [
        *("$a10.1234/all$2doi", "$aurn:isbn:9789210000000$2urn", "$abox 7", "$a10.1234/all.2$2doi"),
        f"$a{FULL.version_urn}$2urn",
    ]
    assert fields["041"] == ["$aeng", "$aen$2rfc5646"]
    assert fields["110"] == ["$aNorway$4isb$1https://example.org/no"]
    assert fields["191"] == ["$aA/TEST/1", "$aS/TEST/1"]
    assert fields["245"] == ["$aA Statement of Everything"]
    assert fields["264"] == ["$bThe Office$c2024-05-01"]
    assert fields["500"] == ["$aChanged. Because.", "$aChanged again."]
    assert fields["540"] == ["$aCC BY$uhttps://creativecommons.org/licenses/by/4.0/"]
    assert fields["541"] == ["$ahttps://example.org/s$d20240503"]
    assert fields["562"] == ["$cVersion 1 (2024-05-01): First", "$cVersion 2 (2024-07-01): Second"]
    assert [line.partition("$4")[0] for line in fields["710"]] == [
        "$aAlbania",
        "$aEuropean Union",
        "$aA Group of Friends",
    ]
    assert fields["767"] == ["$iTranslation:$osample.fr", "$iTranslation:$osample.ar"]
    assert fields["780"] == [f"$o{FULL.replaced_urn}"]
    assert fields["787"][0] == f"$iVersion of:$o{FULL.urn}"
    assert fields["787"][1] == "$iReferences:$ohttps://example.org/c$r1 UNTS XVI$tThe Charter"
    assert len(fields["856"]) == 1 + len(FILES)
    assert fields["347"] == ["$atext file$2rdaft"]
    assert "341" not in fields
    assert "532" not in fields


def test_states_are_entered_under_their_own_name_and_bodies_under_theirs() -> None:
    fields = [field for field in marcxml.record(Edition(FULL, ())) if field.tag in ("110", "710")]
    assert [field.indicator1 for field in fields] == ["1", "1", "2", "2"]


@pytest.mark.parametrize(
    ("language", "linked", "codes"),
    [("fr", ["765", "775"], ["$afre$heng", "$afr$2rfc5646"]), ("ar", ["765", "775"], ["$aara$heng", "$aar$2rfc5646"])],
)
def test_a_translation_names_its_original(language: str, linked: list[str], codes: list[str]) -> None:
    edition = EXTREMES["all fields"].__class__(**{**vars(FULL), "language": language})
    fields = marc(edition)
    assert [tag for tag in ("765", "767", "775") if tag in fields] == linked
    assert fields["765"] == ["$iOriginal:$osample"]
    assert fields["041"] == codes
    root = etree.fromstring(dublin_core.serialize(Edition(edition, ())))
    assert [element.text for element in root.iter("{*}isVersionOf")] == [edition.urn, "sample"]
    assert not list(root.iter("{*}hasVersion"))


def test_albanian_has_the_code_of_each_standard() -> None:
    given = statement(language="sq", editions=("sq",))
    assert marc(given)["041"] == ["$aalb", "$asq$2rfc5646"]
    assert json.loads(inveniordm.serialize(Edition(given, ())))["metadata"]["languages"] == [{"id": "sqi"}]
    assert json.loads(datacite_json.serialize(Edition(given, ())))["language"] == "sq"


def test_invenio_takes_html_where_it_says_so() -> None:
    record = json.loads(inveniordm.serialize(Edition(EXTREMES["odd characters"], FILES)))["metadata"]
    assert record["description"].startswith("A &amp; B &lt;c&gt; “d”")
    assert record["title"].startswith("A & B <c> “d”")


def test_invenio_has_one_doi_of_its_own() -> None:
    record = json.loads(inveniordm.serialize(Edition(FULL, ())))
    assert record["pids"] == {"doi": {"identifier": "10.1234/all", "provider": "external"}}
    schemes = [(each["scheme"], each["identifier"]) for each in record["metadata"]["identifiers"]]
    assert ("doi", "10.1234/all.2") in schemes
    assert ("doi", "10.1234/all") not in schemes
    assert "pids" not in json.loads(inveniordm.serialize(Edition(statement(), ())))


def test_the_kinds_of_documents_are_written_as_people_write_them() -> None:
    names = {name.lower().replace(" ", "-").replace("é", "e"): name for name in KINDS.values()}
    assert list(names) == list(KINDS)
    assert KINDS["communique"] == "Communiqué"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_has_its_name(kind: str) -> None:
    given = statement(type=kind)
    assert values(mods.serialize(Edition(given, ())), "genre") == [KINDS[kind]]
    assert json.loads(csl_json.serialize(Edition(given, ())))[0]["genre"] == KINDS[kind]


# Accessibility, as the EPUB has it.

CERTIFIED = Accessibility("All can read it.", Certifier("Board", "Credential", "https://example.org/r", "2024-05-02"))


def with_epub(given: Statement) -> tuple[Rendition, ...]:
    return (*FILES, Rendition("sample.epub", EPUB, epub.write(annotate(given))))


def test_marc_repeats_what_the_epub_says_of_itself() -> None:
    given = statement(accessibility=CERTIFIED)
    fields = marc(given, with_epub(given))
    features = "$btableOfContents$breadingOrder$bstructuralNavigation$bdisplayTransformability"
    assert fields["341"] == [f"$3EPUB$atextual{features}$2sapdv"]
    assert fields["532"] == [
        "$aAccessibility hazards of the EPUB: none",
        "$aAll can read it.",
        f"$aThe EPUB conforms to {CONFORMANCE}, as certified by Board, Credential, 2024-05-02, https://example.org/r",
    ]


def test_nobody_certified_what_nobody_certified() -> None:
    given = statement()
    found = accessibility.of_files(with_epub(given))
    assert found is not None
    assert (found.conforms_to, found.certifier, found.report, found.date) == ("", "", "", "")
    assert not any("conforms" in line for line in marc(given, with_epub(given))["532"])
    assert b"conformsTo" not in dublin_core.serialize(Edition(given, with_epub(given)))
    assert b"conformsTo" not in mods.serialize(Edition(given, with_epub(given)))


def test_without_an_epub_nothing_is_said_of_it() -> None:
    assert accessibility.of_files(FILES) is None


# The table of serializers.


def test_every_standard_has_a_file_of_its_own() -> None:
    names = [each.write(Edition(FULL, FILES)).name for each in SERIALIZERS]
    assert len(set(names)) == len(names)
    assert all(name.startswith("metadata/") for name in names)


@pytest.mark.parametrize("serializer", SERIALIZERS, ids=lambda each: f"{each.stem}.{each.suffix}")
def test_a_record_is_the_same_every_time(serializer: Serializer) -> None:
    edition = Edition(FULL, FILES, {"communique": "1", "pandoc": "3"})
    assert serializer.write(edition) == serializer.write(Edition(FULL, FILES, {"communique": "1", "pandoc": "3"}))


def test_the_epub_is_opened_once_for_all_records(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[bytes] = []
    reading = accessibility._claims

    def counted(content: bytes) -> Access:
        opened.append(content)
        return reading(content)

    monkeypatch.setattr(accessibility, "_claims", counted)
    edition = Edition(FULL, with_epub(FULL))
    assert all(serializer.write(edition).content for serializer in SERIALIZERS)
    assert len(opened) == 1
