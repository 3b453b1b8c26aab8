"""The front matter as a tree: lines, text as written, and what of YAML is refused."""

from __future__ import annotations

import random
import textwrap

import pytest

from communique.master import frontmatter, schema
from communique.master.faults import Fault
from communique.master.frontmatter import Node, Parts


def parsed(text: str) -> Node:
    node, faults = frontmatter.parse(textwrap.dedent(text), 2)
    assert not faults
    assert node
    return node


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.found) for fault in frontmatter.parse(textwrap.dedent(text), 2)[1]]


def below(node: Node, *path: str | int) -> Node:
    for step in path:
        assert isinstance(node.value, (dict, list))
        node = node.value[step]  # type: ignore[index]
    return node


def test_split_tells_where_the_parts_begin() -> None:
    assert frontmatter.split("---\na: b\n---\n\nWords\n") == Parts("a: b\n", 2, "\nWords\n", 4)
    assert frontmatter.split("---\n---") == Parts("\n", 2, "", 3)


@pytest.mark.parametrize(
    "text", ["", "\n---\n---\n", "----\na: b\n---\n", "a: b\n---\n", "---\na: b\n", "---\na: b\n ---\n"]
)
def test_split_needs_two_fences(text: str) -> None:
    assert isinstance(frontmatter.split(text), Fault)


def test_a_line_of_dashes_in_the_text_is_no_fence() -> None:
    parts = frontmatter.split("---\na: b\n---\nWords\n---\n")
    assert isinstance(parts, Parts)
    assert parts.body == "Words\n---\n"


def test_every_value_knows_its_line() -> None:
    node = parsed(
        """\
        title: One
        issuers:
          - name: Japan
            code: JP

          # a comment
          - name: >-
              Republic
              of Korea
        publisher: {name: Office, url: x}
        """
    )
    assert below(node, "title").line == 2
    assert below(node, "issuers").line == 3
    assert below(node, "issuers", 0, "code").line == 5
    assert below(node, "issuers", 1).line == 8
    assert below(node, "issuers", 1, "name") == Node(8, "Republic of Korea")
    assert below(node, "publisher", "url").line == 11


@pytest.mark.parametrize(
    "value", ["NO", "yes", "2023-12-15", "1.0", "0x1F", "~", "null", "1_000", "12:30:45", "on", ".inf"]
)
def test_scalars_are_text_as_written(value: str) -> None:
    assert parsed(f"a: {value}\n").plain() == {"a": value}


def test_plain_gives_text_lists_and_keys() -> None:
    assert parsed("a: [b, {c: d}]\ne:\n").plain() == {"a": ["b", {"c": "d"}], "e": ""}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: |\n  one\n", "one"),
        ("a: >\n  one\n  two\n", "one two"),
        ("a: |\n  one\n  two\n", "one\ntwo"),
        ('a: "one\\n"\n', "one\n"),
        ("a: one\n  two\n", "one two"),
        ("a: 'it''s'\n", "it's"),
        ('a: "one # two"\n', "one # two"),
        ("a: one#two\n", "one#two"),
    ],
)
def test_long_and_quoted_values(text: str, value: str) -> None:
    assert parsed(text).plain() == {"a": value}


def test_an_empty_front_matter_has_no_keys() -> None:
    assert parsed("").plain() == {}
    assert parsed("# only a comment\n").plain() == {}


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: b\na: c\n", 3, "is given twice (first on line 2)"),
        ("a: &x b\n", 2, "an anchor (&x)"),
        ("a: *x\n", 2, "an alias (*x)"),
        ("a: !!int 1\n", 2, "a YAML tag (!)"),
        ("a: !x\n  b: c\n", 2, "a YAML tag (!)"),
        ("a: b\n<<: {c: d}\n", 3, "a merge key (<<)"),
        ("? [a]\n: b\n", 2, "a key that is not a word"),
        ("?\n: b\n", 2, "a key that is not a word"),
        ("a: b # 12 c\n", 2, "'# 12 c' after a value would be lost"),
        ("a:\n  - b # c\n", 3, "'# c' after a value would be lost"),
        ("- a\n", 2, "the front matter has no keys"),
        ("words\n", 2, "the front matter has no keys"),
        ("a: " + "[" * 20 + "]" * 20 + "\n", 2, "is nested too deeply"),
    ],
)
def test_what_is_refused(text: str, line: int, found: str) -> None:
    assert (line, found) in faults(text)


