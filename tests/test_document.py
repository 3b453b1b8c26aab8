"""The document has everything a reader sees, from masthead to colophon, in one order for all formats."""

from __future__ import annotations

from typing import Any

import pytest

from communique import nodes, pandoc
from communique.document import Document, annotate
from communique.errors import MasterError
from communique.statement import Block, EditorialNote, Identifier, Issuer, Publisher, Revision, Rights, Source, Term
from samples import statement


def lines(document: Document) -> list[str]:
    """What the document says, block by block."""
    said = pandoc.write(document.blocks, "plain", ["--wrap=none"])
    return [line.strip().removeprefix("- ").strip() for line in said.splitlines() if line.strip()]


def identifiers(document: Document) -> list[str]:
    nodes_ = nodes.walk(list(document.blocks))
    attributes = [part for node in nodes_ for part in _attributes(node)]
    return [name for name in attributes if name]


def _attributes(node: Block) -> list[str]:
    content: Any = node.get("c")
    match node["t"]:
        case "Header":
            return [content[1][0]]
        case "Div" | "Span" | "Link" | "Table" | "Code" | "CodeBlock" | "Figure":
            return [content[0][0]]
    return []


FULL: dict[str, Any] = {
    "title": "On Words – and “Dashes”",
    "type": "joint-statement",
    "issuers": (Issuer("Norway", "NO"), Issuer("Côte d’Ivoire")),
    "publisher": Publisher("The Office", "https://example.org/"),
    "rights": Rights("CC BY 4.0", "https://example.org/by", "The Holder"),
    "source": Source("https://example.org/received", received="2024-05-02"),
    "identifiers": (
        Identifier("doi", "10.1/x"),
        Identifier("url", "https://example.org/x"),
        Identifier("symbol", "A/1"),
        Identifier("local", "42"),
    ),
    "editorial_notes": (EditorialNote("One.", "Because."), EditorialNote("Two.")),
    "revisions": (Revision("1", "2024-05-01", "First"), Revision("2", "2024-06-01", "Second")),
}


def test_everything_is_said_in_its_order() -> None:
    assert lines(annotate(statement("The *text*.\n\nIts end.", **FULL))) == [
        "Joint Statement",
        "On Words – and “Dashes”",
        "Norway",
        "Côte d’Ivoire",
        "1 May 2024",
        "The text.",
        "Its end.",
        "About this text",
        *("Editorial note", "One.", "Because.", "Two."),
        *("Published by", "The Office"),
        *("Source", "https://example.org/received", "Received 2 May 2024"),
        *("Rights", "CC BY 4.0", "The Holder"),
        *("Identifier", "10.1/x", "A/1"),
        *("Versions", "1, 1 May 2024: First", "2, 1 June 2024: Second"),
    ]


def test_what_is_not_given_leaves_no_trace() -> None:
    assert lines(annotate(statement())) == [
        *("Statement", "A Sample", "Norway", "1 May 2024", "Words.", "About this text"),
        *("Published by", "The Office", "Rights", "All rights reserved"),
    ]


def test_the_three_parts_have_their_names() -> None:
    document = annotate(statement("# One {#one}\n\nText.\n\n- item"))
    assert [block["c"][0][0] for block in document.blocks] == ["doc-head", "doc-text", "doc-about"]
    assert identifiers(document) == [
        "doc-head",
        "doc-title",
        "doc-text",
        "one",
        "p1",
        "p2",
        "doc-about",
        "doc-about-title",
    ]


def test_the_title_is_the_only_heading_of_the_first_level() -> None:
    document = annotate(statement("# One\n\n## Two\n\n# Three"))
    assert [node["c"][0] for node in nodes.walk(list(document.blocks)) if node["t"] == "Header"] == [1, 2, 3, 2, 2]


@pytest.mark.parametrize("title", ["*Stars* and `ticks`", "A [link](x)", "1. One", "<b>", "a_b_c", "# x", "x^2^"])
def test_front_matter_is_no_markdown(title: str) -> None:
    given = statement(title=title, issuers=(Issuer(title),), publisher=Publisher(title), rights=Rights(title))
    blocks = list(annotate(given).blocks)
    kinds = {node["t"] for node in nodes.walk([blocks[0], blocks[2]])}
    assert kinds <= {"Div", "Header", "Para", "Plain", "BulletList", "DefinitionList", "Str", "Space"}
    assert [line for line in lines(annotate(given)) if line == title.strip()] or "^" in title or "#" in title
    strings = "".join(str(node.get("c", " ")) for node in nodes.walk(blocks) if node["t"] in ("Str", "Space"))
    assert strings.count(title) == 4


def languages(document: Document) -> dict[str, list[str]]:
    """The texts that are marked with a language, by that language."""
    found: dict[str, list[str]] = {}
    for node in nodes.walk(list(document.blocks)):
        if node["t"] in ("Div", "Span"):
            for key, value in node["c"][0][2]:
                if key == "lang":
                    block = node if node["t"] == "Div" else nodes.plain([node])
                    found.setdefault(value, []).append(pandoc.write([block], "plain", ["--wrap=none"]).strip())
    return found


def test_the_labels_of_a_known_language_need_no_mark() -> None:
    assert languages(annotate(statement(language="fr", editions=("fr",)))) == {}


def test_of_the_colophon_in_another_language_only_the_english_labels_are_marked() -> None:
    given = statement(language="fa", editions=("fa",), **{**FULL, "title": "عنوان"})
    assert languages(annotate(given)) == {
        "en": [
            "Joint Statement",
            "About this text",
            *("Editorial note", "Published by", "Source", "Received 2 May 2024", "Rights", "Identifier", "Versions"),
            *("1, 1 May 2024:", "2, 1 June 2024:"),
        ]
    }


def test_the_space_behind_an_english_label_is_that_of_the_line() -> None:
    given = statement(language="fa", editions=("fa",), **FULL)
    marked = [node["c"][1] for node in nodes.walk(list(annotate(given).blocks)) if node["t"] == "Span"]
    assert [inlines for inlines in marked if "Space" in (inlines[0]["t"], inlines[-1]["t"])] == []


def test_the_marks_of_english_labels_change_no_word() -> None:
    given = statement(language="fa", editions=("fa",), **FULL)
    start = lines(annotate(given)).index("About this text")
    assert lines(annotate(given))[start:] == lines(annotate(statement(**FULL)))[start:]


def test_terms_are_marked_in_the_text_and_not_around_it() -> None:
    given = statement("The UN.", title="The UN", terms=(Term("UN", "abbreviation", "United Nations"),))
    head, text, about = annotate(given).blocks
    found = [
        [node for node in nodes.walk(part) if node["t"] == "Span" and "abbr" in node["c"][0][1]]
        for part in (head, text, about)
    ]
    assert [len(part) for part in found] == [0, 1, 0]


def test_a_paragraph_can_be_cited_by_its_number() -> None:
    cited = annotate(statement("One, see [the second](#p2).\n\nTwo.\n"))
    links = [node["c"][2][0] for node in nodes.walk(list(cited.blocks)) if node["t"] == "Link"]
    assert "#p2" in links


def test_a_paragraph_that_is_not_there_cannot_be_cited() -> None:
    with pytest.raises(MasterError) as refused:
        annotate(statement("One.\n\nTwo, see [the third](#p3).\n"))
    (problem,) = refused.value.problems
    assert problem.line == 14
    assert str(problem).endswith("leads to no paragraph of this text (cite one of #p1 to #p2)")
