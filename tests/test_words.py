"""Words of the source that are not in the AST."""

from __future__ import annotations

from communique.master import words
from communique.statement import Block


def para(*strings: str) -> list[Block]:
    return [{"t": "Para", "c": [{"t": "Str", "c": string} for string in strings]}]


def lost(source: str, blocks: list[Block]) -> list[tuple[int, str]]:
    return [(fault.line, fault.found) for fault in words.lost(source, blocks, 1)]


def test_nothing_is_lost() -> None:
    assert lost("one two\nthree", para("one", "two", "three")) == []


def test_lost_words_are_named_with_their_line() -> None:
    assert lost("one two\nthree four five", para("one", "two", "five")) == [(2, "'three four' would be lost")]


def test_of_equal_words_the_one_in_a_lost_line_is_named() -> None:
    assert lost("the one\nthe two\nthe", para("the", "one", "the", "two")) == [(3, "'the' would be lost")]


def test_every_lost_line_is_named() -> None:
    assert lost("a\nb\nc", para("b")) == [(1, "'a' would be lost"), (3, "'c' would be lost")]


def test_a_word_that_was_cut_is_lost() -> None:
    assert lost("rights", para("righ", "ts")) == [(1, "'rights' would be lost")]


def test_signs_of_markdown_are_no_words() -> None:
    source = "1. a\n- (iv) b\n> c) d\n[e][f] g[^h]\n[^h]: i\n[f]: j\n- [x] k\nTable: l\n| m | 2. n |"
    assert lost(source, para(*"abdegijklmn")) == []


def test_scripts_without_spaces_count_by_sign() -> None:
    assert lost("世界\n人権", para("世界人権")) == []
    assert lost("世界\n人権", para("世界人")) == [(2, "'権' would be lost")]


def test_entities_and_addresses_are_read_as_pandoc_reads_them() -> None:
    assert lost("caf&eacute; a&#7;b <a b>", para("café", "a", "b", "a%20b")) == []
    assert lost("&eacute;", [{"t": "Code", "c": [["", [], []], "&eacute;"]}]) == []
