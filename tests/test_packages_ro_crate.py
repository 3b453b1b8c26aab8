"""Crates as they are packed: what they say of the statement, of its files, and of what was done to them."""

from __future__ import annotations

import dataclasses
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique.checks.judges import nu
from communique.checks.packages import ro_crate as judge
from communique.checks.packages.files import tree
from communique.crosswalk import trees
from communique.doctor import places
from communique.errors import MasterError
from communique.packages import PACKAGERS
from communique.packages import ro_crate as ours
from communique.packages.contents import Contents, Part, Role
from communique.packages.entry import written
from communique.packages.ro_crate import claims
from communique.packages.ro_crate.graph import CONTEXT, Graph, compact, identified, is_address, local
from communique.records.edition import Edition
from communique.records.premis import Verdict
from communique.rendition import Rendition
from communique.statement import Identifier, Issuer, Publisher, Rights, Source, Statement
from conftest import MASTERS
from crate_samples import misread
from package_samples import gathered, lay_out
from record_samples import EXTREMES, FULL
from roc_validator import outside, unknown
from samples import statement

SINK = "kitchen-sink"
TRANSLATION = dataclasses.replace(FULL, language="fr", title="Tout", path="content/sample/statement.fr.md")
RECEIVED = "content/sample/source/s.txt"
Entities = dict[str, dict[str, Any]]


def part(path: str, role: Role, language: str = "", content: bytes = b"x", media_type: str = "text/plain") -> Part:
    """A file of a statement."""
    entry = written(path, content)
    return Part(path, role, media_type, entry.size, entry.sha256, entry.sha512, entry.pieces, language)


def small(*statements: Statement, parts: tuple[Part, ...] = (), **said: Any) -> Contents:
    """Contents without a build: the masters of some editions, what was received, one output each, a record."""
    made = [part(f"content/sample/{Path(each.path).name}", Role.MASTER, each.language) for each in statements]
    made += [part(f"build/sample/{each.name}.html", Role.RENDITION, each.language) for each in statements]
    made += [part(RECEIVED, Role.SOURCE), part("build/sample/metadata/x.xml", Role.RECORD), *parts]
    made.sort(key=lambda each: each.path)
    return Contents(statements, tuple(made), {"communique": "1.0", "pandoc": "3.9"}, **said)


def entities(contents: Contents) -> Entities:
    """What a crate says, by @id."""
    (metadata,) = (entry for entry in ours.pack(contents) if entry.name == "ro-crate-metadata.json")
    return {each["@id"]: each for each in json.loads(b"".join(metadata.pieces()))["@graph"]}


def named(found: Entities, value: Any) -> Any:
    """The names of what a property points to."""
    values = value if isinstance(value, list) else [value]
    return compact(found[each["@id"]]["name"] for each in values)


@pytest.fixture(scope="module", params=[folder.name for folder in MASTERS])
def real(
    request: pytest.FixtureRequest, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Contents, Path]:
    """Each master of the repository with all of its outputs, and its crate."""
    place = tmp_path_factory.mktemp("real")
    found = gathered(built, request.param, place)
    return found, lay_out(list(ours.pack(found)), place / "crate")


def test_it_has_its_line_in_the_table() -> None:
    packager = PACKAGERS["ro-crate"]
    assert (packager.standard, packager.suffix, packager.is_zip) == ("RO-Crate 1.2", "-ro-crate", False)


def test_nothing_is_against_the_crate_of_a_real_statement(real: tuple[Contents, Path]) -> None:
    contents, crate = real
    assert list(judge.remarks(tree(crate))) == []
    assert set(judge.places(tree(crate))) == {each.path for each in contents.parts}
    command = ["sha256sum", "--check", "--strict", "--quiet", ours.LISTING]
    assert subprocess.run(command, cwd=crate, capture_output=True, check=True).stdout == b""


def test_the_same_contents_give_the_same_bytes(real: tuple[Contents, Path]) -> None:
    contents, _ = real
    assert [each.sha512 for each in ours.pack(contents)] == [each.sha512 for each in ours.pack(contents)]


