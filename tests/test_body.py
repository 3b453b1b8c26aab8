"""What the text of a statement may hold, and the line on which a fault is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from communique import pandoc
from communique.master import body

ALLOWED = {
    "code block": "```\n<b>code</b> [^x] &#7; [a](b)\n```",
    "code block of a language": "```{.python #code}\ncode\n```",
    "inline code": "Words `<b>` `[^x]`.",
    "line block": "| one\n|    two",
    "definition list": "Term\n:   one\n:   two\n\n    three",
    "quotation": "> one\n>\n> > two",
    "nested lists": "- one\n    - two\n        1. three\n        2. four\n\n            a) five",
    "list that starts at four": "4. four\n5. five",
    "numbers with brackets": "(1) one\n(2) *two*",
    "lists within a line": "1. 2. one\n2. a) two\n3. - three",
    "numbers of items without words": "1. `one`\n2. ![](media/a.png){.decorative}\n3. [ ] two",
    "automatic numbers": "#. one\n#. two",
    "numbers of one list in two languages": "1. [un]{lang=fr}\n2. **deux**",
    "years": "1948\\. A year.",
    "tasks": "- [ ] one\n- [x] two",
    "rule": "one\n\n***\n\ntwo",
    "note of several paragraphs": "one[^a]\n\n[^a]: two\n\n    three\n\n    - four",
    "inline note": "one^[two *three*]",
    "note used twice": "one[^a] two[^a]\n\n[^a]: three",
    "pipe table": "| | two |\n|-|-|\n| 1 | 2 |\n\n: Caption {#table}",
    "caption with its word": "table: Caption\n\n|one|two|\n|-|-|\n|1|2|",
    "simple table": "one   two\n----- -----\n1     2\n",
    "grid table with a span": "+-----+-----+\n| one | two |\n+=====+=====+\n| three     |\n+-----+-----+\n",
    "grid table with lists": (
        "+------+------+\n| one  | two  |\n+======+======+\n| 1. a | 1. c |\n| 2. b | 2. d |\n+------+------+\n"
    ),
    "levels from 2": "## One\n\n### Two\n\n#### Three\n\n##### Four\n\n###### Five\n\n## Six\n\nwords",
    "levels from 1": "# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n# Six\n\nwords",
    "underlined headings": "One\n===\n\nTwo\n---\n\nwords",
    "heading with markup": "# *One* `two` [three](https://example.org/) {#four .five lang=fr}\n\nwords",
    "heading in a quotation": "# One\n\n> ## Two\n>\n> words",
    "equal headings": "# One\n\nwords\n\n# One\n\n[one](#one) [other](#one-1)",
    "languages": "[mots]{lang=fr} [كلمات]{lang=ar dir=rtl}\n\n::: {lang=zh-Hant}\n文字\n:::",
    "class names": "[a]{.underline} [b]{.smallcaps} [c]{.ul} [d]{.mark}\n\n::: Warning\nwords\n:::",
    "links": "[a](https://example.org/a_(b)?c=d&e=%20#f) <https://example.org/> <a@example.org>",
    "telephone": "[a](tel:+1-212-555-0100) [d](mailto:a@example.org) [b](http://192.0.2.1:80/) [c](https://localhost:8080/)",
    "link references": "[a][b] [c][] [d]\n\n[b]: https://example.org/b 'Title'\n[c]: https://example.org/c\n[d]: <https://example.org/d>",
    "entities": "caf&eacute; &amp; &lt;b&gt; AT&T &copyright &#8211; &#xe9;t&#xe9;",
    "escapes": "\\*not\\* \\[^x] snake_case un*frigging*believable C\\#",
    "quotes and dashes": "\"a\" 'b' -- --- ... “c” ‘d’ – —",
    "sums": "5 < 6 & 7 > 6, $5 and $6, @name, a_b, 2*3*4, ~5, H~2~O, x^2^, ~~y~~, 100%",
    "isolates": "one \u2067two\u2069 \u2068three\nfour\u2069",
    "hard breaks": "one\\\ntwo  \nthree",
    "combining marks": "e\u0301 हिन्दी ไทย עברית",
    "percent signs in words": "[100%41](https://example.org/%41)",
    "footnotes in code": "x\n\n    [^1]:\n\n```\n[^1]:\n```\n\n- a\n\n    ```\n    b\n    [^1]:\n    ```",
    "note that is a picture": "one^[![two](media/a.png)]",
    "classes that pandoc gives": "<https://a.example/> <a@b.example>\n\n# one {-}\n\n| two\n\n- [ ] three",
    "long text without spaces": "世" * 3000,
    "long word in reach": "x" * 1000,
    "brackets": "[[[[[[six]]]]]] [a [b [[[[[[[[ \\[\\[\\[\\[\\[\\[\\[x\\]\\]\\]\\]\\]\\]\\] " + "[a] " * 50,
    "brackets in code": "`[[[[[[[x]]]]]]]` ``[[[[[[[`]]]]]]]``\n\n~~~\n[[[[[[[x]]]]]]]\n~~~",
    "brackets of two paragraphs": "[[[[one\n\n[[[[two]]]]\n>\n> ]]]]",
    "text of brackets": "[sic] [1] [a][b] [...]",
}


def faults(text: str, folder: Path = Path("/nowhere"), language: str = "en") -> list[tuple[int, str]]:
    return [(fault.line, fault.found) for fault in body.read(text, 1, language, folder).faults]


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_a_text_may_hold(text: str) -> None:
    assert [found for _, found in faults(text) if "'media/" not in found] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "1. 世界人権宣言は\n   採択された。\n2. 朝鮮民主主義\n   人民共和国"),
        ("zh-Hans", "世界人权\n宣言。\n\n> 一\n> 二"),
        ("ko", "세계 인권\n선언"),
        ("ar", "الإعلان العالمي\nلحقوق الإنسان \u2067(1948)\u2069[^1]\n\n[^1]: حاشية"),
        ("fr", "« Déclaration » : l’article 1^er^ n’est pas…"),
        ("th", "ปฏิญญา\nสากล"),
    ],
)
def test_other_languages(language: str, text: str) -> None:
    assert faults(text, language=language) == []


@pytest.mark.parametrize("sign", ["[a](", "`", "<"])
def test_a_text_that_pandoc_never_ends_is_a_fault(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_SECONDS", 1)
    assert (3, "the text takes pandoc too long to read") in faults(f"one [two]\n\n{sign * 30_000}\n\nthree `four`\n")


def test_the_time_that_pandoc_has_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "_SECONDS", 0)
    assert faults("Words.\n" * 200_000) == []


def test_the_lines_are_those_of_the_file() -> None:
    read = body.read("\nWords.\n\n<b>\n", 40, "en", Path("/nowhere"))
    assert [fault.line for fault in read.faults] == [43]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the <b>\n\nthe <b>\n", 1),
        ("`<b>` and\n\n<b>\n", 3),
        ("```\n<b>\n```\n\nwords <b>\n", 5),
        ("words[^1]\n\nwords\n\n[^1]: note <b>\n", 5),
        ("one[^1] two[^2]\n\n[^2]: note\n\n[^1]: note\n\n    <b>\n\nafter\n", 7),
        ("- one\n- two\n    - three <b>\n", 3),
        ("> one\n>\n> two <b>\n", 3),
        ("|one|two|\n|-|-|\n|<b>|4|\n", 3),
        ("Term\n:   <b>\n", 2),
        ("# One <b>\n", 1),
        ("same\n\nsame\n\nsame <b>\n", 5),
        ("a\\*b\n\nc\\*d <b>\n", 3),
        ("caf&eacute; one\n\ntwo <b>\n", 3),
    ],
)
def test_html_is_found_on_its_line(text: str, line: int) -> None:
    found = [place for place, words in faults(text) if words == "raw HTML '<b>'"]
    assert line in found
    assert len(found) == text.count("<b>") - text.count("`<b>`") - text.count("```\n<b>")


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("one\n\n## two\n\n#### three\n", 5, "the heading 'three' skips a level"),
        ("## two\n\n# one\n\n# one\n", 5, "the heading 'one' is above the level of the first heading"),
        ("#\n\nwords", 1, "a heading without words"),
        ("words\n\n# !!!\n", 3, "the heading '!!!' has no letter or digit"),
        ("one[^1]\n\n> [^1]:\n\ntwo\n", 3, "the footnote [^1] has no text on its own line"),
        ("one[^1]\n\n[^1]:\n    two\n", 3, "the footnote [^1] has no text on its own line"),
        ("one^[ ]\n", 1, "a footnote without text"),
        ("a\n\n[b]{.decorative} [c]{.skip}\n\nc\n", 3, "the class .skip belongs to the program"),
        ("one\n\n::: Warning\ntwo\n:::\n\n::: masthead\nthree\n:::\n", 7, "the class .masthead belongs to the program"),
        ("one &#xD800;\n", 1, "a replacement character, U+FFFD REPLACEMENT CHARACTER"),
        (f"one\n\n`{'x' * 1001}`\n", 3, f"'{'x' * 29}…' has 1001 characters without a space, more than 1000"),
        ("words\n\n|a|\n|-|\n|1|\n\nwords\n\n| |\n|-|\n|2|\n", 11, "a table without a header row"),
        ("[a](https://example.org/)\n\n[b](x:y)\n", 3, "the link to 'x:y' is a link of the kind x:"),
        ("[a](#b)\n", 1, "the link to '#b' leads nowhere in this text"),
        ("words\n\n[b]: https://example.org/\n", 3, "'https example org' would be lost"),
        ("one [b] two\n\n[Note]: never read\n", 3, "'never read' would be lost"),
        ("|a|b|\n|-|-|\n|1|2|three\n\nwords\n", 3, "'three' would be lost"),
        ("one\n\n1. two\n1. three\n", 4, "the number 1 in a list would come out as 2"),
        ("words[^a]\n\n[^b]: x\n", 1, "the footnote mark '[^a]' belongs to no footnote"),
        ("words\n\n[^b]: x\n", 3, "the footnote [^b] is never used: its words would be lost"),
        ("[x]{#a}\n\n# A\n", 3, "the id 'a' is given twice"),
        ("# Doc one\n", 1, "the id 'doc-one' is reserved for the program"),
        ("# P12\n", 1, "the id 'p12' is reserved for the program"),
        ("::: {lang=fr}\nmots\n", 1, "a block that begins with ::: is never closed"),
        ("words &#xE000;\n", 1, "a private use character, U+E000"),
        ("***\n", 1, "the text has no words"),
        (
            "one\n\ntwo \u2067three\n\nfour\u2069\n",
            3,
            "a bidirectional isolate without its partner, U+2067 RIGHT-TO-LEFT ISOLATE",
        ),
    ],
)
def test_faults_and_their_lines(text: str, line: int, found: str) -> None:
    assert (line, found) in faults(text)


def test_a_text_is_taken_as_it_stands() -> None:
    read = body.read("Words *here*.\n", 1, "en", Path("/nowhere"))
    emphasis = {"t": "Emph", "c": [{"t": "Str", "c": "here"}]}
    words = [{"t": "Str", "c": "Words"}, {"t": "Space"}, emphasis, {"t": "Str", "c": "."}]
    assert read.blocks == ({"t": "Para", "c": words},)
    assert (dict(read.media), read.faults) == ({}, ())


def test_a_picture_is_read_once_and_faults_come_for_each_place() -> None:
    text = "![one](media/a.png)\n\n![two](media/a.png)\n"
    assert [line for line, _ in faults(text)] == [1, 3]
