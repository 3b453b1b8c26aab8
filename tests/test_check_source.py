"""The check of the source: a statement has every paragraph that was received, or a note says what became of it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from communique import pandoc
from communique.checks.check import judge, targets
from communique.checks.publication import Publication
from communique.checks.reading.received import received
from communique.checks.source import CHECK
from communique.checks.verdict import Result, Verdict
from communique.doctor import places
from communique.document import annotate
from communique.writers import paper
from conftest import MASTERS, ROOT
from samples import statement

RECEIVED = """A Statement on the Harbour
1 May 2024
The first paragraph speaks of the harbour and of ships.
The second paragraph speaks of the sea and of the wind.
The third paragraph speaks of nothing else at all.
"""
BODY = RECEIVED.partition("2024\n")[2].replace("\n", "\n\n")
HEAD = """title: A Statement on the Harbour
type: statement
date: 2024-05-01
language: en
issuers: [{name: Norway}]
publisher: {name: Press Office}
rights: {statement: Public Domain}
"""


def checked(folder: Path) -> Result:
    """What the check says of a statement; its outputs do not matter."""
    (result,) = judge({"source": CHECK}, [Publication("sample", folder / "build", folder)], places(), lambda _: None)
    return result


def written(
    folder: Path, body: str = BODY, source: str | bytes = RECEIVED, notes: str = "", name: str = "a.txt"
) -> Path:
    """A master with its source, which is as it should be."""
    content = source.encode() if isinstance(source, str) else source
    (folder / "source").mkdir()
    (folder / "build").mkdir()
    (folder / "source" / name).write_bytes(content)
    head = f"{HEAD}source: {{file: source/{name}, sha256: {hashlib.sha256(content).hexdigest()}}}\n{notes}"
    (folder / "statement.md").write_text(f"---\n{head}---\n{body}", encoding="utf-8")
    return folder


def rules(result: Result) -> list[str]:
    assert result.unchecked == ""
    return [finding.rule for finding in result.findings]


@pytest.mark.parametrize("folder", MASTERS, ids=[folder.name for folder in MASTERS])
def test_nothing_is_wrong_with_the_sources_of_the_repository(tmp_path: Path, folder: Path) -> None:
    (result,) = judge({"source": CHECK}, [Publication(folder.name, tmp_path, folder)], places(), lambda _: None)
    assert [f"{each.location}: {each.rule}: {each.message}" for each in result.findings] == []
    assert result.verdict is Verdict.PASSED


def test_the_real_statement_passes_by_its_editorial_note_alone(tmp_path: Path) -> None:
    real = ROOT / "content" / "joint-statement-dprk-human-rights"
    content = (real / "statement.md").read_text(encoding="utf-8")
    (tmp_path / "source").mkdir()
    (source,) = (real / "source").iterdir()
    (tmp_path / "source" / source.name).write_bytes(source.read_bytes())
    (tmp_path / "statement.md").write_text(re.sub(r"editorial_notes:\n(  .*\n)+", "", content), encoding="utf-8")
    result = checked(tmp_path)
    assert rules(result) == ["source-paragraph-missing"] * 4
    assert "is received twice and given once" in result.findings[0].message
    (tmp_path / "statement.md").write_text(content.replace("paragraphs 2 to 5", "paragraphs 2 to 4"), encoding="utf-8")
    assert rules(checked(tmp_path)) == ["source-paragraph-missing"]


def test_a_statement_that_is_its_source_passes(tmp_path: Path) -> None:
    assert checked(written(tmp_path)).verdict is Verdict.PASSED


def test_without_a_source_or_a_master_there_is_nothing_to_check(tmp_path: Path) -> None:
    (tmp_path / "statement.md").write_text(f"---\n{HEAD}---\n{BODY}", encoding="utf-8")
    assert targets(CHECK, [Publication("sample", tmp_path, tmp_path), Publication("sample", tmp_path, None)]) == []


WRONG = {
    "a paragraph left out": (
        "The second paragraph speaks of the sea and of the wind.\n\n",
        "",
        "source-paragraph-missing",
    ),
    "a paragraph put in": ("The third", "A new paragraph is put in here.\n\nThe third", "not-in-source"),
    "a word changed": ("of ships", "of boats", "source-word-changed"),
    "a word left out": ("of the sea", "of sea", "source-word-missing"),
    "a word put in": ("of the sea", "of the high sea", "source-word-added"),
    "a word doubled": ("the harbour", "the the harbour", "source-word-doubled"),
    "another stop": ("of ships.", "of ships", "source-word-changed"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_differs_from_the_source_is_found(tmp_path: Path, name: str) -> None:
    before, after, rule = WRONG[name]
    assert before in BODY
    assert rules(checked(written(tmp_path, BODY.replace(before, after)))) == [rule]


NOTES = {
    "a paragraph left out": "The paragraph “The second paragraph speaks of the sea” is left out.",
    "a paragraph put in": "Paragraph 3 is ours.",
    "a word changed": "In paragraph 1 a word is corrected.",
    "a word left out": "We left out the second “of the sea”.",
}


@pytest.mark.parametrize("name", NOTES)
def test_an_editorial_note_covers_what_it_names_or_quotes(tmp_path: Path, name: str) -> None:
    before, after, _ = WRONG[name]
    notes = f"editorial_notes:\n  - text: '{NOTES[name]}'\n"
    assert checked(written(tmp_path, BODY.replace(before, after), notes=notes)).verdict is Verdict.PASSED


@pytest.mark.parametrize("note", ["The text is edited.", "Paragraph 7 is edited.", "See “another text”."])
def test_an_editorial_note_on_something_else_covers_nothing(tmp_path: Path, note: str) -> None:
    before, after, rule = WRONG["a word changed"]
    notes = f"editorial_notes:\n  - text: '{note}'\n"
    assert rules(checked(written(tmp_path, BODY.replace(before, after), notes=notes))) == [rule]


def test_paragraphs_in_another_order_are_found(tmp_path: Path) -> None:
    first, second, third = BODY.strip().split("\n\n")
    assert rules(checked(written(tmp_path, f"{second}\n\n{first}\n\n{third}\n")))


def test_another_digest_and_a_missing_file_are_found(tmp_path: Path) -> None:
    folder = written(tmp_path)
    (folder / "source" / "a.txt").write_text(f"{RECEIVED}\n", encoding="utf-8")
    assert rules(checked(folder)) == ["source-digest"]
    (folder / "source" / "a.txt").unlink()
    assert rules(checked(folder)) == ["source-missing"]


def test_lines_of_a_paragraph_run_on_where_blank_lines_part_paragraphs(tmp_path: Path) -> None:
    wrapped = RECEIVED.replace("\n", "\n\n").replace(" speaks", "\nspeaks")
    assert checked(written(tmp_path, source=wrapped)).verdict is Verdict.PASSED


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.docx"])
def test_sources_of_other_forms_are_read(tmp_path: Path, name: str) -> None:
    title, day, *paragraphs = RECEIVED.strip().split("\n")
    markdown = "\n\n".join([f"# {title}", day, *paragraphs])
    blocks = pandoc.read(markdown, "en").blocks
    content: str | bytes = markdown
    if name.endswith("html"):
        menu = "<header><nav>Home <a href='/'>Menu</a></nav></header>"
        content = f"<html><body>{menu}<main>{pandoc.write(blocks, 'html')}</main><footer>Us</footer></body></html>"
    if name.endswith("docx"):
        content = pandoc.write_docx(blocks)
    (tmp_path / "good").mkdir()
    assert checked(written(tmp_path / "good", source=content, name=name)).verdict is Verdict.PASSED
    (tmp_path / "wrong").mkdir()
    assert rules(checked(written(tmp_path / "wrong", BODY.replace("ships", "boats"), content, name=name)))


@pytest.mark.parametrize(
    ("content", "name"), [(b"\xff\x00\xd8", "a.txt"), (b"x", "a.xyz"), (b"", "a.txt"), (b"x", "a.docx")]
)
def test_a_source_that_cannot_be_read_is_unchecked(tmp_path: Path, content: bytes, name: str) -> None:
    result = checked(written(tmp_path, source=content, name=name))
    assert result.verdict is Verdict.UNCHECKED
    assert name in result.unchecked


def test_a_master_that_cannot_be_read_is_unchecked(tmp_path: Path) -> None:
    (tmp_path / "statement.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    assert checked(tmp_path).verdict is Verdict.UNCHECKED


@pytest.mark.judge
def test_a_printed_source_is_read_as_it_lies_on_its_pages() -> None:
    (content,) = paper.write_all(annotate(statement("Words on paper.\n"))).values()
    (words,) = received(content, ".pdf", "en")
    assert " ".join(words).count("Words on paper.") == 1


def test_a_received_file_of_any_size_has_its_digest_but_no_end_of_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path)
    monkeypatch.setattr("communique.checks.source._MOST", len(RECEIVED) - 1)
    assert f"a.txt has {len(RECEIVED)} bytes" in checked(tmp_path).unchecked
    (tmp_path / "source" / "a.txt").write_text(RECEIVED + "more")
    assert [finding.rule for finding in checked(tmp_path).findings] == ["source-digest"]