def test_every_byte_line_and_file_of_a_real_crate_counts(real: tuple[Contents, Path]) -> None:
    _, crate = real
    for name in tree(crate).names:
        path = crate / name
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1}:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert misread(crate), (name, place)
        path.unlink()
        assert misread(crate), name
        path.write_bytes(content)
        extra = path.with_name(f"{path.name}.bak")
        extra.touch()
        assert misread(crate), name
        extra.unlink()
    listing = crate / ours.LISTING
    content = listing.read_bytes()
    for line in content.splitlines(keepends=True):
        listing.write_bytes(content.replace(line, line * 2))
        assert misread(crate)
    listing.write_bytes(content)
    assert list(judge.remarks(tree(crate))) == []


@pytest.mark.parametrize("each", EXTREMES.values(), ids=list(EXTREMES))
def test_nothing_is_against_the_crate_of_an_odd_statement(each: Statement, tmp_path: Path) -> None:
    contents = small(dataclasses.replace(each, editions=(each.language,)))
    crate = lay_out(list(ours.pack(contents)), tmp_path)
    assert list(judge.remarks(tree(crate))) == []


def test_the_root_says_what_the_record_of_schema_org_says() -> None:
    """No field of the crosswalk is lost: plain values as they are, the rest as entities of that name."""
    found = entities(small(FULL, TRANSLATION))
    record = trees.mapping("schema-org", Edition(FULL).facts)
    root = found["./"]
    for key in ("name", "alternateName", "description", "datePublished", "dateModified", "version", "url"):
        assert root[key] == record[key]
    for key in ("author", "publisher", "about", "spatialCoverage", "citation"):
        values = record[key] if isinstance(record[key], list) else [record[key]]
        assert named(found, root[key]) == compact(each["name"] for each in values)
    elsewhere = {"@context", "encoding", "dcterms:replaces", "workTranslation"}  # or under another name
    assert set(record) - set(root) == elsewhere & set(record)
    assert root["@type"] == "Dataset"
    assert root["replaces"] == record["dcterms:replaces"]
    assert root["inLanguage"] == ["en", "fr"]
    assert root["keywords"] == "One, Two"


def test_states_are_known_by_their_addresses_and_the_rest_by_numbers() -> None:
    found = entities(small(FULL))
    assert [each["@id"] for each in found["./"]["author"]] == [
        "https://example.org/no",
        "https://example.org/al",
        "#author-1",
        "https://example.org/friends",
    ]
    assert [found[each["@id"]]["@type"] for each in found["./"]["author"]] == ["GovernmentOrganization"] * 3 + [
        "Organization"
    ]


def test_identifiers_are_values_with_a_name_and_an_address_where_there_is_one() -> None:
    found = entities(small(FULL))
    said = [found[each["@id"]] for each in found["./"]["identifier"]]
    assert {each["@type"] for each in said} == {"PropertyValue"}
    by_value = {each["value"]: each for each in said}
    assert by_value["10.1234/all"]["@id"] == by_value["10.1234/all"]["url"] == "https://doi.org/10.1234/all"
    assert by_value["A/TEST/1"]["propertyID"] == "symbol"
    assert "url" not in by_value["A/TEST/1"]
    assert by_value["https://example.org/all"]["@id"].startswith("#identifier-")


def test_two_things_with_one_address_stay_two() -> None:
    one = "https://example.org/one"
    sample = statement(
        issuers=(Issuer("Norway", "NO", one),),
        publisher=Publisher("Office", one),
        identifiers=(Identifier("url", one),),
        source=Source(one, "source/s.txt", "0" * 64, "2024-05-03"),
    )
    found = entities(small(sample))
    assert found[one]["name"] == "Norway"
    assert found[found["./"]["publisher"]["@id"]]["name"] == "Office"
    assert found["./"]["publisher"]["@id"] == "#publisher-1"


