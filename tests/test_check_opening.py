"""Files that nobody vouches for: whatever they are, there is a finding or a reason, in one line."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from communique.checks import front_matter, opening
from communique.checks.file_by_file import Gap, Remark, judge_each
from communique.checks.opening import Unreadable
from communique.checks.publication import Publication
from communique.checks.verdict import Severity, Verdict

BOMB = b"""<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;">]>
<a>&d;</a>"""
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize("content", [b"", b"<a>", b"<a/><b/>", b"\0", b"<a>&b;</a>", BOMB, OUTSIDE, b"\xff\xfe<a/>"])
def test_bad_xml_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable, match=r"XML|entities"):
        opening.xml(content)


def test_a_document_type_without_entities_is_no_harm() -> None:
    assert opening.xml(b'<?xml version="1.0"?><!DOCTYPE html><html/>').tag == "html"


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff<p>"])
def test_bad_html_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        opening.page(content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 10, b"no archive"])
def test_a_torn_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.epub").write_bytes(content)
    with pytest.raises(Unreadable, match="ZIP"), opening.package(tmp_path / "a.epub"):
        pass


def test_an_archive_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a/>" * 100)
        archive.writestr("b.xml", b"<b/>")
    content = whole.read_bytes()
    for end in range(len(content) - 1):
        whole.write_bytes(content[:end])
        with pytest.raises(Unreadable), opening.package(whole) as opened:
            opened.xml("b.xml")


def test_a_member_that_is_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"<a>words and words</a>")
    content = path.read_bytes()
    path.write_bytes(content[:40] + bytes([content[40] ^ 255]) + content[41:])
    with pytest.raises(Unreadable, match="unpacked"), opening.package(path) as opened:
        opened.read("a.xml")


def test_an_overfull_member_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "MOST", 1000)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xml", b"0" * 1001)
    with pytest.raises(Unreadable, match="more than"), opening.package(path) as opened:
        opened.read("a.xml")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", b"no PDF"])
def test_a_torn_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(Unreadable, match="PDF"), opening.pdf(tmp_path / "a.pdf"):
        pass


def test_a_pdf_behind_a_password_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "a.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable, match="password"), opening.pdf(tmp_path / "a.pdf"):
        pass


@pytest.mark.parametrize("opened", [opening.package, opening.pdf])
def test_what_is_not_there_is_named(tmp_path: Path, opened: type) -> None:
    with pytest.raises(Unreadable, match="not there"), opened(tmp_path / "a"):
        pass


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no file"):
        opening.whole(tmp_path)


MASTER = "---\ntitle: One\nlanguage: en\nissuers:\n  - name: Norway\n    code: NO\n---\nText\n---\nmore\n"


@pytest.mark.parametrize("text", [MASTER, MASTER.replace("\n", "\r\n"), MASTER.replace("\n", "\r"), f"\ufeff{MASTER}"])
def test_front_matter_is_read_as_text(tmp_path: Path, text: str) -> None:
    (tmp_path / "statement.md").write_bytes(text.encode())
    assert front_matter.keys(tmp_path, "") == {
        "title": "One",
        "language": "en",
        "issuers": [{"name": "Norway", "code": "NO"}],
    }
    assert front_matter.body(tmp_path, "") == "Text\n---\nmore\n"
    assert front_matter.editions(tmp_path) == ("en",)


def test_a_translation_takes_over_facts_and_no_words(tmp_path: Path) -> None:
    (tmp_path / "statement.md").write_text(MASTER.replace("title: One", "title: One\nshort_title: O"), encoding="utf-8")
    (tmp_path / "statement.fr.md").write_text("---\ntitle: Un\n---\nTexte\n", encoding="utf-8")
    keys = front_matter.keys(tmp_path, "fr")
    assert (keys["title"], keys["language"], keys["issuers"][0]["code"]) == ("Un", "fr", "NO")
    assert "short_title" not in keys
    assert front_matter.editions(tmp_path) == ("en", "fr")


@pytest.mark.parametrize("text", ["", "no front matter", "---\n- a\n---\n", "---\na: [\n---\n", "---\na: b\n"])
def test_a_master_that_cannot_be_read_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "statement.md").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"statement\.md"):
        front_matter.keys(tmp_path, "")


def test_each_file_has_its_own_fate(tmp_path: Path) -> None:
    def look(_: Publication, name: str) -> Iterator[Remark | Gap]:
        if name == "bad":
            yield Remark("a-rule", "two\nlines", "line 1", Severity.WARNING)
            yield Remark("a-rule", "two\nlines", "line 1", Severity.WARNING)
        elif name == "torn":
            raise Unreadable("is torn")
        elif name == "forbidden":
            raise PermissionError(13, "Permission denied")
        elif name == "deep":
            raise RecursionError
        elif name == "unforeseen":
            raise KeyError("a\nkey")
        elif name == "half":
            yield Gap("half is missing")
            yield Remark("a-rule", "x" * 1000)

    one = Publication("one", tmp_path, None)
    names = ("good", "bad", "torn", "forbidden", "deep", "unforeseen", "half")
    said = {result.path: result for result in judge_each("sample", [(one, name) for name in names], look)}
    assert tuple(said) == names
    assert said["good"].verdict is Verdict.PASSED
    (finding,) = said["bad"].findings
    assert (finding.message, finding.severity, finding.judge) == ("two lines", Severity.WARNING, "sample")
    assert [finding.rule for finding in said["torn"].findings] == ["unreadable"]
    assert "Permission denied" in said["forbidden"].unchecked
    assert said["deep"].verdict is Verdict.UNCHECKED
    assert said["unforeseen"].unchecked == "a bug: KeyError: 'a\\nkey' (report it)"
    assert said["half"].verdict is Verdict.UNCHECKED
    assert len(said["half"].findings[0].message) == 500
