"""Where lines may end: between words, between Chinese characters but for their signs, and in Thai by a dictionary."""

from __future__ import annotations

import pytest

from communique.writers.line_breaks import pieces


@pytest.mark.parametrize(
    ("language", "parted"),
    [
        ("en", "Joint |Statement |on |co-|operation |– |“x”"),
        ("fr", "Accord |«\u00a0secret\u00a0» : |non"),
        ("ja", "『世|界|人|権|宣|言』、|日|本。"),
        ("zh", "关|于“人|权”的|声|明。"),
        ("ko", "세계 |인권 |선언에 |관한 |성명"),
        ("th", "ปฏิญญา|สากล|ว่าด้วย|สิทธิ|มนุษยชน"),
        ("ar", "الإعلان |العالمي |لحقوق |الإنسان"),
        ("hi", "मानव |अधिकारों |की |घोषणा"),
        ("ja", "NATO|と|EU|の|𠮷|野"),
    ],
)
def test_a_text_is_cut_where_its_language_ends_lines(language: str, parted: str) -> None:
    assert pieces(parted.replace("|", ""), language) == parted.split("|")


@pytest.mark.parametrize("text", ["", "a", " ", "👩‍👩‍👧 and 🇯🇵", "e\u0301 a", "a\u00adb", "\u2067אב\u2069 c"])
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(pieces(text, "en")) == text