@pytest.mark.parametrize(
    ("rights", "name", "description"),
    [
        (Rights("CC BY", "https://example.org/by", "Me"), "https://example.org/by", "CC BY. Rights holder: Me."),
        (Rights("All rights reserved"), "#licence", "All rights reserved."),
    ],
)
def test_the_licence_is_a_thing_with_name_and_description(rights: Rights, name: str, description: str) -> None:
    found = entities(small(statement(rights=rights)))
    assert found["./"]["license"] == {"@id": name}
    assert (found[name]["name"], found[name]["description"]) == (rights.statement, description)


def test_a_statement_without_a_description_still_has_one_in_the_crate() -> None:
    assert (
        entities(small(statement()))["./"]["description"]
        == "Statement of 2024-05-01, with every file that belongs to it"
    )


def test_editions_name_their_files_and_each_other() -> None:
    found = entities(small(FULL, TRANSLATION))
    english, french = found["#edition-en"], found["#edition-fr"]
    assert (french["name"], french["inLanguage"], french["@type"]) == ("Tout", "fr", "Report")
    assert english["workTranslation"] == {"@id": "#edition-fr"}
    assert french["translationOfWork"] == {"@id": "#edition-en"}
    assert "translationOfWork" not in english
    assert "workTranslation" not in french
    assert named(found, french["encoding"]) == ["sample.fr.html", "statement.fr.md"]
    assert found["./"]["mainEntity"] == [{"@id": "#edition-en"}, {"@id": "#edition-fr"}]


def test_files_say_what_they_are_and_what_they_were_made_from() -> None:
    found = entities(small(FULL, TRANSLATION))
    page, text, letter = (
        found[name] for name in ("build/sample/sample.fr.html", "content/sample/statement.fr.md", RECEIVED)
    )
    assert page["isBasedOn"] == {"@id": text["@id"]}
    assert text["isBasedOn"] == {"@id": RECEIVED}
    assert letter["isBasedOn"] == {"@id": "https://example.org/s"}
    assert (page["inLanguage"], page["contentSize"]) == ("fr", "1")
    assert page["sha256"] == part("x", Role.SOURCE).sha256
    assert found["build/sample/metadata/x.xml"]["about"] == {"@id": "./"}


def test_every_file_is_a_part_and_the_list_alone_has_no_digest() -> None:
    contents = small(FULL)
    found = entities(contents)
    parts = {each["@id"] for each in found["./"]["hasPart"]}
    assert parts == {each.path for each in contents.parts} | {"premis.xml", "checksum.sha256"}
    assert [name for name in parts if "sha256" not in found[name]] == ["checksum.sha256"]
    (listing,) = (entry for entry in ours.pack(contents) if entry.name == "checksum.sha256")
    assert found["checksum.sha256"]["contentSize"] == str(listing.size)


def test_formats_are_named_by_pronom_where_it_knows_them() -> None:
    found = entities(small(FULL, parts=(part("build/sample/a.html", Role.RENDITION, "en", b"", "text/html"),)))
    media_type, known = found["build/sample/a.html"]["encodingFormat"]
    assert (media_type, known) == ("text/html", {"@id": "https://www.nationalarchives.gov.uk/PRONOM/fmt/471"})
    assert found[known["@id"]]["@type"] == ["WebPage", "Standard"]


