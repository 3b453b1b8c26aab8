"""The way to pandoc: its version of the AST, its words untouched, its complaints heard."""

from __future__ import annotations

import json

import pypandoc
import pytest

from communique import pandoc
from communique.errors import ToolFailed


def test_the_ast_is_of_the_version_that_the_pinned_pandoc_speaks() -> None:
    spoken = json.loads(pypandoc.convert_text("", "json", "markdown"))["pandoc-api-version"]
    assert tuple(spoken) == pandoc.AST_VERSION


@pytest.mark.parametrize("words", ['"quotes"', "it's", "--", "...", "$5 and $6", "@name", "\\newcommand", "(@) one"])
def test_words_are_read_as_they_stand(words: str) -> None:
    assert pandoc.write(pandoc.read(f"So {words} so", "en").blocks, "plain", ["--wrap=none"]) == f"So {words} so\n"


@pytest.mark.parametrize(("language", "expected"), [("ja", "日本語\n"), ("ko", "日本 語\n"), ("zh-Hant", "日本語\n")])
def test_a_line_break_is_a_space_where_words_have_spaces(language: str, expected: str) -> None:
    assert pandoc.write(pandoc.read("日本\n語", language).blocks, "plain", ["--wrap=none"]) == expected


def test_complaints_have_their_line() -> None:
    (complaint,) = pandoc.read("Words.\n\n[^1]: never used\n", "en").complaints
    assert complaint.line == 3
    assert "not used" in complaint.message


def test_what_pandoc_cannot_do_is_said_in_one_line() -> None:
    with pytest.raises(ToolFailed) as failed:
        pandoc.write([{"t": "Nonsense"}], "html5")
    assert len(failed.value.lines()) == 1
