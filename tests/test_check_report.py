"""What a report says, in every form it has, from what checks said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from lxml import etree, html
from PIL import Image

from check_report_samples import (
    CHECKS,
    HOSTILE,
    SLUG,
    TITLE,
    VERSIONS,
    Said,
    files,
    finding,
    page,
    pdf,
    publication,
    results,
)
from communique.checks.publication import Publication
from communique.checks.report import front, machine, render
from communique.checks.report.model import compose
from communique.checks.report.page import headline
from communique.checks.report.wording import clean
from communique.checks.verdict import Result, Verdict

ROOT = Path(__file__).resolve().parents[1]
WEB = f"{SLUG}.html"
STATES: Mapping[str, Said] = {
    "passed": {},
    "failed": {("nu", WEB): (finding(WEB),)},
    "unchecked": {("axe", WEB): "axe: node is missing (make judges)"},
    "both": {("nu", WEB): (finding(WEB, severity="warning"),), ("fixity", ""): "the manifest is torn"},
    "hostile": {
        ("nu", WEB): (finding(HOSTILE, HOSTILE, HOSTILE, location=HOSTILE, judge=HOSTILE),),
        ("axe", WEB): HOSTILE,
    },
}
EVERY_STATE = pytest.mark.parametrize("state", STATES)


def rendered(folder: Path, said: Said | None = None, **more: Any) -> dict[str, bytes]:
    """The files of the report on the small statement."""
    subject = publication(folder, **more)
    return render(subject, results(subject, said), VERSIONS, CHECKS)


def text(element: etree._Element) -> str:
    """What stands in an element, with single spaces."""
    return " ".join("".join(str(part) for part in element.itertext()).split())


@EVERY_STATE
def test_check_json_is_valid_and_counts_right(tmp_path: Path, state: str) -> None:
    said = json.loads(rendered(tmp_path, STATES[state])["check.json"])
    Draft202012Validator(machine.schema()).validate(said)
    verdicts = [result["verdict"] for result in said["results"]]
    summary = said["summary"]
    assert [summary[each] for each in Verdict] == [verdicts.count(each) for each in Verdict]
    assert summary["verdicts"] == len(verdicts)
    assert said["verdict"] == {"both": "failed", "hostile": "failed"}.get(state, state)


def test_the_published_schema_is_the_one_that_holds() -> None:
    assert json.loads((ROOT / "docs" / "check.schema.json").read_text(encoding="utf-8")) == machine.schema()
    Draft202012Validator.check_schema(machine.schema())


def test_the_schema_refuses_what_a_report_never_says(tmp_path: Path) -> None:
    said = json.loads(rendered(tmp_path)["check.json"])
    validator = Draft202012Validator(machine.schema())
    wrongs: tuple[dict[str, object], ...] = (
        {"verdict": "perhaps"},
        {"extra": 1},
        {"schemaVersion": "2.0"},
        {"files": [{}]},
    )
    for wrong in wrongs:
        assert not validator.is_valid(said | wrong)


def test_a_report_names_the_bytes_it_speaks_of(tmp_path: Path) -> None:
    said = json.loads(rendered(tmp_path)["check.json"])
    made = files()
    assert {each["name"]: each["sha256"] for each in said["files"]} == {
        name: sha256(content).hexdigest() for name, content in made.items()
    }
    assert said["manifest"]["sha256"] == sha256(made["manifest.json"]).hexdigest()
    assert {each["name"]: each["size"] for each in said["files"]} == {name: len(each) for name, each in made.items()}


def test_every_form_names_every_file_with_its_digest(tmp_path: Path) -> None:
    made = rendered(tmp_path)
    for content in files().values():
        digest = sha256(content).hexdigest().encode()
        assert [name for name in ("check.html", "check.json", "conformance.jsonld") if digest not in made[name]] == []


def test_results_come_in_the_order_of_the_checks_and_files(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    said = results(subject)
    same = render(subject, said, VERSIONS, CHECKS)
    assert render(subject, list(reversed(said)), VERSIONS, CHECKS) == same
    order = [(each["check"], each["file"]) for each in json.loads(same["check.json"])["results"]]
    assert order == sorted(order, key=lambda each: (list(CHECKS).index(each[0]), each[1] or ""))


def test_the_same_outputs_give_the_same_bytes_elsewhere_and_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    said = {("nu", WEB): (finding(WEB),)}
    one, other = rendered(tmp_path / "one", said), rendered(tmp_path / "other", said)
    assert one == other
    assert b'"date":' not in json.dumps({**json.loads(one["check.json"]), "statement": 0}).encode()


def test_the_day_of_the_run_is_named_only_if_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1709251200")
    made = rendered(tmp_path)
    assert json.loads(made["check.json"])["date"] == "2024-03-01"
    assert b"2024-03-01" in made["check.html"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert "date" not in json.loads(rendered(tmp_path / "again")["check.json"])


def test_a_file_that_cannot_be_read_is_named_without_a_digest(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    (subject.folder / "astray").symlink_to("nowhere")
    subject = Publication(SLUG, subject.folder, None)
    said = json.loads(render(subject, results(subject), VERSIONS, CHECKS)["check.json"])
    (astray,) = [each for each in said["files"] if each["name"] == "astray"]
    assert (astray["sha256"], astray["size"]) == (None, 0)


def test_a_result_of_a_check_that_nobody_knows_is_not_lost(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    strange = Result("strange", SLUG, WEB, (finding(WEB),))
    said = json.loads(render(subject, [*results(subject), strange], VERSIONS, CHECKS)["check.json"])
    assert said["verdict"] == "failed"
    assert [each["verdict"] for each in said["checks"] if each["name"] == "strange"] == ["failed"]


def test_nothing_judged_is_not_a_pass(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    made = render(subject, [], {}, {})
    assert json.loads(made["check.json"])["verdict"] == "unchecked"
    assert "Not checked" in str(html.document_fromstring(made["check.html"]).findtext(".//title"))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("passed", "Every check passed"),
        ("failed", "One finding"),
        ("unchecked", "Not fully checked"),
        ("both", "One finding, and not fully checked"),
    ],
)
def test_the_page_says_first_how_it_stands(tmp_path: Path, state: str, words: str) -> None:
    subject = publication(tmp_path)
    assert headline(compose(subject, results(subject, STATES[state]), VERSIONS, CHECKS)) == words
    tree = html.document_fromstring(render(subject, results(subject, STATES[state]), VERSIONS, CHECKS)["check.html"])
    assert text(tree.get_element_by_id("outcome")).endswith(words)
    assert str(tree.findtext(".//title")).startswith(words)


def test_the_page_gives_each_finding_with_its_place_rule_and_meaning(tmp_path: Path) -> None:
    made = rendered(tmp_path, {("nu", WEB): (finding(WEB, severity="warning"), finding(WEB, "other", "lost"))})
    tree = html.document_fromstring(made["check.html"])
    section = tree.get_element_by_id("findings").getparent()
    assert section is not None
    said = text(section)
    for words in ("Two findings", WEB, "expected one, found two", "line 3", "a-rule", "goes against a recommendation"):
        assert words in said
    assert "breaks a requirement" in said
    assert "All is well with nu." in said


def test_the_page_gives_each_reason_why_something_is_unchecked_once(tmp_path: Path) -> None:
    why = "veraPDF: java is missing (make judges)"
    names = (f"{SLUG}.pdf", f"{SLUG}.ua2+a4f.pdf")
    tree = html.document_fromstring(rendered(tmp_path, {("verapdf", name): why for name in names})["check.html"])
    section = tree.get_element_by_id("unchecked").getparent()
    assert section is not None
    assert text(section).count(why) == 1
    assert all(name in text(section) for name in names)


def test_every_claim_stands_there_with_its_judge_and_version(tmp_path: Path) -> None:
    tree = html.document_fromstring(rendered(tmp_path)["check.html"])
    rows = [text(row) for row in tree.xpath("//*[@id='claims-table']/ancestor::table//tbody/tr")]
    assert len(rows) == len([check for check in CHECKS.values() if list(check.applies(publication(tmp_path)))])
    assert any("Judge of nu" in row and "1.0" in row and "Passed" in row for row in rows)


def test_every_page_of_every_pdf_is_shown(tmp_path: Path) -> None:
    made = rendered(tmp_path)
    images = html.document_fromstring(made["check.html"]).xpath("//img")
    assert [image.get("alt") for image in images] == [
        f"Page 1 of {SLUG}.pdf",
        f"Page 2 of {SLUG}.pdf",
        f"Page 1 of {SLUG}.print.pdf",
        f"Page 2 of {SLUG}.print.pdf",
        f"Page 1 of {SLUG}.ua2+a4f.pdf",
    ]
    for image in images:
        content = made[str(image.get("src")).replace("%2B", "+")]
        with Image.open(BytesIO(content)) as opened:
            assert opened.size == (int(image.get("width")), int(image.get("height")))
        assert image.get("loading") == "lazy"
    assert len([name for name in made if name.startswith("pages/")]) == len(images)


@pytest.mark.parametrize(
    "said", ["pypdfium2: is not installed (pip install pypdfium2)", (finding(f"{SLUG}.pdf", "cannot-be-drawn"),)]
)
def test_a_pdf_that_is_not_shown_says_why(tmp_path: Path, said: Any) -> None:
    name = f"{SLUG}.pdf"
    made = rendered(tmp_path, {("pictures", name): said})
    tree = html.document_fromstring(made["check.html"])
    assert tree.xpath(f"//img[contains(@alt, ' of {name}')]") == []
    (missing,) = tree.xpath("//*[@class='missing']")
    assert ("expected one, found two" if isinstance(said, tuple) else said) in text(missing)
    assert f"pages/{SLUG}-1.png" not in made


def test_a_pdf_that_changed_after_it_was_judged_says_so(tmp_path: Path) -> None:
    subject = publication(tmp_path)
    said = results(subject)
    subject.path(f"{SLUG}.pdf").write_bytes(b"torn")
    tree = html.document_fromstring(render(subject, said, VERSIONS, CHECKS)["check.html"])
    assert "changed after it was checked" in text(tree.xpath("//*[@class='missing']")[0])


def test_pages_are_shown_where_one_of_them_looks_empty(tmp_path: Path) -> None:
    made = rendered(tmp_path, {("pictures", f"{SLUG}.pdf"): (finding(f"{SLUG}.pdf", "nothing-shown"),)})
    assert f"pages/{SLUG}-2.png" in made


def test_pages_bear_the_numbers_that_readers_see(tmp_path: Path) -> None:
    labels = b"/Type /Catalog /PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>"
    made = {f"{SLUG}.pdf": pdf("One", "Two").replace(b"/Type /Catalog", labels)}
    tree = html.document_fromstring(rendered(tmp_path, made=made)["check.html"])
    assert [text(each) for each in tree.iter("figcaption")] == ["Page i", "Page 1"]


@EVERY_STATE
def test_the_pages_run_nothing_load_nothing_and_hold_no_markup_of_others(tmp_path: Path, state: str) -> None:
    made = rendered(tmp_path, STATES[state])
    for name in ("check.html", "conformance.html"):
        tree = html.document_fromstring(made[name].decode())
        assert tree.xpath("//script|//iframe|//object|//link|//form|//@*[starts-with(name(), 'on')]") == []
        addresses = {*tree.xpath("//@href"), *tree.xpath("//@src")}
        assert [each for each in addresses if ":" in each.partition("#")[0]] == []
        assert "@import" not in made[name].decode()


@EVERY_STATE
def test_no_control_character_gets_into_a_report(tmp_path: Path, state: str) -> None:
    made = rendered(tmp_path, STATES[state])
    for name in ("check.html", "check.json", "conformance.html", "conformance.jsonld", "junit.xml"):
        content = made[name].decode()
        assert [char for char in content if clean(char) != char and not char.isspace()] == []


def test_a_right_to_left_title_keeps_its_direction_and_language(tmp_path: Path) -> None:
    made = {**files(), f"{SLUG}.ar.html": page("بيان مشترك", "ar")}
    tree = html.document_fromstring(rendered(tmp_path, made=made)["check.html"].decode())
    (title,) = tree.xpath("//bdi[@lang='ar']")
    assert (title.get("dir"), title.text) == ("rtl", "بيان مشترك")
    assert tree.xpath("string(//h1)") == TITLE


def test_title_language_and_date_come_from_the_first_output_that_has_them(tmp_path: Path) -> None:
    made = files()
    for name, title in ((".html", TITLE), (".epub", "A book"), (".docx", "A letter"), (".pdf", SLUG)):
        subject = publication(tmp_path / title[:6], {each: made[each] for each in made if each == f"{SLUG}{name}"})
        (edition,) = front.editions(subject)
        assert edition.title == title
        assert edition.date == ("" if name == ".pdf" else "2024-02-29")
    torn = publication(tmp_path / "torn", {**made, WEB: b"", f"{SLUG}.epub": b"PK"})
    assert front.editions(torn)[0].title == "A letter"


def test_junit_is_as_its_readers_take_it(tmp_path: Path) -> None:
    said: Said = {
        ("nu", WEB): (finding(WEB), finding(WEB, "other", HOSTILE)),
        ("axe", WEB): "axe: node is missing (make judges)",
        ("fixity", ""): (finding("", message="a file was added"),),
    }
    tree = etree.fromstring(rendered(tmp_path, said)["junit.xml"])
    JUNIT.assertValid(tree)
    (suite,) = tree
    cases = suite.findall("testcase")
    assert suite.get("name") == SLUG
    assert suite.get("tests") == tree.get("tests") == str(len(cases))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure"))) == "2"
    assert suite.get("errors") == str(len(suite.findall("testcase/error"))) == "1"
    assert suite.findtext("testcase[@name='a-statement']/failure") == f"{SLUG}: line 3: a file was added (Judge a-rule)"
    (error,) = suite.iter("error")
    assert error.get("message") == "axe: node is missing (make judges)"
    assert len({(case.get("classname"), case.get("name")) for case in cases}) == len(cases)


@EVERY_STATE
def test_junit_is_valid_in_every_state(tmp_path: Path, state: str) -> None:
    JUNIT.assertValid(etree.fromstring(rendered(tmp_path, STATES[state])["junit.xml"]))


# What Jenkins, GitLab and GitHub's common actions read of JUnit XML, as they document it.
JUNIT = etree.XMLSchema(
    etree.fromstring("""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attributeGroup name="totals">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
    <xs:attribute name="time" type="xs:decimal"/>
  </xs:attributeGroup>
  <xs:complexType name="said"><xs:simpleContent><xs:extension base="xs:string">
    <xs:attribute name="type" type="xs:string" use="required"/>
    <xs:attribute name="message" type="xs:string" use="required"/>
  </xs:extension></xs:simpleContent></xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attributeGroup ref="totals"/>
  </xs:complexType></xs:element>
  <xs:element name="testsuite"><xs:complexType>
    <xs:sequence>
      <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="property" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="value" type="xs:string" use="required"/>
        </xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
        <xs:choice minOccurs="0">
          <xs:element name="error" type="said"/>
          <xs:element name="failure" type="said"/>
        </xs:choice>
        <xs:attribute name="name" type="xs:string" use="required"/>
        <xs:attribute name="classname" type="xs:string" use="required"/>
        <xs:attribute name="time" type="xs:decimal"/>
      </xs:complexType></xs:element>
    </xs:sequence>
    <xs:attributeGroup ref="totals"/>
  </xs:complexType></xs:element>
</xs:schema>""")
)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("plain words", "plain words"),
        ("two\nlines\tand  spaces", "two lines and spaces"),
        ("\x1b[31mred\x07", "\\u001b[31mred\\u0007"),
        ("turned \u202e round", "turned \\u202e round"),
        ("half \ud800", "half \\ud800"),
        ("no character \ufffe \U0001ffff", "no character \\ufffe \\U0001ffff"),
        ("العربية עברית 漢字 é", "العربية עברית 漢字 é"),
        ("x" * 2001, "x" * 2000 + " … (1 more characters)"),
    ],
)
def test_a_message_is_made_safe_to_print(said: str, printed: str) -> None:
    assert clean(said) == printed
