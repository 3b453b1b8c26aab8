"""Metadata: a record or file that says something else than the front matter is found, whatever it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import breaking
from breaking import BROKEN, LEAST, SINK, SINK_MASTER, faults, results, rules
from communique.checks.metadata import CHECK, coded, standards, values
from communique.checks.publication import Publication
from communique.doctor import places
from communique.records import SERIALIZERS
from conftest import MASTERS

DUBLIN, DATACITE, LINKED = "metadata/dublin-core.xml", "metadata/datacite.xml", "metadata/schema-org.jsonld"
MODS, MARC, PREMIS = "metadata/mods.xml", "metadata/marc.xml", "metadata/premis.xml"
JSON, DEPOSIT, CITATION = "metadata/datacite.json", "metadata/inveniordm.json", "metadata/citation.json"
BIB, METS = "metadata/citation.bib", "metadata/mets.xml"
TEXT, TRADE = "metadata/akoma-ntoso.xml", "metadata/onix.xml"
RECORD_NAMES = [DUBLIN, DATACITE, LINKED, MODS, MARC, PREMIS, JSON, DEPOSIT, CITATION, BIB, METS, TEXT, TRADE]
MANIFEST = "manifest.json"
PAGE, BOOK, LETTER, PAPER = (f"{SINK}.{suffix}" for suffix in ("html", "epub", "docx", "pdf"))


def test_every_good_output_passes(built: Path) -> None:
    these = [breaking.publication(built / master.name, master) for master in MASTERS]
    assert faults(CHECK, *these) == []
    assert len(results(CHECK, *these)) > 40


def test_the_broken_record_is_rejected_and_its_counterpart_is_not(tmp_path: Path) -> None:
    (tmp_path / "master").mkdir()
    (tmp_path / "master" / "statement.md").write_text(LEAST, encoding="utf-8")
    folder = tmp_path / "sample"
    (folder / "metadata").mkdir(parents=True)
    shutil.copyfile(BROKEN / "wrong-title.xml", folder / DUBLIN)
    (folder / MANIFEST).write_text('{"files": []}', encoding="utf-8")
    one = breaking.publication(folder, tmp_path / "master")
    assert rules(CHECK, one, DUBLIN) == {"wrong-title"}
    breaking.rewrite(folder / DUBLIN, "A statement of peace", "A statement")
    assert rules(CHECK, one, DUBLIN) == set()


@pytest.mark.parametrize("name", sorted(path.name for path in (BROKEN / "metadata").iterdir()))
def test_each_broken_record_says_one_thing_wrong(tmp_path: Path, name: str) -> None:
    folder, record = tmp_path / "build" / "master", f"metadata/{name}"
    (tmp_path / "master").mkdir()
    (tmp_path / "master" / "statement.md").write_text(LEAST, encoding="utf-8")
    (folder / "metadata").mkdir(parents=True)
    shutil.copyfile(BROKEN / "metadata" / name, folder / record)
    (folder / MANIFEST).write_text('{"files": []}', encoding="utf-8")
    one = breaking.publication(folder, tmp_path / "master")
    assert rules(CHECK, one, record) == {"wrong-title"}
    breaking.rewrite(folder / record, "A statement of peace", "A statement")
    assert rules(CHECK, one, record) == set()


def test_every_record_has_its_row() -> None:
    assert set(standards.STANDARDS) == {f"{each.stem}.{each.suffix}" for each in SERIALIZERS}
    assert {name for name, *_ in RECORDS} == {f"metadata/{name}" for name in standards.STANDARDS} == {*RECORD_NAMES}


RECORDS = [
    (TEXT, 'FRBRalias name="title" value="Joint', 'FRBRalias name="title" value="A joint', "wrong-title"),
    (TRADE, "<CorporateName>Norway", "<CorporateName>Sweden", "wrong-issuers"),
    (DUBLIN, "Everything a Statement Can Hold – ", "Everything a Statement Can Hold - ", "wrong-title"),
    (DUBLIN, ">Norway<", ">Sweden<", "wrong-issuers"),
    (DUBLIN, "re:<dc:creator[^>]*>Norway</dc:creator>", "", "wrong-issuers"),
    (
        DUBLIN,
        "re:(<dc:creator[^>]*>)Norway",
        '<dc:creator xml:lang="en">Union</dc:creator>\n<dc:creator>N',
        "wrong-issuers",
    ),
    (DUBLIN, "re:<dc:publisher.*?</dc:publisher>", "", "missing-publisher"),
    (DUBLIN, ">2024-02-29<", ">2024-02-28<", "wrong-date"),
    (DUBLIN, ">2024-03-05<", ">2024-03-06<", "wrong-revised"),
    (DUBLIN, ">en<", ">fr<", "wrong-language"),
    (DUBLIN, 'xml:lang="en"', 'xml:lang="fr"', "wrong-language"),
    (DUBLIN, "10.1234/example.5678", "10.1234/example.5679", "wrong-identifiers"),
    (DUBLIN, "Attribution 4.0", "Attribution 3.0", "wrong-rights"),
    (DUBLIN, "licenses/by/4.0", "licenses/by-nc/4.0", "wrong-rights"),
    (DUBLIN, "The Press Office", "The Publisher", "wrong-holder"),
    (DUBLIN, ">Testing<", ">Tasting<", "wrong-subjects"),
    (DUBLIN, "uses every construct", "uses some constructs", "wrong-description"),
    (DUBLIN, "received.txt", "sent.txt", "wrong-source"),
    (DUBLIN, "example.org/charter", "example.org/treaty", "wrong-references"),
    (DUBLIN, ">NO<", ">SE<", "wrong-places"),
    (DUBLIN, "application/pdf", "text/plain", "wrong-files"),
    (DUBLIN, "re:<dc:identifier[^>]*>urn:uuid:[0-9a-f]", "<dc:identifier>urn:uuid:x", "wrong-identifiers"),
    (DUBLIN, "re:<dcterms:isVersionOf[^>]*>urn:uuid.*?</dcterms:isVersionOf>", "", "missing-lineage"),
    (DUBLIN, "re:<dcterms:replaces.*?</dcterms:replaces>", "", "missing-lineage"),
    (DATACITE, "Dashes &amp; &lt;", "Dashes and &lt;", "wrong-title"),
    (DATACITE, ">Côte d’Ivoire<", ">Cote d'Ivoire<", "wrong-issuers"),
    (DATACITE, ">CI<", ">GH<", "wrong-issuers"),
    (DATACITE, "<publicationYear>2024", "<publicationYear>2023", "wrong-date"),
    (DATACITE, 'dateType="Issued">2024-02-29', 'dateType="Issued">2024-02-28', "wrong-date"),
    (DATACITE, 're:<date dateType="Updated">.*?</date>', "", "missing-revised"),
    (DATACITE, ">Press Office &amp; Archive<", ">Press Office<", "wrong-publisher"),
    (DATACITE, "A/TEST/2024/1", "A/TEST/2024/2", "wrong-identifiers"),
    (DATACITE, 'relationType="IsNewVersionOf"', 'relationType="IsPreviousVersionOf"', "missing-lineage"),
    (DATACITE, 're:relationType="IsVersionOf">urn:uuid:.', 'relationType="IsVersionOf">urn:uuid:x', "wrong-lineage"),
    (DATACITE, "<language>en<", "<language>de<", "wrong-language"),
    (DATACITE, "<version>1.1<", "<version>1.0<", "wrong-version"),
    (DATACITE, "Joint statement<", "Press release<", "wrong-kind"),
    (DATACITE, "licenses/by/4.0", "licenses/by-sa/4.0", "wrong-rights-uri"),
    (DATACITE, "re:<rightsList>.*</rightsList>", "", "missing-rights"),
    (DATACITE, "re:<size>\\d", "<size>9", "wrong-files"),
    (DATACITE, 'descriptionType="Abstract"', 'descriptionType="Other"', "missing-description"),
    (LINKED, '"name": "Joint Statement', '"name": "Statement', "wrong-title"),
    (LINKED, '"genre": "Joint statement"', '"genre": "Statement"', "wrong-kind"),
    (LINKED, '"license":', '"usageInfo":', "missing-rights-uri"),
    (LINKED, '"identifier": "1 UNTS XVI"', '"identifier": "1 UNTS XV"', "wrong-references"),
    (LINKED, '"datePublished": "2024-02-29"', '"datePublished": "2024-02-28"', "wrong-date"),
    (LINKED, '"inLanguage": "en"', '"inLanguage": "fr"', "wrong-language"),
    (LINKED, '"identifier": "NO"', '"identifier": "DK"', "wrong-issuers"),
    (LINKED, '"sameAs": "https://www.regjeringen.no/"', '"sameAs": "https://www.example.org/"', "wrong-issuers"),
    (
        LINKED,
        '"license": "https://creativecommons.org/licenses/by/4.0/"',
        '"license": "https://a.example/"',
        "wrong-rights-uri",
    ),
    (LINKED, '"copyrightNotice": "Creative', '"copyrightNotice": "Not creative', "wrong-rights"),
    (LINKED, "10.1234/example.5678", "10.1234/example", "wrong-identifiers"),
    (LINKED, '"alternateName": "', '"alternateName": "Nearly ', "wrong-short-title"),
    (LINKED, '"contentUrl": "kitchen-sink.pdf"', '"contentUrl": "kitchen-sink.fr.pdf"', "wrong-files"),
    (LINKED, 're:("sha256": ")..', '"sha256": "00', "wrong-files"),
    (LINKED, 're:"contentSize": "\\d+', '"contentSize": "1', "wrong-files"),
    (DUBLIN, "Two notes", "Three notes", "wrong-notes"),
    (DUBLIN, ">kitchen-sink.fr<", ">kitchen-sink.de<", "wrong-editions"),
    (DUBLIN, "WCAG 2.2 Level AA", "WCAG 2.2 Level AAA", "wrong-accessibility"),
    (DUBLIN, "re:<dcterms:conformsTo>.*?</dcterms:conformsTo>", "", "missing-accessibility"),
    (DATACITE, ">The Press Office<", ">The Office<", "wrong-holder"),
    (DATACITE, "Two notes", "Three notes", "wrong-notes"),
    (DATACITE, 'dateType="Collected">2024-03-01', 'dateType="Collected">2024-03-02', "wrong-source"),
    (LINKED, '"name": "The Press Office"', '"name": "The Office"', "wrong-holder"),
    (LINKED, '"identifier": "kitchen-sink.fr"', '"identifier": "kitchen-sink.de"', "wrong-editions"),
    (LINKED, '"workTranslation"', '"translationOfWork"', "unfounded-editions"),
    (LINKED, '"pageNavigation"', '"pageNavigations"', "wrong-accessibility"),
    (LINKED, '"accessibilityHazard": [', '"accessibilityHazard": ["sound",', "wrong-accessibility"),
    (LINKED, "heard and felt", "seen and felt", "wrong-accessibility"),
    (LINKED, 're:"accessMode": \\[.*?\\],', "", "missing-accessibility"),
    (MODS, "<title>Joint", "<title>Disjoint", "wrong-title"),
    (MODS, "<title>Everything", "<title>Nothing", "wrong-title"),
    (MODS, ">European Union<", ">African Union<", "wrong-issuers"),
    (MODS, 'type="iso3166">CI', 'type="iso3166">GH', "wrong-issuers"),
    (MODS, "www.regjeringen.no", "www.example.org", "wrong-issuers"),
    (MODS, ">The Press Office<", ">The Office<", "wrong-holder"),
    (MODS, ">cph<", ">isb<", "wrong-issuers"),
    (MODS, ">Joint statement<", ">Press release<", "wrong-kind"),
    (MODS, ">Press Office &amp; Archive<", ">Press Office<", "wrong-publisher"),
    (MODS, 'keyDate="yes">2024-02-29', 'keyDate="yes">2024-02-28', "wrong-date"),
    (MODS, "re:<dateModified.*?</dateModified>", "", "missing-revised"),
    (MODS, ">Version 1.1<", ">Version 1.0<", "wrong-version"),
    (MODS, 'authority="rfc5646">en', 'authority="rfc5646">fr', "wrong-language"),
    (MODS, ">eng<", ">ger<", "wrong-language"),
    (MODS, 'xml:lang="en"', 'xml:lang="fr"', "wrong-language"),
    (MODS, "uses every construct", "uses some constructs", "wrong-description"),
    (MODS, ">Typography<", ">Topography<", "wrong-subjects"),
    (MODS, "subjects/testing", "subjects/tasting", "wrong-subjects"),
    (MODS, ">Norway</geographic>", ">Sweden</geographic>", "wrong-places"),
    (MODS, ">no</geographicCode>", ">se</geographicCode>", "wrong-places"),
    (MODS, ">Creative", ">Uncreative", "wrong-rights"),
    (MODS, "licenses/by/4.0", "licenses/by/3.0", "wrong-rights-uri"),
    (MODS, ">10.1234/example.5678<", ">10.1234/example<", "wrong-identifiers"),
    (MODS, ">A/TEST/2024/1<", ">A/TEST/2024/2<", "wrong-identifiers"),
    (MODS, "<recordIdentifier>kitchen-sink<", "<recordIdentifier>sink<", "wrong-identifiers"),
    (MODS, "example.org/charter", "example.org/treaty", "wrong-references"),
    (MODS, "1 UNTS XVI", "1 UNTS XV", "wrong-references"),
    (MODS, "received.txt", "sent.txt", "wrong-source"),
    (MODS, ">a6c3fc", ">b6c3fc", "wrong-source"),
    (MODS, ">2024-03-01<", ">2024-03-03<", "wrong-source"),
    (MODS, 'type="preceding"', 'type="succeeding"', "missing-lineage"),
    (MODS, ">kitchen-sink.fr<", ">kitchen-sink.de<", "wrong-editions"),
    (MODS, "Two notes", "Three notes", "wrong-notes"),
    (MODS, "A comma corrected", "A word corrected", "wrong-revisions"),
    (MODS, "heard and felt", "seen and felt", "wrong-accessibility"),
    (MODS, "pageBreakMarkers, ", "", "wrong-accessibility"),
    (MODS, "WCAG 2.2 Level AA", "WCAG 2.2 Level AAA", "wrong-accessibility"),
    (MODS, 're:unit="bytes">\\d', 'unit="bytes">', "wrong-files"),
    (MODS, "<internetMediaType>application/pdf", "<internetMediaType>text/plain", "wrong-files"),
    (MARC, ">kitchen-sink</controlfield>", ">sink</controlfield>", "wrong-identifiers"),
    (MARC, ">20240305000000.0<", ">20240306000000.0<", "wrong-revised"),
    (MARC, "e20240229xx", "e20240228xx", "wrong-date"),
    (MARC, ">2024-02-29<", ">2024-02-28<", "wrong-date"),
    (MARC, ">20240305<", ">20240306<", "wrong-revised"),
    (MARC, 'code="b">eng<', 'code="b">fre<', "wrong-language"),
    (MARC, ">240305e", ">240304e", "wrong-revised"),
    (MARC, ">visual<", ">tactile<", "wrong-accessibility"),
    (MARC, "|000 0 eng d", "|000 0 fre d", "wrong-language"),
    (MARC, ">en</subfield>", ">fr</subfield>", "wrong-language"),
    (MARC, ">Joint Statement on", ">Statement on", "wrong-title"),
    (MARC, ">Everything a", ">Nothing a", "wrong-short-title"),
    (MARC, ">Version 1.1</subfield>", ">Version 1.0</subfield>", "wrong-version"),
    (MARC, ">Press Office &amp; Archive<", ">Press Office<", "wrong-publisher"),
    (MARC, "uses every construct", "uses some constructs", "wrong-description"),
    (MARC, ">Creative", ">Uncreative", "wrong-rights"),
    (MARC, "licenses/by/4.0", "licenses/by/3.0", "wrong-rights-uri"),
    (MARC, ">The Press Office<", ">The Office<", "wrong-holder"),
    (MARC, "received.txt", "sent.txt", "wrong-source"),
    (MARC, ">20240301<", ">20240302<", "wrong-source"),
    (MARC, ">Côte d’Ivoire<", ">Ghana<", "wrong-issuers"),
    (MARC, "www.regjeringen.no", "www.example.org", "wrong-issuers"),
    (MARC, ">Joint statement<", ">Press release<", "wrong-kind"),
    (MARC, ">Testing<", ">Tasting<", "wrong-subjects"),
    (MARC, 'tag="653"', 'tag="650"', "wrong-subjects"),
    (MARC, "places/no", "places/se", "wrong-places"),
    (MARC, ">no<", ">se<", "wrong-places"),
    (MARC, ">10.1234/example.5678<", ">10.1234/example<", "wrong-identifiers"),
    (MARC, ">A/TEST/2024/1<", ">A/TEST/2024/2<", "wrong-identifiers"),
    (MARC, "statements/everything", "statements/nothing", "wrong-identifiers"),
    (MARC, ">Charter of", ">Treaty of", "wrong-references"),
    (MARC, "1 UNTS XVI", "1 UNTS XV", "wrong-references"),
    (MARC, "urn:uuid:6b1c", "urn:uuid:7b1c", "wrong-lineage"),
    (MARC, 'tag="780"', 'tag="785"', "missing-lineage"),
    (MARC, 'tag="767"', 'tag="765"', "missing-editions"),
    (MARC, "Two notes", "Three notes", "wrong-notes"),
    (MARC, "A comma corrected", "A word corrected", "wrong-revisions"),
    (MARC, ">pageNavigation<", ">pageNavigations<", "wrong-accessibility"),
    (MARC, "EPUB: none", "EPUB: flashing", "wrong-accessibility"),
    (MARC, "certified by Example", "certified by Other", "wrong-accessibility"),
    (MARC, "heard and felt", "seen and felt", "wrong-accessibility"),
    (MARC, ">kitchen-sink.pdf<", ">kitchen-sink.fr.pdf<", "wrong-files"),
    (MARC, "re:>\\d(\\d+) bytes", ">1 bytes", "wrong-files"),
    (JSON, '"title": "Joint', '"title": "Disjoint', "wrong-title"),
    (JSON, '"name": "European Union"', '"name": "Union"', "wrong-issuers"),
    (JSON, '"nameIdentifier": "CI"', '"nameIdentifier": "GH"', "wrong-issuers"),
    (JSON, '"name": "Press Office & Archive"', '"name": "Press Office"', "wrong-publisher"),
    (JSON, '"publicationYear": "2024"', '"publicationYear": "2023"', "wrong-date"),
    (JSON, '"date": "2024-02-29"', '"date": "2024-02-28"', "wrong-date"),
    (JSON, '"dateType": "Updated"', '"dateType": "Valid"', "missing-revised"),
    (JSON, '"dateType": "Collected"', '"dateType": "Valid"', "missing-source"),
    (JSON, '"doi": "10.1234/example.5678"', '"doi": "10.1234/example"', "wrong-identifiers"),
    (JSON, "A/TEST/2024/1", "A/TEST/2024/2", "wrong-identifiers"),
    (JSON, '"language": "en"', '"language": "fr"', "wrong-language"),
    (JSON, '"lang": "en"', '"lang": "fr"', "wrong-language"),
    (JSON, '"rights": "Creative', '"rights": "Uncreative', "wrong-rights"),
    (JSON, "licenses/by/4.0", "licenses/by/3.0", "wrong-rights-uri"),
    (JSON, '"geoLocationPlace": "Norway"', '"geoLocationPlace": "Sweden"', "wrong-places"),
    (JSON, '"version": "1.1"', '"version": "1.0"', "wrong-version"),
    (JSON, '"name": "The Press Office"', '"name": "The Office"', "wrong-holder"),
    (JSON, "uses every construct", "uses some constructs", "wrong-description"),
    (JSON, "example.org/charter", "example.org/treaty", "wrong-references"),
    (JSON, "received.txt", "sent.txt", "wrong-source"),
    (JSON, '"IsNewVersionOf"', '"IsPreviousVersionOf"', "missing-lineage"),
    (JSON, '"IsVersionOf"', '"HasVersion"', "missing-lineage"),
    (JSON, "Two notes", "Three notes", "wrong-notes"),
    (JSON, '"resourceType": "Joint statement"', '"resourceType": "Press release"', "wrong-kind"),
    (JSON, '"subject": "Testing"', '"subject": "Tasting"', "wrong-subjects"),
    (JSON, '"application/pdf"', '"text/plain"', "wrong-files"),
    (JSON, " bytes", "0 bytes", "wrong-files"),
    (DEPOSIT, '"title": "Joint', '"title": "Disjoint', "wrong-title"),
    (DEPOSIT, '"title": "Everything', '"title": "Nothing', "wrong-short-title"),
    (DEPOSIT, '"name": "European Union"', '"name": "Union"', "wrong-issuers"),
    (DEPOSIT, '"name": "The Press Office"', '"name": "The Office"', "wrong-holder"),
    (DEPOSIT, '"publication_date": "2024-02-29"', '"publication_date": "2024-02-28"', "wrong-date"),
    (DEPOSIT, '"id": "updated"', '"id": "valid"', "missing-revised"),
    (DEPOSIT, '"id": "collected"', '"id": "valid"', "missing-source"),
    (DEPOSIT, '"version": "1.1"', '"version": "1.0"', "wrong-version"),
    (DEPOSIT, '"publisher": "Press', '"publisher": "The Press', "wrong-publisher"),
    (DEPOSIT, '"subject": "Testing"', '"subject": "Tasting"', "wrong-subjects"),
    (DEPOSIT, '"place": "Norway"', '"place": "Sweden"', "wrong-places"),
    (DEPOSIT, "A/TEST/2024/1", "A/TEST/2024/2", "wrong-identifiers"),
    (DEPOSIT, '"identifier": "10.1234/example.5678"', '"identifier": "10.1234/example"', "wrong-identifiers"),
    (DEPOSIT, "every construct once &amp;", "every construct once and", "wrong-description"),
    (DEPOSIT, '"en": "Creative', '"en": "Uncreative', "wrong-rights"),
    (DEPOSIT, "licenses/by/4.0", "licenses/by/3.0", "wrong-rights-uri"),
    (DEPOSIT, 're:("languages": \\[\\s*{\\s*"id": )"eng"', '"languages": [{"id": "ger"', "wrong-language"),
    (DEPOSIT, "example.org/charter", "example.org/treaty", "wrong-references"),
    (DEPOSIT, "1 UNTS XVI", "1 UNTS XV", "wrong-references"),
    (DEPOSIT, '"isnewversionof"', '"isversionof"', "missing-lineage"),
    (DEPOSIT, "received.txt", "sent.txt", "wrong-source"),
    (DEPOSIT, "Two notes", "Three notes", "wrong-notes"),
    (DEPOSIT, '"application/pdf"', '"text/plain"', "wrong-files"),
    (DEPOSIT, " bytes", "0 bytes", "wrong-files"),
    (CITATION, '"title": "Joint', '"title": "Disjoint', "wrong-title"),
    (CITATION, '"title-short": "Everything', '"title-short": "Nothing', "wrong-short-title"),
    (CITATION, '"literal": "Norway"', '"literal": "Sweden"', "wrong-issuers"),
    (CITATION, "29", "28", "wrong-date"),
    (CITATION, '"publisher": "Press', '"publisher": "The Press', "wrong-publisher"),
    (CITATION, '"number": "A/TEST/2024/1"', '"number": "A/TEST/2024/2"', "wrong-identifiers"),
    (CITATION, '"DOI": "10', '"DOI": "11', "wrong-identifiers"),
    (CITATION, "statements/everything", "statements/nothing", "wrong-identifiers"),
    (CITATION, '"id": "kitchen-sink"', '"id": "sink"', "wrong-identifiers"),
    (CITATION, '"version": "1.1"', '"version": "1.0"', "wrong-version"),
    (CITATION, '"language": "en"', '"language": "fr"', "wrong-language"),
    (CITATION, "uses every construct", "uses some constructs", "wrong-description"),
    (CITATION, "Testing, Typography", "Testing", "wrong-subjects"),
    (CITATION, '"genre": "Joint statement"', '"genre": "Statement"', "wrong-kind"),
    (BIB, "title = {{Joint", "title = {{Disjoint", "wrong-title"),
    (BIB, "Dashes \\& <", "Dashes and <", "wrong-title"),
    (BIB, "shorttitle = {{Everything", "shorttitle = {{Nothing", "wrong-short-title"),
    (BIB, "{Norway} and {Côte", "{Norway and Côte", "wrong-issuers"),
    (BIB, "{Norway} and ", "", "wrong-issuers"),
    (BIB, "date = {2024-02-29}", "date = {2024-02-28}", "wrong-date"),
    (BIB, "Press Office", "Office", "wrong-publisher"),
    (BIB, "A/TEST/2024/1", "A/TEST/2024/2", "wrong-identifiers"),
    (BIB, "doi = {10", "doi = {11", "wrong-identifiers"),
    (BIB, "statements/everything", "statements/nothing", "wrong-identifiers"),
    (BIB, "@report{kitchen-sink", "@report{sink", "wrong-identifiers"),
    (BIB, "version = {1.1}", "version = {1.0}", "wrong-version"),
    (BIB, "language = {English}", "language = {French}", "wrong-language"),
    (BIB, "uses every construct", "uses some constructs", "wrong-description"),
    (BIB, "{Testing}, ", "", "wrong-subjects"),
    (BIB, "type = {Joint statement}", "type = {Statement}", "wrong-kind"),
    (PREMIS, "<originalName>Joint", "<originalName>Disjoint", "wrong-title"),
    (PREMIS, "Value>kitchen-sink<", "Value>sink<", "wrong-identifiers"),
    (PREMIS, "<agentName>Press Office", "<agentName>Office", "wrong-publisher"),
    (PREMIS, "<eventDateTime>2024-03-01", "<eventDateTime>2024-03-02", "wrong-source"),
    (
        PREMIS,
        '/cre">creation</eventType>\n    <eventDateTime>2024-03-05',
        '/cre">creation</eventType><eventDateTime>2024-03-04',
        "wrong-revised",
    ),
    (PREMIS, "received.txt", "sent.txt", "wrong-source"),
    (PREMIS, ">a6c3fc", ">b6c3fc", "missing-source"),
    (PREMIS, "Two notes", "Three notes", "wrong-notes"),
    (PREMIS, "<messageDigest>", "<messageDigest>0", "wrong-files"),
    (PREMIS, "<size>", "<size>1", "wrong-files"),
    (PREMIS, "Value>kitchen-sink.pdf<", "Value>kitchen-sink.fr.pdf<", "wrong-files"),
    (PREMIS, "<agentVersion>3", "<agentVersion>2", "wrong-tools"),
    (METS, 'LABEL="Joint', 'LABEL="Disjoint', "wrong-title"),
    (METS, 'OBJID="kitchen-sink"', 'OBJID="sink"', "wrong-identifiers"),
    (METS, 'TYPE="DOI">10', 'TYPE="DOI">11', "wrong-identifiers"),
    (METS, 'TYPE="joint-statement"', 'TYPE="statement"', "wrong-kind"),
    (METS, 'CREATEDATE="2024-03-05', 'CREATEDATE="2024-03-04', "wrong-revised"),
    (METS, "<name>Press Office", "<name>Office", "wrong-publisher"),
    (METS, 're:<agent ROLE="IPOWNER".*?</agent>', "", "missing-holder"),
    (METS, ' SIZE="', ' SIZE="1', "wrong-files"),
    (METS, ' CHECKSUM="', ' CHECKSUM="0', "wrong-files"),
    (METS, ' MIMETYPE="text/html"', ' MIMETYPE="text/plain"', "wrong-files"),
    (METS, '"../kitchen-sink.pdf"', '"../kitchen-sink.fr.pdf"', "wrong-files"),
    (METS, "<title>Joint", "<title>Disjoint", "wrong-title"),
    (METS, "re:<dateIssued.*?</dateIssued>", "", "missing-date"),
    (METS, "re:<dmdSec.*?</dmdSec>", "", "missing-title"),
    (METS, "<agentVersion>3", "<agentVersion>2", "wrong-tools"),
    (METS, "<messageDigest>", "<messageDigest>0", "wrong-files"),
]


@pytest.mark.parametrize("case", RECORDS)
def test_a_record_that_says_something_else_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str]
) -> None:
    name, old, new, rule = case
    one = breaking.copied(built, tmp_path)
    breaking.rewrite(one.path(name), old, new)
    (result,) = CHECK.run([(one, name)], places())
    assert rule in {finding.rule for finding in result.findings}
    assert not result.unchecked


@pytest.mark.parametrize("name", RECORD_NAMES)
def test_what_one_record_says_wrong_is_no_fault_of_another(built: Path, tmp_path: Path, name: str) -> None:
    one = breaking.copied(built, tmp_path)
    old, new = next((old, new) for each, old, new, _ in RECORDS if each == name)
    breaking.rewrite(one.path(name), old, new)
    assert [each.path for each in results(CHECK, one) if each.findings] == [name]


PAGES = [
    ('datetime="2024-02-29"', 'datetime="2024-02-28"', "wrong-date"),
    ('datetime="2024-02-29"', "", "missing-date"),
    ("<title>Joint", "<title>Jointly", "wrong-title"),
    ("re:<title>.*?</title>", "", "missing-title"),
    ('re:<meta name="author" content="Norway">', "", "wrong-issuers"),
    ('name="description" content="A', 'name="description" content="The', "wrong-description"),
    ('name="DC.date" content="2024-02-29"', 'name="DC.date" content="2024-02-28"', "wrong-date"),
    (
        'name="citation_publication_date" content="2024/02/29"',
        'name="citation_publication_date" content="2024/02/28"',
        "wrong-date",
    ),
    ('name="citation_title"', 'name="citation_titel"', "missing-title"),
    ('name="citation_doi" content="10', 'name="citation_doi" content="11', "wrong-identifiers"),
    ('name="DC.language" content="en"', 'name="DC.language" content="fr"', "wrong-language"),
    ('name="DC.publisher" content="Press', 'name="DC.publisher" content="The Press', "wrong-publisher"),
    ('name="keywords" content="Testing, ', 'name="keywords" content="', "wrong-subjects"),
    ('rel="license" href="https://c', 'rel="license" href="https://d', "wrong-rights-uri"),
    ('name="DC.rights"', 'name="DC.rites"', "missing-rights"),
    ('re:<script type="application/ld.json">.*?</script>', "", "missing-json-ld"),
    ('"datePublished": "2024-02-29"', '"datePublished": "2023-02-29"', "wrong-date"),
    ('"datePublished": "2024-02-29"', '"datePublished": "2023-02-29"', "json-schema-format"),
    ('"@context": "https://schema.org",', '"@context": "https://schema.org"', "unreadable"),
]


@pytest.mark.parametrize(("old", "new", "rule"), PAGES)
def test_a_page_that_says_something_else_is_found(built: Path, tmp_path: Path, old: str, new: str, rule: str) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    breaking.rewrite(one.path(PAGE), old, new)
    assert rule in rules(CHECK, one, PAGE)


ARCHIVES = [
    (BOOK, "EPUB/package.opf", "<dc:title>Joint", "<dc:title>Disjoint", "wrong-title"),
    (BOOK, "EPUB/package.opf", "re:<dc:title>.*?</dc:title>", "", "missing-title"),
    (BOOK, "EPUB/package.opf", "<dc:language>en", "<dc:language>fr", "wrong-language"),
    (BOOK, "EPUB/package.opf", "<dc:date>2024-02-29", "<dc:date>2024-02-30", "wrong-date"),
    (BOOK, "EPUB/package.opf", ">Norway</dc:creator>", ">Norge</dc:creator>", "wrong-issuers"),
    (BOOK, "EPUB/package.opf", "2024-03-05T00", "2024-03-04T00", "wrong-revised"),
    (BOOK, "EPUB/package.opf", "<dc:rights>Creative", "<dc:rights>Uncreative", "wrong-rights"),
    (BOOK, "EPUB/package.opf", "doi:10", "doi:11", "wrong-identifiers"),
    (BOOK, "EPUB/package.opf", "<dc:publisher>Press", "<dc:publisher>Stress", "wrong-publisher"),
    (BOOK, "EPUB/package.opf", "<dc:subject>Testing", "<dc:subject>Tests", "wrong-subjects"),
    (LETTER, "docProps/core.xml", "<dc:title>Joint", "<dc:title>Disjoint", "wrong-title"),
    (LETTER, "docProps/core.xml", "Norway; Côte", "Norway, Côte", "wrong-issuers"),
    (LETTER, "docProps/core.xml", "<dc:language>en", "<dc:language>fr", "wrong-language"),
    (LETTER, "docProps/core.xml", ">2024-02-29T", ">2024-02-28T", "wrong-date"),
    (LETTER, "docProps/core.xml", "re:<dc:identifier>.*?</dc:identifier>", "", "missing-identifiers"),
    (LETTER, "docProps/app.xml", "Press Office", "Office", "wrong-publisher"),
    (LETTER, "docProps/custom.xml", ">Everything", ">Nothing", "wrong-short-title"),
]


@pytest.mark.parametrize("case", ARCHIVES)
def test_a_package_that_says_something_else_is_found(
    built: Path, tmp_path: Path, case: tuple[str, str, str, str, str]
) -> None:
    name, member, old, new, rule = case
    one = breaking.copied(built, tmp_path, name)
    breaking.repack(one.path(name), member, old, new)
    assert rule in rules(CHECK, one, name)


def _info(key: str, value: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        pdf.trailer.Info[f"/{key}"] = pikepdf.String(value)

    return edit


def _packet(old: str, new: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        content = pdf.Root.Metadata.read_bytes()
        assert old.encode() in content
        pdf.Root.Metadata.write(content.replace(old.encode(), new.encode()))

    return edit


def _without(key: str) -> Callable[[Any], None]:
    def edit(pdf: Any) -> None:
        del pdf.Root[key]

    return edit


PAPERS: list[tuple[str, Callable[[Any], None], str]] = [
    (PAPER, _info("Title", "Another"), "wrong-title"),
    (PAPER, _info("Author", "Norway"), "wrong-issuers"),
    (PAPER, _info("CreationDate", "D:20240228"), "wrong-date"),
    (PAPER, _info("ModDate", "D:20240306"), "wrong-revised"),
    (PAPER, _info("Subject", ""), "missing-description"),
    (PAPER, _info("Keywords", "Testing"), "wrong-subjects"),
    (PAPER, _packet("Joint Statement on", "Statement on"), "wrong-title"),
    (PAPER, _packet('x-default">Joint', 'x-default">Disjoint'), "wrong-title"),
    (PAPER, _packet("<rdf:li>Norway", "<rdf:li>Norge"), "wrong-issuers"),
    (PAPER, _packet("doi:10.1234", "doi:10.1235"), "wrong-identifiers"),
    (PAPER, _packet("<rdf:li>en<", "<rdf:li>fr<"), "wrong-language"),
    (PAPER, _packet("<xmp:CreateDate>2024-02-29", "<xmp:CreateDate>2024-02-28"), "wrong-date"),
    (PAPER, _packet("licenses/by/4.0", "licenses/by/3.0"), "wrong-rights-uri"),
    (PAPER, _packet("<dc:title>", "<dc:titel>"), "unreadable"),
    (PAPER, _without("/Metadata"), "missing-xmp"),
    (f"{SINK}.ua2+a4f.pdf", _packet("Joint Statement on", "Statement on"), "wrong-title"),
    (f"{SINK}.print.pdf", _info("Title", "Another"), "wrong-title"),
    (f"{SINK}.large.pdf", _packet("<rdf:li>2024-02-29", "<rdf:li>2024-02-28"), "wrong-date"),
]


@pytest.mark.parametrize(("name", "edit", "rule"), PAPERS, ids=range(len(PAPERS)))
def test_a_pdf_that_says_something_else_is_found(
    built: Path, tmp_path: Path, name: str, edit: Callable[[Any], None], rule: str
) -> None:
    one = breaking.copied(built, tmp_path, name)
    breaking.edit_pdf(one.path(name), edit)
    assert rule in rules(CHECK, one, name)


def test_a_translation_that_says_what_the_first_edition_says_is_found(built: Path, tmp_path: Path) -> None:
    """The whole French page is taken for the English one, and the other way round."""
    one = breaking.copied(built, tmp_path, PAGE)
    shutil.copyfile(one.path(PAGE), one.path(f"{SINK}.fr.html"))
    assert {"wrong-title", "wrong-language"} <= rules(CHECK, breaking.publication(one.folder), f"{SINK}.fr.html")


@pytest.mark.parametrize("name", [*RECORD_NAMES, "metadata/schema-org.fr.jsonld"])
def test_a_missing_record_is_found(built: Path, tmp_path: Path, name: str) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(name).unlink()
    assert rules(CHECK, breaking.publication(one.folder), "") == {"missing-record"}


def test_a_missing_edition_is_found(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    for path in one.folder.glob(f"{SINK}.fr.*"):
        path.unlink()
    assert rules(CHECK, breaking.publication(one.folder), "") == {"missing-edition"}


def test_an_edition_that_the_master_does_not_have_is_found(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE)
    one.path(PAGE).rename(one.path(f"{SINK}.de.html"))
    again = breaking.publication(one.folder)
    assert rules(CHECK, again, f"{SINK}.de.html") == {"unknown-edition"}
    assert {"missing-edition", "missing-record"} <= rules(CHECK, again, "")


def test_an_empty_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / SINK).mkdir()
    assert {"no-output", "missing-edition"} <= rules(CHECK, breaking.publication(tmp_path / SINK), "")


def test_without_a_master_nothing_passes_and_records_still_disagree(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    breaking.rewrite(one.path(PAGE), "<title>Joint", "<title>Jointly")
    said = {each.path: each for each in results(CHECK, Publication(SINK, one.folder, None))}
    assert all("no master" in each.unchecked for each in said.values())
    assert [path for path, each in said.items() if each.findings] == [PAGE]
    assert [finding.rule for finding in said[PAGE].findings] == ["wrong-title"]


def test_without_master_and_record_nothing_passes(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path, PAGE, BOOK)
    said = results(CHECK, Publication(SINK, one.folder, None))
    assert all(each.unchecked for each in said)


@pytest.mark.parametrize("text", ["", "---\ntitle: [\n---\n", "no front matter"])
def test_a_master_that_cannot_be_read_is_no_fault_of_the_files(built: Path, tmp_path: Path, text: str) -> None:
    one = breaking.copied(built, tmp_path)
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    (tmp_path / "master" / "statement.md").write_text(text, encoding="utf-8")
    said = results(CHECK, breaking.publication(one.folder, tmp_path / "master"))
    assert all(each.unchecked and not each.findings for each in said)


def test_a_changed_master_is_found_in_every_file(built: Path, tmp_path: Path) -> None:
    shutil.copytree(SINK_MASTER, tmp_path / "master")
    breaking.rewrite(tmp_path / "master" / "statement.md", "date: 2024-02-29\n", "date: 2024-02-28\n")
    said = results(CHECK, breaking.publication(built / SINK, tmp_path / "master"))
    # PREMIS has the day of the last revision, on which the files were made, and not that of the text.
    assert {each.path for each in said if not each.findings} == {"", PREMIS, "metadata/premis.fr.xml"}


def test_without_a_manifest_what_records_say_of_files_is_unchecked(built: Path, tmp_path: Path) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(MANIFEST).unlink()
    said = {each.path: each for each in results(CHECK, breaking.publication(one.folder))}
    assert all(
        MANIFEST in said[name].unchecked for name in (DUBLIN, DATACITE, LINKED, MODS, MARC, JSON, DEPOSIT, PREMIS, METS)
    )
    assert not said[PAGE].unchecked


@pytest.mark.parametrize("name", [*RECORD_NAMES, PAGE, BOOK, LETTER, PAPER])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\x03\x04", b"<a/>", b"{}", b"%PDF-1.7"])
def test_a_torn_file_never_passes(built: Path, tmp_path: Path, name: str, content: bytes) -> None:
    one = breaking.copied(built, tmp_path)
    one.path(name).write_bytes(content)
    (result,) = (each for each in results(CHECK, one) if each.path == name)
    assert result.findings


@pytest.mark.parametrize(
    ("tag", "three", "bibliographic"),
    [
        ("en", "eng", "eng"),
        ("sq", "sqi", "alb"),
        ("zh-Hant", "zho", "chi"),
        ("ase", "ase", ""),
        ("qaa", "", ""),
        ("x", "", ""),
    ],
)
def test_languages_have_the_codes_of_other_standards(tag: str, three: str, bibliographic: str) -> None:
    assert (coded.three(tag), coded.bibliographic(tag)) == (three, bibliographic)


def test_values_are_found_wherever_they_are_in_json() -> None:
    value = {"a": [{"b": 1, "k": {"id": "x"}}, {"b": ["2", {"c": 3}], "k": {"id": "y"}}, "b"], "d": {"en": "e"}}
    assert values.texts(value, "a.b") == ["1", "2"]
    assert values.texts(value, "a.b", k__id="y") == ["2"]
    assert values.texts(value, "d.*") == ["e"]
    assert values.texts(None, "a") == values.texts([], "a.b.c") == values.texts(value, "d.en.x") == []
