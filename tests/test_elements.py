"""The places that elements are said to have."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import pandoc
from communique.master import rules
from communique.master.elements import DEPTH, Element, elements, label

ROOT = Path(__file__).parents[1]
MASTERS = [
    ROOT / "content/joint-statement-dprk-human-rights/statement.md",
    ROOT / "tests/masters/valid/kitchen-sink/statement.md",
]


def found(text: str) -> tuple[Element, ...]:
    return elements(pandoc.read(text, "en").blocks, text)


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: path.parent.name)
def test_words_lie_where_they_are_said_to_lie(path: Path) -> None:
    """All words but the few that pandoc rewrites: boxes of tasks, indents of line blocks, escaped signs."""
    text = path.read_text(encoding="utf-8").split("---\n", 2)[2]
    words = [element for element in found(text) if element.kind == "Str"]
    astray = [word.content for word in words if not text.startswith(word.content, word.offset)]
    assert len(words) > 400
    assert len(astray) < len(words) / 50


def test_equal_paragraphs_have_their_own_places() -> None:
    text = "one *two*\n\none *two*\n\n- one *two*\n"
    places = [text.count("\n", 0, element.offset) for element in found(text) if element.kind == "Emph"]
    assert places == [0, 2, 4]


def test_a_table_in_a_grid_is_followed() -> None:
    text = (
        "+-----+-----+\n| a   | b   |\n+=====+=====+\n| c   | d   |\n|     |     |\n| e   | f   |\n+-----+-----+\n\ng\n"
    )
    places = {element.content: text[element.offset] for element in found(text) if element.kind == "Str"}
    assert places == {letter: letter for letter in "abcdefg"}


def test_captions_above_and_below() -> None:
    table = "|one|two|\n|-|-|\n|three|four|\n"
    for text in (f": Caption\n\n{table}\nafter\n", f"{table}\n: Caption\n\nafter\n"):
        for element in found(text):
            assert element.kind != "Str" or text.startswith(element.content, element.offset)


def test_the_text_after_a_caption_and_a_foot_is_found() -> None:
    grid = "+-----+\n| a   |\n+=====+\n| b   |\n+=====+\n| c   |\n+=====+\n"
    text = f"{grid}\n: x y z\n\n*b* and\nc\n"
    places = [text.count("\n", 0, element.offset) + 1 for element in found(text) if element.kind in ("Str", "Emph")]
    assert places == [2, 4, 6, 9, 9, 9, 11, 11, 11, 12]


def test_within_tells_the_way_down() -> None:
    (word,) = [element for element in found("> - [x](https://example.org/)\n") if element.kind == "Str"]
    assert word.within == ("BlockQuote", "BulletList", "Plain", "Link")


def test_labels_are_what_is_read() -> None:
    (heading, *_) = found("# One *two* `three` ![four](media/a.png)[^1]\n\n[^1]: five\n")
    assert heading.label == "One two three four"
    assert label([{"t": "RawInline", "c": ["html", "<b>"]}]) == ""


def test_what_is_nested_too_deeply_is_not_entered() -> None:
    deep = max(len(element.within) for element in found("> " * 60 + "one"))
    assert deep == DEPTH + 1


def test_an_element_of_an_unknown_kind_is_a_fault() -> None:
    blocks = [
        {"t": "Para", "c": [{"t": "Str", "c": "a"}, {"t": "Hologram", "c": [{"t": "Math", "c": [{"t": "X"}, "y"]}]}]}
    ]
    faults = rules.check(elements(blocks, "a"), "a")
    assert [fault[1].split(", ")[-1] for fault in faults] == ["Hologram", "Math", "X"]
