"""Nodes are made as pandoc makes them, and walks reach every part of a tree."""

from __future__ import annotations

from typing import Any

import pytest

from communique import nodes, pandoc


def read(markdown: str) -> list[dict[str, Any]]:
    return list(pandoc.read(markdown, "en").blocks)


@pytest.mark.parametrize(
    ("words", "markdown"),
    [("one", "one"), ("one two", "one two"), ("no\u00a0break and – dash", "no\u00a0break and – dash")],
)
def test_text_is_as_pandoc_reads_it(words: str, markdown: str) -> None:
    assert [nodes.para(nodes.text(words))] == read(markdown)


@pytest.mark.parametrize("words", ["", " ", "two  spaces", " outer ", "\u00a0", "tab\tinside", "thin\u202fspace"])
def test_text_keeps_every_character(words: str) -> None:
    assert "".join(node.get("c", " ") for node in nodes.text(words)) == words


def test_attributes_without_a_value_are_left_out() -> None:
    assert nodes.attr("a", ["b"], lang="fr", title="") == ("a", ("b",), (("lang", "fr"),))
    assert nodes.attr() == nodes.NO_ATTR


@pytest.mark.parametrize(
    ("made", "html"),
    [
        (nodes.para(nodes.text("a b")), "<p>a b</p>"),
        (nodes.header(3, nodes.attr("x"), nodes.text("a")), '<h3 id="x">a</h3>'),
        (nodes.div(nodes.attr("", ["x"]), [nodes.plain(nodes.text("a"))]), '<div class="x">\na\n</div>'),
        (nodes.bullet_list([[nodes.plain(nodes.text("a"))]]), "<ul>\n<li>a</li>\n</ul>"),
        (
            nodes.definition_list([(nodes.text("a"), [nodes.plain(nodes.text("b"))])]),
            "<dl>\n<dt>a</dt>\n<dd>\nb\n</dd>\n</dl>",
        ),
        (nodes.plain([nodes.span(nodes.attr(lang="fr"), nodes.text("a"))]), '<span lang="fr">a</span>'),
        (nodes.plain([nodes.link(nodes.text("a"), "#b", "c")]), '<a href="#b" title="c">a</a>'),
    ],
)
def test_what_is_made_is_what_pandoc_writes(made: dict[str, Any], html: str) -> None:
    assert pandoc.write([made], "html", ["--wrap=none"]).strip() == html


NESTED = """> quoted
>
> - item

1. first

    second

term
:   meaning

::: box
inside
:::
"""


def test_children_are_rewritten_in_every_block_that_holds_blocks() -> None:
    def shout(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [shout_one(block) for block in blocks]

    def shout_one(block: dict[str, Any]) -> dict[str, Any]:
        if block["t"] in ("Para", "Plain"):
            return {"t": block["t"], "c": [{"t": "Str", "c": "X"}]}
        return nodes.rewrite_children(block, shout)

    assert [node["c"] for node in nodes.walk(shout(read(NESTED))) if node["t"] == "Str"] == ["X"] * 4 + [
        "term",
        "X",
        "X",
    ]


def test_rewriting_leaves_the_original_as_it_was() -> None:
    blocks = read(NESTED)
    for block in blocks:
        nodes.rewrite_children(block, lambda _: [])
    assert blocks == read(NESTED)


def test_a_walk_meets_every_word_in_its_order() -> None:
    markdown = "a *b* [c](#d)^[e] `f`\n\n| g | h |\n|---|---|\n| i | j |\n\n: k\n\nl\n:   m\n\n![n](o)\n"
    met = "".join(str(node["c"]) for node in nodes.walk(read(markdown)) if node["t"] == "Str")
    assert met == "abcekghijlmnn"
