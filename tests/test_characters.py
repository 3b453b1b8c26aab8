"""Characters that may not stand in a master."""

from __future__ import annotations

import pytest

from communique.master import characters


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\u202a\u202b\u202c\u202d\u202e\ufeff\ufffd\ue000\uffff\U000e0fff\U0010fffd"
    ],
)
def test_forbidden(char: str) -> None:
    (fault,) = characters.forbidden(f"one\ntwo {char}{char}\n")
    assert (fault.line, f"U+{ord(char):04X}" in fault.found) == (2, True)
    assert characters.cleaned(f"a{char}b") == "a?b"


@pytest.mark.parametrize("char", [*"\t\n é日\u0301\u200d\u200c\u00ad\u00a0\u202f\u200f\u200e\u061c😀’–"])
def test_allowed(char: str) -> None:
    assert not list(characters.forbidden(char))
    assert characters.cleaned(char) == char


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("\u2066a\u2069", []),
        ("\u2066a \u2067b\u2069\n\u2069", []),
        ("\u2066a", [1]),
        ("a\u2069", [1]),
        ("x\n\u2066a\n\nb\u2069", [2, 4]),
        ("x\n\n \t\n\u2068", [4]),
        ("\u2066a\u2069\u2069", [1]),
    ],
)
def test_isolates_are_closed_in_their_paragraph(text: str, lines: list[int]) -> None:
    assert [fault.line for fault in characters.isolates(text)] == lines


def test_lines_count_from_the_first_line_given() -> None:
    assert [fault.line for fault in characters.forbidden("a\n\x00\n\x00", 10)] == [11, 12]
    assert [fault.line for fault in characters.isolates("a\n\n\u2066", 10)] == [12]