def test_a_conformance_is_said_of_the_files_that_claim_it_and_of_no_other(real: tuple[Contents, Path]) -> None:
    contents, crate = real
    graph = json.loads((crate / "ro-crate-metadata.json").read_bytes())["@graph"]
    found = {each["@id"]: each for each in graph}
    said = {}
    for each in graph:
        if "conformsTo" in each and each["@type"] == "File":
            names = named(found, each["conformsTo"])
            said[each["name"].removeprefix(f"{contents.slug}.").removeprefix("fr.")] = names
    assert {kind: said[kind] for kind in said if kind.endswith("pdf")} == {
        "pdf": ["PDF/A-2a", "PDF/UA-1"],
        "ua1+a3a.pdf": ["PDF/A-3a", "PDF/UA-1"],
        "ua2+a4f.pdf": ["PDF/A-4f", "PDF/UA-2"],
        "large.pdf": ["PDF/A-2a", "PDF/UA-1"],
        "large.ua1+a3a.pdf": ["PDF/A-3a", "PDF/UA-1"],
        "large.ua2+a4f.pdf": ["PDF/A-4f", "PDF/UA-2"],
        "print.pdf": "PDF/X-4",
    }
    assert set(said) - {kind for kind in said if kind.endswith("pdf")} <= {"epub"}


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html"])
def test_a_file_that_claims_nothing_or_is_none_conforms_to_nothing(media_type: str) -> None:
    assert list(claims.made(Rendition("a", media_type, b"pdfaid:part>2<"))) == []


def test_what_was_done_is_told_in_its_order() -> None:
    verdicts = (
        Verdict("veraPDF (verapdf)", "1.28", "pass", ("sample.html", "gone.pdf"), "2024-05-05"),
        Verdict("veraPDF (verapdf)", "1.28", "unchecked", ("sample",), "2024-05-05"),
        Verdict("Our own (words)", "", "fail", ("sample.html",), "2024-05-05"),
    )
    found = entities(small(FULL, verdicts=verdicts))
    done = [found[each["@id"]] for each in found["./"]["mentions"]]
    assert [(each["@type"], each["endTime"]) for each in done] == [
        ("CreateAction", "2024-05-03"),
        ("CreateAction", "2024-07-01"),
        ("CreateAction", "2024-07-01"),
        *[("AssessAction", "2024-05-05")] * 3,
    ]
    capture, edit, made, passed, unchecked, failed = done
    assert (capture["object"], capture["result"]) == ({"@id": "https://example.org/s"}, {"@id": RECEIVED})
    assert (edit["object"], named(found, edit["result"])) == ({"@id": RECEIVED}, "statement.md")
    assert edit["description"].startswith("Changed. Because. Changed again.")
    assert named(found, made["instrument"]) == "communique"
    assert named(found, found["#software-communique"]["softwareRequirements"]) == "pandoc"
    assert named(found, made["result"]) == ["x.xml", "sample.html"]
    assert (passed["object"], unchecked["object"]) == ({"@id": "build/sample/sample.html"}, {"@id": "./"})
    assert [named(found, each["result"]) for each in (passed, unchecked, failed)] == ["pass", "unchecked", "fail"]
    assert {each["agent"]["@id"] for each in done} == {"https://example.org/office"}


def test_every_program_has_name_version_and_address() -> None:
    verdict = Verdict("Our own (words)", "", "pass", (), "2024-05-05")
    found = entities(small(FULL, verdicts=(verdict,)))
    programs = {each["name"]: each for each in found.values() if each["@type"] == "SoftwareApplication"}
    assert {name: (each["version"], each["url"]) for name, each in programs.items()} == {
        "communique": ("1.0", "pkg:generic/communique@1.0"),
        "pandoc": ("3.9", "https://pandoc.org/"),
        "Our own": ("not told", "pkg:generic/Our%20own"),
    }


def test_names_of_all_scripts_are_kept_and_found_again(tmp_path: Path) -> None:
    odd = part("content/sample/source/Überschrift ä [1] #2 面试.txt", Role.SOURCE)
    crate = lay_out(list(ours.pack(small(FULL, parts=(odd,)))), tmp_path)
    assert list(judge.remarks(tree(crate))) == []
    assert "content/sample/source/Überschrift%20ä%20%5B1%5D%20%232%20面试.txt" in entities(small(FULL, parts=(odd,)))


def test_a_name_that_not_every_system_can_keep_is_refused() -> None:
    with pytest.raises(MasterError, match="rename"):
        list(ours.pack(small(FULL, parts=(part("content/sample/source/a\\b.txt", Role.SOURCE),))))