def test_duplicate_keys_are_named_by_their_full_path() -> None:
    _, (fault,) = frontmatter.parse("a:\n  - b: c\n    b: d\n", 2)
    assert fault.key == "a[0].b"


def test_what_an_alias_stands_for_is_not_known() -> None:
    node, _ = frontmatter.parse("a: &x [1]\nb: *x\n", 2)
    assert node
    assert not below(node, "b").is_known


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("a: b: c\n", 2, "a second colon in one value"),
        ("a: b\n c: d\n", 3, "a line with a wrong indent"),
        ("a: 'b\nc: d\n", 2, "a quotation mark that is never closed"),
        ("a: [b\nc: d\n", 2, "a bracket that is never closed"),
        ("a: {b: c\n", 2, "a bracket that is never closed"),
        ("a:\n\t- b\n", 3, "a tab"),
        ("a: @b\n", 2, "a value that begins with '@'"),
        ("a: `b`\n", 2, "a value that begins with '`'"),
        ("a: %b\n", 2, "a value that begins with '%'"),
        ('a: "b" c\n', 2, "not a line of the form key: value"),
        ('a: "\\q"\n', 2, "a backslash in double quotes"),
        ('a: "\\uD800"\n', 2, "an escape that stands for no character"),
        ('a: "\\U00110000"\n', 2, "an escape that stands for no character"),
        ('a: "\\xZZ"\n', 2, "an escape that stands for no character"),
        ("a: b\nc\n", 3, "a line without a colon"),
        ("- a\nb: c\n", 3, "not a line of the form key: value"),
        ("a: b\n...\nc: d\n", 3, "a line that YAML reserves (... or %)"),
        ("%YAML 1.1\na: b\n", 2, "a line that YAML reserves (... or %)"),
        ("a: - b\n", 2, "a list that begins on the line of its key"),
        ("a: & b\n", 2, "a value that begins with a sign that YAML reserves (& * !)"),
        ("a: !<b\n", 2, "a value that begins with a sign that YAML reserves (& * !)"),
        ("}\n", 2, "a sign that YAML reserves"),
        ("a: >b\n", 2, "a value that begins with > or |"),
        ("a: ? b\n", 2, "a value that begins with ?"),
        ("%x [\na: b\n", 2, "a line that YAML reserves (... or %)"),
    ],
)
def test_syntax_errors_in_plain_words(text: str, line: int, found: str) -> None:
    node, (fault,) = frontmatter.parse(text, 2)
    assert node is None
    assert (fault.line, fault.found) == (line, found)


def test_the_first_reserved_line_is_named() -> None:
    _, (fault,) = frontmatter.parse("a: b\n...\nc: d\n...\ne: f\n", 2)
    assert fault.line == 3


def test_as_many_levels_as_a_statement_may_have() -> None:
    for kind in ("[", "{a: "):
        levels = frontmatter.DEPTH
        text = "a: " + kind * levels + {"[": "]", "{a: ": "}"}[kind] * levels
        assert not faults(text.replace("{a: }", "{a: b}") + "\n") or kind == "{a: "
        assert faults("a: " + kind * (levels + 1))[0][1] == "is nested too deeply"


def test_nesting_of_any_depth_is_survived() -> None:
    for text in ("a: " + "[" * 100_000, "a: " + "{b: " * 50_000, "- " * 50_000 + "a"):
        node, (fault, *_) = frontmatter.parse(text, 2)
        assert node is None
        assert fault.found == "is nested too deeply"


def test_random_front_matter_gives_a_tree_or_faults() -> None:
    chance = random.Random(7)
    pieces = [
        "a",
        "title",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        "#",
        "&x ",
        "*x",
        "!",
        "|",
        ">",
        "\\",
        "é",
        "?",
        "%",
        "--",
        "\t",
    ]
    for _ in range(3000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 25)))
        node, found = frontmatter.parse(text, 2)
        assert node or found
        assert all(2 <= fault.line <= text.count("\n") + 2 for fault in found)
        if node:
            schema.check(node)
