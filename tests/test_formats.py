"""Dates, languages, countries, addresses: what is accepted, and what is advised instead."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase

import langcodes
import pytest

from communique.master import addresses, formats
from communique.master.formats import FORMATS

GOOD = {
    "text": ["x", "…", "a  b", "é" * 5000],
    "words": ["a", "1", "日本"],
    "date": ["2023-12-15", "2024-02-29", "0001-01-01"],
    "language-tag": [
        "en",
        "fr",
        "pt-BR",
        "zh-Hans",
        "sr-Latn",
        "de-1996",
        "es-419",
        "und",
        "mul",
        "tlh",
        "x-local",
        "ckb",
    ],
    "country-code": ["JP", "NO", "EU", "UN", "KP", "PS", "TW", "VA"],
    "web-address": [
        "http://example.org",
        "https://undocs.org/A/RES/217(III)",
        "https://a-b.example.org:8080/x?y=z&w=1#v",
        "https://example.org/%C3%A9",
    ],
    "doi": ["10.1000/182", "10.1234.5/a(b)<c>"],
    "urn": ["urn:isbn:9789210000000", "urn:un:doc"],
    "version": ["1", "1.0", "2a", "2024-05-01"],
    "sha-256": ["0" * 64],
    "source-path": ["source/a.txt", "source/b/c d.pdf"],
}
BAD = {
    "text": ["", " ", "\u00a0", " a", "a\n", "a\nb"],
    "words": ["", "…", "– –", "*"],
    "date": [
        "2023-02-30",
        "2023-13-01",
        "15 Dec",
        "20231215",
        "2023-12",
        "2023-12-15T00:00",
        "２０２３-12-15",
        "2023-12-15\n",
        "0000-01-01",
    ],
    "language-tag": [
        "",
        "english",
        "xx",
        "en_US",
        "en-",
        "EN",
        "eng",
        "en-us",
        "iw",
        "en-UK",
        "e",
        "fr fr",
        "en\n",
        "é",
    ],
    "country-code": ["", "jp", "JPN", "XX", "XK", "ZZ", "UK", "001", "EZ", "AC", "É"],
    "web-address": [
        "",
        "www.example.org",
        "ftp://example.org/",
        "https:",
        "https://",
        "https:///x",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://example.org/é",
        "https://example.org/%zz",
        "https://-example.org/",
        "https://example.org:99999/",
        "https://[::1/",
        "http://[::1]/",
        "HTTPS://example.org/",
        "javascript:alert(1)",
        "https://example.org/\n",
        "https://.",
    ],
    "doi": ["https://doi.org/10.1000/182", "doi:10.1000/182", "10.1/2", "10.1000/"],
    "urn": ["isbn:1", "urn:x:", "URN:isbn:1"],
    "version": ["", "1 2", "../1", "1.", "v 1", "1/2", "-1"],
    "sha-256": ["", "0" * 63, "G" * 64, "A" * 64, "0" * 65],
    "source-path": ["a.txt", "source/", "/source/a", "source/a "],
}


def test_every_format_is_tried() -> None:
    assert set(GOOD) == set(BAD) == set(FORMATS)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_good_values(name: str, value: str) -> None:
    assert FORMATS[name](value) is None


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_bad_values(name: str, value: str) -> None:
    verdict = FORMATS[name](value)
    assert verdict
    found, remedy = verdict
    assert found
    assert remedy
    assert "\n" not in found + remedy


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("language-tag", "EN-us", "write en-US"),
        ("language-tag", "eng", "write en"),
        ("language-tag", "iw", "write he"),
        ("country-code", "fr", "write FR"),
        ("date", "15 Dec", "write 2023-12-15"),
        (
            "web-address",
            "https://bücher.example/ä b?ü=%#ö",
            "write https://xn--bcher-kva.example/%C3%A4%20b?%C3%BC=%25#%C3%B6",
        ),
        ("web-address", "https://例え.jp/日本", "write https://xn--r8jz45g.jp/%E6%97%A5%E6%9C%AC"),
        ("web-address", "https://example.org/?a[1]=2", "write https://example.org/?a%5B1%5D=2"),
        ("web-address", "http://x..ü/", "write https:// and only the letters, digits and signs of an address"),
    ],
)
def test_advice(name: str, value: str, remedy: str) -> None:
    verdict = FORMATS[name](value)
    assert verdict
    assert verdict[1] == remedy


@pytest.mark.parametrize(
    "value", ["https://bücher.example/ä b?ü=%#ö", "https://example.org/[a|b]/{c}", "http://例え.jp/"]
)
def test_advised_addresses_are_good(value: str) -> None:
    verdict = addresses.web(value)
    assert verdict
    assert addresses.web(verdict[1].removeprefix("write ")) is None


def test_there_are_as_many_countries_as_iso_3166_1_has_and_two_more() -> None:
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    codes = [one + two for one in letters for two in letters if not FORMATS["country-code"](one + two)]
    assert len(codes) == 249 + 2


@pytest.mark.parametrize(
    "target", ["mailto:a@b.org", "mailto:a@b.org?subject=x", "tel:+41-22-917-0000", "tel:117", "http://a.b"]
)
def test_good_targets(target: str) -> None:
    assert addresses.link(target) is None


@pytest.mark.parametrize(
    "target",
    ["", "a.html", "/a", "//a.b", "../a", "?x", "javascript:x", "JavaScript:x", "java\tscript:x", "data:x", "file:///x",
     "ftp://a", "mailto:", "mailto:a", "mailto:é@b.org", "tel:", "tel:a", "tel:--", " https://a.b", "vbscript:x"],
)  # fmt: skip
def test_bad_targets(target: str) -> None:
    assert addresses.link(target)


def test_the_short_cut_for_common_languages_agrees_with_the_registry() -> None:
    two_letters = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]
    common = [tag for tag in two_letters if formats.is_common(tag)]
    assert {"en", "fr", "ja", "sq"} <= set(common)
    assert [tag for tag in common if not langcodes.tag_is_valid(tag) or langcodes.standardize_tag(tag) != tag] == []