def test_a_large_attachment_is_read_piece_by_piece() -> None:
    """A file of 2 GB, of which no more than a piece is ever asked for."""

    def pieces() -> Any:
        raise AssertionError("the file was read to describe it")

    huge = Part("content/sample/source/huge.pdf", Role.SOURCE, "application/pdf", 2 << 30, "0" * 64, "0" * 128, pieces)
    found = entities(small(FULL, parts=(huge,)))
    assert found[huge.path]["contentSize"] == str(2 << 30)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("https://example.org/a?b=(c)#d", True),
        ("urn:uuid:1", True),
        ("https://example.org/a b", False),
        ("https://example.org/<b>", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_addresses(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_identifiers_of_files_and_of_local_things() -> None:
    assert identified("a/b c%[x]#?é\u200b.txt") == "a/b%20c%25%5Bx%5D%23%3Fé%E2%80%8B.txt"
    assert local("software", "Nu HTML Checker & Co.") == "#software-Nu-HTML-Checker-Co."
    assert compact([1]) == 1
    assert compact([1, 2]) == [1, 2]


def test_nothing_is_described_twice() -> None:
    graph = Graph()
    graph.add("#a", "Thing", name="A")
    assert graph.once("#a", "Thing", name="B") == {"@id": "#a"}
    with pytest.raises(ValueError, match="twice"):
        graph.add("#a", "Thing")


def test_the_context_is_named_and_terms_of_our_own_are_added_only_where_they_are_used() -> None:
    def context(contents: Contents) -> Any:
        (metadata,) = (entry for entry in ours.pack(contents) if entry.name == "ro-crate-metadata.json")
        return json.loads(b"".join(metadata.pieces()))["@context"]

    assert context(small(statement())) == CONTEXT
    assert context(small(FULL)) == [CONTEXT, {"replaces": "http://purl.org/dc/terms/replaces"}]


def test_the_page_shows_the_words_as_words() -> None:
    (page,) = (
        entry
        for entry in ours.pack(small(EXTREMES["odd characters"]))
        if entry.name.endswith(".html") and "/" not in entry.name
    )
    text = b"".join(page.pieces()).decode()
    assert "A &amp; B &lt;c&gt; “d”" in text
    assert "<script" not in text
    assert "http://" not in text.split("<style>")[1].split("</style>")[0]


@pytest.mark.judge
def test_the_page_follows_the_html_standard(real: tuple[Contents, Path], tmp_path: Path) -> None:
    _, crate = real
    pages = [crate / "ro-crate-preview.html"]
    for name in ("odd characters", "the third edition, from right to left"):
        each = dataclasses.replace(EXTREMES[name], editions=(EXTREMES[name].language,))
        pages.append(lay_out(list(ours.pack(small(each))), tmp_path / name) / "ro-crate-preview.html")
    for judged in nu.JUDGE.look(pages, places()):
        assert (judged.findings, judged.unchecked) == ((), "")


@pytest.mark.judge
def test_roc_validator_takes_a_statement_of_three_editions_and_two_versions_and_refuses_a_broken_one(
    tmp_path: Path,
) -> None:
    third = dataclasses.replace(FULL, language="ar", title="بيان مشترك", path="content/sample/statement.ar.md")
    contents = small(FULL, TRANSLATION, third)
    good = lay_out(list(ours.pack(contents)), tmp_path / "good")
    broken = lay_out(list(ours.pack(contents)), tmp_path / "broken")
    metadata = broken / "ro-crate-metadata.json"
    change: Callable[[str], str] = lambda text: text.replace('"datePublished": "2024-05-01"', '"datePublished": "May"')  # noqa: E731
    metadata.write_text(change(metadata.read_text(encoding="utf-8")), encoding="utf-8")
    (broken / RECEIVED).unlink()
    assert unknown(good) == []
    assert {each["severity"] for each in outside(broken)["broken"]} >= {"REQUIRED"}
    assert list(judge.remarks(tree(good))) == []
